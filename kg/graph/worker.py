"""The process that evaluates a query for another, so that it can be ended: nothing stops the engine from within.

It takes a task from stdin and writes to stdout a line that says what follows, and that in a form of the W3C; on stderr
it writes why there is no answer. It imports nothing but the engine, for every query waits for its start (50 ms).
"""

from __future__ import annotations

import itertools
import math
import pickle
import signal
import sys
from dataclasses import dataclass
from typing import IO

import pyoxigraph as ox

ROWS, TRUTH, TRIPLES = b"rows\n", b"truth\n", b"triples\n"
REFUSED, FAILED = 3, 4  # exit status where the engine refused the query, or could not finish it
_GRACE = 5  # seconds after which a process ends by itself whose parent is gone
_MOST = 2**31 - 1  # seconds that a clock of the system counts


@dataclass(frozen=True, slots=True)
class Task:
    """A query over all graphs of a database, for ``limit`` rows or triples at most, within ``seconds``."""

    database: str
    text: str
    prefixes: dict[str, str]
    substitutions: dict[ox.Variable, ox.NamedNode | ox.Literal]
    limit: int | None
    seconds: float


def main() -> int:
    """Evaluate the task that stdin holds; the exit status."""
    task = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent, by a pipe
    if hasattr(signal, "alarm"):
        signal.alarm(min(math.ceil(task.seconds) + _GRACE, _MOST))
    try:
        answer(task, sys.stdout.buffer)
    except (SyntaxError, RuntimeError, OSError) as error:
        sys.stderr.write(str(error))
        return REFUSED if isinstance(error, SyntaxError) else FAILED
    return 0


def answer(task: Task, out: IO[bytes]) -> None:
    """Evaluate the task and write what it gives. Raises as ``ox.Store.query`` does."""
    result = ox.Store.read_only(task.database).query(
        task.text,
        prefixes=task.prefixes,
        use_default_graph_as_union=True,
        substitutions=dict(task.substitutions),
    )
    if isinstance(result, ox.QueryBoolean):
        out.write(TRUTH + (b"true" if result else b"false"))
    elif isinstance(result, ox.QueryTriples):
        out.write(TRIPLES)
        out.writelines(f"{triple} .\n".encode() for triple in itertools.islice(result, task.limit))
    elif task.limit is None:
        out.write(ROWS)
        result.serialize(out, format=ox.QueryResultsFormat.TSV)
    else:  # row by row, so that no more are computed than are wanted
        out.write(ROWS + "\t".join(map(str, result.variables)).encode() + b"\n")
        for row in itertools.islice(result, task.limit):
            out.write("\t".join("" if term is None else str(term) for term in row).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
