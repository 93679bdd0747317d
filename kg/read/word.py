"""Word documents: paragraphs and tables in their order, then the footnotes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from kg.errors import ReadError
from kg.read.formats import BY_KEY
from kg.read.grids import Cell, write_table
from kg.read.packed import check_parts, over
from kg.read.raw import Content, Raw, Text, one_line, squeezed

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_T, _TAB, _BR, _CR = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")
_HYPHEN = qn("w:noBreakHyphen")
_VAL = qn("w:val")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is not printed: deleted text, codes of fields, properties; text boxes and tables are written by themselves.
_PASSED = frozenset(
    [qn("w:del"), qn("w:instrText"), qn("w:delText"), qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:tcPr"), _FALLBACK]
)  # fmt: skip
_TITLE_STYLES = frozenset(["Title", "标题"])


def read_docx(raw: Raw) -> Content:
    """The text of a document. Raises ReadError E101, E103, E115, E116, E117."""
    raw.whole()  # its size, and that it is not empty
    with raw.open() as file:
        try:
            with zipfile.ZipFile(file) as archive:
                check_parts(raw, archive)
            file.seek(0)
            document = docx.Document(file)
        except (zipfile.BadZipFile, OpcError, KeyError, ValueError, OSError, etree.LxmlError) as error:
            raise ReadError("E116", path=raw.where, format=BY_KEY["docx"].about, reason=error) from error
    text = Text()
    _write(raw, document.element.body, text)
    for note in _footnotes(document):
        text.line(note)
    return Content(str(text), "docx", title=_title(document), cells=tuple(text.cells))


def _write(raw: Raw, body: etree._Element, text: Text) -> None:
    tables = cells = 0
    for element in _printed(body):
        if element.tag == _P:
            for line in _paragraph(element).split("\n"):
                text.line(squeezed(line))
            continue
        tables += 1
        rows = _rows(element, tables)
        cells += sum(map(len, rows))
        if cells > raw.options.limits.cells:
            raise over(raw, "cells", "单元格过多", "too many cells")
        write_table(text, rows)


def _printed(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables in an element, those in text boxes and content controls among them, in order."""
    # An explicit stack, for content controls and boxes may be nested as deep as they like.
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag in _PASSED:
            continue
        if child.tag in (_P, _TBL):
            yield child
        if child.tag != _TBL:
            stack += reversed(child)


def _paragraph(paragraph: etree._Element) -> str:
    """The text of a paragraph, without that of the text boxes anchored in it."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        child = stack.pop()
        if child.tag in _PASSED or child.tag in (_P, _TBL):
            continue
        if child.tag == _T:
            parts.append(child.text or "")
        elif child.tag in (_BR, _CR):
            parts.append("\n")
        elif child.tag == _TAB:
            parts.append("\t")
        elif child.tag == _HYPHEN:
            parts.append("-")
        stack += reversed(child)
    return "".join(parts)


def _rows(table: etree._Element, number: int) -> list[list[Cell]]:
    """The rows of a table, each cell where it begins."""
    rows: list[list[Cell]] = []
    began: dict[int, tuple[int, int]] = {}  # column → row and place of the cell that reaches down there
    for at, row in enumerate(element for element in table.iter(_TR) if _owner(element) is table):
        cells: list[Cell] = []
        column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        if column:
            cells.append(Cell("", "", columns=column))
        for element in row.iter(_TC):
            if _owner(element) is not table:
                continue
            properties = element.find(qn("w:tcPr"))
            span = _number(properties.find(qn("w:gridSpan")), 1) if properties is not None else 1
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            if merge is not None and merge.get(_VAL) != "restart" and column in began:
                first, place = began[column]
                rows[first][place] = replace(rows[first][place], rows=at - first + 1)
            else:
                began.pop(column, None)
                if merge is not None:
                    began[column] = (at, len(cells))
                lines = [_paragraph(p) for p in element.iter(_P)]
                cells.append(
                    Cell(one_line(" ".join(lines)), f"表{number}!R{at + 1}C{column + 1}", columns=span)
                )
            column += span
        rows.append(cells)
    return rows


def _owner(element: etree._Element) -> etree._Element | None:
    """The table that a row or cell belongs to."""
    return next(element.iterancestors(_TBL), None)


def _number(element: etree._Element | None, default: int) -> int:
    said = element.get(_VAL) if element is not None else None
    return max(default, min(1000, int(said))) if said and said.isdecimal() and len(said) < 6 else default


def _footnotes(document: WordDocument) -> Iterator[str]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            for paragraph in root.iter(_P):
                note = squeezed(_paragraph(paragraph))
                if note:
                    yield note


def _title(document: WordDocument) -> str | None:
    """The title: a paragraph in the style for it, else what the properties state if the text prints it."""
    opening = document.paragraphs[:8]
    styled = [
        p.text for p in opening if p.style is not None and p.style.name in _TITLE_STYLES and p.text.strip()
    ]
    if styled:
        return one_line(" ".join(styled[:2]))
    said = (document.core_properties.title or "").strip()
    return said if said and any(said in paragraph.text for paragraph in opening) else None
