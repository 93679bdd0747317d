"""Queries over links, those that ask a second endpoint among them: on this machine, and bounded in time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from commands import Run, table
from federating import Endpoint, serving
from graph_samples import PLACES, reading

from kg.config import BASE
from kg.errors import QueryError
from kg.graph.mapper import to_quads
from kg.graph.portable import federated
from kg.graph.query import Answer, Result, SavedQuery, load, run, saved
from kg.graph.store import GraphStore
from kg.graph.within import run_within
from kg.link.mapping import Mapping, MappingFile
from kg.link.sssom import POINT

THEIRS = "https://elsewhere.example/place/"
ELSEWHERE = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ha: <https://w3id.org/health-admin/ontology#> .
@prefix id: <{BASE}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
<{THEIRS}kunming> rdfs:label "Kunming"@en , "昆明"@zh ; <{THEIRS}code> "53 01" .
<{THEIRS}yunnan> rdfs:label "Yunnan"@en ; <{THEIRS}code> "53" .
<{THEIRS}linfen> rdfs:label "Linfen"@en ; <{THEIRS}code> "1410" .
"""


def mapped(ours: str, theirs: str, point: str = "") -> Mapping:
    other = ((POINT, point),) if point else ()
    return Mapping(BASE + ours, THEIRS + theirs, status="accepted", other=other)


