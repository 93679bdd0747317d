"""A page's tree as blocks: lines of text and tables, in the order in which they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import html

from kg.read.grids import Cell, write_table
from kg.read.raw import Text, one_line, squeezed

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "video",
        "audio",
        "select",
        "option",
        "button",
        "textarea",
        "map",
        "datalist",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONG = 80
_MOST_SPAN = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A line of a page, or a table with its rows; ``linked`` is the share of its characters that are links."""

    element: html.HtmlElement
    text: str
    linked: float = 0.0
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    owner: html.HtmlElement | None = None


def blocks(root: html.HtmlElement) -> list[Block]:
    """The blocks of a page; without what is not shown."""
    found: list[Block] = []
    line = _Line()
    links = 0
    tables = 0

    def flush() -> None:
        nonlocal line
        text = squeezed("".join(line.parts))
        if text and line.owner is not None:
            found.append(Block(line.owner, text, line.linked / max(1, len("".join(line.parts).strip()))))
        line = _Line()

    def add(text: str | None, owner: html.HtmlElement | None) -> None:
        if text and owner is not None:
            line.parts.append(text)
            if text.strip():
                line.linked += len(text.strip()) if links else 0
                line.owner = line.owner if line.owner is not None else owner

    # An explicit stack, for pages are nested as deep as they like: (element, is it its end?)
    stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, ends = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if ends:
            links -= tag == "a"
            if block:
                flush()
            if element is not root:
                add(element.tail, element.getparent())
            continue
        if not tag or tag in _SKIPPED or _is_hidden(element):
            if element is not root:
                add(element.tail, element.getparent())
            continue
        if tag == "br" or block:
            flush()
        if tag == "table" and (rows := _data_rows(element, tables + 1)):
            tables += 1
            for caption in element.iterchildren("caption"):
                found.append(Block(caption, squeezed(caption.text_content())))
            found.append(Block(element, " ".join(cell.text for row in rows for cell in row), 0.0, rows))
            add(element.tail, element.getparent())
            continue
        links += tag == "a"
        add(element.text, element)
        stack.append((element, True))
        stack += [(child, False) for child in reversed(element)]
    flush()
    return found


def write(text: Text, found: Sequence[Block]) -> None:
    """Add the blocks to ``text``."""
    for block in found:
        if block.rows:
            write_table(text, block.rows)
        else:
            text.line(block.text)


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _data_rows(table: html.HtmlElement, number: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table of data; empty for one that only places other things on the page."""
    if next(table.iterdescendants("table", "form", "h1", "ul", "ol"), None) is not None:
        return ()
    rows: list[tuple[Cell, ...]] = []
    for at, row in enumerate(table.iterdescendants("tr"), start=1):
        cells = row.xpath("./td|./th")
        rows.append(
            tuple(
                Cell(
                    _cell_text(cell),
                    f"表{number}!R{at}C{column}",
                    _span(cell, "rowspan"),
                    _span(cell, "colspan"),
                )
                for column, cell in enumerate(cells, start=1)
            )
        )
    texts = [cell.text for row in rows for cell in row if cell.text]
    long = sum(len(text) for text in texts if len(text) > _LONG)
    if max(map(len, rows), default=0) < 2 or len(rows) < 2 or 2 * long > sum(map(len, texts)):
        return ()
    return tuple(rows)


def _cell_text(cell: html.HtmlElement) -> str:
    parts: list[str] = []
    for element in cell.iter():
        if not isinstance(element.tag, str):
            continue
        hidden = element.tag in _SKIPPED
        if element.tag in _BLOCKS or element.tag == "br":
            parts.append(" ")
        if element.text and not hidden:
            parts.append(element.text)
        if element is not cell and element.tail:
            parts.append(element.tail)
    return one_line("".join(parts))


def _span(cell: html.HtmlElement, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return max(1, min(_MOST_SPAN, int(said))) if said.isdecimal() and len(said) < 6 else 1
