"""Our graph as a reconciliation service: the protocol's shapes, what is found, and our own client against it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from commands import REPORTS, Run, table
from reconciling import Made, faults, made_service, status

from kg.cli import main
from kg.config import BASE
from kg.errors import UsageError
from kg.graph.store import GraphStore
from kg.link.mapping import NAME, MappingFile
from kg.link.reconcile.catalogue import Catalogue
from kg.link.reconcile.server import LARGEST, Server

OTHER = "https://example.org/id/"
opener = build_opener(ProxyHandler({}))


@contextmanager
def serving(store: Path) -> Iterator[str]:
    with GraphStore.open(store, read_only=True) as graph:
        catalogue = Catalogue(graph)
    with Server(catalogue) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server.service.url
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    with serving(store) as address:
        yield address


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same reports in the graph of another publisher."""
    folder = tmp_path_factory.mktemp("elsewhere") / "store"
    with pytest.raises(SystemExit):
        main(
            [
                "build",
                str(REPORTS / "stat01.txt"),
                str(REPORTS / "trad02.txt"),
                "--store",
                str(folder),
                "--base",
                OTHER,
            ]
        )
    return folder


def fetch(address: str, data: bytes | None = None, **headers: str) -> tuple[int, Any, bytes]:
    try:
        with opener.open(Request(address, data, headers), timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def asked(url: str, **query: object) -> list[dict[str, Any]]:
    batch = {"q": query}
    assert faults("queries", batch) == []
    _, _, body = fetch(url, urlencode({"queries": json.dumps(batch)}).encode())
    answer = json.loads(body)
    assert faults("results", answer) == []
    return answer["q"]["result"]  # type: ignore[no-any-return]


def ids(candidates: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in candidates]


def region(name: str) -> list[dict[str, str]]:
    return [{"pid": "region", "v": name}]


def test_manifest_is_of_the_protocols_shape(url: str) -> None:
    status_, headers, body = fetch(url)
    manifest = json.loads(body)
    assert status_ == 200
    assert faults("manifest", manifest) == []
    assert (manifest["identifierSpace"], manifest["batchSize"]) == (BASE, 50)
    assert [one["id"] for one in manifest["defaultTypes"]] == [
        "place",
        "organisation",
        "programme",
        "indicator",
    ]
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"query": "邢台市", "type": "place"}, "place-130500"),
        ({"query": "邢臺市", "type": ["place"]}, "place-130500"),
        ({"query": "place-130500"}, "place-130500"),
        ({"query": BASE + "place-130500"}, "place-130500"),
        ({"properties": [{"pid": "code", "v": "130500"}]}, "place-130500"),
        ({"query": "威县", "type": "county", "properties": region("河北省邢台市")}, "place-130533"),
        ({"query": "威县", "properties": [{"pid": "region", "v": {"id": "place-130500", "name": "邢台市"}}]}, "place-130533"),
        ({"query": "肇庆市妇幼保健院", "type": "organisation"}, "org-5894a3166b"),
        ({"query": "肇庆市妇幼保健院", "type": "Q43229"}, "org-5894a3166b"),
        ({"query": "肇庆市疾控中心", "type": "organisation"}, "org-1674cb8945"),
        ({"query": "床位数", "type": "indicator"}, "ind-beds"),
        ({"query": "健康中国战略", "type": "programme"}, "prog-0c7cc8e874"),
    ],
)  # fmt: skip
def test_what_is_meant_is_found_for_sure(url: str, query: dict[str, object], expected: str) -> None:
    first, *rest = asked(url, **query)
    assert (first["id"], first["match"]) == (expected, True)
    assert not any(one["match"] for one in rest)


@pytest.mark.parametrize(
    "query",
    [
        {"query": "鼓楼区", "type": "place"},
        {"query": "邢台市", "type": "organisation"},
        {"query": "邢台市", "type": "county"},
        {"query": "威县", "properties": region("江苏省")},
        {"properties": [{"pid": "code", "v": "320106"}]},
        {"properties": [{"pid": "colour", "v": True}]},
    ],
)
def test_what_is_not_there_is_not_found(url: str, query: dict[str, object]) -> None:
    assert asked(url, **query) == []


