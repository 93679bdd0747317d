"""A thing of either graph, as far as it tells who it is, and what can be read in that before it is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from kg.graph import terms
from kg.graph.vocabulary import vocabulary
from kg.link import names
from kg.link.names import Kind, Name
from kg.tag import lexicon

LEVELS: Final = {
    word: level
    for level, words in {
        "country": "country 国家 pcli",
        "province": "province 省级行政区 省 自治区 直辖市 特别行政区 adm1",
        "city": "city prefecture 地级行政区 地级市 地区 自治州 盟 副省级市 副省级城市 adm2",
        "county": "county district 县级行政区 县级市 县 市辖区 自治县 旗 自治旗 区 林区 特区 adm3",
        "township": "township town subdistrict 乡级行政区 乡 镇 街道 民族乡 苏木 街道办事处 adm4",
    }.items()
    for word in words.split()
}
"""What says the level of a division, as words of label dumps and GeoNames' feature codes have it."""

CODE: Final = re.compile(r"[1-9]\d(?:\d\d){0,2}|[1-9]\d{8}|[1-9]\d{11}")
"""The code of a division, in each of its lengths."""


@dataclass(frozen=True, slots=True)
class Record:
    """A thing of either graph, as far as it tells who it is.

    ``labels``: its names, the first the one it goes by. ``type``: what it is, in words of its language or as the key of
    one of our types (``org-hospital``, ``city``), several separated by ``|``. ``region``: labels or codes of the divisions
    it lies in. ``code``: its GB/T 2260 code. All but the IRI may be empty.
    """

    iri: str
    labels: tuple[str, ...]
    type: str = ""
    region: tuple[str, ...] = ()
    code: str = ""

    @property
    def label(self) -> str:
        """The name it goes by; its IRI where it has none."""
        return self.labels[0] if self.labels else self.iri


@dataclass(frozen=True, slots=True)
class Understood:
    """A record with its names read.

    ``names``: each of its names with the divisions that the thing can lie in, taken from the name and from the record's
    region together. ``given`` are the codes of the record's own region. ``types``: levels of a place, types of an
    organisation; ``told`` whether the record says them itself.
    """

    record: Record
    names: tuple[tuple[Name, tuple[str, ...]], ...]
    given: tuple[str, ...]
    types: frozenset[str]
    told: bool


def understood(record: Record, kind: Kind) -> Understood:
    """A record of this kind with its names read."""
    given = _given(record.region) if kind != "indicator" and record.region else ()
    labels = dict.fromkeys(label for label in record.labels if label.strip())
    read = [name for name in dict.fromkeys(names.read(label, kind) for label in labels) if name.plain]
    if kind == "indicator":
        return Understood(
            record, tuple((name, ()) for name in read), (), frozenset(filter(None, [record.type])), True
        )
    if kind == "place":
        parts = record.type.lower().split("|")
        levels = frozenset(LEVELS[part] for part in parts if part in LEVELS) or _level(record.code)
        placed = tuple((name, _of_level(_meant(name, given, record.code), levels)) for name in read)
        return Understood(record, placed, given, levels, bool(levels))
    homes = tuple((name, _home(name, given)) for name in read)
    told = frozenset(sort for part in record.type.split("|") for sort in _sorts(part))
    sorts = told or frozenset(sort for name in read for sort in _sorts(name.rest))
    return Understood(record, homes, given, sorts, bool(told))


@lru_cache(maxsize=1 << 14)
def _given(region: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that a record's regions tell of together; many records of a dump lie in the same."""
    return names.regions(region)


def full_code(code: str) -> str:
    """A division's code in one length: 5301 and 530100000000 are 530100."""
    return next(iter(names.division(code)), code) if code.isdecimal() else code


def _level(code: str) -> frozenset[str]:
    """The level of the division with this code, if there is one."""
    found = lexicon.place(full_code(code)) if code else None
    return frozenset({found.level} if found is not None else ())


def _meant(name: Name, given: tuple[str, ...], code: str) -> tuple[str, ...]:
    """The divisions that a place's name can mean where it has this code, or lies in one of ``given``.

    A name that means none, being in another language, means that of the code. What a name means today comes first, then what
    it meant once (毕节市 in 毕节地区 is 七星关区).
    """
    once = tuple(form.code for form in names.forms().get(name.plain, ()))
    if CODE.fullmatch(code):
        own = full_code(code)
        return (own,) if own in name.codes or own in once or not name.codes else ()
    if not given:
        return name.codes
    inside = (
        tuple(c for c in meant if any(c != area and lexicon.within(c, area) for area in given))
        for meant in (name.codes, once)
    )
    return next(filter(None, inside), ())


def _of_level(codes: tuple[str, ...], levels: frozenset[str]) -> tuple[str, ...]:
    """Those of the divisions that are of one of these levels, where there are any; else all."""
    units = (lexicon.place(code) for code in codes) if len(codes) > 1 and levels else ()
    return tuple(unit.code for unit in units if unit is not None and unit.level in levels) or codes


def _home(name: Name, given: tuple[str, ...]) -> tuple[str, ...]:
    """The divisions that an organisation can lie in, by its name and by what its graph says together."""
    if not name.regions or not given:
        return name.regions or given
    return tuple(
        c for c in name.regions if any(lexicon.within(c, area) or lexicon.within(area, c) for area in given)
    )


@lru_cache(maxsize=1 << 14)
def _sorts(text: str) -> frozenset[str]:
    """The types of organisations that words say; a key of our own stands for itself."""
    if not text:
        return frozenset()
    key = NamedNode(terms.HA + text) if text.isascii() and text.replace("-", "").isalnum() else None
    sorts = vocabulary().sorts[terms.ORGANISATION_TYPES]
    if key is not None and key in sorts.broader:
        return frozenset({key.value})
    return frozenset(node.value for node in sorts.of(names.plain(text)))
