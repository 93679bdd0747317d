"""The files of a store folder, apart from the graph's own: which there are, how they are read and written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import iri
from kg.model import Problem

FORMAT: Final = 1
MARKER: Final = "kg-store.json"
FOLDERS: Final = ("graph", "texts", "problems", "quarantine", "spare")
_BEFORE_MARKER: Final = frozenset(
    {*FOLDERS, "journal.jsonl"}
)  # what a store that is being made holds by then
_REFUSED = re.compile("permission denied|read-only file system|no space left", re.IGNORECASE)


class Folder:
    """A store folder: its marker, the texts by report key, and per source what was listed, refused or kept in spare."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def marker(self) -> dict[str, Any] | None:
        """What the folder says of itself; None where nothing is yet. Raises StoreError E302 when it is something else."""
        marker = self.path / MARKER
        if marker.is_file():
            try:
                said = json.loads(marker.read_text(encoding="utf-8"))
            except ValueError as error:
                raise StoreError("E302", path=self.path, reason=f"{MARKER}: {error}") from error
            if not isinstance(said, dict) or said.get("format") != FORMAT:
                raise StoreError("E302", path=self.path, reason=f"{MARKER}: format {FORMAT}?")
            return said
        if self.path.is_dir() and {entry.name for entry in self.path.iterdir()} <= _BEFORE_MARKER:
            return None  # empty, being made by another, or left when it was being made
        if self.path.exists():
            raise StoreError("E302", path=self.path, reason=f"{MARKER}?")
        return None

    def mark(self, base: str, vocabulary: str) -> None:
        """Write the marker: the namespace, and the SHA-256 of the vocabulary that is loaded."""
        said = {"format": FORMAT, "base": base, "vocabulary": vocabulary}
        (self.path / MARKER).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")

    def make(self) -> None:
        """Make the folders that are missing."""
        for folder in FOLDERS:
            (self.path / folder).mkdir(parents=True, exist_ok=True)

    def database(self, *, read_only: bool) -> ox.Store:
        """Open the graph.

        Raises:
            StoreError: E303 when another process has it, E105 when the system does not let it be read, E305 when it
                does not let it be written, E313 when it is damaged.
        """
        where = str(self.path / "graph")
        try:
            return ox.Store.read_only(where) if read_only else ox.Store(where)
        except (OSError, RuntimeError) as error:
            said = str(error)  # RocksDB says what happened in words only
            if isinstance(error, PermissionError) or _REFUSED.search(said):
                raise StoreError("E105" if read_only else "E305", path=self.path, reason=error) from error
            if re.search(r"\block\b", said, re.IGNORECASE):
                raise StoreError("E303", path=self.path) from error
            raise StoreError("E313", path=self.path, reason=error) from error

    def text(self, key: str) -> str | None:
        """The text of a report, to the character."""
        path = self._text(key)
        return path.read_bytes().decode() if path.exists() else None

    def keep_text(self, key: str, text: str) -> bool:
        """Keep the text of a report; False when another text is kept under its key."""
        path = self._text(key)
        if path.exists():
            return path.read_bytes() == text.encode()
        path.write_bytes(text.encode())
        return True

    def drop_text(self, key: str) -> None:
        """Drop the text of a report that is gone."""
        self._text(key).unlink(missing_ok=True)

    def note(self, kind: str, source: str, problems: Iterable[Problem], **more: str) -> None:
        """Write a source's problems under ``kind``; none leave no file."""
        path = self._of(kind, source, "json")
        said = [asdict(problem) for problem in problems]
        if not said:
            path.unlink(missing_ok=True)
            return
        entry = {"source": source, "problems": said, **more}
        path.write_text(
            json.dumps(entry, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )

    def noted(self, kind: str, source: str) -> list[Problem]:
        """A source's problems under ``kind``."""
        path = self._of(kind, source, "json")
        if not path.exists():
            return []
        return [Problem(**problem) for problem in json.loads(path.read_text(encoding="utf-8"))["problems"]]

    def keep(self, kind: str, source: str, suffix: str, content: str) -> None:
        """Keep a text of a source under ``kind``."""
        self._of(kind, source, suffix).write_text(content, encoding="utf-8")

    def has_spare(self, source: str) -> bool:
        """Whether the quads of a source are kept in spare."""
        return self._of("spare", source, "nq").exists()

    def spare(self, source: str) -> set[ox.Quad]:
        """The quads of a source that shares its text with another."""
        return set(ox.parse(path=self._of("spare", source, "nq"), format=ox.RdfFormat.N_QUADS))

    def drop(self, source: str, *kinds: str) -> None:
        """Drop what is kept of a source under the kinds."""
        for kind in kinds:
            for suffix in ("json", "ttl", "nq"):
                self._of(kind, source, suffix).unlink(missing_ok=True)

    def _text(self, key: str) -> Path:
        return self.path / "texts" / f"{key}.txt"

    def _of(self, kind: str, source: str, suffix: str) -> Path:
        return self.path / kind / f"{iri.source(source)}.{suffix}"


def lines(quads: Iterable[ox.Quad]) -> str:
    """Sorted N-Quads."""
    return "".join(f"{line} .\n" for line in sorted(map(str, quads)))


def content(statements: Iterable[ox.Quad] | Iterable[ox.Triple]) -> str:
    """SHA-256 of the statements, in hex, whatever their order."""
    digest = hashlib.sha256()
    for line in sorted(map(str, statements)):
        digest.update(line.encode() + b" .\n")
    return digest.hexdigest()
