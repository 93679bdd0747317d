"""The period that a report prints as its own: in its headline, its masthead or a sentence on its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.extract.masthead import TITLE_LENGTHS
from kg.extract.period import Anchor, is_comparison, is_history, resolve
from kg.extract.writing_year import AHEAD
from kg.model import Period, Tagged
from kg.tag.numerals import chinese
from kg.tag.times import find_times, plan_period

OPENING = 600  # characters as printed: a running head is no part of the clean text
_LEAD = 300
_PLAN_TITLE = re.compile(r"规划|计划|打算|要点|方案|意见")
_YEARBOOK = re.compile(
    r"年[鉴鑒鑑][—\-·（(《> ]*(?P<year>(?:19|20)\d{2})(?:年?[—–~-]+(?P<last>20\d{2}))?|(?P<year2>(?:19|20)\d{2})年?[》）]?[^\n]{0,6}年[鉴鑒鑑]"
)
_MEETING = re.compile(r"在(?P<year>20\d{2})年[^\n]{0,16}(?:工作会议|大会|全会)")
_REVIEW = re.compile(r"综述|成就|回顾|巡礼|答卷|成绩单|盘点|这五年")
_HEADLINE = re.compile(
    r"(?:总结|小结|公报|公告|年报|季报|月报|周报|旬报|通报|简报|信息|数据|情况|结果|统计|概况|分析|报告|疫情|指标|进展|安排)(?:[（(].{0,40}[)）])?$"
    r"|^（(?:19|20)\d\d年(?:度|\d{1,2}月|第?[一二三四]季度|[上下]半年)?）$"
)
# 三年，把好医院搬到家门口 · 健康扶贫三年攻坚的回望: looks back on so many years
_YEARS_REVIEWED = re.compile(
    r"(?<![近前\d第一二三四五六七八九十])(?P<n>[两三四五])年(?=[，,、：—]|来|间|里|攻坚|回|$)"
)
_ENDED = re.compile(r"去年(?:底|末|年底|岁末|12月)")
_HEADLINES = 8  # lines from the top
_REPORTED = re.compile(r"[^。\n]{0,30}(?:报告|汇报|通报|总结|小结|公布|公示|介绍|说明)如下")
_YESTERDAY = re.compile(r"昨[日天](?!晚)")
_PERIODICAL = re.compile(r"[周旬月季]报(?!送|告|名)")
_HOLIDAYS = re.compile(r"假期|长假|黄金周|春节|国庆|双节")
_SOON = 10  # days
_HALF = 6  # months
_AND_PLAN = re.compile(r"(?<=总结)(?:暨|及|和)")  # what was done, and what comes next
_OF_FIGURES = re.compile(
    r"(?:本期|(?:数据|数字|数值)(?:统计)?(?:时间|区间|期间)?)(?:均|都)?(?:指|为|是|系)$|(?:数据|数字|数值)[^。\n]{0,24}(?:均|都)(?:为|是|系)[^。，\n]{0,12}$"
)


def period_of_opening(opening: str) -> Period | None:
    """The year or years before a yearbook's or a year's first meeting's, whose name a text opens with."""
    for pattern in (_YEARBOOK, _MEETING):
        match = pattern.search(opening)
        if match:
            found = match.groupdict()
            if found.get("last"):  # the years of a double volume
                return Period(Period.year(int(found["year"])).start, Period.year(int(found["last"])).end)
            return Period.year(int(found["year"] or found["year2"]) - 1)
    return None


def printed_period(
    tagged: Tagged, title: str | None, published: date | None, latest: int | None
) -> Period | None:
    """The period of a headline, an issue or a holiday, or the one that the text says its figures are of.

    ``latest`` is the last year that the text tells of.
    """
    text = tagged.clean.text
    headlines = list(_headlines(text, title))
    for headline in headlines:
        found = _in_title(headline, published, latest, text)
        if found is not None:
            is_morning = found.start == found.end == published and _YESTERDAY.search(text[:_LEAD])
            return Period.day(found.start - timedelta(days=1)) if is_morning else found
    if published is not None:
        issue = next((p for headline in headlines if (p := _issue(headline, published))), None)
        dated = issue or _holiday(tagged, title or "", published)
        if dated is not None:
            return dated
    return _stated(tagged, Anchor(Period.year(latest) if latest else None, published))


