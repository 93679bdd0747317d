"""All saved queries together: their folders, an empty store, the demo graph, and SPARQL that others can run."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from commands import ROOT

from kg.graph import terms
from kg.graph.parameters import bind, values
from kg.graph.plan import _patterns, explained
from kg.graph.portable import federated, portable
from kg.graph.query import FOLDERS, Answer, SavedQuery, load, run, saved
from kg.graph.store import GraphStore

NAMES = [query.name for query in saved() if not federated(query.text)]  # the others: test_query_federated
NOWHERE = "https://example.org/nothing"
# On the demo graph no two reports speak of one figure, none is a reprint, none is signed, and nothing is linked.
WITHOUT_ROWS = {
    "agreements", "consolidated", "credits", "disagreements", "largest-disagreements", "links", "other-statements",
    "divisions-then", "reprints", "suspicious-links",
}  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A store into which nothing was read: it holds the vocabulary alone."""
    folder = tmp_path_factory.mktemp("empty") / "store"
    GraphStore.open(folder).close()
    with GraphStore.open(folder, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def graph(demo: Path) -> Iterator[GraphStore]:
    with GraphStore.open(demo, read_only=True) as store:
        yield store


def answered(store: GraphStore, query: SavedQuery, given: dict[str, str]) -> list[tuple[object, ...]]:
    answer = run(store, query, given)
    assert isinstance(answer, Answer)
    return list(answer.rows)


def of_the_example(query: SavedQuery) -> dict[str, str]:
    """The parameters of the example in a query's header."""
    words = shlex.split(query.example)
    return dict(word.split("=", 1) for before, word in pairwise(words) if before == "--param")


def test_there_are_thirty_in_every_folder_of_questions() -> None:
    assert len(NAMES) >= 50
    assert {query.folder for query in saved()} == set(FOLDERS)
    assert {path.name for path in (ROOT / "queries").iterdir()} == set(FOLDERS)


def test_a_name_is_one_query_in_all_folders() -> None:
    names = [query.name for query in saved()]
    assert sorted(names) == sorted(path.stem for path in (ROOT / "queries").rglob("*.rq"))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_store_gives_no_rows_and_no_error(empty: GraphStore, name: str) -> None:
    query = load(name)
    things = {"place", "organisation", "programme", "indicator", "entity", "report", "iri"}
    given = {
        p.name: NOWHERE if p.type in things else p.example for p in query.parameters.values() if p.required
    }
    assert answered(empty, query, given) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_example_works_on_the_demo_graph(graph: GraphStore, name: str) -> None:
    query = load(name)
    given = of_the_example(query)
    assert set(given) >= {p.name for p in query.parameters.values() if p.required}
    assert bool(answered(graph, query, given)) or name in WITHOUT_ROWS


@pytest.mark.parametrize("name", NAMES)
def test_the_portable_text_gives_the_same_rows(graph: GraphStore, name: str) -> None:
    """With the parameters written into the text: what ``--explain`` shows, and what another endpoint is asked."""
    query = load(name)
    for given in (
        of_the_example(query),
        {p: v for p, v in of_the_example(query).items() if query.parameters[p].required},
    ):
        bound = bind(name, query.parameters, given, graph)
        known = {variable.value: str(term) for variable, term in bound.items()}
        text = portable(query.text, known, terms.prefixes())
        assert all(f"?{variable}" not in text.replace(f"AS ?{variable})", "") for variable in known)
        assert answered(graph, SavedQuery(name, text), {}) == answered(graph, query, given)


@pytest.mark.parametrize("name", NAMES)
def test_charts_name_columns(graph: GraphStore, name: str) -> None:
    query = load(name)
    answer = run(graph, query, of_the_example(query))
    assert isinstance(answer, Answer)
    assert set(query.chart.values()) <= set(answer.columns)
    assert set(query.chart) <= {"x", "y", "series"}


def test_every_known_and_choice_gives_values(graph: GraphStore) -> None:
    for query in saved():
        for parameter in query.parameters.values():
            if parameter.known or parameter.choices:
                assert values(graph, parameter), (query.name, parameter.name)


def test_every_query_can_be_explained() -> None:
    for query in saved():
        text = portable(query.text, {}, terms.prefixes())
        assert list(_patterns(query.name, text, terms.prefixes())), query.name


def test_a_plan_counts_matches_and_graphs(graph: GraphStore) -> None:
    plan = explained(graph, load("indicator-by-place"), {"indicator": "婴儿死亡率"}, 30)
    assert plan.rows == len(answered(graph, load("indicator-by-place"), {"indicator": "婴儿死亡率"}))
    first = plan.patterns[0]
    assert first.text == "?fact ha:indicator id:ind-infant-mortality-rate"
    facts = list(
        graph.query("SELECT ?f WHERE { ?f ha:indicator id:ind-infant-mortality-rate ; ha:unitText ?u }")
    )  # type: ignore[arg-type]
    assert sum(count for name, count in first.graphs.items() if name != "graph-consolidated") == len(facts)
    path = next(one for one in plan.patterns if "rdf:type/skos:notation" in one.text)
    assert path.matches and not path.graphs


# What is right is known, not only that something comes: hand-made figures.


def test_ranks_tie_and_do_not_skip_units(graph: GraphStore) -> None:
    answer = answered(graph, load("ranking"), {"indicator": "婴儿死亡率", "year": "2021"})
    said = [(row[0].value, row[1].value, row[2].value) for row in answer]  # type: ignore[attr-defined]
    assert said == [("1", "宣城市", "2.84"), ("2", "广东省", "2.13"), ("3", "肇庆市", "2.05")]