def test_a_name_that_two_could_have_is_no_match(url: str) -> None:
    found = asked(url, query="肇庆市医院")
    assert not any(one["match"] for one in found)


def test_limit_holds(url: str) -> None:
    assert len(asked(url, query="床位", limit=1)) == 1


def test_a_get_answers_as_a_post(url: str) -> None:
    batch = json.dumps({"a": {"query": "邢台市"}, "b": {"query": "无此地"}})
    _, _, got = fetch(f"{url}/?queries={quote(batch)}")
    _, _, posted = fetch(url, urlencode({"queries": batch}).encode())
    assert json.loads(got) == json.loads(posted)
    assert list(json.loads(got)) == ["a", "b"]


def test_suggestions(url: str) -> None:
    for what, prefix, first in (
        ("entity", "邢台", "place-130500"),
        ("entity", "邢臺", "place-130500"),
        ("entity", "org-5894a3166b", "org-5894a3166b"),
        ("type", "机构", "organisation"),
        ("type", "org-h", "org-health-authority"),
        ("property", "code", "code"),
        ("property", "所在", "region"),
    ):
        _, _, body = fetch(f"{url}/suggest/{what}?prefix={quote(prefix)}")
        answer = json.loads(body)
        assert faults("suggested", answer) == []
        assert answer["result"][0]["id"] == first
    every = json.loads(fetch(f"{url}/suggest/entity?prefix={quote('肇庆')}")[2])["result"]
    rest = json.loads(fetch(f"{url}/suggest/entity?prefix={quote('肇庆')}&cursor=2")[2])["result"]
    assert rest == every[2:]
    assert json.loads(fetch(f"{url}/suggest/entity?prefix=")[2]) == {"result": []}


def test_values_of_properties(url: str) -> None:
    query = {
        "ids": ["place-130533", "nothing"],
        "properties": [{"id": "code"}, {"id": "region"}, {"id": "colour"}],
    }
    _, _, body = fetch(url, urlencode({"extend": json.dumps(query)}).encode())
    answer = json.loads(body)
    assert faults("extended", answer) == []
    assert answer["rows"] == {
        "place-130533": {"code": [{"str": "130533"}], "region": [{"id": "place-130500", "name": "邢台市"}]},
        "nothing": {"code": [], "region": []},
    }
    proposed = json.loads(fetch(f"{url}/properties?type=place&limit=2")[2])
    assert faults("proposed", proposed) == []
    assert [one["id"] for one in proposed["properties"]] == ["code", "region"]


def test_a_page_shows_an_entity(url: str) -> None:
    status_, headers, body = fetch(f"{url}/entity?id=place-130533")
    assert (status_, headers.get_content_type()) == (200, "text/html")
    assert "<h1>威县</h1>" in body.decode()
    assert "130533" in body.decode()


def test_jsonp_calls_a_function_and_nothing_else(url: str) -> None:
    _, headers, body = fetch(f"{url}/?callback=cb.f")
    assert headers.get_content_type() == "application/javascript"
    assert body.startswith(b"/**/cb.f({")
    assert fetch(f"{url}/?callback=alert(1)//")[0] == 400


