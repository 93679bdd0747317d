"""Mentions to entities: the canonical full name of each, resolved by the report's scope and the rest of the document.

Canonical names follow docs/annotation.md §2 and §4: full administrative names; an organisation has its place in front, a
township's its county too; 市 and 县 become the report's own; short heads are spelt out (卫健委, 疾控中心).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from kg.extract import schools
from kg.extract.scope import area, chain
from kg.model import Entity, Mention, Place, Scope, Tagged
from kg.tag import lexicon
from kg.tag.gazetteer import hits
from kg.tag.organisation_anchor import DEICTIC, ZONE
from kg.tag.organisation_shapes import aliases

_MARKS = str.maketrans("", "", "“”‘’《》「」『』\n ")
_NUMBERED = re.compile(r"^([一二三四五六七八九十])(附)?(?:医院|院|医)(?P<part>[\u4e00-\u9fff]{1,6}院区)?$")
_LEADING_AREA = re.compile(
    r"^(?:[全我本该])?(自治区|自治州|自治县|自治旗|地区|[省市县区州旗盟]|[镇乡](?=党委|政府|中心卫生院))"
)
_GOVERNMENT = re.compile(
    r"(?:委|局|厅|政府|人大|政协|办|办公室|委员会|中心血站|血站|疾控|疾控中心|疾病预防控制中心|纪委|监委|(?<!学)部|监督所|医疗队)$"
)
_POLICE = re.compile(r"公安局?([\u4e00-\u9fff]{2,3})分局|([\u4e00-\u9fff]{2,3})公安分局")
_SHORT = ("org-free", "org-ordinal", "org-campus")
_CAMPUS = re.compile(r"院区$|分院$")
_HAS_CAMPUS = re.compile(r"(?<!分)[医总]院$|保健院$|中心$")
_OF_COUNTY = re.compile(r"(?:卫生健康|卫健|卫生|卫计|教育|教体|民政|财政|人社|公安)局")  # a 自治区 has none
_PARTY = re.compile(
    r"^(.+?[省市县区州旗盟])委(宣传部|组织部|统战部|政法委|网信办|党校|办公室|编办|老干部局)?$"
)


@cache
def _short_heads() -> Mapping[str, str]:
    found = {
        row["head"]: row["name"]
        for row in lexicon.rows("organisation_heads.csv")
        if row["name"] != row["head"]
    }
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: -len(item[0]))))


@cache
def _known(name: str) -> Mapping[str, str]:
    return MappingProxyType({row["form"]: row["name"] for row in lexicon.rows(name)})


class _Namer:
    """Names the mentions of one document."""

    def __init__(self, tagged: Tagged, scope: Scope) -> None:
        self.text = tagged.clean.text
        self.scope = scope
        self.steps = chain(scope.place)
        self.places = [m for m in tagged.mentions if m.label == "PLACE"]
        self.own = {step.code for step in self.steps}
        self.printed = {m.text for m in tagged.mentions if m.label == "ORG"}

    def nearest(self, codes: Sequence[str]) -> str | None:
        """The reading of an ambiguous name that lies nearest to the report's place."""

        def distance(code: str) -> int:
            above = [step.code for step in lexicon.ancestors(code)]
            if code in self.own:
                return 0
            return next((i + 1 for i, step in enumerate(self.steps) if step.code in above), 99)

        return min(codes, key=distance) if codes else None

    def place(self, mention: Mention) -> Entity:
        """A division by its full name; a chain of divisions by their full names one after another."""
        surface = mention.text
        region = lexicon.regions().get(surface)
        if mention.rule == "place-station":
            return Entity(surface, "PLACE")
        if region and not mention.codes:
            return Entity(region[0], "PLACE")
        code = self.nearest(mention.codes)
        if mention.rule == "place-village" and not any(unit in surface for unit in "镇乡旗县区"):
            return Entity(self.town_before(mention.start) + surface, "PLACE")
        if len(surface) == 1 and code:
            return Entity(lexicon.divisions()[code].name, "PLACE", code)
        unit = lexicon.place(code) if code and mention.rule == "place-cut" else None
        name = self.in_front(unit.name, unit) if unit else self.spelt(surface, code)
        return Entity(name, "PLACE", code)

    def spelt(self, surface: str, code: str | None) -> str:
        """A place name, short forms spelt out, part by part."""
        unit = lexicon.place(code) if code else None
        if unit is not None:
            then = self.then(surface, unit)
            if then is not None:
                return self.in_front(then, unit)
        parts, at = [], 0
        for start, end, codes in _parts(surface):
            parts.append(surface[at:start])
            part = lexicon.place(self.nearest(self.above(codes, code)) or "")
            parts.append((self.then(surface[start:end], part) if part else None) or surface[start:end])
            at = end
        return "".join([*parts, surface[at:]])

    def above(self, codes: Sequence[str], code: str | None) -> Sequence[str]:
        """Of the readings of a part of a chain those that hold the whole, if any do."""
        chosen = [c for c in codes if code and lexicon.within(code, c)]
        return chosen or codes

    def then(self, surface: str, unit: Place) -> str | None:
        """The full name that ``surface`` stands for when it means ``unit``; None when it is not one of its forms."""
        for form in lexicon.forms().get(surface, ()):
            if form.code == unit.code:
                return self.of_the_time(form.name, unit) if surface != form.name else form.name
        if unit.level == "township" and (surface == unit.name or surface in lexicon.short_names(unit.name)):
            return unit.name
        return None

    def of_the_time(self, name: str, unit: Place) -> str:
        """The name that the text gives a prefecture in full (那曲地区), where it does not know the city of today."""
        former = name.removesuffix("市") + "地区"
        known = any(form.code == unit.code for form in lexicon.forms().get(former, ()))
        return former if known and former in self.text and name not in self.text else name

    def in_front(self, name: str, unit: Place) -> str:
        """The name with its city in front where several cities share it."""
        parent = lexicon.divisions().get(unit.parent) if unit.parent else None
        if parent is not None and unit.level == "county" and name in lexicon.shared_names():
            return parent.name + name
        return name

    def organisation(self, mention: Mention) -> str:
        """The canonical name of an organisation."""
        name = mention.text.translate(_MARKS)
        known = _known("organisations_known.csv").get(name)
        if known:
            return known
        league = re.match(r"团([省市县区州旗])委$", name)
        if league:
            found = area(league[1], self.scope)
            return f"共青团{self.official(found)}委员会" if found else name
        police = _POLICE.fullmatch(name)
        if police:
            return self.police(police[1] or police[2]) or name
        if name[-1] == "院" and name[0] not in DEICTIC:
            own = self.scope.place.code[:2] if self.scope.place else None
            attached = schools.hospital(name, own, self.printed)
            if attached:
                return attached
        area_name, rest = self.anchor(name.removeprefix("中共"), mention.start)
        rest = spelt_head(rest)
        if area_name:
            party = _PARTY.match(area_name + rest)
            if party and rest.startswith("委"):
                return f"中共{party[1]}委员会{party[2] or ''}"
            if rest == "党委":
                return f"中共{area_name}委员会"
            if rest == "政协":
                return f"中国人民政治协商会议{area_name}委员会"
            if rest.startswith("政府"):
                rest = "人民" + rest
            if re.fullmatch(r"(?:.{1,4}届)?人大", rest):
                rest = "人民代表大会"
            is_of_county = (
                name[0] in "县旗" and name == f"{name[0]}医院" and area_name + name[1:] not in self.text
            )
            if rest == "医院" and (is_of_county or f"{area_name[-1]}人民医院" in self.text):
                rest = "人民医院"
        return area_name + rest

    def police(self, surface: str) -> str | None:
        """A district's branch of its city's police (公安奉贤分局) by its full name."""
        for form in lexicon.forms().get(surface, ()):
            parent = lexicon.place(lexicon.divisions()[form.code].parent or "")
            if form.name.endswith("区") and parent is not None:
                return f"{parent.name}公安局{surface}分局"
        return None

    def anchor(self, name: str, at: int) -> tuple[str, str]:
        """The place in front of a name at ``at``, spelt out in full, and the rest; an empty place where it has none."""
        deictic = _LEADING_AREA.match(name)
        if deictic:
            found = area(deictic[1], self.scope)
            if found is None or (found.level == "province" and _OF_COUNTY.match(name, deictic.end())):
                found = self.brought_up(deictic[1], at) or found or self.implied(deictic[1])
            if deictic[1] == "地区":
                found = found or next((step for step in self.steps if step.level == "city"), None)
                return (self.of_the_time(found.name, found), name[2:]) if found else ("", name)
            return (self.official(found), name[deictic.end() :]) if found else ("", name)
        end = 0
        steps: list[tuple[str, str]] = []
        for start, stop, codes in _parts(name):
            inner = [c for c in codes if not steps or (c != steps[-1][1] and lexicon.within(c, steps[-1][1]))]
            if start != end or not inner:
                break
            steps.append((name[start:stop], self.nearest(inner) or inner[0]))
            end = stop
        spelt = [(surface, self.spelt_part(surface, code)) for surface, code in steps]
        return self.joined(spelt, [code for _, code in steps], name[end:]), name[end:]

    def brought_up(self, unit: str, at: int) -> Place | None:
        """The last division of this kind (县, 省) that the text names before ``at``, where the report has none of its own."""
        for mention in reversed(self.places):
            found = lexicon.place(self.nearest(mention.codes) or "") if mention.start < at else None
            if found is not None and found.name.endswith(unit):
                return found
        return None

    def town_before(self, at: int) -> str:
        """The full name of the report's own town, else of the last one that the text names before ``at``, or nothing."""
        if self.scope.place is not None and self.scope.place.level == "township":
            return self.official(self.scope.place)
        for mention in reversed(self.places):
            found = lexicon.place(self.nearest(mention.codes) or "") if mention.start < at else None
            if found is not None:
                return self.official(found) if found.level == "township" else ""
        return ""

    def implied(self, unit: str) -> Place | None:
        """The one division of this kind (市, 省) that most of the places a text names lie in; None where none has most."""
        counted: Counter[str] = Counter()
        for mention in self.places:
            steps = lexicon.ancestors(self.nearest(mention.codes) or "")
            counted.update(step.code for step in steps if step.name.endswith(unit))
        best = counted.most_common(1)
        is_clear = best and best[0][1] * 2 > sum(counted.values())
        return lexicon.place(best[0][0]) if is_clear else None

    def spelt_part(self, surface: str, code: str) -> str:
        """One place name in front of an organisation's, in full."""
        unit = lexicon.place(code)
        return (self.then(surface, unit) if unit else None) or surface

    def joined(self, parts: Sequence[tuple[str, str]], codes: Sequence[str], rest: str) -> str:
        """The places in front of an organisation's name: one by its official name, several one after another.

        A short form without 市 or 县 stays in a hospital's or school's name (湛江中心人民医院), not in an authority's.
        """
        if not parts:
            return ""
        surface, full = parts[-1]
        unit = lexicon.place(codes[-1])
        if unit is None:
            return "".join(name for _, name in parts)
        if len(parts) > 1:
            is_town = unit.level == "township" and codes[-2] == unit.parent
            return self.official(unit) if is_town else "".join(name for _, name in parts)
        is_bare = surface != full and surface[-1] != full[-1]
        if is_bare and not _GOVERNMENT.search(rest):
            return surface
        return self.official(replace(unit, name=full))

    def official(self, unit: Place) -> str:
        """The name of a division in front of an organisation's: a district has its city, a township its county."""
        parent = lexicon.divisions().get(unit.parent) if unit.parent else None
        if parent is None:
            return unit.name
        if unit.level == "township":
            return self.official(parent) + unit.name
        if unit.level == "county" and (unit.name[-1] == "区" or unit.name in lexicon.shared_names()):
            return parent.name + unit.name
        return unit.name

    def programme(self, mention: Mention, organisations: Mapping[str, str]) -> str:
        """The canonical name of a programme: marks around it gone, 全市 and 市 spelt out."""
        surface = mention.text
        if surface.startswith("《"):
            return surface[1:].replace("》", "", 1)
        name = re.sub(r"[“”‘’「」『』\n]", "", surface)
        known = _known("programmes_known.csv").get(name)
        if known:
            return known
        for short in sorted(organisations, key=len, reverse=True):
            if name.startswith(short):
                return organisations[short] + name[len(short) :]
        leading = re.match(
            r"(?:全|我|本)([省市县区州旗])|([省市县区州旗])(?=卫|人民|中|第|疾|妇|医|区|高|科|自然|文明|先进|优秀|名|重点|五一)",
            name,
        )
        if leading:
            found = area(leading[1] or leading[2], self.scope)
            if found is not None:
                return found.name + name[leading.end() :]
        return name


