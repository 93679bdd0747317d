"""The county of a report that names only townships of it: 在全县会议上的讲话 with 甲镇 and 乙镇 and no county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from kg.model import Place
from kg.tag import lexicon
from kg.tag.boundaries import is_word

FEWEST = 2  # townships that must be named; one in the heading is worth two
_HEADING = 40  # characters


@cache
def _by_county() -> dict[str, tuple[frozenset[str], ...]]:
    """The forms of each township of a county, by the county's code; ordinary words are left out."""
    found: dict[str, list[frozenset[str]]] = {}
    for unit in lexicon.townships().values():
        surfaces = {unit.name, *(short for short in lexicon.short_names(unit.name) if len(short) > 1)}
        plain = frozenset(s for s in surfaces if not is_word(s) and s not in lexicon.forms())
        if unit.parent and plain:
            found.setdefault(unit.parent, []).append(plain)
    return {code: tuple(units) for code, units in found.items()}


def county_of(text: str, within: Iterable[str], ending: str) -> Place | None:
    """The county under the divisions ``within`` (codes) most of whose townships a text names; None without two of one.

    ``ending`` is the character that the county's name must end in (县, 区).
    """
    areas = set(within)
    heading = text[:_HEADING]
    best: tuple[int, str] = (FEWEST - 1, "")
    for code, units in _by_county().items():
        county = lexicon.place(code)
        if county is None or county.name[-1] != ending:
            continue
        if not any(step.code in areas for step in lexicon.ancestors(code)[1:]):
            continue
        named = _named(text, units) + _named(heading, units)
        if named > best[0]:
            best = (named, code)
    return lexicon.place(best[1]) if best[1] else None


def namesake(text: str, codes: Sequence[str]) -> str:
    """Of counties that share a name the one most of whose townships a text names; the first where it names none."""
    return max(codes, key=lambda code: _named(text, _by_county().get(code, ())))


def _named(text: str, units: Iterable[frozenset[str]]) -> int:
    return sum(any(surface in text for surface in surfaces) for surfaces in units)
