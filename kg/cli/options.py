"""The options that several commands have, and how those with names and values are taken apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.render import Format
from kg.config import Columns, Limits, Options
from kg.errors import UsageError

STORE, MAX_BYTES = Options().store, Options().max_bytes

Store = Annotated[
    Path,
    typer.Option(
        "--store", envvar="KG_STORE", help="Folder of the graph.", file_okay=False, show_default=True
    ),
]
Base = Annotated[str, typer.Option("--base", help="Namespace of the IRIs that are made.")]
Rows = Annotated[
    Format | None,
    typer.Option(
        "--format", "-f", help="How rows are written. [default: table in a terminal, csv otherwise]"
    ),
]


class Engine(StrEnum):
    """The SHACL engines."""

    SHIFTY = "shifty"
    PYSHACL = "pyshacl"


class Profile(StrEnum):
    """What a whole graph can be checked against: `kg.graph.profiles.PROFILES`."""

    QB = "qb"


class ReadingFormat(StrEnum):
    """How a reading is written: as rows, or as a page."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    HTML = "html"


class Split(StrEnum):
    """The splits of the corpus: two by province, two by what they try."""

    TRAIN = "train"
    HARD = "hard"
    TEST = "test"
    FRESH = "fresh"


class Reprinted(StrEnum):
    """What becomes of a reprint."""

    KEEP = "keep"
    LINK = "link"
    SKIP = "skip"


LimitGiven = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="A limit of the readers: " + ", ".join(name for name in Limits.__slots__) + ".",
    ),
]
ColumnGiven = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="NAME=COLUMN",
        help="What a corpus (JSON lines, Parquet) calls its " + ", ".join(Columns.__slots__) + ".",
    ),
]
LargestFile = Annotated[int, typer.Option(help="Largest file that is read, in bytes.")]
Shacl = Annotated[
    Engine, typer.Option("--engine", help="SHACL engine: shifty is fast, pyshacl is the reference.")
]


def limits(pairs: list[str] | None) -> Limits:
    """Limits with those that were given in place of the defaults. Raises UsageError E209, E216."""
    values: dict[str, Any] = {}
    for name, value in given(pairs or []).items():
        whole = value.replace("_", "").isdecimal()
        if (
            name not in Limits.__slots__
            or not (whole or (name == "seconds" and _is_number(value)))
            or not float(value)
        ):
            raise UsageError("E216", given=f"{name}={value}", known=", ".join(Limits.__slots__))
        values[name] = float(value) if name == "seconds" else int(value)
    return replace(Limits(), **values)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def columns(pairs: list[str] | None) -> Columns:
    """The columns that were given. Raises UsageError E209, E217."""
    named = given(pairs or [])
    unknown = [name for name in named if name not in Columns.__slots__]
    if unknown:
        raise UsageError("E217", given=unknown[0], known=", ".join(Columns.__slots__))
    return Columns(**named)


def given(pairs: Iterable[str]) -> dict[str, str]:
    """What ``name=value`` gives, by name. Raises UsageError E209 for another form or a name given twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals) or name in found:
            raise UsageError("E209", given=pair)
        found[name] = value
    return found
