"""Headings over several lines: which columns each reaches, and what a column's headings say together.

Where tabs or rules part the cells, empty ones show how far a heading reaches. Where blanks do, its place on the line
does: it stands over the middle of its columns or where the first of them begins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.tables.columns import bracketed
from kg.extract.tables.grid import Piece
from kg.extract.tables.units import parse, split
from kg.extract.tables.wording import measures_part, narrowed
from kg.model import CleanText

Heads = tuple[Piece | None, ...]
Extent = tuple[int, int]
Distance = Callable[[Extent, Extent], float]
State = tuple[float, tuple[int, ...]]

_WHOLE = re.compile(r"(?:小|合|总|共)?计|总数|合计数")
_MOSTLY = 0.8  # of the rows whose cells stand in columns of the page
_FAR = 12.0  # mean distance of headings from their columns, in half-width characters, that is too far
_NOTHING_OVER, _NO_HEADING = 8.0, 60.0
_REPEATS = 4.0  # where one heading would stand over two alike
_LABELS = 2  # columns at the left that may have no heading


def chained(rows: Sequence[Heads], width: int) -> Heads | None:
    """One heading a column from rows of headings, the upper ones first; None where no empty cells show their reach."""
    if any(len(row) > width for row in rows):
        return None
    filled = [(*row, *([None] * (width - len(row)))) for row in rows]
    for at, row in enumerate(filled[:-1]):
        reached = list(row)
        for i in range(1, width):
            below = any(lower[i] is not None for lower in filled[at + 1 :])
            begun = any(
                upper[i] is not None and upper[i] is not upper[i - 1] for upper in filled[:at]
            )  # another heading's columns
            if reached[i] is None and below and not begun:
                reached[i] = reached[i - 1]
        filled[at] = tuple(reached)
    return _together(filled)


def placed(
    clean: CleanText, rows: Sequence[Heads], data: Sequence[Heads], width: int
) -> tuple[Piece | None, ...] | None:
    """One heading a column from rows of headings that blanks part, by where they stand over the cells of ``data``."""
    columns = columns_of(clean, [row for row in data if len(row) == width])
    if columns is None:
        return None
    filled: list[Heads] = []
    for row in reversed(rows):
        found = _assigned(
            clean, [cell for cell in row if cell], columns, filled, top=len(filled) + 1 == len(rows)
        )
        if found is None:
            return None
        filled.insert(0, found)
        columns = _widened(clean, columns, found)
    return _together(filled)


def settled(clean: CleanText, row: Heads, columns: Sequence[Extent]) -> Heads | None:
    """A row that lacks cells, each of its own in the column that it stands in; None where one stands in none or in two."""
    out: list[Piece | None] = [None] * len(columns)
    for cell in row:
        if cell is None:
            continue
        start, end = _extent(clean, cell)
        over = [i for i, (a, b) in enumerate(columns) if start < b and a < end]
        if len(over) != 1 or out[over[0]] is not None:
            return None
        out[over[0]] = cell
    return tuple(out)


def by_blanks(clean: CleanText, rows: Sequence[Heads]) -> bool:
    """Do only blanks part the cells of rows?"""
    ends = [[c for c in cells if c] for cells in rows]
    source = clean.document.text
    lines = [source[clean.starts[row[0].start] : clean.ends[row[-1].end - 1]] for row in ends if row]
    return not any("\t" in line or "|" in line for line in lines)


def _together(rows: Sequence[Heads]) -> Heads:
    out: list[Piece | None] = []
    for column in zip(*rows, strict=True):
        chain = [piece for piece in dict.fromkeys(column) if piece is not None]
        text = chain[0].text if chain else ""
        for piece in chain[1:]:
            text = under(text, piece.text)
        out.append(replace(chain[-1], text=text) if chain else None)
    return tuple(out)


def under(over: str, below: str) -> str:
    """What a heading and the one below it say together.

    >>> under("人员数（人）", "注册护士"), under("床位数（张）", "医院"), under("职工", "小计"), under("床位", "2021年")
    ('注册护士（人）', '医院床位数（张）', '职工', '床位2021年')
    """
    if _WHOLE.fullmatch(below):
        return over
    if _WHOLE.fullmatch(over) or parse(below.strip("（）")):
        return bracketed(over, below) if parse(below.strip("（）")) else below
    upper, measure = split(over)
    part, own = split(below)
    if not measures_part(upper, part):
        return over + below
    unit = over[over.rfind("（") :] if measure is not None and own is None and over.endswith("）") else ""
    return narrowed(upper, below, measure) + unit


# --- the place of headings on their lines ----------------------------------------------------------------------------


def _extent(clean: CleanText, piece: Piece) -> Extent:
    """Where a cell begins and ends on its source line, in half-width characters."""
    source = clean.document.text
    start, end = clean.source_span(piece.start, piece.end)
    line = source.rfind("\n", 0, start) + 1
    first = _width(source[line:start])
    return first, first + _width(source[start:end])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def columns_of(clean: CleanText, rows: Sequence[Heads]) -> list[Extent] | None:
    """Where the columns stand; None where the rows' cells do not stand one below the other."""
    whole = [[_extent(clean, cell) for cell in row if cell] for row in rows if all(row)]
    if len(whole) < 2:
        return None
    columns = [(min(a for a, _ in cells), max(b for _, b in cells)) for cells in zip(*whole, strict=True)]
    apart = sum(a[1] <= b[0] for a, b in pairwise(columns))
    return columns if apart >= _MOSTLY * (len(columns) - 1) else None


