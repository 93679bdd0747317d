"""Figures that jump from report to report: which are compared, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from graph_samples import PLACES, fact, reading

from kg.config import BASE
from kg.graph.jumps import comparable, jumped, jumps
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore
from kg.model import Fact, Period, Problem, Reading


def report(year: int, beds: int, name: str = "", **more: object) -> Reading:
    text = f"昆明市{year}年总结\n全市床位{beds}张。\n"
    said = fact(f"{beds}张", str(beds), "张", "count", "床位", text=text, period=Period.year(year))
    return reading(name or f"{year}.txt", text, (replace(said, **more),), ())  # type: ignore[arg-type]


def found(folder: Path, *readings: Reading) -> list[Problem]:
    with GraphStore.open(folder / "store") as store:
        for made in readings:
            store.put(made, to_quads(made, PLACES, BASE), made.document.name)
        return jumps(store)


def test_a_slip_of_one_place_is_told_with_both_sentences(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, report(2021, 6100), report(2020, 58210))
    assert (problem.code, problem.severity, problem.doc) == ("E451", "warning", "2021.txt")
    assert (problem.quote, problem.start) == ("6100张", 15)
    assert problem.zh == (
        "与别的报告相差悬殊：“6100张”（原句：全市床位6100张。）是2021-01-01/2021-12-31的6100，"
        "而 2020.txt 中“58210张”（原句：全市床位58210张。）是2020-01-01/2020-12-31的58210。"
        "请核对两处的数字、单位和指标；确有其事时不必改动。"
    )
    assert "“58210张” in 2020.txt (in: 全市床位58210张。) is 58210" in problem.en


def test_it_is_gone_after_the_mend(tmp_path: Path) -> None:
    assert found(tmp_path, report(2021, 61000), report(2020, 58210)) == []


def test_two_reports_of_one_year_are_compared(tmp_path: Path) -> None:
    problems = found(tmp_path, report(2020, 5821), report(2020, 58210, "again.txt"))
    assert [(p.doc, p.quote) for p in problems] == [("again.txt", "58210张")]


UNLIKE = {
    "a target": {"target": True},
    "a change": {"kind": "change", "direction": "up"},
    "a bound": {"comparator": ">"},
    "another unit": {"unit": "万张"},
    "another indicator": {"indicator": "开放床位"},
    "no period": {"period": None},
    "two years later": {"period": Period.year(2022)},
    "half a year": {"period": Period(date(2021, 1, 1), date(2021, 6, 30))},
}


@pytest.mark.parametrize("case", UNLIKE)
def test_what_is_not_alike_is_not_compared(case: str, tmp_path: Path) -> None:
    assert found(tmp_path, report(2021, 600, **UNLIKE[case]), report(2020, 58210)) == []


def test_figures_of_one_report_are_not_compared(tmp_path: Path) -> None:
    text = "昆明市2021年总结\n上年床位600张，今年58210张。\n"
    said: list[Fact] = [
        fact(quote, quote[:-1], "张", "count", "床位", text=text, period=Period.year(year))
        for quote, year in (("600张", 2020), ("58210张", 2021))
    ]
    assert found(tmp_path, reading("a.txt", text, tuple(said), ())) == []


def test_a_report_with_two_values_for_one_thing_is_left_out(tmp_path: Path) -> None:
    text = "昆明市2021年总结\n床位600张，床位900张。\n"
    said = [
        fact(quote, quote[:-1], "张", "count", "床位", text=text, period=Period.year(2021))
        for quote in ("600张", "900张")
    ]
    assert found(tmp_path, reading("a.txt", text, tuple(said), ()), report(2020, 58210)) == []


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        (Period.year(2020), Period.year(2021), True),
        (Period.year(2020), Period.year(2022), False),
        (Period.month(2021, 1), Period.month(2021, 2), True),
        (Period.month(2020, 2), Period.month(2021, 2), True),
        (Period.month(2021, 12), Period.year(2022), False),
        (Period.day(date(2020, 12, 31)), Period.day(date(2021, 12, 31)), True),
        (Period(date(2019, 8, 26), date(2019, 9, 1)), Period(date(2019, 9, 2), date(2019, 9, 8)), True),
        (Period(date(2019, 8, 26), date(2019, 9, 1)), Period(date(2019, 9, 2), date(2019, 9, 9)), False),
    ],
)
def test_periods_that_are_compared(one: Period, two: Period, alike: bool) -> None:
    assert comparable(one, two) is alike


@pytest.mark.parametrize(
    ("kind", "a", "b", "far"),
    [
        ("count", "100", "801", True),
        ("count", "801", "100", True),
        ("count", "100", "800", False),
        ("count", "4", "39", False),
        ("count", "0", "5000", False),
        ("rate", "9.8", "98", True),
        ("rate", "0", "98", False),
        ("money", "48.59", "485900", True),
    ],
)
def test_values_that_lie_too_far_apart(kind: str, a: str, b: str, far: bool) -> None:
    assert jumped(kind, Decimal(a), Decimal(b)) is far
