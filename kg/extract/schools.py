"""Short names of universities' hospitals: 南阳医专一附院 is 南阳医学高等专科学校第一附属医院.

A university goes by the first character of its name and what it is (济医, 哈医大, 郑大), a college of medicine by its place
too (南阳医专). Of several with one short name the one in the report's own province is meant; where none or several lie
there, the name stays as printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from kg.tag import lexicon

_KINDS = (
    ("医学高等专科学校", ("医专",)),
    ("中医药大学", ("中医药大", "中医大")),
    ("医科大学", ("医大", "医")),
    ("医药学院", ("医药", "医")),
    ("医学院", ("医",)),
    ("大学", ("大",)),
)
_SHORT = re.compile(
    r"(?P<school>[\u4e00-\u9fff]{2,5}?)(?P<college>医学院)?"
    r"(?:(?P<a>[一二三四五六])附院|附(?:属)?(?P<b>[一二三四五六])院|(?P<c>[一二三四五六])院|(?P<child>附儿院)|附院|附属医院)"
)
_LONGEST = 12


@cache
def _schools() -> Mapping[str, tuple[str, ...]]:
    """The universities that a short name can mean."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in lexicon.lines("universities.txt"):
        for ending, shorts in _KINDS:
            if name.endswith(ending):
                place = name.removesuffix(ending)
                fronts = {place[:1], place} if len(place) > 1 else set()
                for short in {front + short for front in fronts for short in shorts}:
                    found[short].append(name)
                break
    return MappingProxyType({short: tuple(names) for short, names in found.items()})


def _provinces(school: str) -> set[str]:
    """The codes of the provinces in which a university can lie by the place that opens its name."""
    forms = next((f for size in (4, 3, 2) if (f := lexicon.forms().get(school[:size]))), ())
    return {form.code[:2] for form in forms}


def hospital(name: str, province: str | None, known: Collection[str]) -> str | None:
    """The full name of a university's hospital by its short one; None where it is none or could be several.

    ``province`` is the first two digits of the report's own code; ``known`` are the names that the text has in full.
    """
    match = _SHORT.fullmatch(name) if len(name) <= _LONGEST else None
    schools = _schools().get(match["school"], ()) if match else ()
    if match is None or not schools:
        return None
    near = [school for school in schools if province in _provinces(school)]
    near = [school for school in near if any(full.startswith(school) for full in known)] or near
    if len({school[:2] for school in near}) == 1:  # 大连医学院 became 大连医科大学
        near = [max(near, key=lambda school: school.endswith("大学"))]
    if len(near) != 1 and (near or len(schools) != 1):
        return None
    school = (near or list(schools))[0] + (match["college"] or "")
    number = match["a"] or match["b"] or match["c"]
    if not number:
        return f"{school}附属{'儿童' if match['child'] else ''}医院"
    usual = f"{school}第{number}附属医院"
    others = (f"{school}附属第{number}医院", f"{school}第{number}医院")
    return next((full for full in (usual, *others) if full in known), usual)
