"""Train the models of seeds/models on the train provinces of seeds/corpus, and measure them by folds over provinces.

    python scripts/train_models.py [--folds 5] [--no-save]

Deterministic: the same corpus and rules give the same bytes. Each figure that the rules find and the gold knows is one
example: its candidate names, those right by kg.compare being positive, the likelier the nearer they are to the gold's own
name; near one of its alternatives they count for less.
The model is a conditional logit (McFadden 1974), fitted by Adam on the full batch with L2 regularisation.

A figure leans on the names of those before it, so the examples are collected twice: with the rules' names, and with the
names that a model of the other provinces chose. The measured accuracy is that of the model at work on unseen provinces.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kg import corpus
from kg.clean import clean
from kg.compare import folded, likeness, same_indicator
from kg.config import Options
from kg.evaluate import Scores, score_readings
from kg.extract import extract
from kg.extract.candidates import candidates
from kg.extract.choice import Choice
from kg.extract.features import features
from kg.extract.ranking import Ranker
from kg.extract.surroundings import Named, Surroundings
from kg.model import Tagged
from kg.read import read
from kg.resources import data
from kg.tag import load, tag

L2 = 0.5
STEPS = 200
RATE = 0.045
PRIOR = 10  # how many facts at the mean a rule's confidence starts from
SHARP = 6  # how much nearer names are preferred
ALSO = 0.2  # the worth of an alternative beside the gold's own name, which says more of what is counted
LEAST = 2  # how many candidates a feature must occur with
SMALL = 0.02  # weights nearer to nothing than this are not saved


@dataclass(frozen=True)
class Example:
    """One figure: the province of its report, its candidates' features and how right each candidate is (0 to 1)."""

    province: str
    features: list[list[str]]
    right: list[float]


@cache
def reports() -> tuple[tuple[corpus.Gold, Tagged], ...]:
    """The annotated reports of the train provinces, tagged."""
    nlp, folder = load(), data("seeds", "corpus", "texts")
    return tuple(
        (gold, tag(clean(read(folder / f"{gold.name}.txt", Options())), nlp))
        for gold in corpus.load(split="train")
    )


def collect(models: Mapping[str, Choice | None]) -> list[Example]:
    """The examples of the train provinces, the names in each chosen by its province's model, else by the rules."""
    found = []
    for gold, tagged in reports():
        seen: dict[int, Surroundings] = {}
        choice = models.get(gold.province or "")

        def remember(
            at: Surroundings, seen: dict[int, Surroundings] = seen, choice: Choice | None = choice
        ) -> Named:
            seen[at.figure.quantity.start] = at
            return choice(at) if choice else at.said

        extract(tagged, remember)
        starts = {tagged.clean.starts[start]: at for start, at in seen.items()}
        for figure in gold.figures:
            at = next((starts[s] for s in range(figure.start, figure.end) if s in starts), None)
            if at is None or figure.optional:
                continue
            pool = candidates(at)
            names = [folded(n) for n in figure.indicators]
            right = [
                _worth(folded(c.text), names)
                if same_indicator(c.text, figure.indicators, figure.head)
                else 0.0
                for c in pool
            ]
            found.append(Example(gold.province, features(at, pool), right))
    return found


def _worth(name: str, names: list[str]) -> float:
    """How right a name is: the nearer to the gold's own name the more, near one of its alternatives less (0 to 1)."""
    return max(likeness(name, names[0]) ** SHARP, *(ALSO * likeness(name, n) ** SHARP for n in names))


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
        gradient = (
            np.bincount(column, weights=(prior - posterior)[of_row], minlength=len(index)) + L2 * weights
        )
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        rate = RATE * (1 - 0.9 * step / STEPS)
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {f: round(float(weights[i]), 4) for f, i in index.items() if abs(weights[i]) >= SMALL}


def held_out(examples: list[Example], count: int) -> dict[str, Choice]:
    """For each province a model fitted without its fold of provinces."""
    provinces = sorted({e.province for e in examples})
    models = {}
    for k in range(count):
        held = provinces[k::count]
        model = Choice(Ranker(fit([e for e in examples if e.province not in held])))
        models |= dict.fromkeys(held, model)
    return models


@dataclass(frozen=True)
class Measured:
    """What models do on provinces they have not seen: the shares of names right, by them and by the rules, and all scores."""

    figures: int
    ours: float
    rules: float
    scores: Scores


def by_folds(count: int) -> tuple[list[Example], Measured]:
    """The examples to fit on, and how models fitted without a fold of provinces work on it."""
    by_rules = collect({})
    examples = by_rules + collect(held_out(by_rules, count))
    models = held_out(examples, count)
    return examples, measure(collect(models), models)


def measure(examples: list[Example], models: Mapping[str, Choice]) -> Measured:
    """What the models do at work on provinces they were not fitted on."""
    ours = sum(e.right[models[e.province].ranker.best(e.features)] > 0 for e in examples)
    rules = sum(e.right[0] > 0 for e in examples)
    texts, golds = data("seeds", "corpus", "texts"), data("seeds", "corpus", "gold")
    readings = {gold.name: extract(tagged, models[gold.province or ""]) for gold, tagged in reports()}
    scores = score_readings(readings, texts, golds, only=set(readings))
    return Measured(len(examples), ours / len(examples), rules / len(examples), scores)


def calibrate(scores: Scores, path: Path) -> None:
    """Write how often the facts of each rule are right, on unseen provinces; few facts count towards the mean of all."""
    said, right = Counter[str](), Counter[str]()
    for row in scores.rows("rule"):
        rule = str(row["rule"]).partition("/n-")[0]
        said[rule] += int(row["said"])
        right[rule] += round(float(row["fact"]) * int(row["said"]))
    mean = right.total() / said.total()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rule", "said", "right", "confidence"])
        for rule in sorted(said):
            writer.writerow(
                [rule, said[rule], right[rule], f"{(right[rule] + PRIOR * mean) / (said[rule] + PRIOR):.2f}"]
            )
        writer.writerow(["", said.total(), right.total(), f"{mean:.2f}"])


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
    examples, measured = by_folds(args.folds)
    print(
        f"names, folds over provinces: model {measured.ours:.4f}  rules {measured.rules:.4f}  figures {measured.figures}"
    )
    print("train provinces, each read with a model that has not seen it:")
    print(measured.scores.table())
    if not args.no_save:
        calibrate(measured.scores, data("seeds", "models", "confidence.csv"))
        save(fit(examples), data("seeds", "models", "indicator.json.gz"))


if __name__ == "__main__":
    main()
