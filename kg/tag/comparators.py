"""What the words and signs around a number make of it: about, at least, less than."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Comparator, Quantity

_BEFORE: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (
        re.compile(
            r"(?:不少于|不低于|不小于|最低|不得低于|不得少于|至少(?:配备|设|有|建|达到?|完成)?|大于或?等于|[≥≧⩾]|[>＞][=＝])$"
        ),
        ">=",
    ),
    (
        re.compile(
            r"(?:不超过|不高于|不大于|不多于|至多|不得超过|不得高于|上限为?|小于或?等于|[≤≦⩽]|[<＜][=＝])$"
        ),
        "<=",
    ),
    (re.compile(r"(?:不足|不到|未到|未满|不满|少于|低于|小于|＜|<)$"), "<"),
    (re.compile(r"(?:超过了?|超|逾|突破|多于|大于|高于|多达|破|＞|>)$"), ">"),
    (re.compile(r"(?:近|约|大约|约为|约占|接近|将近|左右|大概|约有)$"), "~"),
)
_AFTER: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (re.compile(r"(?:及以上|（含）以上|以上（含)"), ">="),
    (re.compile(r"(?:及以下|（含）以下|以下（含)"), "<="),
    (re.compile(r"(?:左右|上下)"), "~"),
    (re.compile(r"[^，。；、！？\n\d]{0,3}?(?:以上)"), ">"),
    (re.compile(r"[^，。；、！？\n\d]{0,3}?(?:以内|以下|之内)"), "<"),
    (re.compile(r"(?:多|余|之多)(?=[^，。；]|$)"), ">"),
)
_DISTRIBUTED = re.compile(r"(?:分别|依次|各|均)(?:要|应|需|达到?|为)?[^，。；、\d]{2,4}$")
_JOINED = re.compile(r"、|[、，]?(?:和|与|及|以及)")


def compared(text: str, start: int, end: int, infix: str | None) -> Comparator:
    """The comparator that the words around a number give it; ``infix`` is an 余 or 多 inside it."""
    if infix:
        return ">"
    before = text[max(0, start - 6) : start].removesuffix("的")
    for pattern, comparator in _BEFORE:
        if pattern.search(before):
            return comparator
    after = text[end : end + 8]
    for pattern, comparator in _AFTER:
        if pattern.match(after):
            return comparator
    return "="


def distributed(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """分别不低于22%和30%: a bound said once of several numbers holds for each."""
    out = list(found)
    for i in range(1, len(out)):
        before, here = out[i - 1], out[i]
        if (
            here.comparator == "="
            and before.comparator in (">=", "<=", ">", "<")
            and here.unit == before.unit
            and _JOINED.fullmatch(text[before.end : here.start])
        ):
            at = next(j for j in range(i - 1, -1, -1) if j == 0 or not _joined(text, out[j - 1], out[j]))
            if _DISTRIBUTED.search(text[max(0, out[at].start - 10) : out[at].start]):
                out[i] = replace(here, comparator=before.comparator)
    return out


def _joined(text: str, before: Quantity, here: Quantity) -> bool:
    return here.unit == before.unit and _JOINED.fullmatch(text[before.end : here.start]) is not None
