"""How an answer comes about, on the screen: `kg.graph.plan.Plan` in words, or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TextIO

from kg.cli.render import Format, default_format, write
from kg.cli.results import ResultFormat
from kg.errors import UsageError
from kg.graph.plan import Pattern, Plan

_NAMED = ("graph-vocabulary", "graph-entities", "graph-dataset", "graph-links", "graph-consolidated")


def write_explanation(plan: Plan, out: TextIO, form: ResultFormat | None) -> None:
    """Write it as text, or with ``json`` as one object.

    Raises:
        UsageError: E210 for another format.
    """
    if form is ResultFormat.JSON:
        said = {
            "query": plan.query.name,
            "parameters": plan.bound,
            "sparql": plan.text,
            "patterns": [asdict(pattern) for pattern in plan.patterns],
            "rows": plan.rows,
            "seconds": round(plan.seconds, 3),
        }
        json.dump(said, out, ensure_ascii=False, indent=1)
        out.write("\n")
        return
    if form not in {None, ResultFormat.TABLE}:
        raise UsageError("E210", format=form, known="table, json")
    out.write(f"{plan.query.name}: {plan.query.title}\n\n")
    for parameter in plan.query.parameters.values():
        term = plan.bound.get(f"_{parameter.name}", "—")
        out.write(f"{parameter.name} ({parameter.type}) = {term}\n")
    out.write(f"{plan.text.rstrip()}\n\n")
    rows = [(one.text, _or_long(one.matches), _graphs(one), round(one.seconds, 3)) for one in plan.patterns]
    write(("pattern", "matches", "graphs", "seconds"), rows, out, _rows(out))
    out.write(
        "每个模式单独匹配全部图的次数；执行次序由引擎决定，无法得知。时间含启动进程约 0.05 秒。\n"
        "Each pattern alone, over all graphs; the order of joins is the engine's own and is not told. "
        "Times hold the start of a process, about 0.05 s.\n"
    )
    out.write(f"{_or_long(plan.rows)} 行 · rows: {plan.seconds:.3f} s\n")


def _rows(out: TextIO) -> Format:
    form = default_format(out)
    return form if form is Format.TABLE else Format.MARKDOWN


def _or_long(number: int | None) -> object:
    return "超时 · too long" if number is None else number


def _graphs(pattern: Pattern) -> str:
    named = [f"{graph}: {count}" for graph, count in sorted(pattern.graphs.items()) if graph in _NAMED]
    others = [count for graph, count in pattern.graphs.items() if graph not in _NAMED]
    return "; ".join([*named, *([f"{len(others)} reports: {sum(others)}"] if others else [])])
