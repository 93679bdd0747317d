"""Linking as a whole: what the graph has, what another has, what they have in common, and the file that keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.graph import iri
from kg.graph.store import GraphStore
from kg.link.mapping import NAME, Mapping, MappingFile
from kg.link.match import Index, mappings, propose
from kg.link.names import Kind
from kg.link.record import Record
from kg.link.records import records


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of a linking: how many things there were on either side, and what the mapping file holds by status.

    ``links`` are the triples of the graph of links.
    """

    things: int
    candidates: int
    accepted: int
    proposed: int
    rejected: int
    later: int
    links: int


def mapping_path(store: Path, given: Path | None) -> Path:
    """Where the mappings of a store are kept."""
    return given or store / NAME


def source(name: str, base: str) -> str:
    """An IRI for a data set of which only its file's name is known."""
    return f"{base}source-{iri.digest(name, 10)}"


def link(store: GraphStore, candidates: Iterable[Record], kind: Kind, path: Path, theirs: str) -> Linked:
    """Find what of ``candidates``, of the data set ``theirs``, the graph has, and keep it in the mapping file ``path``.

    Raises:
        UsageError: E601 when ``path`` is no mapping file, E214 when it cannot be written.
    """
    MappingFile.read(path, store.base)  # a file that cannot be read is told before the work, not after
    index = Index(records(store, kind), kind)
    number = 0

    def others() -> Iterator[Record]:
        nonlocal number
        for candidate in candidates:
            number += 1
            if candidate.iri not in index:
                yield candidate

    found = mappings(propose(index, others()), kind, ours=store.base + "dataset", theirs=theirs)
    file = keep(store, found, path, source=theirs, subjects=index.iris)
    counts = Counter(mapping.status for mapping in file)
    return Linked(
        things=len(index),
        candidates=number,
        accepted=counts["accepted"],
        proposed=counts["proposed"],
        rejected=counts["rejected"],
        later=counts["later"],
        links=len(set(file.links())),
    )


def keep(
    store: GraphStore,
    found: Iterable[Mapping],
    path: Path,
    *,
    source: str = "",
    subjects: Collection[str] = (),
) -> MappingFile:
    """Merge what was found into the mapping file, and state what is accepted in the graph of links.

    ``subjects`` are those that were linked anew with ``source``: see `MappingFile.merge`. Raises UsageError E601, E214.
    """
    file = MappingFile.read(path, store.base).merge(found, source=source, subjects=subjects)
    file.write(path)
    store.link(file.links())
    return file
