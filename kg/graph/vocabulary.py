"""The vocabulary in ``ontology/``, parsed once: what the mapper looks up and what the store loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.graph import iri, terms
from kg.resources import data


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``units``: printed unit → IRI. ``heads``: end of an organisation's name → class, longest first.

    ``triples`` are all there is, sorted; ``members`` what is said of each indicator and unit, for references to be checked.
    """

    triples: tuple[Triple, ...]
    units: Mapping[str, NamedNode]
    heads: tuple[tuple[str, NamedNode], ...]
    members: Mapping[NamedNode, tuple[Triple, ...]]

    def organisation_class(self, name: str) -> NamedNode | None:
        """The class that the name's last word gives, where it is plain."""
        return next((kind for head, kind in self.heads if name.endswith(head)), None)


@cache
def vocabulary(folder: Path | None = None) -> Vocabulary:
    """The Turtle files of a folder (by default the ontology that travels with kg) as one vocabulary."""
    where = folder or data("ontology")
    unique = {str(triple): triple for path in sorted(where.glob("*.ttl")) for triple in _read(path)}
    triples = tuple(unique[text] for text in sorted(unique))
    heads = {
        t.object.value: t.subject
        for t in triples
        if t.predicate == terms.HEAD and isinstance(t.object, Literal)
    }
    return Vocabulary(
        triples=triples,
        units={
            iri.normal(t.object.value): t.subject
            for t in triples
            if t.predicate == terms.SYMBOL
            and isinstance(t.object, Literal)
            and isinstance(t.subject, NamedNode)
        },
        heads=tuple(
            (head, kind)
            for head, kind in sorted(heads.items(), key=lambda item: (-len(item[0]), item[0]))
            if isinstance(kind, NamedNode)
        ),
        members=_members(triples),
    )


def _members(triples: tuple[Triple, ...]) -> dict[NamedNode, tuple[Triple, ...]]:
    kinds = (terms.CONCEPT, terms.QUDT_UNIT)
    found: dict[NamedNode, list[Triple]] = {
        t.subject: []
        for t in triples
        if t.predicate == terms.TYPE and t.object in kinds and isinstance(t.subject, NamedNode)
    }
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and triple.subject in found:
            found[triple.subject].append(triple)
    return {node: tuple(said) for node, said in found.items()}


def _read(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
