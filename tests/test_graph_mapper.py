"""Readings as RDF: what docs/model.md says, and the laws that hold everywhere."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import FACTS, HOSPITAL, KUNMING, PLACES, TEXT, fact, mention, other, reading
from hypothesis import given
from hypothesis import strategies as st

from kg.config import BASE, VERSION
from kg.graph import terms
from kg.graph.iri import report_key
from kg.graph.mapper import to_quads
from kg.graph.validate import validator
from kg.graph.vocabulary import vocabulary
from kg.model import Entity, Place

ROOT = Path(__file__).parent.parent
QUADS = to_quads(reading(), PLACES, BASE)


def objects(quads: list[ox.Quad], subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    return sorted(str(q.object) for q in quads if q.subject == subject and q.predicate == predicate)


def observation(quads: list[ox.Quad], indicator: str) -> ox.NamedNode:
    (node,) = [
        q.subject for q in quads if q.predicate == terms.INDICATOR_TEXT and q.object.value == indicator
    ]
    return node


def test_a_fact_says_what_whose_when_and_where_it_stands() -> None:
    node = observation(QUADS, "开设发热门诊")
    said = {q.predicate: q.object for q in QUADS if q.subject == node and q.predicate != terms.TYPE}
    assert objects(QUADS, node, terms.TYPE) == [str(terms.OBSERVATION), str(terms.KINDS["count"])]
    assert said[terms.OBS_VALUE] == ox.Literal("35", datatype=terms.INTEGER)
    assert said[terms.SUBJECT] == said[terms.REF_AREA] == ox.NamedNode(BASE + "place-530100")
    assert said[terms.START] == ox.Literal("2020-01-01", datatype=terms.DATE)
    assert said[terms.END] == ox.Literal("2020-12-31", datatype=terms.DATE)
    assert said[terms.YEAR] == ox.Literal("2020", datatype=terms.INTEGER)
    assert said[terms.UNIT_MEASURE] == ox.NamedNode(terms.HA + "unit-place")
    assert said[terms.CONFIDENCE] == ox.Literal("0.9", datatype=terms.DECIMAL)
    assert said[terms.TARGET] == ox.Literal("false", datatype=terms.BOOLEAN)
    assert said[terms.HAD_PRIMARY_SOURCE] == ox.NamedNode(f"{BASE}report-{report_key(TEXT)}")
    evidence = said[terms.WAS_DERIVED_FROM]
    assert objects(QUADS, evidence, terms.SENTENCE) == [
        '"全市35处发热门诊全部开设，健康昆明行动覆盖寻甸县。"'
    ]
    selector = next(q.object for q in QUADS if q.subject == evidence and q.predicate == terms.HAS_SELECTOR)
    start, end = (
        int(next(q.object.value for q in QUADS if q.subject == selector and q.predicate == p))
        for p in (terms.OA_START, terms.OA_END)
    )
    assert TEXT[start:end] == "35处"


def test_every_kind_has_its_class() -> None:
    kinds = Counter(q.object for q in QUADS if q.predicate == terms.TYPE and q.object in terms.KINDS.values())
    assert kinds == Counter(terms.KINDS[f.kind] for f in FACTS)


def test_a_target_is_marked_and_a_change_has_its_direction() -> None:
    assert objects(QUADS, observation(QUADS, "婚检率"), terms.TARGET) == [
        str(ox.Literal("true", datatype=terms.BOOLEAN))
    ]
    assert objects(QUADS, observation(QUADS, "建筑面积增长"), terms.DIRECTION) == ['"up"']


def test_every_quote_is_what_stands_at_its_position() -> None:
    starts = {q.subject: int(q.object.value) for q in QUADS if q.predicate == terms.OA_START}
    ends = {q.subject: int(q.object.value) for q in QUADS if q.predicate == terms.OA_END}
    quotes = {q.subject: q.object.value for q in QUADS if q.predicate == terms.EXACT}
    assert len(quotes) == 13
    assert {node: TEXT[starts[node] : ends[node]] for node in quotes} == quotes


def test_ancestors_of_every_place_are_there() -> None:
    within = {
        q.subject.value.removeprefix(BASE): q.object.value.removeprefix(BASE)
        for q in QUADS
        if q.predicate == terms.WITHIN
    }
    assert within == {"place-530129": "place-530100", "place-530100": "place-530000"}
    county = ox.NamedNode(BASE + "place-530129")
    assert objects(QUADS, county, terms.FULL_NAME) == ['"云南省昆明市寻甸回族彝族自治县"@zh-hans']


def test_a_place_without_a_code_is_known_by_its_name() -> None:
    village = Entity("金所街道", "PLACE")
    made = reading(facts=(fact("35处", "35", "处", "count", "门诊", subject=village),), mentions=())
    quads = to_quads(made, PLACES, BASE)
    (node,) = {q.subject for q in quads if q.predicate == terms.LABEL and q.object.value == "金所街道"}
    assert re.fullmatch(re.escape(BASE) + "place-n[0-9a-f]{10}", node.value)
    assert {q.predicate for q in quads if q.subject == node} == {terms.TYPE, terms.LABEL}


def test_a_code_that_the_list_lacks_is_kept_and_warned_of() -> None:
    made = reading(facts=(), mentions=(mention("昆明市", Entity("新设市", "PLACE", "539900")),))
    verdict = validator().validate(to_quads(made, PLACES, BASE), "a.txt")
    assert verdict.conforms
    assert [(p.code, p.severity, p.quote) for p in verdict.problems] == [("E441", "warning", "昆明市")]


ORGANISATIONS = {
    "昆明市第九人民医院": {"org-hospital"},
    "某县藏医院": {"org-hospital-tcm"},
    "某市中医院(某市妇幼分院)": {"org-hospital-tcm"},
    "某市三级甲等民营肿瘤医院": {
        "org-hospital-specialist",
        "org-hospital-tertiary-a",
        "org-hospital-private",
    },
    "某三甲社区卫生服务中心": {"org-community-centre"},
    "阳泉市妇幼保健院": {"org-maternal-child"},
    "某县疾病预防控制中心": {"org-cdc"},
    "某市卫生健康委员会": {"org-health-authority"},
    "某市财政局": {"org-government-department"},
    "某市委": {"org-party"},
    "国家特色服务出口基地": set(),
}


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_organisations_have_the_types_that_their_names_say(name: str) -> None:
    found = vocabulary().types(terms.ORGANISATION_TYPES, name)
    assert {kind.value.removeprefix(terms.HA) for kind in found} == ORGANISATIONS[name]


PROGRAMMES = {
    "健康中国行动": {"prog-campaign"},
    "“十四五”卫生健康规划": {"prog-plan"},
    "国家基本公共卫生服务项目": {"prog-project"},
    "某省献血条例": {"prog-law"},
    "国家卫生城市": {"prog-designation"},
    "综合医改试点": {"prog-pilot"},
    "健康昆明": set(),
}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_programmes_have_the_type_of_their_last_word(name: str) -> None:
    found = vocabulary().types(terms.PROGRAMME_TYPES, name)
    assert {kind.value.removeprefix(terms.HA) for kind in found} == PROGRAMMES[name]


def test_types_are_stated_on_the_entity() -> None:
    said = {
        (q.predicate, q.object.value.removeprefix(terms.HA))
        for q in QUADS
        if q.object in vocabulary().members
    }
    assert (terms.CLASSIFICATION, "org-hospital") in said
    assert (terms.PROGRAMME_TYPE, "prog-campaign") in said


def test_a_word_says_one_type_of_a_scheme() -> None:
    table = (ROOT / "seeds" / "vocabulary" / "types.csv").read_text(encoding="utf-8").splitlines()
    words = Counter(
        (row["scheme"], word)
        for row in csv.DictReader(table)
        for word in (row["zh"], *row["heads"].split("|"), *row["words"].split("|"))
        if word
    )
    assert [word for word, times in words.items() if times > 1] == []


def test_unknown_units_are_minted_and_known_ones_are_not() -> None:
    minted = {q.object.value for q in QUADS if q.predicate == terms.SYMBOL}
    assert minted == {"治疗包"}


def test_a_known_indicator_keeps_its_namespace_under_another_base() -> None:
    made = reading(facts=(fact("35处", "35", "处", "count", "门诊", concept="beds"),))
    quads = to_quads(made, PLACES, "https://example.org/x#")
    assert objects(quads, observation(quads, "门诊"), terms.INDICATOR) == [f"<{BASE}ind-beds>"]


def test_another_base_moves_every_instance() -> None:
    quads = to_quads(reading(), PLACES, "https://example.org/x#")
    assert not [q for q in quads if BASE in str(q)]
    assert len(quads) == len(QUADS)


def test_laws_no_blank_nodes_ascii_and_plain_datatypes() -> None:
    datatypes = {
        terms.INTEGER,
        terms.DECIMAL,
        terms.DATE,
        terms.BOOLEAN,
        terms.STRING,
        ox.NamedNode(terms.RDF + "langString"),
    }
    for quad in QUADS:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            assert isinstance(term, ox.NamedNode | ox.Literal)
            if isinstance(term, ox.NamedNode):
                assert term.value.isascii()
                assert not term.value.startswith(BASE) or "/" not in term.value.removeprefix(BASE)
            else:
                assert term.datatype in datatypes
                assert term.language in {None, "zh-hans", "zh-hant", "zh-latn-pinyin", "en"}


def test_a_triple_is_in_one_graph() -> None:
    quads = set(QUADS) | set(to_quads(other(), PLACES, BASE))
    assert len({quad.triple for quad in quads}) == len(quads)


def test_sorted_without_repetition_and_the_same_each_time() -> None:
    assert sorted(set(QUADS), key=str) == QUADS
    assert to_quads(reading(), dict(reversed(PLACES.items())), BASE) == QUADS


def test_what_is_written_is_what_a_store_keeps() -> None:
    store = ox.Store()
    store.extend(QUADS)
    assert sorted(map(str, store)) == [str(q) for q in QUADS]


@given(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**9),
    st.floats(0, 1),
)
def test_any_words_and_numbers_pass_through_a_store(words: str, value: Decimal, confidence: float) -> None:
    odd = replace(FACTS[0], indicator=words, unit=words, value=value, sentence=words, confidence=confidence)
    quads = to_quads(reading(facts=(odd,), mentions=()), PLACES, BASE)
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert sorted(map(str, ox.parse(written, ox.RdfFormat.N_QUADS))) == [str(q) for q in quads]


def test_the_same_number_read_as_two_things_is_two_observations() -> None:
    twin = replace(FACTS[0], subject=HOSPITAL)
    quads = to_quads(reading(facts=(FACTS[0], twin), mentions=()), PLACES, BASE)
    assert len({q.subject for q in quads if q.object == terms.OBSERVATION}) == 2


def test_places_may_loop_without_end() -> None:
    looped = {
        "530100": Place("530100", "昆明市", "city", "530000"),
        "530000": Place("530000", "云南省", "province", "530100"),
    }
    quads = to_quads(reading(facts=(replace(FACTS[0], subject=KUNMING),), mentions=()), looped, BASE)
    assert len([q for q in quads if q.predicate == terms.WITHIN]) == 2


@pytest.mark.parametrize("path", sorted(p.name for p in (ROOT / "ontology").glob("*.ttl")))
def test_the_vocabulary_has_no_blank_nodes_and_lower_case_tags(path: str) -> None:
    said = (ROOT / "ontology" / path).read_text(encoding="utf-8")
    for quad in ox.parse(said, ox.RdfFormat.TURTLE):
        assert not isinstance(quad.subject, ox.BlankNode), quad
        assert not isinstance(quad.object, ox.BlankNode), quad
    assert set(re.findall(r'"@([A-Za-z-]+)', said)) <= {"zh-hans", "zh-hant", "en"}


def test_every_own_term_that_is_used_is_in_the_ontology() -> None:
    defined = {t.subject.value for t in vocabulary().triples if isinstance(t.subject, ox.NamedNode)}
    used = {
        value.value
        for value in vars(terms).values()
        if isinstance(value, ox.NamedNode) and value.value.startswith(terms.HA)
    }
    used |= {node.value for node in terms.KINDS.values()}
    assert used - defined == set()


def test_fewer_than_forty_classes_and_properties_are_our_own() -> None:
    declared, used = set(), set()
    for path in (*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "shapes").glob("*.ttl")):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            used.add(quad.predicate.value)
            if quad.predicate == terms.TYPE:
                used.add(quad.object.value)
                if quad.object.value.endswith(("Class", "Property")):
                    declared.add(quad.subject.value)
            elif quad.predicate.value in {terms.SH + "path", terms.SH + "targetClass", terms.SH + "class"}:
                used.add(quad.object.value)
    ours = {term for term in declared if term.startswith(terms.HA)}
    assert {term for term in used if term.startswith(terms.HA)} - ours == set()
    assert len(ours) < 40


def test_each_unit_symbol_means_one_unit() -> None:
    symbols = Counter(t.object.value for t in vocabulary().triples if t.predicate == terms.SYMBOL)
    assert [symbol for symbol, times in symbols.items() if times > 1] == []


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
