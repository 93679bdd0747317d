"""Rows below a line of headings: lines that end with as many numbers as it has columns.

Yearbooks that were flattened part all cells by single blanks, or by some single and some wide ones, and a label may
hold blanks of its own and an English name. The count tells what the blanks do not: where several lines below a line of
headings end with a number for each of its columns, what stands before these numbers is the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.clean.row import BARE, HAN, SENTENCE, YEAR, Row

_LONGEST = 160
_FEWEST = 2  # rows that make a table
_BETWEEN = 2  # lines with words between two rows: a section, the first half of a label
_FOREIGN = 8  # lines of English below the headings
_ENGLISH = re.compile(rf"[^{HAN}]*[A-Za-z][^{HAN}]*")
_WORD = re.compile(rf"[^\d{HAN}]*[A-Za-z][^\d{HAN}]*")
_BILINGUAL = re.compile(rf"[^\d|]*[{HAN}）)] +[A-Za-z][^\d{HAN}|]*$")
_PARTS = re.compile(r"(?:合计|总计|总数|其)中[:：]?")
_SERIAL = re.compile(r"\d{1,2}")
_SUM = re.compile(r"[合小总共]计")
_UNIT = re.compile(r"[（(][^（）()]{1,6}[)）]")
_NAMED_UNIT = re.compile(r"(?:计量|计算)?单位")
_COMMA = re.compile(r"[，,](?!\d{3}(?!\d))")
_HEAD_END = re.compile(rf"[{HAN}a-z)）%‰年\d]$")
_NOTE = re.compile(r"(?:附?注|备注|说明|资料来源|数据来源|Note)\d?[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Token:
    """What stands between blanks."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Heads:
    """Lines of headings as rows by line, how many columns of figures they may have, and how many headings there are."""

    rows: dict[int, Row]
    columns: tuple[int, ...]
    count: int
    below: int


def counted_rows(lines: Sequence[str]) -> dict[int, Row]:
    """The rows that lines of headings tell, with these lines, by line."""
    found: dict[int, Row] = {}
    at = 0
    while at < len(lines):
        for heads in _headings(lines, at):
            rows, stop = _below(lines, heads)
            if rows:
                found |= heads.rows | rows
                at = stop - 1
                break
        at += 1
    return found


def _below(lines: Sequence[str], heads: _Heads) -> tuple[dict[int, Row], int]:
    """The rows below headings and the line after them; none where too few lines have the numbers."""
    for columns in heads.columns:
        rows: dict[int, Row] = {}
        full = between = 0
        at, last = heads.below, heads.below
        while at < len(lines):
            line = lines[at]
            if _NOTE.match(line) or len(line) > _LONGEST or SENTENCE.search(line):
                break
            row, whole = _row(line, columns, heads.count)
            if row is not None:
                rows[at], between, last = row, 0, at + 1
                full += whole
            elif _BILINGUAL.match(line):  # a label alone, with its English name
                rows[at] = Row(held=frozenset(_blank(line, token) for token in _tokens(line)[1:]))
                between += 1
            elif not is_english(line) and not _UNIT.fullmatch(line):
                between += 1
            if between > _BETWEEN or at - last > _FOREIGN:
                break
            at += 1
        if full >= _FEWEST:
            return rows, last
    return {}, heads.below


def _row(line: str, columns: int, headings: int) -> tuple[Row | None, bool]:
    """A line as a row with so many numbers at its end, or some fewer; and whether it has them all."""
    tokens = _tokens(line)
    numbers = 0
    for token in reversed(tokens):
        if numbers == columns or not BARE.fullmatch(token.text):
            break
        numbers += 1
    label, figures = tokens[: len(tokens) - numbers], tokens[len(tokens) - numbers :]
    if not numbers or len(tokens) < _FEWEST or "|" in line or "\t" in line:
        return None, False
    if label and BARE.fullmatch(label[-1].text) and not (len(label) == 1 and YEAR.fullmatch(label[0].text)):
        return None, False  # more numbers than columns
    if numbers < columns and (not label or _COMMA.search(line)):
        return None, False
    starts = [_blank(line, token) for token in figures if token.start]
    inside = [_blank(line, token) for token in label[1:]]
    if len(label) > 1 and _SERIAL.fullmatch(label[0].text):
        starts.append(inside.pop(0))
    if len(tokens) == headings and len(label) == _FEWEST and numbers == columns:
        starts, inside = [inside[0], *starts], []  # a unit of its own column, or a label over two
    return Row(frozenset(starts), frozenset(inside)), numbers == columns


