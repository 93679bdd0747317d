"""Rows as text: tables of any width, CSV, and problems in words."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pytest
from rich.cells import cell_len

from kg.cli.render import Format, write
from kg.cli.views import lines
from kg.model import Problem


def test_many_problems_of_a_file_are_cut_and_counted() -> None:
    many = [Problem("E411", "a.txt", "error", "中", "en", start=at) for at in range(5)]
    one = Problem("E101", "b.txt", "error", "空", "empty")
    said = list(lines([*many, one]))
    assert said[:2] == ["[E411] a.txt:0: 中", "[E411] a.txt:0: en"]
    assert said[6:8] == ["a.txt：另有 2 条，用 kg validate 查看。", "a.txt: 2 more, see kg validate."]
    assert said[8:] == ["[E101] b.txt: 空", "[E101] b.txt: empty"]


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


@pytest.mark.parametrize("width", [40, 60, 70, 80, 100, 160])
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
    assert max(cell_len(line) for line in said.splitlines()) <= width


@pytest.mark.parametrize("width", range(20, 200, 12))
def test_a_table_of_any_width_shows_every_column(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    rows = [
        ("临沂市", "流感样病例百分比", Decimal("8.73"), None),
        ("吴忠市", "药占比" * 20, Decimal("33.4"), "年底"),
    ]
    assert write(("subject", "indicator", "value", "note"), rows, out, Format.TABLE) == 2
    letters = re.sub(r"\s", "", out.getvalue())
    assert {"8.73", "33.4"} <= set(out.getvalue().split())
    for text in ("临沂市", "吴忠市", "年底"):
        assert all(letter in letters for letter in text)
    assert letters.count("药") == 20
    assert max(cell_len(line) for line in out.getvalue().splitlines()) <= width


def test_a_terminal_too_narrow_for_a_table_gets_a_block_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    out = io.StringIO()
    columns = ("place", "value", "time_end", "note")
    rows = [("临沂市", Decimal(240000000), "2023-12-31", None), ("吴忠市", Decimal(7), "2022-12-31", "年底")]
    write(columns, rows, out, Format.TABLE)
    assert [line.rstrip() for line in out.getvalue().splitlines()] == [
        "place     临沂市",
        "value     240000000",
        "time_end  2023-12-31",
        "",
        "place     吴忠市",
        "value     7",
        "time_end  2022-12-31",
        "note      年底",
        "",
    ]
