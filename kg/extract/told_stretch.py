"""The week, month or months that a bulletin tells of, where its text says so and its headline does not."""

from __future__ import annotations

import re
from datetime import date

from kg.extract.period import Anchor, is_comparison, is_history, resolve
from kg.extract.writing_year import AHEAD
from kg.model import Period, Tagged, TimeMention

_LEAD = 300  # characters within which the stretch is named
_SHORT = 800  # characters of a text that need not name it twice
_GOES_ON = re.compile(r"，|（|[全我本]|共|累计|报告|[^，。；\d\n]{0,14}(?:疫情|情况|概况|数据)")
_DAYS = (5, 345)


def told_stretch(tagged: Tagged, published: date | None, latest: int | None) -> Period | None:
    """The stretch that a text opens with (2020年5月，全市共报告…), if it tells of no other one.

    Days after it, such as that of its publication, and times that only compare or tell a history do not count.
    ``latest`` is the last year that the text tells of.
    """
    text, told, times = tagged.clean.text, None, list[tuple[TimeMention, Period]]()
    title_end = text.find("\n")
    anchor = Anchor(Period.year(latest) if latest else None, published)
    before: TimeMention | None = None
    for mention in tagged.times:
        if mention.form not in ("span", "until") or _is_aside(text, mention):
            continue
        if mention.first.month is None:
            if mention.first.year is not None and (told is not None or mention.end > title_end > 0):
                return None  # a year as a whole
            continue
        near = before if before is not None and "。" not in text[before.end : mention.start] else None
        period = resolve(mention, anchor, near)
        before = mention
        if period is None:
            continue
        times.append((mention, period))
        if told is None and _opens(tagged, mention, period):
            told = period
    if told is None:
        return None
    for mention, period in times:
        is_inside = told.start <= period.start and period.end <= told.end
        is_later_day = period.start == period.end > told.end and mention.form == "span"
        if not (is_inside or is_later_day):
            return None
    named = sum(period == told for _, period in times)
    return told if named > 1 or len(text) <= _SHORT else None


def _is_aside(text: str, mention: TimeMention) -> bool:
    before = text[max(0, mention.start - 2) : mention.start]
    is_ahead = AHEAD.search(before) is not None and not before.startswith("截")
    return is_ahead or is_comparison(text, mention) or is_history(text, mention)


def _opens(tagged: Tagged, mention: TimeMention, period: Period) -> bool:
    """Does a sentence at the top name a stretch before its first figure, and go on with what happened in it?"""
    text, (fewest, most) = tagged.clean.text, _DAYS
    if (
        mention.start > _LEAD
        or mention.form != "span"
        or not fewest <= (period.end - period.start).days + 1 <= most
        or _GOES_ON.match(text, mention.end) is None
    ):
        return False
    start = max(text.rfind(mark, 0, mention.start) for mark in "。\n")
    return not any(start < q.start < mention.start for q in tagged.quantities)
