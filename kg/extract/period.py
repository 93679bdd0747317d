"""What a time expression means: relative ones against the report's own period and date, and which only compare."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import Moment, Period, TimeMention


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative times are read against: the report's period, the day it was published, the year it was written in."""

    period: Period | None
    published: date | None
    written: int | None = None

    def year(self, shift: int, *, of_report: bool = False) -> int | None:
        """The year that 今年 (0), 去年 (-1) … mean: counted from publication, but 上年 from the report's own period."""
        if of_report and self.period:
            return self.period.end.year + shift
        if self.published and (self.period is None or self.published.year - self.period.end.year in (0, 1)):
            return self.published.year + shift
        if self.published is None and self.written is not None:
            return self.written + shift
        return self.period.end.year + shift if self.period else None

    def own_year(self) -> int | None:
        """The year of the report's own period, else of this year as it was written."""
        return self.period.end.year if self.period else self.year(0)


def resolve(mention: TimeMention, anchor: Anchor, before: TimeMention | None = None) -> Period | None:
    """The days a time expression means; what it leaves out comes from the mention before it or from the anchor."""
    if mention.form == "recent":
        latest = anchor.period.end.year if anchor.period else None
        return Period(date(latest - mention.years + 1, 1, 1), date(latest, 12, 31)) if latest else None
    if mention.form == "unit":
        return _unit(mention, anchor)
    inherited = before.last if before is not None else Moment()
    # 上年, 新的一年 and 三年前 count from the report's own year, 去年 from the one of publication
    of_report = mention.text.startswith(("上", "新")) or mention.text.endswith("前")
    printed = mention.first.year or mention.first.shift is not None or inherited.year
    if mention.form == "until" and mention.last.month and not printed:
        day = _year_end(mention.last, anchor) or _latest(mention.last, anchor.published)
        if day is not None:
            return Period.day(day)
    first_year = (
        _year(mention.first, anchor, of_report=of_report) or _year(inherited, anchor) or anchor.own_year()
    )
    last_year = _year(mention.last, anchor, of_report=of_report) or first_year
    first_month, last_month = mention.first.month, mention.last.month
    if mention.first.day and first_month is None:
        first_month = last_month = _month_after(inherited, mention.first.day, anchor) or _month_of(
            mention.first.day, anchor.published
        )
    if first_year is None or last_year is None or (mention.first.day and first_month is None):
        return None
    first = _day(first_year, first_month or 1, mention.first.day or 1)
    last = _day(last_year, last_month or 12, mention.last.day or 31)
    if mention.form == "until":
        return Period.day(last)
    if mention.form == "since":
        if anchor.period is None and anchor.published is None:
            return None  # until when is nowhere told
        within = anchor.period is not None and anchor.period.end >= first
        return Period(first, anchor.period.end if anchor.period is not None and within else max(last, first))
    return Period(first, last) if first <= last else None


_RECENT = 100  # days


def _year_end(moment: Moment, anchor: Anchor) -> date | None:
    """年末 in what looks back on one whole year: that year's, however late it was published."""
    own = anchor.period
    if own is None or (moment.month, moment.day) != (12, 31) or own != Period.year(own.end.year):
        return None
    return own.end if anchor.published and anchor.published > own.end else None


def _month_after(before: Moment, day: int, anchor: Anchor) -> int | None:
    """The month of a bare day after a printed one (10月27日以来…, 20日: November); None where none was printed."""
    if before.month is None or not before.day or day >= before.day or before.month == 12:
        return before.month
    year = _year(before, anchor) or anchor.own_year()
    is_over = year and anchor.published and _day(year, before.month + 1, day) <= anchor.published
    return before.month + 1 if is_over else before.month


def _latest(moment: Moment, published: date | None) -> date | None:
    """截至8月31日 in what was published soon after: that of the year of publication, or of the year before."""
    if published is None or moment.month is None:
        return None
    for year in (published.year, published.year - 1):
        day = _day(year, moment.month, moment.day or 31)
        if 0 <= (published - day).days <= _RECENT:
            return day
    return None


