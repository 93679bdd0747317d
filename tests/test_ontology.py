"""The ontology: every term labelled and defined in three languages, aligned to terms that exist, without contradiction."""

from __future__ import annotations

import html
import importlib.util
import io
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
import rdflib
from graph_samples import PLACES, reading
from opencc import OpenCC
from rdflib import namespace
from rdflib.namespace import DCTERMS, OWL, PROV, QB, RDF, RDFS, SKOS, VANN

from kg.config import BASE, VERSION
from kg.graph import terms
from kg.graph.mapper import to_quads

ROOT = Path(__file__).parent.parent
HA = rdflib.Namespace(terms.HA)
ONTOLOGY = rdflib.URIRef("https://w3id.org/health-admin/ontology")
LANGUAGES = ("en", "zh-hans", "zh-hant")
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LABELLED = (*TERMS, SKOS.ConceptScheme, SKOS.Concept, PROV.Role)

SCHEMES = (HA["organisation-types"], HA["programme-types"], HA["programme-roles"], HA.candidates)

# What rdflib has no closed namespace for, with where it is defined.
ELSEWHERE = {
    terms.OA: {  # w3c/web-annotation, ns/oa.ttl
        "Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "hasSource", "hasSelector",
        "hasBody", "hasTarget", "exact", "start", "end",
    },
    terms.QUDT: {"Unit", "symbol", "conversionMultiplier", "applicableUnit"},  # qudt/qudt-public-repo, SCHEMA_QUDT
    terms.SDMX_DIMENSION: {"refArea", "refPeriod"},  # UKGovLD/publishing-statistical-data, sdmx-dimension.ttl
    terms.SDMX_MEASURE: {"obsValue"},  # the same, sdmx-measure.ttl
    terms.SDMX_ATTRIBUTE: {"unitMeasure", "obsStatus"},  # the same, sdmx-attribute.ttl
    terms.CNT: {"characterEncoding"},  # Representing Content in RDF 1.0, W3C
    terms.PAV: {"retrievedOn"},  # pav-ontology/pav, pav.ttl
}  # fmt: skip
CLOSED = [
    getattr(namespace, name)
    for name in ("DCAT", "DCTERMS", "GEO", "ORG", "OWL", "PROV", "QB", "RDF", "RDFS", "SDO", "SH", "SKOS", "VANN", "VOID", "XSD")
]  # fmt: skip


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


check = script("check_ontology")


