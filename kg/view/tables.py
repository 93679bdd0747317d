"""The tables of the page: a row for each figure, name, other number and problem, linked to its place in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from kg.model import Fact, NamedMention, Problem, Reading, RefusedNumber, Relation
from kg.view.marks import safe, visible
from kg.view.words import (
    COMPARATORS,
    DIRECTIONS,
    KINDS,
    LABELS,
    REASONS,
    ROLES,
    SEVERITIES,
    TARGET,
    Words,
    both,
    known,
    number,
    short,
)

DOUBTFUL = 0.6  # confidence below which a figure is marked as doubtful, as in the saved query of that name
NOTHING = "–"

FACT_COLUMNS = (
    Words("原文", "text"), Words("指标", "indicator"), Words("数值", "value"), Words("单位", "unit"), Words("比较", "comparator"),
    Words("类别", "kind"), Words("主体", "subject"), Words("时间", "period"), Words("规则", "rule"), Words("置信度", "confidence"),
)  # fmt: skip
NAME_COLUMNS = (
    Words("原文", "text"), Words("类别", "label"), Words("全称", "full name"), Words("代码", "code"), Words("规则", "rule"),
    Words("置信度", "confidence"),
)  # fmt: skip
RELATION_COLUMNS = (
    Words("原文", "text"), Words("项目", "programme"), Words("角色", "role"), Words("机构或地方", "organisation or place"), Words("时间", "period"),
    Words("规则", "rule"), Words("置信度", "confidence"),
)  # fmt: skip
PROBLEM_COLUMNS = (
    Words("原文", "text"),
    Words("级别", "severity"),
    Words("编号", "number"),
    Words("说明", "what and what to do"),
)
REFUSED_COLUMNS = (Words("原文", "text"), Words("为什么不是事实", "why it states no fact"))


def _table(name: str, columns: Sequence[tuple[str, str]], rows: Sequence[str]) -> str:
    if not rows:
        return f'<p class="none">{both(("没有", "none"))}</p>'
    heads = "".join(f'<th scope="col">{both(words)}</th>' for words in columns)
    return f'<div class="scroll"><table id="{name}-table"><thead><tr>{heads}</tr></thead><tbody>\n{"".join(rows)}</tbody></table></div>'


def _row(key: str, cells: Sequence[str], data: str = "") -> str:
    return f'<tr id="{key}"{data}>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'


def _link(text: str, anchor: str | None) -> str:
    return f'<a href="#{anchor}">{safe(text)}</a>' if anchor else safe(text)


def facts(reading: Reading, anchors: Mapping[str, str]) -> str:
    """The figures; a row tells where its sentence and its indicator's words stand. ``anchors`` are of ``marks.homes``."""
    text = reading.document.text
    wide = [at for at, character in enumerate(text) if ord(character) > 0xFFFF]
    rows = []
    for at, fact in enumerate(reading.facts, 1):
        data = ""
        for name, span in (("sentence", _sentence(text, fact)), ("words", _words(text, fact))):
            if span:
                # A script counts UTF-16 units: characters beyond the first plane are two.
                first, last = (offset + bisect_left(wide, offset) for offset in span)
                data += f' data-{name}="{first} {last}"'
        rows.append(_row(f"f{at}", _fact_cells(fact, anchors.get(f"f{at}")), data))
    return _table("facts", FACT_COLUMNS, rows)


def _fact_cells(fact: Fact, anchor: str | None) -> tuple[str, ...]:
    indicator = safe(fact.indicator)
    concept = known().get(fact.concept) if fact.concept else None
    if concept:
        indicator += f'<small class="known">{both(concept[1:])} <code>{escape(concept.key)}</code></small>'
    elif fact.concept:
        indicator += f'<small class="known"><code>{safe(fact.concept)}</code></small>'
    kind = both(KINDS[fact.kind])
    if fact.direction:
        kind += f'<small class="{fact.direction}">{both(DIRECTIONS[fact.direction])}</small>'
    if fact.target:
        kind += f'<small class="target">{both(TARGET)}</small>'
    subject = safe(fact.subject.name) + (
        f" <code>{safe(fact.subject.code)}</code>" if fact.subject.code else ""
    )
    if fact.area and fact.area.name != fact.subject.name:
        subject += (
            f"<small>{both(('在', 'in'))} {safe(fact.area.name)} <code>{safe(fact.area.code)}</code></small>"
        )
    comparator = escape(fact.comparator)
    if fact.comparator != "=":
        comparator += f'<small class="word">{both(COMPARATORS[fact.comparator])}</small>'
    return (
        _link(fact.quote, anchor), indicator, f"<b>{number(fact.value)}</b>", safe(fact.unit) or NOTHING,
        comparator, kind, subject, _time(fact), f"<code>{safe(fact.rule)}</code>", _confidence(fact.confidence),
    )  # fmt: skip


