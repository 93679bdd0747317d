"""The values of a query's parameters: each becomes a term of its type, or is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from graph_samples import PLACES, reading

from kg.config import BASE
from kg.errors import QueryError
from kg.graph.mapper import to_quads
from kg.graph.parameters import Parameter, bind
from kg.graph.store import GraphStore


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """One report of Kunming: what names of places are looked up in."""
    one = reading()
    with GraphStore.open(tmp_path_factory.mktemp("parameters") / "store") as made:
        made.put(one, to_quads(one, PLACES, BASE), one.document.path)
        yield made


def asked(store: GraphStore, kind: str, value: str) -> dict[ox.Variable, ox.NamedNode | ox.Literal]:
    """What ``?_x`` is bound to when it is given as ``value``."""
    return bind("q", {"x": Parameter("x", kind, example="e")}, {"x": value}, store)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("string", '" } DROP ALL #', ox.Literal('" } DROP ALL #')),
        (
            "integer",
            "007",
            ox.Literal("7", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ),
        (
            "decimal",
            "0.50",
            ox.Literal("0.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ),
        (
            "date",
            "2020-02-29",
            ox.Literal("2020-02-29", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        ),
        ("iri", "urn:x:1", ox.NamedNode("urn:x:1")),
        ("place", "昆明市", ox.NamedNode(BASE + "place-530100")),
        ("place", "昆明", ox.NamedNode(BASE + "place-530100")),
        ("place", "530100", ox.NamedNode(BASE + "place-530100")),
        ("place", "云南省昆明市", ox.NamedNode(BASE + "place-530100")),
        ("place", "寻甸", ox.NamedNode(BASE + "place-530129")),
        ("place", "云南", ox.NamedNode(BASE + "place-530000")),
        ("place", BASE + "place-1", ox.NamedNode(BASE + "place-1")),
    ],
)
def test_value_becomes_a_term(
    store: GraphStore, kind: str, value: str, term: ox.NamedNode | ox.Literal
) -> None:
    assert asked(store, kind, value) == {ox.Variable("_x"): term}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "2.5"),
        ("integer", ""),
        ("decimal", "many"),
        ("decimal", "NaN"),
        ("date", "2020-02-30"),
        ("date", "2020"),
        ("iri", "昆明 市"),
        ("iri", "a b:c"),
    ],
)
def test_value_of_another_type_is_refused(store: GraphStore, kind: str, value: str) -> None:
    with pytest.raises(QueryError) as caught:
        asked(store, kind, value)
    assert caught.value.code == "E206"
