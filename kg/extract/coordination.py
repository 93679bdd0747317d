"""Coordinations that share out figures: 高血压、糖尿病患者规范管理率分别为72%、70%."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.extract.layout import Figure
from kg.extract.phrases import MEASURE, POPULATION, SHARED
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