@cache
def written(*without: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        if path.name not in without:
            graph.parse(path)
    return graph


def ours(*kinds: rdflib.URIRef) -> list[rdflib.URIRef]:
    graph = written("indicators.ttl")
    return sorted({node for kind in kinds for node in graph.subjects(RDF.type, kind) if node in HA})


def said(node: rdflib.URIRef, predicate: rdflib.URIRef) -> dict[str | None, str]:
    return {value.language: str(value) for value in written("indicators.ttl").objects(node, predicate)}


def test_terms_are_declared() -> None:
    assert len(ours(*TERMS)) == 39
    assert {HA.Observation, HA.within, HA.problem} <= set(ours(*TERMS))


@pytest.mark.parametrize("node", [*ours(*TERMS), *SCHEMES, ONTOLOGY], ids=str)
def test_every_term_has_a_label_and_a_definition_in_three_languages(node: rdflib.URIRef) -> None:
    assert sorted(map(str, said(node, RDFS.label))) == sorted(LANGUAGES)
    defined = DCTERMS.description if node == ONTOLOGY else SKOS.definition
    assert sorted(map(str, said(node, defined))) == sorted(LANGUAGES)
    assert said(node, RDFS.comment) == {}


@pytest.mark.parametrize("node", ours(*LABELLED, rdflib.URIRef(terms.QUDT + "Unit")), ids=str)
def test_every_scheme_concept_role_and_unit_has_a_label_in_three_languages(node: rdflib.URIRef) -> None:
    labels = said(node, SKOS.prefLabel) or said(node, RDFS.label)
    assert sorted(map(str, labels)) == sorted(LANGUAGES)
    assert labels["zh-hant"] == OpenCC("s2t").convert(labels["zh-hans"])


@pytest.mark.parametrize("node", ours(SKOS.Concept), ids=str)
def test_every_concept_of_ours_is_defined_in_three_languages(node: rdflib.URIRef) -> None:
    assert sorted(map(str, said(node, SKOS.definition))) == sorted(LANGUAGES)


def test_every_indicator_has_a_label_in_three_languages() -> None:
    graph = written()
    lacking = {
        node
        for node in graph.subjects(SKOS.inScheme, HA.indicators)
        if sorted(label.language for label in graph.objects(node, SKOS.prefLabel)) != sorted(LANGUAGES)
    }
    assert lacking == set()


def test_traditional_labels_and_types_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert script("add_traditional").main(["--check"]) == 0
    assert capsys.readouterr().out == ""
    made = script("make_types")
    assert made.TARGET.read_text(encoding="utf-8") == made.turtle(made.TABLE)


def test_what_others_define_exists() -> None:
    unknown = set()
    graph = rdflib.Graph()
    graph += written("indicators.ttl")
    for path in (ROOT / "shapes").glob("*.ttl"):
        graph.parse(path)
    nodes = {node for triple in graph for node in triple if isinstance(node, rdflib.URIRef)}
    nodes |= {rdflib.URIRef(value.value) for value in vars(terms).values() if isinstance(value, ox.NamedNode)}
    for node in nodes:
        closed = next((one for one in CLOSED if str(node).startswith(str(one))), None)
        listed = next((found for start, found in ELSEWHERE.items() if str(node).startswith(start)), None)
        if closed is not None and node != rdflib.URIRef(str(closed)):
            unknown |= {node} - {one for one in [node] if one in closed}
        elif listed is not None:
            unknown |= {node} - {one for one in [node] if re.split("[#/]", one)[-1] in listed}
    assert unknown == set()


def test_the_ontology_says_what_it_is() -> None:
    graph = written("indicators.ttl")
    assert str(graph.value(ONTOLOGY, OWL.versionInfo)) == VERSION
    assert graph.value(ONTOLOGY, OWL.versionIRI) == rdflib.URIRef(f"{ONTOLOGY}/{VERSION}")
    assert str(graph.value(ONTOLOGY, VANN.preferredNamespaceUri)) == terms.HA
    assert str(graph.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "ha"
    assert {DCTERMS.created, DCTERMS.modified, DCTERMS.license, DCTERMS.creator} <= set(
        graph.predicates(ONTOLOGY)
    )
    assert [node for node in ours(*TERMS) if (node, RDFS.isDefinedBy, ONTOLOGY) not in graph] == []


PAGE = (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("node", ours(*TERMS), ids=str)
def test_the_page_has_every_term_under_its_name(node: rdflib.URIRef) -> None:
    assert PAGE.count(f'id="{node.removeprefix(terms.HA)}"') == 1
    for predicate in (RDFS.label, SKOS.definition):
        for text in said(node, predicate).values():
            assert html.escape(text, quote=False) in PAGE


def test_the_page_loads_nothing() -> None:
    assert re.findall(r"src=|@import|url\(", PAGE) == []
    assert "<link" not in PAGE


def test_the_page_is_current() -> None:
    pytest.importorskip("pylode")
    subprocess.run(
        [sys.executable, "scripts/make_ontology_docs.py", "--check"],
        cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": "7"},
    )  # fmt: skip


def sample() -> rdflib.Graph:
    graph = rdflib.Graph()
    graph += check.ontology(indicators=False)
    triples = ox.serialize(
        [q.triple for q in to_quads(reading(), PLACES, BASE)], format=ox.RdfFormat.N_TRIPLES
    )
    return graph.parse(io.BytesIO(triples or b""), format="nt")


def test_no_class_is_unsatisfiable_and_no_property_at_odds() -> None:
    assert check.unsatisfiable(check.ontology(indicators=False)) == []


def test_an_unsatisfiable_class_and_a_property_at_odds_are_found() -> None:
    graph = check.ontology(indicators=False)
    graph.add((HA.Rank, RDFS.subClassOf, HA.Place))
    graph.add((HA.within, RDFS.range, HA.Programme))
    found = " ".join(check.unsatisfiable(graph))
    assert "urn:probe:Rank" in found
    assert "urn:probe:within-object" in found


def test_a_graph_of_reports_has_no_contradiction() -> None:
    assert check.contradictions(sample()) == []


def test_contradictions_are_found() -> None:
    graph = sample()
    place, province = (rdflib.URIRef(f"{BASE}place-{code}") for code in ("530100", "530000"))
    rate = next(graph.subjects(RDF.type, HA.Rate))
    report = next(graph.subjects(RDF.type, HA.Report))
    planted = [
        (rate, RDF.type, HA.Count),
        (place, RDF.type, HA.Programme),
        (province, HA.within, place),
        (report, QB.dataSet, rdflib.URIRef(BASE + "dataset")),
        (rate, PROV.wasDerivedFrom, next(graph.subjects(RDF.type, PROV.Activity))),
        (HA["org-cdc"], SKOS.altLabel, rdflib.Literal("疾病预防控制中心", lang="zh-hans")),
    ]
    for triple in planted:
        graph.add(triple)
    found = "\n".join(check.contradictions(graph))
    for words in (
        "ontology#Count and https://w3id.org/health-admin/ontology#Rate have a common individual",
        "ontology#Place and https://w3id.org/health-admin/ontology#Programme have a common individual",
        "asymmetric property https://w3id.org/health-admin/ontology#within",
        f"cube#Observation have a common individual {report}",
        "prov#Activity and http://www.w3.org/ns/prov#Entity",
        "disjoint properties http://www.w3.org/2004/02/skos/core#prefLabel",
    ):
        assert words in found
