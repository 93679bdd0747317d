"""Which lines are the page and not the report: navigation, tool bars, footers, page numbers.

A line goes only when a word of ``seeds/vocabulary/furniture.tsv`` says so and nothing in it looks like a sentence, or
when its form is a page number's. In doubt it stays.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

from kg.resources import data

_SENTENCE = re.compile(r"[。；;]")
_MARKS = r"[\s\-—–·•.。*|/>»›【】\[\]()（）:：,，、]*"
_PAGE = re.compile(
    r"(?:[-—–~]+ *[\dOolI]{1,4} *[-—–~]+"  # - 3 -
    r"|第 *[\d一二三四五六七八九十]{1,4} *页(?:[,，/ ]*共 *[\d一二三四五六七八九十]{1,4} *页)?"
    r"|Page *\d{1,4}(?: *of *\d{1,4})?"
    r"|\d{1,3} */ *\d{1,3} *页?)",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"· *[\dOolI][\dOolI ]{0,6}·")  # ·318· at the edge of a running head
_NUMBER = re.compile(r"\d{1,4}")
_BREADCRUMB = re.compile(r"(?:首页|主页|导航)[^。，,；;]{0,80}(?:>|»|›|→)|^[^。，,；;\d]{2,30}(?:>|»|›)[^。，；]{0,60}(?:>|»|›)")
_PAGES = re.compile(r"(?:(?:首页|上一页|下一页|尾页|末页|\[?\d{1,3}\]?|\.\.\.|…)[\s|]*){4,}")
_LONGEST = 120


@cache
def _words() -> dict[str, re.Pattern[str]]:
    with data("seeds", "vocabulary", "furniture.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["kind"]: row["words"].split("|") for row in csv.DictReader(file, delimiter="\t")}
    options = {kind: "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for kind, words in rows.items()}
    return {
        "whole": re.compile(rf"{_MARKS}(?:(?:{options['whole']}){_MARKS})+"),
        "start": re.compile(rf"{_MARKS}(?:{options['start']})"),
        "inside": re.compile(options["inside"]),
    }


def is_furniture(line: str) -> bool:
    """Is ``line``, stripped and simplified, no part of the report?"""
    if _PAGE.fullmatch(line) or _PAGES.fullmatch(line):
        return True
    if len(line) > _LONGEST or _SENTENCE.search(line):
        return False
    if _RUNNING.search(line) and (line.startswith("·") or line.endswith("·")) and len(line) < 60:
        return True
    words = _words()
    return bool(
        words["whole"].fullmatch(line)
        or words["start"].match(line)
        or words["inside"].search(line)
        or _BREADCRUMB.search(line)
    )


def page_numbers(lines: Sequence[str]) -> set[int]:
    """Which of ``lines`` are bare page numbers: alone in their line, counting up by one, pages apart.

    The cells of a table that was flattened to one a line stand next to each other and do not count up.
    """
    bare = [i for i, line in enumerate(lines) if _NUMBER.fullmatch(line)]
    alone = [i for i in bare if i - 1 not in bare and i + 1 not in bare]
    found: set[int] = set()
    for first, second in zip(alone, alone[1:], strict=False):
        if int(lines[second]) == int(lines[first]) + 1 and second - first > 8:
            found |= {first, second}
    last = len(lines) - 1
    if not found and last in alone and int(lines[last]) == 1:  # a single page
        found.add(last)
    return found
