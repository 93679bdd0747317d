"""Divisions, their forms, and the boundaries of words."""

from __future__ import annotations

import pytest

from kg.tag import lexicon
from kg.tag.boundaries import stands, words


def codes(surface):
    return [form.code for form in lexicon.forms().get(surface, ())]


@pytest.mark.parametrize(
    ("surface", "code"),
    [
        ("昆明市", "530100"),
        ("昆明", "530100"),
        ("寻甸回族彝族自治县", "530129"),
        ("寻甸县", "530129"),
        ("寻甸", "530129"),
        ("延边州", "222400"),
        ("前郭县", "220721"),
        ("内蒙古", "150000"),
        ("鄂温克旗", "150724"),
        ("仙桃市", "429004"),
        ("东莞市", "441900"),
        ("香港", "810000"),
    ],
)
def test_a_form_means_its_division(surface, code):
    assert codes(surface) == [code]


@pytest.mark.parametrize(
    ("surface", "code", "name"),
    [
        ("襄樊市", "420600", "襄樊市"),
        ("襄樊", "420600", "襄樊市"),
        ("蓟县", "120119", "蓟县"),
        ("綦江县", "500110", "綦江县"),
    ],
)
def test_an_old_name_keeps_its_own_full_name_and_has_the_code_of_today(surface, code, name):
    assert [(form.code, form.name) for form in lexicon.forms()[surface]] == [(code, name)]


def test_every_former_division_leads_to_one_of_today():
    for row in lexicon.rows("divisions_former.csv"):
        assert len(lexicon.by_name(row["now"], row["province"])) == 1, row


def test_every_listed_short_form_leads_to_one_division():
    for row in lexicon.rows("short_forms.csv"):
        assert len(lexicon.by_name(row["name"], row["province"])) == 1, row


def test_every_parent_is_a_division():
    known = lexicon.divisions()
    assert [unit for unit in known.values() if unit.parent is not None and unit.parent not in known] == []
    assert [unit for unit in lexicon.townships().values() if unit.parent not in known] == []


def test_headings_of_the_statistics_are_no_divisions():
    assert not {"市辖区", "县", "省直辖县级行政区划"} & {unit.name for unit in lexicon.divisions().values()}


def test_ancestors_run_from_the_division_up():
    assert [unit.name for unit in lexicon.ancestors("530129")] == ["寻甸回族彝族自治县", "昆明市", "云南省"]
    assert [unit.name for unit in lexicon.ancestors("110101")] == ["东城区", "北京市"]
    assert lexicon.ancestors("999999") == ()


def test_by_name_narrows_by_area():
    assert len(lexicon.by_name("鼓楼区")) == 4
    assert [unit.code for unit in lexicon.by_name("鼓楼区", "江苏省")] == ["320106", "320302"]
    assert [unit.code for unit in lexicon.by_name("鼓楼区", "320100")] == ["320106"]


def test_a_name_that_cities_share_has_the_city_in_front():
    assert lexicon.full_name(lexicon.divisions()["620102"]) == "兰州市城关区"
    assert lexicon.full_name(lexicon.divisions()["530129"]) == "寻甸回族彝族自治县"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("昆明市", ("昆明",)),
        ("延边朝鲜族自治州", ("延边州", "延边")),
        ("双江拉祜族佤族布朗族傣族自治县", ("双江县", "双江")),
        ("巴彦塔拉达斡尔民族乡", ("巴彦塔拉",)),
        ("开县", ()),
    ],
)
def test_short_names_by_rule(name, short):
    assert lexicon.short_names(name) == short


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("建设市中心医院门诊楼", "市中", False),
        ("落实健康保障政策", "康保", False),
        ("易地搬迁安置点", "迁安", False),
        ("全国健康县区项目", "康县", False),
        ("确保长治久安", "长治", False),
        ("在昆明召开会议", "昆明", True),
        ("服务咸宁人民群众", "咸宁", True),
        ("昆明显著提升", "昆明", True),
    ],
)
def test_a_name_does_not_cut_through_words(text, name, expected):
    start = text.index(name)
    assert stands(text, start, start + len(name), 300) is expected


def test_words_cut_a_stretch_without_loss():
    text = "全面推进四川省紧密型县域医共体试点"
    assert "".join(words(text)) == text
    assert "四川省" in words(text)
