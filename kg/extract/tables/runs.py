"""Where stacked tables may stand: runs of short lines, one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.tables.columns import joined
from kg.extract.tables.grid import Looks, Piece, is_cell, is_corner, is_note, is_number, is_year
from kg.extract.tables.units import parse

_LONGEST = 60
_LONGEST_LABEL = 100
_LONGEST_REMARK = 200
_NOTED = ("备注", "说明")
_PROSE = re.compile(r"[。！？；]|(?<!^其中)[:：，；]$|^[^（]*，")
_PART = re.compile(r"(?:#|其中)[:：]?")
_SENTENCE = re.compile(r"[。！？；]")
SECTION = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(?!\d)")
"""A heading inside a table, or a label with its number."""
_ASIDE = re.compile(r"(?:（[^（）]{1,12}）)+")
_OPEN_BRACKET = re.compile(r"（(?P<inside>[^（）]*)$")
_LATIN = re.compile(r"[A-Za-z][A-Za-z\d\s()（）/,.&%'-]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MONTHS = re.compile(r"(?:\d{1,2}[-—~～至])?\d{1,2}月?")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d年?")


@dataclass(frozen=True, slots=True)
class Run:
    """The cells of neighbouring lines, and the line above them."""

    cells: tuple[Piece, ...]
    above: tuple[Piece, ...]


def find_runs(lines: Sequence[Piece], looks: Looks) -> Iterator[Run]:
    """The runs of lines that can be cells, in order, with lines of several headings above them."""
    at = 0
    while at < len(lines):
        if not _fits(lines, at):
            at += 1
            continue
        stop = at
        while stop < len(lines) and (_fits(lines, stop) or _is_remark(lines, stop)):
            stop += 1
        first = at
        cells = list(lines[at:stop])
        while first and (row := _headings(lines[first - 1], looks)):
            cells, first = [*row, *cells], first - 1
        above = tuple(
            line
            for line in lines[max(0, first - 1) : first]
            if len(line.text) <= _LONGEST and "\t" not in line.text
        )
        yield Run(tuple(_tokens(cells)), above)
        at = stop + 1


def _fits(lines: Sequence[Piece], at: int) -> bool:
    """Can a line be a cell: short, no sentence, no note? Right before a figure it may be a longer label."""
    text = lines[at].text
    if text in _NOTED:  # a heading, where a row follows
        return any(is_number(line.text) for line in lines[at + 2 : at + 4])
    if not text or "\t" in text or len(text) > _LONGEST_LABEL or is_note(text):
        return False
    if is_cell(text) or (len(text) <= _LONGEST and not _PROSE.search(text)):
        return True
    labels = at + 1 < len(lines) and is_cell(lines[at + 1].text)
    return (
        labels and _SENTENCE.search(text) is None and (len(text) <= _LONGEST // 2 or not _PROSE.search(text))
    )


def _is_remark(lines: Sequence[Piece], at: int) -> bool:
    """Is a line a cell of running words between the figures of one row and the label of the next?"""
    text = lines[at].text
    if (
        not text
        or "\t" in text
        or len(text) > _LONGEST_REMARK
        or is_note(text)
        or at < 3
        or at + 3 > len(lines)
    ):
        return False
    before = is_cell(lines[at - 1].text) and any(is_number(line.text) for line in lines[at - 3 : at])
    after = next((i for i, line in enumerate(lines[at + 1 : at + 4]) if is_cell(line.text)), None)
    return before and after is not None and all(_fits(lines, i) for i in range(at + 1, at + 2 + after))


def _headings(line: Piece, looks: Looks) -> list[Piece]:
    """The cells of a line of headings over stacked rows; empty where the line is none."""
    out, at = list[Piece](), line.start
    for part in line.text.split("\t"):
        out.append(Piece(at, at + len(part), part))
        at += len(part) + 1
    fitting = len(out) > 1 and all(looks(p.text) or is_corner(p.text) for p in out)
    return out if fitting else []


def _tokens(lines: Sequence[Piece]) -> list[Piece]:
    """Cells; a bracket or an English name on its own line belongs to the line before it, months to their year."""
    out: list[Piece] = []
    for i, line in enumerate(lines):
        before = out[-1] if out else None
        if before is None:
            out.append(line)
        elif _PART.fullmatch(before.text) and not is_cell(line.text):
            out[-1] = joined((before, line))
        elif is_year(before.text) and _MONTHS.fullmatch(line.text) and _is_dated(lines, i):
            out[-1] = Piece(before.start, line.end, f"{before.text}年{line.text.removesuffix('月')}月")
        elif is_cell(before.text):
            out.append(line)
        elif _LATIN.fullmatch(line.text) and _HAN.search(before.text):
            out[-1] = Piece(before.start, line.end, f"{before.text} {line.text}")
        elif _is_open(before.text) or (_is_aside(line.text) and not _are_listed(lines, i)):
            out[-1] = joined((before, line))
        else:
            out.append(line)
    return out


def _is_dated(lines: Sequence[Piece], i: int) -> bool:
    """Are the months in a line one of several years with months, as headings have (2020 1-10 2021 1-10)?"""
    near = [lines[j].text for j in (i - 3, i - 2, i + 1, i + 2) if 0 <= j < len(lines)]
    return (
        any(_YEAR.fullmatch(a) and _MONTHS.fullmatch(b) for a, b in (near[:2], near[2:]) if a and b)
        if len(near) == 4
        else False
    )


def _is_open(text: str) -> bool:
    """Does a line end inside a bracket? One that is cut after its unit does not (增长（%)."""
    match = _OPEN_BRACKET.search(text)
    return match is not None and parse(match["inside"]) is None


def _is_aside(text: str) -> bool:
    return _ASIDE.fullmatch(text) is not None and SECTION.match(text) is None


def _are_listed(lines: Sequence[Piece], i: int) -> bool:
    """Is a line one of several units below several headings: （个） （张） （人）?"""
    first = last = i
    while first and _is_aside(lines[first - 1].text):
        first -= 1
    while last + 1 < len(lines) and _is_aside(lines[last + 1].text):
        last += 1
    return last > first and all(parse(line.text.strip("（）")) for line in lines[first : last + 1])
