"""Who speaks where in a report (遂昌县副县长 某某：我县…; 【县人民医院负责人】我院…), and whom a section is about (◆市二院：…)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.entities import AUTHORITY, home_of, place_entity
from kg.extract.layout import Layout
from kg.model import Entity, Mention, Place

_OPENING = re.compile(r"[\s【]*")
_LABEL = re.compile(r"[^，。；：？！\d】]{0,14}[：】]")
_ROLE = re.compile(r"负责人|主任|局长|院长|书记|[省市县区州旗镇乡]长|发言人|主席|[站所队]长|委员|党组成员")
_ASKED = re.compile(r"[\s【]*(?:主持人?|记者|问|[\u4e00-\u9fff]{2,8}记者|提问|网友)[^，。；：]{0,10}[：】]")
_NEXT = re.compile(r"[\s【]*(?!答)[\u4e00-\u9fff \t]{1,14}[：】]")


_BULLET = re.compile(
    r"[\s◆■●▲★☆◎※【]*(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d{1,2}[.．、])?\s*"
)
_HEADED = re.compile(r"[：】]|——|\s*$")
_LONGEST = 40  # characters of a heading


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of text in which somebody speaks for a place or an organisation of their own, or that is about one."""

    start: int
    end: int
    entity: Entity


def find_turns(
    text: str, layout: Layout, mentions: Sequence[Mention], own: Place | None, default: Entity
) -> Iterator[Turn]:
    """The turns of those who do not speak for the report itself (``default``, of the place ``own``), in order.

    A turn is its paragraph; where somebody asks, it goes on until the next label.
    """
    paragraphs = layout.paragraphs()
    is_interview = any(_ASKED.match(text, first, last) for first, last in paragraphs)
    start, entity, goes_on = 0, default, False
    for first, last in paragraphs:
        named = _speaker(text, mentions, own, default, (first, last))
        if named is None and is_interview and goes_on and not _NEXT.match(text, first, last):
            continue
        if entity != default:
            yield Turn(start, first, entity)
        start, (entity, goes_on) = first, named or (default, False)
    if entity != default:
        yield Turn(start, len(text), entity)


def find_sections(text: str, layout: Layout, mentions: Sequence[Mention]) -> Iterator[Turn]:
    """The sections of a report on several institutions, each headed by the name of one; none where only one heads any."""
    heads = [(start, _headed(text, mentions, (start, end))) for start, end in _headings(text, layout)]
    if len({entity for _, entity in heads if entity is not None}) < 2:
        return
    ends = [start for start, _ in heads[1:]] + [len(text)]
    for (start, entity), end in zip(heads, ends, strict=True):
        if entity is not None:
            yield Turn(start, end, entity)


def _headings(text: str, layout: Layout) -> Iterator[tuple[int, int]]:
    """Lines that read like headings: short, no sentence, no row of a table."""
    for start, end in layout.paragraphs():
        line = text[start:end]
        if 2 < len(line.strip()) <= _LONGEST and line[-1] not in "。；，、" and "\t" not in line:
            yield start, end


def _headed(text: str, mentions: Sequence[Mention], line: tuple[int, int]) -> Entity | None:
    """The institution that a heading opens with, alone or before a colon."""
    opening = _BULLET.match(text, *line)
    at = opening.end() if opening else line[0]
    i = bisect_left(mentions, at, key=lambda m: m.start)
    if i == len(mentions) or mentions[i].start != at or mentions[i].label != "ORG":
        return None
    entity = mentions[i].entity
    if entity is None or AUTHORITY.search(entity.name):
        return None
    return entity if _HEADED.match(text, mentions[i].end, line[1]) else None


def _speaker(
    text: str, mentions: Sequence[Mention], own: Place | None, default: Entity, paragraph: tuple[int, int]
) -> tuple[Entity, bool] | None:
    """Whom a paragraph's label speaks for, and whether the label is a person's, who may go on in the next paragraphs."""
    first, last = paragraph
    opening = _OPENING.match(text, first, last)
    at = opening.end() if opening else first
    i = bisect_left(mentions, at, key=lambda m: m.start)
    if i == len(mentions) or mentions[i].start != at:
        return None
    label, entity = _LABEL.match(text, mentions[i].end, last), mentions[i].entity
    if label is None or entity is None:
        return None
    is_person = _ROLE.search(label[0]) is not None
    if is_person and entity.label == "ORG" and not AUTHORITY.search(entity.name):
        return entity, True
    home = home_of(entity.name)
    is_below = home is not None and own is not None and home.parent == own.code
    if home is not None and is_below and (is_person or entity.label == "ORG"):
        return place_entity(home), is_person
    return (default, True) if is_person else None
