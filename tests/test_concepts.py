"""Matching names of indicators to the scheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.concepts import forms, match, scheme

INDICATORS = [concept for concept in scheme().values() if concept.kinds]
NAMED = [(concept, name) for concept in INDICATORS for name in concept.names]


def figures(concept):
    """Every unit and kind that figures of the indicator may have."""
    return [(unit, kind) for unit in sorted(concept.units) for kind in sorted(concept.kinds)]


def test_its_own_names_match_an_indicator():
    wrong = [
        (name, unit, kind, match(name, unit, kind))
        for concept, name in NAMED
        for unit, kind in figures(concept)
        if match(name, unit, kind) != concept.key
    ]
    assert wrong == []


def test_open_names_match_with_any_words_in_front():
    opened = [(concept, name) for concept in INDICATORS for name in concept.endings]
    assert opened != []
    for concept, name in opened:
        unit, kind = figures(concept)[0]
        assert match(f"某县人民医院外科大楼{name}", unit, kind) == concept.key, name


def test_names_open_behind_match_with_any_words_after():
    opened = [(concept, name) for concept in INDICATORS for name in concept.openings]
    assert opened != []
    for concept, name in opened:
        unit, kind = figures(concept)[0]
        assert match(f"{name}某某某某", unit, kind) == concept.key, name


def test_a_wrong_unit_or_kind_does_not_match():
    for concept, name in NAMED:
        unit, kind = figures(concept)[0]
        assert match(name, "光年", kind) is None
        assert match(name, unit, "no-such-kind") is None


def test_a_group_is_never_matched():
    groups = {concept.key for concept in scheme().values() if not concept.kinds}
    assert groups != set()
    assert {
        match(concept.names[0], "个", "count") for concept in scheme().values() if not concept.kinds
    } & groups == set()


@pytest.mark.parametrize(
    ("indicator", "unit", "kind", "key"),
    [
        ("床位", "张", "count", "beds"),
        ("全市医疗卫生机构床位总数", "张", "count", "beds"),
        ("实有床位数", "张", "count", "beds"),
        ("编制床位", "张", "count", "approved-beds"),
        ("镇卫生院床位", "张", "count", "township-beds"),
        ("每千常住人口医疗卫生机构床位数", "张", "rate", "beds-per-1000"),
        ("每千名常住人口拥有床位", "张", "rate", "beds-per-1000"),
        ("各类卫技人员", "名", "count", "health-technical-staff"),
        ("总诊疗人次", "人次", "count", "visits"),
        ("完成诊疗", "人次", "count", "visits"),
        ("医院诊疗人次数", "人次", "count", "hospital-visits"),
        ("开设发热门诊", "家", "count", "fever-clinics"),
        ("孕产妇死亡率", "/10万", "rate", "maternal-mortality-ratio"),
        ("甲乙类传染病报告发病率", "/10万", "rate", "class-ab-incidence"),
        ("65岁及以上老年人健康管理率", "%", "rate", "elderly-management-rate"),
        ("新型农村合作医疗参合率", "%", "rate", "nrcms-rate"),
        ("次均门诊费用", "元", "money", "outpatient-cost"),
        ("执业（助理）医师", "人", "count", "physicians"),
        ("县域内就诊率目标", "%", "rate", "county-visit-rate"),
        ("累计接种新冠疫苗", "剂次", "count", "covid-doses"),
        ("３至１１岁人群新冠病毒疫苗全程接种率", "%", "rate", "covid-full-coverage-3-11"),
        ("献血量", "吨", "level", "blood-collected"),
        ("献血", "人次", "count", "blood-donations"),
    ],
)
def test_names_as_reports_print_them(indicator, unit, kind, key):
    assert match(indicator, unit, kind) == key


@pytest.mark.parametrize(
    ("indicator", "unit", "key"),
    [
        ("床位增加", "张", "beds"),
        ("总诊疗人次同比增长", "%", "visits"),
        ("病床使用率回落", "个百分点", "bed-occupancy"),
        ("婴儿死亡率下降", "个千分点", "infant-mortality-rate"),
        ("每千人口床位低于全省平均", "张", "beds-per-1000"),
        ("居民健康素养水平比全省平均高", "个百分点", "health-literacy"),
        ("平均住院日缩短", "天", "average-stay"),
        ("床位", "%", "beds"),
    ],
)
def test_a_change_is_of_the_indicator_that_changed(indicator, unit, key):
    assert match(indicator, unit, "change") == key


@pytest.mark.parametrize(
    ("indicator", "unit", "kind"),
    [
        ("中心城区床位", "张", "count"),  # another population
        ("高压氧舱床位", "张", "count"),
        ("床位", "%", "rate"),
        ("床位", "元", "count"),
        ("床位增加", "个百分点", "change"),  # beds are no percentage
        ("总诊疗人次增幅高于全省", "个百分点", "change"),  # a difference of growth, not of visits
        ("传染病医院孕产妇死亡率", "/10万", "rate"),
        ("", "张", "count"),
        ("增长", "%", "change"),
        ("数", "个", "count"),
    ],
)
def test_what_the_scheme_lacks_is_not_forced_into_it(indicator, unit, kind):
    assert match(indicator, unit, kind) is None


def test_a_modifier_that_changes_the_population_is_kept():
    plain = match("床位", "张", "count")
    for modifier in ("基层医疗卫生机构", "民营医院", "养老机构", "编制", "新增", "重症"):
        assert match(f"{modifier}床位", "张", "count") not in (plain, None), modifier


@given(st.sampled_from(NAMED), st.sampled_from(["全市", "各类", "累计", "我县", "目前"]))
def test_words_of_scope_do_not_change_a_match(named, scope):
    concept, name = named
    unit, kind = figures(concept)[0]
    assert match(scope + name, unit, kind) in (concept.key, None)


@given(
    st.text(max_size=20), st.sampled_from(["张", "%", "人", ""]), st.sampled_from(["count", "rate", "change"])
)
def test_a_match_admits_the_unit_and_kind(indicator, unit, kind):
    key = match(indicator, unit, kind)
    assert key is None or scheme()[key].admits(unit, kind)


@given(st.text(max_size=20))
def test_forms_only_get_shorter(name):
    strict, trimmed, loose = forms(name)
    assert len(strict) >= len(trimmed) >= len(loose)
