"""What commands share: the store that is asked, the file that is written, and messages."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


def opened(store: Path) -> GraphStore:
    """The store, open for reading. Raises StoreError as `GraphStore.open` does."""
    from kg.graph.store import GraphStore

    return GraphStore.open(store, read_only=True)


def changed(store: Path) -> GraphStore:
    """The store that is there, open to be changed. Raises StoreError as `GraphStore.open` does, E301 where none is."""
    from kg.graph.store import GraphStore

    with opened(store):
        pass
    return GraphStore.open(store)


@contextmanager
def written(path: Path | None) -> Iterator[IO[bytes]]:
    """The file to write, or stdout where none is named. A file that is there stays as it was until all is written.

    Raises:
        UsageError: E214 when it cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    device = path.exists() and not path.is_file()
    target = path if device else path.resolve()
    part = path if device else target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        if not device:
            part.replace(target)
    except OSError as error:
        raise UsageError("E214", path=path, reason=error.strerror or type(error).__name__) from error
    finally:
        if not device:
            part.unlink(missing_ok=True)


@contextmanager
def text_written(path: Path | None) -> Iterator[TextIO]:
    """As `written`, for text in UTF-8. Raises UsageError as it does."""
    if path is None:
        yield sys.stdout
        return
    with written(path) as out, io.TextIOWrapper(out, encoding="utf-8", newline="") as text:
        yield text


def say(text: str) -> None:
    """A message, on stderr."""
    typer.echo(text, err=True)


def say_all(lines: Iterable[str]) -> None:
    """Messages, a line each."""
    for line in lines:
        say(line)
