"""Exports: six formats, one graph, the same bytes each time, read by rdflib and pyoxigraph alike."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graph_samples import PLACES, other, reading
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import to_canonical_graph

from kg.config import BASE
from kg.errors import StoreError
from kg.graph import terms
from kg.graph.export import FORMATS, export
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore

RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "nquads": "nquads",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
WITH_GRAPHS = {"nquads", "trig"}
# rdflib 7 warns of its own use of ConjunctiveGraph in these readers
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@dataclass
class Bag:
    """Quads in the place of a store."""

    quads: list[ox.Quad]
    base: str = BASE

    def graphs(self) -> Iterator[ox.Quad]:
        return iter(self.quads)


def written(quads: list[ox.Quad], form: str) -> bytes:
    stream = io.BytesIO()
    export(Bag(quads), form, stream)
    return stream.getvalue()


def expected(quads: list[ox.Quad], form: str) -> set[str]:
    return {str(quad if form in WITH_GRAPHS else quad.triple) for quad in quads}


def by_oxigraph(data: bytes, form: str) -> set[str]:
    return {str(quad if form in WITH_GRAPHS else quad.triple) for quad in ox.parse(data, OXIGRAPH[form])}


def by_rdflib(data: bytes, form: str) -> int:
    if form in WITH_GRAPHS:
        dataset = rdflib.Dataset()
        dataset.parse(data=data, format=RDFLIB[form])
        return len(list(dataset.quads()))
    return len(rdflib.Graph().parse(data=data, format=RDFLIB[form]))


QUADS = sorted({*to_quads(reading(), PLACES, BASE), *to_quads(other(), PLACES, BASE)}, key=str)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same_to_every_reader(form: str) -> None:
    data = written(QUADS, form)
    assert by_oxigraph(data, form) == expected(QUADS, form)
    assert by_rdflib(data, form) == len(expected(QUADS, form))


@pytest.mark.parametrize("form", FORMATS)
def test_a_whole_store_is_exported_and_counted(form: str, tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        store.put(reading(), to_quads(reading(), PLACES, BASE), "a")
        stream = io.BytesIO()
        count = export(store, form, stream)
        assert by_oxigraph(stream.getvalue(), form) == expected(list(store.graphs()), form)
        assert count == len(by_oxigraph(stream.getvalue(), form))


@pytest.mark.parametrize("form", FORMATS)
def test_equal_graphs_are_equal_bytes(form: str) -> None:
    assert written(QUADS[::-1], form) == written(QUADS, form)


def test_rdflib_reads_the_same_graph_from_turtle_json_ld_and_xml() -> None:
    graphs = [
        rdflib.Graph().parse(data=written(QUADS, form), format=RDFLIB[form])
        for form in ("turtle", "jsonld", "rdfxml")
    ]
    assert graphs[0].isomorphic(graphs[1])
    assert set(to_canonical_graph(graphs[0])) == set(graphs[2])


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_survives_every_format_that_can_carry_it(texts: list[str]) -> None:
    node = ox.NamedNode(BASE + "ev-1")
    quads = [
        ox.Quad(node, terms.SENTENCE, ox.Literal(text), ox.NamedNode(BASE + "graph-1")) for text in texts
    ]
    quads += [
        ox.Quad(node, terms.LABEL, ox.Literal(text, language="zh-hans"), ox.NamedNode(BASE + "graph-1"))
        for text in texts
    ]
    for form in FORMATS:
        try:
            data = written(quads, form)
        except StoreError as error:
            assert (form, error.code) == ("rdfxml", "E310")
            assert re.search("[\x00-\x1f\ufffe\uffff]", "".join(texts))
            continue
        assert by_oxigraph(data, form) == expected(quads, form)


@given(st.lists(st.sampled_from([*"ab0-._~:'()éz中", "%41"]), max_size=8).map("".join))
def test_any_local_name_survives_the_short_forms(name: str) -> None:
    graph = ox.NamedNode(BASE + "graph-1")
    quads = [
        ox.Quad(
            ox.NamedNode(terms.HA + name),
            ox.NamedNode(terms.HA + "p" + name),
            ox.NamedNode(BASE + name),
            graph,
        )
    ]
    for form in ("turtle", "trig", "jsonld", "ntriples"):
        assert by_oxigraph(written(quads, form), form) == expected(quads, form)


@pytest.mark.parametrize(
    "value", ["7", "-7", "99999999999999999999", "7.95", "0.5", "-0.5", "1", "true", "2020-01-01"]
)
def test_every_literal_keeps_its_datatype(value: str) -> None:
    graph = ox.NamedNode(BASE + "graph-1")
    datatypes = (terms.INTEGER, terms.DECIMAL, terms.BOOLEAN, terms.DATE, terms.STRING)
    store = ox.Store()
    for datatype in datatypes:
        store.add(ox.Quad(graph, terms.OBS_VALUE, ox.Literal(value, datatype=datatype), graph))
    well_formed = [quad for quad in store if re.search(_FORMS[quad.object.datatype], value)]
    for form in FORMATS:
        assert by_oxigraph(written(well_formed, form), form) == expected(well_formed, form)


_FORMS = {
    terms.INTEGER: r"^-?\d+$",
    terms.DECIMAL: r"^-?\d+(\.\d+)?$",
    terms.BOOLEAN: r"^(true|1)$",
    terms.DATE: r"^\d{4}-",
    terms.STRING: "",
}


def test_turtle_is_grouped_and_short() -> None:
    said = written(QUADS, "turtle").decode()
    assert said.startswith("@prefix cnt: <http://www.w3.org/2011/content#> .\n")
    assert f"@prefix id: <{BASE}> .\n" in said
    block = re.search(r"\nid:obs-\S+ a qb:Observation , ha:Rank ;\n(    .* ;\n)+    .* \.\n", said)
    assert block
    assert "    sdmx-measure:obsValue 4 ;\n" in block[0]
    assert "    ha:confidence 0.9 ;\n" in block[0]
    assert '    ha:start "2020-01-01"^^xsd:date ;\n' in block[0]
    subjects = re.findall(r"^(\S+) ", said.partition("\n\n")[2], re.MULTILINE)
    assert len(subjects) == len(set(subjects))


def test_json_ld_has_a_node_a_line() -> None:
    said = written(QUADS, "jsonld").decode()
    assert re.search(
        r'^\{"@id": "id:place-530000", "@type": "ha:Place", .*"ha:code": "530000", .*\},?$',
        said,
        re.MULTILINE,
    )


def test_another_base_has_the_id_prefix(tmp_path: Path) -> None:
    base = "https://example.org/health#"
    with GraphStore.open(tmp_path / "kg", base=base) as store:
        store.put(reading(), to_quads(reading(), PLACES, base), "a")
        stream = io.BytesIO()
        export(store, "turtle", stream)
    assert f"@prefix id: <{base}> .\n@prefix ind: <{BASE}> .\n" in stream.getvalue().decode()
    assert "\nid:place-530100 a ha:Place ;\n" in stream.getvalue().decode()


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(StoreError, match=r"E309.*\n.*turtle, ntriples, nquads, trig, jsonld, rdfxml"):
        written(QUADS, "hdt")


def test_xml_says_what_it_cannot_carry() -> None:
    node = ox.NamedNode(BASE + "ev-1")
    with pytest.raises(StoreError, match="E310"):
        written([ox.Quad(node, terms.SENTENCE, ox.Literal("35\x0b处"), node)], "rdfxml")
