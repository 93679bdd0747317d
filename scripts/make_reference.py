"""Write what the documents repeat from code and data: docs/errors.md, and the marked parts of the others and of the READMEs.

``make docs`` runs it; with ``--check`` it writes nothing and tells which file is out of date (exit status 1).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from kg import corpus
from kg.agreement import agreement
from kg.cli import app
from kg.config import Limits, Options
from kg.errors import CATALOGUE
from kg.graph.parameters import TYPES
from kg.graph.query import FOLDERS, SavedQuery, saved
from kg.read import READERS

ROOT = Path(__file__).resolve().parent.parent
AREAS = {
    "E1": ("Reading", "读取"),
    "E2": ("Commands and queries", "命令和查询"),
    "E3": ("The store", "知识库"),
    "E4": ("What the gate finds", "校验"),
    "E5": ("Extraction", "抽取"),
    "E6": ("Linking", "链接"),
}


def errors() -> str:
    """docs/errors.md."""
    lines = [
        "# Errors and warnings · 错误和警告",
        "",
        "Every message of `kg` has a number, which says where it belongs. This page is written from `kg/errors.py` by `make docs`.",
    ]
    area = ""
    for code, message in sorted(CATALOGUE.items()):
        if code[:2] != area:
            area = code[:2]
            en, zh = AREAS.get(area, (area + "xx", area + "xx"))
            lines += ["", f"## {area}xx {en} · {zh}"]
        lines += ["", f"**{code}**", "", f"- {_cell(message.zh)}", f"- {_cell(message.en)}"]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The reference of commands and of saved queries."""
    lines: list[str] = []
    for name, command in _commands(typer.main.get_command(app)):
        context = typer.Context(command, info_name=f"kg {name}")
        arguments = [
            _argument(param) for param in command.get_params(context) if param.param_type_name == "argument"
        ]
        about, _, example = (command.help or "").partition("\n\n")
        usage = " ".join([f"kg {name}", *arguments, "[OPTIONS]"])
        lines += [
            "",
            f"### `kg {name}`",
            "",
            " ".join(about.split()),
            "",
            f"`{usage}`",
            "",
            example.strip(),
            "",
        ]
        lines += ["| argument or option | default | |", "|---|---|---|"]
        for param in command.get_params(context):
            spelled = _argument(param) if param.param_type_name == "argument" else ", ".join(param.opts)
            value = (
                ""
                if callable(param.default) or param.default in {None, False, ""} or param.required
                else f"`{param.default}`"
            )
            help_text = " ".join((getattr(param, "help", "") or "").split())
            variable = f" Environment: `{param.envvar}`." if getattr(param, "envvar", None) else ""
            lines.append(f"| `{_cell(spelled)}` | {value} | {_cell(help_text)}{variable} |")
    return "\n".join(lines).strip() + "\n"


def _commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a group of click
    """The commands of a group with their names, those of the groups in it after these."""
    for name, command in group.commands.items():
        yield f"{above}{name}", command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{above}{name} ")


def _argument(param: Any) -> str:  # noqa: ANN401 - a parameter of click, which newer Typers carry inside
    return param.metavar or param.name.upper()


def queries() -> str:
    """The reference of the saved queries."""
    lines: list[str] = []
    folder = ""
    for query in saved():
        if query.folder != folder:
            folder = query.folder
            lines += ["", f"### {FOLDERS[folder].en} · {FOLDERS[folder].zh} (`queries/{folder}`)"]
        lines += [
            "",
            f"#### `{query.name}`",
            "",
            f"**{query.title_en} · {query.title_zh}**",
            "",
            query.about_en,
            "",
            query.about_zh,
            "",
        ]
        if query.parameters:
            lines += ["| parameter | type | | example |", "|---|---|---|---|"]
            for p in query.parameters.values():
                need = (
                    " (required)" if p.required else "" if p.default is None else f" (default `{p.default}`)"
                )
                lines.append(
                    f"| `{p.name}` | {p.type}{need} | {_cell(p.about_en)} · {_cell(p.about_zh)} | `{p.example}` |"
                )
            lines.append("")
        lines.append(f"`{query.example}`")
    return "\n".join(lines).strip() + "\n"


def formats() -> str:
    """The table of formats, from the registry."""
    lines = ["| format | endings | gives | 内容 | needs |", "|---|---|---|---|---|"]
    for one in READERS:
        needs = f"`[{one.extra[1]}]` ({one.extra[0]})" if one.extra else ""
        endings = " ".join(f"`{suffix}`" for suffix in one.suffixes)
        lines.append(
            f"| {one.about.en} · {one.about.zh} | {endings} | {one.gives.en} | {one.gives.zh} | {needs} |"
        )
    return "\n".join(lines) + "\n"


