"""Whom a figure is about where several are named: coordinations, comparisons, those who speak, paragraphs of one."""

from __future__ import annotations

import pytest
from reading import HEAD, figure, read_text

STATION = "丽水市中心血站2021年工作总结\n2021年我站完成了采供血任务。\n"


def who(body: str, number: str, head: str = HEAD) -> str:
    return figure(body, number, head).subject.name


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        # several share out a series of figures
        ("遂昌县、庆元县3个县建成医共体，县域就诊率分别达到91%、88%。", "88%", "庆元县"),
        ("遂昌县、云和县、庆元县诊疗量居前三位，分别为81万人次、62万人次和57万人次。", "57万人次", "庆元县"),
        ("遂昌县、庆元县每千人口床位仅3.1张和2.6张。", "2.6张", "庆元县"),
        ("市人民医院、市中医医院出院4.1万人次和2.3万人次。", "2.3万人次", "丽水市中医医院"),
        (
            "市人民医院、市中医医院门诊分别为81万、46万人次，出院分别为4.1万、2.3万人次。",
            "2.3万人次",
            "丽水市中医医院",
        ),
        # without a series they speak for the whole
        ("遂昌县、庆元县组建医共体5个，覆盖人口41万。", "5个", "丽水市"),
        ("遂昌、云和、庆元列为试点县，3家县级医院门诊增长12.3%。", "12.3%", "丽水市"),
        ("市财政局、市卫生健康委安排专项资金3260万元。", "3260万元", "丽水市"),
        ("遂昌县11例、庆元县4例，其余7个县共36例。", "36例", "丽水市"),
        ("遂昌县、庆元县分别采样4.1万人次、2.6万人次，合计占全市的36.5%。", "36.5%", "丽水市"),
        ("遂昌县、庆元县是重点县。三年来，两县治疗覆盖率达到95%。", "95%", "丽水市"),
        # each the same, or the first with a partner
        ("市人民医院、市中医医院手术均超过2万台。", "2万台", "丽水市人民医院"),
        ("遂昌县人民医院与市人民医院建立协作，上转312人。", "312人", "遂昌县人民医院"),
        # of two
        ("市人民医院、市中医医院都有进步：前者手术3.1万台，后者制剂46种。", "3.1万台", "丽水市人民医院"),
        ("市人民医院、市中医医院都有进步：前者手术3.1万台，后者制剂46种。", "46种", "丽水市中医医院"),
    ],
)
def test_several_named_together(body: str, number: str, subject: str) -> None:
    assert who(body, number) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        # a level of another area
        ("全市每千人口床位6.1张，全省平均5.7张，全国平均5.2张。", "5.7张", "浙江省"),
        ("全市每千人口床位6.1张，全省平均5.7张，全国平均5.2张。", "5.2张", "中国"),
        ("每千人口床位6.1张，低于浙江省的6.6张。", "6.6张", "浙江省"),
        ("接种率98.2%，高于国家规定的95%。", "95%", "中国"),
        ("两率都低于全省的2.3‰、3.1‰。", "3.1‰", "浙江省"),
        ("遂昌县每千人口床位6.1张，是庆元县3.2张的近2倍。", "3.2张", "庆元县"),
        # a difference to it, a share of it, a rank in it stay with whom they are told of
        ("规范管理率为82.1%，高于全省平均水平3.6个百分点。", "3.6个百分点", "丽水市"),
        ("平均住院日8.6天，低于全省平均水平0.4天。", "0.4天", "丽水市"),
        ("每千人口床位4.1张，为全省平均水平的84%。", "84%", "丽水市"),
        ("三项指标分别高出全省平均水平0.61人、0.17人和0.29人。", "0.29人", "丽水市"),
        ("遂昌县建档率91%，高出全市2.3个百分点。", "2.3个百分点", "遂昌县"),
        ("明年争取进入全省前20名。", "20名", "丽水市"),
        ("市人民医院用血2.1万单位，占全市用血总量的38.2%。", "38.2%", "丽水市人民医院"),
        # what was only set beside does not govern on
        ("每千人口床位4.82张，全省是4.23张；儿科医师只有412名。", "412名", "丽水市"),
        ("市人民医院获省级立项6项、浙江省重点研发计划3项，发表论文81篇。", "81篇", "丽水市人民医院"),
    ],
)
def test_set_beside_another_area(body: str, number: str, subject: str) -> None:
    assert who(body, number) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("床位最多的是遂昌县，为1310张。", "1310张", "遂昌县"),
        ("床位最少的庆元县只有918张。", "918张", "庆元县"),
        ("按发病率则云和县最高（58.1/10万）。", "58.1/10万", "云和县"),
        ("分县看，诊疗量遂昌县118.4万人次。", "118.4万人次", "遂昌县"),
        ("工作队驻庆元县3个村，落实资金38.6万元。", "38.6万元", "丽水市"),
        ("依托市人民医院设立救治中心2个。", "2个", "丽水市"),
        ("在遂昌县，县医院牵头的医共体下派专家126人。", "126人", "遂昌县"),
    ],
)
def test_a_place_amid_a_clause(body: str, number: str, subject: str) -> None:
    assert who(body, number) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("遂昌县副县长 某某：我县设置采样点86个。", "86个", "遂昌县"),
        ("庆元县卫生健康局：我县报告病例64例，全县投入人员2100名。", "2100名", "庆元县"),
        ("市人民医院院长 某某：我院腾出负压病房36间。", "36间", "丽水市人民医院"),
        ("【市人民医院负责人】门诊开到晚上，看了6472人次。", "6472人次", "丽水市人民医院"),
        ("市卫生健康委副主任 某某：累计采样136.2万人次。", "136.2万人次", "丽水市"),
        ("问：基层有什么变化？\n遂昌县卫生健康局局长：谢谢。\n去年新建村卫生室42所。", "42所", "遂昌县"),
        (
            "问：基层有什么变化？\n遂昌县卫生健康局局长：谢谢。\n主持人：请市里回答。\n投入860万元。",
            "860万元",
            "丽水市",
        ),
    ],
)
def test_who_speaks(body: str, number: str, subject: str) -> None:
    assert who(body, number) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("市中心医院启用新院区。开放床位1200张，年门诊90万人次。", "90万人次", "丽水市中心医院"),
        ("【机构概况】市疾控中心在职86人。业务用房5680平方米。", "5680平方米", "丽水市疾病预防控制中心"),
        ("市中心医院启用新院区。全市新增床位1500张。", "1500张", "丽水市"),
        ("全市医院都在改变。市中心医院启用新院区。新增床位300张。", "300张", "丽水市"),
        ("走进遂昌县人民医院，大厅宽敞明亮。“我们院去年手术1203台。”", "1203台", "遂昌县人民医院"),
        ("遂昌县人民医院晋升三级。\n这家医院有床位420张。", "420张", "遂昌县人民医院"),
    ],
)
def test_a_paragraph_of_one(body: str, number: str, subject: str) -> None:
    assert who(body, number) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("千人口献血率为11.2‰。", "11.2‰", "丽水市"),
        ("采集全血7.9吨。", "7.9吨", "丽水市中心血站"),
        ("遂昌县人民医院在我站帮助下建成输血科，用血3120单位。", "3120单位", "遂昌县人民医院"),
    ],
)
def test_a_rate_of_the_people_is_the_area_s(body: str, number: str, subject: str) -> None:
    assert who(body, number, STATION) == subject


def test_a_team_without_a_place_is_no_subject() -> None:
    facts = read_text("浙江省援鄂医疗队凯旋\n3月20日，浙江省首批返程援鄂医疗队344名队员回到杭州。\n").facts
    assert facts[0].subject.name == "浙江省"
