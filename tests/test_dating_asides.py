"""When: times told in passing, and stretches told in words."""

from __future__ import annotations

import pytest
from reading import HEAD, figure, iso

OWN = "2021-01-01/2021-12-31"
HALF = "2021-01-01/2021-06-30"
BEFORE = "2020-01-01/2020-12-31"


def when(body: str, number: str, head: str = HEAD) -> str:
    return iso(figure(body, number, head).period)


@pytest.mark.parametrize(
    ("body", "number", "period"),
    [
        # a part of the sentence's time is over at the semicolon
        ("1至6月，全市门诊86万人次，6月单月17万人次；出院1.9万人次。", "1.9万人次", HALF),
        (
            "1至6月，全市门诊86万人次，6月单月17万人次、增长3.4%；出院1.9万人次。",
            "3.4%",
            "2021-06-01/2021-06-30",
        ),
        ("上半年，全市门诊86万人次，主要靠5月；其中急诊9万人次。", "9万人次", "2021-05-01/2021-05-31"),
        # what is singled out dates its own sentence only
        ("全市假期门诊1.1万人次。最忙的是10月4日，1687人次。抢救386人。", "386人", OWN),
        ("全市假期门诊1.1万人次。最忙的是10月4日，1687人次。抢救386人。", "1687人次", "2021-10-04"),
        ("上半年门诊118万人次。其中二季度38万人次，比一季度少。平均住院日10.2天。", "10.2天", HALF),
        # so does an event
        ("上半年门诊118万人次。检验科3月启用新楼，日检测300份。派出医护9人。", "9人", HALF),
        ("2009年发起医疗集团，现有成员67家。", "67家", OWN),
        # and a year behind which a bracket or another year stands
        ("手术1583台，是2017年（412台）的近四倍，门诊31万人次。", "31万人次", OWN),
        ("去年诊疗247万人次；今年上半年136万人次。签约61万人。", "61万人", OWN),
        ("去年诊疗247万人次，住院11万人次。签约61万人。", "61万人", BEFORE),
        ("国家自然科学基金立项4项，去年全年是1项；论文19篇。", "19篇", OWN),
        ("健康素养水平由2015年的9.8%提高到2020年的25.3%；筛查1.2万例。", "1.2万例", OWN),
        # what a change led to is not of the years it came from
        ("外转率由2018年的29.5%、2019年的24.1%降为18.3%。", "18.3%", OWN),
        ("外转率由2018年的29.5%、2019年的24.1%降为18.3%。", "24.1%", "2019-01-01/2019-12-31"),
        # 全年 belongs to 去年 before it
        ("1至6月，医疗旅游41万人次，接近去年全年的43万人次；药械患者2.1万人次。", "2.1万人次", HALF),
        ("到9月30日，全市建档1.7万份。季度内新生儿57名。", "57名", OWN),
        ("2019年试点12个街道，两年过去，网格医生有386名。", "386名", OWN),
    ],
)
def test_a_time_told_in_passing(body: str, number: str, period: str) -> None:
    assert when(body, number) == period


@pytest.mark.parametrize(
    ("body", "number", "period"),
    [
        ("互联网医院2月上线以来问诊8.4万人次。", "8.4万人次", "2021-02-01/2021-12-31"),
        ("质子治疗自6月首例收治起已完成57例。", "57例", "2021-06-01/2021-12-31"),
        ("自单独两孩政策2020年3月落地以来受理1873件。全年办证3.5万人。", "3.5万人", OWN),
        ("自10月27日首例报告至11月3日24时，全市报告212例。", "212例", "2021-10-27/2021-11-03"),
        ("自10月27日首例报告至11月3日24时，全市报告212例。重型6例。", "6例", "2021-10-27/2021-11-03"),
        ("第五轮检测13日18时开始，到14日12时结束，采样81万人。", "81万人", "2021-12-13/2021-12-14"),
        ("头六个月支出43.8万元。", "43.8万元", HALF),
        ("今年前十一个月1.21万人受益。", "1.21万人", "2021-01-01/2021-11-30"),
        ("头三季度门诊3.1万人次。", "3.1万人次", "2021-01-01/2021-09-30"),
    ],
)
def test_a_stretch_told_in_words(body: str, number: str, period: str) -> None:
    head = "丽水市2021年工作情况\n2021年12月20日\n" if "13日" in body else HEAD
    assert when(body, number, head) == period


def test_since_runs_to_the_month_of_publication() -> None:
    head = "丽水市中心医院：夜门诊这样办\n2021年11月9日\n"
    assert when("今年，夜门诊4月试行以来看了6472人次。", "6472人次", head) == "2021-04-01/2021-11-30"


@pytest.mark.parametrize(
    ("number", "period"),
    [("413万元", "2019"), ("2286万元", "2020"), ("3194万元", "2021")],
)
def test_years_in_turn(number: str, period: str) -> None:
    body = "参保人数2019年底27万人、2020年底46万人、2021年底48万人。三个年度支出依次为413万元、2286万元和3194万元。"
    assert when(body, number) == f"{period}-01-01/{period}-12-31"


@pytest.mark.parametrize(
    ("number", "period"), [("43家", BEFORE), ("21万人次", "2021-01-01/2021-05-31"), ("18台", OWN)]
)
def test_between_a_paragraph_on_last_year_and_one_on_this(number: str, period: str) -> None:
    head = "丽水表彰献血者\n2021年6月15日\n全市有采血车18台。\n"
    body = "去年全市献血5.2万人次，再创新高。\n供血方面，血站供应43家医院。\n进入今年，1—5月21万人次献血。"
    assert when(body, number, head) == period
