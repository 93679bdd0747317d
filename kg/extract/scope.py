"""What the report is about: its place and organisation, and the places that 全市, 我省 or 该县 mean in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from kg.clean import clean_line
from kg.extract.masthead import find_published, find_title
from kg.model import Place, Scope, Tagged
from kg.tag import lexicon
from kg.tag.gazetteer import Hit, hits
from kg.tag.home import ending, home

SIGNATURE_LINES = 4  # at a text's end, where its author may stand
_OWN = re.compile(
    r"[本我该]院|[本我]中心|[本我]站|医院(?:简介|概况|等级|地址|电话)|本所|我所|[本我]队|[本我]支队"
)
_TOWN = re.compile(r"[全我本]镇|[全我本]乡|镇(?:党委|政府)|[本我]院")
_HOLDERS = re.compile(
    r"(?:(?:医|卫生|保健|防治|疗养|康复|护理|养老|敬老|福利|妇幼|妇保|附|分)院|(?:医院|医疗|健康|保健)集团|共同体|医共体|院区|[一二三四五六七八九]院|血站|血库|中心|卫生[室所站]|服务站|门诊部|诊所|急救站|"
    r"(?:监督|防治|防|检验|保健|卫监|教育|研究)所|(?:防治|防疫|保健|慢病|血防)站|监督局|(?:监督|执法)[支大]队|医疗队)$"
)
_BORROWED = re.compile(r"(?:报|网|电视台|广播电台|社|大学|学院)》?$")
_SCHOOL = re.compile(r"(?:学院|大学|学校)$")
_ZONE = re.compile(r"(?:新区|先行区|工业园区|开发区|高新区|经开区|度假区|管理区|示范区|合作区|实验区)$")
_ZONE_WORD = re.compile(r"园区|[全本我]区|新区|先行区|管委会")
_MEDIA = re.compile(
    r"会展|政务|行政服务|体育中心|储备中心|融媒体中心|新闻中心|传媒中心|广播电视|信息中心|宣传中心|宣教中心"
)
_NATION = re.compile(r"全国(?![人第前]|卫生[城县]|文明|先进|优秀|示范)|我国|中国人均")
_LESS = re.compile(r"全国[（(，]不(?:含|包括)")
_AREAS = re.compile(r"[全我][省市县区州旗]")
_OFTEN = 3
_BEGINNING = 300  # characters
_INSTITUTION = re.compile(r"(?:院|站|中心|所|大学|学校)$")
_INTRODUCES = re.compile(
    r"(?:（[^（）\n]{1,30}）)?(?:始建|创建|创办|创立|成立|组建|建成|建于|坐落|位于|地处|隶属|前身|是(?:一|集|[^，。；\n]{0,12}直属)|系)"
)
_FOR_AREA = re.compile(r"疾控中心|疾病预防控制中心|预防控制中心|监督所|健康教育")
_OWN_CLAUSE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:医院|中心|血站|卫生院|本院|全院)(?=现有|共有|占地|开放|拥有|编制|先后|职工|干部)"
)
_BARE = re.compile(r"全院(?!士)|[两三四各]院区|(?<![\u4e00-\u9fff])(?:医院|中心|血站|卫生院|院区)(?![级总和与])[\u4e00-\u9fff]")
_TITLED = re.compile(
    r"((?:(?!境内|[省市县区乡镇]级|公立|民营)[\u4e00-\u9fff〇○]){2,24}?(?:医院|卫生院|保健院|防治院|血站|血液中心|急救中心|服务中心|防治所))(?=简介|概况|介绍|（|$|20\d\d|19\d\d|[工年]|“)"
)
_FIRST_PERSON = re.compile(r"[我本]院|[我本]中心|[我本]站")
_SENTENCE = re.compile(r"[。，；]")
_LEVELS = {
    "省": ("province",),
    "自治区": ("province",),
    "市": ("city", "county", "province"),
    "州": ("city",),
    "盟": ("city",),
}
_LEVELS |= {
    "县": ("county",),
    "区": ("county", "province"),
    "旗": ("county",),
    "镇": ("township",),
    "乡": ("township",),
    "街道": ("township",),
}
_AREA_WORD = re.compile(
    r"^(?:全|我|本|该|整个|所在)?(自治区|自治州|街道|省|市|州|盟|县|区|旗|镇|乡)(?:域|内|里|上下|级)?$"
)

__all__ = [
    "area",
    "chain",
    "find_organisation",
    "find_place",
    "find_published",
    "find_title",
    "find_zone",
    "level",
    "province",
]


def find_place(tagged: Tagged) -> Place | None:
    """The division the report speaks of; None where it names none.

    The name is the one the report uses where the division had another then (蓟县, code of 蓟州区).
    """
    text = tagged.clean.text
    found = hits(text)
    title = find_title(tagged)
    span = _title_span(text, title) if title else None
    own = [hit for hit in found if not _is_borrowed(hit, tagged)]
    told = _told(tagged, title if span is None else None)
    best = told or home(text, own, span) or home(text, found, span) or _of_publisher(tagged)
    if best is None or _is_national(text, title or "", best):
        return None
    town = _township(text, best, title or "")
    if town is not None:
        return town
    used = Counter(
        form.name
        for hit in found
        if hit.is_full
        for form in hit.forms
        if form.code == best.code and form.kind == "full"
    )
    if used and best.name not in used:
        return replace(best, name=used.most_common(1)[0][0])
    return best


def _told(tagged: Tagged, title: str | None) -> Place | None:
    """The place that a title which the text does not print names; None where there is no such title or place in it."""
    return home(title, hits(title), (0, len(title))) if title and tagged.clean.document.title else None


def _of_publisher(tagged: Tagged) -> Place | None:
    """The place in the name that the container states as the publisher's."""
    publisher = clean_line(tagged.clean.document.publisher or "")
    return home(publisher, hits(publisher), (0, len(publisher))) if publisher else None


