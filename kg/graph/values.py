"""The consolidated values in the store: statements are read from it, ``consolidate`` chooses, their graph is replaced.

Values follow from the statements alone, so that the graph is the same whatever was built before. What is touched is
whole subjects: a change of one report costs the reading of what is stated of those it speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
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
    "?node ha:start ?first",
    "?node ha:end ?last",
    "?node sdmx-attribute:unitMeasure ?unit",
    "?node a ?kind . ?kind skos:notation ?notation",
    "?node ha:target ?target",
    "?node sdmx-measure:obsValue ?value",
    "?node ha:comparator ?comparator",
    "?node ha:confidence ?confidence",
    "?node prov:hadPrimarySource ?report",
    "?node prov:wasDerivedFrom ?evidence",
    "?evidence oa:hasSelector ?selector",
    "?selector oa:exact ?quote",
    "?selector oa:start ?start",
)
_OPTIONAL: Final = ("?node ha:direction ?direction", "?node sdmx-dimension:refArea ?area")

_REPORTS: Final = """
SELECT ?report ?issued ?last ?publisher ?place ?other WHERE {
  ?report a ha:Report .
  OPTIONAL { ?report dcterms:issued ?issued } OPTIONAL { ?report ha:end ?last }
  OPTIONAL { ?report dcterms:publisher ?publisher } OPTIONAL { ?report dcterms:spatial ?place }
  OPTIONAL { ?report prov:alternateOf ?other }
}"""


@dataclass(frozen=True, slots=True)
class _Report:
    """What a report counts for: see ``Statement``."""

    voter: str
    said: str
    owners: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """When and where a statement is about, beside the period's IRI."""

    first: date
    last: date
    area: str | None


def settle(database: Store, base: str, subjects: Collection[NamedNode] | None) -> None:
    """Make the graph of values hold what follows from the statements about ``subjects``, or about all (None).

    Of some subjects it is one transaction. All are loaded in bulk, which an interruption may cut short: the store's
    journal tells it, and the next one that writes does it again.
    """
    graph = NamedNode(base + GRAPH)
    if subjects is None:
        database.remove_graph(graph)
        database.bulk_extend(_values(database, base, None))
        return
    nodes = {q.subject for s in subjects for q in database.quads_for_pattern(None, terms.SUBJECT, s, graph)}
    present = {quad for node in nodes for quad in database.quads_for_pattern(node, None, None, graph)}
    changes.exchange(database, present, set(_values(database, base, subjects)))


def counts(database: Store, base: str) -> dict[str, int]:
    """How many values each rule chose."""
    found = database.quads_for_pattern(None, terms.RULE, None, NamedNode(base + GRAPH))
    return dict(
        sorted(Counter(quad.object.value for quad in found if isinstance(quad.object, Literal)).items())
    )


def _values(database: Store, base: str, subjects: Collection[NamedNode] | None) -> Iterator[Quad]:
    reports = _reports(database, base)
    places: dict[str, _Place] = {}
    found = list(_statements(database, base, subjects, reports, places))
    for value in consolidate(found):
        yield from _quads(value, places[value.chosen.node], base)


def _statements(
    database: Store,
    base: str,
    subjects: Collection[NamedNode] | None,
    reports: Mapping[str, _Report],
    places: dict[str, _Place],
) -> Iterator[Statement]:
    """What is stated with a period; notes in ``places`` when and where."""
    for row in _ask(database, base, _query(subjects)):
        said = {name: term.value for name, term in row.items()}
        report, value = reports[said["report"]], Decimal(said["value"])
        first, last = date.fromisoformat(said["first"]), date.fromisoformat(said["last"])
        places[said["node"]] = _Place(first, last, said.get("area"))
        yield Statement(
            node=said["node"],
            cell=Cell(
                indicator=said["indicator"],
                subject=said["subject"],
                period=said["period"],
                unit=said["unit"],
                kind=said["notation"],
                target=said["target"] == "true",
            ),
            value=value,
            step=step(said["quote"], value),
            comparator=cast("Comparator", said["comparator"]),  # the gate lets no other pass
            direction=said.get("direction", ""),
            confidence=Decimal(said["confidence"]),
            report=said["report"],
            voter=report.voter,
            own=said["subject"] in report.owners,
            said=report.said,
            start=int(said["start"]),
        )


def _query(subjects: Collection[NamedNode] | None) -> str:
    if subjects is None:
        columns = [f"{{ SELECT * WHERE {{ {column} }} }}" for column in _COLUMNS]
        more = [f"OPTIONAL {{ {{ SELECT * WHERE {{ {column} }} }} }}" for column in _OPTIONAL]
    else:
        about = " ".join(sorted(map(str, subjects)))
        columns = [f"VALUES ?subject {{ {about} }}", *(f"{column} ." for column in _COLUMNS)]
        more = [f"OPTIONAL {{ {column} }}" for column in _OPTIONAL]
    return "SELECT * WHERE {\n" + "\n".join([*columns, *more]) + "\n}"


def _reports(database: Store, base: str) -> dict[str, _Report]:
    """The reports by IRI. Those that ``prov:alternateOf`` joins, by whatever way, have one vote."""
    rows = [{name: term.value for name, term in row.items()} for row in _ask(database, base, _REPORTS)]
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


def _ask(database: Store, base: str, text: str) -> Iterator[dict[str, NamedNode | Literal]]:
    """The rows, without what is unbound."""
    rows = database.query(text, prefixes=terms.prefixes(base), use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)  # noqa: S101 - both are SELECT
    names = [variable.value for variable in rows.variables]
    for row in rows:
        yield {
            name: term for name, term in zip(names, row, strict=True) if isinstance(term, NamedNode | Literal)
        }


def _quads(value: Value, place: _Place, base: str) -> Iterator[Quad]:
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
        (terms.START, literals.day(place.first)),
        (terms.END, literals.day(place.last)),
        (terms.UNIT_MEASURE, NamedNode(cell.unit)),
        (terms.KIND, literals.text(cell.kind)),
        (terms.TARGET, literals.boolean(cell.target)),
        (terms.OBS_VALUE, literals.number(chosen.value)),
        (terms.COMPARATOR, literals.text(chosen.comparator)),
        (terms.RULE, literals.text(value.rule)),
        (terms.CONFIDENCE, literals.decimal(chosen.confidence)),
    ]
    if place.first.year == place.last.year:
        said.append((terms.YEAR, literals.integer(place.first.year)))
    if place.area:
        said.append((terms.REF_AREA, NamedNode(place.area)))
    if chosen.direction:
        said.append((terms.DIRECTION, literals.text(chosen.direction)))
    said += ((terms.WAS_DERIVED_FROM, NamedNode(statement.node)) for statement in value.statements)
    return (Quad(node, predicate, thing, graph) for predicate, thing in said)
