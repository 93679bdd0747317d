"""One planted violation for each constraint of the shapes, made from what the shapes themselves say.

`constraints` lists every constraint of the shapes; `planted` gives a report's triples with that one broken. What a
constraint's own parameters tell how to break (a count, a datatype, a bound…) is broken by these; combinations and queries
are broken in `BY_HAND`. A parameter that is not known here, or a combination without a plant, is an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import RDF, SH
from rdflib.collection import Collection

from kg.graph import terms

SHAPES = Path(__file__).parent.parent / "shapes"
HS = rdflib.Namespace(terms.SHAPES)
BASE = "https://example.org/0/"
NOWHERE = NamedNode(BASE + "nowhere")
PLANTED = NamedNode(terms.HA + "planted")

Triples = frozenset[Triple]
Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint: the shape with a target, the shape that states it (the same, or one of its properties), its component."""

    node: str
    shape: str
    component: str

    def __str__(self) -> str:
        return "-".join(dict.fromkeys((self.node, self.shape))) + f"-{self.component}"


def _shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(SHAPES.rglob("*.ttl")):
        graph.parse(path)
    return graph


GRAPH = _shapes()
_DATED = {terms.DATE, NamedNode(terms.XSD + "dateTime")}
_ORDERED = _DATED | {terms.INTEGER, terms.DECIMAL}
_PARAMETERS = {
    SH[name]: name[0].upper() + name[1:]
    for name in (
        "minCount", "maxCount", "class", "datatype", "nodeKind", "in", "hasValue", "minInclusive", "maxInclusive", "minLength", "maxLength",
        "pattern", "languageIn", "uniqueLang", "lessThan", "lessThanOrEquals", "closed", "or", "xone", "qualifiedMinCount", "qualifiedMaxCount",
    )
} | {SH.sparql: "SPARQL"}  # fmt: skip
_NONE = {
    RDF.type, SH.path, SH.targetClass, SH.targetSubjectsOf, SH.message, SH.severity, SH.property, SH.ignoredProperties,
    SH.qualifiedValueShape, rdflib.URIRef(terms.PROBLEM.value),
}  # fmt: skip


def constraints() -> list[Constraint]:
    """Every constraint that a node can break. Raises KeyError for a parameter that is not known here."""
    found = []
    for node in sorted({*GRAPH.subjects(SH.targetClass), *GRAPH.subjects(SH.targetSubjectsOf)}):
        for shape in (node, *sorted(GRAPH.objects(node, SH.property))):
            assert isinstance(shape, rdflib.URIRef), f"{node} has a property without a name"
            stated = sorted(set(GRAPH.predicates(shape)) - _NONE)
            found += [Constraint(_local(node), _local(shape), _PARAMETERS[name]) for name in stated]
    return found


def alone(node: str) -> rdflib.Graph:
    """A targeted shape with all that it refers to, and no other."""
    graph, waiting = rdflib.Graph(), [HS[node]]
    while waiting:
        subject = waiting.pop()
        for triple in GRAPH.triples((subject, None, None)):
            if triple not in graph:
                graph.add(triple)
                waiting.append(triple[2])
    return graph


def numbered() -> set[str]:
    """The named shapes that have a number."""
    return {_local(shape) for shape in GRAPH.subjects(rdflib.URIRef(terms.PROBLEM.value))}


def planted(constraint: Constraint, sound: Triples) -> Triples:
    """The triples with the constraint broken; all else as it was, but for what must break with it."""
    if (constraint.shape, constraint.component) in BY_HAND:
        return BY_HAND[constraint.shape, constraint.component](sound)
    if constraint.component == "Closed":
        return sound | {Triple(focus(constraint, sound), PLANTED, Literal("x"))}
    path, node = GRAPH.value(HS[constraint.shape], SH.path), focus(constraint, sound)
    if GRAPH.value(path, SH.inversePath):
        return _unlinked(constraint, GRAPH.value(path, SH.inversePath), node, sound)
    *steps, last = _steps(path)
    for step in steps:
        node = values(sound, node, step)[0]
    old = values(sound, node, last)
    new = _BREAKS[constraint.component](HS[constraint.shape], old[0] if old else Literal("x"), node, sound)
    return replaced(sound, node, last, *new)


def focus(constraint: Constraint, sound: Triples) -> NamedNode:
    """A node that the constraint is about: one that has its property, where there is one."""
    shape = HS[constraint.node]
    types = {_term(c) for c in GRAPH.objects(shape, SH.targetClass)}
    having = {_term(p) for p in GRAPH.objects(shape, SH.targetSubjectsOf)}
    told = (
        t.subject for t in sound if (t.predicate == terms.TYPE and t.object in types) or t.predicate in having
    )
    found = sorted(set(told), key=str)
    assert found, f"the sample has nothing for {constraint}"
    path = GRAPH.value(HS[constraint.shape], SH.path)
    if path is None or GRAPH.value(path, SH.inversePath):
        return found[0]
    return next((node for node in found if values(sound, node, _steps(path)[0])), found[0])