def _title_span(text: str, title: str) -> tuple[int, int] | None:
    """Where the title stands, its subtitle included; None where it is not in the text."""
    main, _, subtitle = title.partition("——")
    start = text.find(main[:20])
    if start < 0:
        return None
    below = text.find(subtitle, start, start + len(title) + 40) if subtitle else -1
    return start, below + len(subtitle) if below >= 0 else start + len(main)


def _is_borrowed(hit: Hit, tagged: Tagged) -> bool:
    """Is the name part of a university's or a newspaper's, which says little of the report's own place?"""
    i = bisect_right(tagged.mentions, hit.start, key=lambda m: m.start) - 1
    if i < 0 or hit.end > tagged.mentions[i].end or tagged.mentions[i].label != "ORG":
        return False
    return (
        tagged.mentions[i].rule in ("org-known", "org-school")
        or _BORROWED.search(tagged.mentions[i].text) is not None
    )


def _is_national(text: str, title: str, place: Place) -> bool:
    """Does the report speak of the whole country, its places being datelines or what is left out (不含香港)?"""
    if _AREAS.search(text) or place.name in title:
        return False
    return (
        _NATION.search(title) is not None or _LESS.search(text) is not None or len(_NATION.findall(text)) > 1
    )


def _township(text: str, best: Place, title: str) -> Place | None:
    """The township of the report's county that its title names, where the text speaks for a township."""
    if best.level != "county" or not _TOWN.search(text):
        return None
    named = [unit for unit in lexicon.children(best.code) if unit.name in title]
    if not named or (
        best.name in title and title.find(best.name) < title.find(named[0].name) - len(best.name)
    ):
        return None
    return max(named, key=lambda unit: text.count(unit.name))


