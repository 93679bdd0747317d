"""Write docs/ontology.html, the page of the ontology, with pyLODE.

    python scripts/make_ontology_docs.py [--check]

The same ontology gives the same bytes, without network. ``--check`` writes nothing and fails when the page is not
current. pyLODE takes one title a term and shows no disjointness, so it is given a copy of the ontology in which the
three labels are one title and disjointness is a note. Every term is found under its own name (``ontology.html#Rate``),
and the style is ours.
"""

from __future__ import annotations

import re
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
STYLE = """\
body { margin: 0 auto; max-width: 62rem; padding: 1rem 1rem 1rem 17rem; font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; color: #222; }
#toc { position: fixed; inset: 0 auto 0 0; width: 15rem; overflow: auto; padding: 1rem; background: #f4f6f7; font-size: .9rem; }
#toc ul { list-style: none; padding-left: .8rem; margin: 0; }
#toc h4 { margin: .6rem 0 0; }
#pylode { float: right; font-size: .8rem; color: #666; }
.entity { margin: 0 0 1.5rem; padding: .2rem 1rem; border: 1px solid #ccd4d8; border-radius: 4px; }
.entity:target { border-color: #06c; }
table { border-collapse: collapse; }
th { text-align: left; vertical-align: top; padding: .15rem 1rem .15rem 0; font-weight: normal; white-space: nowrap; }
td p, td ul, dd p, dd ul { margin: 0; }
td ul, dd ul { padding-left: 1.1rem; }
dl > div { display: flex; gap: 1rem; }
dt { min-width: 12rem; }
sup { margin-left: .2rem; color: #777; }
a { color: #06c; text-decoration: none; }
@media (max-width: 50rem) { body { padding: 1rem; } #toc { position: static; width: auto; } }
"""


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
    html = re.sub(
        r"<style>.*?</style>", lambda _: f"<style>\n{STYLE}</style>", html, count=1, flags=re.DOTALL
    )
    html = re.sub(r"\n *<link [^>]*rel=\"icon\"[^>]*>", "", html)
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
