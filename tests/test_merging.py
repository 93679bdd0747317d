"""One organisation across reports: what is one body, what is not, what came in whose place, and how it is undone."""

from __future__ import annotations

import runpy
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from commands import ROOT, Run, table

from kg.config import BASE, Options
from kg.corpus import load
from kg.graph.store import GraphStore
from kg.link.mapping import NAME, Mapping, MappingFile
from kg.link.match import PROPOSED, Index
from kg.link.merging import Bodies, Seen
from kg.link.record import Record
from kg.link.ties import found
from kg.pipeline import build


def tie(one: Record, other: Record) -> tuple[str, bool] | None:
    """Which tie two organisations have, and whether it is sure."""
    index = Index((one, other), "organisation")
    ties = list(found(index, (one, other), 50, PROPOSED))
    return ("same" if ties[0].same else "successor", ties[0].sure) if ties else None


@pytest.mark.parametrize(
    ("one", "other", "region", "expected"),
    [
        ("昆明市第三人民医院", "昆明三院", (), ("same", True)),
        ("昆明市第三人民医院", "市第三人民医院", ("云南省", "昆明市"), ("same", True)),
        ("江苏省徐州市鼓楼区中医院", "徐州市鼓楼区中医院", (), ("same", True)),
        ("衢州市中医院", "衢州市中医医院", (), ("same", True)),
        ("三台县西平镇中心卫生院", "西平镇中心卫生院", ("四川省", "三台县"), ("same", True)),
        ("襄樊市第一人民医院", "襄阳市第一人民医院", (), ("same", True)),
        ("增城市人民医院", "广州市增城区人民医院", (), ("same", True)),
        ("长春市卫生局", "长春市卫生健康委员会", (), ("successor", True)),
        ("襄樊市卫生局", "襄阳市卫生健康委员会", (), ("successor", True)),
        ("国家卫生健康委员会", "国家卫生和计划生育委员会", (), ("successor", True)),
        ("长春市妇幼保健所", "长春市妇幼保健院", (), ("same", False)),
    ],
)
def test_what_is_one_body(
    one: str, other: str, region: tuple[str, ...], expected: tuple[str, bool] | None
) -> None:
    found = tie(Record("e:1", (one,), region=region), Record("e:2", (other,), region=region))
    if expected == ("same", False):
        assert found is not None
        assert found[1] is False
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("one", "other", "region"),
    [
        ("昆明市第一人民医院", "昆明市第二人民医院", ()),
        ("昆明市人民医院", "曲靖市人民医院", ()),
        ("昆明市人民医院", "云南省人民医院", ()),
        ("昆明市人民医院", "省人民医院", ("云南省", "昆明市")),
        ("昆明市五华区人民医院", "昆明市人民医院", ()),
        ("吉林省中医院", "吉林市中医院", ()),
        ("凤城市中心医院", "凤城市中医院", ()),
        ("南京市鼓楼区中医院", "徐州市鼓楼区中医院", ()),
        ("南京市下关区人民医院", "南京市鼓楼区人民医院", ()),  # a district that the other took in
        ("长治市城区人民医院", "长治市郊区人民医院", ()),  # both are 潞州区 now
        ("淮安清浦区中医院", "淮安市清河区中医院", ()),
        ("长春市卫生局", "长春市卫生局监督所", ()),
        ("昆明市第三人民医院", "昆明市第三人民医院东院区", ()),
        ("昆明市同仁医院", "同仁医院", ("云南省", "昆明市")),  # 北京 has one too
        ("昆明市中心医院", "中心医院", ("云南省", "昆明市")),
    ],
)
def test_what_is_never_merged(one: str, other: str, region: tuple[str, ...]) -> None:
    found = tie(Record("e:1", (one,), region=region), Record("e:2", (other,), region=region))
    assert found is None or found[1] is False


def bodies(*labels: str, decided: tuple[Mapping, ...] = (), seen: dict[str, Seen] | None = None) -> Bodies:
    known = [Record(f"e:{label}", (label,)) for label in labels]
    return Bodies(known, found(Index(known, "organisation"), known, 50, PROPOSED), decided, seen)


def said(group: Bodies) -> set[tuple[str, str, str, str]]:
    return {(one.subject_label, one.predicate_id, one.object_label, one.status) for one in group.mappings()}


def test_a_body_is_known_by_its_name_in_full() -> None:
    assert said(bodies("昆明三院", "云南省昆明市第三人民医院", "昆明市第三人民医院")) == {
        ("昆明三院", "owl:sameAs", "云南省昆明市第三人民医院", "accepted"),
        ("昆明市第三人民医院", "owl:sameAs", "云南省昆明市第三人民医院", "accepted"),
    }
    names = ("武汉市第八人民医院", "武汉市第八医院")
    printed = {f"e:{names[1]}": Seen(2017, 2017, printed=True)}
    assert said(bodies(*names, seen=printed)) == {(names[0], "owl:sameAs", names[1], "accepted")}


def test_each_body_replaces_the_one_right_before_it() -> None:
    assert said(bodies("长春市卫生局", "长春市卫生计生委", "长春市卫健委", "吉林市卫生局")) == {
        ("长春市卫健委", "dcterms:replaces", "长春市卫生计生委", "accepted"),
        ("长春市卫生计生委", "dcterms:replaces", "长春市卫生局", "accepted"),
    }