def _headings(lines: Sequence[str], at: int) -> Iterator[_Heads]:
    """Readings of a line, or of it and the one below it, as headings."""
    line = lines[at]
    tokens = _heading_tokens(line)
    if tokens is None:
        return
    lower = _heading_tokens(lines[at + 1]) if at + 1 < len(lines) else None
    if lower and all(_UNIT.fullmatch(t.text) or t.text.startswith(("#", "＃")) for t in lower):
        units = sum(_UNIT.fullmatch(t.text) is not None for t in lower)
        if len(tokens) - 1 == units >= _FEWEST:
            rows = {at: _heading_row(line, tokens), at + 1: _heading_row(lines[at + 1], lower)}
            yield _Heads(rows, (len(lower),), len(lower) + 1, at + 2)
    if lower and _PARTS.match(tokens[-1].text):  # 合计 合计中：, and below it the parts
        rows = {at: _heading_row(line, tokens), at + 1: _heading_row(lines[at + 1], lower)}
        columns = len(tokens) - 1 + len(lower)
        yield _Heads(rows, (columns, columns - 1), columns + 1, at + 2)
    third = _heading_tokens(lines[at + 2]) if lower and at + 2 < len(lines) else None
    if lower and third and all(t.text.startswith(("#", "＃")) for t in third):
        sums = lower[1:]
        if (
            all(_SUM.fullmatch(t.text) for t in sums)
            and len(sums) == len(tokens)
            and not len(third) % len(sums)
        ):
            rows = {at + i: _heading_row(lines[at + i], own) for i, own in enumerate((tokens, lower, third))}
            columns = len(sums) + len(third)
            yield _Heads(rows, (columns,), columns + 1, at + 3)
    if len(tokens) < 3:
        return
    years = sum(YEAR.fullmatch(t.text.removesuffix("年")) is not None for t in tokens)
    rows = {at: _heading_row(line, tokens)}
    if years == len(tokens):
        yield _Heads(rows, (years,), years + 1, at + 1)
    elif _NAMED_UNIT.fullmatch(tokens[1].text):
        yield _Heads(rows, (len(tokens) - 2,), len(tokens), at + 1)
    else:
        yield _Heads(rows, (len(tokens) - 1,), len(tokens), at + 1)


def _heading_tokens(line: str) -> list[_Token] | None:
    """The headings that blanks part; None where a line is none of headings.

    Characters that stand apart (项 目) and an English name belong to the word before them, a bracket too unless the
    line begins with one.
    """
    if (
        " " not in line
        or len(line) > _LONGEST
        or "|" in line
        or "\t" in line
        or SENTENCE.search(line)
        or _COMMA.search(line)
        or is_english(line)
    ):
        return None
    out: list[_Token] = []
    brackets = _UNIT.match(line) is not None
    torn = False  # is the last field of single characters?
    for token in _tokens(line):
        single = len(token.text) == 1 and "㐀" <= token.text <= "鿿"
        english = _WORD.fullmatch(token.text) is not None and not token.text.startswith(("#", "＃"))
        bracket = token.text.startswith(("(", "（")) and not brackets
        if out and (english or bracket or (single and torn and out[-1].text not in ("项目", "指标", "名称"))):
            out[-1] = _Token(out[-1].start, token.end, out[-1].text + ("" if english else token.text))
        else:
            out.append(token)
        torn = single
    if any(BARE.fullmatch(t.text) and not YEAR.fullmatch(t.text) for t in out):
        return None
    if not all(_HEAD_END.search(t.text) or _PARTS.match(t.text) for t in out):
        return None
    return out or None


def _heading_row(line: str, tokens: Sequence[_Token]) -> Row:
    gaps = {_blank(line, token) for token in tokens if token.start}
    held = {_blank(line, token) for token in _tokens(line) if token.start}
    return Row(frozenset(gaps), frozenset(held - gaps))


def is_english(line: str) -> bool:
    """Is a line of Latin words, with no number at its end?"""
    return _ENGLISH.fullmatch(line) is not None and BARE.fullmatch(line.rsplit(" ", 1)[-1]) is None


def _tokens(line: str) -> list[_Token]:
    return [_Token(m.start(), m.end(), m[0]) for m in re.finditer(r"[^ \u3000]+", line)]


def _blank(line: str, token: _Token) -> int:
    """Where the blanks before a token begin."""
    return len(line[: token.start].rstrip(" \u3000"))
