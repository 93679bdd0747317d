"""What a store states of all its reports together, against ``shapes/store``: the data sets' description, the values.

The gate sees one report at a time; these graphs follow from many, so they are checked when a store is validated.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pyoxigraph import NamedNode, Quad

from kg.graph import terms
from kg.graph.changes import VALUES
from kg.graph.dataset import GRAPH as DESCRIPTION
from kg.graph.store import GraphStore
from kg.graph.validate import validator
from kg.model import Problem
from kg.resources import data

AT_ONCE = 500
"""How many values are checked together: few enough to keep, enough to make the engine's start cheap."""


def whole_problems(store: GraphStore, engine: str = "shifty") -> list[Problem]:
    """The problems of the graphs that are no report's; ``doc`` is the graph's name, a value is told by its statement."""
    gate = validator(engine, data("shapes", "store"))
    return [problem for name, quads in stated(store) for problem in gate.validate(quads, name).problems]


def stated(store: GraphStore) -> Iterator[tuple[str, list[Quad]]]:
    """The graphs that are no report's by name, the values in several parts, each with what it takes to check it."""
    store.values()  # which brings them up to date
    yield DESCRIPTION, _graph(store, DESCRIPTION)
    nodes = iter(sorted({quad.subject for quad in _graph(store, VALUES)}, key=str))
    while some := list(islice(nodes, AT_ONCE)):
        yield VALUES, [quad for node in some if isinstance(node, NamedNode) for quad in _value(store, node)]


def _graph(store: GraphStore, name: str) -> list[Quad]:
    return list(store.database.quads_for_pattern(None, None, None, NamedNode(store.base + name)))


def _value(store: GraphStore, node: NamedNode) -> Iterator[Quad]:
    """A value, and of each statement behind it the amount, the quote and the sentence."""
    for quad in store.database.quads_for_pattern(node, None, None, NamedNode(store.base + VALUES)):
        yield quad
        if quad.predicate == terms.WAS_DERIVED_FROM and isinstance(quad.object, NamedNode):
            yield from _said(store, quad.object, terms.OBS_VALUE)
            for evidence in _said(store, quad.object, terms.WAS_DERIVED_FROM):
                yield evidence
                yield from _said(store, evidence.object, terms.SENTENCE)
                for selector in _said(store, evidence.object, terms.HAS_SELECTOR):
                    yield selector
                    yield from _said(store, selector.object, terms.EXACT)
                    yield from _said(store, selector.object, terms.OA_START)


def _said(store: GraphStore, node: object, predicate: NamedNode) -> Iterator[Quad]:
    if isinstance(node, NamedNode):
        yield from store.database.quads_for_pattern(node, predicate, None)
