"""One object for every setting, filled from the command line and the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

BASE = "https://w3id.org/health-admin/id/"
VERSION = "0.1.0"  # as in pyproject.toml; part of what identifies a run


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader takes before it gives up on a file: what is over a limit is named, never read in part in silence.

    ``seconds`` is for one document; ``memory`` (bytes) for the process that reads; ``unpacked`` (bytes) and ``ratio``
    (unpacked to packed, from 10 MB on) for what is compressed; ``archive`` (bytes) for an archive as it lies there;
    ``depth`` for archives in archives and ``nesting`` for elements in elements.
    """

    pages: int = 3_000
    cells: int = 500_000
    members: int = 100_000
    depth: int = 3
    nesting: int = 1_000
    ratio: int = 200
    unpacked: int = 2_000_000_000
    archive: int = 4_000_000_000
    seconds: float = 60.0
    memory: int = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a corpus (JSON lines, Parquet) are called; an empty name is looked for among common ones."""

    text: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""


NearDuplicates = Literal["keep", "link", "skip"]


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a build. ``base`` is the instance namespace and ends in ``/`` or ``#``."""

    store: Path = Path("kg-store")
    base: str = BASE
    max_bytes: int = 20_000_000
    max_line: int = 200_000
    engine: str = "shifty"  # the SHACL engine: "shifty" (fast) or "pyshacl" (the reference)
    models: bool = True  # False: names are chosen by the rules alone
    limits: Limits = field(default_factory=Limits)
    near_duplicates: NearDuplicates = "keep"  # what becomes of a reprint; it is reported in any case
    columns: Columns = field(default_factory=Columns)
