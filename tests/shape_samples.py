"""Reports that break no shape, with something for every shape to look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_samples import KUNMING, PLACES, PROGRAMME, fact, mention, reading
from pyoxigraph import Literal, NamedNode, Triple
from shape_planter import BASE, Triples, values

from kg.graph import literals, terms
from kg.graph.dataset import Dataset
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore
from kg.graph.whole import stated
from kg.model import CellReference, Credit, Entity, Fact, Period, Reading

TEXT = """昆明市2020年总结
全市医院46家，其中三级医院12家，滇池卫生院66个治疗量，健康昆明行动开展。
药占比28.5%，发病率7.5‰，死亡率7/10万，早产1/万，投入5万元，平均年龄40岁，排名第4名，费用下降3%。
力争到2025年达到80%。
"""


def said(quote: str, value: str, unit: str, kind: str, indicator: str, **more: object) -> Fact:
    return fact(quote, value, unit, kind, indicator, text=TEXT, **more)


WHOLE = said("46家", "46", "家", "count", "医院")
FACTS = (
    WHOLE,
    said("12家", "12", "家", "count", "三级医院", whole=(WHOLE.start, WHOLE.end)),
    said("66个治疗量", "66", "治疗包", "count", "供血", subject=Entity("滇池卫生院", "ORG"), direction="up"),
    said("80%", "80", "%", "rate", "医院", target=True, period=Period.year(2025)),
)
KINDS = (
    said("28.5%", "28.5", "%", "rate", "药占比", concept="drug-share"),
    said("7.5‰", "7.5", "‰", "rate", "发病率"),
    said("7/10万", "7", "/10万", "rate", "死亡率"),
    said("1/万", "1", "/万", "rate", "早产"),
    said("5万元", "50000", "元", "money", "投入"),
    said("40岁", "40", "岁", "level", "平均年龄"),
    said("4名", "4", "名", "rank", "位次"),
    said("3%", "3", "%", "change", "费用", direction="down"),
)


def made(facts: tuple[Fact, ...]) -> Reading:
    names = (mention("昆明市", KUNMING, TEXT), mention("健康昆明行动", PROGRAMME, TEXT))
    found = reading("a.txt", TEXT, facts, names)
    document = replace(
        found.document,
        url="https://example.org/a",
        publisher="昆明市卫生健康委员会",
        retrieved=datetime(2021, 1, 16, 2, tzinfo=UTC),
        cells=(CellReference(WHOLE.start, WHOLE.end, "表1!A1"),),
    )
    signed = tuple(Credit(office, "李晓梅") for office in ("author", "editor", "reviewer"))
    return replace(found, document=document, scope=replace(found.scope, credits=signed))


@cache
def sample(kinds: bool) -> Triples:
    """A report's triples that break nothing, with something for every shape to look at: its form, or its kinds of values."""
    triples = {quad.triple for quad in to_quads(made(KINDS if kinds else FACTS), PLACES, BASE)}
    report = of_class(triples, terms.REPORT)
    triples.add(Triple(report, terms.ALTERNATE_OF, NamedNode(BASE + "report-5d0c9f3a21")))
    if not kinds:
        triples |= relation(triples)
    return frozenset(triples)


def relation(triples: set[Triple]) -> set[Triple]:
    """Who runs the sample's programme, with evidence like that of a figure."""
    prov, node, start = terms.PROV, NamedNode(BASE + "rel-0123456789ab"), TEXT.index("健康昆明行动")
    evidence, selector = NamedNode(BASE + "ev-0123456789ab"), NamedNode(BASE + "sel-0123456789ab")
    told: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (node, terms.TYPE, NamedNode(prov + "Association")),
        (node, NamedNode(prov + "agent"), of_class(triples, terms.FORMAL_ORGANIZATION)),
        (node, NamedNode(prov + "hadPlan"), of_class(triples, terms.PROGRAMME)),
        (node, NamedNode(prov + "hadRole"), NamedNode(terms.HA + "role-runs")),
        (node, terms.SPATIAL, NamedNode(BASE + "place-530100")),
        (node, terms.START, Literal("2020-01-01", datatype=terms.DATE)),
        (node, terms.END, Literal("2020-12-31", datatype=terms.DATE)),
        (node, terms.YEAR, literals.integer(2020)),
        (node, terms.REF_PERIOD, NamedNode(terms.INTERVAL + "year/2020")),
        (node, terms.RULE, Literal("rel-runs")),
        (node, terms.CONFIDENCE, Literal("1", datatype=terms.DECIMAL)),
        (node, terms.WAS_DERIVED_FROM, evidence),
        (evidence, terms.TYPE, terms.SPECIFIC_RESOURCE),
        (evidence, terms.HAS_SOURCE, of_class(triples, terms.REPORT)),
        (evidence, terms.HAS_SELECTOR, selector),
        (evidence, terms.SENTENCE, Literal(TEXT.split("\n")[1])),
        (selector, terms.TYPE, terms.TEXT_QUOTE_SELECTOR),
        (selector, terms.TYPE, terms.TEXT_POSITION_SELECTOR),
        (selector, terms.EXACT, Literal("健康昆明行动")),
        (selector, terms.OA_START, literals.integer(start)),
        (selector, terms.OA_END, literals.integer(start + 6)),
    ]
    return {Triple(*statement) for statement in told}


def of_class(triples: set[Triple] | Triples, kind: NamedNode) -> NamedNode:
    return min((t.subject for t in triples if (t.predicate, t.object) == (terms.TYPE, kind)), key=str)


def figure(triples: set[Triple] | Triples, value: str) -> NamedNode:
    """The figure with a value."""
    (found,) = (t.subject for t in triples if t.predicate == terms.OBS_VALUE and t.object.value == value)
    return found


def consolidated(triples: Triples) -> NamedNode:
    return of_class(triples, terms.OBSERVATION)


def evidence(triples: Triples, value: str) -> tuple[NamedNode, NamedNode]:
    """The evidence and the quote of the figure with a value."""
    (place,) = values(triples, figure(triples, value), terms.WAS_DERIVED_FROM)
    (selector,) = values(triples, place, terms.HAS_SELECTOR)
    return place, selector


@cache
def whole_sample() -> Triples:
    """What a store states of all its reports: the description of the data sets, and a value with the statement behind it."""
    made_up = made(FACTS[2:3])
    with TemporaryDirectory() as folder, GraphStore.open(Path(folder, "store"), base=BASE) as store:
        store.describe(Dataset(licence="https://example.org/licence"))
        store.put(made_up, to_quads(made_up, PLACES, BASE), "a.txt")
        return frozenset(quad.triple for _, quads in stated(store) for quad in quads)
