"""A reading as one HTML page that fetches nothing: the text with its marks, what was read, and the report's own scope.

The page needs no script to be read; with one, the figure under the pointer or the focus is told beside the text. Its
content security policy admits the page's own style and script by their hashes and nothing else, so that no text of a
report can ever run (Content Security Policy Level 3, https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from kg.config import VERSION
from kg.model import Fact, NamedMention, Problem, Reading, RefusedNumber
from kg.view.marks import Span, homes, marked, pieces, visible
from kg.view.words import (
    COMPARATORS,
    DIRECTIONS,
    KINDS,
    LABELS,
    REASONS,
    SEVERITIES,
    TARGET,
    Words,
    both,
    known,
    number,
    short,
)

_HERE = Path(__file__).parent
_DOUBTFUL = 0.6  # confidence below which a figure is marked as doubtful, as in the saved query of that name
_NOTHING = "–"

FACT_COLUMNS = (
    Words("原文", "text"), Words("指标", "indicator"), Words("数值", "value"), Words("单位", "unit"), Words("比较", "comparator"),
    Words("类别", "kind"), Words("主体", "subject"), Words("时间", "period"), Words("规则", "rule"), Words("置信度", "confidence"),
)  # fmt: skip
NAME_COLUMNS = (
    Words("原文", "text"), Words("类别", "label"), Words("全称", "full name"), Words("代码", "code"), Words("规则", "rule"),
    Words("置信度", "confidence"),
)  # fmt: skip
PROBLEM_COLUMNS = (
    Words("原文", "text"),
    Words("级别", "severity"),
    Words("编号", "number"),
    Words("说明", "what and what to do"),
)
REFUSED_COLUMNS = (Words("原文", "text"), Words("为什么不是事实", "why it states no fact"))


def page(reading: Reading) -> str:
    """``reading`` as a whole HTML document, in Chinese and English; the same reading gives the same text.

    In the element with the id ``text`` stands the source, character for character.
    """
    document = reading.document
    spans = [
        *(_fact_span(f"f{at}", fact) for at, fact in enumerate(reading.facts, 1)),
        *(_mention_span(f"m{at}", mention) for at, mention in enumerate(reading.mentions, 1)),
        *(_refused_span(f"n{at}", number) for at, number in enumerate(reading.refused, 1)),
        *_problem_spans(reading.problems, len(document.text)),
    ]
    cut = list(pieces(len(document.text), spans))
    anchors = homes(cut)
    style, script = _resource("page.css"), _resource("page.js")
    title = reading.scope.title or document.name
    return Template(_resource("page.html")).substitute(
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        title=_safe(title),
        version=VERSION,
        counts=_counts(reading),
        scope=_scope(reading),
        text=marked(document.text, cut),
        facts=_table("facts", FACT_COLUMNS, _fact_rows(reading, anchors)),
        names=_table("names", NAME_COLUMNS, _name_rows(reading.mentions, anchors)),
        reasons=_reasons(reading.refused),
        refused=_table("refused", REFUSED_COLUMNS, _refused_rows(reading.refused, anchors)),
        problems=_table("problems", PROBLEM_COLUMNS, _problem_rows(reading.problems, anchors)),
    )


def _resource(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    """The source expression that admits this inline style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


def _safe(text: str) -> str:
    return escape(visible(text))


# --- what is marked --------------------------------------------------------------------------------------------------


def _fact_span(key: str, fact: Fact) -> Span:
    classes = ["fact", fact.kind]
    if fact.direction:
        classes.append(fact.direction)
    if fact.target:
        classes.append("target")
    if fact.confidence < _DOUBTFUL:
        classes.append("doubtful")
    sign = "" if fact.comparator == "=" else fact.comparator + " "
    period = short(fact.period) if fact.period else _NOTHING
    hint = f"{fact.indicator}：{sign}{number(fact.value)} {fact.unit} · {fact.subject.name} · {period}"
    return Span(key, fact.start, fact.end, " ".join(classes), hint)


def _mention_span(key: str, mention: NamedMention) -> Span:
    label = mention.entity.label
    hint = f"{LABELS[label].zh} {label}：{mention.entity.name}"
    return Span(key, mention.start, mention.end, f"name {label.lower()}", hint)


def _refused_span(key: str, number: RefusedNumber) -> Span:
    words = REASONS[number.reason]
    classes = "refused unread" if number.reason == "unread" else "refused"
    return Span(key, number.start, number.end, classes, f"{words.zh} · {words.en}", stop=False)


def _problem_spans(problems: Iterable[Problem], length: int) -> Iterable[Span]:
    for at, problem in enumerate(problems, 1):
        if problem.start is not None and 0 <= problem.start < length:
            end = min(length, problem.start + max(1, len(problem.quote or "")))
            yield Span(f"p{at}", problem.start, end, "problem", f"[{problem.code}] {problem.zh}")


# --- the tables ------------------------------------------------------------------------------------------------------


def _table(name: str, columns: Sequence[tuple[str, str]], rows: Sequence[str]) -> str:
    if not rows:
        return f'<p class="none">{both(("没有", "none"))}</p>'
    heads = "".join(f'<th scope="col">{both(words)}</th>' for words in columns)
    return f'<div class="scroll"><table id="{name}-table"><thead><tr>{heads}</tr></thead><tbody>\n{"".join(rows)}</tbody></table></div>'


def _row(key: str, cells: Sequence[str], data: str = "") -> str:
    return f'<tr id="{key}"{data}>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'


def _link(text: str, anchor: str | None) -> str:
    return f'<a href="#{anchor}">{_safe(text)}</a>' if anchor else _safe(text)


def _fact_rows(reading: Reading, anchors: dict[str, str]) -> list[str]:
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
    return rows


