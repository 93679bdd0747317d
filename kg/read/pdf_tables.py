"""Tables of a PDF page by the lines that are drawn around their cells, which show what is merged and what is wrapped."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_float
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_NEAR = 2.5  # points within which two lines are one
_SHORT = 4.0  # points below which a stroke is no line
_MOST = 20_000  # strokes of a page: a drawing has more
_DEEP = 3  # forms in forms


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of a page, across (``at`` is its height) or upright (``at`` is its distance from the left)."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of a ruled table: its place in the grid, what it spans, and its edges on the page."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table; ``areas`` are its cells by row and column."""

    areas: tuple[Area, ...]
    left: float
    right: float
    bottom: float
    top: float


def ruled_tables(page: pdfium.PdfPage) -> list[Ruled]:
    """The ruled tables of a page, from its top to its bottom: those of two rows and two columns at least."""
    strokes = _merged(list(_strokes(page)))
    tables = [table for group in _groups(strokes) if (table := _table(group)) is not None]
    return sorted(tables, key=lambda table: -table.top)


def _strokes(page: pdfium.PdfPage) -> Iterator[Stroke]:
    found = 0
    for one in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=_DEEP):
        for (x0, y0), (x1, y1) in _edges(one):
            found += 1
            if found > _MOST:
                return
            if abs(y1 - y0) < 1 and abs(x1 - x0) > _SHORT:
                yield Stroke(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
            elif abs(x1 - x0) < 1 and abs(y1 - y0) > _SHORT:
                yield Stroke(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _edges(one: pdfium.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight edges of a path, in points of the page."""
    matrix = one.get_matrix()
    start = last = (0.0, 0.0)
    x, y = c_float(), c_float()
    for index in range(pdfium_c.FPDFPath_CountSegments(one.raw)):
        segment = pdfium_c.FPDFPath_GetPathSegment(one.raw, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        if not all(map(math.isfinite, point)):
            return
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield last, start
            last = start


def _merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes with those that lie on one another or follow one another as one."""
    out: list[Stroke] = []
    for across in (True, False):
        mine = sorted((s for s in strokes if s.across == across), key=lambda s: s.at)
        bands: list[list[Stroke]] = []
        for stroke in mine:
            if bands and stroke.at - bands[-1][0].at <= _NEAR:
                bands[-1].append(stroke)
            else:
                bands.append([stroke])
        for band in bands:
            at = sum(s.at for s in band) / len(band)
            run: Stroke | None = None
            for stroke in sorted(band, key=lambda s: s.start):
                if run is not None and stroke.start <= run.end + _NEAR:
                    run = Stroke(across, at, run.start, max(run.end, stroke.end))
                else:
                    if run is not None:
                        out.append(run)
                    run = Stroke(across, at, stroke.start, stroke.end)
            if run is not None:
                out.append(run)
    return out


def _groups(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Strokes that hang together."""
    flat = [s for s in strokes if s.across]
    upright = [s for s in strokes if not s.across]
    parent = list(range(len(flat) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    heights = [s.at for s in flat]  # in order, as merged
    for i, line in enumerate(upright, start=len(flat)):
        first = bisect_right(heights, line.start - _NEAR)
        for j in range(first, len(flat)):
            if flat[j].at > line.end + _NEAR:
                break
            if flat[j].start - _NEAR <= line.at <= flat[j].end + _NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, list[Stroke]] = {}
    for i, stroke in enumerate([*flat, *upright]):
        groups.setdefault(root(i), []).append(stroke)
    return list(groups.values())


def _table(strokes: Sequence[Stroke]) -> Ruled | None:
    """The cells between strokes that hang together; None where they are too few to be a table."""
    ys = _places(s.at for s in strokes if s.across)[::-1]
    xs = _places(s.at for s in strokes if not s.across)
    if len(ys) < 3 or len(xs) < 3:
        return None
    flat = [s for s in strokes if s.across]
    upright = [s for s in strokes if not s.across]

    def parted(lines: Sequence[Stroke], at: float, middle: float) -> bool:
        return any(abs(s.at - at) <= _NEAR and s.start <= middle <= s.end for s in lines)

    rows, columns = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()
    areas: list[Area] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            middle = (ys[row] + ys[row + 1]) / 2
            right = column + 1
            while right < columns and not parted(upright, xs[right], middle):
                right += 1
            centre = (xs[column] + xs[column + 1]) / 2
            down = row + 1
            while down < rows and not parted(flat, ys[down], centre):
                down += 1
            taken |= {(i, j) for i in range(row, down) for j in range(column, right)}
            areas.append(
                Area(row, column, down - row, right - column, xs[column], xs[right], ys[down], ys[row])
            )
    return Ruled(tuple(areas), xs[0], xs[-1], ys[-1], ys[0])


def _places(values: Iterable[float]) -> list[float]:
    """Values that differ by more than the width of a line, in order."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out
