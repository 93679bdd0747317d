"""Word lists of the extraction grammar, loaded once, as alternations for patterns (longest first)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.tag import boundaries
from kg.tag.lexicon import lines


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of ``seeds/vocabulary/NAME.txt``, comments aside, longest first."""
    return tuple(sorted(set(lines(f"{name}.txt")), key=lambda w: (-len(w), w)))


@cache
def alternation(name: str) -> str:
    """The entries as one regular-expression alternation."""
    return "|".join(re.escape(w) for w in words(name))


@lru_cache(maxsize=1 << 15)
def cut(text: str) -> tuple[str, ...]:
    """The words of a short phrase; phrases come back often, so they are kept."""
    return tuple(boundaries.words(text))
