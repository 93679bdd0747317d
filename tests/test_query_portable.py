"""Parameters written into SPARQL: where a variable becomes a term, and where it goes."""

from __future__ import annotations

import pytest

from kg.graph.portable import portable


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT ?a ?_x WHERE { ?a <p:q> ?_x }", "SELECT ?a  WHERE { ?a <p:q> <i:x> }"),
        ("SELECT (?_x AS ?b) ?_x WHERE { ?a <p:q> ?_x }", "SELECT (<i:x> AS ?b)  WHERE { ?a <p:q> <i:x> }"),
        ("SELECT ?_x WHERE { ?a <p:q> ?_x }", "SELECT (<i:x> AS ?_x) WHERE { ?a <p:q> <i:x> }"),
        (
            "SELECT ?n ?_x { { SELECT ?_x (COUNT(?a) AS ?n) WHERE { ?a <p:q> ?_x } GROUP BY ?_x } } ORDER BY ?_x",
            "SELECT ?n  { { SELECT  (COUNT(?a) AS ?n) WHERE { ?a <p:q> <i:x> } GROUP BY (<i:x> AS ?_x) } } ORDER BY (<i:x>)",
        ),
        (
            "SELECT * WHERE { ?a ?p ?_x FILTER(?a < ?_x && ?a > 1) }",
            "SELECT * WHERE { ?a ?p <i:x> FILTER(?a < <i:x> && ?a > 1) }",
        ),
        ("ASK { ?a ?p '?_x', \"?_x\" } # ?_x", "ASK { ?a ?p '?_x', \"?_x\" } # ?_x"),
        ("SELECT ?_y WHERE { ?a ?p ?_y }", "SELECT ?_y WHERE { ?a ?p ?_y }"),
        ('#+ title = { zh = "?_x" }\nASK { ?a ?p ?_x }', "ASK { ?a ?p <i:x> }"),
    ],
)
def test_a_parameter_becomes_its_term(text: str, wanted: str) -> None:
    assert portable(text, {"_x": "<i:x>"}, {}) == wanted


def test_prefixes_that_are_used_are_declared_once() -> None:
    prefixes = {"ha": "h#", "id": "i#", "oa": "o#"}
    text = portable("PREFIX ha: <h#>\nSELECT ?a { ?a a ha:Rate , id:x }", {}, prefixes)
    assert text == "PREFIX id: <i#>\nPREFIX ha: <h#>\nSELECT ?a { ?a a ha:Rate , id:x }"
