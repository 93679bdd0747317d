"""A service that answers slowly, wrongly, with 429 and 500, or not at all: nothing is lost, and the next run goes on."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from reconciling import MANIFEST, Made, dripping, gone, made_service, silent, status, text, value

from kg.errors import KgError, ServiceError, UsageError
from kg.link.reconcile.cache import Cache
from kg.link.reconcile.client import Asked, Client, manifest
from kg.link.reconcile.protocol import Candidate, MalformedError, Manifest, Query, results, values
from kg.link.reconcile.transport import Pace, Transport

PACE = Pace(timeout=0.3, attempts=3, first=0.01, longest=2.0)
NAMES = [f"第{n}医院" for n in range(10)]


@pytest.fixture
def made() -> Iterator[Made]:
    known = {
        name: [{"id": f"e{n}", "name": name, "score": 90 + n, "match": True}] for n, name in enumerate(NAMES)
    }
    service = Made(known=known)
    with made_service(service):
        yield service


class Run:
    """Runs of one client: waits are noted, not waited."""

    def __init__(self, made: Made, folder: Path, batch: int = 4) -> None:
        self.made, self.folder, self.batch = made, folder, batch
        self.waits: list[float] = []

    def __call__(self, **words: str) -> Asked:
        transport = Transport(self.made.url, PACE, self.waits.append)
        cache = Cache.of(self.folder, self.made.url, [])
        client = Client(transport, manifest(transport), cache, batch=self.batch, **words)
        return client.ask({name: Query(name, "org") for name in NAMES})


@pytest.fixture
def run(made: Made, tmp_path: Path) -> Run:
    return Run(made, tmp_path)


def code(asked: Asked) -> str:
    return asked.failure.code if asked.failure is not None else ""


def test_every_query_is_answered_in_batches(made: Made, run: Run) -> None:
    asked = run()
    assert {name: found[0].id for name, found in asked.answers.items()} == {
        n: f"e{i}" for i, n in enumerate(NAMES)
    }
    assert [len(batch) for batch in made.asked] == [4, 4, 2]
    assert made.asked[0]["q0"] == {"query": "第0医院", "limit": 5, "type": "org"}
    assert made.faulty == []
    assert (asked.unanswered, asked.failure) == ([], None)


def test_a_service_that_takes_fewer_at_once_gets_fewer(made: Made, run: Run) -> None:
    made.manifest = {**MANIFEST, "batchSize": 3}
    run()
    assert [len(batch) for batch in made.asked] == [3, 3, 3, 1]


def test_what_was_answered_is_not_asked_again(made: Made, run: Run) -> None:
    first = run()
    made.asked.clear()
    second = run()
    assert made.asked == []
    assert (second.answers, second.cached) == (first.answers, 10)


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [
        (status(429, Retry_After="1"), [1.0]),
        (status(503, Retry_After="0"), [0.0]),
        (status(429), [0.01]),
        (status(500), [0.01]),
        (status(502), [0.01]),
        (text(b"<html>busy</html>"), [0.01]),
        (text(b"\xff\xfe"), [0.01]),
        (text(b"[" * 100_000), [0.01]),
        (gone, [0.01]),
        (silent, [0.01]),
        (dripping, [0.01]),
    ],
    ids=[
        "429",
        "503",
        "429 without a time",
        "500",
        "502",
        "html",
        "bytes",
        "nested",
        "cut off",
        "silent",
        "dripping",
    ],
)
def test_trouble_that_passes_is_waited_for(made: Made, run: Run, trouble: object, waits: list[float]) -> None:
    made.instead = [trouble]  # type: ignore[list-item]
    start = time.monotonic()
    asked = run()
    assert len(asked.answers) == 10
    assert asked.failure is None
    assert run.waits == waits
    assert time.monotonic() - start < 5


def test_waits_grow(made: Made, run: Run) -> None:
    made.instead = [status(500), status(500)]
    assert len(run().answers) == 10
    assert run.waits == [0.01, 0.02]


def test_retry_after_may_be_a_date(made: Made, run: Run) -> None:
    made.instead = [status(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")]
    assert len(run().answers) == 10
    assert run.waits == [0.0]


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (status(500), "E623"),
        (status(429, Retry_After="9999"), "E626"),
        (status(401), "E627"),
        (status(302, Location="https://elsewhere.example/"), "E628"),
        (text(b"not json"), "E624"),
        (value([]), "E630"),
        (value({"q0": {"result": "none"}}), "E630"),
        (value({}), "E630"),
        (silent, "E622"),
        (gone, "E622"),
    ],
    ids=["500", "429 for hours", "401", "302", "no JSON", "a list", "no list", "empty", "silent", "cut off"],
)
def test_a_run_that_breaks_off_goes_on_where_it_was(
    made: Made, run: Run, trouble: object, expected: str
) -> None:
    made.instead = [None]
    made.always = lambda _: trouble  # type: ignore[assignment,return-value]
    start = time.monotonic()
    first = run()
    assert time.monotonic() - start < 10
    assert (list(first.answers), first.unanswered, code(first)) == (NAMES[:4], NAMES[4:], expected)
    made.always = lambda _: None
    made.asked.clear()
    second = run()
    assert [query["query"] for batch in made.asked for query in batch.values()] == NAMES[4:]
    assert (len(second.answers), second.cached, second.failure) == (10, 4, None)


def test_one_query_that_breaks_the_service_costs_no_other_its_answer(made: Made, run: Run) -> None:
    made.always = lambda batch: status(500) if any(q["query"] == "第5医院" for q in batch.values()) else None
    run.batch = 10
    asked = run()
    assert (len(asked.answers), asked.unanswered, code(asked)) == (9, ["第5医院"], "E623")


def test_a_batch_that_is_too_large_is_halved(made: Made, run: Run) -> None:
    made.always = lambda batch: status(413) if len(batch) > 2 else None
    asked = run()
    assert (len(asked.answers), asked.unanswered) == (10, [])


def test_what_an_answer_leaves_out_is_asked_again(made: Made, run: Run) -> None:
    made.always = lambda batch: value(made.results(dict(list(batch.items())[:1])))
    assert len(run().answers) == 10


def test_a_candidate_of_another_shape_spoils_its_own_query_alone(made: Made, run: Run) -> None:
    made.known["第3医院"] = [{"id": 7, "name": "x", "score": "high"}]
    asked = run()
    assert (asked.unanswered, code(asked)) == (["第3医院"], "E630")


def test_a_service_that_is_not_there(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(ServiceError) as caught:
            manifest(Transport(url, PACE, lambda _: None))
    assert caught.value.code == "E622"
    assert url in caught.value.zh


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("a text", "E624"),
        ({}, "E624"),
        ({**MANIFEST, "identifierSpace": None}, "E624"),
        ({**MANIFEST, "versions": "0.2"}, "E624"),
        ({**MANIFEST, "versions": ["1.0"]}, "E625"),
        ({**MANIFEST, "authentication": {"type": "http", "scheme": "basic"}}, "E627"),
        (status(404), "E623"),
        (status(403), "E627"),
        (status(301, Location="/there"), "E628"),
        (text(b"<html>"), "E624"),
    ],
)
def test_what_is_no_service_for_us_says_so(made: Made, told: object, expected: str) -> None:
    made.manifest = told
    with pytest.raises(ServiceError) as caught:
        manifest(Transport(made.url, PACE, lambda _: None))
    assert caught.value.code == expected


@pytest.mark.parametrize(
    "url", ["", "wikidata", "ftp://example.org/", "file:///etc/passwd", "http://", "http://[x/", "//a"]
)
def test_an_address_is_one_of_http(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        Transport(url)
    assert caught.value.code == "E621"


def test_values_of_properties_come_with_the_candidates(made: Made, run: Run) -> None:
    made.manifest = {**MANIFEST, "extend": {}}
    made.rows = {"e0": {"P442": [{"str": "53 01"}], "P131": [{"id": "Q43194", "name": "云南省"}, {}]}}
    asked = run(code="P442", region="P131")
    assert asked.answers["第0医院"] == (Candidate("e0", "第0医院", 90.0, True, (), ("53 01",), ("云南省",)),)
    assert asked.answers["第1医院"][0].codes == ()
    assert made.extended == 3


def test_values_that_do_not_come_are_asked_for_in_the_next_run(made: Made, run: Run) -> None:
    made.manifest = {**MANIFEST, "extend": {}}
    made.always = lambda batch: None if batch else status(500)
    first = run(code="P442")
    assert (len(first.answers), len(first.partial), code(first)) == (10, 10, "E623")
    made.always = lambda _: None
    second = run(code="P442")
    assert (second.cached, second.partial, second.failure) == (0, [], None)


def test_a_cache_survives_what_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    found = (Candidate("e1", "a", 1.0, types=("t",), codes=("c",)),)
    Cache(path).put({Query("a"): found})
    with path.open("ab") as file:
        file.write(b'{"key": "0123", "resu')
    cache = Cache(path)
    assert (cache.get(Query("a")), cache.get(Query("b")), cache.damaged) == (found, None, 1)
    cache.put({Query("b"): ()})
    again = Cache(path)
    assert (again.get(Query("a")), again.get(Query("b")), again.damaged) == (found, (), 1)
    again.clear()
    assert Cache(path).get(Query("a")) is None


def test_an_answer_belongs_to_its_query_and_scope(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    Cache(path, ["P442"]).put({Query("a", "t"): ()})
    assert Cache(path, ["P442"]).get(Query("a", "t")) == ()
    assert Cache(path, ["P442"]).get(Query("a", "u")) is None
    assert Cache(path, ["P131"]).get(Query("a", "t")) is None


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "services").write_text("a file")
    with pytest.raises(KgError) as caught:
        Cache.of(tmp_path, "http://example.org").put({Query("a"): ()})
    assert caught.value.code == "E214"


def test_shapes() -> None:
    good = {"id": "e", "name": "n", "score": 1, "type": ["t", {"id": "u", "name": "v"}, 3], "match": "yes"}
    assert results({"q": {"result": [good]}}, ["q"]) == {
        "q": (Candidate("e", "n", 1.0, False, ("t", "u", "v")),)
    }
    rows = {"rows": {"e": {"p": [{"int": 3}, {"float": 1.5}, {"date": "2020"}, {}, 7], "q": 3}}}
    assert values(rows, ["e", "f"]) == {"e": {"p": ("3", "1.5", "2020")}}
    with pytest.raises(MalformedError):
        values({"rows": []}, ["e"])
    assert Manifest.read({**MANIFEST, "batchSize": True}).batch is None
    assert json.loads(json.dumps(Query("a", properties=(("p", "v"),)).json()))["properties"] == [
        {"pid": "p", "v": "v"}
    ]
