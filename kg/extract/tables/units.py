"""Units as headings and labels print them: ``（万人次）``, ``/人``, ``（1/10万）``, ``增幅%``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.tag.numerals import MULTIPLIERS
from kg.tag.quantities import units


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit and what a bare number under it is multiplied by."""

    unit: str
    factor: Decimal = Decimal(1)


_RATIO = re.compile(r"1?/\s?(?P<base>10万|十万|100000|100万|百万|1000|千|10000|1万|万)")
_BASES = {"十万": "10万", "100000": "10万", "百万": "100万", "10000": "万", "1万": "万"}
_SCALED = re.compile(r"(?P<factor>万亿|千万|百万|十万|亿|万|千|百)?(?P<unit>.*)")
_PER = re.compile(
    r"(?P<unit>[^/]+)/(?P<per>千人口?|万人口?|10万人?|百人|日|天|年|月|人|例|次|人次|床|床日|户|人日|所|个)"
)
_BRACKET = re.compile(r"[（(\[【](?:单位[:：]?)?(?P<unit>[^（）()\[\]【】]{1,12})(?:[）)\]】]|$)")
_SLASH = re.compile(r"(?<=[^\d/])/(?P<unit>[^/（）]{1,6}|1/10万)$")
_TAIL = re.compile(r"[（(]?[±+]?(?P<unit>[%‰])$")
_TITLE_END = re.compile(r"^[^。；，]{4,}[（(](?P<unit>[^（）()]{1,6})[）)]$")
_BLOOD = re.compile(r"血|红细胞|血浆|血小板")
_PERSONS = re.compile(r"人次数?$")
_TITLE = re.compile(r"(?:计量)?单位[:：]\s?(?P<unit>[^\s（）()，；。]{1,10})")


def parse(text: str) -> Measure | None:
    """The measure a unit's text names; None where it names none or several.

    >>> parse("万人次")
    Measure(unit='人次', factor=Decimal('10000'))
    """
    text = text.strip().removeprefix("±").removeprefix("单位：").removesuffix("）").strip()
    ratio = _RATIO.fullmatch(text)
    if ratio:
        return Measure("/" + _BASES.get(ratio["base"], ratio["base"]))
    known = units()
    scaled = _SCALED.fullmatch(text)
    if scaled and scaled["factor"] and scaled["unit"] in known:
        return Measure(known[scaled["unit"]].name, Decimal(MULTIPLIERS[scaled["factor"]]))
    if text in known and text != "单位":
        return Measure(known[text].name)
    per = _PER.fullmatch(text)
    base = parse(per["unit"]) if per else None
    if per and base:
        return Measure(f"{base.unit}/{per['per']}", base.factor)
    return None


def split(text: str) -> tuple[str, Measure | None]:
    """A label without its unit, and the unit.

    >>> split("床位数/张")
    ('床位数', Measure(unit='张', factor=Decimal('1')))
    """
    found: Measure | None = None
    for pattern in (_SLASH, _TAIL):
        tail = pattern.search(text)
        measure = parse(tail["unit"]) if tail else None
        if tail and measure is not None and tail.start():
            text, found = text[: tail.start()].strip(), measure
            break
    for match in reversed(list(_BRACKET.finditer(text))):
        of_blood = match["unit"] == "单位" and _BLOOD.search(text[: match.start()])
        measure = Measure("单位") if of_blood else parse(match["unit"])
        if measure is not None:
            text = (text[: match.start()] + text[match.end() :]).strip()
            found = found or measure
            return text, replace(found, unit="人次") if _PERSONS.search(
                text
            ) and found.unit == "次" else found
    return text.strip(), found


def of_caption(text: str) -> Measure | None:
    """The unit that a line over a table gives all its figures (单位：万人)."""
    match = _TITLE.search(text) or _TITLE_END.search(text)
    return parse(match["unit"]) if match else None


_IMPLIED = (
    (re.compile(r"(?:人次|人次数)$"), "人次"),
    (re.compile(r"(?:床位|床位数|病床数|床数)$"), "张"),
    (re.compile(r"(?:发病|病例|确诊|感染者|发病例|治愈|治愈出院)数?$"), "例"),
    (re.compile(r"(?:人数|人口|人口数|死亡数?|医师|医生|护士|人员|药师|技师|职工)数?$"), "人"),
    (re.compile(r"(?:机构|医院|卫生院|卫生室|诊所|服务中心|服务站|门诊部)(?:数|个数|总数)?$"), "个"),
)
_NAMED = re.compile(r"(?P<unit>(?:户|家|台|剂|例|场|车|批|件|项)次)数?$|(?P<counted>[例件户场台次])数$")


def implied(indicator: str) -> Measure | None:
    """The unit that the counted thing has where none is printed; None where it could be several."""
    if indicator.endswith(("率", "比", "重")):
        return None
    told = next((Measure(unit) for pattern, unit in _IMPLIED if pattern.search(indicator)), None)
    named = _NAMED.search(indicator)
    return told or (Measure(named["unit"] or named["counted"]) if named else None)
