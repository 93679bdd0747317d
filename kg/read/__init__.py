"""Files to documents: which files there are, and the text in each."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.config import Options
from kg.errors import ReadError
from kg.model import Document
from kg.read.documents import Outcome, Unread
from kg.read.formats import READERS, Format
from kg.read.isolate import Readers
from kg.read.raw import Raw
from kg.read.sources import STDIN, Found, discover

__all__ = [
    "READERS",
    "STDIN",
    "Format",
    "Found",
    "Outcome",
    "Raw",
    "Readers",
    "Unread",
    "discover",
    "read",
    "source",
]


def source(path: Path, options: Options) -> Raw:
    """The bytes of a file, or of stdin for ``-``."""
    if path != STDIN:
        return Raw.of(path, options)
    return Raw("stdin", "stdin", options, data=sys.stdin.buffer.read(options.limits.archive))


def read(path: Path, options: Options) -> Document:
    """The one document in ``path``; newlines become line feeds, and offsets count in its ``text``.

    Raises ``ReadError``: what keeps it from being read (E101 to E128), or E124 where there is more than one.
    """
    with Readers() as readers:
        found = readers.documents(source(path, options))
        first = next(found, None)
        if first is not None and next(found, None) is not None:
            raise ReadError("E124", path=path)
    if first is None:
        raise ReadError("E108", path=path)
    if isinstance(first, Unread):
        raise first.error
    return first
