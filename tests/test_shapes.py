"""The gate: what the shapes refuse and what they warn of, in both engines alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import FACTS, MENTIONS, PLACES, other, reading

from kg.config import BASE
from kg.errors import CATALOGUE
from kg.extract.entities import NATION
from kg.graph import terms
from kg.graph.mapper import to_quads
from kg.graph.validate import Result, validator
from kg.graph.vocabulary import vocabulary
from kg.model import Fact, Period

ROOT = Path(__file__).parent.parent
Quads = list[ox.Quad]
ENGINES = ("shifty", "pyshacl")


def tampered(
    predicate: ox.NamedNode,
    new: tuple[ox.NamedNode | ox.Literal, ...],
    about: str = "开设发热门诊",
    kind: str = "",
) -> Quads:
    """The sample's quads with other values for ``predicate`` on what the fact about ``about``, or its first subject, says.

    ``kind`` is how the local name of that first subject begins.
    """
    quads = to_quads(reading(), PLACES, BASE)
    node = next(q.subject for q in quads if q.predicate == terms.INDICATOR_TEXT and q.object.value == about)
    if not any(q.subject == node and q.predicate == predicate for q in quads) and predicate in ELSEWHERE:
        node = next(
            q.subject for q in quads if q.predicate == predicate and q.subject.value.startswith(BASE + kind)
        )
    (graph, *_) = (q.graph_name for q in quads if q.subject == node)
    kept = [q for q in quads if not (q.subject == node and q.predicate == predicate)]
    return kept + [ox.Quad(node, predicate, value, graph) for value in new]


ELSEWHERE = {
    terms.EXACT, terms.OA_END, terms.SENTENCE, terms.LENGTH, terms.HAS_SOURCE, terms.MENTION_LABEL, terms.HAS_BODY, terms.TITLE, terms.SHA256,
    terms.NAME, terms.LABEL, terms.CODE, terms.PREF_LABEL, terms.VERSION, terms.SYMBOL, terms.CLASSIFICATION, terms.PROGRAMME_TYPE,
}  # fmt: skip


def integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=terms.INTEGER)


def text(value: str) -> ox.Literal:
    return ox.Literal(value)


def day(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=terms.DATE)


def kinds(*names: str) -> tuple[ox.NamedNode, ...]:
    return (terms.OBSERVATION, *(ox.NamedNode(terms.HA + name) for name in names))


NOWHERE = ox.NamedNode(BASE + "nowhere")

VIOLATIONS: dict[str, tuple[str, Callable[[], Quads]]] = {
    "no kind": ("E401", lambda: tampered(terms.TYPE, kinds())),
    "two kinds": ("E401", lambda: tampered(terms.TYPE, kinds("Count", "Money"))),
    "a property that the model lacks": (
        "E401",
        lambda: tampered(ox.NamedNode(terms.HA + "colour"), (text("red"),)),
    ),
    "no indicator": ("E402", lambda: tampered(terms.INDICATOR, ())),
    "an indicator that is none": ("E402", lambda: tampered(terms.INDICATOR, (NOWHERE,))),
    "an empty indicator": (
        "E402",
        lambda: tampered(terms.INDICATOR_TEXT, (ox.Literal("", language="zh-hans"),)),
    ),
    "an indicator without a language": ("E402", lambda: tampered(terms.INDICATOR_TEXT, (text("床位"),))),
    "a subject that is nothing": ("E403", lambda: tampered(terms.SUBJECT, (NOWHERE,))),
    "two areas": (
        "E403",
        lambda: tampered(
            terms.REF_AREA, tuple(ox.NamedNode(BASE + "place-" + code) for code in ("530000", "530100"))
        ),
    ),
    "the end before the start": ("E404", lambda: tampered(terms.END, (day("2019-12-31"),))),
    "no end": ("E404", lambda: tampered(terms.END, ())),
    "a day that is a word": ("E404", lambda: tampered(terms.START, (text("去年"),))),
    "a year that is a word": ("E404", lambda: tampered(terms.YEAR, (text("去年"),))),
    "no value": ("E405", lambda: tampered(terms.OBS_VALUE, ())),
    "a value that is a word": ("E405", lambda: tampered(terms.OBS_VALUE, (text("许多"),))),
    "two values": ("E405", lambda: tampered(terms.OBS_VALUE, (integer(1), integer(2)))),
    "a unit that is none": ("E405", lambda: tampered(terms.UNIT_MEASURE, (NOWHERE,))),
    "a comparator that is none": ("E405", lambda: tampered(terms.COMPARATOR, (text("≈"),))),
    "a direction that is none": ("E405", lambda: tampered(terms.DIRECTION, (text("sideways"),))),
    "a confidence above one": (
        "E406",
        lambda: tampered(terms.CONFIDENCE, (ox.Literal("1.5", datatype=terms.DECIMAL),)),
    ),
    "no evidence": ("E406", lambda: tampered(terms.WAS_DERIVED_FROM, ())),
    "a negative count": ("E411", lambda: tampered(terms.OBS_VALUE, (integer(-3),))),
    "a negative rate": ("E412", lambda: tampered(terms.OBS_VALUE, (integer(-3),), "完成率")),
    "more than all who live": (
        "E412",
        lambda: tampered(terms.OBS_VALUE, (integer(100_001),), "孕产妇死亡率"),
    ),
    "a rank of nought": ("E413", lambda: tampered(terms.OBS_VALUE, (integer(0),), "全省位次")),
    "a rank between two": (
        "E413",
        lambda: tampered(terms.OBS_VALUE, (ox.Literal("1.5", datatype=terms.DECIMAL),), "全省位次"),
    ),
    "a change with a minus sign": ("E414", lambda: tampered(terms.OBS_VALUE, (integer(-3),), "建筑面积增长")),
    "evidence of no report": ("E421", lambda: tampered(terms.HAS_SOURCE, (NOWHERE,))),
    "an empty quote": ("E422", lambda: tampered(terms.EXACT, (text(""),))),
    "a quote longer than its place": ("E422", lambda: tampered(terms.EXACT, (text("三十五处发热"),))),
    "a quote that ends where it starts": ("E422", lambda: tampered(terms.OA_END, (integer(0),))),
    "a quote beyond the end": ("E422", lambda: tampered(terms.LENGTH, (integer(20),))),
    "a quote that its sentence lacks": ("E422", lambda: tampered(terms.SENTENCE, (text("别的句子。"),))),
    "a label that is none": ("E423", lambda: tampered(terms.MENTION_LABEL, (text("PERSON"),))),
    "a name for nothing": ("E423", lambda: tampered(terms.HAS_BODY, ())),
    "a report without a title": ("E431", lambda: tampered(terms.TITLE, ())),
    "a report without its digest": ("E431", lambda: tampered(terms.SHA256, (text("abc"),), kind="report-")),
    "a file without a name": ("E432", lambda: tampered(terms.NAME, ())),
    "a file without its digest": ("E432", lambda: tampered(terms.SHA256, (), kind="file-")),
    "a mention without a name": ("E423", lambda: tampered(terms.NAME, (), kind="mention-")),
    "a type of organisation that is none": (
        "E442",
        lambda: tampered(terms.CLASSIFICATION, (ox.NamedNode(terms.HA + "prog-law"),)),
    ),
    "a type of programme that is none": ("E442", lambda: tampered(terms.PROGRAMME_TYPE, (NOWHERE,))),
    "a named place with a level": (
        "E441",
        lambda: tampered(terms.CODE, (), kind="place-"),
    ),
    "a run without a version": ("E433", lambda: tampered(terms.VERSION, ())),
    "a code of five digits": ("E441", lambda: tampered(terms.CODE, (text("53010"),))),
    "an entity without a label": ("E442", lambda: tampered(terms.LABEL, ())),
    "two labels in one language": (
        "E442",
        lambda: tampered(terms.LABEL, tuple(ox.Literal(x, language="zh-hans") for x in "甲乙")),
    ),
    "a candidate without a name": ("E443", lambda: tampered(terms.PREF_LABEL, ())),
}


def with_fact(fact: Fact) -> Quads:
    return to_quads(reading(facts=(fact,), mentions=()), PLACES, BASE)


RATE = next(f for f in FACTS if f.indicator == "完成率")
SHARES = {
    "a completion rate of 103.5 %": (RATE, []),
    "a completion rate of 180 %": (replace(RATE, value=Decimal(180)), ["warning"]),
    "a survey's pass rate of 103.5 %": (replace(RATE, indicator="抽检合格率"), ["error"]),
    "a share of the scheme of 103.5 %": (replace(RATE, indicator="药占比", concept="drug-share"), ["error"]),
    "a rate of the scheme that may pass": (
        replace(RATE, indicator="床位使用率", concept="bed-occupancy"),
        [],
    ),
    "growth read as a rate": (replace(RATE, indicator="报告发病例数同比增长合格率"), []),
    "what was planned": (replace(RATE, indicator="检查任务阳性率"), []),
    "all of them": (replace(RATE, value=Decimal(100), indicator="合格率"), []),
    "growth of 350 %": (replace(RATE, kind="change", value=Decimal(350), direction="up"), []),
    "a fall of 350 %": (replace(RATE, kind="change", value=Decimal(350), direction="down"), ["warning"]),
    "a death rate of 7.95 per 100 000": (
        replace(RATE, value=Decimal("7.95"), unit="/10万", indicator="孕产妇死亡率"),
        [],
    ),
    "more than a thousand per thousand": (replace(RATE, value=Decimal(1001), unit="‰"), ["error", "warning"]),
    "400 per thousand": (replace(RATE, value=Decimal(400), unit="‰"), ["warning"]),
    "more than all of ten thousand": (replace(RATE, value=Decimal(10001), unit="/万"), ["error"]),
    "a third of all who live": (replace(RATE, value=Decimal(33333), unit="/10万"), ["warning"]),
    "half a unit of blood": (replace(RATE, kind="count", value=Decimal("0.5"), unit="治疗量"), []),
    "a debt": (replace(RATE, kind="money", value=Decimal(-5), unit="元"), ["warning"]),
    "half a bed": (replace(RATE, kind="count", value=Decimal("0.5"), unit="张"), ["warning"]),
    "an age of 200": (replace(RATE, kind="level", value=Decimal(200), unit="岁"), ["warning"]),
    "80 degrees below": (replace(RATE, kind="level", value=Decimal(-80), unit="℃"), []),
    "no period": (replace(RATE, value=Decimal(98), period=None), ["warning"]),
    "in the reign of Qianlong": (replace(RATE, value=Decimal(98), period=Period.year(1780)), ["warning"]),
    "in a hundred years": (
        replace(RATE, value=Decimal(98), period=Period.year(2120), target=True),
        ["warning"],
    ),
    "of the whole nation": (replace(RATE, value=Decimal(98), area=None, subject=NATION), []),
    "no area": (replace(RATE, value=Decimal(98), area=None), ["warning"]),
    "a novel as an indicator": (replace(RATE, value=Decimal(98), indicator="率" * 61), ["warning"]),
}


def compared(results: tuple[Result, ...]) -> list[tuple[str, str, str, str, str]]:
    return sorted((r.focus, r.component, r.path, r.value, r.severity) for r in results)


@pytest.mark.parametrize("made", [reading, other], ids=["kunming", "linfen"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_sound_report_passes(engine: str, made: Callable[..., object]) -> None:
    verdict = validator(engine).validate(to_quads(made(), PLACES, BASE), "a.txt")
    assert verdict.conforms
    assert [p for p in verdict.problems if p.severity == "error"] == []


@pytest.mark.parametrize("case", VIOLATIONS)
def test_a_planted_violation_is_found_with_its_number(case: str) -> None:
    code, plant = VIOLATIONS[case]
    verdict = validator().validate(plant(), "a.txt")
    assert not verdict.conforms
    assert code in {p.code for p in verdict.problems if p.severity == "error"}
    assert {p.doc for p in verdict.problems} == {"a.txt"}


@pytest.mark.parametrize("case", SHARES)
def test_values_are_judged_by_their_kind(case: str) -> None:
    fact, expected = SHARES[case]
    verdict = validator().validate(with_fact(fact), "a.txt")
    assert [p.severity for p in verdict.problems] == expected


@pytest.mark.parametrize("case", [*VIOLATIONS, *SHARES])
def test_both_engines_see_the_same(case: str) -> None:
    quads = VIOLATIONS[case][1]() if case in VIOLATIONS else with_fact(SHARES[case][0])
    fast, reference = (validator(engine).validate(quads, "a.txt") for engine in ENGINES)
    assert compared(fast.results) == compared(reference.results)
    assert fast.problems == reference.problems
    assert fast.conforms == reference.conforms


def test_a_problem_tells_which_words_what_is_wrong_and_what_to_do() -> None:
    verdict = validator().validate(VIOLATIONS["a negative count"][1](), "kunming.txt")
    (problem,) = [p for p in verdict.problems if p.severity == "error"]
    assert (problem.code, problem.doc, problem.quote, problem.start) == ("E411", "kunming.txt", "35处", 19)
    assert problem.zh == (
        "计数与金额：“35处”（原句：全市35处发热门诊全部开设，健康昆明行动覆盖寻甸县。）：计数不能小于零。请核对数字；减少的数量应写成“减少…”。"
    )
    assert problem.en.startswith(
        "Count or amount: “35处” (in: 全市35处发热门诊全部开设，健康昆明行动覆盖寻甸县。): A count cannot be below zero."
    )


@pytest.mark.parametrize(
    "case", ["a quote longer than its place", "a quote that its sentence lacks", "a quote beyond the end"]
)
def test_a_wrong_quote_is_shown_itself(case: str) -> None:
    verdict = validator().validate(VIOLATIONS[case][1](), "a.txt")
    assert {p.quote for p in verdict.problems if p.code == "E422"} <= {
        FACTS[n].quote for n in range(len(FACTS))
    } | {"三十五处发热"} | {m.text for m in MENTIONS}


def test_a_long_sentence_is_shown_around_the_quote_only() -> None:
    far = "甲" * 500
    fact = replace(FACTS[0], value=Decimal(-1), sentence=f"{far}35处{far}")
    (problem,) = validator().validate(with_fact(fact), "a.txt").problems
    assert len(problem.zh) < 300
    assert "…" + "甲" * 80 + "35处" + "甲" * 80 + "…" in problem.zh


def test_an_entity_is_explained_by_where_it_is_spoken_of() -> None:
    verdict = validator().validate(VIOLATIONS["a candidate without a name"][1](), "a.txt")
    assert {p.quote for p in verdict.problems if p.code == "E443"} == {"4名"}


def test_another_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="jena"):
        validator("jena")


def shapes(pattern: str = "*.ttl") -> list[ox.Quad]:
    return [
        quad
        for path in sorted((ROOT / "shapes").glob(pattern))
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    ]


def test_every_shape_that_can_fail_has_a_number_and_both_languages() -> None:
    quads = shapes("**/*.ttl")
    numbered = {q.subject: q.object.value for q in quads if q.predicate == terms.PROBLEM}
    messages: dict[object, set[str | None]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == terms.SH_MESSAGE:
            messages[quad.subject].add(quad.object.language)
    lent = {q.subject: q.object for q in quads if q.predicate == terms.SH_SPARQL}
    assert {node.value: messages[lent.get(node, node)] for node in numbered} == {
        node.value: {"zh-hans", "en"} for node in numbered
    }
    assert set(numbered.values()) - set(CATALOGUE) == set()
    properties = {
        q.object
        for q in quads
        if q.predicate.value == terms.SH + "property" and isinstance(q.object, ox.NamedNode)
    }
    assert properties - set(numbered) == set()


def test_every_message_says_what_to_do() -> None:
    said = [q.object for q in shapes("**/*.ttl") if q.predicate == terms.SH_MESSAGE]
    assert [
        m.value
        for m in said
        if m.language == "zh-hans" and not re.search(r"[。；，](请|应写成|.*请)", m.value)
    ] == []
    assert [
        m.value for m in said if m.language == "en" and m.value.count(". ") + m.value.count("; ") < 1
    ] == []


def test_every_class_that_is_emitted_has_a_shape() -> None:
    targets = {q.object for q in shapes() if q.predicate.value == terms.SH + "targetClass"}
    emitted = {q.object for q in to_quads(reading(), PLACES, BASE) if q.predicate == terms.TYPE}
    assert emitted - targets == {terms.TEXT_POSITION_SELECTOR}


def test_every_share_is_a_rate_of_the_scheme_with_a_part_above_its_whole() -> None:
    said = {(t.subject, t.predicate): t.object for t in vocabulary().triples}
    shares = [
        t.object for t in vocabulary().triples if (t.subject, t.predicate) == (terms.SHARES, terms.MEMBER)
    ]
    assert len(shares) > 100
    for share in shares:
        assert said[share, ox.NamedNode(terms.HA + "kind")].value == "rate", share
        assert (share, ox.NamedNode(terms.HA + "numerator")) in said, share
        assert (share, ox.NamedNode(terms.HA + "denominator")) in said, share


def test_every_class_that_may_occur_has_a_shape() -> None:
    quads = shapes()
    targets = {q.object.value for q in quads if q.predicate.value == terms.SH + "targetClass"}
    (select,) = [
        q.object.value
        for q in quads
        if q.predicate == ox.NamedNode(terms.SH + "select") and q.subject.value.endswith("#unknown-class")
    ]
    (known,) = re.findall(r"NOT IN \((.*?)\)", select, re.DOTALL)
    assert set(re.findall(r"<([^>]+)>", known)) == targets | {terms.TEXT_POSITION_SELECTOR.value}


def test_the_example_of_the_model_page_holds() -> None:
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```turtle\n(.*?)```", page, re.DOTALL)
    prefixes = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in terms.prefixes().items())
    graph = ox.NamedNode(BASE + "graph-9c1e44ab07")
    quads = [
        ox.Quad(q.subject, q.predicate, q.object, graph)
        for q in ox.parse(prefixes + example, ox.RdfFormat.TURTLE)
    ]
    others = {ox.NamedNode(BASE + "dataset"), *vocabulary().members}  # told in other graphs
    verdict = validator().validate([q for q in quads if q.subject not in others], "model.md")
    assert [(p.code, p.en) for p in verdict.problems] == []
    used = {q.predicate for q in to_quads(reading(), PLACES, BASE)} - {terms.DIRECTION, terms.TARGET}
    assert used - {q.predicate for q in quads} == set()
