"""What our terms are called elsewhere: a table that others can read, and the axioms of the ontology that say the same."""

from __future__ import annotations

import importlib
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import namespace
from test_ontology import ELSEWHERE

from kg.graph import terms
from kg.graph.vocabulary import vocabulary
from kg.link import sssom

PATH = Path(__file__).parent.parent / "seeds" / "vocabulary" / "ontology_matches.sssom.tsv"
TABLE = sssom.read(PATH)
ROWS = [row for _, row in TABLE.rows]
READABLE = [getattr(namespace, name) for name in ("DCAT", "DCTERMS", "GEO", "PROV", "QB", "SDO", "SKOS")]
"""Vocabularies that rdflib carries, with every term that they define."""
SAID = {
    terms.RDFS + name for name in ("subClassOf", "subPropertyOf", "seeAlso")
} | {terms.SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch")}  # fmt: skip


def expanded(row: dict[str, str], column: str) -> str:
    return sssom.expanded(row[column], TABLE.prefixes)


def label(iri: str) -> str:
    said = {ox.NamedNode(terms.RDFS + "label"), terms.PREF_LABEL}
    found = (t.object for t in vocabulary().triples if t.subject == ox.NamedNode(iri) and t.predicate in said)
    return next(one.value for one in found if isinstance(one, ox.Literal) and one.language == "en")


@pytest.mark.filterwarnings("ignore")
def test_sssom_py_finds_nothing_wrong() -> None:
    parsed = importlib.import_module("sssom.parsers").parse_sssom_table(str(PATH))
    reports = importlib.import_module("sssom.validators").validate(parsed, fail_on_error=False)
    assert [result.message for report in reports.values() for result in report.results] == []
    assert len(parsed.df) == len(ROWS) == len({(row["subject_id"], row["object_id"]) for row in ROWS})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['subject_id']}-{row['object_id']}")
def test_every_term_is_there_on_both_sides(row: dict[str, str]) -> None:
    assert row["subject_label"] == label(expanded(row, "subject_id"))
    theirs = expanded(row, "object_id")
    space = next((one for one in READABLE if theirs.startswith(str(one))), None)
    listed = next((found for start, found in ELSEWHERE.items() if theirs.startswith(start)), None)
    if space is not None:
        assert theirs.removeprefix(str(space)) == row["object_label"]
        assert rdflib.URIRef(theirs) in space
    elif listed is not None:
        assert theirs.removeprefix(next(s for s in ELSEWHERE if theirs.startswith(s))) in listed
    else:  # no vocabulary to be read: a page that shows the term with this label
        assert theirs.startswith(terms.OUTSIDE["wd"])
        assert row["see_also"].startswith("https://www.wikidata.org/wiki/")
    if row["predicate_id"] == "rdfs:seeAlso":
        assert row["comment"]  # alike, and in what not


def test_the_ontology_says_what_the_table_says() -> None:
    elsewhere = {
        (triple.subject.value, triple.predicate.value, triple.object.value)
        for triple in vocabulary().triples
        if isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and triple.predicate.value in SAID
        and triple.subject.value.startswith(terms.HA)
        and not triple.object.value.startswith(terms.HA)
        and not triple.subject.value.startswith(terms.HA + "unit-")
    }
    assert elsewhere == {
        tuple(expanded(row, name) for name in ("subject_id", "predicate_id", "object_id")) for row in ROWS
    }
