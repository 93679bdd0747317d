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
from kg.tag.townlands import county_of, namesake

HEADING = 120
TITLE_WEIGHT = 8.0
PARTNER_SHARE = 0.3  # of the weight of 湖北 in 支援湖北
CITY_SHARE, UNNAMED_SHARE = 0.4, 0.7  # of a part's weight (at most 2) counts for the whole, named or not
FEWEST_PARTS = 3  # of a city or province that is not named itself
OUTER_SHARE = 0.5  # of the weight of 长春市 in 长春市朝阳区
_DEICTIC = re.compile(
    r"[全我本该各](省|市|县|区|州|旗|盟|镇|乡)(?!级|直|内各)|"
    r"(?<![\u4e00-\u9fff])(省|市|县|区|州|旗|盟|镇|乡)(?=委|政府|卫|疾|医|人民医院|中医|中心|妇幼|第[一二三四五六])"
)
_PARTNER = re.compile(r"(?:[支增驰]援|援助|帮扶|对口|转自|逃往|返回|赴)$")
_OF_ALL = re.compile(r"：|各地|各市")
_HEADLINE = re.compile(r"：|日报|晚报|新闻网|发布")  # 资源：…, 资源日报讯
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


def _counted(text: str, found: Sequence[Hit]) -> list[Hit]:
    """The hits that stand, longest first where they overlap, in order; ordinary words are left out."""
    risky = lexicon.risky_forms()
    taken: set[int] = set()
    kept = []
    for hit in sorted(found, key=lambda h: (h.start - h.end, h.start)):
        is_word_only = hit.surface in risky and is_word(hit.surface) and not _HEADLINE.match(text, hit.end)
        if hit.kind == "region" or is_word_only or not taken.isdisjoint(range(hit.start, hit.end)):
            continue
        if len(hit.surface) == 2 and (cut_from_link(text, hit) or not stands(text, hit.start, hit.end, 40)):
            continue
        taken.update(range(hit.start, hit.end))
        if hit.kind == "division":
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _readings(hit: Hit, before: Hit | None, full: set[str]) -> list[str]:
    """The codes a hit can mean: below the name right before it, full names first, a district's short form only if named."""
    codes = [form.code for form in hit.forms if form.kind == "full"] if hit.is_full else []
    if not codes:
        codes = [
            f.code
            for f in hit.forms
            if not f.name.endswith("区") or f.code in full or _is_under(f.code, full)
        ]
    if before is not None and before.end == hit.start:
        outer = {form.code for form in before.forms}
        codes = [code for code in codes if _is_under(code, outer)] or codes
    return codes


def _is_under(code: str, areas: set[str]) -> bool:
    return any(step.code in areas for step in lexicon.ancestors(code)[1:])


def scores(text: str, found: Sequence[Hit], title: tuple[int, int] | None = None) -> dict[str, float]:
    """How much a text speaks of each division, by code; only divisions that it names. ``title`` is the title's span."""
    line = text.find("\n", 12)
    heading = HEADING if line < 0 else min(line, HEADING)
    counted = _counted(text, found)
    named = {
        form.code for hit in counted for form in hit.forms if form.kind == "full" or form.code.endswith("00")
    }
    own: dict[str, float] = defaultdict(float)
    for i, hit in enumerate(counted):
        codes = _readings(hit, counted[i - 1] if i else None, named)
        weight = 1.0 if hit.is_full else 0.7
        weight += 5.0 if hit.end <= heading else 1.5 if hit.end <= 2 * HEADING else 0.0
        if hit.surface in lexicon.risky_forms():
            weight = 0.4
        elif _PARTNER.search(text, max(0, hit.start - 4), hit.start):
            weight *= PARTNER_SHARE
        elif title and title[0] <= hit.start and hit.end <= title[1]:
            weight += TITLE_WEIGHT
        after = counted[i + 1] if i + 1 < len(counted) and counted[i + 1].start == hit.end else None
        if after is not None and any(_is_under(form.code, set(codes)) for form in after.forms):
            weight *= OUTER_SHARE
        for code in codes:
            own[code] += weight / len(codes)
    parts = Counter(lexicon.divisions()[code].parent for code, weight in own.items() if weight >= 0.7)
    wholes = sorted(code for code, count in parts.items() if code and count >= FEWEST_PARTS)
    total = dict.fromkeys([*own, *wholes], 0.0)
    for code, weight in own.items():
        above = [step for step in lexicon.ancestors(code)[1:] if step.code in total]
        total[code] += weight * (1.5 if above else 1.0)
        for step in above:
            if step.level == "city" or step.code not in own:
                total[step.code] += (CITY_SHARE if step.code in own else UNNAMED_SHARE) * min(weight, 2.0)
    return total


def home(text: str, found: Sequence[Hit], title: tuple[int, int] | None = None) -> Place | None:
    """The division the text is most likely about; None where it names none. ``title`` is the title's span."""
    total = scores(text, found, title)
    share = levels(text, found)
    heads = [hit for hit in _counted(text, found) if title and title[0] <= hit.start and hit.end <= title[1]]
    heading = {form.code for hit in heads for form in hit.forms}
    named_so = any(hit.is_full or _OF_ALL.match(text, hit.end) for hit in heads)
    is_of_province = share.get("省", 0.0) > 2 * sum(share.get(word, 0.0) for word in "市县区州旗盟")
    best, best_score = None, 0.0
    for code, weight in total.items():
        unit = lexicon.divisions()[code]
        is_heading = heading == {code} and named_so  # the only place that the title names
        factor = 1.0 if unit.level != "province" or is_heading else 0.6 if is_of_province else 0.3
        score = weight * (1.0 + 4.0 * share.get(ending(unit), 0.0)) * factor
        if score > best_score:
            best, best_score = unit, score
    return _below(text, total, share, best) or _among_namesakes(text, total, best)


def _among_namesakes(text: str, total: dict[str, float], best: Place | None) -> Place | None:
    """Of divisions with the same name and the same weight (普陀区) the one whose townships the text names."""
    if best is None or best.name not in lexicon.shared_names():
        return best
    equal = [unit.code for unit in lexicon.by_name(best.name) if total.get(unit.code) == total[best.code]]
    return lexicon.divisions()[namesake(text, equal)]


def _below(text: str, total: dict[str, float], share: dict[str, float], best: Place | None) -> Place | None:
    """The county that a report of 全县 without its name tells by its townships, in a city or province that it names."""
    unit = max("县区旗", key=lambda word: share.get(word, 0.0))
    others = sum(share.get(word, 0.0) for word in "市州盟")
    if best is None or ending(best) == unit or share.get(unit, 0.0) <= max(others, 0.3):
        return None
    if any(
        lexicon.divisions()[code].level == "county" and ending(lexicon.divisions()[code]) == unit
        for code in total
    ):
        return None
    cities = [code for code in total if lexicon.divisions()[code].level == "city"]
    return county_of(text, cities or total, unit)
