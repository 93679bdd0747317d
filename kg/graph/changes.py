"""What must change in the database so that reports are exactly as given: worked out first, done in one transaction.

A triple is in one graph only. Reports own their graphs; the graph of entities holds what any of them speaks of, so a
change drops the entities that nothing speaks of any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from kg.graph import entities, iri

VALUES: Final = "graph-consolidated"
"""Local name of the graph of consolidated values, which follow from the reports and keep no entity."""


def report_quads(database: Store, key: str, base: str) -> list[Quad]:
    """A report's graph and the entities that it speaks of, with the ancestors of its places; sorted."""
    own = list(database.quads_for_pattern(None, None, None, NamedNode(base + iri.graph(key))))
    shared = NamedNode(base + entities.GRAPH)
    return sorted([*own, *_spoken_of(database, own, shared).values()], key=str)


def replace_reports(
    database: Store, desired: Mapping[str, Sequence[Quad]], base: str
) -> tuple[set[Quad], set[Quad]]:
    """Make the reports (by key) hold the given quads and nothing else; empty for a report that goes.

    Gives the quads of these reports before and after, both empty when nothing changed. All of it is one transaction.
    """
    shared = NamedNode(base + entities.GRAPH)
    graphs = {NamedNode(base + iri.graph(key)) for key in desired}
    wanted = {quad for quads in desired.values() for quad in quads}
    old = {quad for graph in graphs for quad in database.quads_for_pattern(None, None, None, graph)}
    described = {quad.subject for quad in wanted if quad.graph_name == shared}
    present = {quad for node in described for quad in database.quads_for_pattern(node, None, None, shared)}
    gone = _unspoken(database, old, wanted, graphs | {NamedNode(base + VALUES)}, shared)
    removed = (old | present | gone) - wanted
    added = wanted - old - present
    if not removed and not added:
        return set(), set()
    if not removed:
        database.extend(sorted(added, key=str))
        return old, wanted
    update = [f"DELETE DATA {{ {_block(removed)} }}", f"INSERT DATA {{ {_block(added)} }}"]
    update += [
        f"DROP SILENT GRAPH <{base}{iri.graph(key)}>" for key, quads in sorted(desired.items()) if not quads
    ]
    database.update(" ;\n".join(update))
    return old, wanted


def _block(quads: Iterable[Quad]) -> str:
    return "\n".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in sorted(quads, key=str))


def _spoken_of(database: Store, quads: Iterable[Quad], shared: NamedNode) -> dict[str, Quad]:
    """The quads of all entities that are objects of the given ones, and so on up."""
    found: dict[str, Quad] = {}
    seen: set[NamedNode] = set()
    ahead = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
    while ahead:
        seen |= ahead
        said = [quad for node in ahead for quad in database.quads_for_pattern(node, None, None, shared)]
        found |= {str(quad): quad for quad in said}
        ahead = {quad.object for quad in said if isinstance(quad.object, NamedNode)} - seen
    return found


def _unspoken(
    database: Store, old: set[Quad], wanted: set[Quad], graphs: set[NamedNode], shared: NamedNode
) -> set[Quad]:
    """The quads of entities that only ``old`` led to."""
    described: dict[NamedNode, set[Quad]] = {}
    for quad in _spoken_of(database, old, shared).values():
        if isinstance(quad.subject, NamedNode):
            described.setdefault(quad.subject, set()).add(quad)
    kept = {quad.subject for quad in wanted if quad.graph_name == shared}
    candidates = set(described) - kept
    spoken = {node for node in candidates if _elsewhere(database, node, graphs, shared, candidates)}
    ahead = list(spoken)
    while ahead:
        for node in _objects(described[ahead.pop()]) & candidates - spoken:
            spoken.add(node)
            ahead.append(node)
    return {quad for node in candidates - spoken for quad in described[node]}


def _elsewhere(
    database: Store, node: NamedNode, graphs: set[NamedNode], shared: NamedNode, candidates: set[NamedNode]
) -> bool:
    """Whether another report speaks of the node, or an entity that stays in any case does."""
    return any(
        quad.graph_name not in graphs and not (quad.graph_name == shared and quad.subject in candidates)
        for quad in database.quads_for_pattern(None, None, node)
    )


def _objects(quads: Iterable[Quad]) -> set[NamedNode]:
    return {quad.object for quad in quads if isinstance(quad.object, NamedNode)}


def replace_graph(database: Store, name: NamedNode, quads: Iterable[Quad]) -> bool:
    """Make one graph hold the given quads and nothing else, in one transaction; whether anything changed."""
    return exchange(database, set(database.quads_for_pattern(None, None, None, name)), set(quads))


def exchange(database: Store, present: set[Quad], wanted: set[Quad]) -> bool:
    """Put the wanted quads in the place of those that are present, in one transaction; whether anything changed."""
    removed, added = present - wanted, wanted - present
    if removed:
        database.update(f"DELETE DATA {{ {_block(removed)} }} ;\nINSERT DATA {{ {_block(added)} }}")
    elif added:
        database.extend(sorted(added, key=str))
    return bool(removed or added)


def report_graphs(database: Store, base: str) -> Iterator[str]:
    """The keys of the reports whose graphs are in the database."""
    prefix = base + iri.graph("")
    for name in database.named_graphs():
        if isinstance(name, NamedNode) and name.value.startswith(prefix):
            key = name.value.removeprefix(prefix)
            if iri.is_key(key) and any(database.quads_for_pattern(None, None, None, name)):
                yield key
