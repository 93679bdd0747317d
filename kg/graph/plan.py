"""How an answer comes about: parameters as terms, the query as any endpoint takes it, and what its patterns match.

The engine keeps the order of its joins to itself. What can be measured from outside is how many matches each pattern
has alone, in which graphs, and how long that and the whole take: the pattern with most matches is where to narrow.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.graph import terms
from kg.graph.parameters import bind
from kg.graph.portable import portable
from kg.graph.query import Answer, SavedQuery
from kg.graph.store import GraphStore
from kg.graph.within import run_within


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern: how many ``matches`` it has over all graphs together, and how many in each of ``graphs``.

    A property path may lead from graph to graph, so its graphs are not told. ``matches`` is None when it took too long.
    """

    text: str
    matches: int | None
    graphs: Mapping[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The explanation of a query; ``rows`` is None when it took too long. ``seconds`` hold the start of a process."""

    query: SavedQuery
    bound: Mapping[str, str]
    text: str
    patterns: tuple[Pattern, ...]
    rows: int | None
    seconds: float


def explained(store: GraphStore, query: SavedQuery, given: Mapping[str, str], seconds: float) -> Plan:
    """Explain a query; each measurement may take ``seconds``, 0 for no end.

    Raises:
        QueryError: as `kg.graph.within.run_within` does, but for a time that is up.
    """
    seconds = seconds or float(2**31)
    bound = bind(query.name, query.parameters, given, store)
    known = {variable.value: str(term) for variable, term in bound.items()}
    prefixes = terms.prefixes(store.base)
    text = portable(query.text, known, prefixes)
    start = time.perf_counter()
    rows = _count(store, SavedQuery(query.name, text), seconds)
    taken = time.perf_counter() - start
    patterns = tuple(_measured(store, *one, seconds) for one in _patterns(query.name, text, prefixes))
    return Plan(query, known, text, patterns, rows, taken)


def _count(store: GraphStore, query: SavedQuery, seconds: float) -> int | None:
    try:
        answer = run_within(store, query, None, seconds)
    except QueryError as error:
        if error.code == "E230":
            return None
        raise
    if isinstance(answer, Answer):
        return sum(1 for _ in answer.rows)
    return len(answer) if isinstance(answer, list) else 1


def _patterns(name: str, text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """The triple patterns of a query, as shown, as asked, and whether each is a path; in the order of its text."""
    try:
        algebra = translateQuery(parseQuery(text)).algebra
    except Exception as error:  # pyparsing's own, and whatever rdflib meets
        raise QueryError("E238", name=name, reason=error) from error
    names = Graph(bind_namespaces="none").namespace_manager
    for prefix, iri in prefixes.items():
        names.bind(prefix, iri)
    seen = set()
    for triple in _triples(algebra):
        if triple not in seen:
            seen.add(triple)
            shown = " ".join(
                "a" if part.n3() == f"<{terms.TYPE.value}>" else part.n3(names) for part in triple
            )
            yield shown, " ".join(part.n3() for part in triple), isinstance(triple[1], PropertyPath)


def _triples(node: object) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, CompValue) and node.name == "ServiceGraphPattern":
        return  # what it matches is not in this graph
    if isinstance(node, CompValue):
        if node.name == "BGP":
            yield from node.triples
        for key, value in node.items():
            if key not in {"triples", "_vars"}:
                yield from _triples(value)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _triples(one)


def _measured(store: GraphStore, shown: str, asked: str, path: bool, seconds: float) -> Pattern:
    start = time.perf_counter()
    graph = "" if path else "GRAPH ?kg_graph "
    group, column = ("", "") if path else (" GROUP BY ?kg_graph", "?kg_graph ")
    text = f"SELECT {column}(COUNT(*) AS ?kg_n) WHERE {{ {graph}{{ {asked} }} }}{group}"
    try:
        answer = run_within(store, SavedQuery("pattern", text), None, seconds)
    except QueryError as error:
        if error.code != "E230":
            raise
        return Pattern(shown, None, {}, time.perf_counter() - start)
    assert isinstance(answer, Answer)  # noqa: S101 - a SELECT
    rows = list(answer.rows)
    taken = time.perf_counter() - start
    counts = [int(row[-1].value) for row in rows if isinstance(row[-1], ox.Literal)]
    graphs = {} if path else dict(zip((_local(row[0], store.base) for row in rows), counts, strict=True))
    return Pattern(shown, sum(counts), graphs, taken)


def _local(graph: object, base: str) -> str:
    return graph.value.removeprefix(base) if isinstance(graph, ox.NamedNode) else str(graph)
