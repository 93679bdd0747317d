"""Tables as authorities print them, a file a shape in tests/table_shapes. All figures there are invented.

A file holds a table, a line ``---- PERIOD [ORGANISATION ...]`` with the report's period and the names found in it,
and the facts it states: ``subject; indicator; value and unit; period[; kind]``, where ``/`` parts readings that are as
good, ``·`` is the report's own area and the kind may be left out for a count. No other fact may be found.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from kg.clean import clean
from kg.extract.tables import Cell, read_tables
from kg.model import Document, Entity, Mention, Period, Scope, Tagged
from kg.tag.lexicon import by_name

SHAPES = sorted((Path(__file__).parent / "table_shapes").glob("*.txt"))
PLACE = by_name("绵阳市")[0]

Fact = tuple[str, str, str, str, str]
"""Subject, indicator, value with unit, period, kind."""


def _period(text: str) -> Period:
    first, last = text.split("/") if "/" in text else (text, text)
    start = date(*[int(n) for n in (first + "-01-01")[:10].split("-")])
    year, month, day = (
        (int(n) for n in (last + "-12-31")[:10].split("-"))
        if len(last) != 7
        else (*map(int, last.split("-")), 0)
    )
    end = date(year, month, day) if day else date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return Period(start, end)


def _read(shape: str) -> tuple[list[Cell], Scope, list[str]]:
    table, told = re.split(r"(?m)^---- ", shape)
    opening, *facts = told.strip().split("\n")
    period, *names = opening.split(" ")
    text = f"绵阳市医疗卫生情况如下。\n{table.rstrip(chr(10))}\n以上数据均为快报数，请以年报为准。\n"
    cleaned = clean(Document("made.txt", text, "", "utf-8", "made.txt"))
    found = [(cleaned.text.index(name), name) for name in names]
    mentions = tuple(
        Mention(at, at + len(name), name, "ORG", "made", 1.0, entity=Entity("绵阳市" + name, "ORG"))
        for at, name in found
    )
    own = Scope(place=PLACE, published=date(2022, 3, 1), period=_period(period))
    return read_tables(Tagged(cleaned, mentions, (), ()), own)[0], own, facts


def _fact(cell: Cell, own: Scope) -> Fact:
    period = cell.period or own.period
    assert period is not None
    subject = cell.subject.name if cell.subject and cell.subject.name != PLACE.name else "·"
    return (
        subject,
        cell.indicator,
        f"{cell.value.normalize():f}{cell.unit}",
        f"{period.start}/{period.end}",
        cell.kind,
    )


def _expected(line: str) -> list[Fact]:
    """The readings of a line, the best first."""
    subject, indicators, values, period, *kind = line.split("; ")
    times = _period(period)
    amounts = re.findall(r"[\d.]+(?:/10万|[^\d/]*)", values)
    return [
        (
            subject.replace(PLACE.name, "·") if subject == PLACE.name else subject,
            indicator,
            amount,
            f"{times.start}/{times.end}",
            one,
        )
        for indicator in indicators.split("/")
        for amount in amounts
        for one in (kind[0].split("|") if kind else ["count"])
    ]


@pytest.mark.parametrize("path", SHAPES, ids=[path.stem for path in SHAPES])
def test_a_shape_states_its_facts(path: Path) -> None:
    cells, own, lines = _read(path.read_text(encoding="utf-8"))
    readings = [_expected(line) for line in lines]
    found = [_fact(cell, own) for cell in cells]
    best = [next((r[0] for r in readings if fact in r), fact) for fact in found]
    assert best == [r[0] for r in readings]