LIMITS = {
    "pages": ("pages of a PDF", "PDF 的页数"),
    "cells": ("cells of a table or workbook", "表格或工作簿的单元格"),
    "members": ("members of an archive", "压缩包的成员"),
    "depth": ("archives in archives", "压缩包套压缩包的层数"),
    "nesting": ("elements in elements of a page", "网页元素嵌套的层数"),
    "ratio": ("bytes unpacked for each packed, from 10 MB on", "压缩比，解开超过 10 MB 时计算"),
    "unpacked": ("bytes that come out of one file", "一个文件解开后的字节"),
    "archive": ("bytes of an archive or corpus", "压缩包或语料文件的字节"),
    "seconds": ("seconds for one document", "读一份文件的秒数"),
    "memory": ("bytes of memory of the process that reads", "读取进程的内存字节"),
}


def limits() -> str:
    """The table of limits."""
    options = Options()
    rows = [f"| `--max-bytes` | {options.max_bytes:,} | bytes of one document · 一份文件的字节 |"]
    for name in Limits.__slots__:
        en, zh = LIMITS[name]
        rows.append(f"| `--limit {name}=…` | {getattr(options.limits, name):,} | {en} · {zh} |")
    return "\n".join(["| option | default | |", "|---|---|---|", *rows]) + "\n"


def types() -> str:
    """The types of parameters."""
    rows = [f"| `{name}` | {zh} |" for name, zh in TYPES.items()]
    return "\n".join(["| type | 类型 |", "|---|---|", *rows]) + "\n"


def list_en() -> str:
    """The README's table of queries."""
    return _list(
        ("question", "query", "answers", "parameters"),
        [(FOLDERS[q.folder].en, q, q.title_en) for q in saved()],
    )


def list_zh() -> str:
    """The Chinese README's table of queries."""
    return _list(("问题", "查询", "内容", "参数"), [(FOLDERS[q.folder].zh, q, q.title_zh) for q in saved()])


def _list(head: tuple[str, ...], rows: list[tuple[str, SavedQuery, str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|"]
    for folder, q, title in rows:
        lines.append(f"| {folder} | `{q.name}` | {title} | {', '.join(f'`{p}`' for p in q.parameters)} |")
    return "\n".join(lines) + "\n"


def counts() -> str:
    """How large the corpus is, by genre and by split."""
    golds = list(corpus.load())
    twice = {first.name for first, _ in corpus.load_second()}
    groups = {genre: [g for g in golds if g.genre == genre] for genre in sorted({g.genre for g in golds})}
    groups |= {f"**{split}**": [g for g in golds if g.split == split] for split in corpus.SPLITS}
    groups |= {"**second**": [g for g in golds if g.name in twice], "**all**": golds}
    lines = [
        "| | documents | train | hard | test | fresh | characters | quantities | optional | names |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, some in groups.items():
        numbers = (
            len(some),
            *(sum(g.split == split for g in some) for split in corpus.SPLITS),
            sum(len(g.text) for g in some),
            sum(len(g.figures) for g in some),
            sum(f.optional for g in some for f in g.figures),
            sum(len(g.names) for g in some),
        )
        lines.append(f"| {name} | {' | '.join(f'{number:,}' for number in numbers)} |")
    return "\n".join(lines) + "\n"


def agreements() -> str:
    """How far the second annotation agrees with the first."""
    pairs = list(corpus.load_second())
    scores = agreement(pairs).total.flat()
    size = f"{len(pairs)} documents, {sum(len(g.figures) for g, _ in pairs):,} quantities, {sum(len(g.names) for g, _ in pairs):,} names:"
    rows = [f"| {name} | {value:.3f} |" for name, value in scores.items()]
    return "\n".join([size, "", "| | agreement |", "|---|---|", *rows]) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def filled(path: Path, **parts: str) -> str:
    """The file's text with the parts between ``<!-- name: generated -->`` and ``<!-- /name -->`` written anew."""
    text = path.read_text(encoding="utf-8")
    for name, part in parts.items():
        first, last = f"<!-- {name}: generated -->\n", f"<!-- /{name} -->"
        before, rest = text.split(first, 1)
        text = f"{before}{first}\n{part}\n{last}{rest.split(last, 1)[1]}"
    return text


def documents() -> dict[Path, str]:
    """Every generated document with the text that it should have."""
    reference = {"commands": commands(), "queries": queries(), "types": types()}
    return {
        ROOT / "docs" / "errors.md": errors(),
        ROOT / "docs" / "commands.md": filled(ROOT / "docs" / "commands.md", **reference),
        ROOT / "docs" / "formats.md": filled(
            ROOT / "docs" / "formats.md", formats=formats(), limits=limits()
        ),
        ROOT / "README.md": filled(ROOT / "README.md", queries=list_en()),
        ROOT / "README.zh.md": filled(ROOT / "README.zh.md", queries=list_zh()),
        ROOT / "docs" / "corpus.md": filled(ROOT / "docs" / "corpus.md", agreement=agreements()),
        ROOT / "seeds" / "corpus" / "README.md": filled(
            ROOT / "seeds" / "corpus" / "README.md", counts=counts()
        ),
    }


def main() -> int:
    """Write the documents, or check them."""
    stale = [
        path
        for path, text in documents().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} is out of date: run make docs", file=sys.stderr)
        else:
            path.write_text(documents()[path], encoding="utf-8")
            print(path.relative_to(ROOT))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
