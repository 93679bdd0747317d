"""The command line: parses, calls, prints.

Results go to stdout, progress and messages to stderr. Exit status: 0 done; 1 done, but something was quarantined,
unreadable or did not hold; 2 the call was wrong; 130 a build was interrupted.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, NoReturn

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
    Split,
    Store,
    columns,
    given,
    limits,
)
from kg.cli.render import Format
from kg.config import BASE, VERSION, Options
from kg.errors import KgError, ReadError, UsageError

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

app = typer.Typer(
    name="kg",
    help="Knowledge graphs from Chinese health-administration reports: figures with their evidence, as RDF.",
    no_args_is_help=True,
    add_completion=False,
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
        app(arguments)
    except KgError as error:
        _say(str(error))
        # A file that cannot be read is a finding about the file; everything else is a wrong call.
        found = isinstance(error, ReadError) and error.code not in {"E104", "E108"}
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


@app.command()
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
        _say(str(KgError("E215", store=store)))
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
        "mentions",
        "refused",
        "unread",
    )
    rows = [(name, getattr(summary, name)) for name in counts]
    render.write(("what", "count"), [*rows, ("problems", len(summary.problems))], sys.stdout, form)
    _list(views.lines(problem for problem in summary.problems if problem.severity == "error"))
    if warnings := sum(problem.severity == "warning" for problem in summary.problems):
        _say(f"{warnings} 条警告，用 kg validate 逐一列出。")
        _say(f"{warnings} warning(s): kg validate lists them.")
    raise typer.Exit(0 if summary.whole else 1)


@app.command()
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
    """Print the mentions and facts of one report, without a store, and tell how many numbers state no fact.

    Example: `kg tag reports/kunming-2022.txt --format json` · `kg tag report.txt --refused` · `kg tag report.txt --format html --output report.html`
    """
    from kg import pipeline, view
    from kg.cli import views

    options = Options(max_bytes=max_bytes, limits=limits(limit))
    if form is ReadingFormat.HTML:
        reading = pipeline.read_and_check(file, options)
        with _written(output) as out:
            out.write(view.page(reading).encode())
        _list(views.lines(reading.problems))
        return
    reading = pipeline.read_report(file, options)
    chosen = Format(form) if form else None
    rows = views.reading(reading, refused=refused)
    if output is None:
        render.write(views.READING, rows, sys.stdout, chosen, views.READING_TABLE)
    else:
        with _written(output) as out, io.TextIOWrapper(out, encoding="utf-8", newline="") as text:
            render.write(views.READING, rows, text, chosen, views.READING_TABLE)
    _list(views.refused(reading.refused))
    _list(views.lines(reading.problems))


@app.command()
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
    form: Rows = None,
) -> None:
    """Check the graph, or files, against the shapes, and list what is in quarantine and why.

    Example: `kg validate` · `kg validate reports/new.txt --engine pyshacl`
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
    )
    with render.progress("check") as progress:
        if files:
            problems = pipeline.check(files, options, progress)
        else:
            with _open(options.store) as graph:
                problems = pipeline.recheck(graph, engine, progress)
    render.write(views.PROBLEM, map(views.problem, problems), sys.stdout, form, views.PROBLEM_TABLE)
    errors = sum(problem.severity == "error" for problem in problems)
    _say(f"{errors} 个错误，{len(problems) - errors} 条警告。")
    _say(f"{errors} error(s), {len(problems) - errors} warning(s).")
    raise typer.Exit(1 if errors else 0)


@app.command()
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


@app.command()
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
    with _open(store) as graph:
        count = render.result(saved.run(graph, asked, given(param or [])), sys.stdout, form, asked.table)
    if form == Format.TABLE or (form is None and sys.stdout.isatty()):
        _say(f"{asked.title_zh} · {asked.title_en}: {count}")


@app.command()
def export(
    store: Store = STORE,
    form: Annotated[
        str, typer.Option("--format", "-f", help="turtle, ntriples, nquads, trig, jsonld or rdfxml.")
    ] = "turtle",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.", dir_okay=False)
    ] = None,
) -> None:
    """Write the graph for other programs, in an order that does not change.

    Example: `kg export --format turtle --output health.ttl`
    """
    from kg.graph.export import export as write

    with _open(store) as graph, _written(output) as file:
        count = write(graph, form, file)
    if output is not None:
        _say(f"{output}：{count} 条陈述")
        _say(f"{output}: {count} statements")


@app.command("eval")
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


def _open(store: Path) -> GraphStore:
    from kg.graph.store import GraphStore

    return GraphStore.open(store, read_only=True)


@contextmanager
def _written(path: Path | None) -> Iterator[IO[bytes]]:
    """The file to write, or stdout where none is named. A file that is there stays as it was until all is written.

    Raises:
        UsageError: E214 when it cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    device = path.exists() and not path.is_file()
    target = path if device else path.resolve()
    part = path if device else target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        if not device:
            part.replace(target)
    except OSError as error:
        raise UsageError("E214", path=path, reason=error.strerror or type(error).__name__) from error
    finally:
        if not device:
            part.unlink(missing_ok=True)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _list(lines: Iterable[str]) -> None:
    for line in lines:
        _say(line)
