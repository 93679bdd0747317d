"""Whom a figure is about where the report's own place or institution is told in an unusual way, and authorities of themselves."""

from __future__ import annotations

import pytest
from reading import HEAD, figure, read_text

HOSPITAL = "丽水市中心医院2021年工作总结\n2021年我院完成了目标。\n"
BUREAU = "丽水市医疗保障局2021年履职情况\n丽水市医疗保障局\n2022年1月18日\n"


def who(body: str, number: str, head: str = HEAD) -> str:
    return figure(body, number, head).subject.name


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        (
            "表彰大会\n我院召开大会。瓯江医学院附二院（以下称附二院）门诊90万人次，我院手术3万台。\n",
            "瓯江医学院附二院",
        ),
        (
            "院史馆讲解词\n1958年有了一间联合诊所，后升格为丽水市中心医院。我院下派医生173人次，请看墙上的这组数字，一年门诊27万人次，手术9460台。\n",
            "丽水市中心医院",
        ),
        ("新院区三周年\n丽水市中心医院2018年9月开诊，床位320张。\n", "丽水市中心医院"),
        (
            "走近我们\n丽水市中心医院是市卫健委下属的三级医院。医院有本部和南明院区两处，南明院区床位146张。\n",
            "丽水市中心医院",
        ),
        (
            "照护保险一份账\n丽水市照护保险服务中心\n本中心向参保人报告：全市参保726万人，在享2.6万人。\n",
            None,
        ),
        ("2021年度部门决算说明\n丽水市卫生健康委员会\n收入2.86亿元。\n", "丽水市卫生健康委员会"),
    ],
)
def test_the_institution_of_a_report(text: str, organisation: str | None) -> None:
    assert read_text(text).scope.organisation == organisation


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("丽水市健康扶贫系列发布会（遂昌县专场）实录\n主持人：请介绍情况。\n全县签约1.1万人。\n", "遂昌县"),
        ("区卫健委工作总结\n我委推动莲都卫生事业迈上新台阶。全区医院12家，区政府投入1.2亿元。\n", "莲都区"),
        ("丽水市健康扶贫系列发布会（第三场）实录\n全市签约1.1万人。遂昌县签约300人。\n", "丽水市"),
    ],
)
def test_the_place_of_a_report(text: str, place: str) -> None:
    found = read_text(text).scope.place
    assert found is not None
    assert found.name == place


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        (
            "园区社会事业局工作总结\n园区医院12家。园区床位4026张，管委会投入8000万元。\n苏州工业园区社会事业局\n",
            "苏州工业园区",
        ),
        (
            "发布会问答\n乐城先行区建设专场\n园区医院12家，先行区医师648人，管委会投入8000万元。\n",
            "博鳌乐城国际医疗旅游先行区",
        ),
        ("丽水市工作总结\n全市医院12家，丽水经济开发区3家。\n", None),
    ],
)
def test_the_zone_of_a_report(text: str, zone: str | None) -> None:
    assert read_text(text).scope.zone == zone


def test_a_zone_s_whole_district_is_the_zone() -> None:
    head = "丽水经济开发区卫生健康工作情况\n丽水经济开发区社会发展局\n"
    assert who("全区医疗机构146家，开发区投入300万元，新区建成2年。", "146家", head) == "丽水经济开发区"


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("我局机关行政编制26名。全市参保398万人。", "26名", "丽水市医疗保障局"),
        ("我局机关行政编制26名。全市参保398万人。", "398万人", "丽水市"),
        ("全年局党组召开会议21次，办理建议9件。", "9件", "丽水市医疗保障局"),
        ("会前我局走访失能家庭46户。", "46户", "丽水市医疗保障局"),
        ("下一步，我局将推动参保率达到97%以上。", "97%", "丽水市"),  # of its area
        ("市民政局、市财政局会办。我局派出4个组。", "4个", "丽水市医疗保障局"),
    ],
)
def test_an_authority_of_itself(body: str, number: str, subject: str) -> None:
    assert who(body, number, BUREAU) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        # 全国 in the name of an award, 全省 as what the place is one of
        ("全国无偿献血奉献奖获得者327名受到表彰。", "327名", "丽水市"),
        ("全国健康县建设样板评选中，我市得分88.6分。", "88.6分", "丽水市"),
        ("丽水是全省山区的“大户”，村卫生室1494个。", "1494个", "丽水市"),
        ("全省村卫生室1494个。", "1494个", "浙江省"),
        # a hospital's clauses go on, another house's do not
        ("市中心医院门诊81万人次，增长3.1%；出院4.1万人次，药占比26%。", "4.1万人次", "丽水市中心医院"),
        ("市中心医院门诊81万人次；去年全年手术2480台。", "2480台", "丽水市中心医院"),
        ("市中心医院门诊81万人次；全市建成医共体5个。", "5个", "丽水市"),
        # where something happens, and how often
        ("布病在遂昌县、庆元县多发，分别为62例、48例。", "48例", "庆元县"),
        ("奔赴一线，在武汉雷神山医院接管病区2个，收治217名。", "217名", "丽水市"),
        ("次均费用9814元，低于全省同级6.3%。", "6.3%", "丽水市"),
        ("药占比26.1%，低于全省同级30.3%。", "30.3%", "浙江省"),
        # a paragraph with a label or a dash
        ("一家医院：遂昌县人民医院床位260张。去年压疮发生率0.21%。", "0.21%", "遂昌县人民医院"),
        ("遂昌县人民医院——最忙。八天接诊4750人次。", "4750人次", "遂昌县人民医院"),
    ],
)
def test_whom_the_words_around_bring_up(body: str, number: str, subject: str) -> None:
    assert who(body, number) == subject


@pytest.mark.parametrize(
    ("body", "number", "subject"),
    [
        ("遂昌县人民医院由我院全面托管，该院门诊33万人次。", "33万人次", "遂昌县人民医院"),
        ("我院门诊81万人次，该院药占比26%。", "26%", "丽水市中心医院"),
        ("遂昌县人民医院——托管两年。出院4750人次。", "4750人次", "遂昌县人民医院"),
        ("遂昌县人民医院来院进修。出院4750人次。", "4750人次", "丽水市中心医院"),
    ],
)
def test_another_house_in_a_hospital_s_report(body: str, number: str, subject: str) -> None:
    assert who(body, number, HOSPITAL) == subject


def test_the_township_of_a_health_centre_s_report() -> None:
    head = "新路湾镇卫生院三季度工作小结\n我院完成了目标。\n"
    assert who("全镇建档17820份。", "17820份", head) == "遂昌县新路湾镇"
