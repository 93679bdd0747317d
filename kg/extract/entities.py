"""Whom a name stands for: the division an organisation lies in, and the authorities that speak for their area."""

from __future__ import annotations

import re

from kg.model import Entity, Place, Scope
from kg.tag.lexicon import divisions, forms

NATION = Entity("中国", "PLACE")
AUTHORITY = re.compile(
    r"(?:委员会|委|局|厅|政府|办公室|办|部|党组|党委|市委|县委|区委|省委|总工会|妇联|妇女联合会|红十字会|协会|学会|日报|晚报|新闻网|网|报社|电视台|出版社|法院|检察院|人大常委会|政协|国务院|指挥部|领导小组|工作组|联合会|基金会|大学|学院)$"
)


def home_of(name: str) -> Place | None:
    """The division whose full name opens an organisation's name (昆明市 of 昆明市第三人民医院)."""
    for length in range(min(len(name), 16), 1, -1):
        for form in forms().get(name[:length], ()):
            if form.kind == "full":
                place = divisions()[form.code]
                rest = home_of(name[length:])
                return rest if rest is not None and rest.parent == place.code else place
    return None


def place_entity(place: Place) -> Entity:
    """A division as a subject."""
    return Entity(place.name, "PLACE", place.code)


def area_of(entity: Entity, own: Scope) -> Place | None:
    """The division that an entity is or lies in: that of its name, else the report's own."""
    if entity == NATION:
        return None
    if entity.code:
        return divisions().get(entity.code, own.place)
    return home_of(entity.name) or own.place
