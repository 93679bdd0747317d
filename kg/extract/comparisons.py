"""The time of what a figure is compared with, and of figures that stand right behind their times."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from kg.extract.layout import Figure, Layout
from kg.extract.period import Anchor, fits_unit, is_comparison, resolve
from kg.model import Period, TimeMention

Times = Sequence[tuple[TimeMention, Period]]

SAME = re.compile(r"同(?:期|[月旬周]|季度?)")  # 去年同期, 去年同旬
_POINT = re.compile(
    r"(?:的|同(?:期|[月旬周]|季度?)|时)?(?:则|仅|只)?(?:[为是有的仅]|只有|达到?|约)?(?:近|约|超过?|不足)?（?"
)
_LISTED = re.compile(
    r"(?:的|同期|分别|[为是])*(?:\d[\d.,]*(?:/\d*万|[^、，。；\d（）和与及]{0,4})[、和与及])+"
)
_CHANGE = re.compile(r"[增减升降]|提高|[较比][^例重率]|多|少|翻|相[比较]")
_JOINED = re.compile(r"(?:及以[上下]|以[上下])?(?:、|[、，]?(?:和|与|及|以及))")
_COMPARED = re.compile(r"[较比]|[同环]比|与[^，。；]{1,8}[相比]")


def is_at_once(between: str) -> bool:
    """Does a figure follow its time at once (2011年为63.4%), or in a list (2015年的20.1/10万、8.1‰、10.7‰)?"""
    listed = _LISTED.match(between)
    return _POINT.fullmatch(between, listed.end() if listed else 0) is not None


def tells_of_same(text: str, mention: TimeMention, between: str, figure: Figure) -> bool:
    """去年同期全市报告81例: does a clause tell of the stretch a year before, and not of a change since then?"""
    return (
        figure.clause[0] == mention.start
        and SAME.match(between) is not None
        and _CHANGE.search(between) is None
    )


def goes_on_comparing(text: str, mention: TimeMention, figure: Figure) -> bool:
    """上周…例，较前一周下降4.9%: is the figure a comparison of what its sentence told of the time?"""
    return (
        mention.start >= figure.sentence[0]
        and _COMPARED.match(text, figure.clause[0]) is not None
        and "；" not in text[mention.end : figure.quantity.start]
    )


def stretch_before(
    layout: Layout, times: Times, mention: TimeMention, published: date | None
) -> Period | None:
    """2020年5月，…，较上月（9713例）: the stretch before the one that the paragraph tells of; None where it tells of none.

    News of 2016年12月 that goes on with 上月 means that month itself.
    """
    if mention.form != "unit" or not mention.years:
        return None
    is_compared = is_comparison(layout.text, mention)
    start = (layout.paragraph if is_compared else layout.sentence)(mention.start)[0]
    for other, period in reversed(times):
        if other.start < start:
            break
        if (
            other.form == "span"
            and layout.text[other.start - 1 : other.start] != "（"
            and fits_unit(mention, period)
            and not is_comparison(layout.text, other)
        ):
            return resolve(mention, Anchor(period, published)) if is_compared else period
    return None


def same_stretch(
    text: str, times: Times, mention: TimeMention, period: Period, own: Period | None
) -> Period | None:
    """去年同期, 较2015年同期: the stretch that governs the sentence, a year or so before; None where none is named."""
    if not _is_year(mention) or mention.first.shift == 0 or not SAME.match(text, mention.end):
        return None
    governing = [
        up_to(text, times, t, p) or p
        for t, p in times
        if t.end <= mention.start
        and not t.first.shift
        and t.form != "unit"
        and not is_comparison(text, t)
        and "\n" not in text[t.end : mention.start]
    ]
    stretch = governing[-1] if governing else own
    if stretch is None:
        return period
    years = stretch.end.year - period.end.year
    return Period(_back(stretch.start, years), _back(stretch.end, years)) if years > 0 else period


def up_to(text: str, times: Times, mention: TimeMention, period: Period) -> Period | None:
    """截至10月9日，今年…: from the year's start up to that day; None where no such day stands before the year."""
    if not _is_year(mention):
        return None
    for other, day in reversed(times):
        if other.end < mention.start:
            is_day = other.form == "until" and text[other.end : mention.start] == "，"
            return Period(period.start, day.end) if is_day and period.start <= day.end <= period.end else None
    return None


def in_turn(text: str, times: Times, figure: Figure, siblings: Sequence[Figure]) -> Period | None:
    """到2022年和2030年，健康素养水平分别不低于22%和30%: each of the joined figures its own time of those before the clause."""
    if len(siblings) < 2 or any(
        not _JOINED.fullmatch(text[a.quantity.end : b.quantity.start]) for a, b in pairwise(siblings)
    ):
        return None
    inside = [(t, p) for t, p in times if figure.sentence[0] <= t.start and t.end <= figure.clause[0]]
    last = inside[-len(siblings) :]
    if len(last) < len(siblings) or any(
        not re.fullmatch(r"[、和与及]", text[a.end : b.start]) for (a, _), (b, _) in pairwise(last)
    ):
        return None
    return last[list(siblings).index(figure)][1]


def _is_year(mention: TimeMention) -> bool:
    """Does a time name a year, and nothing shorter?"""
    first = mention.first
    named = first.year is not None or first.shift is not None
    return mention.form == "span" and named and first == mention.last and not first.month


def _back(day: date, years: int) -> date:
    """The same day years before; 29 February becomes the 28th."""
    year = day.year - years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
