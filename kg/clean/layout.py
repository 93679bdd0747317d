"""Lines: what is furniture, what a fixed width broke, what is a table row, which blanks mean something."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.clean.cells import Cells, Edit
from kg.clean.furniture import is_furniture, page_numbers

_HAN = "㐀-鿿"
_LINE = re.compile(r"[^\n]+")
_NEW_BLOCK = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[)）]|[〔【◆●■★▲◎□·•#]"
    r"|\d\.\d(?:\.\d)? |(?:附件|附表|表|图)\d|注[:：]|(?:来源|编辑|责任编辑|记者|作者)[:：]"
)
_END = re.compile(r"[。！？!?：:；;…”」』）)】》]$|[。.；;]”?$")
_RULER = re.compile(r"[\s|:+=_\-—–─━]*[-—–─━=_]{3}[\s|:+=_\-—–─━]*")
_NUMERIC = r"[-+±]?(?:\d[\d,，]*(?:\.\d+)?|\.\d+)[%‰]?|[-—–…/]+|持平"
_SINGLE_BLANKS = re.compile(rf"[^\s\d][^\n，。；！？]{{0,40}}?(?: (?:{_NUMERIC})){{2,}}")
_CELL = re.compile(rf"(?:{_NUMERIC})")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text without the blanks at its edges; ``gap`` when blank lines stand before it."""

    start: int
    end: int
    text: str
    gap: bool
    indent: int


def laid_out(cells: Cells) -> Cells:
    """One paragraph, heading or table row a line, cells of rows separated by a tab, no blanks without a meaning."""
    lines, torn = _lines(cells.text), False
    width = _width(lines)
    torn = width is not None or _has_loose_blanks(cells.text)
    edits: list[Edit] = []
    at = 0
    previous: _Line | None = None
    for line in lines:
        if previous is None:
            edits.append((at, line.start, ""))
        else:
            joined = _continues(previous, line, width)
            # The line break that stays is the first one; the blanks around it go.
            edits.append((at, line.start, "" if joined else "\n"))
        previous, at = line, line.end
    edits.append((at, len(cells.text), ""))
    return _spaced(cells.edited([e for e in edits if e[0] < e[1]]), torn=torn)


def _lines(text: str) -> list[_Line]:
    """The lines that belong to the report."""
    found: list[_Line] = []
    end = 0
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if not stripped:
            continue
        indent = len(match[0]) - len(match[0].lstrip())
        start = match.start() + indent
        found.append(_Line(start, start + len(stripped), stripped, "\n" in text[end : match.start()].strip(" \t").replace("\n", "", 1), indent))
        end = match.end()
    pages = page_numbers([line.text for line in found])
    kept = []
    for i, line in enumerate(found):
        if i in pages or is_furniture(line.text) or _RULER.fullmatch(line.text):
            continue
        kept.append(line)
    return kept


def _columns(text: str) -> int:
    return len(text) + sum(c > "\u2e80" for c in text)


def _width(lines: list[_Line]) -> tuple[str, int] | None:
    """The fixed width at which lines were broken: counted in characters or in columns, and how many."""
    long = [line.text for line in lines if len(line.text) >= 12]
    if len(long) < 6:
        return None
    best: tuple[float, str, int] | None = None
    for unit, sizes, lowest, highest, slack in (
        ("characters", [len(text.replace(" ", "")) for text in long], 15, 60, 1),
        ("columns", [_columns(text) for text in long], 30, 120, 2),
    ):
        counts = Counter(sizes)
        for size in counts:
            if not lowest <= size <= highest:
                continue
            near = sum(counts[size - d] for d in range(slack + 1))
            above = sum(n for s, n in counts.items() if s > size + 4)
            share = near / len(sizes)
            if near >= 4 and share >= 0.4 and above <= 0.15 * len(sizes) and (best is None or share > best[0]):
                best = (share, unit, size)
    return None if best is None else (best[1], best[2])


def _is_full(line: _Line, width: tuple[str, int]) -> bool:
    unit, size = width
    return (len(line.text) if unit == "characters" else _columns(line.text)) >= size - (1 if unit == "characters" else 2)


def _continues(previous: _Line, line: _Line, width: tuple[str, int] | None) -> bool:
    """Was ``line`` broken off ``previous``?"""
    if _is_row(previous.text) or _is_row(line.text):
        return False
    if line.text[0] in "，。；！？、：）》”」』,;!?%‰)" and not previous.text[-1] in "。！？；":
        return True
    if _NEW_BLOCK.match(line.text):
        return False
    if width is not None:
        return _is_full(previous, width) and not line.gap and line.indent < 2
    # Without a width: a sentence that plainly goes on, such as one broken inside a number.
    body = len(previous.text) >= 20 and re.search("[，,。；]", previous.text) is not None
    return (
        body
        and not _END.search(previous.text)
        and re.search("[，,。；]", line.text) is not None
        and re.match(rf"[{_HAN}\d]", line.text) is not None
        and re.search(rf"[{_HAN}\d、，,]$", previous.text) is not None
    )


def _is_row(text: str) -> bool:
    """Is it a row of a plain-text table?"""
    if "|" in text or "\t" in text:
        return True
    if re.search("[。；！？]", text):
        return False
    return len(re.split(r" {2,}", text)) > 2 or _SINGLE_BLANKS.fullmatch(text) is not None


# --- blanks ----------------------------------------------------------------------------------------------------------

