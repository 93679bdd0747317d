"""Headings to columns: headings over two lines, headings over others, and tables whose halves stand side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.tables.grid import Looks, Piece, Row, is_year
from kg.extract.tables.units import parse, split
from kg.extract.tables.wording import side_of

Heads = tuple[Piece | None, ...]


def fitted(pieces: Sequence[Piece], count: int, looks: Looks) -> tuple[Piece, ...] | None:
    """``pieces`` as the headings of ``count`` columns: as they are, upper and lower ones, or with torn ones put together."""
    if len(pieces) == count:
        return tuple(pieces)
    if len(pieces) < count or count < 1:
        return None
    names, below = pieces[:count], pieces[count:]
    if len(below) == count and all(
        parse(piece.text.strip("（）")) for piece in below
    ):  # their units, one after the other
        return tuple(
            replace(name, text=bracketed(name.text, unit.text))
            for name, unit in zip(names, below, strict=True)
        )
    return spanned(pieces, count) or _mended(pieces, count, looks)


def bracketed(name: str, below: str) -> str:
    """A heading with what stands below it; a unit in brackets."""
    unit = below.strip("（）")
    return f"{name}（{unit}）" if parse(unit) else name + below


def spanned(pieces: Sequence[Piece], count: int) -> tuple[Piece, ...] | None:
    """Upper headings and after them the lower ones, as those of ``count`` columns.

    The lower ones repeat under each upper one; changes, shares and ranks have none below them.
    """
    for upper in range(2, len(pieces)):
        heads, lower = pieces[:upper], pieces[upper:]
        over = [piece for piece in heads if not _ALONE.search(piece.text)]
        if len(lower) + upper - len(over) != count:
            continue
        whole = spread(over, lower) if len(over) > 1 else None
        if whole is None:
            continue
        size, out, at = len(lower) // len(over), list[Piece](), 0
        for piece in heads:
            if piece in over:
                out += whole[at : at + size]
                at += size
            else:
                out.append(piece)
        return tuple(out)
    return None


_ALONE = re.compile(r"增长|增减|增幅|增速|升降|变化|同比|环比|占比|比重|构成|排名|位次")


def spread(upper: Sequence[Piece], lower: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Lower headings with the upper one each stands under, where the lower ones repeat under each upper one."""
    if len(upper) < 2 or len(lower) % len(upper):
        return None
    size = len(lower) // len(upper)
    if size < 2 or any(lower[i].text != lower[i % size].text for i in range(len(lower))):
        return None
    return tuple(replace(cell, text=upper[i // size].text + cell.text) for i, cell in enumerate(lower))


_UNIT_END = re.compile(r"[）)\]】%‰]$")


def _mended(pieces: Sequence[Piece], count: int, looks: Looks) -> tuple[Piece, ...] | None:
    """Headings that were broken over lines: all end with a unit, or the first part of one is no heading alone."""
    ends = [
        i
        for i, piece in enumerate(pieces)
        if split(piece.text)[1] is not None or _UNIT_END.search(piece.text)
    ]
    if len(ends) == count and ends[-1] == len(pieces) - 1:
        starts = [0, *(end + 1 for end in ends[:-1])]
        return tuple(joined(pieces[a : b + 1]) for a, b in zip(starts, ends, strict=True))
    out: list[Piece] = []
    at = 0
    while at < len(pieces):
        here, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        if (
            after is not None
            and not looks(here.text)
            and not is_year(here.text)
            and looks(here.text + after.text)
        ):
            here, at = joined((here, after)), at + 1
        out.append(here)
        at += 1
    return tuple(out) if len(out) == count else None


_OPEN = re.compile(r"[（、及与和的/]$|^每[^数率]*$|（[^）]*$")
_ASIDE_END = re.compile(r"（[^（）]{1,4}）$")
_DANGLING = re.compile(
    r"(?:人员|人口|管理|覆盖|使用|接种|签约|检查|报告|筛查|检测|死亡|发病|达标|合格|控制|治愈|完成|建档|随访|体检|规范管理|卫生机构|技术人员)?"
    r"(?:总?数|率|量|比例|比重|占比|人数|人次数?|费用|支出|收入|面积)|医师数?|护士数?|（.*"
)


def wraps(first: str, second: str) -> bool:
    """Are two lines over figures the two halves of one label: an open end, or a second half that needs a first?"""
    noun, measure = split(first)
    if measure is not None or noun.endswith(("：", ":")):
        return False
    return (
        _OPEN.search(first) is not None
        or _ASIDE_END.search(first) is not None
        or _DANGLING.fullmatch(split(second)[0]) is not None
    )


def joined(pieces: Sequence[Piece]) -> Piece:
    """Pieces that are parts of one cell."""
    return Piece(pieces[0].start, pieces[-1].end, "".join(piece.text for piece in pieces))


def period(texts: Sequence[str]) -> int:
    """After how many headings all repeat (指标 数值 指标 数值 gives 2); their number where they do not."""
    whole = len(texts)
    return next(
        (
            n
            for n in range(2, whole // 2 + 1)
            if whole % n == 0 and list(texts) == list(texts[:n]) * (whole // n)
        ),
        whole,
    )


def unfolded(header: Heads, rows: Sequence[Row]) -> tuple[Heads, tuple[Row, ...]]:
    """A table whose parts stand side by side, below the same headings, with its parts one below the other."""
    size = period([cell.text if cell else "" for cell in header])
    if size == len(header) or header[0] is None:
        return header, tuple(rows)
    halves = [
        [
            Row(part, row.section)
            for row in rows
            if (part := row.cells[at : at + size]) and part[0] is not None
        ]
        for at in range(0, len(header), size)
    ]
    return header[:size], tuple(_apart(halves))


def _apart(halves: Sequence[Sequence[Row]]) -> list[Row]:
    """The rows of parts that stood side by side, each part below the row that opens it where both have the same labels.

    Rows that are the same in several parts of which nothing tells which is whose are left out.
    """
    labels = [[row.cells[0].text for row in half if row.cells[0]] for half in halves]
    twice = {text for i, own in enumerate(labels) for text in own for other in labels[:i] if text in other}
    if not twice:
        return [row for half in halves for row in half]
    told = all(side_of(own[0]) for own in labels if own) and len({own[0] for own in labels if own}) == len(
        halves
    )
    out: list[Row] = []
    for half in halves:
        for i, row in enumerate(half):
            if told and i:
                out.append(replace(row, section=half[0].cells[0]))
            elif told or (row.cells[0] and row.cells[0].text not in twice):
                out.append(row)
    return out
