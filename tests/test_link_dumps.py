"""Label dumps of other graphs: N-Triples, Turtle, CSV."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.link.dumps import read
from kg.link.record import Record

WIKIDATA = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
wd:Q1 rdfs:label "Kunming"@en , "昆明市"@zh-hans , "昆明市"@zh-hant , "Kunming"@fr ; skos:altLabel "昆明"@zh ;
    wdt:P31 wd:Q9 ; wdt:P131 wd:Q2 ; wdt:P442 "530100" .
wd:Q2 rdfs:label "云南省"@zh ; wdt:P131 wd:Q3 .
wd:Q3 rdfs:label "中国"@zh ; wdt:P131 wd:Q2 .
wd:Q9 rdfs:label "地级市"@zh .
wd:Q4 rdfs:label "昆明市第三人民医院"@zh ; wdt:P131 wd:Q1 ; wdt:P31 wd:Q404 .
wd:Q5 wdt:P131 wd:Q1 .
"""
GEONAMES = """
<https://sws.geonames.org/1804651/> <http://www.geonames.org/ontology#name> "Kunming" ;
    <http://www.geonames.org/ontology#alternateName> "昆明"@zh ;
    <http://www.geonames.org/ontology#featureCode> <http://www.geonames.org/ontology#A.ADM2> ;
    <http://www.geonames.org/ontology#parentADM1> <https://sws.geonames.org/1785694/> .
<https://sws.geonames.org/1785694/> <http://www.geonames.org/ontology#officialName> "云南省"@zh .
"""


def found(path: Path, text: str, **given: str) -> list[Record]:
    path.write_text(text, encoding="utf-8")
    return list(read(path, given))


def test_wikidata(tmp_path: Path) -> None:
    things = {one.iri.rpartition("/")[2]: one for one in found(tmp_path / "wd.ttl", WIKIDATA)}
    kunming, hospital = things["Q1"], things["Q4"]
    assert kunming.labels == ("昆明市", "Kunming", "昆明")
    assert (kunming.type, kunming.region, kunming.code) == ("地级市", ("云南省", "中国"), "530100")
    assert (hospital.type, hospital.region) == ("Q404", ("530100", "云南省", "中国"))
    assert "Q5" not in things


def test_geonames(tmp_path: Path) -> None:
    kunming, yunnan = found(tmp_path / "gn.ttl", GEONAMES)
    assert kunming == Record("https://sws.geonames.org/1804651/", ("Kunming", "昆明"), "ADM2", ("云南省",))
    assert yunnan.labels == ("云南省",)


def test_ntriples_packed(tmp_path: Path) -> None:
    line = '<https://example.org/1> <http://www.w3.org/2000/01/rdf-schema#label> "昆明市"@zh .\n'
    path = tmp_path / "labels.nt.gz"
    path.write_bytes(gzip.compress(line.encode()))
    assert list(read(path)) == [Record("https://example.org/1", ("昆明市",))]


def test_csv(tmp_path: Path) -> None:
    text = "iri,label,alt,type,region,code\nhttps://example.org/1,昆明市第三人民医院,昆明三院|三院,医院,云南省|昆明市,\n,无名,,,,\n"
    assert found(tmp_path / "register.csv", text) == [
        Record(
            "https://example.org/1", ("昆明市第三人民医院", "昆明三院", "三院"), "医院", ("云南省", "昆明市")
        )
    ]


def test_what_a_dump_calls_things_may_be_named(tmp_path: Path) -> None:
    rows = found(
        tmp_path / "a.csv", "id,机构名称,x\nhttps://example.org/1,某院,1\n", iri="id", label="机构名称"
    )
    assert rows == [Record("https://example.org/1", ("某院",))]
    turtle = (
        '<https://example.org/1> <https://example.org/called> "某院" ; <http://purl.org/dc/terms/title> "T" .'
    )
    both = "https://example.org/called dcterms:title"
    assert found(tmp_path / "a.ttl", turtle, label=both) == [Record("https://example.org/1", ("某院", "T"))]


@pytest.mark.parametrize(
    ("name", "content", "given", "code"),
    [
        ("a.xlsx", b"", {}, "E602"),
        ("a.csv", b"name\n1\n", {}, "E604"),
        ("a.csv", "iri,label\n1,昆明\n".encode("gb18030"), {}, "E604"),
        ("a.ttl", b"<a> <b>", {}, "E604"),
        ("a.ttl", b"", {"name": "x"}, "E603"),
        ("a.ttl", b"", {"label": "nope:x"}, "E605"),
        ("a.nt.gz", b"not packed", {}, "E105"),
        (None, b"", {}, "E104"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str | None, content: bytes, given: dict[str, str], code: str
) -> None:
    path = tmp_path / (name or "missing.csv")
    if name:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        list(read(path, given))
    assert caught.value.code == code
