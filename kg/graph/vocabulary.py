"""The vocabulary in ``ontology/``, parsed once: what the mapper looks up and what the store loads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.graph import iri, terms
from kg.resources import data

Node = NamedNode | BlankNode | Literal | Triple

_MEMBERS: Final = (terms.CONCEPT, terms.QUDT_UNIT)
_TOLD: Final = (terms.IN_SCHEME, terms.SYMBOL, terms.LABEL)
_LABELS: Final = (terms.PREF_LABEL, terms.ALT_LABEL)
_BRACKET: Final = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Sorts:
    """A scheme of types. ``heads``: what a name ends in → concept, longest first; ``words``: what it says anywhere → concept.

    ``broader`` are the concepts above each, itself among them.
    """

    heads: tuple[tuple[str, NamedNode], ...]
    words: tuple[tuple[str, NamedNode], ...]
    broader: Mapping[NamedNode, frozenset[NamedNode]]

    def of(self, name: str) -> tuple[NamedNode, ...]:
        """The types that a name says: that of its last word, and the narrower ones that other words of it say."""
        bare = _BRACKET.sub("", iri.normal(name))
        head = next((concept for head, concept in self.heads if bare.endswith(head)), None)
        if head is None:
            return ()
        above = self.broader[head]
        said = {concept for word, concept in self.words if word in bare and self.broader[concept] & above}
        general = {upper for concept in {head, *said} for upper in self.broader[concept] - {concept}}
        return tuple(sorted({head, *said} - general, key=str))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``units``: printed unit → IRI. ``sorts``: scheme → what the names of such things say.

    ``triples`` are all there is, sorted; ``members`` what references to each concept and unit are checked by: class,
    scheme, symbol and label, and whether it is a share.
    """

    triples: tuple[Triple, ...]
    units: Mapping[str, NamedNode]
    sorts: Mapping[NamedNode, Sorts]
    members: Mapping[NamedNode, tuple[Triple, ...]]

    def types(self, scheme: NamedNode, name: str) -> tuple[NamedNode, ...]:
        """The concepts of ``scheme`` that a name gives, as far as its words are plain; sorted."""
        return self.sorts[scheme].of(name)


@cache
def vocabulary(folder: Path | None = None) -> Vocabulary:
    """The Turtle files of a folder (by default the ontology that travels with kg) as one vocabulary."""
    where = folder or data("ontology")
    unique = {str(triple): triple for path in sorted(where.glob("*.ttl")) for triple in _read(path)}
    triples = tuple(unique[text] for text in sorted(unique))
    return Vocabulary(
        triples=triples,
        units={
            iri.normal(t.object.value): t.subject
            for t in triples
            if t.predicate == terms.SYMBOL
            and isinstance(t.object, Literal)
            and isinstance(t.subject, NamedNode)
        },
        sorts={
            scheme: _sorts(triples, scheme) for scheme in (terms.ORGANISATION_TYPES, terms.PROGRAMME_TYPES)
        },
        members=_members(triples),
    )


def _sorts(triples: tuple[Triple, ...], scheme: NamedNode) -> Sorts:
    listed = {t.subject for t in triples if t.predicate == terms.IN_SCHEME and t.object == scheme}
    said = [t for t in triples if t.subject in listed]
    parents: dict[Node, Node] = {t.subject: t.object for t in said if t.predicate == terms.BROADER}
    return Sorts(
        heads=_longest_first(t for t in said if t.predicate in _LABELS),
        words=_longest_first(t for t in said if t.predicate == terms.HIDDEN_LABEL),
        broader={node: frozenset(_upward(node, parents)) for node in listed if isinstance(node, NamedNode)},
    )


def _longest_first(labels: Iterable[Triple]) -> tuple[tuple[str, NamedNode], ...]:
    found = {
        iri.normal(t.object.value): t.subject
        for t in labels
        if isinstance(t.object, Literal)
        and t.object.language == "zh-hans"
        and isinstance(t.subject, NamedNode)
    }
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def _upward(node: Node | None, parents: Mapping[Node, Node]) -> Iterator[NamedNode]:
    while isinstance(node, NamedNode):
        yield node
        node = parents.get(node)


def _members(triples: tuple[Triple, ...]) -> dict[NamedNode, tuple[Triple, ...]]:
    found: dict[NamedNode, list[Triple]] = {
        t.subject: [t]
        for t in triples
        if t.predicate == terms.TYPE and t.object in _MEMBERS and isinstance(t.subject, NamedNode)
    }
    for triple in triples:
        if triple.predicate in _TOLD and isinstance(triple.subject, NamedNode) and triple.subject in found:
            found[triple.subject].append(triple)
        if triple.subject == terms.SHARES and triple.predicate == terms.MEMBER and triple.object in found:
            assert isinstance(triple.object, NamedNode)  # noqa: S101 - it is in a dictionary of these
            found[triple.object] += [triple, Triple(terms.SHARES, terms.TYPE, terms.COLLECTION)]
    return {node: tuple(said) for node, said in found.items()}


def _read(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
