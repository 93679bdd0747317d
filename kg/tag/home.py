"""The division a report is about, guessed from the names in it before anything else is known.

Names count by place (the heading more than the body); the words 全市, 我县, 区卫健局 tell the level.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import Place
from kg.tag import lexicon
from kg.tag.boundaries import is_word, stands
from kg.tag.gazetteer import Hit

HEADING = 120
TITLE_WEIGHT = 8.0
_DEICTIC = re.compile(
    r"[全我本该各](省|市|县|区|州|旗|盟|镇|乡)(?!级|直|内各)|"
    r"(?<![\u4e00-\u9fff])(省|市|县|区|州|旗|盟|镇|乡)(?=委|政府|卫|疾|医|人民医院|中医|中心|妇幼|第[一二三四五六])"
)
_WEIGHT_OF_PROVINCE = 0.25


def cut_from_link(text: str, hit: Hit) -> bool:
    """Is the name a linking word and what it links (中医院和|县妇幼保健院), not a county such as 和县?"""
    before = text[hit.start - 1] if hit.start else "\n"
    return (
        hit.surface[0] in "和与及同任为"
        and "\u4e00" <= before <= "\u9fff"
        and before not in "在赴到于至对由从向来往省市驻"
    )


def ending(unit: Place) -> str:
    """The character a report would use for it: 市, 县, 区, 州, 旗, 省 ..."""
    if unit.level == "province" and unit.name.endswith("自治区"):
        return "区"
    return unit.name[-1]


def levels(text: str, found: Sequence[Hit]) -> dict[str, float]:
    """Share of each level among the words that point at the report's own place (全市, 我县, 区卫健局).

    Two imagined words keep the shares of a text with few of them small.
    """
    ends = {hit.end for hit in found}
    counts: Counter[str] = Counter()
    for match in _DEICTIC.finditer(text):
        word = match[1] or match[2]
        if match.end() in ends and match.start() + 1 != match.end():
            continue
        counts[word] += 1 if match[1] else 2
    weights = {word: count * (_WEIGHT_OF_PROVINCE if word == "省" else 1) for word, count in counts.items()}
    total = sum(weights.values()) + 2
    return {word: weight / total for word, weight in weights.items()}


def scores(text: str, found: Sequence[Hit], title: tuple[int, int] | None = None) -> dict[str, float]:
    """How much a text speaks of each division, by code; only divisions that it names. ``title`` is the title's span."""
    own: dict[str, float] = defaultdict(float)
    risky = lexicon.risky_forms()
    heading = text[:HEADING].find("\n", 12)
    heading = HEADING if heading < 0 else heading
    taken: set[int] = set()
    for hit in sorted(found, key=lambda h: (h.start - h.end, h.start)):
        if (
            hit.kind != "division"
            or (hit.surface in risky and is_word(hit.surface))
            or not taken.isdisjoint(range(hit.start, hit.end))
        ):
            continue
        if len(hit.surface) == 2 and (cut_from_link(text, hit) or not stands(text, hit.start, hit.end, 40)):
            continue
        taken.update(range(hit.start, hit.end))
        weight = (1.0 if hit.is_full else 0.7) + (
            5.0 if hit.end <= heading else 1.5 if hit.end <= 2 * HEADING else 0.0
        )
        if hit.surface in risky:
            weight = 0.4
        elif title and title[0] <= hit.start and hit.end <= title[1]:
            weight += TITLE_WEIGHT
        for form in hit.forms:
            own[form.code] += weight / len(hit.forms) if not hit.is_full or form.kind == "full" else 0.0
    total = dict.fromkeys(own, 0.0)
    for code, weight in own.items():
        chain = lexicon.ancestors(code)
        named = [step.code for step in chain[1:] if step.code in own]
        total[code] += weight * (1.5 if named else 1.0)
        for step in chain[1:]:
            if step.code in own and step.level == "city":
                total[step.code] += 0.4 * min(weight, 2.0)
    return total


def home(text: str, found: Sequence[Hit], title: tuple[int, int] | None = None) -> Place | None:
    """The division the text is most likely about; None where it names none. ``title`` is the title's span."""
    total = scores(text, found, title)
    share = levels(text, found)
    is_of_province = share.get("省", 0.0) > 2 * sum(share.get(word, 0.0) for word in "市县区州旗盟")
    best, best_score = None, 0.0
    for code, weight in total.items():
        unit = lexicon.divisions()[code]
        factor = 1.0 if unit.level != "province" else 0.6 if is_of_province else 0.3
        score = weight * (1.0 + 4.0 * share.get(ending(unit), 0.0)) * factor
        if score > best_score:
            best, best_score = unit, score
    return best