_LOOSE = re.compile(rf"\d [.,]\d|\d\. \d+[%‰{_HAN}]|\d (?=[%‰])|(?<=[，。；])[{_HAN}]{{1,12}} [{_HAN}]{{1,12}}(?=[，。；])")
_SPACED_OUT = re.compile(r"(?:^|(?<=\n))(?:\S ){3,}\S?[^\n]{0,2}$", re.MULTILINE)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])(?!年)")
_BLANKS = re.compile(r"[ \t]+")


def _has_loose_blanks(text: str) -> bool:
    """Do blanks fall anywhere, as when characters of a PDF are put together by their distance?"""
    return len(_LOOSE.findall(text)) >= 3


def _spaced(cells: Cells, *, torn: bool) -> Cells:
    edits: list[Edit] = []
    rows = _rows(cells.text)
    for (start, end), row in rows:
        text = cells.text[start:end]
        if row:
            edits += _row_edits(text, start)
        elif " " in text or "\t" in text:
            edits += _blank_edits(text, start, torn=torn)
    return cells.edited(edits)


def _rows(text: str) -> list[tuple[tuple[int, int], bool]]:
    """Each line's span, and whether it is a table row; the line above single-blank rows is their header."""
    spans = [m.span() for m in _LINE.finditer(text)]
    lines = [text[a:b] for a, b in spans]
    rows = [_is_row(line) for line in lines]
    for i, line in enumerate(lines[:-1]):
        below = lines[i + 1]
        if rows[i + 1] and not rows[i] and _SINGLE_BLANKS.fullmatch(below) and len(_tokens(line)) == len(_cells(below)):
            rows[i] = True
    return list(zip(spans, rows, strict=True))


def _tokens(line: str) -> list[str]:
    """The words of a header with single blanks; single characters that follow one another are one word."""
    return re.sub(rf"(?<![^ ])([{_HAN}]) (?=[{_HAN}](?: |$))", r"\1", line).split(" ")


def _cells(row: str) -> list[str]:
    parts = row.split(" ")
    while len(parts) > 2 and not _CELL.fullmatch(parts[1]):
        parts[0:2] = [parts[0] + parts[1]]
    return parts


def _row_edits(text: str, base: int) -> list[Edit]:
    edits: list[Edit] = []
    ruled = "|" in text
    wide = ruled or "\t" in text or re.search(" {2,}", text) is not None
    pattern = re.compile(r" *\|[ |]*|\t+| {2,}\t?| " if ruled else r"[ \t]*\t[ \t]*| {2,}| ")
    for match in pattern.finditer(text):
        start, end = match.span()
        before, after = text[:start], text[end:]
        edge = not before or not after
        single = match[0] == " "
        if edge and ruled:
            new = ""
        elif not single or (not wide and _splits_row(before, after)):
            new = "\t"
        elif _keeps_blank(before, after):
            continue
        else:
            new = ""
        edits.append((base + start, base + end, new))
    return edits


def _splits_row(before: str, after: str) -> bool:
    """In a row or header with single blanks: is this blank between two cells?"""
    if re.match(rf"(?:{_NUMERIC})(?: |$)", after):
        return True
    left, right = before.rsplit(" ", 1)[-1], after.split(" ", 1)[0]
    return len(left) > 1 and len(right) > 1 or bool(re.search(rf"(?:^| )(?:{_NUMERIC})$", before))


def _keeps_blank(before: str, after: str) -> bool:
    """Between Latin letters, or letters and digits, a blank is part of the text."""
    a, b = before[-1:], after[:1]
    return a.isascii() and b.isascii() and (a.isalnum() or a in "):,.") and b.isalnum() and not (a.isdigit() and b.isdigit() and _is_thousands(before, after))


def _is_thousands(before: str, after: str) -> bool:
    return bool(re.search(r"(?<![\d.,])\d{1,3}$", before[-4:]) and re.match(r"\d{3}(?!\d)", after))


def _blank_edits(text: str, base: int, *, torn: bool) -> list[Edit]:
    edits: list[Edit] = []
    spaced_out = _SPACED_OUT.fullmatch(text) is not None and re.search(rf"(?:[{_HAN}] ){{3}}", text) is not None
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if spaced_out or _is_loose(text, start, end, torn=torn):
            edits.append((base + start, base + end, ""))
        elif end - start > 1 or text[start] == "\t":
            edits.append((base + start, base + end, " "))
    return edits


def _is_loose(text: str, start: int, end: int, *, torn: bool) -> bool:
    """Does the blank at ``start`` mean nothing?"""
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    a, b = before[-1:], after[:1]
    if not a or not b:
        return True
    if a.isdigit() and b.isdigit():
        return _is_thousands(before, after) or (torn and not re.match(r"(?:19|20)\d\d年", after) and start > 2)
    if (a.isdigit() and b in ".%‰/") or (a in "./" and b.isdigit() and re.search(r"\d[./]$", before)):
        # 91. 5%, but not the number of an item: 1. 2022年
        item = start == len(re.match(r"\d{0,2}", text)[0]) + 1  # type: ignore[index]
        return b in ".%‰/" or a == "/" or (torn and not item and not re.match(r"(?:19|20)\d\d年", after))
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){0,2}", text[:start]) and re.match(rf"[{_HAN}]", b):
        return False  # the number of a section: 2.1 资源总量
    if a.isascii() and b.isascii():
        return not ((a.isalnum() or a in ".,:)") and (b.isalnum() or b in "(&"))
    if re.match(rf"[{_HAN}]", a) and re.match(rf"[{_HAN}]", b):
        # A single blank between two phrases parts them (a run-in heading), unless blanks fall anywhere.
        left, right = re.search(rf"[{_HAN}]*$", before)[0], re.match(rf"[{_HAN}]*", after)[0]  # type: ignore[index]
        return torn or len(left) < 2 or len(right) < 2
    return True
