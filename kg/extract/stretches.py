"""The stretches of text that are a figure's own: the words before it, those before a bracket, the noun after it."""

from __future__ import annotations

import re

from kg.extract.ellipsis import NAME, blanked
from kg.extract.layout import Figure, Layout
from kg.extract.phrases import (
    ADVERB,
    GENERIC,
    NOT_COUNTED,
    SPLIT_NOUN,
    leading_verb,
    noun_end,
    right_noun,
    strip_lead,
    strip_tail,
)


class Stretches:
    """Reads the words around figures; ``masked`` has times and leading subjects blanked, ``blanked`` names as well."""

    def __init__(self, text: str, layout: Layout, masked: str, names: list[tuple[int, int]]) -> None:
        self._text = text
        self._layout = layout
        self._masked = masked
        self._name_ends = {end for _, end in names}
        self.names = names
        self.blanked = blanked(masked, names)

    def segment(self, start: int, end: int) -> str:
        """Text before a figure in its clause, from after the last time or leading subject."""
        if self._text[start : start + 1] == "（" and "）" in self._text[start:end]:  # 119.7万人（市区）扩到
            start = self._text.index("）", start) + 1
        masked = self._masked[start:end]
        at = max(masked.rfind("\x00"), masked.rfind("\x01"))
        segment = self._text[start + at + 1 : end]
        if at >= 0 and len(strip_tail(strip_lead(segment))) < 2:  # the time stands inside: 比2015年提高
            before = masked[:at].replace("\x00", "").replace("\x01", "")
            if len(strip_tail(strip_lead(before))) >= 2:
                return before + segment
        return segment

    def before_bracket(self, figure: Figure, last: int) -> str:
        """收入（不含药品）占比28%: the words before a bracket without figures, which a name goes on behind."""
        start = figure.clause[0]
        if not figure.first or self._text[start - 1 : start] != "）" or self._text[start] in "、，和与及（":
            return ""
        opened = self._layout.brackets(start - 2)
        if not opened or last > opened[-1]:
            return ""
        return self.segment(max(self._layout.clause(opened[-1])[0], last), opened[-1])

    def opening(self, figure: Figure, last: int) -> int:
        """Where the words of a figure begin: in the clause before, where that ends with a name (最多的是甲市，342例; 乙县（9例）)."""
        start = figure.left[0]
        if figure.first and not self.blanked[start : figure.quantity.start].strip("约近达有"):
            clause = self._layout.clause_before(start)
            if (
                clause
                and self.blanked[clause[0] : clause[1]].endswith(NAME)
                and self._text[clause[1]] in "，（："
            ):
                return max(clause[0], min(last, start))
        return start

    def right(self, figure: Figure) -> tuple[str, int]:
        """The noun after a figure and where it ends."""
        end = figure.quantity.end
        split = SPLIT_NOUN.match(self._text, end - 1)
        if split:
            return split[0], split.end()
        if not self.takes_right(figure):
            return "", end
        text = self._text[slice(*figure.right)]
        noun = right_noun(text)
        if (
            not noun
            or ADVERB.match(noun)
            or NOT_COUNTED.match(noun)
            or GENERIC.fullmatch(noun)
            or (leading_verb().match(noun) and not noun_end().match(noun))
        ):
            return "", figure.quantity.end
        offset = figure.quantity.end + (1 if text.startswith("的") else 0)
        return noun, offset + len(noun)

    def takes_right(self, figure: Figure) -> bool:
        """Can a noun after this figure be what it counts?"""
        q = figure.quantity
        after = self._text[figure.right[0] : figure.right[0] + 2]
        if not after or after[0] in "，。；：、！？（）\n\t和与及以左上之多余":
            return False
        if q.unit in ("%", "‰", "个百分点", "个千分点", "") or q.unit.startswith("/"):
            return after[0] == "的"
        return bool(re.match(r"[\u4e00-\u9fffA-Za-z“]", after))

    def at_name(self, figure: Figure) -> bool:
        """Does the name of a place or organisation end right before the figure?"""
        start = figure.quantity.start
        return any(end in self._name_ends for end in range(max(figure.left[0], start - 1), start + 1))


def trimmed(noun: str) -> str:
    """The end of an over-long phrase: what follows its last verb of doing or its last 的."""
    noun = re.sub(r"^(?:【[^】]*】|〔[^〕]*〕|\[[^\]]*\])", "", noun).strip("“”‘’\"'「」『』 \t■●▲◆【】")
    listed = re.match(r"(?P<list>.*、.*?)等(?P<kind>[^等]{2,})$", noun)
    if listed and len(noun) > 12:
        verb = leading_verb().match(noun)
        return (verb[0] if verb else "") + listed["kind"]
    if len(noun) <= 16:
        return noun
    cut = max(noun.rfind("，"), noun.rfind("的", 0, len(noun) - 2))
    if 0 < cut < len(noun) - 3:
        return strip_lead(noun[cut + 1 :])
    return noun
