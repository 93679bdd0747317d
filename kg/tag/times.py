"""Time expressions of administrative Chinese: a grammar over the clean text.

Only what dates something is found; 全年, 目前 and 近年来 leave the period to the report (see docs/annotation.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from kg.model import Moment, Period, TimeMention
from kg.tag.numerals import chinese

Form = Literal["span", "until", "since", "recent", "unit"]

_YEAR = r"(?:(?<!\d)(?:19|20)\d{2}(?=年|(?<=[、和与]\d{4})[两三四五]年|[-—–~～至到](?:19|20)\d{2}年|[、和与](?:(?:19|20)\d{2}[、和与])*(?:19|20)\d{2}[两三四五]?年)(?:[两三四五]?年度?)?|[一二][九〇零○][〇零○一二三四五六七八九]{2}年度?)"
_RELATIVE = {
    "今年": 0, "本年度": 0, "本年": 0, "去年": -1, "上年度": -1, "上一年度": -1, "上个年度": -1, "上一年": -1, "上年": -1,
    "前年": -2, "明年": 1, "来年": 1, "新的一年": 1, "新一年": 1,
}  # fmt: skip
_RELATIVE_YEAR = "|".join(sorted(_RELATIVE, key=len, reverse=True))
_MONTH = r"(?<![\d.])(?:1[0-2]|0?[1-9])月份?(?!龄)|(?:十[一二]?|[一二三四五六七八九])月份?(?!龄|嫂|子)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])[日号](?!均)|(?:[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])日(?!均)"
_DASH = r"[-—–~～至到]{1,2}"
_PART = (
    rf"(?P<months>(?<![\d.])(?:(?:1[0-2]|[1-9])月?{_DASH}(?:1[0-2]|[1-9])月份?|(?:1、2|2、3|3、4|4、5|5、6|6、7|7、8|8、9|9、10|10、11|11、12)月份))"
    rf"|(?P<quarters>[前头][一二三1-3]个?季度)|(?P<quarter>第?[一二三四1-4]季度)|(?P<half>[上下]半年)"
    rf"|(?P<firstmonths>[前头](?:1[0-2]|[1-9]|十一|[二三四五六七八九十])(?:个月|月份?(?!\d)))"
    rf"|(?P<yearend>年?(?:底|末)|岁末)|(?P<yearstart>年?初)"
    rf"|(?P<month>{_MONTH})(?:(?P<monthend>底|末)|(?P<decade>[上中下]旬|初)|(?P<day>{_DAY}))?"
)
_POINT = re.compile(rf"(?P<year>{_YEAR})?(?P<relative>{_RELATIVE_YEAR})?(?:度)?(?:(?:的)?(?:{_PART}))?")
_NUMERIC_DATE = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-./](?P<m>1[0-2]|0?[1-9])[-./](?P<d>3[01]|[12]\d|0?[1-9])(?![\d.%])"
)
_NUMERIC_DMY = re.compile(
    r"(?<![\d.])(?P<d>3[01]|[12]\d|0[1-9])\.(?P<m>1[0-2]|0[1-9])\.(?P<y>(?:19|20)\d{2})(?!\d)"
)
_YEARS = re.compile(rf"(?<!\d)(?P<a>(?:19|20)\d{{2}})年?{_DASH}(?P<b>(?:19|20)\d{{2}})(?:年度?|(?=学年))")
_PLAN = re.compile(
    r"[“\"「]?(?P<n>十[一二三四五]|[八九十])五[”\"」]?(?P<tail>期间|时期|以来|期末|末期|末|末年|初|前[一二三四]年|开局之年|收官之年)"
)
_PLAN_YEARS = {
    "八": 1991,
    "九": 1996,
    "十": 2001,
    "十一": 2006,
    "十二": 2011,
    "十三": 2016,
    "十四": 2021,
    "十五": 2026,
}
_PLAN_NAME = re.compile(
    r"[“\"「『](?P<n>十[一二三四五]|[八九十])五[”\"」』](?!规划)|(?P<m>十[一二三四五])五(?![”\"」』]|规划)"
)
_RECENT = re.compile(
    r"(?:近|过去|最近)(?P<n>\d|[两二三四五六七八九十])年(?:来|间|里|时间)?|(?P<m>[2-9两二三四五六七八九十])年来|(?<![\d一二三四五六七八九十第])(?P<k>[两二三四五六七八九十])年(?=间|累计|共[^同享]|合计|净增|新增|引进|抢救|投入|培养|安排|争取|兑付)"
)
_AGO = re.compile(
    r"(?<![\d一二三四五六七八九十第.])(?P<n>1\d|[2-9]|[两二三四五六七八九]|十[一二三四五六七八九]?)年(?:以|之)?前(?!列|后|茅|进|行|移|沿|期)"
)
_WEEK = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})年?第(?P<w>[1-4]\d|5[0-3]|[1-9])周")
_UNIT = re.compile(
    r"(?P<which>[本上])(?:一|个|一个)?(?P<unit>周(?![岁年])|月(?!球)|季度)|前一(?:周(?![岁年])|个?月|季度|[日天])|当(?P<this>[日天月周])(?!地|量)|(?P<yesterday>昨[日天])|(?P<issue>[本上]期)(?!内|末|间)"
)
_SINCE = re.compile(r"(?:以来|至今|起|开始)")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def find_times(text: str) -> list[TimeMention]:
    """The time expressions of a clean text, in order, none overlapping another."""
    found: list[TimeMention] = []
    taken: list[tuple[int, int]] = []

    def add(mention: TimeMention) -> None:
        if all(mention.end <= a or mention.start >= b for a, b in taken[-6:]):
            found.append(mention)
            taken.append((mention.start, mention.end))

    for match in _PLAN.finditer(text):
        add(_plan(match))
    for match in _RECENT.finditer(text):
        count = match["n"] or match["m"] or match["k"]
        years = int(count) if count.isdigit() else int(chinese(count) or 0)
        if years:
            add(TimeMention(*match.span(), match[0], "recent", Moment(), Moment(), years))
    for match in _AGO.finditer(text):
        count = int(match["n"]) if match["n"].isdigit() else int(chinese(match["n"]) or 0)
        moment = Moment(shift=-count)
        add(TimeMention(*match.span(), match[0], "span", moment, moment))
    for match in _WEEK.finditer(text):
        week = iso_week(int(match["y"]), int(match["w"]))
        if week is not None:
            first, last = (Moment(day.year, None, day.month, day.day) for day in (week.start, week.end))
            add(TimeMention(*match.span(), match[0], "span", first, last))
    for match in _UNIT.finditer(text):
        shift = -1 if match[0][0] in "上前" else 0
        add(TimeMention(*match.span(), match[0], "unit", Moment(), Moment(), shift))
    for pattern in (_NUMERIC_DATE, _NUMERIC_DMY):
        for match in pattern.finditer(text):
            day = Moment(int(match["y"]), None, int(match["m"]), int(match["d"]))
            add(TimeMention(*match.span(), match[0], _form(text, *match.span(), "span"), day, day))
    taken.sort()
    found += _points(text, taken)
    found += _days(text, sorted((t.start, t.end) for t in found))
    found.sort(key=lambda t: t.start)
    return found


def _plan(match: re.Match[str]) -> TimeMention:
    """Five-year plans: “十三五”期间 is 2016 to 2020; its 末 is the end of 2020."""
    first = _PLAN_YEARS[match["n"]]
    tail = match["tail"]
    last = Moment(first + 4)
    if tail in ("末", "期末", "末期", "末年", "收官之年"):
        form: Form = "span" if tail in ("末年", "收官之年") else "until"
        end = last if form == "span" else Moment(first + 4, None, 12, 31)
        return TimeMention(*match.span(), match[0], form, end, end)
    if tail in ("初", "开局之年"):
        return TimeMention(*match.span(), match[0], "span", Moment(first), Moment(first))
    if tail == "以来":
        return TimeMention(*match.span(), match[0], "since", Moment(first), Moment(first))
    if tail.startswith("前"):
        last = Moment(first - 1 + int(chinese(tail[1]) or 0))
    return TimeMention(*match.span(), match[0], "span", Moment(first), last)


def iso_week(year: int, week: int) -> Period | None:
    """Monday to Sunday of a week as disease bulletins number them (ISO 8601); None where the year has no such week."""
    try:
        return Period(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))
    except ValueError:
        return None


def plan_period(text: str) -> Period | None:
    """The five years of the plan that a title names (“十三五”成就), if any."""
    match = _PLAN_NAME.search(text)
    if match is None:
        return None
    first = _PLAN_YEARS[match["n"] or match["m"]]
    return Period(Period.year(first).start, Period.year(first + 4).end)


def _points(text: str, taken: list[tuple[int, int]]) -> list[TimeMention]:
    """Years, halves, quarters, months, days, and ranges of them."""
    blocked = bytearray(len(text) + 1)
    for start, end in taken:
        blocked[start:end] = b"\1" * (end - start)
    found: list[TimeMention] = []
    for match in _YEARS.finditer(text):
        if not any(blocked[match.start() : match.end()]) and int(match["a"]) < int(match["b"]):
            blocked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            first, last = Moment(int(match["a"])), Moment(int(match["b"]))
            if text.startswith("学年", match.end()) and last.year == int(match["a"]) + 1:
                first, last = Moment(first.year, None, 9), Moment(last.year, None, 8)
            found.append(TimeMention(*match.span(), match[0], "span", first, last))
    at = _next_point(text, 0)
    while at < len(text):
        point = _POINT.match(text, at)
        if not point or not point[0] or any(blocked[at : point.end()]) or not _plausible(text, point):
            at = _next_point(text, at + 1)
            continue
        mention = _with_range(text, point)
        found.append(mention)
        at = _next_point(text, mention.end)
    return found


_DAY_ALONE = re.compile(
    r"(?:(?<=截至)|(?<![\d.为达至到短长约近了均]))(?P<day>[12]\d|3[01]|[1-9])日(?!均|内|以|常|龄|/)"
)


_TO_DAY = re.compile(rf"(?:\d{{1,2}}[时点])?(?:(?:开始|起)，?)?{_DASH}(?P<day>[12]\d|3[01]|[1-9])日")


def _days(text: str, taken: list[tuple[int, int]]) -> list[TimeMention]:
    """A day whose month was printed before it (14日, 22日18时)."""
    inside = {i for a, b in taken for i in range(a, b)}
    found = []
    for match in _DAY_ALONE.finditer(text):
        if match.start() not in inside:
            day, end = Moment(day=int(match["day"])), match.end()
            until = _TO_DAY.match(text, end)  # 11日0时至20日24时
            last = Moment(day=int(until["day"])) if until and int(until["day"]) > int(match["day"]) else day
            end = until.end() if until and last != day else end
            inside.update(range(match.start(), end))
            form = "span" if last != day else _form(text, match.start(), end, "span")
            found.append(TimeMention(match.start(), end, text[match.start() : end], form, day, last))
    return found


_STARTS = re.compile(r"[\d一二三四五六七八九十今本当去上下前头明来新第年岁底末初]")


def _next_point(text: str, at: int) -> int:
    """The next place at which a time can start."""
    match = _STARTS.search(text, at)
    return match.start() if match else len(text)


def _plausible(text: str, match: re.Match[str]) -> bool:
    """Is a bare part (初, 底, 二月) really a time here?"""
    if match["year"] or match["relative"]:
        return True
    if match["yearstart"] and not (
        text[match.end() :].startswith("以来")
        or re.search(r"[由从比较自]$", text[max(0, match.start() - 1) : match.start()])
    ):
        return False
    if match["yearend"] or match["yearstart"]:
        return (
            match[0][0] in "年岁"
            and len(match[0]) == 2
            and not text.startswith("年初", match.end())
            and not re.search(
                r"[一二三四五六七八九十\d半每全青少中壮老成]$",
                text[max(0, match.start() - 1) : match.start()],
            )
        )
    if match["month"]:
        if match["month"][0] in "一二三四五六七八九十":
            return bool(match["day"]) or text[match.start() - 1 : match.start()] in (
                "，",
                "。",
                "\n",
                "年",
                "至",
                "到",
                "-",
                "、",
                "",
            )
        return text[match.end() : match.end() + 1] not in ("龄",)
    if match["months"] or match["quarters"] or match["firstmonths"] or match["half"]:
        return True
    return bool(match["quarter"])


def _moments(match: re.Match[str]) -> tuple[Moment, Moment, bool]:
    """First and last moment of a point, and whether it names an end (年底, 月末) and so an *as of* date."""
    year, shift = None, None
    if match["year"]:
        digits = (
            match["year"]
            .removesuffix("度")
            .removesuffix("年")
            .rstrip("两三四五" * match["year"][0].isdigit())
        )
        year = (
            int(digits)
            if digits[0].isdigit()
            else int("".join(str(chinese(c) if c not in "零〇○" else 0) for c in digits))
        )
    elif match["relative"]:
        shift = _RELATIVE[match["relative"]]

    def at(month: int | None = None, day: int | None = None) -> Moment:
        return Moment(year, shift, month, day)

    if match["months"]:
        first, last = re.findall(r"\d+", match["months"])
        return at(int(first)), at(int(last)), False
    if match["quarters"]:
        return at(1), at(3 * _QUARTERS[match["quarters"][1]]), False
    if match["quarter"]:
        quarter = _QUARTERS[match["quarter"].removeprefix("第")[0]]
        return at(3 * quarter - 2), at(3 * quarter), False
    if match["half"]:
        return (at(1), at(6), False) if match["half"][0] == "上" else (at(7), at(12), False)
    if match["firstmonths"]:
        count = match["firstmonths"].strip("前头个月份")
        return at(1), at(int(count) if count.isdigit() else int(chinese(count) or 12)), False
    if match["yearend"]:
        return at(12, 31), at(12, 31), True
    if match["yearstart"]:
        return at(1), at(1), False
    if match["month"]:
        return _within_month(match, at)
    return at(), at(), False


def _within_month(match: re.Match[str], at: Callable[..., Moment]) -> tuple[Moment, Moment, bool]:
    """A month, its end, a third or a day of it."""
    number = match["month"].removesuffix("份").removesuffix("月")
    month = int(number) if number.isdigit() else int(chinese(number) or 1)
    if match["monthend"]:
        return at(month, 31), at(month, 31), True
    if match["decade"]:
        first, last = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}[match["decade"]]
        return at(month, first), at(month, last), False
    if match["day"]:
        digits = match["day"][:-1]
        day = int(digits) if digits.isdigit() else int(chinese(digits) or 1)
        return at(month, day), at(month, day), False
    return at(month), at(month), False


_HOUR = r"(?:(?:[01]?\d|2[0-4]|零)(?:[时点](?:\d{1,2}分)?|:\d{2})?)"
_RANGE = re.compile(rf"(?:{_HOUR})?(?P<dash>{_DASH})")
_RANGE_DAY = re.compile(rf"{_DASH}(?P<day>[12]\d|3[01]|0?[1-9])[日号]")
_BARE_DAYS = re.compile(  # 7月1-31日: only the last day is marked
    rf"(?P<a>[12]\d|3[01]|0?[1-9]){_DASH}(?P<b>[12]\d|3[01]|0?[1-9])[日号](?![均内])"
)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])(?:[时点](?:\d{1,2}分)?|:\d\d)(?=[，）；。])")
_HOURS = re.compile(rf"{_HOUR}{_DASH}(?:次日)?{_HOUR}(?:[时点]|(?<=:\d\d))")  # 8月24日0-24时


def _with_range(text: str, match: re.Match[str]) -> TimeMention:
    """The mention that starts with this point, its range and 以来 included."""
    first, last, is_end = _moments(match)
    start, end = match.span()
    days = _BARE_DAYS.match(text, end) if first.month and not first.day and first == last else None
    if days:
        first, last = (replace(first, day=int(days[name])) for name in ("a", "b"))
        return TimeMention(start, days.end(), text[start : days.end()], "span", first, last)
    hours = _HOURS.match(text, end) if first.day else None
    if hours:
        return TimeMention(start, hours.end(), text[start : hours.end()], "span", first, last)
    dash = _RANGE.match(text, end)
    if dash:
        second = _POINT.match(text, dash.end())
        if second and second[0] and (second["year"] or second["relative"] or _plausible(text, second)):
            last = _moments(second)[1]
            if last.year is None and last.shift is None:
                last = Moment(first.year, first.shift, last.month, last.day)
            end = _with_clock(text, second.end())
            return TimeMention(start, end, text[start:end], "span", first, last)
        day = _RANGE_DAY.match(text, dash.end() - len(dash["dash"]))
        if day and first.day:
            last = Moment(first.year, first.shift, first.month, int(day["day"]))
            end = _with_clock(text, day.end())
            return TimeMention(start, end, text[start:end], "span", first, last)
    form = _form(text, start, end, "until" if is_end else "span")
    end = _with_clock(text, end) if first.day else end
    return TimeMention(start, end, text[start:end], form, first, last)


def _with_clock(text: str, end: int) -> int:
    """The end of a day, with the hour that it is counted up to."""
    clock = _CLOCK.match(text, end)
    return clock.end() if clock else end


def _form(text: str, start: int, end: int, default: Form) -> Form:
    """How the words around a time make it date a figure."""
    after = text[end : end + 4]
    before = text[max(0, start - 4) : start]
    if _SINCE.match(after) and not before.endswith(("截至", "截止")):
        return "since"
    if re.search(r"[自从]$", before) and "来" in text[end : end + 24]:
        return "since"
    if re.search(r"(?:截至|截止到?|截止至|截到)$", before):
        return "until"
    return default
