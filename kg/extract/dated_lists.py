"""Lists under a line that dates them (到2020年将实现：), whose items say no time of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.layout import Layout
from kg.extract.period import is_comparison
from kg.model import Period, TimeMention

_ITEM = re.compile(
    r"[（(]?[\d一二三四五六七八九十]{1,3}[、.．）)]|[一二三四五六七八九十]是|[—●■◆·•*-]|[^，。；：\d\n]{1,12}："
)
_AIM = re.compile(r"[^。\n]{0,12}(?:将|要|力争|达到|实现|目标)")


@dataclass(frozen=True, slots=True)
class DatedItem:
    """An item of such a list, its period, and whether it is an aim."""

    start: int
    end: int
    period: Period
    is_aim: bool


def dated_items(layout: Layout, times: Sequence[tuple[TimeMention, Period]]) -> list[DatedItem]:
    """The items, in order, each a line; a list ends with the first line that is none."""
    text, found = layout.text, list[DatedItem]()
    opened: tuple[Period, bool] | None = None
    at = 0
    for start, end in layout.paragraphs():
        if opened is not None and start < end and _ITEM.match(text, start):
            found.append(DatedItem(start, end, *opened))
            continue
        opened = None
        if text[end - 1 : end] != "：":
            continue
        while at < len(times) and times[at][0].start < end:
            at += 1
        mention, period = times[at - 1] if at else (None, None)
        if mention is None or period is None or mention.start < start or is_comparison(text, mention):
            continue
        is_ahead = text[mention.start - 1 : mention.start] == "到"
        opened = period, is_ahead and _AIM.match(text, mention.end) is not None
    return found
