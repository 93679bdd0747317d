"""What a row's label says: whose row it is, its time, or what it measures and under which row above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract import scope
from kg.extract.entities import NATION, place_entity
from kg.extract.period import Anchor, resolve
from kg.extract.tables.grid import is_year
from kg.extract.tables.units import Measure, split
from kg.model import Entity, Mention, Period, Place, Scope
from kg.tag.lexicon import children, divisions, forms, short_names
from kg.tag.times import find_times


@dataclass(frozen=True, slots=True)
class Label:
    """A row's label: ``noun`` is what it measures or which part, empty where it names an entity, a time or the total.

    ``narrows`` where it is marked as a part of the row above (#, 其中).
    """

    noun: str = ""
    measure: Measure | None = None
    entity: Entity | None = None
    period: Period | None = None
    total: bool = False
    narrows: bool = False
    partial: bool = False  # a part of the area that is no division (其余乡镇, 市本级)
    group: str = ""  # the kind of institutions that the rows of a section or below a sum are about
    average: bool = False  # an average or subtotal, which is nobody's own


_LATIN = re.compile(
    r"\s*(?:[（(][A-Za-z][A-Za-z\s.,'-]*[）)]|(?<![\u4e00-\u9fff（])[A-Za-z]{2}[A-Za-z\s.,'()-]*$|(?<=[\u4e00-\u9fff）)])\s*[A-Z][a-z]+(?:[\s-][A-Za-z（）().,'-]+)*$)"
)
_MARK = re.compile(r"^(?:#|＃|其中[:：、，]?|内[:：]|[—-]{1,2}(?=[\u4e00-\u9fff])|·)+")
_ITEM = re.compile(
    r"^(?:\d{5,8}\s?(?=[\u4e00-\u9fff])|\d{1,2}(?:\.\d{1,2})*[.、．]\s?|（?[一二三四五六七八九十\d]{1,2}）|[一二三四五六七八九十]+、|[①-⑳]|★|☆|●|○|◆|■|▲)(?=\D)"
)
_TOTAL = re.compile(
    r"(?i:total)|合计|总计|总数|总和|共计|合计数|总体|全[市省县区州旗盟镇乡]|全[市省县区州]?合计|全[市省县区州]总计|本[市省县区州]"
)
_PARTIAL = re.compile(
    r"其余.*|其[他它](?:县|区|市|乡|镇|地区|街道|机构|单位).*|[市县区州省]本级|[市县区州省]直(?:属|单位|机构|管)?|[市县区州省]级(?:医院|机构|医疗机构|单位)?|市辖区|城区|市区|郊区"
)
_NOT_ROWS = re.compile(r"小计|.{0,4}平均(?:值|数|水平)?|均值")
_AREA_END = re.compile(r"[市县区州旗盟镇乡]$|街道$|新区$|开发区$")
_TOWN = ("镇", "乡", "街道", "办事处")


def read_label(text: str, own: Scope, anchor: Anchor, mentions: Sequence[Mention]) -> Label:
    """What a label says in a report with scope ``own``; ``mentions`` are the names found in it."""
    text = _LATIN.sub("", text).strip() or text
    bare = _ITEM.sub("", text.lstrip("*"))
    marked = _MARK.match(bare)
    narrows = marked is not None
    bare = _ITEM.sub("", bare[marked.end() :] if marked else bare).rstrip("*：:").strip()
    noun, measure = split(bare)
    if _TOTAL.fullmatch(noun):
        place = scope.area(noun[:2], own) if noun[0] in "全本" else None
        return Label(
            measure=measure, entity=place_entity(place) if place else None, total=True, narrows=narrows
        )
    if noun == "全国":
        return Label(measure=measure, entity=NATION, total=True, narrows=narrows)
    if _NOT_ROWS.fullmatch(noun):
        return Label(noun, measure, partial=True, average=True)
    period = _time(noun, anchor)
    if period is not None:
        return Label(measure=measure, period=period)
    entity = _entity(noun, own, mentions)
    if entity is not None:
        return Label(measure=measure, entity=entity, narrows=narrows)
    return Label(noun, measure, narrows=narrows, partial=bool(_PARTIAL.fullmatch(noun)))


def _time(noun: str, anchor: Anchor) -> Period | None:
    if is_year(noun):
        return Period.year(int(noun))
    times = find_times(noun)
    if len(times) == 1 and times[0].end - times[0].start >= len(noun) - 1 and times[0].start == 0:
        return resolve(times[0], anchor)
    return None


def _entity(noun: str, own: Scope, mentions: Sequence[Mention]) -> Entity | None:
    place = division(noun, own)
    if place is not None:
        return place_entity(place)
    for mention in mentions:
        if mention.label == "ORG" and len(mention.text) >= len(noun) - 1 and len(noun) > 3:
            return mention.entity or Entity(mention.text, "ORG")
    return None


def division(name: str, own: Scope) -> Place | None:
    """The division in or beside the report's own area that a label names; None where there is none or several."""
    if len(name) < 2:
        return None
    if own.place is None:  # of the nation, by province
        provinces = {f.code for f in forms().get(name, ()) if divisions()[f.code].level == "province"}
        return divisions()[provinces.pop()] if len(provinces) == 1 else None
    code = own.place.code
    if name == own.place.name:
        return own.place
    towns = [
        t
        for t in _below(code)
        if t.level == "township" and (t.name == name or any(t.name == name + end for end in _TOWN))
    ]
    if len(towns) == 1:
        return towns[0]
    # a full name is of its time: 日喀则地区 is not yet the city
    known = [
        replace(divisions()[f.code], name=f.name) if f.kind == "full" else divisions()[f.code]
        for f in forms().get(name, ())
    ]
    for inside in (
        lambda p: p.parent == code,
        lambda p: _within(p, code),
        lambda p: p.parent is not None and p.parent == own.place.parent,
    ):
        fitting = [p for p in known if inside(p)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _within(place: Place, code: str) -> bool:
    at: str | None = place.parent
    while at is not None:
        if at == code:
            return True
        at = divisions()[at].parent if at in divisions() else None
    return False


def torn_division(name: str, own: Scope) -> Place | None:
    """The one division right below the report's own area whose name ends so, as a torn scan leaves it."""
    if len(name) < 2 or own.place is None:
        return None
    fitting = [
        p for p in _below(own.place.code) if any(f.endswith(name) for f in (p.name, *short_names(p.name)))
    ]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _below(code: str) -> tuple[Place, ...]:
    return children(code)


def is_area(name: str) -> bool:
    """Does a label that is no known division end as areas do (高新区)?"""
    return 2 < len(name) <= 12 and bool(_AREA_END.search(name))
