"""Which files a list of sources stands for."""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.config import Columns
from kg.errors import ReadError
from kg.read.records import has_text

# Files that lie beside reports without being one: notes about the folder, data, code, the parts of a saved web page.
SIDE_NAMES = (
    "readme",
    "changelog",
    "changes",
    "license",
    "licence",
    "notice",
    "sources",
    "contributing",
    "makefile",
)
SIDE_SUFFIXES = frozenset(
    [
        ".json",
        ".xml",
        ".ttl",
        ".nt",
        ".nq",
        ".trig",
        ".rq",
        ".yaml",
        ".yml",
        ".toml",
        ".ini",
        ".cfg",
        ".py",
        ".pyc",
        ".sh",
        ".js",
        ".css",
        ".map",
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".svg",
        ".ico",
        ".webp",
        ".bmp",
        ".woff",
        ".woff2",
        ".ttf",
        ".mp3",
        ".mp4",
        ".ds_store",
        ".db",
        ".tmp",
        ".crdownload",
        ".part",
        ".lnk",
    ]
)
STDIN = Path("-")
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_SAVED_PARTS = re.compile(r"(.+?)(?:_files|\.files|_file|\.fld)")
_GLOB = re.compile(r"[*?\[]")
_OWN = b"doc,start,end,"  # how the tables that kg writes begin


@dataclass(frozen=True, slots=True)
class Found:
    """``files`` are to be read, in order and without repetition; ``skipped`` lie in the folders but are no reports."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()


def discover(sources: Sequence[Path], columns: Columns | None = None) -> Found:
    """The files of ``sources``: a file, ``-`` for stdin, a pattern (``2022/*.html``), a folder walked to the bottom.

    What is in a folder or matches a pattern is sorted. Hidden files and folders, notes (``README*``, ``LICENSE*``...), files that hold data or code, the parts of a saved
    web page (``page_files/``) and tables that ``kg`` wrote itself are skipped when met in a folder; a file that was
    named is never skipped. ``columns`` are what a corpus calls its columns. All else is for ``read`` to judge, so that a damaged file is reported and not lost.

    Raises ``ReadError`` E104 (no such source), E105 (a folder that may not be listed) and E108 (nothing to read in a
    folder).
    """
    files: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    for source in (match for given in sources for match in _matches(given)):
        if source == STDIN:
            files[source] = None
            continue
        if not source.exists():
            raise ReadError("E104", path=source)
        if not source.is_dir():
            files[source] = None
            continue
        here = {path: is_side_file(path, source, columns or Columns()) for path in _walk(source)}
        if all(here.values()):
            raise ReadError("E108", path=source)
        files.update((path, None) for path, side in here.items() if not side)
        skipped.update((path, None) for path, side in here.items() if side)
    return Found(tuple(files), tuple(path for path in skipped if path not in files))


def is_side_file(path: Path, folder: Path, columns: Columns) -> bool:
    """Does ``path``, met in ``folder``, only accompany the reports?"""
    inside = path.relative_to(folder)
    if is_side_name(PurePosixPath(inside.as_posix())):
        return True
    for parent in path.parents:
        if parent == folder or folder not in parent.parents:
            break
        if _is_part_of_page(parent):
            return True
    return path.suffix.lower() in (".csv", ".tsv", ".jsonl", ".ndjson") and _is_data(path, columns)


def is_side_name(path: PurePosixPath) -> bool:
    """Does a file of this name, inside a folder or an archive, only accompany reports?"""
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
        return True
    return path.name.lower().startswith(SIDE_NAMES) or path.suffix.lower() in SIDE_SUFFIXES


def _matches(given: Path) -> list[Path]:
    """What a pattern matches, sorted; another path as it is."""
    text = str(given)
    if given == STDIN or given.exists() or not _GLOB.search(text):
        return [given]
    # Not Path.glob, which takes no pattern with a folder before it.
    return [Path(found) for found in sorted(glob.glob(text, recursive=True))] or [given]  # noqa: PTH207


def _is_part_of_page(folder: Path) -> bool:
    """Does a folder hold the pictures and scripts of a page that was saved beside it?"""
    match = _SAVED_PARTS.fullmatch(folder.name)
    return match is not None and any(
        folder.with_name(match[1] + suffix).exists() for suffix in _PAGE_SUFFIXES
    )


def _is_data(path: Path, columns: Columns) -> bool:
    """Is a table one that kg wrote, or a file of JSON lines without a text?"""
    try:
        with path.open("rb") as file:
            line = file.readline(1 << 20)
    except OSError:
        return False
    if path.suffix.lower() in (".csv", ".tsv"):
        return line.lstrip(b"\xef\xbb\xbf").replace(b"\t", b",").startswith(_OWN)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return len(line) < (1 << 20)
    return not isinstance(record, dict) or not has_text(record, columns)


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise ReadError("E105", path=folder, reason=error.strerror or error) from error
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif not entry.is_dir():
            yield entry
