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
