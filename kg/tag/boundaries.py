"""Where words begin and end: a name may not cut through them (市|中心医院 holds no 市中, 健康|保障 no 康保).

A unigram model over a list of common words finds the likeliest cut of the characters around a candidate, the candidate
itself competing as one word. docs/segmenter.md tells why no trained segmenter takes its place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from kg.tag.lexicon import forms, lines, risky_forms, rows

LONGEST = 4
WINDOW = 6
DOMAIN_COUNT = 3000
PLACE_COUNT = 1000
_HAN = ("\u4e00", "\u9fff")


@cache
def counts() -> Mapping[str, int]:
    """How often each common word occurs in the dictionary's corpus; words of our field count ``DOMAIN_COUNT``."""
    found = {row["word"]: int(row["count"]) for row in rows("words.csv")}
    for line in lines("words_domain.txt"):
        for word in line.split():
            found[word] = max(found.get(word, 0), DOMAIN_COUNT)
    return found


@cache
def _costs() -> tuple[Mapping[str, float], float]:
    total = math.log(sum(counts().values()))
    return {word: total - math.log(count) for word, count in counts().items()}, total


def is_word(text: str) -> bool:
    """Is this a common word (one character too)?"""
    return text in counts()


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """The window of Chinese characters around a span."""
    low, high = _HAN
    first, last = start, end
    while first > 0 and start - first < WINDOW and low <= text[first - 1] <= high:
        first -= 1
    while last < len(text) and last - end < WINDOW and low <= text[last] <= high:
        last += 1
    return first, last


def stands(text: str, start: int, end: int, count: int) -> bool:
    """Does the likeliest cut of the text around ``text[start:end]`` have a boundary at both its ends?

    ``count`` is how common the candidate is taken to be; the higher, the more it stands against other words.
    """
    first, last = _run(text, start, end)
    costs, total = _costs()
    size = last - first
    own = total - math.log(count)
    best = [0.0] + [math.inf] * size
    back = [0] * (size + 1)
    for i in range(size):
        here = best[i]
        for j in range(i + 1, min(i + LONGEST, size) + 1):
            word = text[first + i : first + j]
            cost = costs.get(word)
            if cost is None:
                if j > i + 1:
                    continue
                cost = total
            if here + cost < best[j]:
                best[j], back[j] = here + cost, i
        if first + i == start:
            j = end - first
            if here + own < best[j]:
                best[j], back[j] = here + own, i
    cuts, here_at = {size}, size
    while here_at:
        here_at = back[here_at]
        cuts.add(here_at)
    return start - first in cuts and end - first in cuts


@cache
def _costs_with_places() -> Mapping[str, float]:
    costs, total = _costs()
    merged = dict(costs)
    own = total - math.log(PLACE_COUNT)
    for surface, known in forms().items():
        if known[0].kind == "full" or (
            len(surface) <= LONGEST and surface not in risky_forms() and known[0].code.endswith("00")
        ):
            merged.setdefault(surface, own)
    return merged


def words(text: str) -> list[str]:
    """The likeliest cut of a short stretch of Chinese characters into words, names of divisions among them."""
    return cheapest(text, _costs_with_places(), _costs()[1], LONGEST)


def cheapest(text: str, costs: Mapping[str, float], unknown: float, longest: int) -> list[str]:
    """The cut into words of at most ``longest`` characters that cost least together (Viterbi 1967).

    A single character that is no word costs ``unknown``.
    """
    size = len(text)
    best = [0.0] + [math.inf] * size
    back = [0] * (size + 1)
    for i in range(size):
        for j in range(i + 1, min(i + longest, size) + 1):
            cost = costs.get(text[i:j], unknown if j == i + 1 else math.inf)
            if best[i] + cost < best[j]:
                best[j], back[j] = best[i] + cost, i
    cut, at = [], size
    while at:
        cut.append(text[back[at] : at])
        at = back[at]
    return cut[::-1]
