"""Which indicator a figure is about, where the sentence says more than the name does."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from kg.config import Options
from kg.extract.population import known
from kg.pipeline import read_report

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "seeds" / "corpus" / "texts"
JUDGED = ROOT / "tests" / "data" / "indicator_matches.csv"


@pytest.mark.parametrize(
    ("indicator", "unit", "kind", "before", "key"),
    [
        # what was named before completes a name
        ("规范管理率", "%", "rate", "在管高血压患者9846人，规范管理率", "hypertension-management-rate"),
        ("抢救成功率", "%", "rate", "危重孕产妇176例，抢救成功率", "critical-maternal-success"),
        ("受益", "人次", "count", "新农合基金支出2亿元，受益", "nrcms-beneficiaries"),
        # of two things side by side it is one, but not known which
        (
            "规范管理率",
            "%",
            "rate",
            "管理高血压4万人、糖尿病2万人，规范管理率分别为",
            "standard-management-rate",
        ),
        # the institutions that the sentence speaks of
        ("床位", "张", "count", "乡镇卫生院33753个，床位", "township-beds"),
        ("床位", "张", "count", "全市有医院20家、卫生院30家，床位", "beds"),
        ("次均住院费用", "元", "money", "2023年，医院次均住院费用", "hospital-inpatient-cost"),
        ("入院人次", "人次", "count", "乡镇卫生院诊疗人次13.1亿，入院人次", "township-admissions"),
        (
            "入院人数",
            "人",
            "count",
            "县级医院诊疗人次、入院人数依次为1523万人次和",
            "county-hospital-admissions",
        ),
        (
            "医院平均住院日",
            "日",
            "level",
            "医院平均住院日为8.8日，其中公立医院为",
            "public-hospital-average-stay",
        ),
        # the people it speaks of
        ("签约率", "%", "rate", "常住居民9万人，签约率", "fd-rate"),
        ("签约率", "%", "rate", "慢病已签约44405人，签约率", "chronic-contract-rate"),
        # beds of a building that is not there yet
        ("床位", "张", "count", "新院区总投资12亿元，床位", "planned-beds"),
    ],
)
def test_the_sentence_tells_which(indicator, unit, kind, before, key):
    assert known(indicator, unit, kind, before, "。") == key


@pytest.mark.parametrize(
    ("indicator", "unit", "before", "after"),
    [
        ("医院", "家", "全市", "医院通过评审。"),
        ("医院", "家", "有", "未完成。"),
        ("村卫生室", "个", "", "村卫生室达标。"),
        ("乡镇卫生院", "家", "达到服务能力标准的乡镇卫生院超过", "。"),
        ("大病专项救治", "人", "全市需大病专项救治", "，已救治九成。"),
        ("疑似异常反应", "例", "报告疑似异常反应5263例，多为发热，严重的", "。"),
    ],
)
def test_some_of_them_are_not_all(indicator, unit, before, after):
    assert known(indicator, unit, "count", before, after) is None


def test_a_part_of_what_was_counted_is_no_share_of_the_population():
    before = "65岁及以上老人5230人中体检3708人，占"
    assert known("65岁及以上老人占比", "%", "rate", before, "。") is None
    assert known("65岁及以上老人占比", "%", "rate", "65岁及以上老人5230人，占", "。") == "population-65-share"


def test_words_that_alone_name_nothing():
    assert known("项目", "个", "count", "实施项目", "。") is None
    assert known("支出", "元", "money", "支出", "。") is None


def test_matches_judged_by_hand():
    """A random fifty of our own documents, each judged against its sentence; docs/evaluation.md says how it was drawn."""
    by_document = defaultdict(list)
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_document[row["document"]].append(row)
    rows = [row for found in by_document.values() for row in found]
    assert len(rows) == 50
    assert sum(row["right"] == "yes" for row in rows) >= 0.97 * len(rows)
    for document, judged in by_document.items():
        facts = {fact.start: fact for fact in read_report(TEXTS / f"{document}.txt", Options()).facts}
        for row in judged:
            fact = facts.get(int(row["start"]))
            if row["right"] == "yes" and fact is not None and fact.indicator == row["indicator"]:
                assert fact.concept == row["concept"], row
