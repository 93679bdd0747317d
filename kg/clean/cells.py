"""Text that knows its source: the one structure every step of cleaning edits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""``(start, end, new)``: put ``new``, at most one character, in place of ``text[start:end]``."""


@dataclass(frozen=True, slots=True)
class Cells:
    """``text`` and, for each character, the source characters ``starts[i]`` to ``ends[i]`` it stands for.

    Always ``starts[i] < ends[i] <= starts[i + 1]``.
    """

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, source: str) -> Cells:
        """Each character its own cell."""
        return cls(source, list(range(len(source))), list(range(1, len(source) + 1)))

    def edited(self, edits: Iterable[Edit], *, sticks: bool = False) -> Cells:
        """With ``edits`` made; they are in order and do not overlap.

        A new character's cell covers all it replaces. With ``sticks`` what is deleted joins the cell before it,
        otherwise it belongs to no cell.
        """
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, new in edits:
            parts.append(self.text[at:start])
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            if new:
                parts.append(new)
                starts.append(self.starts[start])
                ends.append(self.ends[end - 1])
            elif sticks and ends:
                ends[-1] = self.ends[end - 1]
            at = end
        if not at:
            return self
        parts.append(self.text[at:])
        return Cells("".join(parts), starts + self.starts[at:], ends + self.ends[at:])

    def deleted(self, pattern: re.Pattern[str], *, sticks: bool = False) -> Cells:
        """Without what ``pattern`` finds."""
        return self.edited([(*m.span(), "") for m in pattern.finditer(self.text)], sticks=sticks)

    def replaced(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str | None]) -> Cells:
        """With ``new(match)``, at most one character, for what ``pattern`` finds; None leaves it."""
        edits = ((m, new(m)) for m in pattern.finditer(self.text))
        return self.edited([(*m.span(), c) for m, c in edits if c is not None])

    def substituted(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> Cells:
        """With ``pattern.sub(new, text)``, which must keep the length."""
        return self.rewritten(pattern.sub(new, self.text))

    def translated(self, table: Mapping[int, str]) -> Cells:
        """With ``text.translate(table)``, which must keep the length."""
        return self.rewritten(self.text.translate(table))

    def rewritten(self, text: str) -> Cells:
        """With another text of the same length."""
        if len(text) != len(self.text):
            raise ValueError(f"a rewriting step changed the length from {len(self.text)} to {len(text)}")
        return Cells(text, self.starts, self.ends)
