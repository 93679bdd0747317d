"""Which thing of one graph another's is: candidates found by blocking, compared, and the best taken where it stands alone.

What name, type and region say together, well before the next candidate, is accepted; what is likely but not sure goes to review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.link.compare import GRADES, Match, alike, compared, evidence
from kg.link.mapping import Mapping
from kg.link.names import Kind, Name
from kg.link.record import Record, Understood, understood

ACCEPTED: Final = 0.9
"""The least score of what is taken without review."""
PROPOSED: Final = 0.75
"""The least score of what is worth a reviewer's time."""
MARGIN: Final = 0.035
"""How far the best candidate must stand before the next."""
_FEW: Final = 100  # records that share a pair of characters or a name, from where on it tells nothing


def sure(match: Match, kind: Kind) -> bool:
    """Whether name, type and region (or the code) say so together."""
    if match.code == "differs" or match.score < ACCEPTED:
        return False
    if match.code == "same":
        return match.name >= PROPOSED and match.type != "differs"
    by_name = match.name >= (GRADES["short"] if kind == "indicator" else GRADES["former"])
    return by_name and match.region == "same" and match.type == "same"


@dataclass(frozen=True, slots=True)
class Proposal:
    """That ``candidate`` is ``match.record``, which stands ``margin`` before the next that either could be."""

    candidate: Record
    match: Match
    margin: float
    accepted: bool


class Index:
    """Records of one kind, to be asked which of them a candidate can be."""

    def __init__(self, records: Iterable[Record], kind: Kind) -> None:
        self.kind: Kind = kind
        self._records = [understood(record, kind) for record in records]
        self.iris = frozenset(one.record.iri for one in self._records)
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._homes: dict[str, list[int]] = defaultdict(list)
        self._pairs: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._records):
            for key in set(_keys(one, kind)):
                self._keys[key].append(at)
            for home in {home for _, homes in one.names for home in homes}:
                self._homes[home].append(at)
            for pair in {pair for name, _ in one.names for pair in _pairs(name.rest)}:
                self._pairs[pair].append(at)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, iri: str) -> bool:
        return iri in self.iris

    def ranked(self, candidate: Record, most: int = 5) -> list[Match]:
        """The records that ``candidate`` can be, best first, ``most`` of them at most."""
        asked = understood(candidate, self.kind)
        found = (compared(self._records[at], asked, self.kind) for at in self._block(asked))
        worth = [match for match in found if match is not None and match.score >= PROPOSED]
        return sorted(worth, key=lambda match: (-match.score, match.record.iri))[:most]

    def _block(self, asked: Understood) -> set[int]:
        """Which records are worth comparing: those with a form in common, else those that look alike."""
        exact: set[int] = set()
        for key in _keys(asked, self.kind):
            found = self._keys.get(key, ())
            if len(found) <= _FEW:
                exact.update(found)
        return exact or {at for name, homes in asked.names for at in self._near(name, homes)}

    def _near(self, name: Name, homes: Sequence[str]) -> Iterator[int]:
        """Records of the same home, or with the rarest pairs of characters, whose names have most letters in common."""
        known = [self._pairs[pair] for pair in _pairs(name.rest) if pair in self._pairs]
        rare = sorted((found for found in known if len(found) <= _FEW), key=len)[:2]
        near = {at for home in homes for at in self._homes.get(home, ())} if len(homes) == 1 else set()
        for at in near.union(*rare):
            if any(alike(name, other) for other, _ in self._records[at].names):
                yield at


def propose(index: Index, candidates: Iterable[Record]) -> list[Proposal]:
    """What each candidate can be, where it can be anything, by record: the best, and what stands within the margin of it."""
    by_record: dict[str, list[tuple[Match, Record, float]]] = defaultdict(list)
    for candidate in candidates:
        ranked = index.ranked(candidate)
        for at, match in enumerate(ranked):
            if ranked[0].score - match.score >= MARGIN:
                break
            others = [other.score for place, other in enumerate(ranked) if place != at]
            by_record[match.record.iri].append((match, candidate, match.score - max(others, default=0.0)))
    proposals = []
    for rivals in by_record.values():
        rivals.sort(key=lambda one: (-one[0].score, one[1].iri))
        best = rivals[0][0].score
        second = rivals[1][0].score if len(rivals) > 1 else 0.0
        for at, (match, candidate, before) in enumerate(rivals):
            if best - match.score >= MARGIN:
                break
            margin = round(min(before, match.score - (best if at else second)), 4)
            proposals.append(Proposal(candidate, match, margin, sure(match, index.kind) and margin >= MARGIN))
    return sorted(proposals, key=lambda one: (one.match.record.iri, -one.match.score, one.candidate.iri))


def mappings(proposals: Iterable[Proposal], kind: Kind, *, ours: str, theirs: str) -> Iterator[Mapping]:
    """Proposals as rows of a mapping file; ``ours`` and ``theirs`` are the IRIs of the two sources."""
    for one in proposals:
        match = one.match
        by_code = match.code == "same"
        renamed = kind == "organisation" and match.sameness == "former"
        yield Mapping(
            subject_id=match.record.iri,
            subject_label=match.record.label,
            predicate_id="skos:closeMatch" if renamed else "skos:exactMatch",
            object_id=one.candidate.iri,
            object_label=one.candidate.label,
            mapping_justification="semapv:CompositeMatching" if by_code else "semapv:LexicalMatching",
            confidence=Decimal(str(round(match.score, 2))),
            subject_source=ours,
            object_source=theirs,
            status="accepted" if one.accepted else "proposed",
            comment="; ".join([*evidence(match, one.candidate), f"margin {one.margin:.2f}"]),
        )


def _keys(one: Understood, kind: Kind) -> Iterator[str]:
    """The blocking keys of a record: its code, its whole names, and what follows its places, with and without them."""
    if one.record.code:
        yield f"#{one.record.code}"
    for name, homes in one.names:
        yield name.plain
        if kind == "place":
            yield from (f"#{code}" for code in homes)
            continue
        yield f"={name.rest}"
        yield f"={name.office}"
        for home in homes:
            yield f"{home}={name.rest}"
            yield f"{home}={name.office}"


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
