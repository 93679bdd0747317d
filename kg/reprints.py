"""Reprints during a build: a report that is nearly the same as one of the graph is told, and linked or passed over on wish."""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType

from pyoxigraph import NamedNode, Quad

from kg.config import NearDuplicates
from kg.errors import CATALOGUE, Message, StoreError
from kg.graph import iri, terms
from kg.graph.store import GraphStore
from kg.model import Document, Problem
from kg.read.near import Near, NearIndex

_STEPS: dict[NearDuplicates, Message] = {
    "keep": Message(
        "两份都保留；要连接或跳过，用 --near-duplicates。", "Both are kept; --near-duplicates links or skips."
    ),
    "link": Message("两份都保留，并已连接。", "Both are kept, and linked."),
    "skip": Message("这一份没有读入。", "This one was not read in."),
}


class Reprints:
    """The reports of a store by what they are nearly the same as. Use it in a ``with`` statement."""

    def __init__(self, store: GraphStore, choice: NearDuplicates) -> None:
        self._store = store
        self._choice = choice
        self._index = NearIndex.of(store.path, store.reports(), self._text)

    def __enter__(self) -> Reprints:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._index.save(self._store.path)

    @property
    def skips(self) -> bool:
        """Are reprints passed over?"""
        return self._choice == "skip"

    def of(self, document: Document, source: str) -> Near | None:
        """The report that a document is a reprint of; it is none of what its source held before."""
        before = self._store.source(source)
        key = iri.report_key(document.text)
        return self._index.nearest(key, document.text, self._text, before.report if before else None)

    def told(self, document: Document, near: Near) -> Document:
        """The document with a warning about it."""
        docs = sorted(s.doc for s in self._store.sources().values() if s.report == near.key)
        step, message = _STEPS[self._choice], CATALOGUE["E127"]
        details = {
            "path": document.path,
            "other": docs[0] if docs else near.key,
            "share": f"{near.share:.2f}",
        }
        zh, en = message.zh.format(**details, step=step.zh), message.en.format(**details, step=step.en)
        problem = Problem("E127", document.name, "warning", zh, en)
        return replace(document, problems=(*document.problems, problem))

    def linked(self, document: Document, near: Near) -> list[Quad]:
        """What the graph says of a reprint; nothing where it is not to be linked."""
        if self._choice != "link":
            return []
        base, key = self._store.base, iri.report_key(document.text)
        report, other = NamedNode(base + iri.report(key)), NamedNode(base + iri.report(near.key))
        return [Quad(report, terms.ALTERNATE_OF, other, NamedNode(base + iri.graph(key)))]

    def add(self, document: Document, near: Near | None) -> None:
        """Note a report that was loaded."""
        self._index.add(iri.report_key(document.text), document.text, near)

    def _text(self, key: str) -> str | None:
        try:
            return self._store.text(key)
        except StoreError:
            return None
