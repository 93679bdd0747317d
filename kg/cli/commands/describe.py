"""``kg describe``: all that is known of one thing."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.complete import entities
from kg.cli.options import STORE, Store
from kg.cli.streams import opened, text_written


class DescriptionFormat(StrEnum):
    """How a description is written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"
    TURTLE = "turtle"


def describe(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|IRI",
            help="A place (or its code), organisation, programme, indicator, report (or its file), or figure (obs-…), or an IRI.",
            autocompletion=entities,
        ),
    ],
    store: Store = STORE,
    form: Annotated[
        DescriptionFormat | None,
        typer.Option(
            "--format", "-f", help="How it is written. [default: table in a terminal, markdown otherwise]"
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.", dir_okay=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Rows of a section at most.", min=1)] = 20,
) -> None:
    """Print all that the graph knows of one thing, with the sentences it comes from.

    Example: `kg describe 邢台市` · `kg describe 婴儿死亡率 --limit 5` · `kg describe stat01.txt --format turtle`
    """
    from kg.cli.description import write_description
    from kg.graph.describe import describe as described

    with opened(store) as graph, text_written(output) as out:
        if form is None:
            form = (
                DescriptionFormat.TABLE
                if output is None and sys.stdout.isatty()
                else DescriptionFormat.MARKDOWN
            )
        write_description(described(graph, name, limit), out, form)
