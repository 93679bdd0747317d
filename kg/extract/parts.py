"""Which figure a figure is a part of: 共有医疗机构46家，其中医院12家、卫生院20家."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.layout import Figure
from kg.model import Fact

_OF_WHICH = "其中"
_STOP = re.compile(r"[；;]")
_JOINED = re.compile(r"[、和与及]|以及")
_OTHER = re.compile(
    r"此外|另外?[有，]|另[\u4e00-\u9fff]{0,2}有|同时|同比|合计|总计|共[计有]|累计|全[市省县区州]|均|各"
)
_AVERAGE = re.compile(r"均|^每")
_SUMMED = frozenset({"count", "money"})

Read = tuple[Figure, Fact]


def with_wholes(text: str, read: Sequence[Read]) -> list[Fact]:
    """The facts, each with the span of the figure that 其中 says it is a part of, where that is plain.

    The whole is the amount before 其中 in the same sentence, up to a semicolon, that has the part's own name, else the
    nearest; brackets that closed before 其中 hold none. No part is stated where that amount has another unit or kind, is
    one of a coordination (医院10家、诊所36家，其中…) or is about another time. The first amount after 其中 is a part;
    those after it are, as long as all of them together leave room for it.
    """
    out: list[Fact] = []
    before: list[Read] = []  # in the sentence so far
    begun, total = -1, Decimal(0)  # where the last 其中 stands, and the sum of its parts
    for figure, fact in read:
        if before and before[-1][0].sentence != figure.sentence:
            before, begun = [], -1
        at, whole = _whole(text, before, figure, fact.indicator)
        if whole is not None and fits(fact, whole):
            first, total = at != begun, fact.value + (total if at == begun else 0)
            if first or (total <= whole.value and not _apart(text, before[-1][0], figure)):
                begun = at
                fact = replace(fact, whole=(whole.start, whole.end))  # noqa: PLW2901 - what is told of it is told here
        before.append((figure, fact))
        out.append(fact)
    return out


def _apart(text: str, before: Figure, figure: Figure) -> bool:
    """Do the words between two figures open another count (另有…, 同时…)?"""
    return _OTHER.search(text, before.quantity.end, figure.quantity.start) is not None


def fits(part: Fact, whole: Fact) -> bool:
    """Can one be a part of the other: amounts of one kind and unit, the part's time within the whole's?"""
    if (
        part.kind not in _SUMMED
        or _AVERAGE.search(part.indicator)
        or (part.kind, part.unit, part.target) != (whole.kind, whole.unit, whole.target)
    ):
        return False
    if part.period is None or whole.period is None:
        return part.period == whole.period
    return whole.period.start <= part.period.start and part.period.end <= whole.period.end


def _whole(text: str, before: Sequence[Read], figure: Figure, named: str) -> tuple[int, Fact | None]:
    """Where the 其中 stands that governs a figure, and the amount it speaks of."""
    start, end = figure.sentence[0], figure.quantity.start
    start = max((m.end() for m in _STOP.finditer(text, start, end)), default=start)
    at = text.rfind(_OF_WHICH, start, end)
    if at < 0 or _closed(text, start, at, end):
        return -1, None
    amounts = [
        (f, fact)
        for f, fact in before
        if start <= f.quantity.start
        and f.quantity.end <= at
        and fact.kind in _SUMMED
        and not _closed(text, start, f.quantity.start, at)
    ]
    namesake = next((fact for _, fact in reversed(amounts) if named.endswith(fact.indicator)), None)
    if namesake or not amounts:
        return at, namesake
    (nearest, whole), *others = reversed(amounts)
    if others and _JOINED.match(text, others[0][0].quantity.end, nearest.quantity.start):
        return at, None
    return at, whole


def _closed(text: str, start: int, at: int, end: int) -> bool:
    """Does a bracket around ``at`` close before ``end`` (46家（其中医院12家），床位…)?"""
    opened = text.rfind("（", start, at)
    return opened >= 0 and text.find("）", opened, at) < 0 and text.find("）", at, end) >= 0


def in_table(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of tables, without the wholes that do not fit."""
    known = list(facts)
    by_span = {(fact.start, fact.end): fact for fact in known}
    return [
        fact
        if fact.whole is None or ((whole := by_span.get(fact.whole)) and fits(fact, whole))
        else replace(fact, whole=None)
        for fact in known
    ]