def _headlines(text: str, title: str | None) -> Iterator[str]:
    """The title, then other lines at the top that read like one of a report."""
    if title:
        yield title
    for line in text.split("\n", _HEADLINES)[:_HEADLINES]:
        if line != title and len(line) <= TITLE_LENGTHS[1] and _HEADLINE.search(line):
            yield line


def _in_title(title: str, published: date | None, latest: int | None, text: str) -> Period | None:
    """The period that a title states, plans aside; ``latest`` is the last year that can be over."""
    title = _AND_PLAN.split(title, maxsplit=1)[0]
    if _PLAN_TITLE.search(title):
        return None
    plan = plan_period(title)
    reviewed = _YEARS_REVIEWED.search(title)
    if (
        plan is None
        and reviewed
        and re.search(rf"{reviewed['n']}年(?!后|前|过去|级|制|期)", text.replace(title, ""))
    ):
        return _years_reviewed(int(chinese(reviewed["n"]) or 0), published, latest, text[:OPENING])
    if plan is not None and (latest or 0) >= plan.end.year:
        return plan
    if plan is not None and published is None and _REVIEW.search(title):
        return plan
    written = published.year if published else latest
    years = Anchor(Period.year(written) if written else None, published)
    for mention in find_times(title):
        if is_comparison(title, mention) or is_history(title, mention):
            continue
        if (
            mention.first.shift
            or mention.form in ("since", "unit")
            or AHEAD.search(title[max(0, mention.start - 2) : mention.start])
        ):
            continue
        if mention.first.year is not None:
            return resolve(mention, Anchor(Period.year(mention.first.year), published))
        if mention.first.month and years.period and (published or not mention.first.day):
            return resolve(mention, years)
    return None


def _years_reviewed(count: int, published: date | None, latest: int | None, opening: str) -> Period | None:
    """So many years up to the last: the one before publication where the opening says that it closed them (去年底收官)."""
    if latest is None:
        return None
    is_over = published is not None and (published.month <= _HALF or _ENDED.search(opening) is not None)
    last = latest - (published is not None and latest == published.year and is_over)
    return Period(Period.year(last - count + 1).start, Period.year(last).end)


def _issue(title: str, published: date) -> Period | None:
    """The last whole stretch before its publication, of a periodical that states none (疫情旬报, 运行月报)."""
    match = _PERIODICAL.search(title)
    if match is None:
        return None
    day = published - timedelta(days=1)
    if match[0] == "周报":
        monday = published - timedelta(days=published.weekday() + 7)
        return Period(monday, monday + timedelta(days=6))
    if match[0] == "旬报":
        while day.day not in (10, 20) and (day + timedelta(days=1)).day != 1:
            day -= timedelta(days=1)
        return Period(day.replace(day=1 + 10 * min((day.day - 1) // 10, 2)), day)
    months = 1 if match[0] == "月报" else 3
    last = (published.year * 12 + published.month - 1) // months * months  # the first month after it
    first = last - months
    end = date(last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return Period(date(first // 12, first % 12 + 1, 1), end)


def _holiday(tagged: Tagged, title: str, published: date) -> Period | None:
    """The days of the holiday that news tells of soon after it (双节长假…, 10月1日至8日)."""
    if not _HOLIDAYS.search(title):
        return None
    for mention in tagged.times:
        if mention.form == "span" and mention.first.day and mention.first != mention.last:
            period = resolve(mention, Anchor(Period.year(published.year), published))
            if period is not None and 0 <= (published - period.end).days <= _SOON:
                return period
    return None


def _stated(tagged: Tagged, anchor: Anchor) -> Period | None:
    """The stretch that the report says its figures are of (数据均为1—10月; 现将上半年情况报告如下)."""
    for mention in tagged.times:
        before = tagged.clean.text[max(0, mention.start - 40) : mention.start]
        after = tagged.clean.text[mention.end : mention.end + 40]
        reported = re.search(r"现将(?:我[省市县区局院镇乡])?$", before) and _REPORTED.match(after)
        if mention.form == "span" and (_OF_FIGURES.search(before) or reported):
            return resolve(mention, anchor)
    return None
