"""The service over HTTP: read-only, on this machine unless another address is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from kg.config import VERSION
from kg.errors import UsageError
from kg.link.reconcile.catalogue import Catalogue
from kg.link.reconcile.service import RequestError, Service

LARGEST: Final = 8 * 2**20
"""The most bytes of a request's body."""
_FUNCTION: Final = re.compile(r"[A-Za-z_$][\w$.]{0,127}", re.ASCII)
_JSON: Final = "application/json; charset=utf-8"


class Server(ThreadingHTTPServer):
    """A service at an address; ``serve_forever`` runs it, ``server_close`` lets go of the address."""

    daemon_threads = True

    def __init__(
        self, catalogue: Catalogue, host: str = "127.0.0.1", port: int = 0, url: str = "", name: str = "kg"
    ) -> None:
        """Take the address; port 0 is any that is free. ``url`` is where others reach it, where that differs.

        Raises:
            UsageError: E635 when the address cannot be had.
        """
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            raise UsageError("E635", host=host, port=port, reason=error) from error
        shown = f"[{host}]" if ":" in host else host
        self.service = Service(
            catalogue, (url or f"http://{shown}:{self.server_address[1]}").rstrip("/"), name
        )

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  # as the base class has it
        """A client that went away is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = f"kg/{VERSION}"
    timeout = 30

    def do_GET(self) -> None:  # named by the base class
        self._answer(self._parameters(urlsplit(self.path).query))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_OPTIONS(self) -> None:
        self._send(204, b"", "text/plain", {"Access-Control-Allow-Methods": "GET, POST, OPTIONS"})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        kind = self.headers.get_content_type()
        if not (length.isascii() and length.isdecimal()):
            self._refuse("no Content-Length", 411)
        elif int(length) > LARGEST:
            self._refuse(f"more than {LARGEST} bytes", 413)
        elif kind != "application/x-www-form-urlencoded":
            self._refuse("a form is application/x-www-form-urlencoded", 415)
        else:
            form = self.rfile.read(int(length)).decode("utf-8", "replace")
            self._answer(self._parameters(urlsplit(self.path).query) | self._parameters(form))

    def log_message(self, *_: object) -> None:
        """Nothing: a request is no news."""

    def _parameters(self, text: str) -> dict[str, str]:
        try:
            return {
                name: values[-1]
                for name, values in parse_qs(text, keep_blank_values=True, max_num_fields=100).items()
            }
        except ValueError:
            return {}

    def _answer(self, form: Mapping[str, str]) -> None:
        service, path = self.server.service, urlsplit(self.path).path.rstrip("/")
        try:
            if path == "/entity":
                page = service.page(form.get("id", ""))
                if page is None:
                    raise RequestError("no such entity", 404)
                self._send(200, page.encode(), "text/html; charset=utf-8")
                return
            self._send_json(self._json(service, path, form), form.get("callback", ""))
        except RequestError as error:
            self._refuse(str(error), error.status)

    @staticmethod
    def _json(service: Service, path: str, form: Mapping[str, str]) -> object:
        if path.startswith("/suggest/") and path.removeprefix("/suggest/") in {"entity", "type", "property"}:
            return service.suggest(
                path.removeprefix("/suggest/"), form.get("prefix", ""), form.get("cursor", "")
            )
        if path == "/properties":
            return service.properties(form.get("type", ""), form.get("limit", ""))
        if path:
            raise RequestError("no such page", 404)
        if "queries" in form:
            return service.queries(_parsed(form["queries"], "queries"))
        if "extend" in form:
            return service.extend(_parsed(form["extend"], "extend"))
        return service.manifest()

    def _send_json(self, value: object, callback: str) -> None:
        text = json.dumps(value, ensure_ascii=False)
        if not callback:
            self._send(200, text.encode(), _JSON)
        elif _FUNCTION.fullmatch(callback):
            safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
            self._send(200, f"/**/{callback}({safe});".encode(), "application/javascript; charset=utf-8")
        else:
            raise RequestError("callback is no name of a function")

    def _refuse(self, reason: str, status: int) -> None:
        self.close_connection = True
        self._send(status, json.dumps({"error": reason}).encode(), _JSON)

    def _send(self, status: int, body: bytes, kind: str, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "*",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            **(more or {}),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _parsed(text: str, what: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"{what} is no JSON: {error}") from None