def _time(told: Fact | Relation) -> str:
    if told.period is None:
        return NOTHING
    return f'<span title="{told.period.start} – {told.period.end}">{short(told.period)}</span>'


def _confidence(share: float) -> str:
    return f'<meter min="0" max="1" low="{DOUBTFUL}" optimum="1" value="{share:.2f}"></meter> {share:.2f}'


def names(mentions: Sequence[NamedMention], anchors: Mapping[str, str]) -> str:
    """The names."""
    rows = [
        _row(
            f"m{at}",
            (
                _link(mention.text, anchors.get(f"m{at}")),
                f'<span class="{mention.entity.label.lower()}">{both(LABELS[mention.entity.label])}</span>',
                safe(mention.entity.name),
                f"<code>{safe(mention.entity.code)}</code>" if mention.entity.code else NOTHING,
                f"<code>{safe(mention.rule)}</code>",
                _confidence(mention.confidence),
            ),
        )
        for at, mention in enumerate(mentions, 1)
    ]
    return _table("names", NAME_COLUMNS, rows)


def relations(reading: Reading, anchors: Mapping[str, str]) -> str:
    """Who runs the programmes, takes part in them or won them; each links to the programme's name in the text."""
    places = {(m.start, m.end): f"m{at}" for at, m in enumerate(reading.mentions, 1)}
    rows = [
        _row(
            f"r{at}",
            (
                _link(told.quote, anchors.get(places.get((told.start, told.end), ""))),
                safe(told.programme.name), both(ROLES[told.role]), safe(told.agent.name), _time(told),
                f"<code>{safe(told.rule)}</code>", _confidence(told.confidence),
            ),
        )
        for at, told in enumerate(reading.relations, 1)
    ]  # fmt: skip
    return _table("relations", RELATION_COLUMNS, rows)


def reasons(numbers: Sequence[RefusedNumber]) -> str:
    """How many numbers are refused for each reason, the most frequent first."""
    counts = Counter(number.reason for number in numbers).most_common()
    return "".join(f"<li><b>{count}</b> {both(REASONS[reason])}</li>" for reason, count in counts)


def refused(numbers: Sequence[RefusedNumber], anchors: Mapping[str, str]) -> str:
    """The numbers that state no fact."""
    rows = [
        _row(f"n{at}", (_link(number.text, anchors.get(f"n{at}")), both(REASONS[number.reason])))
        for at, number in enumerate(numbers, 1)
    ]
    return _table("refused", REFUSED_COLUMNS, rows)


def problems(found: Sequence[Problem], anchors: Mapping[str, str]) -> str:
    """The problems."""
    rows = [
        _row(
            f"p{at}",
            (
                _link(problem.quote or NOTHING, anchors.get(f"p{at}")),
                both(SEVERITIES[problem.severity]),
                f"<code>{safe(problem.code)}</code>",
                both((visible(problem.zh), visible(problem.en))),
            ),
        )
        for at, problem in enumerate(found, 1)
    ]
    return _table("problems", PROBLEM_COLUMNS, rows)


# --- where a figure's words stand ------------------------------------------------------------------------------------


def _sentence(text: str, fact: Fact) -> tuple[int, int] | None:
    """Where the fact's sentence stands in the source, around the figure."""
    start = text.rfind(fact.sentence, max(0, fact.end - len(fact.sentence)), fact.start + len(fact.sentence))
    return (start, start + len(fact.sentence)) if fact.sentence and start >= 0 else None


def _words(text: str, fact: Fact) -> tuple[int, int] | None:
    """Where the indicator's name stands in the sentence as it is, nearest to the figure: before it, else after."""
    sentence = _sentence(text, fact)
    if sentence is None or not fact.indicator:
        return None
    start = text.rfind(fact.indicator, sentence[0], fact.start)
    if start < 0:
        start = text.find(fact.indicator, fact.end, sentence[1])
    return (start, start + len(fact.indicator)) if start >= 0 else None
