"""Rows among the lines of a text: whatever the lines hold, each gets an answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.clean.rows import find_rows

PARTS = ["", " ", "  ", "\t", "|", "指标", "2019", "合计", "1", "926", "12.5", "%", "甲县", "。", "（张）"]
LINES = st.lists(st.lists(st.sampled_from(PARTS), max_size=9).map("".join), max_size=9)


@given(LINES)
def test_every_line_is_a_row_or_none(lines: list[str]) -> None:
    assert len(find_rows(lines)) == len(lines)


def test_a_blank_before_the_first_field_is_no_field() -> None:
    lines = [" 指标 2018 2019", "床位 1 926 2 148", "医师 612 655"]
    assert [row is not None for row in find_rows(lines)] == [True, True, True]
