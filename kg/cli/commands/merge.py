"""``kg link merge``: which organisations of the graph are one body."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import render
from kg.cli.options import STORE, Rows, Store
from kg.cli.streams import changed


def merge(
    store: Store = STORE,
    mappings: Annotated[
        Path | None,
        typer.Option(
            "--mappings", help="The mapping file. [default: links.sssom.tsv in the store]", dir_okay=False
        ),
    ] = None,
    form: Rows = None,
) -> None:
    """Find organisations of the graph that are one body, or one in the place of another; what is not sure waits for `kg link review`.

    To undo a merge set its row's status to rejected, or delete it, and run `kg link`.

    Example: `kg link merge --store kg-store`
    """
    from dataclasses import asdict

    from kg.link.linking import mapping_path
    from kg.link.merging import merge as merging

    with changed(store) as graph:
        merged = merging(graph, mapping_path(store, mappings))
    render.write(("what", "count"), list(asdict(merged).items()), sys.stdout, form)
