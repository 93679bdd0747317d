"""Places that no list holds whole: chains, villages, stations, abbreviations, townships by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.tag import lexicon
from kg.tag.boundaries import counts, is_word, stands
from kg.tag.context import Context, Found

_LIST_RIGHT = re.compile(
    r"[、\t]|和|与|及|等|\d+(?:个|家|所)(?:乡镇|镇|乡|街道|卫生院|县|区)|[两二三四五六七八九十]+(?:个|家|所)?(?:乡镇|镇|乡|街道|卫生院|县|区|地)"
)
_STREET = re.compile(r"街(?![道上头区面边口巷东西南北中\d]|\d+号)")
_SO_MANY = re.compile(r"[两三四五六七八九十]个?(?:镇|乡|街道)")  # 六横、桃花两镇
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:村(?![级民医居委落庄镇])|社区(?!卫|医|服务|居家|养老|康复))")
_VILLAGE_STOP = re.compile(
    r"[的各个等在和与及为是全本我该有对把将补]|卫生|行政|自然|贫困|农村|乡村|所有|城乡|进村"
)
_VILLAGE_NAME = (
    r"(?:(?![的各个等在和与及为是全本我该有对把将补每某两几半所农山乡中空出脱贫])[\u4e00-\u9fff]){2,3}村"
)
_VILLAGES = re.compile(  # 石马村、村坊村一带
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[住在于但是和与对到从]))(?:{_VILLAGE_NAME}(?:[、和]{_VILLAGE_NAME})+(?!级|民|医|居|委|落|庄|镇))"
)
_NO_VILLAGE = re.compile(
    r"行政|自然|贫困|薄弱|示范|试点|重点|边境|边远|偏远|移民|搬迁|卫生|文明|健康|集体|合作|标准|新建|改建|扩建|部分|其余|其他|所有|全部|空壳|中心|城中|城郊|城乡|嘎查|社区"
)
_TOWNSHIP = re.compile(
    r"(?<=[、，；。：（\n\t在于])([\u4e00-\u9fff]{2,3})([镇乡]|街道|苏木|新区)(?=[、，；。：（）\n\t\d等和与及]|中心卫生院|卫生院|[建创获全新共在投]|$)"
)
_CELL = re.compile(r"(?<![^\n\t])(?!城区|市区|郊区|矿区|新区|辖区)[\u4e00-\u9fff]{1,8}[市县区旗](?![^\n\t])")
_FEWEST_CUT = 3
_STATION = re.compile(
    r"(?:[东西南北]站|火车站|高铁站|(?:国际)?机场|港(?=[的口、，。；]|码头)|赛区|示范区(?!建设|创建)|旅游(?:度假)?区|风景(?:名胜)?区|(?:国家级?)?(?:高新(?:技术产业开发)?区|经济?(?:技术)?开发?区|工业园区|开发区|临空经济区|保税区|综合实验区|管理区|新区))"
)
_LETTER_BEFORE = "来赴在驻进抵返离援入出"
_CLEAR_LETTERS = "京津冀沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕晋"
_LETTERS = re.compile(
    rf"(?<=[{_LETTER_BEFORE}])[{_CLEAR_LETTERS}](?=[就工开坐诊学支援采访上非治挂指帮、，。；])|(?<=[返抵离出])[{_CLEAR_LETTERS}](?=[的者人后来])|"
    rf"(?<=[，。；：\n])[{_CLEAR_LETTERS}](?=派[出往驻]|选派|支援|援[藏疆鄂])|"
    rf"[{_CLEAR_LETTERS}]{{2,4}}(?=[两三四]地|[两三四]省|[两三]市|之间|交界|接壤|边区)|"
    rf"(?:(?<![\u4e00-\u9fff])|(?<=跨))[{_CLEAR_LETTERS}](?:、[{_CLEAR_LETTERS}])+(?=等|[两三四五]|省|地|市|毗邻|籍)|(?<=来自)[{_CLEAR_LETTERS}](?:、[{_CLEAR_LETTERS}])+"
)


def short_townships(context: Context, taken: Sequence[bool]) -> Iterator[Found]:
    """Townships of the report's own county without their 镇 or 乡, where they stand in a list or a table cell."""
    text = context.text
    if context.home is None or context.home.level == "province":
        return
    for unit in lexicon.children(context.home.code):
        if unit.level != "township":
            return
        for short in lexicon.short_names(unit.name):
            if len(short) < 2:
                continue
            is_plain = counts().get(short, 0) > 1000
            is_rare = not is_word(short) and all(ch not in "东西南北中新大小上下城" for ch in short)
            start = text.find(short)
            while start >= 0:
                end = start + len(short)
                is_former = (
                    not is_plain
                    and (  # a 镇 today, a 乡 then; 陈塘庄街 for 陈塘庄街道
                        text[end : end + 1] in tuple("乡镇")
                        or (unit.name.endswith("街道") and _STREET.match(text, end) is not None)
                    )
                )
                end += is_former
                if not any(taken[start:end]) and (
                    is_former
                    or (is_rare and _stands_free(text, start, end))
                    or _SO_MANY.match(text, end)
                    or (not is_plain and _is_listed(text, start, end) and stands(text, start, end, 3000))
                ):
                    yield Found(start, end, (unit.code,), "place-township-short", 0.8)
                start = text.find(short, end)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Does it stand alone behind a word of place and before a mark (均在容桂。)?"""
    return text[start - 1 : start] in tuple("在驻赴援") and text[end : end + 1] in tuple("，。；、")


def _is_listed(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before in "\n\t" and after in "\n\t":
        return True
    is_beside = before == "、" or _LIST_RIGHT.match(text, end) is not None
    return is_beside and (before in "、，。；：\n\t（" or not is_word(before + text[start]))


def unlisted_townships(text: str) -> Iterator[Found]:
    """A township that the list does not have: two or three characters and 镇 or 乡 between marks, no word among them."""
    for match in _TOWNSHIP.finditer(text):
        is_plain = is_word(match[1]) or is_word(match[1][-1] + match[2]) or _VILLAGE_STOP.search(match[1])
        if not is_plain and not any(ch in "乡镇村街市县区省个名这那某几数两三四" for ch in match[1]):
            yield Found(match.start(1), match.end(2), (), "place-township-grammar", 0.7)


def cut_names(context: Context, taken: Sequence[bool]) -> Iterator[Found]:
    """Divisions of the report's own in a scanned table that has lost their first characters (店区, 曲县), each in a line or cell.

    Three such names are wanted, each the end of one name only.
    """
    home = context.home
    if home is None or home.level not in ("province", "city"):
        return
    units = lexicon.children(home.code)
    found: list[Found] = []
    for match in _CELL.finditer(context.text):
        meant = [unit for unit in units if unit.name.endswith(match[0]) and unit.name != match[0]]
        if len(meant) == 1 and not taken[match.start()]:
            found.append(Found(*match.span(), (meant[0].code,), "place-cut", 0.7))
    if len({here.codes for here in found}) >= _FEWEST_CUT:
        yield from found


def letters(context: Context, taken: Sequence[bool]) -> Iterator[Found]:
    """Provinces by one character (赴京, 京津两地), and the report's own city (来咸)."""
    text = context.text
    codes = lexicon.letter_forms()
    for match in _LETTERS.finditer(text):
        if len(match[0]) == 1 and is_word(text[match.start() - 1] + match[0]) and match[0] not in "京":
            continue
        for i in range(*match.span()):
            if not taken[i] and text[i] != "、":
                yield Found(i, i + 1, (codes[text[i]],), "place-letter", 0.8)
    own = context.home if context.home and context.home.name.endswith("市") else None
    if own is None and context.home is not None:
        own = next((step for step in lexicon.ancestors(context.home.code) if step.level == "city"), None)
    if own is None or own.name[0] in "东西南北上下大小中新长三四五六七八九一二":
        return
    for match in re.finditer(
        rf"(?<=[来抵返离])(?:[{re.escape(own.name[0])}])(?![\u4e00-\u9fff]?[{own.name[1]}])", text
    ):
        if not is_word(text[match.start() - 1 : match.end()]) and not is_word(
            text[match.start() : match.end() + 1]
        ):
            yield Found(match.start(), match.end(), (own.code,), "place-letter", 0.7)


