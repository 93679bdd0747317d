"""What a candidate name is judged by: the features of its words, of where it stands, and of the figures before it.

A feature is a short string (``w1=新建``: the first word is 新建). Features come in keys: a function and what it is told,
which spells some features. Keys come back from figure to figure, so that the weight of a key is summed only once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from kg.extract.candidates import Candidate
from kg.extract.phrases import (
    CHANGE_TAIL,
    CLASS,
    COMPARISON,
    GENERIC,
    MODIFIER,
    NOUN_LIKE,
    PER_PREFIX,
    SHARE_TAIL,
)
from kg.extract.surroundings import Surroundings
from kg.extract.words import words
from kg.tag.quantities import measures

Key = tuple[Callable[..., tuple[str, ...]], *tuple[object, ...]]

_DIGIT = re.compile(r"[\d%]")
_JOINTS = frozenset("、和与及，（")
_PEOPLE = {"人", "名", "位", "人次", "例", "户", "对"}
_THINGS = frozenset("个家所处座间支台辆项种张件份次场期")
_LOOKED_BACK = 3  # how many figures before this one a name is compared with


def unit_class(unit: str) -> str:
    """A coarse class of units: what kind of thing such a number can be about."""
    return _unit_class(unit)


@lru_cache(maxsize=1 << 10)
def _unit_class(unit: str) -> str:
    if unit in ("%", "‰", "", "倍"):
        return unit or "none"
    if unit.startswith("/"):
        return "per"
    if unit in _PEOPLE:
        return unit if unit in ("人次", "例") else "people"
    if unit in _THINGS:
        return unit if unit in ("张", "次", "份") else "thing"
    return measures().get(unit.partition("/")[0], "count")


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(words("verbs")), frozenset(words("heads"))


@lru_cache(maxsize=1 << 15)
def _kind(name: str, first: str, last: str) -> tuple[str, ...]:
    """What is true of a name by itself; ``first`` and ``last`` are its outer words."""
    verbs, heads = _lists()
    tests = (
        ("v1", first in verbs),
        ("vl", last in verbs),
        ("hl", last in heads or name[-2:] in heads or name[-3:] in heads),
        ("nl", NOUN_LIKE.search(name)),
        ("dg", _DIGIT.search(name)),
        ("de", "的" in name),
        ("co", "、" in name or "和" in name),
        ("ge", GENERIC.fullmatch(name)),
        ("mo", MODIFIER.fullmatch(name)),
        ("cl", CLASS.search(name)),
        ("pp", PER_PREFIX.match(name)),
    )
    return tuple(flag for flag, holds in tests if holds)


def _relations(name: str, at: Surroundings) -> tuple[str, ...]:
    """How a name stands to the rules' own, to the figure before and to the topic."""
    said = at.said.text
    held: tuple[str, ...] = ()
    if name == said:
        held = ("eq",)
    elif name in said:
        held = ("in",)
    elif said in name:
        held = ("ov",)
    if at.earlier and name == at.earlier[-1].base:
        held = (*held, "p0")
    if at.topic and name.startswith(at.topic):
        held = (*held, "tp")
    return held


def _shape(at: Surroundings, left: str, right: str) -> str:
    """The clause in letters: compared, changed, shared, nothing before, a noun after, the first figure."""
    return (
        ("C" if COMPARISON.search(left) else "") + ("D" if CHANGE_TAIL.search(left) else "") + ("S" if SHARE_TAIL.search(left) else "")
        + ("0" if len(left) < 2 else "") + ("R" if "\u4e00" <= right <= "\u9fff" else "r") + ("F" if at.figure.first else "f")
    )  # fmt: skip


def _joint(at: Surroundings) -> str:
    """How the figure joins the one before it: 其中 between them, and the mark that opens its clause or its stretch."""
    if not at.earlier:
        return "none"
    figure, text = at.figure, at.text
    start = max(figure.sentence[0], figure.clause[0] - 6) if figure.first else figure.left[0]
    part = "Q" if "其中" in text[start : figure.quantity.start] else ""
    if figure.first:
        mark = text[figure.clause[0] - 1 : figure.clause[0]]
        return part + (mark if mark and mark in "，。；：（）\n" else "?")
    mark = text[start : start + 1]
    return part + (mark if mark in _JOINTS else "o")


