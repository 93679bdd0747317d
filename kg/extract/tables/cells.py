"""The figures in a table: each number with what its row, its column and the lines around them say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.entities import NATION
from kg.extract.period import Anchor
from kg.extract.tables.axes import read_axes
from kg.extract.tables.captions import Caption
from kg.extract.tables.find import find_grids
from kg.extract.tables.grid import Grid, Piece, Row, falls, figure
from kg.extract.tables.headings import Heading, latest, month_of, whole
from kg.extract.tables.labels import Label
from kg.extract.tables.units import Measure, implied, parse, split
from kg.extract.tables.wording import (
    continues,
    crossed,
    is_modifier,
    kind_of,
    label_measures,
    narrowed,
    of_change,
    of_class,
    of_counted,
    share_words,
    without_sum,
)
from kg.model import Comparator, Direction, Entity, Kind, Mention, Period, Scope, Tagged
from kg.tag.numerals import MULTIPLIERS, arabic


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table. Offsets are clean offsets.

    ``whole`` spans the cell that 其中 or # says this one is a part of. ``start``/``end`` span the number, with its unit where the cell prints one, a leading sign or comparator outside;
    ``value`` is after the multiplier and never negative. ``subject`` and ``period`` are None where they are the
    report's own. ``row`` spans the row from its label to its last cell. ``target`` marks what is planned.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator
    kind: Kind
    direction: Direction | None
    indicator: str
    subject: Entity | None
    period: Period | None
    row: tuple[int, int]
    rule: str
    confidence: float
    target: bool = False
    whole: tuple[int, int] | None = None


def read_tables(tagged: Tagged, own: Scope) -> tuple[list[Cell], list[tuple[int, int]]]:
    """The figures of a text's tables, and the clean spans of these tables, both in order.

    The mentions of ``tagged`` may be resolved; rows that are organisations then have their full names. A figure whose
    meaning the table leaves open is left out.
    """
    cells: list[Cell] = []
    spans: list[tuple[int, int]] = []
    for grid in find_grids(tagged.clean):
        spans.append((grid.start, grid.end))
        inside = [m for m in tagged.mentions if grid.start <= m.start and m.end <= grid.end]
        cells += sorted(_Table(grid, inside, own).cells(), key=lambda cell: cell.start)
    return cells, spans


CONFIDENCE = {
    "table/rows": 0.95,  # the row names the indicator, the column the period
    "table/columns": 0.95,  # the row names the subject or the period, the column the indicator
    "table/crossed": 0.8,  # row and column each name a part of the indicator
    "table/caption": 0.75,  # the line over the table names the indicator
    "table/part": 0.7,  # the row is a part of the area that is no division
    "table/no-header": 0.7,
}
"""The rules, and how sure each is."""

_COMPARE: dict[str, Comparator] = {
    "<": "<", ">": ">", "≤": "<=", "<=": "<=", "≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "不高于": "<=", "不超过": "<=",
    "约": "~", "近": "~", "超": ">", "超过": ">", "左右": "~", "以上": ">", "以下": "<", "以内": "<",
}  # fmt: skip
_TORN = re.compile(r"[^男女]")  # what is left of a name
_NATION = re.compile(r"全国(?!文明|先进|优秀|示范)|我国")
_AS_OF = re.compile(r"[年月季期]末|[年月]底")
_OF_FALL = re.compile(r"下降|减少|降低|降幅|缩短")
_IN_PERCENT = re.compile(r"增长|增幅|增速|涨幅|降幅|升幅|率$|百分比|同比|环比")
_PURE = re.compile(r"(?:系数|指数|性别比|之比)$")
_RELATIVE = re.compile(r"^每|率$|比例$|占比$|比重$|^人均|日均|次均|周转|指数|日$")
_COUNTED = frozenset({"人", "个", "张", "家", "所"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell with its row and column, the row's indicator and unit settled."""

    piece: Piece
    column: int
    heading: Heading
    row: Row
    label: Label
    noun: str
    measure: Measure | None
    before: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Amount:
    """The number of a cell read under its column."""

    value: Decimal
    unit: str
    kind: Kind
    words: str = ""  # what it adds to the indicator
    direction: Direction | None = None


