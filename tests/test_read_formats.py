"""Every format and damage of tests/data: what is read, what is said of it, and what is named with which reason."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sample_facts import DATA, ROOT, bulletins, facts, reading, said, share

from kg.config import Columns, Limits, Options
from kg.errors import ReadError
from kg.model import Document
from kg.pipeline import build
from kg.read import READERS, Outcome, Raw, Readers, Unread, read

SAME = ("stat04", "county01", "inst04")
FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def readers():
    with Readers() as made:
        yield made


def outcomes(readers: Readers, name: str, options: Options | None = None) -> list[Outcome]:
    return list(readers.documents(Raw.of(DATA / name, options or Options())))


def code_of(readers: Readers, name: str, options: Options | None = None) -> str:
    (one,) = outcomes(readers, name, options)
    assert isinstance(one, Unread)
    assert one.error.zh != one.error.en
    return one.error.code


# --- the same report, whatever its format ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAME)
def test_a_report_states_the_same_in_every_format(name: str) -> None:
    others = [file for file in FILES if file.startswith(f"same/{name}.") and not file.endswith("utf-8.txt")]
    kinds = {file.removeprefix(f"same/{name}.") for file in others}
    assert kinds >= {"gb18030.txt", "big5.txt", "html", "docx", "writer.pdf"}
    shares = {file: share(f"same/{name}.utf-8.txt", file) for file in others}
    assert {file: value for file, value in shares.items() if value < 0.98} == {}
    assert {
        file for file in others if facts(file).total() != facts(f"same/{name}.utf-8.txt").total()
    } == set()


@pytest.mark.parametrize("name", [file for file in FILES if file.startswith("tables/")])
def test_cells_of_a_bulletin_are_facts(name: str) -> None:
    (table,) = [one for one in bulletins() if one.name == Path(name).name.split(".")[0]]
    wanted = Counter(
        (Decimal(f.value).normalize(), f.unit, f.indicator, f.subject, f.start, f.end) for f in table.figures
    )
    found = Counter((Decimal(value).normalize(), *rest) for value, *rest in facts(name).elements())
    assert (wanted & found).total() >= 0.95 * wanted.total()


@pytest.mark.parametrize(
    "name", [f for f in FILES if f.startswith(("same/", "tables/", "pages/", "encodings/"))]
)
def test_every_quote_and_cell_stands_at_its_offsets(name: str) -> None:
    made = reading(name)
    text = made.document.text
    assert {fact.quote for fact in made.facts} == {text[fact.start : fact.end] for fact in made.facts}
    assert all(text[cell.start : cell.end].strip() for cell in made.document.cells)
    starts = [cell.start for cell in made.document.cells]
    assert starts == sorted(starts)


# --- encodings ---------------------------------------------------------------------------------------------------------

CLEAN = ("utf-8-bom.txt", "utf-16-le.txt", "utf-16-be.txt", "utf-16-le-no-bom.txt", "crlf.gbk.txt")
WEB = ("declared-gb2312.html", "says-utf-8-is-gbk.html", "says-gb2312-is-utf-8.html")
RESTORED = ("utf-8-read-as-latin-1.txt", "gbk-read-as-latin-1.txt")


@pytest.mark.parametrize("name", [*CLEAN, *WEB, *RESTORED])
def test_an_encoding_changes_no_fact(name: str) -> None:
    assert facts(f"encodings/{name}") == facts("encodings/utf-8-bom.txt")


@pytest.mark.parametrize("name", RESTORED)
def test_what_was_read_wrongly_is_restored_and_told(name: str) -> None:
    assert [problem.code for problem in reading(f"encodings/{name}").document.problems] == ["E126"]


def test_what_a_wrong_reading_lost_is_marked() -> None:
    made = reading("encodings/utf-8-read-as-gbk.txt")
    assert [problem.code for problem in made.document.problems] == ["E125", "E126"]
    whole, rest = (
        Counter((fact.value, fact.unit) for fact in reading(f"encodings/{name}").facts)
        for name in ("utf-8-bom.txt", "utf-8-read-as-gbk.txt")
    )
    assert (whole & rest).total() > 0.8 * whole.total()


@pytest.mark.parametrize(("name", "code"), [("lost-characters.txt", "E125"), ("garbled-line.txt", "E129")])
def test_damage_is_a_warning(name: str, code: str) -> None:
    problems = reading(f"encodings/{name}").problems
    assert [(p.code, p.severity) for p in problems if p.code.startswith("E1")] == [(code, "warning")]


def test_big5_is_traditional_and_states_the_same() -> None:
    document = reading("encodings/declared-big5.html").document
    assert (document.encoding, document.script) == ("big5hkscs", "Hant")
    assert share("encodings/utf-8-bom.txt", "encodings/declared-big5.html") >= 0.98


# --- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("tags.gb2312.html", "https://wjw.example.gov.cn/tj/stat01.html"),
        ("old-layout.htm", None),
        ("saved.html", "https://wjw.example.gov.cn/tj/2022/stat01.html"),
        ("single-file.html", "https://wjw.example.gov.cn/tj/stat01.html"),
        ("mail.mhtml", "https://wjw.example.gov.cn/tj/stat01.html"),
    ],
)
def test_a_page_is_its_article(name: str, url: str | None) -> None:
    document = reading(f"pages/{name}").document
    assert (document.title, document.published, document.publisher, document.url) == (
        "2022年邢台市卫生健康事业发展统计公报",
        date(2023, 6, 28),
        "邢台市卫生健康委员会",
        url,
    )
    assert [
        word for word in ("首页", "今日访问", "相关阅读", "版权所有", "领导介绍") if word in document.text
    ] == []
    assert facts(f"pages/{name}") == facts("pages/tags.gb2312.html")


def test_a_saved_page_is_one_report(tmp_path: Path) -> None:
    summary = build([DATA / "pages"], Options(store=tmp_path / "store"))
    assert (summary.read, summary.loaded + summary.unchanged, summary.skipped) == (6, 6, 1)


# --- damage ------------------------------------------------------------------------------------------------------------

REASONS = {
    "bomb.gz": "E115",
    "bomb.zip": "E115",
    "deep.html": "E115",
    "empty.html": "E101",
    "english.html": "E106",
    "entities.docx": "E116",
    "entities.xlsx": "E116",
    "format.ofd": "E102",
    "nested.zip": "E115",
    "no-xml.docx": "E116",
    "old.doc": "E102",
    "picture.txt": "E102",
    "scanned.pdf": "E118",
    "truncated.docx": "E116",
    "truncated.gz": "E116",
    "truncated.pdf": "E116",
    "truncated.xlsx": "E116",
    "truncated.zip": "E116",
}


@pytest.mark.parametrize("name", REASONS)
def test_a_damaged_file_is_named_with_its_reason(readers: Readers, name: str) -> None:
    assert code_of(readers, f"damaged/{name}") == REASONS[name]


def test_every_damaged_file_is_tested() -> None:
    names = {Path(name).name for name in FILES if name.startswith("damaged/")}
    assert names == {*REASONS, "half.html", "outside.zip", "one-page-scanned.pdf"}


def test_a_scanned_page_among_others_is_a_warning(readers: Readers) -> None:
    (document,) = outcomes(readers, "damaged/one-page-scanned.pdf")
    assert isinstance(document, Document)
    (problem,) = document.problems
    assert problem.code == "E119"


def test_no_member_leaves_its_archive(readers: Readers) -> None:
    found = outcomes(readers, "damaged/outside.zip")
    assert [one.error.code if isinstance(one, Unread) else one.name for one in found] == [
        "E122",
        "E122",
        "outside.zip!/a.txt",
    ]


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("same/inst04.writer.pdf", Limits(pages=1)),
        ("tables/counties.xlsx", Limits(cells=10)),
        ("tables/counties.docx", Limits(cells=10)),
        ("tables/counties.csv", Limits(cells=10)),
        ("corpora/reports.zip", Limits(members=2)),
        ("corpora/reports.zip", Limits(unpacked=1000)),
        ("pages/saved.html", Limits(nesting=3)),
    ],
)
def test_a_limit_is_told_with_its_option(readers: Readers, name: str, limits: Limits) -> None:
    (one,) = outcomes(readers, name, Options(limits=limits))
    assert isinstance(one, Unread)
    assert one.error.code == "E115"
    (changed,) = [field for field in Limits.__slots__ if getattr(limits, field) != getattr(Limits(), field)]
    assert f"--limit {changed}=" in one.error.en


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_file_is_read(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that never comes back stands in for a parser that hangs."""
    monkeypatch.syspath_prepend(str(DATA.parent / "crashing"))
    readers.close()
    assert code_of(readers, "tables/counties.xlsx", Options(limits=Limits(seconds=3))) == "E120"
    (document,) = outcomes(readers, "pages/saved.html")
    readers.close()
    assert isinstance(document, Document)


