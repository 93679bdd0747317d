"""A SPARQL endpoint on this machine, for the tests of federated queries: http.server around a store in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox


@dataclass
class Endpoint:
    """An endpoint that answers: its ``url``, and what was ``asked`` of it.

    ``fault`` makes it misbehave: a status (500), ``html`` or ``hangs``.
    """

    store: ox.Store
    url: str = ""
    asked: list[str] = field(default_factory=list)
    fault: int | str = 0
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(turtle: str) -> Iterator[Endpoint]:
    """An endpoint over the triples of a Turtle text."""
    endpoint = Endpoint(ox.Store())
    endpoint.store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            endpoint.asked.append(text)
            if endpoint.fault == "hangs":
                endpoint.ended.wait(20)
                return
            solutions = endpoint.store.query(text)
            assert isinstance(solutions, ox.QuerySolutions)
            body = solutions.serialize(format=ox.QueryResultsFormat.JSON)
            self.send_response(endpoint.fault if isinstance(endpoint.fault, int) and endpoint.fault else 200)
            kind = "text/html" if endpoint.fault == "html" else "application/sparql-results+json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_port}/sparql"
    try:
        yield endpoint
    finally:
        endpoint.ended.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
