"""The integrity conditions of the SKOS reference, run on the published scheme, and a planted fault of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ID = Namespace("https://w3id.org/health-admin/id/")
HA = Namespace("https://w3id.org/health-admin/ontology#")
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
BEDS, STAFF = ID["ind-beds"], ID["ind-staff"]


@pytest.fixture(scope="module")
def scheme() -> Graph:
    return Graph().parse(ROOT / "ontology" / "indicators.ttl")


def violations(graph: Graph) -> Iterator[tuple[str, Node]]:
    """The conditions that do not hold, each with what breaks it."""
    for one, other in combinations((SKOS.Concept, SKOS.ConceptScheme, SKOS.Collection), 2):
        code = "S9" if SKOS.Collection not in (one, other) else "S37"
        for both in set(graph.subjects(RDF.type, one)) & set(graph.subjects(RDF.type, other)):
            yield code, both
    for one, other in combinations(LABELS, 2):
        for subject, _label in set(graph.subject_objects(one)) & set(graph.subject_objects(other)):
            yield "S13", subject
    preferred = Counter((s, label.language) for s, label in graph.subject_objects(SKOS.prefLabel))
    yield from (("S14", subject) for (subject, _), times in preferred.items() if times > 1)
    for subject, related in graph.subject_objects(SKOS.related):
        for low, high in ((subject, related), (related, subject)):
            if high in set(graph.transitive_objects(low, SKOS.broader)) - {low}:
                yield "S27", subject
    exact = set(graph.subject_objects(SKOS.exactMatch)) | {(o, s) for s, o in graph[: SKOS.exactMatch]}
    for mapping in (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        yield from (("S46", subject) for subject, other in graph[:mapping] if (subject, other) in exact)


def test_the_scheme_keeps_every_condition(scheme):
    assert list(violations(scheme)) == []


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("S9", (BEDS, RDF.type, SKOS.ConceptScheme)),
        ("S13", (BEDS, SKOS.altLabel, Literal("床位数", lang="zh-hans"))),
        ("S13", (BEDS, SKOS.hiddenLabel, Literal("病床", lang="zh-hans"))),
        ("S14", (BEDS, SKOS.prefLabel, Literal("bed numbers", lang="en"))),
        ("S27", (BEDS, SKOS.related, ID["ind-resources"])),
        ("S37", (BEDS, RDF.type, SKOS.Collection)),
        ("S37", (HA.indicators, RDF.type, SKOS.Collection)),
        ("S46", (ID["ind-birth-rate"], SKOS.broadMatch, Namespace("https://ghoapi.azureedge.net/api/").WHS9_CBR)),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(scheme, code, fault):
    scheme.add(fault)
    try:
        assert {(found, subject) for found, subject in violations(scheme)} == {(code, fault[0])}
    finally:
        scheme.remove(fault)


def test_broader_and_narrower_say_the_same_and_never_come_round(scheme):
    broader = set(scheme.subject_objects(SKOS.broader))
    assert {(high, low) for low, high in broader} == set(scheme.subject_objects(SKOS.narrower))
    for concept in scheme.subjects(RDF.type, SKOS.Concept):
        above = list(scheme.objects(concept, SKOS.broader))
        assert concept not in {
            higher for one in above for higher in scheme.transitive_objects(one, SKOS.broader)
        }


def test_every_concept_hangs_under_a_top_concept(scheme):
    tops = set(scheme.objects(HA.indicators, SKOS.hasTopConcept))
    assert tops == set(scheme.subjects(SKOS.topConceptOf, HA.indicators))
    concepts = set(scheme.subjects(RDF.type, SKOS.Concept))
    assert {
        concept
        for concept in concepts
        if len(set(scheme.transitive_objects(concept, SKOS.broader)) & tops) != 1
    } == set()
    assert ID["ind-resources"] in tops
    assert set(scheme.transitive_objects(ID["ind-icu-beds"], SKOS.broader)) == {
        ID[f"ind-{key}"] for key in ("icu-beds", "bed-types", "beds-group", "resources")
    }
