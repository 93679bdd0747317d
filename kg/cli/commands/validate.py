"""``kg validate``: what does not hold in the graph or in a report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

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
    Profile,
    Rows,
    Shacl,
    Store,
    columns,
    limits,
)
from kg.cli.render import Format
from kg.cli.streams import opened, say
from kg.config import BASE, Options
from kg.errors import UsageError


def validate(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE...]", help="Reports to check without storing them.")
    ] = None,
    store: Store = STORE,
    base: Base = BASE,
    engine: Shacl = Engine.SHIFTY,
    max_bytes: LargestFile = MAX_BYTES,
    limit: LimitGiven = None,
    column: ColumnGiven = None,
    profile: Annotated[
        Profile | None,
        typer.Option(
            "--profile",
            help="Check the whole graph against this instead of the shapes: qb, the integrity constraints of RDF Data Cube.",
        ),
    ] = None,
    form: Rows = None,
) -> None:
    """Check the graph, or files, against the shapes, and list what is in quarantine and why; in the graph also across reports.

    Example: `kg validate` · `kg validate reports/new.txt --engine pyshacl` · `kg validate --profile qb`
    """
    if profile is not None:
        if files:
            raise UsageError("E219", profile=profile.value)
        _against(profile, store, form)
    from kg import pipeline
    from kg.cli import views

    options = Options(
        store=store,
        base=base,
        engine=engine,
        max_bytes=max_bytes,
        limits=limits(limit),
        columns=columns(column),
    )
    with render.progress("check") as progress:
        if files:
            problems = pipeline.check(files, options, progress)
        else:
            with opened(options.store) as graph:
                problems = pipeline.recheck(graph, engine, progress)
    render.write(views.PROBLEM, map(views.problem, problems), sys.stdout, form, views.PROBLEM_TABLE)
    errors = sum(problem.severity == "error" for problem in problems)
    say(f"{errors} 个错误，{len(problems) - errors} 条警告。")
    say(f"{errors} error(s), {len(problems) - errors} warning(s).")
    raise typer.Exit(1 if errors else 0)


def _against(profile: Profile, store: Path, form: Format | None) -> NoReturn:
    """Check the whole graph against a profile, and say what does not hold."""
    from kg.cli import views
    from kg.graph.profiles import PROFILES

    with opened(store) as graph:
        checks = list(PROFILES[profile.value](graph))
    rows = [row for check in checks for row in views.check(check)]
    render.write(views.CHECK, rows, sys.stdout, form, views.CHECK_TABLE)
    broken = sum(not check.holds for check in checks)
    say(f"{len(checks)} 条约束，{broken} 条不成立。")
    say(f"{len(checks)} constraint(s), {broken} do(es) not hold.")
    raise typer.Exit(1 if broken else 0)
