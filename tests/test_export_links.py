"""Exports carry the links: pyoxigraph, rdflib and rapper read the same number of statements from them."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graph_samples import PLACES, other, reading

from kg.config import BASE
from kg.graph.export import export
from kg.graph.mapper import to_quads
from kg.graph.store import LINKS_GRAPH, GraphStore
from kg.link.linking import keep
from kg.link.mapping import NAME, Mapping
from kg.link.sssom import POINT

FORMATS = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}
"""What pyoxigraph and rdflib call a format; rapper calls it as we do, but knows no JSON-LD."""
WITH_GRAPHS = {"nquads", "trig"}
THEIRS = "https://elsewhere.example/"
# rdflib 7 warns of its own use of ConjunctiveGraph in these readers
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], list[ox.Quad]]:
    """The folder of exports of a store with links, how many statements each is said to have, and the links."""
    folder = tmp_path_factory.mktemp("exports")
    found = (
        Mapping(
            BASE + "place-530100",
            THEIRS + "昆明%20(city)?q=1&r='2'",
            confidence=Decimal("0.9"),
            status="accepted",
            other=((POINT, "POINT(102.71833 25.03889)"),),
        ),
        Mapping(BASE + "place-530000", THEIRS + "530000", predicate_id="skos:closeMatch", status="accepted"),
        Mapping(BASE + "place-530129", THEIRS + "x", predicate_id="owl:sameAs", status="accepted"),
        Mapping(BASE + "place-140000", THEIRS + "refused", status="rejected"),
        Mapping(BASE + "place-141000", THEIRS + "proposed"),
    )
    with GraphStore.open(folder / "kg") as store:
        store.put(reading(), to_quads(reading(), PLACES, BASE), "a")
        store.put(other(), to_quads(other(), PLACES, BASE), "b")
        keep(store, found, folder / "kg" / NAME)
        counts = {}
        for form in FORMATS:
            with (folder / form).open("wb") as stream:
                counts[form] = export(store, form, stream)
        links = [quad for quad in store.graphs() if quad.graph_name == ox.NamedNode(BASE + LINKS_GRAPH)]
    return folder, counts, links


Exported = tuple[Path, dict[str, int], list[ox.Quad]]


def test_the_accepted_links_are_there(exported: Exported) -> None:
    links = exported[2]
    assert len(links) == 7  # three links, and a point of four statements
    assert {quad.object.value for quad in links if THEIRS in str(quad.object)} == {
        THEIRS + "昆明%20(city)?q=1&r='2'",
        THEIRS + "530000",
        THEIRS + "x",
    }


@pytest.mark.parametrize("form", FORMATS)
def test_oxigraph_loads_all_with_the_links(exported: Exported, form: str) -> None:
    folder, counts, links = exported
    store = ox.Store()
    store.bulk_load((folder / form).read_bytes(), format=FORMATS[form][0])
    assert len(store) == counts[form]
    wanted = links if form in WITH_GRAPHS else [ox.Quad(*link.triple) for link in links]
    assert [link for link in wanted if link not in store] == []


@pytest.mark.parametrize("form", FORMATS)
def test_rdflib_parses_all_with_the_links(exported: Exported, form: str) -> None:
    folder, counts, links = exported
    if form in WITH_GRAPHS:
        dataset = rdflib.Dataset()
        dataset.parse(folder / form, format=FORMATS[form][1])
        number, graph = len(list(dataset.quads())), dataset.graph(rdflib.URIRef(BASE + LINKS_GRAPH))
    else:
        graph = rdflib.Graph().parse(folder / form, format=FORMATS[form][1])
        number = len(graph)
    assert number == counts[form]
    carried = {(str(s), str(p), str(o)) for s, p, o in graph}
    assert {(q.subject.value, q.predicate.value, q.object.value) for q in links} <= carried


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "jsonld"])
def test_rapper_parses_all_without_a_warning(exported: Exported, form: str) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    folder, counts, links = exported
    done = subprocess.run(
        [rapper, "--quiet", "--input", form, "--output", "nquads", str(folder / form), BASE],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    read = list(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))
    assert len(read) == counts[form]
    wanted = links if form in WITH_GRAPHS else [ox.Quad(*link.triple) for link in links]
    assert [link for link in wanted if link not in read] == []
