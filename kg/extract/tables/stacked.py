"""Tables that arrive with one cell a line: their rows are found again from the rhythm of labels and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
)

_LONGEST = 60
_LONGEST_LABEL = 100
_PROSE = re.compile(r"[。！？；]|(?<!^其中)[:：，；]$|^[^（]*，")
_PART = re.compile(r"(?:#|其中)[:：]?")
_SENTENCE = re.compile(r"[。！？；]")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(?!\d)")
_ASIDE = re.compile(r"（[^（）]{1,12}）")
_LATIN = re.compile(r"[A-Za-z][A-Za-z\d\s()（）/,.&%'-]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CAPTION = re.compile(
    r"(?:续|附)?(?:表|附件|附表|专栏|图)[\d一二三四五六七八九十]*(?:[-—.]\d+)*|.*(?:情况|统计)?表$|.*单位[:：]|\d+-\d+|.*(?:情况|统计|一览)$"
)
_FEWEST = 3
_SERIAL = ("序号", "编号")
_YEARLY = ("年份", "年度", "年", "时间", "时期")


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
    corner = _corner(tokens, looks)
    if corner is not None and tokens[corner].text in _SERIAL + _YEARLY:
        grid = _even(tokens, corner, above)
        if grid is not None:
            return grid
    groups = _groups(tokens, corner)
    if not groups:
        return None
    width = Counter(len(g.figures) for g in groups).most_common(1)[0][0]
    if width > 1 and len(groups[0].figures) % width == 0 and len(groups) == 1:
        return None
    between = Counter(len(g.words) for g in groups[1:] if g.words).most_common(1)
    words = between[0][0] if between else 1
    first = groups[0].words
    at = first.index(tokens[corner]) if corner is not None and tokens[corner] in first else None
    others = [g.words[-1].text for g in groups[1:] if g.words]
    unlike = bool(others) and not any(looks(text) for text in others)
    header, leading, caption = _header(first, at, width, words, looks, unlike=unlike)
    if header is None:
        if not _speaks(groups, width):
            return None
        leading = min(words, len(first), 2)
        header, caption = (None,) * (leading + width), first[: len(first) - leading]
    rows = _rows(groups, len(header) - width, width, words, leading)
    if not rows:
        return None
    start = next((h.start for h in header if h is not None), rows[0].span[0])
    return Grid(
        start, rows[-1].span[1], "stacked", (*above, *caption), header, tuple(rows), len(header) - width
    )


def _corner(tokens: Sequence[Piece], looks: Looks) -> int | None:
    """The cell that heads the labels: the last known one with headings after it, the first of several in a row.

    Such words name rows too (医院), and then no heading follows.
    """
    stop = next((i for i, t in enumerate(tokens) if is_number(t.text) and not is_year(t.text)), len(tokens))
    known = [i for i in range(stop - 2) if is_corner(tokens[i].text)]
    headed = [
        i
        for i in known
        if looks(tokens[i + 1].text) or is_corner(tokens[i + 1].text) or is_year(tokens[i + 1].text)
    ]
    for i in reversed(headed or known):
        while i and is_corner(tokens[i - 1].text):
            i -= 1  # noqa: PLW2901
        return i
    return None


def _even(tokens: Sequence[Piece], corner: int, above: tuple[Piece, ...]) -> Grid | None:
    """A table whose first column holds numbers too (serial numbers, years): its rows have as many cells as its heading."""
    stop = next((i for i in range(corner, len(tokens)) if is_cell(tokens[i].text)), len(tokens))
    header, body = tokens[corner:stop], [t for t in tokens[stop:] if not _SECTION.match(t.text)]
    width = len(header)
    rows = [tuple(body[i : i + width]) for i in range(0, len(body) - width + 1, width)]
    if width < 2 or len(rows) < 2 or not all(is_cell(row[0].text) for row in rows):
        return None
    serial = header[0].text in _SERIAL
    if serial and [row[0].text for row in rows] != [str(i + 1) for i in range(len(rows))]:
        return None
    if not serial and not are_years([row[0].text for row in rows]):
        return None
    labels = 2 if serial else 1
    kept = tuple(Row(row) for row in rows)
    return Grid(
        header[0].start,
        kept[-1].span[1],
        "stacked",
        (*above, *tokens[max(0, corner - 2) : corner]),
        tuple(header),
        kept,
        labels,
    )


def _groups(tokens: Sequence[Piece], corner: int | None) -> list[_Group]:
    """Words and the figures after them; years that head columns count as words."""
    out: list[_Group] = []
    words: list[Piece] = []
    section: Piece | None = None
    i = 0
    while i < len(tokens):
        text = tokens[i].text
        if not is_cell(text):
            if _SECTION.match(text) and (out or (corner is not None and i > corner)):
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


def _header(
    first: tuple[Piece, ...], corner: int | None, width: int, words: int, looks: Looks, *, unlike: bool
) -> tuple[tuple[Piece | None, ...] | None, int, tuple[Piece, ...]]:
    """The headings, how many labels the first row has, and the lines over the table, from the words before the figures.

    Where the words between two rows are more than a row's labels, the rest are columns of words at the right.
    ``unlike`` tells that the other rows' labels do not look like headings.
    """
    if corner is not None:
        return (*_cornered(first[corner:], width, words, looks), first[:corner])
    until = max((i + 1 for i, p in enumerate(first[:-width]) if _CAPTION.match(p.text)), default=0)
    caption, bare = first[:until], first[until:]
    seen = [looks(p.text) for p in bare]
    if (
        (len(bare) == width or unlike) and len(bare) >= width > 1 and all(seen[-width:])
    ):  # a first row without a label
        return (None, *bare[-width:]), 0, (*caption, *bare[:-width])
    for labels in range(words, 0, -1):
        at = len(bare) - width - labels
        if at < 0 or width == 1:
            continue
        if all(seen[at : at + width]) or (at == 1 and any(seen[at : at + width])):
            return (*([None] * labels), *bare[at : at + width]), labels, (*caption, *bare[:at])
    return None, 0, caption


def _cornered(
    named: Sequence[Piece], width: int, words: int, looks: Looks
) -> tuple[tuple[Piece | None, ...] | None, int]:
    """The headings from the corner on, and how many labels the first row has."""
    united = len(named) > 1 and named[1].text.endswith("单位")
    choices = (2,) if united else tuple(range(words, 0, -1))
    for labels in choices:
        if len(named) == width + max(words, labels) + labels:
            return tuple(named[: labels + width]), labels
    for labels in choices:
        upper = len(named) - width - max(words, labels) - labels
        spread = (
            _spread(named[labels : labels + upper], named[labels + upper : labels + upper + width])
            if upper > 0
            else None
        )
        if spread is not None:
            return (*named[:labels], *spread), labels
    for labels in choices:  # a heading of a section, or a first row that lacks its unit
        columns = named[labels : labels + width]
        rest = len(named) - labels - width
        if len(columns) == width and 1 <= rest <= labels + 1 and all(looks(p.text) for p in columns):
            return tuple(named[: labels + width]), min(rest, labels)
    return None, 0


def _spread(upper: Sequence[Piece], lower: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Lower headings with the upper one each stands under, where the lower ones repeat under each upper one."""
    if len(upper) < 2 or len(lower) % len(upper):
        return None
    size = len(lower) // len(upper)
    if size < 2 or any(lower[i].text != lower[i % size].text for i in range(len(lower))):
        return None
    return tuple(replace(cell, text=upper[i // size].text + cell.text) for i, cell in enumerate(lower))


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
            section = group.words[-labels - 1]
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
