"""kg.view: one report as a page: safe whatever the report says, whole, at the right places, and with nothing to fetch."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from damage import noise
from graph_samples import TEXT, fact
from graph_samples import reading as sample
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Options
from kg.model import Document, Entity, NamedMention, Period, Place, Problem, Reading, Scope
from kg.pipeline import read_and_check
from kg.view import page
from kg.view.marks import Span, homes, marked, pieces, visible
from kg.view.words import REASONS, known, number, short

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "seeds" / "corpus"
REPORT = ROOT / "seeds" / "reports" / "stat01.txt"
VOID = {"meta", "input", "link", "br", "hr", "img"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> ${title} $x </style></title>&lt;&amp;"


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)


class Tree(HTMLParser):
    """The elements of a page; fails where one is not closed in its turn. Offsets of text are kept as they come."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.feed(markup)
        self.close()
        assert self.open == [], [element.tag for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {attrs}"
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(made)
        if self.open:
            self.open[-1].children.append(made)
        if tag == "a":
            assert "a" not in [element.tag for element in self.open], "a link in a link"
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def by_id(self, key: str) -> Element:
        (found,) = [element for element in self.elements if element.attributes.get("id") == key]
        return found

    def tags(self, *names: str) -> Iterator[Element]:
        return (element for element in self.elements if element.tag in names)


def cells(tree: Tree, key: str) -> list[str]:
    return [cell.text for cell in tree.by_id(key).children]


@pytest.fixture(scope="module")
def report() -> Reading:
    return read_and_check(REPORT, Options())


@pytest.fixture(scope="module")
def tree(report: Reading) -> Tree:
    return Tree(page(report))


# --- a real page -----------------------------------------------------------------------------------------------------


def test_the_source_stands_in_the_page_character_for_character(report: Reading, tree: Tree) -> None:
    assert tree.by_id("text").text == report.document.text


def test_every_fact_mention_and_refused_number_is_marked_where_it_stands(report: Reading, tree: Tree) -> None:
    assert len(report.facts) > 50
    items = [(f"f{at}", item) for at, item in enumerate(report.facts, 1)]
    items += [(f"m{at}", item) for at, item in enumerate(report.mentions, 1)]
    items += [(f"n{at}", item) for at, item in enumerate(report.refused, 1)]
    places: dict[str, tuple[int, int]] = {}
    for child in tree.by_id("text").children:
        for key in child.attributes.get("data-of", "").split():
            start, _ = places.get(key, (int(child.attributes["id"][1:]), 0))
            places[key] = (start, int(child.attributes["id"][1:]) + len(child.text))
    assert places == {key: (item.start, item.end) for key, item in items}


def test_every_fact_has_its_row(report: Reading, tree: Tree) -> None:
    for at, found in enumerate(report.facts, 1):
        told = cells(tree, f"f{at}")
        assert told[0] == found.quote
        assert told[1].startswith(found.indicator)
        assert Decimal(told[2].replace(",", "")) == found.value
        assert told[3] == (found.unit or "–")
        assert told[4].startswith(found.comparator)
        assert told[5].endswith(found.kind) or found.direction or found.target
        assert told[6].startswith(found.subject.name)
        assert told[7] == (short(found.period) if found.period else "–")
        assert told[8] == found.rule
        assert told[9].strip() == f"{found.confidence:.2f}"
        if found.concept:
            assert f"{known()[found.concept].zh}{known()[found.concept].en} {found.concept}" in told[1]
    assert len(tree.by_id("facts-table").children[1].children) == len(report.facts)
    assert len(tree.by_id("names-table").children[1].children) == len(report.mentions)


def test_every_refused_number_has_its_row_with_the_reason(report: Reading, tree: Tree) -> None:
    assert len(report.refused) > 10
    for at, one in enumerate(report.refused, 1):
        assert cells(tree, f"n{at}") == [one.text, "".join(REASONS[one.reason])]
    marks = [e for e in tree.by_id("text").children if "refused" in e.attributes.get("class", "").split()]
    assert len(marks) == len(report.refused)
    assert all(mark.attributes["tabindex"] == "-1" for mark in marks)  # the keyboard steps from fact to fact
    dates = sum(one.reason == "date" for one in report.refused)
    assert f"{dates}日期date" in tree.by_id("refused").text.replace(" ", "")


@pytest.mark.parametrize("kind", ["traditional", "pinyin", "pdf", "web"])
def test_the_page_of_a_damaged_report_is_as_whole(tmp_path: Path, kind: str) -> None:
    if kind == "pinyin":
        pytest.importorskip("pypinyin", reason="noise.py needs pypinyin to print readings")
    text, gold = CORPUS / "texts" / "city01.txt", CORPUS / "gold" / "city01.jsonl"
    noise().damage_file(text, gold, tmp_path / "made.txt", tmp_path / "made.jsonl", kind)
    found = read_and_check(tmp_path / "made.txt", Options())
    made = Tree(page(found))
    assert made.by_id("text").text == found.document.text != text.read_text(encoding="utf-8")
    assert len(found.facts) > 40
    assert len(found.mentions) > 10
    for at, one in enumerate(found.facts, 1):
        told = cells(made, f"f{at}")
        assert (told[0], told[8], told[9].strip()) == (one.quote, one.rule, f"{one.confidence:.2f}")
        start, end = map(int, made.by_id(f"f{at}").attributes["data-sentence"].split())
        assert found.document.text[start:end] == one.sentence  # no character beyond the first plane in it
    for at, mention in enumerate(found.mentions, 1):
        told = cells(made, f"m{at}")
        assert (told[0], told[2], told[4]) == (mention.text, mention.entity.name, mention.rule)


def test_links_lead_from_rows_to_the_text_and_back(report: Reading, tree: Tree) -> None:
    ids = [element.attributes["id"] for element in tree.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    links = [element.attributes["href"] for element in tree.tags("a")]
    assert len(links) > 2 * len(report.facts)
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []
    described = [
        e.attributes["aria-describedby"] for e in tree.elements if "aria-describedby" in e.attributes
    ]
    assert set(described) <= set(ids)
    row = tree.by_id("f1")
    assert row.children[0].children[0].attributes["href"] == f"#s{report.facts[0].start}"
    assert tree.by_id(f"s{report.facts[0].start}").attributes["href"] == "#f1"


def test_sentence_and_words_of_a_figure_are_found(report: Reading, tree: Tree) -> None:
    text, first = report.document.text, report.facts[0]
    data = tree.by_id("f1").attributes
    start, end = map(int, data["data-sentence"].split())
    assert text[start:end] == first.sentence
    start, end = map(int, data["data-words"].split())
    assert text[start:end] == first.indicator == "医疗卫生机构总数"
    without = [
        f for at, f in enumerate(report.facts, 1) if "data-sentence" not in tree.by_id(f"f{at}").attributes
    ]
    assert without == []


def test_the_page_fetches_nothing(tree: Tree) -> None:
    assert (
        list(
            tree.tags("link", "img", "iframe", "object", "embed", "base", "form", "video", "audio", "source")
        )
        == []
    )
    assert {name for e in tree.elements for name in e.attributes} & {
        "src",
        "srcset",
        "action",
        "formaction",
        "style",
    } == set()
    assert [name for e in tree.elements for name in e.attributes if name.startswith("on")] == []
    for element in tree.tags("style", "script"):
        assert not re.search(r"url\(|@import|https?:|//[a-z]|fetch|XMLHttp|import\(", element.text)


def test_the_policy_admits_the_pages_own_style_and_script_only(tree: Tree) -> None:
    (policy,) = [
        e.attributes["content"]
        for e in tree.tags("meta")
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives.pop("default-src") == "'none'"
    for tag in ("style", "script"):
        (element,) = tree.tags(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert directives.pop(f"{tag}-src") == f"'sha256-{digest}'"
    assert set(directives.values()) == {"'none'"}


def test_scope_tells_how_undated_figures_are_dated(report: Reading, tree: Tree) -> None:
    told = tree.by_id("scope").text
    assert report.scope.period == Period.year(2022)
    same = sum(found.period == report.scope.period for found in report.facts)
    for part in (
        "邢台市",
        "130500",
        "2023-06-28",
        "2022-01-01",
        "2022-12-31",
        f"{same} of {len(report.facts)}",
    ):
        assert part in told
    assert [element.text for element in tree.tags("h1", "title")] == [report.scope.title] * 2


def test_the_same_reading_gives_the_same_page(report: Reading) -> None:
    assert page(report) == page(report)


# --- what a report may hold ------------------------------------------------------------------------------------------


def hostile() -> Reading:
    """A reading in which every string is an attack."""
    text = f"前{HOSTILE}中{HOSTILE}后\n"
    start, end = 1, 1 + len(HOSTILE)
    found = replace(
        fact("35处", "35", "处", "count", "发热门诊"),
        start=start, end=end, quote=HOSTILE, sentence=text.strip(), unit=HOSTILE, indicator=HOSTILE,
        subject=Entity(HOSTILE, "ORG"), area=Place(HOSTILE, HOSTILE, "city", None), rule=HOSTILE, concept=HOSTILE,
    )  # fmt: skip
    mention = NamedMention(start, end, HOSTILE, Entity(HOSTILE, "PLACE", HOSTILE), HOSTILE, 0.5)
    problem = Problem(HOSTILE, HOSTILE, "error", HOSTILE, HOSTILE, HOSTILE, 2)
    document = Document(
        HOSTILE, text, HOSTILE, HOSTILE, HOSTILE, publisher=HOSTILE, url="javascript:alert(3)" + HOSTILE
    )
    place = Place(HOSTILE, HOSTILE, "city", None)
    scope = Scope(
        place=place, organisation=HOSTILE, title=HOSTILE, published=date(2020, 1, 1), period=Period.year(2019)
    )
    return Reading(document, scope, (found,), (mention,), (problem,))


def test_hostile_text_stays_text() -> None:
    attacked, calm = Tree(page(hostile())), Tree(page(replace(hostile(), facts=(), mentions=(), problems=())))
    assert attacked.by_id("text").text == hostile().document.text
    for tree in (attacked, calm):
        assert len(list(tree.tags("script"))) == len(list(tree.tags("style"))) == 1
        assert list(tree.tags("img")) == []
        assert [name for e in tree.elements for name in e.attributes if name.startswith("on")] == []
        assert [e for e in tree.tags("a") if not e.attributes["href"].startswith("#")] == []
        assert [element.text for element in tree.tags("h1", "title")] == [HOSTILE] * 2
    assert cells(attacked, "f1")[0] == HOSTILE
    assert cells(attacked, "p1")[3] == HOSTILE * 2


def test_a_page_of_nothing() -> None:
    tree = Tree(page(Reading(Document("空.txt", "空\n", "0" * 64, "utf-8", "空.txt"), Scope(), (), ())))
    assert tree.by_id("text").text == "空\n"
    assert tree.by_id("facts").text.count("none") == 1
    assert "空.txt" in next(tree.tags("h1")).text
    assert "报告期不明" in tree.by_id("scope").text


def test_direction_target_doubt_and_problem_are_shown() -> None:
    rate = fact(
        "95%",
        "95",
        "%",
        "rate",
        "婚检率",
        target=True,
        comparator=">=",
        period=Period.year(2025),
        confidence=0.4,
    )
    change = fact("3.2%", "3.2", "%", "change", "建筑面积", direction="down", period=None)
    start = TEXT.index("48.59万元")
    problem = Problem("E411", "a.txt", "warning", "请核对", "check it", "48.59万元", start)
    tree = Tree(page(replace(sample(facts=(rate, change), mentions=()), problems=(problem,))))
    assert cells(tree, "f1")[5] == "比率rate◎ 目标target"
    assert cells(tree, "f1")[4] == ">=至少at least"
    assert cells(tree, "f2")[5] == "变化change↓ 降down"
    assert cells(tree, "f2")[7] == "–"
    assert tree.by_id(f"s{rate.start}").attributes["class"] == "fact rate target doubtful"
    assert tree.by_id(f"s{change.start}").attributes["class"] == "fact change down"
    assert tree.by_id(f"s{start}").attributes["class"] == "problem"
    assert cells(tree, "p1") == ["48.59万元", "警告warning", "E411", "请核对check it"]


def test_offsets_for_the_script_count_utf16_units() -> None:
    text = "𠮷𠮷县有床位5张。\n"
    start = text.index("5张")
    bed = fact("5张", "5", "张", "count", "床位", text=text)
    document = Document("a.txt", text, "0" * 64, "utf-8", "a.txt")
    tree = Tree(page(Reading(document, Scope(), (replace(bed, sentence=text.strip()),), ())))
    data = tree.by_id("f1").attributes
    assert data["data-sentence"] == f"0 {len(text.strip()) + 2}"
    assert data["data-words"] == f"{text.index('床位') + 2} {text.index('床位') + 4}"
    assert tree.by_id(f"s{start}").text == "5张"


def test_what_a_page_cannot_hold_is_shown_by_one_sign() -> None:
    assert visible("a\x00b\x0cc\td\ne") == "a␀b␌c\td\ne"
    assert visible("1\u202e23\ud800\x85") == "1\ufffd23\ufffd\ufffd"
    reading = Reading(Document("\x00.txt", "甲\x00\u202e乙\n", "0" * 64, "utf-8", "a.txt"), Scope(), (), ())
    assert Tree(page(reading)).by_id("text").text == "甲␀\ufffd乙\n"


# --- spans that nest, cross and coincide -----------------------------------------------------------------------------


@st.composite
def spans_of_a_text(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(alphabet='ab<&"\n 床', min_size=1, max_size=20))
    ends = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=6))
    spans = [Span(f"k{at}", start, end, "c", "<") for at, (start, end) in enumerate(ends) if start < end]
    return text, spans


@given(spans_of_a_text())
def test_pieces_are_the_text_and_each_span_is_its_pieces(given_one: tuple[str, list[Span]]) -> None:
    text, spans = given_one
    cut = list(pieces(len(text), spans))
    assert "".join(text[piece.start : piece.end] for piece in cut) == text
    for span in spans:
        mine = [piece for piece in cut if span in piece.spans]
        assert (mine[0].start, mine[-1].end) == (span.start, span.end)
        assert "".join(text[p.start : p.end] for p in mine) == text[span.start : span.end]
        assert homes(cut)[span.key] == f"s{span.start}"
    tree = Tree(f"<div id='text'>{marked(text, cut)}</div>")
    assert tree.by_id("text").text == text
    stops = [e for e in tree.tags("a") if "tabindex" not in e.attributes]
    assert len(stops) == len({span.start for span in spans})


def test_the_innermost_span_leads_the_piece() -> None:
    outer, inner = Span("m1", 0, 6, "name org", "外"), Span("f1", 2, 4, "fact count", "内")
    assert [[span.key for span in piece.spans] for piece in pieces(8, [outer, inner])] == [
        ["m1"],
        ["f1", "m1"],
        ["m1"],
        [],
    ]
    markup = marked("甲乙丙丁戊己庚辛", list(pieces(8, [outer, inner])))
    assert 'id="s2" class="fact count name org" href="#f1" data-of="f1 m1"' in markup
    assert markup.count('tabindex="-1"') == 1


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("60200.00", "60,200"),
        ("8765", "8765"),
        ("6.10", "6.1"),
        ("100", "100"),
        ("-12345.5", "-12,345.5"),
        ("1E+5", "100,000"),
        ("0", "0"),
    ],
)
def test_number(value: str, expected: str) -> None:
    assert number(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2016-01-01", "2020-12-31", "2016–2020"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2020-01-01", "2020-06-30", "2020-01 – 2020-06"),
        ("2020-05-30", "2020-05-30", "2020-05-30"),
        ("2020-01-01", "2020-05-30", "2020-01-01 – 2020-05-30"),
    ],
)
def test_short_period(start: str, end: str, expected: str) -> None:
    assert short(Period(date.fromisoformat(start), date.fromisoformat(end))) == expected
