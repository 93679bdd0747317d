"""What divisions are called and coded beside their names of today."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import reading

from kg.clean.script import simplified
from kg.config import BASE
from kg.graph import divisions, terms
from kg.graph.entities import describe_place
from kg.graph.mapper import to_quads
from kg.graph.query import Answer, load, run
from kg.graph.store import GraphStore
from kg.graph.validate import validator
from kg.link import names as linked
from kg.model import Entity, Period, Reading
from kg.tag import lexicon

PINYIN = re.compile(r"[A-ZĀÁǍÀĒÉĚÈŌÓǑÒǕǗǙǛÜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü']*")


def named(name: str, area: str | None = None) -> divisions.Names:
    (unit,) = lexicon.by_name(name, area)
    return divisions.names()[unit.code]


def test_every_division_has_its_names() -> None:
    assert set(divisions.names()) == set(lexicon.divisions())
    for code, names in divisions.names().items():
        unit = lexicon.divisions()[code]
        assert simplified(names.traditional) == unit.name
        assert all(PINYIN.fullmatch(word) for word in names.pinyin.split(" ")), names.pinyin
        assert names.since == "" or "1983" <= names.since <= "2024"
        assert unit.name not in names.short
        if unit.level == "province":
            assert names.english


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("重庆市", "Chóngqìng Shì"),
        ("六安市", "Lù'ān Shì"),
        ("蚌埠市", "Bèngbù Shì"),
        ("亳州市", "Bózhōu Shì"),
        ("丽水市", "Líshuǐ Shì"),
        ("莘县", "Shēnxiàn"),
        ("单县", "Shànxiàn"),
        ("长子县", "Zhǎngzǐ Xiàn"),
        ("长治市", "Chángzhì Shì"),
        ("西安市", "Xī'ān Shì"),
        ("六盘水市", "Liùpánshuǐ Shì"),  # no 水族
        ("万柏林区", "Wànbǎilín Qū"),  # no 林区
        ("漯河市", "Luòhé Shì"),
        ("寻甸回族彝族自治县", "Xúndiàn Huízú Yízú Zìzhìxiàn"),
        ("科尔沁左翼中旗", "Kē'ěrqìn Zuǒyì Zhōngqí"),
        ("内蒙古自治区", "Nèi Měnggǔ Zìzhìqū"),
    ],
)
def test_readings_of_names_with_several(name: str, pinyin: str) -> None:
    assert named(name).pinyin == pinyin


@pytest.mark.parametrize(
    ("name", "traditional", "english"),
    [
        ("沈阳市", "瀋陽市", "Shenyang"),
        ("台州市", "台州市", "Taizhou"),
        ("范县", "范縣", "Fan County"),
        ("钟祥市", "鍾祥市", "Zhongxiang"),
        ("陕西省", "陝西省", "Shaanxi"),
        ("哈尔滨市", "哈爾濱市", "Harbin"),
        ("寻甸回族彝族自治县", "尋甸回族彝族自治縣", "Xundian Hui and Yi Autonomous County"),
        ("楚雄彝族自治州", "楚雄彝族自治州", "Chuxiong Yi Autonomous Prefecture"),
        ("若尔盖县", "若爾蓋縣", ""),
    ],
)
def test_names_in_other_scripts_and_languages(name: str, traditional: str, english: str) -> None:
    names = named(name)
    assert (names.traditional, names.english) == (traditional, english)


@pytest.mark.parametrize(
    ("name", "former", "code", "until"),
    [
        ("襄阳市", "襄樊市", "420600", "2010"),
        ("普洱市", "思茅市", "530800", "2007"),
        ("蓟州区", "蓟县", "120225", "2016"),
        ("巢湖市", "巢湖市", "341400", "2010"),
        ("电白区", "电白县", "440923", "2014"),
        ("芒康县", "芒康县", "542129", "2014"),
    ],
)
def test_codes_of_old_with_their_years(name: str, former: str, code: str, until: str) -> None:
    assert (code, former, until) in {(one.code, one.name, one.until) for one in named(name).former}


with (Path(__file__).parent / "data" / "division_changes.csv").open(encoding="utf-8") as _file:
    CHANGES = list(csv.DictReader(_file))
"""Divisions renamed, raised, joined or moved, written down from memory of public record: what no list here was made from."""


def test_changes_written_down_apart_are_there() -> None:
    """Each with its code of old, and its last year; an edition of the standard may come out a year after the change."""
    assert sum("2010" <= row["until"] <= "2024" for row in CHANGES) >= 100
    lacking = []
    for row in CHANGES:
        (now,) = lexicon.by_name(row["now"], row["province"])
        told = {(one.name, one.code): one.until for one in divisions.names()[now.code].former}
        until = told.get((row["former"], row["code"]))
        if until is None or abs(int(until) - int(row["until"])) > 1:
            lacking.append((row["former"], until))
        if linked.division(row["code"]) != (now.code,) and lexicon.place(row["code"]) is None:
            lacking.append((row["code"], linked.division(row["code"])))
    assert lacking == []


def test_a_code_and_a_year_mean_one_division_of_old() -> None:
    nodes = Counter((one.code, one.until) for names in divisions.names().values() for one in names.former)
    assert [node for node, count in nodes.items() if count > 1] == []


def test_a_place_in_the_graph_says_what_it_was() -> None:
    (unit,) = lexicon.by_name("襄阳市")
    said = {ox.Triple(*one) for one in describe_place(unit, lexicon.divisions(), BASE)}
    place, then = ox.NamedNode(BASE + "place-420600"), ox.NamedNode(BASE + "place-420600-2010")
    expected = [
        (place, terms.PREF_LABEL, ox.Literal("襄陽市", language="zh-hant")),
        (place, terms.PREF_LABEL, ox.Literal("Xiāngyáng Shì", language="zh-latn-pinyin")),
        (place, terms.PREF_LABEL, ox.Literal("Xiangyang", language="en")),
        (place, terms.ALT_LABEL, ox.Literal("襄阳", language="zh-hans")),
        (place, terms.ALT_LABEL, ox.Literal("襄樊市", language="zh-hans")),
        (place, terms.VALID_FROM, ox.Literal("2010")),
        (place, terms.REPLACES, then),
        (then, terms.IS_REPLACED_BY, place),
        (then, terms.TYPE, terms.LOCATION),
        (then, terms.LABEL, ox.Literal("襄樊市", language="zh-hans")),
        (then, terms.NOTATION, ox.Literal("420600")),
        (then, terms.VALID_THROUGH, ox.Literal("2010")),
    ]
    assert {ox.Triple(*one) for one in expected} <= said


def test_a_figure_of_then_is_told_by_the_division_of_then(tmp_path: Path) -> None:
    expected = {
        ("襄阳市", 2009): [("2009", "420600", "襄樊市", "420600")],
        ("襄阳市", 2011): [],
        ("密云区", 2014): [("2014", "110228", "密云县", "110118")],
        ("清江浦区", 2015): [("2015", "320802", "清河区", "320812"), ("2015", "320811", "清浦区", "320812")],
    }
    told = {}
    with GraphStore.open(tmp_path / "kg") as store:
        for name, year in expected:
            made = reading_of(name)
            made = replace(made, facts=(replace(made.facts[0], period=Period.year(year)),))
            store.put(made, to_quads(made, lexicon.divisions(), BASE), "a")
            answer = run(store, load("divisions-then"), {"year": str(year)})
            assert isinstance(answer, Answer)
            rows = [[getattr(term, "value", "") for term in row] for row in answer.rows]
            told[name, year] = [(row[0], row[1], row[2], row[5]) for row in rows]
    assert told == expected


def test_a_division_of_old_without_its_year_is_refused() -> None:
    quads = to_quads(reading_of("襄阳市"), lexicon.divisions(), BASE)
    assert validator().validate(quads).conforms
    told = [q for q in quads if q.predicate != terms.VALID_THROUGH]
    assert {p.code for p in validator().validate(told).problems} == {"E441"}


def reading_of(name: str) -> Reading:
    """The sample reading with a figure of the division in place of its own."""
    (unit,) = lexicon.by_name(name)
    made = reading()
    facts = tuple(replace(f, subject=Entity(name, "PLACE", unit.code), area=unit) for f in made.facts[:1])
    return replace(made, scope=replace(made.scope, place=unit), facts=facts, mentions=())
