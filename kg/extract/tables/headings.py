"""What a column's heading says: a period, a change, a share, a rank, a target, or the thing measured."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kg.extract.period import Anchor, resolve
from kg.extract.tables.units import Measure, split
from kg.extract.tables.wording import narrowed
from kg.model import Period
from kg.tag.times import find_times

Role = Literal["value", "change", "share", "rank", "score", "target", "unit", "words"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what its figures are, their period and unit where it tells them, and the words left.

    ``noun`` is what is measured (empty where the rows tell it), ``basis`` the words of a change or share.
    """

    role: Role
    noun: str = ""
    basis: str = ""
    measure: Measure | None = None
    period: Period | None = None
    whole: int | None = None  # the column that 其中 says it is a part of


_LATIN = re.compile(
    r"\s*(?:[（(][A-Za-z][A-Za-z\s.,'-]*[）)]|(?=[A-Za-z\s.,'()-]*[a-z]{3})[A-Za-z][A-Za-z\s.,'()-]*)"
)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)")
_BASIS = r"(?:较|比|与|和|同)?(?:上年|去年|上月|上季|上周|上期|前年|基期|\d{4}年|同期|上年同期|去年同期|上年同月|去年同月)?(?:同期)?(?:相比|比较|对比|比)?"
_CHANGE_WORD = r"增长|增减|增幅|增速|升降|变化|变动|增加|减少|下降|上升|提高|降低|降幅|涨幅|升幅|增|减|±"
_CHANGE = re.compile(
    rf"(?P<basis>(?:累计|当月|本月)?(?:同比|环比)|年均|年平均|{_BASIS})(?:(?P<word>{_CHANGE_WORD})(?:[、/或]?(?:{_CHANGE_WORD}))*)?"
    r"(?:[（(]?[+±-]*[）)]?)(?P<tail>率|幅度|幅|速度|速|情况|百分比|百分点|数|量|值|额|人数)?(?:[（(]?[+±-]*[）)]?)"
)
_ALONE = re.compile(
    r"(?:累计|当月|本月)?(?:同比|环比)|年均|[比较与和同].{0,3}(?:上年|去年|前年|同期|上月|上期|上季度?|上周|基期).{0,4}"
)
_SHARE = re.compile(
    r"(?:所)?占(?:[总全]?.{1,8}的|比|比例|比重|总数?比?例?|全[市省县区]比?例?.{0,4}|.{1,8}(?:比例|比重|的?百分比))|比重|构成比?|百分比|比例"
)
_RANK = re.compile(r".{0,4}(?:排名|位次|名次|排序|排位)")
_SCORE = re.compile(r"(?:自评|考核|评价|考评|绩效)?(?:得分|评分|总分)")
_TARGET = re.compile(
    r"(?:年度?|全年|预期|规划|计划|考核|绩效|年初|调整后?)?(?:目标|指标|任务|计划|预算|预期)(?:任务)?(?:值|数|量)"
)
_TARGET_MORE = re.compile(
    r"(?:年度?|全年|预期|规划|计划|考核|绩效|工作)?(?:目标|目标任务|预期目标|任务目标|任务|计划)"
)
_ACTUAL = re.compile(
    r"(?:全年|年度|实际|本年|累计|已)*(?:完成|实现|达到)(?:值|数|量|情况|任务数?)?|实际(?:值|数)?|实绩|实际完成|(?:全年)?(?:决算|执行|支出|到位)数"
)
_DONE = re.compile(
    r"(?:目标|任务|计划|预算)?(?:完成|执行|实现|达成)(?:率|比例|百分比|进度)|进度|(?:占|完成)(?:年初|年度|全年|调整)?(?:预算|目标|任务|计划)数?(?:的?(?:比例|百分比))?"
)
_SKIP = re.compile(
    r"属性|备注|性质|说明|.*责任.*|牵头单位|等次|等级|.*解释|分值|权重|满分|标准分|序号|编号|编码|代码|联系.*|电话|地址|来源|"
    r"偏差.*|原因.*|是否.*|评价|结论|趋势|频率"
)
_UNIT = re.compile(r"(?:计量|计算)?单位")
_GENERIC = re.compile(
    r"(?:绝对|合计|实际)?(?:数量|数值|数据|绝对数|数|值|指标值|金额|数额|规模|总量|总数|结果|现状|水平)|合计|总计|全[市省县区州]|"
    r"(?:本|当|报告)?期?(?:末)?(?:实有)?数|期末|累计|全年(?:合计|累计)?数?|.{0,2}年实绩|年?(?:末|底)(?:数)?|年?度?|[上下]半年?|实绩|基期(?:值|数)?|基数|现状值|的?"
)
_OWN = re.compile(r"本月|当月|本期|报告期|本年|当年|本季|本周|本日|当日|今年|本年度|1[-—至]本月")
_TO_DATE = re.compile(
    r"(?:本年|当年|年初至今|年内|年|截至本月|本月止|1[-—至]本月)?累计(?:数)?|年初至今|1[-—至]本月"
)
_BEFORE = re.compile(r"(?:上年度?|去年|前年|上月|上周|上季度?|上期)(?:同期|同月|同季)?(?![末底])|同期")


