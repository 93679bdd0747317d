"""What stands above and below a report's text: its title and its date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from kg.clean import clean_line
from kg.extract.writing_year import latest_year, year_after
from kg.model import Tagged

HEAD_LINES = 14
TAIL_LINES = 12
BODY_LENGTH = 90
TITLE_LENGTHS = (4, 70)
_META = re.compile(
    r"首页|当前位置|位置[：:>]|来源|发布(?:日期|时间|单位|机构)|(?:时间|日期|地点|嘉宾|承办|作者|编辑|责编)[：:]|浏览|点击|索引号|字[体号]|打印|收藏|客服|本文档|本站|设为|版权|"
    r"^[-—\s]*(?:本报|本刊)|记者\s|通讯员|讯\s|^[□■●◆★]|^[（(]?\S{0,20}\d{4}年\d{1,2}月\d{1,2}日\S{0,6}[）)]?$|[〔\[（]\d{4}[〕\]）]第?\d+号|^第?\s*\d+期|第\d+期[）)]?$|论坛|楼主|公开方式|"
    r"\d版$|ICP|电话|邮编|地址|^图片$|^\d+$|^https?:|^www\.|^[A-Za-z ,.\-]+$|^各位|^尊敬|^同志们|·\d+·|文章编号|医院等级|^三级|人气"
)
_SUBTITLE = re.compile(r"^(?:—{1,2}|-{1,2}|–{1,2}|―{1,2})\s*(?=\S)")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "О": 0, "O": 0}
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年(\d{1,2})月(\d{1,2})日|([-./])(\d{1,2})\4(\d{1,2})(?!\d))")
_REVERSED = re.compile(r"(?<!\d)(\d{2})\.(\d{2})\.(20\d{2})(?!\d)")
_CHINESE = re.compile(
    r"([二一][〇○零ОO九一二三四五六七八]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_WRITTEN = re.compile(r"成文日期[：:]?\s*DATE")
_PRINTED = re.compile(r"DATE(?:印发|发布|编印|出刊|刊发|发)$")
_OTHER_DATE = re.compile(r"成文|引用|上传|收稿|截至|截止|入馆|访问|检索|自$|从$|据$")
_RANGE = re.compile(r"\s*(?:至|—|－|-|起|以来|前|后|期间|、|，)")
_SPAM = re.compile(
    r"_.*_|>>|›|(?:^|\s)更多|[>＞].*[>＞]|^[^，。]*>|读完约|下载|注册|上传人|\?\?\?|^\S{1,4}$|^[一二三四五六七八九十]+、|[：:]$|^[二一][〇○零]|^[〔【（]"
)
_ORNAMENT = re.compile(
    r"^(?:原标题[：:]|\[转帖\]|【转载】|#[^#]{1,20}#|【[^】]{1,8}】(?=.{8}))|\.(?:docx?|pdf|wps)$|\s*(?:三级|二级|一级)[甲乙丙]等.*$"
)
_FOUR = re.compile(r"[\u4e00-\u9fff]{4}")
_LABEL = re.compile(r"发布(?:时间|日期)?|发表于|更新|日期|时间|来源|公告[）)]|\d{1,2}[:：]\d{2}")
_WHOLE = re.compile(
    r"^[（(【]?\S{0,24}?DATE(?:\S{0,12}| ?\S{1,4}版)(?:\s*(?:记者|通讯员|特约)[^。，]{0,20})?[）)】]?$"
)
_NUMBERED = re.compile(r"[〔\[［](?P<year>20\d\d)[〕\]］]\d*号")
_ISSUE = re.compile(r"(?<!\d)(?P<year>20\d\d)年第\d+期")
# 7月5日印发 · 5月28日 10:17 · 10月24日A06版 · 时间：12月27日上午 · 04-02 16:20
_MONTH_DAY = r"(?P<{0}month>1[0-2]|0?[1-9])月(?P<{0}day>3[01]|[12]\d|0?[1-9])日"
_DAY = re.compile(
    rf"(?:^|[\s：:]|(?<=[编印刊办处科室局委会院心站])){_MONTH_DAY.format('')}(?:印发|发|[上下]午(?:地点|地址|$|\s|\d).*)?$"
    rf"|(?<![\d年]){_MONTH_DAY.format('at_')}\s?(?:\d{{1,2}}[:：]\d\d|[A-Z]?\d{{1,2}}版)"
    r"|(?:^|\s)(?P<short_month>1[0-2]|0?[1-9])-(?P<short_day>3[01]|[12]\d|0?[1-9])\s?\d{1,2}[:：]\d\d(?!\d)"
)
_WIRE = re.compile(
    r"[^，。\n]{0,20}(?<!\d)(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]\d|[1-9])日[电讯](?![\u4e00-\u9fff])"
)


def find_title(tagged: Tagged) -> str | None:
    """The report's title in clean characters, a subtitle joined on with ``——``; None where there is none to see."""
    lines = [line.strip() for line in tagged.clean.text.split("\n") if line.strip()][:HEAD_LINES]
    given = tagged.clean.document.title
    if given and (title := clean_line(given)):
        return title
    names = {m.text for m in tagged.mentions if m.label == "ORG"}
    for i, raw in enumerate(lines):
        if len(raw) > BODY_LENGTH and "。" in raw:
            return None
        line = _ORNAMENT.sub("", raw).strip()
        after = lines[i + 1] if i + 1 < len(lines) else ""
        if _FOUR.fullmatch(line) and _SUBTITLE.match(after) and len(after) <= TITLE_LENGTHS[1]:
            return f"{line}——{_SUBTITLE.sub('', after)}"  # 大爱无疆 ——记…
        if _SPAM.search(line) or _is_menu(line):
            continue
        if (
            not TITLE_LENGTHS[0] <= len(line) <= TITLE_LENGTHS[1]
            or _META.search(line)
            or _DAY.search(line)
            or line.count("\t") >= 2
        ):
            continue
        if line[-1] in "。；，" or line.count("。") > 0 or _SUBTITLE.match(line):
            continue
        if line in names and (after.startswith(("首页", "您的位置")) or after.count("\t") >= 3):
            continue
        subtitles = [below for above, below in pairwise(lines) if above == raw and _SUBTITLE.match(below)]
        if subtitles and len(subtitles[0]) <= TITLE_LENGTHS[1]:  # a page may print its headline twice
            return f"{line}——{_SUBTITLE.sub('', subtitles[0])}"
        return line
    return None


