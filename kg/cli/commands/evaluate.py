"""``kg eval``: what is read, scored against annotations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import render
from kg.cli.options import Rows, Split
from kg.cli.render import Format
from kg.config import Options


def evaluate(
    text_dir: Annotated[
        Path, typer.Argument(metavar="TEXT_DIR", help="Folder of documents.", exists=True, file_okay=False)
    ],
    gold_dir: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="Folder of their annotations.", exists=True, file_okay=False),
    ],
    by: Annotated[str, typer.Option("--by", help="Break down by rule, kind, label or document.")] = "",
    split: Annotated[Split | None, typer.Option("--split", help="Only this split of the corpus.")] = None,
    errors: Annotated[
        bool,
        typer.Option(
            "--errors",
            help="List every disagreement of the train split; with --by, count them by what is wrong.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    form: Rows = None,
) -> None:
    """Score what is read in documents against annotations of them.

    Example: `kg eval seeds/corpus/texts seeds/corpus/gold --by rule` · `kg eval texts gold --by rule --errors`
    """
    from kg import pipeline
    from kg.cli import views

    with render.progress("read") as progress:
        scores = pipeline.score(text_dir, gold_dir, Options(), split.value if split else None, progress)
    form = Format.JSON if as_json else form
    if errors and not by:
        render.write(views.MISS, map(views.miss, scores.misses), sys.stdout, form, views.MISS_TABLE)
        return
    columns, rows = views.errors(scores, by) if errors else views.scores(scores, by)
    render.write(columns, rows, sys.stdout, form)