def test_a_reader_that_dies_is_named_and_the_rest_of_its_archive_is_read(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that ends the process stands in for a parser that crashes."""
    folder = DATA.parent / "crashing"
    monkeypatch.syspath_prepend(str(folder))
    readers.close()
    found = outcomes(readers, "corpora/reports.zip")
    readers.close()
    assert {one.error.code for one in found if isinstance(one, Unread)} == {"E121"}
    assert len([one for one in found if isinstance(one, Document)]) == 3


# --- corpora -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "count"),
    [("records.jsonl", 3), ("records.parquet", 3), ("reports.zip", 4), ("reports.tar.gz", 2), ("site.warc", 2), ("site.warc.gz", 2), ("county06.txt.gz", 1)],
)  # fmt: skip
def test_each_report_of_a_corpus_is_a_document(readers: Readers, name: str, count: int) -> None:
    found = outcomes(readers, f"corpora/{name}")
    assert [one for one in found if isinstance(one, Unread)] == []
    assert len(found) == count
    assert len({one.path for one in found if isinstance(one, Document)}) == count
    assert all(one.name.startswith(f"{name}!/") for one in found)


def test_columns_say_what_a_record_is(readers: Readers) -> None:
    document = outcomes(readers, "corpora/records.jsonl")[0]
    assert isinstance(document, Document)
    assert (document.title, document.published, document.publisher, document.url) == (
        "2022年邢台市卫生健康事业发展统计公报",
        date(2023, 1, 15),
        "某市卫生健康委员会",
        "https://wjw.example.gov.cn/tj/stat01.html",
    )


def test_a_column_that_is_not_there_is_named(readers: Readers) -> None:
    assert code_of(readers, "corpora/records.jsonl", Options(columns=Columns(text="body"))) == "E123"
    assert code_of(readers, "corpora/records.parquet", Options(columns=Columns(url="link"))) == "E123"


def test_a_broken_line_costs_one_record(readers: Readers) -> None:
    found = outcomes(readers, "corpora/broken-lines.jsonl")
    assert [one.error.code if isinstance(one, Unread) else one.format for one in found] == [
        "jsonl",
        "E128",
        "E128",
        "E101",
    ]


def test_several_reports_are_for_build(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read(DATA / "corpora" / "reports.zip", Options())
    assert caught.value.code == "E124"
    summary = build([DATA / "corpora" / "reports.zip"], Options(store=tmp_path / "store"))
    assert (summary.read, summary.whole) == (4, True)
    assert build([DATA / "corpora" / "reports.zip"], Options(store=tmp_path / "store")).unchanged == 4


def test_stdin_is_a_source() -> None:
    data = (DATA / "same" / "county01.html").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "kg", "tag", "-", "--format", "csv"],
        input=data,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().count("\n") > 40


# --- the registry ------------------------------------------------------------------------------------------------------


def test_every_format_has_a_sample() -> None:
    endings = {suffix for one in READERS for suffix in one.suffixes}
    found = {one.key for one in READERS if any(name.lower().endswith(one.suffixes) for name in FILES)}
    assert found == {one.key for one in READERS}
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)
    assert len(FILES) >= 40


def test_a_missing_package_is_named_with_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "kg.read.parquet", raising=False)
    (one,) = [one for one in READERS if one.key == "parquet"]
    with pytest.raises(ReadError) as caught:
        one.function(Raw.of(DATA / "corpora/records.parquet", Options()))
    assert caught.value.code == "E114"
    assert "pip install 'kg-health-admin[parquet]'" in caught.value.en


def test_facts_say_their_period() -> None:
    assert all(isinstance(said(fact), tuple) for fact in reading("same/stat04.html").facts)
