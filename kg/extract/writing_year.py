"""The year in which a text without a date was written, as it tells that itself (2021年升格；三年过去，今年…)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Tagged
from kg.tag.numerals import chinese

_COUNT = r"(?P<n>[一两二三四五六七八九十百]{1,3}|\d{1,3})"
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)年"
# 2021年升格；三年过去 · 2021年创成，一年后的去年
_PASSED = re.compile(
    rf"{_YEAR}(?=[^。\n]{{0,120}}?。?{_COUNT}年(?:过去|后的(?:今[天年日]|(?P<last>去年))|之后的今[天年日]))"
)
# 2015年挂牌；到下周一，满三年 · 2008年建院，今年迎来十周年
_FULL = re.compile(
    rf"{_YEAR}(?=(?:(?!去年|上年|年底|年末)[^。\n]){{0,120}}?(?:满|恰好|正好|整整|迎来[^，。；\n]{{0,8}}?){_COUNT}周?年(?![级度]|以上))"
)
_LAST_YEAR = re.compile(r"(?:去年|上年)[^。（）\n]{0,20}（(?P<year>20\d\d)年")
# 2020年的1,275人、2021年的9,963人，今年前十一个月1.21万人 · 比2022年春季多
_SERIES = re.compile(r"(?<!\d)(?P<year>20\d\d)年(?:(?!20\d\d年)[^，；、。\n]){0,20}[，；、]今年(?!是)")
_COMPARED = re.compile(r"(?:(?<!占)比|较)(?P<year>20\d\d)年(?![底末初]|\d|前|上半|下半|第?[一二三四]季|同期)")

AHEAD = re.compile(r"(?:到|将于?|力争|争取|确保|计划|预计|原定|定于|拟于|有望|至|在)$")


def latest_year(tagged: Tagged) -> int | None:
    """The last year that a text prints, plans aside."""
    text = tagged.clean.text
    printed = (
        year
        for t in tagged.times
        if (year := t.last.year or t.first.year)
        and re.search(r"\d", t.text)
        and not AHEAD.search(text[max(0, t.start - 2) : t.start])
    )
    return max(printed, default=None)


def year_after(text: str, latest: int | None) -> int | None:
    """The year of writing that is told by counting from a printed year; None where nothing counts.

    ``latest`` is the last year that the text prints and that is over; what tells an earlier year is passed over.
    """
    told = [year for year in _counted(text) if latest is None or year >= latest]
    if told:
        return min(told)
    for pattern in (_LAST_YEAR, _SERIES, _COMPARED):
        if latest is not None and any(int(match["year"]) == latest for match in pattern.finditer(text)):
            return latest + 1
    return None


def _counted(text: str) -> Iterator[int]:
    """The years that a stretch since a printed year leads to."""
    for pattern in (_PASSED, _FULL):
        for match in pattern.finditer(text):
            count = int(match["n"]) if match["n"].isdigit() else int(chinese(match["n"]) or 0)
            year = int(match["year"]) + count + bool(match.groupdict().get("last"))
            if count and year <= 2100:
                yield year
