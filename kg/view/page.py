"""A reading as one HTML page that fetches nothing: the text with its marks, what was read, and the report's own scope.

The page needs no script to be read; with one, the figure under the pointer or the focus is told beside the text. Its
content security policy admits the page's own style and script by their hashes and nothing else, so that no text of a
report can ever run (Content Security Policy Level 3, https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path
from string import Template

from kg.config import VERSION
from kg.model import Fact, NamedMention, Problem, Reading, RefusedNumber
from kg.view import tables
from kg.view.marks import Span, homes, marked, pieces, safe
from kg.view.tables import DOUBTFUL, NOTHING
from kg.view.words import LABELS, REASONS, Words, both, number, short

_HERE = Path(__file__).parent


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
        title=safe(title),
        version=VERSION,
        counts=_counts(reading),
        scope=_scope(reading),
        text=marked(document.text, cut),
        facts=tables.facts(reading, anchors),
        names=tables.names(reading.mentions, anchors),
        relations=tables.relations(reading, anchors),
        reasons=tables.reasons(reading.refused),
        refused=tables.refused(reading.refused, anchors),
        problems=tables.problems(reading.problems, anchors),
    )


def _resource(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    """The source expression that admits this inline style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


# --- what is marked --------------------------------------------------------------------------------------------------


def _fact_span(key: str, fact: Fact) -> Span:
    classes = ["fact", fact.kind]
    if fact.direction:
        classes.append(fact.direction)
    if fact.target:
        classes.append("target")
    if fact.confidence < DOUBTFUL:
        classes.append("doubtful")
    sign = "" if fact.comparator == "=" else fact.comparator + " "
    period = short(fact.period) if fact.period else NOTHING
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


# --- the report itself -----------------------------------------------------------------------------------------------


def _counts(reading: Reading) -> str:
    parts = ((len(reading.facts), Words("个数字", "figures")), (len(reading.mentions), Words("处名称", "names")),
             (len(reading.refused), Words("个其他数字", "other numbers")),
             (len(reading.problems), Words("个问题", "problems")))  # fmt: skip
    return "".join(f"<li><b>{count}</b> {both(words)}</li>" for count, words in parts)


def _scope(reading: Reading) -> str:
    """What the report is about, and how figures without a date of their own are dated."""
    scope, document = reading.scope, reading.document
    place = f"{safe(scope.place.name)} <code>{safe(scope.place.code)}</code>" if scope.place else NOTHING
    publisher = (("来源", "source"), safe(document.publisher)) if document.publisher else None
    url = (("网址", "address"), safe(document.url)) if document.url else None
    rows = (
        (("地方", "place"), place),
        (("机构", "organisation"), safe(scope.organisation) if scope.organisation else NOTHING),
        (("发布日期", "published"), scope.published.isoformat() if scope.published else NOTHING),
        (("报告期", "period"), short(scope.period) if scope.period else NOTHING),
        (("未写明时间的数字", "figures without a date"), _undated(reading)),
        publisher,
        url,
        (
            ("文件", "file"),
            f"{safe(document.name)} <small>{safe(document.encoding)} · <code>{safe(document.digest[:12])}</code></small>",
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
