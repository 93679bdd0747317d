"""The things of our graph as others look for them: by name, type and what is known, by the beginning of a name, by id.

A catalogue is read once, when a service starts; the store is closed after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.link import names
from kg.link.compare import Match
from kg.link.match import MARGIN, Index, sure
from kg.link.names import Kind
from kg.link.record import Record
from kg.link.records import records
from kg.tag import lexicon


@dataclass(frozen=True, slots=True)
class Sort:
    """A type or a property: its id and its name; ``broader`` is the id of the type above a type."""

    id: str
    name: str
    broader: str = ""


TYPES: Final = (
    Sort("place", "地方 place"),
    Sort("organisation", "机构 organisation"),
    Sort("programme", "项目 programme"),
    Sort("indicator", "指标 indicator"),
)
"""What everything is; the types of `Catalogue.types` lie below."""
_LEVELS: Final = (
    Sort("country", "国家 country", "place"),
    Sort("province", "省级 province", "place"),
    Sort("city", "地级 city", "place"),
    Sort("county", "县级 county", "place"),
    Sort("township", "乡级 township", "place"),
)
PROPERTIES: Final = (
    Sort("code", "代码 code (GB/T 2260)"),
    Sort("region", "所在地区 region"),
    Sort("type", "类型 type"),
    Sort("label", "名称 labels"),
    Sort("figures", "数字的数量 number of figures"),
)
"""What is told of an entity; ``code``, ``region`` and ``type`` are evidence in a query too."""

_NAMES: Final = "SELECT ?thing ?name WHERE { ?thing rdfs:label|skos:prefLabel ?name FILTER(LANGMATCHES(LANG(?name), 'zh-hans')) }"
_SORTS: Final = "SELECT DISTINCT ?thing ?type WHERE { ?thing org:classification|dcterms:type ?type }"
_FIGURES: Final = "SELECT ?thing (COUNT(?o) AS ?n) WHERE { { ?o ha:subject ?thing } UNION { ?o ha:indicator ?thing } } GROUP BY ?thing"
_PROGRAMMES: Final = "SELECT ?thing ?name WHERE { ?thing a ha:Programme ; rdfs:label ?name FILTER(LANGMATCHES(LANG(?name), 'zh-hans')) }"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph: ``id`` is what follows the base namespace in its IRI, or the IRI where it lies outside."""

    id: str
    name: str
    kind: str
    record: Record
    types: tuple[str, ...] = ()
    figures: int = 0

    @property
    def description(self) -> str:
        """What tells it from its namesakes: where it lies, and how many figures there are of it."""
        where = next(
            (lexicon.full_name(unit) for code in self.record.region if (unit := lexicon.place(code))), ""
        )
        parts = [where, self.record.code, f"{self.figures} 个数字 figures" if self.figures else ""]
        return " · ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that a query may mean: ``score`` in 0..100; ``certain`` whether it is surely meant."""

    entity: Entity
    score: float
    certain: bool
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query asks: a name, ids of types, and values by property."""

    text: str = ""
    types: tuple[str, ...] = ()
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limit: int = 10


class Catalogue:
    """Every place, organisation, programme and indicator of a store; ``base`` is the namespace of the ids."""

    def __init__(self, store: GraphStore) -> None:
        self.base = store.base
        called = {thing.value: name.value for thing, name in _rows(store, _NAMES)}
        figures = {thing.value: int(count.value) for thing, count in _rows(store, _FIGURES)}
        sorts: dict[str, list[str]] = defaultdict(list)
        for thing, sort in _rows(store, _SORTS):
            sorts[thing.value].append(sort.value.rpartition("#")[2])
        self._sorted = {sort for several in sorts.values() for sort in several}
        self._indexes: dict[str, Index] = {}
        self.entities: dict[str, Entity] = {}
        self._by_iri: dict[str, Entity] = {}
        for kind, found in _everything(store):
            self._indexes[kind] = Index(found, _compared_as(kind))
            for record in found:
                entity = Entity(
                    id=record.iri.removeprefix(store.base),
                    name=called.get(record.iri, record.label),
                    kind=kind,
                    record=record,
                    types=tuple(sorted({*sorts[record.iri], *filter(None, [record.type])})),
                    figures=figures.get(record.iri, 0),
                )
                self.entities[entity.id] = self._by_iri[record.iri] = entity
        self.types = (*TYPES, *_LEVELS, *_below(store, self._sorted))
        self._above = {sort.id: sort.broader or sort.id for sort in self.types}
        self._begun = sorted(
            {
                (names.plain(label), entity.id)
                for entity in self.entities.values()
                for label in entity.record.labels
            },
            key=lambda pair: (-self.entities[pair[1]].figures, len(pair[0]), pair),
        )

    def get(self, given: str) -> Entity | None:
        """The entity with this id or IRI."""
        return self.entities.get(given) or self._by_iri.get(given)

    def find(self, wanted: Wanted) -> list[Found]:
        """The entities that a query may mean, best first; one that it names by id or IRI is alone."""
        named = self.get(wanted.text.strip())
        if named is not None:
            return [Found(named, 100.0, certain=True)]
        found = [one for kind in self._kinds(wanted.types) for one in self._of_kind(kind, wanted)]
        found.sort(key=lambda one: (-one.score, -one.entity.figures, one.entity.id))
        if len(found) > 1 and found[0].score - found[1].score < MARGIN * 100:
            found[0] = replace(found[0], certain=False)
        return [found[0], *(replace(one, certain=False) for one in found[1 : wanted.limit])] if found else []

    def suggest(self, prefix: str, skip: int = 0, most: int = 10) -> list[Entity]:
        """The entities one of whose names begins so, or which have this id; those with most figures first."""
        named, start = self.get(prefix.strip()), names.plain(prefix)
        ids = dict.fromkeys([named.id] if named is not None else [])
        if start:
            ids |= dict.fromkeys(one for name, one in self._begun if name.startswith(start))
        return [self.entities[one] for one in list(ids)[skip : skip + most]]

    def values(self, entity: Entity, name: str) -> list[str]:
        """What the graph says of an entity under a property's id; a region is the id of a place where there is one."""
        record = entity.record
        match name:
            case "code":
                return [record.code] if record.code else []
            case "region":
                return list(record.region[:1])
            case "type":
                return list(entity.types)
            case "label":
                return list(record.labels)
            case "figures":
                return [str(entity.figures)]
        return []

    def _kinds(self, types: Sequence[str]) -> list[str]:
        """The kinds that ids of types lie in; all where none is told, or none is known."""
        asked = {self._above[one] for one in types if one in self._above}
        return [kind for kind in self._indexes if not asked or kind in asked]

    def _of_kind(self, kind: str, wanted: Wanted) -> Iterator[Found]:
        told = wanted.properties
        narrow = (
            set() if kind in wanted.types else {one for one in wanted.types if self._above.get(one) == kind}
        )
        region = tuple(self._division(one) for one in told.get("region", ()))
        code = next((self._division(one) for one in told.get("code", ())), "")
        sort = next(iter(told.get("type", ())), "")
        record = Record("", tuple(filter(None, [wanted.text])), sort, region, code)
        ranked = self._indexes[kind].ranked(record, max(2, wanted.limit))
        for at, match in enumerate(ranked):
            entity = self._by_iri[match.record.iri]
            if narrow and not narrow & set(entity.types):
                continue
            after = ranked[at + 1].score if at + 1 < len(ranked) else 0.0
            alone = at == 0 and match.score - after >= MARGIN
            by_code = not wanted.text.strip() and match.code == "same"
            certain = alone and (by_code or sure(match, _compared_as(kind)) or _only(match, kind))
            yield Found(entity, round(match.score * 100, 2), certain, match)

    def _division(self, given: str) -> str:
        """A region as it is compared: the code of a place that is given by id."""
        entity = self.get(given)
        return entity.record.code or entity.name if entity is not None else given


