"""Train the models of seeds/models on the train provinces of seeds/corpus, and measure them by folds over provinces.

    python scripts/train_models.py [--folds 5] [--no-save]

Deterministic: the same corpus and rules give the same bytes. Each figure that the rules find and the gold knows is one
example: its candidate names, those right by kg.compare being positive, the likelier the nearer they are to the gold name.
The model is a conditional logit (McFadden 1974), fitted by Adam on the full batch with L2 regularisation.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg import corpus
from kg.clean import clean
from kg.compare import folded, likeness, same_indicator
from kg.config import Options
from kg.extract import extract
from kg.extract.candidates import candidates
from kg.extract.choice import features
from kg.extract.indicator import Named, Surroundings
from kg.extract.ranking import Ranker
from kg.read import read
from kg.resources import data
from kg.tag import load, tag

L2 = 0.3
STEPS = 200
RATE = 0.045
LEAST = 2  # how many candidates a feature must occur with
SMALL = 0.02  # weights nearer to nothing than this are not saved


@dataclass(frozen=True)
class Example:
    """One figure: the province of its report, its candidates' features and how right each candidate is (0 to 1)."""

    province: str
    features: list[list[str]]
    right: list[float]


def collect() -> list[Example]:
    """The examples of the train provinces."""
    nlp, found = load(), []
    folder = data("seeds", "corpus", "texts")
    for gold in corpus.load(split="train"):
        tagged = tag(clean(read(folder / f"{gold.name}.txt", Options())), nlp)
        seen: dict[int, Surroundings] = {}

        def remember(at: Surroundings, seen: dict[int, Surroundings] = seen) -> Named:
            seen[at.figure.quantity.start] = at
            return at.said

        extract(tagged, remember)
        starts = {tagged.clean.starts[start]: at for start, at in seen.items()}
        for figure in gold.figures:
            at = next((starts[s] for s in range(figure.start, figure.end) if s in starts), None)
            if at is None or figure.optional:
                continue
            pool = candidates(at)
            names = [folded(n) for n in figure.indicators]
            right = [
                max(likeness(folded(c.text), n) for n in names) ** 3 if same_indicator(c.text, figure.indicators, figure.head) else 0.0
                for c in pool
            ]
            found.append(Example(gold.province, features(at, pool), right))
    return found


def fit(examples: list[Example]) -> dict[str, float]:
    """The weights that make the right candidates likeliest."""
    usable = [e for e in examples if max(e.right) > 0 and min(e.right) == 0]
    counts = Counter(f for e in usable for row in e.features for f in row)
    index = {f: i for i, f in enumerate(sorted(f for f, c in counts.items() if c >= LEAST))}
    columns, lengths, group, right = [], [], [], []
    for g, example in enumerate(usable):
        for row, value in zip(example.features, example.right, strict=True):
            known = [index[f] for f in row if f in index]
            columns += known
            lengths.append(len(known))
            group.append(g)
            right.append(value)
    column, of_group, value = np.array(columns), np.array(group), np.array(right)
    of_row = np.repeat(np.arange(len(lengths)), lengths)
    weights, first, second = (np.zeros(len(index)) for _ in range(3))
    for step in range(1, STEPS + 1):
        score = np.bincount(of_row, weights=weights[column], minlength=len(lengths))
        top = np.full(len(usable), -np.inf)
        np.maximum.at(top, of_group, score)
        odds = np.exp(score - top[of_group])
        prior = odds / np.bincount(of_group, weights=odds)[of_group]
        posterior = odds * value / np.bincount(of_group, weights=odds * value)[of_group]
        gradient = np.bincount(column, weights=(prior - posterior)[of_row], minlength=len(index)) + L2 * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        rate = RATE * (1 - 0.9 * step / STEPS)
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {f: round(float(weights[i]), 4) for f, i in index.items() if abs(weights[i]) >= SMALL}


def accuracy(examples: list[Example], weights: dict[str, float]) -> tuple[int, int]:
    """How many examples the model names rightly, and how many the rules do."""
    model = Ranker(weights)
    return sum(e.right[model.best(e.features)] > 0 for e in examples), sum(e.right[0] > 0 for e in examples)


def folds(examples: list[Example], count: int) -> None:
    """Print the accuracy on provinces that the weights were not fitted on."""
    provinces = sorted({e.province for e in examples})
    totals = np.zeros(3, dtype=int)
    for k in range(count):
        held = set(provinces[k::count])
        test = [e for e in examples if e.province in held]
        ours, rules = accuracy(test, fit([e for e in examples if e.province not in held]))
        totals += (ours, rules, len(test))
        print(f"fold {k + 1}: model {ours / len(test):.3f}  rules {rules / len(test):.3f}  figures {len(test)}")
    print(f"indicator, {count} folds over provinces: model {totals[0] / totals[2]:.4f}  rules {totals[1] / totals[2]:.4f}")


def save(weights: dict[str, float], path: Path) -> None:
    """Write weights as sorted, compressed JSON without a time stamp."""
    text = json.dumps({"weights": weights}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    print(f"{path.name}: {len(weights)} weights, {path.stat().st_size} bytes")


def main() -> None:
    """Measure, then fit on all train provinces and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--no-save", action="store_true")
    args = parser.parse_args()
    examples = collect()
    print(f"{len(examples)} figures of the train provinces")
    if args.folds:
        folds(examples, args.folds)
    if not args.no_save:
        save(fit(examples), data("seeds", "models", "indicator.json.gz"))


if __name__ == "__main__":
    main()
