"""The consolidated values in the store: statements are read from it, ``consolidate`` chooses, their graph is replaced.

Values follow from the statements alone, so that the graph is the same whatever was built before. What is touched is
whole subjects: a change of one report costs the reading of what is stated of those it speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, cast

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.graph import changes, iri, literals, terms
from kg.graph.changes import VALUES as GRAPH
from kg.graph.consolidate import Cell, Statement, Value, consolidate, step
from kg.graph.dataset import CONSOLIDATED
from kg.model import Comparator

# A column each, joined by hashing, as in facts.rq: a look-up a property and statement takes several times as long.
_COLUMNS: Final = (
    "?node ha:subject ?subject",
    "?node ha:indicator ?indicator",
    "?node sdmx-dimension:refPeriod ?period",
    "?node sdmx-attribute:unitMeasure ?unit",
    "?class skos:notation ?kind . ?node a ?class",
    "?node ha:target ?target",
    "?node sdmx-measure:obsValue ?value",
    "?node ha:comparator ?comparator",
    "?node ha:confidence ?confidence",
    "?node prov:hadPrimarySource ?report",
)
_OPTIONAL: Final = ("?node ha:direction ?direction", "?node sdmx-dimension:refArea ?area")

# How a statement is printed matters only where several are compared.
_PRINTED: Final = """
SELECT ?node ?quote ?start WHERE {{
  VALUES ?node {{ {nodes} }}
  ?node prov:wasDerivedFrom/oa:hasSelector ?selector . ?selector oa:exact ?quote ; oa:start ?start .
}}"""

_REPORTS: Final = """
SELECT ?report ?issued ?last ?publisher ?place ?other WHERE {
  ?report a ha:Report .
  OPTIONAL { ?report dcterms:issued ?issued } OPTIONAL { ?report ha:end ?last }
  OPTIONAL { ?report dcterms:publisher ?publisher } OPTIONAL { ?report dcterms:spatial ?place }
  OPTIONAL { ?report prov:alternateOf ?other }
}"""


_AT_ONCE: Final = 500
"""How many subjects are settled in one transaction."""


@dataclass(frozen=True, slots=True)
class _Report:
    """What a report counts for: see ``Statement``."""

    voter: str
    said: str
    owners: frozenset[str]


def settle(database: Store, base: str, subjects: Collection[NamedNode] | None) -> None:
    """Make the graph of values hold what follows from the statements about ``subjects``, or about all (None).

    Where there are no values yet, all are loaded in bulk; else some hundred subjects are one transaction. An interruption
    in between is told by the store's journal, and the next one that writes does it again.
    """
    graph, reports = NamedNode(base + GRAPH), _reports(database, base)
    if subjects is None and next(database.quads_for_pattern(None, None, None, graph), None) is None:
        database.bulk_extend(_values(database, base, reports, None))
        return
    if subjects is None:
        found = (quad.object for quad in database.quads_for_pattern(None, terms.SUBJECT, None))
        subjects = {subject for subject in found if isinstance(subject, NamedNode)}
    ordered = sorted(subjects, key=str)
    for at in range(0, len(ordered), _AT_ONCE):
        some = ordered[at : at + _AT_ONCE]
        nodes = {q.subject for s in some for q in database.quads_for_pattern(None, terms.SUBJECT, s, graph)}
        present = {quad for node in nodes for quad in database.quads_for_pattern(node, None, None, graph)}
        changes.exchange(database, present, set(_values(database, base, reports, some)))


def counts(database: Store, base: str) -> dict[str, int]:
    """How many values each rule chose."""
    found = database.quads_for_pattern(None, terms.RULE, None, NamedNode(base + GRAPH))
    return dict(
        sorted(Counter(quad.object.value for quad in found if isinstance(quad.object, Literal)).items())
    )


def _values(
    database: Store, base: str, reports: Mapping[str, _Report], subjects: Collection[NamedNode] | None
) -> Iterator[Quad]:
    areas: dict[str, str] = {}
    days: dict[str, tuple[date, date]] = {}  # by period
    found = list(_statements(database, base, reports, subjects, areas))
    for value in consolidate(_with_print(database, base, found)):
        chosen = value.chosen
        if chosen.cell.period not in days:
            days[chosen.cell.period] = _days(database, chosen)
        yield from _quads(value, days[chosen.cell.period], areas.get(chosen.node), base)


def _statements(
    database: Store,
    base: str,
    reports: Mapping[str, _Report],
    subjects: Collection[NamedNode] | None,
    areas: dict[str, str],
) -> Iterator[Statement]:
    """What is stated with a period, as if printed exactly; notes the areas, by statement, where they are known."""
    for said in _ask(database, base, _query(subjects)):
        report = reports[said["report"]]
        if "area" in said:
            areas[said["node"]] = said["area"]
        yield Statement(
            node=said["node"],
            cell=Cell(
                indicator=said["indicator"],
                subject=said["subject"],
                period=said["period"],
                unit=said["unit"],
                kind=said["kind"],
                target=said["target"] == "true",
            ),
            value=Decimal(said["value"]),
            step=Decimal(1),
            comparator=cast("Comparator", said["comparator"]),  # the gate lets no other pass
            direction=said.get("direction", ""),
            confidence=Decimal(said["confidence"]),
            report=said["report"],
            voter=report.voter,
            own=said["subject"] in report.owners,
            said=report.said,
            start=0,
        )


def _query(subjects: Collection[NamedNode] | None) -> str:
    if subjects is None:
        needed = "\n".join(f"{{ SELECT * WHERE {{ {column} }} }}" for column in _COLUMNS)
        more = "\n".join(f"OPTIONAL {{ {{ SELECT * WHERE {{ {column} }} }} }}" for column in _OPTIONAL)
    else:
        about = " ".join(sorted(map(str, subjects)))
        needed = f"VALUES ?subject {{ {about} }}\n" + " .\n".join(_COLUMNS)
        more = "\n".join(f"OPTIONAL {{ {column} }}" for column in _OPTIONAL)
    return f"SELECT * WHERE {{\n{needed}\n{more}\n}}"


def _with_print(database: Store, base: str, found: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, those of cells with several of them with the worth of their last digit and their place."""
    shared = {cell for cell, count in Counter(said.cell for said in found).items() if count > 1}
    nodes = [f"<{said.node}>" for said in found if said.cell in shared]
    rows = _ask(database, base, _PRINTED.format(nodes=" ".join(nodes))) if nodes else ()
    printed = {row["node"]: (row["quote"], int(row["start"])) for row in rows}
    for said in found:
        if said.node in printed:
            quote, start = printed[said.node]
            yield replace(said, step=step(quote, said.value), start=start)
        else:
            yield said


