"""Look for contradictions: OWL 2 RL over the ontology, what the vocabularies it reuses say, and a graph.

    python scripts/check_ontology.py [--quick] [FILE.ttl|FILE.nt ...]

Without a file, the ontology alone. First every class of ours gets an individual, and every property of ours a subject
and an object: a class that cannot have one is unsatisfiable, and a property that cannot relate two things has a domain
or range at odds. Then the files are read beside the ontology and the closure is made. ``--quick`` leaves the indicator
scheme out. Prints what contradicts, and how long it took; exit status 0 when nothing does, else 1.

The rules are those of OWL 2 Profiles, section 4.3, as owlrl (W3C licence) applies them; scripts/vocabularies.ttl holds
the axioms of others.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import rdflib
from owlrl.OWLRL import OWLRL_Semantics
from rdflib.namespace import OWL, RDF, RDFS, XSD

ROOT = Path(__file__).resolve().parent.parent
HA = rdflib.Namespace("https://w3id.org/health-admin/ontology#")
PROBE = "urn:probe:"
VALUES = {
    RDF.langString: rdflib.Literal("床位", lang="zh-hans"),
    XSD.string: rdflib.Literal("床位"),
    XSD.integer: rdflib.Literal(2020),
    XSD.decimal: rdflib.Literal("0.5", datatype=XSD.decimal),
    XSD.boolean: rdflib.Literal(True),
    XSD.date: rdflib.Literal("2020-12-31", datatype=XSD.date),
}


def main(arguments: list[str]) -> int:
    """Check the ontology, then the files with it; print and count what contradicts."""
    known = ontology(indicators="--quick" not in arguments)
    files = [Path(argument) for argument in arguments if not argument.startswith("--")]
    started = time.perf_counter()
    found = unsatisfiable(known)
    if files:
        for path in files:
            known.parse(path)
        found += contradictions(known)
    for message in found:
        print(message)
    said = ", ".join(map(str, files)) or "the ontology"
    took = time.perf_counter() - started
    print(f"{len(found)} contradictions in {said}; {len(known)} triples with what follows, {took:.0f} s")
    return 1 if found else 0


def ontology(*, indicators: bool) -> rdflib.Graph:
    """What ontology/ says, with or without the indicator scheme, and what the vocabularies of others say."""
    graph = rdflib.Graph()
    for path in (*sorted((ROOT / "ontology").glob("*.ttl")), ROOT / "scripts" / "vocabularies.ttl"):
        if indicators or path.name != "indicators.ttl":
            graph.parse(path)
    return graph


def contradictions(graph: rdflib.Graph) -> list[str]:
    """What owlrl finds wrong, in its words, sorted; ``graph`` becomes its closure."""
    closure = OWLRL_Semantics(graph, False, True)
    closure.closure()
    return sorted(map(str, closure.error_messages))


def unsatisfiable(graph: rdflib.Graph) -> list[str]:
    """What is wrong when each class of ours has an individual and each property of ours relates two; leaves ``graph`` be."""
    probed = rdflib.Graph()
    probed += graph
    for node in _ours(graph, [OWL.Class]):
        probed.add((_probe(node), RDF.type, node))
    for node in _ours(graph, [OWL.ObjectProperty]):
        probed.add((_probe(node, "-subject"), node, _probe(node, "-object")))
    for node in _ours(graph, [OWL.DatatypeProperty]):
        probed.add((_probe(node, "-subject"), node, VALUES[graph.value(node, RDFS.range)]))
    return contradictions(probed)


def _ours(graph: rdflib.Graph, kinds: Iterable[rdflib.URIRef]) -> list[rdflib.URIRef]:
    nodes = {
        node for kind in kinds for node in graph.subjects(RDF.type, kind) if isinstance(node, rdflib.URIRef)
    }
    return sorted(node for node in nodes if node in HA)


def _probe(node: rdflib.URIRef, role: str = "") -> rdflib.URIRef:
    return rdflib.URIRef(PROBE + node.removeprefix(str(HA)) + role)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
