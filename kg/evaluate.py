"""Facts and mentions against gold annotations: precision, recall and what went wrong, by rule, kind and label.

A *quantity* is right when the spans overlap and value and unit agree; a *fact* when indicator, subject and period
are right as well; a *mention* when span and label agree exactly. Optional gold figures count neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from kg.compare import folded, is_undated, same_indicator, same_name, same_time
from kg.corpus import HELD_OUT, Gold, GoldFigure, load
from kg.misses import Miss
from kg.model import Fact, Label, NamedMention, Reading

LABELS: tuple[Label, ...] = get_args(Label)
By = Literal["total", "document", "rule", "kind", "label"]
ASPECTS = ("indicator", "subject", "time", "kind", "comparator")


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the contract's ``facts``, as far as it is scored. Times are ISO dates or empty."""

    start: int
    end: int
    value: float | None
    unit: str
    comparator: str
    kind: str
    indicator: str
    subject: str
    time_start: str
    time_end: str
    rule: str = ""

    @classmethod
    def of(cls, fact: Fact) -> FactRow:
        """The row of a fact."""
        return cls(
            fact.start,
            fact.end,
            float(fact.value),
            fact.unit,
            fact.comparator,
            fact.kind,
            fact.indicator,
            fact.subject.name,
            fact.period.start.isoformat() if fact.period else "",
            fact.period.end.isoformat() if fact.period else "",
            fact.rule,
        )


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A row of the contract's ``mentions``, as far as it is scored."""

    start: int
    end: int
    label: str
    name: str
    rule: str = ""

    @classmethod
    def of(cls, mention: NamedMention) -> MentionRow:
        """The row of a mention."""
        return cls(mention.start, mention.end, mention.entity.label, mention.entity.name, mention.rule)


class Tally(Counter[str]):
    """Counts under keys such as ``fact.hit``, ``fact.said``, ``fact.gold``, ``time.right``, ``time.all``."""

    def measure(self, key: str) -> dict[str, float]:
        """Precision, recall and F1 of ``key`` with the numbers they rest on."""
        hit, said, gold = self[f"{key}.hit"], self[f"{key}.said"], self[f"{key}.gold"]
        precision = hit / said if said else 0.0
        recall = hit / gold if gold else 0.0
        both = precision + recall
        return {
            "p": precision,
            "r": recall,
            "f1": 2 * precision * recall / both if both else 0.0,
            "gold": gold,
            "said": said,
        }

    def share(self, key: str) -> float:
        """The share of ``key`` that is right, 0 where there is none."""
        return self[f"{key}.right"] / self[f"{key}.all"] if self[f"{key}.all"] else 0.0

    def summary(self) -> dict[str, dict[str, float] | float]:
        """All measures, by name."""
        entity = Tally(
            {
                f"entity.{part}": sum(self[f"{label}.{part}"] for label in LABELS)
                for part in ("hit", "said", "gold")
            }
        )
        measures: dict[str, dict[str, float] | float] = {
            key: self.measure(key) for key in ("quantity", "fact", *LABELS)
        }
        return (
            measures
            | {"entity": entity.measure("entity")}
            | {key: self.share(key) for key in (*ASPECTS, "name")}
        )

    def flat(self) -> dict[str, float]:
        """F1 where there is one, else the share right, by name."""
        summary = self.summary()
        keys = ("quantity", "fact", "entity", *LABELS, *ASPECTS, "name")
        return {key: value["f1"] if isinstance(value := summary[key], dict) else value for key in keys}

    def line(self) -> str:
        """The measures in one line of text."""
        return "  ".join(f"{key} {value:.3f}" for key, value in self.flat().items())