def _around(day: date | None, unit: str) -> Period | None:
    """The week from Monday, or the month, around the day of publication."""
    if day is None:
        return None
    if unit == "周":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit == "月":
        return Period(_day(day.year, day.month, 1), _day(day.year, day.month, 31))
    return None


def _month_of(day: int, published: date | None) -> int | None:
    """The month of a bare day in news: that of publication, or the one before for a day still to come."""
    if published is None:
        return None
    return published.month if day <= published.day else (published.month - 1 or None)


_UNITS = {"周": (5, 8), "月": (28, 31), "季度": (90, 92), "日": (1, 1), "天": (1, 1), "期": (1, 92)}  # days


def _unit_name(mention: TimeMention) -> str:
    return "季度" if mention.text.endswith("季度") else mention.text[-1]


def fits_unit(mention: TimeMention, period: Period) -> bool:
    """Is a period as long as the stretch that a mention counts in (上月: a month)?"""
    fewest, most = _UNITS[_unit_name(mention)]
    return fewest <= (period.end - period.start).days + 1 <= most


def _unit(mention: TimeMention, anchor: Anchor) -> Period | None:
    """本周, 上月: the report's own stretch, or the one before it, where the report is about such a stretch."""
    if mention.text[0] == "昨":
        return Period.day(anchor.published - timedelta(days=1)) if anchor.published else None
    unit = _unit_name(mention)
    own = anchor.period
    if own is None or not fits_unit(mention, own):
        own = _around(anchor.published, unit) if mention.text[0] in "本上前" else None
    if own is None:
        return None
    if mention.years == 0:
        return own
    end = own.start - timedelta(days=1)
    length = (own.end - own.start).days + 1
    if unit == "周" or length < 28:
        return Period(own.start - timedelta(days=length), end)
    months = 3 if length > 31 else 1
    first = own.start.year * 12 + own.start.month - 1 - months
    return Period(date(first // 12, first % 12 + 1, 1), end)


def _day(year: int, month: int, day: int) -> date:
    """A day; one beyond the month's last is its last."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _year(moment: Moment, anchor: Anchor, *, of_report: bool = False) -> int | None:
    if moment.year is not None:
        return moment.year
    return anchor.year(moment.shift, of_report=of_report) if moment.shift is not None else None


_COMPARED = re.compile(
    r"(?:比|较|与|和|同|对比|相比|相较于?|低于|高于|好于|快于|多于|少于|短于|优于)$|(?:(?<!占)比(?![例重较])|较)[^，。；\d]{1,8}的$"
)
_SAME = re.compile(r"同(?:期|[月旬周]|季度?)")  # 去年同期, 去年同旬
_HISTORY_BEFORE = re.compile(
    r"(?:每年|始建于|建于|成立于|创建于|创办于|组建于|落成于|前身|创立于|(?:上传|下载|收稿|检索|访问)(?:时间|日期)?：?)$"
)
_HISTORY_AFTER = re.compile(
    r"[^，。；]{0,8}(?:建院|始建|创办|挂牌成立|正式成立|建成投用|毕业于|出生于|参加工作|施行|印发|颁布)"
    r"|(?:[上下]午|晚)?[，,]?(?:讯|电|是世界|是第|是全国|[^，。；]{0,6}(?:召开|举行|发布|获悉|公布|通报会))"  # the news, not what it reports
)


def is_comparison(text: str, mention: TimeMention) -> bool:
    """Is the time only what a change is measured against (比2015年提高)?"""
    before = text[max(0, mention.start - 10) : mention.start]
    after = text[mention.end : mention.end + 4]
    if (
        _COMPARED.search(before)
        or _SAME.match(after)
        or after.startswith(("相比", "同比", "全年的", "全年水"))
    ):
        return True
    return mention.text.endswith("同期") or after.startswith(("平均水平", "水平"))


def is_history(text: str, mention: TimeMention) -> bool:
    """Does the time only date a founding or a law, not figures?"""
    return bool(
        _HISTORY_BEFORE.search(text[max(0, mention.start - 8) : mention.start])
        or _HISTORY_AFTER.match(text[mention.end : mention.end + 14])
    )
