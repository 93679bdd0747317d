"""A planted violation of every constraint of every shape: found by both engines, told with its sentence, gone when mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from graph_samples import PLACES, reading
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import SH
from shape_planter import (
    BASE,
    BY_HAND,
    GRAPH,
    NOWHERE,
    SHAPES,
    Constraint,
    Triples,
    alone,
    constraints,
    numbered,
    planted,
    replaced,
)
from shape_samples import (
    FACTS,
    TEXT,
    WHOLE,
    consolidated,
    evidence,
    figure,
    made,
    of_class,
    sample,
    whole_sample,
)

from kg.graph import literals, terms
from kg.graph.explain import explain
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore
from kg.graph.validate import Result, validator
from kg.graph.whole import whole_problems

ENGINES = ("shifty", "pyshacl")

WHOLE_STORE = {"dataset", "value", "values-backed", "values-stated"}
"""The shapes that are asked of what a store states of all its reports."""

KIND_TARGETS = {terms.KINDS[kind] for kind in ("rate", "money", "level", "rank", "change")}


def number(value: str) -> Literal:
    return Literal(value, datatype=terms.DECIMAL if "." in value else terms.INTEGER)


def valued(old: str, new: str) -> Callable[[Triples], Triples]:
    """A figure with another value."""
    return lambda t: replaced(t, figure(t, old), terms.OBS_VALUE, number(new))


def told(value: str, predicate: NamedNode, *new: NamedNode | Literal) -> Callable[[Triples], Triples]:
    """A figure that says something else."""
    return lambda t: replaced(t, figure(t, value), predicate, *new)


def without_kind(t: Triples) -> Triples:
    return replaced(t, figure(t, "46"), terms.TYPE, terms.OBSERVATION)


def of_two_kinds(t: Triples) -> Triples:
    return t | {Triple(figure(t, "46"), terms.TYPE, terms.KINDS["money"])}


def named(t: Triples) -> NamedNode:
    """The place that the report is about."""
    return NamedNode(BASE + "place-530100")


def also(*statements: tuple[NamedNode, NamedNode, NamedNode | Literal]) -> Callable[[Triples], Triples]:
    return lambda t: t | {Triple(*statement) for statement in statements}


def of_old_without_code(sound: Triples) -> Triples:
    """A division of old that nothing tells the code of."""
    place = next(t.subject for t in sound if (t.predicate, t.object) == (terms.TYPE, terms.PLACE))
    old = NamedNode(place.value + "-2010")
    said = {
        Triple(old, terms.TYPE, terms.LOCATION),
        Triple(old, terms.LABEL, Literal("旧名", language="zh-hans")),
        Triple(old, terms.IS_REPLACED_BY, place),
    }
    return sound | said | {Triple(place, terms.REPLACES, old)}


BY_HAND |= {
    ("place-of-old", "Or"): of_old_without_code,
    ("obs-kind", "QualifiedMinCount"): without_kind,
    ("obs-kind", "QualifiedMaxCount"): of_two_kinds,
    ("obs-subject", "Or"): told("46", terms.SUBJECT, NOWHERE),
    ("obs-value", "Or"): told("46", terms.OBS_VALUE, Literal("许多")),
    ("obs-value", "MaxCount"): told("46", terms.OBS_VALUE, number("46"), number("47")),
    ("observation-area-known", "Or"): told("46", terms.REF_AREA),
    ("observation-dates", "Xone"): told("46", terms.END),
    ("count-whole", "Or"): valued("46", "46.5"),
    ("level", "Or"): valued("40", "200"),
    ("change-fall", "Or"): valued("3", "130"),
    ("rate-share", "Or"): valued("28.5", "103.5"),
    ("rate-percent-high", "Or"): valued("28.5", "200"),
    ("rate-permille", "Or"): valued("7.5", "1001"),
    ("rate-permille-high", "Or"): valued("7.5", "400"),
    ("rate-per-100k", "Or"): valued("7", "100001"),
    ("rate-per-100k-high", "Or"): valued("7", "10001"),
    ("rate-per-10k", "Or"): valued("1", "10001"),
    ("organisation-types-listed", "In"): lambda t: replaced(t, of_class(t, terms.FORMAL_ORGANIZATION), terms.CLASSIFICATION, NamedNode(terms.HA + "prog-campaign")),
    ("programme-types-listed", "In"): lambda t: replaced(t, of_class(t, terms.PROGRAMME), terms.PROGRAMME_TYPE, NamedNode(terms.HA + "org-hospital")),
    ("mention-agrees", "Or"): lambda t: replaced(t, of_class(t, terms.MENTION), terms.MENTION_LABEL, Literal("ORG")),
    ("place-identified", "Or"): lambda t: replaced(t, named(t), terms.CODE),
    ("place-listed", "Or"): lambda t: replaced(t, named(t), terms.PLACE_LEVEL),
    ("rel-agent", "Or"): lambda t: replaced(t, NamedNode(BASE + "rel-0123456789ab"), NamedNode(terms.PROV + "agent"), NOWHERE),
    ("collection", "In"): also((NOWHERE, terms.TYPE, terms.COLLECTION)),
    ("collection", "Closed"): also((NOWHERE, terms.TYPE, terms.COLLECTION), (NOWHERE, terms.LABEL, Literal("x"))),
    ("report-says", "MinCount"): lambda t: frozenset(x for x in t if x.predicate != terms.HAS_SOURCE),
    ("quotes-in-sentences", "SPARQL"): lambda t: replaced(t, evidence(t, "46")[0], terms.SENTENCE, Literal("别的句子。")),
    ("quotes-as-long", "SPARQL"): lambda t: replaced(t, evidence(t, "46")[1], terms.EXACT, Literal("46家医院")),
    ("quotes-inside", "SPARQL"): lambda t: replaced(t, of_class(t, terms.REPORT), terms.LENGTH, literals.integer(20)),
    ("parts", "SPARQL"): valued("12", "47"),
    ("parts-alike", "SPARQL"): told("12", terms.UNIT_TEXT, Literal("个")),
    ("figures-dated", "SPARQL"): told("46", terms.YEAR, literals.integer(2021)),
    ("figures-published", "SPARQL"): lambda t: replaced(t, figure(t, "80"), terms.TARGET, literals.boolean(False)),
    ("values-stated", "SPARQL"): lambda t: replaced(t, consolidated(t), terms.OBS_VALUE, number("67")),
    ("val-amount", "Or"): lambda t: replaced(t, consolidated(t), terms.OBS_VALUE, Literal("许多")),
    ("val-amount", "MaxCount"): lambda t: replaced(t, consolidated(t), terms.OBS_VALUE, number("66"), number("67")),
    ("values-backed", "SPARQL"): lambda t: t | {Triple(consolidated(t), terms.WAS_DERIVED_FROM, NOWHERE)},
    ("dataset-kind", "HasValue"): lambda t: replaced(t, of_class(t, terms.DATA_SET), terms.TYPE, terms.DATA_SET),
    ("classes", "SPARQL"): also((NOWHERE, terms.TYPE, NamedNode(terms.HA + "Planted"))),
    ("nodes", "SPARQL"): also((NOWHERE, terms.LABEL, Literal("x"))),
}  # fmt: skip
"""How combinations and queries are broken; a new one must be told here."""

UNTOLD = {
    "val-statements",
    "values-backed",
    "ev-selector",
    "mention-target",
    "obs-evidence",
    "rel-evidence",
    "sel-exact",
    "sel-used",
}
"""What cannot be told with its words, for the way to these is what is missing."""

CONSTRAINTS = constraints()


def base_of(index: int) -> str:
    return BASE.replace("/0/", f"/{index}/")


def sound_for(constraint: Constraint) -> Triples:
    if constraint.node in WHOLE_STORE:
        return whole_sample()
    targets = {
        NamedNode(str(kind))
        for kind in GRAPH.objects(rdflib.URIRef(terms.SHAPES + constraint.node), SH.targetClass)
    }
    concepts = constraint.node == "collection"
    return sample(kinds=bool(targets & KIND_TARGETS) or concepts)


@cache
def plants() -> dict[Constraint, Triples]:
    return {constraint: planted(constraint, sound_for(constraint)) for constraint in CONSTRAINTS}


def moved(triples: Triples, base: str) -> list[ox.Quad]:
    """The triples with their instances under another namespace, as quads."""

    def there(node: object) -> object:
        return (
            NamedNode(base + node.value.removeprefix(BASE))
            if isinstance(node, NamedNode) and node.value.startswith(BASE)
            else node
        )

    return [
        ox.Quad(there(t.subject), t.predicate, there(t.object), NamedNode(base))
        for t in sorted(triples, key=str)
    ]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[Constraint, list[Result]]]:
    """What both engines find by a targeted shape in the plants of its constraints, each in a namespace of its own."""
    found: dict[str, dict[Constraint, list[Result]]] = {engine: defaultdict(list) for engine in ENGINES}
    for node in dict.fromkeys(constraint.node for constraint in CONSTRAINTS):
        folder = tmp_path_factory.mktemp("shapes")
        alone(node).serialize(folder / "shapes.ttl")
        mine = [(i, constraint) for i, constraint in enumerate(CONSTRAINTS) if constraint.node == node]
        quads = [quad for i, constraint in mine for quad in moved(plants()[constraint], base_of(i))]
        for engine in ENGINES:
            for result in validator(engine, folder).validate(quads).results:
                found[engine][CONSTRAINTS[int(result.focus.split("/")[3])]].append(result)
    return found


def test_the_sample_breaks_nothing() -> None:
    for kinds in (False, True):
        for engine in ENGINES:
            assert validator(engine).validate(moved(sample(kinds), BASE)).results == ()
    for engine in ENGINES:
        assert validator(engine, SHAPES / "store").validate(moved(whole_sample(), BASE)).results == ()


def test_every_numbered_shape_is_planted() -> None:
    by_python = {"vocabulary"}
    assert numbered() == {constraint.shape for constraint in CONSTRAINTS} | by_python


def by_python() -> list[ox.Quad]:
    """What SHACL cannot see: a report that describes an indicator of the scheme."""
    quads = moved(sample(kinds=True), BASE)
    (known,) = {
        q.object for q in quads if q.predicate == terms.INDICATOR and q.object.value.endswith("drug-share")
    }
    return [*quads, ox.Quad(known, terms.PREF_LABEL, Literal("药品", language="zh-hans"), NamedNode(BASE))]


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=str)
def test_a_planted_violation_is_found_by_both_engines(
    constraint: Constraint, results: dict[str, dict[Constraint, list[Result]]]
) -> None:
    wanted = (terms.SHAPES + constraint.shape, constraint.component + "ConstraintComponent")
    found = {
        engine: sorted(
            (r.focus, r.shape, r.component, r.path, r.value, r.severity) for r in results[engine][constraint]
        )
        for engine in ENGINES
    }
    assert wanted in {(shape, component) for _, shape, component, *_ in found["shifty"]}
    assert found["shifty"] == found["pyshacl"]


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=str)
def test_it_is_told_with_its_sentence(
    constraint: Constraint, results: dict[str, dict[Constraint, list[Result]]]
) -> None:
    quads = moved(plants()[constraint], base_of(CONSTRAINTS.index(constraint)))
    found = [r for r in results["shifty"][constraint] if r.shape == terms.SHAPES + constraint.shape]
    problems = explain(found, quads, "a.txt")
    assert {p.doc for p in problems} == {"a.txt"}
    if constraint.shape in UNTOLD:
        return
    about = {
        name.rpartition("/")[2].partition("-")[0] for r in found for name in (r.focus, r.value.strip("<>"))
    }
    if about & {"obs", "ev", "sel", "mention", "rel", "val"}:
        assert [p.quote for p in problems if not p.quote] == []
    if about & {"obs", "rel", "val"}:
        assert [p.zh for p in problems if p.quote not in p.zh or "原句：" not in p.zh] == []


def test_every_plant_is_mended_by_the_sample() -> None:
    """What differs from the sample is the plant, and the sample breaks nothing."""
    for constraint in CONSTRAINTS:
        assert plants()[constraint] != sound_for(constraint), constraint


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_report_says_of_the_vocabulary_is_refused(engine: str) -> None:
    verdict = validator(engine).validate(by_python(), "a.txt")
    assert [(r.shape, r.severity) for r in verdict.results] == [(terms.SHAPES + "vocabulary", "Violation")]
    assert not verdict.conforms
    assert [(p.code, p.quote) for p in verdict.problems] == [("E434", "28.5%")]
    assert (None, SH.conforms, rdflib.Literal(False)) in verdict.report
    mended = [
        quad for quad in by_python() if quad.predicate != terms.PREF_LABEL or BASE in quad.subject.value
    ]
    assert validator(engine).validate(mended, "a.txt").results == ()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_property_planted_on_any_node_is_refused(engine: str) -> None:
    triples = sample(kinds=False)
    nodes = {t.subject for t in triples}
    quads = [ox.Quad(t.subject, t.predicate, t.object) for t in triples]
    planted_too = [ox.Quad(node, NamedNode(terms.HA + "planted"), Literal("x")) for node in nodes]
    verdict = validator(engine).validate(quads + planted_too, "a.txt")
    assert {r.focus for r in verdict.results if r.component == "ClosedConstraintComponent"} == {
        n.value for n in nodes
    }


def test_a_warning_of_a_part_names_both_quotes() -> None:
    quads = moved(plants()[Constraint("parts", "parts", "SPARQL")], BASE)
    (problem,) = validator().validate(quads, "a.txt").problems
    assert (problem.code, problem.severity, problem.quote) == ("E415", "warning", "12家")
    assert "“12家”（原句：" in problem.zh and "它是“46家”的一部分，却比它大" in problem.zh
    assert "It is a part of “46家”, yet larger." in problem.en


@pytest.mark.parametrize("engine", ENGINES)
def test_quotes_are_as_long_as_their_code_points(engine: str) -> None:
    text = TEXT.replace("医院46家", "医院𠮷46家")  # beyond the basic plane: one code point, two UTF-16 units
    quote = "𠮷46家"
    start = text.index(quote)
    odd = replace(WHOLE, start=start, end=start + len(quote), quote=quote, sentence=text.split("\n")[1])
    quads = to_quads(reading("a.txt", text, (odd,), ()), PLACES, BASE)
    assert validator(engine).validate(quads, "a.txt").results == ()


def test_the_shapes_are_shapes() -> None:
    """By the shapes of shapes of the SHACL recommendation (appendix C), which pySHACL brings along."""
    found = Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.ttl"
    conforms, _, text = pyshacl.validate(GRAPH, shacl_graph=rdflib.Graph().parse(found), inference="none")
    assert conforms, text
    broken = rdflib.Graph() + GRAPH
    broken.set((rdflib.URIRef(terms.SHAPES + "obs-value"), SH.maxCount, rdflib.Literal("many")))
    assert not pyshacl.validate(broken, shacl_graph=rdflib.Graph().parse(found), inference="none")[0]


def test_what_a_store_states_of_all_reports_is_checked(tmp_path: Path) -> None:
    made_up = made(FACTS)
    with GraphStore.open(tmp_path / "store", base=BASE) as store:
        store.put(made_up, to_quads(made_up, PLACES, BASE), "a.txt")
        assert whole_problems(store) == []
        (value,) = (
            q
            for q in store.graphs()
            if q.predicate == terms.OBS_VALUE and "/val-" in q.subject.value and q.object.value == "46"
        )
        store.database.remove(value)
        store.database.add(ox.Quad(value.subject, value.predicate, number("47"), value.graph_name))
        (problem,) = whole_problems(store)
        assert (problem.code, problem.severity, problem.doc, problem.quote) == (
            "E452",
            "error",
            "graph-consolidated",
            "46家",
        )
        assert "全市医院46家，其中三级医院12家" in problem.zh