@dataclass(slots=True)
class Scores:
    """What an evaluation found. ``misses`` leaves out the documents of the test split unless they were asked for."""

    documents: dict[str, Tally] = field(default_factory=dict)
    total: Tally = field(default_factory=Tally)
    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[Miss] = field(default_factory=list)

    def table(self, *, documents: bool = False) -> str:
        """The totals as text, on request with a line for each document."""
        rows = [*self.documents.items()] if documents else []
        return "\n".join(f"{name:24} {tally.line()}" for name, tally in [*rows, ("TOTAL", self.total)])

    def rows(self, by: By = "total") -> list[dict[str, str | int | float]]:
        """One flat row a document, rule, kind, label, or one for everything, the most frequent rule or kind first.

        ``total`` and ``document`` give F1 of quantities, facts, entities and labels and the share right of the rest;
        ``rule`` and ``kind`` give ``said`` (how many rows), the shares of these right in value and right as a whole
        fact, and of those right in value the share right in each aspect; ``label`` gives precision, recall and F1.
        Optional gold figures are left out. By kind, the share of figures read as of their kind is ``kind right``.
        """
        if by in ("total", "document"):
            tallies = {"all": self.total} if by == "total" else self.documents
            return [{by: name, **tally.flat()} for name, tally in tallies.items()]
        if by == "label":
            return [{"label": label, **self.total.measure(label)} for label in LABELS]
        tallies = self.rules if by == "rule" else self.kinds
        rows: list[dict[str, str | int | float]] = []
        for name, tally in sorted(tallies.items(), key=lambda item: (-item[1]["said"], item[0])):
            said = tally["said"]
            shares = {_column(aspect, by): tally.share(aspect) for aspect in ASPECTS}
            rows.append(
                {by: name, "said": said, "value": tally["hit"] / said, "fact": tally["fact"] / said, **shares}
            )
        return rows


def evaluate(
    text_dir: Path,
    gold_dir: Path,
    read_one: Callable[[Path], Reading],
    *,
    show_test: bool = False,
) -> Scores:
    """Read each document of ``text_dir`` that has gold in ``gold_dir`` and score it.

    ``show_test`` lists the errors of the documents held out too, which then can no longer serve as a test. Raises as
    ``kg.corpus.load`` and ``read_one`` do.
    """
    golds = list(load(text_dir, gold_dir))
    readings = {gold.name: read_one(text_dir / f"{gold.name}.txt") for gold in golds}
    return _score_readings(golds, readings, show_test=show_test)


def score_readings(
    readings: Mapping[str, Reading],
    text_dir: Path,
    gold_dir: Path,
    *,
    only: Container[str] | None = None,
    show_test: bool = False,
) -> Scores:
    """Score ``readings``, by the documents' names without suffix.

    A document of ``gold_dir`` that was not read counts as missed, unless ``only`` names those that count.
    """
    golds = [gold for gold in load(text_dir, gold_dir) if only is None or gold.name in only]
    return _score_readings(golds, readings, show_test=show_test)


def score_rows(
    golds: Iterable[Gold],
    facts: Mapping[str, Sequence[FactRow]],
    mentions: Mapping[str, Sequence[MentionRow]],
    *,
    show_test: bool = False,
) -> Scores:
    """Score rows, by the documents' names without suffix."""
    scores = Scores()
    for gold in golds:
        tally = Tally()
        misses: list[Miss] = []
        _score_facts(gold, facts.get(gold.name, ()), tally, scores, misses)
        for label in LABELS:
            _score_names(
                gold, label, [row for row in mentions.get(gold.name, ()) if row.label == label], tally, misses
            )
        scores.documents[gold.name] = tally
        scores.total.update(tally)
        if show_test or gold.split not in HELD_OUT:
            scores.misses += misses
    return scores


def _score_readings(golds: Iterable[Gold], readings: Mapping[str, Reading], *, show_test: bool) -> Scores:
    facts = {name: [FactRow.of(fact) for fact in reading.facts] for name, reading in readings.items()}
    mentions = {
        name: [MentionRow.of(mention) for mention in reading.mentions] for name, reading in readings.items()
    }
    return score_rows(golds, facts, mentions, show_test=show_test)


