"""kg describe: all that is known of a thing of each kind, what is said of unknown and ambiguous names, and the formats."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from commands import Run, table

from kg.graph.query import load


def described(kg: Run, store: Path, name: str, *more: object) -> dict[str, object]:
    status, out, err = kg("describe", name, "--store", store, "--format", "json", *more)
    assert status == 0, err
    return dict(json.loads(out))


def sections(said: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    return {section["query"]: section["rows"] for section in said["sections"]}  # type: ignore[index, attr-defined]


@pytest.mark.parametrize(
    ("name", "thing", "wanted"),
    [
        ("邢台市", ("place", "邢台市"), {"latest", "organisations-by-place", "named-in"}),
        ("邢台", ("place", "邢台市"), {"latest"}),
        ("130500", ("place", "邢台市"), {"latest"}),
        ("place-130500", ("place", "邢台市"), {"latest"}),
        ("https://w3id.org/health-admin/id/place-130500", ("place", "邢台市"), {"latest"}),
        ("盐城市第一人民医院", ("organisation", "盐城市第一人民医院"), {"latest", "named-in"}),
        ("健康中国战略", ("programme", "健康中国战略"), {"programme-reports"}),
        ("婴儿死亡率", ("indicator", "婴儿死亡率"), {"latest"}),
        ("ind-infant-mortality-rate", ("indicator", "婴儿死亡率"), {"latest"}),
        ("stat01.txt", ("report", "2022年邢台市卫生健康事业发展统计公报"), {"facts", "mentions"}),
        (
            "2022年邢台市卫生健康事业发展统计公报",
            ("report", "2022年邢台市卫生健康事业发展统计公报"),
            {"facts"},
        ),
        ("unit-percent", ("thing", "%"), set()),
    ],
)
def test_each_kind_is_found_and_described(
    kg: Run, demo: Path, name: str, thing: tuple[str, str], wanted: set[str]
) -> None:
    if name == "unit-percent":
        name = "https://w3id.org/health-admin/ontology#unit-percent"
    said = described(kg, demo, name)
    assert (said["kind"], said["name"]) == thing
    assert wanted <= set(sections(said))
    assert all(sections(said).values())


def test_a_place_tells_its_parents_and_its_figures_with_sentences(kg: Run, demo: Path) -> None:
    said = described(kg, demo, "邢台市")
    within = [one for one in said["properties"] if one["property"] == "ha:within"]  # type: ignore[attr-defined]
    assert [one["name"] for one in within] == ["河北省"]
    rows = {
        str(row["indicator"]): row
        for row in sections(described(kg, demo, "邢台市", "--limit", 200))["latest"]
    }
    assert rows["婴儿死亡率"]["value"] == 2.31
    assert "婴儿死亡率2.31‰" in str(rows["婴儿死亡率"]["sentence"])


def test_an_indicator_tells_its_definition(kg: Run, demo: Path) -> None:
    said = {(one["property"], one["value"]) for one in described(kg, demo, "婴儿死亡率")["properties"]}  # type: ignore[attr-defined]
    assert ("ha:numerator", "婴儿死亡数") in said
    assert any(name == "skos:exactMatch" for name, _ in said)


def test_a_figure_tells_its_evidence(kg: Run, demo: Path) -> None:
    (row,) = [
        row
        for row in table(kg("query", "evidence", "--store", demo, "-p", "doc=stat01.txt")[1])
        if row["quote"] == "5.95张"
    ]
    said = described(kg, demo, row["fact"].rsplit("/", 1)[1])
    assert (said["kind"], said["name"]) == ("figure", "邢台市 每千人口床位 2021")
    found = sections(said)
    assert [one["quote"] for one in found["evidence"]] == ["5.95张"]
    assert [one["value"] for one in found["other-statements"]] == [6.11]
    turtle = kg("describe", row["fact"], "--store", demo, "--format", "turtle")[1]
    triples = {quad.triple for quad in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)}
    assert any(triple.object == ox.Literal("5.95张") for triple in triples)
    assert any("5.95张升至6.11张" in getattr(triple.object, "value", "") for triple in triples)


def test_a_limit_cuts_sections_and_says_how_to_see_the_rest(kg: Run, demo: Path) -> None:
    status, out, _ = kg("describe", "邢台市", "--store", demo, "--limit", 2)
    assert status == 0
    assert out.startswith("# 邢台市 (地方 · place)\n")
    assert "## 最近的数字 · Latest figures" in out
    assert "kg query latest --param 'subject=https://w3id.org/health-admin/id/place-130500'" in out
    section = out.split("## 最近的数字")[1].split("##")[0]
    assert sum(line.startswith("| 邢台市 ") for line in section.splitlines()) == 2


def test_the_section_is_the_saved_query(kg: Run, demo: Path) -> None:
    asked = table(kg("query", "latest", "--store", demo, "-p", "subject=盐城市第一人民医院")[1])
    rows = sections(described(kg, demo, "盐城市第一人民医院", "--limit", 500))["latest"]
    assert [row["fact"] for row in rows] == [row["fact"] for row in asked]
    assert load("latest").folder == "figures"


def test_a_table_and_a_file(kg: Run, demo: Path, tmp_path: Path) -> None:
    status, out, _ = kg("describe", "邢台市", "--store", demo, "--format", "table")
    assert status == 0
    assert "│" in out or "─" in out
    assert kg("describe", "邢台市", "--store", demo, "--output", tmp_path / "a.md") == (0, "", "")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# 邢台市")


def test_an_unknown_name_is_told_the_close_ones(kg: Run, demo: Path) -> None:
    status, out, err = kg("describe", "邢台县", "--store", demo)
    zh, en = err.splitlines()
    assert (status, out) == (2, "")
    assert zh.startswith("[E240]")
    assert "邢台市" in zh and "邢台市" in en
    assert "kg query subjects" in kg("describe", "xyzzy", "--store", demo)[2]
    assert kg("describe", "https://example.org/nothing", "--store", demo)[0] == 2


def test_a_name_of_several_things_lists_them(kg: Run, tmp_path: Path) -> None:
    """鼓楼区 is a district of several cities."""
    for number, city in enumerate(("南京市", "徐州市", "福州市")):
        (tmp_path / f"{number}.txt").write_text(
            f"{city}鼓楼区2022年卫生健康工作总结\n2022年，{city}鼓楼区共有医院{12 + number}家，床位{3456 + number}张。\n",
            encoding="utf-8",
        )
    store = tmp_path / "store"
    assert kg("build", *sorted(tmp_path.glob("*.txt")), "--store", store)[0] == 0
    status, out, err = kg("describe", "鼓楼区", "--store", store)
    assert (status, out) == (2, "")
    assert "[E239]" in err
    assert all(f"place-{code}" in err for code in ("320106", "320302", "350102"))
    assert (
        described(kg, store, "江苏省南京市鼓楼区")["iri"] == "https://w3id.org/health-admin/id/place-320106"
    )
