"""Tables whose rows are lines with tabs between the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.extract.tables.columns import joined, spread, unfolded, wraps
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
    label_columns,
    pieces,
)
from kg.extract.tables.levels import by_blanks, chained, columns_of, placed, settled
from kg.model import CleanText

_SECTION_LENGTH = 20
_CAPTION_LINES = 3
_CAPTION_LENGTH = 60

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
        noted = is_note(here) and not is_cell(here.split("\t")[-1])
        if noted or not ("\t" in here or heading):
            break
        stop += 1
    return stop


def _grids(clean: CleanText, lines: Sequence[Piece], first: int, stop: int, looks: Looks) -> list[Grid]:
    """The tables of a run of lines: a new one starts at each heading row after rows with figures."""
    split = _aligned([_cells(clean, line) if "\t" in line.text else (line,) for line in lines[first:stop]])
    starts, seen = [0], False
    for i, cells in enumerate(split):
        if _is_header(cells) and seen:
            starts.append(i)
            seen = False
        seen = seen or _is_data(cells)
    grids = []
    for a, b in zip(starts, [*starts[1:], len(split)], strict=True):
        above = _above(lines, first, a)
        grid = _grid(clean, split[a:b], above, looks)
        if grid is not None:
            grids.append(grid)
    return grids


def _aligned(split: list[Cells]) -> list[Cells]:
    """Rows without the columns at either side that none of them fills, such as the tabs of an indent."""
    filled = [[i for i, cell in enumerate(cells) if cell] for cells in split if len(cells) > 1]
    first = min((columns[0] for columns in filled if columns), default=0)
    last = max((columns[-1] for columns in filled if columns), default=0)
    return [cells[first : last + 1] if len(cells) > 1 else cells for cells in split]


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
    out: list[Piece | None] = [None] * _rules_before(clean, line)
    for cell in pieces(clean.text, line.start, line.end, "\t"):
        piece = cell
        if not piece.text:
            out.append(None)
            continue
        if piece.text.startswith("**") and len(piece.text) > len("****"):  # bold in Markdown
            bold = piece.text.strip("*")
            piece = Piece(piece.start + 2, piece.start + 2 + len(bold), bold)
        if out and out[-1] is not None:
            source = clean.document.text[clean.ends[out[-1].end - 1] : clean.starts[piece.start]]
            out += [None] * (max(source.count("|"), source.count("\t"), 1) - 1)
        out.append(piece)
    return (*out, *([None] * _rules_after(clean, line)))


def _rules_before(clean: CleanText, line: Piece) -> int:
    """How many empty cells the source shows before a line's first one."""
    source = clean.document.text
    start = clean.starts[line.start]
    lead = source[source.rfind("\n", 0, start) + 1 : start]
    if lead.strip("| \t\u3000"):
        return 0
    return max(0, lead.count("|") - 1) if "|" in lead else lead.count("\t")


def _rules_after(clean: CleanText, line: Piece) -> int:
    """How many empty cells the source shows after a line's last one."""
    source = clean.document.text
    start, end = clean.source_span(line.start, line.end)
    stop = source.find("\n", end)
    tail = source[end : stop if stop >= 0 else len(source)]
    if tail.strip("| \t"):
        return 0
    framed = source[source.rfind("\n", 0, start) + 1 : start].lstrip().startswith("|")
    return max(0, tail.count("|") - framed) if "|" in tail else tail.count("\t")


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


def _grid(clean: CleanText, split: Sequence[Cells], above: tuple[Piece, ...], looks: Looks) -> Grid | None:
    data = [i for i, cells in enumerate(split) if _is_data(cells)]
    if not data:
        return None
    width = Counter(len(split[i]) for i in data).most_common(1)[0][0]
    headers = [i for i in range(data[0]) if _is_header(split[i])]
    header = _header(clean, split, headers, data, width)
    if header is not None and not _heads(header, looks):
        header = None
    if header is None and len(data) < 3:
        return None
    heading: Cells = header if header is not None else (None,) * width
    full = len(heading)
    columns = columns_of(clean, [split[i] for i in data if len(split[i]) == full])
    rows: list[Row] = []
    section: Piece | None = None
    above_row: Piece | None = None  # a heading, or the first line of a label of two
    for printed in split[headers[-1] + 1 if headers else data[0] :]:
        cells = printed
        if len(cells) == 1 and cells[0] is not None:
            above_row = cells[0]
            continue
        if len(cells) < full and columns and by_blanks(clean, [cells]):
            cells = settled(clean, cells, columns) or cells
        label = cells[0]
        if above_row is not None:
            if label is not None and wraps(above_row.text, label.text):
                label = joined((above_row, label))
            else:
                section = above_row
            above_row = None
        if _is_data(cells) and len(cells) == full:
            rows.append(Row((label, *cells[1:]), section))
    if not rows:
        return None
    heading, body = unfolded(heading, rows)
    labels = label_columns(body, len(heading))
    if labels is None:
        return None
    used = headers[-1] if header is not None else data[0]
    start = next(c for c in split[used] if c).start
    end = max(row.span[1] for row in body)
    last = [c for cells in split[data[0] :] for c in cells if c]
    return Grid(start, max(end, last[-1].end), "tabbed", above, heading, body, labels)


def _heads(header: Cells, looks: Looks) -> bool:
    """Does a row hold headings: a known corner, or one heading of figures at least?"""
    return (header[0] is not None and is_corner(header[0].text)) or any(
        c is not None and looks(c.text) for c in header[1:]
    )


def _header(
    clean: CleanText, split: Sequence[Cells], headers: Sequence[int], data: Sequence[int], width: int
) -> Cells | None:
    """One heading a column, from one row of headings or from several where upper ones span columns."""
    if not headers:
        return None
    lower = split[headers[-1]]
    first = headers[-1]
    while first - 1 in headers or (first - 2 in headers and len(split[first - 1]) == 1):
        first -= 1
    levels = [*split[first : headers[-1] + 1]]
    if len(levels) > 1 and by_blanks(clean, levels):
        heads = placed(clean, levels, [split[i] for i in data], width)
        if heads:
            return heads
    upper = levels[-2] if len(levels) > 1 and len(levels[-2]) > 1 else None
    if len(lower) == width - 1:
        below = [c for c in lower if c]
        spreads = spread([c for c in upper[1:] if c], below) if upper and len(below) == len(lower) else None
        if upper and spreads:
            return (upper[0], *spreads)
        lower = (None, *lower)
    if len(levels) > 1 and lower[0] is None and len(lower) <= width:
        heads = chained([*levels[:-1], lower], width)
        if heads and any(heads[1:]):
            return heads
    return lower if len(lower) >= width else None
