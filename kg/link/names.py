"""Names as they are compared: what a label of a place, an organisation or an indicator can stand for, spelt out.

A label comes in either script, in full or short (昆明三院), under an older name (襄樊市, 卫生局), with or without the divisions
above it (云南省昆明市…). ``read`` gives it one form: the divisions in front of the name by their codes, and the rest as
canonical names of kg spell it. The lists are those that reports are read with, in ``seeds/vocabulary``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, Literal, get_args

from kg.clean.script import simplified
from kg.extract import concepts
from kg.extract.names import spelt_head
from kg.graph import divisions
from kg.tag import lexicon
from kg.tag.lexicon import Form

Kind = Literal["place", "organisation", "indicator"]
KINDS: Final[tuple[str, ...]] = get_args(Kind)

_SILENT = re.compile(r"[\s“”‘’\"'「」『』《》、,，.·•()\[\]【】〔〕\-_/]+")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_NUMBER = re.compile(
    r"(?<![0-9〇零一二三四五六七八九十])第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?=附|人民|医院|中心|院|中医|妇幼|社区|临床|卫生|分院)"
)
_DEICTIC = re.compile(r"^(?:自治[区州县旗]|地区|[省市县区州旗盟])(?=[\u4e00-\u9fff]{2})")
_BARE = frozenset(
    {"", "医院", "卫生院", "诊所", "大学", "学院", "中心", "集团", "公司", "学校", "局", "委员会", "总医院"}
)
_UNITS: Final = frozenset("省市县区旗盟州")
_UNIT = re.compile(r"^[省市县区旗盟州](?=[一二三四五六七八九十\d第中人妇疾卫])")
_TOWNSHIP = re.compile(r".{2,14}(?:[乡镇]|街道|苏木)(?=.)")
_STATE = re.compile(r"^(?:中华人民共和国|中国(?=.{2,}(?:省|市|自治区)))")


@dataclass(frozen=True, slots=True)
class Name:
    """What a label can stand for.

    ``plain`` is the whole label in simplified characters without marks; ``rest`` what follows the divisions that it opens
    with, spelt out; ``office`` the same under every name that such a body has had (卫生局, 卫生健康委员会), else ``rest``.
    ``regions`` are the codes of the division that it opens with, several where its name is ambiguous, none where it
    opens with none; ``codes`` the divisions that a place's label itself can mean. ``former`` are those of ``codes`` that
    had this name once. ``absorbed`` is the name of a division that is part of another now, where the label opens with it.
    """

    plain: str
    rest: str
    office: str
    regions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    absorbed: str = ""


def plain(label: str) -> str:
    """The label in simplified half-width characters, lower case, without marks and blanks.

    >>> plain("臨汾市 第３人民醫院")
    '临汾市第3人民医院'
    """
    return _SILENT.sub("", simplified(unicodedata.normalize("NFKC", label)).lower())


@lru_cache(maxsize=1 << 14)
def read(label: str, kind: Kind) -> Name:
    """What a label stands for, as the name of a thing of this kind."""
    if kind != "indicator" and (bracket := _BRACKETED.search(unicodedata.normalize("NFKC", label).strip())):
        area = division(bracket[1])
        if area:  # 人民医院（南京）
            return _inside(read(label.strip()[: bracket.start()], kind), area)
    text = plain(label)
    if kind == "indicator":
        strict, loose, loosest = concepts.forms(text)
        return Name(strict, loose, loosest)
    text = _STATE.sub("", text) or text
    return _place(text) if kind == "place" else _organisation(text)


def regions(labels: Iterable[str]) -> tuple[str, ...]:
    """The codes of the narrowest division that labels or codes of divisions, each inside another, tell of together.

    >>> regions(["江苏省", "鼓楼区"])
    ('320106', '320302')
    """
    found: list[str] = []
    for label in labels:
        codes = division(label)
        narrower = [code for code in codes if not found or any(lexicon.within(code, one) for one in found)]
        found = (
            narrower or [one for one in found if any(lexicon.within(one, code) for code in codes)] or found
        )
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def division(label: str) -> tuple[str, ...]:
    """The codes that a label or a code of a division, of today or of old, can mean; none for anything else.

    >>> division("110228"), division("密云县")
    (('110118',), ('110118',))
    """
    digits = re.sub(r"(?<=^\d{6})0+$", "", label.strip())
    if digits.isdecimal():
        padded = digits.ljust(6, "0")
        return (padded,) if lexicon.place(padded) is not None else _former_codes().get(padded, ())
    return read(label, "place").codes


@cache
def forms() -> Mapping[str, tuple[Form, ...]]:
    """What a name of a division can mean: those that reports are read with, and every name that a code has stood for.

    The latter are not looked for in reports: of a label one knows that it is a name, and mostly which city it is in (大同市城区).
    """
    found = {surface: list(meant) for surface, meant in lexicon.forms().items()}
    for code, names in divisions.names().items():
        for old in names.former:
            meant = found.setdefault(old.name, [])
            if all(form.code != code for form in meant):
                meant.append(Form(code, old.name, "full"))
    return MappingProxyType({surface: tuple(meant) for surface, meant in found.items()})


@lru_cache(maxsize=1 << 14)
def office(rest: str) -> str:
    """The rest of an organisation's name under every name that such a body has had, by its head."""
    for head, name in _offices().items():
        if rest.endswith(head):
            return rest[: -len(head)] + name
    return rest


