"""``kg queries`` and ``kg query``: asking the graph."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli import render
from kg.cli.options import STORE, Rows, Store, given
from kg.cli.render import Format
from kg.cli.streams import opened, say


def queries(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Show this query's text and parameters.")
    ] = None,
    form: Rows = None,
) -> None:
    """List the saved queries with their titles and parameters.

    Example: `kg queries` · `kg queries rates-over-time`
    """
    from kg.cli import views
    from kg.graph import query as saved

    if name:
        typer.echo(saved.load(name).text, nl=False)
        return
    render.write(views.QUERY, map(views.query, saved.saved()), sys.stdout, form)


def query(
    name: Annotated[
        str, typer.Argument(metavar="NAME|FILE.rq", help="A saved query, or a file with SPARQL.")
    ],
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter.")
    ] = None,
    store: Store = STORE,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", help="table, csv, tsv, json; turtle or ntriples for CONSTRUCT."),
    ] = None,
) -> None:
    """Ask the graph a saved query, or any SPARQL file.

    Example: `kg query indicator-by-place --param indicator=婴儿死亡率 --param year=2022`
    """
    from kg.graph import query as saved

    asked = saved.load(name)
    with opened(store) as graph:
        count = render.result(saved.run(graph, asked, given(param or [])), sys.stdout, form, asked.table)
    if form == Format.TABLE or (form is None and sys.stdout.isatty()):
        say(f"{asked.title_zh} · {asked.title_en}: {count}")
