"""Reading → quads: the only place that states facts as RDF. ``docs/model.md`` shows what comes out.

A report's own statements go to its named graph; what reports share (places, organisations, programmes, candidate
indicators, minted units, the run) goes to the graph of entities, where a triple is stated once for all reports.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.config import VERSION
from kg.graph import entities, iri, literals, terms
from kg.graph.vocabulary import vocabulary
from kg.model import Document, Entity, Fact, NamedMention, Period, Place, Reading, Relation
from kg.read.formats import BY_KEY

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def to_quads(reading: Reading, places: Mapping[str, Place], base: str) -> list[Quad]:
    """All that is published of a reading, sorted as N-Quads, without repetition and without blank nodes.

    ``places`` are the known divisions by code, for the names and ancestors of those the report speaks of. ``base`` is
    the instance namespace. Raises ValueError for a value that RDF cannot carry: a NaN, a code that is none.
    """
    key = iri.report_key(reading.document.text)
    own = NamedNode(base + iri.graph(key))
    quads = {Quad(*statement, own) for statement in _report(reading, key, base)}
    shared = NamedNode(base + entities.GRAPH)
    quads |= {Quad(*statement, shared) for statement in _shared(reading, places, base)}
    return sorted(quads, key=str)


def _report(reading: Reading, key: str, base: str) -> Iterator[Statement]:
    document, scope = reading.document, reading.scope
    report, graph = NamedNode(base + iri.report(key)), NamedNode(base + iri.graph(key))
    yield graph, terms.TYPE, terms.VOID_DATASET
    yield graph, terms.IN_DATASET, NamedNode(base + "dataset")
    yield graph, terms.WAS_DERIVED_FROM, report
    yield graph, terms.WAS_GENERATED_BY, NamedNode(base + iri.run(VERSION, base))
    yield report, terms.TYPE, terms.REPORT
    yield report, terms.SHA256, literals.text(iri.text_sha256(document.text))
    yield report, terms.LENGTH, literals.integer(len(document.text))
    yield report, terms.LANGUAGE, literals.text(f"zh-{document.script.lower()}")
    if scope.title:
        yield report, terms.TITLE, literals.zh(scope.title)
    else:
        yield report, terms.TITLE, literals.text(document.title or document.name)
    published = scope.published or document.published
    if published:
        yield report, terms.ISSUED, literals.day(published)
    if scope.place:
        yield report, terms.SPATIAL, NamedNode(base + iri.place(scope.place.code))
    if scope.organisation:
        yield report, terms.PUBLISHER, NamedNode(base + iri.organisation(scope.organisation))
    yield from _period(report, scope.period)
    yield from (
        (report, terms.CREDITS[credit.office], literals.text(credit.name))
        for credit in scope.credits
        if credit.office in terms.CREDITS
    )
    file = NamedNode(base + iri.file(key, document.name, document.digest))
    yield report, terms.FILE, file
    yield file, terms.TYPE, terms.SOURCE_FILE
    yield file, terms.NAME, literals.text(document.name)
    yield file, terms.SHA256, literals.text(document.digest)
    yield file, terms.ENCODING, literals.text(document.encoding)
    yield file, terms.MEDIA_TYPE, NamedNode(terms.MEDIA_TYPES + BY_KEY[document.format].media)
    if document.url:
        yield file, terms.URL, literals.text(document.url)
    source = document.publisher or next((c.name for c in scope.credits if c.office == "source"), None)
    if source:
        yield file, terms.STATED_SOURCE, literals.text(source)
    if document.retrieved:
        yield file, terms.RETRIEVED, literals.moment(document.retrieved)
    for fact in reading.facts:
        yield from _observation(fact, key, base)
        cell = cell_of(document, fact)
        if cell is not None:
            yield NamedNode(f"{base}ev-{fact_hash(fact, key)}"), terms.CELL, literals.text(cell)
    yield from _parts(reading.facts, key, base)
    for mention in reading.mentions:
        yield from _mention(mention, key, base)
    for relation in reading.relations:
        yield from _relation(relation, key, base)


def _parts(facts: Sequence[Fact], key: str, base: str) -> Iterator[Statement]:
    """Which figures 其中 says are parts of which."""
    by_span = {(fact.start, fact.end): fact for fact in facts}
    for fact in facts:
        whole = by_span.get(fact.whole) if fact.whole else None
        if whole is not None:
            part, total = (NamedNode(f"{base}obs-{fact_hash(one, key)}") for one in (fact, whole))
            yield part, terms.IS_PART_OF, total


def _observation(fact: Fact, key: str, base: str) -> Iterator[Statement]:
    name = fact_hash(fact, key)
    node, evidence = NamedNode(f"{base}obs-{name}"), NamedNode(f"{base}ev-{name}")
    yield node, terms.TYPE, terms.OBSERVATION
    yield node, terms.TYPE, terms.KINDS[fact.kind]
    yield node, terms.IN_DATA_SET, NamedNode(base + "dataset")
    yield node, terms.INDICATOR, entities.indicator(fact, base)
    yield node, terms.INDICATOR_TEXT, literals.zh(fact.indicator)
    yield node, terms.SUBJECT, entities.entity(fact.subject, base)
    yield node, terms.SUBJECT_NAME, literals.zh(fact.subject.name)
    if fact.area:
        yield node, terms.REF_AREA, NamedNode(base + iri.place(fact.area.code))
    yield from _period(node, fact.period)
    yield node, terms.OBS_VALUE, literals.number(fact.value)
    yield node, terms.UNIT_TEXT, literals.text(fact.unit)
    yield node, terms.UNIT_MEASURE, entities.unit(fact.unit, base)
    yield node, terms.COMPARATOR, literals.text(fact.comparator)
    if fact.direction:
        yield node, terms.DIRECTION, literals.text(fact.direction)
    yield node, terms.TARGET, literals.boolean(fact.target)
    yield from _reading_of(node, fact.rule, fact.confidence)
    yield node, terms.HAD_PRIMARY_SOURCE, NamedNode(base + iri.report(key))
    yield node, terms.WAS_DERIVED_FROM, evidence
    yield evidence, terms.SENTENCE, literals.text(fact.sentence)
    yield from _evidence(name, key, base, fact.quote, (fact.start, fact.end))


def _mention(mention: NamedMention, key: str, base: str) -> Iterator[Statement]:
    entity = mention.entity
    name = iri.digest(["mention", key, mention.start, mention.end, entity.label, entity.name], 12)
    node = NamedNode(f"{base}mention-{name}")
    yield node, terms.TYPE, terms.MENTION
    yield node, terms.MENTION_LABEL, literals.text(entity.label)
    yield node, terms.NAME, literals.zh(entity.name)
    yield node, terms.HAS_BODY, entities.entity(entity, base)
    yield node, terms.HAS_TARGET, NamedNode(f"{base}ev-{name}")
    yield from _reading_of(node, mention.rule, mention.confidence)
    yield from _evidence(name, key, base, mention.text, (mention.start, mention.end))


def _relation(relation: Relation, key: str, base: str) -> Iterator[Statement]:
    agent, programme = relation.agent, relation.programme
    said = [
        "relation",
        key,
        relation.start,
        relation.end,
        programme.name,
        agent.label,
        agent.name,
        relation.role,
    ]
    name = iri.digest(said, 12)
    node, evidence = NamedNode(f"{base}rel-{name}"), NamedNode(f"{base}ev-{name}")
    yield node, terms.TYPE, terms.ASSOCIATION
    yield node, terms.AGENT, entities.entity(agent, base)
    yield node, terms.HAD_PLAN, entities.entity(programme, base)
    yield node, terms.HAD_ROLE, terms.ROLES[relation.role]
    if relation.place:
        yield node, terms.SPATIAL, NamedNode(base + iri.place(relation.place.code))
    yield from _period(node, relation.period)
    yield from _reading_of(node, relation.rule, relation.confidence)
    yield node, terms.WAS_DERIVED_FROM, evidence
    yield evidence, terms.SENTENCE, literals.text(relation.sentence)
    yield from _evidence(name, key, base, relation.quote, (relation.start, relation.end))


def _evidence(name: str, key: str, base: str, quote: str, span: tuple[int, int]) -> Iterator[Statement]:
    evidence, selector = NamedNode(f"{base}ev-{name}"), NamedNode(f"{base}sel-{name}")
    yield evidence, terms.TYPE, terms.SPECIFIC_RESOURCE
    yield evidence, terms.HAS_SOURCE, NamedNode(base + iri.report(key))
    yield evidence, terms.HAS_SELECTOR, selector
    yield selector, terms.TYPE, terms.TEXT_QUOTE_SELECTOR
    yield selector, terms.TYPE, terms.TEXT_POSITION_SELECTOR
    yield selector, terms.EXACT, literals.text(quote)
    yield selector, terms.OA_START, literals.integer(span[0])
    yield selector, terms.OA_END, literals.integer(span[1])


def _period(node: NamedNode, period: Period | None) -> Iterator[Statement]:
    if period is None:
        return
    yield node, terms.START, literals.day(period.start)
    yield node, terms.END, literals.day(period.end)
    yield node, terms.REF_PERIOD, NamedNode(iri.period(period))
    if period.start.year == period.end.year:
        yield node, terms.YEAR, literals.integer(period.start.year)


def _reading_of(node: NamedNode, rule: str, confidence: float) -> Iterator[Statement]:
    yield node, terms.RULE, literals.text(rule)
    yield node, terms.CONFIDENCE, literals.decimal(Decimal(repr(round(confidence, 4))))


def _shared(reading: Reading, places: Mapping[str, Place], base: str) -> Iterator[Statement]:
    run = NamedNode(base + iri.run(VERSION, base))
    yield run, terms.TYPE, terms.ACTIVITY
    yield run, terms.WAS_ASSOCIATED_WITH, terms.SOFTWARE
    yield run, terms.VERSION, literals.text(VERSION)
    divisions = _places(reading, places)
    for place in entities.with_ancestors(divisions.values(), places):
        yield from entities.describe_place(place, places, base)
    for entity in _named(reading):
        if entity.code not in divisions:
            yield from entities.describe(entity, base)
    for fact in reading.facts:
        if fact.concept is None:
            yield from entities.describe_candidate(fact.indicator, base)
        if iri.normal(fact.unit) not in vocabulary().units:
            yield from entities.describe_unit(fact.unit, base)


def _named(reading: Reading) -> set[Entity]:
    """Every entity that the reading names."""
    found = {m.entity for m in reading.mentions} | {f.subject for f in reading.facts}
    found |= {entity for r in reading.relations for entity in (r.agent, r.programme)}
    return found | ({Entity(reading.scope.organisation, "ORG")} if reading.scope.organisation else set())


def _places(reading: Reading, places: Mapping[str, Place]) -> dict[str, Place]:
    """The divisions that the reading speaks of: from the known ones, else as the reading gives them."""
    said = [reading.scope.place, *(f.area for f in reading.facts), *(r.place for r in reading.relations)]
    found = {place.code: places.get(place.code, place) for place in said if place}
    codes = {entity.code for entity in _named(reading) if entity.code}
    return found | {code: places[code] for code in codes if code in places}


def cell_of(document: Document, fact: Fact) -> str | None:
    """The reference of the cell that a fact's number stands in; None where it stands in no table of its file."""
    at = bisect_right(document.cells, fact.start, key=lambda cell: cell.start) - 1
    inside = at >= 0 and fact.start < document.cells[at].end
    return document.cells[at].name if inside else None


def fact_hash(fact: Fact, key: str) -> str:
    """The twelve hex digits shared by a fact's observation, evidence and selector in the report ``key``."""
    period = [fact.period.start.isoformat(), fact.period.end.isoformat()] if fact.period else None
    value = literals.plain_decimal(fact.value)
    said = [key, fact.start, fact.end, fact.indicator, value, fact.unit, fact.subject.name, period]
    return iri.digest(said, 12)
