"""SHACL results in words that a report's author understands: which words of the report, what is wrong, what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import CATALOGUE
from kg.graph import terms
from kg.model import Problem
from kg.resources import data

_WHOLE = "{?whole}"  # in a message: the quote of the value, where the focus is a part of it
_LONGEST = 80  # characters of a sentence that are shown on either side of a quote


class Outcome(Protocol):
    """What is needed of a validation result."""

    @property
    def focus(self) -> str:
        """The IRI of the node that does not hold."""
        ...

    @property
    def severity(self) -> str:
        """Violation, Warning or Info."""
        ...

    @property
    def shape(self) -> str:
        """The IRI of the shape that it breaks."""
        ...

    @property
    def value(self) -> str:
        """The value that breaks it, as N-Triples, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Advice:
    """What a shape says to a person, and its number."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in the report a node comes from."""

    quote: str
    start: int
    sentence: str


def explain(results: Iterable[Outcome], quads: Sequence[Quad], doc: str) -> tuple[Problem, ...]:
    """A problem for each result, in order of place; results that say the same of the same words are one problem."""
    results = list(results)
    found = _evidence(quads) if results else {}
    problems = {
        _problem(result, found.get(result.focus), found.get(result.value.strip("<>")), doc)
        for result in results
    }
    return tuple(
        sorted(problems, key=lambda p: (p.severity, -1 if p.start is None else p.start, p.code, p.en))
    )


def _problem(result: Outcome, focus: Evidence | None, value: Evidence | None, doc: str) -> Problem:
    advice = _advice().get(result.shape, Advice("E490", result.shape, result.shape))
    evidence = focus or value
    whole = value.quote if value else ""
    zh_where, en_where = "", ""
    if evidence:
        shown = around(evidence)
        zh_where = f"“{evidence.quote}”（原句：{shown}）："
        en_where = f"“{evidence.quote}” (in: {shown}): "
    message = CATALOGUE[advice.code]
    return Problem(
        code=advice.code,
        doc=doc,
        severity="warning" if result.severity != "Violation" else "error",
        zh=message.zh.format(where=zh_where, message=advice.zh.replace(_WHOLE, whole)),
        en=message.en.format(where=en_where, message=advice.en.replace(_WHOLE, whole)),
        quote=evidence.quote if evidence else None,
        start=evidence.start if evidence else None,
    )


def around(evidence: Evidence) -> str:
    """The sentence of a quote, cut to what stands near it."""
    sentence = " ".join(evidence.sentence.split()) or evidence.quote
    at = max(sentence.find(evidence.quote), 0)
    first, last = max(at - _LONGEST, 0), at + len(evidence.quote) + _LONGEST
    return ("…" if first else "") + sentence[first:last] + ("…" if last < len(sentence) else "")


@cache
def _advice() -> dict[str, Advice]:
    """Shape IRI → advice. A shape without words of its own has those of its SPARQL constraint."""
    said: dict[NamedNode, dict[str, str]] = defaultdict(dict)
    codes: dict[NamedNode, str] = {}
    lent: dict[NamedNode, NamedNode] = {}
    for path in sorted(data("shapes").rglob("*.ttl")):
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, NamedNode):
                continue
            if quad.predicate == terms.SH_MESSAGE and isinstance(quad.object, Literal):
                said[quad.subject][quad.object.language or ""] = quad.object.value
            elif quad.predicate == terms.PROBLEM and isinstance(quad.object, Literal):
                codes[quad.subject] = quad.object.value
            elif quad.predicate == terms.SH_SPARQL and isinstance(quad.object, NamedNode):
                lent[quad.subject] = quad.object
    return {
        shape.value: Advice(code, words["zh-hans"], words["en"])
        for shape, code in codes.items()
        if (words := said.get(shape) or said[lent[shape]])
    }


def _evidence(quads: Sequence[Quad]) -> dict[str, Evidence]:
    """Node IRI → its evidence: of figures, names and selectors their own, of what they speak of the first."""
    out: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            out[quad.subject][quad.predicate].append(quad.object)

    def first(node: object, predicate: NamedNode) -> NamedNode | Literal | None:
        return (
            next(iter(out[node].get(predicate, ())), None)
            if isinstance(node, NamedNode) and node in out
            else None
        )

    found: dict[str, Evidence] = {}
    spoken: dict[str, Evidence] = {}
    for node in list(out):
        place = first(node, terms.WAS_DERIVED_FROM) or first(node, terms.HAS_TARGET)
        place = (
            first(place, terms.WAS_DERIVED_FROM) or place
        )  # of a consolidated value, by way of its statement
        place = place if first(place, terms.HAS_SELECTOR) else node
        selector = first(place, terms.HAS_SELECTOR)
        quote, start = first(selector, terms.EXACT), first(selector, terms.OA_START)
        if not isinstance(quote, Literal):
            continue
        sentence = first(place, terms.SENTENCE)
        evidence = Evidence(
            quote=quote.value,
            start=int(start.value) if isinstance(start, Literal) and start.value.isdecimal() else 0,
            sentence=sentence.value if isinstance(sentence, Literal) else "",
        )
        found[node.value] = evidence
        if isinstance(selector, NamedNode):
            found[selector.value] = evidence
        for predicate in (terms.INDICATOR, terms.SUBJECT, terms.REF_AREA, terms.UNIT_MEASURE, terms.HAS_BODY):
            for thing in out[node].get(predicate, ()):
                known = spoken.get(thing.value)
                if known is None or (evidence.start, evidence.quote) < (known.start, known.quote):
                    spoken[thing.value] = evidence
    return spoken | found
