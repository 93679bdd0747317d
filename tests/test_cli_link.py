"""``kg link`` and ``kg link review``: from a dump to the graph of links, by way of a person."""

from __future__ import annotations

import io
import os
import pty
import shutil
import threading
from pathlib import Path

import pytest
from commands import Run, table

from kg.config import BASE
from kg.graph.store import GraphStore
from kg.link.mapping import NAME, Mapping, MappingFile
from kg.link.review import ANSWERS, Answer, Question, Review, review

DUMP = """iri,label,alt,type,region,code
https://example.org/xingtai,邢台,邢臺市,地级市,河北省,
https://example.org/hebei,河北省,,,,130000
https://example.org/baxian,霸州市,,县级市,廊坊市,
"""


@pytest.fixture
def mine(store: Path, tmp_path: Path) -> Path:
    """A copy of the store that may be changed."""
    return Path(shutil.copytree(store, tmp_path / "store"))


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.csv"
    path.write_text(DUMP, encoding="utf-8")
    return path


def links(store: Path) -> set[tuple[str, str]]:
    with GraphStore.open(store, read_only=True) as graph:
        rows = graph.query("SELECT ?s ?o WHERE { GRAPH id:graph-links { ?s ?p ?o } }")
        return {(row[0].value.removeprefix(BASE), row[1].value) for row in rows}  # type: ignore[union-attr]


def counts(out: str) -> dict[str, str]:
    return {row["what"]: row["count"] for row in table(out)}


