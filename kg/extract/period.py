"""When: the report's own period, and the period that governs each figure."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.layout import Figure, Layout
from kg.model import Moment, Period, Tagged, TimeMention
from kg.tag.times import plan_period

_YEARLY = re.compile(r"(?:总结|年报|公报|统计|回顾|综述|成就|成绩单|盘点|述职|年度|发展情况|分析|数说|这一年|工作报告)")
_PLAN_TITLE = re.compile(r"规划|计划|打算|要点|方案|意见")
_YEARBOOK = re.compile(r"年[鉴鑒鑑][—\-·（(《]*(?P<year>(?:19|20)\d{2})|(?P<year2>(?:19|20)\d{2})年?[》）]?[^\n]{0,6}年[鉴鑒鑑]")
_MEETING = re.compile(r"在(?P<year>20\d{2})年[^\n]{0,16}(?:工作会议|大会|全会)")
_AHEAD = re.compile(r"(?:到|力争|争取|确保|计划|预计|至|在)$")


def report_period(tagged: Tagged, title: str | None, published: date | None) -> Period | None:
    """The period that a report's undated figures are about.

    The period in the title, else the year the text speaks of most (plans, comparisons and foundings aside), weighed
    against the date of publication: a yearbook, a speech at a year's first meeting and a report published early in a
    year look back on the year before.
    """
    text = tagged.clean.text
    opening = tagged.clean.document.text[:600]  # as printed: a running head is no part of the clean text
    for pattern in (_YEARBOOK, _MEETING):
        match = pattern.search(opening)
        if match:
            year = next(g for g in match.groups() if g)
            return Period.year(int(year) - 1)
    if title:
        found = _in_title(tagged, title, published)
        if found is not None:
            return found
    weights = _weights(tagged, published)
    this, last = text.count("今年"), text.count("去年") + text.count("上年度")
    if published is None:
        return _undated(tagged, weights, this)
    looks_back = bool(_YEARLY.search(title or opening))
    if title and "去年" in title:
        return Period.year(published.year - 1)
    if published.month <= 2:
        back = weights[published.year - 1] + last + 2 * looks_back
        ahead = weights[published.year] + this
        return Period.year(published.year - (1 if back > ahead or (back == ahead and looks_back) else 0))
    if not this and weights[published.year - 1] >= 2 + 2 * weights[published.year] and (
        published.month <= 6 or re.search(rf"{published.year - 1}\s?年", tagged.clean.text[:200])
    ):
        return Period.year(published.year - 1)
    if published.month <= 4 and looks_back and not this and weights[published.year - 1] > weights[published.year]:
        return Period.year(published.year - 1)
    return Period.year(published.year)


def _undated(tagged: Tagged, weights: Counter[int], this: int) -> Period | None:
    """The period of a report without a date: none where its present is later than every year it prints.

    今年 after a last year of which only the end is printed means the next; 2023年… 目前… in one breath, a time not told.
    """
    if not weights:
        return None
    text, latest = tagged.clean.text, max(weights)
    last = [t for t in tagged.times if (t.last.year or t.first.year) == latest]
    partial = re.search(r"今年(?:以来|[上前]|\d{1,2}[月至—-]|第?一季度|年初)", text)
    whole = all(t.form == "until" or not t.first.month for t in last)
    if this and (all(t.form == "until" for t in last) or (partial and whole and "去年" in text)):
        return Period.year(latest + 1)
    for mention in last:
        if mention.form == "span":
            line_end = text.find("\n", mention.end)
            if re.search(r"[。；，](?:截至)?目前[，,]", text[mention.end : line_end if line_end >= 0 else len(text)]):
                return None
    return Period.year(max(weights, key=lambda y: (weights[y], y)))


def _in_title(tagged: Tagged, title: str, published: date | None) -> Period | None:
    """The period that the title states, plans aside."""
    at = tagged.clean.text.find(title)
    if at < 0 or _PLAN_TITLE.search(title):
        return None
    plan = plan_period(title)
    if plan is not None and published is not None and published.year >= plan.end.year:
        return plan
    years = Anchor(Period.year(published.year) if published else None, published)
    for mention in tagged.times:
        if not at <= mention.start < at + len(title) or _is_comparison(tagged.clean.text, mention):
            continue
        if mention.first.shift or mention.form == "since" or re.search(r"到$", tagged.clean.text[max(0, mention.start - 1) : mention.start]):
            continue
        if mention.first.year is not None:
            return resolve(mention, Anchor(Period.year(mention.first.year), published))
        if mention.first.month and years.period:
            return resolve(mention, years)
    return None


def _weights(tagged: Tagged, published: date | None) -> Counter[int]:
    """How much the text speaks of each year, the opening counting most."""
    text, weights = tagged.clean.text, Counter[int]()
    for mention in tagged.times:
        year = mention.last.year or mention.first.year
        if year is None or _is_comparison(text, mention) or _is_history(text, mention):
            continue
        if published and (year > published.year or (mention.first.day and year == published.year and mention.form == "span")):
            continue
        if mention.form == "since" or not re.search(r"\d|[〇零○]", mention.text):  # since when, or a plan's five years
            continue
        if _AHEAD.search(text[max(0, mention.start - 2) : mention.start]) and published is None and mention.form == "span":
            continue
        weights[year] += 3 if mention.start < 300 else 1
    return weights


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative times are read against: the report's period and the day it was published."""

    period: Period | None
    published: date | None

    def year(self, shift: int, *, of_report: bool = False) -> int | None:
        """The year that 今年 (0), 去年 (-1) … mean: counted from publication, but 上年 from the report's own period."""
        if of_report and self.period:
            return self.period.end.year + shift
        if self.published and (self.period is None or self.published.year - self.period.end.year in (0, 1)):
            return self.published.year + shift
        return self.period.end.year + shift if self.period else None


