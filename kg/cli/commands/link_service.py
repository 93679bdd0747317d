"""``kg link --service``: asking a reconciliation service."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import render
from kg.cli.options import given
from kg.cli.streams import changed, say
from kg.errors import ServiceError, UsageError

if TYPE_CHECKING:
    from kg.link.names import Kind
    from kg.link.reconcile.proposals import Reconciled

Service = Annotated[
    str,
    typer.Option(
        "--service",
        metavar="URL",
        help="A reconciliation service (API 0.2); wikidata is Wikidata's. Needs --online.",
    ),
]
Online = Annotated[bool, typer.Option("--online", help="Allow a service to be asked over the network.")]
ServiceType = Annotated[
    str,
    typer.Option(
        "--service-type", metavar="ID", help="What the service calls the type of what is asked for."
    ),
]
Batch = Annotated[int, typer.Option("--batch", min=1, max=500, help="The most queries sent at once.")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that an answer may take.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Forget what the service answered before.")]


def asked(
    store: Path,
    service: str,
    kind: Kind,
    path: Path,
    *,
    online: bool,
    service_type: str = "",
    properties: list[str] | None = None,
    batch: int = 10,
    timeout: float = 30.0,
    fresh: bool = False,
) -> Reconciled:
    """Ask a service for what the graph has of a kind, with a bar for a person who watches.

    Raises:
        UsageError: E620 without ``online``; as `kg.link.reconcile.proposals.link`.
    """
    from kg.link.reconcile.presets import SERVICES
    from kg.link.reconcile.proposals import link
    from kg.link.reconcile.transport import Pace

    url = SERVICES.get(service, service)
    if not online:
        raise UsageError("E620", url=url)
    with changed(store) as graph, render.progress("ask") as bar:
        return link(
            graph,
            url,
            kind,
            path,
            given=given(properties or []),
            service_type=service_type,
            batch=batch,
            pace=Pace(timeout=timeout),
            fresh=fresh,
            progress=bar and (lambda done, total: bar(done, total, Path(service))),
        )


def rows(found: Reconciled) -> list[tuple[str, int]]:
    """What came of it, a count a row."""
    return [(one.name, getattr(found, one.name)) for one in fields(found) if one.name != "failure"]


def complain(found: Reconciled) -> None:
    """Say what is missing, and what to do. Raises ServiceError E631 where anything is."""
    if found.failure is not None:
        say(str(found.failure))
        raise ServiceError("E631", missing=found.things - found.answered + found.partial, things=found.things)