def answered(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_what_is_sure_is_stated(kg: Run, mine: Path, dump: Path) -> None:
    status, out, _ = kg("link", "--with", dump, "--type", "place", "--store", mine)
    assert status == 0
    assert {name: counts(out)[name] for name in ("candidates", "accepted", "proposed")} == {
        "candidates": "3",
        "accepted": "2",
        "proposed": "0",
    }
    expected = {
        ("place-130500", "https://example.org/xingtai"),
        ("place-130000", "https://example.org/hebei"),
    }
    assert links(mine) == expected
    first = (mine / NAME).read_bytes()
    kg("link", "--with", dump, "--type", "place", "--store", mine)
    assert (mine / NAME).read_bytes() == first


def test_review_by_lines(
    kg: Run, mine: Path, dump: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "reviews.tsv"
    dump.write_text(DUMP.replace(",130000", ",").replace("河北省,\n", ",\n", 1), encoding="utf-8")
    call = ("link", "--with", dump, "--type", "place", "--store", mine, "--mappings", file)
    assert counts(kg(*call)[1])["proposed"] == "1"
    answered(monkeypatch, "?\n\na\n")
    status, out, err = kg("link", "review", "--store", mine, "--mappings", file, "--reviewer", "李晓梅")
    assert (status, counts(out)) == (0, {"accept": "1", "reject": "0", "later": "0", "left": "0"})
    assert "邢台市  ~  邢台" in err
    assert "河北省邢台市" in err
    assert "https://example.org/xingtai" in err
    reviewers = {one.object_id: one.reviewer_id for one in MappingFile.read(file).of("accepted")}
    assert reviewers == {"https://example.org/hebei": "", "https://example.org/xingtai": "李晓梅"}
    assert ("place-130500", "https://example.org/xingtai") in links(mine)


def test_what_is_refused_is_never_proposed_again(
    kg: Run, mine: Path, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump.write_text(DUMP.replace("河北省,\n", ",\n", 1), encoding="utf-8")
    call = ("link", "--with", dump, "--type", "place", "--store", mine)
    kg(*call)
    answered(monkeypatch, "r\n")
    assert counts(kg("link", "review", "--store", mine)[1])["reject"] == "1"
    assert counts(kg(*call)[1]) | {"things": "", "candidates": ""} == {
        "things": "", "candidates": "", "accepted": "1", "proposed": "0", "rejected": "1", "later": "0", "links": "1",
    }  # fmt: skip
    assert "Not" in (mine / NAME).read_text(encoding="utf-8")


def test_later_and_the_end_of_the_input(
    kg: Run, mine: Path, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump.write_text(DUMP.replace("河北省,\n", ",\n", 1), encoding="utf-8")
    kg("link", "--with", dump, "--type", "place", "--store", mine)
    before = (mine / NAME).read_bytes()
    answered(monkeypatch, "")
    assert counts(kg("link", "review", "--store", mine)[1])["left"] == "1"
    assert (mine / NAME).read_bytes() == before
    answered(monkeypatch, "l\n")
    kg("link", "review", "--store", mine)
    answered(monkeypatch, "a\n")
    assert counts(kg("link", "review", "--store", mine)[1])["accept"] == "0"
    answered(monkeypatch, "a\n")
    assert counts(kg("link", "review", "--later", "--store", mine)[1])["accept"] == "1"


def proposed(*pairs: tuple[str, str]) -> tuple[Mapping, ...]:
    return tuple(
        Mapping(BASE + ours, "https://example.org/" + theirs, object_source="https://example.org/")
        for ours, theirs in pairs
    )


@pytest.mark.parametrize(
    ("keys", "statuses", "asked"),
    [
        ("aulq", {"a1": "later", "a2": "proposed", "b": "proposed"}, ["a1", "b", "a1", "a2"]),
        (
            "auq",
            {"a1": "proposed", "a2": "proposed", "b": "proposed"},
            ["a1", "b", "a1"],
        ),  # its rival is back too
        ("a", {"a1": "accepted", "b": "proposed"}, ["a1", "b"]),
        ("rruur", {"a1": "rejected", "a2": "proposed", "b": "proposed"}, ["a1", "a2", "b", "a2", "a1", "a2"]),
        ("uulll", {"a1": "later", "a2": "later", "b": "later"}, ["a1", "a1", "a1", "a2", "b"]),
    ],
)
def test_a_decision_is_taken_back(store: Path, keys: str, statuses: dict[str, str], asked: list[str]) -> None:
    shown, given = [], iter(keys)

    def answer(question: Question) -> Answer:
        shown.append(question.mapping.object_id.rpartition("/")[2])
        return ANSWERS[next(given, "q")]

    file = MappingFile(proposed(("place-130500", "a1"), ("place-130500", "a2"), ("place-130533", "b")))
    with GraphStore.open(store, read_only=True) as graph:
        *_, state = (Review(file), *review(graph, file, answer))
    assert {m.object_id.rpartition("/")[2]: m.status for m in state.file} == statuses
    assert shown == asked
    assert sum(state.counts.values()) == sum(
        one in ("accepted", "rejected", "later") for one in statuses.values()
    )


def test_review_by_keys(kg: Run, mine: Path, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dump.write_text(DUMP.replace("河北省,\n", ",\n", 1), encoding="utf-8")
    kg("link", "--with", dump, "--type", "place", "--store", mine)
    ours, theirs = pty.openpty()
    done = threading.Event()

    def press() -> None:
        while not done.wait(0.02):  # a key that comes before it is waited for is lost
            os.write(ours, b"a")

    presses = threading.Thread(target=press)
    with os.fdopen(theirs) as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        presses.start()
        _, out, err = kg("link", "review", "--store", mine, "--reviewer", "周杰")
        done.set()
        presses.join()
    os.close(ours)
    assert counts(out)["accept"] == "1"
    assert "a 接受 accept" in err
    assert ("place-130500", "https://example.org/xingtai") in links(mine)


def test_the_table_may_be_edited_by_hand(kg: Run, mine: Path, dump: Path) -> None:
    dump.write_text(DUMP.replace("河北省,\n", ",\n", 1), encoding="utf-8")
    kg("link", "--with", dump, "--type", "place", "--store", mine)
    text = (mine / NAME).read_text(encoding="utf-8")
    (mine / NAME).write_text(text.replace("\tproposed\t", "\taccepted\t"), encoding="utf-8")
    status, out, _ = kg("link", "--store", mine)
    assert (status, counts(out)["accepted"]) == (0, "2")
    assert ("place-130500", "https://example.org/xingtai") in links(mine)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--with", "a.csv"), "E606"),
        (("--type", "place"), "E606"),
        (("--with", "no-such.csv", "--type", "place"), "E104"),
        (("--with", "a.doc", "--type", "place"), "E602"),
    ],
)
def test_wrong_calls(kg: Run, mine: Path, arguments: tuple[str, ...], code: str) -> None:
    status, out, err = kg("link", *arguments, "--store", mine)
    assert (status, out) == (2, "")
    assert f"[{code}]" in err


def test_linking_without_a_store(kg: Run, tmp_path: Path) -> None:
    status, _, err = kg("link", "--store", tmp_path / "nothing")
    assert status == 2
    assert "[E301]" in err
    assert not (tmp_path / "nothing").exists()
