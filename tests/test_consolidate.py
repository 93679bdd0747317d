"""Of all that is stated in a cell, one value: every rule decides where it should, whatever the order of the statements."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.consolidate import UNDISPUTED, Cell, Statement, Value, backs, choose, consolidate, step

CELL = Cell("ind-beds", "place-530100", "year/2020", "unit-bed", "count", target=False)


def said(node: str, value: str, **more: object) -> Statement:
    """A statement of the report of its own name."""
    made = Statement(
        node=node,
        cell=CELL,
        value=Decimal(value),
        step=Decimal(1),
        comparator="=",
        direction="",
        confidence=Decimal("0.8"),
        report=node,
        voter=node,
        own=False,
        said="2021-01-01",
        start=0,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def one(*statements: Statement) -> Value:
    (value,) = consolidate(statements)
    return value


CASES = {
    "the only statement": ([said("a", "81")], "a", "only"),
    "equal values, the surer one": (
        [said("a", "81", confidence=Decimal("0.7")), said("b", "81", confidence=Decimal("0.9"))],
        "b",
        "agreed",
    ),
    "a rounded value agrees with the exact one": (
        [said("a", "3524700", step=Decimal(100)), said("b", "3524712")],
        "b",
        "agreed",
    ),
    "a value that rounds to another is no agreement": (
        [said("a", "3524700", step=Decimal(100), said="2020-01-01"), said("b", "3524812")],
        "b",
        "latest",
    ),
    "an estimate agrees with what is near": (
        [said("a", "500", comparator="~"), said("b", "523")],
        "b",
        "agreed",
    ),
    "an estimate does not agree with what is far": (
        [said("a", "500", comparator="~"), said("b", "823", said="2020-01-01")],
        "a",
        "latest",
    ),
    "a bound agrees with what it bounds": (
        [said("a", "500", comparator=">"), said("b", "523")],
        "b",
        "agreed",
    ),
    "of bounds the closest": (
        [said("a", "90", comparator=">="), said("b", "95", comparator=">=")],
        "b",
        "agreed",
    ),
    "most of the reports": (
        [said("a", "81"), said("b", "82"), said("c", "82", said="2020-01-01")],
        "b",
        "majority",
    ),
    "half of the reports is not most": (
        [said("a", "81"), said("b", "82"), said("c", "82"), said("d", "81", own=True)],
        "d",
        "own-report",
    ),
    "most of the reports outweigh the subject's own": (
        [said("a", "81", own=True), said("b", "82"), said("c", "82")],
        "b",
        "majority",
    ),
    "reprints have one vote": (
        [said("a", "81", said="2022-01-01"), said("b", "82", voter="b"), said("c", "82", voter="b")],
        "a",
        "latest",
    ),
    "a report that says it twice has one vote": (
        [said("a", "81", own=True), said("b", "82"), said("b2", "82", report="b", voter="b")],
        "a",
        "own-report",
    ),
    "rounded values vote for the exact one": (
        [said("a", "81"), said("b", "3524712"), said("c", "3524700", step=Decimal(100))],
        "b",
        "majority",
    ),
    "the subject's own report": (
        [said("a", "81", own=True), said("b", "82", said="2022-01-01")],
        "a",
        "own-report",
    ),
    "the last report": ([said("a", "81"), said("b", "82", said="2022-01-01")], "b", "latest"),
    "a report without a date is the oldest": ([said("a", "81", said=""), said("b", "82")], "b", "latest"),
    "an equality before an estimate": (
        [said("a", "800", comparator="~"), said("b", "82")],
        "b",
        "most-exact",
    ),
    "more digits": ([said("a", "80", step=Decimal(10)), said("b", "92")], "b", "most-exact"),
    "the surer reading": ([said("a", "81"), said("b", "82", confidence=Decimal("0.9"))], "b", "confidence"),
    "the first": ([said("a", "81"), said("b", "82")], "a", "first"),
    "the first in its report": (
        [said("b", "81", report="r", voter="r", start=9), said("c", "82", report="r", voter="r", start=3)],
        "c",
        "first",
    ),
    "a rise is no fall": (
        [said("a", "3", direction="up"), said("b", "3", direction="down", said="2022-01-01")],
        "b",
        "latest",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rule(name: str) -> None:
    statements, node, rule = CASES[name]
    assert {(v.chosen.node, v.rule) for v in (one(*order) for order in permutations(statements))} == {
        (node, rule)
    }


def test_every_rule_is_tried() -> None:
    rules = {rule for _, _, rule in CASES.values()}
    assert rules == {
        "only",
        "agreed",
        "majority",
        "own-report",
        "latest",
        "most-exact",
        "confidence",
        "first",
    }


def test_all_statements_stand_behind_a_value() -> None:
    value = one(said("b", "82"), said("a", "81"))
    assert [s.node for s in value.statements] == ["a", "b"]


def test_what_is_not_comparable_is_not_compared() -> None:
    others = [
        CELL._replace(indicator="cand-1"),
        CELL._replace(subject="org-1"),
        CELL._replace(period="year/2021"),
        CELL._replace(unit="unit-person"),
        CELL._replace(kind="change"),
        CELL._replace(target=True),
    ]
    statements = [said(str(n), str(n), cell=cell) for n, cell in enumerate([CELL, *others])]
    assert [value.rule for value in consolidate(statements)] == ["only"] * 7


@pytest.mark.parametrize(
    ("quote", "value", "worth"),
    [
        ("81张", "81", "1"),
        ("352.47万人次", "3524700", "100"),
        ("3,524,712人次", "3524712", "1"),
        ("95%", "95", "1"),
        ("7.450/10万", "7.45", "0.001"),
        ("４８．５９万元", "485900", "100"),
        ("48.59", "485900", "100"),  # 万元 stands in the heading of the column
        ("12,30\n7张", "12307", "1"),
        ("三千六百人", "3600", "1"),
        ("十二点五", "12.5", "0.1"),
        ("0", "0", "1"),
        ("0.00%", "0", "0.01"),
    ],
)
def test_the_last_printed_digit_has_its_worth(quote: str, value: str, worth: str) -> None:
    assert step(quote, Decimal(value)) == Decimal(worth)


STATEMENTS = st.builds(
    said,
    st.sampled_from("abcdefgh"),
    st.sampled_from(["80", "81", "82", "100", "120"]),
    step=st.sampled_from([Decimal(1), Decimal(10), Decimal("0.1")]),
    comparator=st.sampled_from(["=", "~", ">", "<="]),
    confidence=st.sampled_from([Decimal("0.5"), Decimal("0.9")]),
    own=st.booleans(),
    said=st.sampled_from(["", "2020-01-01", "2021-01-01"]),
    start=st.integers(0, 3),
)


@given(st.lists(STATEMENTS, min_size=1, max_size=6, unique_by=lambda s: (s.report, s.start)), st.randoms())
def test_the_order_of_statements_decides_nothing(statements: list[Statement], random: object) -> None:
    statements = [replace(s, node=f"{s.node}{s.start}") for s in statements]
    first = one(*statements)
    random.shuffle(statements)  # type: ignore[attr-defined]
    assert one(*statements) == first


@given(st.lists(STATEMENTS, min_size=1, max_size=6))
def test_a_value_is_undisputed_only_where_all_back_it(statements: list[Statement]) -> None:
    value = choose(tuple(statements))
    assert value.chosen in statements
    if value.rule in UNDISPUTED:
        assert all(backs(s, value.chosen) for s in statements)
