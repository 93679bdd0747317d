"""PDF with a text layer: its lines as they are printed, and the columns of tables by the place of the characters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import ReadError
from kg.read.formats import BY_KEY
from kg.read.grids import Cell, write_table
from kg.read.packed import over
from kg.read.pdf_tables import Area, Ruled, ruled_tables
from kg.read.raw import Content, Raw, Text, one_line, warning

_FEW = 5  # characters: a page with fewer has no text
_GAP = 1.1  # of the height of a character: a wider gap parts two cells
_SAME_LINE = 0.5  # of the height: characters nearer than that stand on one line
_BLANK, _BLANK_HAN = (
    0.15,
    0.3,
)  # of the height: a wider gap is a blank; justified lines part their characters a little
_BETWEEN_NUMBERS = 0.1  # beyond the gap of digits in one number, where a tab stood
_WIDE = 0.45  # of the height: a wider gap is more than one blank
_LONG = 14  # characters of a part of a line that is prose, not a cell
_COLUMNS = (6, 0.4)  # lines in two long parts, and their share, on a page in two columns
_HAN = re.compile(r"[㐀-鿿]")
_PROSE = re.compile(r"[。；！？，]|[:：].*[:：]")
_BETWEEN = re.compile(r"(?<=\d) (?=\d)|(?<=\d)(?=持平)")
_NARROW_ROW = 3  # gaps of a line that is a row of a table
_NARROW_BLANK = re.compile(  # not inside 合 计 or 1 926
    r" {2,}|(?<=[㐀-鿿）)%‰]) (?=[\d+-])|(?:(?<=[）)])|(?<=[\d㐀-鿿][㐀-鿿])) (?=[㐀-鿿#%‰])|(?<=[\d%]) (?=[㐀-鿿(（+-]|\d+[.%])"
)


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    base: float
    height: float
    blanks: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """Characters of one line without a wide gap between them."""

    left: float
    text: str


def read_pdf(raw: Raw) -> Content:
    """The text of all pages.

    Raises ReadError E101, E103, E115 (too many pages), E116 (damaged), E117 (a password), E118 (no page has text).
    """
    try:
        document = pdfium.PdfDocument(raw.whole())
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("E117", path=raw.where) from error
        raise ReadError("E116", path=raw.where, format=BY_KEY["pdf"].about, reason=error) from error
    with document:
        count = len(document)
        if count > raw.options.limits.pages:
            raise over(raw, "pages", f"{count} 页", f"{count} pages")
        text = Text()
        without: list[int] = []
        for number in range(count):
            if not _write_page(raw, document, number, text):
                without.append(number + 1)
        if without and len(without) == count:
            raise ReadError("E118", path=raw.where, pages=count)
        title = _title(document, str(text))
    problems = (warning("E119", raw, pages=_ranges(without)),) if without else ()
    return Content(str(text), "pdf", title=title, cells=tuple(text.cells), problems=problems)


def _write_page(raw: Raw, document: pdfium.PdfDocument, number: int, text: Text) -> bool:
    """Add the lines and tables of a page; False where there is something on it, but no text."""
    try:
        page = document[number]
        found = page.get_textpage()
        characters = list(_characters(found))
        tables = ruled_tables(page) if characters else []
        blank = not characters and next(iter(page.get_objects(max_depth=1)), None) is None
        found.close()
        page.close()
    except pdfium.PdfiumError as error:
        raise ReadError("E116", path=raw.where, format=BY_KEY["pdf"].about, reason=error) from error
    if len(characters) < _FEW:
        return blank
    written = 0
    for table in tables:
        inside = [one for one in characters if _is_inside(one, table)]
        above = [one for one in characters if one.base > table.top and not _is_inside(one, table)]
        if len(inside) < _FEW:
            continue
        written += 1
        _write_lines(above, text)
        write_table(text, _rows(table, inside, f"第{number + 1}页表{written}"))
        rest = {id(one) for one in (*inside, *above)}
        characters = [one for one in characters if id(one) not in rest]
    _write_lines(characters, text)
    return True


def _is_inside(one: _Character, table: Ruled | Area) -> bool:
    middle = one.base + one.height / 4
    return table.left <= (one.left + one.right) / 2 < table.right and table.bottom <= middle < table.top


def _rows(table: Ruled, characters: Sequence[_Character], name: str) -> list[list[Cell]]:
    """The cells of a ruled table with the characters inside each."""
    rows: dict[int, list[Cell]] = {}
    for area in table.areas:
        lines = _lines([one for one in characters if _is_inside(one, area)])
        text = one_line(" ".join(part.text for line in lines for part in _parts(line)))
        reference = f"{name}!R{area.row + 1}C{area.column + 1}"
        rows.setdefault(area.row, []).append(Cell(text, reference, area.rows, area.columns))
    return [rows.get(row, []) for row in range(max(rows) + 1)]


def _write_lines(characters: Sequence[_Character], text: Text) -> None:
    rows = [
        _cells([part.text for part in parts])
        for parts in _in_columns([_parts(line) for line in _lines(characters)])
    ]
    for i, row in enumerate(rows):
        cells = _like(row, {len(other) for other in rows[max(0, i - 2) : i + 3] if other is not row})
        if len(cells) > 1:
            text.row([(cell, "") for cell in cells])
        else:
            text.line(cells[0])


def _cells(texts: Sequence[str]) -> list[str]:
    """The texts of a line's parts; in a row of a table whose columns came close together also cut at narrow blanks."""
    wide = len(texts) - 1 + sum(text.count("  ") for text in texts)
    if (
        wide < 1
        or wide + sum(text.count(" ") for text in texts) < _NARROW_ROW
        or _PROSE.search("".join(texts))
    ):
        return list(texts)
    return [cell.strip() for text in texts for cell in _NARROW_BLANK.split(text) if cell.strip()]


