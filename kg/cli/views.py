"""What the commands show, as rows: readings, problems, queries, scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kg.errors import UsageError
from kg.evaluate import ASPECTS, Scores, Tally
from kg.graph.checks import Check
from kg.graph.query import SavedQuery
from kg.misses import Miss, counted
from kg.model import Fact, NamedMention, Problem, Reading, RefusedNumber, Relation
from kg.view.words import REASONS

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
CHECK = ("constraint", "holds", "violations", "title", "标题", "node", "about", "sentence", "mend", "做法")
CHECK_TABLE = ("constraint", "holds", "violations", "title", "标题", "node", "sentence")
PROBLEM_TABLE = ("doc", "severity", "code", "quote", "zh", "en")
QUERY = ("folder", "query", "title", "标题", "parameters")
MISS = ("doc", "start", "what", "text", "said", "gold", "rule", "kind", "label", "sentence")
MISS_TABLE = ("doc", "what", "text", "said", "gold", "rule")
NAME_ASPECTS = ("missed", "spurious", "name")
FACT_ASPECTS = ("missed", "spurious", "value", *ASPECTS)
BREAKDOWNS = ("rule", "kind", "label", "document")


def reading(found: Reading, *, refused: bool = False) -> Iterator[tuple[object, ...]]:
    """A row for each mention, fact, relation and, if asked for, refused number of a report, in the order of the text.

    A fact's ``label`` is its kind, and its ``text`` the number with its unit; that of a relation is the role, its ``name``
    the programme and its ``subject`` the agent; the label of a refused number is the reason.
    """
    items: list[NamedMention | Fact | Relation | RefusedNumber] = [
        *found.mentions,
        *found.facts,
        *found.relations,
    ]
    items += found.refused if refused else ()
    for item in sorted(items, key=lambda item: (item.start, item.end)):
        match item:
            case NamedMention():
                yield _mention(item)
            case Fact():
                yield _fact(item)
            case Relation():
                yield _relation(item)
            case _:
                yield "refused", item.start, item.end, item.text, item.reason, *(None,) * 12


def refused(numbers: Sequence[RefusedNumber]) -> Iterator[str]:
    """How many numbers state no fact, by reason, the most frequent first, in both languages; nothing where there are none."""
    counts = Counter(number.reason for number in numbers).most_common()
    if counts:
        zh = "，".join(f"{REASONS[reason].zh} {count}" for reason, count in counts)
        en = ", ".join(f"{REASONS[reason].en} {count}" for reason, count in counts)
        yield f"未作为事实的数字 {len(numbers)} 个：{zh}。kg tag --refused 逐一列出。"
        yield f"{len(numbers)} number(s) state no fact: {en}. kg tag --refused lists them."


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


def _relation(relation: Relation) -> tuple[object, ...]:
    return (
        "relation", relation.start, relation.end, relation.quote, relation.role, relation.programme.name, *(None,) * 4,
        relation.agent.name, relation.place.name if relation.place else None,
        relation.period.start if relation.period else None, relation.period.end if relation.period else None,
        relation.sentence, relation.rule, relation.confidence,
    )  # fmt: skip


def problem(one: Problem) -> tuple[object, ...]:
    """The row of a problem."""
    return one.doc, one.severity, one.code, one.start, one.quote, one.zh, one.en


def check(one: Check) -> Iterator[tuple[object, ...]]:
    """The rows of what was checked: one where it holds, else one for each example of what does not."""
    said = (one.name, "yes" if one.holds else "no", one.violations, one.title.en, one.title.zh)
    if one.holds:
        yield *said, *(None,) * 5
    for example in one.examples:
        yield *said, example.node, example.about or None, example.sentence or None, one.mend.en, one.mend.zh


def lines(problems: Iterable[Problem], most: int = 3) -> Iterator[str]:
    """Problems in words, file by file, in both languages: the first ``most`` of each file and how many more it has."""
    for doc, found in groupby(problems, key=lambda one: one.doc):
        listed = list(found)
        for one in listed[:most]:
            where = doc if one.start is None else f"{doc}:{one.start}"
            yield f"[{one.code}] {where}: {one.zh}"
            yield f"[{one.code}] {where}: {one.en}"
        if len(listed) > most:
            yield f"{doc}：另有 {len(listed) - most} 条，用 kg validate 查看。"
            yield f"{doc}: {len(listed) - most} more, see kg validate."


def query(one: SavedQuery) -> tuple[str, ...]:
    """The row of a saved query in the list of them."""
    parameters = (
        f"{name}: {p.type}{'' if p.default is None else f' = {p.default}'}{', required' if p.required else ''}"
        for name, p in one.parameters.items()
    )
    return one.folder, one.name, one.title_en, one.title_zh, "; ".join(parameters)


def scores(found: Scores, by: str) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Columns and rows of an evaluation: its total, or the total broken down.

    Raises:
        UsageError: E213 when ``by`` is none of `BREAKDOWNS`.
    """
    if by in {"rule", "kind"}:
        table = found.rows("rule" if by == "rule" else "kind")
        columns = tuple(table[0]) if table else (by,)
        return columns, [tuple(_rounded(cell) for cell in row.values()) for row in table]
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


def _rounded(cell: str | float) -> str | float:
    return round(cell, 4) if isinstance(cell, float) else cell


def miss(one: Miss) -> tuple[object, ...]:
    """The row of a disagreement with the gold."""
    return (
        one.doc,
        one.start,
        one.what,
        one.source,
        one.said,
        one.gold,
        one.rule,
        one.kind,
        one.label,
        one.sentence,
    )


def errors(found: Scores, by: str) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Columns and rows of how often each thing is wrong in the train documents, by rule, kind, label or document.

    Raises:
        UsageError: E213 when ``by`` is none of `BREAKDOWNS`.
    """
    if by not in BREAKDOWNS:
        raise UsageError("E213", given=by, known=", ".join(BREAKDOWNS))
    wrong = NAME_ASPECTS if by == "label" else FACT_ASPECTS if by == "kind" else (*FACT_ASPECTS, "name")
    return (by, "errors", *(f"wrong {what}" if what in ASPECTS else what for what in wrong)), [
        (name or "-", counts.total(), *(counts[what] for what in wrong))
        for name, counts in counted(found.misses, by).items()  # type: ignore[arg-type]  # one of BREAKDOWNS
    ]
