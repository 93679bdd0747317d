"""Coordinations that share out figures: 高血压、糖尿病患者规范管理率分别为72%、70%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.layout import Figure
from kg.extract.phrases import MEASURE, PER_PREFIX, POPULATION, SHARED, strip_lead, strip_tail
from kg.extract.stretches import Stretches, trimmed
from kg.extract.surroundings import Named
from kg.extract.words import cut


def shared_end(own: str, last: str) -> str:
    """What the last item of a coordination shares with the others (高血压、糖尿病|患者规范管理率)."""
    if own.endswith("级"):
        return re.sub(r"^[一二三四乡镇村县市省]级", "", last) if MEASURE.search(last) else ""
    shared = SHARED.search(last)
    if shared:
        return shared["what"] if POPULATION.search(own) else shared["who"] + shared["what"]
    kin = last.rfind(own[-1])
    if kin > 0 and MEASURE.search(last) and len(last) - kin > 2:  # 宫颈癌、乳腺癌|早诊率
        return last[kin + 1 :]
    return cut(last)[-1] if MEASURE.search(last) else ""


def in_series(text: str, siblings: list[Figure]) -> bool:
    """Do the figures follow each other as a coordination?"""
    gaps = [text[a.quantity.end : b.quantity.start] for a, b in pairwise(siblings)]
    return all(re.fullmatch(r"[、，]?(?:和|与|及|以及)?(?:约|近|超)?", gap) for gap in gaps)


_BECAME = re.compile(
    r"[，]?(?:分别|逐步|稳步)?(?:提高|上升|提升|增长|增加|升|增|下降|降低|减少|缩短|回落|降|变|调整|扩大)(?:至|到|为|成)"
)


def row(text: str, figure: Figure, siblings: list[Figure]) -> list[Figure]:
    """The figures that share one coordination of names with this one: 由A和B提高至C和D says it twice over."""
    half = len(siblings) // 2
    if half > 1 and len(siblings) == 2 * half:
        turn = text[siblings[half - 1].quantity.end : siblings[half].quantity.start]
        if _BECAME.fullmatch(turn):
            return siblings[:half] if figure in siblings[:half] else siblings[half:]
    return siblings


def distributed(text: str, stretches: Stretches, figure: Figure, siblings: list[Figure]) -> str:
    """医师、护士分别为4.57、6.02人: the item of the coordination with the figure's own place."""
    if len(siblings) < 2:
        return ""
    start = siblings[0].clause[0]
    first = siblings[0].quantity.start
    head = text[start:first]
    match = re.search(
        r"(?P<items>[^，。；]*?)(?P<joint>分别|依次|各[为有占])(?P<tail>[^，。；\d]{0,8}?)(?:[由从])?$", head
    )
    members = row(text, figure, siblings)
    if not match or not in_series(text, members):
        return ""
    index = members.index(figure)
    begin, end = start, start + match.end("items")
    inside = [n for n in stretches.names if begin <= n[0] and n[1] <= end]
    if len(inside) >= len(members):  # a coordination of names: what follows it is shared
        shared = strip_tail(strip_lead(text[inside[-1][1] : end].removeprefix("等").removeprefix("的")))
        return (
            trimmed(
                re.sub(r"^[\d两三四五六七八九十]+[个家所地]+(?:[\u4e00-\u9fff]{0,3}[县市区院])?", "", shared)
            )
            if len(shared) >= 2
            else ""
        )
    items_text = strip_lead(stretches.segment(begin, end))
    items = [i for i in re.split(r"、|和|与|及|以及", items_text) if i]
    if len(items) != len(members):
        return ""
    own, last = items[index], items[-1]
    prefix = PER_PREFIX.match(items[0]) or re.match(r"(?:新增|平均|累计|参加|报告)", items[0])
    if prefix and index and not own.startswith(prefix[0][:2]):
        own = prefix[0] + own
    if index < len(items) - 1 and not MEASURE.search(own):
        return own + shared_end(own, last)
    return own


def reflected(text: str, figure: Figure, siblings: list[Figure], told: Sequence[tuple[Figure, Named]]) -> str:
    """门诊X、出院Y、手术Z，同比分别增长a、b、c: the last figures before, one each."""
    if len(siblings) < 2 or not in_series(text, siblings):
        return ""
    head = text[siblings[0].clause[0] : siblings[0].quantity.start]
    if not re.search(r"分别|依次|各(?:增|降|提|下|上)", head):
        return ""
    past = [named for earlier, named in told if earlier.quantity.start < siblings[0].clause[0]]
    if len(past) < len(siblings):
        return ""
    return past[len(past) - len(siblings) + siblings.index(figure)].base
