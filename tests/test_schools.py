"""Short names of universities' hospitals."""

from __future__ import annotations

import pytest

from kg.extract.schools import hospital


@pytest.mark.parametrize(
    ("name", "province", "known", "expected"),
    [
        ("济医附院", "37", [], "济宁医学院附属医院"),
        ("南阳医专一附院", "41", [], "南阳医学高等专科学校第一附属医院"),
        ("安医大二附院", "34", [], "安徽医科大学第二附属医院"),
        ("大医二院", "21", ["大连医科大学附属第二医院"], "大连医科大学附属第二医院"),
        ("汕大医学院附二院", "44", [], "汕头大学医学院第二附属医院"),
        ("苏大附儿院", "32", [], "苏州大学附属儿童医院"),
        ("市一院", "32", [], None),
        ("天康医院", "32", [], None),
    ],
)
def test_spells_out(name, province, known, expected):
    assert hospital(name, province, known) == expected


def test_several_that_lie_nowhere_near_stay():
    assert hospital("广医二院", "37", []) is None
