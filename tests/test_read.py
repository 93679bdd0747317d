"""kg.read: which files, which encoding, and what is no report."""

from __future__ import annotations

import codecs
import hashlib
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Options
from kg.errors import ReadError
from kg.read import Found, discover, read
from kg.read.plausible import is_plausible
from kg.read.refused import REFUSED

REPORT = "2019年全市共有医院35家，床位4.5万张。\n市卫生健康委负责人介绍，诊疗人次比上年增长3.2%。\n"
TRADITIONAL = "2019年全市共有醫院35家，牀位4.5萬張。\n市衛生健康委負責人介紹，診療人次比上年增長3.2%。\n"


def write(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def code_of(path: Path, options: Options | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, options or Options())
    assert str(path) in caught.value.en
    assert str(path) in caught.value.zh
    return caught.value.code


# --- read ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [REPORT, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize(
    ("data_of", "encoding"),
    [
        (lambda text: text.encode("utf-8"), "utf-8"),
        (lambda text: text.encode("utf-8-sig"), "utf-8"),
        (lambda text: text.encode("gb18030"), "gb18030"),
        (lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "utf-16-be"),
        (lambda text: text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: text.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings(tmp_path: Path, text: str, data_of: object, encoding: str) -> None:
    data = data_of(text)
    document = read(write(tmp_path, data), Options())
    assert (document.text, document.encoding) == (text, encoding)
    assert (document.name, document.digest) == ("a.txt", hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_become_line_feeds(tmp_path: Path, newline: str) -> None:
    document = read(write(tmp_path, REPORT.replace("\n", newline).encode()), Options())
    assert document.text == REPORT


@given(text=st.text(alphabet="全市医院床位张人，。35\r\n", min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_offsets_are_those_of_python_text_mode(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = write(tmp_path_factory.mktemp("read"), ("卫生健康" * 3 + text).encode())
    assert read(path, Options()).text == path.read_text(encoding="utf-8")


def test_a_cut_tail_and_a_bad_byte_are_marked(tmp_path: Path) -> None:
    data = (REPORT * 10).encode()
    document = read(write(tmp_path, data[:-2]), Options())
    assert document.text == (REPORT * 10)[:-2] + "�"
    assert document.encoding == "utf-8, 1 damaged"
    assert [(problem.code, problem.severity) for problem in document.problems] == [("E125", "warning")]


@pytest.mark.parametrize("damage", [b"\0", b"\x01\x02", b"\xff"])
def test_bytes_in_the_wrong_place_are_marked(tmp_path: Path, damage: bytes) -> None:
    document = read(write(tmp_path, REPORT.encode() + damage + (REPORT * 4).encode()), Options())
    assert document.text == REPORT + "�" * len(damage) + REPORT * 4
    assert [problem.code for problem in document.problems] == ["E125"]


def test_a_replacement_character_in_the_source_is_no_damage(tmp_path: Path) -> None:
    assert read(write(tmp_path, (REPORT + "�").encode()), Options()).encoding == "utf-8"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\u3000\u3000\n".encode(), codecs.BOM_UTF8])
def test_empty(tmp_path: Path, data: bytes) -> None:
    assert code_of(write(tmp_path, data)) == "E101"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        REPORT.encode() + b"\0" * 20 + REPORT.encode(),
        REPORT.encode() + b"\x01\x02\x03" * 3,
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00\xd8" * 9,
    ],
    ids=["png", "nul", "controls", "broken utf-16"],
)
def test_binary(tmp_path: Path, data: bytes) -> None:
    assert code_of(write(tmp_path, data)) == "E102"


def message_of(path: Path) -> tuple[str, str]:
    """The two lines about a file that is not plain text, without its path, which may hold anything."""
    with pytest.raises(ReadError) as caught:
        read(path, Options())
    assert caught.value.code == "E102"
    return caught.value.zh.replace(str(path), ""), caught.value.en.replace(str(path), "")


PAGE = f"<html><head><title>公报</title></head><body><p>{REPORT}</p></body></html>"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", PAGE),
        ("a.HTM", "<p>" + REPORT),
        ("a.txt", PAGE),
        ("a.xls", PAGE),
        ("a.txt", "\ufeff\n  <!DOCTYPE html>\n" + PAGE),
        ("a.txt", '<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n' + PAGE),
        ("a.txt", '<?xml version="1.0" encoding="UTF-8"?>\n' + PAGE),
        ("a.txt", '<HTML lang="zh">\n' + PAGE),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_is_known_by_its_start(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    document = read(write(tmp_path, text.encode(encoding), name), Options())
    assert document.format == "html"
    assert "诊疗人次比上年增长3.2%。" in document.text
    assert "<p>" not in document.text


@pytest.mark.parametrize("start", ["<附件>", "<html5 是什么>", "见 <html>："])
def test_a_text_that_only_looks_like_a_page_is_read(tmp_path: Path, start: str) -> None:
    assert read(write(tmp_path, (start + REPORT).encode()), Options()).text == start + REPORT


@pytest.mark.parametrize(
    "data",
    [
        *(magic + REPORT.encode() for magic, _, _ in REFUSED),
        REPORT.encode() + b"\0" * 20,
        REPORT.encode() + b"\x01\x02\x03" * 3,
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00\xd8" * 9,
        random.Random(1).randbytes(4096),
    ],
)
def test_each_line_keeps_to_its_language(tmp_path: Path, data: bytes) -> None:
    zh, en = message_of(write(tmp_path, data))
    assert en.isascii()
    assert not re.search("[a-z]{3,}", re.sub(r"\.txt|utf-\d+(-[lb]e)?|docx|xlsx|Office|SQLite", "", zh))


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes(tmp_path: Path, seed: int) -> None:
    data = random.Random(seed).randbytes(4096)
    assert code_of(write(tmp_path, data)) == "E102"


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_that_decode_as_gb18030(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    pairs = (
        bytes((rng.randrange(0x81, 0xFF), rng.choice([*range(0x40, 0x7F), *range(0x80, 0xFF)])))
        for _ in range(2000)
    )
    data = b"".join(pairs)
    assert code_of(write(tmp_path, data)) == "E102"


def test_chinese_read_in_a_wrong_encoding_is_not_plausible() -> None:
    assert is_plausible(REPORT)
    assert is_plausible(TRADITIONAL)
    assert not is_plausible((REPORT * 20).encode("utf-8").decode("gb18030", errors="ignore"))


def test_too_large(tmp_path: Path) -> None:
    assert code_of(write(tmp_path, REPORT.encode()), Options(max_bytes=20)) == "E103"


def test_missing(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.txt") == "E104"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden(tmp_path: Path) -> None:
    path = write(tmp_path, REPORT.encode())
    path.chmod(0)
    assert code_of(path) == "E105"


def test_a_folder_cannot_be_read_as_a_file(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "E105"


def test_hardly_any_chinese(tmp_path: Path) -> None:
    assert code_of(write(tmp_path, b"Annual report of the health commission, 35 hospitals.\n" * 5)) == "E106"


def test_one_giant_line(tmp_path: Path) -> None:
    assert code_of(write(tmp_path, ("卫生" * 900_000).encode())) == "E107"
    assert code_of(write(tmp_path, REPORT.encode()), Options(max_line=10)) == "E107"
    assert code_of(write(tmp_path, b"a" * 5_000_000)) == "E107"


# --- discover --------------------------------------------------------------------------------------------------------


def test_a_folder_is_walked_in_order_and_side_files_are_counted(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.md",
        "README.md",
        "sub/CHANGELOG.txt",
        ".hidden.txt",
        ".git/x.txt",
        "gold.jsonl",
        "kg-facts.csv",
        "table.csv",
        "page.htm",
        "page_files/frame.html",
        "corpus.jsonl",
        "z.bin",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, REPORT.encode(), name)
    write(tmp_path, b"doc,start,end,quote\n", "kg-facts.csv")
    write(tmp_path, '{"正文": "全市"}\n'.encode(), "corpus.jsonl")
    found = discover([tmp_path])
    names = [path.relative_to(tmp_path).as_posix() for path in found.files]
    assert names == [
        "a.txt",
        "b.txt",
        "corpus.jsonl",
        "page.htm",
        "sub/c.md",
        "table.csv",
        "z.bin",
    ]  # what is unknown is read, so that its error is told
    skipped = {path.relative_to(tmp_path).as_posix() for path in found.skipped}
    assert skipped == {
        ".git/x.txt",
        ".hidden.txt",
        "README.md",
        "gold.jsonl",
        "kg-facts.csv",
        "page_files/frame.html",
        "sub/CHANGELOG.txt",
    }


def test_a_named_file_is_never_skipped_and_never_twice(tmp_path: Path) -> None:
    readme = write(tmp_path, REPORT.encode(), "README.md")
    other = write(tmp_path, REPORT.encode(), "a.txt")
    assert discover([readme, tmp_path, other]) == Found((readme, other))


def test_nothing_to_read(tmp_path: Path) -> None:
    write(tmp_path, b"", "README.md")
    with pytest.raises(ReadError) as caught:
        discover([tmp_path])
    assert caught.value.code == "E108"
    with pytest.raises(ReadError) as caught:
        discover([tmp_path / "none"])
    assert caught.value.code == "E104"


def test_a_pattern_names_the_files_it_matches(tmp_path: Path) -> None:
    for name in ("2021/b.txt", "2022/a.txt", "2022/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, REPORT.encode(), name)
    found = discover([tmp_path / "**" / "*.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["2021/b.txt", "2022/a.txt"]
    with pytest.raises(ReadError) as caught:
        discover([tmp_path / "*.pdf"])
    assert caught.value.code == "E104"
