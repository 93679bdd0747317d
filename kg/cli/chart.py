"""A bar chart of characters, for a terminal: labels, bars to an eighth of a cell, and the figure itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.cells import cell_len, set_cell_size

from kg.cli.axes import NUMBER, Axes
from kg.cli.render import Plain, plain_text

_EIGHTHS = " ▏▎▍▌▋▊▉"
_LABEL = 0.4  # the share of the width that labels take at most
_SHORTEST = 8  # cells of the longest bar, at least


def bars(columns: Sequence[str], rows: Sequence[Sequence[Plain]], axes: Axes, width: int) -> Iterator[str]:
    """The lines of the chart, ``width`` cells at most. Bars of one unit have one scale; each unit has its own part."""
    at = {column: place for place, column in enumerate(columns)}
    parts: dict[str, list[tuple[str, int | float | Decimal]]] = {}
    for row in rows:
        value = row[at[axes.y]]
        if isinstance(value, NUMBER):
            label = [row[at[axes.x]], row[at[axes.series]] if axes.series else None]
            unit = plain_text(row[at[axes.unit]]) if axes.unit else ""
            parts.setdefault(unit, []).append((" · ".join(plain_text(one) for one in label if one), value))
    for number, (unit, found) in enumerate(parts.items()):
        if number:
            yield ""
        yield f"{axes.y} ({unit})" if unit else axes.y
        yield from _part(found, width)


def _part(found: Sequence[tuple[str, int | float | Decimal]], width: int) -> Iterator[str]:
    figures = [plain_text(value) for _, value in found]
    wide = min(max(cell_len(label) for label, _ in found), int(width * _LABEL))
    room = max(width - wide - max(map(len, figures)) - 3, _SHORTEST)
    low, high = (edge([0.0, *(float(value) for _, value in found)]) for edge in (min, max))
    left = round(room * -low / ((high - low) or 1))  # cells below zero
    scale = (high - low) / room or 1.0
    for (label, value), figure in zip(found, figures, strict=True):
        text = label if cell_len(label) <= wide else set_cell_size(label, wide - 1) + "…"
        size = float(value) / scale
        if size < 0:
            bar = ("█" * max(round(-size), 1)).rjust(left) + "▏"
        else:
            whole, eighths = divmod(round(size * 8), 8)
            bar = " " * left + "█" * whole + (_EIGHTHS[eighths] if eighths else "")
            bar = bar if whole or eighths else " " * left + "▏"
        yield f"{set_cell_size(text, wide)} {bar} {figure}"
