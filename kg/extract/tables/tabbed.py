"""Tables whose rows are lines with tabs between the cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.tables.grid import (
    Grid,
    Looks,
    Piece,
    Row,
    are_years,
    is_cell,
    is_corner,
    is_note,
    is_number,
    is_year,
    pieces,
)
from kg.model import CleanText

_SECTION_LENGTH = 20
_CAPTION_LINES = 3
_CAPTION_LENGTH = 60

_WRAPPED = re.compile(r"[（、及与和的]$|（[^（）]{1,4}）$|^每[^数率]*$|（[^）]*$")

Cells = tuple[Piece | None, ...]


def tabbed_grids(clean: CleanText, lines: Sequence[Piece], looks: Looks) -> list[Grid]:
    """The tabbed tables among the lines of a clean text, in order; ``looks`` knows the headings of columns."""
    found: list[Grid] = []
    at = 0
    while at < len(lines):
        if "\t" not in lines[at].text:
            at += 1
            continue
        stop = _stop(lines, at)
        found += _grids(clean, lines, at, stop, looks)
        at = stop
    return found


def _stop(lines: Sequence[Piece], at: int) -> int:
    """The line after the last of the run of rows that starts at ``at``; short headings may stand between rows."""
    stop = at + 1
    while stop < len(lines):
        here, below = lines[stop].text, lines[stop + 1].text if stop + 1 < len(lines) else ""
        heading = 0 < len(here) <= _SECTION_LENGTH and "\t" in below and not is_note(below)
        if is_note(here) or not ("\t" in here or heading):
            break
        stop += 1
    return stop


def _grids(clean: CleanText, lines: Sequence[Piece], first: int, stop: int, looks: Looks) -> list[Grid]:
    """The tables of a run of lines: a new one starts at each heading row after rows with figures."""
    split = [_cells(clean, line) if "\t" in line.text else (line,) for line in lines[first:stop]]
    starts, seen = [0], False
    for i, cells in enumerate(split):
        if _is_header(cells) and seen:
            starts.append(i)
            seen = False
        seen = seen or _is_data(cells)
    grids = []
    for a, b in zip(starts, [*starts[1:], len(split)], strict=True):
        above = _above(lines, first, a)
        grid = _grid(split[a:b], above, looks)
        if grid is not None:
            grids.append(grid)
    return grids


def _above(lines: Sequence[Piece], first: int, a: int) -> tuple[Piece, ...]:
    """The lines over a table that may name it."""
    at = first + a
    above: list[Piece] = []
    for line in reversed(lines[max(0, at - _CAPTION_LINES) : at]):
        if "\t" in line.text or len(line.text) > _CAPTION_LENGTH or line.text.endswith(("。", "；")):
            break
        above.append(line)
    return tuple(reversed(above))


def _cells(clean: CleanText, line: Piece) -> Cells:
    """The cells of a line; None where the source shows an empty one between its rules or tabs."""
    out: list[Piece | None] = []
    for piece in pieces(clean.text, line.start, line.end, "\t"):
        if not piece.text:
            out.append(None)
            continue
        if out and out[-1] is not None:
            source = clean.document.text[clean.ends[out[-1].end - 1] : clean.starts[piece.start]]
            out += [None] * (max(source.count("|"), source.count("\t"), 1) - 1)
        out.append(piece)
    return (*out, *([None] * _rules_after(clean, line)))


def _rules_after(clean: CleanText, line: Piece) -> int:
    """How many empty cells the source shows after a line's last one."""
    source = clean.document.text
    start, end = clean.source_span(line.start, line.end)
    stop = source.find("\n", end)
    tail = source[end : stop if stop >= 0 else len(source)]
    if tail.strip("| \t"):
        return 0
    framed = source[source.rfind("\n", 0, start) + 1 : start].lstrip().startswith("|")
    return max(0, tail.count("|") - framed)


def _is_data(cells: Cells) -> bool:
    """Has a row a label and figures?"""
    texts = [c.text for c in cells if c]
    return len(texts) > 1 and any(is_number(t) for t in texts[1:]) and not _is_header(cells)