def find_organisation(tagged: Tagged) -> str | None:
    """The hospital, blood station or the like that a report is by and about (本院, 我中心), as its text names it most fully.

    It stands in the title or as a heading of its own, or the text speaks as it; a medium or a centre for disease
    control, which reports on its area, must speak for itself.
    """
    text = tagged.clean.text
    title = find_title(tagged) or ""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for mention in tagged.mentions:
        if mention.label == "ORG" and _HOLDERS.search(mention.text) and not _MEDIA.search(mention.text):
            counts[mention.text] += 1
            first.setdefault(mention.text, mention.start)
    speaks = len(_OWN.findall(text))
    introduced = _introduced(tagged)
    if introduced is not None:
        return introduced
    candidates = [name for name in counts if speaks or not _FOR_AREA.search(name)]
    schools = {m.text for m in tagged.mentions if m.label == "ORG" and _SCHOOL.search(m.text)}
    in_title = [name for name in candidates if name in title]
    in_title = in_title or [name for name in schools if title.startswith(name)]
    if in_title:
        return max(in_title, key=len)
    opening = text[:400].split("\n")
    headings = [
        name
        for name in candidates
        if any(
            line.startswith(name) and len(line) <= len(name) + 16 and not _SENTENCE.search(line)
            for line in opening
        )
    ]
    if headings and len(text) - text.count("\n") > 120:
        return min(headings, key=lambda name: (first[name], -len(name)))
    closing = [line.strip() for line in text.split("\n") if line.strip()][-SIGNATURE_LINES:]
    signed = [name for name in candidates if name in closing]
    if signed:
        return max(signed, key=len)
    is_first_person = _FIRST_PERSON.search(title) is not None
    is_alone = (
        len(candidates) == 1
        and (speaks or _OWN_CLAUSE.search(text))
        and first[candidates[0]] < 200
        and not _AREAS.search(text)
    )
    areas = len(_AREAS.findall(text))
    tells = speaks + len(_BARE.findall(text))  # 医院引进…, 中心设有…: told of as the one that is meant
    if candidates and (
        is_first_person or is_alone or (speaks >= 2 and speaks > areas) or (tells >= 3 and tells > areas)
    ):
        return max(
            candidates,
            key=lambda name: (counts[name] + (3 if first[name] < 200 else 0) + len(name) / 20, -first[name]),
        )
    named = _TITLED.match(title) if tells else None
    return named[1] if named and not candidates else None  # a name that no list knows (油田中心医院)


def find_zone(tagged: Tagged) -> str | None:
    """The development zone or new area that the report speaks for: in the title, or named early and often meant."""
    text, title = tagged.clean.text, find_title(tagged) or ""
    named = [m for m in tagged.mentions if m.label == "PLACE" and not m.codes and _ZONE.search(m.text)]
    in_title = [m.text for m in named if m.text in title]
    if in_title:
        return max(in_title, key=len)
    meant, areas = len(_ZONE_WORD.findall(text)), len(re.findall("[全我][省市县州]", text))
    early = [m.text for m in named if m.start < _BEGINNING]
    return early[0] if early and meant >= _OFTEN and meant > 2 * areas else None


def _introduced(tagged: Tagged) -> str | None:
    """The institution that the text begins by introducing (X始建于…, X位于…, X是一所…)."""
    for mention in tagged.mentions:
        if mention.start > _BEGINNING:
            return None
        if mention.label == "ORG" and _INSTITUTION.search(mention.text):
            line = tagged.clean.text.rfind("\n", 0, mention.start) + 1
            lead = tagged.clean.text[line : mention.start]
            if len(lead) <= 6 and _INTRODUCES.match(tagged.clean.text, mention.end):
                return mention.text
    return None


def chain(place: Place | None) -> tuple[Place, ...]:
    """The place and the divisions above it, nearest first; the place itself keeps its name of the time."""
    if place is None:
        return ()
    return (place, *lexicon.ancestors(place.code)[1:])


def level(place: Place, *levels: str) -> bool:
    """Is the place on one of these levels?"""
    return place.level in levels


def province(place: Place | None) -> Place | None:
    """The province the place lies in."""
    return next((step for step in chain(place) if step.level == "province"), None)


def area(word: str, scope: Scope) -> Place | None:
    """The place that a word such as 全市, 我省, 该县, 市 or 自治区 means in a report with this scope; None where none fits.

    全区 is the autonomous region where the report's own place lies in one and is no district.
    """
    match = _AREA_WORD.match(word)
    if match is None or scope.place is None:
        return None
    unit = "州" if match[1] == "自治州" else match[1]
    steps = chain(scope.place)
    if unit == "自治区":
        return next((s for s in steps if s.level == "province" and s.name.endswith("自治区")), None)
    for step in steps:
        if step.level in _LEVELS[unit] and ending(step) == unit[-1]:
            return step
    if unit == "市":
        return next((s for s in steps if s.level in ("city", "province") and s.name.endswith("市")), None)
    return None
