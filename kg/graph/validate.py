"""The gate: a report's quads, as they will be published, against the SHACL shapes in ``shapes/``.

Two engines stand behind one protocol: ``shifty``, which is fast, and ``pyshacl``, which is the reference; a test holds
them equal. What is validated is N-Triples, never a store: stores keep numbers by value, so ``sh:datatype`` means
something else there. A violation (sh:Violation) keeps the report out; a warning is listed.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import pyshacl
import rdflib
import shifty
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize
from rdflib.namespace import RDF, SH

from kg.graph import terms
from kg.graph.explain import explain
from kg.graph.vocabulary import Vocabulary, vocabulary
from kg.model import Problem
from kg.resources import data


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result, in the terms of the SHACL report, as both engines give it.

    ``path`` is the predicate's IRI, empty for a path of several steps and for a constraint on the node; ``value`` is
    N-Triples, or empty.
    """

    focus: str
    component: str
    path: str
    value: str
    severity: str
    shape: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report may enter, what to tell its author, and the W3C validation report."""

    conforms: bool
    problems: tuple[Problem, ...]
    report: rdflib.Graph
    results: tuple[Result, ...] = ()


class Validator(Protocol):
    """Judges the quads of one report."""

    def validate(self, quads: Sequence[Quad], doc: str = "") -> Verdict:
        """The verdict on ``quads``; problems carry the file name ``doc``."""
        ...


class _Engine(Protocol):
    def __call__(self, triples: bytes) -> rdflib.Graph: ...


@dataclass(frozen=True, slots=True)
class ShaclValidator:
    """A validator around an engine: N-Triples in, W3C validation report out."""

    engine: _Engine
    known: Vocabulary

    def validate(self, quads: Sequence[Quad], doc: str = "") -> Verdict:
        """See ``Validator``."""
        report = self.engine(published(quads, self.known))
        for quad in quads:
            if quad.subject in self.known.members:
                _refuse(report, quad)
        results = read_results(report)
        return Verdict(
            conforms=not any(result.severity == "Violation" for result in results),
            problems=explain(results, quads, doc),
            report=report,
            results=results,
        )


def validator(engine: str = "shifty", shapes: Path | None = None) -> Validator:
    """A validator with the shapes parsed once: ``"shifty"`` or ``"pyshacl"``. Raises ValueError for another name."""
    if engine not in _ENGINES:
        raise ValueError(f"no such SHACL engine: {engine}")
    return _prepared(engine, shapes or data("shapes"))


@cache
def _prepared(engine: str, shapes: Path) -> Validator:
    return ShaclValidator(_ENGINES[engine](sorted(shapes.glob("*.ttl"))), vocabulary())


class _Shifty:
    def __init__(self, shapes: list[Path]) -> None:
        self._prepared = shifty.PreparedValidator(list[str | bytes | Path | rdflib.Graph](shapes))

    def __call__(self, triples: bytes) -> rdflib.Graph:
        _, report, _ = self._prepared.validate(triples, graph_mode="data", infer=False)
        return report


class _PyShacl:
    def __init__(self, shapes: list[Path]) -> None:
        self._shapes = rdflib.Graph()
        for path in shapes:
            self._shapes.parse(path, format="turtle")

    def __call__(self, triples: bytes) -> rdflib.Graph:
        graph = rdflib.Graph().parse(io.BytesIO(triples), format="nt")
        _, report, _ = pyshacl.validate(
            graph, shacl_graph=self._shapes, inference="none", advanced=False, inplace=True, meta_shacl=False
        )
        assert isinstance(report, rdflib.Graph)  # noqa: S101 - pySHACL also types bytes and its error
        return report


_ENGINES: Mapping[str, type[_Shifty] | type[_PyShacl]] = {"shifty": _Shifty, "pyshacl": _PyShacl}


def published(quads: Sequence[Quad], known: Vocabulary) -> bytes:
    """The quads as N-Triples, with what the vocabulary says of the concepts and units they refer to, in that order."""
    triples = dict.fromkeys(quad.triple for quad in quads)
    referred = dict.fromkeys(triple.object for triple in triples if isinstance(triple.object, NamedNode))
    triples |= dict.fromkeys(triple for node in referred for triple in known.members.get(node, ()))
    return _bytes(list(triples))


def _refuse(report: rdflib.Graph, quad: Quad) -> None:
    """Add to a validation report that a statement is about the vocabulary, which is no report's to describe."""
    result, shape = rdflib.BNode(), rdflib.URIRef(terms.SHAPES + "vocabulary")
    found = {
        RDF.type: SH.ValidationResult,
        SH.focusNode: rdflib.URIRef(str(quad.subject)[1:-1]),
        SH.resultPath: rdflib.URIRef(quad.predicate.value),
        SH.resultSeverity: SH.Violation,
        SH.sourceShape: shape,
        SH.sourceConstraintComponent: shape,
    }
    for predicate, value in found.items():
        report.add((result, predicate, value))
    whole = report.value(predicate=RDF.type, object=SH.ValidationReport) or rdflib.BNode()
    report.add((whole, RDF.type, SH.ValidationReport))
    report.add((whole, SH.result, result))
    report.set((whole, SH.conforms, rdflib.Literal(False)))


def _bytes(triples: Sequence[Triple]) -> bytes:
    written = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert written is not None  # noqa: S101 - None only when writing to a file
    return written


def read_results(report: rdflib.Graph) -> tuple[Result, ...]:
    """The results of a W3C validation report, sorted."""
    return tuple(
        sorted(
            (_result(report, node) for node in report.subjects(RDF.type, SH.ValidationResult)),
            key=lambda r: (r.focus, r.shape, r.component, r.path, r.value),
        )
    )


def _result(report: rdflib.Graph, node: rdflib.term.Node) -> Result:
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    shape = report.value(node, SH.sourceShape)
    return Result(
        focus=str(report.value(node, SH.focusNode)),
        component=_local(report.value(node, SH.sourceConstraintComponent)),
        path=str(path) if isinstance(path, rdflib.URIRef) else "",
        value=value.n3() if isinstance(value, rdflib.URIRef | rdflib.Literal) else "",
        severity=_local(report.value(node, SH.resultSeverity)),
        shape=str(shape) if isinstance(shape, rdflib.URIRef) else "",
    )


def _local(node: object) -> str:
    return str(node).rpartition("#")[2]
