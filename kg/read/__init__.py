"""Files to documents: which files there are, and the text in each."""

from __future__ import annotations

from pathlib import Path

from kg.config import Options
from kg.errors import ReadError
from kg.model import Document
from kg.read.documents import Outcome, Unread
from kg.read.formats import READERS, Format
from kg.read.isolate import Readers
from kg.read.raw import Raw
from kg.read.sources import Found, discover

__all__ = ["READERS", "Format", "Found", "Outcome", "Raw", "Readers", "Unread", "discover", "read"]


def read(path: Path, options: Options) -> Document:
    """The one document in ``path``; newlines become line feeds, and offsets count in its ``text``.

    Raises ``ReadError``: what keeps it from being read (E101 to E128), or E124 where there is more than one.
    """
    with Readers() as readers:
        found = readers.documents(Raw.of(path, options))
        first = next(found, None)
        if first is not None and next(found, None) is not None:
            raise ReadError("E124", path=path)
    if first is None:
        raise ReadError("E108", path=path)
    if isinstance(first, Unread):
        raise first.error
    return first
