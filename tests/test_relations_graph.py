"""Relations of programmes as RDF: what is written, what the gate refuses, and the saved query that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import COMMISSION, HOSPITAL, KUNMING, PLACES, PROGRAMME, TEXT, YEAR, reading

from kg.config import BASE
from kg.graph import terms
from kg.graph.mapper import to_quads
from kg.graph.query import Answer, load, run
from kg.graph.store import GraphStore
from kg.graph.validate import validator
from kg.graph.vocabulary import vocabulary
from kg.model import Entity, Relation, Role

SENTENCE = TEXT.split("\n")[1]
NAME = PROGRAMME.name


def relation(agent: Entity = KUNMING, role: Role = "runs") -> Relation:
    start = TEXT.index(NAME)
    return Relation(
        start,
        start + len(NAME),
        NAME,
        SENTENCE,
        PROGRAMME,
        agent,
        role,
        PLACES["530100"],
        YEAR,
        "rel-runs",
        0.9,
    )


RELATIONS = (relation(), relation(HOSPITAL, "takes-part"), relation(COMMISSION, "won"))
READING = replace(reading(), relations=RELATIONS)


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return to_quads(READING, PLACES, BASE)


def of_role(quads: list[ox.Quad], role: Role) -> ox.NamedNode:
    (node,) = (q.subject for q in quads if q.predicate == terms.HAD_ROLE and q.object == terms.ROLES[role])
    assert isinstance(node, ox.NamedNode)
    return node


def test_a_relation_is_an_association_with_its_evidence_in_the_reports_graph(quads: list[ox.Quad]) -> None:
    node = of_role(quads, "runs")
    said = {(q.predicate, q.object) for q in quads if q.subject == node}
    assert node.value.removeprefix(BASE).startswith("rel-")
    assert (terms.TYPE, terms.ASSOCIATION) in said
    assert (terms.AGENT, ox.NamedNode(BASE + "place-530100")) in said
    assert (terms.SPATIAL, ox.NamedNode(BASE + "place-530100")) in said
    assert (terms.YEAR, ox.Literal("2020", datatype=terms.INTEGER)) in said
    assert (terms.RULE, ox.Literal("rel-runs")) in said
    graphs = {str(q.graph_name) for q in quads if q.subject == node}
    assert len(graphs) == 1 and "graph-entities" not in graphs.pop()
    (evidence,) = (found for predicate, found in said if predicate == terms.WAS_DERIVED_FROM)
    assert evidence.value.removeprefix(BASE + "ev-") == node.value.removeprefix(BASE + "rel-")
    assert (evidence, terms.SENTENCE, ox.Literal(SENTENCE)) in {
        (q.subject, q.predicate, q.object) for q in quads
    }


def test_agents_that_no_name_or_figure_brought_up_are_described() -> None:
    alone = replace(reading(facts=(), mentions=()), relations=RELATIONS)
    quads = to_quads(alone, PLACES, BASE)
    agents = {q.object for q in quads if q.predicate in (terms.AGENT, terms.HAD_PLAN)}
    labelled = {q.subject for q in quads if q.predicate == terms.LABEL}
    assert agents - labelled == set()


@pytest.mark.parametrize("engine", ["shifty", "pyshacl"])
def test_relations_pass_the_gate(engine: str, quads: list[ox.Quad]) -> None:
    assert validator(engine).validate(quads).conforms


@pytest.mark.parametrize(
    ("predicate", "new"),
    [
        (terms.HAD_ROLE, ()),
        (terms.HAD_ROLE, (ox.NamedNode(terms.HA + "role-likes"),)),
        (terms.AGENT, ()),
        (terms.AGENT, (ox.NamedNode(BASE + "nowhere"),)),
        (terms.HAD_PLAN, (ox.NamedNode(BASE + "place-530100"),)),
        (terms.CONFIDENCE, (ox.Literal("1.5", datatype=terms.DECIMAL),)),
        (terms.WAS_DERIVED_FROM, ()),
        (terms.END, (ox.Literal("2019-12-31", datatype=terms.DATE),)),
        (ox.NamedNode(terms.HA + "colour"), (ox.Literal("red"),)),
    ],
)
def test_the_gate_refuses_a_relation_that_the_model_does_not_know(
    predicate: ox.NamedNode, new: tuple[ox.NamedNode | ox.Literal, ...], quads: list[ox.Quad]
) -> None:
    node = of_role(quads, "runs")
    graph = next(q.graph_name for q in quads if q.subject == node)
    kept = [q for q in quads if not (q.subject == node and q.predicate == predicate)]
    verdict = validator("shifty").validate(kept + [ox.Quad(node, predicate, value, graph) for value in new])
    assert not verdict.conforms
    assert {problem.code for problem in verdict.problems if problem.severity == "error"} >= {"E424"}


def test_every_role_has_labels_and_definitions_in_three_languages() -> None:
    for role in terms.ROLES.values():
        said = [triple for triple in vocabulary().triples if triple.subject == role]
        for predicate in (terms.PREF_LABEL, ox.NamedNode(terms.SKOS + "definition")):
            tags = {
                t.object.language
                for t in said
                if t.predicate == predicate and isinstance(t.object, ox.Literal)
            }
            assert tags == {"zh-hans", "zh-hant", "en"}


@pytest.fixture
def store(tmp_path: Path, quads: list[ox.Quad]) -> Iterator[GraphStore]:
    with GraphStore.open(tmp_path / "store") as opened:
        opened.put(READING, quads, "a.txt")
        yield opened


def test_the_saved_query_lists_who_runs_takes_part_and_won_with_the_sentence(store: GraphStore) -> None:
    answer = run(store, load("programme-roles"))
    assert isinstance(answer, Answer)
    at = [answer.columns.index(name) for name in ("programme", "role", "agent", "sentence")]
    assert [tuple(term.value for i in at if (term := row[i])) for row in answer.rows] == [
        (NAME, "runs", KUNMING.name, SENTENCE),
        (NAME, "takes-part", HOSPITAL.name, SENTENCE),
        (NAME, "won", COMMISSION.name, SENTENCE),
    ]
