"""The process that reads what is large, compressed or not ours: it is asked on stdin, answers on stdout, and may be killed.

Each message is a pickle behind its length in eight bytes; both ends are this package. A request is a ``Raw`` with the
places that are to be passed over; the answers are announcements and outcomes, then None.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Collection
from typing import Any, BinaryIO

from kg.config import Limits
from kg.read.documents import At, documents
from kg.read.raw import Raw

_LENGTH = 8
_GRACE = 30  # seconds after the limit, by which a process whose parent is gone ends itself


def send(file: BinaryIO, message: object) -> None:
    """Write a message."""
    data = pickle.dumps(message)
    file.write(len(data).to_bytes(_LENGTH, "big") + data)
    file.flush()


def receive(file: BinaryIO) -> Any:  # noqa: ANN401 - whatever was sent
    """Read a message. Raises EOFError where the other end is gone."""
    size = file.read(_LENGTH)
    if len(size) < _LENGTH:
        raise EOFError
    data = file.read(int.from_bytes(size, "big"))
    return pickle.loads(data)  # noqa: S301 - the other end is this package


def main() -> None:
    """Answer requests until there are no more."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)  # a parser that prints must not end up among the answers
    limited = False
    while True:
        try:
            raw, passed = receive(requests)
        except EOFError:
            return
        if not limited:
            _limit(raw.options.limits)
            limited = True
        _answer(raw, passed, answers)
        send(answers, None)


def _answer(raw: Raw, passed: Collection[str], answers: BinaryIO) -> None:
    """Send all that a source holds but what is in ``passed``."""
    reading = documents(raw)
    skip: bool | None = None
    while True:
        _alarm(raw.options.limits.seconds + _GRACE)
        try:
            said = reading.send(skip)
        except StopIteration:
            break
        _alarm(0)
        skip = isinstance(said, At) and said.where in passed
        if not skip:
            send(answers, said)
    _alarm(0)


def _limit(limits: Limits) -> None:
    """Keep the process within its memory, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, hard))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(round(seconds))


if __name__ == "__main__":
    main()
