"""What a report is about."""

from __future__ import annotations

from datetime import date

import pytest
from reading import read_text
from tagging import tagged

from kg.extract.scope import area, find_organisation, find_place, find_published, find_title, province
from kg.model import Scope
from kg.tag import lexicon


def scope_of(code):
    return Scope(place=lexicon.divisions()[code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "衡水市卫生健康委员会2023年工作总结\n全市有医院168个，安平县、枣强县通过验收，高于全省平均水平。",
            "131100",
        ),
        (
            "看病更方便\n我县组建医共体，县人民医院牵头。今年，平罗县接种12万剂次，全县报告病例0例。银川市支援。",
            "640221",
        ),
        (
            "长春市朝阳区卫生局2012年工作总结\n在区委、区政府领导下，全区有社区卫生服务中心11家。市卫生局指导。",
            "220104",
        ),
        (
            "2023年宁夏回族自治区卫生健康事业发展统计公报\n2023年末，全区有医疗卫生机构4000个。\n一、床位\n全区床位4万张。\n二、人员\n全区卫生人员7万人，银川市最多。",
            "640000",
        ),
    ],
)
def test_the_place_of_a_report(text, code):
    assert find_place(tagged(text)).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # what follows the title is not in it
        ("丽水市2021年工作总结\n遂昌县、庆元县组建医共体5个，遂昌县覆盖人口21万。", "331100"),
        # a province that alone stands in the title by its full name, or as the speaker of a headline
        ("浙江省援沪医疗队凯旋\n3月20日，浙江省队员回到杭州，他们接管病区7个，多来自杭州。", "330000"),
        ("浙江：今年新增普惠托位4.2万个\n记者获悉，杭州市新增托位8600个，宁波市5200个。", "330000"),
        # an ordinary word that opens a headline is the place
        ("兴化：让乡亲们在家门口看好病\n记者从市卫健委获悉，我市基层诊疗215.3万人次。", "321281"),
        # whom a report helps is not its place
        ("凯旋\n丽水市派出126名队员支援武汉市，又驰援黄冈市。全市为他们骄傲。", "331100"),
        # three counties tell the city that is not named
        ("工作总结\n全市有医院26家。遂昌县120所，庆元县98所，云和县41所，全市共860所。", "331100"),
    ],
)
def test_the_place_where_others_are_named(text, code):
    assert find_place(tagged(text)).code == code


def test_a_county_without_its_name_is_told_by_its_townships():
    text = "在全县卫生健康工作会议上的讲话\n我县在丽水各县中居前。全县有卫生院20所，新路湾镇、王村口镇门诊量下降，县财政投入860万元。"
    assert find_place(tagged(text)).code == "331123"


def test_a_place_keeps_its_name_of_the_time():
    place = find_place(
        tagged("蓟县卫生监督所2014年度工作总结\n全县纳入监管的单位3218户，蓟县共有公共场所1046户。")
    )
    assert (place.code, place.name) == ("120119", "蓟县")


def test_another_report_below_does_not_place_this_one():
    body = (
        "2019年，全区查处卫生行政处罚案件496件，罚款170万元。"
        + "各级监督机构继续加强队伍建设，提升办案能力。" * 14
    )
    assert find_place(tagged(body + "\n新华社丽水4月6日电 （记者）当地企业复工。")) is None


def test_no_name_no_place():
    assert find_place(tagged("本周门诊人次增长。")) is None


@pytest.mark.parametrize(
    "text",
    [
        "2022年5月法定传染病疫情\n全国（不含香港、澳门和台湾）共报告病例286410例，死亡1522人。",
        "我国新建区域急救站27个\n兰州9月6日电 记者了解到，各地已启用19个。",
        "流感回落\n全国报告流感65210例。丽水天气转暖，专家说全国疫情将继续下降。",
        "昨（3）日31个省（自治区、直辖市）和新疆生产建设兵团报告新增确诊病例17例。",
        "国家卫生健康委员会6月4日介绍，医疗服务体系不断完善，诊疗人次增长5.1%。"
        + "各项工作稳步推进，服务质量不断提高，患者满意度继续提升。" * 5
        + "\n相关阅读\n丽水一列车晚点",
    ],
)
def test_the_places_of_a_report_on_the_country_are_not_its_place(text):
    assert find_place(tagged(text)) is None


def test_a_report_that_names_its_place_oftener_than_the_country_is_on_the_place():
    text = "丽水新报告流感减少\n丽水市报告流感210例，低于全国平均水平。丽水市首例病例是全国首例。丽水市完成接种。"
    assert find_place(tagged(text)).name == "丽水市"


def test_a_word_about_the_country_does_not_make_a_report_national():
    text = "丽水市2022年工作总结\n全国疫情平稳，高于全国平均水平。全市报告流感210例。"
    assert find_place(tagged(text)).code == "331100"


def test_the_organisation_of_a_profile():
    text = "南充市中心血站（2010年）\n南充市中心血站成立于1995年，本站现有职工96人，本站采集全血6万单位。"
    assert find_organisation(tagged(text)) == "南充市中心血站"


