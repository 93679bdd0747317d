"""What the lines over a table say of all its figures: their period, their unit, what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.period import Anchor, resolve
from kg.extract.tables.grid import Piece
from kg.extract.tables.headings import Heading, read_heading
from kg.extract.tables.units import Measure, implied, of_caption, split
from kg.model import Period, Scope
from kg.tag.times import find_times

_TABLE_NUMBER = re.compile(
    r"^(?:(?:续|附)?(?:表|附表|附件|专栏|图)[\d一二三四五六七八九十]*(?:[-—.]\d+)*|\d+(?:[-—.]\d+)+)[:：]?"
)
_UNIT_MARK = re.compile(r"(?:计量)?单位[:：].*")
_EACH = re.compile(
    r"^(?:各|分|按)(?:[市县区州旗盟地片镇乡村]|乡镇|街道|医院|医疗机构|单位|机构|年|月|季度?|、|（[市县区州旗、]+）)+(?:分)?的?"
)
_LEAD = re.compile(r"^(?:主要年份|部分年份|历年|各级各类|各类|各级)(?:的|(?=[\u4e00-\u9fff]{2}))")
_WORDS = re.compile(
    r"(?:主要|有关|基本)?(?:情况|统计|数据|一览|明细|汇总|分布|对比|比较|完成|变化|构成|指标)+(?:表)?[:：]?$|[（(][^（）()]*[）)]$|表$"
)
_ACT = "发病|患病|死亡|感染|检出|治愈|报告|筛查|检查|检测|体检|诊疗|门诊|急诊|门急诊|就诊|入院|住院|出院|手术|分娩|接种|随访|建档|签约|献血|采血|用血"
_COUNTED = re.compile(
    rf"(?:{_ACT})+(?:病例|病人|患者|人|例)?(?:数|率|量|人次数?|人数|例数|剂次数?|费用)|床位总?数|病床使用率"
)
_PROSE = re.compile(r"[，。；：]")
_PER = re.compile(r"院均|每(?:百|千|万|十万|百万)(?:名)?(?:常住|户籍|服务)?人口?")
_YEAR_END = re.compile(r"[（(]((?:19|20)\d\d)[）)]$")
_TITLE = 30
_LONGEST_TOPIC = 14


@dataclass(frozen=True, slots=True)
class Caption:
    """The lines over a table, the nearest last, in a report with the scope ``own``."""

    lines: tuple[Piece, ...]
    own: Scope

    @property
    def period(self) -> Period | None:
        """The period that the nearest dated line names."""
        for line in reversed(self.lines):
            times = find_times(line.text)
            if len(times) == 1 and times[0].first.year is not None:
                return resolve(times[0], Anchor(self.own.period, self.own.published))
            if not times and (year := _YEAR_END.search(line.text)):
                return Period.year(int(year[1]))
        return None

    @property
    def measure(self) -> Measure | None:
        """The unit of all figures (单位：万人)."""
        return next((m for line in reversed(self.lines) if (m := of_caption(line.text))), None)

    @property
    def per(self) -> str:
        """What all figures are per, where a line says so (每千人口); empty otherwise."""
        return next(
            (
                m[0]
                for line in reversed(self.lines)
                if len(line.text) <= _TITLE and (m := _PER.search(line.text))
            ),
            "",
        )

    @property
    def counted(self) -> str:
        """What is counted of the things that rows name (发病数, 出院人数); empty where no line or several tell."""
        for line in reversed(self.lines):
            found = set(_COUNTED.findall(line.text))
            if found and not _PROSE.search(line.text):
                return found.pop() if len(found) == 1 else ""
        return ""

    def topic(self, *, told: bool = False) -> str:
        """What is counted (各县区床位数); empty where the lines only name a table or tell no unit of it.

        ``told`` where the unit is known from elsewhere.
        """
        for line in reversed(self.lines):
            text = split(_UNIT_MARK.sub("", line.text))[0]
            for time in reversed(find_times(text)):
                text = text[: time.start] + text[time.end :]
            text = self._bare(text)
            unit = self.measure or implied(text) or split(line.text)[1]
            if 2 <= len(text) <= _LONGEST_TOPIC and (told or unit is not None) and not _PROSE.search(text):
                return text
        return ""

    def _bare(self, text: str) -> str:
        before = ""
        text = _TABLE_NUMBER.sub("", text)
        if self.own.place:
            text = text.removeprefix(self.own.place.name).removeprefix("全" + self.own.place.name[-1])
        while before != text:
            before = text
            text = _WORDS.sub("", _EACH.sub("", _LEAD.sub("", text))).strip("：:，、 ()（）")
        return text

    def told(self, width: int, anchor: Anchor) -> Sequence[Heading]:
        """Headings of a table without any: those a line lists (分县区看（献血人次，占比）), else one plain column."""
        for line in reversed(self.lines):
            for listed in re.findall(r"（([^（）]+)）", line.text):
                parts = re.split(r"[，、,]", listed)
                if len(parts) == width > 1:
                    return [read_heading(part, anchor) for part in parts]
        return [Heading("value")] if width == 1 else [Heading("words")] * width
