"""``kg serve-reconciliation``: the graph for others to reconcile their tables with."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import STORE, Store
from kg.cli.streams import opened, say


def serve_reconciliation(
    store: Store = STORE,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any that is free.")
    ] = 8756,
    host: Annotated[
        str, typer.Option("--host", help="Address to serve on; any but this machine's own lets others in.")
    ] = "127.0.0.1",
    url: Annotated[
        str,
        typer.Option(
            "--url", metavar="URL", help="Where others reach it, behind a proxy. [default: http://HOST:PORT]"
        ),
    ] = "",
) -> None:
    """Serve the graph's places, organisations, programmes and indicators to OpenRefine and other reconciliation clients.

    The store is read once, when the service starts; nothing is ever written.

    Example: `kg serve-reconciliation --port 8756`
    """
    from kg.link.reconcile.catalogue import Catalogue
    from kg.link.reconcile.server import Server

    with opened(store) as graph:
        catalogue = Catalogue(graph)
    with Server(catalogue, host, port, url, name=f"kg · {store.resolve().name}") as server:
        say(f"对齐服务 {server.service.url} （{len(catalogue.entities)} 个实体）；Ctrl-C 停止。")
        say(
            f"Reconciliation service at {server.service.url} ({len(catalogue.entities)} entities); Ctrl-C stops it."
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("已停止。 Stopped.")
