"""What a service offers, held against what the graph knows: mappings that are accepted, and those for a reviewer.

A service's own score decides nothing: services score as they like. Its candidates are compared as those of a label dump
are, by name, region, type and code; what it is sure of and nothing speaks against comes at least to review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from kg.errors import ServiceError
from kg.graph.store import GraphStore
from kg.link import linking, mapping
from kg.link.compare import compared, evidence
from kg.link.match import Index, mappings, propose
from kg.link.names import Kind, division
from kg.link.reconcile.cache import Cache
from kg.link.reconcile.client import BATCH, Client, manifest
from kg.link.reconcile.presets import Preset, preset
from kg.link.reconcile.protocol import Candidate, Query
from kg.link.reconcile.transport import Pace, Transport
from kg.link.record import Record, understood
from kg.link.records import records
from kg.tag import lexicon

_ON_ITS_WORD: Final = Decimal("0.6")
"""The confidence of what a service alone is sure of, for its name tells us nothing."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What became of asking a service: things asked for and answered, and what the mapping file holds by status.

    ``cached`` of the answers are from an earlier run, ``partial`` lack the values of properties. ``failure`` is what went wrong last where something is missing; ``damaged`` counts lines of the cache that were.
    """

    things: int
    answered: int
    cached: int
    partial: int
    candidates: int
    accepted: int
    proposed: int
    rejected: int
    later: int
    links: int
    damaged: int
    failure: ServiceError | None


def link(
    store: GraphStore,
    url: str,
    kind: Kind,
    path: Path,
    *,
    given: Mapping[str, str] | None = None,
    service_type: str = "",
    batch: int = BATCH,
    pace: Pace | None = None,
    fresh: bool = False,
    sleep: Callable[[float], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Reconciled:
    """Ask a service for what the graph has of a kind, and keep what it offers in the mapping file ``path``.

    Raises:
        UsageError: E601 no mapping file, E621 no address, E629 an unknown property, E105 or E214 for files.
        ServiceError: E622 to E628 when the service does not even say what it is.
    """
    mapping.MappingFile.read(
        path, store.base
    )  # a file that cannot be read is told before the work, not after
    transport = Transport(url, pace, **({} if sleep is None else {"sleep": sleep}))
    told = manifest(transport)
    words = preset(told, kind, given or {}, service_type)
    cache = Cache.of(store.path, url, [told.extends, words.code, words.region])
    if fresh:
        cache.clear()
    client = Client(transport, told, cache, batch=batch, code=words.code, region=words.region)
    ours = {record.iri: record for record in records(store, kind)}
    asked = client.ask({iri: query(record, kind, words) for iri, record in ours.items()}, progress)
    offers = [
        offer for key in asked.answers for offer in _offered(ours[key], asked.answers[key], told.space, kind)
    ]
    found = proposals(ours.values(), offers, kind, ours=store.base + "dataset", theirs=told.space)
    kept = linking.keep(
        store, found, path, source=told.space, subjects=set(asked.answers) - set(asked.partial)
    )
    count = {status: len(kept.of(status)) for status in mapping.STATUSES}  # type: ignore[arg-type]  # they are those
    return Reconciled(
        things=len(ours),
        answered=len(asked.answers),
        cached=asked.cached,
        partial=len(asked.partial),
        candidates=len({offer.record.iri for offer in offers}),
        links=len(set(kept.links())),
        damaged=cache.damaged,
        failure=asked.failure if asked.unanswered or asked.partial else None,
        **count,
    )


def query(record: Record, kind: Kind, words: Preset) -> Query:
    """What is asked for a thing: its name and what else is known of it, in the service's words."""
    known = []
    if words.code and record.code and kind == "place":
        known.append((words.code, words.code_of(record.code)))
    if words.region and record.region and (unit := lexicon.place(record.region[0])) is not None:
        known.append((words.region, unit.code if words.by_code else unit.name))
    return Query(record.label, words.types.get(kind, ""), properties=tuple(known))


@dataclass(frozen=True, slots=True)
class Offer:
    """That a service offers ``record`` (theirs) for ``asked`` (ours); ``match`` whether it is sure."""

    asked: Record
    record: Record
    score: float
    match: bool


def proposals(
    records: Iterable[Record], offers: Iterable[Offer], kind: Kind, *, ours: str, theirs: str
) -> Iterator[mapping.Mapping]:
    """Rows of a mapping file from what a service offers: those that our comparison finds, then those it is sure of alone."""
    by_pair = {(offer.asked.iri, offer.record.iri): offer for offer in offers}
    candidates = {offer.record.iri: offer.record for offer in by_pair.values()}
    index = Index(records, kind)
    seen = set()
    for one in mappings(propose(index, candidates.values()), kind, ours=ours, theirs=theirs):
        seen.add(one.subject_id)
        offer = by_pair.get(one.pair)
        word = "the service did not offer it for this name" if offer is None else _word(offer)
        yield replace(one, comment=f"{one.comment}; {word}")
    alone: dict[str, list[Offer]] = defaultdict(list)
    for offer in by_pair.values():
        if offer.match and offer.asked.iri not in seen:
            alone[offer.asked.iri].append(offer)
    for iri in sorted(alone):
        for offer in alone[iri]:
            match = compared(understood(offer.asked, kind), understood(offer.record, kind), kind)
            if match is not None and "differs" in {match.region, match.code, match.type}:
                continue
            said = [f"{offer.asked.label} ~ {offer.record.label}: the service alone is sure"]
            yield mapping.Mapping(
                subject_id=iri,
                subject_label=offer.asked.label,
                object_id=offer.record.iri,
                object_label=offer.record.label,
                confidence=_ON_ITS_WORD,
                subject_source=ours,
                object_source=theirs,
                comment="; ".join(
                    [*(said if match is None else evidence(match, offer.record)), _word(offer)]
                ),
            )


def _word(offer: Offer) -> str:
    return f"the service: score {offer.score:g}, {'match' if offer.match else 'no match'}"


def _offered(asked: Record, candidates: Iterable[Candidate], space: str, kind: Kind) -> Iterator[Offer]:
    for one in candidates:
        iri = one.id if "://" in one.id else space + one.id
        record = Record(iri, (one.name,), _sort(iri, one, kind), one.regions, _code(one.codes))
        if iri != asked.iri:
            yield Offer(asked, record, one.score, one.match)


def _sort(iri: str, candidate: Candidate, kind: Kind) -> str:
    """The first of a candidate's types that says what it is in words that we know."""
    if kind == "indicator":
        return ""
    return next((one for one in candidate.types if understood(Record(iri, (), one), kind).told), "")


def _code(codes: Iterable[str]) -> str:
    """A division's code in six digits, where one is told."""
    for code in codes:
        found = division(code.replace(" ", ""))
        if found:
            return found[0]
    return ""
