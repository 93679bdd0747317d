"""Damaged bytes of every format: each file is read or named with a number, none stops what reads it."""

from __future__ import annotations

import codecs
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Limits, Options
from kg.errors import ReadError
from kg.model import Document
from kg.read import READERS, Raw, Readers, Unread
from kg.read.documents import At, documents
from kg.read.encoding import decode
from kg.read.grids import Cell, write_table
from kg.read.mojibake import restored
from kg.read.numbers import shown
from kg.read.packed import is_safe
from kg.read.raw import Text

ROOT = Path(__file__).resolve().parent.parent
FUZZ = runpy.run_path(str(ROOT / "scripts" / "fuzz_readers.py"))
SENTENCE = "2019年全市共有医院35家，床位4.5万张，诊疗人次比上年增长3.2%，卫生健康事业平稳发展。"
HAN = st.text(alphabet="全市县区医院床位张人次比上年增长卫生健康，。、（）35.2%\n", min_size=40, max_size=300)
QUICK = settings(max_examples=60, deadline=None)


def test_mutated_samples_are_read_or_named() -> None:
    fates, troubles = FUZZ["fuzz"](300, 7, 20.0)
    assert troubles == []
    assert fates["files"] == 300
    assert fates["loaded"] + fates["named"] == 300
    assert fates["E121"] == 0


@pytest.fixture(scope="module")
def readers():
    with Readers() as made:
        yield made


@pytest.mark.parametrize("one", READERS, ids=lambda one: one.key)
def test_any_bytes_under_any_name_give_an_outcome(readers: Readers, one: object) -> None:
    ending = one.suffixes[0]  # type: ignore[attr-defined]

    @given(data=st.binary(max_size=400))
    @settings(max_examples=25, deadline=None)
    def hold(data: bytes) -> None:
        raw = Raw(f"a{ending}", f"a{ending}", Options(limits=Limits(seconds=20)), data=data)
        found = list(readers.documents(raw))
        assert found
        assert all(isinstance(outcome, Document | Unread) for outcome in found)

    hold()


@given(text=HAN, encoding=st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig"]))
@QUICK
def test_any_chinese_text_comes_back(text: str, encoding: str) -> None:
    whole = SENTENCE + text
    assert decode(whole.encode(encoding), "a").text == whole


@given(text=HAN, wrong=st.sampled_from(["latin-1", "cp437"]))
@QUICK
def test_text_that_was_not_garbled_is_left_alone(text: str, wrong: str) -> None:
    assert restored(SENTENCE + text).text == SENTENCE + text


SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "春江川云南婷婕鑫磊萍霞辉勇斌超燕琳敏静娜涛浩宇晨欣怡雪莲梅兰菊竹松柏峰岩"


@given(
    names=st.lists(st.tuples(st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2)), min_size=1),
    mark=st.sampled_from(["初审：", "　", "、", " 编辑:"]),
)
@QUICK
def test_names_of_people_are_not_garbled_text(names: list[tuple[str, str]], mark: str) -> None:
    line = mark.join(first + last for first, last in names)
    assert restored(SENTENCE + "\n" + line).text == SENTENCE + "\n" + line


@given(text=HAN)
@QUICK
def test_what_was_read_as_latin_1_is_restored(text: str) -> None:
    lines = [SENTENCE + line for line in text.split("\n")]
    garbled = "\n".join(line.encode().decode("latin-1") for line in lines)
    assert restored(garbled).text == "\n".join(lines)


CELL = st.builds(
    Cell,
    st.sampled_from(["", "指标", "2020年", "医院（个）", "35", "4.5", "合计", "注：含村卫生室"]),
    st.just("A1"),
    st.integers(1, 4),
    st.integers(1, 4),
)


@given(rows=st.lists(st.lists(CELL, max_size=5), max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_table_keeps_each_figure_once_and_knows_its_cells(rows: list[list[Cell]]) -> None:
    text = Text()
    write_table(text, rows)
    written = str(text)
    for cell in text.cells:
        assert written[cell.start : cell.end]
        assert not set(written[cell.start : cell.end]) & set("\t\n")
    count = sum(cell.text == "4.5" for row in rows for cell in row)
    assert sum(written[cell.start : cell.end] == "4.5" for cell in text.cells) <= count


@given(
    value=st.floats(allow_nan=True, allow_infinity=True),
    form=st.text(alphabet='0#.,%;"[]万元-_*()E+', max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_any_number_under_any_format_is_shown(value: float, form: str) -> None:
    assert isinstance(shown(value, form), str)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.256, "0.0%", "25.6%"),
        (12345.678, '#,##0.0"万元"', "12,345.7万元"),
        (3.1400000000000001, "General", "3.14"),
        (1234567, "General", "1234567"),
        (-5.25, "0.0;-0.0", "-5.3"),
        (2022, "0_ ", "2022"),
        (0.1 + 0.2, "General", "0.3"),
        (4.5, '0.0"张"', "4.5张"),
        (12.0, "0.##", "12"),
    ],
)
def test_a_number_is_shown_as_its_cell_shows_it(value: float, form: str, text: str) -> None:
    assert shown(value, form) == text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a/b.txt", True),
        ("报告.txt", True),
        ("../a.txt", False),
        ("a/../../b.txt", False),
        ("/etc/a.txt", False),
        ("C:\\a.txt", False),
        ("a\\..\\..\\b.txt", False),
    ],
)
def test_paths_that_leave_an_archive(name: str, safe: bool) -> None:
    assert is_safe(name) is safe


def test_what_is_announced_can_be_passed_over() -> None:
    data = (ROOT / "tests/data/corpora/reports.zip").read_bytes()
    reading = documents(Raw("a.zip", "a.zip", Options(), data=data))
    seen: list[str] = []
    skip = None
    while True:
        try:
            said = reading.send(skip)
        except StopIteration:
            break
        skip = isinstance(said, At) and said.name.endswith(".docx")
        if isinstance(said, Document):
            seen.append(said.format)
    assert seen == ["txt", "txt", "html"]


def test_an_error_is_the_same_behind_a_process() -> None:
    import pickle  # noqa: PLC0415

    error = ReadError("E116", path="a", format=READERS[0].about, reason=ValueError("x"))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_mark_that_lies_is_named() -> None:
    with pytest.raises(ReadError) as caught:
        decode(codecs.BOM_UTF16_BE + SENTENCE.encode("utf-8"), "a")
    assert caught.value.code == "E102"
