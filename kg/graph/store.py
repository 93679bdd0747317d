"""The store: a folder with the graph, the texts that offsets count in, and what was listed or refused.

``docs/model.md`` section 5 shows the folder. The graph is an Oxigraph database; every change of a report is one
transaction, and a source's entry is noted after it, so an interruption leaves at worst work to be done again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Literal

import pyoxigraph as ox

from kg.config import BASE
from kg.errors import StoreError, UsageError
from kg.graph import changes, iri, terms, values
from kg.graph.dataset import GRAPH as DATASET_GRAPH
from kg.graph.dataset import Dataset
from kg.graph.folder import Folder, content, lines
from kg.graph.ledger import Ledger, Source
from kg.graph.validate import Verdict
from kg.graph.vocabulary import vocabulary
from kg.model import Problem, Reading

VOCABULARY_GRAPH: Final = "graph-vocabulary"
LINKS_GRAPH: Final = "graph-links"
_BASE = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"{}|\\^`]+[/#]", re.ASCII)

Term = ox.NamedNode | ox.Literal


class GraphStore:
    """A store folder, open. Use ``GraphStore.open`` in a ``with`` statement."""

    def __init__(self, folder: Folder, database: ox.Store, base: str, *, read_only: bool) -> None:
        self.path = folder.path
        self.base = base
        self.read_only = read_only
        self._folder = folder
        self._database: ox.Store | None = database
        self._ledger = Ledger(folder.path, read_only=read_only)
        self._stale: set[ox.NamedNode] | None = (
            set()
        )  # subjects whose values do not follow the statements yet; None: all

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, base: str | None = None) -> GraphStore:
        """Open a store folder; one that is missing or empty is made, unless it is only read.

        ``base`` is the namespace of a new store, and must be that of one that is there; None takes what is there.

        Raises:
            StoreError: E105 not readable, E301 no store, E302 another kind of folder, E303 in use, E304 another base,
                E305 not writable, E313 damaged, or being written at this moment.
            UsageError: E211 a base that is no namespace.
        """
        if base is not None and not (base.isascii() and _BASE.fullmatch(base)):
            raise UsageError("E211", base=base)
        folder = Folder(path)
        with _writing(path):
            found = folder.marker()
            if found is None and read_only:
                raise StoreError("E301", path=path)
            known = found["base"] if found else base or BASE
            if base is not None and base != known:
                raise StoreError("E304", path=path, base=known, given=base)
            if not read_only:
                folder.make()
            store = cls(folder, folder.database(read_only=read_only), known, read_only=read_only)
            if not read_only:
                store._prepare(found["vocabulary"] if found else "")
        return store

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is pending and let go of the folder; closing twice is no error."""
        if self._database is None:
            return
        if not self.read_only:
            self._settle()
            self._database.flush()
            self._ledger.close()
        self._database = None  # the database has no close of its own: its lock goes with the last reference

    @property
    def database(self) -> ox.Store:
        """The open database. Raises ValueError when the store is closed."""
        if self._database is None:
            raise ValueError(f"the store is closed: {self.path}")
        return self._database

    # What is there

    def sources(self) -> Mapping[str, Source]:
        """What each source gave, by its name, sorted."""
        return dict(sorted(self._ledger.sources.items()))

    def source(self, name: str) -> Source | None:
        """What a source gave; None for one that is not known."""
        return self._ledger.sources.get(name)

    def reports(self) -> list[str]:
        """The keys of the loaded reports, sorted."""
        return sorted({s.report for s in self._ledger.sources.values() if s.status == "loaded"})

    def text(self, report: str) -> str:
        """The source text of a loaded report, in which its offsets count. Raises StoreError E307."""
        text = self._folder.text(report)
        if text is None:
            raise StoreError("E307", report=report)
        return text

    def quads(self, report: str) -> list[ox.Quad]:
        """A report's graph and the entities that it speaks of: what the gate saw, sorted. Raises StoreError E307."""
        if not self._ledger.of_report(report):
            raise StoreError("E307", report=report)
        return changes.report_quads(self.database, report, self.base)

    def graphs(self) -> Iterator[ox.Quad]:
        """Every quad, in no order."""
        self._settle()
        return iter(self.database)

    def values(self) -> dict[str, int]:
        """How many consolidated values there are, by the rule that chose them."""
        self._settle()
        return values.counts(self.database, self.base)

    def problems(self) -> list[Problem]:
        """What was listed of loaded sources and why others were refused, by source, then by place."""
        kinds = {"loaded": "problems", "quarantined": "quarantine"}
        noted = (self._folder.noted(kinds[source.status], name) for name, source in self.sources().items())
        return [problem for problems in noted for problem in problems]

    def query(
        self, text: str, substitutions: Mapping[ox.Variable, Term] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate SPARQL over all graphs together; the prefixes of ``docs/model.md`` need no declaration.

        Raises SyntaxError for a query that does not parse; an update is none.
        """
        self._settle()
        return self.database.query(
            text,
            prefixes=terms.prefixes(self.base),
            use_default_graph_as_union=True,
            substitutions=dict(substitutions or {}),
        )

    # What changes it

    def put(self, reading: Reading, quads: Sequence[ox.Quad], source: str) -> Literal["loaded", "unchanged"]:
        """Load a report that has passed, as what ``source`` now holds; ``reading.problems`` are what is listed of it.

        Raises:
            StoreError: E305 when the folder cannot be written, E306 when two texts have one key, E312 when it is only read.
        """
        key = iri.report_key(reading.document.text)
        entry = Source(key, reading.document.name, content(quads), "loaded")
        with self._changing():
            if not self._folder.keep_text(key, reading.document.text):
                raise StoreError(
                    "E306", source=source, other=", ".join(self._ledger.of_report(key)), report=key
                )
            self._folder.note("problems", source, reading.problems)
            if self._ledger.sources.get(source) == entry:
                return "unchanged"
            self._move(source, key, quads)
            self._folder.drop(source, "quarantine")
            self._ledger.record(source, entry)
        return "loaded"

    def quarantine(self, reading: Reading, quads: Sequence[ox.Quad], verdict: Verdict, source: str) -> None:
        """Refuse a report: keep why, and what was refused, beside the graph; what the source held before leaves it.

        Raises StoreError as ``put`` does.
        """
        key, doc = iri.report_key(reading.document.text), reading.document.name
        problems = (*reading.problems, *(p for p in verdict.problems if p not in reading.problems))
        with self._changing():
            self._move(source, None, ())
            self._folder.note("quarantine", source, problems, doc=doc, report=key)
            self._folder.keep("quarantine", source, "ttl", verdict.report.serialize(format="turtle"))
            self._folder.keep("quarantine", source, "nq", lines(quads))
            self._folder.drop(source, "problems")
            self._ledger.record(source, Source(key, doc, content(quads), "quarantined"))

    def forget(self, source: str) -> None:
        """Drop what a source gave; nothing happens when it gave nothing. Raises StoreError as ``put`` does."""
        with self._changing():
            if source in self._ledger.sources:
                self._move(source, None, ())
                self._folder.drop(source, "problems", "quarantine")
                self._ledger.record(source, None)

    def describe(self, dataset: Dataset) -> bool:
        """State what the graph as a whole is; whether that is news."""
        name = ox.NamedNode(self.base + DATASET_GRAPH)
        with self._changing():
            return changes.replace_graph(self.database, name, dataset.quads(self.base))

    def link(self, triples: Iterable[ox.Triple]) -> bool:
        """Make the graph of links hold the given triples and nothing else; whether that is news."""
        name = ox.NamedNode(self.base + LINKS_GRAPH)
        with self._changing():
            return changes.replace_graph(self.database, name, _in(name, triples))

    # How

    @contextmanager
    def _changing(self) -> Iterator[None]:
        if self.read_only:
            raise StoreError("E312", path=self.path)
        with _writing(self.path):
            yield

    def _prepare(self, loaded: str) -> None:
        """Bring what does not come from reports up to date; ``loaded`` is the SHA-256 of the vocabulary that is there."""
        if not loaded:
            self.describe(Dataset())
        known = vocabulary()
        fresh = content(known.triples)
        if loaded != fresh:
            name = ox.NamedNode(self.base + VOCABULARY_GRAPH)
            changes.replace_graph(self.database, name, _in(name, known.triples))
            self._folder.mark(self.base, fresh)
            self._stale = None
        if self._ledger.interrupted:
            self._recover()

    def _recover(self) -> None:
        """After an interruption: no report without an entry, no entry without its report, no value of yesterday."""
        self._stale = None
        there = set(changes.report_graphs(self.database, self.base))
        for name, source in list(self._ledger.sources.items()):
            if source.status == "loaded" and source.report not in there:
                self._ledger.record(name, None)
        strays = there - set(self.reports())
        changes.replace_reports(self.database, dict.fromkeys(strays, ()), self.base)

    def _move(self, source: str, key: str | None, quads: Sequence[ox.Quad]) -> None:
        """Take the source from the report it gave and let it give the report ``key``: one transaction."""
        before = self._ledger.sources.get(source)
        left = before.report if before and before.status == "loaded" and before.report != key else None
        rest = [s for s in self._ledger.of_report(left) if s != source] if left is not None else []
        others = [s for s in self._ledger.of_report(key) if s != source] if key is not None else []
        desired: dict[str, Sequence[ox.Quad]] = {}
        if left is not None:
            desired[left] = self._shared(left, rest)
        if key is not None:
            for name in others:
                if not self._folder.has_spare(name):  # it was alone until now: what is published is its own
                    self._folder.keep("spare", name, "nq", lines(self.quads(key)))
            if others:
                self._folder.keep("spare", source, "nq", lines(quads))
            desired[key] = self._shared(key, [*others, source]) if others else quads
        self._touched(*changes.replace_reports(self.database, desired, self.base))
        if not others:
            self._folder.drop(source, "spare")
        if len(rest) == 1:
            self._folder.drop(rest[0], "spare")
        if left is not None and not rest:
            self._folder.drop_text(left)

    def _touched(self, before: set[ox.Quad], after: set[ox.Quad]) -> None:
        """Note what reports said and say, for the values to follow."""
        if any(quad.predicate == terms.ALTERNATE_OF for quad in before ^ after):
            self._stale = None  # who votes with whom may change for reports that were not touched
        if self._stale is not None:
            said = (quad.object for quad in before | after if quad.predicate == terms.SUBJECT)
            self._stale |= {subject for subject in said if isinstance(subject, ox.NamedNode)}

    def _settle(self) -> None:
        """Bring the consolidated values up to date, once what they follow from has changed."""
        if self._stale is None or self._stale:
            with _writing(self.path):
                values.settle(self.database, self.base, self._stale)
            self._stale = set()

    def _shared(self, key: str, sources: Sequence[str]) -> Sequence[ox.Quad]:
        """The quads of a report of several sources: the reading of the first by name, and the files of all."""
        if not sources:
            return ()
        first, *others = sorted(sources)
        quads = self._folder.spare(first)
        report = ox.NamedNode(self.base + iri.report(key))
        for name in others:
            spare = self._folder.spare(name)
            files = {quad.object for quad in spare if quad.subject == report and quad.predicate == terms.FILE}
            quads |= {quad for quad in spare if quad.subject in files or quad.object in files}
        return sorted(quads, key=str)


def listed(reading: Reading, verdict: Verdict) -> Reading:
    """The reading with the verdict's problems among its own, as ``put`` lists them."""
    return replace(reading, problems=(*reading.problems, *verdict.problems))


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say what the system refused as StoreError E305."""
    try:
        yield
    except OSError as error:
        raise StoreError("E305", path=path, reason=error) from error


def _in(graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
