"""Numbers whose unit is printed once: at the end of a list, of a change, or before the bracket around them.

正高218、副高463、硕士789人; 由3.2万扩到7.5万平方米; 死亡7人（艾滋病4、肺结核2）. ``kg.tag.quantities`` shares a unit among numbers that
stand side by side; here a noun stands before each of them, so that it is the list that says they are alike. A multiplier
is shared too where the other numbers are decimals (医院139.5万人次（公立117.8、民营21.7）), for there is no tenth of a visit;
in a bracket, only while the parts do not exceed the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model import Quantity, Tagged
from kg.tag.numerals import ARABIC, MULTIPLIERS, arabic

_NOUN = r"(?!附|表|图|第|得)[\u4e00-\u9fffA-Za-z]{1,11}[\u4e00-\u9fff]\s?"
_NUMBER = rf"(?P<number>{ARABIC})(?P<mult>万|亿)?"
_BEFORE = re.compile(r"[\u4e00-\u9fff]{2}\s?$")
_NOT_NOUN = re.compile(
    r"(?:附件|附表|表|图|第|指标|公式|指数|得分|[全本该][市省县区州国院]|[年月日号第约为达至到是])\s?$"
)
_LISTED = re.compile(rf"(?:[、，]|[、，]?(?:和|与|及|以及)){_NOUN}")
_RISEN = re.compile(r"[、，]?再?(?:[\u4e00-\u9fff]{0,3}[增减升降扩缩提压调涨跌高加大展长少])?了?[到至为]")
_FROM = re.compile(r"[由从][^，。；\d]{0,8}$")
_BRACKET = re.compile(
    rf"[\u4e00-\u9fff]{{0,4}}（(?P<list>{_NOUN}(?:{ARABIC})[万亿]?(?:[、，和]{_NOUN}(?:{ARABIC})[万亿]?)+)）"
)
_ITEM = re.compile(rf"{_NOUN}{_NUMBER}")


def with_listed(tagged: Tagged) -> Tagged:
    """``tagged`` with the units that its lists print once given to all their numbers."""
    text = tagged.clean.text
    bare = {
        r.start: Quantity(r.start, r.end, arabic(text[r.start : r.end]), "", "=", "n-bare")
        for r in tagged.refused
        if r.reason == "bare" and re.fullmatch(ARABIC, text[r.start : r.end])
    }
    items = sorted([*tagged.quantities, *bare.values()], key=lambda q: q.start)
    read = {q.start: q for q in [*_before_unit(text, items), *_in_brackets(text, items)]}
    if not read:
        return tagged
    quantities = [
        read.get(q.start, q) for q in items if q.start in read or q.rule != "n-bare" or q.start not in bare
    ]
    return replace(
        tagged,
        quantities=tuple(quantities),
        refused=tuple(r for r in tagged.refused if r.start not in read),
    )


def _before_unit(text: str, items: Sequence[Quantity]) -> Iterator[Quantity]:
    """副高463，博士127、硕士789人: from the number with the unit backwards."""
    after: Quantity | None = None
    multiplier = ""
    for here in reversed(items):
        if after is None or here.unit or here.rule not in ("n-bare", "n-mult"):
            after = here if here.unit and here.rule in ("n-unit", "n-shared") else None
            multiplier = _multiplier(text, here)
            continue
        between, before = text[here.end : after.start], text[max(0, here.start - 9) : here.start]
        if (_RISEN.fullmatch(between) and (_FROM.search(before) or before.endswith("到"))) or (
            _LISTED.fullmatch(between)
            and _BEFORE.search(before)
            and not _NOT_NOUN.search(before)
            and (between[0] != "，" or after.rule == "n-listed")
        ):
            after = _given(text, here, after.unit, multiplier)
            yield after
        else:
            after = None


def _multiplier(text: str, quantity: Quantity) -> str:
    """The multiplier printed with a number."""
    printed = re.match(_NUMBER, text[quantity.start : quantity.end])
    return (printed["mult"] or "") if printed else ""


def _given(text: str, here: Quantity, unit: str, multiplier: str) -> Quantity:
    """A number with the unit of others, and with their multiplier where it is a decimal without one of its own."""
    decimal = "." in text[here.start : here.end] and not _multiplier(text, here)
    return replace(
        here,
        value=here.value * MULTIPLIERS[multiplier] if decimal else here.value,
        unit=unit,
        rule="n-listed",
    )


def _in_brackets(text: str, items: Sequence[Quantity]) -> Iterator[Quantity]:
    """死亡7人（艾滋病4、肺结核2）: parts with the unit of their whole."""
    by_start = {q.start: q for q in items}
    for whole in items:
        match = _BRACKET.match(text, whole.end) if whole.unit and whole.rule == "n-unit" else None
        if match is None:
            continue
        starts = [m.start("number") for m in _ITEM.finditer(text, match.start("list"), match.end("list"))]
        parts = [by_start[s] for s in starts if s in by_start and not by_start[s].unit]
        given = [_given(text, part, whole.unit, _multiplier(text, whole)) for part in parts]
        if len(given) == len(starts) and sum((g.value for g in given), Decimal(0)) <= whole.value * Decimal(
            "1.01"
        ):
            yield from given
