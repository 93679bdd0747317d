"""Mappings as data: what of another graph something of ours is the same as, why, and what a reviewer said of it.

A mapping file is an SSSOM table (https://mapping-commons.github.io/sssom) that people may edit by hand; ``status`` is
an extension slot, declared in the file's own header. Reviews outlive linking: see `MappingFile.merge`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Final, get_args
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, Triple

from kg.config import BASE, VERSION
from kg.errors import UsageError
from kg.graph import terms
from kg.link import sssom

Status = OneOf["accepted", "proposed", "rejected", "later"]
STATUSES: Final[tuple[str, ...]] = get_args(Status)

NAME: Final = "links.sssom.tsv"
"""The mapping file of a store, in its folder."""

PREDICATES: Final = {
    "skos:exactMatch": NamedNode(terms.SKOS + "exactMatch"),
    "skos:closeMatch": NamedNode(terms.SKOS + "closeMatch"),
    "skos:broadMatch": NamedNode(terms.SKOS + "broadMatch"),
    "skos:narrowMatch": NamedNode(terms.SKOS + "narrowMatch"),
    "skos:relatedMatch": NamedNode(terms.SKOS + "relatedMatch"),
    "owl:sameAs": NamedNode(terms.OWL + "sameAs"),
    "dcterms:replaces": NamedNode(terms.DCTERMS + "replaces"),
    "owl:equivalentClass": NamedNode(terms.OWL + "equivalentClass"),
    "owl:equivalentProperty": NamedNode(terms.OWL + "equivalentProperty"),
    "rdfs:subClassOf": NamedNode(terms.RDFS + "subClassOf"),
    "rdfs:subPropertyOf": NamedNode(terms.RDFS + "subPropertyOf"),
}
"""What a mapping may say, by CURIE."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """That ``subject_id`` (ours) is, or is not, ``object_id`` (theirs).

    Ids and sources are whole IRIs; ``predicate_id`` and ``mapping_justification`` are CURIEs (``skos:exactMatch``,
    ``semapv:LexicalMatching``). ``confidence`` lies in 0..1. ``reviewer_id`` is an IRI, a CURIE of ORCID
    (``orcid:0000-0002-…``) or a name; empty where nobody reviewed it. ``comment`` says why: the evidence of both sides
    in words. ``other`` are further columns, kept as they are; ``object_point`` is one of ours: where the object lies, as well-known text.
    """

    subject_id: str
    object_id: str
    subject_label: str = ""
    object_label: str = ""
    predicate_id: str = "skos:exactMatch"
    mapping_justification: str = "semapv:LexicalMatching"
    confidence: Decimal = Decimal(1)
    mapping_tool: str = "kg"
    mapping_tool_version: str = VERSION
    subject_source: str = ""
    object_source: str = ""
    reviewer_id: str = ""
    status: Status = "proposed"
    comment: str = ""
    other: tuple[tuple[str, str], ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        """What is mapped to what: a mapping file holds a pair once."""
        return self.subject_id, self.object_id

    def reviewed(self, status: Status, reviewer: str) -> Mapping:
        """The same with a person's word on it."""
        return replace(self, status=status, reviewer_id=reviewer)


@dataclass(frozen=True, slots=True)
class MappingFile:
    """The mappings of a file, sorted by pair; ``base`` is the namespace that ``id:`` stands for.

    ``prefixes`` (prefix → namespace) and ``metadata`` (header entries) are those of the file that was read; both are
    kept when it is written again.
    """

    mappings: tuple[Mapping, ...] = ()
    base: str = BASE
    prefixes: Map[str, str] = field(default_factory=dict)
    metadata: Map[str, object] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, base: str = BASE) -> MappingFile:
        """The mappings of an SSSOM table; none where there is no file yet.

        Raises:
            UsageError: E601 when the file is no SSSOM table, or a row of it says what cannot be; E105 unreadable.
        """
        if not path.exists():
            return cls(base=base)
        table = sssom.read(path)
        mappings = [_mapping(row, table.prefixes, path, line) for line, row in table.rows]
        return cls(_sorted(mappings), base, table.prefixes, table.metadata)

    def write(self, path: Path) -> None:
        """Write the table; the same mappings give the same bytes. Raises UsageError E214 when it cannot be written."""
        header = {"mapping_set_id": self.base + "links", "license": LICENSE, **self.metadata}
        known = {**terms.prefixes(self.base), **terms.OUTSIDE, **self.prefixes}
        sssom.write(path, [_row(mapping) for mapping in self.mappings], header, known)

    def __iter__(self) -> Iterator[Mapping]:
        return iter(self.mappings)

    def __len__(self) -> int:
        return len(self.mappings)

    def of(self, *statuses: Status) -> list[Mapping]:
        """The mappings with one of these statuses, in order."""
        return [mapping for mapping in self.mappings if mapping.status in statuses]

    def put(self, *changed: Mapping) -> MappingFile:
        """The same file with these mappings in place of those of the same pairs."""
        known = {mapping.pair: mapping for mapping in (*self.mappings, *changed)}
        return replace(self, mappings=_sorted(known.values()))

    def merge(
        self, new: Iterable[Mapping], *, source: str = "", subjects: Collection[str] = ()
    ) -> MappingFile:
        """The file after linking once more: what it holds of reviews stays, what was only proposed is proposed anew.

        A pair that is accepted, rejected or left for later is never overwritten. A subject that is accepted to be
        something of a source gets no second match there: what would be one comes to review. ``subjects`` are those that
        were linked anew with ``source``: their old proposals that are not among the new ones go.
        """
        kept = {m.pair: m for m in self.mappings if m.status != "proposed"}
        matched = {
            (m.subject_id, m.object_source): m.object_id for m in kept.values() if m.status == "accepted"
        }
        old = {
            m.pair: m
            for m in self.mappings
            if m.status == "proposed" and not (m.object_source == source and m.subject_id in subjects)
        }
        found = {}
        for one in new:
            other = matched.get((one.subject_id, one.object_source), one.object_id)
            if other == one.object_id:
                found[one.pair] = one
            elif one.status == "accepted":
                reason = f"{one.comment}; already linked to {other}"
                found[one.pair] = replace(one, status="proposed", comment=reason)
        return replace(self, mappings=_sorted({**old, **found, **kept}.values()))

    def links(self) -> list[Triple]:
        """What the accepted mappings state, for `GraphStore.link`; with a point (`POINT`) also where the subject lies."""
        return [triple for mapping in self.of("accepted") for triple in _stated(mapping)]


