"""A number of a spreadsheet as its cell shows it, as far as figures in reports need it."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LITERAL = re.compile(r'"([^"]*)"')
_PLACES = re.compile(r"[0#?](?:[0#?,]*)(?:\.([0#?]+))?")
_MOST = 1e15  # from here on a cell has no exact digits
_DIGITS = 11  # that a cell of the format General shows


def shown(value: float, form: str) -> str:
    """``value`` under a number format of Excel: decimals, percent, thousands, words in quotes; else its shortest spelling.

    ``0.256`` under ``0.0%`` is ``25.6%``; ``12345.678`` under ``#,##0.0"万元"`` is ``12,345.7万元``.
    """
    if not math.isfinite(value):
        return ""
    section = _section(value, form)
    plain = _QUOTED.sub("", section)
    places = _PLACES.search(plain)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if abs(value) >= _MOST:
        return f"{number:f}"
    if places is None or "e" in plain.lower():
        return _general(number)
    percent = plain.count("%")
    number *= 100**percent
    decimals = len((places[1] or "").replace(",", ""))
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if value < 0 and form.count(";") and not section.startswith("-"):
        rounded = -rounded if "-" in plain or "(" in plain else rounded
    optional = len(places[1] or "") - len((places[1] or "").rstrip("#"))
    spelt = f"{rounded:,f}" if "," in places[0].split(".")[0] else f"{rounded:f}"
    if optional and "." in spelt:
        required = decimals - optional
        whole, _, fraction = spelt.partition(".")
        fraction = fraction[:required] + fraction[required:].rstrip("0")
        spelt = f"{whole}.{fraction}" if fraction else whole
    before, after = _words(section)
    return f"{before}{spelt}{'%' * percent}{after}"


def _section(value: float, form: str) -> str:
    """The part of a format that is for a number of this sign."""
    sections = form.split(";")
    if value < 0 and len(sections) > 1:
        return "-" + sections[1].replace("-", "").replace("(", "").replace(")", "") if sections[1] else form
    if value == 0 and len(sections) > 2 and _PLACES.search(_QUOTED.sub("", sections[2])):
        return sections[2]
    return sections[0]


def _general(number: Decimal) -> str:
    """As few digits as tell the number, at most those that a cell shows."""
    whole = len(str(int(abs(number))))
    decimals = max(0, _DIGITS - whole)
    spelt = (
        f"{number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):f}"
        if decimals
        else f"{number:.0f}"
    )
    return spelt.rstrip("0").rstrip(".") if "." in spelt else spelt


def _words(section: str) -> tuple[str, str]:
    """The words in quotes before and after the number."""
    at = _PLACES.search(_LITERAL.sub(lambda m: " " * len(m[0]), section))
    place = at.start() if at else 0
    before = "".join(m[1] for m in _LITERAL.finditer(section) if m.start() < place)
    after = "".join(m[1] for m in _LITERAL.finditer(section) if m.start() >= place)
    return before, after
