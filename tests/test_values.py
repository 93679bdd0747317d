"""The graph of consolidated values follows the statements: whatever was built before, and after whatever went wrong."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
from commands import REPORTS
from graph_samples import FACTS, PLACES, other, reading

from kg import pipeline
from kg.config import BASE, Options
from kg.graph import iri, terms, values
from kg.graph.consolidate import UNDISPUTED
from kg.graph.export import export
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore
from kg.model import Reading

GRAPH = ox.NamedNode(BASE + values.GRAPH)


def put(store: GraphStore, made: Reading, source: str = "", more: tuple[ox.Quad, ...] = ()) -> None:
    store.put(made, [*to_quads(made, PLACES, store.base), *more], source or made.document.name)


def later(value: str, year: int = 2022, name: str = "later.txt") -> Reading:
    """A later report of Kunming's, which says of 2020 how many fever clinics there were."""
    text = f"昆明市{year}年总结\n2020年全市{value}处发热门诊。\n"
    start = text.index(value)
    fact = replace(
        FACTS[0], quote=f"{value}处", start=start, end=start + len(value) + 1, sentence=text.splitlines()[1]
    )
    made = reading(name, text, (replace(fact, value=FACTS[0].value - 35 + int(value)),), ())
    return replace(made, scope=replace(made.scope, published=date(year, 1, 15)))


def found(store: GraphStore) -> set[str]:
    return {str(quad) for quad in store.graphs() if quad.graph_name == GRAPH}


def clinics(store: GraphStore) -> tuple[str, str, int]:
    """The value of fever clinics, its rule, and how many statements stand behind it."""
    ((value, rule, behind),) = store.query(
        "SELECT ?v ?r (COUNT(?f) AS ?n) { ?c ha:kind 'count' ; sdmx-attribute:unitMeasure ha:unit-place ; "
        "sdmx-measure:obsValue ?v ; ha:rule ?r ; prov:wasDerivedFrom ?f } GROUP BY ?v ?r"
    )
    return value.value, rule.value, int(behind.value)


def dump(store: GraphStore) -> bytes:
    stream = io.BytesIO()
    export(store, "nquads", stream)
    return stream.getvalue()


def test_each_cell_has_a_value_that_says_where_it_is_from(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        assert store.values() == {"only": len(FACTS)}
        (row,) = store.query("SELECT ?c ?f { ?c ha:kind 'change' ; prov:wasDerivedFrom ?f }")
        said = {q.predicate: q.object.value for q in store.graphs() if q.subject == row["c"]}
        fact = {q.predicate: q.object.value for q in store.graphs() if q.subject == row["f"]}
    assert set(said) - set(fact) == {terms.KIND}
    differ = {predicate for predicate, value in said.items() if fact.get(predicate) != value}
    assert differ - {terms.TYPE} == {terms.KIND, terms.IN_DATA_SET, terms.RULE, terms.WAS_DERIVED_FROM}
    assert (said[terms.DIRECTION], said[terms.KIND], said[terms.RULE]) == ("up", "change", "only")


def test_a_figure_without_a_period_has_no_value(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading(facts=(replace(FACTS[0], period=None), FACTS[1])))
        assert store.values() == {"only": 1}


def test_two_reports_that_disagree_are_settled_and_both_kept(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        assert clinics(store) == ("35", "only", 1)
        put(store, later("36"))
        assert clinics(store) == ("36", "latest", 2)
        put(store, later("35", 2019, "third.txt"))
        assert clinics(store) == ("35", "majority", 3)
        store.forget("later.txt")
        assert clinics(store) == ("35", "agreed", 2)


def test_the_subjects_own_report_is_known_by_its_publisher_or_place(tmp_path: Path) -> None:
    theirs = later("36")
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, reading())
        put(store, replace(theirs, scope=replace(theirs.scope, place=PLACES["140000"], organisation=None)))
        assert clinics(store) == ("35", "own-report", 2)


def test_reprints_have_one_vote(tmp_path: Path) -> None:
    first, reprint = later("36", 2019), later("36", 2018, "reprint.txt")
    one, two = (iri.report_key(made.document.text) for made in (first, reprint))
    link = ox.Quad(
        ox.NamedNode(BASE + iri.report(two)),
        terms.ALTERNATE_OF,
        ox.NamedNode(BASE + iri.report(one)),
        ox.NamedNode(BASE + iri.graph(two)),
    )
    with GraphStore.open(tmp_path / "kg") as store:
        for made in (reading(), first, reprint):
            put(store, made)
        assert clinics(store) == ("36", "majority", 3)
        put(store, reprint, more=(link,))
        assert clinics(store) == ("35", "latest", 3)
        put(store, reprint)
        assert clinics(store) == ("36", "majority", 3)


def test_what_is_settled_in_steps_is_what_is_settled_at_once(tmp_path: Path) -> None:
    made = [reading(), later("36"), other(), later("35", 2019, "third.txt")]
    graphs = set()
    for n, order in enumerate(permutations(made, 4)):
        if n % 6:
            continue
        with GraphStore.open(tmp_path / str(n)) as store:
            for step, one in enumerate(order):
                put(store, one)
                if step % 2:
                    found(store)
            graphs.add(dump(store))
            before = found(store)
            values.settle(store.database, store.base, None)
            assert found(store) == before
        with GraphStore.open(tmp_path / str(n), read_only=True) as store:
            graphs.add(dump(store))
    assert len(graphs) == 1


def test_what_is_forgotten_leaves_no_value_and_no_entity(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        put(store, other())
        before = dump(store)
        put(store, reading())
        assert sum(store.values().values()) == len(FACTS) + 1
        store.forget("kunming.txt")
        assert dump(store) == before


def test_values_follow_after_an_interruption(tmp_path: Path) -> None:
    store = GraphStore.open(tmp_path / "kg")
    put(store, reading())
    store._database = None  # the process dies here
    del store
    with GraphStore.open(tmp_path / "kg") as store:
        assert store.values() == {"only": len(FACTS)}


def test_values_of_another_base_are_under_it(tmp_path: Path) -> None:
    names = []
    for base in (BASE, "https://example.org/health/"):
        with GraphStore.open(tmp_path / str(len(base)), base=base) as store:
            put(store, reading())
            subjects = {q.subject.value for q in store.graphs() if q.graph_name.value == base + values.GRAPH}
            names.append({subject.removeprefix(base) for subject in subjects})
    assert all(name.startswith("val-") for name in names[0] | names[1])
    assert len(names[0]) == len(names[1]) == len(FACTS)


def test_a_build_counts_values_disputes_and_what_has_no_period(tmp_path: Path) -> None:
    summary = pipeline.build([REPORTS / "stat11.txt"], Options(store=tmp_path / "kg"))
    with GraphStore.open(tmp_path / "kg", read_only=True) as store:
        chosen = store.values()
        ((stated,),) = store.query(
            "SELECT (COUNT(*) AS ?n) { ?o ha:indicatorText ?t ; sdmx-dimension:refPeriod ?p }"
        )
    assert summary.values == sum(chosen.values()) > 0
    assert summary.disputed == sum(n for rule, n in chosen.items() if rule not in UNDISPUTED)
    assert summary.undated == summary.facts - int(stated.value)
