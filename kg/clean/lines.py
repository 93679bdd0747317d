"""Lines: what is furniture, and what a fixed width or a page break tore apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.clean.blanks import COUNTED
from kg.clean.cells import Cells, Edit
from kg.clean.furniture import counters, is_furniture, page_numbers
from kg.clean.rows import find_rows, is_spaced_out
from kg.clean.width import Fill, fills

_HAN = "㐀-鿿"
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r" +")
_RULER = re.compile(r"[\s|:+=_\-—–─━*]*[-—–─━=_]{3}[\s|:+=_\-—–─━*]*|[\s|]+")
# What begins a paragraph, heading, item or turn of speech of its own.
_OPENS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]\d{1,2}[)）]|第[一二三四五六七八九十]{1,3}[章节条]|[一二三四五六七八九十]是"
    rf"|\d\.\d(?:\.\d)? (?!{COUNTED.pattern})"
    r"|\d{1,2}(?:、|[.．](?! ?\d)|[.．] (?=(?:19|20)\d\d年))|[〔【◆●■★▲◎·•#☆▶]|(?:附件|附表|表|图) ?\d"
    rf"|(?:注|说明|问|答|来源|编辑|责任编辑|记者|作者|主持人|嘉宾|[{_HAN}]{{2,8}}(?:记者|负责人|局长|主任))[:：]"
)
_CLOSES = re.compile(rf"[。！？!?：:…”」』）)】》]$|(?<=[{_HAN}%）)”])\.$")
_OPEN_END = re.compile(rf"[{_HAN}\d]$")
_OPEN_START = re.compile(rf"[{_HAN}\d（(]")
_GOES_ON = re.compile(r"[，、,（(《“「『]$")
_CLOSING_MARK = re.compile(r"[，。；！？、：）》”」』,;!?)]|[.．]\d")
_TORN_NUMBER = re.compile(r"\d[.．]$")
_CELL = re.compile(r"[-+]?[\d,. ]+[%‰]?")
_INSIDE = re.compile(r"[，,。；]")
_STOP = re.compile(rf"。|[{_HAN}]\.")
_BODY = 36  # characters from which a line with a comma is no headline
_RAGGED = (4, 0.25)  # torn lines, and their share of the lines of prose, in a text that was torn anyhow


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the blanks at its edges.

    ``apart`` when blank lines, ``page`` when a page break stand before it; ``indent`` is beyond that of most lines.
    """

    start: int
    end: int
    text: str
    apart: bool
    page: bool
    indent: int


def joined(cells: Cells, printed: str, source: str) -> tuple[Cells, bool]:
    """One paragraph, heading or table row a line; and whether lines had been broken at a fixed width.

    ``printed`` is the text of ``cells`` before its characters were made regular, ``source`` the document's text: these
    have the width of the page.
    """
    lines = _lines(cells.text)
    rows = [row is not None for row in find_rows([line.text for line in lines])]
    full = fills(
        [not row for row in rows],
        [printed[line.start - line.indent : line.end] for line in lines],
        [source[cells.starts[line.start - line.indent] : cells.ends[line.end - 1]] for line in lines],
    )
    ragged = full is None and _is_ragged(lines)
    edits: list[Edit] = []
    at = 0
    joins = comma = False
    for i, line in enumerate(lines):
        if i:
            fill = full[i - 1] if full else None
            # A paragraph with a comma that began before its last line is no heading, nor one where all is torn.
            comma = (joins and comma) or _INSIDE.search(lines[i - 1].text) is not None
            body = comma and (joins or ragged)
            joins = not (rows[i - 1] or rows[i]) and _continues(lines[i - 1], line, fill, body=body)
            if joins and fill == Fill.FULL and full and _is_heading(lines[i - 1].text, line.text, full[i]):
                joins = False
        edits.append((at, line.start, "\n" if i and not joins else ""))
        if is_spaced_out(line.text) and not rows[i]:
            edits += [(line.start + m.start(), line.start + m.end(), "") for m in _BLANK.finditer(line.text)]
        at = line.end
    edits.append((at, len(cells.text), ""))
    cells = cells.edited([edit for edit in edits if edit[0] < edit[1]])
    return cells.edited(_counters(cells.text)), full is not None