def _only(match: Match, kind: str) -> bool:
    """Whether a place is called by the full name of a division, of which there is one in the country."""
    one = kind == "place" and len(match.there) == 1 and match.here == match.there
    return one and match.sameness == "same" and match.type == "same" and match.region != "differs"


def _compared_as(kind: str) -> Kind:
    """How names of a kind are compared; programmes go by their words alone, as indicators do."""
    return "indicator" if kind == "programme" else cast(Kind, kind)


def _everything(store: GraphStore) -> Iterator[tuple[str, list[Record]]]:
    yield "place", records(store, "place")
    yield "organisation", records(store, "organisation")
    yield (
        "programme",
        [Record(thing.value, (name.value,)) for thing, name in sorted(_rows(store, _PROGRAMMES), key=str)],
    )
    yield "indicator", records(store, "indicator")


def _below(store: GraphStore, used: set[str]) -> list[Sort]:
    """The types of organisations and programmes that occur."""
    schemes = {"organisation": "ha:organisation-types", "programme": "ha:programme-types"}
    found = []
    for above, scheme in schemes.items():
        query = (
            f"SELECT ?thing ?name WHERE {{ ?thing skos:inScheme {scheme} ; skos:prefLabel ?name "
            "FILTER(LANGMATCHES(LANG(?name), 'zh-hans')) }"
        )
        for thing, name in _rows(store, query):
            key = thing.value.rpartition("#")[2]
            if key in used:
                found.append(Sort(key, name.value, above))
    return sorted(found, key=lambda sort: sort.id)


def _rows(store: GraphStore, query: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    for row in cast(ox.QuerySolutions, store.query(query)):
        yield cast(tuple[ox.NamedNode, ox.NamedNode | ox.Literal], (row[0], row[1]))
