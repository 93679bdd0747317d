"""Tables that arrive with one cell a line: their rows are found again from the rhythm of labels and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.tables.columns import joined, unfolded, wraps
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
    label_columns,
)
from kg.extract.tables.heads import SERIAL, YEARLY, find_corner, find_header, serial_rows

_LONGEST = 60
_LONGEST_LABEL = 100
_PROSE = re.compile(r"[。！？；]|(?<!^其中)[:：，；]$|^[^（]*，")
_PART = re.compile(r"(?:#|其中)[:：]?")
_SENTENCE = re.compile(r"[。！？；]")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(?!\d)")
_ASIDE = re.compile(r"(?:（[^（）]{1,12}）)+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z\d\s()（）/,.&%'-]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEWEST = 3

@dataclass(frozen=True, slots=True)
class _Group:
    """The words before some figures, and the figures."""

    words: tuple[Piece, ...]
    figures: tuple[Piece, ...]
    section: Piece | None


def stacked_grids(lines: Sequence[Piece], looks: Looks) -> list[Grid]:
    """The stacked tables among the lines of a clean text, in order; ``looks`` knows the headings of columns."""
    found: list[Grid] = []
    at = 0
    while at < len(lines):
        if not _fits(lines, at):
            at += 1
            continue
        stop = at
        while stop < len(lines) and _fits(lines, stop):
            stop += 1
        first = at
        cells = list(lines[at:stop])
        while first and (row := _headings(lines[first - 1], looks)):
            cells, first = [*row, *cells], first - 1
        above = tuple(
            line
            for line in lines[max(0, first - 1) : first]
            if len(line.text) <= _LONGEST and "\t" not in line.text
        )
        found += _grids(_tokens(cells), above, looks)
        at = stop + 1
    return found


def _fits(lines: Sequence[Piece], at: int) -> bool:
    """Can a line be a cell: short, no sentence, no note? Right before a figure it may be a longer label."""
    text = lines[at].text
    if not text or "\t" in text or len(text) > _LONGEST_LABEL or is_note(text):
        return False
    if is_cell(text) or (len(text) <= _LONGEST and not _PROSE.search(text)):
        return True
    labels = at + 1 < len(lines) and is_cell(lines[at + 1].text)
    return (
        labels and _SENTENCE.search(text) is None and (len(text) <= _LONGEST // 2 or not _PROSE.search(text))
    )


def _headings(line: Piece, looks: Looks) -> list[Piece]:
    """The cells of a line of headings over stacked rows; empty where the line is none."""
    out, at = list[Piece](), line.start
    for part in line.text.split("\t"):
        out.append(Piece(at, at + len(part), part))
        at += len(part) + 1
    fitting = len(out) > 1 and all(looks(p.text) or is_corner(p.text) for p in out)
    return out if fitting else []


def _tokens(lines: Sequence[Piece]) -> list[Piece]:
    """Cells; a bracket or an English name on its own line belongs to the line before it."""
    out: list[Piece] = []
    for line in lines:
        before = out[-1] if out else None
        if before is not None and _PART.fullmatch(before.text) and not is_cell(line.text):
            out[-1] = Piece(before.start, line.end, before.text + line.text)
            continue
        if before is not None and not is_cell(before.text):
            opened = before.text.count("（") > before.text.count("）")
            english = _LATIN.fullmatch(line.text) is not None and _HAN.search(before.text) is not None
            if opened or english or (_ASIDE.fullmatch(line.text) and not _SECTION.match(line.text)):
                out[-1] = Piece(before.start, line.end, before.text + (" " if english else "") + line.text)
                continue
        out.append(line)
    return out


def _grids(tokens: Sequence[Piece], above: tuple[Piece, ...], looks: Looks) -> list[Grid]:
    """The tables of a run of cells: a new one starts at each corner after figures."""
    figures = sum(is_number(t.text) for t in tokens)
    if figures < _FEWEST and (figures < 2 or not any(is_corner(t.text) for t in tokens)):
        return []
    starts, seen = [0], False
    for i, token in enumerate(tokens):
        if seen and is_corner(token.text) and _opens(tokens, i, looks):
            starts.append(i)
            seen = False
        seen = seen or is_number(token.text)
    found = []
    for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True):
        grid = _grid(tokens[a:b], above if a == 0 else tuple(tokens[max(0, a - 2) : a]), looks)
        if grid is not None:
            found.append(grid)
    return found


def _opens(tokens: Sequence[Piece], i: int, looks: Looks) -> bool:
    """Is the corner at ``i`` followed by headings of columns?"""
    after = [t.text for t in tokens[i + 1 : i + 4]]
    return (
        len(after) == _FEWEST
        and not is_number(after[0])
        and sum(looks(t) or is_corner(t) for t in after) >= 2
    )


def _grid(tokens: Sequence[Piece], above: tuple[Piece, ...], looks: Looks) -> Grid | None:
    corner = find_corner(tokens, looks)
    if corner is not None and tokens[corner].text in SERIAL + YEARLY:
        grid = _even(tokens, corner, above, looks)
        if grid is not None:
            return grid
    groups = _groups(tokens, corner)
    if not groups:
        return None
    width = Counter(len(g.figures) for g in groups).most_common(1)[0][0]
    if width > 1 and len(groups[0].figures) % width == 0 and len(groups) == 1:
        return None
    between = Counter(len(g.words) for g in groups[1:] if g.words)
    # The fewest that many rows have: headings of sections and second lines of labels only add to them.
    words = min((n for n, rows in between.items() if 3 * rows >= between.total()), default=1)
    first = groups[0].words
    at = first.index(tokens[corner]) if corner is not None and tokens[corner] in first else None
    others = [g.words[-1].text for g in groups[1:] if g.words]
    unlike = bool(others) and not any(looks(text) for text in others)
    header, leading, caption = find_header(first, at, width, words, looks, unlike=unlike)
    if header is None:
        if not _speaks(groups, width):
            return None
        leading = min(words, len(first), 2)
        header, caption = (None,) * (leading + width), first[: len(first) - leading]
    rows = _rows(groups, len(header) - width, width, words, leading)
    if not rows:
        return None
    start = next((h.start for h in header if h is not None), rows[0].span[0])
    labels = len(header) - width
    header, unfold = unfolded(header, rows)
    return Grid(start, rows[-1].span[1], "stacked", (*above, *caption), header, unfold, labels)


def _even(tokens: Sequence[Piece], corner: int, above: tuple[Piece, ...], looks: Looks) -> Grid | None:
    """A table whose first column holds numbers too (serial numbers, years): its rows have as many cells as its heading."""
    found = serial_rows(tokens, corner, looks, section=_SECTION)
    if found is None:
        return None
    header, cells = found
    rows = tuple(Row(row) for row in cells)
    labels = label_columns(rows, len(header), serial=tokens[corner].text in SERIAL)
    if labels is None:
        return None
    caption = (*above, *tokens[max(0, corner - 2) : corner])
    return Grid(tokens[corner].start, rows[-1].span[1], "stacked", caption, header, rows, labels)


def _groups(tokens: Sequence[Piece], corner: int | None) -> list[_Group]:
    """Words and the figures after them; years that head columns count as words."""
    out: list[_Group] = []
    words: list[Piece] = []
    section: Piece | None = None
    i = 0
    while i < len(tokens):
        text = tokens[i].text
        if not is_cell(text):
            numbered = i + 1 < len(tokens) and is_cell(tokens[i + 1].text)  # a label: 一、医院
            if _SECTION.match(text) and not numbered and (out or (corner is not None and i > corner)):
                section = tokens[i]
            else:
                words.append(tokens[i])
            i += 1
            continue
        stop = i
        while stop < len(tokens) and is_cell(tokens[stop].text):
            stop += 1
        run = tokens[i:stop]
        if not out and are_years([t.text for t in run]) and (len(run) > 1 or corner is not None):
            words += run
        elif out or any(is_number(t.text) for t in run):
            out.append(_Group(tuple(words), tuple(run), section))
            words = []
        i = stop
    return out


def _speaks(groups: Sequence[_Group], width: int) -> bool:
    """Can rows without headings be read: the same few figures after a label, row by row?"""
    even = sum(len(g.figures) == width and bool(g.words) for g in groups)
    return len(groups) >= _FEWEST and even == len(groups) and width <= 2


def _rows(groups: Sequence[_Group], labels: int, width: int, words: int, leading: int) -> list[Row]:
    """The rows: the last words before some figures are its labels; figures that do not fill the columns are left out.

    ``words`` stand between the figures of two rows, ``leading`` of them before those of the first.
    """
    trailing = max(0, words - labels)
    rows: list[Row] = []
    for i, group in enumerate(groups):
        spare = min(len(group.words) - trailing, labels) if i else leading
        left: list[Piece | None] = list(group.words[len(group.words) - spare :]) if spare > 0 else []
        section = group.section
        if i and len(group.words) - trailing > labels:
            first, second = group.words[-labels - 1 : len(group.words) - labels + 1]
            if wraps(first.text, second.text) and not _SECTION.match(first.text):
                left[0] = joined((first, second))
            else:
                section = first
        left += [None] * (labels - len(left))
        if len(group.figures) % width:
            continue
        for start in range(0, len(group.figures), width):
            rows.append(
                Row(
                    (*(left if start == 0 else [None] * labels), *group.figures[start : start + width]),
                    section,
                )
            )
    return rows
