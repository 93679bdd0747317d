"""The figures in a table: each number with what its row, its column and the lines around them say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.period import Anchor, resolve
from kg.extract.subject import place_entity
from kg.extract.tables.find import find_grids
from kg.extract.tables.grid import Grid, Piece, Row, falls, figure, is_cell
from kg.extract.tables.headings import Heading, latest, read_heading, whole
from kg.extract.tables.labels import Label, continues, is_area, narrowed, read_label, torn_division
from kg.extract.tables.units import Measure, implied, of_caption, parse, split
from kg.model import Comparator, Direction, Entity, Kind, Mention, Period, Scope, Tagged
from kg.tag.numerals import MULTIPLIERS, arabic
from kg.tag.quantities import measures


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table. Offsets are clean offsets.

    ``start``/``end`` span the number, with its unit where the cell prints one, a leading sign or comparator outside;
    ``value`` is after the multiplier and never negative for a change. ``subject`` and ``period`` are None where they
    are the report's own. ``row`` spans the row from its label to its last cell.
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


def read_tables(tagged: Tagged, own: Scope) -> tuple[list[Cell], list[tuple[int, int]]]:
    """The figures of a text's tables, and the clean spans of these tables, both in order.

    ``tagged`` may carry resolved mentions: the rows that are organisations then have their full names. A figure whose
    meaning the table leaves open is left out.
    """
    cells: list[Cell] = []
    spans: list[tuple[int, int]] = []
    for grid in find_grids(tagged.clean):
        spans.append((grid.start, grid.end))
        cells += _Table(grid, tagged.mentions, own).cells()
    return cells, spans


_ASPECT = re.compile(r"(?:年|月|季|期|岁)末|(?:年|月)底")
_COMPARE: dict[str, Comparator] = {
    "<": "<", ">": ">", "≤": "<=", "<=": "<=", "≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "不高于": "<=", "不超过": "<=",
    "约": "~", "近": "~", "超": ">", "超过": ">", "左右": "~", "以上": ">", "以下": "<", "以内": "<",
}  # fmt: skip
_DOWN = re.compile(r"下降|减少|降低|降幅|缩短")
_PER = re.compile(r"^每|每[百千万十]|千人口|万人口|人均|户均|村均|院均|周转次数|医护比|床护比|日均担负|每日担负|担负")
_VISIT = re.compile(r"次均|例均|均次|门诊病人|住院病人|出院病人|出院者|患者|每诊疗|每门诊|每住院|每床日|日均费用|人均(?:住院|门诊|医药)")
_PURE = re.compile(r"(?:系数|指数|性别比|之比)$")
_NOUN_OF_CAPTION = re.compile(
    r"^(?:(?:续|附)?(?:表|附表|附件|专栏|图)[\d一二三四五六七八九十]*(?:[-—.]\d+)*|\d+(?:[-—.]\d+)*)?[:：]?|"
    r"(?:各|分|按)(?:县|市|区|州|旗|地|片|乡镇|乡|镇|街道|医院|医疗机构|单位|机构|年|月|季度?|地区)+(?:（[市县区、]+）区?|分)?(?:的)?|"
    r"(?:主要|有关|基本)?(?:情况|统计|数据|一览|明细|汇总|分布|对比|比较|完成|变化|构成|指标)+(?:表)?[:：]?$|[（(][^（）()]*[）)]|表$"
)


class _Table:
    """One grid, its headings and labels read."""

    def __init__(self, grid: Grid, mentions: Sequence[Mention], own: Scope) -> None:
        self._grid = grid
        self._own = own
        self._mentions = mentions
        self._caption = "\n".join(piece.text for piece in grid.caption)
        self._period = self._caption_period()
        self._anchor = Anchor(self._period or own.period, own.published)
        self._measure = next((m for piece in reversed(grid.caption) if (m := of_caption(piece.text))), None)
        self._headings = self._read_headings()
        self._label = self._label_column()
        self._unit = next((i for i in range(grid.labels) if self._headings[i].role == "unit"), None)
        self._labels = self._read_labels()
        self._subjects = [self._subject_of_column(i) for i in range(len(grid.header))]

    def _caption_period(self) -> Period | None:
        for piece in reversed(self._grid.caption):
            from kg.tag.times import find_times

            times = find_times(piece.text)
            if len(times) == 1 and times[0].first.year is not None:
                return resolve(times[0], Anchor(self._own.period, self._own.published))
        return None

    def _read_headings(self) -> list[Heading]:
        grid = self._grid
        if any(grid.header[grid.labels :]):
            out = [read_heading(piece.text, self._anchor) if piece else Heading("words") for piece in grid.header]
        else:
            out = [Heading("words")] * grid.labels + self._told(len(grid.header) - grid.labels)
        for i in range(grid.labels):
            texts = [cell.text for row in grid.rows if (cell := row.cells[i])]
            if i and texts and all(parse(text) for text in texts):
                out[i] = Heading("unit")
        return out

    def _told(self, width: int) -> list[Heading]:
        """Headings of a table without any: those its caption lists (分县区看（献血人次，占比）), else one plain column."""
        for piece in reversed(self._grid.caption):
            for listed in re.findall(r"（([^（）]+)）", piece.text):
                parts = re.split(r"[，、,]", listed)
                if len(parts) == width and width > 1:
                    return [read_heading(part, self._anchor) for part in parts]
        return [Heading("value")] if width == 1 else [Heading("words")] * width

    def _label_column(self) -> int:
        grid = self._grid
        words = [i for i in range(grid.labels) if self._headings[i].role != "unit" and not _is_serial(grid, i)]
        return words[-1] if words else 0

    def _label_text(self, row: Row) -> Piece | None:
        return row.cells[self._label]

    def _read_labels(self) -> list[Label | None]:
        out: list[Label | None] = []
        for row in self._grid.rows:
            piece = self._label_text(row)
            if piece is None:
                out.append(None)
                continue
            inside = [m for m in self._mentions if piece.start <= m.start and m.end <= piece.end]
            out.append(read_label(piece.text, self._own, self._anchor, inside))
        placed = sum(label is not None and label.entity is not None and label.entity.label == "PLACE" for label in out)
        torn = sum(label is not None and bool(label.noun) and torn_division(label.noun, self._own) is not None for label in out)
        more = sum(label is not None and (label.total or label.partial or is_area(label.noun)) for label in out)
        if placed and placed + torn + more >= 2 and 2 * (placed + torn + more) >= len(out):
            out = [self._as_area(label) for label in out]
            if out[0] is None and all(label is not None for label in out[1:2]):
                out[0] = Label(total=True)
        return out

    def _as_area(self, label: Label | None) -> Label | None:
        """Among rows that are divisions, a torn or unlisted name is one too."""
        if label is None or not label.noun or label.partial:
            return label
        torn = torn_division(label.noun, self._own)
        if torn is not None:
            return replace(label, noun="", entity=place_entity(torn))
        if is_area(label.noun):
            return replace(label, noun="", entity=Entity(label.noun, "PLACE"))
        return label

    def _subject_of_column(self, column: int) -> Entity | None:
        heading = self._headings[column]
        piece = self._grid.header[column]
        if not heading.noun or piece is None:
            return None
        inside = [m for m in self._mentions if piece.start <= m.start and m.end <= piece.end]
        return read_label(heading.noun, self._own, self._anchor, inside).entity

    # --- rows --------------------------------------------------------------------------------------------------------

    def cells(self) -> list[Cell]:
        """The figures that state facts, in order."""
        out: list[Cell] = []
        above: tuple[str, Measure | None] | None = None  # the last row that is no part of another
        within = False  # has a part of it been marked?
        for row, label in zip(self._grid.rows, self._labels, strict=True):
            if label is None:
                continue
            printed = self._printed_unit(row)
            measure = printed or label.measure
            noun = label.noun
            if noun and above is not None and not label.partial:
                has_units = self._unit is not None
                if label.narrows or (within and continues(noun, measure, above[1], has_units=has_units)):
                    noun = narrowed(above[0], noun, measure)
                    measure = measure or above[1]
                    within = True
                else:
                    within = False
            if noun and not (within or label.narrows or label.partial):
                above = (noun, measure)
            out += self._row(row, label, noun, measure)
        return out

    def _printed_unit(self, row: Row) -> Measure | None:
        cell = row.cells[self._unit] if self._unit is not None else None
        return parse(cell.text) if cell else None

    def _row(self, row: Row, label: Label, noun: str, measure: Measure | None) -> list[Cell]:
        grid, out = self._grid, list[Cell]()
        section = split(row.section.text)[1] if row.section else None
        figures: dict[int, Cell] = {}
        for column in range(grid.labels, len(grid.header)):
            piece, heading = row.cells[column], self._headings[column]
            if piece is None or heading.role in ("words", "unit"):
                continue
            cell = self._figure(piece, heading, column, row, label, noun, measure, section, figures)
            if cell is not None:
                figures[column] = cell
                out.append(cell)
        return out

    def _figure(
        self,
        piece: Piece,
        heading: Heading,
        column: int,
        row: Row,
        label: Label,
        noun: str,
        measure: Measure | None,
        section: Measure | None,
        before: dict[int, Cell],
    ) -> Cell | None:
        match = figure(piece.text)
        if match is None:
            return None
        own_unit = parse(match["unit"] or match["aside"] or "")
        scale = Decimal(MULTIPLIERS[match["scale"] or ""])
        subject, indicator, rule = self._what(column, label, noun, heading)
        if not indicator:
            return None
        value = arabic(match["number"]) * scale
        period = label.period or heading.period or self._period
        direction: Direction | None = None
        kind: Kind
        if heading.role == "change":
            change = own_unit or self._change_unit(heading, measure or section, value, before)
            if change is None:
                return None
            value, unit, kind = value * change.factor, change.unit, "change"
            direction = "flat" if not value else "down" if falls(match) != bool(_DOWN.search(heading.basis)) else "up"
            indicator += _basis(heading.basis, direction)
            if label.period is None and heading.period is None:
                period = (whole if "均" in heading.basis else latest)(self._headings) or self._period
        elif heading.role == "share":
            found = own_unit or heading.measure or Measure("%")
            value, unit, kind = value * found.factor, found.unit, "rate"
            indicator += "占比" if heading.basis in ("比重", "比例", "百分比", "构成") else heading.basis
        elif heading.role == "rank":
            unit, kind, indicator = "名", "rank", indicator + heading.basis
        elif heading.role == "score":
            unit, kind, indicator = "分", "level", indicator + heading.basis
        else:
            counted = own_unit or (heading.measure if heading.basis or not measure else None) or measure
            counted = counted or heading.measure or section or self._measure or implied(indicator)
            if counted is None and not _PURE.search(indicator):
                return None
            counted = counted or Measure("")
            if match["scale"]:
                counted = Measure(counted.unit)
            if counted.unit in _FAR and counted.factor == 1 and _is_rate(indicator):
                return None
            value, unit = value * counted.factor, counted.unit
            kind = kind_of(indicator, unit)
            if match["sign"] is not None and kind != "change":
                return None
            if row.section and _ASPECT.search(row.section.text) and period is not None:
                period = Period.day(period.end)
        start, end = match.span("number")
        if match["scale"] or match["unit"]:
            end = match.end("unit" if match["unit"] else "scale")
        return Cell(
            start=piece.start + start,
            end=piece.start + end,
            value=value,
            unit=unit,
            comparator=_COMPARE.get(match["compare"] or match["after"] or "", "="),
            kind=kind,
            direction=direction,
            indicator=indicator,
            subject=subject,
            period=period,
            row=row.span,
            rule=rule,
            confidence=_CONFIDENCE[rule],
            target=heading.role == "target" or (period is not None and self._own.period is not None and period.start > self._own.period.end),
        )

    def _what(self, column: int, label: Label, noun: str, heading: Heading) -> tuple[Entity | None, str, str]:
        """Whose figure it is, its indicator (empty where it stays open) and the rule that told."""
        subject = label.entity or self._subjects[column]
        by_column = "" if self._subjects[column] is not None else heading.noun or self._noun_beside(column, heading)
        if label.entity is not None or label.period is not None or label.total:
            indicator = by_column or self._topic()
            return subject, indicator, "table/subject-rows" if by_column else "table/caption"
        if not by_column:
            if self._grid.header[self._grid.labels] is None and heading.noun == "":
                return subject, noun, "table/no-header"
            return subject, noun, "table/rows"
        if label.partial:
            return subject, (noun + by_column) if not noun.endswith(("平均", "小计")) else "", "table/part"
        return subject, _crossed(noun, label.measure, by_column, heading.measure), "table/crossed"

    def _noun_beside(self, column: int, heading: Heading) -> str:
        """What a change, share or rank is of, where its heading leaves it out: the figures to its left."""
        if heading.role not in ("change", "share", "rank"):
            return ""
        left = self._headings[self._grid.labels : column]
        return next((h.noun for h in reversed(left) if h.role == "value" and (h.noun or h.period)), "")

    def _topic(self) -> str:
        """What the caption says is counted (各县区床位数), empty where it only names a table."""
        for piece in reversed(self._grid.caption):
            text = split(piece.text)[0]
            text = re.sub(r"(?:计量)?单位[:：].*", "", text)
            from kg.tag.times import find_times

            for time in reversed(find_times(text)):
                text = text[: time.start] + text[time.end :]
            before = None
            while before != text:
                before, text = text, _NOUN_OF_CAPTION.sub("", text).strip("：:，、 ")
            if self._own.place:
                text = text.removeprefix(self._own.place.name).removeprefix("全" + self._own.place.name[-1])
            if 2 <= len(text) <= 14 and (self._measure or implied(text) or split(piece.text)[1]) and "," not in text:
                return text
        return ""

    def _change_unit(self, heading: Heading, measure: Measure | None, value: Decimal, before: dict[int, Cell]) -> Measure | None:
        """The unit of a change: printed, told by the heading's words, or by reckoning it from the two figures before."""
        if heading.measure is not None:
            return heading.measure
        if "百分点" in heading.basis:
            return Measure("个百分点")
        if re.search(r"[数量值额]$|人数$", heading.basis):
            return measure
        values = [c for c in before.values() if c.kind != "change" and c.rule != "table/part"]
        if len(values) == 2:
            a, b = values[0].value, values[1].value
            factor = measure.factor if measure else Decimal(1)
            off = abs(a - b) / factor
            if abs(off - value) <= max(Decimal("0.06"), off / 100):
                unit = values[0].unit
                return Measure("个百分点") if unit == "%" else Measure(unit, factor)
            if min(a, b) and any(abs(abs(a - b) / base * 100 - value) <= Decimal("0.2") for base in (a, b)):
                return Measure("%")
        if re.search(r"增长|增幅|增速|涨幅|降幅|升幅|率$|百分比|同比|环比", heading.basis) and "增减" not in heading.basis:
            return Measure("%")
        return None


