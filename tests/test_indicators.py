"""The indicator scheme: its table is well formed and its Turtle is what the table says."""

from __future__ import annotations

import csv
import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse
from rdflib import SKOS, Graph

from kg.graph import iri, terms

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "seeds" / "vocabulary" / "indicators.csv"
MATCHES = ROOT / "seeds" / "vocabulary" / "indicator_matches.csv"
TURTLE = ROOT / "ontology" / "indicators.ttl"
KINDS = {"count", "money", "rate", "level", "rank"}
PREF_LABEL = NamedNode(terms.SKOS + "prefLabel")
BROADER = NamedNode(terms.SKOS + "broader")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_indicators", ROOT / "scripts" / "make_indicators.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def matches() -> list[dict[str, str]]:
    with MATCHES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def triples() -> list:
    return [quad.triple for quad in parse(path=TURTLE, format=RdfFormat.TURTLE)]


def figures(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that are indicators, not groups."""
    return [row for row in rows if row["kind"]]


def test_the_scheme_has_two_hundred_indicators(rows):
    assert len(figures(rows)) >= 200


def test_keys_are_unique_sorted_and_fit_for_an_iri(rows):
    keys = [row["key"] for row in rows]
    assert keys == sorted(set(keys))
    assert [key for key in keys if iri.indicator(key) != f"ind-{key}"] == []


def test_parents_exist_and_lead_to_a_top_group(rows):
    parents = {row["key"]: row["parent"] for row in rows}
    for key in parents:
        path = [key]
        while parents[path[-1]]:
            path.append(parents[path[-1]])
            assert path[-1] in parents, path
            assert len(path) < 8, path
    tops = [row for row in rows if not row["parent"]]
    assert [row["key"] for row in tops if row["kind"]] == []


def test_names_are_unique_in_each_language(rows):
    for column in ("zh", "en"):
        assert [name for name, times in Counter(row[column] for row in rows).items() if times > 1] == []


def test_an_indicator_has_a_definition_known_kinds_and_units(rows):
    for row in figures(rows):
        assert row["definition"].endswith("。"), row["key"]
        assert set(row["kind"].split("|")) <= KINDS, row["key"]
        assert all(row["units"].split("|")), row["key"]


def test_a_numerator_has_a_denominator(rows):
    assert [row["key"] for row in rows if bool(row["numerator"]) != bool(row["denominator"])] == []


def test_no_name_belongs_to_two_indicators_of_one_unit_and_kind(rows):
    owners: dict[tuple[str, str, str], set[str]] = {}
    for row in figures(rows):
        for name in [row["zh"], *filter(None, row["synonyms"].split("|"))]:
            for unit in row["units"].split("|"):
                for kind in row["kind"].split("|"):
                    owners.setdefault((name, unit, kind), set()).add(row["key"])
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


def test_every_rate_has_a_numerator_and_a_denominator_and_nothing_else_has(rows):
    rates = {row["key"] for row in rows if "rate" in row["kind"].split("|")}
    assert {row["key"] for row in rows if row["numerator"]} - rates == set()
    assert {row["key"] for row in rows if row["kind"] == "rate" and not row["numerator"]} == set()


def test_units_fit_the_kinds(rows):
    ratios = {"%", "‰", "/10万", "/万", "/100万", "1/10万"}
    for row in figures(rows):
        kinds, units = set(row["kind"].split("|")), set(row["units"].split("|"))
        assert "money" not in kinds or units == {"元"}, row["key"]
        assert "元" not in units or kinds <= {"money", "rate", "level"}, row["key"]
        assert not units & ratios or "rate" in kinds, row["key"]


def test_a_definition_says_more_than_the_name(rows):
    of_no_content = set("的数量人次例和与及，、。()中为在其是有之等所各类项个")
    said = {row["key"]: set(row["definition"]) - set(row["zh"]) - of_no_content for row in rows}
    assert {key: new for key, new in said.items() if len(new) < 3} == {}


def test_english_names_are_english(rows):
    assert [
        row["en"] for row in rows if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ,.'/()%&\-]+", row["en"])
    ] == []


def test_an_indicator_stands_below_a_group_and_a_group_holds_something(rows):
    parents = {row["parent"] for row in rows}
    assert [row["key"] for row in rows if not row["kind"] and row["key"] not in parents] == []


def test_matches_are_well_formed_and_say_why_they_are_only_close(rows, matches):
    codes = {
        "sdg": r"C\d\d[0-9a-z]{2}\d\d|[A-Z]{2}(_[A-Z0-9]+)+",
        "gho": r"[A-Z0-9_]+",
        "worldbank": r"[A-Z0-9]+(\.[A-Z0-9]+)+",
    }
    keys = {row["key"] for row in figures(rows)}
    assert len(matches) >= 60
    assert [match for match in matches if match["key"] not in keys] == []
    for match in matches:
        assert re.fullmatch(codes[match["scheme"]], match["code"]), match
        assert match["match"] in ("exact", "close"), match
        assert bool(match["why"]) == (match["match"] == "close"), match
        assert match["name"], match
        assert match["source"], match
    triples = [(match["key"], match["scheme"], match["code"]) for match in matches]
    assert triples == sorted(set(triples))


def test_no_two_indicators_are_exactly_the_same_as_one_elsewhere(matches):
    exact = Counter((match["scheme"], match["code"]) for match in matches if match["match"] == "exact")
    assert {code: times for code, times in exact.items() if times > 1} == {}


def test_beds_per_thousand_are_only_close_to_a_figure_per_ten_thousand(matches):
    found = {(match["code"], match["match"]) for match in matches if match["key"] == "beds-per-1000"}
    assert found == {("WHS6_102", "close"), ("SH.MED.BEDS.ZS", "close")}


def test_the_turtle_is_current(script):
    assert TURTLE.read_text(encoding="utf-8") == script.turtle(script.rows(TABLE), script.rows(MATCHES))


def test_rdflib_and_pyoxigraph_read_the_same(triples):
    assert len(Graph().parse(TURTLE)) == len(set(map(str, triples)))


def test_the_turtle_has_no_blank_nodes_and_plain_literals(triples):
    nodes = [node for triple in triples for node in (triple.subject, triple.object)]
    assert [node for node in nodes if isinstance(node, BlankNode)] == []
    literals = [node for node in nodes if isinstance(node, Literal)]
    assert {node.language for node in literals} == {None, "zh-hans", "zh-hant", "en"}
    assert {node.datatype.value for node in literals if node.language is None} == {terms.XSD + "string"}


def test_every_concept_is_labelled_in_three_languages(rows, triples):
    labels = Counter((t.subject.value, t.object.language) for t in triples if t.predicate == PREF_LABEL)
    concepts = {terms.INDICATORS + iri.indicator(row["key"]) for row in rows}
    expected = {(concept, tag): 1 for concept in concepts for tag in ("zh-hans", "zh-hant", "en")}
    assert {key: times for key, times in labels.items() if key[0] in concepts} == expected


def test_broader_stays_in_the_scheme(triples):
    concepts = {t.subject for t in triples if t.predicate == terms.TYPE and t.object == terms.CONCEPT}
    assert {t.object for t in triples if t.predicate == BROADER} <= concepts


def test_traditional_labels_are_converted():
    text = TURTLE.read_text(encoding="utf-8")
    assert '"发热门诊数"@zh-hans , "發熱門診數"@zh-hant , "fever clinics"@en' in text


def test_maternal_mortality_is_the_sdg_indicator():
    graph = Graph().parse(TURTLE)
    found = {str(match) for match in graph.objects(predicate=SKOS.exactMatch, subject=None)}
    assert "http://metadata.un.org/sdg/C030101" in found
