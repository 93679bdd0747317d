"""How a clean text divides: paragraphs, sentences, clauses, and each figure's place in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kg.model import Quantity

_SENTENCE_END = re.compile(r"[。！？!?\n]|；(?=\n)")
_CLAUSE_END = re.compile(r"[，。；：！？!?\n（）]")
_BRACKET = re.compile(r"[（）\n]")
_ASIDE = re.compile(r"（[^（）\d\n]{1,6}）")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and the stretches of text around it, all as clean offsets.

    ``left`` starts where the clause does or where the figure before it ends; ``right`` ends at the clause's end or at
    the figure after it. ``first``/``last`` tell whether it is the first or last figure of its clause.
    """

    quantity: Quantity
    paragraph: tuple[int, int]
    sentence: tuple[int, int]
    clause: tuple[int, int]
    left: tuple[int, int]
    right: tuple[int, int]
    first: bool
    last: bool


class Layout:
    """The divisions of a text; look-ups by offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._paragraphs = _cuts(text, re.compile(r"\n"))
        self._sentences = _cuts(text, _SENTENCE_END)
        # a short bracket without a figure is part of a name: 执业（助理）医师
        joined = _ASIDE.sub(lambda m: "_" * len(m[0]), text)
        self._clauses = _cuts(joined, _CLAUSE_END)
        self._brackets = _brackets(text)

    def paragraph(self, at: int) -> tuple[int, int]:
        """The line around an offset, without its line end."""
        return self._around(self._paragraphs, at)

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around an offset, its closing mark included."""
        start, end = self._around(self._sentences, at)
        return start, end + 1 if self.text[end : end + 1] not in ("", "\n") else end

    def clause(self, at: int) -> tuple[int, int]:
        """The clause around an offset, between marks."""
        return self._around(self._clauses, at)

    def clause_before(self, at: int) -> tuple[int, int] | None:
        """The clause before the one that starts at ``at``, in the same line."""
        if at <= 0 or self.text[at - 1] == "\n":
            return None
        return self.clause(at - 1) if self.text[at - 1 : at] else None

    def brackets(self, at: int) -> tuple[int, ...]:
        """Where the brackets around an offset open, the outermost first."""
        i, line = bisect_left(self._brackets, (at, 0)), self.paragraph(at)[0]
        found = list[int]()
        while i > 0 and self._brackets[i - 1][0] >= line:
            i -= 1
            if self._brackets[i][1] > at:
                found.append(self._brackets[i][0])
        return tuple(reversed(found))

    def paragraphs(self) -> list[tuple[int, int]]:
        """All lines, without their line ends."""
        return list(
            zip(self._paragraphs, [*(c - 1 for c in self._paragraphs[1:]), len(self.text)], strict=True)
        )

    def _around(self, cuts: list[int], at: int) -> tuple[int, int]:
        i = bisect_right(cuts, at) - 1
        return cuts[i], cuts[i + 1] - 1 if i + 1 < len(cuts) else len(self.text)

    def figures(self, quantities: tuple[Quantity, ...]) -> list[Figure]:
        """Each quantity with its surroundings, in order."""
        out: list[Figure] = []
        for i, q in enumerate(quantities):
            clause = self.clause(q.start)
            before = quantities[i - 1].end if i and quantities[i - 1].end > clause[0] else None
            after = (
                quantities[i + 1].start
                if i + 1 < len(quantities) and quantities[i + 1].start < clause[1]
                else None
            )
            out.append(
                Figure(
                    quantity=q,
                    paragraph=self.paragraph(q.start),
                    sentence=(self.sentence(q.start)[0], max(self.sentence(q.start)[1], q.end)),
                    clause=clause,
                    left=(clause[0] if before is None else before, q.start),
                    right=(q.end, max(q.end, clause[1]) if after is None else after),
                    first=before is None,
                    last=after is None,
                )
            )
        return out


def _brackets(text: str) -> list[tuple[int, int]]:
    """Every bracket that closes in the line it opens in, by where it opens."""
    found, opened = [], list[int]()
    for match in _BRACKET.finditer(text):
        if match[0] == "（":
            opened.append(match.start())
        elif match[0] == "\n":
            opened.clear()
        elif opened:
            found.append((opened.pop(), match.start()))
    return sorted(found)


def _cuts(text: str, pattern: re.Pattern[str]) -> list[int]:
    """Where each division starts."""
    return [0, *(m.end() for m in pattern.finditer(text))]