def test_a_citys_report_has_no_organisation():
    assert (
        find_organisation(tagged("昆明市2020年工作总结\n昆明市第六人民医院收治52人，昆明市共有医院300家。"))
        is None
    )


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("丽水市皮肤病防治所2016年工作总结\n今年，我所接诊患者8621人次。", "丽水市皮肤病防治所"),
        ("丽水市卫生监督支队2019年报告\n支队全年办理案件862件。", "丽水市卫生监督支队"),
        # who says 我院 in the title is the one the text names most
        ("我院通过三级评审\n近日，丽水市中医医院通过评审。丽水市中医医院有床位600张。", "丽水市中医医院"),
        # one alone that tells of itself
        (
            "2020院前急救年报发布\n丽水市急救中心今天发布年报，受理呼救32.6万次。\n中心现有分站36个。",
            "丽水市急救中心",
        ),
        # told of without its name
        (
            "二十年磨一剑\n记者走进丽水市中心医院。医院引进博士86名。\n医院投入3亿元。\n医院下派专家。丽水市有人口270万。",
            "丽水市中心医院",
        ),
        # who signs
        (
            "关于2020年度工作的报告\n各位代表：2020年，门诊62万人次，出院3.1万人次。\n遂昌县人民医院\n2021年1月",
            "遂昌县人民医院",
        ),
        ("大爱无疆\n——记丽水市中心医院急诊科\n急诊科有医生26名，一年接诊12.6万人次。", "丽水市中心医院"),
        # a name that the lists do not know
        ("云雾山油田医院2020年报告\n医院开放床位1900张，职工2860人。", "云雾山油田医院"),
        # a sentence is no heading, and a class of hospitals is no name
        ("对第56号提案的答复\n我县有卫生院17所。\n遂昌县人民医院派驻专家23名。\n下一步，我县再建5家。", None),
        ("浙江省丽水市境内医院\n丽水市有医院26家，医院开放床位9100张。", None),
    ],
)
def test_the_organisation_of_a_report(text, organisation):
    assert find_organisation(tagged(text)) == organisation


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "首页\t新闻\t公告\t服务\n医改破题惠民生\n——驻马店市2009年卫生工作综述\n2009年，投入1亿元。",
            "医改破题惠民生——驻马店市2009年卫生工作综述",
        ),
        (
            "基层有了好医生\n字号：大 中 小\n基层有了好医生\n——青田县2018年卫生工作巡礼\n2018年，投入2亿元。",
            "基层有了好医生——青田县2018年卫生工作巡礼",
        ),
        ("来源：市卫生健康委 2020-01-02\n2019年工作总结\n（2020年1月10日）\n正文在这里。", "2019年工作总结"),
        ("全市有医院10家。", None),
    ],
)
def test_the_title(text, title):
    assert find_title(tagged(text)) == title


def test_the_containers_title_goes_first():
    assert find_title(tagged("别的标题\n正文。", title="工作总结")) == "工作总结"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("工作总结\n发布时间：2023-12-29 09:12 来源：日报\n正文。", date(2023, 12, 29)),
        ("工作总结\n（2009年12月8日）\n正文。", date(2009, 12, 8)),
        ("工作总结\n09.07.2020\t08:41\n正文。", date(2020, 7, 9)),
        ("工作总结\n正文在此，不短。\n二〇一三年一月八日", date(2013, 1, 8)),
        ("工作总结\n某日报\t2023年11月8日\t本报记者\n正文。", date(2023, 11, 8)),
        ("工作总结\n到2021年4月18日为止，接种疫苗60713人次。", None),
        ("工作总结\n2023年13月40日\n正文。", None),
    ],
)
def test_the_date_of_publication(text, day):
    assert find_published(tagged(text)) == day


@pytest.mark.parametrize(
    ("code", "word", "expected"),
    [
        ("530100", "全市", "530100"),
        ("530100", "我省", "530000"),
        ("530129", "全县", "530129"),
        ("530129", "全市", "530100"),
        ("220104", "全区", "220104"),
        ("640200", "全区", "640000"),
        ("640200", "自治区", "640000"),
        ("222404", "全州", "222400"),
        ("411381", "全市", "411381"),
        ("110118", "全市", "110000"),
        ("530100", "全县", None),
        ("530100", "医院", None),
    ],
)
def test_the_place_a_word_means(code, word, expected):
    found = area(word, scope_of(code))
    assert (found.code if found else None) == expected


def test_a_report_without_place_has_no_areas():
    assert area("全市", Scope()) is None


def test_province():
    assert province(lexicon.divisions()["530129"]).name == "云南省"
    assert province(None) is None


@pytest.mark.parametrize(
    ("body", "organisation"),
    [
        ("丽水市第九医院始建于1953年，是市卫生局直属的二级甲等医院，也是浙江大学的教学医院。\n医院设床位480张。", "丽水市第九医院"),
        ("丽水医学院（原丽水卫校）地处莲都区，现由浙江省人民政府主管。\n校园占地820亩。", "丽水医学院"),
        ("丽水市第九医院（丽水医学院附属第三医院），始建于1953年，是三级医院。\n医院有床位480张。", "丽水市第九医院"),
        ("莲都区妇幼保健院成立于1987年，2017年与丽水市中心医院结对。\n全年分娩1280例。", "莲都区妇幼保健院"),
    ],
)  # fmt: skip
def test_an_institution_that_a_profile_introduces_is_the_report_s_own(body: str, organisation: str) -> None:
    scope = read_text(f"首页 > 概况 > 简介\n{body}\n").scope
    assert scope.organisation is not None
    assert scope.organisation.endswith(organisation)
