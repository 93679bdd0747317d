"""What the report is about: its place and organisation, and the places that 全市, 我省 or 该县 mean in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from kg.clean import clean_line
from kg.extract.institution import AREA_WORD as AREA_NAMED
from kg.extract.institution import find_organisation
from kg.extract.masthead import find_published, find_title
from kg.model import Place, Scope, Tagged
from kg.tag import lexicon
from kg.tag.gazetteer import Hit, hits
from kg.tag.home import ending, home, levels

_TOWN = re.compile(r"[全我本]镇|[全我本]乡|镇(?:党委|政府)|[本我]院")
_BORROWED = re.compile(r"(?:报|网|电视台|广播电台|社|大学|学院)》?$")
_ZONE = re.compile(r"(?:新区|先行区|工业园区|开发区|高新区|经开区|度假区|管理区|示范区|合作区|实验区)$")
_ZONE_WORD = re.compile(r"园区|[全本我]区|新区|先行区|管委会")
_NATION = re.compile(r"全国(?![人第前]|卫生[城县]|文明|先进|优秀|示范)|我国|中国人均")
_PROVINCES = re.compile(r"3[1-4]个?省(?:[（(]|份|区)")
_NATIONAL_BODY = re.compile(
    r"国家(?:卫健|卫生健康|卫生计生|卫生和计划生育|疾控|疾病预防|医保|医疗保障|中医药)|国务院|国新办"
)
_OF_NATION = re.compile(rf"{_NATIONAL_BODY.pattern}|3[1-4]个?省")
_LESS = re.compile(r"全国[（(，]不(?:含|包括)")
_ZONE_OFFICE = re.compile(
    r"(?P<zone>.{2,14}?(?:新区|先行区|工业园区|开发区|高新区|经开区|度假区|管理区|示范区|合作区|实验区))(?:管委会|管理委员会|管理局|党工委|社会|卫生|卫健|疾|医|人民|妇幼)"
)
_GENERIC_ZONE = re.compile(r"(?<![\u4e00-\u9fff])(?:园区|新区|先行区|开发区|高新区|经开区|度假区|示范区)")
_SESSION = re.compile(r"[\u4e00-\u9fff]{0,4}(?:专场|专题|篇）|站）|卷）)")
_OF_AREA = re.compile(r"卫生|健康|医疗|医改|经济|人民|群众|百姓|大地|模式|经验|实际")
_NEW_AREA = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}新区")
_OFTEN = 3
_BEGINNING = 300  # characters
_DATELINE = re.compile(r"\d{1,2}月\d{1,2}日[电讯]")  # below the beginning it is another report's
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
    found = [hit for hit in hits(text) if hit.start < _BEGINNING or not _DATELINE.match(text, hit.end)]
    title = find_title(tagged)
    span = _title_span(text, title) if title else None
    own = [hit for hit in found if not _is_borrowed(hit, tagged)]
    told = _told(tagged, title if span is None else None)
    best = told or home(text, own, span) or home(text, found, span) or _of_publisher(tagged)
    best = _of_session(title or "", best) or best or _of_short_name(text, found)
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


def _of_session(title: str, whole: Place | None) -> Place | None:
    """The part of a city or province that a session of a series is about (…发布会（原州区专场）); None where none is."""
    for hit in hits(title):
        if _SESSION.match(title, hit.end):
            for form in hit.forms:
                unit = lexicon.divisions()[form.code] if hit.kind == "division" else None
                if unit and (whole is None or whole in lexicon.ancestors(unit.code)[1:]):
                    return unit
    return None


def _of_short_name(text: str, found: list[Hit]) -> Place | None:
    """The district or county that a report of 全区, 我县 names by its short name only (推动卫东卫生事业)."""
    share = levels(text, found)
    unit = max("县区旗", key=lambda word: share.get(word, 0.0))
    if not share.get(unit):
        return None
    codes = Counter(
        form.code
        for hit in found
        if hit.kind == "division" and _OF_AREA.match(text, hit.end)
        for form in hit.forms
        if form.kind == "short"
        and form.name.endswith(unit)
        and lexicon.divisions()[form.code].level == "county"
    )
    return lexicon.divisions()[next(iter(codes))] if len(codes) == 1 else None


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
    short = place.name[:2]
    if AREA_NAMED.search(text) or short in title:
        return False
    opening = text[: _BEGINNING // 2]
    return (
        _PROVINCES.search(opening) is not None
        or (_NATIONAL_BODY.search(opening) is not None and short not in opening)
        or _NATION.search(title) is not None
        or _OF_NATION.match(title) is not None
        or _LESS.search(text) is not None
        or len(_NATION.findall(text)) > max(1, text.count(short))
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


def find_zone(tagged: Tagged) -> str | None:
    """The development zone or new area that the report speaks for: in the title, or named early and often meant."""
    text, title = tagged.clean.text, find_title(tagged) or ""
    named = [m for m in tagged.mentions if m.label == "PLACE" and not m.codes and _ZONE.search(m.text)]
    in_title = [m.text for m in named if m.text in title]
    if in_title:
        return _spelt(max(in_title, key=len))
    meant, areas = len(_ZONE_WORD.findall(text)), len(re.findall("[全我][省市县州]", text))
    often = meant >= _OFTEN and meant > 2 * areas
    generic = _GENERIC_ZONE.search(title)
    if generic and often:  # 园区社会事业局关于…, signed 苏州工业园区社会事业局
        offices = [z for m in tagged.mentions if m.label == "ORG" and (z := _ZONE_OFFICE.match(m.text))]
        zone = next((z["zone"] for z in offices if z["zone"].endswith(generic[0])), None)
        if zone is not None:
            return _spelt(zone)
    early = [m.text for m in named if m.start < _BEGINNING] or [
        name for name, count in Counter(_NEW_AREA.findall(text)).items() if count > 1
    ]
    return _spelt(early[0]) if early and often else None


def _spelt(zone: str) -> str:
    """The zone's full name, where it has one (乐城先行区)."""
    return lexicon.regions().get(zone, (zone, ""))[0]


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