def resolve(mention: TimeMention, anchor: Anchor, before: TimeMention | None = None) -> Period | None:
    """The days a time expression means; years it leaves out come from the mention before it or from the anchor."""
    if mention.form == "recent":
        end = anchor.period.end.year if anchor.period else None
        return Period(date(end - mention.years + 1, 1, 1), date(end, 12, 31)) if end else None
    default = anchor.year(0)
    inherited = before.last if before is not None else Moment()
    if mention.first.shift is not None and mention.text.startswith("上"):
        year = anchor.year(mention.first.shift, of_report=True)
        mention = replace(mention, first=replace(mention.first, year=year), last=replace(mention.last, year=year))
    first_year = _year(mention.first, anchor)
    if first_year is None:
        first_year = _year(inherited, anchor)
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
_HISTORY_AFTER = re.compile(
    r"[^，。；]{0,8}(?:建院|创建|成立|创办|始建|组建成立|建成投用|挂牌成立|出生|毕业|参加工作|施行|印发|通过|颁布)"
    r"|(?:[上下]午|晚)?[，,]?(?:讯|电|是世界|是第|是全国|[^，。；]{0,6}(?:召开|举行|发布|获悉|公布|通报会))"  # the news, not what it reports
)


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


_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,12}$")
_RATIO_OF = re.compile(r"(?:是|为|只有|仅为?|相当于|占|达到?)$")
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
            if before is not None and (self._text.count("\n", before.end, mention.start) > 1 or self._far(before, mention)):
                before = None
            period = resolve(mention, anchor, before)
            if period is not None:
                self._times.append((mention, period))
            if (mention.first.month or mention.first.day or mention.first.year) and not _is_comparison(self._text, mention):
                before = mention
        self._headings = self._dated_headings()

    def _far(self, before: TimeMention, mention: TimeMention) -> bool:
        """Months and days borrow a year only within a sentence; a day borrows a month further back."""
        return (mention.first.month is not None or mention.first.day is None) and self._layout.sentence(mention.start)[0] > before.start

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
                if _NOW.search(between) or ("全年" in between and (period.end - period.start).days < 364):
                    return None
                if mention.first.shift and text[mention.end : mention.end + 2] == "同期":
                    return self._same_stretch(mention, period)
                return self._since(mention, period) if mention.form == "until" else period
        return None

    def _same_stretch(self, mention: TimeMention, period: Period) -> Period:
        """去年同期: the stretch that governs the sentence, a year or so before."""
        governing = [p for t, p in self._times if t.end <= mention.start and not t.first.shift and "\n" not in self._text[t.end : mention.start]]
        stretch = governing[-1] if governing else self._anchor.period
        if stretch is None:
            return period
        years = stretch.end.year - period.end.year
        return Period(_back(stretch.start, years), _back(stretch.end, years)) if years > 0 else period

    def _since(self, mention: TimeMention, period: Period) -> Period:
        """自2018年9月1日实施以来，…。截至2020年5月30日: a count that runs from the one to the other."""
        earlier = [(t, p) for t, p in self._times if t.end <= mention.start and mention.start - t.end < 60]
        if earlier and earlier[-1][0].form == "since" and earlier[-1][1].start < period.end and "\n" not in self._text[earlier[-1][0].end : mention.start]:
            return Period(earlier[-1][1].start, period.end)
        return period


_NOW = re.compile(r"(?:目前|现在|现有|如今|截至目前|全年|眼下|[一两二三四五六七八九十]年来|改革以来)")
_POINT = re.compile(r"(?:的|同期|时)?(?:则|仅|只)?(?:[为是有的仅]|只有|达到?|约)?(?:近|约|超过?|不足)?（?")


def _back(day: date, years: int) -> date:
    """The same day years before; 29 February becomes the 28th."""
    year = day.year - years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _holds(text: str, mention: TimeMention, between: str, figure: Figure, sentence_start: int) -> bool:
    """Does this time govern the figure after it?"""
    bracket = text.rfind("（", sentence_start, mention.start)
    if bracket > text.rfind("）", sentence_start, mention.start) and "）" in between:
        # 本周（9月2日—8日），: a bracket that only dates what stands before it
        return between.startswith("）") and bracket == mention.start - 1 and re.search(r"(?:本|上|该|这一?|全)?[周月季度旬年]$", text[:bracket][-3:]) is not None
    if _is_history(text, mention):
        return False
    if figure.quantity.unit in ("%", "倍") and between == "的" and _RATIO_OF.search(text[max(0, mention.start - 3) : mention.start]):
        return False  # 是2007年的2.1倍
    at_once = _POINT.fullmatch(between) is not None  # 2010年为74.2%, 2016年的12.8%
    starts_range = mention.first == mention.last and _FROM.search(text[max(sentence_start, mention.start - 14) : mention.start])
    if _is_comparison(text, mention) or starts_range:
        return at_once
    if figure.clause[0] <= mention.start:
        return True
    if re.match(r"(?:的|同期)?(?:则|仅|只)?[为是的有]\d", text[mention.end : mention.end + 6]) and mention.start - sentence_start > 6:
        return False  # an aside that dates its own figure only
    if mention.start >= figure.sentence[0]:
        return True
    lead = text[sentence_start : mention.start]
    return len(lead) <= 10 and not re.search(r"[\d，]", lead)
