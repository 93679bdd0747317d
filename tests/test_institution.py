"""Whose report it is: the institution, the school or the zone that it is by and about."""

from __future__ import annotations

import pytest
from reading import read_text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # in the masthead, where the text speaks as an institution
        (
            "三年行动中期自评报告\n丽水市中心医院发展规划处\u3000挂网时间：2024-09-05\n我院开放床位1800张，开展手术3.2万台。",
            "丽水市中心医院",
        ),
        # not in that of a report on an area
        (
            "丽水市疫情通报\n来源：丽水市中心医院\u30002022-11-22\n全市新增病例9例，我市治愈5例，全市检测12万人。",
            None,
        ),
        # the heading of a yearbook's entry
        (
            "丽水年鉴（2013）\n丽水市疾病预防控制中心\n【概况】\u3000中心编制120名。年末在职108人，中心设科室21个，中心检测样品2万份。",
            "丽水市疾病预防控制中心",
        ),
        # whom the text begins by introducing
        ("关于我们\n丽水市康宁护理院由侨胞捐资兴建，核定床位460张。", "丽水市康宁护理院"),
        # a school in the title, an authority with its own accounts
        ("丽水学院年度质量报告\n学校有学生1.2万名，教师900名。", "丽水学院"),
        ("丽水市卫生健康委员会部门决算公开\n2018年8月31日\n收入总计2100万元。", "丽水市卫生健康委员会"),
        # several in turn are not the first one
        (
            "夜里看病去哪家\n丽水日报讯\n市中心医院：灯火通明\n夜诊9.7万人次。\n市中医院：骨科不打烊\n夜诊2.1万人次。",
            None,
        ),
    ],
)
def test_the_institution_of_a_report(text: str, name: str | None) -> None:
    assert read_text(text).scope.organisation == name


def test_a_section_is_about_the_institution_that_heads_it() -> None:
    text = "丽水市夜诊走访\n丽水日报讯\n市中心医院：灯火通明\n夜诊9.7万人次，医生42名。\n市中医院：骨科不打烊\n夜诊2.1万人次。\n记者手记\n问卷612份。"
    subjects = {fact.quote: fact.subject.name for fact in read_text(text).facts}
    assert subjects == {
        "9.7万人次": "丽水市中心医院",
        "42名": "丽水市中心医院",
        "2.1万人次": "丽水市中医院",
        "612份": "丽水市",
    }


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("苏州工业园区前三季度卫生工作总结\n园区有医疗机构214家。", "苏州工业园区"),
        (
            "上半年社会事业运行情况\n辽东湾新区代管两镇。新区有床位226张。\n1—6月，辽东湾新区诊疗7.4万人次，新区住院1862人次。",
            "辽东湾新区",
        ),
        ("苏州市前三季度卫生工作总结\n全市有医院214家，全市护士9800名。苏州工业园区有护士900名。", None),
    ],
)
def test_the_zone_of_a_report(text: str, zone: str | None) -> None:
    reading = read_text(text)
    assert reading.scope.zone == zone
    assert (reading.facts[0].subject.name == zone) == (zone is not None)


def test_a_figure_leans_on_none_inside_a_closed_bracket() -> None:
    text = "丽水市2021年工作总结\n累计报告病例90例。其中，遂昌县40例（出院38例，转诊2例），庆元县30例（出院29例）。"
    names = {fact.quote: fact.indicator for fact in read_text(text).facts}
    assert "出院" not in names["30例"]
    assert "病例" in names["30例"]
