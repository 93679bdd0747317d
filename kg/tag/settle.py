"""Names do not nest: of overlapping mentions one is kept (docs/annotation.md §4)."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Mention

_RANK = {"PROGRAMME": 2, "ORG": 1, "PLACE": 0}


def settle(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that stand, in order of their start.

    The longest span wins; of equal spans a programme goes before an organisation, and that before a place. A mention
    that overlaps one already kept is dropped, inside or crossing.
    """
    kept: list[Mention] = []
    taken: set[int] = set()
    order = sorted(mentions, key=lambda m: (m.start - m.end, -_RANK[m.label], -m.confidence, m.start))
    for mention in order:
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            kept.append(mention)
            taken.update(span)
    return sorted(kept, key=lambda m: m.start)
