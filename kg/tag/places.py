"""Names of administrative divisions, regions and countries.

A full name (昆明市) is taken as it stands. A short form (昆明) must not cut through words, and one that is an ordinary
word (资源), a district's (顺庆) or a township's (安岭) must belong to the area the report is about. Names that follow each
other from above to below are one mention (河南省新密市).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Mention, Place
from kg.tag import lexicon
from kg.tag.boundaries import counts, is_word, stands
from kg.tag.gazetteer import Hit, hits
from kg.tag.home import home

GENERIC = frozenset("城区 郊区 矿区 新区 东区 西区 南区 北区 市中区 新城区 老城区 城中区 城东区 城西区 城北区 新市区 城关区".split())
_COUNT = {"province": 4000, "city": 1500, "county": 150, "township": 40}
_ROAD = re.compile(r"(?:东|西|南|北|中)?(?:路|大道|大街|街(?!道)|大桥|巷|国道|高速|铁路|油田|话|菜|籍|镇|乡(?![村镇])|村(?!卫|医|级|居|民)|街道|社区(?!卫))")
_OPENERS = "、，；：（\n\t"
_LINKS = "和与及同任为"
_LIST_LEFT = "、和与及或"
_LIST_RIGHT = re.compile(r"[、\t]|和|与|及|等|\d+(?:个|家|所)(?:乡镇|镇|乡|街道|卫生院|县|区)|[两二三四五六七八九十]+(?:个|家|所)?(?:乡镇|镇|乡|街道|卫生院|县|区|地)")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:村(?![级民医居委落庄镇])|社区(?!卫|医|服务|居家|养老|康复))")
_VILLAGE_STOP = re.compile(r"[的各个等在和与及为是全本我该有对把将补]|卫生|行政|自然|贫困|农村|乡村|所有|城乡|进村")
_TOWNSHIP = re.compile(r"(?<=[、，；。：（\n\t\d])([\u4e00-\u9fff]{2,3})([镇乡]|街道|苏木)(?=[、，；。：（）\n\t\d等和与及]|中心卫生院|卫生院|[建创获全新共在投]|$)")
_STATION = re.compile(r"(?:[东西南北]站|火车站|高铁站|机场|赛区)")
_LETTER_BEFORE = "来赴在驻进抵返离援入"
_CLEAR_LETTERS = "京津冀沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕晋"
_LETTERS = re.compile(
    rf"(?<=[{_LETTER_BEFORE}])[{_CLEAR_LETTERS}](?=[就工开坐诊学支援采访上非治挂指帮、，。；])|"
    rf"[{_CLEAR_LETTERS}]{{2,4}}(?=[两三四]地|[两三四]省|[两三]市)|"
    rf"(?<![\u4e00-\u9fff])[{_CLEAR_LETTERS}](?:、[{_CLEAR_LETTERS}])+(?=等|[两三四五]|省|地|市|毗邻|籍)|(?<=来自)[{_CLEAR_LETTERS}](?:、[{_CLEAR_LETTERS}])+"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """An accepted name: its span, the codes it can mean (most likely first) and the rule that took it."""

    start: int
    end: int
    codes: tuple[str, ...]
    rule: str
    confidence: float


class _Context:
    """What a text says about its own area, against which doubtful names are judged."""

    def __init__(self, text: str, found: Sequence[Hit]) -> None:
        self.text = text
        self.home: Place | None = home(text, found)
        chain = lexicon.ancestors(self.home.code) if self.home else ()
        self.chain = tuple(step.code for step in chain)
        self.city = next((step.code for step in chain if step.level == "city"), self.chain[0] if chain else None)
        self.named = {form.code for hit in found for form in hit.forms if hit.kind == "division"}
        self.named_in_full = {form.code for hit in found if hit.is_full for form in hit.forms if form.kind == "full"}

    def names_area_of(self, code: str) -> bool:
        """Does the text name, in any form, a division above this one?"""
        return any(step.code in self.named for step in lexicon.ancestors(code)[1:])

    def nearness(self, code: str) -> int:
        """0 the home itself, 1 in it or above it, 2 in its city, 3 in its province, 4 named in full, 5 elsewhere."""
        if not self.chain:
            return 4 if code in self.named_in_full else 5
        above = [step.code for step in lexicon.ancestors(code)]
        if code == self.chain[0]:
            return 0
        if self.chain[0] in above or code in self.chain:
            return 1
        if self.city in above:
            return 2
        if self.chain[-1] in above:
            return 3
        return 4 if code in self.named_in_full else 5

    def order(self, hit: Hit) -> tuple[str, ...]:
        """The codes a hit can mean, nearest to home first, then higher levels first."""
        readings = list(enumerate(hit.forms))
        if hit.is_full and hit.kind == "division":
            readings = [(i, form) for i, form in readings if form.kind == "full"]
        level = {"province": 0, "city": 1, "county": 2, "township": 3}

        def key(item: tuple[int, lexicon.Form]) -> tuple[int, int, int]:
            unit = lexicon.place(item[1].code)
            near = self.nearness(item[1].code)
            high = level[unit.level] if unit else 4
            if hit.is_full:
                return near, high, item[0]
            return (0 if near == 0 else 1 if near <= 2 or high <= 1 else 2 + near), high, item[0]

        return tuple(form.code for _, form in sorted(readings, key=key))


def find_places(text: str) -> list[Mention]:
    """Mentions of divisions, regions and countries in a clean text, in order; their ``codes`` nearest reading first."""
    found = hits(text)
    context = _Context(text, found)
    taken = [False] * len(text)
    kept: list[_Found] = []
    waiting: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start - h.end, h.start)):
        if any(taken[hit.start : hit.end]):
            continue
        judged = _judge(hit, context)
        if judged is None:
            waiting.append(hit)
            continue
        kept.append(judged)
        taken[hit.start : hit.end] = [True] * (hit.end - hit.start)
    for hit in waiting:
        if not any(taken[hit.start : hit.end]):
            judged = _judge_in_list(hit, context, taken)
            if judged is not None:
                kept.append(judged)
                taken[hit.start : hit.end] = [True] * (hit.end - hit.start)
    for extra in (*_short_townships(context, taken), *_letters(context, taken), *_unlisted_townships(text)):
        if not any(taken[extra.start : extra.end]):
            kept.append(extra)
            taken[extra.start : extra.end] = [True] * (extra.end - extra.start)
    chained = [_station(text, f) for f in _villages(text, _chains(sorted(kept, key=lambda f: f.start)))]
    return [Mention(f.start, f.end, text[f.start : f.end], "PLACE", f.rule, f.confidence, f.codes) for f in chained]


def _judge(hit: Hit, context: _Context) -> _Found | None:
    """Accept a hit on its own merits, or None."""
    text, surface = context.text, hit.surface
    if hit.kind == "region":
        if stands(text, hit.start, hit.end, 400):
            return _Found(hit.start, hit.end, (), "place-region", 0.9)
        return None
    codes = context.order(hit)
    unit = lexicon.place(codes[0])
    if unit is None:
        return None
    near = context.nearness(codes[0])
    if surface in GENERIC:
        return None
    if hit.kind == "township":
        return _judge_township(hit, context, codes, near)
    if hit.is_full:
        if len(surface) == 2 and not stands(text, hit.start, hit.end, 2000 if near <= 2 else 8 if surface[0] in _LINKS else 40):
            return None
        if near >= 3 and surface[:-1] in lexicon.risky_forms() and not context.names_area_of(codes[0]):
            return None
        if len(surface) == 3 and not stands(text, hit.start, hit.end, 20000):
            return None
        return _Found(hit.start, hit.end, codes, "place-full", 0.97)
    if _ROAD.match(text, hit.end):
        return None
    count = _COUNT[unit.level] * (10 if near <= 1 else 3 if near <= 3 or codes[0] in context.named_in_full else 1)
    if not stands(text, hit.start, hit.end, count):
        return None
    if surface in lexicon.risky_forms():
        return _judge_risky(hit, context, codes, near)
    if unit.level in ("province", "city") or len(surface) > 2 and surface[-1] in "县市州旗":
        return _Found(hit.start, hit.end, codes, "place-short", 0.95)
    if near <= 2 or codes[0] in context.named_in_full:
        return _Found(hit.start, hit.end, codes, "place-short-near", 0.92)
    if not unit.name.endswith("区") and not is_word(surface) and (near == 3 or len(surface) > 2 or len(hit.forms) == 1):
        return _Found(hit.start, hit.end, codes, "place-short-far", 0.7)
    return None


def _judge_risky(hit: Hit, context: _Context, codes: tuple[str, ...], near: int) -> _Found | None:
    """An ordinary word is a place where the report names it in full and it lies near."""
    named = codes[0] in context.named_in_full
    if not is_word(hit.surface) and (near <= 2 or named):
        return _Found(hit.start, hit.end, codes, "place-short-near", 0.85)
    if near <= 2 and named and counts().get(hit.surface, 0) < 3000:
        return _Found(hit.start, hit.end, codes, "place-risky", 0.7)
    if named and context.text.count(hit.surface) > 2 and counts().get(hit.surface, 0) < 300:
        return _Found(hit.start, hit.end, codes, "place-risky", 0.6)
    return None


def _judge_township(hit: Hit, context: _Context, codes: tuple[str, ...], near: int) -> _Found | None:
    if near > 2 and is_word(hit.surface[:-1]) and len(hit.surface) == 3:
        return None
    if not stands(context.text, hit.start, hit.end, 3000 if near <= 2 else 300 if near == 3 else 60):
        return None
    if near > 2:
        return _Found(hit.start, hit.end, codes if near == 3 else (), "place-township-far", 0.8)
    return _Found(hit.start, hit.end, codes, "place-township", 0.95)


def _judge_in_list(hit: Hit, context: _Context, taken: Sequence[bool]) -> _Found | None:
    """A doubtful name that stands in a list with an accepted one, or right behind it, or before a figure in a list."""
    text = context.text
    if hit.kind == "region":
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
        figure = hit.kind == "division" and before in _OPENERS and (after.isdigit() or after in "\t\n" or before + after == "、、")
        if left or right or chained or figure:
            return _Found(hit.start, hit.end, codes, "place-list", 0.85)
    elif (left or right) and hit.kind == "division" and hit.surface not in lexicon.risky_forms() | GENERIC:
        if stands(text, hit.start, hit.end, 1000):
            return _Found(hit.start, hit.end, codes, "place-list-far", 0.7)
    return None


def _short_townships(context: _Context, taken: Sequence[bool]) -> Iterator[_Found]:
    """Townships of the report's own county without their 镇 or 乡, where they stand in a list or a table cell."""
    text = context.text
    if context.home is None or context.home.level != "county":
        return
    for unit in lexicon.children(context.home.code):
        for short in lexicon.short_names(unit.name):
            if len(short) < 2 or is_word(short) and counts()[short] > 1000:
                continue
            start = text.find(short)
            while start >= 0:
                end = start + len(short)
                if not any(taken[start:end]) and _is_listed(text, start, end) and stands(text, start, end, 3000):
                    yield _Found(start, end, (unit.code,), "place-township-short", 0.8)
                start = text.find(short, end)


