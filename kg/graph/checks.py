"""What comes of checking a whole graph against a profile: a result for each thing that must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.errors import Message

EXAMPLES: Final = 3
"""How many examples a check gives at most."""


@dataclass(frozen=True, slots=True)
class Example:
    """A node that does not fit: its IRI, what it lacks or has too much, and the sentence where it is a statement."""

    node: str
    about: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: what must hold, what to do where it does not, how many nodes violate it, and some."""

    name: str
    title: Message
    mend: Message
    violations: int
    examples: tuple[Example, ...]

    @property
    def holds(self) -> bool:
        """Does it hold?"""
        return self.violations == 0
