"""Canonical names."""

from __future__ import annotations

import pytest
from tagging import tagged

from kg.extract.names import resolve
from kg.model import Scope
from kg.tag import lexicon


def named(text, code):
    found = resolve(tagged(text), Scope(place=lexicon.divisions()[code]))
    return {m.text: m.entity.name for m in found}


LINFEN, KUNMING, LANZHOU, CHAOYANG, JINGNING = "141000", "530100", "620100", "220104", "331127"


@pytest.mark.parametrize(
    ("text", "code", "mention", "name"),
    [
        ("市中心医院荣获奖项", LINFEN, "市中心医院", "临汾市中心医院"),
        ("省疫情防控指挥部表扬", LINFEN, "省疫情防控指挥部", "山西省疫情防控指挥部"),
        ("在市委的领导下", LINFEN, "市委", "中共临汾市委员会"),
        ("市政府印发", LINFEN, "市政府", "临汾市人民政府"),
        ("县一院在列", "411522", "县一院", "光山县第一人民医院"),
        ("市六医院接诊", "420100", "市六医院", "武汉市第六人民医院"),
        ("市一院东院区启用", LINFEN, "市一院东院区", "临汾市第一人民医院东院区"),
        ("会同公安奉贤分局", "310120", "公安奉贤分局", "上海市公安局奉贤分局"),
        ("铜仁地区2009年总结。铜仁有10县", "520600", "铜仁", "铜仁地区"),
        ("光山县白雀园镇卫生工作。镇党委、镇政府：", "411522", "镇党委", "中共光山县白雀园镇委员会"),
        ("市卫健委部署", "440800", "市卫健委", "湛江市卫生健康委员会"),
        ("区疾控中心处置", CHAOYANG, "区疾控中心", "长春市朝阳区疾病预防控制中心"),
        ("昆明门诊量", KUNMING, "昆明", "昆明市"),
        ("禄劝县通过复审", KUNMING, "禄劝县", "禄劝彝族苗族自治县"),
        ("支援湖南的护士", KUNMING, "湖南", "湖南省"),
        ("与西藏日喀则结对", KUNMING, "西藏日喀则", "西藏自治区日喀则市"),
        ("城关区、西固区", LANZHOU, "城关区", "兰州市城关区"),
        ("东坑镇和英川镇卫生院", JINGNING, "英川镇卫生院", "景宁畲族自治县英川镇卫生院"),
        ("苏州大学附属第一医院", KUNMING, "苏州大学附属第一医院", "苏州大学附属第一医院"),
        ("湛江中心人民医院", "440800", "湛江中心人民医院", "湛江中心人民医院"),
        ("高新区管委会投入", LINFEN, "高新区管委会", "临汾市高新区管委会"),
        ("县关工委慰问", "411522", "县关工委", "光山县关心下一代工作委员会"),
        ("转到县医院", "411522", "县医院", "光山县人民医院"),
        ("光山县医院揭牌，县医院", "411522", "县医院", "光山县医院"),
        ("其中柳树沟镇中心卫生院住院", "411522", "柳树沟镇中心卫生院", "光山县柳树沟镇中心卫生院"),
        ("光山县白雀园镇卫生工作。镇中心卫生院设床", "411522", "镇中心卫生院", "光山县白雀园镇中心卫生院"),
        ("光山县白雀园镇：石坎村、南垭村通路", "411522", "南垭村", "光山县白雀园镇南垭村"),
        ("银川市兴庆区一览。请区卫生健康局答", "640000", "区卫生健康局", "银川市兴庆区卫生健康局"),
        ("获省科技进步三等奖", LINFEN, "省科技进步三等奖", "山西省科技进步三等奖"),
        ("中日友好派来两人", KUNMING, "中日友好", "中日友好医院"),
        ("举办“百名药师下乡村”活动，", KUNMING, "“百名药师下乡村”活动", "百名药师下乡村活动"),
        ("修订《昆明市急救条例》后", KUNMING, "《昆明市急救条例》", "昆明市急救条例"),
        (
            "市第四人民医院整体迁建项目开工",
            LINFEN,
            "市第四人民医院整体迁建项目",
            "临汾市第四人民医院整体迁建项目",
        ),
    ],
)
def test_the_canonical_name(text, code, mention, name):
    assert named(text, code)[mention] == name


def test_a_division_has_its_code():
    found = resolve(tagged("在鼓楼区试点"), Scope(place=lexicon.divisions()["350100"]))
    assert [(m.entity.name, m.entity.code) for m in found] == [("福州市鼓楼区", "350102")]


def test_a_short_name_takes_the_long_one_of_the_document():
    text = "复旦大学附属中山医院厦门医院开诊。，马銮湾医院启用。"
    assert named(text, "350200")["马銮湾医院"] == "马銮湾医院"  # a brand has no place in front


def test_a_short_name_that_the_text_gives_itself():
    text = "上海市宝山区精神卫生中心（以下简称“区精卫中心”）公布数据，区精卫中心有床位480张。"
    assert named(text, "310113")["区精卫中心"] == "上海市宝山区精神卫生中心"


def test_coordinated_hospitals_share_their_area():
    assert named("县人民医院、中医院开诊", "530129")["中医院"] == "寻甸回族彝族自治县中医院"


def test_every_mention_has_an_entity():
    text = "昆明市卫生健康委员会在寻甸县开展“健康昆明”行动，市政府支持。"
    assert all(m.entity is not None for m in resolve(tagged(text), Scope()))


def test_a_campus_takes_the_hospital_it_was_named_with():
    found = named("市第二医院文化路院区投用。文化路院区床位620张，高坪院区在建。", LINFEN)
    assert found["文化路院区"] == "临汾市第二医院文化路院区"
    assert found["高坪院区"] == "高坪院区"


def test_a_campus_is_named_by_the_institution():
    scope = Scope(place=lexicon.divisions()[KUNMING], organisation="昆明市第三人民医院")
    found = resolve(tagged("其中长坡院区310张，长坡院区去年开诊"), scope)
    assert {m.entity.name for m in found} == {"昆明市第三人民医院长坡院区"}


def test_a_word_for_an_area_is_what_most_places_lie_in():
    found = resolve(tagged("市教委指导。北京市大兴区、北京市通州区和顺义区参加"), Scope())
    assert next(m.entity.name for m in found) == "北京市教育委员会"
