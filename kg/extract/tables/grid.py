"""Grids in the clean text: where a table stands, and which cell stands in which row and column.

Tables arrive in two shapes. In the *tabbed* one a row is a line and its cells stand apart by tabs. In the *stacked* one,
usual where a web page or a PDF was flattened, each cell is a line of its own and the rows must be found again from the
rhythm of labels and numbers. Both come out as the same ``Grid``; what its cells mean is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.extract.tables.units import parse
from kg.tag.lexicon import lines
from kg.tag.numerals import ARABIC

Shape = Literal["tabbed", "stacked"]
Looks = Callable[[str], bool]
"""Does a text look like the heading of a column of figures?"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of clean text that fills a cell, a heading or a line."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by column, None where the row has none there, and the heading of its section."""

    cells: tuple[Piece | None, ...]
    section: Piece | None = None

    @property
    def span(self) -> tuple[int, int]:
        """From the first cell's start to the last cell's end."""
        found = [cell for cell in self.cells if cell is not None]
        return found[0].start, found[-1].end


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the lines above it, one heading a column (None where it has none), and its rows.

    ``labels`` is how many columns at the left hold no figures (label, unit). ``start``/``end`` span heading and rows.
    """

    start: int
    end: int
    shape: Shape
    caption: tuple[Piece, ...]
    header: tuple[Piece | None, ...]
    rows: tuple[Row, ...]
    labels: int


_UNIT = r"[%‰]|个?百分点|[\u4e00-\u9fff]{1,3}"
_UP, _DOWN = "增长|增加|上升|提高|增", "下降|减少|降低|下滑|回落|降|减"
NUMBER = re.compile(
    rf"(?P<compare>[<>≤≥]=?|不低于|不少于|不高于|不超过|约|近|超过?)?"
    rf"(?P<sign>[-+−±↑↓]|{_UP}|{_DOWN})?(?P<number>{ARABIC})(?P<scale>万亿|亿|万|千(?!克|米))?"
    rf"(?P<unit>{_UNIT})??(?:（(?P<aside>{_UNIT})）)?(?P<after>左右|以上|以下|以内|[↑↓*]+)?"
)
"""A cell that is one number, whatever stands around it."""

_DATED = frozenset({"年", "月", "季", "季度", "期"})
_MISSING = re.compile(
    r"[-—–－−/…·.*×▲△]+|持平|空|无|不详|未统计|缺|暂无|略|\d+(?:\.\d+)?(?:[:：/~～—-]\d+(?:\.\d+)?)+%?"
)
_AREAS = re.compile(r"(?:各|所属)?(?:[市县区旗州盟镇乡场]|街道|办事处|园区|开发区|、|（|）|/)+(?:名称|别)?")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_NOTE = re.compile(
    r"(?:附?注|备注|说明|资料来源|数据来源|注释|简要说明|填表说明)(?:\d|[:：]|$)|[*＊]+[\u4e00-\u9fff]"
)


def figure(text: str) -> re.Match[str] | None:
    """The parts of a cell's number, named as in ``NUMBER``; None where it is none or a date (2022年, 5月)."""
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    unit = match["unit"] or match["aside"]
    return match if unit is None or (unit not in _DATED and parse(unit) is not None) else None


def falls(match: re.Match[str]) -> bool:
    """Does the number of a cell carry a minus or a word of falling?"""
    return match["sign"] is not None and (
        match["sign"] in "-−↓" or re.fullmatch(_DOWN, match["sign"]) is not None
    )


def is_number(text: str) -> bool:
    """Is a cell's text a number, its sign, comparator and unit included?"""
    return figure(text) is not None


def is_missing(text: str) -> bool:
    """Does a cell hold no figure: a mark (-, …, 持平), a ratio or a date?"""
    return _MISSING.fullmatch(text) is not None


def is_cell(text: str) -> bool:
    """Does a text stand where figures stand?"""
    return is_number(text) or is_missing(text)


@cache
def _corners() -> frozenset[str]:
    return frozenset(lines("table_corners.txt"))


def is_corner(text: str) -> bool:
    """Does a text head a column of labels (指标, 地区)?"""
    return text in _corners() or (len(text) > 1 and _AREAS.fullmatch(text) is not None)


def is_area_corner(text: str) -> bool:
    """Does a text head a column of divisions (县区, 镇（街道）)?"""
    return text in ("地区", "区域", "行政区划", "辖区", "片区") or _AREAS.fullmatch(text) is not None


def is_note(text: str) -> bool:
    """Does a line open the notes below a table?"""
    return _NOTE.match(text) is not None


def is_year(text: str) -> bool:
    """Is a cell a bare year?"""
    return _YEAR.fullmatch(text) is not None


def are_years(texts: Sequence[str]) -> bool:
    """Do cells name years in order, as headings of columns? They may do so several times (2020 2021 2020 2021)."""
    if not texts or not all(is_year(text) for text in texts):
        return False
    years = [int(text) for text in texts]
    size = len(set(years))
    first = years[:size]
    ordered = first in (sorted(set(years)), sorted(set(years), reverse=True))
    return ordered and size > (len(years) > 1) and years == first * (len(years) // size)


def label_columns(rows: Sequence[Row], width: int, *, serial: bool = False) -> int | None:
    """How many columns at the left come before the figures: words, and serial numbers or years before these.

    None where there are none, or no column of figures.
    """
    figures = [_mostly_figures(rows, column) for column in range(width)]
    years = [cell.text for row in rows if (cell := row.cells[0]) is not None]
    first = (
        1 if serial or (figures[0] and (not figures[1:2][0] or all(is_year(text) for text in years))) else 0
    )
    count = next((column for column in range(first, width) if figures[column]), width)
    return count if 1 <= count < width else None


def _mostly_figures(rows: Sequence[Row], column: int) -> bool:
    texts = [cell.text for row in rows if (cell := row.cells[column]) is not None]
    return bool(texts) and sum(is_cell(t) for t in texts) * 2 > len(texts)


def pieces(text: str, start: int, end: int, mark: str) -> list[Piece]:
    """``text[start:end]`` divided at each ``mark``."""
    out, at = [], start
    for part in text[start:end].split(mark):
        out.append(Piece(at, at + len(part), part))
        at += len(part) + len(mark)
    return out
