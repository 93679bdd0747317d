"""What on a page is not the report: navigation, tool bars, hit counters, page numbers.

A line goes only when it is nothing but words of ``seeds/vocabulary/furniture.tsv``, a page number or a running head
with one. Of other lines of the kind only counters and registration numbers go, for a breadcrumb or a footer may name
places and organisations.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from kg.resources import data

_MARKS = r"[\s\-—–·•*|/>»›【】\[\]()（）:：,，、_©=]*"
_PAGE = re.compile(
    r"[-—–~]+ *[\dOolI]{1,4} *[-—–~]+"  # - 3 -
    r"|第 *(?:\d{1,4}|[一二三四五六七八九十]{1,4}) *页(?:[,，/ ]*共 *(?:\d{1,4}|[一二三四五六七八九十]{1,4}) *页)?"
    r"|Page *\d{1,4}(?: *of *\d{1,4})?"
    r"|\d{1,3} */ *\d{1,3} *页",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"·\s*[\dOolI][\dOolI ]{0,6}·(?!.*·\s*\d)|^·\s*[\dOolI][\dOolI ]{0,6}·")
_NUMBER = re.compile(r"\d{1,4}")
_CELL = re.compile(r"[-+<>≤≥]?\d[\d,.]*[%‰]?|[-—–/]+")
_BAR = re.compile(r"(?:(?:首页|上一页|下一页|尾页|末页|\[?\d{1,3}\]?|\.\.\.|…)(?:[\s|]+|$)){3,}")
_REGISTRATION = re.compile(
    r"[一-鿿]?ICP[备证]\s*\d+号?(?:-\d+)?(?:号)?|[一-鿿]?公网安备\s*\d+号?|网站标识码[:：]?\s*\w{6,}"
    r"|您是第\s*\d[\d,]*\s*位\w{2,4}|建议使用\s*\d+\s*[*×xX]\s*\d+\s*分辨率\w*|Copyright[^一-鿿\n]*|Powered by [^一-鿿\n]*"
)
_LONGEST = 160
_PAGE_LINES = 8  # a page has more


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lines that hold only furniture; labels with the counts after them."""
    words: dict[str, list[str]] = defaultdict(list)
    with data("seeds", "vocabulary", "furniture.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            words[row["kind"]] += row["words"].split("|")
    item, count = (
        "|".join(map(re.escape, sorted(words[kind], key=len, reverse=True))) for kind in ("item", "count")
    )
    counter = rf"(?:{count})\s*[:：]\s*[\d,.]+\s*[wW万]?\s*[次人条篇]*"
    return re.compile(rf"{_MARKS}(?:(?:{counter}|{item}){_MARKS})+"), re.compile(counter)


def is_furniture(line: str) -> bool:
    """Is ``line``, stripped and simplified, no part of the report?"""
    for start, end in reversed(counters(line)):
        line = (line[:start] + line[end:]).strip()
    if not line or _PAGE.fullmatch(line) or _BAR.fullmatch(line):
        return True
    if len(line) < 60 and "·" in (line[0], line[-1]) and _RUNNING.search(line):
        return True
    return len(line) <= _LONGEST and _words()[0].fullmatch(line) is not None


def counters(line: str) -> list[tuple[int, int]]:
    """The spans of hit counters and registration numbers in a line that is no sentence."""
    if len(line) > _LONGEST or "。" in line:
        return []
    found = [m.span() for m in _words()[1].finditer(line)] + [m.span() for m in _REGISTRATION.finditer(line)]
    found.sort()
    return [span for i, span in enumerate(found) if i == 0 or span[0] >= found[i - 1][1]]


def page_numbers(lines: Sequence[str]) -> set[int]:
    """Which of ``lines`` are bare page numbers: alone in their line, counting up by one, pages apart.

    The cells of a table that was flattened to one a line stand next to each other and do not count up; its serial
    numbers do, but other cells stand before them.
    """
    bare = {i for i, line in enumerate(lines) if _NUMBER.fullmatch(line)}
    last = len(lines) - 1
    alone = [i for i in sorted(bare) if not (bare - {last}) & {i - 1, i + 1}]
    runs: list[list[int]] = []
    for first, second in pairwise(alone):
        if int(lines[second]) != int(lines[first]) + 1:
            continue
        if runs and runs[-1][-1] == first:
            runs[-1].append(second)
        elif second - first > _PAGE_LINES:
            runs.append([first, second])
    found = {i for run in runs if not _is_serial(lines, run) for i in run}
    if not found and last > _PAGE_LINES and last in alone and lines[last] == "1":  # the only page
        found.add(last)
    return found


def _is_serial(lines: Sequence[str], run: Sequence[int]) -> bool:
    """Do cells of a table stand before most numbers of a run that counts up, but for its first?"""
    return 2 * sum(_CELL.fullmatch(lines[i - 1]) is not None for i in run[1:]) > len(run) - 1
