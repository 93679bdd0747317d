"""Tables whose rows are lines with tabs between the cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
from kg.extract.tables.levels import by_blanks, chained, columns_of, placed
from kg.extract.tables.rows import Placing, folded
from kg.extract.tables.spans import is_parted, paired, spanning, summed
from kg.model import CleanText

_ENGLISH = re.compile(r"[^\u4e00-\u9fff]*[A-Za-z]{4}[^\u4e00-\u9fff]*")
_LATIN = re.compile(r"[A-Za-z\s.,&'()-]+$")
_PADDED = re.compile(r"\|\|")  # empty cells that were all put at the end of their row
_ONE_LINE = 8
_SECTION_LENGTH = 20
_CAPTION_LINES = 3
_SECTION_LINES = 1
_CAPTION_LENGTH = 60

Cells = tuple[Piece | None, ...]


def tabbed_grids(clean: CleanText, lines: Sequence[Piece], looks: Looks) -> list[Grid]:
    """The tabbed tables among the lines of a clean text, in order; ``looks`` knows the headings of columns."""
    found: list[Grid] = []
    lines = _without_english(lines)
    at = 0
    while at < len(lines):
        if "\t" not in lines[at].text:
            at += 1
            continue
        stop = _stop(clean, lines, at)
        found += _grids(clean, lines, at, stop, looks)
        at = stop
    return found


def _without_english(lines: Sequence[Piece]) -> list[Piece]:
    """Lines without those that say in English what the line above says."""
    out: list[Piece] = []
    for line in lines:
        bare = line.text.replace("\t", " ")
        above = out[-1].text if out else ""
        repeats = _ENGLISH.fullmatch(bare) is not None and not any(
            is_cell(cell) for cell in line.text.split("\t")
        )
        if not repeats or ("\t" in line.text and line.text.count("\t") != above.count("\t")):
            out.append(line)
    return out


def _stop(clean: CleanText, lines: Sequence[Piece], at: int) -> int:
    """The line after the last of the run of rows that starts at ``at``; short headings may stand between rows."""
    source = clean.document.text
    stop = at + 1
    while stop < len(lines):
        here, below = lines[stop].text, lines[stop + 1].text if stop + 1 < len(lines) else ""
        heading = 0 < len(_LATIN.sub("", here)) <= _SECTION_LENGTH and "\t" in below and not is_note(below)
        noted = is_note(here) and not is_cell(here.split("\t")[-1])
        after = clean.ends[lines[stop].end - 1] if here else 0
        empty = source[after : after + 3].lstrip(" ").startswith("|")  # a row of a label alone
        if noted or not ("\t" in here or heading or empty):
            break
        stop += 1
    return stop


def _grids(clean: CleanText, lines: Sequence[Piece], first: int, stop: int, looks: Looks) -> list[Grid]:
    """The tables of a run of lines: a new one starts at each heading row after rows with figures."""
    printed = [_cells(clean, line) if "\t" in line.text else (line,) for line in lines[first:stop]]
    if any(len(cells) > _ONE_LINE for cells in printed):
        printed = [row for cells in printed for row in folded(_unpadded(cells))]
    split = _aligned(printed)
    padded = _is_padded(clean, lines[first], lines[stop - 1])
    if padded:
        split = [_unpadded(cells) for cells in split]
        split = [cells for cells in split if len(cells) > 1 or not any(c and is_cell(c.text) for c in cells)]
    starts, seen = [0], False
    for i, cells in enumerate(split):
        if _is_header(cells) and seen:
            starts.append(i)
            seen = False
        seen = seen or _is_data(cells)
    grids = []
    for a, b in zip(starts, [*starts[1:], len(split)], strict=True):
        opening = next((cell.start for cells in split[a:b] for cell in cells if cell), 0)
        at = next((i for i in range(first, stop) if lines[i].end >= opening), first)
        grid = _grid(clean, split[a:b], _over(lines, at), looks, padded=padded)
        if grid is not None:
            grids.append(grid)
    return grids


def _aligned(split: list[Cells]) -> list[Cells]:
    """Rows without the columns at either side that none of them fills, such as the tabs of an indent."""
    filled = [[i for i, cell in enumerate(cells) if cell] for cells in split if len(cells) > 1]
    first = min((columns[0] for columns in filled if columns), default=0)
    last = max((columns[-1] for columns in filled if columns), default=0)
    return [cells[first : last + 1] if len(cells) > 1 else cells for cells in split]


def _is_padded(clean: CleanText, first: Piece, last: Piece) -> bool:
    """Does the source show, in or right over these lines, that empty cells were moved to the ends of rows?"""
    source = clean.document.text
    start, end = clean.starts[first.start], clean.ends[last.end - 1]
    line = source.rfind("\n", 0, max(0, source.rfind("\n", 0, start)))
    return _PADDED.search(source[max(0, source.rfind("\n", 0, max(0, line))) : end]) is not None


def _unpadded(cells: Cells) -> Cells:
    last = max((i for i, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


@dataclass(frozen=True, slots=True)
class _Over:
    """The lines over a table that may name it; years that stand there one a line, and the lines right below these."""

    lines: tuple[Piece, ...]
    years: tuple[Piece, ...] = ()
    section: Piece | None = None


def _over(lines: Sequence[Piece], at: int) -> _Over:
    first = at
    while at - first < _SECTION_LINES and first and not is_year(lines[first - 1].text.removesuffix("年")):
        first -= 1
    stop = first
    while first and is_year(lines[first - 1].text.removesuffix("年")):
        first -= 1
    if are_years([line.text.removesuffix("年") for line in lines[first:stop]]):
        return _Over(_above(lines, first), tuple(lines[first:stop]), lines[at - 1] if at > stop else None)
    return _Over(_above(lines, at))


def _above(lines: Sequence[Piece], at: int) -> tuple[Piece, ...]:
    """The lines over a table that may name it."""
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
    if len(texts) > 2 and are_years(texts):
        return True
    figures = [t for t in texts[1:] if is_cell(t)]
    if not figures:
        return not is_number(texts[0])
    return (
        are_years(figures)
        and (len(figures) > 1 or len(texts) > 2 or not is_number(texts[0]))
        and all(is_year(t) for t in figures)
        and not is_cell(texts[0])
    )


def _grid(
    clean: CleanText, split: Sequence[Cells], over: _Over, looks: Looks, *, padded: bool
) -> Grid | None:
    data = [i for i, cells in enumerate(split) if _is_data(cells)]
    if not data:
        return None
    width = Counter(len(split[i]) for i in data).most_common(1)[0][0]
    headers = [i for i in range(data[0]) if _is_header(split[i])]
    header = _header(clean, split, headers, data, width, padded=padded)
    above, section = over.lines, None
    if not headers and len(over.years) == width - 1:
        header, section = (None, *over.years), over.section
    elif over.years:
        above = ()
    if header is not None and not (_heads(header, looks) or _is_counted(split, headers)):
        header = None
    if header is None and len(data) < 3:
        return None
    heading: Cells = header if header is not None else (None,) * width
    rows = _rows(clean, split[headers[-1] + 1 if headers else data[0] :], heading, section)
    if not rows:
        return None
    heading, body = unfolded(heading, rows)
    labels = label_columns(body, len(heading))
    if labels is None:
        return None
    used = headers[-1] if headers and header is not None else data[0]
    start = next(c for c in split[used] if c).start
    end = max(row.span[1] for row in body)
    last = [c for cells in split[data[0] :] for c in cells if c]
    return Grid(start, max(end, last[-1].end), "tabbed", above, heading, body, labels)


def _rows(clean: CleanText, split: Sequence[Cells], heading: Cells, section: Piece | None) -> list[Row]:
    """The rows below a heading that have a cell, or none, in each of its columns."""
    full = len(heading)
    whole = [cells for cells in split if _is_data(cells) and len(cells) == full]
    placing = Placing(clean, heading, whole, columns_of(clean, whole))
    rows: list[Row] = []
    above: Piece | None = None  # a heading, or the first line of a label of two
    for printed in split:
        if len(printed) == 1 and printed[0] is not None:
            above = None if is_corner(_LATIN.sub("", printed[0].text)) else printed[0]
            continue
        cells = placing.row(printed, above)
        label = cells[0]
        if above is not None and label is not above:
            if label is not None and wraps(above.text, label.text):
                label = joined((above, label))
            else:
                section = above
        above = None
        if _is_data(cells) and len(cells) == full:
            rows.append(Row((label, *cells[1:]), section))
    return rows


def _is_counted(split: Sequence[Cells], headers: Sequence[int]) -> bool:
    """Do the headings say 合计 and its parts?"""
    return len(headers) > 1 and is_parted([c for c in split[headers[-2]] if c])


def _heads(header: Cells, looks: Looks) -> bool:
    """Does a row hold headings: a known corner, or one heading of figures at least?"""
    return (header[0] is not None and is_corner(header[0].text)) or any(
        c is not None and looks(c.text) for c in header[1:]
    )


def _header(
    clean: CleanText,
    split: Sequence[Cells],
    headers: Sequence[int],
    data: Sequence[int],
    width: int,
    *,
    padded: bool,
) -> Cells | None:
    """One heading a column, from one row of headings or from several where upper ones span columns."""
    if not headers:
        return None
    lower = split[headers[-1]]
    first = headers[-1]
    while first - 1 in headers or (first - 2 in headers and len(split[first - 1]) == 1):
        first -= 1
    levels = [*split[first : headers[-1] + 1]]
    if are_years([c.text for c in lower if c]):
        return (None, *lower)
    counted = _by_count(levels, width, padded=padded)
    if counted is not None or (padded and len(lower) < width):
        return counted
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


def _by_count(levels: Sequence[Cells], width: int, *, padded: bool) -> Cells | None:
    """The headings of two lines that their number tells."""
    if len(levels) < 2 or not all(levels[-1]):
        return None
    upper, lower = ([c for c in level if c] for level in levels[-2:])
    heads = paired(upper, lower)
    if heads is None and len(levels) > 2:
        heads = summed([c for c in levels[-3] if c], upper, lower)
    if heads is not None and len(heads) == width:
        return heads
    return spanning(upper, lower, width) if padded or is_parted(upper) else None
