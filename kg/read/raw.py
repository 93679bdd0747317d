"""What a reader is given, and what it gives back."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.config import Options
from kg.errors import CATALOGUE, ReadError
from kg.model import CellReference, Problem

INSIDE = "!/"
"""Stands between a file and what is inside it."""


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one source: a file (``path``), or what an archive holds or stdin gave (``data``).

    ``name`` is that of the document, ``where`` what messages and the store call it. ``depth`` counts the archives around
    it. ``url`` and ``retrieved`` are what the archive said of it.
    """

    name: str
    where: str
    options: Options
    path: Path | None = None
    data: bytes | None = None
    depth: int = 0
    url: str | None = None
    retrieved: datetime | None = None
    charset: str | None = None

    @classmethod
    def of(cls, path: Path, options: Options) -> Raw:
        """A file."""
        return cls(path.name, str(path), options, path=path)

    @property
    def suffix(self) -> str:
        """The ending of its name, in lower case, with the dot; empty where it has none."""
        return PurePosixPath(self.name.replace("\\", "/")).suffix.lower()

    def open(self) -> BinaryIO:
        """The bytes as a file. Raises ReadError E104 (missing), E105 (not readable)."""
        if self.data is not None:
            return io.BytesIO(self.data)
        if self.path is None or not self.path.exists():
            raise ReadError("E104", path=self.where)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ReadError("E105", path=self.where, reason=error.strerror or error) from error

    def head(self, size: int = 4096) -> bytes:
        """The first bytes. Raises as ``open``."""
        with self.open() as file:
            return file.read(size)

    def size(self) -> int:
        """How many bytes there are. Raises as ``open``."""
        with self.open() as file:
            return file.seek(0, io.SEEK_END)

    def whole(self) -> bytes:
        """All of it. Raises ReadError as ``open``, E101 (empty) and E103 (more than ``options.max_bytes``)."""
        limit = self.options.max_bytes
        size = self.size()
        if size > limit:
            raise ReadError("E103", path=self.where, size=size, limit=limit)
        with self.open() as file:
            data = file.read(limit + 1)
        if not data.strip():
            raise ReadError("E101", path=self.where)
        return data

    def member(self, name: str, data: bytes | None = None) -> Raw:
        """What it holds under ``name``, which is kept as it is."""
        return replace(
            self,
            name=f"{self.name}{INSIDE}{name}",
            where=f"{self.where}{INSIDE}{name}",
            path=None,
            data=data,
            depth=self.depth + 1,
        )


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader got out of a source: the text that offsets count in, and what the source says about it."""

    text: str
    encoding: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    retrieved: datetime | None = None
    cells: tuple[CellReference, ...] = ()
    problems: tuple[Problem, ...] = ()


def warning(code: str, raw: Raw, **details: object) -> Problem:
    """A problem that keeps nothing from being read."""
    message = CATALOGUE[code]
    details = {"path": raw.where, **details}
    return Problem(code, raw.name, "warning", message.zh.format(**details), message.en.format(**details))


_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b]+")
_HAN = r"[㐀-鿿，。；：！？、（）《》“”]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN}) (?={_HAN})")


def squeezed(text: str) -> str:
    """A line of a page, with one blank for many."""
    return _BLANKS.sub(" ", text).strip()


def one_line(text: str) -> str:
    """The text of a cell or heading on one line, without the blanks and breaks a layout put between its characters."""
    return _BETWEEN_HAN.sub("", _BLANKS.sub(" ", text).strip())


@dataclass(slots=True)
class Text:
    """The text a reader extracts, as it grows line by line; it knows where its cells went."""

    parts: list[str] = field(default_factory=list)
    cells: list[CellReference] = field(default_factory=list)
    length: int = 0

    def line(self, text: str, name: str | None = None) -> None:
        """Add a line; with ``name`` it is a cell."""
        if name and text:
            self.cells.append(CellReference(self.length, self.length + len(text), name))
        self._add(text + "\n")

    def row(self, cells: Sequence[tuple[str, str]]) -> None:
        """Add a row: the texts of its cells with tabs between them, each with its reference."""
        for i, (text, name) in enumerate(cells):
            if i:
                self._add("\t")
            if text:
                self.cells.append(CellReference(self.length, self.length + len(text), name))
            self._add(text)
        self._add("\n")

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def __str__(self) -> str:
        return "".join(self.parts)