def read_heading(text: str, anchor: Anchor) -> Heading:
    """What the heading of a column says; times without a year are read against ``anchor``."""
    text = _LATIN.sub("", text.replace("*", "")).strip() or text
    if _UNIT.fullmatch(text):
        return Heading("unit")
    bare, measure = split(text)
    if _SKIP.fullmatch(bare):
        return Heading("words")
    if (named := _OF_CHANGE.fullmatch(bare)) and "年" in named["word"]:  # 采血量与上年同期相比
        return Heading("change", named["noun"], named["word"], measure)
    period, rest = _dated(bare, anchor)
    rest = re.sub(r"[（(]\s*[）)]|^[、，,/-]+|[、，,/-]+$", "", rest).strip()
    if (
        rest
        and (change := _CHANGE.fullmatch(bare))
        and (change["word"] or change["tail"] in ("率", "百分比", "百分点") or _ALONE.fullmatch(bare))
    ):
        return Heading("change", "", bare, measure, None)
    if (
        period is not None
        and rest
        and (change := _CHANGE.fullmatch(rest))
        and (change["word"] or _ALONE.fullmatch(rest))
    ):
        return Heading("change", "", rest, measure, period)
    for role, pattern in _ROLES:
        if pattern.fullmatch(rest):
            return Heading(role, "", rest, measure, period)
    if _DONE.fullmatch(rest):
        return Heading(
            "value",
            "完成率" if "完成" in rest or rest == "进度" else rest,
            rest,
            measure or Measure("%"),
            period,
        )
    if (named := _OF_CHANGE.fullmatch(rest)) and not rest.endswith("自然增长率"):
        return Heading("change", named["noun"], named["word"], measure, period)
    if not rest or _GENERIC.fullmatch(rest) or _ACTUAL.fullmatch(rest):
        return Heading("value", "", rest, measure, period)
    return Heading("value", rest, "", measure, period)


_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("share", _SHARE), ("rank", _RANK), ("score", _SCORE), ("target", _TARGET), ("target", _TARGET_MORE),
)  # fmt: skip
_OF_CHANGE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff（）()、]{2,}?)(?P<word>(?:同比|环比)(?:增长|增减|增幅|增速|升降|变化|增加|减少)?率?|(?:比|较)(?:上年|去年)(?:同期)?(?:增长|增减|增加|升降|变化)率?|(?:与|比|较|同)(?:上年|去年)(?:同期|末)?(?:相比|比较|对比)|增长率|增减率|增幅|增速|增长)"
)


_HALF_YEAR = 184
_BESIDE = 2  # characters between the ends of an interval


