"""Excel workbooks: the sheets one after the other, their cells as a reader of the sheet sees them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from kg.errors import ReadError
from kg.read.formats import BY_KEY
from kg.read.grids import Cell, write_table
from kg.read.numbers import shown
from kg.read.packed import check_parts, over
from kg.read.raw import Content, Raw, Text, one_line

_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_CHUNK = 1 << 20
_PLAIN = re.compile(r"(?:sheet|工作表)\d*", re.IGNORECASE)


def read_xlsx(raw: Raw) -> Content:
    """The visible sheets, each under its name. Raises ReadError E101, E103, E115, E116, E117."""
    raw.whole()  # its size, and that it is not empty
    with raw.open() as file:
        try:
            with zipfile.ZipFile(file) as archive:
                check_parts(raw, archive)
                _check_cells(raw, archive)
            file.seek(0)
            # Formulas are not computed: what is read is the value that the program which wrote the file stored.
            book = openpyxl.load_workbook(file, data_only=True, keep_links=False, keep_vba=False)
        except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError) as error:
            raise ReadError("E116", path=raw.where, format=BY_KEY["xlsx"].about, reason=error) from error
    text = Text()
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    for sheet in visible:
        rows = list(_rows(sheet))
        if not any(cell.text for row in rows for cell in row):
            continue
        if not _PLAIN.fullmatch(sheet.title):
            text.line(one_line(sheet.title))
        write_table(text, rows)
        text.line("")
    return Content(str(text), "xlsx", title=_title(book), cells=tuple(text.cells))


def _check_cells(raw: Raw, archive: zipfile.ZipFile) -> None:
    """Raise ReadError E115 for more cells than the limit, before they are loaded."""
    found = 0
    for name in archive.namelist():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        with archive.open(name) as sheet:
            rest = b""
            while chunk := sheet.read(_CHUNK):
                found += len(_CELL.findall(rest + chunk))
                rest = chunk[-8:] if not _CELL.search(chunk[-8:]) else b""
        if found > raw.options.limits.cells:
            raise over(raw, "cells", f"多于 {found} 个单元格", f"more than {found} cells")


def _rows(sheet: Worksheet) -> Iterator[list[Cell]]:
    """The rows that are shown, each cell where it begins; columns that are hidden are left out."""
    merged = {
        (area.min_row, area.min_col): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
    }
    covered = {
        (row, column)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1)
        for column in range(area.min_col, min(area.max_col, sheet.max_column) + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    for row in sheet.iter_rows():
        cells: list[Cell] = []
        for cell in row:
            place = (cell.row, cell.column)
            if place in covered:
                continue
            down, right = merged.get(place, (1, 1))
            cells.append(Cell(_shown(cell), f"{sheet.title}!{cell.coordinate}", down, right))
        yield cells


def _shown(cell: SheetCell | MergedCell) -> str:
    value: Any = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return shown(value, cell.number_format or "General")
    if isinstance(value, datetime | date):
        return _day(value, cell.number_format or "")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return one_line(str(value))


def _day(value: date, form: str) -> str:
    """A date as reports print it: only the parts that its format shows."""
    lower = form.lower()
    if "d" in lower:
        return f"{value.year}年{value.month}月{value.day}日"
    if "m" in lower:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年"


def _title(book: openpyxl.Workbook) -> str | None:
    said = (book.properties.title or "").strip()
    return said or None
