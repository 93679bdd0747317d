"""Which columns of an answer make a chart: what is measured, what it is measured for, and what keeps bars apart.

A query's header may say it (``#+ chart = { x = "area", y = "value" }``), ``--x`` and ``--y`` say it better, and else
the first number and the first name that tell rows apart are taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.cli.render import Plain
from kg.errors import UsageError

NUMBER = (int, float, Decimal)
_ABOUT_ROWS = ("start", "end", "year", "code", "length", "confidence")  # numbers that measure nothing
_ABOUT_VALUES = ("unit", "comparator", "kind", "quote", "rule")  # words that name nothing
_TIMES = ("year", "time_end", "time_start")
_TIME = re.compile(r"\d{4}(?:-\d\d-\d\d)?")
_LONGEST = 40  # characters of a name; what is longer is a sentence


@dataclass(frozen=True, slots=True)
class Axes:
    """Columns of a chart: ``x`` labels, ``y`` is measured, ``series`` tells rows of one ``x`` apart, ``unit`` is y's."""

    x: str
    y: str
    series: str | None = None
    unit: str | None = None
    time: bool = False


def axes(
    columns: Sequence[str],
    rows: Sequence[Sequence[Plain]],
    hint: Mapping[str, str],
    x: str | None = None,
    y: str | None = None,
) -> Axes:
    """The axes of an answer.

    Raises:
        UsageError: E233 where ``x`` or ``y`` is no column, E234 where no column holds numbers or ``y`` holds none.
    """
    for given in (x, y):
        if given is not None and given not in columns:
            raise UsageError("E233", given=given, known=", ".join(columns))
    cells = {column: [row[at] for row in rows] for at, column in enumerate(columns)}
    numbers = [column for column in columns if _is_numeric(cells[column])]
    if not numbers or (y is not None and y not in numbers):
        raise UsageError("E234", columns=", ".join(columns))
    measured = [column for column in numbers if column not in _ABOUT_ROWS] or numbers
    y = y or hint.get("y") or ("value" if "value" in measured else measured[0])
    names = [column for column in columns if column != y and _names(cells[column])]
    names.sort(key=lambda column: column in _ABOUT_VALUES)
    times = [column for column in _TIMES if column in columns and column != y and _differ(cells[column])]
    telling = [column for column in names if _differ(cells[column]) and column not in times]
    x = x or hint.get("x") or (telling or times or names or [column for column in columns if column != y])[0]
    time = all(_TIME.fullmatch(str(cell)) for cell in cells[x] if cell is not None)
    series = None
    if len(set(cells[x])) < len(rows):
        apart = [hint["series"]] if "series" in hint else []
        apart += [column for column in (telling if time else [*times, *telling]) if column != x]
        series = apart[0] if apart else None
    return Axes(x, y, series, "unit" if "unit" in columns else None, time)


def _is_numeric(cells: Sequence[Plain]) -> bool:
    there = [cell for cell in cells if cell is not None]
    return bool(there) and all(isinstance(cell, NUMBER) and not isinstance(cell, bool) for cell in there)


def _names(cells: Sequence[Plain]) -> bool:
    """Whether cells are short words: no figures, IRIs or sentences."""
    there = [cell for cell in cells if cell is not None]
    return bool(there) and all(
        isinstance(cell, str) and len(cell) <= _LONGEST and "://" not in cell for cell in there
    )


def _differ(cells: Sequence[Plain]) -> bool:
    return len(set(cells)) > 1
