"""Figures that jump against other reports: the same indicator and subject, eight times as much or an eighth a year later.

A slip of one decimal place, or of 万, leaves a figure that no single report gives away. Two reports' figures are compared
where they have the same indicator, subject, unit and kind, state a level and no target, change, rank or bound, and their
periods are the same, follow each other and are as long, or lie a year apart. A report with two values for one such key
has not been told apart well enough and is left out; so are zeros, and counts that stay below a hundred, which epidemics
move as far. Eight, because a slip makes ten times as much and a year's change takes a fifth of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement, product
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Variable

from kg.errors import CATALOGUE
from kg.graph.explain import Evidence, around
from kg.graph.store import GraphStore
from kg.model import Period, Problem

FACTOR: Final = 8
LEAST_COUNT: Final = 100
"""Counts of which both stay below it are not compared."""

_DAY = timedelta(days=1)

Key = tuple[str, str, str, str]
"""Indicator, subject, unit and kind."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of a report, as far as it is compared."""

    node: str
    report: str
    value: Decimal


def jumps(store: GraphStore) -> list[Problem]:
    """A warning for each two figures of two reports that lie too far apart, told of the later one; in a fixed order."""
    docs = {source.report: source.doc for source in store.sources().values()}
    found = [
        _problem(store, docs, *sorted(pair, key=lambda s: (s[0].end, s[1].value, s[1].node)))
        for key, periods in _statements(store).items()
        for pair in _pairs(key, periods)
    ]
    return sorted(found, key=lambda p: (p.doc, p.start or 0, p.en))


Dated = tuple[Period, Statement]


def _pairs(key: Key, periods: dict[Period, list[Statement]]) -> Iterator[tuple[Dated, Dated]]:
    for one, two in combinations_with_replacement(sorted(periods), 2):
        if one != two and not comparable(one, two):
            continue
        for a, b in product(periods[one], periods[two]):
            if (
                a.report != b.report
                and (one != two or a.report < b.report)
                and jumped(key[3], a.value, b.value)
            ):
                yield (one, a), (two, b)


def jumped(kind: str, a: Decimal, b: Decimal) -> bool:
    """Do two values of one thing lie too far apart?"""
    low, high = sorted((a, b))
    return low > 0 and high > FACTOR * low and (kind != "count" or high >= LEAST_COUNT)


def comparable(one: Period, two: Period) -> bool:
    """Does the second of two periods follow the first and is as long, or is it the same time of the next year?"""
    if two.start == one.end + _DAY and _months(one) == _months(two):
        return _months(one) is not None or one.end - one.start == two.end - two.start
    return _next_year(one.start, two.start) and _next_year(one.end, two.end)


def _months(period: Period) -> int | None:
    """How many whole months a period has; None where it is not of whole months."""
    after = period.end + _DAY
    if period.start.day != 1 or after.day != 1:
        return None
    return 12 * (after.year - period.start.year) + after.month - period.start.month


def _next_year(one: date, two: date) -> bool:
    leap = {one.day, two.day} == {28, 29} and one.month == 2
    return (two.year - one.year, two.month) == (1, one.month) and (one.day == two.day or leap)


_STATEMENTS = """
SELECT ?node ?report ?indicator ?subject ?unit ?kind ?start ?end ?value WHERE {
  VALUES (?type ?kind) { (ha:Count "count") (ha:Money "money") (ha:Rate "rate") (ha:Level "level") }
  ?node a ?type ; ha:indicator ?indicator ; ha:subject ?subject ; sdmx-attribute:unitMeasure ?unit ; ha:comparator ?comparator ;
        ha:start ?start ; ha:end ?end ; sdmx-measure:obsValue ?value ; prov:wasDerivedFrom/oa:hasSource ?report .
  FILTER(?comparator IN ("=", "~"))
  FILTER NOT EXISTS { ?node ha:target true }
}"""


def _statements(store: GraphStore) -> dict[Key, dict[Period, list[Statement]]]:
    """What is compared: by key and period, one statement a report."""
    found: dict[tuple[Key, Period], dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, _STATEMENTS):
        key = row["indicator"], row["subject"], row["unit"], row["kind"]
        period = Period(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
        statement = Statement(row["node"], row["report"], Decimal(row["value"]))
        found[key, period][statement.report].append(statement)
    out: dict[Key, dict[Period, list[Statement]]] = defaultdict(dict)
    for (key, period), reports in found.items():
        clear = [said for said in reports.values() if len({statement.value for statement in said}) == 1]
        out[key][period] = [min(said, key=lambda statement: statement.node) for said in clear]
    return out


_EVIDENCE = """
SELECT ?node ?quote ?start ?sentence WHERE {
  ?node prov:wasDerivedFrom ?evidence . ?evidence ha:sentence ?sentence ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote ; oa:start ?start .
}"""


def _evidence(store: GraphStore, node: str) -> Evidence:
    (row,) = _rows(store, _EVIDENCE, {Variable("node"): NamedNode(node)})
    return Evidence(row["quote"], int(row["start"]), row["sentence"])


def _rows(
    store: GraphStore, query: str, given: Mapping[Variable, NamedNode] | None = None
) -> Iterator[dict[str, str]]:
    """The rows of a query, the values of their terms by name."""
    found = store.query(query, given)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - they are SELECTs
    names = [variable.value for variable in found.variables]
    for row in found:
        terms = (row[name] for name in names)
        yield {
            name: term.value
            for name, term in zip(names, terms, strict=True)
            if isinstance(term, NamedNode | Literal)
        }


def _problem(store: GraphStore, docs: Mapping[str, str], earlier: Dated, later: Dated) -> Problem:
    (before, one), (after, two) = earlier, later
    there, here = _evidence(store, one.node), _evidence(store, two.node)
    details = {
        "quote": here.quote, "around": around(here), "value": two.value, "period": _told(after),
        "other": docs[one.report.rpartition("report-")[2]], "other_quote": there.quote, "other_around": around(there),
        "other_value": one.value, "other_period": _told(before),
    }  # fmt: skip
    message = CATALOGUE["E451"]
    return Problem(
        code="E451",
        doc=docs[two.report.rpartition("report-")[2]],
        severity="warning",
        zh=message.zh.format(**details),
        en=message.en.format(**details),
        quote=here.quote,
        start=here.start,
    )


def _told(period: Period) -> str:
    return f"{period.start}" if period.start == period.end else f"{period.start}/{period.end}"
