"""Names of organisations, and what is only a class of them."""

from __future__ import annotations

import pytest

from kg.model import Mention
from kg.tag.organisations import find_organisations
from kg.tag.places import find_places
from kg.tag.settle import settle


def names(text):
    return [m.text for m in find_organisations(text, find_places(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市第三人民医院接诊两名伤员", ["市第三人民医院"]),
        ("曲靖市卫生健康委员会主任", ["曲靖市卫生健康委员会"]),
        ("市政府和河北医科大学第三医院会谈", ["市政府", "河北医科大学第三医院"]),
        ("苏州大学附属第一医院常熟医院揭牌", ["苏州大学附属第一医院常熟医院"]),
        ("首都医科大学附属北京天坛医院专家", ["首都医科大学附属北京天坛医院"]),
        ("市一院、市中医院", ["市一院", "市中医院"]),
        ("湛江市妇幼保健院海东院区启用", ["湛江市妇幼保健院海东院区"]),
        ("县人民医院、中医院和妇幼保健院组成", ["县人民医院", "中医院", "妇幼保健院"]),
        ("西安市红会医院", ["西安市红会医院"]),
        ("市委、市政府高度重视", ["市委", "市政府"]),
        ("自治区卫生健康委下发", ["自治区卫生健康委"]),
        ("来源：宜昌发布", ["宜昌发布"]),
        ("据《三峡日报》报道", ["《三峡日报》"]),
        ("国家卫健委和世界卫生组织", ["国家卫健委", "世界卫生组织"]),
        ("平武县龙安镇卫生院", ["平武县龙安镇卫生院"]),
        ("宜昌援沪医疗队回家", ["宜昌援沪医疗队"]),
        ("团市委、市妇联、市红十字会", ["团市委", "市妇联", "市红十字会"]),
        ("抄送：市卫生健康委监督所", ["市卫生健康委监督所"]),
        ("市一医和市二医先行", ["市一医", "市二医"]),
        ("会同公安普陀分局查处", ["公安普陀分局"]),
        ("12320卫生热线受理", ["12320卫生热线"]),
        ("联勤保障部队第九〇四医院", ["联勤保障部队第九〇四医院"]),
        ("全地区两年有余。走进地区卫生局，", ["地区卫生局"]),
        ("2021年区红十字会培训", ["区红十字会"]),
        ("长沙市公办托育综合服务中心", ["长沙市公办托育综合服务中心"]),
        ("徐汇区平安街道社区卫生服务中心", ["徐汇区平安街道社区卫生服务中心"]),
        ("浙江大学医学院附属第一医院技术协作医院", ["浙江大学医学院附属第一医院"]),
        ("石门县中苗医院", ["石门县中苗医院"]),
        ("（报区医保局）", ["区医保局"]),
    ],
)
def test_finds(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各级医疗机构和乡镇卫生院",
        "取缔黑诊所12户",
        "各县（市）区疾控中心",
        "灾后重建卫生院9所",
        "驻甲、乙、丙等县医院帮带",
        "对中医院32个病种",
        "全市21个二级以上医院",
        "16支医疗队",
        "14个县级人民医院",
        "全市各医院加强管理",
        "三级公立医院绩效",
        "3家社区卫生服务中心与17家乡镇卫生院",
        "市委书记、市长到会",
        "卫生部门联合执法",
        "疾控系统和疾控机构",
        "各县（市、区）卫生健康局",
        "2023年有医院20家",
        "6月建有医院3家",
    ],
)
def test_a_class_is_no_name(text):
    assert names(text) == []


def mention(start, end, label):
    return Mention(start, end, "x" * (end - start), label, "r", 1.0)


def test_names_do_not_nest():
    place, org, programme = mention(0, 3, "PLACE"), mention(0, 8, "ORG"), mention(6, 10, "PROGRAMME")
    assert settle([place, org, programme]) == [org]
    assert settle([mention(0, 3, "PLACE"), mention(4, 8, "ORG")]) == [
        mention(0, 3, "PLACE"),
        mention(4, 8, "ORG"),
    ]


def test_of_equal_spans_the_programme_goes_first():
    assert settle([mention(0, 4, "PLACE"), mention(0, 4, "ORG"), mention(0, 4, "PROGRAMME")]) == [
        mention(0, 4, "PROGRAMME")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县合管办、区社会事业局参加检查", ["县合管办", "区社会事业局"]),
        ("中国人口福利基金会资助", ["中国人口福利基金会"]),
        ("解放军第九六〇医院、武警山东总队医院", ["解放军第九六〇医院", "武警山东总队医院"]),
        ("民盟泗洪县总支部捐款", ["民盟泗洪县总支部"]),
        ("重庆大学附属三峡医院手术", ["重庆大学附属三峡医院"]),
        ("复旦大学附属儿科医院海南医院开诊", ["复旦大学附属儿科医院海南医院"]),
        ("市急救中心下设急救站28个", ["市急救中心"]),
        ("文化路院区床位620张，南院区、两个院区", ["文化路院区"]),
        ("多家有限公司参加", []),
        ("华润三九医药股份有限公司中标", ["华润三九医药股份有限公司"]),
        ("高新区管委会、经开区社会事业局", ["高新区管委会", "经开区社会事业局"]),
        ("市老龄委、县关工委慰问老人", ["市老龄委", "县关工委"]),
        ("第26批援莫桑比克医疗队手术", ["第26批援莫桑比克医疗队"]),
        ("推进城市医院改革，组建城市医疗集团3个", []),
        ("盐城市医院开诊", ["盐城市医院"]),
        ("市里举办公益活动，全县局面好转", []),
    ],
)
def test_finds_bodies_by_general_shapes(text, expected):
    assert names(text) == expected
