"""A query within a time limit: a process of its own evaluates it and is killed at the deadline.

The engine cannot be interrupted, and a join may compute for hours before it gives its first row. So the process that
asks (`kg.graph.worker`) is another than the one that waits. What it writes is read when it is whole: a query that takes
too long gives nothing rather than half.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import Message, QueryError
from kg.graph import terms
from kg.graph.parameters import bind
from kg.graph.query import Result, SavedQuery, failed, prepared, refused, rows_of
from kg.graph.store import GraphStore
from kg.graph.worker import FAILED, REFUSED, ROWS, TRUTH, Task

SECONDS = 30.0
"""How long a query may take, unless another limit is given."""


def run_within(
    store: GraphStore,
    query: SavedQuery,
    given: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    limit: int | None = None,
) -> Result:
    """Ask the store as `kg.graph.query.run` does, for ``seconds`` at most and ``limit`` rows or triples at most.

    The store has to be open for reading only, or closed by who wrote it: the process opens it anew.

    Raises:
        QueryError: E230 when the time is up, E231 when the process ended before its answer; else as `run` does.
    """
    text, bound = prepared(query, bind(query.name, query.parameters, given or {}, store))
    task = Task(str(store.path / "graph"), text, terms.prefixes(store.base), dict(bound), limit, seconds)
    return _result(query, _evaluate(task, query))


def _evaluate(task: Task, query: SavedQuery) -> bytes:
    """What the process says. Raises QueryError as `run_within` does."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kg.graph.worker"],
            input=pickle.dumps(task),
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
            timeout=task.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError("E230", name=query.name, seconds=f"{task.seconds:g}") from error
    if done.returncode == REFUSED:
        raise refused(query, done.stderr.decode(errors="replace"))
    if done.returncode == FAILED:
        raise failed(query, done.stderr.decode(errors="replace"))
    if done.returncode != 0:
        status = done.returncode
        how = Message(f"退出码 {status}", f"exit status {status}")
        if status < 0:
            how = Message(f"信号 {-status}", f"signal {-status}")
        raise QueryError("E231", name=query.name, reason=how)
    return done.stdout


def _result(query: SavedQuery, said: bytes) -> Result:
    head, _, rest = said.partition(b"\n")
    if head + b"\n" == ROWS:
        solutions = ox.parse_query_results(rest, format=ox.QueryResultsFormat.TSV)
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - TSV holds nothing else
        return rows_of(query, solutions)
    if head + b"\n" == TRUTH:
        return rest == b"true"
    return sorted((quad.triple for quad in ox.parse(rest, format=ox.RdfFormat.N_TRIPLES)), key=str)
