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
    is_number,
    label_columns,
)
from kg.extract.tables.heads import SERIAL, YEARLY, Header, find_corner, find_header, serial_rows
from kg.extract.tables.runs import SECTION, find_runs

_UNIT_LINE = re.compile(r"（?(?:金额|计量|数据)?单位[:：].*")
_TITLE = re.compile(r"(?:续|附)?表\s?[\d一二三四五六七八九十]+(?![\d.,]*$)")
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """The words before some figures, and the figures."""

    words: tuple[Piece, ...]
    figures: tuple[Piece, ...]
    section: Piece | None


def stacked_grids(lines: Sequence[Piece], looks: Looks) -> list[Grid]:
    """The stacked tables among the lines of a clean text, in order; ``looks`` knows the headings of columns."""
    return [grid for run in find_runs(lines, looks) for grid in _grids(run.cells, run.above, looks)]


def _grids(tokens: Sequence[Piece], above: tuple[Piece, ...], looks: Looks) -> list[Grid]:
    """The tables of a run of cells: a new one starts at each corner or title after figures."""
    figures = sum(is_number(t.text) for t in tokens)
    if figures < _FEWEST and (figures < 2 or not any(is_corner(t.text) for t in tokens)):
        return []
    starts, seen = [0], False
    for i, token in enumerate(tokens):
        if seen and (_TITLE.match(token.text) or (is_corner(token.text) and _opens(tokens, i, looks))):
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
    above = (*above, *(t for t in tokens if _UNIT_LINE.fullmatch(t.text)))
    tokens = [t for t in tokens if not _UNIT_LINE.fullmatch(t.text)]
    corner = find_corner(tokens, looks)
    if corner is not None and tokens[corner].text in SERIAL + YEARLY:
        grid = _even(tokens, corner, above, looks)
        if grid is not None:
            return grid
    groups, rest = _groups(tokens, corner)
    if not groups:
        return None
    widths = Counter(len(g.figures) for g in groups)
    between = Counter(len(g.words) for g in groups[1:] if g.words) or Counter([1])
    # The fewest words that many rows have: headings of sections and second lines of labels only add to them.
    fewest = min((n for n, rows in between.items() if 3 * rows >= between.total()), default=1)
    for width, count in widths.most_common():
        for words in dict.fromkeys((fewest, between.most_common(1)[0][0])):
            if count > 1 or len(widths) == 1:
                rhythm = _Rhythm(width, words, tuple(groups), rest)
                grid = rhythm.grid(tokens[corner] if corner is not None else None, above, looks)
                if grid is not None:
                    return grid
    return None


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """Rows of ``width`` figures with ``words`` between those of two rows, ``rest`` behind the last."""

    width: int
    words: int
    groups: tuple[_Group, ...]
    rest: tuple[Piece, ...]

    def grid(self, corner: Piece | None, above: tuple[Piece, ...], looks: Looks) -> Grid | None:
        """The table with these rows; None where its headings do not fit."""
        groups, first = self.groups, self.groups[0].words
        at = first.index(corner) if corner is not None and corner in first else None
        others = [g.words[-1].text for g in groups[1:] if g.words]
        unlike = bool(others) and not any(looks(text) for text in others)
        header = find_header(first, at, self.width, self.words, looks, unlike=unlike)
        single = len(groups) == 1 and self.width > 1
        if single and (header is None or not header.plain or len(groups[0].figures) != self.width):
            return None
        if header is None:
            if not self._speaks():
                return None
            leading = min(self.words, len(first), 2)
            header = Header((None,) * (leading + self.width), leading, leading, first[: len(first) - leading])
        rows = self._rows(header)
        if not rows:
            return None
        start = next((h.start for h in header.cells if h is not None), rows[0].span[0])
        cells, unfold = unfolded(header.cells, rows)
        return Grid(
            start, rows[-1].span[1], "stacked", (*above, *header.caption), cells, unfold, header.labels
        )

    def _speaks(self) -> bool:
        """Can rows without headings be read: the same few figures after a label, row by row?"""
        even = all(len(g.figures) == self.width and g.words for g in self.groups)
        return len(self.groups) >= _FEWEST and even and self.width <= 2

    def _rows(self, header: Header) -> list[Row]:
        """The rows: the last words before some figures are its labels; figures that do not fill the columns are left out.

        Words between two rows that are no label belong to columns of words at the right.
        """
        groups, labels = self.groups, header.labels
        trailing = max(0, self.words - labels)
        shown = len(header.cells) - labels - self.width
        rows: list[Row] = []
        for i, group in enumerate(groups):
            spare = min(len(group.words) - trailing, labels) if i else header.leading
            left: list[Piece | None] = list(group.words[len(group.words) - spare :]) if spare > 0 else []
            section = group.section
            if i and len(group.words) - trailing > labels:
                first, second = group.words[-labels - 1 : len(group.words) - labels + 1]
                if wraps(first.text, second.text) and not SECTION.match(first.text):
                    left[0] = joined((first, second))
                else:
                    section = first
            left += [None] * (labels - len(left))
            if len(group.figures) % self.width:
                continue
            after = groups[i + 1].words if i + 1 < len(groups) else self.rest
            right = [*after[:trailing], *([None] * trailing)][:shown]
            for start in range(0, len(group.figures), self.width):
                before = left if start == 0 else [None] * labels
                behind = right if start + self.width == len(group.figures) else [None] * shown
                rows.append(Row((*before, *group.figures[start : start + self.width], *behind), section))
        return rows


def _even(tokens: Sequence[Piece], corner: int, above: tuple[Piece, ...], looks: Looks) -> Grid | None:
    """A table whose first column holds numbers too (serial numbers, years): its rows have as many cells as its heading."""
    found = serial_rows(tokens, corner, looks, section=SECTION)
    if found is None:
        return None
    header, cells = found
    rows = tuple(Row(row) for row in cells)
    labels = label_columns(rows, len(header), serial=tokens[corner].text in SERIAL)
    if labels is None:
        return None
    caption = (*above, *tokens[max(0, corner - 2) : corner])
    return Grid(tokens[corner].start, rows[-1].span[1], "stacked", caption, header, rows, labels)


def _groups(tokens: Sequence[Piece], corner: int | None) -> tuple[list[_Group], tuple[Piece, ...]]:
    """Words and the figures after them, and the words after the last; years that head columns count as words."""
    out: list[_Group] = []
    words: list[Piece] = []
    section: Piece | None = None
    i = 0
    while i < len(tokens):
        text = tokens[i].text
        if not is_cell(text):
            numbered = i + 1 < len(tokens) and is_cell(tokens[i + 1].text)  # a label: 一、医院
            if SECTION.match(text) and not numbered and (out or (corner is not None and i > corner)):
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
    return out, tuple(words)
