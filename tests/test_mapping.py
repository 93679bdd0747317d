"""Mapping files: SSSOM that other tools read, bytes that do not change, reviews that outlive linking."""

from __future__ import annotations

import importlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Triple

from kg.config import BASE
from kg.errors import UsageError
from kg.graph import terms
from kg.link.mapping import STATUSES, Mapping, MappingFile

WD = terms.OUTSIDE["wd"]
KUNMING = Mapping(
    BASE + "place-530100",
    WD + "Q182852",
    "昆明市",
    "Kunming",
    confidence=Decimal("0.970"),
    subject_source=BASE + "dataset",
    object_source=WD + "Q2013",
    status="accepted",
    comment="昆明市 = 昆明市 (full name); region 530000 = 530000",
)
LINFEN = Mapping(
    BASE + "place-141000", "https://example.org/地方/临汾", "临汾市", "临汾", object_source=WD + "Q2013"
)
GEONAMES = replace(
    KUNMING, object_id="https://sws.geonames.org/1804651/", object_source=WD + "Q830106", status="later"
)


def kept(*mappings: Mapping) -> MappingFile:
    return MappingFile().put(*mappings)


def test_reads_what_it_writes(tmp_path: Path) -> None:
    path = tmp_path / "links.sssom.tsv"
    named = replace(LINFEN, status="rejected", reviewer_id="李晓梅", other=(("mapping_date", "2026-01-02"),))
    by_orcid = replace(GEONAMES, reviewer_id="https://orcid.org/0000-0002-1825-0097")
    written = kept(KUNMING, named, by_orcid)
    written.write(path)
    read = MappingFile.read(path)
    assert set(read) == {
        replace(KUNMING, confidence=Decimal("0.97")),
        named,
        replace(by_orcid, confidence=Decimal("0.97")),
    }
    first = path.read_bytes()
    read.write(path)
    assert path.read_bytes() == first