def _is_menu(line: str) -> bool:
    """Is the line a row of short words, as in a page's navigation?"""
    cells = line.split()
    return len(cells) >= 4 and sum(len(cell) <= 6 for cell in cells) >= len(cells) - 1


def _number(text: str) -> int:
    """A Chinese day or month up to 31."""
    tens, found, units = text.partition("十")
    if not found:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)


def dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Full dates written in a line, with their span; what is no date of the calendar is passed over."""
    for match in _DATE.finditer(text):
        yield from _valid(match, match[1], match[2] or match[5], match[3] or match[6])
    for match in _REVERSED.finditer(text):
        yield from _valid(match, match[3], match[2], match[1])
    for match in _CHINESE.finditer(text):
        year = int("".join(str(_DIGITS[c]) for c in match[1]))
        yield from _valid(match, year, _number(match[2]), _number(match[3]))


def _valid(
    match: re.Match[str], year: str | int, month: str | int, day: str | int
) -> Iterator[tuple[int, int, date]]:
    try:
        yield match.start(), match.end(), date(int(year), int(month), int(day))
    except ValueError:
        return


def find_published(tagged: Tagged) -> date | None:
    """The date of publication: what the container says, else a dateline above the text, else the date below it."""
    if tagged.clean.document.published:
        return tagged.clean.document.published
    lines = [line.strip() for line in tagged.clean.text.split("\n") if line.strip()]
    for labelled in (True, False):
        for line in lines[:HEAD_LINES]:
            found = _dateline(line, labelled=labelled)
            if found:
                return found
    for line in reversed(lines[-TAIL_LINES:]):
        found = _dateline(line, labelled=False) or _dateline(line, labelled=True)
        if found:
            return found
    return _printed_on(lines) or _without_year(tagged, lines)


def _printed_on(lines: list[str]) -> date | None:
    """The day at the end of a line that says who issued it (…处 二〇一四年一月九日印发), else the day it was written (成文日期)."""
    for pattern in (_PRINTED, _WRITTEN):
        for line in (*lines[:HEAD_LINES], *lines[-TAIL_LINES:]):
            if len(line) <= 120 and "。" not in line:
                for start, end, day in dates(line):
                    if pattern.search(line[:start] + "DATE" + line[end:]):
                        return day
    return None


def _without_year(tagged: Tagged, lines: list[str]) -> date | None:
    """The day that one of the first or last lines is or ends in (7月5日), of the year that the text tells.

    That is the year of the document's or the issue's number (〔2019〕41号, 2022年第9期), else the first in which no month
    that the text prints with its year lies ahead, else the one that the text counts to.
    """
    top = lines[:HEAD_LINES]
    number = next((m for line in top if (m := _NUMBERED.search(line) or _ISSUE.search(line))), None)
    for line in (*top, *reversed(lines[-TAIL_LINES:])):
        is_line = len(line) <= TITLE_LENGTHS[1] and "。" not in line
        day = (_DAY.search(line) if is_line else None) or _WIRE.match(line)
        if day is None:
            continue
        parts = [int(part) for part in day.groups() if part]
        month = parts[0], parts[1]
        year = int(number["year"]) if number else _year_of(tagged, *month)
        return next((d for *_, d in _valid(day, year, *month)), None) if year else None
    return None


def _year_of(tagged: Tagged, month: int, day: int) -> int | None:
    """The first year in which this day is later than every month the text prints with its year, or that it counts to."""
    known = [
        (t.last.year, t.last.month, t.last.day or 1)
        for t in tagged.times
        if t.last.year and t.last.month and (t.last.month, t.last.day) != (12, 31)
    ]
    latest = max(known, default=None)
    year = latest[0] + (latest[1:] > (month, day)) if latest else None
    printed = latest_year(tagged)
    if year is not None and printed is not None:
        year = max(year, printed)
    return year_after(tagged.clean.text, year or printed) or year


_OPENING = re.compile(r"（[^（）。，]{0,20}?DATE[^（）。，\d]{0,10}）")


def _dateline(line: str, *, labelled: bool) -> date | None:
    """The date of a line that holds little else; ``labelled`` asks for words such as 发布时间 or a clock time."""
    for start, end, day in dates(line):
        rest = line[:start] + line[end:]
        if _OTHER_DATE.search(line[:start][-8:]) or _RANGE.match(line[end:]):
            continue
        if labelled:
            label = _LABEL.search(rest)
            if label and len(line) <= 120 and "。" not in line:
                return day
        elif _OPENING.match(line[:start] + "DATE" + line[end:]):
            return day
        elif "。" not in rest:
            cells = (line[:start] + "DATE" + line[end:]).split("\t")
            if any("DATE" in cell and _WHOLE.match(cell.strip()) for cell in cells):
                return day
    return None
