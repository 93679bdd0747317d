"""Write docs/ontology.html, the page of the ontology, with pyLODE.

    python scripts/make_ontology_docs.py [--check]

The same ontology gives the same bytes, without network. ``--check`` writes nothing and fails when the page is not
current. pyLODE takes one title a term and shows no disjointness, so it is given a copy of the ontology in which the
three labels are one title and disjointness is a note; every term is found under its own name (``ontology.html#Rate``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import rdflib
from pylode import OntPub
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "ontology" / "health-admin.ttl"
TARGET = ROOT / "docs" / "ontology.html"
HA = rdflib.Namespace("https://w3id.org/health-admin/ontology#")
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LANGUAGES = ("en", "zh-hans", "zh-hant")


def main() -> int:
    """Write the page, or with --check say whether it is current."""
    made = page()
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == made else 1
    TARGET.write_text(made, encoding="utf-8", newline="\n")
    terms = made.count('class="property entity"')
    print(f"{TARGET.relative_to(ROOT)}: {terms} terms")
    return 0


def page() -> str:
    """The page as HTML."""
    shown = _shown(rdflib.Graph().parse(SOURCE))
    publication = OntPub(shown, sort_subjects=True)
    publication.fids |= {str(node): node.removeprefix(str(HA)) for node in _terms(shown)}
    html: str = publication.make_html()
    return "".join(f"{line.rstrip()}\n" for line in html.splitlines())


def _shown(graph: rdflib.Graph) -> rdflib.Graph:
    """The ontology and its terms, each with one title."""
    shown = rdflib.Graph(bind_namespaces="core")
    for prefix, name in graph.namespaces():
        shown.bind(prefix, name)
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    for node in (ontology, *_terms(graph)):
        for predicate, value in graph.predicate_objects(node):
            if predicate not in {RDFS.label, DCTERMS.title, OWL.disjointWith}:
                shown.add((node, predicate, value))
        shown.add((node, DCTERMS.title, rdflib.Literal(_title(graph, node))))
        apart = {*graph.objects(node, OWL.disjointWith), *graph.subjects(OWL.disjointWith, node)}
        if apart:
            names = ", ".join(sorted(other.n3(graph.namespace_manager) for other in apart))
            shown.add((node, SKOS.note, rdflib.Literal(f"Disjoint with {names}.")))
    return shown


def _title(graph: rdflib.Graph, node: rdflib.term.Node) -> str:
    labels = {label.language: str(label) for label in graph.objects(node, RDFS.label)}
    return " · ".join(dict.fromkeys(labels[language] for language in LANGUAGES))


def _terms(graph: rdflib.Graph) -> list[rdflib.URIRef]:
    return sorted({node for kind in TERMS for node in graph.subjects(RDF.type, kind) if node in HA})


if __name__ == "__main__":
    sys.exit(main())
