"""What reports share, as RDF: places, organisations, programmes, candidate indicators, units that are not in the list.

A description depends on the thing's name or code alone, never on the report, so that two reports state the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph import divisions, iri, literals, terms
from kg.graph.vocabulary import vocabulary
from kg.model import Entity, Fact, Place

GRAPH: Final = "graph-entities"
"""Local name of the graph that holds them."""

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def entity(value: Entity, base: str) -> NamedNode:
    """The node of a place, organisation or programme."""
    if value.code:
        return NamedNode(base + iri.place(value.code))
    names = {"PLACE": iri.named_place, "ORG": iri.organisation, "PROGRAMME": iri.programme}
    return NamedNode(base + names[value.label](value.name))


def indicator(fact: Fact, base: str) -> NamedNode:
    """The node of what a fact measures: of the scheme where it is known, else a candidate."""
    if fact.concept is not None:
        return NamedNode(terms.INDICATORS + iri.indicator(fact.concept))
    return NamedNode(base + iri.candidate(fact.indicator))


def unit(text: str, base: str) -> NamedNode:
    """The node of a printed unit: of the vocabulary where it is known, else a minted one."""
    return vocabulary().units.get(iri.normal(text)) or NamedNode(base + iri.unit(text))


def describe(value: Entity, base: str) -> Iterator[Statement]:
    """Type and label of an entity that is not a known division, and the sort that its name says it is."""
    node = entity(value, base)
    if value.label == "PLACE":
        yield node, terms.TYPE, terms.PLACE
        if value.code:
            yield node, terms.CODE, literals.text(value.code)
    elif value.label == "PROGRAMME":
        yield node, terms.TYPE, terms.PROGRAMME
        for kind in vocabulary().types(terms.PROGRAMME_TYPES, value.name):
            yield node, terms.PROGRAMME_TYPE, kind
    else:
        yield node, terms.TYPE, terms.FORMAL_ORGANIZATION
        for kind in vocabulary().types(terms.ORGANISATION_TYPES, value.name):
            yield node, terms.CLASSIFICATION, kind
    yield node, terms.LABEL, literals.zh(iri.normal(value.name))


def describe_place(place: Place, places: Mapping[str, Place], base: str) -> Iterator[Statement]:
    """A division with its names, code, level and the division above it; and what it was before, from county up."""
    node = NamedNode(base + iri.place(place.code))
    yield node, terms.TYPE, terms.PLACE
    yield node, terms.LABEL, literals.zh(place.name)
    yield node, terms.FULL_NAME, literals.zh(full_name(place, places))
    yield node, terms.CODE, literals.text(place.code)
    yield node, terms.PLACE_LEVEL, literals.text(place.level)
    if place.parent and place.parent in places:
        yield node, terms.WITHIN, NamedNode(base + iri.place(place.parent))
    if place.code in divisions.names():
        yield from _other_names(node, divisions.names()[place.code], base)


def _other_names(node: NamedNode, names: divisions.Names, base: str) -> Iterator[Statement]:
    """Names in other scripts and languages, short and former ones, and the codes and names of old as places of their own."""
    for value, language in (
        (names.traditional, "zh-hant"),
        (names.pinyin, "zh-latn-pinyin"),
        (names.english, "en"),
    ):
        if value:
            yield node, terms.PREF_LABEL, Literal(value, language=language)
    for name in names.short:
        yield node, terms.ALT_LABEL, literals.zh(name)
    if names.since:
        yield node, terms.VALID_FROM, literals.text(names.since)
    for old in names.former:
        then = NamedNode(base + iri.former_place(old.code, old.until))
        yield node, terms.REPLACES, then
        yield then, terms.IS_REPLACED_BY, node
        yield then, terms.TYPE, terms.LOCATION
        yield then, terms.LABEL, literals.zh(old.name)
        yield then, terms.NOTATION, literals.text(old.code)
        yield then, terms.VALID_THROUGH, literals.text(old.until)
        if old.since:
            yield then, terms.VALID_FROM, literals.text(old.since)


def describe_candidate(text: str, base: str) -> Iterator[Statement]:
    """An indicator that the scheme lacks."""
    node = NamedNode(base + iri.candidate(text))
    yield node, terms.TYPE, terms.CONCEPT
    yield node, terms.TYPE, terms.CANDIDATE_INDICATOR
    yield node, terms.IN_SCHEME, terms.CANDIDATES
    yield node, terms.IN_SCHEME, terms.INDICATOR_CODES
    yield node, terms.PREF_LABEL, literals.zh(iri.normal(text))


def describe_unit(text: str, base: str) -> Iterator[Statement]:
    """A unit that the vocabulary lacks."""
    node = NamedNode(base + iri.unit(text))
    yield node, terms.TYPE, terms.QUDT_UNIT
    yield node, terms.SYMBOL, literals.text(iri.normal(text))
    yield node, terms.LABEL, literals.zh(iri.normal(text))


def with_ancestors(found: Iterable[Place], places: Mapping[str, Place]) -> list[Place]:
    """The places and all divisions above them, by code."""
    closed: dict[str, Place] = {}
    for place in found:
        for step in (place, *ancestors(place, places)):
            closed.setdefault(step.code, step)
    return [closed[code] for code in sorted(closed)]


def ancestors(place: Place, places: Mapping[str, Place]) -> Iterator[Place]:
    """The divisions above, nearest first, as far as they are known."""
    seen = {place.code}
    while place.parent and place.parent in places and place.parent not in seen:
        place = places[place.parent]
        seen.add(place.code)
        yield place


def full_name(place: Place, places: Mapping[str, Place]) -> str:
    """The name with those of the divisions above it, province first: ``云南省昆明市寻甸回族彝族自治县``."""
    chain = [
        step.name for step in (place, *ancestors(place, places)) if step.level != "country" or step == place
    ]
    return "".join(reversed(chain))