_CONFIDENCE = {
    "table/rows": 0.95, "table/subject-rows": 0.95, "table/crossed": 0.8, "table/caption": 0.75, "table/part": 0.7, "table/no-header": 0.7,
}  # fmt: skip
_FAR = frozenset({"人", "个", "张", "家", "所"})
_MEASURED = re.compile(r"(?:数|数量|率|量|费用?|额|人次|人口|比|比重|收入|支出|面积)$")


_MODIFIER = re.compile(r"男性?|女性?|城[市镇乡]居?民?|农村|公立|民营|社会办|基层|[省市县区乡镇村]级?|三级|二级|一级|职工|居民|在职|退休|其[他它中]|政府办|综合|专科|中医类?|西医")


def _is_serial(grid: Grid, column: int) -> bool:
    """Is a column of labels only serial numbers?"""
    texts = [cell.text for row in grid.rows if (cell := row.cells[column])]
    return bool(texts) and all(is_cell(text) for text in texts) and grid.labels > 1


def _is_rate(indicator: str) -> bool:
    return indicator.endswith(("率", "占比", "比重"))


def _crossed(noun: str, measure: Measure | None, other: str, other_measure: Measure | None) -> str:
    """The indicator where a row and a column each give a part of it; empty where both measure something."""
    if not noun:
        return other
    if other.endswith(noun) or noun in other:
        return other
    by_row = measure is not None or bool(_MEASURED.search(noun))
    by_column = other_measure is not None or bool(_MEASURED.search(other))
    if by_row and by_column:
        return ""
    return other + noun if by_row or _MODIFIER.fullmatch(other) else noun + other


def _basis(basis: str, direction: Direction) -> str:
    """The words that make an indicator one of change."""
    word = re.sub(r"[（(]?[+±-]+[）)]?", "", basis)
    if word in ("增减", "升降", "变化", "增减率", "增减幅度", "变动"):
        return "下降" if direction == "down" else "增长"
    return word


def kind_of(indicator: str, unit: str) -> Kind:
    """Which kind of number a figure of a value column is (docs/annotation.md §1 and §4)."""
    if unit in ("%", "‰", "") or unit.startswith("/"):
        return "rate"
    if unit == "个百分点":
        return "change"
    base = unit.partition("/")[0]
    measure = measures().get(base, "count")
    if measure == "money":
        return "money" if _VISIT.search(indicator) or not _PER.search(indicator) else "rate"
    if _PER.search(indicator) and measure != "level" or "/" in unit and unit.partition("/")[2] not in ("日", "天"):
        return "rate"
    if measure == "rate":
        return "rate"
    return "level" if measure == "level" or "/" in unit else "count"
