"""The report's own period: what its undated figures are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from kg.extract.observances import observed
from kg.extract.period import is_comparison, is_history
from kg.extract.printed_period import OPENING, period_of_opening, printed_period
from kg.extract.told_stretch import told_stretch
from kg.extract.writing_year import AHEAD, year_after
from kg.model import Period, Tagged, TimeMention

_YEARLY = re.compile(
    r"(?:总结|年报|公报|统计|回顾|综述|成就|成绩单|盘点|述职|年度|发展情况|分析|数说|这一年|工作报告)"
)
_SPEECH = re.compile(r"在[^\n]{0,20}(?:工作会议?|大会|全会)上的(?:工作)?(?:报告|讲话|发言)")
_AIM = re.compile(
    r"[^。\n]{0,30}(?:达到|要(?=[达降实])|将|力争|确保|控制在|以内|不低于|不超过)"
)  # 到2025年底，…控制在5%以内
_PROFILE = re.compile(r"(?:简介|概况|介绍|关于我们|走[近进]我们)(?:\n|$)")
_LEAD = 300  # characters
_TOP = 120  # characters
_ACCOUNTS = re.compile(r"部门决算|决算(?:情况|信息|公开|报告|说明)")  # of the year before
_FULL_YEAR = re.compile(r"(?<![年度])全年(?!龄|[将拟预计目])")
_AHEAD_THIS = re.compile(r"今年[^。；\n]{0,12}?(?:将|拟|要|计划|预计|力争|有望)")
# 由2015年的7.2‰降至2021年的4.1‰, unless that is planned
_CHANGED_TO = re.compile(
    r"(?:^|[。；\n])(?:(?!将|[拟要计规]|力争|目标)[^。；\n])*[降升增加减少高长低落大缩短][至到]$"
)
_FRESH = 40  # days before publication


def report_period(tagged: Tagged, title: str | None, published: date | None) -> Period | None:
    """The period that a report's undated figures are about.

    The period in the title, else the year the text speaks of most (plans, comparisons and foundings aside), weighed
    against the date of publication: a yearbook, a speech at a year's first meeting and a report published early in a
    year look back on the year before.
    """
    text = tagged.clean.text
    opening = tagged.clean.document.text[:OPENING]
    said = period_of_opening(opening)
    if said is not None:
        return said
    weights = _weights(tagged, published)
    seen = observed(text) if published is None else None
    if seen is not None and seen.year >= max(weights, default=0):
        published, weights = seen, _weights(tagged, seen)
    latest = published.year if published else _latest_year(text, weights)
    said, told = printed_period(tagged, title, published, latest), told_stretch(tagged, published, latest)
    if said is not None and not (told and said.start <= told.start and told.end <= said.end):
        return said
    if told is not None:
        return told
    this, last = text.count("今年"), text.count("去年") + text.count("上年度")
    if published is None:
        return _undated(tagged, weights, this, last)
    looks_back = bool(_YEARLY.search(title or opening)) or (not this and len(_FULL_YEAR.findall(text)) > 1)
    if _is_of_year_before(title or "", published):
        return Period.year(published.year - 1)
    if published.month <= 2:
        return _of_first_months(tagged, weights, published, looks_back=looks_back)
    return _of_told_year(tagged, weights, published) or _of_spring(
        weights, published, this=this, last=last, looks_back=looks_back
    )


def _is_of_year_before(title: str, published: date) -> bool:
    """Final accounts, what the title calls last year's, and a speech at a meeting of the first months."""
    is_speech = published.month <= 4 and _SPEECH.search(title) is not None
    return _ACCOUNTS.search(title) is not None or "去年" in title or is_speech


def _of_first_months(tagged: Tagged, weights: Counter[int], published: date, *, looks_back: bool) -> Period:
    """In January and February: the year before where the text looks back on it."""
    if not looks_back and _is_fresh(tagged, published):
        return Period.year(published.year)
    text = tagged.clean.text
    back = weights[published.year - 1] + text.count("去年") + text.count("上年度") + 2 * looks_back
    ahead = weights[published.year] + text.count("今年")
    return Period.year(published.year - (1 if back > ahead or (back == ahead and looks_back) else 0))


def _of_told_year(tagged: Tagged, weights: Counter[int], published: date) -> Period | None:
    """An earlier year that the text tells of most and nowhere calls the one before this; None where there is none."""
    text = tagged.clean.text
    if "今年" in text:
        return None
    told = max(weights, key=lambda year: (weights[year], year), default=published.year)
    if _PROFILE.search(text[:_TOP]) and weights[told] > 1:
        return Period.year(told)
    later = sum(weight for year, weight in weights.items() if year > told)
    is_soon = published.month <= 6 and told == published.year - 1
    is_first = re.search(rf"{told}\s?年", text[:200]) is not None
    if told < published.year and weights[told] >= 2 + 2 * later and (is_soon or is_first):
        return _years_of_opening(tagged, told) or Period.year(told)
    return None


def _of_spring(weights: Counter[int], published: date, *, this: int, last: int, looks_back: bool) -> Period:
    """The year of publication; until April the year before where the text speaks more of it."""
    speaks_of_last = last >= 2 + 2 * this
    looks = looks_back and not this and weights[published.year - 1] > weights[published.year]
    return Period.year(published.year - (published.month <= 4 and (speaks_of_last or looks)))


