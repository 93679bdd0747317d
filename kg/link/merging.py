"""One organisation across reports: which nodes of the graph are one body, under which of them it is known, and which body replaced which.

Reports name a hospital in short, by its district of once, or by what its division was called then: these are one body, ``owl:sameAs``.
A health bureau that a reform made a commission is another body in its place: the later ``dcterms:replaces`` the earlier,
and each keeps its figures. Both are rows of the mapping file, so both are reviewed and undone there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.link import mapping as data
from kg.link import ties
from kg.link.mapping import MappingFile
from kg.link.match import PROPOSED, Index
from kg.link.record import Record
from kg.link.records import records
from kg.link.ties import Tie

SAME: Final = "owl:sameAs"
REPLACES: Final = "dcterms:replaces"
_MOST: Final = 50  # matches of one organisation that are looked at
_RIVALS: Final = 3
"""With more bodies than this that one could be, none is proposed: its name says too little."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How reports name an organisation: the first and the last year of those that do, and whether one prints its name in full."""

    first: int = 0
    last: int = 0
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merging: organisations, the bodies that they are, and what the mapping file holds of both ties."""

    organisations: int
    bodies: int
    same: int
    replaced: int
    proposed: int
    rejected: int


def merge(store: GraphStore, path: Path) -> Merged:
    """Find which organisations of the graph are one body, and keep it in the mapping file ``path``.

    Rows that a person decided stay. What was accepted without one is worked out anew, so that a report that comes or
    goes leaves nothing behind. Raises UsageError E601 when ``path`` is no mapping file, E214 when it cannot be written.
    """
    file = MappingFile.read(path, store.base)
    known = records(store, "organisation")
    source = store.base + "dataset"
    inside = [one for one in file if one.object_source == source or one.predicate_id in (SAME, REPLACES)]
    bodies = Bodies(
        known, ties.found(Index(known, "organisation"), known, _MOST, PROPOSED), inside, _seen(store)
    )
    kept = tuple(one for one in file if one not in inside or not bodies.owns(one))
    file = replace(file, mappings=kept).merge(
        (replace(one, subject_source=source, object_source=source) for one in bodies.mappings()),
        source=source,
        subjects=bodies.records.keys(),
    )
    file.write(path)
    store.link(file.links())
    said = Counter((one.predicate_id, one.status) for one in file if one.object_source == source)
    return Merged(
        organisations=len(known),
        bodies=len(bodies.clusters),
        same=said[SAME, "accepted"],
        replaced=said[REPLACES, "accepted"],
        proposed=sum(count for (_, status), count in said.items() if status == "proposed"),
        rejected=sum(count for (_, status), count in said.items() if status == "rejected"),
    )


class Bodies:
    """Organisations grouped into bodies: every two of a group are surely one, or a person said so."""

    def __init__(
        self,
        known: Iterable[Record],
        found: Iterable[Tie],
        decided: Iterable[data.Mapping] = (),
        seen: Mapping[str, Seen] | None = None,
    ) -> None:
        self.records = {one.iri: one for one in known}
        self.ties = {one.pair: one for one in found}
        self.seen = seen or {}
        self._decided = [one for one in decided if one.status != "proposed"]
        self._kept = [one for one in self._decided if one.status == "accepted" and not self.owns(one)]
        self._apart = {ties.pair(*one.pair) for one in self._decided if one.status in ("rejected", "later")}
        self.clusters, self._unsure = self._clustered()
        self.body = {iri: at for at, cluster in enumerate(self.clusters) for iri in cluster}
        self.heads = [self._head(cluster) for cluster in self.clusters]

    def owns(self, one: data.Mapping) -> bool:
        """Whether a row says no more than what is worked out here again."""
        if one.status != "accepted" or one.reviewer_id:
            return False
        if not set(one.pair) <= self.records.keys():
            return True
        tie = self.ties.get(ties.pair(*one.pair))
        return tie is not None and tie.sure and one.predicate_id == (SAME if tie.same else REPLACES)

    def _clustered(self) -> tuple[list[list[str]], list[Tie]]:
        """The groups, and the ties that would have joined groups of which not every two are one."""
        unsure = []
        group = {iri: [iri] for iri in self.records}

        def join(a: str, b: str) -> None:
            joined = sorted({*group[a], *group[b]})
            group.update(dict.fromkeys(joined, joined))

        told = [row for row in self._kept if row.predicate_id == SAME and set(row.pair) <= group.keys()]
        vouched = {iri for row in told for iri in row.pair}  # a person knows more than a name says
        for row in told:
            join(*row.pair)
        sure = [one for one in self.ties.values() if one.sure and one.same]
        for one in sorted(sure, key=lambda one: (-one.match.score, one.pair)):
            a, b = one.pair
            if group[a] is group[b]:
                continue
            between = {(x, y): ties.pair(x, y) for x in group[a] for y in group[b]}
            agree = all(
                pair in self.ties and self.ties[pair].sure
                for (x, y), pair in between.items()
                if (x == a or x not in vouched) and (y == b or y not in vouched)
            )
            if agree and not self._apart.intersection(between.values()):
                join(a, b)
            else:
                unsure.append(one)
        return sorted({id(cluster): cluster for cluster in group.values()}.values()), unsure

    def _head(self, cluster: Sequence[str]) -> str:
        """The node that a body is known by: what a person chose; else its latest name, in full; the longest."""
        subjects = {one.subject_id for one in self._kept if one.predicate_id == SAME}
        return min(cluster, key=lambda iri: (iri in subjects, *self._rank(iri)))

    def _rank(self, iri: str) -> tuple[bool, bool, int, int, str]:
        label, seen = self.records[iri].label, self.seen.get(iri, Seen())
        return not ties.is_official(label), not seen.printed, -seen.last, -len(label), iri

    def mappings(self) -> Iterator[data.Mapping]:
        """The rows that say it: each organisation the same as its body's, the later body in place of the earlier, what is not sure."""
        pointing = {one.subject_id for one in self._kept if one.predicate_id == SAME}
        for head, cluster in zip(self.heads, self.clusters, strict=True):
            for iri in cluster:
                if iri != head and iri not in pointing:
                    yield self._row(iri, head, SAME, "accepted", self.ties.get(ties.pair(iri, head)))
        yield from self._successions()
        yield from self._proposals()

    def _successions(self) -> Iterator[data.Mapping]:
        """Each body with the one right before it."""
        between: dict[tuple[int, int], Tie] = {}
        for one in self.ties.values():
            if one.sure and not one.same:
                a, b = (self.body[iri] for iri in one.pair)
                if a != b:
                    between.setdefault((min(a, b), max(a, b)), one)
        before: dict[int, dict[int, int]] = defaultdict(dict)
        for (a, b), one in between.items():
            sinces = dict(zip((self.body[iri] for iri in one.pair), one.since, strict=True))
            later, earlier = (a, b) if sinces[a] > sinces[b] else (b, a)
            before[later][earlier] = sinces[earlier]
        for later, found in sorted(before.items()):
            last = max(found.values())
            for earlier in sorted(one for one, since in found.items() if since == last):
                tie = between[min(earlier, later), max(earlier, later)]
                yield self._row(self.heads[later], self.heads[earlier], REPLACES, "accepted", tie)

    def _proposals(self) -> Iterator[data.Mapping]:
        asked = [one for one in self.ties.values() if not one.sure] + self._unsure
        asked = [one for one in asked if self.body[one.pair[0]] != self.body[one.pair[1]]]
        rivals = Counter(iri for one in asked for iri in one.pair)
        for one in sorted(asked, key=lambda one: one.pair):
            if max(rivals[iri] for iri in one.pair) <= _RIVALS:
                later, earlier = sorted(one.pair, key=self._rank)
                subject, thing = (earlier, later) if one.same else (later, earlier)
                yield self._row(subject, thing, SAME if one.same else REPLACES, "proposed", one)

    def _row(
        self, subject: str, thing: str, predicate: str, status: data.Status, tie: Tie | None
    ) -> data.Mapping:
        return data.Mapping(
            subject_id=subject,
            subject_label=self.records[subject].label,
            predicate_id=predicate,
            object_id=thing,
            object_label=self.records[thing].label,
            confidence=Decimal(str(round(tie.match.score, 2))) if tie else Decimal(1),
            status=status,
            comment="; ".join([*(tie.why if tie else ()), *self._named(subject, thing, tie)]),
        )

    def _named(self, subject: str, thing: str, tie: Tie | None) -> Iterator[str]:
        """Of which years the reports are that name each, in the order of the other reasons."""
        first = tie.match.record.iri if tie else subject
        seen = [self.seen.get(iri, Seen()) for iri in (first, thing if first == subject else subject)]
        if any(one.last for one in seen):
            spans = ("-".join(str(year) for year in sorted({one.first, one.last}) if year) for one in seen)
            yield f"named {' | '.join(span or '?' for span in spans)}"


_YEARS: Final = (
    "SELECT ?thing (MIN(?year) AS ?first) (MAX(?year) AS ?last) WHERE { ?m oa:hasBody ?thing ; oa:hasTarget/oa:hasSource ?r . "
    "?thing a org:FormalOrganization . ?r ha:year ?year } GROUP BY ?thing"
)
_PRINTED: Final = (
    "SELECT DISTINCT ?thing WHERE { ?m oa:hasBody ?thing ; oa:hasTarget/oa:hasSelector/oa:exact ?exact . "
    "?thing a org:FormalOrganization ; rdfs:label ?label FILTER(STR(?label) = ?exact) }"
)


def _seen(store: GraphStore) -> dict[str, Seen]:
    rows = cast(ox.QuerySolutions, store.query(_PRINTED))
    printed = {cast(ox.NamedNode, row[0]).value for row in rows}
    seen = dict.fromkeys(printed, Seen(printed=True))
    for row in cast(ox.QuerySolutions, store.query(_YEARS)):
        thing = cast(ox.NamedNode, row[0]).value
        first, last = (int(cast(ox.Literal, cell).value) for cell in (row[1], row[2]))
        seen[thing] = Seen(first, last, thing in printed)
    return seen
