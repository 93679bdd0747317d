"""Which files a list of sources stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError

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
        ".jsonl",
        ".csv",
        ".tsv",
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
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """``files`` are to be read, in order and without repetition; ``skipped`` lie in the folders but are no reports."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()


def discover(sources: Sequence[Path]) -> Found:
    """The files of ``sources``: a file as it is, a folder walked to the bottom in sorted order.

    Hidden files and folders, notes (``README*``, ``LICENSE*``...) and files that hold data or code are skipped when
    met in a folder; a file that was named is never skipped. All else is for ``read`` to judge, so that a damaged
    file is reported and not lost.

    Raises ``ReadError`` E104 (no such source), E105 (a folder that may not be listed) and E108 (nothing to read in a
    folder).
    """
    files: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    for source in sources:
        if not source.exists():
            raise ReadError("E104", path=source)
        if not source.is_dir():
            files[source] = None
            continue
        here = list(_walk(source))
        reports = [path for path in here if not is_side_file(path, source)]
        if not reports:
            raise ReadError("E108", path=source)
        files.update(dict.fromkeys(reports))
        skipped.update(dict.fromkeys(path for path in here if is_side_file(path, source)))
    return Found(tuple(files), tuple(path for path in skipped if path not in files))


def is_side_file(path: Path, folder: Path) -> bool:
    """Does ``path``, met in ``folder``, only accompany the reports?"""
    if any(part.startswith(".") for part in path.relative_to(folder).parts):
        return True
    return path.name.lower().startswith(SIDE_NAMES) or path.suffix.lower() in SIDE_SUFFIXES


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