def _inside(name: Name, area: tuple[str, ...]) -> Name:
    """A name with what a bracket behind it says of where the thing lies."""

    def narrowed(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in codes if any(lexicon.within(code, one) for one in area)) or codes

    return replace(name, regions=narrowed(name.regions) or area, codes=narrowed(name.codes))


def _place(text: str) -> Name:
    codes: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    end = 0
    for start, stop, found in _chain(text):
        end, above = stop, codes if start else ()
        codes = tuple(code for code, _ in found)
        former = tuple(code for code, once in found if once)
    rest = text[end:]
    if rest and codes:  # what follows is a township, or something that is no division
        named = lexicon.township_forms().get(rest, ())
        below = tuple(code for code in named if any(lexicon.within(code, one) for one in codes))
        if below or text not in lexicon.township_forms():  # 红旗镇 is no place in 红旗区
            return Name(text, rest, rest, codes, below)
        codes = ()
    if not codes:
        return Name(text, text, text, (), lexicon.township_forms().get(text, ()))
    names = {unit.name for code in codes if (unit := lexicon.place(code))}
    rest = names.pop() if len(names) == 1 else text
    return Name(text, rest, rest, above, codes, former)


def _organisation(text: str) -> Name:
    known = _known().get(text)
    if known:
        text = known
    codes, end, absorbed = _anchor(text)
    rest = text[end:]
    if not end:
        rest = _DEICTIC.sub("", rest)
    elif codes:
        rest = _UNIT.sub("", rest)
    rest = _spelt(rest)
    return Name(text, rest, office(rest), codes, absorbed=absorbed)


def _anchor(text: str) -> tuple[tuple[str, ...], int, str]:
    """The codes of the divisions that an organisation's name opens with, a township among them, and where they end.

    Last the name among them of one that is part of another now, or nothing.
    """
    codes: tuple[str, ...] = ()
    end, absorbed = 0, ""
    for start, stop, found in _chain(text):
        if (text[stop:] in _BARE and text[stop - 1] not in _UNITS) or (
            not start and _is_no_place(text, text[:stop])
        ):
            break
        codes, end = tuple(code for code, _ in found), stop
        absorbed = next((once for code, once in found if (code, once) in _joined()), "")
    township = _TOWNSHIP.match(text, end)
    if township:
        for stop in range(township.end(), end + 1, -1):
            named = lexicon.township_forms().get(text[end:stop], ())
            inside = tuple(c for c in named if not codes or any(lexicon.within(c, one) for one in codes))
            if inside:
                return inside, stop, absorbed
    return codes, end, absorbed


