"""What a shell may complete: names of queries, of their parameters, and values that the store knows.

A completion never complains: where there is no store, or the query is not one, it has nothing to offer.
"""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import typer

from kg.cli.streams import opened
from kg.errors import KgError

_BREAKS = ("=", ":")  # where bash cuts words (COMP_WORDBREAKS)
_MODE = "_KG_COMPLETE"
_LINE = "_TYPER_COMPLETE_ARGS"  # in every shell but bash
_FLAGS = ("--explain", "--help", "-h")
_PARAM = ("--param", "-p")


def query_names(incomplete: str) -> list[tuple[str, str]]:
    """The saved queries whose names begin so, with their titles."""
    from kg.graph.query import saved  # noqa: PLC0415 - other commands need it not

    try:
        return [(one.name, one.title) for one in saved() if one.name.startswith(incomplete)]
    except KgError:
        return []


def parameters(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """``name=`` of the parameters of the query that the line names; after the sign of equality, values of the store."""
    try:
        return list(_parameters(ctx, incomplete))
    except KgError:
        return []


def _parameters(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    from kg.graph.parameters import values  # noqa: PLC0415
    from kg.graph.query import load  # noqa: PLC0415

    query, given = _said(shlex.split(os.environ.get(_LINE) or os.environ.get("COMP_WORDS", "")))
    known = load(query).parameters
    name, equals, start = incomplete.partition("=")
    if not equals:
        for one in known.values():
            if one.name.startswith(incomplete) and one.name not in given:
                yield f"{one.name}=", f"{one.about_zh} · {one.about_en}"
    elif name in known:
        with opened(Path(ctx.params.get("store") or "kg-store")) as graph:
            for value, about in values(graph, known[name], start):
                yield f"{name}={value}", about


def _said(words: list[str]) -> tuple[str, set[str]]:
    """The query that a line names, and the parameters that it gives.

    What is being typed leaves an option without a value, at which the parser of the line stops before any argument.
    """
    rest = iter(words[words.index("query") + 1 :] if "query" in words else ())
    query = ""
    given = set()
    for word in rest:
        if not word.startswith("-"):
            query = query or word
        elif word not in _FLAGS and "=" not in word:
            value = next(rest, "")
            if word in _PARAM and value != words[-1]:
                given.add(value.partition("=")[0])
    return query, given


def entities(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of places, organisations, programmes and indicators of the store that begin so."""
    from kg.graph.parameters import Parameter, values  # noqa: PLC0415

    try:
        with opened(Path(ctx.params.get("store") or "kg-store")) as graph:
            kinds = ("entity", "indicator")
            return [one for kind in kinds for one in values(graph, Parameter("", kind), incomplete)]
    except KgError:
        return []


def in_bash(app: Callable[[], object]) -> bool:
    """Complete for bash if that is what is asked; whether it was.

    Bash cuts ``indicator=婴`` in three words and replaces the last: so the words are joined for Typer, and what it
    answers loses what bash keeps.
    """
    environment = os.environ
    if environment.get(_MODE) != "complete_bash":
        return False
    words, at = joined(shlex.split(environment["COMP_WORDS"]), int(environment["COMP_CWORD"]))
    word = words[at] if at < len(words) else ""
    kept = max(map(word.rfind, _BREAKS)) + 1 if len(words) < len(environment["COMP_WORDS"].split()) else 0
    environment["COMP_WORDS"], environment["COMP_CWORD"] = shlex.join(words), str(at)
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            app()
    finally:
        sys.stdout.write("".join(line[kept:] for line in said.getvalue().splitlines(keepends=True)))
    return True


def joined(words: list[str], at: int) -> tuple[list[str], int]:
    """Words with those together that bash cut at `_BREAKS`, and which of them the one at ``at`` has become."""
    whole: list[str] = []
    where = len(words)
    glue = False
    for place, word in enumerate(words):
        if whole and (glue or word in _BREAKS) and len(whole) > 1:
            whole[-1] += word
        else:
            whole.append(word)
        glue = word in _BREAKS
        if place == at:
            where = len(whole) - 1
    return whole, where if at < len(words) else len(whole)
