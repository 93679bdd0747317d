"""The divisions of China and the forms their names take, loaded once from ``seeds/vocabulary``.

Codes follow GB/T 2260 down to county and the statistical codes for townships. Short forms (昆明 for 昆明市, 寻甸县 for
寻甸回族彝族自治县) are made by rule, the exceptions by list. A division that was renamed or merged keeps its old name with
the code of today (襄樊市 is 420600).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from kg.model import Place
from kg.resources import data

FormKind = Literal["full", "short"]

NATIONALITIES = (
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
)
_NATION = "(?:(?:" + "|".join(sorted(NATIONALITIES, key=len, reverse=True)) + ")族?)"
_LONG_NATION = (
    "(?:" + "|".join(sorted(NATIONALITIES, key=len, reverse=True)) + ")族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_LONG_NATION})+(?:各族)?自治([州县旗])$")
_PLAIN = re.compile(r"^(.{2,}?)(?:市|县|区|旗|盟|地区|省|林区|特区|新区|镇|乡|街道|苏木)$")
_NATION_TOWNSHIP = re.compile(rf"^(.{{2,}}?){_NATION}+(?:民族)?乡$")


@dataclass(frozen=True, slots=True)
class Form:
    """What a surface form of a name can mean: a division by its code, and the full name it stands for.

    ``name`` differs from the name of the division today where the form is of an older name (襄樊 → 襄樊市).
    """

    code: str
    name: str
    kind: FormKind


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of ``seeds/vocabulary/{name}``, a CSV with a header."""
    with data("seeds", "vocabulary", name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def lines(name: str) -> Iterator[str]:
    """The lines of ``seeds/vocabulary/{name}`` without blank ones and comments (``#``)."""
    with data("seeds", "vocabulary", name).open(encoding="utf-8") as file:
        for line in file:
            text = line.strip()
            if text and not text.startswith("#"):
                yield text


@cache
def divisions() -> Mapping[str, Place]:
    """Every division down to county by its code."""
    found: dict[str, Place] = {}
    for source in ("divisions.csv", "divisions_overlay.csv"):
        for row in rows(source):
            level = cast(Literal["province", "city", "county"], row["level"])
            found[row["code"]] = Place(row["code"], row["name"], level, row["parent"] or None)
    return MappingProxyType(found)


@cache
def townships() -> Mapping[str, Place]:
    """Every town, township and subdistrict by its code of nine digits."""
    known, found = divisions(), {}
    for row in rows("divisions_townships.csv"):
        code = row["code"]
        parent = next((p for p in (code[:6], code[:4] + "00", code[:2] + "0000") if p in known), None)
        above = known[parent].name if parent else ""
        bare = row["name"].removeprefix(above)  # the list has 济源市邵原镇 for 邵原镇
        found[code] = Place(code, bare if len(bare) > 2 else row["name"], "township", parent)
    return MappingProxyType(found)


def place(code: str) -> Place | None:
    """The division with this code, a township too."""
    return divisions().get(code) or (townships().get(code) if len(code) == 9 else None)


def ancestors(code: str) -> tuple[Place, ...]:
    """The division itself and those above it, nearest first; empty for an unknown code."""
    chain, here = [], place(code)
    while here is not None:
        chain.append(here)
        here = divisions().get(here.parent) if here.parent else None
    return tuple(chain)


def within(code: str, area: str) -> bool:
    """Does the division lie in ``area`` (or is it the same)?"""
    return any(step.code == area for step in ancestors(code))


@cache
def children(code: str) -> tuple[Place, ...]:
    """The divisions directly below, by code; the townships of a county too."""
    below = [unit for unit in divisions().values() if unit.parent == code]
    return tuple(below) or tuple(unit for unit in townships().values() if unit.parent == code)


def short_names(name: str) -> tuple[str, ...]:
    """Short forms of a full name by rule, longest first; none where nothing can be left out.

    >>> short_names("寻甸回族彝族自治县")
    ('寻甸县', '寻甸')
    """
    match = _AUTONOMOUS.match(name)
    if match:
        return match[1] + match[2], match[1]
    match = _NATION_TOWNSHIP.match(name) or _PLAIN.match(name)
    if match and "自治" not in name:
        return (match[1],)
    return ()


@cache
def forms() -> Mapping[str, tuple[Form, ...]]:
    """Every surface form of a province, city or county, with what it can mean, higher levels first."""
    found: dict[str, list[Form]] = {}

    def add(surface: str, form: Form) -> None:
        known = found.setdefault(surface, [])
        if all(other.code != form.code for other in known):
            known.append(form)

    for unit in sorted(divisions().values(), key=lambda p: ("province", "city", "county").index(p.level)):
        add(unit.name, Form(unit.code, unit.name, "full"))
        for short in short_names(unit.name):
            add(short, Form(unit.code, unit.name, "short"))
        match = _AUTONOMOUS.match(unit.name)
        if match:  # 湘西自治州
            add(f"{match[1]}自治{match[2]}", Form(unit.code, unit.name, "short"))
    for row in rows("short_forms.csv"):
        for unit in by_name(row["name"], row["province"]):
            add(row["form"], Form(unit.code, unit.name, "short"))
    for row in rows("divisions_former.csv"):
        for unit in by_name(row["now"], row["province"])[:1]:
            if not by_name(row["name"], row["province"]):
                add(row["name"], Form(unit.code, row["name"], "full"))
                for short in short_names(row["name"]):
                    add(short, Form(unit.code, row["name"], "short"))
    return MappingProxyType({surface: tuple(known) for surface, known in found.items()})


@cache
def _named() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for unit in divisions().values():
        found.setdefault(unit.name, []).append(unit)
    return MappingProxyType({name: tuple(units) for name, units in found.items()})


def by_name(name: str, area: str | None = None) -> tuple[Place, ...]:
    """Divisions down to county with this full name; ``area`` is the name or code of a division they must lie in."""
    units = _named().get(name, ())
    if area is None:
        return units
    return tuple(u for u in units if any(area in (step.name, step.code) for step in ancestors(u.code)))


@cache
def township_forms() -> Mapping[str, tuple[str, ...]]:
    """Codes of the townships with a full name."""
    found: dict[str, list[str]] = {}
    for unit in townships().values():
        found.setdefault(unit.name, []).append(unit.code)
    return MappingProxyType({name: tuple(codes) for name, codes in found.items()})


@cache
def risky_forms() -> frozenset[str]:
    """Short forms that are ordinary words too (资源, 合作)."""
    return frozenset(lines("short_forms_risky.txt"))


@cache
def letter_forms() -> Mapping[str, str]:
    """Codes of the provinces by their abbreviations of one character (鄂)."""
    return MappingProxyType(
        {row["form"]: by_name(row["name"])[0].code for row in rows("short_forms_province.csv")}
    )


@cache
def regions() -> Mapping[str, tuple[str, str]]:
    """Canonical name and kind of regions, waters and countries a report may name, by surface form."""
    return MappingProxyType({row["form"]: (row["name"], row["kind"]) for row in rows("regions.csv")})


@cache
def shared_names() -> frozenset[str]:
    """Full names that divisions of several cities share (鼓楼区)."""
    return frozenset(name for name, units in _named().items() if len(units) > 1)


def full_name(unit: Place) -> str:
    """The name as a report would spell it out: a district has its city in front, a township its county.

    >>> full_name(divisions()["620102"])
    '兰州市城关区'
    """
    parent = divisions().get(unit.parent) if unit.parent else None
    if parent is None:
        return unit.name
    if unit.level == "township":
        return full_name(parent) + unit.name
    if unit.level == "county" and (unit.name.endswith("区") or unit.name in shared_names()):
        return parent.name + unit.name
    return unit.name
