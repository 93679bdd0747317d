"""Which lines are rows of a plain-text table, and where the blanks stand that part their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.clean.counted import counted_rows, is_english
from kg.clean.row import BARE, HAN, NUMERIC, SENTENCE, YEAR, Row

# A number with its unit; dates are headings.
_MEASURED = re.compile(
    rf"{NUMERIC}|[<>≤≥]?\d[\d,]*(?:\.\d+)?[万亿]?(?![年月日季])[{HAN}]{{0,3}}(?:[左以][右上下])?"
)
_SINGLE_BLANKS = re.compile(rf"[^\s\d][^\n，。；！？]{{0,40}}?(?: {NUMERIC}){{2,}}")
_LAST_NUMBERS = re.compile(rf"(?: {NUMERIC}){{2,}}$")
_INSIDE = re.compile(r"[，,](?!\d{3}(?!\d))")
_WIDE = re.compile(r" {2,}")
_WIDE_GAP = re.compile(r"\S {2,}\S")
_NARROW = re.compile(rf"([{HAN}）)]) (?={NUMERIC}(?: {{2,}}|$))")
_TABLE_TITLE = re.compile(
    r"(?:(?:续|附)?[表图](?: ?\d{1,3}(?:[-—－.]\d{1,3})*|[一二三四五六七八九十]{1,3})[:：]?|\d{1,2}[-—－]\d{1,2}) +"
    rf"[^\s\d]\S*(?: +\S+)?$|[（(]?(?:计量|金额)?单位[:：] ?\S+(?: +[^{HAN}]+)?$"
)
_LONGEST = 120
_LONGEST_LABEL = 30


@dataclass(frozen=True, slots=True)
class _Fields:
    """A line divided at its blanks: where each field but the first has its blank, and which of them are numbers."""

    gaps: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def shape(self) -> str:
        """``W`` for a field of words, ``N`` for a number."""
        return "".join("N" if _MEASURED.fullmatch(text) else "W" for text in self.texts)


def find_rows(lines: Sequence[str]) -> list[Row | None]:
    """For each line its row, None where it is none.

    Rows are lines with ``|``, tabs or wide gaps; a label with two numbers or more behind single blanks; lines one below
    the other whose fields between single blanks are words and numbers in the same order; and the headings over these.
    """
    counted = counted_rows(lines)
    found = [Row(_narrow_gaps(line)) if _is_ruled(line) else None for line in lines]
    fields = [
        None if row or is_english(line) else _fields(line) for row, line in zip(found, lines, strict=True)
    ]
    fields = _with_thousands(fields)
    for i, line in enumerate(lines):
        own = fields[i]
        if own is None:
            continue
        if _over_stack(own, lines[i + 1 : i + 2 + len(own.texts)]):
            found[i] = Row(frozenset(own.gaps))
            continue
        if _aligned(fields, i):
            found[i] = Row(frozenset(own.gaps))
        elif _SINGLE_BLANKS.fullmatch(line):
            found[i] = Row(_number_gaps(line) & frozenset(own.gaps))
    after = len(lines)  # the next line that is not English
    for i in range(len(lines) - 1, -1, -1):
        at, after = after, after if is_english(lines[i]) else i
        below = found[at] if at < len(lines) else None
        heading = fields[i] or _spaced_heading(lines[i])
        if found[i] is not None or heading is None or below is None:
            continue
        row = fields[at]
        if heading.shape == "WN" and row is not None and row.shape == "NWN":
            found[i] = Row(frozenset(heading.gaps))  # the sum over ranked rows
            continue
        row = row if below.gaps and row else _wide_fields(lines[at], below)
        under = fields[at + 1] if row is not None and row.shape == "WN" and at + 1 < len(lines) else None
        if row is not None and (_heads(heading, row) or (under is not None and _heads(heading, under))):
            found[i] = Row(frozenset(heading.gaps))
    return [counted.get(i, row) for i, row in enumerate(found)]


def _spaced_heading(line: str) -> _Fields | None:
    """Headings whose characters stand apart (疾 病 死 亡 原 因) between wide gaps."""
    if not is_spaced_out(line) or SENTENCE.search(line) or re.search(r"\d", line):
        return None
    gaps = [m.start() for m in _WIDE.finditer(line.rstrip())]
    texts = tuple(part.replace(" ", "") for part in _WIDE.split(line.rstrip()))
    return _Fields(tuple(gaps), texts) if len(texts) > 2 else None


def is_spaced_out(line: str) -> bool:
    """Is there a blank after nearly each character, as headings are printed (报 告 传 染 病 1 2 8)?"""
    words = line.split()
    if len(words) > 1 and all(len(word) == 1 and _is_han(word) for word in words):
        return True
    single = sum(len(word) == 1 for word in words)
    return (
        len(words) >= 4
        and single >= 0.75 * len(words)
        and re.search(rf"(?:^| )(?:[{HAN}] +){{2}}[{HAN}]", line) is not None
    )


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"


def _is_ruled(line: str) -> bool:
    if "|" in line or "\t" in line:
        return True
    if _TABLE_TITLE.match(line) or is_english(line):
        return False
    plain = " " not in line or SENTENCE.search(line) is not None or is_spaced_out(line)
    return not plain and _WIDE_GAP.search(line) is not None


def _narrow_gaps(line: str) -> frozenset[int]:
    """Where columns lie so close in a row with wide gaps that one blank parts a label from its number."""
    if "|" in line or "\t" in line:
        return frozenset()
    return frozenset(m.end(1) for m in _NARROW.finditer(line))


def _fields(line: str) -> _Fields | None:
    """The fields of a line that may be a row: no sentence, blanks in it, words torn by blanks put together."""
    if (
        " " not in line
        or len(line) > _LONGEST
        or SENTENCE.search(line)
        or _INSIDE.search(line)
        or is_spaced_out(line)
    ):
        return None
    gaps: list[int] = []
    texts: list[str] = []
    at = 0
    torn = False  # is the last field a single character, as in 指 标?
    for text in line.split(" "):
        single = len(text) == 1 and _is_han(text)
        if texts and (text.startswith(("(", "（")) or (single and torn)):
            texts[-1] += text
        else:
            if texts:
                gaps.append(at - 1)
            texts.append(text)
        torn = single
        at += len(text) + 1
    return _Fields(tuple(gaps), tuple(texts)) if gaps else None


def _with_thousands(fields: Sequence[_Fields | None]) -> list[_Fields | None]:
    """Fields whose numbers have groups of three (1 926 2 148) put together where the headings above have as many."""
    out: list[_Fields | None] = []
    width = 0  # of the last line of headings, its corner among them
    for own in fields:
        grouped = _grouped(own, width) if own is not None and len(own.texts) > width > 1 else None
        out.append(grouped or own)
        if own is None:
            width = 0
        elif "N" not in own.shape or all(YEAR.fullmatch(text) for text in own.texts[1:]):
            width = 0 if own.texts[0][:1].isdigit() else len(own.texts)
    return out


def _grouped(fields: _Fields, width: int) -> _Fields | None:
    """Fields with groups of three joined to the number before them, if that leaves ``width``."""
    gaps: list[int] = []
    texts = [fields.texts[0]]
    for gap, text in zip(fields.gaps, fields.texts[1:], strict=True):
        if re.fullmatch(r"\d{3}", text) and re.fullmatch(r"\d{1,3}(?:\d{3})*", texts[-1]) and len(texts) > 1:
            texts[-1] += text
        else:
            gaps.append(gap)
            texts.append(text)
    return _Fields(tuple(gaps), tuple(texts)) if len(texts) == width else None


def _over_stack(fields: _Fields, below: Sequence[str]) -> bool:
    """Is a line one of headings over rows with a cell a line: below it are one or two words, then as many numbers as fit?"""
    width = len(fields.texts)
    if width < 3 or "N" in fields.shape:
        return False
    first = next((i for i, line in enumerate(below) if BARE.fullmatch(line)), 0)
    numbers = next(
        (i for i, line in enumerate(below[first:]) if not BARE.fullmatch(line)), len(below) - first
    )
    return (
        0 < first < width
        and first < 3
        and first + numbers == width
        and all(len(line) <= _LONGEST_LABEL for line in below[:first])
    )


def _aligned(fields: Sequence[_Fields | None], i: int) -> bool:
    """Has a line next to ``i`` the same fields, words and numbers in the same order?"""
    own = fields[i]
    if own is None:
        return False
    shape = own.shape
    if not _tabular(own, shape):
        return False
    near = [
        f
        for j in (i - 1, i + 1)
        if 0 <= j < len(fields) and (f := fields[j]) is not None and f.shape == shape and _tabular(f, shape)
    ]
    if shape == "WN":  # a pair is no table yet
        run = 1
        for step in (-1, 1):
            j = i + step
            while 0 <= j < len(fields) and (other := fields[j]) is not None and other.shape == shape:
                run, j = run + 1, j + step
        return run > 2 and BARE.fullmatch(own.texts[1]) is not None
    return bool(near)


def _tabular(fields: _Fields, shape: str) -> bool:
    """Can fields be the cells of a row: two numbers beside words, or after a year?"""
    if shape == "WN":
        return True
    if "W" not in shape:
        return len(shape) > 2 and YEAR.fullmatch(fields.texts[0]) is not None
    if "NN" in shape:
        return True
    return shape.count("N") > 1 and shape[0] == "N" and fields.texts[0].isdigit()  # 1 恶性肿瘤 196.8


def _wide_fields(line: str, row: Row) -> _Fields | None:
    """The cells of a row of numbers that wide gaps part; None for tabs and rules, which its headings have too."""
    if "|" in line or "\t" in line:
        return None
    gaps = [m.start() for m in re.finditer(r" +", line) if len(m[0]) > 1 or m.start() in row.gaps]
    starts = [0, *gaps]
    texts = tuple(line[a:b].strip() for a, b in zip(starts, [*gaps, len(line)], strict=True))
    cells = _Fields(tuple(gaps), texts)
    return cells if _has_numbers(cells) else None


def _heads(heading: _Fields, row: _Fields) -> bool:
    """Is ``heading`` a line of headings over a row: as many fields or one fewer, words or years?"""
    if any(BARE.fullmatch(text) and not YEAR.fullmatch(text) for text in heading.texts[1:]):
        return False
    if BARE.fullmatch(heading.texts[0]) and not YEAR.fullmatch(heading.texts[0]):
        return False
    width, own = len(row.gaps), len(heading.gaps)
    if own == width or (own == width - 1 and own > 1):
        return True
    headings = not _has_numbers(row)  # an upper line, whose headings each span as many lower ones
    return headings and own > 1 and (width + 1) % own == 0


def _has_numbers(fields: _Fields) -> bool:
    return any(BARE.fullmatch(text) and not YEAR.fullmatch(text) for text in fields.texts)


def _number_gaps(line: str) -> frozenset[int]:
    """Where blanks stand before the numbers that close a row."""
    numbers = _LAST_NUMBERS.search(line)
    return (
        frozenset(numbers.start() + m.start() for m in re.finditer(" ", numbers[0]))
        if numbers
        else frozenset()
    )
