"""All the grids of a clean text, tabbed and stacked."""

from __future__ import annotations

from kg.extract.tables.grid import Grid, pieces
from kg.extract.tables.headings import looks
from kg.extract.tables.stacked import stacked_grids
from kg.extract.tables.tabbed import tabbed_grids
from kg.model import CleanText


def find_grids(clean: CleanText) -> list[Grid]:
    """The tables of a clean text, in order; none overlaps another."""
    lines = pieces(clean.text, 0, len(clean.text), "\n")
    return sorted(
        (*tabbed_grids(clean, lines, looks), *stacked_grids(lines, looks)), key=lambda grid: grid.start
    )
