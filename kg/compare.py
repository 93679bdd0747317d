"""When two names, indicators or periods count as the same in an evaluation."""

from __future__ import annotations

import calendar
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date

_ABBREVIATIONS = (("卫生健康委员会", "卫健委"), ("卫生健康委", "卫健委"), ("疾病预防控制中心", "疾控中心"))
_SIGNS = frozenset("%‰/℃")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WITH_HEAD, _WITHOUT_HEAD = 0.6, 0.75  # likeness that an indicator needs with and without its core word
_LONGER = 1.1  # how much longer than the gold period one from context may be


def folded(name: str) -> str:
    """Letters, digits and the signs of units, in one width, usual abbreviations made."""
    wide = unicodedata.normalize("NFKC", name)
    kept = "".join(c for c in wide if c.isalnum() or c in _SIGNS)
    for full, short in _ABBREVIATIONS:
        kept = kept.replace(full, short)
    return kept


def same_name(said: str, right: Sequence[str]) -> bool:
    """Is ``said`` one of ``right``, punctuation and width apart?"""
    return folded(said) in map(folded, right)


def same_indicator(said: str, right: Sequence[str], head: str) -> bool:
    """Is ``said`` one of ``right``, or as good as one? It may differ more when it holds the core word."""
    ours = folded(said)
    names = [folded(name) for name in right]
    needed = _WITH_HEAD if folded(head) in ours else _WITHOUT_HEAD
    return ours in names or max(likeness(ours, name) for name in names) >= needed


def likeness(a: str, b: str) -> float:
    """The F1 of the characters of two names, order apart, 0 to 1."""
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b)) if shared else 0.0


def same_time(
    time_start: str, time_end: str, right: Sequence[str], *, context: bool = False, undated: bool = False
) -> bool:
    """Does the period agree with one of ``right``?

    A period that the text states has equal ends, or the same end when either is a single day. One from context needs
    an overlap and may hardly be longer; where the report names no year of its own, no period is right as well.
    """
    if not (time_start or time_end):
        return context and undated
    try:
        start = days(time_start or time_end)[0]
        end = days(time_end or time_start)[1]
    except ValueError:
        return False
    for iso in right:
        first, last = days(iso)
        if context:
            longest = _LONGER * max((last - first).days, 366)
            if start <= last and end >= first and (end - start).days <= longest:
                return True
        elif end == last and (first in (start, last)):
            return True
    return False


def days(iso: str) -> tuple[date, date]:
    """First and last day of an ISO 8601 day, month, year or interval of these. Raises ``ValueError``."""
    if "/" in iso:
        first, last = iso.split("/")
        return days(first)[0], days(last)[1]
    year, month, day = (*map(int, iso.partition("T")[0].split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def is_undated(text: str, period: str | None) -> bool:
    """Does ``text`` print no year of its own ``period``?"""
    if not period:
        return True
    digits = unicodedata.normalize("NFKC", text).translate(_CHINESE_DIGITS)
    first, last = days(period)
    return all(str(year) not in digits for year in range(first.year, last.year + 1))
