"""The numbers of a report that became no fact, each with its reason, so that none is lost in silence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.model import CleanText, Fact, Mention, Reason, Refused, RefusedNumber, TimeMention

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SHAPELESS = ("bare", "unread")  # in a table, such a number is a cell that its table leaves open


def in_grids(refused: Iterable[Refused], grids: Sequence[tuple[int, int]]) -> Iterator[Refused]:
    """``refused`` with the numbers that a table leaves open told from those of the running text."""
    starts = [start for start, _ in grids]
    for one in refused:
        at = bisect_right(starts, one.start) - 1
        inside = at >= 0 and one.end <= grids[at][1]
        yield Refused(one.start, one.end, "cell") if inside and one.reason in _SHAPELESS else one


def refused_numbers(
    clean: CleanText,
    facts: Iterable[Fact],
    mentions: Iterable[Mention],
    times: Iterable[TimeMention],
    refused: Iterable[Refused],
) -> tuple[RefusedNumber, ...]:
    """All numbers outside of ``facts`` in order: those in names and dates, ``refused``, and what nothing accounts for.

    Together with the facts they hold every digit of the source. Digits that cleaning left out belong to the page; what
    is left then was seen by no part of the grammar. A Chinese numeral is listed only where ``refused`` has it.
    """
    source = clean.document.text
    covered = bytearray(len(source))
    for fact in facts:
        covered[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
    found: list[RefusedNumber] = []

    def add(start: int, end: int, reason: Reason) -> None:
        if 1 not in covered[start:end]:
            covered[start:end] = b"\1" * (end - start)
            found.append(RefusedNumber(start, end, source[start:end], reason))

    for mention in mentions:
        if _DIGIT.search(mention.text):
            add(*clean.source_span(mention.start, mention.end), "name")
    for time in times:
        if _DIGIT.search(time.text):
            add(*clean.source_span(time.start, time.end), "date")
    for one in refused:
        add(*clean.source_span(one.start, one.end), one.reason)
    for match in _NUMBER.finditer(source):
        for start, end in _bare(covered, match):
            add(start, end, "unread" if _is_kept(clean, start) else "page")
    return tuple(sorted(found, key=lambda number: number.start))


def _bare(covered: bytearray, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a number that nothing covers, without marks at their ends."""
    if 0 not in covered[match.start() : match.end()]:
        return
    start = None
    for at in range(match.start(), match.end() + 1):
        free = at < match.end() and not covered[at]
        if free and start is None and match.string[at].isdecimal():
            start = at
        elif not free and start is not None:
            yield start, start + len(match.string[start:at].rstrip(".,"))
            start = None


def _is_kept(clean: CleanText, at: int) -> bool:
    """Is a source character in the clean text?"""
    cell = bisect_right(clean.starts, at) - 1
    return cell >= 0 and at < clean.ends[cell]
