"""The integrity constraints of RDF Data Cube (https://www.w3.org/TR/vocab-data-cube/#wf), asked of a store.

Each constraint is a SPARQL file in ``shapes/qb/``, written from the prose of the recommendation, that selects the nodes
that violate it. The files take abbreviated cubes too: what section 10 of the recommendation would first write into the
graph (``qb:componentProperty`` for ``qb:dimension``, the values of slices on their observations) stands in the patterns,
so that nothing is changed or copied, and any other endpoint can be asked the same files.

The lines that begin with ``#+`` are TOML: ``title``, ``mend`` (what to do), and ``each``, a query whose one variable takes
the place of ``<urn:kg:each>`` for one question after the other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import Message
from kg.graph.checks import EXAMPLES, Check, Example
from kg.graph.parameters import Queryable
from kg.resources import data

_HEADER = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
_EACH: Final = "<urn:kg:each>"
_NODE: Final = ox.Variable("node")

# A statement's sentence is that of its evidence; a consolidated value's, of the first of its statements.
_SENTENCE: Final = """
SELECT ?sentence ?node WHERE {
  { ?node prov:wasDerivedFrom/ha:sentence ?sentence } UNION { ?node prov:wasDerivedFrom/prov:wasDerivedFrom/ha:sentence ?sentence }
} ORDER BY ?sentence LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One of IC-1 to IC-21: what it says, how it is mended, and the query for what violates it."""

    name: str
    title: Message
    mend: Message
    text: str
    each: str = ""


@cache
def constraints(folder: Path | None = None) -> tuple[Constraint, ...]:
    """The constraints, in order."""
    return tuple(_read(path) for path in sorted((folder or data("shapes") / "qb").glob("ic-*.rq")))


def check(store: Queryable) -> Iterator[Check]:
    """What becomes of each constraint, in order."""
    for constraint in constraints():
        found = sorted(set(_violations(store, constraint)))
        examples = tuple(Example(node, about, _sentence(store, node)) for node, about in found[:EXAMPLES])
        yield Check(constraint.name, constraint.title, constraint.mend, len(found), examples)


def _read(path: Path) -> Constraint:
    text = path.read_text(encoding="utf-8")
    said = tomllib.loads("\n".join(_HEADER.findall(text)))
    name = "IC-" + path.stem.removeprefix("ic-").lstrip("0")
    return Constraint(name, Message(**said["title"]), Message(**said["mend"]), text, said.get("each", ""))


def _violations(store: Queryable, constraint: Constraint) -> Iterator[tuple[str, str]]:
    """The nodes that violate it, each with what it lacks or has too much, or nothing."""
    texts = [constraint.text]
    if constraint.each:
        texts = [constraint.text.replace(_EACH, str(row[0])) for row in _rows(store, constraint.each)]
    for text in texts:
        for row in _rows(store, text):
            if row[0] is not None:  # an aggregate over nothing is one row without a value
                yield _named(row[0]), _named(row[1]) if len(row) > 1 else ""


def _rows(
    store: Queryable, text: str, bound: Mapping[ox.Variable, ox.NamedNode | ox.Literal] | None = None
) -> Iterator[ox.QuerySolution]:
    found = store.query(text, bound)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - all of them are SELECT
    return iter(found)


def _sentence(store: Queryable, node: str) -> str:
    if ":" not in node:
        return ""  # a blank node, which no query can name
    return next((_named(row[0]) for row in _rows(store, _SENTENCE, {_NODE: ox.NamedNode(node)})), "")


def _named(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else ""
