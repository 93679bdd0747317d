"""The choice among a figure's candidate names."""

from __future__ import annotations

import re

from kg.extract.candidates import Candidate, candidates
from kg.extract.features import Key, Wording, keys
from kg.extract.phrases import RANKED
from kg.extract.ranking import Ranker
from kg.extract.surroundings import Named, Surroundings

_RATE = re.compile(r"(?<![\u4e00-\u9fff])(?P<rate>[\u4e00-\u9fff]{2,4}率)(?:分别)?[为是达约]{0,2}$")
_KEPT = 1 << 17  # keys whose weight is kept; a report has some thousands


class _Sums(dict[Key, float]):
    """What the features of a key weigh together, summed when first met."""

    def __init__(self, ranker: Ranker) -> None:
        super().__init__()
        self._ranker = ranker

    def __missing__(self, key: Key) -> float:
        if len(self) >= _KEPT:
            self.clear()
        weight = self[key] = self._ranker.score(key[0](*key[1:]))
        return weight


class Choice:
    """Chooses a figure's name among its candidates."""

    def __init__(self, ranker: Ranker) -> None:
        self.ranker = ranker
        self._sums = _Sums(ranker)
        self._wording = Wording(ranker.weights)

    def scores(self, at: Surroundings, pool: list[Candidate]) -> list[float]:
        """What the features of each candidate weigh together."""
        sums = self._sums
        worded = self._wording.sums(at, pool)
        return [
            sum([sums[key] for key in row], start) for start, row in zip(worded, keys(at, pool), strict=True)
        ]

    def best(self, at: Surroundings, pool: list[Candidate]) -> int:
        """The index of the candidate whose features weigh most; the first wins a tie."""
        scores = self.scores(at, pool)
        return scores.index(max(scores))

    def __call__(self, at: Surroundings) -> Named:
        """The best candidate; its base is the rules' where that is part of it."""
        pool = candidates(at)
        if len(pool) < 2:
            return at.said
        best = pool[self.best(at, pool)]
        named = at.said
        if best.text == named.text or (named.rule == "narrowed" and RANKED.fullmatch(best.text)):
            return named  # a level or an owner alone (省级, 公立) counts nothing
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