def _widened(clean: CleanText, columns: Sequence[Extent], heads: Heads) -> list[Extent]:
    """Columns with the headings that stand over one of them alone."""
    out = list(columns)
    for i, head in enumerate(heads):
        if head is not None and heads.count(head) == 1:
            start, end = _extent(clean, head)
            out[i] = min(start, out[i][0]), max(end, out[i][1])
    return out


def _assigned(
    clean: CleanText, cells: Sequence[Piece], columns: Sequence[Extent], lower: Sequence[Heads], *, top: bool
) -> Heads | None:
    """A row of headings by column, each printed over all its columns, at the least distance from these.

    Only over columns that have headings in the rows beneath (``lower``) may one heading reach several. A row is set to
    the left, to the middle or to the right as a whole.
    """
    extents = [_extent(clean, cell) for cell in cells]
    below = [any(row[i] is not None for row in lower) for i in range(len(columns))]
    twice = [tuple(piece.text for row in lower if (piece := row[i])) for i in range(len(columns))]
    found = [_aligned(extents, columns, below, twice, mode, top=top) for mode in (_left, _middle, _right)]
    best = min((one for one in found if one is not None), key=lambda one: one[0], default=None)
    if best is None or best[0] > _FAR * len(columns):
        return None
    return tuple(cells[owner] if owner >= 0 else None for owner in best[1])


def _aligned(
    extents: Sequence[Extent],
    columns: Sequence[Extent],
    below: Sequence[bool],
    lower: Sequence[tuple[str, ...]],
    distance: Distance,
    *,
    top: bool,
) -> State | None:
    """The least cost of a row, and which of its headings each column has (-1 for none)."""
    n, k = len(columns), len(extents)
    best: dict[tuple[int, int], State] = {(0, 0): (0.0, ())}
    for i in range(n):
        bare = _NO_HEADING if top and not below[i] and i >= _LABELS else _NOTHING_OVER if below[i] else 0.0
        for used in range(k + 1):
            if (i, used) not in best:
                continue
            cost, owners = best[i, used]
            _keep(best, (i + 1, used), (cost + bare, (*owners, -1)))
            for stop in range(i + 1, n + 1) if used < k else ():
                if stop > i + 1 and not all(below[i:stop]):
                    break
                away = distance(extents[used], (columns[i][0], columns[stop - 1][1]))
                if stop == i + 1:
                    away = min(mode(extents[used], columns[i]) for mode in (_left, _middle, _right))
                elif len(set(lower[i:stop])) < stop - i:
                    away += _REPEATS
                _keep(best, (stop, used + 1), (cost + away, (*owners, *([used] * (stop - i)))))
    return best.get((n, k))


def _keep(best: dict[tuple[int, int], State], key: tuple[int, int], state: State) -> None:
    if key not in best or state[0] < best[key][0]:
        best[key] = state


def _left(heading: Extent, block: Extent) -> float:
    return abs(heading[0] - block[0])


def _middle(heading: Extent, block: Extent) -> float:
    return abs(sum(heading) - sum(block)) / 2


def _right(heading: Extent, block: Extent) -> float:
    return abs(heading[1] - block[1])
