"""A person's word on what linking proposed: each proposal with what speaks for it on both sides, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, cast

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.link.mapping import Mapping, MappingFile, Status

Answer = Literal["accept", "reject", "later", "undo", "quit"]
ANSWERS: Final[dict[str, Answer]] = {"a": "accept", "r": "reject", "l": "later", "u": "undo", "q": "quit"}
"""The keys of a review. An empty answer, where the input has ended, quits."""
_STATUS: Final[dict[Answer, Status]] = {"accept": "accepted", "reject": "rejected", "later": "later"}


@dataclass(frozen=True, slots=True)
class Side:
    """What our graph knows of a thing: its names, where it lies, how often reports name it, and a sentence of one."""

    names: tuple[str, ...] = ()
    region: str = ""
    figures: int = 0
    mentions: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A proposal to be decided: the ``number``th of ``total``, and the others that its subject could be as well."""

    number: int
    total: int
    mapping: Mapping
    rivals: tuple[Mapping, ...]
    ours: Side


@dataclass(slots=True)
class Review:
    """A review of a mapping file: the file as far as it has got, and how often each answer was given."""

    file: MappingFile
    counts: dict[Answer, int] = field(default_factory=lambda: dict.fromkeys(("accept", "reject", "later"), 0))


def review(
    store: GraphStore,
    file: MappingFile,
    answer: Callable[[Question], Answer],
    *,
    reviewer: str = "",
    later: bool = False,
) -> Iterator[Review]:
    """Ask for an answer to each proposal, the surest first; what is given after each answer may be written.

    An answer of ``undo`` takes the last decision of this review back, with what followed from it, and asks it again.
    ``later`` asks also for what was left for later. What else a subject could be is not asked once it is accepted to be
    something of the same source.
    """
    state = Review(file)
    queue = file.of("proposed", "later") if later else file.of("proposed")
    queue.sort(key=lambda m: (-m.confidence, m.pair))
    before: list[tuple[int, MappingFile, Answer]] = []
    at = 0
    while at < len(queue):
        one = queue[at]
        here = {m.pair for m in state.file}
        if one.pair not in here:
            at += 1
            continue
        rivals = tuple(m for m in queue if m is not one and m.subject_id == one.subject_id and m.pair in here)
        given = answer(Question(at + 1, len(queue), one, rivals, side(store, one.subject_id)))
        if given == "quit":
            return
        if given == "undo":
            if not before:
                continue
            at, state.file, taken = before.pop()
            state.counts[taken] -= 1
        else:
            before.append((at, state.file, given))
            state.counts[given] += 1
            state.file = decided(state.file, one, _STATUS[given], reviewer)
            at += 1
        yield state


def decided(file: MappingFile, mapping: Mapping, status: Status, reviewer: str) -> MappingFile:
    """The file with a decision in it. Where something is accepted, the rivals that were only proposed go."""
    changed = file.put(mapping.reviewed(status, reviewer))
    if status != "accepted":
        return changed
    kept = tuple(
        m
        for m in changed
        if m.pair == mapping.pair
        or m.status != "proposed"
        or (m.subject_id, m.object_source) != (mapping.subject_id, mapping.object_source)
    )
    return replace(changed, mappings=kept)


_NAMES: Final = "SELECT DISTINCT ?name WHERE { ?thing rdfs:label|skos:prefLabel|skos:altLabel|ha:fullName ?name } ORDER BY ?name LIMIT 6"
_REGION: Final = (
    "SELECT ?name (COUNT(*) AS ?times) WHERE { { ?thing ha:within ?area } UNION "
    "{ ?o ha:subject ?thing ; sdmx-dimension:refArea ?area FILTER(?area != ?thing) } ?area ha:fullName|rdfs:label ?name } "
    "GROUP BY ?name ORDER BY DESC(?times) DESC(STRLEN(?name)) ?name LIMIT 1"
)
_FIGURES: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?o ha:subject|ha:indicator ?thing }"
_MENTIONS: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?m oa:hasBody ?thing }"
_SENTENCE: Final = (
    "SELECT ?sentence WHERE { ?o ha:subject|ha:indicator ?thing ; prov:wasDerivedFrom/ha:sentence ?sentence } "
    "ORDER BY STRLEN(?sentence) ?sentence LIMIT 1"
)


def side(store: GraphStore, iri: str) -> Side:
    """What the graph knows of a thing."""

    def column(query: str) -> tuple[str, ...]:
        # a substitution would have to be selected too, which a count cannot do
        solutions = cast(ox.QuerySolutions, store.query(query.replace("?thing", str(ox.NamedNode(iri)))))
        return tuple(cast(ox.Literal, row[0]).value for row in solutions)

    return Side(
        names=column(_NAMES),
        region=next(iter(column(_REGION)), ""),
        figures=int(column(_FIGURES)[0]),
        mentions=int(column(_MENTIONS)[0]),
        sentence=next(iter(column(_SENTENCE)), ""),
    )
