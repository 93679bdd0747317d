"""What the two sides of a grid say: the headings of its columns and the labels of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract import scope
from kg.extract.entities import NATION, place_entity
from kg.extract.period import Anchor
from kg.extract.tables.captions import Caption
from kg.extract.tables.grid import Grid, Piece, is_area_corner, is_cell
from kg.extract.tables.headings import Heading, narrowed_headings, read_heading
from kg.extract.tables.labels import Label, is_area, read_label, torn_division
from kg.extract.tables.units import parse
from kg.extract.tables.wording import is_class, is_modifier, of_class, side_of, without_sum
from kg.model import Entity, Mention, Scope


@dataclass(frozen=True, slots=True)
class Axes:
    """One heading and one subject a column, one label a row; ``unit`` is the column that prints each row's unit."""

    headings: tuple[Heading, ...]
    subjects: tuple[Entity | None, ...]
    labels: tuple[Label | None, ...]
    unit: int | None


def read_axes(grid: Grid, caption: Caption, own: Scope, anchor: Anchor, mentions: Sequence[Mention]) -> Axes:
    """What headings and labels say in a report with scope ``own``; ``mentions`` are the names inside the table."""
    reader = _Reader(grid, own, anchor, mentions)
    headings = _headings(grid, caption, anchor)
    unit = next((i for i, heading in enumerate(headings) if heading.role == "unit"), None)
    words = [i for i in range(grid.labels) if i != unit and not _is_serial(grid, i)]
    named = [
        i for i in words if headings[i].role != "words" or grid.header[i] is None
    ] or words  # not 责任单位
    labels = reader.labels(named[-1] if named else 0, named[0] if len(named) > 1 else None)
    subjects = tuple(reader.subject(i, heading) for i, heading in enumerate(headings))
    return Axes(tuple(headings), subjects, tuple(labels), unit)


def _headings(grid: Grid, caption: Caption, anchor: Anchor) -> list[Heading]:
    if any(grid.header[grid.labels :]):
        out = [read_heading(piece.text, anchor) if piece else Heading("words") for piece in grid.header]
        out = narrowed_headings(out)
    else:
        told = caption.told(len(grid.header) - grid.labels, anchor)
        out = [Heading("words")] * grid.labels + [*told]
    for i in range(1, len(grid.header)):
        texts = [cell.text for row in grid.rows if (cell := row.cells[i])]
        if texts and all(parse(text) for text in texts):
            out[i] = Heading("unit")
    return out


def _is_serial(grid: Grid, column: int) -> bool:
    """Is a column of labels only serial numbers?"""
    texts = [cell.text for row in grid.rows if (cell := row.cells[column])]
    return grid.labels > 1 and bool(texts) and all(is_cell(text) for text in texts)


def _below_sums(labels: Sequence[Label | None]) -> list[Label | None]:
    """Labels of rows that only tell apart (部属, 省属), with the kind of institutions that the sum above them names.

    Below the sum of men or of the countryside (男性十种死因合计) all rows are of these.
    """
    out: list[Label | None] = []
    group = side = ""
    for label in labels:
        if label is not None and label.noun:
            bare = without_sum(label.noun)
            if bare != label.noun:
                side = side_of(label.noun)
            elif side and not label.group:
                out.append(replace(label, group=side))
                continue
            if bare != label.noun and is_class(bare):
                group = bare
            elif not is_modifier(label.noun):
                group = ""
            elif group and not label.group:
                out.append(replace(label, group=group))
                continue
        out.append(label)
    return out


_ENGLISH = re.compile(r"(?<=[\u4e00-\u9fff）、])\s*[A-Za-z](?=[^\u4e00-\u9fff]*[a-z]{3})[^\u4e00-\u9fff\d]*$")
_IN_LATIN = re.compile(r"(?<=[\u4e00-\u9fff）、])\s*[A-Za-z][^\u4e00-\u9fff\d]*$")
_AREA_WORD = re.compile(r"全[国省市县区州旗]|本[省市县区州]")


