"""The integrity constraints of RDF Data Cube: a clean store holds all, a planted violation of each is caught and named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Run, table
from graph_samples import FACTS, PLACES, other, reading

from kg.cli.options import Profile
from kg.config import BASE
from kg.graph import terms
from kg.graph.checks import Check
from kg.graph.cube import check, constraints
from kg.graph.mapper import to_quads
from kg.graph.profiles import PROFILES
from kg.graph.store import GraphStore

# A small cube beside ours, with slices, a measure dimension and hierarchical code lists, which our own data does without.
CUBES = """
id:d1 a qb:DataSet ; qb:structure id:s1 ; qb:slice id:slice1 ; ha:note "common" .
id:s1 a qb:DataStructureDefinition ; qb:sliceKey id:key1 ;
    qb:component [ qb:dimension ha:place ] , [ qb:dimension ha:time ] , [ qb:measure ha:amount ] , id:note .
id:note qb:attribute ha:note ; qb:componentRequired true ; qb:componentAttachment qb:DataSet .
id:key1 a qb:SliceKey ; qb:componentProperty ha:place .
id:slice1 a qb:Slice ; qb:sliceStructure id:key1 ; ha:place id:p1 ; qb:observation id:o1 , id:o2 .
id:o1 a qb:Observation ; qb:dataSet id:d1 ; ha:time 2020 ; ha:amount 1 .
id:o2 a qb:Observation ; qb:dataSet id:d1 ; ha:time 2021 ; ha:amount 2 .
ha:place rdfs:range skos:Concept ; qb:codeList id:list . ha:time rdfs:range xsd:integer .
ha:amount a qb:MeasureProperty .
id:list a skos:ConceptScheme . id:p1 a skos:Concept ; skos:inScheme id:list .
id:d2 a qb:DataSet ; qb:structure id:s2 .
id:s2 a qb:DataStructureDefinition ; qb:component [ qb:dimension qb:measureType ] , [ qb:dimension ha:area ] , [ qb:dimension ha:region ] , [ qb:measure ha:men ] , [ qb:measure ha:women ] .
id:m1 a qb:Observation ; qb:dataSet id:d2 ; ha:area id:a11 ; ha:region id:r11 ; qb:measureType ha:men ; ha:men 5 .
id:m2 a qb:Observation ; qb:dataSet id:d2 ; ha:area id:a11 ; ha:region id:r11 ; qb:measureType ha:women ; ha:women 6 .
ha:area rdfs:range ha:Area ; qb:codeList id:tree . id:tree a qb:HierarchicalCodeList ; qb:hierarchyRoot id:a1 ; qb:parentChildProperty skos:narrower .
id:a1 skos:narrower id:a11 .
ha:region rdfs:range ha:Area ; qb:codeList id:eert . id:eert a qb:HierarchicalCodeList ; qb:hierarchyRoot id:r1 ; qb:parentChildProperty [ owl:inverseOf skos:broader ] .
id:r11 skos:broader id:r1 .
"""

# Constraint → what is taken away, what is planted, and the nodes that must be named.
PLANTED = {
    "IC-1": ("", "id:lost a qb:Observation .", {"lost"}),
    "IC-2": ("id:d1 qb:structure id:s1", "", {"d1"}),
    "IC-3": ("?spec qb:measure ha:amount", "", {"s1"}),
    "IC-4": ("ha:time rdfs:range ?range", "", {"time"}),
    "IC-5": ("ha:place qb:codeList ?list", "", {"place"}),
    "IC-6": ("", "id:s1 qb:component [ qb:dimension ha:time ; qb:componentRequired false ] .", {"time"}),
    "IC-7": ("", "id:stray a qb:SliceKey .", {"stray"}),
    "IC-8": ("", "id:key1 qb:componentProperty ha:colour .", {"key1"}),
    "IC-9": ("id:slice1 qb:sliceStructure ?key", "", {"slice1"}),
    "IC-10": ("id:slice1 ha:place ?place", "", {"slice1"}),
    "IC-11": ("id:o1 ha:time ?time", "", {"o1"}),
    "IC-12": ("id:o2 ha:time ?time", "id:o2 ha:time 2020 .", {"o1"}),
    "IC-13": ("id:d1 ha:note ?note", "id:o1 ha:note 'its own' .", {"o2"}),
    "IC-14": ("id:o1 ha:amount ?amount", "", {"o1"}),
    "IC-15": ("id:m1 ha:men ?men", "", {"m1"}),
    "IC-16": ("", "id:m1 ha:women 6 .", {"m1"}),
    "IC-17": ("id:m2 ?p ?o", "", {"m1"}),
    "IC-18": (
        "",
        "id:d1 qb:slice id:slice3 . id:slice3 qb:sliceStructure id:key1 ; ha:place id:p1 ; qb:observation id:m1 .",
        {"m1"},
    ),
    "IC-19": ("id:p1 skos:inScheme ?list", "", {"o1", "o2"}),
    "IC-20": ("id:a1 skos:narrower ?below", "", {"m1", "m2"}),
    "IC-21": ("id:r11 skos:broader ?above", "", {"m1", "m2"}),
}


def built(path: Path) -> GraphStore:
    made = GraphStore.open(path)
    for one in (reading(), other()):
        made.put(one, to_quads(one, PLACES, made.base), one.document.name)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    """A store of two reports, for one test to spoil."""
    with built(tmp_path / "kg") as made:
        yield made


@pytest.fixture(scope="module")
def cubes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """One with more cubes beside ours, which each test leaves as it was."""
    with built(tmp_path_factory.mktemp("cubes") / "kg") as made:
        plant(made, CUBES, "id:test")
        yield made


def plant(store: GraphStore, turtle: str, graph: str) -> None:
    change(store, f"INSERT {{ GRAPH {graph} {{ {turtle} }} }} WHERE {{}}")


def change(store: GraphStore, update: str) -> None:
    store.query("ASK {}")  # the values are settled before, so that what is planted stays
    prefixes = "".join(f"PREFIX {p}: <{i}>\n" for p, i in terms.prefixes(store.base).items())
    store.database.update(prefixes + update)


def broken(store: GraphStore) -> dict[str, Check]:
    return {one.name: one for one in check(store) if not one.holds}


def names(one: Check) -> set[str]:
    return {example.node.rpartition("/")[2].rpartition("#")[2] for example in one.examples}


def test_there_are_twenty_one_with_words_in_both_languages() -> None:
    assert [one.name for one in constraints()] == [f"IC-{n}" for n in range(1, 22)]
    assert all(one.title.zh and one.title.en and one.mend.zh and one.mend.en for one in constraints())


def test_a_built_store_holds_all(store: GraphStore) -> None:
    assert broken(store) == {}


def test_an_empty_store_holds_all(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "empty") as empty:
        assert broken(empty) == {}


def test_a_cube_with_slices_and_hierarchies_holds_all(cubes: GraphStore) -> None:
    assert broken(cubes) == {}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_caught_and_gone_after_the_mend(cubes: GraphStore, name: str) -> None:
    taken, planted, nodes = PLANTED[name]
    if taken:
        change(cubes, f"DELETE {{ GRAPH ?g {{ {taken} }} }} WHERE {{ GRAPH ?g {{ {taken} }} }}")
    if planted:
        plant(cubes, planted, "id:more")
    assert names(broken(cubes)[name]) == nodes
    change(cubes, "DROP GRAPH id:test ; DROP SILENT GRAPH id:more")
    plant(cubes, CUBES, "id:test")
    assert broken(cubes) == {}


def test_a_statement_is_named_by_its_sentence_and_a_value_by_that_of_its_statements(
    store: GraphStore,
) -> None:
    beds = "?o ha:indicatorText ?text ; {} FILTER(STR(?text) = '床位')"
    change(
        store,
        f"DELETE {{ GRAPH ?g {{ ?o ha:target ?t }} }} WHERE {{ GRAPH ?g {{ {beds.format('ha:target ?t')} }} }}",
    )
    assert [(e.about, e.sentence) for e in broken(store)["IC-11"].examples] == [
        (terms.TARGET.value, "全市床位81张，学习昆明市第九人民医院，推进健康昆明行动。")
    ]
    change(
        store,
        f"DELETE {{ GRAPH ?g {{ ?v ha:rule ?r }} }} WHERE {{ GRAPH ?h {{ {beds.format('')} }} GRAPH ?g {{ ?v prov:wasDerivedFrom ?o ; ha:rule ?r }} }}",
    )
    assert [(e.about, e.sentence) for e in broken(store)["IC-13"].examples] == [
        (terms.RULE.value, "全市床位81张，学习昆明市第九人民医院，推进健康昆明行动。")
    ]


def test_all_violations_are_counted_and_a_few_shown(store: GraphStore) -> None:
    change(
        store,
        "DELETE { GRAPH ?g { ?o ha:target ?t } } WHERE { GRAPH ?g { ?o ha:target ?t ; ha:indicatorText ?text } }",
    )
    one = broken(store)["IC-11"]
    assert (one.violations, len(one.examples)) == (len(FACTS) + 1, 3)


def test_the_command_lists_what_holds_and_what_does_not(store: GraphStore, kg: Run) -> None:
    store.close()
    status, out, err = kg("validate", "--profile", "qb", "--store", str(store.path))
    assert (status, {row["holds"] for row in table(out)}, len(table(out))) == (0, {"yes"}, 21)
    assert "0 条不成立" in err
    with GraphStore.open(store.path) as again:
        plant(again, "id:lost a qb:Observation .", "id:more")
    status, out, err = kg("validate", "--profile", "qb", "--store", str(store.path))
    (row,) = [row for row in table(out) if row["holds"] == "no"]
    assert (status, row["constraint"], row["violations"], row["node"]) == (1, "IC-1", "1", f"{BASE}lost")
    assert "1 条不成立" in err


def test_a_profile_is_for_a_store(kg: Run, tmp_path: Path) -> None:
    status, _, err = kg("validate", str(tmp_path / "a.txt"), "--profile", "qb")
    assert (status, "E219" in err) == (2, True)


def test_the_command_knows_all_profiles() -> None:
    assert [profile.value for profile in Profile] == sorted(PROFILES)
