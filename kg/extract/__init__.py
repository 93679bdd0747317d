"""Mentions and quantities → facts: scope first, then for each figure what, whose and when."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.extract import names, scope
from kg.extract.choice import Choice
from kg.extract.concepts import match
from kg.extract.dating import Dating
from kg.extract.entities import area_of, place_entity
from kg.extract.headings import Headings
from kg.extract.indicator import Naming
from kg.extract.kinds import kind_of
from kg.extract.layout import Figure, Layout
from kg.extract.listed import with_listed
from kg.extract.parts import in_table, with_wholes
from kg.extract.period import Anchor
from kg.extract.population import known
from kg.extract.ranking import ranker
from kg.extract.refused import in_grids, refused_numbers
from kg.extract.relations import find_relations
from kg.extract.report_period import report_period, written_in
from kg.extract.signatures import find_signatures, unsigned
from kg.extract.subject import Subjects
from kg.extract.surroundings import Chooser, Named, Surroundings
from kg.extract.tables import Cell, read_tables
from kg.extract.targets import is_target
from kg.extract.units import daily, implied
from kg.extract.veto import refusal
from kg.model import (
    CleanText,
    Entity,
    Fact,
    Mention,
    NamedMention,
    Quantity,
    Reading,
    Refused,
    Scope,
    Tagged,
)
from kg.resources import data

_HAN = re.compile(r"[㐀-鿿]")


@cache
def chooser() -> Chooser | None:
    """The trained choice among candidate names; None where no model is shipped."""
    trained = ranker("indicator")
    return Choice(trained) if trained else None


@dataclass(frozen=True, slots=True)
class _Whereabouts:
    """How a report divides, and who and when governs each stretch of it: what facts and relations share."""

    layout: Layout
    dating: Dating
    subjects: Subjects


def by_rules(at: Surroundings) -> Named:
    """The rules' own name: a choice that leaves the models out."""
    return at.said


def extract(tagged: Tagged, choose: Chooser | None = None) -> Reading:
    """Everything a tagged report states: its scope, its facts and its named mentions.

    ``choose`` replaces the shipped choice among candidate names.
    """
    clean = tagged.clean
    signatures, signed = find_signatures(clean.text)
    tagged = with_listed(replace(tagged, mentions=unsigned(tagged.mentions, signed)))
    own = replace(find_scope(tagged), credits=signatures)
    mentions = names.resolve(tagged, own)
    own = _with_full_name(own, mentions)
    layout = Layout(clean.text)
    dating = Dating(tagged, layout, Anchor(own.period, own.published, written_in(tagged, own.published)))
    subjects = Subjects(
        clean.text,
        layout,
        mentions=mentions,
        scope=own,
        area_of=lambda word: scope.area(word, own),
        figure_spans=[(q.start, q.end) for q in tagged.quantities],
    )
    whereabouts = _Whereabouts(layout, dating, subjects)
    facts, vetoed, grids = _facts(tagged, own, mentions, whereabouts, choose or chooser())
    relations = find_relations(tagged, mentions, own, layout=layout, dating=dating, subjects=subjects)
    named = tuple(
        NamedMention(
            *clean.source_span(m.start, m.end), clean.quote(m.start, m.end), m.entity, m.rule, m.confidence
        )
        for m in mentions
        if m.entity is not None
    )
    other = in_grids([*tagged.refused, *vetoed], grids)
    refused = refused_numbers(clean, facts, mentions, tagged.times, other)
    return Reading(clean.document, own, tuple(facts), named, refused=refused, relations=tuple(relations))


def _with_full_name(own: Scope, mentions: list[Mention]) -> Scope:
    """The report's own organisation by its canonical name, as its mentions have it."""
    entity = next((m.entity for m in mentions if m.label == "ORG" and m.text == own.organisation), None)
    return replace(own, organisation=entity.name) if entity else own


def find_scope(tagged: Tagged) -> Scope:
    """The report's own place, organisation, title, date of publication and period."""
    title = scope.find_title(tagged)
    published = tagged.clean.document.published or scope.find_published(tagged)
    return Scope(
        place=scope.find_place(tagged),
        organisation=scope.find_organisation(tagged),
        zone=scope.find_zone(tagged),
        title=title,
        published=published,
        period=report_period(tagged, title, published),
    )