def _parts(surface: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The longest place names in a string, without overlap, in order, with the codes each can mean."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for hit in sorted(hits(surface), key=lambda h: (h.start - h.end, h.start)):
        if hit.forms and all(hit.end <= a or hit.start >= b for a, b, _ in found):
            found.append((hit.start, hit.end, tuple(form.code for form in hit.forms)))
    return sorted(found)


def spelt_head(rest: str) -> str:
    """The rest of an organisation's name with a short head spelt out."""
    numbered = _NUMBERED.match(rest)
    if numbered:
        return f"第{numbered[1]}{'附属医院' if numbered[2] else '人民医院'}{numbered['part'] or ''}"
    for short, full in _short_heads().items():
        at = rest.rfind(short)
        if at >= 0 and full not in rest and (at + len(short) == len(rest) or short not in ("疾控", "妇幼")):
            return rest[:at] + full + rest[at + len(short) :]
    return rest


def resolve(tagged: Tagged, scope: Scope) -> list[Mention]:
    """Every mention with its ``entity``, in order.

    A short free name (中山医院) takes the long one that ends in it where the document has one (厦门大学附属中山医院), a zone's
    the report's city in front; a short name that the document gives itself (以下简称) takes the name it stands for.
    """
    namer = _Namer(tagged, scope)
    organisations = _named_organisations(tagged, namer)
    _lengthen(organisations, tagged, namer)
    resolved = []
    for mention in tagged.mentions:
        if mention.label == "PLACE":
            entity = namer.place(mention)
        elif mention.label == "ORG":
            entity = Entity(organisations[mention.text], "ORG")
        else:
            entity = Entity(namer.programme(mention, organisations), "PROGRAMME")
        resolved.append(replace(mention, entity=entity))
    return resolved


def _named_organisations(tagged: Tagged, namer: _Namer) -> dict[str, str]:
    """The canonical name of each organisation by its text, read on its own or beside the one it is coordinated with."""
    organisations: dict[str, str] = {}
    last = ""
    for mention in tagged.mentions:
        if mention.label != "ORG":
            continue
        if mention.rule == "org-coordinated":
            name = namer.anchor(last, mention.start)[0] + spelt_head(mention.text)
        else:
            name, last = namer.organisation(mention), mention.text
        organisations.setdefault(mention.text, name)
    ending = {m.end: m.text for m in tagged.mentions if m.label == "ORG"}
    for end, alias in aliases(tagged.clean.text):
        if end in ending:
            full = organisations[ending[end]]
            organisations |= {text: full for text in organisations if text.strip("“”") == alias}
    return organisations


def _lengthen(organisations: dict[str, str], tagged: Tagged, namer: _Namer) -> None:
    """Give short free names the long ones of the document, or the report's own place."""
    longest = set(organisations.values())
    own = next((step for step in namer.steps if step.level in ("county", "city")), None)
    institution = namer.scope.organisation or ""
    done: set[str] = set()
    for mention in tagged.mentions:
        is_zone = ZONE.match(mention.text) is not None
        is_short = mention.rule in _SHORT or mention.text.startswith("附属") or is_zone
        if mention.text in done:
            continue
        done.add(mention.text)
        if mention.label == "ORG" and mention.rule == "org-town" and own is not None:
            organisations[mention.text] = namer.official(own) + organisations[mention.text]
        if mention.label != "ORG" or not is_short:
            continue
        name = organisations[mention.text]
        longer = [other for other in longest if other.endswith(name) and other != name]
        if longer:
            organisations[mention.text] = min(longer, key=lambda other: (len(other), other))
        elif mention.rule == "org-campus" and _CAMPUS.search(name) and _HAS_CAMPUS.search(institution):
            organisations[mention.text] = institution + name
        elif own is not None and is_zone and name[0] not in DEICTIC:
            front, zone = namer.official(own), namer.scope.zone or ""
            named = ZONE.match(name)
            if named and zone.endswith(named[0]):
                front, name = zone, name[named.end() :]
            organisations[mention.text] = name if name.startswith(front) else front + name
