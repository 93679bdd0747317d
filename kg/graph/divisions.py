"""What a division is called and coded beside its name of today: other scripts and languages, short forms, former names.

From ``seeds/vocabulary``: ``division_names.csv``, ``division_codes.csv`` and ``divisions_former.csv``, for every division
from county up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Former:
    """A name and code that a division had through the year ``until``; ``since`` is empty where it is not known."""

    code: str
    name: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Names:
    """``since``: the year from which the division has had its name and code. What is not known is empty.

    ``short`` are short forms and former names, sorted; ``former`` the codes of old with the names they stood for.
    """

    pinyin: str
    traditional: str
    english: str
    since: str
    short: tuple[str, ...]
    former: tuple[Former, ...]


@cache
def names() -> Mapping[str, Names]:
    """The names of each division down to county, by its code."""
    from kg.tag import lexicon  # noqa: PLC0415  # asking a graph need not load the language pipeline

    former: dict[str, list[Former]] = {}
    for row in lexicon.rows("division_codes.csv"):
        former.setdefault(row["now"], []).append(Former(row["code"], row["name"], row["since"], row["until"]))
    other = _other_names()
    found: dict[str, Names] = {}
    for row in lexicon.rows("division_names.csv"):
        code = row["code"]
        old = tuple(former.get(code, ()))
        said = {*other.get(code, ()), *(one.name for one in old)} - {lexicon.divisions()[code].name}
        found[code] = Names(
            row["pinyin"], row["traditional"], row["english"], row["since"], tuple(sorted(said)), old
        )
    return MappingProxyType(found)


def _other_names() -> dict[str, set[str]]:
    """Short forms of today's name, and former names in full, by code."""
    from kg.tag import lexicon  # noqa: PLC0415

    found: dict[str, set[str]] = {}
    for surface, forms in lexicon.forms().items():
        for form in forms:
            if form.kind == "full" or form.name == lexicon.divisions()[form.code].name:
                found.setdefault(form.code, set()).add(surface)
    return found
