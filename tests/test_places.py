"""Names of divisions, regions and countries."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.tag import lexicon
from kg.tag.places import _DISTRICTS, GENERIC, find_places

HOME = "昆明市卫生健康委员会通报，昆明市辖东川区、寻甸县等。"


def names(text):
    return [m.text for m in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("奔赴河北省迁安市和邯郸市驰援", ["河北省迁安市", "邯郸市"]),
        ("赴河南、吉林、海南等地支援", ["河南", "吉林", "海南"]),
        ("东川区、寻甸县和禄劝县先行试点", ["东川区", "寻甸县", "禄劝县"]),
        ("安吉县天荒坪镇余村建了步道", ["安吉县天荒坪镇余村"]),
        ("支援湖北，赴武汉和咸宁市赤壁市", ["湖北", "武汉", "咸宁市赤壁市"]),
        ("襄樊市与荆门市", ["襄樊市", "荆门市"]),
        ("与京津两地合作", ["京", "津"]),
        ("俄罗斯方面来延边", ["俄罗斯", "延边"]),
        ("从东南亚返沪的病例", ["东南亚", "沪"]),
        ("上海市浦东新区在浦东国际机场采样", ["上海市浦东新区", "浦东国际机场"]),
        ("池州市区的居民", ["池州"]),
        ("黔东南州有关", ["黔东南州"]),
        ("今年，浙派出两批医疗队，浙藏之间远程会诊", ["浙", "浙", "藏"]),
        ("来自豫鄂交界的县市，跨鄂、豫两省", ["豫", "鄂", "鄂", "豫"]),
        ("结算费用，出川的有两千人次", ["川"]),
        ("一位来自浦东的医生", ["浦东"]),
        ("昆明年鉴（2015）卫生卷", []),
        ("内蒙古统计年鉴", []),
        ("家住石坎村、南垭村一带的孕妇", ["石坎村", "南垭村"]),
        ("行政村、自然村都通了车", []),
        ("落实京津冀协同要求", []),
        ("位于昆明市、曲靖东街一带", ["昆明市"]),
        ("到大巴山南麓和建三江", ["大巴山", "建三江"]),
    ],
)
def test_finds(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全市城乡居民的健康保障水平",
        "我省各乡镇和街道",
        "搬迁安置点的医疗资源合作",
        "全国健康县区建设",
        "市中心城区新建友好社区",
        "维护社会和平与长治久安",
        "住在南京路和北京路的居民",
        "局长李宁波主持，记者：王台州报道",
    ],
)
def test_ordinary_words_are_no_places(text):
    assert names(text) == []


def test_an_ambiguous_district_is_the_one_of_the_reports_city():
    near = find_places("兰州市卫生健康委员会2020年工作总结\n兰州市辖城关区、七里河区。")
    assert [m.codes[0] for m in near if m.text == "城关区"] == ["620102"]


def test_a_districts_short_form_needs_its_city():
    assert "顺庆" in names("南充市2020年卫生工作。全市辖顺庆、高坪、嘉陵3个区。")
    assert "顺庆" not in names("大家一起顺庆佳节")


def test_a_linking_word_and_what_it_links_are_no_county():
    assert "和县" not in names("县中医院和县妇幼保健院")
    assert names("安徽省和县人民医院")[0] == "安徽省和县"


def test_mentions_lie_in_order_and_quote_the_text():
    text = HOME + "\n昆明、曲靖、玉溪。"
    found = find_places(text)
    assert [m.text for m in found] == [text[m.start : m.end] for m in found]
    assert found == sorted(found, key=lambda m: m.start)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text(alphabet="昆明市县区和平健康保障中心医院、，。\n1", max_size=40))
def test_any_text_gives_mentions_that_quote_it(text):
    for mention in find_places(text):
        assert mention.text == text[mention.start : mention.end]
        assert mention.label == "PLACE"


def test_no_text_no_places():
    assert find_places("") == []


def test_every_county_is_found_in_a_report_of_its_city() -> None:
    """All but words for a part of any town, which only an office or a hospital makes a name."""
    units = lexicon.divisions()
    missed = set()
    for unit in units.values():
        above = units.get(unit.parent or "")
        if unit.level != "county" or above is None:
            continue
        found = find_places(
            f"{above.name}2021年卫生工作总结\n在{unit.name}，接种3万人；{unit.name}居{above.name}第2位。"
        )
        if [place.text for place in found].count(unit.name) < 2:
            missed.add(unit.name)
    assert missed <= GENERIC - _DISTRICTS


def test_a_full_name_that_is_a_word_too_stands_between_marks_and_no_shorter_one_inside_it():
    between = "昆明市人民医院开诊。\n友情链接\n昆明市\t定南县\t论坛\n"
    assert names(between) == ["昆明市", "昆明市", "定南县"]
    assert names("昆明市卫健委通报，医院定南县路口设点") == ["昆明市"]


def test_names_that_lost_their_first_character_in_a_table_are_the_cities_own():
    rows = "昆明市各县区卫生资源\n华区\t30\n渡区\t20\n明县\t5\n贡区\t7\n"
    found = {m.text: m.codes for m in find_places(rows)}
    assert found == {
        "昆明市": ("530100",),
        "华区": ("530102",),
        "渡区": ("530111",),
        "明县": ("530127",),
        "贡区": ("530114",),
    }
    assert names("昆明市各县区卫生资源\n华区\t30\n城区\t20\n") == ["昆明市"]