def keys(at: Surroundings, pool: list[Candidate]) -> list[list[Key]]:
    """For each candidate the keys of its features."""
    text, figure, said = at.text, at.figure, at.said
    q = figure.quantity
    unit, exact, rule = unit_class(q.unit), q.unit, said.rule
    left, right = text[slice(*figure.left)], text[figure.right[0] : figure.right[0] + 1]
    shape, joint = _shape(at, left, right), _joint(at)
    start = figure.sentence[0]
    bracketed = text.rfind("（", start, q.start) > text.rfind("）", start, q.start)
    place = f"{figure.first}{figure.last}"
    past = at.earlier[: -_LOOKED_BACK - 1 : -1]
    same = [p.unit == exact for p in past]
    since = "none" if not past else "=" if same[0] else unit_class(past[0].unit)
    out: list[list[Key]] = []
    for candidate in pool:
        name, source, tokens = candidate.text, candidate.source, candidate.words
        group = source.partition(":")[0]
        first, last, count = tokens[0], tokens[-1], len(tokens)
        row: list[Key] = [
            (_of_source, source, group, unit, shape, right),
            (_of_place, source, unit, joint, bracketed, place),
            (_of_turn, group, joint, since),
            (_of_naming, source, rule),
            (_of_size, min(len(name), 20) // 2, count, group, joint, rule),
            (_of_flags, _kind(name, first, last) + _relations(name, at), group, unit, shape),
            (_of_first, first, group),
            (_of_last, last, unit, group),
            (_of_opening, name[:2], group),
            (_of_end, name[-2:], exact, group),
            (_of_before, candidate.before, first),
            (_of_after, candidate.after[:1], last),
        ]
        if count > 1:
            row.append((_of_pair, first, tokens[1]))
            row.append((_of_last_pair, tokens[-2], last))
        for token in dict.fromkeys(tokens):
            row.append((_of_word, token))
        if candidate.note:
            row.append((_of_note, candidate.note, source, group, shape))
        for i, earlier in enumerate(past):
            whole, base = earlier.text, earlier.base
            if name == whole:
                row.append((_of_past, "eq", i, same[i], unit))
            elif name.endswith(base[-2:]):
                row.append((_of_past, "end", i, same[i], unit))
            if name != base:
                if base in name:
                    row.append((_of_past, "has", i, same[i], earlier.near))
                elif name in base:
                    row.append((_of_past, "in", i, same[i], earlier.near))
        if name == said.text:
            row.append((_of_rule, rule, unit, shape))
        out.append(row)
    return out


def features(at: Surroundings, pool: list[Candidate]) -> list[list[str]]:
    """For each candidate the names of its features."""
    return [[feature for key in row for feature in spelt(key)] for row in keys(at, pool)]


def spelt(key: Key) -> tuple[str, ...]:
    """The names of a key's features."""
    return key[0](*key[1:])


def _of_source(source: str, group: str, unit: str, shape: str, right: str) -> tuple[str, ...]:
    return f"s={source}", f"s|u={source}|{unit}", f"s|x={group}|{shape}", f"s|r={group}|{right}"


def _of_naming(source: str, rule: str) -> tuple[str, ...]:
    return (f"rule|s={rule}|{source}",)


def _of_place(source: str, unit: str, joint: str, bracketed: bool, place: str) -> tuple[str, ...]:
    return f"j|s={joint}|{source}", f"par={bracketed}|{joint}|{source}", f"fl={place}|{source}|{unit}"


def _of_turn(group: str, joint: str, since: str) -> tuple[str, ...]:
    return (f"j|g|u={joint}|{group}|{since}",)


def _of_size(size: int, count: int, group: str, joint: str, rule: str) -> tuple[str, ...]:
    return (
        f"n={size}",
        f"n|s={size}|{group}",
        f"k={count}",
        f"j|k={joint}|{min(count, 4)}|{group}",
        f"rule|n={rule}|{min(size, 6)}",
    )


def _of_flags(flags: tuple[str, ...], group: str, unit: str, shape: str) -> tuple[str, ...]:
    row = ["G=" + "".join(flags) + group]
    for flag in flags:
        row += (f"g={flag}", f"g|s={flag}|{group}", f"g|u={flag}|{unit}", f"g|x={flag}|{shape}")
    return tuple(row)


def _of_first(word: str, group: str) -> tuple[str, ...]:
    return f"w1={word}", f"w1|s={word}|{group}"


def _of_last(word: str, unit: str, group: str) -> tuple[str, ...]:
    return f"wl={word}", f"wl|u={word}|{unit}", f"wl|s={word}|{group}"


def _of_opening(letters: str, group: str) -> tuple[str, ...]:
    return f"b2={letters}", f"b2|s={letters}|{group}"


def _of_end(letters: str, unit: str, group: str) -> tuple[str, ...]:
    return f"e2={letters}", f"e2|u={letters}|{unit}", f"e2|s={letters}|{group}"


def _of_before(before: str, first: str) -> tuple[str, ...]:
    return f"bf={before[-1:]}", f"bf|w1={before[-1:]}|{first}", f"b2f={before}"


def _of_after(after: str, last: str) -> tuple[str, ...]:
    return f"af={after}", f"af|wl={after}|{last}"


def _of_pair(first: str, second: str) -> tuple[str, ...]:
    return (f"w12={first}|{second}",)


def _of_last_pair(before: str, last: str) -> tuple[str, ...]:
    return (f"wkl={before}|{last}",)


def _of_word(word: str) -> tuple[str, ...]:
    return (f"w={word}",)


def _of_note(note: str, source: str, group: str, shape: str) -> tuple[str, ...]:
    return f"note|s={note}|{source}", f"note|x={note}|{shape}|{group[:4]}"


def _of_past(relation: str, i: int, same: bool, of: str) -> tuple[str, ...]:
    return (f"p{i}={relation}|{same}|{of}",)


def _of_rule(rule: str, unit: str, shape: str) -> tuple[str, ...]:
    return f"rule={rule}", f"rule|u={rule}|{unit}", f"rule|x={rule}|{shape}"
