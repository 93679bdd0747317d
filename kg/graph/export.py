"""The graph as a file: Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML, sorted, so that equal graphs are equal bytes.

N-Quads and TriG keep the named graphs; the others are their union. Turtle, TriG and JSON-LD are written here, grouped
by subject, because people read them; the rest by pyoxigraph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO, Any, Final, Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import terms

_NAME = re.compile(
    r"[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
)  # the local names that Turtle writes without escapes
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Exportable(Protocol):
    """What can be exported: a ``GraphStore``."""

    @property
    def base(self) -> str:
        """The instance namespace."""
        ...

    def graphs(self) -> Iterator[ox.Quad]:
        """Every quad, in any order."""
        ...


def export(store: Exportable, format: str, stream: IO[bytes]) -> int:  # noqa: A002 - what users call it
    """Write the whole graph to a binary stream; gives the number of triples, or of quads where graphs are kept.

    Raises:
        StoreError: E309 for an unknown format, E310 for a text that XML cannot carry.
    """
    if format not in FORMATS:
        raise StoreError("E309", format=format, known=", ".join(FORMATS))
    return FORMATS[format](store.graphs(), terms.prefixes(store.base), stream)


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Turtle, a block a subject, ``a`` first; each piece ends a line. The triples must be sorted by subject."""
    yield from _header(prefixes)
    yield from _blocks(triples, _Names(prefixes), "")


def _turtle(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], stream: IO[bytes]) -> int:
    triples = _union(quads)
    for piece in turtle(triples, prefixes):
        stream.write(piece.encode())
    return len(triples)


def _trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], stream: IO[bytes]) -> int:
    ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
    names = _Names(prefixes)
    for piece in _header(prefixes):
        stream.write(piece.encode())
    for graph, members in groupby(ordered, key=lambda quad: quad.graph_name):
        stream.write(f"\n{names.term(graph)} {{\n".encode())
        for piece in _blocks((quad.triple for quad in members), names, "    "):
            stream.write(piece.encode())
        stream.write(b"}\n")
    return len(ordered)


def _ntriples(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], stream: IO[bytes]) -> int:
    return _write(_union(quads), ox.RdfFormat.N_TRIPLES, None, stream)


def _nquads(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], stream: IO[bytes]) -> int:
    return _write(sorted(set(quads), key=str), ox.RdfFormat.N_QUADS, None, stream)


def _jsonld(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], stream: IO[bytes]) -> int:
    """One document with a context of prefixes; a node a line, so that it can be read, compared and streamed."""
    triples = _union(quads)
    names = _Names(prefixes)
    context = json.dumps(dict(sorted(prefixes.items())), indent=1)
    stream.write(f'{{"@context": {context},\n"@graph": ['.encode())
    for number, (subject, about) in enumerate(groupby(triples, key=lambda triple: triple.subject)):
        node = json.dumps(_json_node(subject, list(about), names), ensure_ascii=False)
        stream.write((",\n" if number else "\n").encode() + node.encode())
    stream.write(b"\n]}\n")
    return len(triples)


def _json_node(subject: object, about: list[ox.Triple], names: _Names) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": names.iri(subject)}
    kinds = [names.iri(triple.object) for triple in about if triple.predicate == terms.TYPE]
    if kinds:
        node["@type"] = kinds
    for triple in about:
        if triple.predicate != terms.TYPE:
            node.setdefault(names.iri(triple.predicate), []).append(_json_value(triple.object, names))
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()
    }


def _json_value(term: object, names: _Names) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(term, ox.Literal):
        return {"@id": names.iri(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == terms.STRING:
        return term.value
    if term.datatype == terms.BOOLEAN:
        return term.value == "true"
    if term.datatype == terms.INTEGER and abs(int(term.value)) < 2**53:  # beyond, JSON numbers lose digits
        return int(term.value)
    return {"@value": term.value, "@type": names.iri(term.datatype)}


def _rdfxml(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], stream: IO[bytes]) -> int:
    triples = _union(quads)
    for triple in triples:
        if isinstance(triple.object, ox.Literal) and _NOT_IN_XML.search(triple.object.value):
            raise StoreError("E310", node=triple.subject)
    return _write(triples, ox.RdfFormat.RDF_XML, prefixes, stream)


FORMATS: Final[Mapping[str, Callable[[Iterable[ox.Quad], Mapping[str, str], IO[bytes]], int]]] = {
    "turtle": _turtle,
    "ntriples": _ntriples,
    "nquads": _nquads,
    "trig": _trig,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
}
"""Format → its writer."""


def _union(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    return sorted({quad.triple for quad in quads}, key=str)


def _write(
    statements: list[ox.Triple] | list[ox.Quad],
    format: ox.RdfFormat,  # noqa: A002
    prefixes: Mapping[str, str] | None,
    stream: IO[bytes],
) -> int:
    ox.serialize(statements, stream, format=format, prefixes=dict(prefixes) if prefixes else None)
    return len(statements)


def _header(prefixes: Mapping[str, str]) -> Iterator[str]:
    for prefix in sorted(prefixes):
        yield f"@prefix {prefix}: <{prefixes[prefix]}> .\n"


def _blocks(triples: Iterable[ox.Triple], names: _Names, indent: str) -> Iterator[str]:
    for subject, about in groupby(triples, key=lambda triple: triple.subject):
        lines = []
        said = sorted(
            about,
            key=lambda triple: (triple.predicate != terms.TYPE, str(triple.predicate), str(triple.object)),
        )
        for predicate, same in groupby(said, key=lambda triple: triple.predicate):
            verb = "a" if predicate == terms.TYPE else names.term(predicate)
            lines.append(f"{verb} " + " , ".join(names.term(triple.object) for triple in same))
        yield f"\n{indent}{names.term(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"


class _Names:
    """Terms in Turtle's short forms, where these are safe."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(
            ((iri, prefix) for prefix, iri in prefixes.items()), key=lambda pair: -len(pair[0])
        )
        self._known: dict[str, str] = {}

    def iri(self, term: object) -> str:
        """A name as JSON-LD writes it: the short form, or the IRI without brackets."""
        return self.term(term).removeprefix("<").removesuffix(">")

    def term(self, term: object) -> str:
        """A term as Turtle writes it."""
        if isinstance(term, ox.NamedNode):
            if term.value not in self._known:
                self._known[term.value] = self._shorten(term)
            return self._known[term.value]
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return str(term)

    def _shorten(self, node: ox.NamedNode) -> str:
        for iri, prefix in self._prefixes:
            if node.value.startswith(iri) and _NAME.fullmatch(node.value, len(iri)):
                return f"{prefix}:{node.value[len(iri) :]}"
        return str(node)

    def _literal(self, literal: ox.Literal) -> str:
        bare = literal.datatype in (terms.INTEGER, terms.BOOLEAN) or (
            literal.datatype == terms.DECIMAL and _DECIMAL.fullmatch(literal.value)
        )
        if bare:
            return literal.value
        if literal.datatype in (terms.DECIMAL, terms.DATE):
            return f'"{literal.value}"^^{self.term(literal.datatype)}'
        return str(literal)
