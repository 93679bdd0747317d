"""A linear ranker over candidates: each candidate is a list of named features, the one with the greatest weight wins.

Weights are a table of feature names, so that anyone can read why a candidate was chosen. They are trained by
``scripts/train_models.py`` as a conditional logit (McFadden 1974) over the candidates of each figure.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from kg.resources import data


class Ranker:
    """Chooses among candidates by the sum of their features' weights; the first wins a tie."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    @classmethod
    def from_file(cls, path: Path) -> Ranker:
        """Weights saved by ``save``."""
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return cls(json.load(file)["weights"])

    def score(self, features: Sequence[str]) -> float:
        """The sum of the weights of a candidate's features; unknown ones count nothing."""
        get = self.weights.get
        return sum([get(f, 0.0) for f in features])  # a list: twice as fast as a generator

    def best(self, candidates: Sequence[Sequence[str]]) -> int:
        """The index of the best candidate."""
        scores = [self.score(features) for features in candidates]
        return max(range(len(scores)), key=lambda i: (scores[i], -i))


@cache
def ranker(name: str) -> Ranker | None:
    """The shipped ranker ``seeds/models/NAME.json.gz``; None where it has not been trained yet."""
    path = data("seeds", "models", f"{name}.json.gz")
    return Ranker.from_file(path) if path.exists() else None
