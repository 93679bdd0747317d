"""Every place name of the lexicon that occurs in a text, before any judgement: what, where, and what it can mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import ahocorasick

from kg.tag import lexicon
from kg.tag.lexicon import Form

HitKind = Literal["division", "township", "region"]

# 新建区域医疗中心 builds a regional centre; 新建区域内 lies within 新建区.
_ACROSS = re.compile(r"(?<=区)域(?![内外])")


@dataclass(frozen=True, slots=True)
class Hit:
    """A surface form found at ``text[start:end]``; ``forms`` are its readings, highest level first, none for a region."""

    start: int
    end: int
    surface: str
    kind: HitKind
    forms: tuple[Form, ...]

    @property
    def is_full(self) -> bool:
        """Is it, in some reading, a full name (昆明市), not a short form (昆明)?"""
        return any(form.kind == "full" for form in self.forms)


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for surface, codes in lexicon.township_forms().items():
        automaton.add_word(
            surface, (surface, "township", tuple(Form(code, surface, "full") for code in codes))
        )
    for surface in lexicon.regions():
        automaton.add_word(surface, (surface, "region", ()))
    for surface, forms in lexicon.forms().items():
        automaton.add_word(surface, (surface, "division", forms))
    automaton.make_automaton()
    return automaton


def hits(text: str) -> list[Hit]:
    """All occurrences, overlapping ones too, in order of their end; a 区 that begins the word 区域 ends no name."""
    return [
        Hit(last + 1 - len(surface), last + 1, surface, kind, forms)
        for last, (surface, kind, forms) in _automaton().iter(text)
        if not _ACROSS.match(text, last + 1)
    ]
