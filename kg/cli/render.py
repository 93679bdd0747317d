"""Results as text: a table for people, CSV, TSV and JSON for programs. Nothing else in `kg` decides how a row looks."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from kg.graph.terms import XSD

Plain = str | int | float | Decimal | bool | date | None
_WHOLE = 16  # up to so many cells, ASCII is not folded
_HEAD, _WORD, _PHRASE = (
    5,
    6,
    32,
)  # cells that a head over figures and a word need; more than a phrase are sentences
_NARROWEST = 160  # columns of a table that no terminal shows, unless COLUMNS says otherwise


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MARKDOWN = "markdown"


def default_format(out: TextIO) -> Format:
    """A table for a terminal, CSV for anything else."""
    return Format.TABLE if out.isatty() else Format.CSV


def write(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    out: TextIO,
    form: Format | None = None,
    shown: Sequence[str] = (),
) -> int:
    """Write ``rows`` to ``out`` and tell how many there were. ``shown`` are the columns of a table, in the terminal or in Markdown; empty means all."""
    form = form or default_format(out)
    cells = ([plain(cell) for cell in row] for row in rows)
    if form is Format.TABLE:
        return _table(columns, cells, out, [column for column in shown if column in columns] or columns)
    if form is Format.JSON:
        return _json(columns, cells, out)
    if form is Format.MARKDOWN:
        return _markdown(columns, cells, out, [column for column in shown if column in columns] or columns)
    return _separated(columns, cells, out, "," if form is Format.CSV else "\t")


def plain(cell: object) -> Plain:
    """An RDF term or a Python value as a plain value."""
    if isinstance(cell, ox.Literal):
        kind = cell.datatype.value.removeprefix(XSD)
        if kind == "integer":
            return int(cell.value)
        if kind == "decimal":
            return Decimal(cell.value)
        return cell.value == "true" if kind == "boolean" else cell.value
    if isinstance(cell, ox.NamedNode | ox.BlankNode):
        return cell.value
    if cell is None or isinstance(cell, str | int | float | Decimal | date):
        return cell
    return str(cell)


def plain_text(cell: Plain) -> str:
    """A plain value as every format of rows spells it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")  # 126000.0 is 126000, as the graph writes it
    return "" if cell is None else str(cell)


def _separated(columns: Sequence[str], rows: Iterator[list[Plain]], out: TextIO, delimiter: str) -> int:
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([plain_text(cell) for cell in row])
        count += 1
    return count


def _json(columns: Sequence[str], rows: Iterator[list[Plain]], out: TextIO) -> int:
    """A list with an object a row, written as it comes; absent values are null."""
    count = 0
    out.write("[")
    for row in rows:
        out.write(",\n " if count else "\n ")
        json.dump(dict(zip(columns, map(jsonable, row), strict=True)), out, ensure_ascii=False)
        count += 1
    out.write("\n]\n" if count else "]\n")
    return count


def jsonable(cell: Plain) -> str | int | float | bool | None:
    """A plain value as JSON has it."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _markdown(columns: Sequence[str], rows: Iterator[list[Plain]], out: TextIO, shown: Sequence[str]) -> int:
    places = [columns.index(column) for column in shown]
    out.write(f"| {' | '.join(shown)} |\n|{'---|' * len(shown)}\n")
    count = 0
    for row in rows:
        cells = (" ".join(plain_text(row[place]).split()).replace("|", "\\|") for place in places)
        out.write(f"| {' | '.join(cells)} |\n")
        count += 1
    return count


def _table(columns: Sequence[str], rows: Iterator[list[Plain]], out: TextIO, shown: Sequence[str]) -> int:
    """A table; where the terminal is too narrow for one, a block a row."""
    places = [columns.index(column) for column in shown]
    kept = [[row[place] for place in places] for row in rows]
    texts = [[plain_text(cell) for cell in row] for row in kept]
    screen = console(out)
    widths = _widths(shown, texts, screen.width - 2 * len(shown) - 1)
    if widths is None:
        _blocks(shown, texts, screen)
        return len(kept)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for at, (column, width) in enumerate(zip(shown, widths, strict=True)):
        numbers = all(isinstance(row[at], int | float | Decimal | None) for row in kept) and bool(kept)
        table.add_column(column, justify="right" if numbers else "left", width=width, overflow="fold")
    for row in texts:
        table.add_row(*map(Text, row))
    screen.print(table)
    return len(kept)


def _widths(heads: Sequence[str], texts: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How many cells wide each column is, ``room`` at most together; None where they do not fit.

    Numbers, dates and marks stay whole, for a figure that lost its last digits is another figure; text and heads are
    folded. What is left when each has the least goes to short columns first, and the long ones share the rest.
    """
    least, most = [], []
    for at, head in enumerate(heads):
        cells = [row[at] for row in texts]
        longest = max(map(cell_len, cells), default=0)
        whole = longest <= _WHOLE and all(map(str.isascii, cells))
        most.append(max(longest, cell_len(head)))
        needed = max(longest, _HEAD) if whole else _WORD if longest <= _PHRASE else _PHRASE // 2
        least.append(min(most[-1], needed))
    room -= sum(least)
    if room < 0:
        return None
    widths = least
    wanting = sorted(range(len(heads)), key=lambda at: most[at] - least[at])
    for left, at in zip(range(len(heads), 0, -1), wanting, strict=True):
        more = min(most[at] - widths[at], room // left)
        widths[at] += more
        room -= more
    return widths


def _blocks(heads: Sequence[str], texts: Sequence[Sequence[str]], screen: Console) -> None:
    for row in texts:
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(style="bold", no_wrap=True)
        block.add_column(overflow="fold")
        for head, text in zip(heads, row, strict=True):
            if text:
                block.add_row(head, Text(text))
        screen.print(block)
        screen.line()


def console(out: TextIO) -> Console:
    """A Rich console for ``out``, of a fixed width where nobody watches."""
    width = None if out.isatty() else shutil.get_terminal_size((_NARROWEST, 24)).columns
    return Console(file=out, width=width, highlight=False, soft_wrap=False)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int, Path], None] | None]:
    """A bar on stderr with the count and the time left; nothing where nobody watches.

    What it gives is called before each file with how many are done, how many there are, and the file.
    """
    if not sys.stderr.isatty():
        yield None
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}"),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(doing, total=None, file="")
        yield lambda done, total, path: bar.update(task, completed=done, total=total, file=path.name)