def _is_header(cells: Cells) -> bool:
    """May a row be one of headings: no figures but years?"""
    texts = [c.text for c in cells if c]
    if len(texts) < 2:
        return False
    figures = [t for t in texts[1:] if is_cell(t)]
    if not figures:
        return not is_number(texts[0])
    return (
        are_years(figures)
        and (len(figures) > 1 or len(texts) > 2 or not is_number(texts[0]))
        and all(is_year(t) for t in figures)
        and not is_cell(texts[0])
    )


def _grid(split: Sequence[Cells], above: tuple[Piece, ...], looks: Looks) -> Grid | None:
    data = [i for i, cells in enumerate(split) if _is_data(cells)]
    if not data:
        return None
    width = Counter(len(split[i]) for i in data).most_common(1)[0][0]
    headers = [i for i in range(data[0]) if _is_header(split[i])]
    header = _header(split, headers, width)
    if header is not None and not _heads(header, looks):
        header = None
    if header is None and len(data) < 3:
        return None
    heading: Cells = header if header is not None else (None,) * width
    full = len(heading)
    rows: list[Row] = []
    section: Piece | None = None
    opened: Piece | None = None  # the first line of a label of two
    for cells in split[headers[-1] + 1 if headers else data[0] :]:
        if len(cells) == 1 and cells[0] is not None:
            opened = cells[0] if _WRAPPED.search(cells[0].text) else None
            section = section if opened else cells[0]
            continue
        if _is_data(cells) and len(cells) == full:
            rows.append(Row((_wrapped(opened, cells[0]), *cells[1:]), section))
        opened = None
    if not rows:
        return None
    labels = _label_columns(rows, full)
    if not 1 <= labels < full:
        return None
    used = headers[-1] if header is not None else data[0]
    start = next(c for c in split[used] if c).start
    end = max(row.span[1] for row in rows)
    last = [c for cells in split[data[0] :] for c in cells if c]
    return Grid(start, max(end, last[-1].end), "tabbed", above, heading, tuple(rows), labels)


def _heads(header: Cells, looks: Looks) -> bool:
    """Does a row hold headings: a known corner, or one heading of figures at least?"""
    return (header[0] is not None and is_corner(header[0].text)) or any(
        c is not None and looks(c.text) for c in header[1:]
    )


def _wrapped(opened: Piece | None, label: Piece | None) -> Piece | None:
    """A label with its first line, which stood above the row."""
    if opened is None or label is None:
        return label
    return Piece(opened.start, label.end, opened.text + label.text)


def _header(split: Sequence[Cells], headers: Sequence[int], width: int) -> Cells | None:
    """One heading a column, from one row of headings or from two where the upper ones each span as many columns."""
    if not headers:
        return None
    lower = split[headers[-1]]
    if len(lower) == width:
        return lower
    if len(lower) == width - 1:
        upper = split[headers[-2]] if len(headers) > 1 else None
        spread = _spread(upper, lower) if upper else None
        return (upper[0], *spread) if upper and spread else (None, *lower)
    return lower if len(lower) > width else None


def _spread(upper: Cells, lower: Cells) -> Cells | None:
    """Lower headings with the upper one each stands under; None where they do not divide evenly."""
    groups = len(upper) - 1
    if groups < 1 or len(lower) % groups:
        return None
    size = len(lower) // groups
    texts = [c.text if c else "" for c in lower]
    if size < 2 or any(texts[i] != texts[i % size] for i in range(len(texts))):
        return None
    return tuple(joined(upper[1 + i // size], cell) for i, cell in enumerate(lower))


def joined(upper: Piece | None, lower: Piece | None) -> Piece | None:
    """A lower heading with the words of the one above it."""
    if upper is None or lower is None:
        return lower
    return replace(lower, text=upper.text + lower.text)


def _label_columns(rows: Sequence[Row], width: int) -> int:
    """How many columns at the left come before the figures: words, and serial numbers before these."""
    figures = [_mostly_figures(rows, column) for column in range(width)]
    first = 1 if figures[0] and not figures[1:2][0] else 0
    return next((column for column in range(first, width) if figures[column]), width)


def _mostly_figures(rows: Sequence[Row], column: int) -> bool:
    texts = [cell.text for row in rows if (cell := row.cells[column]) is not None]
    return bool(texts) and sum(is_cell(t) for t in texts) * 2 > len(texts)
