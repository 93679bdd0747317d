"""What a text says about its own area: the ground on which a doubtful place name is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Place
from kg.tag import lexicon
from kg.tag.gazetteer import Hit
from kg.tag.home import home

_LEVELS = {"province": 0, "city": 1, "county": 2, "township": 3}


@dataclass(frozen=True, slots=True)
class Found:
    """An accepted name: its span, the codes it can mean (most likely first) and the rule that took it."""

    start: int
    end: int
    codes: tuple[str, ...]
    rule: str
    confidence: float


class Context:
    """What a text says about its own area, against which doubtful names are judged."""

    def __init__(self, text: str, found: Sequence[Hit]) -> None:
        self.text = text
        self.home: Place | None = home(text, found)
        chain = lexicon.ancestors(self.home.code) if self.home else ()
        self.chain = tuple(step.code for step in chain)
        self.city = next(
            (step.code for step in chain if step.level == "city"), self.chain[0] if chain else None
        )
        self.named = {form.code for hit in found for form in hit.forms if hit.kind == "division"}
        self.named_in_full = {
            form.code for hit in found if hit.is_full for form in hit.forms if form.kind == "full"
        }

    def names_area_of(self, code: str) -> bool:
        """Does the text name, in any form, a division above this one?"""
        return any(step.code in self.named for step in lexicon.ancestors(code)[1:])

    def nearness(self, code: str) -> int:
        """0 the home itself, 1 in it or above it, 2 in its city, 3 in its province, 4 named in full, 5 elsewhere."""
        if not self.chain:
            return 4 if code in self.named_in_full else 5
        above = [step.code for step in lexicon.ancestors(code)]
        if code == self.chain[0]:
            return 0
        if self.chain[0] in above or code in self.chain:
            return 1
        if self.city in above:
            return 2
        if self.chain[-1] in above:
            return 3
        return 4 if code in self.named_in_full else 5

    def order(self, hit: Hit) -> tuple[str, ...]:
        """The codes a hit can mean, nearest to home first, then higher levels first."""
        readings = list(enumerate(hit.forms))
        if hit.is_full and hit.kind == "division":
            readings = [(i, form) for i, form in readings if form.kind == "full"]

        def key(item: tuple[int, lexicon.Form]) -> tuple[int, int, int]:
            unit = lexicon.place(item[1].code)
            near = self.nearness(item[1].code)
            high = _LEVELS[unit.level] if unit else 4
            if hit.is_full:
                return near, high, item[0]
            return (0 if near == 0 else 1 if near <= 2 or high <= 1 else 2 + near), high, item[0]

        return tuple(form.code for _, form in sorted(readings, key=key))
