"""Whom a figure is about: the report's own place or organisation, or one that its sentence brings up."""

from __future__ import annotations

import pytest
from reading import HEAD, figure, read_text

HOSPITAL = "丽水市中心医院2021年工作总结\n我院是一所三级甲等综合医院。\n"
COUNTY = "遂昌县卫生健康局2021年工作总结\n"


def who(body: str, number: str, head: str = HEAD) -> str:
    return figure(body, number, head).subject.name


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        # the report's own place, said or not
        ("全市有公立医院26家。", "26家", "丽水市"),
        ("我市有公立医院26家。", "26家", "丽水市"),
        ("新增床位680张。", "680张", "丽水市"),
        ("丽水市有公立医院26家。", "26家", "丽水市"),
        ("市卫生健康委组织培训310场次。", "310场次", "丽水市"),
        # above and below it
        ("我省有三级医院140家。", "140家", "浙江省"),
        pytest.param(
            "全国有三级医院3200家。",
            "3200家",
            "中国",
        ),
        ("遂昌县有村卫生室120所。", "120所", "遂昌县"),
        ("其中，遂昌县有村卫生室120所，庆元县有村卫生室98所。", "98所", "庆元县"),
        ("遂昌县11例、庆元县4例、景宁县2例。", "4例", "庆元县"),
        ("遂昌县、庆元县、云和县床位数分别为820张、640张、510张。", "640张", "庆元县"),
        ("遂昌县、庆元县、云和县床位数分别为820张、640张、510张。", "820张", "遂昌县"),
        # organisations
        ("市人民医院开放床位1200张。", "1200张", "丽水市人民医院"),
        ("丽水市第二人民医院开放床位800张。", "800张", "丽水市第二人民医院"),
        ("市人民医院开放床位1200张，年门诊量90万人次。", "90万人次", "丽水市人民医院"),
        ("市中心血站采集全血7.9吨。", "7.9吨", "丽水市中心血站"),
        ("遂昌县人民医院开放床位420张，该院有医师160名。", "160名", "遂昌县人民医院"),
        ("市人民医院、市中医医院分别开放床位1200张、760张。", "760张", "丽水市中医医院"),
        # what only takes part
        ("全市派出46名护士支援湖北。", "46名", "丽水市"),
        ("支援湖北的护士有46名。", "46名", "丽水市"),
        ("全市向武汉市捐赠口罩3.2万只。", "3.2万只", "丽水市"),
        # comparisons
        ("全市婴儿死亡率为2.31‰，低于全国平均水平5.4‰。", "2.31‰", "丽水市"),
        ("全市婴儿死亡率为2.31‰，高于全省平均水平（2.13‰）。", "2.13‰", "浙江省"),
        ("全市医改考核位列全省第3名。", "3名", "丽水市"),
        ("两率低于全省平均（2.13‰、3.42‰和4.6‰）。", "4.6‰", "浙江省"),
        ("全市无偿献血率居全国第8位。", "8位", "丽水市"),
        # a list of examples speaks for the whole
        ("市人民医院、市中医医院等7家医院派出医疗队，累计接诊1.9万人次。", "1.9万人次", "丽水市"),
        ("成员单位包括遂昌县人民医院、云和县人民医院等7家，覆盖人口52万人。", "52万人", "丽水市"),
        # how far a subject reaches
        ("遂昌县有村卫生室120所。全市有护士9800名。", "9800名", "丽水市"),
        ("市人民医院开放床位1200张。\n有护士9800名。", "9800名", "丽水市"),
    ],
)
def test_the_subject_in_a_city_s_report(body: str, number: str, subject: str) -> None:
    assert who(body, number) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("全院职工1860人。", "1860人", "丽水市中心医院"),
        ("我院开放床位1500张。", "1500张", "丽水市中心医院"),
        ("本院完成手术3.2万台次。", "3.2万台次", "丽水市中心医院"),
        ("开展新技术46项。", "46项", "丽水市中心医院"),
        pytest.param(
            "全市胸痛中心共有5家。",
            "5家",
            "丽水市",
        ),
    ],
)
def test_the_subject_in_a_hospital_s_report(body: str, number: str, subject: str) -> None:
    assert who(body, number, HOSPITAL) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("全县有村卫生室120所。", "120所", "遂昌县"),
        ("我县有村卫生室120所。", "120所", "遂昌县"),
        ("县人民医院开放床位420张。", "420张", "遂昌县人民医院"),
        ("县疾控中心检测样本5600份。", "5600份", "遂昌县疾病预防控制中心"),
        ("全市共有县级医院18家。", "18家", "丽水市"),
        ("全县建档率为91%，高出全市平均水平2个百分点。", "91%", "遂昌县"),
    ],
)
def test_the_subject_in_a_county_s_report(body: str, number: str, subject: str) -> None:
    assert who(body, number, COUNTY) == subject


@pytest.mark.parametrize(
    ("body", "number", "label", "code", "area"),
    [
        ("全市有公立医院26家。", "26家", "PLACE", "331100", "331100"),
        ("遂昌县有村卫生室120所。", "120所", "PLACE", "331123", "331123"),
        ("遂昌县人民医院开放床位420张。", "420张", "ORG", None, "331123"),
        ("市人民医院开放床位1200张。", "1200张", "ORG", None, "331100"),
        ("我省有三级医院140家。", "140家", "PLACE", "330000", "330000"),
    ],
)
def test_a_subject_has_a_label_a_code_and_an_area(
    body: str, number: str, label: str, code: str | None, area: str
) -> None:
    fact = figure(body, number)
    assert (fact.subject.label, fact.subject.code, fact.area.code if fact.area else None) == (
        label,
        code,
        area,
    )


def test_without_a_place_the_subject_is_left_open() -> None:
    (fact,) = read_text("本周动态\n接诊患者260人次。\n").facts
    assert (fact.subject.name, fact.area) == ("", None)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("我市全年献血3.1万人次。全市连续五次获评全国无偿献血先进市。", ""),
        ("全国共有医院3.6万个。我国床位总数达到910万张。", "中国"),
    ],
)
def test_only_a_report_on_the_country_speaks_of_it_where_no_place_is_named(text: str, subject: str) -> None:
    assert {f.subject.name for f in read_text(text).facts if f.unit not in ("次", "")} == {subject}


def test_the_urban_area_is_the_city_s_and_no_district() -> None:
    body = "课题组到莲都区调研。\n全市老年人口84.7万人，其中市区老年人口24.2万人。"
    assert figure(body, "24.2万人").subject.name == "丽水市"
