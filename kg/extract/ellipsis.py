"""Figures without words of their own: the place, time or comparison before them says of what, not what is counted.

乙市9例 in a list of places, 去年同期为158.9元、5264元 after two averages, 同比增长3.7%、2.2% after two amounts: what is
counted was said once, and a reader finds it by the unit and the order of the figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.layout import Figure
from kg.extract.phrases import CHANGE_TAIL, COMPARISON
from kg.extract.surroundings import Named
from kg.tag.quantities import measures

NAME = "\x02"  # what a name is blanked with, as times are with \x00 and leading subjects with \x01
POINTS = frozenset(["%", "个百分点", "个千分点", "倍", "番"])
_MOVES = r"增长|增加|上升|提高|提升|下降|降低|减少|回落|回升|恢复|收窄|扩大|压缩|缩短|缩小|增幅|降幅|升幅|涨幅|增|减|升|降|涨|跌|落|扩|缩|压|多|少|高|低"
_BREAK = re.compile(
    r"[\x00-\x02]|比|较|同比|环比|去年|上年|前年|上期|上[旬周月季]|中旬|下旬|本[旬周月季期]|同[期月旬季]|前[\d一二三四五六七八九十两]+个?[日天周月季年轮次]|同一时间"
)
_FILLING = re.compile(
    rf"{_BREAK.pattern}|"
    r"[\x00-\x02，、：；（“”\s]|^\d{1,2}[.．、]|其中|[单当][季月年日]|另外?|此外|但|却|而|以?及|和|与|到|至|截至|在|于|从|由|自|为|是|有|达|约|近|共|仅|只|才|均|各|也|则|又|再|已|合?计|累计|总计|分别|依次|"
    r"全[市省县区州旗国院]|我[市省县区州旗院]|本[市省县区州旗院]|其余|其他|各地|县（?市?、?区?）?|年初|年[底末]|[月季]?度|以来|期间|之前|当初|平时|时|年|月|日|底|末|前|后|的|了|一[家县市区院地]|就|上半|下半|全年|相比|相较|相当于|平均|水平|同一时间|最[高低多少大小快慢长短]|"
    rf"{_MOVES}"
)
_JOINT = re.compile(rf"(?:[、，]|[、，]?(?:和|与|及|以及))(?:(?:约|近|超)?|(?:{_MOVES})(?:了|约|近)?)")


def blanked(masked: str, names: Sequence[tuple[int, int]]) -> str:
    """``masked`` with its names blanked too, offsets kept."""
    chars = list(masked)
    for start, end in names:
        chars[start:end] = NAME * (end - start)
    return "".join(chars)


_NAMES = re.compile(rf"{NAME}+")
HEADED = re.compile(rf"(?P<words>.*?[^\x00-\x02])(?:依次|分别)?[为是有]{NAME}+[（，：\s]*(?:达|有|约|近)?$")
_RANKED = re.compile(
    r"(?:最[\u4e00-\u9fff]|(?:排名|位居|排在|排|居|位列)?(?:首位?|第一|前[\d一二三四五六七八九十]+[名位]?|末位))的?(?:县|市|区|地区|单位|医院)?(?:依次|分别)?$"
)


def unranked(words: str) -> str:
    """Words without what says which place follows (发病率最高的, 总诊疗前三)."""
    return _RANKED.sub("", words)


def is_wordless(segment: str) -> bool:
    """Does a blanked stretch before a figure hold a name, time or comparison, and nothing that says what is counted?"""
    return _BREAK.search(segment) is not None and not _FILLING.sub("", segment)


def names_in(segment: str) -> list[str]:
    """The names of a blanked stretch."""
    return _NAMES.findall(segment)


def moved(text: str, figure: Figure) -> bool:
    """Is a figure told as a change (增长3.2%, 比上年多5人)?"""
    left = text[figure.left[0] : figure.quantity.start].rstrip("约近超")
    return (figure.quantity.unit in POINTS or COMPARISON.search(left) is not None) and CHANGE_TAIL.search(
        left
    ) is not None


def series(text: str, siblings: Sequence[Figure], figure: Figure) -> list[Figure]:
    """The figures of a clause that follow each other without a word between them, around ``figure``."""
    runs: list[list[Figure]] = [[siblings[0]]]
    for before, after in pairwise(siblings):
        if _JOINT.fullmatch(text[before.quantity.end : after.quantity.start]):
            runs[-1].append(after)
        else:
            runs.append([after])
    return next(run for run in runs if figure in run)


def aligned(text: str, run: Sequence[Figure], figure: Figure, told: Sequence[tuple[Figure, Named]]) -> str:
    """The name that the figure with the same place in the series before has; empty where no series before fits."""
    levels = [(f, n) for f, n in told if f.quantity.end <= run[0].quantity.start and not moved(text, f)]
    units = [f.quantity.unit for f in run]
    here = list(run).index(figure)
    if all(unit in POINTS for unit in units) and moved(text, run[0]):
        rates = any(unit.startswith("个") for unit in units)  # what moves by percentage points is a rate
        levels = [
            (f, n)
            for f, n in levels
            if f.sentence == run[0].sentence and (f.quantity.unit in POINTS) == rates
        ]
        return levels[len(levels) - len(run) + here][1].text if len(levels) >= len(run) else ""
    for last in range(len(levels), len(run) - 1, -1):
        window = levels[last - len(run) : last]
        if [f.quantity.unit for f, _ in window] == units:
            return window[here][1].text
    return ""


def same_unit(text: str, figure: Figure, told: Sequence[tuple[Figure, Named]], before: str) -> str:
    """The name of the last amount with the figure's unit: of one that is no smaller, where the figure is a place's part.

    ``before`` is the blanked stretch before the figure.
    """
    q = figure.quantity
    whole = NAME in before and _COMPARED.search(before) is None and measures().get(q.unit) == "count"
    fitting = [
        (f, n)
        for f, n in told
        if f.quantity.unit == q.unit and not moved(text, f) and (not whole or f.quantity.value >= q.value)
    ]
    if not fitting:
        return ""
    last, named = fitting[-1]
    if last.sentence != figure.sentence and NAME not in before:
        return fitting[0][1].text
    return named.text


BESIDE = re.compile(
    r"(?:（[^（）\n]*）)?[，、；]?(?:同时|但|又)?(?:较|比|与|和|同比|环比)[^，。；（）\d\n]{0,14}"
    rf"(?:（|（[^（）\n]{{1,24}}）(?:相比|比)?(?:分别|有所)?(?:{_MOVES})(?:了|约|近)?)"
)  # 死亡9例，较上月（8例）上升12.5%: what stands in the bracket, and how far it moved, are the deaths of before
_COMPARED = re.compile(r"比|较|低于|高于|多于|少于|平均")
RATIO = re.compile(
    r"(?:[为是到至]|相当于)[\x00-\x02]*[^，。；]{0,6}的$"
)  # 为一季度的55%: a figure is set against another
GROWTH = re.compile(r"[增降升涨]幅|增速")
