"""When: the report's own period, and the period that governs each figure."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.extract.layout import Figure, Layout
from kg.model import Moment, Period, Tagged, TimeMention

_YEARLY = re.compile(r"(?:工作总结|总结|年报|公报|统计|回顾|综述|成效|成就|工作情况|报告|亮点|盘点|年终|述职|年度|发展情况|分析)")


def report_period(tagged: Tagged, title: str | None, published: date | None) -> Period | None:
    """The period that a report's undated figures are about.

    A year or stretch in the title; else the year that the text speaks of most, years of plans and of comparison aside;
    else the year of publication, the one before it for a report published in the first two months.
    """
    text = tagged.clean.text
    if title:
        at = text.find(title)
        in_title = [t for t in tagged.times if at <= t.start < at + len(title)] if at >= 0 else []
        for mention in in_title:
            if mention.first.year is not None and not re.search(r"规划|计划|打算|要点", title):
                return resolve(mention, Anchor(Period.year(mention.first.year), published))
    weights: Counter[int] = Counter()
    for mention in tagged.times:
        if mention.first.year is None or _is_comparison(text, mention) or mention.first.day and published and mention.first.year == published.year:
            continue
        if published and mention.last.year and mention.last.year > published.year:
            continue
        weights[mention.last.year or mention.first.year] += 3 if mention.start < 300 else 1
    relative = any(t.first.shift == 0 for t in tagged.times)
    if published:
        if published.month <= 2 and (weights[published.year - 1] or _YEARLY.search(title or text[:120]) or not relative) and not (
            relative and weights[published.year] > weights[published.year - 1]
        ):
            return Period.year(published.year - 1)
        if weights:
            best = max(weights, key=lambda y: (weights[y], y))
            if best == published.year - 1 and weights[best] >= 2 and not relative:
                return Period.year(best)
        return Period.year(published.year)
    if weights:
        return Period.year(max(weights, key=lambda y: (weights[y], y)))
    return None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative times are read against: the report's period and the day it was published."""

    period: Period | None
    published: date | None

    def year(self, shift: int) -> int | None:
        """The year that 今年 (0), 去年 (-1) … mean: counted from publication, else from the report's period."""
        if self.period and (self.published is None or self.published.year - self.period.end.year not in (0, 1) or self.published.month <= 3):
            return self.period.end.year + shift
        if self.published:
            return self.published.year + shift
        return self.period.end.year + shift if self.period else None


def resolve(mention: TimeMention, anchor: Anchor, before: TimeMention | None = None) -> Period | None:
    """The days a time expression means; years it leaves out come from the mention before it or from the anchor."""
    if mention.form == "recent":
        end = anchor.period.end.year if anchor.period else None
        return Period(date(end - mention.years + 1, 1, 1), date(end, 12, 31)) if end else None
    default = anchor.year(0)
    inherited = before.last if before is not None else Moment()
    first_year = _year(mention.first, anchor)
    if first_year is None:
        first_year = _year(inherited, anchor) if inherited.month or inherited.day else None
    if first_year is None:
        first_year = anchor.period.end.year if anchor.period else default
    last_year = _year(mention.last, anchor)
    if last_year is None:
        last_year = first_year
    if first_year is None or last_year is None:
        return None
    month = mention.first.month
    last_month = mention.last.month
    if mention.first.day and month is None:
        month = last_month = inherited.month
        if month is None:
            return None
    start = date(first_year, month or 1, min(mention.first.day or 1, calendar.monthrange(first_year, month or 1)[1]))
    end_month = last_month or 12
    length = calendar.monthrange(last_year, end_month)[1]
    end = date(last_year, end_month, min(mention.last.day or length, length))
    if mention.form == "until":
        return Period.day(end)
    if mention.form == "since":
        if anchor.period is None or anchor.period.end < start:
            return Period(start, max(end, start))
        return Period(start, anchor.period.end)
    return Period(start, end) if start <= end else None


def _year(moment: Moment, anchor: Anchor) -> int | None:
    if moment.year is not None:
        return moment.year
    return anchor.year(moment.shift) if moment.shift is not None else None


_COMPARED = re.compile(r"(?:比|较|与|和|同|对比|相比|相较于?|低于|高于|好于|快于|多于|少于|短于|优于)$")
_HISTORY_BEFORE = re.compile(r"(?:始建于|建于|成立于|创建于|创办于|组建于|落成于|前身|创立于)$")
_HISTORY_AFTER = re.compile(r"[^，。；]{0,8}(?:建院|创建|成立|创办|始建|组建成立|建成投用|挂牌成立|出生|毕业|参加工作|施行|印发|实施|通过|颁布)")


