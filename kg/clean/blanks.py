"""Blanks: between the cells of a table row they become a tab, between phrases one stays, elsewhere they go."""

from __future__ import annotations

import re

from kg.clean.cells import Cells, Edit
from kg.clean.row import Row
from kg.clean.rows import find_rows

_HAN = "㐀-鿿"
_LINE = re.compile(r"[^\n]+")
_BLANKS = re.compile(r"[ \t]+")
_RULED_GAP = re.compile(r"[ \t]*\|[ |\t]*|[ \t]+")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}")
_LABEL = re.compile(rf"[{_HAN}]{{2,6}}[:：]")
_KNOWN_LABEL = re.compile(
    r"(?:信息来源|稿件来源|来源|责任编辑|编辑|责编|作者|记者|通讯员|审核|校对|发布时间|发布日期|日期|时间|更新|栏目|浏览|阅读|点击|电话|主办|字号|字体)[:：]"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d")
COUNTED = re.compile(r"[个家所名人张万亿例份次台项条种支辆间处户座元岁天日月年周期批位床余多]")
_TORN = re.compile(
    rf"\d [.,]\d|\d\. \d+[%‰{_HAN}]|\d (?=[%‰])|(?<=[，。；,;])[{_HAN}]{{1,12}} [{_HAN}]{{1,12}}(?=[，。；,;])"
)
_FEW = 3
_SPELT = re.compile(  # 1 2 0 0 张, 3 5 家
    r"(?<![\d.,] )(?<![\d.,])\d(?:(?: \d){2,}(?![\d.,]| \d)| \d(?= ?[个家所名人张例份次台项万亿%‰]))"
)


def spaced(cells: Cells, *, torn: bool) -> Cells:
    """With tabs in rows and without blanks that mean nothing; ``torn`` when blanks may fall anywhere, as in a PDF."""
    torn = torn or len(_TORN.findall(cells.text)) >= _FEW
    spans = [m.span() for m in _LINE.finditer(cells.text)]
    lines = [cells.text[start:end] for start, end in spans]
    edits: list[Edit] = []
    for (base, _), line, row in zip(spans, lines, find_rows(lines), strict=True):
        if " " not in line and "\t" not in line and "|" not in line:
            continue
        local = _row(line, row) if row else _prose(line, torn=torn)
        edits += [(base + start, base + end, new) for start, end, new in local]
    return cells.edited(edits)


# --- rows ------------------------------------------------------------------------------------------------------------


def _row(line: str, row: Row) -> list[Edit]:
    edits: list[Edit] = []
    ruled = "|" in line
    for match in (_RULED_GAP if ruled else _BLANKS).finditer(line):
        start, end = match.span()
        before, after = line[:start], line[end:]
        if not before or not after:
            edits.append((start, end, ""))
        elif (
            start in row.gaps
            or "|" in match[0]
            or "\t" in match[0]
            or (end - start > 1 and not ruled and start not in row.held)
        ):
            edits.append((start, end, "\t"))
        elif not _between_letters(before, after) or _is_thousands(before, after):
            edits.append((start, end, ""))
        elif end - start > 1:
            edits.append((start, end, " "))
    return edits


# --- prose -----------------------------------------------------------------------------------------------------------


def _prose(line: str, *, torn: bool) -> list[Edit]:
    edits: list[Edit] = []
    inside = {at for match in _SPELT.finditer(line) for at in range(*match.span())}
    for match in _BLANKS.finditer(line):
        start, end = match.span()
        if start in inside or _means_nothing(line[:start], line[end:], torn=torn):
            edits.append((start, end, ""))
        elif end - start > 1:
            edits.append((start, end, " "))
    return edits


def _means_nothing(before: str, after: str, *, torn: bool) -> bool:
    """May the blank between the two halves of a line go?"""
    a, b = before[-1:], after[:1]
    if not a or not b:
        return True
    if a.isdigit() and b.isdigit():
        item = _SECTION.fullmatch(before) is not None and not after.replace(" ", "").isdigit()
        apart = item or _YEAR.match(after) is not None or _CLOCK.match(after) is not None
        return _is_thousands(before, after) or (torn and not apart)
    if a.isdigit() and b in ".%‰/":
        return True
    if a in "./" and b.isdigit() and re.search(r"\d[./]$", before):  # 91. 5%, but not an item: 1. 2022年
        return a == "/" or (torn and re.fullmatch(r"\d{1,2}\.", before) is None and not _YEAR.match(after))
    if _is_han(b) and _SECTION.fullmatch(before):  # 2.1 资源总量
        return COUNTED.match(after) is not None
    if (a.isalnum() or a in "）)") and (_KNOWN_LABEL if torn else _LABEL).match(after):  # 2023-11-02 来源：…
        return False
    if _is_han(a) and _is_han(b):
        # A blank between two phrases parts them, as after a run-in heading, unless blanks fall anywhere.
        return torn or _run_before(before) < 2 or _run_after(after) < 2
    return not _between_letters(before, after)


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"


def _run_before(text: str) -> int:
    return len(re.search(rf"[{_HAN}]*$", text[-4:])[0])  # type: ignore[index]


def _run_after(text: str) -> int:
    return len(re.match(rf"[{_HAN}]*", text[:4])[0])  # type: ignore[index]


def _between_letters(before: str, after: str) -> bool:
    """Between Latin words, numbers and their marks a blank is part of the text."""
    a, b = before[-1], after[0]
    if not (a.isascii() and b.isascii()):
        return False
    words = (a.isalnum() or a in ".,:;)") and (b.isalnum() or b in "(&")
    return words and (a.isalpha() or b.isalpha() or (a.isdigit() and b.isdigit()))


def _is_thousands(before: str, after: str) -> bool:
    """Do a number's groups of three stand apart: 10 871?"""
    return (
        re.search(r"(?<![\d.,])\d{1,3}$|(?<!\d)\d{1,3}(?: ?\d{3})+$", before[-12:]) is not None
        and re.match(r"\d{3}(?!\d)(?!年)", after) is not None
    )
