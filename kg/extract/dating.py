"""When: the period that governs each figure of a report."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from kg.extract.comparisons import in_turn, same_stretch, stretch_before, up_to
from kg.extract.dated_lists import DatedItem, dated_items
from kg.extract.governing import holds
from kg.extract.layout import Figure, Layout
from kg.extract.observances import observed_before
from kg.extract.passing import (
    ends_change,
    gives_way,
    goes_no_further,
    is_bracketed,
    is_part,
    joined,
    opens_sentence,
    opens_stretch,
)
from kg.extract.period import Anchor, is_comparison, is_history, resolve
from kg.model import Moment, Period, Tagged, TimeMention
from kg.tag.numerals import chinese

_MASTHEAD = re.compile(r"来源|发布|时间|日期|作者|编辑|字号|浏览|阅读|^[\d年月日/.:： —\-—]+$")
_REACHED = re.compile(
    r"(?:逐年|稳步)?(?:增长|增加|提高|提升|上升|下降|降低|减少|扩大|缩短|升|降|增|减)?[到至为]"
)
_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]|^[^，。；]{2,30}$")


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
            if before is not None and (
                self._text.count("\n", before.end, mention.start) > 1 or self._far(before, mention)
            ):
                before = None
            resolved = self._resolved(mention, before)
            if resolved is not None:
                self._times.append(resolved)
            if (
                mention.first != Moment()
                and not mention.first.shift
                and not mention.text.endswith("前")
                and not is_comparison(self._text, mention)
            ):
                before = mention
        self._times = joined(self._text, self._times)
        self._items = dated_items(layout, self._times)
        self._headings = self._dated_headings()
        self._looked_back = self._last_year_part()
        self._news = self._news_day()
        if self._news is not None:
            self._times = [(t, self._to_news_day(t, p, self._news[1])) for t, p in self._times]

    def _resolved(
        self, mention: TimeMention, before: TimeMention | None
    ) -> tuple[TimeMention, Period] | None:
        """A time and its days, 9月开业以来 up to the month of publication; None where it is not told."""
        opens = opens_stretch(self._text, mention)
        known = replace(mention, form="since") if opens else mention
        near = stretch_before(self._layout, self._times, mention, self._anchor.published)
        period = near or resolve(known, self._anchor, before)
        if period is None:
            return None
        return known, self._until_published(period) if opens else period

    def _far(self, before: TimeMention, mention: TimeMention) -> bool:
        """Months and days borrow a year only within a sentence; a day borrows a month further back."""
        return (mention.first.month is not None or mention.first.day is None) and self._layout.sentence(
            mention.start
        )[0] > before.start

    def _dated_headings(self) -> list[tuple[int, Period | None]]:
        """Headings in order; one with a year dates its section, any other ends the dating."""
        out: list[tuple[int, Period | None]] = []
        for start, end in self._layout.paragraphs()[1:]:
            line = self._text[start:end]
            if (
                not line
                or _MASTHEAD.search(line)
                or len(line) > 40
                or line[-1] in "。；，"
                or not _HEADING.match(line)
                or "\t" in line
            ):
                continue
            dated = [self._of_heading(t, p) for t, p in self._times if start <= t.start < end]
            if self._anchor.published is not None and Period.day(self._anchor.published) in dated:
                continue  # a dateline
            out.append((start, dated[0] if dated and len(dated) == 1 else None))
        return out

    def _last_year_part(self) -> tuple[int, int, Period] | None:
        """The paragraphs between one that opens with 去年 and one that opens with 今年, in a report of this year."""
        own, first = self._anchor.period, None
        if own is None or own != Period.year(own.end.year):
            return None
        for start, end in self._layout.paragraphs():
            opening = self._text[start : min(end, start + _OPENING)]
            if first is None and _LAST_YEAR.match(opening):
                first = start
            elif first is not None and _THIS_YEAR.match(opening):
                is_of_this = self._anchor.year(0) == own.end.year
                return (first, start, Period.year(own.end.year - 1)) if is_of_this else None
        return None

    def _news_day(self) -> tuple[int, Period] | None:
        """Where news names the day it tells of, shortly before its publication, and that day."""
        published = self._anchor.published
        if published is None or self._anchor.period != Period.year(published.year):
            return None  # the report tells of another year, or of a stretch that its title names
        years = {p.start.year for _, p in self._times}
        if len(years) > _MANY:
            return None  # a feature, which the day only opens
        for mention, period in self._times:
            if mention.start > _LEAD:
                break
            if (
                mention.first.day
                and 0 < (published - period.end).days <= _NEWS
                and not is_comparison(self._text, mention)
                and not is_history(self._text, mention)
                and not _VISIT.match(self._text, mention.end)
            ):
                return mention.end, period
        held = observed_before(self._text[:_LEAD], published, _NEWS)
        return (0, Period.day(held)) if held is not None and _THAT_DAY.search(self._text) else None

    def _until_published(self, period: Period) -> Period:
        """9月开业以来: up to the month of publication, where the report's year is not over by then."""
        published = self._anchor.published
        if published is None or not period.start <= published <= period.end:
            return period
        return Period(period.start, _month_end(published))

    def _to_news_day(self, mention: TimeMention, period: Period, day: Period) -> Period:
        """自10月27日以来 in news of a day: up to that day, not to the end of the report's year."""
        open_end = mention.form == "since" and mention.first.month and period.start <= day.end < period.end
        return Period(period.start, day.end) if open_end else period

    def _of_heading(self, mention: TimeMention, period: Period) -> Period:
        """一、上年工作完成情况 over a plan for this year: the year before publication, which may be the report's own."""
        published = self._anchor.published
        if mention.text.startswith("上") and mention.first.shift and published is not None:
            return Period.year(published.year + mention.first.shift)
        return period

    def period(self, figure: Figure, siblings: Sequence[Figure]) -> tuple[Period | None, bool]:
        """The figure's period, and whether the text states it (else it is the report's own).

        ``siblings`` are the figures of its clause, itself included.
        """
        shared = self._distributed(figure, siblings) or in_turn(self._text, self._times, figure, siblings)
        if shared is not None:
            return shared, True
        governing = self._governing(figure)
        if governing is not None:
            return governing, True
        item = self._item(figure)
        if item is not None:
            return item.period, True
        section = [p for at, p in self._headings if at < figure.quantity.start]
        if section and section[-1] is not None:
            return section[-1], True
        if (
            self._looked_back is not None
            and self._looked_back[0] <= figure.quantity.start < self._looked_back[1]
        ):
            return self._looked_back[2], True
        if self._news is not None and figure.quantity.start > self._news[0]:
            return self._news[1], True
        return self._anchor.period, False

    def _item(self, figure: Figure) -> DatedItem | None:
        at = figure.quantity.start
        return next((item for item in self._items if item.start <= at < item.end), None)

    def is_aim(self, figure: Figure) -> bool:
        """Does a figure stand in a list of what is to be reached?"""
        item = self._item(figure)
        return item is not None and item.is_aim

    def _distributed(self, figure: Figure, siblings: Sequence[Figure]) -> Period | None:
        """2019年、2020年发病率分别为31.5、28.2: each figure its own year."""
        start, end = figure.clause[0], siblings[0].quantity.start
        inside = [(t, p) for t, p in self._times if start <= t.start and t.end <= end]
        if len(inside) < 2 or len(inside) != len(siblings):
            return self._year_by_year(figure, siblings)
        if not re.search(r"分别|依次|各", self._text[inside[-1][0].end : end]):
            return None
        gaps = (self._text[a.end : b.start] for (a, _), (b, _) in pairwise(inside))
        if any(not re.fullmatch(r"[、和与及]", gap) for gap in gaps):
            return None
        return inside[list(siblings).index(figure)][1]

    def _year_by_year(self, figure: Figure, siblings: Sequence[Figure]) -> Period | None:
        """三个年度支出依次为413万元、2286万元和3194万元: the last so many years told before, else those of the report."""
        start = siblings[0].quantity.start
        told = _YEARS_IN_TURN.search(self._text, figure.clause[0], start)
        count = int(chinese(told["n"]) or 0) if told else 0
        if count != len(siblings) or count < 2:
            return None
        own = self._anchor.period
        years = sorted(
            {p.end.year for t, p in self._times if figure.paragraph[0] <= t.start and t.end <= start}
        )
        if len(years) != count and own is not None and own.end.year - own.start.year + 1 == count:
            years = list(range(own.start.year, own.end.year + 1))
        return Period.year(years[list(siblings).index(figure)]) if len(years) == count else None

    def _governing(self, figure: Figure) -> Period | None:
        text, q = self._text, figure.quantity
        start, end = figure.paragraph
        candidates = [
            (t, p) for t, p in self._times if start <= t.start and t.end <= q.start and t.end <= end
        ]
        for mention, period in reversed(candidates):
            between = text[mention.end : q.start].removeprefix("全年").replace("占全年", "占")
            if self._is_passing(mention, period, figure):
                continue
            if holds(text, mention, between, figure, self._layout.sentence(mention.start)[0]):
                if _NOW.search(between) or (
                    _WHOLE_YEAR.search(between) and (period.end - period.start).days < 364
                ):
                    return None
                same = same_stretch(text, self._times, mention, period, self._anchor.period)
                if same is not None:
                    return same
                if mention.form == "until":
                    return self._since(mention, period)
                until = up_to(text, self._times, mention, period)
                return until or self._end_of_stretch(figure, mention, period)
        return None

    def _is_passing(self, mention: TimeMention, period: Period, figure: Figure) -> bool:
        """Is the time told in passing, as seen from the figure?"""
        text, at = self._text, figure.quantity.start
        sentence = self._layout.sentence(mention.start)
        opening = next((p for t, p in self._times if t.start >= sentence[0]), None)
        first = next((t for t, _ in self._times if t.start >= sentence[0]), mention)
        if first is mention or not opens_sentence(text, first, sentence[0]):
            opening = self._short_period() if mention.start > sentence[0] + _OPENING // 2 else None
        later = [(t, p) for t, p in self._times if mention.end <= t.start < sentence[1]]
        left = text[figure.left[0] : at]
        return (
            goes_no_further(text, mention, sentence, at)
            or (at >= sentence[1] and gives_way(text, period, later))
            or is_part(text, mention, period, opening, at)
            or is_bracketed(text, mention, at)
            or (
                figure.clause[0] <= mention.start
                and mention.end <= figure.left[0]
                and ends_change(text, mention, left, figure.clause[0])
            )
        )

    def _short_period(self) -> Period | None:
        """The report's own period where it is some days or weeks."""
        own = self._anchor.period
        return own if own is not None and 1 < (own.end - own.start).days + 1 <= _WEEKS else None

    def _end_of_stretch(self, figure: Figure, mention: TimeMention, period: Period) -> Period:
        """2015—2019年，X从a增长到b: a is of the first year, b of the last."""
        first, last = mention.first.year, mention.last.year
        if first is None or last is None or first == last or mention.first.month or mention.last.month:
            return period
        left = self._text[figure.left[0] : figure.quantity.start]
        if re.search(r"[由从]$", left):
            return Period.year(first)
        if not figure.first and _REACHED.fullmatch(left):
            return Period.year(last)
        return period

    def _since(self, mention: TimeMention, period: Period) -> Period:
        """自2017年3月1日施行起，…。截至2021年4月18日: a count that runs from the one to the other."""
        earlier = [(t, p) for t, p in self._times if t.end <= mention.start and mention.start - t.end < 60]
        if (
            earlier
            and (
                earlier[-1][0].form == "since"
                or self._text[earlier[-1][0].start - 1 : earlier[-1][0].start] in ("自", "从")
            )
            and earlier[-1][1].start < period.end
            and "\n" not in self._text[earlier[-1][0].end : mention.start]
        ):
            return Period(earlier[-1][1].start, period.end)
        return period


