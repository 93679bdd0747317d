"""What a candidate name is judged by: the features of its words, of where it stands, and of the figures before it.

A feature is a short string (``w1=新建``: the first word is 新建). Features come in keys: a function and what it is told,
which spells some features. Keys come back from figure to figure, so that the weight of a key is summed only once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
_TESTS = (
    ("nl", NOUN_LIKE.search),
    ("ge", GENERIC.fullmatch),
    ("mo", MODIFIER.fullmatch),
    ("cl", CLASS.search),
    ("pp", PER_PREFIX.match),
)
_NONE: Mapping[str, float] = {}
_LOOKED_BACK = 3  # how many figures before this one a name is compared with


@lru_cache(maxsize=1 << 10)
def unit_class(unit: str) -> str:
    """A coarse class of units: what kind of thing such a number can be about."""
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
    flags = []
    if first in verbs:
        flags.append("v1")
    if last in verbs:
        flags.append("vl")
    if last in heads or name[-2:] in heads or name[-3:] in heads:
        flags.append("hl")
    flags += [flag for flag, test in _TESTS if test(name)]
    if not name.isalpha() and _DIGIT.search(name):
        flags.append("dg")
    if "的" in name:
        flags.append("de")
    if "、" in name or "和" in name:
        flags.append("co")
    return tuple(flags)


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
    if not at.earlier or at.earlier[-1].near == "l":
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
    """For each candidate the keys of its features, its wording aside."""
    text, figure, said = at.text, at.figure, at.said
    q = figure.quantity
    unit, exact, rule = unit_class(q.unit), q.unit, said.rule
    left, right = text[slice(*figure.left)], text[figure.right[0] : figure.right[0] + 1]
    shape, joint = _shape(at, left, right), _joint(at)
    start = figure.sentence[0]
    bracketed = text.rfind("（", start, q.start) > text.rfind("）", start, q.start)
    place = f"{figure.first}{figure.last}"
    past = at.earlier[: -_LOOKED_BACK - 1 : -1] if joint != "none" else ()
    same = [p.unit == exact for p in past]
    since = "none" if not past else "=" if same[0] else unit_class(past[0].unit)
    of_source: dict[str, list[Key]] = {}
    out: list[list[Key]] = []
    for candidate in pool:
        name, source, tokens = candidate.text, candidate.source, candidate.words
        row = of_source.get(source)
        if row is None:
            row = of_source[source] = [
                (_of_source, source, unit, shape, right),
                (_of_place, source, unit, joint, bracketed, place),
                (_of_turn, source, joint, since, rule),
            ]
        kind, relations = _kind(name, tokens[0], tokens[-1]), _relations(name, at)
        size = min(len(name), 20) // 2
        row = [
            *row,
            (_of_size, size, source),
            (_of_size_by_rule, size, rule),
            (_of_count, min(len(tokens), 8), source, joint),
            (_of_all, kind, relations, source),
            (_of_flags, kind, "s", source),
            (_of_flags, kind, "u", unit),
            (_of_flags, kind, "x", shape),
            (_of_relations, relations, source, unit, shape),
        ]
        if candidate.note:
            row.append((_of_note, candidate.note, source, shape))
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


def wording(at: Surroundings, candidate: Candidate) -> list[str]:
    """The features of a candidate's words and letters, and of what stands around it."""
    name, tokens, source = candidate.text, candidate.words, candidate.source
    exact = at.figure.quantity.unit
    unit = unit_class(exact)
    first, last, opens, ends = tokens[0], tokens[-1], name[:2], name[-2:]
    before, after = candidate.before, candidate.after[:1]
    row = [
        f"w1={first}",
        f"wl={last}",
        f"b2={opens}",
        f"e2={ends}",
        f"bf={before[-1:]}",
        f"b2f={before}",
        f"af={after}",
    ]
    row += [f"w1|s={first}|{source}", f"wl|u={last}|{unit}", f"e2|u={ends}|{exact}"]
    row += [f"bf|w1={first}|{before[-1:]}", f"af|wl={last}|{after}"]
    return row + [f"w={token}" for token in dict.fromkeys(tokens)]


