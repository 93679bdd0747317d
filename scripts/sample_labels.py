"""A made label dump: organisations or places of another graph, with planted matches under noise and many that only look alike.

Names are built from the divisions in ``seeds/vocabulary`` and from kinds of bodies that each division has once, so that
it is known of any two whether they are one. What turns a name into another spelling of it is written down here by hand,
apart from the lists that linking itself reads, so that neither learns from the other. The same seed gives the same dump.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import opencc

from kg import corpus
from kg.link.record import Record
from kg.model import Place
from kg.tag import lexicon

OURS, THEIRS = "https://w3id.org/health-admin/id/made-", "https://example.org/made/"
NOISE = ("exact", "short", "traditional", "renamed", "written", "wrong")
SHARES = (10, 32, 20, 20, 15, 3)
"""Of a hundred planted labels: as ours; short; in Traditional characters; under an older name; in other marks, digits or with
more places in front; with a character that is wrong."""

NUMBERS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of organisation that a division has once: its name, the short ones, and those it had before."""

    name: str
    short: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    type: str = ""


HEALTH_SHORT, HEALTH_FORMER = ("卫健委", "卫生健康委"), ("卫生局", "卫生和计划生育委员会", "卫计委")
BODIES = {
    "city": (
        Body("卫生健康委员会", HEALTH_SHORT, HEALTH_FORMER, "政府部门"),
        Body("疾病预防控制中心", ("疾控中心", "疾控"), ("卫生防疫站", "防疫站")),
        Body("人民政府", ("政府",), (), "政府"),
        Body("医疗保障局", ("医保局",), (), "政府部门"),
        Body("卫生监督所", ("卫监所",), ()),
        Body("中心血站", (), ("血站",)),
        Body("急救中心", (), ("急救医疗中心",)),
        Body("妇幼保健院", ("妇幼院", "妇保院"), ("妇幼保健所",), "医院"),
        Body("中医医院", ("中医院",), (), "医院"),
        Body("中心医院", (), (), "医院"),
        Body("儿童医院", (), (), "医院"),
        Body("口腔医院", (), (), "医院"),
        Body("红十字会", ("红会",), ()),
        Body("精神卫生中心", ("精卫中心",), ("精神病医院",)),
        *(Body(f"第{n}人民医院", (f"{n}院", f"第{n}医院"), (), "医院") for n in NUMBERS[:6]),
    ),
    "county": (
        Body("卫生健康局", ("卫健局",), ("卫生局", "卫生和计划生育局", "卫计局"), "政府部门"),
        Body("疾病预防控制中心", ("疾控中心", "疾控"), ("卫生防疫站", "防疫站")),
        Body("人民政府", ("政府",), (), "政府"),
        Body("医疗保障局", ("医保局",), (), "政府部门"),
        Body("卫生监督所", ("卫监所",), ()),
        Body("人民医院", (), (), "医院"),
        Body("中医医院", ("中医院",), (), "医院"),
        Body("妇幼保健院", ("妇幼院", "妇保院"), ("妇幼保健所",), "医院"),
        Body("第二人民医院", ("二院", "第二医院"), (), "医院"),
        Body("红十字会", ("红会",), ()),
    ),
    "township": (Body("卫生院", (), ()),),
    "subdistrict": (Body("社区卫生服务中心", (), ()),),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A made thing: the division it is of (or is), what kind of body, its name in full, and who it is."""

    key: str
    place: Place
    body: Body | None
    name: str

    @property
    def region(self) -> tuple[str, ...]:
        """The divisions it lies in by name, the widest first; a place does not lie in itself."""
        steps = lexicon.ancestors(self.place.code)
        return tuple(step.name for step in reversed(steps if self.body else steps[1:]))


@dataclass(frozen=True, slots=True)
class Dump:
    """Our things, theirs, which are the same (ours → theirs) and by what noise, theirs → noise."""

    ours: tuple[Record, ...]
    theirs: tuple[Record, ...]
    same: dict[str, str]
    noise: dict[str, str]


def made(
    kind: str, *, ours: int = 10_000, theirs: int = 100_000, planted: int = 2_000, seed: int = 6
) -> Dump:
    """A dump of ``theirs`` labels, ``planted`` of them of the ``ours`` things that the graph has.

    Half of the other labels are homonyms or neighbours of ours, as far as there are any.
    """
    dice = random.Random(seed)
    universe = _places() if kind == "place" else [*_organisations(), *_of_corpus()]
    dice.shuffle(universe)
    own, rest = universe[:ours], universe[ours:]
    if kind == "place":  # places are few: ours are those down to county, theirs have the townships too
        own = [one for one in universe if one.place.level != "township"][:ours]
        known = set(own)
        rest = [one for one in universe if one not in known]
    chosen = dice.sample(own, min(planted, len(own)))
    same, noise, records = {}, {}, []
    for number, thing in enumerate(chosen):
        sort = dice.choices(NOISE, SHARES)[0]
        record = _noisy(thing, sort, dice, f"{THEIRS}p{number}")
        same[OURS + thing.key], noise[record.iri] = record.iri, sort
        records.append(record)
    names = {thing.name.removeprefix(thing.place.name) for thing in own}
    alike = [one for one in rest if one.name.removeprefix(one.place.name) in names]
    first = alike[: (theirs - len(records)) // 2]
    others = list(dict.fromkeys([*first, *rest]))
    for number, thing in enumerate(_endless(others, theirs - len(records), dice)):
        sort = dice.choices(("exact", "short", "traditional", "written"), (55, 20, 10, 15))[0]
        records.append(_noisy(thing, sort, dice, f"{THEIRS}n{number}"))
    dice.shuffle(records)
    graph = tuple(_ours(thing) for thing in own)
    return Dump(graph, tuple(records), same, noise)


def _ours(thing: Thing) -> Record:
    """A thing as our graph has it: an organisation by its name alone."""
    if thing.body is not None:
        return Record(OURS + thing.key, (thing.name,))
    above = tuple(step.code for step in lexicon.ancestors(thing.place.code)[1:])
    return Record(OURS + thing.key, (thing.name,), thing.place.level, above, thing.place.code)


def _endless(things: Sequence[Thing], number: int, dice: random.Random) -> Iterator[Thing]:
    """So many of the things, each again when they are used up."""
    for at in range(number):
        yield things[at] if at < len(things) else dice.choice(things)


def _places() -> list[Thing]:
    units = [*lexicon.divisions().values(), *lexicon.townships().values()]
    return [
        Thing(unit.code, unit, None, unit.name) for unit in units if unit.parent or unit.level == "province"
    ]


def _organisations() -> list[Thing]:
    found = []
    for unit in lexicon.divisions().values():
        for at, body in enumerate(BODIES.get(unit.level, ())):
            found.append(Thing(f"{unit.code}-{at}", unit, body, lexicon.full_name(unit) + body.name))
    for unit in lexicon.townships().values():
        if unit.name[-1] in "乡镇" or unit.name.endswith("街道"):
            body = BODIES["subdistrict" if unit.name.endswith("街道") else "township"][0]
            found.append(Thing(f"{unit.code}-0", unit, body, lexicon.full_name(unit) + body.name))
    return found


def _of_corpus() -> list[Thing]:
    """Organisations of the annotated corpus that are no body of `BODIES`: hospitals with a name, universities, societies."""
    known = {name for some in BODIES.values() for one in some for name in (one.name, *one.short, *one.former)}
    named = sorted(
        {m.names[0] for g in corpus.load() if g.split == "train" for m in g.names if m.label == "ORG"}
    )
    found = []
    for name in named:
        home = next(
            (unit for unit in lexicon.divisions().values() if name.startswith(lexicon.full_name(unit))), None
        )
        if (
            home is not None
            and not any(name.endswith(one) for one in known)
            and len(name) > len(home.name) + 3
        ):
            bare = name.removeprefix(lexicon.full_name(home))
            found.append(Thing(f"{home.code}-{bare.encode().hex()[:16]}", home, Body(bare), name))
    return list({thing.key: thing for thing in found}.values())


def _noisy(thing: Thing, sort: str, dice: random.Random, iri: str) -> Record:
    """A thing as another graph may have it. A name that leaves its place out has it as its region."""
    name, region = thing.name, thing.region
    if sort == "short":
        name, bare = _short(thing, dice)
        region = region if bare else _told(region, dice)
    elif sort == "renamed":
        name, region = _former(thing, dice), _told(region, dice)
    elif sort == "written":
        name, region = _written(thing, dice), _told(region, dice)
    elif sort == "wrong":
        at = dice.randrange(len(name))
        name = name[:at] + dice.choice("新大东安平华中") + name[at + 1 :]
    else:
        region = _told(region, dice)
    level = {"province": "省级行政区", "city": "地级行政区", "county": "县级行政区", "township": "乡级行政区"}
    said = thing.body.type if thing.body else level[thing.place.level]
    if thing.body is None and len(region) < len(thing.region):
        region = thing.region  # the region is all that tells places of one name apart
    record = Record(iri, (name,), said if dice.random() < 0.6 or thing.body is None else "", region)
    return _traditional(record) if sort == "traditional" else record


def _told(region: tuple[str, ...], dice: random.Random) -> tuple[str, ...]:
    """As much of the region as a dump tells: all of it, the province alone, nothing."""
    return dice.choices((region, region[:1], ()), (70, 20, 10))[0]


def _short(thing: Thing, dice: random.Random) -> tuple[str, bool]:
    """A short form, and whether it leaves the place out."""
    forms = lexicon.short_names(thing.place.name)
    if thing.body is None:
        return (dice.choice(forms) if forms and len(forms[0]) > 1 else thing.name), True
    body = dice.choice((thing.body.name, *thing.body.short, *thing.body.short))
    way = dice.randrange(4)
    if way == 0 and thing.place.level in ("city", "county"):
        return thing.place.name[-1] + body, True  # 市三院, with the city as its region
    if way == 1:
        return body, True
    if way == 2 and forms and thing.place.level == "city" and len(forms[0]) > 1:
        return forms[-1] + body, False
    return thing.name.removesuffix(thing.body.name) + body, False


def _former(thing: Thing, dice: random.Random) -> str:
    """The name under which the body, or its place, went before."""
    olds = _former_names().get(thing.place.code, ())
    if thing.body is None:
        return dice.choice(olds) if olds else thing.name
    place = thing.name.removesuffix(thing.body.name)
    if olds and place == thing.place.name:
        place = dice.choice(olds)
    return place + dice.choice(thing.body.former or (thing.body.name,))


def _former_names() -> dict[str, tuple[str, ...]]:
    if not _FORMER:
        for row in lexicon.rows("divisions_former.csv"):
            for unit in lexicon.by_name(row["now"], row["province"])[:1]:
                renamed = row["change"] in ("更名", "撤地设市") and not lexicon.by_name(
                    row["name"], row["province"]
                )
                if renamed:
                    _FORMER[unit.code] = (*_FORMER.get(unit.code, ()), row["name"])
    return _FORMER


_FORMER: dict[str, tuple[str, ...]] = {}


def _written(thing: Thing, dice: random.Random) -> str:
    """The same name with other marks, digits or more places in front."""
    name = thing.name
    way = dice.randrange(4)
    if way == 0:
        return name if name.startswith(thing.region[:1]) else "".join(thing.region[:1]) + name
    if way == 1:
        for at, character in enumerate(NUMBERS, 1):
            name = name.replace(f"第{character}人民", f"第{at}人民")
        return name
    if way == 2:
        place = thing.place.name
        return name.replace(place, f"{place} ", 1) if thing.body else f" {name} "
    return "".join("３" if c == "3" else c for c in name) + (
        "（" + thing.region[0] + "）" if thing.region else ""
    )


_CONVERTER = opencc.OpenCC("s2t")


def _traditional(record: Record) -> Record:
    return replace(
        record,
        labels=tuple(map(_CONVERTER.convert, record.labels)),
        region=tuple(map(_CONVERTER.convert, record.region)),
    )
