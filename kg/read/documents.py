"""One source to its documents, in this process: which format, its reader, and whether what comes out is a report."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import cast

from kg.errors import ReadError
from kg.model import Document
from kg.read.encoding import CONTROL
from kg.read.formats import BY_KEY, Format, Item, Several, Single, format_of
from kg.read.plausible import script_of
from kg.read.raw import Content, Raw
from kg.read.text import check


@dataclass(frozen=True, slots=True)
class Unread:
    """A source, or a part of one, that gave no document."""

    name: str
    where: str
    error: ReadError


@dataclass(frozen=True, slots=True)
class At:
    """Said before a part of a source is read, so that one on which its reader hangs can be named."""

    name: str
    where: str


Outcome = Document | Unread


def documents(raw: Raw) -> Generator[Outcome | At, bool | None, None]:
    """What a source holds, one after the other, each announced; its trouble is told, never raised.

    Sending True for an announcement passes over what it announces.
    """
    if (yield At(raw.name, raw.where)):
        return
    one = BY_KEY["txt"]
    try:
        one = format_of(raw)
        if not one.holds:
            yield document(raw, one)
            return
        reader = cast("Several", one.function(raw))
        found = False
        for item in reader(raw):
            found = True
            yield from _inside(item, one)
        if not found:
            yield Unread(raw.name, raw.where, ReadError("E108", path=raw.where))
    except ReadError as error:
        yield Unread(raw.name, raw.where, error)
    except RecursionError:
        yield Unread(raw.name, raw.where, _damaged(raw, one.key, "RecursionError"))
    except MemoryError:
        yield Unread(raw.name, raw.where, _out_of_memory(raw))
    except Exception as error:  # noqa: BLE001 - what a parser raises on damaged bytes is its own; the file is named
        yield Unread(raw.name, raw.where, _damaged(raw, one.key, f"{type(error).__name__}: {error}"))


def _inside(item: Item, around: Format) -> Generator[Outcome | At, bool | None, None]:
    if item.error is not None:
        yield Unread(item.raw.name, item.raw.where, item.error)
    elif item.content is not None:
        if (yield At(item.raw.name, item.raw.where)):
            return
        try:
            yield finished(item.raw, item.content, around.key)
        except ReadError as error:
            yield Unread(item.raw.name, item.raw.where, error)
    else:
        yield from documents(item.raw)


def document(raw: Raw, one: Format) -> Document:
    """The one document of a source. Raises ReadError; what a parser raises on damaged bytes is E116."""
    reader = cast("Single", one.function(raw))
    return finished(raw, reader(raw), one.key)


def finished(raw: Raw, content: Content, key: str) -> Document:
    """The document of an extracted text. Raises ReadError E101, E102, E106, E107 where it is no report."""
    text = CONTROL.sub("�", content.text)  # as in decoded files; offsets of cells stay
    check(text, raw.where, raw.options)
    return Document(
        name=raw.name,
        text=text,
        digest=_digest(raw, content),
        encoding=content.encoding,
        path=raw.where,
        title=content.title,
        published=content.published,
        publisher=content.publisher,
        url=content.url or raw.url,
        format=key,
        script=script_of(text),
        retrieved=content.retrieved or raw.retrieved,
        cells=content.cells,
        problems=content.problems,
    )


def _digest(raw: Raw, content: Content) -> str:
    """SHA-256 of the bytes, or of the text where it is a record of a larger file."""
    if raw.path is None and raw.data is None:
        return hashlib.sha256(content.text.encode("utf-8", "surrogatepass")).hexdigest()
    with raw.open() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _damaged(raw: Raw, key: str, reason: str) -> ReadError:
    return ReadError("E116", path=raw.where, format=BY_KEY[key].about, reason=" ".join(reason.split())[:200])


def _out_of_memory(raw: Raw) -> ReadError:
    return ReadError("E121", path=raw.where, reason="MemoryError")