def _is_no_place(text: str, opening: str) -> bool:
    """Whether a name opens with a school (中山大学附属第一医院) or with a word that is a short form too (解放军…)."""
    return opening in lexicon.risky_forms() or (
        opening[-1] not in "省市县区旗盟州"
        and any(text.startswith(name) for name in _schools().get(opening[:2], ()))
    )


@lru_cache(maxsize=1 << 14)
def _spelt(rest: str) -> str:
    """An organisation's name without its place, its head and its number spelt out."""
    if rest.startswith("政府"):
        rest = "人民" + rest
    rest = _NUMBER.sub(lambda match: f"第{_numeral(match[1])}", rest)
    bare = rest.removeprefix("第")
    short = spelt_head(bare)
    if short != bare and bare[:1] in "一二三四五六七八九十":
        return short
    return spelt_head(rest)


def _numeral(digits: str) -> str:
    if not digits.isdecimal() or not digits.isascii():
        return digits
    value = int(digits)
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else str(tens).translate(_DIGITS) + "十"
    return head + (str(ones).translate(_DIGITS) if ones or not tens else "")


_LONGEST: Final = 16
_TOWNS: Final = ("镇", "乡", "街道", "苏木")


_Step = tuple[int, int, list[tuple[str, str]]]
"""A division that a text opens with: its span, and the codes that it can mean, each with the former name that it has there."""


def _chain(text: str) -> list[_Step]:
    """The divisions that a text opens with, each inside the one before."""
    steps: list[_Step] = []
    at = 0
    while at < len(text):
        step = _step(text, at, [code for code, _ in steps[-1][2]] if steps else [])
        if step is None:
            break
        steps.append(step)
        at = step[1]
    return steps


def _step(text: str, at: int, above: list[str]) -> _Step | None:
    known = forms()
    for end in range(min(len(text), at + _LONGEST), at + 1, -1):
        if text[end - 1] not in _UNITS and text.startswith(_TOWNS, end):
            continue  # 红旗镇 does not open with 红旗区
        found = [
            (form.code, form.name if form.name != lexicon.divisions()[form.code].name else "")
            for form in known.get(text[at:end], ())
            if not above or (form.code not in above and any(lexicon.within(form.code, one) for one in above))
        ]
        if found:  # 大同 is 大同市, though 大同县 was one too
            today = [one for one in found if not one[1]]
            return at, end, today or found
    return None


@cache
def _former_codes() -> Mapping[str, tuple[str, ...]]:
    """The divisions of today that a code of old stood for."""
    found: dict[str, dict[str, None]] = {}
    for code, names in divisions.names().items():
        for old in names.former:
            found.setdefault(old.code, {})[code] = None
    return MappingProxyType({code: tuple(now) for code, now in found.items()})


@cache
def _joined() -> frozenset[tuple[str, str]]:
    """The divisions that are part of another now: its code, and what they were called."""
    told = {
        (unit.code, row["name"])
        for row in lexicon.rows("divisions_former.csv")
        if row["change"].startswith("并入")
        for unit in lexicon.by_name(row["now"], row["province"])
    }
    listed = lexicon.rows("division_codes_checked.csv")
    return frozenset(told | {(row["now"], row["name"]) for row in listed if row["change"] == "并入"})


@cache
def _offices() -> Mapping[str, str]:
    found = {row["head"]: row["office"] for row in lexicon.rows("organisation_renamed.csv")}
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: -len(item[0]))))


@cache
def _schools() -> Mapping[str, tuple[str, ...]]:
    """The names of universities by their first two characters."""
    found: dict[str, list[str]] = {}
    for name in lexicon.lines("universities.txt"):
        found.setdefault(name[:2], []).append(name)
    return MappingProxyType({opening: tuple(names) for opening, names in found.items()})


@cache
def _known() -> Mapping[str, str]:
    return MappingProxyType(
        {plain(row["form"]): plain(row["name"]) for row in lexicon.rows("organisations_known.csv")}
    )
