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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "新增国家级临床重点专科1个、市级临床重点专科12个",
            ["国家级临床重点专科", "市级临床重点专科"],
        ),
        ("襄阳市第八次蝉联全国无偿献血先进市，", ["全国无偿献血先进市"]),
        ("其中全国无偿献血奉献奖金奖412人", ["全国无偿献血奉献奖金奖"]),
        ("获省科技进步三等奖2项", ["省科技进步三等奖"]),
        ("启动第五轮全国艾滋病综合防治示范区建设", ["第五轮全国艾滋病综合防治示范区"]),
        ("授予他江淮好医生称号", []),
        ("被授予江淮工匠医师、皖北杏林名家荣誉称号", ["江淮工匠医师", "皖北杏林名家"]),
        ("在第35个世界艾滋病日宣传活动中", ["第35个世界艾滋病日宣传活动"]),
        ("万名医护进乡村行动派驻医生", ["万名医护进乡村行动"]),
        ("开展国家老年医疗护理服务试点", ["国家老年医疗护理服务试点"]),
        ("市人民医院示范病房2个", []),
        ("获团体一等奖", []),
    ],
)
def test_finds_honours_and_other_shapes(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("借“6·14世界献血者日”开展", ["“6·14世界献血者日”"]),
        ("获“2013年度艾滋病防治综合奖”", ["“2013年度艾滋病防治综合奖”"]),
        ("“第十个世界献血者日”主题宣传活动举行", ["“第十个世界献血者日”主题宣传活动"]),
        ("诸暨市创成全国基层中医药工作示范县", ["全国基层中医药工作示范县"]),
        ("康复技术全国示范基地", []),
        ("健康中国行动创新模式试点城市", ["健康中国行动"]),
        ("实施中医药振兴发展重大工程", ["中医药振兴发展重大工程"]),
        ("省发展改革委批复项目6个", []),
        ("第四次全国口腔流行病学调查检查1440人", ["第四次全国口腔流行病学调查"]),
        ("组织健康素养进万家活动86场", ["健康素养进万家活动"]),
        ("实施基层卫生人才振兴计划，", ["基层卫生人才振兴计划"]),
        ("世行贷款中国医疗卫生改革促进项目到位", ["世行贷款中国医疗卫生改革促进项目"]),
        ("2021年度国家公立医院绩效考核中位列第9", ["国家公立医院绩效考核"]),
        ("“清洁家园、健康生活”爱国卫生运动参与", ["“清洁家园、健康生活”爱国卫生运动"]),
        ("州第一人民医院新院区项目", ["州第一人民医院新院区项目"]),
    ],
)
def test_finds_days_prizes_and_projects_whole(text, expected):
    assert names(text) == expected
