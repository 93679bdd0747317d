"""Two things of different graphs side by side: how far name, type, region and code say that they are one.

A name alone decides nothing: 鼓楼区中医院 is in four cities. Names are graded, not counted in letters: the same name, the same
name short or with more places in front, a name that the thing had once; only what is in none of these is measured by rapidfuzz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz

from kg.graph import terms
from kg.graph.vocabulary import vocabulary
from kg.link import names
from kg.link.names import Kind, Name
from kg.link.record import CODE, Record, Understood, full_code
from kg.tag import lexicon

Agreement = Literal["same", "unknown", "wider", "differs"]
Sameness = Literal["same", "short", "former", "unread", "alike", "other"]

GRADES: Final[dict[Sameness, float]] = {
    "same": 1.0,
    "short": 0.96,
    "former": 0.92,
    "unread": 0.9,
    "alike": 0.9,
}
"""The score of each sort of likeness of names; ``alike`` is the most that letters in common can give. ``unread`` is a name in
another language where the codes are the same; ``other`` names have nothing in common, and no score."""
REGION: Final[dict[Agreement, float]] = {"same": 1.0, "unknown": 0.88, "wider": 0.75, "differs": 0.4}
TYPE: Final[dict[Agreement, float]] = {"same": 1.0, "unknown": 0.97, "differs": 0.6}
LEAST_ALIKE: Final = 84.0
"""Of rapidfuzz's 100: names that have less in common are not compared further."""

