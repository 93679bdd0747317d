"""Asking a service over HTTP: with patience, within limits, and saying what went wrong.

A request has a time limit as a whole, not only for each read, so that a service which drips cannot hold a run for ever.
What may pass (no connection, 429, 5xx, an answer that is no JSON) is asked again, after as long as the service asks for
or twice as long each time; what will not (a redirect, credentials, another refusal) is told at once.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from kg.config import VERSION
from kg.errors import ServiceError, UsageError

LARGEST: Final = 32 * 2**20
"""The most bytes of an answer that are read."""
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a client is: ``timeout`` of a request, ``first`` and ``longest`` wait, all in seconds; ``attempts`` of a request."""

    timeout: float = 30.0
    attempts: int = 4
    first: float = 1.0
    longest: float = 120.0


class Transport:
    """A service's address, to be asked for JSON.

    Raises:
        UsageError: E621 when the address is none of HTTP.
    """

    def __init__(
        self, url: str, pace: Pace | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        try:
            parts = urlsplit(url)
            wrong = parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0
        except ValueError:
            wrong = True
        if wrong:
            raise UsageError("E621", url=url)
        self.url = url
        self.pace = pace or Pace()
        self._sleep = sleep
        local = ProxyHandler({}) if parts.hostname in _LOCAL else ProxyHandler()
        self._opener = build_opener(local, _Stay())

    def ask(self, form: Mapping[str, object] | None = None) -> object:
        """The JSON that the service answers: to a GET, or to a POST of ``form``, whose values are sent as JSON.

        Raises:
            ServiceError: E622 no answer, E623 an error of the service, E624 no JSON, E626 it wants to be left alone for
                longer than ``longest``, E627 it wants credentials, E628 it has moved.
        """
        data = None
        if form is not None:
            data = urlencode({name: _json(value) for name, value in form.items()}).encode("ascii")
        wait = self.pace.first
        for attempt in range(1, self.pace.attempts + 1):
            try:
                return self._once(data)
            except _PassingError as passing:
                if attempt == self.pace.attempts:
                    raise passing.error from None
                asked = wait if passing.after is None else passing.after
                if asked > self.pace.longest:
                    raise ServiceError("E626", url=self.url, seconds=round(asked)) from None
                self._sleep(asked)
                wait = min(wait * 2, self.pace.longest)
        raise AssertionError("a pace has attempts")

    def _once(self, data: bytes | None) -> object:
        headers = {"Accept": "application/json", "User-Agent": f"kg/{VERSION} (reconciliation client)"}
        request = Request(self.url, data, headers)  # noqa: S310  # the scheme was looked at
        try:
            status, head, body = self._fetched(request)
        except (OSError, HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            raise _PassingError(
                ServiceError("E622", url=self.url, reason=str(reason) or type(reason).__name__)
            ) from None
        if status in {401, 403, 407}:
            raise ServiceError("E627", url=self.url)
        if 300 <= status < 400:
            raise ServiceError("E628", url=self.url, location=head.get("Location", "?"))
        if status != 200:
            refusal = ServiceError("E623", url=self.url, status=status)
            if status in {408, 425, 429} or status >= 500:
                raise _PassingError(refusal, _seconds(head.get("Retry-After", "")))
            raise refusal
        if len(body) > LARGEST:
            raise ServiceError("E624", url=self.url, reason=f"> {LARGEST} bytes")
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _PassingError(ServiceError("E624", url=self.url, reason=error)) from None

    def _fetched(self, request: Request) -> tuple[int, Message, bytes]:
        """Status, head and body, within the time limit. A thread that comes too late is left to its own end."""
        answers: queue.SimpleQueue[tuple[int, Message, bytes] | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                with self._opener.open(request, timeout=self.pace.timeout) as answer:
                    body = answer.read(LARGEST + 1)
                    if answer.length and len(body) <= LARGEST:  # a read of so many bytes does not complain
                        raise IncompleteRead(body, answer.length)
                    answers.put((answer.status, answer.headers, body))
            except HTTPError as error:
                error.close()
                answers.put((error.code, error.headers, b""))
            except (OSError, HTTPException, ValueError) as error:
                answers.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            answer = answers.get(timeout=self.pace.timeout)
        except queue.Empty:
            raise TimeoutError(f"> {self.pace.timeout:g} s") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


class _PassingError(Exception):
    """What may be better next time, ``after`` as many seconds as the service asks for."""

    def __init__(self, error: ServiceError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.after = after


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: a POST would lose its form."""

    def redirect_request(self, *_: object) -> None:
        """No further request."""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _seconds(after: str) -> float | None:
    """The seconds that a Retry-After header says, as a number or as a date; None where it says neither."""
    if after.strip().isdecimal():
        return float(after)
    try:
        then = parsedate_to_datetime(after)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())