def values(sound: Triples, node: NamedNode, predicate: NamedNode) -> list[Term]:
    """What a node says with a predicate, in a fixed order."""
    return sorted((t.object for t in sound if (t.subject, t.predicate) == (node, predicate)), key=str)


def replaced(sound: Triples, node: NamedNode, predicate: NamedNode, *new: Term) -> Triples:
    """The triples with other values for one predicate of a node."""
    kept = {t for t in sound if (t.subject, t.predicate) != (node, predicate)}
    return frozenset(kept | {Triple(node, predicate, value) for value in new})


def _unlinked(constraint: Constraint, path: rdflib.term.Node, node: NamedNode, sound: Triples) -> Triples:
    """What leads to a node led elsewhere, from nowhere, or led from two nodes."""
    told = GRAPH.value(path, SH.alternativePath)
    predicates = {_term(p) for p in (Collection(GRAPH, told) if told else [path])}
    link = min((t for t in sound if t.predicate in predicates and t.object == node), key=str)
    added = {
        "MinCount": set[Triple](),
        "MaxCount": {link, Triple(NOWHERE, link.predicate, node)},
        "Class": {Triple(NOWHERE, link.predicate, node)},
    }[constraint.component]
    return frozenset({t for t in sound if t.predicate not in predicates or t.object != node} | added)


def _steps(path: rdflib.term.Node | None) -> list[NamedNode]:
    return [_term(step) for step in ([path] if isinstance(path, rdflib.URIRef) else Collection(GRAPH, path))]


Break = Callable[[rdflib.URIRef, Term, NamedNode, Triples], list[Term]]


def _number(shape: rdflib.URIRef, name: str) -> int:
    return int(GRAPH.value(shape, SH[name]))


def _beside(name: str, step: int) -> Break:
    """A value beside a bound: a year on where it is a day."""

    def broken(shape: rdflib.URIRef, like: Term, node: NamedNode, sound: Triples) -> list[Term]:
        bound = GRAPH.value(shape, SH[name])
        return [_moved(Literal(str(bound), datatype=like.datatype), step)]

    return broken


def _after(name: str) -> Break:
    """A value after that of another property."""

    def broken(shape: rdflib.URIRef, like: Term, node: NamedNode, sound: Triples) -> list[Term]:
        return [_moved(values(sound, node, _term(GRAPH.value(shape, SH[name])))[0], 1)]

    return broken


def _moved(value: Literal, step: int) -> Literal:
    if value.datatype in _DATED:
        return Literal(f"{int(value.value[:4]) + step}{value.value[4:]}", datatype=value.datatype)
    return Literal(str(Decimal(value.value) + step), datatype=value.datatype)


def _text(like: Term, text: str) -> Literal:
    return Literal(text, language=like.language) if like.language else Literal(text, datatype=like.datatype)


def _another(like: Term) -> Term:
    if isinstance(like, NamedNode):
        return NOWHERE
    return _moved(like, 1) if like.datatype in _ORDERED else _text(like, like.value + "1")


_BREAKS: dict[str, Break] = {
    "MinCount": lambda shape, like, node, sound: [],
    "MaxCount": lambda shape, like, node, sound: [like, _another(like)],
    "Datatype": lambda shape, like, node, sound: [Literal("x", datatype=NamedNode(terms.XSD + "anyURI"))],
    "Class": lambda shape, like, node, sound: [NOWHERE],
    "NodeKind": lambda shape, like, node, sound: [Literal("x")],
    "In": lambda shape, like, node, sound: [_another(like)],
    "HasValue": lambda shape, like, node, sound: [NOWHERE],
    "MinInclusive": _beside("minInclusive", -1),
    "MaxInclusive": _beside("maxInclusive", 1),
    "Pattern": lambda shape, like, node, sound: [_text(like, "?")],
    "MinLength": lambda shape, like, node, sound: [_text(like, "甲" * (_number(shape, "minLength") - 1))],
    "MaxLength": lambda shape, like, node, sound: [_text(like, "甲" * (_number(shape, "maxLength") + 1))],
    "LanguageIn": lambda shape, like, node, sound: [Literal(like.value, language="fr")],
    "UniqueLang": lambda shape, like, node, sound: [like, _another(like)],
    "LessThan": _after("lessThan"),
    "LessThanOrEquals": _after("lessThanOrEquals"),
}
BY_HAND: dict[tuple[str, str], Callable[[Triples], Triples]] = {}
"""Shape and component → the triples with it broken, where its parameters do not tell how; the tests fill it."""


def _term(node: rdflib.term.Node | None) -> NamedNode:
    return NamedNode(str(node))


def _local(node: rdflib.term.Node) -> str:
    return str(node).rpartition("#")[2]
