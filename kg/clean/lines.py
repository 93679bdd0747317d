"""Lines: what is furniture, and what a fixed width or a page break tore apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.clean.blanks import is_row, is_spaced_out
from kg.clean.cells import Cells, Edit
from kg.clean.furniture import counters, is_furniture, page_numbers

_HAN = "㐀-鿿"
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r" +")
_RULER = re.compile(r"[\s|:+=_\-—–─━*]*[-—–─━=_]{3}[\s|:+=_\-—–─━*]*|[\s|]+")
# What begins a paragraph, heading or item of its own.
_OPENS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}(?:、|[.．](?! ?\d|\d)|[.．] (?=(?:19|20)\d\d年))|[（(]\d{1,2}[)）]"
    r"|[〔【◆●■★▲◎·•#☆▶]|\d\.\d(?:\.\d)? |(?:附件|附表|表|图) ?\d|注[:：]|说明[:：]|(?:来源|编辑|责任编辑|记者|作者)[:：]"
    r"|[一二三四五六七八九十]是"
)
_CLOSES = re.compile(r"[。！？!?：:；;…”」』）)】》]$")
_GOES_ON = re.compile(r"[，、,（(《“「『]$")
_CLOSING_MARK = re.compile(r"[，。；！？、：）》”」』,;!?)]|[.．]\d")
_CELL = re.compile(r"[-+]?[\d,. ]+[%‰]?")
_INSIDE = re.compile(r"[，,。；]")
_BODY = 36  # characters from which a line with a comma is no headline


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the blanks at its edges. ``apart`` when blank lines, ``page`` when a page break stand before it."""

    start: int
    end: int
    text: str
    printed: str
    apart: bool
    page: bool
    indent: int


@dataclass(frozen=True, slots=True)
class _Width:
    """The width at which lines were broken, in characters or in columns (a Chinese character has two)."""

    size: int
    columns: bool

    def of(self, text: str) -> int:
        return _columns(text) if self.columns else len(text)

    def is_full(self, text: str) -> bool:
        return self.of(text) >= self.size - (2 if self.columns else 1)

    def is_long(self, text: str) -> bool:
        return self.of(text) >= 0.8 * self.size


def joined(cells: Cells, printed: str) -> tuple[Cells, bool]:
    """One paragraph, heading or table row a line; and whether lines had been broken at a fixed width.

    ``printed`` is the text of ``cells`` before its characters were made regular, which has the width of the page.
    """
    lines = _lines(cells.text, printed)
    width = _width([line.printed for line in lines])
    edits: list[Edit] = []
    at = 0
    previous: _Line | None = None
    for line in lines:
        keeps_break = previous is not None and not _continues(previous, line, width)
        edits.append((at, line.start, "\n" if keeps_break else ""))
        if is_spaced_out(line.text):
            edits += [(line.start + m.start(), line.start + m.end(), "") for m in _BLANK.finditer(line.text)]
        previous, at = line, line.end
    edits.append((at, len(cells.text), ""))
    cells = cells.edited([edit for edit in edits if edit[0] < edit[1]])
    return cells.edited(_counters(cells.text)), width is not None


def _counters(text: str) -> list[Edit]:
    return [
        (line.start() + start, line.start() + end, "")
        for line in _LINE.finditer(text)
        for start, end in counters(line[0])
    ]


def _lines(text: str, printed: str) -> list[_Line]:
    """The lines that belong to the report."""
    raw: list[tuple[int, str, int, bool]] = []
    end = 0
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if stripped:
            indent = len(match[0]) - len(match[0].lstrip())
            apart = text.count("\n", end, match.start()) > 1
            raw.append((match.start() + indent, stripped, indent, apart))
            end = match.end()
    pages = page_numbers([line for _, line, _, _ in raw])
    kept: list[_Line] = []
    page = apart = False
    for i, (start, line, indent, blank) in enumerate(raw):
        apart |= blank
        if i in pages or is_furniture(line):
            page = True
        elif not _RULER.fullmatch(line):
            end = start + len(line)
            kept.append(_Line(start, end, line, printed[start:end], apart, page, indent))
            page = apart = False
    return kept


def _columns(text: str) -> int:
    return len(text) + sum(c > "\u2e80" for c in text)


def _width(lines: Sequence[str]) -> _Width | None:
    """The width that many lines have and hardly any exceeds, if there is one."""
    long = [line for line in lines if len(line) >= 12 and not is_row(line)]
    if len(long) < 6:
        return None
    best: tuple[float, _Width] | None = None
    for columns, lowest, highest, slack in ((False, 15, 60, 1), (True, 30, 120, 2)):
        sizes = Counter(_columns(line) if columns else len(line.replace(" ", "")) for line in long)
        for size in sizes:
            near = sum(sizes[size - d] for d in range(slack + 1))
            above = sum(n for other, n in sizes.items() if other > size + 4)
            share = near / len(long)
            fits = lowest <= size <= highest and near >= 4 and share >= 0.4 and above <= 0.15 * len(long)
            if fits and (best is None or share > best[0]):
                best = (share, _Width(size, columns))
    return None if best is None else best[1]


def _continues(previous: _Line, line: _Line, width: _Width | None) -> bool:  # noqa: PLR0911 - one case a line
    """Was ``line`` torn off ``previous``?"""
    if is_row(previous.text) or is_row(line.text):
        return False
    if _CLOSING_MARK.match(line.text):
        return previous.text[-1] not in "。！？；"
    if line.text[0] in "%‰" and previous.text[-1].isdigit():
        return True
    if width is not None and previous.text[-1].isdigit() and line.text[0].isdigit() and not line.indent:
        return width.is_full(previous.printed)  # a number is torn: 18|50、2100平方米
    if _OPENS.match(line.text) or line.indent > 1:
        return False
    if _GOES_ON.search(previous.text):
        return len(previous.text) > 8
    if width is not None and (line.page or not line.apart):
        if _CLOSES.search(previous.text) is None:
            return width.is_long(previous.printed) or _goes_on(previous.text, line.text)
        heading = _CLOSES.search(line.text) is None and not width.is_long(line.printed)
        return width.is_full(previous.printed) and not heading
    return _goes_on(previous.text, line.text)


def _goes_on(before: str, after: str) -> bool:
    """Without a width: does a sentence plainly go on, such as one torn inside a number?"""
    return (
        _CELL.fullmatch(before) is None
        and _CELL.fullmatch(after) is None
        and re.search(rf"[{_HAN}\d]$", before) is not None
        and re.match(rf"[{_HAN}\d]", after) is not None
        and _INSIDE.search(after) is not None
        and (
            "。" in before
            or (_INSIDE.search(before) is not None and (len(before) >= _BODY or before[-1].isdigit()))
        )
    )
