"""The store: a folder with the graph, the texts that offsets count in, and what was listed or refused.

``docs/model.md`` section 5 shows the folder. The graph is an Oxigraph database; every change of a report is one
transaction, and a source's entry is noted after it, so an interruption leaves at worst work to be done again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal

import pyoxigraph as ox

from kg.config import BASE
from kg.errors import StoreError
from kg.graph import changes, iri, terms
from kg.graph.dataset import GRAPH as DATASET_GRAPH
from kg.graph.dataset import Dataset
from kg.graph.ledger import Ledger, Source
from kg.graph.validate import Verdict
from kg.graph.vocabulary import vocabulary
from kg.model import Problem, Reading

FORMAT: Final = 1
MARKER: Final = "kg-store.json"
FOLDERS: Final = ("graph", "texts", "problems", "quarantine", "spare")
VOCABULARY_GRAPH: Final = "graph-vocabulary"
LINKS_GRAPH: Final = "graph-links"
_BASE = re.compile(r"[a-z][a-z0-9+.-]*://[!-~]+[/#]")

Term = ox.NamedNode | ox.Literal


class GraphStore:
    """A store folder, open. Use ``GraphStore.open`` in a ``with`` statement."""

    def __init__(self, path: Path, database: ox.Store, base: str, *, read_only: bool) -> None:
        self.path = path
        self.base = base
        self.read_only = read_only
        self._database: ox.Store | None = database
        self._ledger = Ledger(path, read_only=read_only)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, base: str | None = None) -> GraphStore:
        """Open a store folder; one that is missing or empty is made, unless it is only read.

        ``base`` is the namespace of a new store, and must be that of one that is there; None takes what is there.

        Raises:
            StoreError: E301 no store, E302 another kind of folder, E303 in use, E304 another base, E305 not writable.
        """
        try:
            found = _marker(path)
            if found is None and read_only:
                raise StoreError("E301", path=path)
            known = found["base"] if found else base or BASE
            if not _BASE.fullmatch(known):
                raise StoreError("E304", path=path, base=known, given=base)
            if base is not None and base != known:
                raise StoreError("E304", path=path, base=known, given=base)
            if not read_only:
                for folder in FOLDERS:
                    (path / folder).mkdir(parents=True, exist_ok=True)
            database = _database(path, read_only=read_only)
            store = cls(path, database, known, read_only=read_only)
            if not read_only:
                store._prepare(found or {})
        except (OSError, RuntimeError) as error:
            raise StoreError("E305", path=path, reason=error) from error
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

    def reports(self) -> list[str]:
        """The keys of the loaded reports, sorted."""
        return sorted({s.report for s in self._ledger.sources.values() if s.status == "loaded"})

    def text(self, report: str) -> str:
        """The source text of a loaded report, in which its offsets count. Raises StoreError E307."""
        try:
            return self._text(report).read_bytes().decode()
        except FileNotFoundError as error:
            raise StoreError("E307", report=report) from error

    def quads(self, report: str) -> list[ox.Quad]:
        """A report's graph and the entities that it speaks of: what the gate saw, sorted. Raises StoreError E307."""
        if not self._ledger.of_report(report):
            raise StoreError("E307", report=report)
        return changes.report_quads(self.database, report, self.base)

    def graphs(self) -> Iterator[ox.Quad]:
        """Every quad, in no order."""
        return iter(self.database)

    def problems(self) -> list[Problem]:
        """What was listed of loaded sources and why others were refused, by source, then by place."""
        found: list[Problem] = []
        for name, source in self.sources().items():
            folder = "problems" if source.status == "loaded" else "quarantine"
            path = self._path(folder, name, "json")
            if path.exists():
                said = json.loads(path.read_text(encoding="utf-8"))["problems"]
                found += [Problem(**problem) for problem in said]
        return found

    def query(
        self, text: str, substitutions: Mapping[ox.Variable, Term] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate SPARQL over all graphs together; the prefixes of ``docs/model.md`` need no declaration.

        Raises SyntaxError for a query that does not parse; an update is none.
        """
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
            StoreError: E305 when the folder cannot be written, E306 when two texts have one key.
        """
        key = iri.report_key(reading.document.text)
        entry = Source(key, reading.document.name, _content(quads), "loaded")
        try:
            self._write_text(key, reading.document.text, source)
            self._note(source, "problems", {"doc": entry.doc, "problems": reading.problems})
            if self._ledger.sources.get(source) == entry:
                return "unchanged"
            self._move(source, key, quads)
            for suffix in ("json", "ttl", "nq"):
                self._path("quarantine", source, suffix).unlink(missing_ok=True)
            self._ledger.record(source, entry)
        except OSError as error:
            raise StoreError("E305", path=self.path, reason=error) from error
        return "loaded"

    def quarantine(self, reading: Reading, quads: Sequence[ox.Quad], verdict: Verdict, source: str) -> None:
        """Refuse a report: keep why, and what was refused, beside the graph; what the source held before leaves it."""
        key = iri.report_key(reading.document.text)
        problems = (*reading.problems, *(p for p in verdict.problems if p not in reading.problems))
        try:
            self._move(source, None, ())
            self._note(source, "quarantine", {"source": source, "doc": reading.document.name, "report": key, "problems": problems})
            self._path("problems", source, "json").unlink(missing_ok=True)
            verdict.report.serialize(self._path("quarantine", source, "ttl"), format="turtle", encoding="utf-8")
            self._path("quarantine", source, "nq").write_text(_lines(quads), encoding="utf-8")
            self._ledger.record(source, Source(key, reading.document.name, _content(quads), "quarantined"))
        except OSError as error:
            raise StoreError("E305", path=self.path, reason=error) from error

    def forget(self, source: str) -> None:
        """Drop what a source gave; nothing happens when it gave nothing."""
        if source not in self._ledger.sources:
            return
        try:
            self._move(source, None, ())
            for folder, suffix in (("problems", "json"), ("quarantine", "json"), ("quarantine", "ttl"), ("quarantine", "nq")):
                self._path(folder, source, suffix).unlink(missing_ok=True)
            self._ledger.record(source, None)
        except OSError as error:
            raise StoreError("E305", path=self.path, reason=error) from error

    def describe(self, dataset: Dataset) -> bool:
        """State what the graph as a whole is; whether that is news."""
        name = ox.NamedNode(self.base + DATASET_GRAPH)
        return changes.replace_graph(self.database, name, dataset.quads(self.base))

    def link(self, triples: Iterable[ox.Triple]) -> bool:
        """Make the graph of links hold the given triples and nothing else; whether that is news."""
        name = ox.NamedNode(self.base + LINKS_GRAPH)
        return changes.replace_graph(self.database, name, _in(name, triples))

    # How

    def _prepare(self, found: dict[str, Any]) -> None:
        if not found:
            self.describe(Dataset())
        known = vocabulary()
        content = hashlib.sha256("\n".join(map(str, known.triples)).encode()).hexdigest()
        if found.get("vocabulary") != content:
            name = ox.NamedNode(self.base + VOCABULARY_GRAPH)
            changes.replace_graph(self.database, name, _in(name, known.triples))
            marker = {"format": FORMAT, "base": self.base, "vocabulary": content}
            (self.path / MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")
        if self._ledger.interrupted:
            self._recover()

    def _recover(self) -> None:
        """After an interruption: no report without an entry, no entry without its report."""
        there = set(changes.report_graphs(self.database, self.base))
        for name, source in list(self._ledger.sources.items()):
            if source.status == "loaded" and source.report not in there:
                self._ledger.record(name, None)
        changes.replace_reports(self.database, dict.fromkeys(there - set(self.reports()), ()), self.base)

    def _move(self, source: str, key: str | None, quads: Sequence[ox.Quad]) -> None:
        """Take the source from the report it gave and let it give the report ``key``: one transaction."""
        before = self._ledger.sources.get(source)
        left = before.report if before and before.status == "loaded" and before.report != key else None
        desired: dict[str, Sequence[ox.Quad]] = {}
        if left is not None:
            desired[left] = self._published(left, [s for s in self._ledger.of_report(left) if s != source])
        others = [s for s in self._ledger.of_report(key) if s != source] if key is not None else []
        if key is not None:
            for name in others:
                spare = self._path("spare", name, "nq")
                if not spare.exists():  # it was alone until now: what is published is its own
                    spare.write_text(_lines(self.quads(key)), encoding="utf-8")
            if others:
                self._path("spare", source, "nq").write_text(_lines(quads), encoding="utf-8")
            desired[key] = self._published(key, [*others, source]) if others else quads
        if desired:
            changes.replace_reports(self.database, desired, self.base)
        if not others:
            self._path("spare", source, "nq").unlink(missing_ok=True)
        if left is not None:
            rest = [s for s in self._ledger.of_report(left) if s != source]
            if not rest:
                self._text(left).unlink(missing_ok=True)
            elif len(rest) == 1:
                self._path("spare", rest[0], "nq").unlink(missing_ok=True)

    def _published(self, key: str, sources: Sequence[str]) -> Sequence[ox.Quad]:
        """The quads of a report of several sources: the reading of the first by name, and the files of all."""
        own, *others = sorted(sources) or [""]
        if not own:
            return ()
        quads = self._spare(own)
        report = ox.NamedNode(self.base + iri.report(key))
        for name in others:
            spare = self._spare(name)
            files = {quad.object for quad in spare if quad.subject == report and quad.predicate == terms.FILE}
            quads |= {quad for quad in spare if quad.subject in files or quad.object in files}
        return sorted(quads, key=str)

    def _spare(self, source: str) -> set[ox.Quad]:
        return set(ox.parse(path=self._path("spare", source, "nq"), format=ox.RdfFormat.N_QUADS))

    def _write_text(self, key: str, text: str, source: str) -> None:
        path = self._text(key)
        if not path.exists():
            path.write_bytes(text.encode())
        elif path.read_bytes() != text.encode():
            raise StoreError("E306", source=source, other=", ".join(self._ledger.of_report(key)), report=key)

    def _note(self, source: str, folder: str, said: Mapping[str, Any]) -> None:
        """Write what was listed of a source; an empty list leaves no file."""
        path = self._path(folder, source, "json")
        if not said["problems"]:
            path.unlink(missing_ok=True)
            return
        entry = {**said, "problems": [asdict(problem) for problem in said["problems"]]}
        path.write_text(json.dumps(entry, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def _text(self, key: str) -> Path:
        return self.path / "texts" / f"{key}.txt"

    def _path(self, folder: str, source: str, suffix: str) -> Path:
        return self.path / folder / f"{iri.source(source)}.{suffix}"


def listed(reading: Reading, verdict: Verdict) -> Reading:
    """The reading with the verdict's problems among its own, as ``put`` lists them."""
    return replace(reading, problems=(*reading.problems, *verdict.problems))


def _marker(path: Path) -> dict[str, Any] | None:
    """What the folder says of itself; None where nothing is. Raises StoreError E302 when it is something else."""
    marker = path / MARKER
    if marker.is_file():
        try:
            said: dict[str, Any] = json.loads(marker.read_text(encoding="utf-8"))
        except ValueError as error:
            raise StoreError("E302", path=path, reason=f"{MARKER}: {error}") from error
        if said.get("format") != FORMAT:
            raise StoreError("E302", path=path, reason=f"format {said.get('format')}")
        return said
    if path.is_dir() and not any(p.name not in FOLDERS for p in path.iterdir()):
        return None
    if path.exists():
        raise StoreError("E302", path=path, reason=f"{MARKER}?")
    return None


def _database(path: Path, *, read_only: bool) -> ox.Store:
    where = str(path / "graph")
    try:
        return ox.Store.read_only(where) if read_only else ox.Store(where)
    except (OSError, RuntimeError) as error:
        # RocksDB says so in words only; a reader that meets a writer in the act sees a file vanish ("Corruption").
        if re.search(r"\block\b|Corruption", str(error), re.IGNORECASE):
            raise StoreError("E303", path=path) from error
        raise


def _in(graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _lines(quads: Iterable[ox.Quad]) -> str:
    return "".join(f"{line} .\n" for line in sorted(map(str, quads)))


def _content(quads: Iterable[ox.Quad]) -> str:
    return hashlib.sha256(_lines(quads).encode()).hexdigest()
