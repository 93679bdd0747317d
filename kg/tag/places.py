"""Names of administrative divisions, regions and countries.

A full name (昆明市) is taken as it stands. A short form (昆明) must not cut through words, and one that is an ordinary
word (资源), a district's (顺庆) or a township's (安岭) must belong to the area the report is about. Names that follow each
other from above to below are one mention (河南省新密市).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.boundaries import counts, is_word, stands
from kg.tag.context import Context, Found
from kg.tag.gazetteer import Hit, hits
from kg.tag.home import cut_from_link
from kg.tag.place_grammar import (
    chains,
    cut_names,
    letters,
    short_townships,
    station,
    unlisted_townships,
    villages,
)

GENERIC = frozenset(
    {
        "城区",
        "郊区",
        "矿区",
        "新区",
        "东区",
        "西区",
        "南区",
        "北区",
        "市中区",
        "新城区",
        "老城区",
        "城中区",
        "城东区",
        "城西区",
        "城北区",
        "新市区",
        "城关区",
    }
)
# Words for a part of any town too, but seldom said so in a city that has such a district.
_DISTRICTS = frozenset({"市中区", "城中区", "城东区", "城西区", "城北区", "新市区", "城关区"})
_TOWN_ITSELF = re.compile(r"区[的内居、，。]")  # 池州|市区的
_OF_AREA = re.compile(r"(?:卫|疾控|疾病|妇幼|医保|医疗保障|人民|政府|中医|教育局)")  # 郊区疾控中心
_COUNT = {"province": 4000, "city": 1500, "county": 150, "township": 40}
_ROAD = re.compile(
    r"(?:东|西|南|北|中)?(?:路|大道|大街|街(?!道)|大桥|巷|国道|高速|铁路|油田|话|菜|籍|镇|乡(?![村镇])|村(?!卫|医|级|居|民)|街道|社区(?!卫)|县(?!级|域|乡)|区(?!域|划|位|内)|市(?!场|民|区[的内居、，。]))"
)
# 黔东南血字〔2019〕3号 numbers a document, 长汀县志（…） and 某市年鉴 are books.
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{0,5}[字发函办政卫文][〔\[［(（]\d{4}[〕\]］)）]|志(?=[（(\s》·第卷]|$)|(?:卫生|卫生健康|卫生计生|卫生和计划生育|统计|计生)?年鉴"
)
_JOINT_AIM = re.compile(r"(?:协同|一体化)(?!示范区|发展示范区)")  # 京津冀协同 names an aim
_PERSON = re.compile(
    r"(?:记者|通讯员|编辑|作者|摄影|书记|主任|[市县省区局院站所科]长|护士长?|医生|医师|教授|同志)[：: ]?"
    r"[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹章苏潘葛范彭鲁韦马方俞任袁柳史唐薛雷贺倪汤罗毕郝于傅齐余顾孟黄尹姚邵汪毛戴宋庞熊纪董梁杜阮季贾江童郭梅林钟徐邱高夏蔡田胡凌卢丁邓石崔龚程陆曾]$"
)
_FROM = re.compile(r"(?:来自|前往|位于|赴|在|去|到|援助)$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPENERS = "、，；：（\n\t"
_LIST_LEFT = "、和与及或"


def find_places(text: str) -> list[Mention]:
    """Mentions of divisions, regions and countries in a clean text, in order; their ``codes`` nearest reading first."""
    found = hits(text)
    context = Context(text, found)
    taken = [False] * len(text)
    kept: list[Found] = []
    waiting: list[Hit] = []
    refused: set[int] = set()  # ends of full names, within which no shorter one stands (定|南县)
    for hit in sorted(found, key=lambda h: (h.start - h.end, h.start)):
        if any(taken[hit.start : hit.end]) or hit.end in refused:
            continue
        judged = _judge(hit, context)
        if judged is None:
            if _PAPER.match(text, hit.end):
                taken[hit.start : hit.end] = [True] * (
                    hit.end - hit.start
                )  # nor does 内蒙 stand in 内蒙古年鉴
            waiting.append(hit)
            if hit.is_full and hit.kind == "division":
                refused.add(hit.end)
            continue
        kept.append(judged)
        taken[hit.start : hit.end] = [True] * (hit.end - hit.start)
    for hit in waiting:
        if not any(taken[hit.start : hit.end]):
            judged = _judge_in_list(hit, context, taken)
            if judged is not None:
                kept.append(judged)
                taken[hit.start : hit.end] = [True] * (hit.end - hit.start)
    extras = (short_townships(context, taken), letters(context, taken), unlisted_townships(text))
    for extra in chain(*extras, cut_names(context, taken)):
        if not any(taken[extra.start : extra.end]):
            kept.append(extra)
            taken[extra.start : extra.end] = [True] * (extra.end - extra.start)
    chained = [station(text, f) for f in villages(text, chains(sorted(kept, key=lambda f: f.start)))]
    return [
        Mention(f.start, f.end, text[f.start : f.end], "PLACE", f.rule, f.confidence, f.codes)
        for f in chained
    ]


def _judge(hit: Hit, context: Context) -> Found | None:
    """Accept a hit on its own merits, or None."""
    if hit.kind == "region":
        is_cut = context.text[hit.start : hit.end + 1] in lexicon.forms()  # 黔东|南
        is_aim = _JOINT_AIM.match(context.text, hit.end) is not None
        stays = not is_cut and not is_aim and stands(context.text, hit.start, hit.end, 400)
        return Found(hit.start, hit.end, (), "place-region", 0.9) if stays else None
    codes = context.order(hit)
    near = context.nearness(codes[0])
    if hit.surface in GENERIC:
        if near > 2 or hit.kind != "division":
            return None
        plain = hit.surface in _DISTRICTS and context.text[hit.end : hit.end + 1] not in tuple("域块位划内")
        is_ours = plain or (near > 0 and _OF_AREA.match(context.text, hit.end))
        return Found(hit.start, hit.end, codes, "place-generic", 0.8) if is_ours else None
    if hit.kind == "township":
        return _judge_township(hit, context, codes, near)
    return _judge_full(hit, context, codes, near) if hit.is_full else _judge_short(hit, context, codes, near)


def _judge_full(hit: Hit, context: Context, codes: tuple[str, ...], near: int) -> Found | None:
    """A full name of two or three characters may still be cut from other words (健康县区, 会同县财政局)."""
    text, surface = context.text, hit.surface
    if _PAPER.match(text, hit.end) or (surface[-1] == "市" and _TOWN_ITSELF.match(text, hit.end)):
        return None
    is_risky = near >= 3 and surface[:-1] in lexicon.risky_forms() and not context.names_area_of(codes[0])
    if is_risky and _HAN.search(text[max(0, hit.start - 1) : hit.start] + text[hit.end : hit.end + 1]):
        return None
    if len(surface) == 2 and cut_from_link(text, hit):
        return None
    count = {2: 2000 if near <= 2 else 40, 3: 20000}.get(len(surface))
    if count is not None and not stands(text, hit.start, hit.end, count):
        return None
    return Found(hit.start, hit.end, codes, "place-full", 0.97)


def _judge_short(hit: Hit, context: Context, codes: tuple[str, ...], near: int) -> Found | None:
    """A short form must stand as a word; a county's or district's must be near, named in full, or plainly no word."""
    text, surface = context.text, hit.surface
    unit = lexicon.divisions()[codes[0]]
    named = codes[0] in context.named_in_full
    count = _COUNT[unit.level] * (10 if near <= 1 else 3 if near <= 3 or named else 1)
    if _PERSON.search(text[max(0, hit.start - 6) : hit.start]):
        return None
    if (
        _PAPER.match(text, hit.end)
        or _ROAD.match(text, hit.end)
        or not stands(text, hit.start, hit.end, count)
    ):
        return None
    if surface in lexicon.risky_forms():
        return _judge_risky(hit, context, codes, near)
    if unit.level in ("province", "city") or (len(surface) > 2 and surface[-1] in "县市州旗"):
        return Found(hit.start, hit.end, codes, "place-short", 0.95)
    if near <= 2 or named:
        return Found(hit.start, hit.end, codes, "place-short-near", 0.92)
    is_clear = near == 3 or len(surface) > 2 or len(hit.forms) == 1
    is_told = not unit.name.endswith("区") or (
        len(hit.forms) == 1 and _FROM.search(text, max(0, hit.start - 2), hit.start)
    )
    if is_clear and is_told and not is_word(surface):
        return Found(hit.start, hit.end, codes, "place-short-far", 0.7)
    return None


def _judge_risky(hit: Hit, context: Context, codes: tuple[str, ...], near: int) -> Found | None:
    """An ordinary word is a place where the report names it in full and it lies near."""
    named = codes[0] in context.named_in_full
    if not is_word(hit.surface) and (near <= 2 or named):
        return Found(hit.start, hit.end, codes, "place-short-near", 0.85)
    if near <= 2 and named and counts().get(hit.surface, 0) < 3000:
        return Found(hit.start, hit.end, codes, "place-risky", 0.7)
    if named and context.text.count(hit.surface) > 2 and counts().get(hit.surface, 0) < 300:
        return Found(hit.start, hit.end, codes, "place-risky", 0.6)
    return None


def _judge_township(hit: Hit, context: Context, codes: tuple[str, ...], near: int) -> Found | None:
    if near > 2 and is_word(hit.surface[:-1]) and len(hit.surface) == 3:
        return None
    before = context.text[max(0, hit.start - 2) : hit.start]
    if near > 2 and before[-1:] in tuple("一二三四五六七八九十大小新老") and not _HAN.match(before[:-1]):
        return None  # 二|界沟镇
    if not stands(context.text, hit.start, hit.end, 3000 if near <= 2 else 300 if near == 3 else 60):
        return None
    if near > 2:
        return Found(hit.start, hit.end, codes if near == 3 else (), "place-township-far", 0.8)
    return Found(hit.start, hit.end, codes, "place-township", 0.95)


def _judge_in_list(hit: Hit, context: Context, taken: Sequence[bool]) -> Found | None:
    """A doubtful name that stands in a list with an accepted one, or right behind it, or before a figure in a list."""
    text = context.text
    if hit.kind == "region" or (not hit.is_full and _ROAD.match(text, hit.end)):
        return None
    codes = context.order(hit)
    near = context.nearness(codes[0]) <= 2
    before = text[hit.start - 1] if hit.start else "\n"
    after = text[hit.end] if hit.end < len(text) else "\n"
    follows = hit.start > 0 and taken[hit.start - 1]
    left = hit.start > 1 and before in _LIST_LEFT and taken[hit.start - 2]
    right = hit.end + 1 < len(text) and after in _LIST_LEFT and taken[hit.end + 1]
    if near:
        chained = follows and (hit.is_full or stands(text, hit.start, hit.end, 500))
        figure = (
            hit.kind == "division"
            and before in _OPENERS
            and (after.isdigit() or after in "\t\n" or before + after == "、、")
        )
        if left or right or chained or figure:
            return Found(hit.start, hit.end, codes, "place-list", 0.85)
        return None
    is_plain = hit.kind != "division" or hit.surface in lexicon.risky_forms() or hit.surface in GENERIC
    if (left or right) and not is_plain and stands(text, hit.start, hit.end, 1000):
        return Found(hit.start, hit.end, codes, "place-list-far", 0.7)
    return None
