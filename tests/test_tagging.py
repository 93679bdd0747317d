"""The pipeline of taggers: factories that spaCy finds, spans on the Doc, the order, and a pipeline of one's own."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
import spacy
from reading import cleaned, language, read_text
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import extract
from kg.model import Mention, Quantity, TimeMention
from kg.tag import COMPONENTS, collect, load, tag
from kg.tag.components import found
from kg.tag.settle import settle

TEXT = "2021年，丽水市第二人民医院落实国家基本药物制度，丽水市遂昌县有村卫生室120所。"


def printed(doc: Doc, key: str) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[key]]


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_factory_is_registered_and_declared_as_an_entry_point(name: str) -> None:
    declared = {point.name: point.value for point in entry_points(group="spacy_factories")}
    assert declared[name] == f"kg.tag.components:{name.removeprefix('kg_')}"
    assert Language.has_factory(name)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_stands_alone_in_any_pipeline(name: str) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe(name)
    assert list(nlp(TEXT).spans) == [name]


def test_the_components_run_in_order() -> None:
    assert tuple(load().pipe_names) == COMPONENTS
    assert COMPONENTS == ("kg_times", "kg_places", "kg_organisations", "kg_programmes", "kg_quantities")


def test_what_is_found_is_shown_as_spans() -> None:
    doc = language()(TEXT)
    assert doc.text == TEXT
    assert {key: printed(doc, key) for key in COMPONENTS if key != "kg_places"} == {
        "kg_times": [("2021年", "TIME")],
        "kg_organisations": [("丽水市第二人民医院", "ORG")],
        "kg_programmes": [("国家基本药物制度", "PROGRAMME")],
        "kg_quantities": [("120所", "QUANTITY")],
    }
    assert ("丽水市遂昌县", "PLACE") in printed(doc, "kg_places")


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("times", TimeMention),
        ("places", Mention),
        ("organisations", Mention),
        ("programmes", Mention),
        ("quantities", Quantity),
    ],
)
def test_values_and_spans_are_the_same_in_order(kind: str, of: type) -> None:
    doc = language()(TEXT)
    values = found(doc, kind)
    assert [type(value) for value in values] == [of] * len(values) != []
    assert [(v.start, v.end) for v in values] == [(s.start_char, s.end_char) for s in doc.spans["kg_" + kind]]
    assert [v.start for v in values] == sorted(v.start for v in values)


def test_nothing_is_found_where_a_component_did_not_run() -> None:
    assert found(spacy.blank("zh")(TEXT), "quantities") == ()


def test_names_do_not_nest_once_collected() -> None:
    tagged = tag(cleaned(TEXT), language())
    assert [(m.text, m.label) for m in tagged.mentions] == [
        ("丽水市第二人民医院", "ORG"),
        ("国家基本药物制度", "PROGRAMME"),
        ("丽水市遂昌县", "PLACE"),
    ]
    assert [q.value for q in tagged.quantities] == [120]
    assert [t.text for t in tagged.times] == ["2021年"]


@pytest.mark.parametrize("dropped", COMPONENTS)
def test_a_user_can_drop_a_component(dropped: str) -> None:
    nlp = load()
    nlp.remove_pipe(dropped)
    reading = extract(tag(cleaned(f"丽水市2021年工作总结\n{TEXT}"), nlp))
    quotes = [f.quote for f in reading.facts]
    labels = {m.entity.label for m in reading.mentions}
    assert ("120所" in quotes) == (dropped != "kg_quantities")
    assert ("PROGRAMME" in labels) == (dropped != "kg_programmes")
    assert ("ORG" in labels) == (dropped != "kg_organisations")
    assert ("PLACE" in labels) == (dropped != "kg_places")


def test_a_component_of_ones_own_can_stand_in() -> None:
    @Language.component("only_the_first_number")
    def only_the_first_number(doc: Doc) -> Doc:
        doc.user_data["kg_quantities"] = found(doc, "quantities")[:1]
        return doc

    nlp = load()
    nlp.add_pipe("only_the_first_number", last=True)
    tagged = tag(cleaned("全市有医院31家、床位1.5万张。"), nlp)
    assert [tagged.clean.text[q.start : q.end] for q in tagged.quantities] == ["31家"]


def test_a_number_inside_a_time_or_a_name_is_no_figure() -> None:
    doc = language()("2021年3月5日，“百千万”健康行动启动，丽水市第二人民医院出动车辆8台。")
    assert printed(doc, "kg_quantities") == [("8台", "QUANTITY")]


def test_documents_in_a_stream_are_as_documents_alone() -> None:
    texts = [TEXT, "", "全市有医院31家。"]
    together = [collect(cleaned(text), doc) for text, doc in zip(texts, language().pipe(texts), strict=True)]
    assert together == [tag(cleaned(text), language()) for text in texts]


def test_a_pipeline_comes_back_from_its_config() -> None:
    nlp = spacy.util.load_model_from_config(load().config, auto_fill=True)
    doc = nlp(TEXT)
    assert printed(doc, "kg_quantities") == [("120所", "QUANTITY")]


def test_of_overlapping_names_the_longest_stands() -> None:
    def name(start: int, end: int, label: str) -> Mention:
        return Mention(start, end, "x" * (end - start), label, "r", 0.5)

    long, inner, crossing, apart = (
        name(0, 6, "ORG"),
        name(0, 3, "PLACE"),
        name(5, 8, "PLACE"),
        name(8, 10, "PLACE"),
    )
    assert settle([apart, crossing, inner, long]) == [long, apart]
    org, programme = name(0, 4, "ORG"), name(0, 4, "PROGRAMME")
    assert settle([org, programme]) == [programme]


def test_a_long_text_is_within_the_pipeline_s_limit() -> None:
    assert load().max_length >= 10_000_000


def test_what_is_tagged_is_what_is_read() -> None:
    reading = read_text(f"丽水市2021年工作总结\n{TEXT}")
    assert [m.text for m in reading.mentions] == [
        "丽水市",
        "丽水市第二人民医院",
        "国家基本药物制度",
        "丽水市遂昌县",
    ]