def _score_facts(
    gold: Gold, rows: Sequence[FactRow], tally: Tally, scores: Scores, misses: list[Miss]
) -> None:
    pairs = _paired(gold.figures, rows)
    optional = sum(gold.figures[i].optional for i in pairs)
    for key in ("quantity", "fact"):
        tally[f"{key}.said"] += len(rows) - optional
        tally[f"{key}.gold"] += sum(not figure.optional for figure in gold.figures)
    undated = is_undated(gold.text, gold.period)
    for i, figure in enumerate(gold.figures):
        if figure.optional:
            continue
        if i not in pairs:
            misses.append(Miss.of_figure(gold, "missed", figure, ("", figure.indicators[0])))
            continue
        row = rows[pairs[i]]
        tallies = (scores.rules[row.rule], scores.kinds[figure.kind])
        for part in tallies:
            part["said"] += 1
        if not (_same_value(row, figure) and folded(row.unit) == folded(figure.unit)):
            said, right = f"{row.value} {row.unit}", f"{figure.value} {figure.unit}"
            misses.append(Miss.of_figure(gold, "value", figure, (said, right), row.rule))
            continue
        tally["quantity.hit"] += 1
        right_aspects = _aspects(row, figure, undated=undated)
        fact = right_aspects["indicator"] and right_aspects["subject"] and right_aspects["time"]
        tally["fact.hit"] += fact
        for part in tallies:
            part["hit"] += 1
            part["fact"] += fact
        for part in (tally, *tallies):
            for aspect, right_one in right_aspects.items():
                part[f"{aspect}.all"] += 1
                part[f"{aspect}.right"] += right_one
        misses += [
            Miss.of_figure(gold, aspect, figure, _said_and_gold(aspect, row, figure), row.rule)
            for aspect, right_one in right_aspects.items()
            if not right_one
        ]
    used = set(pairs.values())
    for j, row in enumerate(rows):
        if j not in used:
            scores.rules[row.rule]["said"] += 1
            misses.append(
                Miss.spurious(gold, row.start, row.end, row.indicator, rule=row.rule, kind=row.kind)
            )


def _column(aspect: str, by: By) -> str:
    """The column of an aspect's share, which must not be called as the breakdown is."""
    return f"{aspect} right" if aspect == by else aspect


def _paired(figures: Sequence[GoldFigure], rows: Sequence[FactRow]) -> dict[int, int]:
    """For each figure, in order, the free row that overlaps it: first by a right value, then by the longest overlap."""
    pairs: dict[int, int] = {}
    free = dict(enumerate(rows))
    for i, figure in enumerate(figures):
        near = [
            ((_same_value(row, figure), overlap), -j)
            for j, row in free.items()
            if (overlap := min(row.end, figure.end) - max(row.start, figure.start)) > 0
        ]
        if near:
            pairs[i] = -max(near)[1]
            del free[pairs[i]]
    return pairs


def _same_value(row: FactRow, figure: GoldFigure) -> bool:
    gold = float(figure.value)
    return abs((row.value or 0.0) - gold) <= 1e-9 * max(1.0, abs(gold))


def _aspects(row: FactRow, figure: GoldFigure, *, undated: bool) -> dict[str, bool]:
    return {
        "indicator": same_indicator(row.indicator, figure.indicators, figure.head),
        "subject": same_name(row.subject, figure.subjects),
        "time": same_time(
            row.time_start, row.time_end, figure.times, context=figure.context, undated=undated
        ),
        "kind": row.kind == figure.kind,
        "comparator": (row.comparator or "=") == figure.comparator,
    }


def _said_and_gold(aspect: str, row: FactRow, figure: GoldFigure) -> tuple[str, str]:
    return {
        "indicator": (row.indicator, figure.indicators[0]),
        "subject": (row.subject, figure.subjects[0]),
        "time": (
            f"{row.time_start}..{row.time_end}",
            figure.times[0] + (" (context)" if figure.context else ""),
        ),
        "kind": (row.kind, figure.kind),
        "comparator": (row.comparator, figure.comparator),
    }[aspect]


def _score_names(
    gold: Gold, label: Label, rows: Sequence[MentionRow], tally: Tally, misses: list[Miss]
) -> None:
    wanted = [name for name in gold.names if name.label == label]
    tally[f"{label}.said"] += len(rows)
    tally[f"{label}.gold"] += len(wanted)
    by_span = {(row.start, row.end): row for row in rows}
    for name in wanted:
        row = by_span.pop((name.start, name.end), None)
        if row is None:
            misses.append(Miss.of_name(gold, f"missed {label}", name, ""))
            continue
        tally[f"{label}.hit"] += 1
        tally["name.all"] += 1
        if same_name(row.name, name.names):
            tally["name.right"] += 1
        else:
            misses.append(Miss.of_name(gold, "name", name, row.name, row.rule))
    for (start, end), row in by_span.items():
        misses.append(Miss.spurious(gold, start, end, row.name, rule=row.rule, label=label))
