"""Names as they are compared: one form for what is written in many ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link import names

KUNMING_THIRD = (("530100",), "第三人民医院")


@pytest.mark.parametrize(
    "label",
    [
        "昆明市第三人民医院",
        "昆明第三人民医院",
        "昆明三院",
        "昆明市三院",
        "雲南省昆明市第３人民醫院",
        "昆明市第三人民医院（ ）",
    ],
)
def test_a_hospital_has_one_form(label: str) -> None:
    read = names.read(label, "organisation")
    assert (read.regions, read.rest) == KUNMING_THIRD


@pytest.mark.parametrize(
    ("label", "regions", "rest"),
    [
        ("市第三人民医院", (), "第三人民医院"),
        ("寻甸县疾控中心", ("530129",), "疾病预防控制中心"),
        ("湘雅二医院", (), "中南大学湘雅第二医院"),
        ("朝阳医院", (), "朝阳医院"),
        ("中山大学附属第一医院", (), "中山大学附属第一医院"),
        ("解放军第301医院", (), "解放军第301医院"),
        ("广州市第12人民医院", ("440100",), "第十二人民医院"),
        ("鼓楼区中医院", ("320106", "320302", "350102", "410204"), "中医院"),
        ("南京市鼓楼区中医院", ("320106",), "中医院"),
    ],
)
def test_what_an_organisation_is_called(label: str, regions: tuple[str, ...], rest: str) -> None:
    read = names.read(label, "organisation")
    assert (read.regions, read.rest) == (regions, rest)


@pytest.mark.parametrize(
    "label", ["襄樊市卫生局", "襄阳市卫计委", "襄阳市卫生健康委员会", "湖北省襄樊市衛生局"]
)
def test_an_office_stays_what_it_was(label: str) -> None:
    read = names.read(label, "organisation")
    assert (read.regions, read.office) == (("420600",), "卫生健康主管部门")


@pytest.mark.parametrize(
    ("label", "codes", "former"),
    [
        ("昆明市", ("530100",), ()),
        ("雲南省昆明市", ("530100",), ()),
        ("寻甸", ("530129",), ()),
        ("襄樊市", ("420600",), ("420600",)),
        ("鼓楼区", ("320106", "320302", "350102", "410204"), ()),
        ("江苏省南京市鼓楼区", ("320106",), ()),
        ("红塔区大营街街道", ("530402007",), ()),
        ("Kunming", (), ()),
    ],
)
def test_what_a_place_can_mean(label: str, codes: tuple[str, ...], former: tuple[str, ...]) -> None:
    read = names.read(label, "place")
    assert (read.codes, read.former) == (codes, former)


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        (["江苏省", "鼓楼区"], ("320106", "320302")),
        (["昆明市", "云南省"], ("530100",)),
        (["鼓楼区", "南京市", "江苏省", "中国"], ("320106",)),
        (["530100000000"], ("530100",)),
        (["53"], ("530000",)),
        (["Yunnan"], ()),
        ([], ()),
    ],
)
def test_regions_narrow(labels: list[str], codes: tuple[str, ...]) -> None:
    assert names.regions(labels) == codes


def test_indicators_lose_what_counts_nothing() -> None:
    assert names.read("全市床位数", "indicator").rest == names.read("床位", "indicator").rest


@given(
    st.text(alphabet="昆明市县区省第三人民医院中卫生局寻甸鼓楼襄樊（）3ａ", max_size=20),
    st.sampled_from(names.KINDS),
)
def test_reading_what_is_plain_changes_nothing(label: str, kind: names.Kind) -> None:
    once = names.plain(label)
    assert names.plain(once) == once
    assert names.read(once, kind).rest == names.read(label, kind).rest