def chains(found: Sequence[Found]) -> list[Found]:
    """Join names that follow each other from above to below."""
    joined: list[Found] = []
    for here in found:
        last = joined[-1] if joined else None
        if last is not None and last.end == here.start and last.codes and here.codes:
            inner = [c for c in here.codes if any(c != o and lexicon.within(c, o) for o in last.codes)]
            if inner:
                joined[-1] = replace(
                    last, end=here.end, codes=tuple(inner), confidence=min(last.confidence, here.confidence)
                )
                continue
        if last is not None and last.end == here.start and last.codes and here.rule == "place-township-far":
            joined[-1] = replace(last, end=here.end, codes=(), rule=here.rule)
            continue
        joined.append(here)
    return joined


def station(text: str, here: Found) -> Found:
    """A station or an area named by its place (宜昌东站) is its own place."""
    match = _STATION.match(text, here.end)
    return replace(here, end=match.end(), codes=(), rule="place-station") if match else here


def villages(text: str, found: Sequence[Found]) -> list[Found]:
    """A village right behind a township or county belongs to its mention; the same village alone is one too."""
    result: list[Found] = []
    names: set[str] = set()
    for here in found:
        match = _VILLAGE.match(text, here.end)
        if match and not _VILLAGE_STOP.search(match[0]) and text[here.end - 1] in "镇乡县市区旗道木":
            names.add(match[0])
            result.append(replace(here, end=match.end(), rule="place-village", codes=()))
        else:
            result.append(here)
    listed = {
        name
        for match in (_VILLAGES.finditer(text) if "村、" in text or "村和" in text else ())
        for name in re.split("[、和]", match[0])
        if not _NO_VILLAGE.search(name)
    }
    spans = [(f.start, f.end) for f in result]
    for name in sorted(names | listed):
        for match in re.finditer(
            rf"(?<![\u4e00-\u9fff]){name}|(?<=[、和住在于但是与对到从]){name}"
            if name in listed
            else re.escape(name),
            text,
        ):
            if all(match.end() <= a or match.start() >= b for a, b in spans):
                result.append(Found(match.start(), match.end(), (), "place-village", 0.8))
    return sorted(result, key=lambda f: f.start)
