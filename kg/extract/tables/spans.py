"""Headings of two lines whose reach is told by how many there are: units below names, and parts below a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.tables.columns import bracketed, spread
from kg.extract.tables.grid import Piece
from kg.extract.tables.levels import under
from kg.extract.tables.units import parse

_SUM = re.compile(r"[合小总共]计")
_PART = re.compile(r"[#＃]")
_PARTS = re.compile(r"(?:合计|总计|总数|其)中[:：]?(?=[A-Za-z\s]|$)")


def paired(upper: Sequence[Piece], lower: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """A corner and one heading a column where the lower line has a unit for each upper heading and parts (#门急诊).

    A part has its own column right of its whole.
    """
    units = [piece for piece in lower if not _PART.match(piece.text)]
    if len(units) != len(upper) - 1 or not units or _PART.match(lower[0].text):
        return None
    if not all(parse(piece.text.strip("（）")) for piece in units):
        return None
    names = iter(upper[1:])
    heads = [
        piece
        if _PART.match(piece.text)
        else replace(name := next(names), text=bracketed(name.text, piece.text))
        for piece in lower
    ]
    return (upper[0], *heads)


def summed(upper: Sequence[Piece], sums: Sequence[Piece], parts: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """A corner and one heading a column where each upper heading has its sum (合计) and as many parts (#) as the others."""
    whole = sums[1:]
    if not whole or len(whole) != len(upper) or len(parts) % len(upper):
        return None
    if not all(_SUM.fullmatch(p.text) for p in whole) or not all(_PART.match(p.text) for p in parts):
        return None
    size = len(parts) // len(upper)
    columns = [[head, *parts[i * size : (i + 1) * size]] for i, head in enumerate(upper)]
    return (sums[0], *(piece for column in columns for piece in column))


def spanning(upper: Sequence[Piece], lower: Sequence[Piece], width: int) -> tuple[Piece | None, ...] | None:
    """One heading for each of ``width`` columns where upper ones that span nothing leave their place below empty.

    None where more than one reading is left.
    """
    missing = width - len(lower)  # columns that only an upper heading has
    if not 0 < missing < width or len(upper) < 2:
        return None
    found = []
    if _PARTS.match(upper[-1].text):
        whole: list[Piece | None] = [*upper[:-1]]
        if len(whole) == missing - 1:
            whole.insert(0, None)
        if len(whole) == missing:
            found.append((*whole, *lower))
    elif len(upper) - missing >= 2 and missing <= 2:
        over = upper[missing:]
        heads = spread(over, lower)
        if heads is not None:
            size = len(lower) // len(over)
            heads = tuple(
                replace(cell, text=under(over[i // size].text, cell.text)) for i, cell in enumerate(lower)
            )
            found.append((*upper[:missing], *heads))
    return found[0] if len(found) == 1 else None


def is_parted(upper: Sequence[Piece]) -> bool:
    """Does a line of headings end with one that its parts stand below (其中：)?"""
    return len(upper) > 1 and _PARTS.match(upper[-1].text) is not None
