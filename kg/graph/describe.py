"""All that is known of one thing: its own statements, and the answers of the saved queries that ask about its kind.

Each section is a saved query with the thing as its parameter, so what is shown can be asked again, whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import Message, QueryError
from kg.graph import terms
from kg.graph.parameters import called, close
from kg.graph.query import Answer, SavedQuery, load, run
from kg.graph.store import GraphStore

KINDS = {
    "place": Message("地方", "place"),
    "organisation": Message("机构", "organisation"),
    "programme": Message("项目", "programme"),
    "indicator": Message("指标", "indicator"),
    "report": Message("报告", "report"),
    "figure": Message("数字", "figure"),
    "thing": Message("其他", "thing"),
}
"""What can be described."""

# The saved queries that ask about a kind of thing, each with the parameter that names it.
_SECTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "place": (
        ("latest", "subject"),
        ("programme-roles", "agent"),
        ("organisations-by-place", "place"),
        ("named-in", "entity"),
        ("links", "entity"),
    ),
    "organisation": (
        ("latest", "subject"),
        ("programme-roles", "agent"),
        ("named-in", "entity"),
        ("links", "entity"),
    ),
    "programme": (
        ("programme-roles", "programme"),
        ("programme-reports", "programme"),
        ("latest", "subject"),
        ("links", "entity"),
    ),
    "indicator": (("latest", "indicator"), ("unit-mix", "indicator")),
    "report": (("facts", "doc"), ("mentions", "doc")),
    "figure": (("evidence", "fact"), ("other-statements", "fact")),
    "thing": (),
}
_CLASSES = {
    terms.PLACE.value: "place",
    terms.FORMAL_ORGANIZATION.value: "organisation",
    terms.PROGRAMME.value: "programme",
    terms.CONCEPT.value: "indicator",
    terms.REPORT.value: "report",
    terms.OBSERVATION.value: "figure",
}
_LOCAL = re.compile(r"[a-z]+-[0-9a-z-]+")
_PARTS = (terms.WAS_DERIVED_FROM, terms.HAS_SELECTOR)  # what belongs to a figure in Turtle
_QUERY_PROPERTIES = """
SELECT ?property ?value ?name WHERE {
  ?_thing ?property ?value .
  OPTIONAL { ?value rdfs:label|skos:prefLabel|dcterms:title|schema:name ?name
             FILTER(LANG(?name) = "" || LANGMATCHES(LANG(?name), "zh-hans")) }
} ORDER BY ?property ?value ?name"""
_QUERY_NAME = """
SELECT ?name WHERE { ?_thing rdfs:label|skos:prefLabel|dcterms:title ?name }
ORDER BY DESC(LANGMATCHES(LANG(?name), "zh-hans")) ?name LIMIT 1"""
_QUERY_WITHIN = """
SELECT ?name WHERE { ?_thing ha:within+ ?around . ?around ha:fullName ?full ; rdfs:label ?name } ORDER BY DESC(STRLEN(?full))"""


@dataclass(frozen=True, slots=True)
class Section:
    """The answer of a saved query about the thing; ``more`` when there are further rows, ``command`` asks for all."""

    query: SavedQuery
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    more: bool
    command: str


@dataclass(frozen=True, slots=True)
class Description:
    """What is known: ``properties`` are (property, value, name of the value), ``triples`` what Turtle says."""

    iri: str
    kind: str
    name: str
    properties: tuple[tuple[str, str, str], ...]
    sections: tuple[Section, ...]
    triples: tuple[ox.Triple, ...]


def describe(store: GraphStore, name: str, limit: int) -> Description:
    """Describe the thing with a name, a code, a file name, a local name (``obs-…``) or an IRI; sections of ``limit`` rows.

    Raises:
        QueryError: E239 where several things are called so, E240 where none is.
    """
    thing = find(store, name.strip())
    properties = tuple(_properties(store, thing))
    kind = next(
        (_CLASSES[value] for p, value, _ in properties if p == "rdf:type" and value in _CLASSES), "thing"
    )
    label = _name(store, thing)
    if kind == "figure":
        known = {prop: value for prop, value, _ in properties}
        label = " ".join(known.get(p, "") for p in ("ha:subjectName", "ha:indicatorText", "ha:year")).strip()
    sections = tuple(_sections(store, thing, kind, properties, limit))
    return Description(
        thing.value,
        kind,
        label or thing.value,
        _shown(store, thing, properties),
        sections,
        _triples(store, thing, sections),
    )


def find(store: GraphStore, name: str) -> ox.NamedNode:
    """The one thing that is called so, whatever it is. Raises QueryError as `describe` does."""
    for iri in (name, store.base + name if _LOCAL.fullmatch(name) else "", terms.INDICATORS + name):
        if "://" in iri and not re.search(r'[\s<>"{}|\\^`]', iri) and _is_there(store, ox.NamedNode(iri)):
            return ox.NamedNode(iri)
    found: dict[str, str] = {}
    names: set[str] = set()
    for type_ in ("entity", "indicator", "report"):
        things, known = called(store, type_, name)
        found |= things
        names |= known
    if len(found) == 1:
        return ox.NamedNode(next(iter(found)))
    if found:
        choices = "; ".join(f"{shown} <{thing}>" for thing, shown in sorted(found.items())[:8])
        raise QueryError("E239", name=name, choices=choices)
    near = close(name, names)
    step = Message(
        f"相近的名称：{'、'.join(near)}。请改用其中之一，或给出 IRI。"
        if near
        else "请用 kg query subjects、indicators、reports 查看图中有什么。",
        f"Close names: {', '.join(near)}. Use one of them, or an IRI."
        if near
        else "See with kg query subjects, indicators or reports what the graph has.",
    )
    raise QueryError("E240", name=name, step=step)


def _is_there(store: GraphStore, thing: ox.NamedNode) -> bool:
    return next(iter(store.database.quads_for_pattern(thing, None, None, None)), None) is not None


def _properties(store: GraphStore, thing: ox.NamedNode) -> Iterator[tuple[str, str, str]]:
    """What the graph says of the thing itself: the property with its prefix, the value, and the value's name."""
    rows = store.query(_QUERY_PROPERTIES.replace("?_thing", str(thing)))
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT
    seen = set()
    for property_, value, name in rows:
        plain = getattr(value, "value", str(value))
        if (property_, plain) not in seen:  # one name is enough
            seen.add((property_, plain))
            yield _short(store, property_), plain, "" if name is None else getattr(name, "value", "")


