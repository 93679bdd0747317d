"""``kg build`` and ``kg tag``: reading reports, into the graph or onto the screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import render
from kg.cli.options import (
    MAX_BYTES,
    STORE,
    Base,
    ColumnGiven,
    Engine,
    LargestFile,
    LimitGiven,
    ReadingFormat,
    Reprinted,
    Rows,
    Shacl,
    Store,
    columns,
    limits,
)
from kg.cli.render import Format
from kg.cli.streams import say, say_all, text_written
from kg.config import BASE, Options
from kg.errors import KgError


def build(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...", help="Reports, archives or corpora of them, folders, patterns; - for stdin."
        ),
    ],
    store: Store = STORE,
    base: Base = BASE,
    engine: Shacl = Engine.SHIFTY,
    max_bytes: LargestFile = MAX_BYTES,
    limit: LimitGiven = None,
    column: ColumnGiven = None,
    near_duplicates: Annotated[
        Reprinted,
        typer.Option(
            "--near-duplicates",
            help="Reprints of a report with few changes: keep both, link them, skip the later one.",
        ),
    ] = Reprinted.KEEP,
    form: Rows = None,
) -> None:
    """Read reports into the graph; a report that violates the shapes goes to quarantine.

    Example: `kg build reports/ --store kg-store` · `kg build scraped.jsonl --column text=body --near-duplicates skip`
    """
    from kg import pipeline
    from kg.cli import views

    options = Options(
        store=store,
        base=base,
        engine=engine,
        max_bytes=max_bytes,
        limits=limits(limit),
        columns=columns(column),
        near_duplicates=near_duplicates.value,
    )
    try:
        with render.progress("read") as progress:
            summary = pipeline.build(sources, options, progress)
    except KeyboardInterrupt:
        say(str(KgError("E215", store=store)))
        raise typer.Exit(130) from None
    counts = (
        "read",
        "loaded",
        "unchanged",
        "quarantined",
        "unreadable",
        "failed",
        "reprints",
        "skipped",
        "facts",
        "undated",
        "mentions",
        "refused",
        "unread",
        "values",
        "disputed",
    )
    rows = [(name, getattr(summary, name)) for name in counts]
    render.write(("what", "count"), [*rows, ("problems", len(summary.problems))], sys.stdout, form)
    say_all(views.lines(problem for problem in summary.problems if problem.severity == "error"))
    if warnings := sum(problem.severity == "warning" for problem in summary.problems):
        say(f"{warnings} 条警告，用 kg validate 逐一列出。")
        say(f"{warnings} warning(s): kg validate lists them.")
    raise typer.Exit(0 if summary.whole else 1)


def tag(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report.", dir_okay=False)],
    form: Annotated[
        ReadingFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How rows are written, or html: the text with all that was read in it, as one page that needs nothing else. "
            "[default: table in a terminal, csv otherwise]",
        ),
    ] = None,
    refused: Annotated[
        bool,
        typer.Option("--refused", help="List also the numbers that state no fact, with the reason as label."),
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.", dir_okay=False)
    ] = None,
    max_bytes: LargestFile = MAX_BYTES,
    limit: LimitGiven = None,
) -> None:
    """Print the mentions, facts and relations of one report, without a store, and tell how many numbers state no fact.

    Example: `kg tag reports/kunming-2022.txt --format json` · `kg tag report.txt --refused` · `kg tag report.txt --format html --output report.html`
    """
    from kg import pipeline, view
    from kg.cli import views

    options = Options(max_bytes=max_bytes, limits=limits(limit))
    if form is ReadingFormat.HTML:
        reading = pipeline.read_and_check(file, options)
        with text_written(output) as out:
            out.write(view.page(reading))
        say_all(views.lines(reading.problems))
        return
    reading = pipeline.read_report(file, options)
    chosen = Format(form) if form else None
    rows = views.reading(reading, refused=refused)
    with text_written(output) as out:
        render.write(views.READING, rows, out, chosen, views.READING_TABLE)
    say_all(views.refused(reading.refused))
    say_all(views.lines(reading.problems))
