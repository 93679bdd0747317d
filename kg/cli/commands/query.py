"""``kg queries`` and ``kg query``: asking the graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import render
from kg.cli.complete import parameters, query_names
from kg.cli.options import STORE, Rows, Store, given
from kg.cli.results import SUFFIXES, Look, ResultFormat, result
from kg.cli.streams import opened, say, text_written


def queries(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Show this query's text and parameters.", autocompletion=query_names
        ),
    ] = None,
    form: Rows = None,
) -> None:
    """List the saved queries by folder, with their titles and parameters.

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
        str,
        typer.Argument(
            metavar="NAME|FILE.rq", help="A saved query, or a file with SPARQL.", autocompletion=query_names
        ),
    ],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter.", autocompletion=parameters),
    ] = None,
    store: Store = STORE,
    form: Annotated[
        ResultFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="Rows: table, csv, tsv, json and xml (SPARQL results of the W3C), markdown. Charts of rows: chart (in the terminal), "
            "svg, png, html. turtle or ntriples for CONSTRUCT and DESCRIBE. [default: by the ending of --output; table in a terminal, "
            "csv otherwise]",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.", dir_okay=False)
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", help="Rows or triples at most.", min=0)
    ] = None,
    timeout: Annotated[
        float,
        typer.Option("--timeout", help="Seconds after which the query is stopped; 0: never.", min=0),
    ] = 30,
    online: Annotated[
        bool, typer.Option("--online", help="Allow a query with SERVICE to ask another endpoint.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option("--columns", "-c", metavar="NAME,NAME", help="Only these columns, in this order."),
    ] = None,
    x: Annotated[
        str | None, typer.Option("--x", metavar="COLUMN", help="The column that labels a chart.")
    ] = None,
    y: Annotated[
        str | None, typer.Option("--y", metavar="COLUMN", help="The column that a chart measures.")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Do not print the answer but how it comes about: the parameters as terms, the query as it can be put to any "
            "endpoint, how much each of its patterns matches, and the time.",
        ),
    ] = False,
) -> None:
    """Ask the graph a saved query, or any SPARQL file.

    Example: `kg query indicator-by-place --param indicator=婴儿死亡率 --param year=2022` · `kg query indicator-by-place --param indicator=床位 --format chart` · `kg query facts --limit 10 --output facts.json`
    """
    from kg.errors import UsageError
    from kg.graph import query as saved
    from kg.graph.portable import federated
    from kg.graph.within import run_within

    asked = saved.load(name)
    if federated(asked.text) and not online:
        raise UsageError("E650", name=asked.name)
    values = given(param or [])
    if form is None and output is not None:
        form = SUFFIXES.get(output.suffix.lower())
    with opened(store) as graph, text_written(output) as out:
        if explain:
            from kg.cli.explanation import write_explanation
            from kg.graph.plan import explained

            write_explanation(explained(graph, asked, values, timeout), out, form)
            return
        if timeout:
            answer = run_within(graph, asked, values, timeout, limit)
        else:
            answer = saved.run(graph, asked, values, limit)
        look = Look(tuple(columns.split(",")) if columns else (), asked.table, asked.title, asked.chart, x, y)
        count = result(answer, out, form, look)
    if output is not None or form is ResultFormat.TABLE or (form is None and sys.stdout.isatty()):
        say(f"{asked.title}: {count}")
