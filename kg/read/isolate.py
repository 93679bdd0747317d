"""Reading from outside the process that reads: one that hangs or crashes is stopped, its file named, the next one started."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any

from kg.errors import Message, ReadError
from kg.read.documents import At, Outcome, Unread, documents
from kg.read.formats import is_apart
from kg.read.raw import Raw
from kg.read.worker import receive, send

_AHEAD = 8  # answers that are read before they are asked for


class Readers:
    """Reads sources, plain ones itself and others in a process that it starts, and ends, when needed.

    Use it in a ``with`` statement.
    """

    def __init__(self) -> None:
        self._process: _Process | None = None

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def documents(self, raw: Raw) -> Iterator[Outcome]:
        """What a source holds: its documents, and what gave none and why."""
        try:
            apart = is_apart(raw)
        except ReadError as error:
            yield Unread(raw.name, raw.where, error)
            return
        said = self._apart(raw) if apart else documents(raw)
        yield from (one for one in said if not isinstance(one, At))

    def _apart(self, raw: Raw) -> Iterator[Outcome | At]:
        passed: set[str] = set()
        while True:
            at = At(raw.name, raw.where)
            try:
                for said in self._running().ask(raw, passed):
                    if isinstance(said, At):
                        at = said
                    else:
                        passed.add(said.path if not isinstance(said, Unread) else said.where)
                    yield said
                return
            except (TimeoutError, EOFError) as error:
                reason = self._stopped()
                if isinstance(error, TimeoutError):
                    told = ReadError("E120", path=at.where, limit=f"{raw.options.limits.seconds:g}")
                else:
                    told = ReadError("E121", path=at.where, reason=reason)
                yield Unread(at.name, at.where, told)
                if at.where == raw.where:
                    return
                passed.add(at.where)

    def _running(self) -> _Process:
        if self._process is None:
            self._process = _Process()
        return self._process

    def _stopped(self) -> Message:
        """End the process and say how it ended."""
        status = self._process.end() if self._process is not None else 0
        self._process = None
        if status < 0:
            return Message(f"信号 {-status}", f"signal {-status}")
        return Message(f"退出码 {status}", f"exit status {status}")


class _Process:
    """A running worker, and a thread that takes its answers."""

    def __init__(self) -> None:
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "kg.read.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # an interruption is for its parent to handle
        )
        self._answers: queue.Queue[Any] = queue.Queue(_AHEAD)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ask(self, raw: Raw, passed: set[str]) -> Iterator[Outcome | At]:
        """Raises TimeoutError where an answer takes longer than the limit, EOFError where the process is gone."""
        try:
            assert self._child.stdin is not None  # noqa: S101 - it was asked for
            send(self._child.stdin, (raw, passed))  # type: ignore[arg-type]
        except OSError as error:
            raise EOFError from error
        while True:
            try:
                said = self._answers.get(timeout=raw.options.limits.seconds)
            except queue.Empty:
                raise TimeoutError from None
            if said is None:
                return
            if isinstance(said, EOFError):
                raise said
            yield said

    def end(self) -> int:
        """Kill the process if it is still there; its exit status (negative: the signal that ended it)."""
        if not self._listener.is_alive():  # it closed its end, so it is about to be gone
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(1)
        self._child.kill()
        status = self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return status

    def _listen(self) -> None:
        assert self._child.stdout is not None  # noqa: S101 - it was asked for
        while True:
            try:
                self._answers.put(receive(self._child.stdout))  # type: ignore[arg-type]
            except (EOFError, OSError, ValueError):
                self._answers.put(EOFError())
                return
