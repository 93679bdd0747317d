"""The fixed width at which the lines of a page were broken, where there is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum


class Fill(IntEnum):
    """How far a line fills its page."""

    SHORT = 0
    LONG = 1
    FULL = 2


_LEAST_LINES = 6
_LEAST_FULL = 4
_SHARE = 0.4  # of the long lines that must be full
_LONG = 12  # characters
_NEARLY = 0.8
# Lowest and highest width and by how much a full line may fall short: in characters, in columns (Chinese has two).
_CHARACTERS = (15, 60, 1)
_COLUMNS = (30, 120, 2)


def fills(prose: Sequence[bool], printed: Sequence[str], source: Sequence[str]) -> list[Fill] | None:
    """How far each line fills the page, or None where lines were not broken at a width.

    ``printed`` are the lines without noise, ``source`` with it (readings in brackets may count or not); only
    ``prose`` lines, not rows of tables, show the width.
    """
    best: tuple[float, int, int, list[int]] | None = None
    for sizes, bare, (lowest, highest, slack) in (
        ([len(line) for line in printed], [len(line.replace(" ", "")) for line in printed], _CHARACTERS),
        (
            [_columns(line) for line in printed],
            [_columns(line.replace(" ", "")) for line in printed],
            _COLUMNS,
        ),
        ([len(line) for line in source], [len(line.replace(" ", "")) for line in source], _CHARACTERS),
    ):
        long = [
            n for n, line, counts in zip(bare, printed, prose, strict=True) if counts and len(line) >= _LONG
        ]
        share, size = _most_frequent(long, lowest, highest, slack)
        if share >= _SHARE and (best is None or share > best[0]):
            best = (share, size, slack, sizes)
    if best is None:
        return None
    _, size, slack, sizes = best
    return [Fill((n >= size - slack) + (n >= _NEARLY * size)) for n in sizes]


def _most_frequent(sizes: Sequence[int], lowest: int, highest: int, slack: int) -> tuple[float, int]:
    """The size that most lines have, hardly any exceeds, and the share that has it; (0, 0) if there is none."""
    if len(sizes) < _LEAST_LINES:
        return 0.0, 0
    counts = Counter(sizes)
    best = (0.0, 0)
    for size in counts:
        near = sum(counts[size - short] for short in range(slack + 1))
        above = sum(n for other, n in counts.items() if other > size + 4)
        if lowest <= size <= highest and near >= _LEAST_FULL and above <= 0.15 * len(sizes):
            best = max(best, (near / len(sizes), size))
    return best


def _columns(text: str) -> int:
    return len(text) + sum(c > "\u2e80" for c in text)
