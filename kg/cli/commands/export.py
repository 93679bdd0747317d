"""``kg export``: the graph as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import STORE, Store
from kg.cli.streams import opened, say, written


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

    with opened(store) as graph, written(output) as file:
        count = write(graph, form, file)
    if output is not None:
        say(f"{output}：{count} 条陈述")
        say(f"{output}: {count} statements")