def written_in(tagged: Tagged, published: date | None) -> int | None:
    """The year in which a report was written: of its publication, of an observance, or counted from a printed year."""
    if published is not None:
        return published.year
    weights = _weights(tagged, None)
    seen = observed(tagged.clean.text)
    if seen is not None and seen.year >= max(weights, default=0):
        return seen.year
    text, latest = tagged.clean.text, max(weights, default=None)
    counted = year_after(text, latest)
    if counted is not None or latest is None:
        return counted
    return latest + 1 if _speaks_of_next(tagged, latest) else None


def _speaks_of_next(tagged: Tagged, latest: int) -> bool:
    """Is 今年 the year after the last that the text prints, of which it prints the end, or tells a part of 今年?"""
    text = tagged.clean.text
    last = [t for t in tagged.times if (t.last.year or t.first.year) == latest]
    partial = re.search(r"今年(?:以来|[上前]|\d{1,2}[月至—-]|第?一季度|年初)", text)
    whole = all(_is_year_end(t) or not t.first.month for t in last)
    is_ended = all(_is_year_end(t) for t in last)
    return "今年" in text and (is_ended or (partial is not None and whole and "去年" in text))


def _undated(tagged: Tagged, weights: Counter[int], this: int, last_year: int) -> Period | None:
    """The period of a report without a date: none where its present is later than every year it prints.

    今年 after a last year of which only the end is printed means the next; 2023年… 目前… in one breath, a time not told.
    """
    text, latest = tagged.clean.text, max(weights, default=None)
    written = year_after(text, latest)
    if written is not None:
        return Period.year(written - (last_year > 2 * this))
    if latest is None:
        return _after_compared(tagged)
    last = [t for t in tagged.times if (t.last.year or t.first.year) == latest]
    if _contrasted(text, last):
        return Period.year(latest + 1)
    if _speaks_of_next(tagged, latest):  # 今年9月将启用…: it looks back, and only announces
        return Period.year(latest + (len(_AHEAD_THIS.findall(text)) < this))
    for mention in last:
        if mention.form == "span":
            line_end = text.find("\n", mention.end)
            if re.search(
                r"[。；，](?:截至)?目前[，,]", text[mention.end : line_end if line_end >= 0 else len(text)]
            ):
                return None
    if _PROFILE.search(text[:_TOP]):  # kept up to date: its present is its last year
        return Period.year(latest)
    told = max(weights, key=lambda y: (weights[y], y))
    return _years_of_opening(tagged, told) or Period.year(told)


def _is_year_end(mention: TimeMention) -> bool:
    return mention.form == "until" and mention.last.month in (None, 12)


def _after_compared(tagged: Tagged) -> Period | None:
    """较2015年同期（704例）下降, in a text that prints no other year: it tells of the year after."""
    text = tagged.clean.text
    compared = [
        t.first.year
        for t in tagged.times
        if t.first.year and text.startswith(("同期", "同比"), t.end) and is_comparison(text, t)
    ]
    return Period.year(max(compared) + 1) if compared else None


def _years_of_opening(tagged: Tagged, last: int) -> Period | None:
    """The two years that a text opens with (2018年至2019年，…), where it names the last of them first there."""
    for mention in tagged.times:
        if mention.start > _LEAD:
            return None
        if mention.last.year == last and not is_history(tagged.clean.text, mention):
            first = mention.first.year
            if first != last - 1 or mention.form != "span" or mention.last.month:
                return None  # a longer stretch is what changes are told of, up to the last year
            return Period(Period.year(first).start, Period.year(last).end)
    return None


def _latest_year(text: str, weights: Counter[int]) -> int | None:
    """The last year that a text without a date tells of: the one it was written in, where it tells that."""
    latest = max(weights, default=None)
    return year_after(text, latest) or latest


def _contrasted(text: str, last: Sequence[TimeMention]) -> bool:
    """Does one sentence go from the latest printed year to 今年, which so is a later one?"""
    return any(re.search(r"^[^。\n]{0,60}；今年", text[t.end : t.end + 80]) for t in last)


def _is_fresh(tagged: Tagged, published: date) -> bool:
    """Does the text tell of days shortly before its publication?"""
    for mention in tagged.times:
        moment = mention.last
        if moment.year is None and moment.shift is None and moment.month and moment.day:
            try:
                day = date(published.year, moment.month, moment.day)
            except ValueError:
                continue
            if 0 <= (published - day).days <= _FRESH:
                return True
    return False


def _weights(tagged: Tagged, published: date | None) -> Counter[int]:
    """How much the text speaks of each year, the opening counting most."""
    text, weights = tagged.clean.text, Counter[int]()
    for mention in tagged.times:
        year = mention.last.year or mention.first.year
        if year is None or is_comparison(text, mention) or is_history(text, mention):
            continue
        if published and (
            year > published.year or (mention.first.day and year == published.year and mention.form == "span")
        ):
            continue
        if mention.form == "since" or not re.search(
            r"\d|[〇零○]", mention.text
        ):  # since when, or a plan's five years
            continue
        if text[mention.start - 1 : mention.start] in ("由", "从") and mention.first == mention.last:
            continue  # where a change began
        before = text[max(0, mention.start - 30) : mention.start]
        ahead = AHEAD.search(before) and not _CHANGED_TO.search(before)
        aim = _AIM.match(text, mention.end)
        if published is None and ((ahead and mention.form == "span") or (ahead and aim)):
            continue
        weights[year] += 3 if mention.start < 300 else 1
    return weights
