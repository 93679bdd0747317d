"""A query within a time limit: the same answer as without, an end at the deadline, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph.query import Answer, Result, SavedQuery, load, run, saved
from kg.graph.store import GraphStore
from kg.graph.within import run_within

# Every node with every node: for hours, and no row comes.
ENDLESS = SavedQuery(
    "endless",
    'SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) = CONCAT(STR(?f), STR(?i), "x")) }',
)


@pytest.fixture(scope="module")
def graph(demo: Path) -> Iterator[GraphStore]:
    with GraphStore.open(demo, read_only=True) as store:
        yield store


def whole(result: Result) -> object:
    return (result.columns, list(result.rows)) if isinstance(result, Answer) else result


def workers() -> list[str]:
    said = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    return [
        line
        for line in said.splitlines()
        if "kg.graph.worker" in line and line.split()[0] == str(os.getpid())
    ]


@pytest.mark.parametrize("name", ["facts", "reports", "coverage", "definition", "places"])
def test_rows_are_those_of_the_store_itself(graph: GraphStore, name: str) -> None:
    query = load(name)
    given = {p.name: p.example for p in query.parameters.values() if p.required}
    assert whole(run_within(graph, query, given)) == whole(run(graph, query, given))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?o a qb:Observation }",
        "ASK { ?o a ha:Nothing }",
        "CONSTRUCT { ?o ha:rule ?r } WHERE { ?o ha:rule ?r ; ha:unitText ?u }",
        "DESCRIBE id:place-130500",
        "SELECT ?x WHERE { VALUES ?x { UNDEF 1 'a\\tb\\nc' \"q\\\"\\\\\" '中文'@zh-hans 0.5 true <http://e/x> } }",
        "SELECT * WHERE { ?s ?p ?nothing FILTER(false) }",
    ],
)
def test_other_forms_and_terms_come_whole(graph: GraphStore, text: str) -> None:
    query = SavedQuery("any", text)
    assert whole(run_within(graph, query)) == whole(run(graph, query))


def test_describe_gives_what_is_said_of_a_place(graph: GraphStore) -> None:
    triples = run_within(graph, SavedQuery("any", "DESCRIBE id:place-130500"))
    assert isinstance(triples, list)
    assert {triple.subject.value for triple in triples} == {"https://w3id.org/health-admin/id/place-130500"}
    assert any(triple.object == ox.Literal("130500") for triple in triples)


def test_parameters_are_bound_in_the_other_process(graph: GraphStore) -> None:
    given = {"indicator": "婴儿死亡率", "year": "2022"}
    query = load("indicator-by-place")
    rows = whole(run_within(graph, query, given))
    assert rows == whole(run(graph, query, given))
    assert rows[1]  # type: ignore[index]


def test_a_limit_gives_the_first_rows(graph: GraphStore) -> None:
    every = whole(run(graph, load("reports")))[1]  # type: ignore[index]
    assert whole(run_within(graph, load("reports"), limit=3))[1] == every[:3]  # type: ignore[index]
    assert whole(run(graph, load("reports"), limit=3))[1] == every[:3]  # type: ignore[index]
    assert whole(run_within(graph, load("reports"), limit=0))[1] == []  # type: ignore[index]
    triples = run_within(graph, SavedQuery("any", "CONSTRUCT WHERE { ?o ha:rule ?r }"), limit=4)
    assert isinstance(triples, list)
    assert len(triples) == 4


def test_a_limit_ends_a_query_that_would_not_end(graph: GraphStore) -> None:
    """Rows come as they are found: ten of a cross product are there at once."""
    product = SavedQuery("product", "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert len(whole(run_within(graph, product, seconds=20, limit=10))[1]) == 10  # type: ignore[index]


def test_a_join_without_a_row_ends_at_the_deadline_and_leaves_nothing(graph: GraphStore) -> None:
    start = time.monotonic()
    with pytest.raises(QueryError) as caught:
        run_within(graph, ENDLESS, seconds=1)
    assert caught.value.code == "E230"
    assert 1 <= time.monotonic() - start < 4
    assert workers() == []
    assert whole(run_within(graph, load("reports")))  # and the store is as it was


def test_what_the_engine_refuses_is_told_in_its_words(graph: GraphStore) -> None:
    unanswered = "SELECT ?s WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }"
    for text, code in (("SELECT ?s WHERE {", "E203"), (unanswered, "E651")):
        with pytest.raises(QueryError) as caught:
            run_within(graph, SavedQuery("bad", text))
        assert caught.value.code == code
    with pytest.raises(QueryError) as caught:
        run_within(graph, SavedQuery("update", "DELETE WHERE { ?s ?p ?o }"))
    assert "kg build" in caught.value.en


def test_a_process_that_dies_is_told(graph: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(QueryError) as caught:
        run_within(graph, load("reports"))
    assert caught.value.code == "E231"
    assert "1" in caught.value.en


def test_the_process_starts_with_the_engine_alone() -> None:
    """Every query waits for what it imports."""
    script = "import sys, kg.graph.worker; print(sorted({m.split('.')[0] for m in sys.modules} & {'rdflib', 'spacy', 'pyshacl', 'rich', 'typer'}))"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_saved_query_comes_near_the_limit_on_the_demo_graph(graph: GraphStore) -> None:
    for query in saved():
        given = {p.name: p.example for p in query.parameters.values() if p.required and p.type not in {"iri"}}
        if any(p.required and p.type == "iri" for p in query.parameters.values()):
            continue
        start = time.monotonic()
        whole(run(graph, query, given))
        assert time.monotonic() - start < 10, query.name
