"""Tables of any format as lines: captions, units and notes alone, merged headings once, merged labels in each row."""

from __future__ import annotations

import pytest

from kg.read.grids import Cell, write_table
from kg.read.raw import Text


def written(rows: list[list[str | tuple[str, int, int]]]) -> list[str]:
    """The lines of a table; a cell is a text, or a text with the rows and columns it spans."""
    text = Text()
    cells = [
        [Cell(*((one, "A1") if isinstance(one, str) else (one[0], "A1", one[1], one[2]))) for one in row]
        for row in rows
    ]
    write_table(text, cells)
    return str(text).splitlines()


def test_a_heading_over_columns_is_printed_once() -> None:
    assert written([[("地区", 2, 1), ("床位（张）", 1, 2)], ["2021年", "2022年"], ["甲县", "35", "36"]]) == [
        "地区\t床位（张）\t",
        "\t2021年\t2022年",
        "甲县\t35\t36",
    ]


def test_a_label_over_rows_is_printed_in_each() -> None:
    assert written([["地区", "机构", "床位"], [("甲县", 2, 1), "医院", "35"], ["卫生院", "8"]]) == [
        "地区\t机构\t床位",
        "甲县\t医院\t35",
        "甲县\t卫生院\t8",
    ]


def test_a_figure_over_rows_is_printed_once() -> None:
    assert written([["地区", "床位"], ["甲县", ("35", 2, 1)], ["乙县"]]) == ["地区\t床位", "甲县\t35", "乙县"]


def test_each_row_of_headings_is_a_line() -> None:
    rows: list[list[str | tuple[str, int, int]]] = [
        [("地区", 3, 1), ("机构数（个）", 1, 4)],
        [("医院", 1, 2), ("卫生院", 1, 2)],
        ["2021年", "2022年", "2021年", "2022年"],
        ["甲县", "1", "2", "3", "4"],
    ]
    assert written(rows) == [
        "地区\t机构数（个）\t\t\t",
        "\t医院\t\t卫生院\t",
        "\t2021年\t2022年\t2021年\t2022年",
        "甲县\t1\t2\t3\t4",
    ]


@pytest.mark.parametrize("line", ["表1 资源情况", "单位：张", "注：不含诊所。"])
def test_a_row_of_one_text_is_a_line(line: str) -> None:
    rows: list[list[str | tuple[str, int, int]]] = [
        [(line, 1, 3)],
        ["地区", "床位", "医院"],
        ["甲县", "35", "2"],
    ]
    assert written(rows)[0] == line


def test_empty_rows_and_columns_go() -> None:
    assert written([["", "地区", "", "床位"], ["", "", "", ""], ["", "甲县", "", "35"]]) == [
        "地区\t床位",
        "甲县\t35",
    ]


def test_a_table_of_paragraphs_is_lines() -> None:
    long = "全市卫生健康系统认真落实健康中国战略，" * 6
    assert written([["一", long], ["二", long]]) == ["一", long, "二", long]


def test_no_table_is_no_line() -> None:
    assert written([]) == written([[""], []]) == []
