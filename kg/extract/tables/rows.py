"""Rows that lack cells: where their cells stand, told by the unit column, by the line above or by the blanks' width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.tables.grid import Piece, is_cell
from kg.extract.tables.levels import Extent, by_blanks, settled
from kg.model import CleanText

Cells = tuple[Piece | None, ...]

_UNIT = re.compile(r"(?:计量|计算)?单位")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ONE_LINE, _FEWEST = 9, 2  # cells of a table on one line, and of its rows
_EMPTY = 2  # blanks that an empty cell adds where one parts the cells


def folded(cells: Cells) -> list[Cells]:
    """The rows of a table that was printed on one line: its headings, and row after row of a label and figures."""
    if len(cells) < _ONE_LINE or not all(cells):
        return [cells]
    figures = [cell is not None and is_cell(cell.text) for cell in cells]
    first = next((i for i, is_figure in enumerate(figures) if is_figure), 0)
    width = first - 1  # the first label stands before the first figure
    if width < _FEWEST or (len(cells) % width):
        return [cells]
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    even = all(
        not figures[at] and all(figures[at + 1 : at + width]) for at in range(width, len(cells), width)
    )
    return rows if even else [cells]


class Placing:
    """How the cells of shorter rows are placed below ``heading``; ``whole`` are the rows that have all."""

    def __init__(
        self, clean: CleanText, heading: Cells, whole: Sequence[Cells], columns: Sequence[Extent] | None
    ) -> None:
        self._clean = clean
        self._full = len(heading)
        self._columns = columns
        second = heading[1] if len(heading) > 1 else None
        self._unit = second is not None and _UNIT.fullmatch(second.text) is not None
        firsts = [row[0].text for row in whole if row[0]]
        self._serial = bool(firsts) and all(text.isdigit() for text in firsts)
        self._single = bool(whole) and all(self._gaps(row[1:]) == {1} for row in whole)

    def row(self, cells: Cells, above: Piece | None) -> Cells:
        """A row with None where it has no cell; as it is where that stays open. ``above`` is the line over it."""
        lacking = self._full - len(cells)
        if lacking == -1 and self._numbered(cells):
            return cells[1:]
        if lacking <= 0 or not all(cells):
            return cells
        figures = [cell is not None and is_cell(cell.text) for cell in cells]
        if lacking == 1 and all(figures) and above is not None and _HAN.search(above.text):
            return (above, *cells)
        if lacking == 1 and self._unit and not figures[0] and all(figures[1:]):
            return (cells[0], None, *cells[1:])
        if lacking == 1 and self._serial and not figures[0] and all(figures[1:]):
            return (None, *cells)
        if not by_blanks(self._clean, [cells]):
            return cells
        placed = settled(self._clean, cells, self._columns) if self._columns else None
        return placed or self._by_width(cells) or cells

    def _numbered(self, cells: Cells) -> bool:
        """Does a number stand before the label of a row, which has no column of its own?"""
        first, *others = cells
        figures = [cell is not None and is_cell(cell.text) for cell in others]
        return first is not None and first.text.isdigit() and not figures[0] and all(figures[1:])

    def _by_width(self, cells: Cells) -> Cells | None:
        """Where one blank parts cells, an empty one is two more; None where these do not make the row whole."""
        if not self._single:
            return None
        out: list[Piece | None] = []
        for cell in cells:
            if out and out[-1] is not None and cell is not None:
                empty, rest = divmod(self._between(out[-1], cell) - 1, _EMPTY)
                if rest:
                    return None
                out += [None] * empty
            out.append(cell)
        last = out[-1]
        source = self._clean.document.text
        end = self._clean.source_span(last.start, last.end)[1] if last else 0
        tail = re.match(r"[ \u3000\xa0]*", source[end:])
        out += [None] * (len(tail[0]) // _EMPTY if tail else 0)
        return tuple(out) if len(out) == self._full else None

    def _gaps(self, row: Cells) -> set[int]:
        cells = [cell for cell in row if cell]
        return {self._between(a, b) for a, b in pairwise(cells)}

    def _between(self, a: Piece, b: Piece) -> int:
        return self._clean.starts[b.start] - self._clean.ends[a.end - 1]
