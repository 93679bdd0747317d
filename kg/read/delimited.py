"""Tables as text: values parted by commas, tabs, semicolons or bars."""

from __future__ import annotations

import csv
import io

from kg.errors import ReadError
from kg.read.encoding import decode
from kg.read.formats import BY_KEY
from kg.read.grids import Cell, write_table
from kg.read.packed import over
from kg.read.raw import Content, Raw, Text, one_line
from kg.read.text import warnings

_DELIMITERS = ",\t;|，"
_SAMPLE = 50  # lines


def read_delimited(raw: Raw) -> Content:
    """The rows of a table. Raises ReadError E101, E102, E103, E115, E116."""
    decoded = decode(raw.whole(), raw.where)
    delimiter = _delimiter(decoded.text)
    csv.field_size_limit(raw.options.max_bytes)
    rows: list[list[Cell]] = []
    found = 0
    try:
        for at, row in enumerate(
            csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter), start=1
        ):
            found += len(row)
            if found > raw.options.limits.cells:
                raise over(raw, "cells", f"多于 {found - 1} 个单元格", f"more than {found - 1} cells")
            rows.append([Cell(one_line(text), f"R{at}C{column}") for column, text in enumerate(row, start=1)])
    except csv.Error as error:
        raise ReadError("E116", path=raw.where, format=BY_KEY["csv"].about, reason=error) from error
    text = Text()
    write_table(text, rows)
    return Content(str(text), decoded.encoding, cells=tuple(text.cells), problems=warnings(raw, decoded))


def _delimiter(text: str) -> str:
    """The mark that parts most lines into the same number of values."""
    lines = [line for line in text.split("\n")[:_SAMPLE] if line.strip()]

    def even(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=even)