def test_a_pair_that_was_rejected_parts_all_that_it_would_join() -> None:
    first, second, third = "昆明三院", "昆明市第三人民医院", "云南省昆明市第三人民医院"
    no = Mapping(f"e:{first}", f"e:{third}", predicate_id="owl:sameAs", status="rejected")
    group = bodies(first, second, third, decided=(no,))
    assert group.body[f"e:{second}"] in {group.body[f"e:{first}"], group.body[f"e:{third}"]}
    assert group.body[f"e:{first}"] != group.body[f"e:{third}"]
    assert {status for *_, status in said(group)} == {"accepted", "proposed"}


def test_what_a_person_accepted_joins_and_is_not_said_again() -> None:
    yes = Mapping("e:昆明三院", "e:云南省红十字会", predicate_id="owl:sameAs", status="accepted")
    group = bodies("昆明三院", "云南省红十字会", "昆明市第三人民医院", decided=(yes,))
    assert len(group.clusters) == 1
    assert not group.owns(yes)
    assert said(group) == {("云南省红十字会", "owl:sameAs", "昆明市第三人民医院", "accepted")}


def test_what_was_worked_out_is_worked_out_anew() -> None:
    group = bodies("昆明三院", "昆明市第三人民医院")
    (row,) = group.mappings()
    assert group.owns(row)
    assert group.owns(replace(row, object_id="e:gone"))
    assert not group.owns(replace(row, reviewer_id="A"))


REPORT = "{city}{year}年{field}工作总结\n\n{year}年，{office}举办培训班{n}期。{hospital}开放床位{beds}张。\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three invented reports."""
    folder = tmp_path_factory.mktemp("merging")
    for name, city, year, field, office, hospital in (
        ("a", "长春市", 2012, "卫生", "长春市卫生局", "长春市中医院"),
        ("b", "长春市", 2023, "卫生健康", "长春市卫生健康委员会", "长春市中医医院"),
        ("c", "吉林市", 2023, "卫生健康", "吉林市卫生健康委员会", "吉林市中医医院"),
    ):
        text = REPORT.format(
            city=city, year=year, field=field, office=office, hospital=hospital, n=12, beds=year
        )
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build([folder], Options(store=folder / "store"))
    return folder / "store"


@pytest.fixture
def mine(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


def links(store: Path) -> set[tuple[str, str, str]]:
    query = "SELECT ?a ?p ?b WHERE { GRAPH id:graph-links { ?s ?p ?o } ?s rdfs:label ?a . ?o rdfs:label ?b }"
    with GraphStore.open(store, read_only=True) as graph:
        rows = graph.query(query)
        return {(a.value, p.value.rpartition("/")[2], b.value) for a, p, b in rows}  # type: ignore[union-attr,misc]


HOSPITAL = ("长春市中医院", "owl#sameAs", "长春市中医医院")
OFFICE = ("长春市卫生健康委员会", "replaces", "长春市卫生局")


def test_the_command_states_it_and_a_query_follows_it(kg: Run, mine: Path) -> None:
    status, out, _ = kg("link", "merge", "--store", mine)
    assert status == 0
    counted = {row["what"]: int(row["count"]) for row in table(out)}
    assert counted == {
        "organisations": 6,
        "bodies": 5,
        "same": 1,
        "replaced": 1,
        "proposed": 0,
        "rejected": 0,
    }
    assert links(mine) == {HOSPITAL, OFFICE}
    _, out, _ = kg(
        "query", "organisation-profile", "--param", "organisation=长春市中医院", "--store", mine, "-f", "csv"
    )
    beds = {(row["organisation"], row["value"]) for row in table(out) if row["part"] == "fact"}
    assert beds == {("长春市中医院", "2012"), ("长春市中医医院", "2023")}


def test_merging_again_changes_nothing(kg: Run, mine: Path) -> None:
    kg("link", "merge", "--store", mine)
    before = (mine / NAME).read_bytes()
    kg("link", "merge", "--store", mine)
    assert (mine / NAME).read_bytes() == before


@pytest.mark.parametrize("way", ["reject", "delete"])
def test_a_merge_is_undone_in_the_mapping_file(kg: Run, mine: Path, way: str) -> None:
    kg("link", "merge", "--store", mine)
    file = MappingFile.read(mine / NAME, BASE)
    (row,) = (one for one in file if one.predicate_id == "owl:sameAs")
    if way == "reject":
        file = file.put(replace(row, status="rejected"))
    else:
        file = replace(file, mappings=tuple(one for one in file if one != row))
    file.write(mine / NAME)
    kg("link", "--store", mine)
    assert links(mine) == {OFFICE}
    kg("link", "merge", "--store", mine)
    assert links(mine) == ({OFFICE} if way == "reject" else {OFFICE, HOSPITAL})


def test_names_of_the_corpus() -> None:
    """Merging alone on the gold names: no wrong pair may be had for a right one."""
    measure = runpy.run_path(str(ROOT / "scripts" / "measure_merging.py"))
    train = measure["pairs"](measure["name_units"](load(split="train")))
    assert train.precision >= 0.98
    assert train.recall >= 0.64


def test_some_documents_of_the_corpus() -> None:
    """Reading and merging together, on the documents whose organisations others name too."""
    measure = runpy.run_path(str(ROOT / "scripts" / "measure_merging.py"))
    golds = list(load(split="train"))
    named = Counter(
        name for gold in golds for name in {one.names[0] for one in gold.names if one.label == "ORG"}
    )
    shared = {
        gold.name: sum(named[name] > 1 for name in {one.names[0] for one in gold.names if one.label == "ORG"})
        for gold in golds
    }
    some = sorted(golds, key=lambda gold: (-shared[gold.name], gold.name))[:8]
    units = measure["graph_units"](some, ROOT / "seeds" / "corpus" / "texts")
    every = measure["pairs"](units)
    assert every.right >= 8
    assert every.precision >= 0.98
    assert every.recall >= 0.85