class Wording:
    """The weights of ``wording``, in tables by word, so that none of its features need be spelt."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        alone: dict[str, dict[str, float]] = {t: {} for t in ("w", "w1", "wl", "b2", "e2", "bf", "b2f", "af")}
        pairs: dict[str, dict[str, dict[str, float]]] = {
            t: {} for t in ("w1|s", "wl|u", "e2|u", "bf|w1", "af|wl")
        }
        for feature, weight in weights.items():
            template, _, told = feature.partition("=")
            if template in alone:
                alone[template][told] = weight
            elif template in pairs:
                word, _, beside = told.rpartition("|")
                pairs[template].setdefault(beside, {})[word] = weight
        self._alone, self._pairs = alone, pairs

    def sums(self, at: Surroundings, pool: list[Candidate]) -> list[float]:
        """For each candidate what the features of its wording weigh together."""
        alone, pairs = self._alone, self._pairs
        word, w1, wl, b2, e2 = (alone[t].get for t in ("w", "w1", "wl", "b2", "e2"))
        bf, b2f, af = alone["bf"], alone["b2f"], alone["af"]
        exact = at.figure.quantity.unit
        wlu, e2u = pairs["wl|u"].get(unit_class(exact), _NONE).get, pairs["e2|u"].get(exact, _NONE).get
        w1s, bfw, afw = pairs["w1|s"], pairs["bf|w1"], pairs["af|wl"]
        out = []
        for candidate in pool:
            name, tokens, source = candidate.text, candidate.words, candidate.source
            first, last, opens, ends = tokens[0], tokens[-1], name[:2], name[-2:]
            before, after = candidate.before, candidate.after[:1]
            near = before[-1:]
            total = (
                w1(first, 0.0) + wl(last, 0.0) + b2(opens, 0.0) + e2(ends, 0.0)
                + bf.get(near, 0.0) + b2f.get(before, 0.0) + af.get(after, 0.0)
                + w1s.get(source, _NONE).get(first, 0.0) + wlu(last, 0.0) + e2u(ends, 0.0)
                + bfw.get(near, _NONE).get(first, 0.0) + afw.get(after, _NONE).get(last, 0.0)
            )  # fmt: skip
            for token in dict.fromkeys(tokens):
                total += word(token, 0.0)
            out.append(total)
        return out


def features(at: Surroundings, pool: list[Candidate]) -> list[list[str]]:
    """For each candidate the names of its features."""
    return [
        [*wording(at, candidate), *(feature for key in row for feature in key[0](*key[1:]))]
        for candidate, row in zip(pool, keys(at, pool), strict=True)
    ]


def _of_source(source: str, unit: str, shape: str, right: str) -> tuple[str, ...]:
    return f"s={source}", f"s|u={source}|{unit}", f"s|x={source}|{shape}", f"s|r={source}|{right}"


def _of_place(source: str, unit: str, joint: str, bracketed: bool, place: str) -> tuple[str, ...]:
    return f"j|s={joint}|{source}", f"par={bracketed}|{joint}|{source}", f"fl={place}|{source}|{unit}"


def _of_turn(source: str, joint: str, since: str, rule: str) -> tuple[str, ...]:
    return f"j|s|u={joint}|{source}|{since}", f"rule|s={rule}|{source}"


def _of_size(size: int, source: str) -> tuple[str, ...]:
    return f"n={size}", f"n|s={size}|{source}"


def _of_size_by_rule(size: int, rule: str) -> tuple[str, ...]:
    return (f"rule|n={rule}|{min(size, 6)}",)


def _of_count(count: int, source: str, joint: str) -> tuple[str, ...]:
    return f"k={count}", f"j|k={joint}|{min(count, 4)}|{source}"


def _of_all(kind: tuple[str, ...], relations: tuple[str, ...], source: str) -> tuple[str, ...]:
    return ("G=" + "".join(kind) + "".join(relations) + source,)


def _of_flags(flags: tuple[str, ...], of: str, beside: str) -> tuple[str, ...]:
    alone = tuple(f"g={flag}" for flag in flags) if of == "s" else ()
    return alone + tuple(f"g|{of}={flag}|{beside}" for flag in flags)


def _of_relations(relations: tuple[str, ...], source: str, unit: str, shape: str) -> tuple[str, ...]:
    beside = (("s", source), ("u", unit), ("x", shape))
    return tuple(feature for of, told in beside for feature in _of_flags(relations, of, told))


def _of_note(note: str, source: str, shape: str) -> tuple[str, ...]:
    return f"note|s={note}|{source}", f"note|x={note}|{shape}|{source[:4]}"


def _of_past(relation: str, i: int, same: bool, of: str) -> tuple[str, ...]:
    return (f"p{i}={relation}|{same}|{of}",)


def _of_rule(rule: str, unit: str, shape: str) -> tuple[str, ...]:
    return f"rule={rule}", f"rule|u={rule}|{unit}", f"rule|x={rule}|{shape}"
