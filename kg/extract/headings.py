"""Headings that name what their section measures (三、病床使用率, 指标2：孕产妇系统管理率。), for figures that name only whose it is.

A heading of another kind (二、医疗服务) says nothing of the figures below it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.model import Quantity

_MARKS = re.compile(
    r"^[\s■●▲◆▍▎·•📌#*【〔\[]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|指标\s?\d{1,2}[：:]|[①-⑳])?[\s【〔\[]*"
)
_LINE = re.compile(r"(?P<words>[^，。；：！？\d\n]{2,24}?)[】〕\]\s：:]*$")
_RUN_IN = re.compile(r"(?P<words>[^，。；：！？\n]{2,24})(?:[。：】〕\]]|】　)")
_MEASURE = re.compile(
    r"(?P<rate>率|比例|占比|比重)|(?P<visits>人次数?|诊疗量?|门急?诊量?)|(?P<money>费用|收入|支出|经费|资金|投入)|(?P<beds>床位数?|病床数?)|(?P<people>人数|人员|人口)|(?P<things>机构数?)"
)
_JOINED = re.compile(r"[与和、]$")  # 床位与费用 measures two things
_UNITS = {
    "%": "rate",
    "人次": "visits",
    "元": "money",
    "张": "beds",
    "人": "people visits",
    "名": "people",
    "个": "things",
    "家": "things",
    "所": "things",
    "": "visits people beds things money",
}


class Headings:
    """Where the headings of a text stand and what they measure; offsets are clean."""

    def __init__(self, text: str, quantities: tuple[Quantity, ...]) -> None:
        figures = [q.start for q in quantities]
        self._starts: list[int] = []
        self._words: list[str] = []
        self._ends: list[
            int
        ] = []  # where a run-in heading stops to hold; that of a line holds until the next
        start = 0
        for line in text.split("\n"):
            self._read(text, line, start, figures)
            start += len(line) + 1

    def _read(self, text: str, line: str, start: int, figures: list[int]) -> None:
        mark = _MARKS.match(line)
        body = start + (mark.end() if mark else 0)
        whole = _LINE.fullmatch(text, body, start + len(line))
        opened = None if whole else _RUN_IN.match(text, body, start + len(line))
        found = whole or opened
        if found is None:
            return
        first = bisect_right(figures, start - 1)
        if first < len(figures) and figures[first] < found.end():
            return
        self._starts.append(start)
        self._words.append(found["words"].strip())
        self._ends.append(len(text) if whole else start + len(line))

    def measure(self, at: int, unit: str) -> str:
        """What the heading over an offset measures, if a figure with the unit can be of it; else empty."""
        i = bisect_right(self._starts, at) - 1
        if i < 0 or at > self._ends[i]:
            return ""
        words = self._words[i]
        found = list(_MEASURE.finditer(words))
        if not found or found[-1].end() != len(words) or _JOINED.search(words, 0, found[-1].start()):
            return ""
        return words if found[-1].lastgroup in _UNITS.get(unit, "").split() else ""