def _like(cells: list[str], widths: set[int]) -> list[str]:
    """The cells of a row, numbers side by side cut where that gives as many as a line next to it has."""
    if len(cells) < _NARROW_ROW or len(cells) in widths:
        return cells
    cut = [part for cell in cells for part in _BETWEEN.split(cell)]
    return cut if len(cut) in widths else cells


def _characters(found: pdfium.PdfTextPage) -> Iterator[_Character]:
    """The visible characters in the order in which they are drawn; blanks that the file itself has are counted."""
    x, y = c_double(), c_double()
    blanks = 0
    for index in range(found.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(found, index)
        text = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"
        if text in {" ", "\u3000"}:
            blanks += not pdfium_c.FPDFText_IsGenerated(found, index)
            continue
        if text.isspace() or text in "\x00\x02\ufffe\uffff\xad":
            continue
        left, bottom, right, top = found.get_charbox(index, loose=True)
        if not pdfium_c.FPDFText_GetCharOrigin(found, index, x, y):
            y.value = bottom
        yield _Character(text, left, right, y.value, max(1.0, top - bottom), blanks)
        blanks = 0


def _lines(characters: Sequence[_Character]) -> list[list[_Character]]:
    """Characters by line, lines from the top of the page to its bottom."""
    lines: list[list[_Character]] = []
    places: list[tuple[float, float]] = []  # base line and height of each
    for one in characters:
        # The line drawn last is the likeliest; the others are looked at from the last on.
        for at in range(len(lines) - 1, -1, -1):
            if abs(places[at][0] - one.base) < _SAME_LINE * min(places[at][1], one.height):
                lines[at].append(one)
                break
        else:
            lines.append([one])
            places.append((one.base, one.height))
    order = sorted(range(len(lines)), key=lambda at: -places[at][0])
    return [sorted(lines[at], key=lambda one: one.left) for at in order]


def _parts(line: Sequence[_Character]) -> list[_Part]:
    """A line cut at its wide gaps; narrow ones between Latin letters or numbers are blanks."""
    height = sorted(one.height for one in line)[len(line) // 2]
    usual = _between_digits(line)
    parts: list[_Part] = []
    start, written = line[0].left, line[0].text
    for before, one in itertools.pairwise(line):
        gap = one.left - before.right
        if gap > _GAP * height:
            parts.append(_Part(start, written.strip()))
            start, written = one.left, one.text
            continue
        if one.blanks > 1 or gap > _WIDE * height:
            written += "  "  # as columns are typed; whether they are, cleaning sees
        elif (
            one.blanks
            or gap > (_BLANK_HAN if _are_han(before, one) else _BLANK) * height
            or (_are_digits(before, one) and gap - usual > _BETWEEN_NUMBERS * height)
        ):
            written += " "
        written += one.text
    parts.append(_Part(start, written.strip()))
    return parts


def _between_digits(line: Sequence[_Character]) -> float:
    """The usual gap between the digits of a number, 0 where a line has none."""
    gaps = sorted(b.left - a.right for a, b in itertools.pairwise(line) if _are_digits(a, b))
    return gaps[len(gaps) // 4] if gaps else 0.0


def _are_digits(before: _Character, one: _Character) -> bool:
    return before.text.isdigit() and one.text.isdigit()


def _are_han(before: _Character, one: _Character) -> bool:
    return _HAN.match(before.text) is not None and _HAN.match(one.text) is not None


def _in_columns(lines: list[list[_Part]]) -> list[list[_Part]]:
    """The lines of a page in the order of reading: a page of prose in two columns has the left one first."""
    double = [line for line in lines if len(line) == 2 and all(len(part.text) > _LONG for part in line)]
    if len(double) < _COLUMNS[0] or len(double) < _COLUMNS[1] * len(lines):
        return lines
    middle = sorted(line[1].left for line in double)[len(double) // 2]
    left = [[part] for line in lines for part in line if part.left < middle - 1]
    right = [[part] for line in lines for part in line if part.left >= middle - 1]
    return left + right


def _title(document: pdfium.PdfDocument, text: str) -> str | None:
    """The title that the file states, where its first lines print it; programs often state a file's name."""
    try:
        said = one_line(document.get_metadata_value("Title"))
    except (pdfium.PdfiumError, ValueError):
        return None
    bare = re.sub(r"\s", "", said)
    return said if len(_HAN.findall(said)) > 3 and bare in re.sub(r"\s", "", text[:600]) else None


def _ranges(pages: Sequence[int]) -> str:
    """Numbers as people write them: 1-3, 7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
