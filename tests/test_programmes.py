"""Names of programmes, and phrases that name none."""

from __future__ import annotations

import itertools

import pytest

from kg.tag.organisations import find_organisations
from kg.tag.places import find_places
from kg.tag.programmes import find_programmes


def names(text):
    return [m.text for m in find_programmes(text, find_organisations(text, find_places(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照《遵义市急救医疗条例》", ["《遵义市急救医疗条例》"]),
        ("启动“百名专家进山村”活动，分成", ["“百名专家进山村”活动"]),
        ("推进“健康咸宁”建设", ["“健康咸宁”"]),
        ("为健康咸宁建设做贡献", ["健康咸宁"]),
        ("落实国家基本药物制度", ["国家基本药物制度"]),
        ("参加第28个爱国卫生月活动", ["第28个爱国卫生月活动"]),
        ("组织护理优质服务行动，评出", ["护理优质服务行动"]),
        ("实施农村妇女“两癌”检查项目，", ["农村妇女“两癌”检查项目"]),
        ("市第五医院异地迁建项目开工", ["市第五医院异地迁建项目"]),
        ("授予“全国卫生计生系统先进集体”称号", ["“全国卫生计生系统先进集体”"]),
        ("通过省级医养结合示范县验收", ["省级医养结合示范县"]),
        ("编制《泉州市“十三五”卫生计生事业发展专项规划》", ["《泉州市“十三五”卫生计生事业发展专项规划》"]),
        ("实施基层医疗卫生服务能力提升三年行动计划", ["基层医疗卫生服务能力提升三年行动计划"]),
    ],
)
def test_finds(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "按照“四早”原则开展疫情防控",
        "“一老一小”照护更方便",
        "“十四五”期间累计投入",
        "广泛开展健康教育活动",
        "争取中央预算内投资的项目3个",
        "有工作计划，也有考核",
        "《三峡日报》报道",
        "现将《2018年工作总结》印发",
    ],
)
def test_names_none(text):
    assert names(text) == []


def test_mentions_quote_the_text_and_do_not_overlap():
    text = "开展“光明行”白内障复明工程，落实国家免疫规划，深化公立医院综合改革。"
    found = find_programmes(text)
    assert [m.text for m in found] == [text[m.start : m.end] for m in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
