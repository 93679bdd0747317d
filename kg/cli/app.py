"""The command line: parses, calls, prints.

Results go to stdout, progress and messages to stderr. Exit status: 0 done; 1 done, but something was quarantined,
unreadable or did not hold; 2 the call was wrong; 130 a build was interrupted.
"""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from kg.cli.commands.build import build, tag
from kg.cli.commands.describe import describe
from kg.cli.commands.evaluate import evaluate
from kg.cli.commands.export import export
from kg.cli.commands.link import app as link
from kg.cli.commands.merge import merge
from kg.cli.commands.query import queries, query
from kg.cli.commands.serve import serve_reconciliation
from kg.cli.commands.validate import validate
from kg.cli.complete import in_bash
from kg.cli.streams import say
from kg.config import VERSION
from kg.errors import KgError, ReadError, ServiceError

app = typer.Typer(
    name="kg",
    help="Knowledge graphs from Chinese health-administration reports: figures with their evidence, as RDF.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        if arguments is not None or not in_bash(app):
            app(arguments)
    except KgError as error:
        say(str(error))
        # A file that cannot be read, or a service that does not answer, is a finding about it; everything else is a wrong call.
        found = isinstance(error, ServiceError) or (
            isinstance(error, ReadError) and error.code not in {"E104", "E108"}
        )
        sys.exit(1 if found else 2)
    sys.exit(0)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {VERSION}")
        raise typer.Exit


@app.callback()
def _kg(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Knowledge graphs from Chinese health-administration reports: figures with their evidence, as RDF."""


for command in (build, tag, validate, queries, query, describe, export):
    app.command()(command)
link.command("merge")(merge)
app.add_typer(link, name="link")
app.command("serve-reconciliation")(serve_reconciliation)
app.command("eval")(evaluate)
