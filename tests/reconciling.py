"""What the tests of reconciliation share: the protocol's shapes as JSON schemas of our own, and a service that misbehaves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from jsonschema import Draft202012Validator

TEXT = {"type": "string", "minLength": 1}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
PLACE_OF_SERVICE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {"service_url": TEXT, "service_path": TEXT},
}
SCHEMAS = {
    "manifest": {
        "type": "object",
        "required": ["versions", "name", "identifierSpace", "schemaSpace", "defaultTypes"],
        "properties": {
            "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
            "name": TEXT,
            "identifierSpace": {"type": "string", "pattern": "^https?://"},
            "schemaSpace": {"type": "string", "pattern": "^https?://"},
            "defaultTypes": {"type": "array", "items": NAMED, "uniqueItems": True},
            "batchSize": {"type": "integer", "minimum": 1},
            "view": {"type": "object", "required": ["url"], "properties": {"url": TEMPLATE}},
            "preview": {
                "type": "object",
                "required": ["url", "width", "height"],
                "properties": {
                    "url": TEMPLATE,
                    "width": {"type": "integer"},
                    "height": {"type": "integer"},
                },
            },
            "suggest": {
                "type": "object",
                "propertyNames": {"enum": ["entity", "type", "property"]},
                "additionalProperties": PLACE_OF_SERVICE,
            },
            "extend": {
                "type": "object",
                "properties": {
                    "propose_properties": PLACE_OF_SERVICE,
                    "property_settings": {"type": "array"},
                },
            },
        },
    },
    "queries": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": False,
            "anyOf": [{"required": ["query"]}, {"required": ["properties"]}],
            "properties": {
                "query": TEXT,
                "type": {"type": ["string", "array"], "items": {"type": "string"}},
                "limit": {"type": "integer", "minimum": 1},
                "type_strict": {"enum": ["any", "should", "all"]},
                "properties": {
                    "type": "array",
                    "items": {"type": "object", "required": ["pid", "v"], "properties": {"pid": TEXT}},
                },
            },
        },
    },
    "results": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": ["result"],
            "properties": {
                "result": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "name", "score", "match", "type"],
                        "properties": {
                            "id": TEXT,
                            "name": TEXT,
                            "description": {"type": "string"},
                            "score": {"type": "number"},
                            "match": {"type": "boolean"},
                            "type": {"type": "array", "items": NAMED},
                            "features": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["id", "value"],
                                    "properties": {"id": TEXT, "value": {"type": ["number", "boolean"]}},
                                },
                            },
                        },
                    },
                }
            },
        },
    },
    "suggested": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    **NAMED,
                    "properties": {
                        **NAMED["properties"],
                        "description": {"type": "string"},
                        "notable": {"type": "array", "items": {"anyOf": [TEXT, NAMED]}},
                    },
                },
            }
        },
    },
    "extended": {
        "type": "object",
        "required": ["meta", "rows"],
        "properties": {
            "meta": {"type": "array", "items": NAMED},
            "rows": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "array",
                        "items": {
                            "oneOf": [
                                {"type": "object", "maxProperties": 0},
                                {**NAMED, "additionalProperties": False},
                                *(
                                    {
                                        "type": "object",
                                        "required": [name],
                                        "properties": {name: {"type": kind}},
                                        "additionalProperties": False,
                                    }
                                    for name, kind in (
                                        ("str", "string"),
                                        ("int", "integer"),
                                        ("float", "number"),
                                        ("date", "string"),
                                    )
                                ),
                            ]
                        },
                    },
                },
            },
        },
    },
    "proposed": {
        "type": "object",
        "required": ["type", "properties"],
        "properties": {"type": {"type": "string"}, "properties": {"type": "array", "items": NAMED}},
    },
}


def faults(what: str, value: object) -> list[str]:
    """What of a value is not of the protocol's shape."""
    return [error.message for error in Draft202012Validator(SCHEMAS[what]).iter_errors(value)]


SPACE = "https://example.org/entity/"
MANIFEST = {
    "versions": ["0.2"],
    "name": "made",
    "identifierSpace": SPACE,
    "schemaSpace": "https://example.org/schema",
    "defaultTypes": [],
}
Answer = Callable[["Handler"], None]


@dataclass
class Made:
    """A made service: what it knows (name → candidates), what it does instead of the next answers, and what it was asked."""

    known: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    rows: dict[str, dict[str, list[dict[str, object]]]] = field(default_factory=dict)
    manifest: object = field(default_factory=lambda: dict(MANIFEST))
    instead: list[Answer | None] = field(default_factory=list)
    always: Callable[[dict[str, dict[str, object]]], Answer | None] = lambda _: None
    asked: list[dict[str, dict[str, object]]] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    extended: int = 0
    url: str = ""

    def results(self, batch: dict[str, dict[str, object]]) -> object:
        """A right answer to a batch."""
        return {key: {"result": self.known.get(str(query["query"]), [])} for key, query in batch.items()}


class Handler(BaseHTTPRequestHandler):
    """The made service over HTTP."""

    made: Made
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        if callable(self.made.manifest):
            self.made.manifest(self)
        else:
            self.json(self.made.manifest)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if "extend" in form:
            self.made.extended += 1
            asked = json.loads(form["extend"][0])
            other = self.made.always({})
            if other is not None:
                other(self)
                return
            self.json({"meta": [], "rows": {one: self.made.rows.get(one, {}) for one in asked["ids"]}})
            return
        batch = json.loads(form["queries"][0])
        self.made.asked.append(batch)
        self.made.faulty += faults("queries", batch)
        other = self.made.instead.pop(0) if self.made.instead else self.made.always(batch)
        if other is not None:
            other(self)
            return
        self.json(self.made.results(batch))

    def json(self, value: object) -> None:
        self.send(200, json.dumps(value).encode())

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def made_service(made: Made) -> Iterator[str]:
    """Run a made service; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("One", (Handler,), {"made": made}))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that went away
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield made.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, **headers: str) -> Answer:
    return lambda handler: handler.send(code, b"<html>no</html>", **headers)


def text(body: bytes) -> Answer:
    return lambda handler: handler.send(200, body)


def value(answer: object) -> Answer:
    return lambda handler: handler.json(answer)


def silent(handler: Handler) -> None:
    """Take the request and never answer."""
    time.sleep(1.5)


def dripping(handler: Handler) -> None:
    """A byte now and then: each read succeeds, the answer never ends."""
    handler.send(200, b"{")
    for _ in range(30):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def gone(handler: Handler) -> None:
    """Close the connection in the middle of an answer."""
    handler.send(200, b'{"q0": {"res', Content_Length="5000")
    handler.connection.close()
