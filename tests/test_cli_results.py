"""How kg query writes what it found: the formats of the W3C, Markdown, charts and pictures, and its other options."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
from commands import ROOT, Run, table

from kg.cli.axes import Axes, axes
from kg.cli.chart import bars
from kg.errors import CATALOGUE, UsageError

DRAWN = pytest.mark.skipif(
    importlib.util.find_spec("vl_convert") is None, reason="the extra plot is not installed"
)
COLUMNS = ("subject", "time_end", "unit", "value")
ROWS = [["昆明市", "2020-12-31", "‰", 4], ["临汾", "2020-12-31", "‰", 2], ["昆明市", "2021-12-31", "‰", 3]]


def saved(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# The formats of the W3C


def test_json_and_xml_are_read_by_another_reader(kg: Run, store: Path) -> None:
    want = table(kg("query", "reports", "--store", store)[1])
    for form, reader in (("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML)):
        out = kg("query", "reports", "--store", store, "--format", form)[1]
        found = ox.parse_query_results(out.encode(), format=reader)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        rows = [{n: term.value if term else "" for n, term in zip(names, row, strict=True)} for row in found]
        assert rows == want


def test_terms_keep_their_datatypes_and_languages(kg: Run, store: Path, tmp_path: Path) -> None:
    path = saved(
        tmp_path / "t.rq",
        "SELECT ?a ?b ?c ?d ?e WHERE { BIND('<&>' AS ?a) BIND('中'@zh-hans AS ?b) BIND(0.5 AS ?c) BIND(id:x AS ?d) }",
    )
    found = json.loads(kg("query", path, "--store", store, "--format", "json")[1])
    assert found["head"]["vars"] == ["a", "b", "c", "d", "e"]
    assert found["results"]["bindings"] == [
        {
            "a": {"type": "literal", "value": "<&>"},
            "b": {"type": "literal", "value": "中", "xml:lang": "zh-hans"},
            "c": {"type": "literal", "value": "0.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
            "d": {"type": "uri", "value": "https://w3id.org/health-admin/id/x"},
        }
    ]
    tree = ET.fromstring(kg("query", path, "--store", store, "--format", "xml")[1])
    bound = {b.attrib["name"]: b[0] for b in tree.iter("{http://www.w3.org/2005/sparql-results#}binding")}
    assert bound["a"].text == "<&>"
    assert bound["b"].attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "zh-hans"}


def test_a_character_that_xml_lacks_is_told(kg: Run, store: Path, tmp_path: Path) -> None:
    path = saved(tmp_path / "t.rq", "SELECT ?a WHERE { BIND('\\u0001' AS ?a) }")
    status, _, err = kg("query", path, "--store", store, "--format", "xml")
    assert status == 2
    assert "[E232]" in err
    assert kg("query", path, "--store", store, "--format", "json")[0] == 0


@pytest.mark.parametrize(
    ("form", "said"),
    [("json", '"boolean": true'), ("xml", "<boolean>true</boolean>"), ("csv", "answer\ntrue")],
)
def test_ask(kg: Run, store: Path, tmp_path: Path, form: str, said: str) -> None:
    path = saved(tmp_path / "t.rq", "ASK { ?o a qb:Observation }")
    status, out, _ = kg("query", path, "--store", store, "--format", form)
    assert status == 0
    assert said in out
    status, _, err = kg("query", path, "--store", store, "--format", "chart")
    assert status == 2
    assert "[E210]" in err


def test_describe_and_construct_are_graphs(kg: Run, store: Path, tmp_path: Path) -> None:
    path = saved(tmp_path / "t.rq", "DESCRIBE id:place-130500")
    for form, known in (("turtle", ox.RdfFormat.TURTLE), ("ntriples", ox.RdfFormat.N_TRIPLES)):
        out = kg("query", path, "--store", store, "--format", form)[1]
        assert len(list(ox.parse(out.encode(), format=known))) > 4
    assert kg("query", path, "--store", store, "--format", "json")[0] == 2


def test_markdown_is_a_table_and_a_bar_in_a_cell_stays_one(kg: Run, store: Path, tmp_path: Path) -> None:
    path = saved(tmp_path / "t.rq", "SELECT ?a ?b WHERE { BIND('x|y\\nz' AS ?a) BIND(2 AS ?b) }")
    assert (
        kg("query", path, "--store", store, "--format", "markdown")[1]
        == "| a | b |\n|---|---|\n| x\\|y z | 2 |\n"
    )


def test_columns_are_chosen_and_a_wrong_one_is_told(kg: Run, store: Path) -> None:
    out = kg("query", "reports", "--store", store, "--columns", "facts,doc")[1]
    assert out.splitlines()[0] == "facts,doc"
    status, _, err = kg("query", "reports", "--store", store, "--columns", "doc,what")
    assert status == 2
    assert "[E233]" in err
    assert "publisher" in err


def test_the_ending_of_the_file_is_its_format(kg: Run, store: Path, tmp_path: Path) -> None:
    for name, start in (
        ("a.json", '{"head"'),
        ("a.xml", "<?xml"),
        ("a.md", "| doc |"),
        ("a.tsv", "doc\ttitle"),
        ("a", "doc,title"),
    ):
        status, out, err = kg("query", "reports", "--store", store, "--output", tmp_path / name)
        assert (status, out) == (0, "")
        assert "报告一览 · Reports: 2" in err
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


# Limits


def test_limit_gives_the_first_rows(kg: Run, store: Path) -> None:
    every = kg("query", "facts", "--store", store, "--format", "tsv")[1].splitlines()
    for more in ((), ("--timeout", "0")):
        out = kg("query", "facts", "--store", store, "--format", "tsv", "--limit", 5, *more)[1]
        assert out.splitlines() == every[:6]
    assert kg("query", "facts", "--store", store, "--limit", "-1")[0] == 2


def test_a_query_that_takes_too_long_is_stopped_and_says_what_to_do(
    kg: Run, store: Path, tmp_path: Path
) -> None:
    path = saved(
        tmp_path / "long.rq",
        'SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) = CONCAT(STR(?f), STR(?i), "x")) }',
    )
    start = time.monotonic()
    status, out, err = kg(
        "query", path, "--store", store, "--timeout", "0.8", "--output", tmp_path / "out.csv"
    )
    assert (status, out) == (2, "")
    assert time.monotonic() - start < 4
    zh, en = err.splitlines()
    assert "[E230]" in zh and "0.8 秒" in zh and "--timeout" in zh
    assert "--explain" in en and "--param" in en
    assert sorted(path.name for path in tmp_path.iterdir()) == ["long.rq"]


# Charts


def test_bars_are_as_long_as_their_figures() -> None:
    lines = list(bars(COLUMNS, ROWS[:2], Axes("subject", "value", unit="unit"), 40))
    assert lines[0] == "value (‰)"
    assert [line.split()[0] for line in lines[1:]] == ["昆明市", "临汾"]
    assert [line.count("█") for line in lines[1:]] == [30, 15]
    assert [line.index("█") for line in lines[1:]] == [
        4,
        5,
    ]  # both begin at cell 7: 昆明市 has 6 cells, 临汾 4 and two blanks
    assert lines[1].endswith(" 4")


def test_units_have_scales_of_their_own_and_labels_are_cut() -> None:
    rows = [["一个名字非常非常非常长的地方", "2020", "张", 1000], ["临汾市", "2020", "%", 5]]
    lines = list(bars(COLUMNS, rows, Axes("subject", "value", unit="unit"), 40))
    assert [line for line in lines if line.startswith("value")] == ["value (张)", "value (%)"]
    assert "…" in lines[1]
    assert min(lines[1].count("█"), lines[-1].count("█")) >= 15  # 5% is no shorter than 1000 beds


def test_falls_go_to_the_left() -> None:
    rows = [["甲", "", "", -4], ["乙", "", "", 4]]
    down, up = list(bars(COLUMNS, rows, Axes("subject", "value"), 30))[1:]
    assert down.rstrip(" -4").endswith("▏")
    assert up.index("█") > down.index("█")
    assert abs(down.count("█") - up.count("█")) <= 1


@pytest.mark.parametrize(
    ("columns", "rows", "wanted"),
    [
        (COLUMNS, ROWS, Axes("subject", "value", "time_end", "unit")),
        (COLUMNS, ROWS[:2], Axes("subject", "value", None, "unit")),
        (COLUMNS, [ROWS[0], ROWS[2]], Axes("time_end", "value", None, "unit", time=True)),
        (
            ("code", "place", "year", "facts"),
            [["1", "甲", 2020, 3], ["2", "乙", 2020, 4]],
            Axes("code", "facts"),
        ),
        (("a", "n"), [["x", 1]], Axes("a", "n")),
    ],
)
def test_axes_are_the_name_and_the_figure(
    columns: tuple[str, ...], rows: list[list[object]], wanted: Axes
) -> None:
    assert axes(columns, rows, {}) == wanted  # type: ignore[arg-type]


def test_axes_that_are_given_are_taken_and_wrong_ones_told() -> None:
    assert axes(COLUMNS, ROWS, {"x": "unit"}, x="time_end").x == "time_end"
    assert axes(COLUMNS, ROWS, {"x": "unit"}).x == "unit"
    for x, y, code in (("what", None, "E233"), (None, "subject", "E234"), (None, "what", "E233")):
        with pytest.raises(UsageError) as caught:
            axes(COLUMNS, ROWS, {}, x, y)
        assert caught.value.code == code
    with pytest.raises(UsageError) as caught:
        axes(("a",), [["x"]], {})
    assert caught.value.code == "E234"


def test_a_chart_in_the_terminal(kg: Run, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    status, out, _ = kg(
        "query",
        "ranking",
        "-p",
        "indicator=婴儿死亡率",
        "-p",
        "year=2021",
        "--store",
        demo,
        "--format",
        "chart",
    )
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["value", "宣城市", "广东省", "肇庆市"]
    assert [line.split()[-1] for line in out.splitlines()[1:]] == ["2.84", "2.13", "2.05"]
    assert max(len(line) + 3 for line in out.splitlines()) <= 72


@DRAWN
def test_a_plot_is_drawn(kg: Run, demo: Path, tmp_path: Path) -> None:
    call = ("query", "ranking", "-p", "indicator=婴儿死亡率", "-p", "year=2021", "--store", demo, "--output")
    for name in ("a.svg", "a.png", "a.html"):
        assert kg(*call, tmp_path / name)[0] == 0
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    root = ET.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {"广东省", "宣城市", "肇庆市", "value (‰)"} <= {
        element.text for element in root.iter() if element.text
    }
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "广东省" in page
    assert not re.search(r'<(?:script|link)[^>]+(?:src|href)="http', page)  # it needs nothing else


@DRAWN
def test_a_plot_over_time_has_lines(kg: Run, demo: Path, tmp_path: Path) -> None:
    status, _, _ = kg(
        "query", "rates-over-time", "-p", "place=宁德市", "--store", demo, "-o", tmp_path / "a.svg"
    )
    assert status == 0
    assert 'aria-roledescription="line mark"' in (tmp_path / "a.svg").read_text(encoding="utf-8")


@DRAWN
def test_a_png_without_a_chinese_font_is_refused_and_says_what_to_install(demo: Path, tmp_path: Path) -> None:
    """In a process that sees no fonts but the renderer's own."""
    fonts = saved(
        tmp_path / "fonts.conf",
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/nowhere</dir></fontconfig>',
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(ROOT)}
    for name, status in (("a.png", 2), ("a.svg", 0)):
        call = ["query", "places", "-n", "3", "--store", str(demo), "--output", str(tmp_path / name)]
        done = subprocess.run(
            [sys.executable, "-m", "kg", *call], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stderr
        assert (tmp_path / name).exists() == (status == 0)
        if status:
            assert "[E236]" in done.stderr
            assert "fonts-noto-cjk" in done.stderr


def test_a_plot_without_the_extra_says_what_to_install(
    kg: Run, demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    status, _, err = kg("query", "places", "--store", demo, "-o", tmp_path / "a.svg")
    assert status == 2
    assert "[E235]" in err
    assert "kg-health-admin[plot]" in err
    assert "E235" in CATALOGUE


# Explanation


def test_explain_tells_terms_text_patterns_and_time(kg: Run, store: Path) -> None:
    call = (
        "query",
        "place-profile",
        "-p",
        "place=邢台市",
        "-p",
        "from=2022-01-01",
        "--store",
        store,
        "--explain",
    )
    status, out, _ = kg(*call)
    assert status == 0
    assert "place (place) = <https://w3id.org/health-admin/id/place-130500>" in out
    assert "to (date) = —" in out
    assert 'FILTER(COALESCE(?time_end >= "2022-01-01"^^<http://www.w3.org/2001/XMLSchema#date>, true))' in out
    assert re.search(r"\| \?fact ha:subject id:place-130500 \| \d+ \|", out)
    said = json.loads(kg(*call, "--format", "json")[1])
    rows = table(
        kg("query", "place-profile", "-p", "place=邢台市", "-p", "from=2022-01-01", "--store", store)[1]
    )
    assert said["rows"] == len(rows)
    assert kg(*call, "--format", "xml")[0] == 2


def test_explain_says_which_is_too_slow(kg: Run, store: Path, tmp_path: Path) -> None:
    path = saved(
        tmp_path / "long.rq",
        'SELECT ?a { ?a ha:rule ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) = CONCAT(STR(?f), STR(?i), "x")) }',
    )
    said = json.loads(
        kg("query", path, "--store", store, "--timeout", "1", "--explain", "--format", "json")[1]
    )
    assert said["rows"] is None
    assert all(pattern["matches"] for pattern in said["patterns"])
