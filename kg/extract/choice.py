"""Features of a candidate name, and the choice among a figure's candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.candidates import Candidate, candidates
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
from kg.extract.ranking import Ranker
from kg.extract.surroundings import Named, Surroundings
from kg.extract.words import cut, words
from kg.tag.quantities import measures

_RATE = re.compile(r"(?<![\u4e00-\u9fff])(?P<rate>[\u4e00-\u9fff]{2,4}率)(?:分别)?[为是达约]{0,2}$")
_PEOPLE = {"人", "名", "位", "人次", "例", "户", "对"}
_THINGS = {
    "个",
    "家",
    "所",
    "处",
    "座",
    "间",
    "支",
    "台",
    "辆",
    "项",
    "种",
    "张",
    "件",
    "份",
    "次",
    "场",
    "期",
}


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


def _flags(candidate: Candidate, at: Surroundings, first: str, last: str) -> Iterator[tuple[str, bool]]:
    """What is true of a candidate; ``first`` and ``last`` are its outer words."""
    verbs, heads = _lists()
    name, said = candidate.text, at.said.text
    yield "v1", first in verbs
    yield "vl", last in verbs
    yield "hl", last in heads or name[-2:] in heads or name[-3:] in heads
    yield "nl", NOUN_LIKE.search(name) is not None
    yield "dg", re.search(r"[\d%]", name) is not None
    yield "de", "的" in name
    yield "co", "、" in name or "和" in name
    yield "ge", GENERIC.fullmatch(name) is not None
    yield "mo", MODIFIER.fullmatch(name) is not None
    yield "cl", CLASS.search(name) is not None
    yield "pp", PER_PREFIX.match(name) is not None
    yield "eq", name == said
    yield "in", name != said and name in said
    yield "ov", name != said and name not in said and said in name
    yield "p0", bool(at.earlier) and name == at.earlier[-1].base
    yield "tp", bool(at.topic) and name.startswith(at.topic)


def features(at: Surroundings, pool: list[Candidate]) -> list[list[str]]:
    """For each candidate the names of its features."""
    text, figure, named = at.text, at.figure, at.said
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
        first, last = (tokens[0], tokens[-1]) if tokens else ("", "")
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
        flags = [flag for flag, holds in _flags(candidate, at, first, last) if holds]
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
        base = best.base or (
            named.base if named.base and named.base in best.text else best.text.removesuffix("占比")
        )
        text = _as_rate(best.text, at) if best.source.startswith("past") else best.text
        return Named(text, f"ranked-{best.source}", base if text == best.text else text)


def _as_rate(name: str, at: Surroundings) -> str:
    """孕产妇死亡3例，死亡率为7.8/10万: what an earlier figure counts, said as the rate that stands beside this one."""
    own = _RATE.search(at.text, at.figure.left[0], at.figure.quantity.start)
    if own is None:
        return name
    rate = own["rate"]
    shared = next((n for n in range(len(rate) - 1, 0, -1) if name.endswith(rate[:n])), 0)
    return name + rate[shared:] if shared else name
