"""kg build and kg validate: what became of each file, and what does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import REPORTS, Run, table
from graph_samples import PLACES, fact, reading

from kg import pipeline
from kg.config import BASE, Options
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore
from kg.graph.validate import validator
from kg.model import Document, Reading


def test_build_counts_and_changes_nothing_twice(kg: Run, tmp_path: Path) -> None:
    call = ("build", REPORTS / "inst04.txt", "--store", tmp_path / "store")
    first, again = kg(*call), kg(*call)
    assert (first[0], again[0]) == (0, 0)
    counts = {row["what"]: row["count"] for row in table(first[1])}
    assert (counts["read"], counts["loaded"], counts["unchanged"]) == ("1", "1", "0")
    assert {row["what"]: row["count"] for row in table(again[1])}["unchanged"] == "1"
    assert int(counts["facts"]) > 0
    assert int(counts["refused"]) > int(counts["unread"]) >= 0


def test_rebuilt_store_exports_the_same_bytes(kg: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        kg("build", REPORTS / "stat04.txt", REPORTS / "inst04.txt", "--store", tmp_path / name)
    kg("build", REPORTS / "inst04.txt", "--store", tmp_path / "b")
    for form in ("nquads", "turtle"):
        for name in ("a", "b"):
            kg(
                "export",
                "--store",
                tmp_path / name,
                "--format",
                form,
                "--output",
                tmp_path / f"{name}.{form}",
            )
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


def test_an_interrupted_build_says_how_to_go_on(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.understood

    def interrupted(document: Document, options: Options) -> Reading:
        if document.name == "trad02.txt":
            raise KeyboardInterrupt
        return whole(document, options)

    call = ("build", REPORTS / "stat01.txt", REPORTS / "trad02.txt", "--store", tmp_path / "store")
    monkeypatch.setattr(pipeline, "understood", interrupted)
    status, out, err = kg(*call)
    assert (status, out) == (130, "")
    assert "[E215]" in err
    monkeypatch.setattr(pipeline, "understood", whole)
    status, out, _ = kg(*call, "--format", "csv")
    assert status == 0
    assert [line for line in out.splitlines() if line.startswith(("loaded", "unchanged"))] == [
        "loaded,1",
        "unchanged,1",
    ]


def test_validate_files_and_store(kg: Run, store: Path, tmp_path: Path) -> None:
    assert kg("validate", REPORTS / "inst04.txt")[0] == 0
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = kg("validate", REPORTS / "inst04.txt", tmp_path / "empty.txt")
    assert status == 1
    assert [(row["doc"], row["code"]) for row in table(out) if row["severity"] == "error"] == [
        ("empty.txt", "E101")
    ]
    assert "1 error(s)" in err
    assert kg("validate", "--store", store)[0] == 0
    assert kg("validate", "--store", store, "--engine", "pyshacl")[1] == kg("validate", "--store", store)[1]


def test_validate_lists_the_quarantine_with_its_reasons(kg: Run, tmp_path: Path) -> None:
    bad = reading(facts=(fact("7.45/10万", "-7.45", "/10万", "rate", "孕产妇死亡率"),))
    quads = to_quads(bad, PLACES, BASE)
    with GraphStore.open(tmp_path / "store") as made:
        made.quarantine(bad, quads, validator().validate(quads, "bad.txt"), "bad.txt")
    status, out, _ = kg("validate", "--store", tmp_path / "store")
    rows = table(out)
    assert status == 1
    assert {row["doc"] for row in rows} == {"bad.txt"}
    assert all(row["zh"] and row["en"] and row["code"].startswith("E4") for row in rows)
