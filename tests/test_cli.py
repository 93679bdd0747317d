"""The command line: results on stdout, messages on stderr, exit statuses 0, 1 and 2."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from graph_samples import PLACES, fact, reading

from kg import pipeline
from kg.cli import main
from kg.cli.render import Format, write
from kg.cli.views import lines
from kg.config import BASE, VERSION, Options
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore
from kg.graph.validate import validator
from kg.model import Document, Kind, Problem, Reading

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "seeds" / "reports"
COMMANDS = ("build", "tag", "validate", "queries", "query", "export", "eval")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``kg`` with arguments: its exit status, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return int(caught.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two sample reports."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    with pytest.raises(SystemExit) as caught:
        main(["build", str(REPORTS / "stat01.txt"), str(REPORTS / "trad02.txt"), "--store", str(folder)])
    assert caught.value.code == 0
    return folder


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_version(kg: Run) -> None:
    assert kg("--version") == (0, f"kg {VERSION}\n", "")


def test_help_lists_every_command(kg: Run) -> None:
    status, out, _ = kg("--help")
    assert status == 0
    assert all(command in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(kg: Run, command: str) -> None:
    status, out, _ = kg(command, "--help")
    assert status == 0
    assert "Example:" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build",),
        ("build", "no/such/folder"),
        ("query", "no-such-query"),
        ("query", "facts", "--param", "doc"),
        ("query", "facts", "--param", "doc=a", "--param", "doc=b"),
        ("query", "facts", "--param", "colour=red"),
        ("query", "place-profile"),
        ("query", "facts", "--format", "turtle"),
        ("build", "x.txt", "--base", "not an iri"),
        ("build", "x.txt", "--engine", "guess"),
        ("export", "--format", "word"),
        ("eval", "no/such", "folder"),
        ("tag", "no-such-file.txt"),
    ],
)
def test_wrong_call_is_status_2_without_traceback(kg: Run, store: Path, arguments: tuple[str, ...]) -> None:
    more = ("--store", store) if arguments[0] in {"query", "export"} else ()
    status, out, err = kg(*arguments, *more)
    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err


def test_error_is_numbered_in_both_languages(kg: Run, store: Path) -> None:
    _, _, err = kg("query", "facts", "--param", "colour=red", "--store", store)
    zh, en = err.splitlines()
    assert zh.startswith("[E204] 查询 facts 没有参数 colour")
    assert en.startswith("[E204] Query facts has no parameter colour")


def test_query_without_a_store_tells_what_to_do(kg: Run, tmp_path: Path) -> None:
    status, out, err = kg("query", "facts", "--store", tmp_path / "nothing")
    assert (status, out) == (2, "")
    assert "[E301]" in err


def test_store_from_the_environment(kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    assert len(table(kg("query", "reports")[1])) == 2


def test_build_counts_and_changes_nothing_twice(kg: Run, tmp_path: Path) -> None:
    call = ("build", REPORTS / "inst04.txt", "--store", tmp_path / "store")
    first, again = kg(*call), kg(*call)
    assert (first[0], again[0]) == (0, 0)
    counts = {row["what"]: row["count"] for row in table(first[1])}
    assert (counts["read"], counts["loaded"], counts["unchanged"]) == ("1", "1", "0")
    assert {row["what"]: row["count"] for row in table(again[1])}["unchanged"] == "1"
    assert int(counts["facts"]) > 0


def test_rebuilt_store_exports_the_same_bytes(kg: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        kg("build", REPORTS / "stat04.txt", REPORTS / "inst04.txt", "--store", tmp_path / name)
    kg("build", REPORTS / "inst04.txt", "--store", tmp_path / "b")
    for form in ("nquads", "turtle"):
        for name in ("a", "b"):
            kg(
                "export",
                "--store",
                tmp_path / name,
                "--format",
                form,
                "--output",
                tmp_path / f"{name}.{form}",
            )
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_export_writes_every_format(kg: Run, store: Path, tmp_path: Path, form: str) -> None:
    status, out, err = kg("export", "--store", store, "--format", form, "--output", tmp_path / "out")
    assert (status, out) == (0, "")
    assert "statements" in err
    assert (tmp_path / "out").stat().st_size > 10_000


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
    as_json = json.loads(kg("query", "reports", "--store", store, "--format", "json")[1])
    as_tsv = kg("query", "reports", "--store", store, "--format", "tsv")[1]
    as_table = kg("query", "reports", "--store", store, "--format", "table")[1]
    assert [row["doc"] for row in as_csv] == [row["doc"] for row in as_json] == ["stat01.txt", "trad02.txt"]
    assert isinstance(as_json[0]["facts"], int)
    assert len(as_tsv.splitlines()) == 3
    assert "stat01.txt" in as_table


def test_tag_prints_mentions_and_facts_in_order(kg: Run) -> None:
    status, out, _ = kg("tag", REPORTS / "stat01.txt")
    rows = table(out)
    assert status == 0
    assert {row["type"] for row in rows} == {"fact", "mention"}
    assert [int(row["start"]) for row in rows] == sorted(int(row["start"]) for row in rows)
    text = (REPORTS / "stat01.txt").read_text(encoding="utf-8")
    assert all(text[int(row["start"]) : int(row["end"])] == row["text"] for row in rows)
    assert len(json.loads(kg("tag", REPORTS / "stat01.txt", "--format", "json")[1])) == len(rows)


def test_tag_writes_a_page_and_rows_to_a_file(kg: Run, tmp_path: Path) -> None:
    for form in ("html", "csv", "json"):
        call = ("tag", REPORTS / "inst04.txt", "--format", form)
        status, out, err = kg(*call)
        assert kg(*call, "--output", tmp_path / form) == (status, "", err)
        assert (tmp_path / form).read_bytes() == out.encode()
    page = (tmp_path / "html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "101.3%" in page and "E412" in page  # what the gate finds is among the problems
    status, out, err = kg("tag", REPORTS / "inst04.txt", "--output", tmp_path / "no" / "such" / "folder")
    assert (status, out) == (2, "")
    assert "[E214]" in err


def test_a_call_that_fails_leaves_the_file_that_is_there(kg: Run, store: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.ttl"
    kept.write_text("what was there", encoding="utf-8")
    status, out, err = kg("export", "--store", store, "--format", "nonsense", "--output", kept)
    assert (status, out) == (2, "")
    assert "[E309]" in err
    assert kept.read_text(encoding="utf-8") == "what was there"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.ttl"]


def test_export_follows_a_link_and_writes_to_a_device(kg: Run, store: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest.nt"
    link.symlink_to(tmp_path / "graph.nt")
    assert kg("export", "--store", store, "--format", "ntriples", "--output", link)[0] == 0
    assert link.is_symlink()
    assert (tmp_path / "graph.nt").stat().st_size > 100_000
    assert kg("export", "--store", store, "--output", "/dev/null")[0] == 0


def test_tag_of_a_folder_is_a_wrong_call(kg: Run) -> None:
    assert kg("tag", REPORTS)[:2] == (2, "")


def test_an_interrupted_build_says_how_to_go_on(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.understood

    def interrupted(document: Document, options: Options) -> Reading:
        if document.name == "trad02.txt":
            raise KeyboardInterrupt
        return whole(document, options)

    call = ("build", REPORTS / "stat01.txt", REPORTS / "trad02.txt", "--store", tmp_path / "store")
    monkeypatch.setattr(pipeline, "understood", interrupted)
    status, out, err = kg(*call)
    assert (status, out) == (130, "")
    assert "[E215]" in err
    monkeypatch.setattr(pipeline, "understood", whole)
    status, out, _ = kg(*call, "--format", "csv")
    assert status == 0
    assert [line for line in out.splitlines() if line.startswith(("loaded", "unchanged"))] == [
        "loaded,1",
        "unchanged,1",
    ]


def test_tag_of_an_unreadable_file_is_status_1(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = kg("tag", tmp_path / "empty.txt")
    assert (status, out) == (1, "")
    assert "[E101]" in err


def test_validate_files_and_store(kg: Run, store: Path, tmp_path: Path) -> None:
    assert kg("validate", REPORTS / "inst04.txt")[0] == 0
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = kg("validate", REPORTS / "inst04.txt", tmp_path / "empty.txt")
    assert status == 1
    assert [(row["doc"], row["code"]) for row in table(out) if row["severity"] == "error"] == [
        ("empty.txt", "E101")
    ]
    assert "1 error(s)" in err
    assert kg("validate", "--store", store)[0] == 0
    assert kg("validate", "--store", store, "--engine", "pyshacl")[1] == kg("validate", "--store", store)[1]


def test_validate_lists_the_quarantine_with_its_reasons(kg: Run, tmp_path: Path) -> None:
    bad = reading(facts=(fact("7.45/10万", "-7.45", "/10万", "rate", "孕产妇死亡率"),))
    quads = to_quads(bad, PLACES, BASE)
    with GraphStore.open(tmp_path / "store") as made:
        made.quarantine(bad, quads, validator().validate(quads, "bad.txt"), "bad.txt")
    status, out, _ = kg("validate", "--store", tmp_path / "store")
    rows = table(out)
    assert status == 1
    assert {row["doc"] for row in rows} == {"bad.txt"}
    assert all(row["zh"] and row["en"] and row["code"].startswith("E4") for row in rows)


@pytest.mark.parametrize(
    ("query", "parameter", "listing"),
    [
        ("place-profile", "place", "coverage"),
        ("indicator-by-place", "indicator", "indicators"),
        ("organisation-profile", "organisation", "organisations"),
        ("programme-places", "programme", "programme-places"),
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
    assert kg("queries", "facts")[1] == (ROOT / "queries" / "facts.rq").read_text(encoding="utf-8")


def test_eval_totals_and_breakdowns(kg: Run, tmp_path: Path) -> None:
    texts, gold = tmp_path / "texts", tmp_path / "gold"
    for folder, suffix in ((texts, "txt"), (gold, "jsonl")):
        folder.mkdir()
        for name in ("stat01", "inst04"):
            (folder / f"{name}.{suffix}").write_bytes(
                (ROOT / "seeds" / "corpus" / folder.name / f"{name}.{suffix}").read_bytes()
            )
    rows = {row["measure"]: row for row in table(kg("eval", texts, gold)[1])}
    assert float(rows["quantity"]["f1"]) > 0.8
    assert {row["measure"] for row in table(kg("eval", texts, gold, "--by", "label")[1])} == {
        "ORG",
        "PLACE",
        "PROGRAMME",
    }
    assert {row["document"] for row in table(kg("eval", texts, gold, "--by", "document")[1])} == {
        "TOTAL",
        "stat01",
        "inst04",
    }
    assert table(kg("eval", texts, gold, "--by", "rule")[1])
    assert {row["kind"] for row in json.loads(kg("eval", texts, gold, "--by", "kind", "--json")[1])} <= set(
        get_args(Kind)
    )
    assert json.loads(kg("eval", texts, gold, "--json")[1])[0]["measure"] == "quantity"
    assert kg("eval", texts, gold, "--split", "train") == kg("eval", texts, gold)
    assert kg("eval", texts, gold, "--by", "colour")[0] == 2


def test_eval_errors_are_rows_and_are_counted(kg: Run, tmp_path: Path) -> None:
    text = (ROOT / "seeds" / "corpus" / "texts" / "stat01.txt").read_text(encoding="utf-8")
    gold = (ROOT / "seeds" / "corpus" / "gold" / "stat01.jsonl").read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(gold) if '"num": "8765个"' in line)
    gold[at] = json.dumps(json.loads(gold[at]) | {"kind": "money"})
    (tmp_path / "stat01.txt").write_text(text, encoding="utf-8")
    (tmp_path / "stat01.jsonl").write_text("\n".join(gold), encoding="utf-8")
    rows = table(kg("eval", tmp_path, tmp_path, "--errors")[1])
    (row,) = [row for row in rows if row["text"] == "8765个"]
    assert (row["doc"], row["what"], row["said"], row["gold"], row["kind"]) == (
        "stat01",
        "kind",
        "count",
        "money",
        "money",
    )
    assert row["sentence"].startswith("（一）医疗卫生机构。") or row["sentence"].startswith("2022年末")
    assert "8765个" in row["sentence"]
    assert text[int(row["start"]) :].startswith("8765个")
    assert len(json.loads(kg("eval", tmp_path, tmp_path, "--errors", "--json")[1])) == len(rows)
    counts = table(kg("eval", tmp_path, tmp_path, "--by", "document", "--errors")[1])
    assert [(one["document"], int(one["errors"])) for one in counts] == [("stat01", len(rows))]
    kinds = {one["kind"]: one for one in table(kg("eval", tmp_path, tmp_path, "--by", "kind", "--errors")[1])}
    assert kinds["money"]["wrong kind"] == "1"
    by_rule = table(kg("eval", tmp_path, tmp_path, "--by", "rule", "--errors")[1])
    assert int({one["rule"]: one for one in by_rule}[row["rule"]]["wrong kind"]) >= 1
    assert sum(int(one["errors"]) for one in by_rule) == len(rows)
    assert kg("eval", tmp_path, tmp_path, "--by", "colour", "--errors")[0] == 2


def test_many_problems_of_a_file_are_cut_and_counted() -> None:
    many = [Problem("E411", "a.txt", "error", "中", "en", start=at) for at in range(5)]
    one = Problem("E101", "b.txt", "error", "空", "empty")
    said = list(lines([*many, one]))
    assert said[:2] == ["[E411] a.txt:0: 中", "[E411] a.txt:0: en"]
    assert said[6:] == ["a.txt: +2 · kg validate", "[E101] b.txt: 空", "[E101] b.txt: empty"]


def test_csv_writes_all_columns_and_long_cells_whole() -> None:
    out = io.StringIO()
    assert write(("a", "b"), [(1, "x" * 200), (None, True)], out, None) == 2
    assert out.getvalue() == f"a,b\n1,{'x' * 200}\n,true\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("126000.0", "126000"),
        ("34100.00", "34100"),
        ("7.10", "7.1"),
        ("100", "100"),
        ("0.0", "0"),
        ("1E+9", "1000000000"),
    ],
)
def test_numbers_are_written_as_in_the_graph(value: str, written: str) -> None:
    out = io.StringIO()
    write(("value",), [(Decimal(value),)], out, Format.CSV)
    assert out.getvalue() == f"value\n{written}\n"


def test_a_table_shows_only_named_columns() -> None:
    out = io.StringIO()
    assert write(("aa", "bb", "cc"), [(1, 2, 3)], out, Format.TABLE, ("cc", "aa", "zz")) == 1
    assert [line.split() for line in out.getvalue().splitlines() if line.strip(" ─")] == [
        ["cc", "aa"],
        ["3", "1"],
    ]


@pytest.mark.parametrize("width", [70, 80, 100, 160])
def test_a_narrow_table_keeps_numbers_and_dates_whole(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is cut shows another figure: 24 for 240000000."""
    monkeypatch.setenv("COLUMNS", str(width))
    columns = ("doc", "indicator", "subject", "comparator", "value", "time_end", "sentence")
    row = (
        "stat01.txt",
        "完成健康项目投资",
        "望江县人民医院",
        "=",
        Decimal(240000000),
        "2023-12-31",
        "全县完成投资。" * 9,
    )
    out = io.StringIO()
    write(columns, [row], out, Format.TABLE)
    said = out.getvalue()
    assert all(cell in said.split() for cell in ("stat01.txt", "=", "240000000", "2023-12-31"))
    assert all(said.count(letter) == 1 for letter in "健康项目望江民医院")
    assert max(len(line) for line in said.splitlines()) <= width


def test_reader_that_goes_away_is_no_traceback(store: Path) -> None:
    script = f'"{sys.executable}" -m kg query facts --store "{store}" | head -1'
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.startswith("doc,start,end")
    assert "Traceback" not in done.stderr


def test_piped_output_is_utf8_whatever_the_locale(store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "reports", "--store", str(store)],
        capture_output=True,
        check=True,
        env={
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONUTF8": "0",
            "PYTHONPATH": str(ROOT),
        },
    )
    assert "邢台市" in done.stdout.decode("utf-8")
