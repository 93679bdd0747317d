"""What a figure's name is chosen from: the rules' own name, the text around, and the figures named before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.extract.layout import Figure


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator's name, the rule that found it, and whether it can be carried to figures without one."""

    text: str
    rule: str
    base: str = ""  # the name without share or change words, for what follows


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure named before in the paragraph, as a later one sees it."""

    text: str
    base: str
    unit: str
    near: str  # "c" in the same clause, "s" in the same sentence, "p" in the same paragraph, "l" in a line above
    role: str = ""  # "w": the whole whose parts are told (其中, a bracket, a colon); "a": its place in an aligned list


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a choice among candidate names can lean on; texts are clean, ``masked`` has times and topics blanked."""

    text: str
    masked: str
    figure: Figure
    said: Named
    earlier: tuple[Earlier, ...]
    verb: str
    topic: str
    head: tuple[int, int]  # from the start of the clause to its first figure


Chooser = Callable[[Surroundings], Named]


_LOOKED_BACK = 3  # what was named farther back was never rightly chosen, unless as whole or aligned
_SHARED = re.compile(r"分别|依次|各[为有占增减升降提下上]")
_OPENERS = re.compile(r"其中|[（：]|[中里]，")


def opening(text: str, figure: Figure) -> int:
    """Where the parts of a whole begin in the sentence before a figure (医院46家，其中…, 医院46家（…); -1 if nowhere."""
    start, end = figure.sentence[0], figure.quantity.start
    closed = text.rfind("）", start, end)
    at = -1
    for match in _OPENERS.finditer(text, start, end):
        if match[0] != "（" or match.start() > closed:
            at = match.start()
    return at


def earlier(
    text: str,
    figure: Figure,
    siblings: int,
    past: Sequence[tuple[Figure, Named]],
    above: Sequence[tuple[Figure, Named]],
) -> tuple[Earlier, ...]:
    """The last figures named before; for a paragraph's first figure those of the line above.

    ``siblings`` is how many figures the clause has: where it shares figures out, as many names stand before it.
    """
    if not past:
        return tuple(Earlier(n.text, n.base or n.text, f.quantity.unit, "l") for f, n in above[-2:])
    opened = opening(text, figure)
    whole = next((i for i in reversed(range(len(past))) if past[i][0].quantity.end <= opened), -1)
    shared = siblings > 1 and _SHARED.search(text, figure.clause[0], figure.quantity.start)
    aligned = len(past) - siblings if shared else -1
    return tuple(
        Earlier(
            n.text,
            n.base or n.text,
            f.quantity.unit,
            "c" if f.clause == figure.clause else "s" if f.sentence == figure.sentence else "p",
            "a" if i == aligned else "w" if i == whole else "",
        )
        for i, (f, n) in enumerate(past)
        if i >= len(past) - _LOOKED_BACK or i in (whole, aligned)
    )
