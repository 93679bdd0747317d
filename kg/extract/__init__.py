"""Mentions and quantities → facts: scope first, then for each figure what, whose and when."""

from __future__ import annotations

import re

from kg.extract import names, scope
from kg.extract.concepts import match
from kg.extract.indicator import Naming
from kg.extract.kinds import kind_of
from kg.extract.layout import Figure, Layout
from kg.extract.period import Anchor, Dating, report_period
from kg.extract.subject import Subject, Subjects, home_of
from kg.extract.units import daily, implied
from kg.extract.veto import states_fact
from kg.model import Entity, Fact, Mention, NamedMention, Place, Reading, Scope, Tagged
from kg.tag.lexicon import divisions

_TARGET = re.compile(r"(?:到|力争|确保|争取|目标|计划|规划|拟|将|预计|不低于|不少于)[^。]{0,30}$")


def extract(tagged: Tagged) -> Reading:
    """Everything a tagged report states: its scope, its facts and its named mentions."""
    clean = tagged.clean
    own = find_scope(tagged)
    mentions = names.resolve(tagged, own)
    facts = _facts(tagged, own, mentions)
    named = tuple(
        NamedMention(*clean.source_span(m.start, m.end), clean.quote(m.start, m.end), m.entity, m.rule, m.confidence)
        for m in mentions
        if m.entity is not None
    )
    return Reading(clean.document, own, tuple(facts), named)


def find_scope(tagged: Tagged) -> Scope:
    """The report's own place, organisation, title, date of publication and period."""
    title = scope.find_title(tagged)
    published = tagged.clean.document.published or scope.find_published(tagged)
    return Scope(
        place=scope.find_place(tagged),
        organisation=scope.find_organisation(tagged),
        title=title,
        published=published,
        period=report_period(tagged, title, published),
    )


def _facts(tagged: Tagged, own: Scope, mentions: list[Mention]) -> list[Fact]:
    clean, text = tagged.clean, tagged.clean.text
    layout = Layout(text)
    dating = Dating(tagged, layout, Anchor(own.period, own.published))
    subjects = Subjects(text, layout, mentions, own, lambda word: scope.area(word, own), [q.end for q in tagged.quantities])
    masked = _masked(text, tagged, subjects)
    naming = Naming(text, layout, masked, [(m.start, m.end) for m in mentions if m.label != "PROGRAMME"])
    figures = [f for f in layout.figures(tagged.quantities) if states_fact(f, text)]
    by_clause: dict[tuple[int, int], list[Figure]] = {}
    for figure in figures:
        by_clause.setdefault(figure.clause, []).append(figure)
    facts = []
    for figure in figures:
        named = naming.name(figure, by_clause[figure.clause])
        q = figure.quantity
        kind, direction = kind_of(figure, text, named.text)
        unit = q.unit or (implied(figure, text, named.text) if q.rule == "n-mult" else "")
        if unit == "元" and not q.unit:
            kind = "money" if kind in ("count", "rate") else kind
        elif unit and not q.unit and kind == "rate":
            kind = "count"
        suffix = daily(figure, text, named.text)
        if suffix:
            unit, kind = unit + suffix, "level"
        period, _stated = dating.period(figure)
        subject = subjects.subject(figure, by_clause[figure.clause])
        start, end = clean.source_span(q.start, q.end)
        first, last = figure.sentence
        facts.append(
            Fact(
                start=start,
                end=end,
                quote=clean.quote(q.start, q.end),
                sentence=clean.quote(first, last).strip(),
                value=q.value,
                unit=unit,
                comparator=q.comparator,
                kind=kind,
                indicator=named.text,
                subject=subject.entity,
                area=_area(subject, own),
                period=period,
                rule=f"{named.rule}/{q.rule}",
                confidence=_CONFIDENCE.get(named.rule, 0.5),
                direction=direction,
                target=bool(own.period and period and period.start > own.period.end)
                or bool(_TARGET.search(text[figure.sentence[0] : q.start])) and bool(re.search(r"到20\d\d年|下一步|力争|目标", text[figure.sentence[0] : q.start])),
                concept=match(named.text, unit, kind),
            )
        )
    return facts


_CONFIDENCE = {
    "n-q": 0.8, "v-q-n": 0.8, "q-n": 0.75, "split": 0.8, "share": 0.7, "change": 0.75, "carried": 0.6, "topic": 0.6, "fallback": 0.3, "table": 0.8,
}  # fmt: skip


def _masked(text: str, tagged: Tagged, subjects: Subjects) -> str:
    """The text with times and leading subjects blanked, offsets kept, for naming."""
    chars = list(text)
    for time in tagged.times:
        chars[time.start : time.end] = "\x00" * (time.end - time.start)
    for start, end in subjects.leading:
        chars[start:end] = "\x01" * (end - start)
    return "".join(chars)


def _area(subject: Subject, own: Scope) -> Place | None:
    """The division that a subject lies in."""
    entity: Entity = subject.entity
    if entity.code:
        return divisions().get(entity.code, own.place)
    return home_of(entity.name) or own.place