@pytest.mark.parametrize(
    ("path", "data", "kind", "expected"),
    [
        ("/?queries=%7B", None, "", 400),
        ("/?queries=[]", None, "", 400),
        ("/?queries=" + "%5B" * 20_000, None, "", 400),
        ('/?queries={"q":{}}', None, "", 400),
        ('/?queries={"q":{"query":7}}', None, "", 400),
        ('/?queries={"q":{"query":"a","limit":0}}', None, "", 400),
        ('/?queries={"q":{"query":"a","properties":[{"pid":"code"}]}}', None, "", 400),
        ("/?extend=[]", None, "", 400),
        ('/?extend={"ids":["a"]}', None, "", 400),
        ("/suggest/entity?prefix=a&cursor=b", None, "", 400),
        ("/suggest/colour?prefix=a", None, "", 404),
        ("/entity?id=nothing", None, "", 404),
        ("/../etc/passwd", None, "", 404),
        ("/", b"{}", "application/json", 415),
    ],
)
def test_a_wrong_request_is_refused_with_a_reason(
    url: str, path: str, data: bytes | None, kind: str, expected: int
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    status_, _, body = fetch(url + quote(path, safe="/?&=%"), data, **headers)
    assert status_ == expected
    assert json.loads(body)["error"]


def test_too_much_is_refused(url: str) -> None:
    batch = {f"q{n}": {"query": "a"} for n in range(51)}
    assert fetch(url, urlencode({"queries": json.dumps(batch)}).encode())[0] == 413
    form = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(LARGEST + 1)}
    assert fetch(url, b"", **form)[0] == 413


# What OpenRefine sends, as its sources have it: jQuery in the browser, and its server


def jquery(url: str, jsonp: bool, **parameters: str) -> Any:
    """What a request of its pages gets: first as JSON from another origin, where that fails as JSONP."""
    origin = {"Origin": "http://127.0.0.1:3333", "X-Requested-With": "XMLHttpRequest"}
    if jsonp:
        parameters |= {"callback": "jQuery35109_1700000000000", "_": "1700000000001"}
    joined = url + ("?" if parameters else "") + urlencode(parameters)
    status_, headers, body = fetch(joined, **({} if jsonp else origin))
    assert status_ == 200
    if not jsonp:
        assert headers["Access-Control-Allow-Origin"] == "*"
        return json.loads(body)
    assert headers.get_content_type() == "application/javascript"
    start, end = b"/**/jQuery35109_1700000000000(", b");"
    assert body.startswith(start)
    assert body.endswith(end)
    return json.loads(body[len(start) : -len(end)])