def _facts(
    tagged: Tagged,
    own: Scope,
    mentions: list[Mention],
    whereabouts: _Whereabouts,
    choose: Chooser | None,
) -> tuple[list[Fact], list[Refused], list[tuple[int, int]]]:
    """The facts, the candidate figures that state none, and where tables are (both clean offsets)."""
    clean, text = tagged.clean, tagged.clean.text
    layout, dating, subjects = whereabouts.layout, whereabouts.dating, whereabouts.subjects
    masked = _masked(text, tagged, subjects)
    naming = Naming(
        text,
        layout,
        masked,
        [(m.start, m.end) for m in mentions if m.label != "PROGRAMME"],
        choose,
        headings=Headings(text, tagged.quantities),
    )
    cells, grids = read_tables(replace(tagged, mentions=tuple(mentions)), own)
    in_cells = [(c.start, c.end) for c in cells]
    figures, vetoed = [], []
    for figure in layout.figures(tagged.quantities):
        q = figure.quantity
        if _overlaps(q, in_cells):
            continue
        why = refusal(figure, text) or (
            "cell"
            if (_overlaps(q, grids) and (_is_whole_cell(figure, text) or _is_in_label(q, text)))
            or (_is_whole_cell(figure, text) and _is_row(q, text))
            else None
        )
        if why:
            vetoed.append(Refused(q.start, q.end, why))
        else:
            figures.append(figure)
    by_clause: dict[tuple[int, int], list[Figure]] = {}
    for figure in figures:
        by_clause.setdefault(figure.clause, []).append(figure)
    facts: list[Fact] = []
    paragraph, last_implied = (-1, -1), ""
    for figure in figures:
        named = naming.name(figure, by_clause[figure.clause])
        q = figure.quantity
        kind, direction = kind_of(figure, text, named.text)
        if figure.paragraph != paragraph:
            paragraph, last_implied = figure.paragraph, ""
        unit = q.unit or (implied(figure, text, named.text, last_implied) if q.rule == "n-mult" else "")
        if unit in ("人", "人次", "元"):
            last_implied = unit
        if unit == "元" and not q.unit:
            kind = "money" if kind in ("count", "rate") else kind
        elif unit and not q.unit and kind == "rate":
            kind = "count"
        suffix = daily(figure, text, named.text)
        if suffix:
            unit, kind = unit + suffix, "level"
        period, _stated = dating.period(figure, by_clause[figure.clause])
        subject = subjects.subject(figure, kind, named.text)
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
                area=area_of(subject.entity, own),
                period=period,
                rule=f"{named.rule}/{q.rule}",
                confidence=confidence(named.rule),
                direction=direction,
                target=dating.is_aim(figure) or is_target(text, figure, period, own),
                concept=known(named.text, unit, kind, text[first : q.start], text[q.end : last]),
            )
        )
    facts = with_wholes(text, list(zip(figures, facts, strict=True)))
    facts += in_table(_cell_fact(cell, clean, own) for cell in cells)
    facts.sort(key=lambda f: (f.start, f.end))
    return facts, vetoed, grids


def _overlaps(quantity: Quantity, spans: list[tuple[int, int]]) -> bool:
    return any(start < quantity.end and quantity.start < end for start, end in spans)


def _is_whole_cell(figure: Figure, text: str) -> bool:
    """Is a figure all there is in its table cell, and so the table reader's to judge?"""
    q = figure.quantity
    start = max(text.rfind("\t", 0, q.start), text.rfind("\n", 0, q.start)) + 1
    ends = [e for e in (text.find("\t", q.end), text.find("\n", q.end)) if e >= 0]
    cell = text[start : min(ends)] if ends else text[start:]
    beside = cell.replace(text[q.start : q.end], "", 1).strip()
    return len(beside) <= 2 and _HAN.search(beside) is None


_ROW = 2  # figures in cells of their own that make a line a row of a table
_FIGURE = re.compile(r"\t[-+]?[\d,]*\.?\d+[%‰]?(?=\t|$)")


def _is_row(quantity: Quantity, text: str) -> bool:
    """Does a figure stand in a row of several, which no grid was found for?"""
    start = text.rfind("\n", 0, quantity.start) + 1
    end = text.find("\n", quantity.end)
    return len(_FIGURE.findall(text[start : end if end >= 0 else len(text)])) >= _ROW


def _is_in_label(quantity: Quantity, text: str) -> bool:
    """Does a figure stand in the first of a row's cells (十种死因合计)?"""
    start = text.rfind("\n", 0, quantity.start) + 1
    end = text.find("\n", quantity.end)
    tab = text.find("\t", start, end if end >= 0 else len(text))
    return quantity.end <= tab


def _cell_fact(cell: Cell, clean: CleanText, own: Scope) -> Fact:
    """A table cell as a fact; what its table leaves open is the report's own."""
    start, end = clean.source_span(cell.start, cell.end)
    subject = cell.subject or (
        Entity(own.organisation, "ORG")
        if own.organisation
        else Entity(own.zone, "PLACE")
        if own.zone
        else place_entity(own.place)
        if own.place
        else Entity("", "PLACE")
    )
    return Fact(
        start=start,
        end=end,
        quote=clean.quote(cell.start, cell.end),
        sentence=clean.quote(*cell.row).strip(),
        value=cell.value,
        unit=cell.unit,
        comparator=cell.comparator,
        kind=cell.kind,
        indicator=cell.indicator,
        subject=subject,
        area=area_of(subject, own),
        period=cell.period or own.period,
        rule=cell.rule,
        confidence=confidence(cell.rule),
        direction=cell.direction,
        concept=match(cell.indicator, cell.unit, cell.kind),
        whole=clean.source_span(*cell.whole) if cell.whole else None,
    )


@cache
def _confidences() -> Mapping[str, float]:
    """How often the facts of each rule were right on provinces the models had not seen; under "" that of all facts."""
    with data("seeds", "models", "confidence.csv").open(encoding="utf-8", newline="") as file:
        return {row["rule"]: float(row["confidence"]) for row in csv.DictReader(file)}


def confidence(rule: str) -> float:
    """The calibrated confidence of a rule; one too rare to be known has that of all facts."""
    known = _confidences()
    return known.get(rule, known[""])


def _masked(text: str, tagged: Tagged, subjects: Subjects) -> str:
    """The text with times and leading subjects blanked, offsets kept, for naming."""
    chars = list(text)
    for time in tagged.times:
        chars[time.start : time.end] = "\x00" * (time.end - time.start)
    for start, end in subjects.leading:
        chars[start:end] = "\x01" * (end - start)
    return "".join(chars)
