"""The report's own period: what its undated figures are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kg.extract.masthead import TITLE_LENGTHS
from kg.extract.observances import observed
from kg.extract.period import Anchor, is_comparison, is_history, resolve
from kg.model import Period, Tagged, TimeMention
from kg.tag.times import find_times, plan_period

_YEARLY = re.compile(
    r"(?:总结|年报|公报|统计|回顾|综述|成就|成绩单|盘点|述职|年度|发展情况|分析|数说|这一年|工作报告)"
)
_PLAN_TITLE = re.compile(r"规划|计划|打算|要点|方案|意见")
_YEARBOOK = re.compile(
    r"年[鉴鑒鑑][—\-·（(《> ]*(?P<year>(?:19|20)\d{2})(?:年?[—–~-]+(?P<last>20\d{2}))?|(?P<year2>(?:19|20)\d{2})年?[》）]?[^\n]{0,6}年[鉴鑒鑑]"
)
_MEETING = re.compile(r"在(?P<year>20\d{2})年[^\n]{0,16}(?:工作会议|大会|全会)")
_SPEECH = re.compile(r"在[^\n]{0,20}(?:工作会议?|大会|全会)上的(?:工作)?(?:报告|讲话|发言)")
_AIM = re.compile(
    r"[^。\n]{0,30}(?:达到|要(?=[达降实])|将|力争|确保|控制在|以内|不低于|不超过)"
)  # 到2025年底，…控制在5%以内
_PROFILE = re.compile(r"(?:简介|概况|介绍|关于我们|走[近进]我们)(?:\n|$)")
_LEAD = 300  # characters
_TOP = 120  # characters
_REVIEW = re.compile(r"综述|成就|回顾|巡礼|答卷|成绩单|盘点|这五年")
_AHEAD = re.compile(r"(?:到|将于?|力争|争取|确保|计划|预计|原定|定于|拟于|有望|至|在)$")
_HEADLINE = re.compile(
    r"(?:总结|小结|公报|公告|年报|季报|月报|周报|旬报|通报|简报|信息|数据|情况|结果|统计|概况|分析|报告|疫情|指标|进展|安排)(?:[（(].{0,40}[)）])?$"
    r"|^（(?:19|20)\d\d年(?:度|\d{1,2}月|第?[一二三四]季度|[上下]半年)?）$"
)
_HEADLINES = 8  # lines from the top
_REPORTED = re.compile(r"[^。\n]{0,30}(?:报告|汇报|通报|总结|小结|公布|公示|介绍|说明)如下")
_YESTERDAY = re.compile(r"昨[日天](?!晚)")
_PERIODICAL = re.compile(r"[周旬月季]报(?!送|告|名)")
_LAST_YEAR = re.compile(r"(?:去年|上年)[^。（）\n]{0,20}（(?P<year>20\d\d)年")
_HOLIDAYS = re.compile(r"假期|长假|黄金周|春节|国庆|双节")
_SOON = 10  # days
_AND_PLAN = re.compile(r"(?<=总结)(?:暨|及|和)")  # what was done, and what comes next
_ACCOUNTS = re.compile(r"部门决算|决算(?:情况|信息|公开|报告|说明)")  # of the year before
_FULL_YEAR = re.compile(r"(?<![年度])全年(?!龄|[将拟预计目])")
_OF_FIGURES = re.compile(
    r"(?:本期|(?:数据|数字|数值)(?:统计)?(?:时间|区间|期间)?)(?:均|都)?(?:指|为|是|系)$|(?:数据|数字|数值)[^。\n]{0,24}(?:均|都)(?:为|是|系)[^。，\n]{0,12}$"
)
_FRESH = 40  # days before publication


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
            found = match.groupdict()
            if found.get("last"):  # the years of a double volume
                return Period(Period.year(int(found["year"])).start, Period.year(int(found["last"])).end)
            return Period.year(int(found["year"] or found["year2"]) - 1)
    weights = _weights(tagged, published)
    seen = observed(text) if published is None else None
    if seen is not None and seen.year >= max(weights, default=0):
        published, weights = seen, _weights(tagged, seen)
    latest = published.year if published else _latest_year(text, weights)
    for headline in _headlines(text, title):
        found = _in_title(headline, published, latest)
        if found is not None:
            is_morning = found.start == found.end == published and _YESTERDAY.search(text[:_LEAD])
            return Period.day(found.start - timedelta(days=1)) if is_morning else found
    if published is not None:
        for headline in _headlines(text, title):
            last_issue = _issue(headline, published)
            if last_issue is not None:
                return last_issue
        holiday = _holiday(tagged, title or "", published)
        if holiday is not None:
            return holiday
    stated = _stated(tagged, Anchor(Period.year(latest) if latest else None, published))
    if stated is not None:
        return stated
    this, last = text.count("今年"), text.count("去年") + text.count("上年度")
    if published is None:
        return _undated(tagged, weights, this)
    looks_back = bool(_YEARLY.search(title or opening)) or (not this and len(_FULL_YEAR.findall(text)) > 1)
    if title and (_ACCOUNTS.search(title) or "去年" in title or (published.month <= 4 and _SPEECH.search(title))):
        return Period.year(published.year - 1)
    if published.month <= 2 and not looks_back and _is_fresh(tagged, published):
        return Period.year(published.year)
    if published.month <= 2:
        back = weights[published.year - 1] + last + 2 * looks_back
        ahead = weights[published.year] + this
        return Period.year(published.year - (1 if back > ahead or (back == ahead and looks_back) else 0))
    told = max(weights, key=lambda year: (weights[year], year), default=published.year)
    if _PROFILE.search(text[:_TOP]) and not this and weights[told] > 1:
        return Period.year(told)
    later = sum(weight for year, weight in weights.items() if year > told)
    if (
        told < published.year
        and not this
        and weights[told] >= 2 + 2 * later
        and (
            (published.month <= 6 and told == published.year - 1)
            or re.search(rf"{told}\s?年", tagged.clean.text[:200])
        )
    ):
        return _years_of_opening(tagged, told) or Period.year(told)
    if published.month <= 4 and last >= 2 + 2 * this:
        return Period.year(published.year - 1)
    if (
        published.month <= 4
        and looks_back
        and not this
        and weights[published.year - 1] > weights[published.year]
    ):
        return Period.year(published.year - 1)
    return Period.year(published.year)


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


def _stated(tagged: Tagged, anchor: Anchor) -> Period | None:
    """The stretch that the report says its figures are of (数据均为1—10月; 现将上半年情况报告如下)."""
    for mention in tagged.times:
        before = tagged.clean.text[max(0, mention.start - 40) : mention.start]
        after = tagged.clean.text[mention.end : mention.end + 40]
        reported = re.search(r"现将(?:我[省市县区局院镇乡])?$", before) and _REPORTED.match(after)
        if mention.form == "span" and (_OF_FIGURES.search(before) or reported):
            return resolve(mention, anchor)
    return None


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
    if _contrasted(text, last) or _latest_year(text, weights) != latest:
        return Period.year(latest + 1)
    if this and (all(t.form == "until" for t in last) or (partial and whole and "去年" in text)):
        return Period.year(latest + 1)
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
    """The last year that a text without a date tells of: the one after the last it prints, where that is said to be 去年."""
    latest = max(weights, default=None)
    equal = _LAST_YEAR.search(text)
    return latest + 1 if latest and equal and int(equal["year"]) == latest else latest


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


def _headlines(text: str, title: str | None) -> Iterator[str]:
    """The title, then other lines at the top that read like one of a report."""
    if title:
        yield title
    for line in text.split("\n", _HEADLINES)[:_HEADLINES]:
        if line != title and len(line) <= TITLE_LENGTHS[1] and _HEADLINE.search(line):
            yield line


def _in_title(title: str, published: date | None, latest: int | None) -> Period | None:
    """The period that a title states, plans aside; ``latest`` is the last year that can be over."""
    title = _AND_PLAN.split(title, maxsplit=1)[0]
    if _PLAN_TITLE.search(title):
        return None
    plan = plan_period(title)
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
            or _AHEAD.search(title[max(0, mention.start - 2) : mention.start])
        ):
            continue
        if mention.first.year is not None:
            return resolve(mention, Anchor(Period.year(mention.first.year), published))
        if mention.first.month and years.period and (published or not mention.first.day):
            return resolve(mention, years)
    return None


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
        ahead = _AHEAD.search(text[max(0, mention.start - 2) : mention.start])
        aim = _AIM.match(text, mention.end)
        if published is None and ((ahead and mention.form == "span") or (ahead and aim)):
            continue
        weights[year] += 3 if mention.start < 300 else 1
    return weights
