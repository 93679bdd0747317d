"""Numbers with their units: a grammar over the clean text.

What is found is a *candidate* figure; whether it states a fact is decided where its clause is read. Numbers that are
never one are refused here, with the reason (``kg.tag.distractors``, and bare or small ones below). The ``rule`` of a
quantity names the production that read it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.model import Quantity, Refused
from kg.resources import data
from kg.tag.comparators import compared, distributed
from kg.tag.distractors import find_distractors
from kg.tag.numerals import ARABIC, CHINESE, COMPOUND, MULTIPLIERS, arabic, chinese


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or classifier: its canonical form and what a number with it measures."""

    name: str
    measure: str  # count, money, level, rate, change


@cache
def units() -> dict[str, Unit]:
    """Every printed form of a unit."""
    with data("seeds", "vocabulary", "units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: Unit(row["canonical"], row["measure"]) for row in csv.DictReader(file)}


@cache
def measures() -> dict[str, str]:
    """What a number with a canonical unit measures."""
    return {unit.name: unit.measure for unit in units().values()}


_PER = r"/(?:日|天|年|月|例|人工小时|人次|人|次|户|床日|床|千人|万人|平方米|小时|kg|ml)"
_RATIO = r"/\s?(?:100万|百万|10万|十万|100000|10000|1000|万|千)"
_RATIO_NAMES = {"十万": "10万", "100000": "10万", "百万": "100万", "10000": "万", "1000": "千"}
_INFIX = r"[余多来几]"
_MULT = r"万亿|千万|百万|十万|亿|万|千(?![克米瓦伏字])|百(?!分)"


@cache
def _grammar() -> re.Pattern[str]:
    names = "|".join(
        re.escape(u) + "(?!位)" * (u == "张床")  # 100张床位 are beds
        for u in sorted(units(), key=len, reverse=True)
        if u not in "%‰"
    )
    return re.compile(
        rf"""
        (?P<number>{COMPOUND}|{ARABIC})
        (?P<infix1>{_INFIX})?
        (?P<mult>{_MULT})?
        (?P<infix2>{_INFIX})?
        (?P<unit>[%‰]|{_RATIO}|(?:{names})(?:{_PER})?)?
        """,
        re.VERBOSE,
    )


@cache
def _chinese_grammar() -> re.Pattern[str]:
    names = "|".join(
        re.escape(u) for u in sorted(units(), key=len, reverse=True) if "\u4e00" <= u[0] <= "\u9fff"
    )
    return re.compile(rf"(?P<number>{CHINESE})(?P<infix>{_INFIX})?(?P<mult2>万)?(?P<unit>{names})")


_FRACTION = re.compile(
    rf"(?P<base>百万|十万|(?<![\d.])10{{0,2}}万|百|千|万|[二三四五六七八九十])分之(?P<part>(?:{ARABIC})|{CHINESE})(?!个|分)"
)
_TENTHS = re.compile(
    r"(?<![一二三四五六七八九十百千第])(?P<ten>[一二两三四五六七八九])成(?P<one>[一二三四五六七八九]|半)?(?P<infix>[多余])?(?![为立功果员效本都年就长份人熟分套型品交因绩])"
)
_FIRST = re.compile(r"首位(?!数)")
_RANK = re.compile(rf"第(?P<number>\d+|{CHINESE})(?P<unit>名|位)(?![于置])")
_BARE_RANK = re.compile(r"第(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?=[，。；、）！\s]|$)")
_RANKING = re.compile(r"[居列占]|排[名序行在到第]|位次|名次|排")


def find_quantities(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Candidate figures of a clean text, in order; none overlaps a span of ``taken`` (dates, names)."""
    return read_numbers(text, taken)[0]


def read_numbers(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[list[Quantity], list[Refused]]:
    """Candidate figures of a clean text and the numbers that are none, each in order and outside of ``taken``."""
    blocked = bytearray(len(text) + 1)
    for start, end in taken:
        blocked[start:end] = b"\1" * (end - start)
    found: list[Quantity] = []
    for pattern_found in (
        _fractions(text),
        _tenths(text),
        _zeros(text),
        _ranks(text),
        _minutes(text),
        _bases(text),
    ):
        for quantity in pattern_found:
            if not any(blocked[quantity.start : quantity.end]):
                blocked[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
                found.append(quantity)
    refused = list(find_distractors(text, blocked))
    numbers = list(_arabic(text, blocked))
    for quantity in numbers:
        blocked[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    found += numbers
    for numeral in _chinese(text, blocked):
        if isinstance(numeral, Refused):
            refused.append(numeral)
        else:
            found.append(numeral)
    found.sort(key=lambda q: q.start)
    figures = []
    for quantity in distributed(text, _in_brackets(text, _shared_units(text, found))):
        if quantity.rule != "n-bare" or _is_level(text, quantity):
            figures.append(quantity)
        else:
            refused.append(Refused(quantity.start, quantity.end, "bare"))
    refused.sort(key=lambda r: r.start)
    return figures, refused


_LEVEL_BEFORE = re.compile(r"[为达到至是占比由从在的]$|得分$|指数$|[率比]$|(?:增|降|提高|下降|上升|低|高)$")
_INDEX = re.compile(r"指数|CMI|系数|因子|性别比|评分|得分|千人口|每千|每万|医护比|千分比|密度")


def _is_level(text: str, quantity: Quantity) -> bool:
    """Does a bare number state a level (千人口床位达6.9，)? Where the clause speaks of an index, or ends with it."""
    after = text[quantity.end : quantity.end + 1]
    before = text[max(0, quantity.start - 40) : quantity.start]
    clause = re.split(r"[。；\n]", before)[-1]
    number = text[quantity.start : quantity.end]
    if (
        _INDEX.search(clause)
        and "." in number
        and (after in "，。；、）和与及上下升降提增减回压以" or not after)
    ):
        return True
    return (
        bool(_LEVEL_BEFORE.search(before))
        and "." in number
        and (after in "，。；、）" or after in "上下升降提增减")
    )


def _arabic(text: str, blocked: bytearray) -> Iterator[Quantity]:
    known = units()
    for match in _grammar().finditer(text):
        start, end = match.span()
        if any(blocked[start:end]) or (
            start and (_stuck(text, start, match["unit"]) or text[start - 1] == ".")
        ):
            continue
        printed = match["unit"] or ""
        infix = match["infix1"] or match["infix2"]
        if match["infix2"] == "几" or match["infix1"] == "几":
            continue
        if (
            printed.startswith("/") and not printed.startswith(tuple("/日天年月例人次户床千人"))
        ) or re.fullmatch(_RATIO, printed):
            name = printed[1:].strip()
            unit = "/" + _RATIO_NAMES.get(name, name)
        elif "/" in printed:
            base, _, per = printed.partition("/")
            unit = f"{known[base].name}/{per}"
        else:
            unit = known[printed].name if printed else ""
        if unit.startswith("/") and match["number"] == "1":  # a header: 发病率（1/10万）
            continue
        if printed == "个" and _POINTS.match(text, end) and _MOVED.search(text[max(0, start - 8) : start]):
            end, unit = end + 1, "个百分点"
        value = arabic(match["number"]) * MULTIPLIERS[match["mult"] or ""]
        yield Quantity(
            start=start,
            end=end,
            value=value,
            unit=unit,
            comparator=compared(text, start, end, infix),
            rule="n-unit" if unit else "n-mult" if match["mult"] or match["number"][-1] == "万" else "n-bare",
        )


_POINTS = re.compile(r"点(?=[，。；、）\n多]|$)")
_MOVED = re.compile(r"[提升降涨增落减高低多少快][^，。；\d]{0,4}$")  # 提高11个点


def _stuck(text: str, start: int, unit: str | None) -> bool:
    """Is a number part of a Latin name (B12, G3)? CT6台 is six of them."""
    if not (text[start - 1].isascii() and text[start - 1].isalpha()):
        return False
    return not (
        unit in ("台", "套", "辆", "个", "例", "人", "份", "%", "‰")
        and text[max(0, start - 2) : start].isupper()
        and start > 1
    )


_SMALL = 8  # below it a Chinese numeral names a thing more often than it counts one (三级, 两癌, 四项任务)
_PASSED = re.compile(r"(?:突破|不足|超过?|近|破|逾)$")
_IDLE = {0, 1} | {10**n for n in range(2, 13)}  # 一个, 千人口, 百元: ways of speaking, not counts


def _chinese(text: str, blocked: bytearray) -> Iterator[Quantity | Refused]:
    """Chinese numerals with a unit; those that name or measure in passing are refused. 一个 and 百元 are no numbers."""
    known = units()
    for match in _chinese_grammar().finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        if (
            any(blocked[start:end])
            or before in ("第", "之", "周", "星", "每", "前", "其", "同", "这", "某", "统", "唯")
            or before.isdigit()
        ):
            continue
        value = chinese(match["number"])
        if value is None or (
            value in _IDLE and not (value > 99 and _PASSED.search(text[max(0, start - 3) : start]))
        ):
            continue
        if match["mult2"]:
            value *= 10**4
        unit = known[match["unit"]]
        if unit.measure == "level":
            yield Refused(start, end, "measure")
        elif value < _SMALL and unit.measure != "money":
            yield Refused(start, end, "small")
        else:
            bound = compared(text, start, end, match["infix"])
            yield Quantity(start, end, value, unit.name, bound, "n-chinese")


def _fractions(text: str) -> Iterator[Quantity]:
    """百分之九十五 is 95 %, 十万分之6.9 is 6.9 /10万, 三分之一 is 0.3333."""
    named = {"百": "%", "千": "‰", "万": "/万", "十万": "/10万", "百万": "/100万"}
    named |= {"1万": "/万", "10万": "/10万", "100万": "/100万"}
    for match in _FRACTION.finditer(text):
        part = arabic(match["part"]) if match["part"][0].isdigit() else chinese(match["part"])
        if part is None:
            continue
        base = match["base"]
        unit = named.get(base, "")
        if not unit:
            divisor = chinese(base)
            if not divisor:
                continue
            part = (part / divisor).quantize(Decimal("0.0001"))
        yield Quantity(*match.span(), part, unit, compared(text, *match.span(), None), "n-fraction")


def _tenths(text: str) -> Iterator[Quantity]:
    """八成 is 80 %, 三成八 is 38 %."""
    for match in _TENTHS.finditer(text):
        ten, one = chinese(match["ten"]), match["one"]
        if ten is None:
            continue
        rest = Decimal(5) if one == "半" else (chinese(one) or Decimal(0) if one else Decimal(0))
        yield Quantity(
            *match.span(),
            ten * 10 + rest,
            "%",
            compared(text, *match.span(), match["infix"]),
            "n-tenths",
        )


_ZERO = re.compile(
    r"(?:(?P<mothers>孕产妇死亡|发病)|(?P<children>(?:婴儿|新生儿|儿童)死亡)|[\u4e00-\u9fff])率"
    r"(?:均|仍|继续|持续|保持)*(?:为|降[为至]|在)?(?P<number>[0零])(?![\d.,%‰/点\u4e00-\u9fff])"
)


def _zeros(text: str) -> Iterator[Quantity]:
    """孕产妇死亡率为0: a rate of nothing has the unit that such a rate is told in, which nobody prints beside a nought."""
    for match in _ZERO.finditer(text):
        unit = "/10万" if match["mothers"] else "‰" if match["children"] else "%"
        yield Quantity(*match.span("number"), Decimal(0), unit, "=", "n-zero")


def _ranks(text: str) -> Iterator[Quantity]:
    """全省第4名, 名列第三, 居首位. The 第 stays outside; a bare ordinal needs a word of ranking in its clause."""
    for pattern in (_RANK, _BARE_RANK):
        for match in pattern.finditer(text):
            clause = re.split(r"[。；\n]", text[max(0, match.start() - 30) : match.start()])[-1]
            if pattern is _BARE_RANK and not _RANKING.search(clause):
                continue
            number = match["number"]
            value = arabic(number) if number[0].isdigit() else chinese(number)
            if value is None:
                continue
            unit = match["unit"] if pattern is _RANK else "名"
            yield Quantity(match.start("number"), match.end(), value, unit, "=", "n-rank")
    for match in _FIRST.finditer(text):
        yield Quantity(*match.span(), Decimal(1), "位", "=", "n-rank")


_MINUTES = re.compile(r"(?P<m>\d+)分钟?(?P<s>\d{1,2})秒")


def _minutes(text: str) -> Iterator[Quantity]:
    """10分28秒 is 628 seconds."""
    for match in _MINUTES.finditer(text):
        value = 60 * int(match["m"]) + int(match["s"])
        yield Quantity(*match.span(), Decimal(value), "秒", compared(text, *match.span(), None), "n-minutes")


_BASE = re.compile(  # 较去年同期（7231）下降
    rf"(?:较|比|与|同)[^，。；（）\n]{{1,12}}（(?P<number>{ARABIC})）(?=[^，。；（）\d]{{0,6}}(?:持平|[升降增减多少涨跌]))"
)


def _bases(text: str) -> Iterator[Quantity]:
    """What a figure is compared with, printed in brackets as a bare number; ``_in_brackets`` gives it its unit."""
    if "（" not in text:
        return
    for match in _BASE.finditer(text):
        yield Quantity(*match.span("number"), arabic(match["number"]), "", "=", "n-bare")


def _in_brackets(text: str, found: list[Quantity]) -> list[Quantity]:
    """With the unit of the last count before it for what a figure is compared with."""
    bases = {match.start("number") for match in _BASE.finditer(text)}
    if not bases:
        return found
    out, unit = list[Quantity](), ""
    for quantity in found:
        here = quantity
        if quantity.start in bases and unit:
            here = replace(quantity, unit=unit, rule="n-shared")
        elif quantity.rule == "n-unit" and quantity.unit not in ("%", "‰", "倍", "个百分点"):
            unit = quantity.unit
        out.append(here)
    return out


def _shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """A unit or multiplier printed once at the end of a coordination belongs to all its numbers (4.57、6.02人)."""
    out = list(found)
    printed = [_grammar().match(text, q.start) for q in found]
    multipliers = [m["mult"] if m else None for m in printed]
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        between = text[here.end : after.start]
        if here.rule not in ("n-bare", "n-mult") or after.rule not in ("n-unit", "n-shared", "n-mult"):
            continue
        is_range = re.fullmatch(r"[-—–~～至到]", between) is not None
        if not (is_range or _COORDINATED.fullmatch(between)):
            continue
        value = here.value
        if here.rule == "n-bare" and multipliers[i + 1]:
            value *= MULTIPLIERS[multipliers[i + 1] or ""]
            multipliers[i] = multipliers[i + 1]
        if after.unit or here.rule == "n-bare":
            out[i] = replace(
                here,
                value=value,
                unit=after.unit,
                rule="n-shared",
                comparator=">=" if is_range else here.comparator,
            )
        if is_range:
            out[i + 1] = replace(after, comparator="<=")
    for i in range(len(out) - 1):  # 30%~40%
        if (
            out[i].unit
            and out[i].unit == out[i + 1].unit
            and re.fullmatch(r"[-—–~～至到]", text[out[i].end : out[i + 1].start])
        ):
            before = text[max(0, out[i].start - 1) : out[i].start]
            if before not in ("由", "从"):
                out[i], out[i + 1] = replace(out[i], comparator=">="), replace(out[i + 1], comparator="<=")
    return out


_COORDINATED = re.compile(r"(?:[、，]|[、，]?(?:和|与|及|以及))(?:约|近)?")
