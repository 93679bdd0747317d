"""What a figure's name is chosen from: the rules' own name, the text around, and the figures named before."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    near: str  # "c" in the same clause, "s" in the same sentence, "p" in the same paragraph


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
    label: str  # what opens the paragraph before a colon
    heading: str  # the heading above the paragraph


Chooser = Callable[[Surroundings], Named]


def label(text: str, figure: Figure) -> str:
    """手足口病：… : the words before a colon that open a paragraph."""
    match = re.match(
        r"(?:[（(]?[\d一二三四五六七八九十]+[）)、.．])?(?P<label>[^，。；：\n]{2,12})：",
        text[figure.paragraph[0] : figure.quantity.start],
    )
    return match["label"] if match else ""


def heading(text: str, figure: Figure) -> str:
    """The line above, where it is short and ends without a mark."""
    end = figure.paragraph[0] - 1
    if end <= 0:
        return ""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    line = re.sub(r"^[（(]?[\d一二三四五六七八九十]+[）)、.．\t ]+", "", line)
    return line if 2 <= len(line) <= 14 and line[-1] not in "，。；：" else ""