def test_the_file_is_a_table_for_people(tmp_path: Path) -> None:
    path = tmp_path / "links.sssom.tsv"
    kept(KUNMING, replace(LINFEN, status="rejected")).write(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert "#  wd: http://www.wikidata.org/entity/" in lines
    assert "#- property: adms:status" in lines or "#  property: adms:status" in lines
    head, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert [
        (row["subject_id"], row["object_id"], row["predicate_modifier"], row["status"]) for row in cells
    ] == [
        ("id:place-141000", "ns1:%e4%b8%b4%e6%b1%be", "Not", "rejected"),
        ("id:place-530100", "wd:Q182852", "", "accepted"),
    ]


def test_no_file_is_no_mapping(tmp_path: Path) -> None:
    assert len(MappingFile.read(tmp_path / "nothing.tsv")) == 0


@pytest.mark.filterwarnings("ignore")
def test_sssom_py_finds_nothing_wrong(tmp_path: Path) -> None:
    parsers = importlib.import_module("sssom.parsers")
    validators = importlib.import_module("sssom.validators")
    path = tmp_path / "links.sssom.tsv"
    kept(
        KUNMING, GEONAMES, replace(LINFEN, status="rejected", reviewer_id="orcid:0000-0002-1825-0097")
    ).write(path)
    parsed = parsers.parse_sssom_table(str(path))
    reports = validators.validate(parsed, fail_on_error=False)
    assert [result.message for report in reports.values() for result in report.results] == []
    assert list(parsed.df["object_id"]) == ["ns1:%e4%b8%b4%e6%b1%be", "gn:1804651/", "wd:Q182852"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("id:a\tskos:sameSame\twd:Q1\t\t", "predicate_id 'skos:sameSame'"),
        ("id:a\tskos:exactMatch\tnope:Q1\t\t", "object_id: unknown prefix 'nope'"),
        ("id:a\tskos:exactMatch\twd:Q1\t2\t", "confidence '2'"),
        ("id:a\tskos:exactMatch\twd:Q1\t\tperhaps", "status 'perhaps'"),
        ("\tskos:exactMatch\twd:Q1\t\t", "is empty"),
        ("id:a\tskos:exactMatch\twd:Q1\t\t\tmore", "more cells"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "wrong.tsv"
    header = (
        f"#curie_map:\n#  id: {BASE}\n#  wd: {WD}\nsubject_id\tpredicate_id\tobject_id\tconfidence\tstatus\n"
    )
    path.write_text(header + row + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="E601") as caught:
        MappingFile.read(path)
    assert caught.value.details["line"] == 5
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "text", ["#a: [\nsubject_id\tpredicate_id\tobject_id\n", "#- a\n", "a\tb\nc\td\n", "\ufffe\n"]
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="E601"):
        MappingFile.read(path)


def test_a_table_of_others_is_accepted_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "others.tsv"
    text = (
        f"#curie_map:\n#  ours: {BASE}\n#  wikidata: {WD}\n#mapping_tool: hand\n#license: https://example.org/l\n"
        "subject_id\tpredicate_id\tobject_id\tmapping_date\tpredicate_modifier\n"
        "ours:place-1\tskos:closeMatch\twikidata:Q1\t2026-01-02\t\n"
        "ours:place-2\tskos:exactMatch\twikidata:Q2\t\tNot\n"
    )
    path.write_text(text, encoding="utf-8")
    one, two = MappingFile.read(path)
    assert (one.pair, one.status, one.mapping_tool) == ((BASE + "place-1", WD + "Q1"), "accepted", "hand")
    assert one.other == (("mapping_date", "2026-01-02"),)
    assert two.status == "rejected"
    MappingFile.read(path).write(path)
    again = path.read_text(encoding="utf-8")
    assert "#license: https://example.org/l" in again
    assert "wikidata:Q1" in again


def test_reviews_outlive_linking() -> None:
    for status in ("accepted", "rejected", "later"):
        said = KUNMING.reviewed(status, "李")  # type: ignore[arg-type]
        again = replace(KUNMING, status="accepted", confidence=Decimal("0.5"))
        assert kept(said).merge([again]).mappings == (said,)


def test_proposals_are_made_anew() -> None:
    old = replace(KUNMING, status="proposed")
    other = replace(old, object_id=WD + "Q1")
    fresh = replace(old, confidence=Decimal("0.6"))
    assert kept(old, other).merge([fresh]).mappings == (other, fresh)
    relinked = kept(old, other).merge([fresh], source=old.object_source, subjects={old.subject_id})
    assert relinked.mappings == (fresh,)
    assert kept(old, LINFEN).merge([], source=old.object_source, subjects={old.subject_id}).mappings == (
        LINFEN,
    )


def test_what_is_linked_gets_no_second_match_of_the_same_source() -> None:
    second = replace(KUNMING, object_id=WD + "Q1")
    (_, one) = sorted(kept(KUNMING).merge([second]), key=lambda m: m.status)
    assert (one.status, one.object_id) == ("proposed", WD + "Q1")
    assert "already linked to" in one.comment
    assert kept(KUNMING).merge([replace(second, status="proposed")]).mappings == (KUNMING,)
    elsewhere = replace(GEONAMES, status="accepted")
    assert set(kept(KUNMING).merge([elsewhere])) == {KUNMING, elsewhere}


def test_links_are_what_is_accepted() -> None:
    same = replace(LINFEN, status="accepted", predicate_id="owl:sameAs")
    assert kept(KUNMING, GEONAMES, same).links() == [
        Triple(NamedNode(same.subject_id), NamedNode(terms.OWL + "sameAs"), NamedNode(same.object_id)),
        Triple(
            NamedNode(KUNMING.subject_id), NamedNode(terms.SKOS + "exactMatch"), NamedNode(KUNMING.object_id)
        ),
    ]


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    return Mapping(
        BASE + draw(st.sampled_from("abc")),
        WD + draw(st.sampled_from("xyz")),
        object_source=WD + "Q2013",
        confidence=Decimal(draw(st.integers(0, 100))) / 100,
        status=draw(st.sampled_from(STATUSES)),  # type: ignore[arg-type]
    )


once = st.lists(mappings(), unique_by=lambda m: m.pair)  # a run tells of a pair once


@given(once, once)
def test_merging_twice_is_merging_once(old: list[Mapping], new: list[Mapping]) -> None:
    file = kept(*old)
    merged = file.merge(new)
    assert merged.merge(new) == merged
    assert {m for m in file if m.status != "proposed"} <= set(merged)


def test_a_namespace_that_is_numbered_hides_no_longer_one(tmp_path: Path) -> None:
    """The source of a mapping may be the namespace that its objects are in; they keep their prefix."""
    path = tmp_path / "links.tsv"
    space = "https://other.example/x/id/"
    both = tuple(Mapping("https://example.org/id/" + one, space + one, object_source=space) for one in "ab")
    MappingFile(both, "https://example.org/id/", {"o": space}).write(path)
    assert "\to:a\t" in path.read_text(encoding="utf-8")
    assert "\to:b\t" in path.read_text(encoding="utf-8")
    first = path.read_bytes()
    MappingFile.read(path, "https://example.org/id/").write(path)
    assert path.read_bytes() == first