def _is_comparison(text: str, mention: TimeMention) -> bool:
    """Is the time only what a change is measured against (比2015年提高)?"""
    before = text[max(0, mention.start - 4) : mention.start]
    after = text[mention.end : mention.end + 4]
    if _COMPARED.search(before) or after.startswith(("相比", "同期", "同比")):
        return True
    return mention.text.endswith("同期") or after.startswith(("平均水平", "水平"))


def _is_history(text: str, mention: TimeMention) -> bool:
    """Does the time only date a founding or a law, not figures?"""
    return bool(_HISTORY_BEFORE.search(text[max(0, mention.start - 5) : mention.start]) or _HISTORY_AFTER.match(text[mention.end : mention.end + 14]))


_FROM = re.compile(r"(?:由|从)[^，。；]{0,12}$")
_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]|^[^，。；]{2,30}$")
_PLANS = re.compile(r"(?:打算|计划|安排|目标|要点|思路|展望|部署|下一步|下步)")


class Dating:
    """The period of every figure of a report."""

    def __init__(self, tagged: Tagged, layout: Layout, anchor: Anchor) -> None:
        self._text = tagged.clean.text
        self._layout = layout
        self._anchor = anchor
        self._times: list[tuple[TimeMention, Period]] = []
        before: TimeMention | None = None
        inside_names = [(m.start, m.end) for m in tagged.mentions if m.label == "PROGRAMME"]
        for mention in tagged.times:
            if any(a <= mention.start < b for a, b in inside_names):
                continue
            if before is not None and self._text.count("\n", before.end, mention.start) > 1:
                before = None
            period = resolve(mention, anchor, before)
            if period is not None:
                self._times.append((mention, period))
            if mention.first.month or mention.first.day or mention.first.year:
                before = mention
        self._headings = self._dated_headings()

    def _dated_headings(self) -> list[tuple[int, Period | None]]:
        """Headings in order; one with a year dates its section, any other ends the dating."""
        out: list[tuple[int, Period | None]] = []
        for start, end in self._layout.paragraphs()[1:]:
            line = self._text[start:end]
            if not line or len(line) > 40 or line[-1] in "。；，" or not _HEADING.match(line) or "\t" in line:
                continue
            dated = [p for t, p in self._times if start <= t.start < end]
            out.append((start, dated[0] if dated and len(dated) == 1 else None))
        return out

    def period(self, figure: Figure) -> tuple[Period | None, bool]:
        """The figure's period, and whether the text states it (else it is the report's own)."""
        governing = self._governing(figure)
        if governing is not None:
            return governing, True
        section = [p for at, p in self._headings if at < figure.quantity.start]
        if section and section[-1] is not None:
            return section[-1], True
        return self._anchor.period, False

    def _governing(self, figure: Figure) -> Period | None:
        text, q = self._text, figure.quantity
        start, end = figure.paragraph
        candidates = [(t, p) for t, p in self._times if start <= t.start and t.end <= q.start and t.end <= end]
        for mention, period in reversed(candidates):
            between = text[mention.end : q.start]
            if _holds(text, mention, between, figure, self._layout.sentence(mention.start)[0]):
                return None if _NOW.search(between) else period
        return None


_NOW = re.compile(r"(?:目前|现在|现有|如今|截至目前|全年|眼下)")
_POINT = re.compile(r"(?:的|同期|时)?(?:则|仅|只)?(?:[为是有的仅]|只有|达到?|约)?(?:近|约|超过?|不足)?（?")


def _holds(text: str, mention: TimeMention, between: str, figure: Figure, sentence_start: int) -> bool:
    """Does this time govern the figure after it?"""
    opened = text.rfind("（", sentence_start, mention.start) > text.rfind("）", sentence_start, mention.start)
    if opened and "）" in between:
        return False
    if _is_history(text, mention):
        return False
    at_once = _POINT.fullmatch(between) is not None  # 2010年为74.2%, 2016年的12.8%
    if _is_comparison(text, mention) or _FROM.search(text[max(sentence_start, mention.start - 14) : mention.start]):
        return at_once
    if figure.clause[0] <= mention.start:
        return True
    if re.match(r"(?:的|同期)?(?:则|仅|只)?[为是的有]\d", text[mention.end : mention.end + 6]) and mention.start - sentence_start > 6:
        return False  # an aside that dates its own figure only
    if mention.start >= figure.sentence[0]:
        return True
    lead = text[sentence_start : mention.start]
    return len(lead) <= 10 and not re.search(r"[\d，]", lead)
