"""What the commands show, as rows: readings, problems, queries, scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.errors import UsageError
from kg.evaluate import Scores, Tally
from kg.graph.query import SavedQuery
from kg.model import Fact, NamedMention, Problem, Reading

READING = (
    "type", "start", "end", "text", "label", "name", "value", "unit", "comparator", "indicator", "subject", "area",
    "time_start", "time_end", "sentence", "rule", "confidence",
)  # fmt: skip
READING_TABLE = (
    "type",
    "start",
    "text",
    "label",
    "name",
    "indicator",
    "subject",
    "time_end",
    "rule",
    "confidence",
)
PROBLEM = ("doc", "severity", "code", "start", "quote", "zh", "en")
PROBLEM_TABLE = ("doc", "severity", "code", "quote", "zh", "en")
QUERY = ("query", "title", "标题", "parameters")
BREAKDOWNS = ("rule", "kind", "label", "document")


def reading(found: Reading) -> Iterator[tuple[object, ...]]:
    """A row for each mention and each fact of a report, in the order of the text.

    A fact's ``label`` is its kind, and its ``text`` the number with its unit.
    """
    items: list[NamedMention | Fact] = [*found.mentions, *found.facts]
    for item in sorted(items, key=lambda item: (item.start, item.end)):
        yield _mention(item) if isinstance(item, NamedMention) else _fact(item)


def _mention(mention: NamedMention) -> tuple[object, ...]:
    named = (mention.entity.label, mention.entity.name)
    none = (None,) * 9
    return (
        "mention",
        mention.start,
        mention.end,
        mention.text,
        *named,
        *none,
        mention.rule,
        mention.confidence,
    )


def _fact(fact: Fact) -> tuple[object, ...]:
    return (
        "fact", fact.start, fact.end, fact.quote, fact.kind, None, fact.value, fact.unit, fact.comparator,
        fact.indicator, fact.subject.name, fact.area.name if fact.area else None,
        fact.period.start if fact.period else None, fact.period.end if fact.period else None,
        fact.sentence, fact.rule, fact.confidence,
    )  # fmt: skip


def problem(one: Problem) -> tuple[object, ...]:
    """The row of a problem."""
    return one.doc, one.severity, one.code, one.start, one.quote, one.zh, one.en


def lines(problems: Iterable[Problem], most: int = 3) -> Iterator[str]:
    """Problems in words, file by file, in both languages: the first ``most`` of each file and how many more it has."""
    for doc, found in groupby(problems, key=lambda one: one.doc):
        listed = list(found)
        for one in listed[:most]:
            where = doc if one.start is None else f"{doc}:{one.start}"
            yield f"[{one.code}] {where}: {one.zh}"
            yield f"[{one.code}] {where}: {one.en}"
        if len(listed) > most:
            yield f"{doc}: +{len(listed) - most} · kg validate"


def query(one: SavedQuery) -> tuple[str, ...]:
    """The row of a saved query in the list of them."""
    parameters = (
        f"{name}: {p.type}{'' if p.default is None else f' = {p.default}'}{', required' if p.required else ''}"
        for name, p in one.parameters.items()
    )
    return one.name, one.title_en, one.title_zh, "; ".join(parameters)


def scores(found: Scores, by: str) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Columns and rows of an evaluation: its total, or the total broken down.

    Raises:
        UsageError: E213 when ``by`` is none of `BREAKDOWNS`.
    """
    if by in {"rule", "kind"}:
        tallies = found.rules if by == "rule" else found.kinds
        aspects = ("indicator", "subject", "time", "kind", "comparator")
        columns = (by, "said", "value", "fact", *aspects)
        return columns, [
            (
                name,
                tally["said"],
                *(_rounded(tally[key] / (tally["said"] or 1)) for key in ("hit", "fact")),
                *(_rounded(tally.share(aspect)) for aspect in aspects),
            )
            for name, tally in sorted(tallies.items(), key=lambda item: (-item[1]["said"], item[0]))
        ]
    if by in {"", "label"}:
        return ("measure", "f1", "precision", "recall", "gold", "said"), list(_measures(found.total, by))
    if by != "document":
        raise UsageError("E213", given=by, known=", ".join(BREAKDOWNS))
    names = tuple(found.total.summary())
    rows = [("TOTAL", found.total), *sorted(found.documents.items())]
    return ("document", *names), [
        (name, *(_rounded(v["f1"] if isinstance(v, dict) else v) for v in tally.summary().values()))
        for name, tally in rows
    ]


def _measures(total: Tally, by: str) -> Iterator[tuple[object, ...]]:
    for name, value in total.summary().items():
        if isinstance(value, dict):
            if by != "label" or name.isupper():
                share = (_rounded(value[key]) for key in ("f1", "p", "r"))
                yield name, *share, int(value["gold"]), int(value["said"])
        elif not by:
            yield name, _rounded(value), None, None, None, None


def _rounded(share: float) -> float:
    return round(share, 4)