def _dated(text: str, anchor: Anchor) -> tuple[Period | None, str]:
    """The period a heading names, and its words without it."""
    own = anchor.period
    if own is not None:
        if (match := _BEFORE.match(text)) and (match.end() == len(text) or not _CHANGE.fullmatch(text)):
            return _shifted(own, match[0]), text[match.end() :]
        if _TO_DATE.fullmatch(text):
            return Period(date(own.end.year, 1, 1), own.end), ""
        match = _OWN.match(text)
        if match and not find_times(text[match.end() :]):
            rest = text[match.end() :]
            return (
                (Period(date(own.end.year, 1, 1), own.end), "") if _TO_DATE.fullmatch(rest) else (own, rest)
            )
    if times := find_times(text):
        period = resolve(times[0], anchor)
        apart = len(times) > 1 and times[-1].start - times[0].end > _BESIDE  # 2021年诊疗人次比上年增长
        rest = text[: times[0].start] + text[(times[0] if apart else times[-1]).end :]
        if rest.startswith("同期") and period is not None and own is not None:
            return _shifted(own, "同期", own.end.year - period.end.year), rest.removeprefix("同期")
        return period, rest
    if year := _YEAR.search(text):
        return Period.year(int(year[0])), text[: year.start()] + text[year.end() :].removeprefix(
            "年度"
        ).removeprefix("年")
    return None, text


def _shifted(own: Period, word: str, years: int = 1) -> Period:
    """The period that 上年同期 or 上月 means for a report on ``own``."""
    if word.startswith("上月"):
        last = own.end.replace(day=1) - timedelta(days=1)
        return Period.month(last.year, last.month)
    if word.startswith(("上周", "上期", "上季")):
        days = own.end - own.start + timedelta(days=1)
        return Period(own.start - days, own.end - days)
    years = 2 if word.startswith("前年") else years
    return Period(_back(own.start, years), _back(own.end, years))


def _back(day: date, years: int) -> date:
    return (
        day.replace(year=day.year - years, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - years)
    )


_PART = re.compile(r"^(?:#|＃|其中[:：、，]?)+")


def narrowed_headings(headings: Sequence[Heading]) -> list[Heading]:
    """Headings that are marked as a part (其中：医院) with the words and the unit of the one they are a part of."""
    out: list[Heading] = []
    above: Heading | None = None
    column = None
    for i, heading in enumerate(headings):
        marked = _PART.match(heading.noun)
        if marked is None:
            if heading.role == "value" and heading.noun:
                above, column = heading, i
            out.append(heading)
            continue
        noun = heading.noun[marked.end() :]
        if above is not None:
            measure = heading.measure or above.measure
            noun = narrowed(above.noun, noun, measure)
            out.append(replace(heading, noun=noun, measure=measure, whole=column))
        else:
            out.append(replace(heading, noun=noun))
    return out


_METRIC = re.compile(
    r"(?:数|数量|率|量|费用?|额|人次|人口|床位|医师|医生|护士|人员|机构|日|比|比重|收入|支出|资产|面积|病例?|死亡|发病|金额|总额|投资|满意度|指数|评分|得分|人数|例数|出院|诊疗|门诊|急诊|门急诊|住院|手术|癌)$"
)


def looks(text: str) -> bool:
    """Does a text look like the heading of a column of figures, taken alone?"""
    if len(text) > 24:
        return False
    heading = read_heading(text, Anchor(Period.year(2000), None))
    if heading.role != "value":
        return heading.role != "words"
    return heading.period is not None or heading.measure is not None or bool(_METRIC.search(heading.noun))


def latest(headings: Sequence[Heading]) -> Period | None:
    """The last of the periods that columns of values name."""
    dated = [h.period for h in headings if h.role == "value" and h.period]
    return max(dated, key=lambda p: (p.end, -p.start.toordinal())) if dated else None


def whole(headings: Sequence[Heading]) -> Period | None:
    """From the first to the last of the periods that columns of values name."""
    dated = [h.period for h in headings if h.role == "value" and h.period]
    return Period(min(p.start for p in dated), max(p.end for p in dated)) if dated else None


def month_of(label: Period | None, heading: Period | None) -> Period | None:
    """A row's month or quarter in the year of its column (1月 under 2020年); the row's own time where that has none."""
    if label is None or heading is None or label == heading or heading.start.year == label.start.year:
        return label
    if heading != Period.year(heading.start.year) or (label.end - label.start).days > _HALF_YEAR:
        return label
    year, month = heading.start.year, label.end.month
    last = monthrange(year, month)[1]
    whole_months = label.end.day == monthrange(label.end.year, month)[1]
    day = last if whole_months else min(label.end.day, last)
    return Period(label.start.replace(year=year), label.end.replace(year=year, day=day))