_WEEKS = 31  # days
_OPENING = 30  # characters of a paragraph
_LABEL = r"\s*(?:【)?(?:[^，。；：\d\n]{0,8}[，：、】])?"
_LAST_YEAR = re.compile(rf"{_LABEL}(?:先看)?(?:去年|上年)(?!同期|底|末|以来|起|\d|[一二三四五六七八九十]+月)")
_THIS_YEAR = re.compile(rf"{_LABEL}(?:进入|到了?|再看)?今年(?!是|\d|[一二三四五六七八九十]+月[^，]{{0,4}}日)")
_LEAD = 400  # characters in which news says when
_VISIT = re.compile(r"[^，。；\n]{0,4}[，,]?记者(?:先后)?(?:去|走|来到|探|跟|跑|实地)")
_THAT_DAY = re.compile(r"当[天日](?!地)|活动现场")
_MANY = 4  # years that news of a day may name
_NEWS = 4  # days between what it tells of and its publication
_YEARS_IN_TURN = re.compile(r"(?P<n>[两三四五六])个?年度?[^，。；\d]{0,12}(?:依次|分别)[^，。；\d]{0,3}$")
_NOW = re.compile(
    r"(?:目前|现在|现有|如今|截至目前|(?<![年度\d])全年|本?季度内|(?<!分)期内|眼下|[一两二三四五六七八九十]年(?:来|过去|后的今天)|改革以来)"
)
_WHOLE_YEAR = re.compile(r"(?<!年)全年")


def _month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