def _is_listed(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before in "\n\t" and after in "\n\t":
        return True
    return bool(before in "、" or _LIST_RIGHT.match(text, end)) and (before in "、，。；：\n\t（" or not is_word(before + text[start]))


def _unlisted_townships(text: str) -> Iterator[_Found]:
    """A township that the list does not have: two or three characters and 镇 or 乡 between marks, no word among them."""
    for match in _TOWNSHIP.finditer(text):
        if not is_word(match[1]) and not is_word(match[1][-1] + match[2]) and not _VILLAGE_STOP.search(match[1]):
            if not any(ch in "乡镇村街市县区省个名这那某几数两三四" for ch in match[1]):
                yield _Found(match.start(1), match.end(2), (), "place-township-grammar", 0.7)


def _letters(context: _Context, taken: Sequence[bool]) -> Iterator[_Found]:
    """Provinces by one character (赴京, 京津两地), and the report's own city (来咸)."""
    text = context.text
    codes = lexicon.letter_forms()
    for match in _LETTERS.finditer(text):
        if len(match[0]) == 1 and is_word(text[match.start() - 1] + match[0]) and match[0] not in "京":
            continue
        for i in range(*match.span()):
            if not taken[i] and text[i] != "、":
                yield _Found(i, i + 1, (codes[text[i]],), "place-letter", 0.8)
    own = next((step for step in lexicon.ancestors(context.home.code) if step.level == "city"), None) if context.home else None
    if own is None or own.name[0] in "东西南北上下大小中新长三四五六七八九一二":
        return
    for match in re.finditer(rf"(?<=[来抵返离])(?:[{re.escape(own.name[0])}])(?![\u4e00-\u9fff]?[{own.name[1]}])", text):
        if not is_word(text[match.start() - 1 : match.end()]) and not is_word(text[match.start() : match.end() + 1]):
            yield _Found(match.start(), match.end(), (own.code,), "place-letter", 0.7)


def _chains(found: Sequence[_Found]) -> list[_Found]:
    """Join names that follow each other from above to below."""
    joined: list[_Found] = []
    for here in found:
        last = joined[-1] if joined else None
        if last is not None and last.end == here.start and last.codes and here.codes:
            inner = [c for c in here.codes if any(c != o and lexicon.within(c, o) for o in last.codes)]
            if inner:
                joined[-1] = replace(last, end=here.end, codes=tuple(inner), confidence=min(last.confidence, here.confidence))
                continue
        if last is not None and last.end == here.start and last.codes and here.rule == "place-township-far":
            joined[-1] = replace(last, end=here.end, codes=(), rule=here.rule)
            continue
        joined.append(here)
    return joined


def _station(text: str, here: _Found) -> _Found:
    """A station or an area named by its place (宜昌东站) is its own place."""
    match = _STATION.match(text, here.end)
    return replace(here, end=match.end(), codes=(), rule="place-station") if match else here


def _villages(text: str, found: Sequence[_Found]) -> list[_Found]:
    """A village right behind a township or county belongs to its mention; the same village alone is one too."""
    result: list[_Found] = []
    names: set[str] = set()
    for here in found:
        match = _VILLAGE.match(text, here.end)
        if match and not _VILLAGE_STOP.search(match[0]) and text[here.end - 1] in "镇乡县市区旗道木":
            names.add(match[0])
            result.append(replace(here, end=match.end(), rule="place-village", codes=()))
        else:
            result.append(here)
    spans = [(f.start, f.end) for f in result]
    for name in names:
        for match in re.finditer(re.escape(name), text):
            if all(match.end() <= a or match.start() >= b for a, b in spans):
                result.append(_Found(match.start(), match.end(), (), "place-village", 0.8))
    return sorted(result, key=lambda f: f.start)
