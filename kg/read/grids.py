"""Tables of files as lines of text: a row a line, tabs between its cells, as the table reader takes them.

A cell that spans several columns or rows is printed once where it heads others, for the empty cells beside and below it
show how far it reaches; in the body of a table, words that span several rows are printed in each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.read.raw import Text

_NUMBER = re.compile(r"[-+−<>≤≥]?=?\d[\d,，]*(?:\.\d+)?[%‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = 80  # characters of a cell from which on it is a paragraph


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed: its text on one line, its reference, and how many rows and columns it spans."""

    text: str
    name: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of the grid: the cell that covers it, and whether it begins here."""

    cell: Cell
    above: bool = False  # it began in a row above
    left: bool = False  # it began in a column to the left


_EMPTY = _Slot(Cell("", ""))
_WIDEST = 2_000


def write_table(text: Text, rows: Sequence[Sequence[Cell]]) -> None:
    """Add a table to ``text``. ``rows`` hold each cell once, where it begins, as HTML does.

    A row of one text is a line of its own (a caption, the unit, a heading of rows, a note); a table of paragraphs
    is written as lines, one cell after the other.
    """
    grid = _without_empty(_spread(rows))
    if not grid:
        return
    if _is_layout(grid):
        for slots in grid:
            for slot in slots:
                if slot.cell.text and not slot.above and not slot.left:
                    text.line(slot.cell.text, slot.cell.name)
        return
    body = next((i for i, slots in enumerate(grid) if _is_data(slots)), len(grid))
    for slots in grid[:body]:
        _write_row(text, slots)
    for i, slots in enumerate(grid[body:], start=body):
        _write_row(text, [_filled(slot, grid[body:i]) for slot in slots])


def _write_row(text: Text, slots: Sequence[_Slot]) -> None:
    shown = [slot for slot in slots if slot.cell.text and not slot.above and not slot.left]
    if (len(shown) == 1 and not _NUMBER.fullmatch(shown[0].cell.text) and slots[0] is shown[0]) or (
        len(shown) == 1 and shown[0].cell.text.lstrip("（(").startswith(("单位", "计量单位"))
    ):
        text.line(shown[0].cell.text, shown[0].cell.name)
    elif shown:
        text.row(
            [("", "") if slot.above or slot.left else (slot.cell.text, slot.cell.name) for slot in slots]
        )


def _filled(slot: _Slot, above: Sequence[Sequence[_Slot]]) -> _Slot:
    """A slot of the body; words that began in a row of the body above it are printed again."""
    if slot.above and not slot.left and above and not _NUMBER.fullmatch(slot.cell.text):
        began = any(other.cell is slot.cell and not other.above for slots in above for other in slots)
        return _Slot(slot.cell) if began else slot
    return slot


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[_Slot]]:
    """Each row with a slot a column."""
    taken: dict[tuple[int, int], _Slot] = {}
    width = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            for down in range(min(cell.rows, len(rows) - at)):
                for right in range(min(cell.columns, _WIDEST - column)):
                    taken.setdefault((at + down, column + right), _Slot(cell, down > 0, right > 0))
            column += cell.columns
        width = max(width, min(column, _WIDEST))
    return [[taken.get((at, column), _EMPTY) for column in range(width)] for at in range(len(rows))]


def _without_empty(grid: Sequence[Sequence[_Slot]]) -> list[list[_Slot]]:
    """The grid without rows and columns in which no cell with a text begins."""
    kept = [slots for slots in grid if any(slot.cell.text for slot in slots)]
    columns = [
        i
        for i in range(len(kept[0]) if kept else 0)
        if any(slots[i].cell.text and not slots[i].left for slots in kept)
    ]
    return [[slots[i] for i in columns] for slots in kept]


def _is_layout(grid: Sequence[Sequence[_Slot]]) -> bool:
    """Does a grid hold paragraphs, so that it only places them on the page?"""
    if len(grid[0]) == 1:
        return True
    cells = [slot.cell.text for slots in grid for slot in slots if not slot.above and not slot.left]
    long = sum(len(text) for text in cells if len(text) > _LONG)
    return len(grid) == 1 or 2 * long > sum(map(len, cells))


def _is_data(slots: Sequence[_Slot]) -> bool:
    """Has a row figures that are no years behind its first cell?"""
    return any(
        _NUMBER.fullmatch(slot.cell.text) and not _YEAR.fullmatch(slot.cell.text) for slot in slots[1:]
    )
