"""Features of a candidate name, and the choice among a figure's candidates."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.candidates import Candidate, candidates
from kg.extract.concepts import known
from kg.extract.indicator import (
    CHANGE_TAIL,
    CLASS,
    COMPARISON,
    GENERIC,
    MODIFIER,
    NOUN_LIKE,
    PER_PREFIX,
    SHARE_TAIL,
    Named,
    Surroundings,
)
from kg.extract.ranking import Ranker
from kg.extract.words import words
from kg.tag.boundaries import words as cut
from kg.tag.quantities import measures

_PEOPLE = {"人", "名", "位", "人次", "例", "户", "对"}
_THINGS = {"个", "家", "所", "处", "座", "间", "支", "台", "辆", "项", "种", "张", "件", "份", "次", "场", "期"}


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(words("verbs")), frozenset(words("heads"))


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


def features(at: Surroundings, pool: list[Candidate]) -> list[list[str]]:
    """For each candidate the names of its features."""
    verbs, heads = _lists()
    text, figure, named, topic = at.text, at.figure, at.said, at.topic
    past = at.earlier[-1].base if at.earlier else ""
    q = figure.quantity
    unit = unit_class(q.unit)
    left = text[slice(*figure.left)]
    right = text[figure.right[0] : figure.right[0] + 2]
    shape = (
        ("C" if COMPARISON.search(left) else "") + ("D" if CHANGE_TAIL.search(left) else "") + ("S" if SHARE_TAIL.search(left) else "")
        + ("0" if len(left) < 2 else "") + ("R" if "\u4e00" <= right[:1] <= "\u9fff" else "r") + ("F" if figure.first else "f")
    )  # fmt: skip
    right_one = right[:1]
    said = named.text
    out = []
    for candidate in pool:
        name, source = candidate.text, candidate.source
        group = source.split(":")[0]
        tokens = cut(name)
        first, last = tokens[0], tokens[-1]
        size = min(len(name), 20) // 2
        before, after = candidate.before[-1:], candidate.after[:1]
        row = [
            "s=" + source,
            f"s|u={source}|{unit}",
            f"s|x={group}|{shape}",
            f"s|r={group}|{right_one}",
            f"n={size}",
            f"n|s={size}|{group}",
            f"w1={first}",
            f"wl={last}",
            f"w1|s={first}|{group}",
            f"wl|u={last}|{unit}",
            f"e2|u={name[-2:]}|{q.unit}",
            f"e2={name[-2:]}",
            f"b2={name[:2]}",
            f"bf={before}",
            f"bf|w1={before}|{first}",
            f"b2f={candidate.before}",
            f"af={after}",
            f"af|wl={after}|{last}",
            f"k={len(tokens)}",
            f"note|s={candidate.note}|{source}",
            f"note|x={candidate.note}|{shape}|{group[:4]}",
        ]
        scheme = known(name)
        row += [f"cm={scheme}", f"cm|s={scheme}|{group}", f"cm|u={scheme}|{unit}"]
        flags = []
        if first in verbs:
            flags.append("v1")
        if last in verbs:
            flags.append("vl")
        if last in heads or any(name.endswith(h) for h in (name[-2:], name[-3:]) if h in heads):
            flags.append("hl")
        if NOUN_LIKE.search(name):
            flags.append("nl")
        if re.search(r"[\d%]", name):
            flags.append("dg")
        if "的" in name:
            flags.append("de")
        if "、" in name or "和" in name:
            flags.append("co")
        if GENERIC.fullmatch(name):
            flags.append("ge")
        if MODIFIER.fullmatch(name):
            flags.append("mo")
        if CLASS.search(name):
            flags.append("cl")
        if PER_PREFIX.match(name):
            flags.append("pp")
        if name == said:
            flags.append("eq")
        elif name in said:
            flags.append("in")
        elif said in name:
            flags.append("ov")
        if name == past:
            flags.append("p0")
        if topic and name.startswith(topic):
            flags.append("tp")
        for flag in flags:
            row.append("g=" + flag)
            row.append(f"g|s={flag}|{group}")
            row.append(f"g|u={flag}|{unit}")
            row.append(f"g|x={flag}|{shape}")
        if name == said:
            row.append("rule=" + named.rule)
            row.append(f"rule|u={named.rule}|{unit}")
            row.append(f"rule|x={named.rule}|{shape}")
        row.append("G=" + "".join(flags) + group)
        out.append(row)
    return out


class Choice:
    """Chooses a figure's name among its candidates."""

    def __init__(self, ranker: Ranker) -> None:
        self.ranker = ranker

    def __call__(self, at: Surroundings) -> Named:
        """The best candidate; its base is the rules' where that is part of it."""
        pool = candidates(at)
        if len(pool) < 2:
            return at.said
        best = pool[self.ranker.best(features(at, pool))]
        named = at.said
        if best.text == named.text:
            return named
        base = named.base if named.base and named.base in best.text else best.text.removesuffix("占比")
        return Named(best.text, f"ranked-{best.source}", base)
