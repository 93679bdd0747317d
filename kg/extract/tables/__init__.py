"""Tables in plain text: their grids, and the figures in these."""

from __future__ import annotations

from kg.extract.tables.cells import Cell, read_tables
from kg.extract.tables.find import find_grids
from kg.extract.tables.grid import Grid, Piece, Row

__all__ = ["Cell", "Grid", "Piece", "Row", "find_grids", "read_tables"]
