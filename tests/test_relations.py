"""Who runs a programme, takes part in it or won it: frame by frame, and on whole documents."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.clean import clean
from kg.config import Options
from kg.extract import by_rules, extract
from kg.extract.relations import confidence
from kg.model import Document, Reading, Relation
from kg.pipeline import read_report
from kg.tag import load, tag

GOLD = Path(__file__).parent / "data" / "relations.tsv"
TEXTS = Path(__file__).parent.parent / "seeds" / "corpus" / "texts"
NLP = load()
CITY = "昆明市卫生健康委员会2020年工作总结\n2020年，全市卫生健康事业平稳发展。\n"
HOSPITAL = "昆明市第一人民医院2020年工作总结\n2020年，我院各项工作平稳发展。\n"
Row = tuple[str, str, str]


def read(text: str) -> Reading:
    return extract(tag(clean(Document("a.txt", text, "0" * 64, "utf-8", "a.txt")), NLP), by_rules)


def told(sentence: str, head: str = CITY) -> list[Row]:
    return [(r.role, r.agent.name, r.programme.name) for r in read(f"{head}{sentence}\n").relations]


def only(sentence: str, head: str = CITY) -> Relation:
    (relation,) = read(f"{head}{sentence}\n").relations
    return relation


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("晋宁区荣获“国家卫生城市”称号。", [("won", "晋宁区", "国家卫生城市")]),
        ("晋宁区被全国爱卫会命名为国家卫生城市。", [("runs", "全国爱国卫生运动委员会", "国家卫生城市"), ("won", "晋宁区", "国家卫生城市")]),
        ("安宁市、晋宁区通过省级慢性病综合防控示范区复审。", [("won", "安宁市", "省级慢性病综合防控示范区"), ("won", "晋宁区", "省级慢性病综合防控示范区")]),
        ("市妇幼保健院达到“优质服务基层行”推荐标准。", [("won", "昆明市妇幼保健院", "优质服务基层行")]),
        ("授予安宁市人民医院为全国卫生计生系统先进集体。", [("won", "安宁市人民医院", "全国卫生计生系统先进集体")]),
        ("实施国家基本公共卫生服务项目，建档52万人。", [("runs", "昆明市", "国家基本公共卫生服务项目")]),
        ("市卫健委印发《昆明市健康城市建设三年行动方案》。", [("runs", "昆明市卫生健康委员会", "昆明市健康城市建设三年行动方案")]),
        ("由市疾控中心主办的“健康生活进社区”活动走进32个社区。", [("runs", "昆明市疾病预防控制中心", "健康生活进社区活动")]),
        ("由市卫健委主办，市疾控中心承办，市第一人民医院协办的“健康生活进社区”活动走进32个社区。", [("runs", "昆明市卫生健康委员会", "健康生活进社区活动"), ("runs", "昆明市疾病预防控制中心", "健康生活进社区活动"), ("takes-part", "昆明市第一人民医院", "健康生活进社区活动")]),
        ("按照云南省卫生健康委《关于加强家庭医生签约服务的意见》，签约31万人。", [("runs", "云南省卫生健康委员会", "关于加强家庭医生签约服务的意见")]),
        ("农村妇女“两癌”检查项目完成检查2万人。", [("runs", "昆明市", "农村妇女两癌检查项目")]),
        ("安宁市列入全省县级公立医院综合改革试点。", [("takes-part", "安宁市", "云南省县级公立医院综合改革试点")]),
        ("市第一人民医院承担国家免费孕前优生健康检查项目。", [("takes-part", "昆明市第一人民医院", "国家免费孕前优生健康检查项目")]),
        ("在全国三级公立医院绩效考核中，市第一人民医院列第90位。", [("takes-part", "昆明市第一人民医院", "全国三级公立医院绩效考核")]),
    ],
)  # fmt: skip
def test_a_frame_ties_a_programme_to_whoever_its_clause_names(sentence: str, expected: list[Row]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "力争晋宁区获评国家卫生城市。",
        "2021年，拟实施国家基本公共卫生服务项目。",
        "下一步，开展爱国卫生运动。",
        "积极创建国家卫生城市。",
        "推进国家卫生城市建设。",
        "正在申报国家卫生城市。",
        "尚未开展爱国卫生运动。",
        "全市12人荣获“全国卫生健康系统先进工作者”称号。",
        "全市26家医院通过爱婴医院复核。",
        "按照《云南省献血条例》，报销血费12万元。",
        "上一篇：安宁市荣获“国家卫生城市”称号",
    ],
)
def test_plans_wishes_denials_people_and_classes_state_nothing(sentence: str) -> None:
    assert told(sentence) == []


def test_a_section_of_plans_states_nothing_and_the_one_after_it_does() -> None:
    text = "一、下一步工作打算\n开展爱国卫生运动。\n二、主要成绩\n实施国家基本药物制度。"
    assert told(text) == [("runs", "昆明市", "国家基本药物制度")]


def test_who_is_left_out_is_who_was_brought_up_or_the_reports_own() -> None:
    assert told("获批国家自然科学基金项目3项。", HOSPITAL) == [
        ("won", "昆明市第一人民医院", "国家自然科学基金项目")
    ]
    assert told("安宁市人民医院引进人才3名，开展“优质服务基层行”活动。") == [
        ("runs", "安宁市人民医院", "优质服务基层行活动")
    ]
    assert told("安宁市人民医院协助省卫健委工作，荣获“全国百姓放心示范医院”称号。") == [
        ("won", "安宁市人民医院", "全国百姓放心示范医院")
    ]


def test_a_line_that_is_nothing_but_an_honour_is_the_organisations_own() -> None:
    assert told("★云南省文明单位", HOSPITAL) == [("won", "昆明市第一人民医院", "云南省文明单位")]
    assert told("★云南省文明单位") == []


def test_a_citys_honour_is_the_citys_and_a_hospitals_is_no_citys() -> None:
    assert told("安宁市疾控中心获评国家慢性病综合防控示范区。") == [
        ("won", "安宁市", "国家慢性病综合防控示范区")
    ]
    assert told("安宁市卫生健康局获批国家卫生城市。") == [("won", "安宁市", "国家卫生城市")]
    assert told("安宁市获评爱婴医院。") == []


def test_a_relation_carries_its_evidence_place_and_period() -> None:
    text = f"{CITY}2019年，安宁市荣获“国家卫生城市”称号。\n"
    (relation,) = read(text).relations
    assert text[relation.start : relation.end] == relation.quote == "“国家卫生城市”"
    assert relation.sentence == "2019年，安宁市荣获“国家卫生城市”称号。"
    assert relation.place and relation.place.name == "安宁市"
    assert relation.period and (relation.period.start.year, relation.period.end.year) == (2019, 2019)
    assert (relation.rule, relation.confidence) == ("rel-won", confidence("rel-won"))


def test_an_undated_relation_takes_the_reports_period_unless_it_sums_up_the_years() -> None:
    own = read(CITY).scope.period
    assert own and only("晋宁区荣获“国家卫生城市”称号。").period == own
    assert only("我院先后荣获“全国文明单位”称号。", HOSPITAL).period is None


def test_a_name_over_two_lines_stands_in_its_sentence() -> None:
    for relation in read(f"{CITY}安宁市荣获“国家卫\n生城市”称号。\n").relations:
        assert relation.quote in relation.sentence


def _gold() -> Iterator[tuple[str, Row]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield row["doc"], (row["role"], row["agent"], row["programme"])


def test_eight_documents_hold_their_floors() -> None:
    gold = set(_gold())
    docs = {doc for doc, _ in gold}
    found = {
        (doc, (r.role, r.agent.name, r.programme.name))
        for doc in docs
        for r in read_report(TEXTS / f"{doc}.txt", Options()).relations
    }
    assert len(docs) == 8
    assert len(found & gold) / len(found) >= 0.95, sorted(found - gold)
    assert len(found & gold) / len(gold) >= 0.85, sorted(gold - found)
