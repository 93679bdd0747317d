"""What ties two organisations of one graph: that they are one body, or that one came in the place of the other, and how sure that is.

Stricter than linking with other graphs: a wrong merge adds figures of two bodies up. Names that only look alike (中心医院, 中医院)
tie nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.link import names
from kg.link.compare import Match, evidence
from kg.link.match import Index
from kg.link.record import Record
from kg.model import Place
from kg.tag import lexicon

_NATIONAL: Final = re.compile(r"^(?:国家|国务院|全国|中央)")
_LEVELS: Final = {
    "省": "province", "市": "city county", "州": "city", "盟": "city", "县": "county", "区": "county", "旗": "county",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties two organisations: ``same`` body, or else a later and an earlier one.

    ``pair`` is sorted; ``since`` are the years from which bodies had the names of the two, 0 where that is not known.
    ``why`` are the reasons, a phrase each.
    """

    pair: tuple[str, str]
    same: bool
    sure: bool
    match: Match
    since: tuple[int, int]
    why: tuple[str, ...]


def pair(one: str, other: str) -> tuple[str, str]:
    """Two IRIs in order."""
    return (one, other) if one <= other else (other, one)


def found(index: Index, known: Iterable[Record], most: int, least: float) -> Iterator[Tie]:
    """The ties between the organisations of an index: of each with at most ``most`` others, with a score of at least ``least``."""
    for record in known:
        for match in index.ranked(record, most):
            if match.record.iri < record.iri and match.score >= least and match.sameness != "alike":
                tie = _tie(match, record)
                if tie is not None:
                    yield tie


def _tie(match: Match, other: Record) -> Tie | None:
    ours, theirs = names.read(match.ours, "organisation"), names.read(match.theirs, "organisation")
    since = (_since(ours.rest), _since(theirs.rest))
    same = ours.rest == theirs.rest or (since[0] == since[1] and since[0] > 0)
    if ours.absorbed != theirs.absorbed:
        return None  # 下关区医院 is not 鼓楼区医院, though the one district is part of the other now
    national = all(not one.regions and _NATIONAL.match(one.rest) for one in (ours, theirs))
    placed = national or (
        len(match.here) == 1
        and match.here == match.there
        and all(_placed(one, match.here[0]) for one in (ours, theirs))
    )
    sure = placed and match.type == "same" and match.code != "differs" and (same or all(since))
    years = (f"since {since[0] or '?'} | {since[1] or '?'}",) if not same else ()
    return Tie((match.record.iri, other.iri), same, sure, match, since, (*evidence(match, other), *years))


def _placed(name: names.Name, home: str) -> bool:
    """Whether a name is that of a body in ``home`` and no other.

    It is by its place (昆明市…), by a word for one of this level (市…), or as a name of its own (西平镇中心卫生院) where the
    graph knows the city or county.
    """
    if name.regions:
        return True
    unit = lexicon.place(home)
    if unit is None:
        return False
    is_meant = unit.level in _LEVELS.get(name.plain[:1], "") and unit.name[-1] == name.plain[0]
    return is_meant or (unit.level in ("city", "county") and name.plain == name.rest and _is_own(name.rest))


def _is_own(rest: str) -> bool:
    """Whether a name has more to it than words that many have (人民, 第三, 中心), brands of many cities (同仁) among them."""
    return len(_general().sub("", rest)) > 1


@cache
def _general() -> re.Pattern[str]:
    heads = (row["head"] for row in lexicon.rows("organisation_heads.csv"))
    lists = ("organisation_body.txt", "organisation_classes.txt")
    listed = {
        *heads,
        *_reforms(),
        *(word for name in lists for line in lexicon.lines(name) for word in line.split()),
    }
    words = "|".join(re.escape(word) for word in sorted(listed, key=lambda word: (-len(word), word)))
    return re.compile(rf"第?[一二三四五六七八九十\d]+|{words}|[省市县区州旗盟乡镇院科局办会部]")


def is_official(label: str) -> bool:
    """Whether a name has its place in front in full, as it is called today."""
    text = names.plain(label)
    return any(unit.name in text for unit in _units(names.read(label, "organisation").regions))


def _units(codes: Iterable[str]) -> Iterator[Place]:
    return (unit for code in codes if (unit := lexicon.place(code)) is not None)


def _since(rest: str) -> int:
    """The year from which bodies had such a name, by its head; 0 where the lists do not say."""
    return next((since for head, since in _reforms().items() if rest.endswith(head)), 0)


@cache
def _reforms() -> Mapping[str, int]:
    known = {row["head"]: int(row["since"] or 0) for row in lexicon.rows("organisation_renamed.csv")}
    return MappingProxyType(dict(sorted(known.items(), key=lambda item: -len(item[0]))))