def _stated(mapping: Mapping) -> Iterator[Triple]:
    subject, found = NamedNode(mapping.subject_id), NamedNode(mapping.object_id)
    yield Triple(subject, PREDICATES[mapping.predicate_id], found)
    wkt = dict(mapping.other).get(sssom.POINT)
    if wkt:
        point = NamedNode(f"{mapping.subject_id}-point")
        yield Triple(subject, terms.HAS_GEOMETRY, point)
        yield Triple(point, terms.TYPE, terms.POINT)
        yield Triple(point, terms.AS_WKT, Literal(wkt, datatype=terms.WKT))
        yield Triple(point, terms.SOURCE, found)


LICENSE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
"""Of a mapping file that names none: that two things are the same is a fact."""

_COLUMNS: Final = (
    "subject_label", "object_label", "predicate_id", "mapping_justification", "mapping_tool", "mapping_tool_version",
    "comment",
)  # fmt: skip


def _sorted(mappings: Iterable[Mapping]) -> tuple[Mapping, ...]:
    return tuple(sorted(mappings, key=lambda m: (m.subject_id, m.object_id)))


def _row(mapping: Mapping) -> dict[str, str | sssom.Reference]:
    """A mapping as SSSOM's columns; a reference is still a whole IRI."""
    named = mapping.reviewer_id and ":" not in mapping.reviewer_id
    return {
        "subject_id": sssom.Reference(mapping.subject_id),
        "object_id": sssom.Reference(mapping.object_id),
        "subject_source": sssom.Reference(mapping.subject_source),
        "object_source": sssom.Reference(mapping.object_source),
        "reviewer_id": sssom.Reference("" if named else mapping.reviewer_id),
        "reviewer_label": mapping.reviewer_id if named else "",
        "predicate_modifier": "Not" if mapping.status == "rejected" else "",
        "confidence": format(mapping.confidence.normalize(), "f"),
        "status": mapping.status,
        **{name: getattr(mapping, name) for name in _COLUMNS},
        **dict(mapping.other),
    }


def _mapping(row: Map[str, str], prefixes: Map[str, str], path: Path, line: int) -> Mapping:
    """A row as a mapping. A row without a status comes from elsewhere: it is accepted unless negated."""

    def wrong(reason: str) -> UsageError:
        return UsageError("E601", path=path, line=line, reason=reason)

    def reference(name: str) -> str:
        try:
            return sssom.expanded(row.get(name, ""), prefixes)
        except KeyError as error:
            raise wrong(f"{name}: unknown prefix {error}") from None

    subject, found = reference("subject_id"), reference("object_id")
    if not (subject and found):
        raise wrong("subject_id or object_id is empty")
    predicate = row.get("predicate_id", "")
    if predicate not in PREDICATES:
        raise wrong(f"predicate_id {predicate!r} is none of {', '.join(PREDICATES)}")
    negated = row.get("predicate_modifier", "") == "Not"
    status = row.get("status") or ("rejected" if negated else "accepted")
    if negated and status == "proposed":
        status = "rejected"
    if status not in STATUSES:
        raise wrong(f"status {status!r} is none of {', '.join(STATUSES)}")
    confidence = sssom.share(row.get("confidence") or "1")
    if confidence is None:
        raise wrong(f"confidence {row.get('confidence')!r} is no number from 0 to 1")
    read = {name: row[name] for name in _COLUMNS if name in row and name != "predicate_id"}
    return Mapping(
        subject_id=subject,
        object_id=found,
        predicate_id=predicate,
        confidence=confidence,
        subject_source=reference("subject_source"),
        object_source=reference("object_source"),
        reviewer_id=reference("reviewer_id") or row.get("reviewer_label", ""),
        status=status,  # type: ignore[arg-type]  # one of STATUSES
        other=tuple((name, value) for name, value in row.items() if name not in _KNOWN and value),
        **read,
    )


_KNOWN: Final = frozenset(_row(Mapping("", "")))