def _counters(text: str) -> list[Edit]:
    return [
        (line.start() + start, line.start() + end, "")
        for line in _LINE.finditer(text)
        for start, end in counters(line[0])
    ]


def _lines(text: str) -> list[_Line]:
    """The lines that belong to the report."""
    raw: list[tuple[int, str, int, bool]] = []
    end = 0
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if stripped:
            indent = len(match[0]) - len(match[0].lstrip())
            raw.append((match.start() + indent, stripped, indent, text.count("\n", end, match.start()) > 1))
            end = match.end()
    pages = page_numbers([line for _, line, _, _ in raw])
    common = sorted(indent for _, _, indent, _ in raw)[len(raw) // 2] if raw else 0
    kept: list[_Line] = []
    page = apart = False
    for i, (start, line, indent, blank) in enumerate(raw):
        apart |= blank
        if i in pages or is_furniture(line):
            page = True
        elif not _RULER.fullmatch(line):
            kept.append(_Line(start, start + len(line), line, apart, page, max(0, indent - common)))
            page = apart = False
    return kept


def _continues(previous: _Line, line: _Line, fill: Fill | None, *, body: bool) -> bool:
    """Was ``line`` torn off ``previous``? ``fill`` tells how far that fills a page, ``body`` that it is no heading."""
    before, after = previous.text, line.text
    if _CLOSING_MARK.match(after):
        return before[-1] not in "。！？；"
    if after[0] in "%‰" and before[-1].isdigit() and (len(after) > 1 or not _CELL.fullmatch(before)):
        return True
    if _CELL.fullmatch(before) or (
        _CELL.fullmatch(after) and not before[-1].isdigit() and not _TORN_NUMBER.search(before)
    ):
        return False  # a lone number is a cell of a table
    if after[0].isdigit() and not line.indent:
        if _TORN_NUMBER.search(before) and (body or _INSIDE.search(before)):
            return True
        if before[-1].isdigit() and fill == Fill.FULL:  # 18|50、2100平方米
            return True
    if _OPENS.match(after) or line.indent > 1:
        return False
    if _GOES_ON.search(before):
        return len(before) > 8
    if fill is not None and (line.page or not line.apart):
        if _CLOSES.search(before):
            return fill == Fill.FULL
        prose = _INSIDE.search(before) is not None or _INSIDE.search(after) is not None
        if fill == Fill.FULL or (fill == Fill.LONG and prose):
            return True
    return _goes_on(before, after, body=body and not line.apart)


def _is_heading(before: str, after: str, fill: Fill) -> bool:
    """After a full line that closes a sentence: is a short line without a mark at its end a heading?"""
    return _CLOSES.search(before) is not None and _CLOSES.search(after) is None and fill == Fill.SHORT


def _goes_on(before: str, after: str, *, body: bool) -> bool:
    """Without a width: does a sentence plainly go on, such as one torn inside a number?"""
    if (
        _CELL.fullmatch(before)
        or _CELL.fullmatch(after)
        or not _OPEN_END.search(before)
        or not _OPEN_START.match(after)
    ):
        return False
    if body:
        return True
    long = _INSIDE.search(before) is not None and (len(before) >= _BODY or before[-1].isdigit())
    return _INSIDE.search(after) is not None and (_STOP.search(before) is not None or long)


def _is_ragged(lines: Sequence[_Line]) -> bool:
    """Are many lines torn inside a sentence, though at no fixed width?"""
    prose = [i for i, line in enumerate(lines) if _INSIDE.search(line.text)]
    torn = sum(
        _OPEN_END.search(lines[i].text) is not None
        and _OPEN_START.match(lines[i + 1].text) is not None
        and not lines[i + 1].apart
        and not _OPENS.match(lines[i + 1].text)
        for i in prose
        if i + 1 < len(lines)
    )
    return torn >= _RAGGED[0] and torn >= _RAGGED[1] * len(prose)
