"""Rows among the lines of a text: whatever the lines hold, each gets an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean.counted import counted_rows, is_english
from kg.clean.row import Row
from kg.clean.rows import find_rows

PARTS = [
    "",
    " ",
    "  ",
    "\t",
    "|",
    "指标",
    "2019",
    "Item",
    "#医院",
    "（人）",
    "合计中：",
    "合计",
    "1",
    "926",
    "12.5",
    "%",
    "甲县",
    "。",
    "（张）",
]
LINES = st.lists(st.lists(st.sampled_from(PARTS), max_size=9).map("".join), max_size=9)


@given(LINES)
def test_every_line_is_a_row_or_none(lines: list[str]) -> None:
    assert len(find_rows(lines)) == len(lines)


def test_a_blank_before_the_first_field_is_no_field() -> None:
    lines = [" 指标 2018 2019", "床位 1 926 2 148", "医师 612 655"]
    assert [row is not None for row in find_rows(lines)] == [True, True, True]


def cells(line: str, row: Row | None) -> list[str]:
    """The cells that the gaps of a row part."""
    assert row is not None
    gaps = sorted(row.gaps)
    return [line[a:b].strip() for a, b in zip([0, *gaps], [*gaps, len(line)], strict=True)]


def test_a_row_has_a_number_for_each_heading_and_its_label_keeps_its_blanks() -> None:
    lines = ["item 2019 2020", "医院   all hospitals 35 36", "急救中心  first-aid centers 1 -"]
    found = counted_rows(lines)
    assert [cells(line, found.get(i)) for i, line in enumerate(lines)] == [
        ["item", "2019", "2020"],
        ["医院   all hospitals", "35", "36"],
        ["急救中心  first-aid centers", "1", "-"],
    ]


def test_a_unit_has_its_own_cell_where_the_headings_say_so() -> None:
    lines = ["项 目 单 位 2019年 2020年", "诊疗人次 万人次 15.6 16.5", "机构数 75 81"]
    found = counted_rows(lines)
    assert [len(cells(line, found.get(i))) for i, line in enumerate(lines)] == [4, 4, 3]


@pytest.mark.parametrize(
    "lines",
    [
        ["项目 2019年 2020年", "医院 35 36"],  # one row is no table
        ["项目 2019年 2020年", "共建成医院35家。 35 36", "机构数 75 81"],
        ["全市 卫生 工作", "今年 完成 35 36 37", "明年 完成 75 81 82"],
    ],
)
def test_lines_without_the_numbers_of_their_headings_are_no_counted_rows(lines: list[str]) -> None:
    assert counted_rows(lines) == {}


def test_a_line_of_english_ends_with_no_number() -> None:
    assert [is_english(line) for line in ("Hospital Beds", "Total 12", "床位 Beds")] == [True, False, False]