def posted(url: str, name: str, value: object) -> Any:
    """What its server gets for a form."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "OpenRefine/3.8.2"}
    status_, _, body = fetch(url, urlencode({name: json.dumps(value)}).encode(), **form)
    assert status_ == 200
    return json.loads(body)


@pytest.mark.parametrize("jsonp", [False, True])
def test_openrefine_reconciles_a_column(url: str, jsonp: bool) -> None:
    manifest = jquery(url, jsonp)
    guessed = posted(
        url, "queries", {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(("威县", "邢台市"))}
    )
    assert {one["id"] for answer in guessed.values() for one in answer["result"][0]["type"]} == {
        "place", "city", "county",
    }  # fmt: skip
    suggest = manifest["suggest"]["property"]
    found = jquery(suggest["service_url"] + suggest["service_path"], jsonp, prefix="reg")
    (region_,) = [one["id"] for one in found["result"]]
    cells = [("威县", "邢台市"), ("  ", ""), ("無此縣", "邢台市")]
    batch = {
        f"q{n}": {
            "query": name,
            "type": "county",
            "type_strict": "should",
            **({"properties": [{"pid": region_, "v": where}]} if where else {}),
        }
        for n, (name, where) in enumerate(cells)
    }
    answers = posted(url, "queries", batch)
    assert faults("results", answers) == []
    assert [[(one["id"], one["match"]) for one in answers[f"q{n}"]["result"]] for n in range(3)] == [
        [("place-130533", True)], [], [],
    ]  # fmt: skip
    reconciled = {"id": "place-130500", "name": "邢台市"}  # the cell beside it was reconciled before
    again = posted(
        url, "queries", {"q0": {"query": "威县", "properties": [{"pid": region_, "v": reconciled}]}}
    )
    assert again["q0"]["result"][0]["id"] == "place-130533"


@pytest.mark.parametrize("jsonp", [False, True])
def test_openrefine_searches_for_a_match_and_shows_it(url: str, jsonp: bool) -> None:
    manifest = jquery(url, jsonp)
    suggest = manifest["suggest"]["entity"]
    found = jquery(suggest["service_url"] + suggest["service_path"], jsonp, prefix="威縣")
    first = found["result"][0]
    assert (first["id"], ",".join(first["notable"])) == ("place-130533", "place,county")
    for what in ("view", "preview"):
        status_, headers, body = fetch(
            quote(manifest[what]["url"].replace("{{id}}", first["id"]), safe=":/?=&")
        )
        assert (status_, headers.get_content_type()) == (200, "text/html")
        assert headers["X-Frame-Options"] is None
        assert "威县" in body.decode()


@pytest.mark.parametrize("jsonp", [False, True])
def test_openrefine_adds_columns(url: str, jsonp: bool) -> None:
    manifest = jquery(url, jsonp)
    proposed = manifest["extend"]["propose_properties"]
    offered = jquery(proposed["service_url"] + proposed["service_path"], jsonp, type="county")
    assert [one["id"] for one in offered["properties"]] == ["code", "region", "type", "label", "figures"]
    answer = posted(
        url,
        "extend",
        {
            "ids": ["place-130533"],
            "properties": [{"id": "code", "settings": {"limit": "1"}}, {"id": "region"}],
        },
    )
    assert [one["id"] for one in answer["meta"]] == ["code", "region"]
    assert answer["meta"][1]["type"]["id"] == "place"
    assert list(answer["rows"]["place-130533"]) == ["code", "region"]


def test_a_browser_may_ask_before_it_posts(url: str) -> None:
    asking = {"Origin": "http://127.0.0.1:3333", "Access-Control-Request-Method": "POST"}
    with opener.open(Request(url, headers=asking, method="OPTIONS"), timeout=10) as answer:
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]


def test_an_address_that_is_taken_is_told(url: str, store: Path) -> None:
    with GraphStore.open(store, read_only=True) as graph:
        catalogue = Catalogue(graph)
    with pytest.raises(UsageError) as caught:
        Server(catalogue, port=int(url.rpartition(":")[2]))
    assert caught.value.code == "E635"


# Our own client


def counts(out: str) -> dict[str, int]:
    return {row["what"]: int(row["count"]) for row in table(out)}


def linked(store: Path) -> set[tuple[str, str]]:
    with GraphStore.open(store, read_only=True) as graph:
        rows = graph.query("SELECT ?s ?o WHERE { GRAPH id:graph-links { ?s ?p ?o } }")
        return {(row[0].value, row[1].value) for row in rows}  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["place", "organisation"])
def test_the_graph_of_another_publisher_is_linked(
    kg: Run, url: str, elsewhere: Path, tmp_path: Path, kind: str
) -> None:
    mine = Path(shutil.copytree(elsewhere, tmp_path / "store"))
    call = ("link", "--service", url, "--online", "--type", kind, "--store", mine)
    status_, out, err = kg(*call)
    assert (status_, err) == (0, "")
    first, file = counts(out), (mine / NAME).read_bytes()
    assert first["answered"] == first["things"]
    accepted = linked(mine)
    assert accepted
    assert {ours.removeprefix(OTHER) for ours, _ in accepted} == {
        theirs.removeprefix(BASE) for _, theirs in accepted
    }
    assert all(ours.removeprefix(OTHER) == theirs.removeprefix(BASE) for ours, theirs in accepted)
    assert len(accepted) >= 0.9 * first["things"]
    status_, out, _ = kg(*call)
    assert counts(out) == {**first, "cached": first["things"]}
    assert (mine / NAME).read_bytes() == file


def test_a_service_is_asked_with_online_alone(kg: Run, store: Path) -> None:
    for service in ("wikidata", "http://127.0.0.1:9/"):
        status_, out, err = kg("link", "--service", service, "--type", "place", "--store", store)
        assert (status_, out) == (2, "")
        assert "[E620]" in err
    assert "E632" in kg("link", "--service", "wikidata", "--online", "--store", store)[2]
    assert "E621" in kg("link", "--service", "nowhere", "--online", "--type", "place", "--store", store)[2]


def test_properties_that_a_service_is_not_told_are_refused(kg: Run, url: str, store: Path) -> None:
    _, _, err = kg(
        "link", "--service", url, "--online", "--type", "place", "--property", "size=P1", "--store", store
    )
    assert "E629" in err


def candidate(name: str, ident: str, *, match: bool) -> dict[str, object]:
    return {"id": ident, "name": name, "score": 99, "match": match, "type": []}


def test_what_a_service_offers_is_compared_and_a_run_goes_on(
    kg: Run, elsewhere: Path, tmp_path: Path
) -> None:
    mine = Path(shutil.copytree(elsewhere, tmp_path / "store"))
    made = Made(
        known={
            "邢台市": [candidate("邢台市", "Q1", match=True), candidate("邢台县", "Q2", match=False)],
            "威县": [candidate("Wei", "Q3", match=True)],
            "四会市": [candidate("四會市", "Q4", match=False)],
            "封开县": [candidate("封开县", "Q5", match=True)],
        },
        rows={
            "Q1": {"P442": [{"str": "13 05"}], "P131": [{"id": "Q21208", "name": "河北省"}]},
            "Q4": {"P442": [{"str": "44 12 84"}]},
            "Q5": {"P442": [{"str": "32 01 06"}]},
        },
    )
    made.manifest = {**made.manifest, "identifierSpace": "http://www.wikidata.org/entity/", "extend": {}}  # type: ignore[dict-item]
    call = ("link", "--online", "--type", "place", "--batch", 5, "--store", mine)
    with made_service(made) as url:
        made.instead = [None]
        made.always = lambda batch: status(404) if batch else None
        status_, out, err = kg(*call, "--service", url)
        assert status_ == 1
        assert "[E623]" in err
        assert "[E631]" in err
        assert counts(out)["answered"] == 5
        made.always = lambda _: None
        status_, out, err = kg(*call, "--service", url)
        assert (status_, err, counts(out)["cached"]) == (0, "", 5)
    query = next(q for batch in made.asked for q in batch.values() if q["query"] == "威县")
    assert (query["type"], query["properties"]) == (
        "Q50231",
        [{"pid": "P442", "v": "13 05 33"}, {"pid": "P131", "v": "邢台市"}],
    )
    assert made.faulty == []
    found = {m.object_id.rpartition("/")[2]: m for m in MappingFile.read(mine / NAME, OTHER)}
    assert {key: (m.subject_label, m.status) for key, m in found.items()} == {
        "Q1": ("邢台市", "accepted"),
        "Q3": ("威县", "proposed"),
        "Q4": ("四会市", "accepted"),
    }
    assert "code same" in found["Q1"].comment
    assert "the service alone is sure" in found["Q3"].comment
    assert linked(mine) == {
        (OTHER + "place-130500", "http://www.wikidata.org/entity/Q1"),
        (OTHER + "place-441284", "http://www.wikidata.org/entity/Q4"),
    }


def test_a_review_outlives_the_service(kg: Run, elsewhere: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copytree(elsewhere, tmp_path / "store"))
    made = Made(known={"威县": [candidate("Wei", "e3", match=True)]})
    call = ("link", "--online", "--type", "place", "--store", mine)
    with made_service(made) as url:
        kg(*call, "--service", url)
        path = mine / NAME
        path.write_text(
            path.read_text(encoding="utf-8").replace("\tproposed\t", "\trejected\t"), encoding="utf-8"
        )
        _, out, _ = kg(*call, "--service", url, "--fresh")
    assert [m.status for m in MappingFile.read(path, OTHER)] == ["rejected"]
    assert (counts(out)["rejected"], counts(out)["proposed"], counts(out)["cached"]) == (1, 0, 0)