def _fact_cells(fact: Fact, anchor: str | None) -> tuple[str, ...]:
    indicator = _safe(fact.indicator)
    concept = known().get(fact.concept) if fact.concept else None
    if concept:
        indicator += f'<small class="known">{both(concept[1:])} <code>{escape(concept.key)}</code></small>'
    elif fact.concept:
        indicator += f'<small class="known"><code>{_safe(fact.concept)}</code></small>'
    kind = both(KINDS[fact.kind])
    if fact.direction:
        kind += f'<small class="{fact.direction}">{both(DIRECTIONS[fact.direction])}</small>'
    if fact.target:
        kind += f'<small class="target">{both(TARGET)}</small>'
    subject = _safe(fact.subject.name) + (
        f" <code>{_safe(fact.subject.code)}</code>" if fact.subject.code else ""
    )
    if fact.area and fact.area.name != fact.subject.name:
        subject += f"<small>{both(('在', 'in'))} {_safe(fact.area.name)} <code>{_safe(fact.area.code)}</code></small>"
    comparator = escape(fact.comparator)
    if fact.comparator != "=":
        comparator += f'<small class="word">{both(COMPARATORS[fact.comparator])}</small>'
    return (
        _link(fact.quote, anchor), indicator, f"<b>{number(fact.value)}</b>", _safe(fact.unit) or _NOTHING,
        comparator, kind, subject, _time(fact), f"<code>{_safe(fact.rule)}</code>", _confidence(fact.confidence),
    )  # fmt: skip


def _time(fact: Fact) -> str:
    if fact.period is None:
        return _NOTHING
    return f'<span title="{fact.period.start} – {fact.period.end}">{short(fact.period)}</span>'


def _confidence(share: float) -> str:
    return f'<meter min="0" max="1" low="{_DOUBTFUL}" optimum="1" value="{share:.2f}"></meter> {share:.2f}'


def _name_rows(mentions: Sequence[NamedMention], anchors: dict[str, str]) -> list[str]:
    return [
        _row(
            f"m{at}",
            (
                _link(mention.text, anchors.get(f"m{at}")),
                f'<span class="{mention.entity.label.lower()}">{both(LABELS[mention.entity.label])}</span>',
                _safe(mention.entity.name),
                f"<code>{_safe(mention.entity.code)}</code>" if mention.entity.code else _NOTHING,
                f"<code>{_safe(mention.rule)}</code>",
                _confidence(mention.confidence),
            ),
        )
        for at, mention in enumerate(mentions, 1)
    ]


def _reasons(numbers: Sequence[RefusedNumber]) -> str:
    """How many numbers are refused for each reason, the most frequent first."""
    counts = Counter(number.reason for number in numbers).most_common()
    return "".join(f"<li><b>{count}</b> {both(REASONS[reason])}</li>" for reason, count in counts)


def _refused_rows(numbers: Sequence[RefusedNumber], anchors: dict[str, str]) -> list[str]:
    return [
        _row(f"n{at}", (_link(number.text, anchors.get(f"n{at}")), both(REASONS[number.reason])))
        for at, number in enumerate(numbers, 1)
    ]


def _problem_rows(problems: Sequence[Problem], anchors: dict[str, str]) -> list[str]:
    return [
        _row(
            f"p{at}",
            (
                _link(problem.quote or _NOTHING, anchors.get(f"p{at}")),
                both(SEVERITIES[problem.severity]),
                f"<code>{_safe(problem.code)}</code>",
                both((visible(problem.zh), visible(problem.en))),
            ),
        )
        for at, problem in enumerate(problems, 1)
    ]


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


# --- the report itself -----------------------------------------------------------------------------------------------


def _counts(reading: Reading) -> str:
    parts = ((len(reading.facts), Words("个数字", "figures")), (len(reading.mentions), Words("处名称", "names")),
             (len(reading.refused), Words("个其他数字", "other numbers")),
             (len(reading.problems), Words("个问题", "problems")))  # fmt: skip
    return "".join(f"<li><b>{count}</b> {both(words)}</li>" for count, words in parts)


def _scope(reading: Reading) -> str:
    """What the report is about, and how figures without a date of their own are dated."""
    scope, document = reading.scope, reading.document
    place = f"{_safe(scope.place.name)} <code>{_safe(scope.place.code)}</code>" if scope.place else _NOTHING
    publisher = (("来源", "source"), _safe(document.publisher)) if document.publisher else None
    url = (("网址", "address"), _safe(document.url)) if document.url else None
    rows = (
        (("地方", "place"), place),
        (("机构", "organisation"), _safe(scope.organisation) if scope.organisation else _NOTHING),
        (("发布日期", "published"), scope.published.isoformat() if scope.published else _NOTHING),
        (("报告期", "period"), short(scope.period) if scope.period else _NOTHING),
        (("未写明时间的数字", "figures without a date"), _undated(reading)),
        publisher,
        url,
        (
            ("文件", "file"),
            f"{_safe(document.name)} <small>{_safe(document.encoding)} · <code>{_safe(document.digest[:12])}</code></small>",
        ),
    )
    return "".join(f"<div><dt>{both(words)}</dt><dd>{told}</dd></div>" for words, told in filter(None, rows))


def _undated(reading: Reading) -> str:
    own, facts = reading.scope.period, reading.facts
    if own is None:
        none = sum(fact.period is None for fact in facts)
        return both(
            (f"报告期不明，不给时间（{none} 个）", f"the report's period is unknown: they have none ({none})")
        )
    same = sum(fact.period == own for fact in facts)
    return both(
        (
            f"按报告期 {own.start} 至 {own.end} 计；{len(facts)} 个数字中有 {same} 个属于这一时期",
            f"are dated {own.start} to {own.end}, the report's period; {same} of {len(facts)} figures have it",
        )
    )
