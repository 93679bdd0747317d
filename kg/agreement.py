"""How far two annotators agree: a second annotation of some documents scored against the first.

The second stands in the place of a system's output, so the figures read like those of ``kg.evaluate``: agreement on
figures and names as F1, on indicator, subject, period, kind and comparator as the share of the figures that both found.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.compare import days
from kg.corpus import Gold, GoldFigure
from kg.evaluate import FactRow, MentionRow, Scores, score_rows


def agreement(pairs: Iterable[tuple[Gold, Gold]]) -> Scores:
    """The scores of second annotations against first ones, in their first choices.

    Optional figures that only the second annotator has count for nothing, as those that only the first has do.
    """
    firsts, facts, names = [], {}, {}
    for first, second in pairs:
        firsts.append(first)
        kept = (f for f in second.figures if not f.optional or any(_overlap(f, g) for g in first.figures))
        facts[first.name] = [fact_row(figure) for figure in kept]
        names[first.name] = [MentionRow(n.start, n.end, n.label, n.names[0]) for n in second.names]
    return score_rows(firsts, facts, names)


def fact_row(figure: GoldFigure) -> FactRow:
    """A gold figure as a system would say it."""
    start, end = days(figure.times[0])
    return FactRow(
        start=figure.start,
        end=figure.end,
        value=float(figure.value),
        unit=figure.unit,
        comparator=figure.comparator,
        kind=figure.kind,
        indicator=figure.indicators[0],
        subject=figure.subjects[0],
        time_start=start.isoformat(),
        time_end=end.isoformat(),
    )


def _overlap(one: GoldFigure, other: GoldFigure) -> bool:
    return one.start < other.end and other.start < one.end
