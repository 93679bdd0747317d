"""Write docs/questions.md: the competency questions of docs/questions.toml, asked of the demo graph.

``make docs`` runs it. It builds the graph of seeds/reports in a folder of its own, which takes some seconds.
"""

from __future__ import annotations

import io
import shlex
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from kg import pipeline
from kg.cli.app import app
from kg.config import Options
from kg.graph.query import FOLDERS, load

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "docs" / "questions.toml"
PAGE = ROOT / "docs" / "questions.md"
HEAD = """# Questions · 问题

What this graph is for: the questions that public-health analysts, data journalists and open-data stewards ask, each with the saved query
that answers it and its rows on the demo graph (`kg build seeds/reports`; **all of its figures are invented**). `make docs` writes this page
from [questions.toml](questions.toml), and a test asks every question again. [commands.md](commands.md) has all queries.

图要回答的问题：公共卫生分析、数据新闻和开放数据管理人员常问的问题，各附回答它的查询和它在示例图上的结果
（`kg build seeds/reports`，**数字均为虚构**）。本页由 `make docs` 写出，测试会逐一重问。
"""


def questions() -> list[dict[str, Any]]:
    """The questions, in the order of the folders of their queries."""
    listed = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]
    order = list(FOLDERS)
    return sorted(listed, key=lambda one: order.index(load(one["query"]).folder))


def call(question: dict[str, Any]) -> list[str]:
    """The arguments of ``kg`` that ask a question."""
    arguments = ["query", question["query"]]
    for name, value in question.get("param", {}).items():
        arguments += ["--param", f"{name}={value}"]
    if "columns" in question:
        arguments += ["--columns", ",".join(question["columns"])]
    if "limit" in question:
        arguments += ["--limit", str(question["limit"])]
    return [*arguments, "--format", "markdown"]


def answer(question: dict[str, Any], store: Path) -> str:
    """What the call prints on the graph of a store."""
    out = io.StringIO()
    with redirect_stdout(out):
        app([*call(question), "--store", str(store)], standalone_mode=False)
    return out.getvalue()


def answers(store: Path) -> dict[str, str]:
    """What each call of the page prints, by the call."""
    return {shlex.join(call(question)): answer(question, store) for question in questions()}


def page(answers: Mapping[str, str]) -> str:
    """The whole page."""
    return HEAD + "".join(_sections(answers))


def _sections(answers: Mapping[str, str]) -> Iterator[str]:
    folder = ""
    for question in questions():
        query = load(question["query"])
        if query.folder != folder:
            folder = query.folder
            yield f"\n## {FOLDERS[folder].en} · {FOLDERS[folder].zh}\n"
        asked = shlex.join(call(question))
        rows = answers[asked]
        none = "" if rows.count("\n") > 2 else "\nNo rows · 没有行\n"
        yield f"\n### {question['en']}\n\n{question['zh']}\n\n```console\n$ kg {asked}\n```\n\n{rows}{none}"


def main() -> int:
    """Build the demo graph and write the page, or with ``--check`` tell whether it is current."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        pipeline.build([ROOT / "seeds" / "reports"], Options(store=store))
        text = page(answers(store))
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in sys.argv:
        print("docs/questions.md is out of date: run make docs", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