def _name(store: GraphStore, thing: ox.NamedNode) -> str:
    rows = store.query(_QUERY_NAME.replace("?_thing", str(thing)))
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT
    return next((row[0].value for row in rows if isinstance(row[0], ox.Literal)), "")


def _short(store: GraphStore, node: object) -> str:
    iri = node.value if isinstance(node, ox.NamedNode) else str(node)
    for prefix, namespace in terms.prefixes(store.base).items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _shown(
    store: GraphStore, thing: ox.NamedNode, properties: tuple[tuple[str, str, str], ...]
) -> tuple[tuple[str, str, str], ...]:
    """Properties as they are shown: values shortened, and a place with all that contains it."""
    rows = store.query(_QUERY_WITHIN.replace("?_thing", str(thing)))
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT
    around = "，".join(row[0].value for row in rows if isinstance(row[0], ox.Literal))
    return tuple(
        (
            p,
            _short(store, ox.NamedNode(value)) if "://" in value else value,
            around if p == "ha:within" else name,
        )
        for p, value, name in properties
    )


def _sections(
    store: GraphStore,
    thing: ox.NamedNode,
    kind: str,
    properties: tuple[tuple[str, str, str], ...],
    limit: int,
) -> Iterator[Section]:
    files = [name for p, _, name in properties if p == "dcterms:hasFormat"]
    for query, parameter in _SECTIONS[kind]:
        asked = load(query)
        for given in files if parameter == "doc" else [thing.value]:
            answer = run(store, asked, {parameter: given}, limit + 1)
            assert isinstance(answer, Answer)  # noqa: S101 - saved queries are SELECT
            rows = tuple(answer.rows)
            command = f"kg query {query} --param '{parameter}={given}'"
            if rows:
                yield Section(asked, answer.columns, rows[:limit], len(rows) > limit, command)


def _triples(store: GraphStore, thing: ox.NamedNode, sections: tuple[Section, ...]) -> tuple[ox.Triple, ...]:
    """The statements of the thing, and of every figure and relation that the sections show, with their evidence."""
    nodes = [thing]
    for section in sections:
        for column in ("fact", "other", "relation"):
            if column in section.columns:
                at = section.columns.index(column)
                nodes += [
                    cell for cell in (row[at] for row in section.rows) if isinstance(cell, ox.NamedNode)
                ]
    said: dict[ox.Triple, None] = {}
    done = set()
    while nodes:
        node = nodes.pop()
        if node in done:
            continue
        done.add(node)
        for quad in store.database.quads_for_pattern(node, None, None, None):
            said[quad.triple] = None
            if quad.predicate in _PARTS and isinstance(quad.object, ox.NamedNode):
                nodes.append(quad.object)
    return tuple(sorted(said, key=str))
