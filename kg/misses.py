"""What was read otherwise than the gold has it, one by one and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.corpus import Gold, GoldFigure, GoldName

By = Literal["rule", "kind", "label", "document"]
_SENTENCE_ENDS = "。！？!?\n"


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement.

    ``what`` is ``missed``, ``spurious`` (with the label, where it is a name), ``value``, an aspect of a fact, or
    ``name`` for a mention that was found but resolved otherwise. A figure has a ``kind`` (the gold's, where there is
    gold), a name a ``label``; ``sentence`` is what stands around it.
    """

    doc: str
    what: str
    source: str
    said: str
    gold: str
    rule: str = ""
    start: int = -1
    kind: str = ""
    label: str = ""
    sentence: str = ""

    @classmethod
    def of_figure(
        cls, gold: Gold, what: str, figure: GoldFigure, said_and_gold: tuple[str, str], rule: str = ""
    ) -> Miss:
        """``figure`` was missed or read otherwise."""
        around = _sentence(gold.text, figure.start, figure.end)
        return cls(
            gold.name, what, figure.num, *said_and_gold, rule, figure.start, figure.kind, sentence=around
        )

    @classmethod
    def of_name(cls, gold: Gold, what: str, name: GoldName, said: str, rule: str = "") -> Miss:
        """``name`` was missed, or resolved to another."""
        around = _sentence(gold.text, name.start, name.end)
        return cls(
            gold.name, what, name.text, said, name.names[0], rule, name.start, "", name.label, sentence=around
        )

    @classmethod
    def spurious(
        cls, gold: Gold, start: int, end: int, said: str, *, rule: str, kind: str = "", label: str = ""
    ) -> Miss:
        """What stands at ``start`` to ``end`` was read, and the gold has nothing there."""
        around = _sentence(gold.text, start, end)
        what = f"spurious {label}".strip()
        return cls(gold.name, what, gold.text[start:end], said, "", rule, start, kind, label, around)

    def __str__(self) -> str:
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{self.doc}: {self.what} {self.source!r}: {self.said!r}, is {self.gold!r}{rule}"


def counted(misses: Iterable[Miss], by: By) -> dict[str, Counter[str]]:
    """How often each thing is wrong, the part with most errors first: figures alone by kind, names alone by label.

    What was missed has no rule; by rule it stands under the empty name.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for miss in misses:
        key = {"document": miss.doc, "rule": miss.rule, "kind": miss.kind, "label": miss.label}[by]
        if key or by == "rule":
            counts[key][miss.what.partition(" ")[0]] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1].total(), item[0])))


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence or line around a span, for a person to read."""
    first = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text) - 1) + 1].strip()