LINKS = (
    mapped("place-530100", "kunming", "POINT(102.7 25.0)"),
    mapped("place-530129", "kunming", "POINT(103.2 25.6)"),
    mapped("place-530000", "shanxi", "POINT(112.5 37.8)"),
    mapped("place-530000", "shaanxi"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one report, with links of which some are wrong."""
    path = tmp_path_factory.mktemp("linked") / "kg"
    with GraphStore.open(path) as store:
        store.put(reading(), to_quads(reading(), PLACES, BASE), "a")
        store.link(MappingFile(LINKS).links())
    return path


@pytest.fixture(scope="module")
def graph(folder: Path) -> Iterator[GraphStore]:
    with GraphStore.open(folder, read_only=True) as store:
        yield store


@pytest.fixture
def elsewhere() -> Iterator[Endpoint]:
    with serving(ELSEWHERE) as endpoint:
        yield endpoint


def rows(store: GraphStore, name: str, **given: str) -> list[tuple[str | None, ...]]:
    answer = run(store, load(name), given)
    assert isinstance(answer, Answer)
    return [
        tuple(None if term is None else str(getattr(term, "value", term)) for term in row)
        for row in answer.rows
    ]


def whole(answer: Result) -> None:
    """Take every row: an endpoint is asked when the first is wanted."""
    assert isinstance(answer, Answer)
    list(answer.rows)


def test_labels_of_what_is_linked(graph: GraphStore, elsewhere: Endpoint) -> None:
    found = rows(graph, "labels-elsewhere", endpoint=elsewhere.url, language="en")
    assert [(row[0], row[3]) for row in found] == [("寻甸回族彝族自治县", "Kunming"), ("昆明市", "Kunming")]
    assert len(elsewhere.asked) == 1


def test_the_endpoint_sees_the_parameters(graph: GraphStore, elsewhere: Endpoint) -> None:
    found = rows(graph, "labels-elsewhere", endpoint=elsewhere.url, target=THEIRS + "kunming")
    assert {row[3] for row in found} == {"昆明"}
    assert f"<{THEIRS}kunming>" in elsewhere.asked[0]
    assert "?_" not in elsewhere.asked[0]


def test_places_by_their_code(graph: GraphStore, elsewhere: Endpoint) -> None:
    found = rows(graph, "codes-elsewhere", endpoint=elsewhere.url, property=THEIRS + "code")
    assert [row[:5] for row in found] == [
        ("other", "530000", "云南省", THEIRS + "yunnan", THEIRS + "shaanxi"),
        ("other", "530000", "云南省", THEIRS + "yunnan", THEIRS + "shanxi"),
        ("same", "530100", "昆明市", THEIRS + "kunming", THEIRS + "kunming"),
    ]


def test_figures_of_a_place_in_two_graphs(graph: GraphStore, elsewhere: Endpoint) -> None:
    ours = rows(graph, "indicator-by-place", indicator="孕产妇死亡率")
    stated = graph.query(
        "SELECT ?i WHERE { ?f ha:subject id:place-530100 ; ha:indicator ?i ; ha:unitText ?u FILTER(STR(?u) = '/10万') }"
    )
    assert isinstance(stated, ox.QuerySolutions)
    indicator = next(stated)["i"]
    elsewhere.store.update(
        f"PREFIX ha: <https://w3id.org/health-admin/ontology#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        f"PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#> INSERT DATA {{ <{THEIRS}f> a ha:Rate ; "
        f"ha:indicator {indicator} ; ha:subject <{THEIRS}kunming> ; ha:start '2020-01-01'^^xsd:date ; "
        f"ha:end '2020-12-31'^^xsd:date ; sdmx-measure:obsValue 7.5 ; ha:unitText '/10万' }}"
    )
    found = rows(graph, "figures-elsewhere", endpoint=elsewhere.url, indicator=indicator.value)
    assert [(row[0], row[3], row[4], row[7]) for row in found] == [("昆明市", "7.45", "7.5", "false")]
    assert len(ours) == 1


@pytest.mark.parametrize(("fault", "said"), [(500, "500"), ("html", "text/html")])
def test_an_endpoint_that_fails_is_told(
    graph: GraphStore, elsewhere: Endpoint, fault: int | str, said: str
) -> None:
    elsewhere.fault = fault
    for asked in (run, run_within):
        with pytest.raises(QueryError, match=said) as caught:
            whole(asked(graph, load("labels-elsewhere"), {"endpoint": elsewhere.url}))
        assert caught.value.code == "E651"


def test_an_endpoint_that_is_not_there_is_told(graph: GraphStore) -> None:
    with serving("") as gone:
        pass
    with pytest.raises(QueryError) as caught:
        whole(run(graph, load("labels-elsewhere"), {"endpoint": gone.url}))
    assert caught.value.code == "E651"


def test_an_endpoint_that_hangs_is_left_at_the_time_limit(graph: GraphStore, elsewhere: Endpoint) -> None:
    elsewhere.fault = "hangs"
    with pytest.raises(QueryError) as caught:
        run_within(graph, load("labels-elsewhere"), {"endpoint": elsewhere.url}, 1.5)
    assert caught.value.code == "E230"


def test_a_query_that_does_not_parse_is_no_fault_of_an_endpoint(graph: GraphStore) -> None:
    for asked in (run, run_within):
        with pytest.raises(QueryError) as caught:
            asked(graph, SavedQuery("x", "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?a } }"))
        assert caught.value.code == "E203"


def test_other_endpoints_are_asked_only_online(kg: Run, folder: Path, elsewhere: Endpoint) -> None:
    call = ("query", "labels-elsewhere", "--store", folder, "--param", f"endpoint={elsewhere.url}")
    status, out, err = kg(*call)
    assert (status, out, elsewhere.asked) == (2, "", [])
    assert "E650" in err
    status, out, _ = kg(*call, "--online")
    assert (status, [row["theirs"] for row in table(out)]) == (0, ["昆明", "昆明"])


def test_those_that_ask_elsewhere_are_known() -> None:
    names = {query.name for query in saved() if federated(query.text)}
    assert names == {"codes-elsewhere", "figures-elsewhere", "labels-elsewhere"}
    assert all("--online" in query.example for query in saved() if query.name in names)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("ASK { service <http://a/> { ?s ?p ?o } }", True),
        ("ASK { SERVICE SILENT ?x { ?s ?p ?o } }", True),
        ("ASK { ?service service:p 'SERVICE' } # SERVICE <http://a/>", False),
    ],
)
def test_service_is_a_word_of_the_query(text: str, asks: bool) -> None:
    assert federated(text) is asks


def test_places_without_a_link(graph: GraphStore) -> None:
    assert [row[0] for row in rows(graph, "unlinked-places")] == []
    elsewhere = rows(graph, "unlinked-places", to="https://sws.geonames.org/")
    assert "昆明市" in [row[0] for row in elsewhere]
    assert [row[0] for row in rows(graph, "unlinked-places", to="urn:x:", level="city")] == ["昆明市"]


def test_suspicious_links(graph: GraphStore) -> None:
    found = [row[:4] for row in rows(graph, "suspicious-links")]
    assert found == [
        ("far", "昆明市", THEIRS + "kunming", BASE + "place-530000"),
        ("many to one", "寻甸回族彝族自治县", THEIRS + "kunming", BASE + "place-530100"),
        ("many to one", "昆明市", THEIRS + "kunming", BASE + "place-530129"),
        ("one to many", "云南省", THEIRS + "shaanxi", THEIRS + "shanxi"),
        ("one to many", "云南省", THEIRS + "shanxi", THEIRS + "shaanxi"),
    ]


def test_a_counterpart_in_another_region(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "kg") as store:
        store.put(reading(), to_quads(reading(), PLACES, BASE), "a")
        county = Mapping(BASE + "place-530129", BASE + "place-530100", status="accepted")
        store.link(MappingFile((county,)).links())
        assert [row[:4] for row in rows(store, "suspicious-links")] == [
            ("region differs", "寻甸回族彝族自治县", BASE + "place-530100", BASE + "place-530000")
        ]