_NUMERALS = re.compile(r"[0-9〇一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class Match:
    """How far ``record`` is what was asked for: ``score`` in 0..1, and what it is made of.

    ``ours`` and ``theirs`` are the labels that were found to be alike, in simplified characters without marks; ``here`` and
    ``there`` the codes of where the two lie.
    """

    record: Record
    score: float
    sameness: Sameness
    name: float
    region: Agreement
    type: Agreement
    code: Agreement
    ours: str
    theirs: str
    here: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


def compared(one: Understood, other: Understood, kind: Kind) -> Match | None:
    """How far ``one`` (ours) is ``other``, by the names that are most alike; None where none are alike at all."""
    found = None
    code = _codes(one.record.code, other.record.code)
    for ours, here in one.names:
        for theirs, there in other.names:
            sameness, likeness = _alike(ours, theirs, here, there, kind)
            if sameness is None:
                continue
            region = _regions(one, other, (ours, here), (theirs, there), kind)
            sort = _types(one, other, ours.office == theirs.office, kind)
            score = likeness * REGION[region] * TYPE[sort] * (0.7 if code == "differs" else 1.0)
            if code == "same":
                score = max(score, 0.99 * min(1.0, likeness + 0.1))
            if found is None or score > found.score:
                found = Match(
                    one.record,
                    round(score, 4),
                    sameness,
                    likeness,
                    region,
                    sort,
                    code,
                    ours.plain,
                    theirs.plain,
                    here or one.given,
                    there or other.given,
                )
    if found is None and code == "same" and one.record.code:
        first, second = one.record.label, other.record.label
        return Match(one.record, 0.9, "other", 0.0, "unknown", "unknown", "same", first, second)
    return found


def _alike(
    ours: Name, theirs: Name, here: tuple[str, ...], there: tuple[str, ...], kind: Kind
) -> tuple[Sameness | None, float]:
    """What sort of likeness two names have, and its score."""
    sameness: Sameness
    if ours.plain == theirs.plain:
        return "same", GRADES["same"]
    if kind == "place" and here and there:
        both = set(here) & set(there)
        if not both:
            return None, 0.0
        if not (ours.codes and theirs.codes):
            return "unread", GRADES["unread"]
        sameness = "former" if both & (set(ours.former) ^ set(theirs.former)) else "short"
        return sameness, GRADES[sameness]
    if ours.rest == theirs.rest:
        return "short", GRADES["short"]
    if ours.office == theirs.office:
        return "former", GRADES["former"]
    ratio = alike(ours, theirs)
    if not ratio or _NUMERALS.findall(ours.rest) != _NUMERALS.findall(theirs.rest):
        return None, 0.0
    return "alike", GRADES["alike"] * ratio / 100


def alike(one: Name, other: Name) -> float:
    """What two names have in common by their letters, of 100: with or without their places, whichever is more.

    0 where it is too little.
    """
    rest = fuzz.ratio(one.rest, other.rest, score_cutoff=LEAST_ALIKE)
    return max(rest, fuzz.ratio(one.plain, other.plain, score_cutoff=max(LEAST_ALIKE, rest)))


def _regions(
    one: Understood,
    other: Understood,
    ours: tuple[Name, tuple[str, ...]],
    theirs: tuple[Name, tuple[str, ...]],
    kind: Kind,
) -> Agreement:
    """Whether two things lie in the same division."""
    if kind == "indicator":
        return "same"
    (name, here), (another, there) = ours, theirs
    if kind == "place":
        return _above(one, other, here, there)
    if not here or not there:
        conflict = (name.regions and one.given and not here) or (
            another.regions and other.given and not there
        )
        return "differs" if conflict else "unknown"
    both = set(here) & set(there)
    if both and name.absorbed != another.absorbed:
        return "wider"  # 下关区 is part of 鼓楼区 now: its hospital is not that of 鼓楼区
    if both:
        single = len(_distinct(here)) == len(_distinct(there)) == 1
        return "same" if single else "unknown"
    nested = any(lexicon.within(a, b) or lexicon.within(b, a) for a in here for b in there)
    if nested and not (name.regions and another.regions):
        return "same" if not name.regions and not another.regions else "wider"
    return "differs"


def _distinct(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Codes without those of a division in another of the same name (嘉峪关市 is a county of itself)."""
    if len(codes) == 1:
        return codes
    named = {code: lexicon.place(code) for code in codes}
    return tuple(
        code
        for code, unit in named.items()
        if not any(
            other != code and above and unit and above.name == unit.name and lexicon.within(code, other)
            for other, above in named.items()
        )
    )


def _above(one: Understood, other: Understood, here: tuple[str, ...], there: tuple[str, ...]) -> Agreement:
    """Whether two places lie in the same division above."""
    if here and there:
        both = set(here) & set(there)
        if not both:
            return "differs"
        if len(_distinct(here)) > 1 or len(_distinct(there)) > 1:
            return "unknown"
        told = other.given or other.record.code or any(name.regions for name, _ in other.names)
        return "same" if told or lexicon.ancestors(here[0])[1:] == () else "unknown"
    if not one.given or not other.given:
        return "unknown"
    same = any(lexicon.within(a, b) or lexicon.within(b, a) for a in one.given for b in other.given)
    return "same" if same else "differs"


def _types(one: Understood, other: Understood, same_name: bool, kind: Kind) -> Agreement:
    """Whether two things are of one sort: by what their graphs say, else by what their names do."""
    if kind == "place":
        if one.types and other.types:
            return "same" if one.types & other.types else "differs"
        codes = {code for _, found in one.names for code in found}
        return "same" if any(_is_full(name, codes) for name, _ in other.names) else "unknown"
    if kind == "indicator":
        return "same" if not one.types or not other.types or one.types & other.types else "differs"
    if one.types and other.types:
        return "same" if _related(one.types, other.types) else "differs"
    return "same" if same_name and not other.told else "unknown"


def _is_full(name: Name, codes: set[str]) -> bool:
    """Whether a place's label is the full name, of today or once, of one of these divisions, and so tells its level."""
    today = codes.intersection(name.codes) and name.plain.endswith(name.rest)
    return bool(today) or any(
        form.kind == "full" and form.code in codes for form in names.forms().get(name.plain, ())
    )


@lru_cache(maxsize=1 << 12)
def _related(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether some types and others can be of one thing: a maternity hospital is a hospital, and no company."""
    families = [frozenset().union(*(_families().get(sort, ()) for sort in sorts)) for sorts in (some, others)]
    return not families[0].isdisjoint(families[1])


def _codes(one: str, other: str) -> Agreement:
    """Whether two codes are of one division; identifiers of another sort say nothing."""
    if not (CODE.fullmatch(one) and CODE.fullmatch(other)):
        return "unknown"
    return "same" if full_code(one) == full_code(other) else "differs"


@cache
def _families() -> Mapping[str, frozenset[str]]:
    """The families of each type of organisations, its own and those of the types above it, by IRI."""
    own = {row["type"]: row["families"].split("|") for row in lexicon.rows("organisation_families.csv")}
    return {
        node.value: frozenset(one for step in above for one in own.get(step.value.removeprefix(terms.HA), ()))
        for node, above in vocabulary().sorts[terms.ORGANISATION_TYPES].broader.items()
    }


def evidence(match: Match, candidate: Record) -> Iterator[str]:
    """What speaks for and against, a phrase each."""
    said = {
        "same": "same name",
        "short": "same name in short or with the places above it",
        "former": "an older name",
        "unread": "a name that is not Chinese",
        "alike": "similar name",
        "other": "another name",
    }
    ours, theirs = _printed(match.ours, match.record), _printed(match.theirs, candidate)
    yield f"{ours} ~ {theirs}: {said[match.sameness]}"
    yield f"region {match.region}{_shown(_where(match.here), _where(match.there) or ' '.join(candidate.region))}"
    yield f"type {match.type}{_shown(match.record.type, candidate.type)}"
    if match.code != "unknown":
        yield f"code {match.code} ({match.record.code} | {candidate.code})"


def _printed(plain: str, record: Record) -> str:
    """The label as its graph prints it."""
    return next((label for label in record.labels if names.plain(label) == plain), plain)


def _where(codes: tuple[str, ...]) -> str:
    """The divisions that these codes are, by their full names, three of them at most."""
    units = [unit for code in codes[:3] if (unit := lexicon.place(code)) is not None]
    more = "…" if len(codes) > 3 else ""
    return "/".join(lexicon.full_name(unit) for unit in units) + more


def _shown(ours: str, theirs: str) -> str:
    return f" ({ours or '-'} | {theirs or '-'})" if ours or theirs else ""
