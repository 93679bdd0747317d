"""What the graph has to be linked: its places, organisations and indicators, as far as they tell who they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final, cast

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.link.names import Kind
from kg.link.record import Record

_LABELS: Final = ("rdfs:label|skos:prefLabel", "skos:altLabel|ha:fullName|schema:alternateName")
_KINDS: Final[dict[Kind, str]] = {
    "place": "?thing a ha:Place",
    "organisation": "?thing a org:FormalOrganization",
    "indicator": "?thing a skos:Concept ; skos:inScheme ?scheme . VALUES ?scheme { ha:indicators ha:candidates }",
}
_HOMES: Final = (
    "SELECT ?thing ?area WHERE { { ?o ha:subject ?thing ; sdmx-dimension:refArea ?area } UNION "
    "{ ?r dcterms:publisher ?thing ; dcterms:spatial ?area } ?thing a org:FormalOrganization }"
)
_ORDER: Final = {"zh-hans": 0, "zh-hant": 1, "": 2, "en": 3}


def records(store: GraphStore, kind: Kind) -> list[Record]:
    """Everything of a kind that the graph names, by IRI.

    The region of a place is what it lies in; that of an organisation the area of its figures, or of the reports that it
    published, where one stands out.
    """
    labels: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for rank, path in enumerate(_LABELS):
        query = f"SELECT DISTINCT ?thing ?label WHERE {{ {_KINDS[kind]} . ?thing {path} ?label }}"
        for thing, label in _rows(store, query):
            text = cast(ox.Literal, label)
            labels[thing.value].append((rank, _ORDER.get(text.language or "", 9), text.value))
    levels = (
        _values(store, "SELECT ?thing ?value WHERE { ?thing a ha:Place ; ha:level ?value }")
        if kind == "place"
        else {}
    )
    codes = (
        _values(store, "SELECT ?thing ?value WHERE { ?thing a ha:Place ; ha:code ?value }")
        if kind != "indicator"
        else {}
    )
    above = (
        _values(store, "SELECT ?thing ?value WHERE { ?thing ha:within ?value }") if kind == "place" else {}
    )
    homes = _homes(store, codes) if kind == "organisation" else {}
    made = []
    for iri, named in sorted(labels.items()):
        if kind == "place":
            region = tuple(codes[one] for one in _climbed(iri, above) if one in codes)
        else:
            region = homes.get(iri, ())
        names = tuple(dict.fromkeys(text for *_, text in sorted(named)))
        code = codes.get(iri, "") if kind == "place" else ""
        made.append(Record(iri, names, levels.get(iri, ""), region, code))
    return made


def _homes(store: GraphStore, codes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The code of the area that most of an organisation's figures and reports are of; none where two are equal."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for thing, area in _rows(store, _HOMES):
        if area.value in codes:
            counted[thing.value][codes[area.value]] += 1
    leading = {thing: areas.most_common(2) for thing, areas in counted.items()}
    return {thing: (two[0][0],) for thing, two in leading.items() if len(two) == 1 or two[1][1] < two[0][1]}


def _climbed(iri: str, above: dict[str, str]) -> Iterator[str]:
    """The divisions above, nearest first."""
    seen = {iri}
    while (iri := above.get(iri, "")) and iri not in seen:
        seen.add(iri)
        yield iri


def _values(store: GraphStore, query: str) -> dict[str, str]:
    return {thing.value: value.value for thing, value in _rows(store, query)}


def _rows(store: GraphStore, query: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    for row in cast(ox.QuerySolutions, store.query(query)):
        yield cast(tuple[ox.NamedNode, ox.NamedNode | ox.Literal], (row[0], row[1]))
