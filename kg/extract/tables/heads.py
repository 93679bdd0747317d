"""The headings of a stacked table: which of the words before its first figures head its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from kg.extract.tables.columns import fitted, period, spanned
from kg.extract.tables.grid import Looks, Piece, is_cell, is_corner, is_number, is_year
from kg.extract.tables.units import split

Headings = tuple[Piece | None, ...]

_INSTITUTION = re.compile(r"医院|机构|科室|单位$|社区|村")
_UNIT = re.compile(r"(?:计量|计算|数据|统计)?单位")
SERIAL = ("序号", "编号", "顺位", "位次", "序")
YEARLY = ("年份", "年度", "年", "时间", "时期")
_CAPTION = re.compile(
    r"(?:续|附)?(?:表|附件|附表|专栏|图)[\d一二三四五六七八九十]*(?:[-—.]\d+)*|.*(?:情况|统计)?表$|.*单位[:：]|\d+-\d+|.*(?:情况|统计|一览)$"
)


def find_corner(tokens: Sequence[Piece], looks: Looks) -> int | None:
    """The cell that heads the labels: the last known one with headings after it, the first of several in a row.

    Such words name rows too (医院), and then no heading follows.
    """
    stop = next((i for i, t in enumerate(tokens) if is_number(t.text) and not is_year(t.text)), len(tokens))
    known = [i for i in range(stop - 2) if is_corner(tokens[i].text)]
    headed = [
        i
        for i in known
        if looks(tokens[i + 1].text) or is_corner(tokens[i + 1].text) or is_year(tokens[i + 1].text)
    ]
    named = [i for i in known if not _INSTITUTION.search(tokens[i].text)]
    for i in reversed(headed or named or known):
        while i and is_corner(tokens[i - 1].text):
            i -= 1  # noqa: PLW2901
        return i
    return None


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table: ``labels`` columns of labels, those of the figures, and columns of words at the right.

    ``leading`` is how many labels the first row has, ``caption`` the lines over the headings; ``plain`` where each
    heading was a cell, below a known corner, and looks like a heading of figures.
    """

    cells: Headings
    labels: int
    leading: int
    caption: tuple[Piece, ...] = ()
    plain: bool = False


def find_header(
    first: tuple[Piece, ...], corner: int | None, width: int, words: int, looks: Looks, *, unlike: bool
) -> Header | None:
    """The headings among the words before the first figures of rows with ``width`` figures.

    Where the words between two rows are more than a row's labels, the rest are columns of words at the right.
    ``unlike`` tells that the other rows' labels do not look like headings.
    """
    if corner is not None:
        header = _cornered(first[corner:], width, words, looks)
        return replace(header, caption=first[:corner]) if header else None
    until = max((i + 1 for i, p in enumerate(first[:-width]) if _CAPTION.match(p.text)), default=0)
    caption, bare = first[:until], first[until:]
    seen = [looks(p.text) for p in bare]
    if (
        (len(bare) == width or unlike) and len(bare) >= width > 1 and all(seen[-width:])
    ):  # a first row without a label
        return Header((None, *bare[-width:]), 1, 0, (*caption, *bare[:-width]))
    for labels in range(words, 0, -1):
        at = len(bare) - width - labels
        if at < 0 or width == 1:
            continue
        if all(seen[at : at + width]) or (at == 1 and any(seen[at : at + width])):
            heads, above = _under(bare[:at], bare[at : at + width], looks)
            if above and _has_unit(above[-1]) and any(_has_unit(p) for p in heads):
                continue  # a heading that no column is left for
            return Header((*([None] * labels), *heads), labels, labels, (*caption, *above))
    return None


def _has_unit(piece: Piece) -> bool:
    return split(piece.text)[1] is not None


def _under(
    above: tuple[Piece, ...], lower: tuple[Piece, ...], looks: Looks
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Headings without a corner, with the upper ones that end ``above`` if these span them; and the lines above all."""
    for extra in range(len(above), 0, -1):
        upper = above[-extra:]
        heads = spanned((*upper, *lower), len(lower)) if all(looks(p.text) for p in upper) else None
        if heads is not None:
            return heads, above[:-extra]
    return lower, above


def _cornered(named: Sequence[Piece], width: int, words: int, looks: Looks) -> Header | None:
    """The headings from the corner on."""
    united = len(named) > 1 and _UNIT.fullmatch(named[1].text) is not None
    choices = (2,) if united else tuple(range(words, 0, -1))
    for labels in choices:
        heads = named[labels : len(named) - labels]
        if len(heads) == width + max(0, words - labels):
            plain = all(looks(p.text) for p in heads)
            return Header((*named[:labels], *heads), labels, labels, plain=plain)
    for labels in choices:
        heads = named[labels : len(named) - labels]
        fitting = fitted(heads, width + max(0, words - labels), looks)
        if fitting is not None:
            return Header((*named[:labels], *fitting), labels, labels)
        if period([p.text for p in (*named[:labels], *heads)]) == labels + width:  # parts side by side
            return Header(tuple(named[: labels + width]), labels, labels)
    for labels in choices:  # headings of sections, rows without figures, or a first row that lacks its unit
        columns, rest = named[labels : labels + width], named[labels + width :]
        if len(columns) < width or not rest or not all(looks(p.text) for p in columns):
            continue
        if len(rest) <= labels + 1 or not looks(rest[0].text):
            return Header(tuple(named[: labels + width]), labels, min(len(rest), labels))
    return None


def serial_rows(
    tokens: Sequence[Piece], corner: int, looks: Looks, *, section: re.Pattern[str]
) -> tuple[Headings, list[tuple[Piece, ...]]] | None:
    """Headings and rows of a table whose first column holds numbers too: serial numbers or years, one after the other."""
    stop = next((i for i in range(corner, len(tokens)) if is_cell(tokens[i].text)), len(tokens))
    heads, body = tokens[corner:stop], [t for t in tokens[stop:] if not section.match(t.text)]
    named = sum(1 for _ in takewhile(lambda t: is_corner(t.text), heads))
    for width in range(2, len(heads) + 1):
        firsts = [t.text for t in body[::width]]
        rows = [tuple(body[i : i + width]) for i in range(0, len(body) - width + 1, width)]
        if len(rows) < 2 or not _counts(firsts[: len(rows)], serial=heads[0].text in SERIAL):
            continue
        header = fitted(heads[named:], width - named, looks) if named < width else None
        if header is not None:
            return (*heads[:named], *header), rows
    return None


def _counts(texts: Sequence[str], *, serial: bool) -> bool:
    """Do cells count up from one, or are they years in order?"""
    if serial:
        return all(text == str(i + 1) for i, text in enumerate(texts))
    if not all(is_year(text) for text in texts):
        return False
    steps = {int(b) - int(a) for a, b in pairwise(texts)}
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)
