"""The store folder: the same input gives the same graph, whatever the order and whatever went wrong before."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import FACTS, HOSPITAL, MENTIONS, PLACES, TEXT, mention, other, reading

from kg.config import BASE
from kg.errors import StoreError, UsageError
from kg.graph import terms
from kg.graph.export import export
from kg.graph.iri import report_key
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore, listed
from kg.graph.validate import validator
from kg.model import Problem, Reading

BROKEN = replace(reading(), facts=(replace(FACTS[0], value=-FACTS[0].value),))


def put(store: GraphStore, made: Reading, source: str | None = None) -> str:
    return store.put(made, to_quads(made, PLACES, store.base), source or made.document.name)


def refuse(store: GraphStore, made: Reading, source: str | None = None) -> None:
    quads = to_quads(made, PLACES, store.base)
    store.quarantine(
        made, quads, validator().validate(quads, made.document.name), source or made.document.name
    )


def dump(store: GraphStore) -> bytes:
    stream = io.BytesIO()
    export(store, "nquads", stream)
    return stream.getvalue()


def built(path: Path, readings: Iterable[tuple[Reading, str]]) -> bytes:
    with GraphStore.open(path) as store:
        for made, source in readings:
            put(store, made, source)
        return dump(store)


def another(text: str = "昆明市2021年总结\n全市36处发热门诊。\n") -> Reading:
    """What kunming.txt says a year later: another text, with one fact."""
    start = text.index("36处")
    fact = replace(
        FACTS[0],
        quote="36处",
        start=start,
        end=start + 3,
        sentence="全市36处发热门诊。",
        value=FACTS[0].value + 1,
    )
    return reading(text=text, facts=(fact,), mentions=())


def test_a_report_is_loaded_once(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        assert put(store, reading()) == "loaded"
        before = dump(store)
        assert put(store, reading()) == "unchanged"
        assert dump(store) == before


def test_rebuilding_gives_the_same_bytes_in_another_session(tmp_path: Path) -> None:
    pairs = [(reading(), "a"), (other(), "b")]
    first = built(tmp_path / "kg", pairs)
    assert built(tmp_path / "kg", pairs) == first
    assert built(tmp_path / "fresh", pairs) == first


def test_the_order_of_building_leaves_no_trace(tmp_path: Path) -> None:
    pairs = [(reading(), "b"), (reading("twin.txt"), "a"), (other(), "c"), (another(), "d")]
    graphs = {built(tmp_path / str(n), order) for n, order in enumerate(permutations(pairs))}
    assert len(graphs) == 1


def test_what_was_put_and_replaced_leaves_no_trace(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        for made in (reading(), other("kunming.txt"), another()):
            assert put(store, made, "a") == "loaded"
        assert dump(store) == built(tmp_path / "fresh", [(another(), "a")])
        assert sorted(p.name for p in (tmp_path / "kg" / "texts").iterdir()) == [
            report_key(another().document.text) + ".txt"
        ]


def test_a_changed_report_replaces_its_graph(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        put(store, another())
        values = [
            row[0].value for row in store.query("SELECT ?v { ?o a ha:Count ; sdmx-measure:obsValue ?v }")
        ]
        assert values == ["36"]
        assert store.reports() == [report_key(another().document.text)]


def test_a_better_reading_of_the_same_text_replaces_the_old(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        better = replace(reading(), facts=FACTS[:3])
        assert put(store, better) == "loaded"
        assert store.quads(report_key(TEXT)) == to_quads(better, PLACES, BASE)


def test_entities_stay_as_long_as_a_report_speaks_of_them(tmp_path: Path) -> None:
    hospital = "ASK { ?o rdfs:label ?l FILTER(STR(?l) = '昆明市第九人民医院') }"
    yunnan = "ASK { ?p ha:code '530000' }"
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        put(store, other())
        store.forget("kunming.txt")
        assert (bool(store.query(hospital)), bool(store.query(yunnan))) == (True, False)
        store.forget("linfen.txt")
        assert (bool(store.query(hospital)), bool(store.query(yunnan))) == (False, False)
        assert dump(store) == built(tmp_path / "fresh", [])


def test_a_report_comes_back_as_the_gate_saw_it(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        put(store, other())
        assert store.quads(report_key(TEXT)) == to_quads(reading(), PLACES, BASE)
        with pytest.raises(StoreError, match="E307"):
            store.quads("0123456789")


def test_an_observation_is_counted_once_though_reports_share_places(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        put(store, another(), "b")
        (row,) = store.query(
            "SELECT (COUNT(*) AS ?n) { ?o ha:indicatorText ?t ; sdmx-dimension:refArea/ha:within/rdfs:label ?l }"
        )
        assert int(row["n"].value) == len(FACTS) + 1


def test_one_text_from_two_files_is_one_report_with_two_names(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        assert put(store, reading(), "2/a") == "loaded"
        assert put(store, reading("copy.txt"), "1/b") == "loaded"
        names = [
            row[0].value
            for row in store.query(
                "SELECT ?n { ?r a ha:Report ; dcterms:hasFormat/schema:name ?n } ORDER BY ?n"
            )
        ]
        assert names == ["copy.txt", "kunming.txt"]
        assert put(store, reading(), "2/a") == put(store, reading("copy.txt"), "1/b") == "unchanged"
        assert len(store.reports()) == 1
        store.forget("1/b")
        assert dump(store) == built(tmp_path / "fresh", [(reading(), "2/a")])
        assert list((tmp_path / "kg" / "spare").iterdir()) == []


def test_of_two_readings_of_one_text_the_first_by_name_is_published(tmp_path: Path) -> None:
    untitled = replace(reading("b.txt"), facts=FACTS[:2])
    graphs = {
        built(tmp_path / str(n), order)
        for n, order in enumerate(permutations([(reading(), "a"), (untitled, "b")]))
    }
    assert len(graphs) == 1
    assert graphs.pop().count(b'#indicatorText> "') == len(FACTS)


def test_a_twin_that_changes_leaves_the_other_as_it_was(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading(), "a")
        put(store, reading("twin.txt"), "b")
        put(store, another(), "a")
        assert dump(store) == built(tmp_path / "fresh", [(another(), "a"), (reading("twin.txt"), "b")])


def test_the_source_text_is_kept_for_the_offsets(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        text = store.text(report_key(TEXT))
        rows = store.query("SELECT ?q ?s ?e { ?x oa:exact ?q ; oa:start ?s ; oa:end ?e }")
        quotes = [(row["q"].value, text[int(row["s"].value) : int(row["e"].value)]) for row in rows]
        assert len(quotes) == len(FACTS) + len(MENTIONS)
        assert [pair for pair in quotes if pair[0] != pair[1]] == []
        with pytest.raises(StoreError, match="E307"):
            store.text("0123456789")


def test_a_text_with_any_line_ends_is_kept_to_the_character(tmp_path: Path) -> None:
    text = "昆明市第九人民医院\r\n\x0b\u2028𠮷\n"
    made = reading(text=text, facts=(), mentions=(mention("昆明市第九人民医院", HOSPITAL, text),))
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, made)
        assert store.text(report_key(text)) == text


def test_a_refused_report_is_kept_aside_with_its_reasons(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        refuse(store, BROKEN)
        assert [(p.code, p.severity, p.quote) for p in store.problems()] == [("E411", "error", "35处")]
        assert store.sources()["kunming.txt"].status == "quarantined"
        assert store.reports() == []
        assert not store.query("ASK { ?o a qb:Observation }")
        assert sorted(p.suffix for p in (tmp_path / "kg" / "quarantine").iterdir()) == [
            ".json",
            ".nq",
            ".ttl",
        ]


def test_a_report_that_turns_bad_leaves_the_graph_and_comes_back_when_it_is_good(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        good = dump(store)
        refuse(store, BROKEN)
        assert dump(store) == built(tmp_path / "fresh", [])
        assert put(store, reading()) == "loaded"
        assert dump(store) == good
        assert store.problems() == []
        assert list((tmp_path / "kg" / "quarantine").iterdir()) == []


def test_warnings_of_a_loaded_report_are_listed(tmp_path: Path) -> None:
    high = replace(FACTS[3], value=Decimal(180))
    quads = to_quads(replace(reading(), facts=(*FACTS[:3], high, *FACTS[4:])), PLACES, BASE)
    verdict = validator().validate(quads, "kunming.txt")
    noted = Problem("E104", "kunming.txt", "warning", "…", "…")
    with GraphStore.open(tmp_path / "kg") as store:
        made = listed(replace(reading(), problems=(noted,)), verdict)
        assert store.put(made, quads, "a") == "loaded"
        assert store.problems() == [noted, *verdict.problems]
        assert [p.quote for p in store.problems()] == [None, "103.5%"]
        assert store.put(reading(), quads, "a") == "unchanged"
        assert store.problems() == []


def test_the_manifest_is_sorted_and_complete(tmp_path: Path) -> None:
    built(tmp_path / "kg", [(other(), "b"), (reading(), "a")])
    said = json.loads((tmp_path / "kg" / "manifest.json").read_text(encoding="utf-8"))
    assert [(name, entry["report"], entry["doc"], entry["status"]) for name, entry in said.items()] == [
        ("a", report_key(TEXT), "kunming.txt", "loaded"),
        ("b", report_key(other().document.text), "linfen.txt", "loaded"),
    ]
    assert not (tmp_path / "kg" / "journal.jsonl").exists()


def test_a_read_only_store_answers_and_refuses_to_change(tmp_path: Path) -> None:
    whole = built(tmp_path / "kg", [(reading(), "a")])
    with GraphStore.open(tmp_path / "kg", read_only=True) as store:
        assert dump(store) == whole
        assert list(store.sources()) == ["a"]
        with pytest.raises(StoreError, match="E312"):
            put(store, other())
        with pytest.raises(SyntaxError):
            store.query("DELETE WHERE { ?s ?p ?o }")
        assert dump(store) == whole


def test_parameters_are_bound_as_terms(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        query = "SELECT ?v ?_what { ?o ha:indicatorText ?_what ; sdmx-measure:obsValue ?v }"
        asked = {ox.Variable("_what"): ox.Literal("建筑面积", language="zh-hans")}
        assert [row["v"].value for row in store.query(query, asked)] == ["1200"]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, *, read_only: bool) -> None:
    (tmp_path / "letter.txt").write_text("…", encoding="utf-8")
    with pytest.raises(StoreError, match="E302"):
        GraphStore.open(tmp_path, read_only=read_only)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("…", encoding="utf-8")
    with pytest.raises(StoreError, match="E302"):
        GraphStore.open(tmp_path / "file")


@pytest.mark.parametrize("marker", ["{", '{"format": 99, "base": "x"}', "[]"])
def test_a_store_of_another_time_is_refused(tmp_path: Path, marker: str) -> None:
    (tmp_path / "kg-store.json").write_text(marker, encoding="utf-8")
    with pytest.raises(StoreError, match="E302"):
        GraphStore.open(tmp_path)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_graph_is_said_to_be_so(tmp_path: Path, *, read_only: bool) -> None:
    built(tmp_path / "kg", [(reading(), "a")])
    (tmp_path / "kg" / "graph" / "CURRENT").write_text("MANIFEST-nonsense\n", encoding="utf-8")
    with pytest.raises(StoreError, match="E313"):
        GraphStore.open(tmp_path / "kg", read_only=read_only)


def test_reading_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E301"):
        GraphStore.open(tmp_path / "kg", read_only=True)
    assert not (tmp_path / "kg").exists()


def test_a_store_in_use_says_so(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg"):
        with pytest.raises(StoreError, match="E303"):
            GraphStore.open(tmp_path / "kg")
        script = f"from pathlib import Path; from kg.graph.store import GraphStore; GraphStore.open(Path({str(tmp_path / 'kg')!r}))"
        ran = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parent.parent,
        )
        assert "E303" in ran.stderr


def test_a_closed_store_lets_go(tmp_path: Path) -> None:
    store = GraphStore.open(tmp_path / "kg")
    store.close()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.query("ASK {}")
    with GraphStore.open(tmp_path / "kg"):
        pass


def test_a_base_belongs_to_its_store(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg", base="https://example.org/health/") as store:
        put(store, reading())
        assert store.query("ASK { <https://example.org/health/place-530100> a ha:Place }")
        assert store.query("ASK { id:place-530100 a ha:Place }")
    with GraphStore.open(tmp_path / "kg") as store:
        assert store.base == "https://example.org/health/"
    with pytest.raises(StoreError, match="E304"):
        GraphStore.open(tmp_path / "kg", base=BASE)


@pytest.mark.parametrize(
    "base", ["example.org/", "https://example.org", "https://例子.cn/", "https://a b/", "https://a/<b>#"]
)
def test_what_is_no_namespace_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(UsageError, match="E211"):
        GraphStore.open(tmp_path / "kg", base=base)


def test_the_vocabulary_is_there_and_follows_the_ontology(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        assert store.query("ASK { GRAPH id:graph-vocabulary { ha:Count skos:notation 'count' } }")
    marker = tmp_path / "kg" / "kg-store.json"
    said = json.loads(marker.read_text(encoding="utf-8"))
    marker.write_text(json.dumps({**said, "vocabulary": "of yesterday"}), encoding="utf-8")
    with GraphStore.open(tmp_path / "kg") as store:
        store.query("ASK {}")
    assert json.loads(marker.read_text(encoding="utf-8")) == said


def test_links_have_their_own_graph(tmp_path: Path) -> None:
    place = ox.NamedNode(BASE + "place-530100")
    link = ox.Triple(
        place, ox.NamedNode(terms.SKOS + "exactMatch"), ox.NamedNode("http://www.wikidata.org/entity/Q182852")
    )
    with GraphStore.open(tmp_path / "kg") as store:
        assert store.link([link]) is True
        assert store.link([link]) is False
        assert store.query("ASK { GRAPH id:graph-links { ?p skos:exactMatch ?q } }")
        assert store.link([]) is True
        assert not store.query("ASK { GRAPH id:graph-links { ?p ?q ?r } }")


def test_two_texts_with_one_key_are_told_apart(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        (tmp_path / "kg" / "texts" / f"{report_key(TEXT)}.txt").write_text("另一份", encoding="utf-8")
        with pytest.raises(StoreError, match="E306"):
            put(store, reading(), "b")


def interrupted(path: Path) -> None:
    """Let a store go as a killed process does: without close."""
    store = GraphStore.open(path)
    put(store, reading(), "a")
    store.database.flush()
    store._database = None


def test_an_interruption_loses_nothing(tmp_path: Path) -> None:
    interrupted(tmp_path / "kg")
    assert (tmp_path / "kg" / "journal.jsonl").exists()
    with GraphStore.open(tmp_path / "kg") as store:
        assert list(store.sources()) == ["a"]
        assert put(store, reading(), "a") == "unchanged"
        assert dump(store) == built(tmp_path / "fresh", [(reading(), "a")])


@pytest.mark.parametrize("torn", ["", '{"name": "a", "sour'])
def test_a_report_whose_entry_was_not_noted_is_read_again(tmp_path: Path, torn: str) -> None:
    interrupted(tmp_path / "kg")
    (tmp_path / "kg" / "journal.jsonl").write_text(torn, encoding="utf-8")
    with GraphStore.open(tmp_path / "kg") as store:
        assert dump(store) == built(tmp_path / "fresh", [])
        assert put(store, reading(), "a") == "loaded"


def test_an_entry_whose_report_is_gone_is_read_again(tmp_path: Path) -> None:
    interrupted(tmp_path / "kg")
    store = GraphStore.open(tmp_path / "kg")
    store.database.update(f"DROP GRAPH <{BASE}graph-{report_key(TEXT)}>")
    store._database = None
    with GraphStore.open(tmp_path / "kg") as store:
        assert put(store, reading(), "a") == "loaded"