@dataclass(frozen=True, slots=True)
class _Reader:
    grid: Grid
    own: Scope
    anchor: Anchor
    mentions: Sequence[Mention]

    def _read(self, piece: Piece, text: str = "") -> Label:
        inside = [m for m in self.mentions if piece.start <= m.start and m.end <= piece.end]
        return read_label(text or piece.text, self.own, self.anchor, inside)

    def subject(self, column: int, heading: Heading) -> Entity | None:
        """Whose figures a column holds (三台县, 全省); None where they are the rows' own."""
        piece = self.grid.header[column]
        if piece is None or heading.role != "value":
            return None
        if piece.text == "全国":
            return NATION
        if not heading.noun and _AREA_WORD.fullmatch(piece.text):
            place = scope.area(piece.text, self.own)
            return place_entity(place) if place else None
        return self._read(piece, heading.noun).entity if heading.noun else None

    def labels(self, column: int, outer: int | None) -> list[Label | None]:
        """What a column of labels says, with the one before it (``outer``) if there are two."""
        pieces = [row.cells[column] for row in self.grid.rows]
        english = [bool(piece and _ENGLISH.search(piece.text)) for piece in pieces]
        if 2 * sum(english) > len(pieces):  # each label with its English name
            names = [_IN_LATIN.sub("", piece.text).strip() if piece else "" for piece in pieces]
        else:
            names = [_ENGLISH.sub("", piece.text).strip() if piece else "" for piece in pieces]
        out = [self._read(piece, name) if piece else None for piece, name in zip(pieces, names, strict=True)]
        if outer is not None:
            out = self._within(out, outer)
        out = self._in_blocks(out)
        known = [label for label in out if label is not None]
        placed = sum(label.entity is not None and label.entity.label == "PLACE" for label in known)
        torn = sum(bool(label.noun) and torn_division(label.noun, self.own) is not None for label in known)
        areas = sum(label.entity is None and is_area(label.noun) for label in known)
        others = areas + sum(label.entity is None and (label.total or label.partial) for label in known)
        head = self.grid.header[column]
        headed = head is not None and is_area_corner(head.text)
        if (placed or (areas > 1 and headed)) and placed + torn + others >= max(2, len(out) / 2):
            out = [self._as_area(label) for label in out]
            if (
                out[0] is None and len(out) > 1 and out[1] is not None
            ):  # the first of rows of areas is their total
                out[0] = Label(total=True)
        return out

    def _within(self, labels: Sequence[Label | None], column: int) -> list[Label | None]:
        """Labels with what the column of labels before theirs says, which may be printed once for several rows."""
        out: list[Label | None] = []
        outer: Label | None = None
        for row, label in zip(self.grid.rows, labels, strict=True):
            piece = row.cells[column]
            if piece is not None:
                outer = self._read(piece)
            if label is None or outer is None or label.entity or label.period:
                out.append(label)
            elif outer.entity or outer.period:
                out.append(replace(label, entity=outer.entity, period=outer.period))
            else:
                out.append(replace(label, noun=of_class(label.noun, outer.noun)))
        return out

    def _in_blocks(self, labels: Sequence[Label | None]) -> list[Label | None]:
        """Labels of rows below the name of a place or an organisation, which then is whose they are."""
        above = self.grid.caption[-1] if self.grid.caption else None
        owner = self._read(above).entity if above else None
        out: list[Label | None] = []
        for row, printed in zip(self.grid.rows, labels, strict=True):
            label = printed
            section = self._read(row.section) if row.section else None
            owner = (section.entity if section else None) or owner
            if label is not None and label.noun and label.entity is None:
                group = section.noun if section and (is_class(section.noun) or side_of(section.noun)) else ""
                label = replace(label, entity=owner, group=group)
            out.append(label)
        return _below_sums(out)

    def _as_area(self, label: Label | None) -> Label | None:
        """Among rows that are divisions, a torn or unlisted name is one too."""
        if label is None or not label.noun or label.partial:
            return label
        torn = torn_division(label.noun, self.own)
        if torn is not None:
            return replace(label, noun="", entity=place_entity(torn))
        if is_area(label.noun):
            return replace(label, noun="", entity=Entity(label.noun, "PLACE"))
        return label