def _days(database: Store, said: Statement) -> tuple[date, date]:
    """The first and the last day of the statement's period."""
    node = NamedNode(said.node)
    first, last = (
        next(database.quads_for_pattern(node, predicate, None)).object
        for predicate in (terms.START, terms.END)
    )
    assert isinstance(first, Literal) and isinstance(last, Literal)  # noqa: S101 - the gate lets nothing else pass
    return date.fromisoformat(first.value), date.fromisoformat(last.value)


def _reports(database: Store, base: str) -> dict[str, _Report]:
    """The reports by IRI. Those that ``prov:alternateOf`` joins, by whatever way, have one vote."""
    rows = list(_ask(database, base, _REPORTS))
    voters = _joined((row["report"], row["other"]) for row in rows if "other" in row)
    return {
        row["report"]: _Report(
            voter=voters.get(row["report"], row["report"]),
            said=row.get("issued") or row.get("last", ""),
            owners=frozenset(row[key] for key in ("publisher", "place") if key in row),
        )
        for row in rows
    }


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each node of the pairs → the first, by name, of those that it is joined with."""
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        group = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(group, group)
    return {node: min(group) for node, group in groups.items()}


def _ask(database: Store, base: str, text: str) -> Iterator[dict[str, str]]:
    """The rows, without what is unbound."""
    rows = database.query(text, prefixes=terms.prefixes(base), use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)  # noqa: S101 - both are SELECT
    names = [variable.value for variable in rows.variables]
    for row in rows:
        terms_of = zip(names, row, strict=True)
        yield {name: term.value for name, term in terms_of if isinstance(term, NamedNode | Literal)}


def _quads(value: Value, days: tuple[date, date], area: str | None, base: str) -> Iterator[Quad]:
    """A value as RDF: no class of a statement's kind, no evidence of its own, but the statements behind it."""
    chosen, cell = value.chosen, value.chosen.cell
    graph = NamedNode(base + GRAPH)
    names = [name.removeprefix(base) for name in (cell.indicator, cell.subject, cell.period, cell.unit)]
    node = NamedNode(f"{base}val-{iri.digest(['value', *names, cell.kind, cell.target], 12)}")
    said: list[tuple[NamedNode, NamedNode | Literal]] = [
        (terms.TYPE, terms.OBSERVATION),
        (terms.IN_DATA_SET, NamedNode(base + CONSOLIDATED)),
        (terms.INDICATOR, NamedNode(cell.indicator)),
        (terms.SUBJECT, NamedNode(cell.subject)),
        (terms.REF_PERIOD, NamedNode(cell.period)),
        (terms.UNIT_MEASURE, NamedNode(cell.unit)),
        (terms.KIND, literals.text(cell.kind)),
        (terms.TARGET, literals.boolean(cell.target)),
        (terms.OBS_VALUE, literals.number(chosen.value)),
        (terms.COMPARATOR, literals.text(chosen.comparator)),
        (terms.RULE, literals.text(value.rule)),
        (terms.CONFIDENCE, literals.decimal(chosen.confidence)),
        (terms.START, literals.day(days[0])),
        (terms.END, literals.day(days[1])),
    ]
    if days[0].year == days[1].year:
        said.append((terms.YEAR, literals.integer(days[0].year)))
    if area:
        said.append((terms.REF_AREA, NamedNode(area)))
    if chosen.direction:
        said.append((terms.DIRECTION, literals.text(chosen.direction)))
    said += ((terms.WAS_DERIVED_FROM, NamedNode(statement.node)) for statement in value.statements)
    return (Quad(node, predicate, thing, graph) for predicate, thing in said)
