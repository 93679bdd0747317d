"""kg query, kg queries and kg export: rows and triples of a store, and what is said of a name that is not in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import REPORTS, ROOT, Run, table


def test_facts_quote_the_text_that_the_store_keeps(kg: Run, store: Path) -> None:
    facts = table(kg("query", "facts", "--store", store)[1])
    mentions = table(kg("query", "mentions", "--store", store)[1])
    assert len(facts) > 80
    assert len(mentions) > 10
    for name in ("stat01.txt", "trad02.txt"):
        text = (REPORTS / name).read_text(encoding="utf-8")
        for row in facts:
            if row["doc"] == name:
                assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        for row in mentions:
            if row["doc"] == name:
                assert text[int(row["start"]) : int(row["end"])] == row["text"]


def test_query_file_and_graph_results(kg: Run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "CONSTRUCT { ?o ha:rule ?r } WHERE { ?o a qb:Observation ; ha:rule ?r }", encoding="utf-8"
    )
    status, out, _ = kg("query", path, "--store", store)
    assert status == 0
    assert "ha:rule" in out
    assert kg("query", path, "--store", store, "--format", "ntriples")[1].count("\n") > 80
    assert kg("query", path, "--store", store, "--format", "csv")[0] == 2


def test_rows_in_every_format(kg: Run, store: Path) -> None:
    as_csv = table(kg("query", "reports", "--store", store)[1])
    as_json = json.loads(kg("query", "reports", "--store", store, "--format", "json")[1])["results"][
        "bindings"
    ]
    as_tsv = kg("query", "reports", "--store", store, "--format", "tsv")[1]
    as_table = kg("query", "reports", "--store", store, "--format", "table")[1]
    assert (
        [row["doc"] for row in as_csv]
        == [row["doc"]["value"] for row in as_json]
        == ["stat01.txt", "trad02.txt"]
    )
    assert as_json[0]["facts"]["datatype"] == "http://www.w3.org/2001/XMLSchema#integer"
    assert len(as_tsv.splitlines()) == 3
    assert "stat01.txt" in as_table


@pytest.mark.parametrize(
    ("query", "parameter", "listing"),
    [
        ("place-profile", "place", "coverage"),
        ("indicator-by-place", "indicator", "indicators"),
        ("organisation-profile", "organisation", "organisations"),
        ("programme-places", "programme", "programmes"),
        ("named-in", "entity", "subjects"),
    ],
)
def test_a_name_like_nothing_in_the_graph_says_where_to_look(
    kg: Run, store: Path, query: str, parameter: str, listing: str
) -> None:
    status, out, err = kg("query", query, "--param", f"{parameter}=xyz", "--store", store)
    zh, en = err.splitlines()
    assert (status, out) == (2, "")
    assert zh.startswith("[E207]")
    assert f"请用 kg query {listing} 查看" in zh
    assert f"See with kg query {listing}" in en
    assert "—" not in err
    assert kg("query", listing, "--store", store)[0] == 0


def test_a_name_close_to_one_in_the_graph_is_told_which(kg: Run, store: Path) -> None:
    zh, en = kg("query", "place-profile", "--param", "place=邢台县", "--store", store)[2].splitlines()
    assert "相近的名称：" in zh
    assert "Close names: " in en
    assert "邢台市" in zh
    assert "coverage" not in zh + en


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "insert data { <a:b> <a:c> <a:d> }",
        "#+ title = { zh = '改', en = 'SELECT' }\n# SELECT\nPREFIX a: <http://a#>\nBASE <http://b#>\nCLEAR ALL",
    ],
)
def test_an_update_is_told_that_it_is_no_query(kg: Run, store: Path, tmp_path: Path, update: str) -> None:
    (tmp_path / "u.rq").write_text(update, encoding="utf-8")
    status, out, err = kg("query", tmp_path / "u.rq", "--store", store)
    zh, en = err.splitlines()
    assert (status, out) == (2, "")
    assert "[E203]" in zh
    assert "这是更新，不是查询；知识库只由 kg build 改动" in zh
    assert "an update, which is no query; the store is changed by kg build alone" in en


def test_a_query_that_does_not_parse_is_told_what_was_expected(kg: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "u.rq").write_text("SELECT ?delete WHERE { INSERT", encoding="utf-8")
    err = kg("query", tmp_path / "u.rq", "--store", store)[2]
    assert "expected" in err
    assert "update" not in err


@pytest.mark.parametrize("name", ["fact", "rate-over-time", "changes.rq"])
def test_a_query_name_close_to_others_is_told_which(kg: Run, store: Path, name: str) -> None:
    status, out, err = kg("query", name, "--store", store)
    zh, en = err.splitlines()
    wanted = {"fact": "facts", "rate-over-time": "rates-over-time", "changes.rq": "changes"}[name]
    assert (status, out) == (2, "")
    assert re.search(rf"相近的：[^。]*\b{wanted}\b", zh)
    assert re.search(rf"Close ones: [^.]*\b{wanted}\b", en)
    assert "organisations" not in err


def test_a_query_name_like_no_other_is_sent_to_the_list(kg: Run, store: Path) -> None:
    status, out, err = kg("query", "xyzzy", "--store", store)
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        "[E201] 没有名为 xyzzy 的查询。请用 kg queries 查看有哪些，或给出 .rq 文件的路径。",
        "[E201] There is no query xyzzy. See which there are with kg queries, or give the path of an .rq file.",
    ]


def test_queries_lists_titles_and_parameters(kg: Run) -> None:
    rows = {row["query"]: row for row in table(kg("queries")[1])}
    assert len(rows) >= 12
    assert rows["place-profile"]["parameters"].startswith("place: place, required")
    assert kg("queries", "facts")[1] == (ROOT / "queries" / "figures" / "facts.rq").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_export_writes_every_format(kg: Run, store: Path, tmp_path: Path, form: str) -> None:
    status, out, err = kg("export", "--store", store, "--format", form, "--output", tmp_path / "out")
    assert (status, out) == (0, "")
    assert "statements" in err
    assert (tmp_path / "out").stat().st_size > 10_000


def test_export_follows_a_link_and_writes_to_a_device(kg: Run, store: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest.nt"
    link.symlink_to(tmp_path / "graph.nt")
    assert kg("export", "--store", store, "--format", "ntriples", "--output", link)[0] == 0
    assert link.is_symlink()
    assert (tmp_path / "graph.nt").stat().st_size > 100_000
    assert kg("export", "--store", store, "--output", "/dev/null")[0] == 0