class _Table:
    """One grid, its headings and labels read."""

    def __init__(self, grid: Grid, mentions: Sequence[Mention], own: Scope) -> None:
        self._grid = grid
        self._own = own
        self._caption = Caption(grid.caption, own)
        self._period = self._caption.period
        self._measure = self._caption.measure
        self._anchor = Anchor(self._period or own.period, own.published)
        axes = read_axes(grid, self._caption, own, self._anchor, mentions)
        told = " ".join((own.title or "", *(line.text for line in grid.caption)))
        self._nation = NATION if own.place is None and _NATION.search(told) else None
        self._headings, self._subjects, self._labels, self._unit = (
            axes.headings,
            axes.subjects,
            axes.labels,
            axes.unit,
        )

    def cells(self) -> list[Cell]:
        """The figures that state facts, in order."""
        out: list[Cell] = []
        above: tuple[str, Measure | None] | None = None  # the last row that is no part of another
        within = False  # has a part of it been marked?
        total: dict[int, Cell] = {}  # its figures by column
        for row, label in zip(self._grid.rows, self._labels, strict=True):
            if label is None or _TORN.fullmatch(label.noun):
                continue
            noun, measure = label.noun, self._printed_unit(row) or label.measure
            if noun and not label.partial:
                within = above is not None and (
                    label.narrows
                    or (within and continues(noun, measure, above[1], has_units=self._unit is not None))
                )
                if within and above is not None:
                    noun = narrowed(above[0], noun, measure)
                    measure = measure or self._of_whole(noun, above[1])
                elif not label.narrows:
                    measure = measure or self._inherited(noun, above)
                    above = noun, measure
            cells = self._row(row, label, of_class(noun, label.group), measure)
            if label.narrows:
                cells = {i: _part(cell, total.get(i)) for i, cell in cells.items()}
            elif not within:
                total = cells
            out += cells.values()
        return out

    def _of_whole(self, noun: str, measure: Measure | None) -> Measure | None:
        """The unit of the whole for a part without one, unless the part plainly counts something else."""
        told = implied(noun)
        if self._unit is None or told is None or measure is None or told.unit == measure.unit:
            return measure
        return told

    def _inherited(self, noun: str, above: tuple[str, Measure | None] | None) -> Measure | None:
        """The unit of the row above where labels print units, this one none, and it counts the same."""
        told, shared = implied(noun), above[1] if above else None
        return shared if self._unit is None and told and shared and told.unit == shared.unit else None

    def _printed_unit(self, row: Row) -> Measure | None:
        cell = row.cells[self._unit] if self._unit is not None else None
        return parse(cell.text) if cell else None

    def _row(self, row: Row, label: Label, noun: str, measure: Measure | None) -> dict[int, Cell]:
        """The figures of a row, by column."""
        out: dict[int, Cell] = {}
        for column in range(self._grid.labels, len(self._grid.header)):
            piece, heading = row.cells[column], self._headings[column]
            if piece is not None and heading.role not in ("words", "unit"):
                cell = self._figure(
                    _Place(piece, column, heading, row, label, noun, measure, tuple(out.values()))
                )
                if cell:
                    out[column] = _part(cell, out.get(heading.whole) if heading.whole is not None else None)
        return out

    def _figure(self, at: _Place) -> Cell | None:
        match = figure(at.piece.text)
        if match is None:
            return None
        subject, indicator, rule = self._what(at)
        if indicator and self._caption.per and at.heading.role == "value" and not _RELATIVE.search(indicator):
            indicator = self._caption.per + indicator
        amount = self._amount(at, match, indicator) if indicator else None
        if amount is None:
            return None
        period = self._when(at, amount)
        end = (
            match.end("unit")
            if match["unit"]
            else match.end("scale")
            if match["scale"]
            else match.end("number")
        )
        return Cell(
            start=at.piece.start + match.start("number"),
            end=at.piece.start + end,
            value=amount.value,
            unit=amount.unit,
            comparator=_COMPARE.get(match["compare"] or match["after"] or "", "="),
            kind=amount.kind,
            direction=amount.direction,
            indicator=indicator + amount.words,
            subject=subject,
            period=period,
            row=at.row.span,
            rule=rule,
            confidence=CONFIDENCE[rule],
            target=at.heading.role == "target"
            or bool(period and self._own.period and period.start > self._own.period.end),
        )

    def _what(self, at: _Place) -> tuple[Entity | None, str, str]:
        """Whose figure it is, its indicator (empty where it stays open) and the rule that told."""
        label, heading = at.label, at.heading
        subject = label.entity or self._subjects[at.column] or self._nation
        by_column = (
            ""
            if self._subjects[at.column] is not None
            else self._of_topic(heading.noun) or self._noun_beside(at.column, heading)
        )
        if not label.noun and (label.entity is not None or label.period is not None or label.total):
            return (
                (subject, by_column, "table/columns")
                if by_column
                else (subject, self._caption.topic(told=heading.measure is not None), "table/caption")
            )
        if label.average:
            return subject, "", "table/part"
        if heading.noun and heading.basis and not label.partial:  # of what the row names: its 完成率
            return subject, without_sum(at.noun) + heading.noun if at.noun else "", "table/crossed"
        if not by_column:
            return (
                subject,
                self._of_caption(at),
                "table/rows" if any(self._grid.header) else "table/no-header",
            )
        if label.partial:
            return subject, at.noun + by_column, "table/part"
        return subject, crossed(at.noun, label.measure, by_column, heading.measure), "table/crossed"

    def _of_caption(self, at: _Place) -> str:
        """The noun of a row; one that only names what something is counted of (肺结核) with what the caption counts."""
        counted = self._caption.counted
        if not counted or label_measures(at.noun) or at.measure not in (None, implied(counted)):
            return at.noun
        return of_counted(at.noun, counted)

    def _of_topic(self, noun: str) -> str:
        """The noun of a heading; one that only tells apart (男, 公立) with what the lines over the table count."""
        return noun + self._caption.topic() if is_modifier(noun) else noun

    def _noun_beside(self, column: int, heading: Heading) -> str:
        """What a change, share or rank is of, where its heading leaves it out: the figures to its left."""
        if heading.role not in ("change", "share", "rank"):
            return ""
        left = [h for h in self._headings[self._grid.labels : column] if h.role == "value"]
        if heading.role == "share":  # no rate has shares: 死亡率 构成 are of the deaths
            of = next((h for h in reversed(left) if h.noun and not h.noun.endswith("率")), None)
            if of is None and left and left[-1].noun.endswith("率"):
                return left[-1].noun.removesuffix("率")
        return next((h.noun for h in reversed(left) if h.noun or h.period), "")

    def _when(self, at: _Place, amount: _Amount) -> Period | None:
        period = month_of(at.label.period, at.heading.period) or at.heading.period
        if period is None and amount.kind == "change":
            period = (whole if "均" in at.heading.basis else latest)(self._headings)
        period = period or self._period
        if at.row.section and _AS_OF.search(at.row.section.text) and amount.kind != "change":
            period = period or self._own.period
            return Period.day(period.end) if period else None
        return period

    def _amount(self, at: _Place, match: re.Match[str], indicator: str) -> _Amount | None:
        """The value and unit of a cell's number; None where its unit stays open."""
        value = arabic(match["number"]) * Decimal(MULTIPLIERS[match["scale"] or ""])
        printed = parse(match["unit"] or match["aside"] or "")
        role, basis = at.heading.role, at.heading.basis
        if role == "change":
            unit = printed or self._change_unit(at, value)
            if unit is None:
                return None
            direction: Direction = (
                "flat" if not value else "down" if falls(match) != bool(_OF_FALL.search(basis)) else "up"
            )
            return _Amount(value * unit.factor, unit.unit, "change", of_change(basis, direction), direction)
        if match["sign"] is not None:
            return None
        if role == "share":
            unit = printed or at.heading.measure or Measure("%")
            return _Amount(
                value * unit.factor,
                unit.unit,
                "rate",
                share_words(basis),
            )
        if role == "rank":
            return _Amount(value, "名", "rank", basis)
        if role == "score":
            return _Amount(value, "分", "level", basis)
        counted = printed or self._counted(at, indicator)
        if counted is None or (indicator.endswith(("率", "占比", "比重")) and counted.unit in _COUNTED):
            return None
        factor = 1 if match["scale"] else counted.factor
        kind = kind_of(indicator, counted.unit)
        if (
            kind == "count"
            and (whole := value * factor) != whole.to_integral_value()
            and counted == implied(indicator)
            and counted not in self._told(at)
        ):
            return None  # half a person: the unit is another
        return _Amount(value * factor, counted.unit, kind)

    def _counted(self, at: _Place, indicator: str) -> Measure | None:
        """The unit of a plain figure: the column's own, the row's, its section's, the caption's, else what is counted tells it."""
        heading = at.heading
        by_column = heading.measure if heading.basis or heading.noun else None
        section = split(at.row.section.text)[1] if at.row.section else None
        named = by_column or at.measure or heading.measure or section or self._measure or implied(indicator)
        return named or (Measure("") if _PURE.search(indicator) else None)

    def _told(self, at: _Place) -> tuple[Measure | None, ...]:
        """The units that the table prints for a figure."""
        return at.heading.measure, at.measure, self._measure

    def _change_unit(self, at: _Place, value: Decimal) -> Measure | None:
        """The unit of a change: told by its heading, or reckoned from the two figures before it."""
        basis, measure = at.heading.basis, at.measure
        if at.heading.measure is not None:
            return at.heading.measure
        if "百分点" in basis:
            return Measure("个百分点")
        if re.search(r"[数量值额]$", basis):
            return self._counted(at, at.noun)
        values = [cell for cell in at.before if cell.kind not in ("change", "rank")]
        reckoned = _reckoned(values[0], values[1], value, measure) if len(values) == 2 else None
        if reckoned is None and _IN_PERCENT.search(basis) and "增减" not in basis:
            return Measure("%")
        return reckoned


def _part(cell: Cell, total: Cell | None) -> Cell:
    return replace(cell, whole=(total.start, total.end)) if total else cell


def _reckoned(a: Cell, b: Cell, change: Decimal, measure: Measure | None) -> Measure | None:
    """Is ``change`` the difference of two figures, or its percentage?"""
    factor = measure.factor if measure else Decimal(1)
    off = abs(a.value - b.value) / factor
    if abs(off - change) <= max(Decimal("0.06"), off / 100):
        return Measure("个百分点") if a.unit == "%" else Measure(a.unit, factor)
    bases = [cell.value for cell in (a, b) if cell.value]
    if any(abs(abs(a.value - b.value) / base * 100 - change) <= Decimal("0.2") for base in bases):
        return Measure("%")
    return None
