"""Figures that say only a part of what they count: names borrowed from other figures, from headings and from lists."""

from __future__ import annotations

from decimal import Decimal

import pytest
from reading import HEAD, figure, read_text, tag_text

from kg.extract import extract
from kg.extract.ellipsis import blanked, is_wordless, unranked
from kg.extract.leaning import is_among, with_dimension
from kg.extract.listed import with_listed


def named(body: str) -> dict[str, tuple[str, str]]:
    """The name of each figure of a report's body by its quote, and the shape it was found by, without the trained choice."""
    facts = extract(tag_text(HEAD + body), lambda at: at.said).facts
    return {f.quote: (f.indicator, f.rule.partition("/")[0]) for f in facts}


# --- no words at all -------------------------------------------------------------------------------------------------


def test_a_place_takes_the_name_of_the_amount_that_it_is_a_part_of() -> None:
    found = named("全市新增水痘病例96例，其中莲都区41例、庆元县12例。")
    assert [found[q][0] for q in ("41例", "12例")] == ["新增水痘病例", "新增水痘病例"]


def test_a_part_is_not_larger_than_its_whole() -> None:
    found = named("全市报告水痘病例96例，重症3例。其中莲都区41例。")
    assert found["41例"] == ("报告水痘病例", "same")


def test_what_was_told_of_before_takes_the_name_of_what_is_told_now() -> None:
    found = named("全市产前筛查率为93.1%，去年同期为91.6%。")
    assert found["91.6%"] == ("产前筛查率", "same")


@pytest.mark.parametrize(("number", "name"), [("151元", "次均门诊费用"), ("6120元", "次均住院费用")])
def test_a_series_without_words_follows_the_order_of_the_series_before(number: str, name: str) -> None:
    found = named("全市次均门诊费用158元、次均住院费用5987元，去年同期为151元、6120元。")
    assert found[number] == (name, "aligned")


@pytest.mark.parametrize(
    ("number", "name"), [("4.1%", "总诊疗"), ("2.6%", "出院"), ("3.3%", "总诊疗"), ("5.2%", "出院")]
)
def test_a_second_series_of_changes_is_of_the_amounts_too(number: str, name: str) -> None:
    found = named("全市总诊疗88.4万人次、出院3.2万人次，同比增长4.1%、2.6%，环比下降3.3%、5.2%。")
    assert found[number][0] == name


def test_percentage_points_are_of_rates_and_not_of_amounts() -> None:
    found = named("全市签约居民7.1万人，签约率61%，重点人群签约率83%，比上年分别提高4.2和6.1个百分点。")
    assert [found[q][0] for q in ("4.2", "6.1个百分点")] == ["签约率", "重点人群签约率"]


def test_a_name_behind_a_verb_of_being_is_where_and_the_words_before_it_are_what() -> None:
    found = named("报告发病率最高的为庆元县（38.2/10万），最低的莲都区只有17.5/10万。")
    assert found["38.2/10万"] == ("报告发病率", "headed")
    assert found["17.5/10万"] == ("报告发病率", "same")


def test_places_with_brackets_of_their_own_are_one_list() -> None:
    found = named("总诊疗前三是莲都区（62.3万人次）、青田县（41.1万人次）和缙云县（33.8万人次）。")
    assert {name for name, _ in found.values()} == {"总诊疗"}


def test_a_label_of_its_own_comes_before_what_was_told() -> None:
    found = named("全市总诊疗88.4万人次。县级医院门诊量前两名：青田县人民医院6.9万人次。")
    assert found["6.9万人次"][0] != "总诊疗"


@pytest.mark.parametrize(
    ("segment", "wordless"),
    [
        ("其中\x02\x02\x02", True),
        ("，比\x00\x00同期的", True),
        ("去年同期为", True),
        ("前四轮累计", True),
        ("其中门诊", False),
        ("、", False),  # neither place nor time nor comparison
        ("", False),
    ],
)
def test_is_wordless(segment: str, wordless: bool) -> None:
    assert is_wordless(segment) is wordless


def test_blanking_keeps_offsets() -> None:
    assert blanked("\x00\x00甲市9例", [(2, 4)]) == "\x00\x00\x02\x029例"


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("发病率最高的", "发病率"),
        ("总诊疗前三", "总诊疗"),
        ("接种量居前五位的县", "接种量"),
        ("床位", "床位"),
    ],
)
def test_unranked(words: str, rest: str) -> None:
    assert unranked(words) == rest


# --- half a name -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "number", "name", "rule"),
    [
        ("全市发放问卷860份，回收842份。", "842份", "回收问卷", "objectless"),
        ("全市群众健康知识知晓率84.2%，学生91.7%。", "91.7%", "学生群众健康知识知晓率", "measureless"),
        ("全市有卫生技术人员2136人，每千人口5.04人。", "5.04人", "每千人口卫生技术人员", "per"),
        (
            "全市婴儿死亡率3.1‰，高于全省平均水平0.4个千分点。",
            "0.4个千分点",
            "婴儿死亡率高于全省平均水平",
            "against",
        ),
        ("全市药占比31.2%，低于国家规定的33.5%。", "33.5%", "药占比", "against"),
        ("医院中，公立22家、民营30家。", "30家", "民营医院", "part"),
        ("全市医院按等级分：三级4家，二级19家。", "19家", "二级医院", "part"),
        ("全市每千人口床位5.21张，居全省第4位。", "4位", "每千人口床位排名", "ranked"),
    ],
)
def test_half_names_are_completed(body: str, number: str, name: str, rule: str) -> None:
    assert named(body)[number] == (name, rule)


@pytest.mark.parametrize(
    ("name", "unit", "clause", "whole"),
    [
        ("在院老人", "岁", "在院老人平均", "在院老人平均年龄"),
        ("平均年龄", "岁", "平均年龄", "平均年龄"),
        ("年度考核", "分", "年度考核得", "年度考核得分"),
        ("满意度", "分", "满意度为", "满意度"),
        ("急诊候诊", "分钟", "急诊候诊平均", "急诊候诊平均时间"),
        ("床位", "张", "床位", "床位"),
    ],
)
def test_a_unit_tells_the_dimension(name: str, unit: str, clause: str, whole: str) -> None:
    assert with_dimension(name, unit, clause) == whole


@pytest.mark.parametrize(
    ("before", "among"),
    [
        ("在全市36家医院中排第", True),
        ("居\x02\x02各县市区第", True),
        ("五个地级市里列第", True),
        ("激活率居全省第", False),
        ("绩效考核位列全国第", False),
    ],
)
def test_is_among(before: str, among: bool) -> None:
    assert is_among(before) is among


# --- brackets and comparisons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "number", "name"),
    [
        ("医疗服务收入（不含药品、耗材、检查）占比29.4%。", "29.4%", "医疗服务收入占比"),
        ("全市参保由起步时的81.2万人（市区）扩到316万人。", "316万人", "参保"),
        ("药占比由改革前的46.1%降到37.9%。", "46.1%", "药占比"),
        ("日检测能力从首例报告时的0.8万管提升到5.1万管。", "0.8万管", "日检测能力"),
        ("全院有120张床位。", "120张", "床位"),
        ("全院正高64人、副高131人。", "131人", "副高"),
    ],
)
def test_what_stands_between_a_name_and_its_number_is_passed(body: str, number: str, name: str) -> None:
    found = named(body)
    assert next(said for quote, (said, _) in found.items() if quote.startswith(number)) == name


# --- headings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "number", "name"),
    [
        ("三、病床使用率\n医院91.2%，二级93.5%。", "91.2%", "医院病床使用率"),
        ("三、病床使用率\n医院91.2%，二级93.5%。", "93.5%", "二级病床使用率"),
        ("三、次均费用\n门诊176元，住院6508元。", "6508元", "住院次均费用"),
        ("指标2：孕产妇系统管理率。目标值≥90%，实际95.1%。", "90%", "孕产妇系统管理率"),
    ],
)
def test_a_heading_names_what_figures_measure(body: str, number: str, name: str) -> None:
    assert named(body)[number] == (name, "headed")


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("二、机构\n医院46家，门诊部120家。", "46家"),  # the class itself is counted
        ("二、医疗服务\n医院门诊88万人次。", "88万人次"),  # a heading of another kind
        ("二、床位与费用\n医院46.1元。", "46.1元"),  # a heading of two
    ],
)
def test_a_heading_is_left_alone_where_it_measures_nothing(body: str, number: str) -> None:
    assert named(body)[number][1] != "headed"


# --- units printed once ----------------------------------------------------------------------------------------------


def listed(body: str) -> list[tuple[str, Decimal, str]]:
    tagged = with_listed(tag_text(HEAD + body))
    text = tagged.clean.text
    return [(text[q.start : q.end], q.value, q.unit) for q in tagged.quantities]


def test_a_list_prints_its_unit_at_the_end() -> None:
    assert listed("其中正高64、副高131，博士27、硕士189人。") == [
        ("64", 64, "人"),
        ("131", 131, "人"),
        ("27", 27, "人"),
        ("189人", 189, "人"),
    ]


def test_parts_in_a_bracket_have_the_unit_and_the_multiplier_of_their_whole() -> None:
    assert listed("医院诊疗39.5万人次（公立27.8、民营11.7）。")[1:] == [
        ("27.8", 278000, "人次"),
        ("11.7", 117000, "人次"),
    ]


def test_whole_numbers_do_not_take_a_multiplier() -> None:
    assert listed("基层机构1.2万个（乡镇卫生院597，村卫生室9310）。")[1:] == [
        ("597", 597, "个"),
        ("9310", 9310, "个"),
    ]


def test_parts_larger_than_their_whole_are_no_parts() -> None:
    assert listed("死亡7人（报告病例114、重症12）。") == [("7人", 7, "人")]


def test_a_change_prints_its_unit_once() -> None:
    assert listed("业务用房由3.2万扩到7.5万平方米。")[0] == ("3.2万", 32000, "平方米")


@pytest.mark.parametrize(
    "body",
    [
        "附件1、附件2、材料3份。",
        "全县管理2型糖尿病患者4531人。",  # a number inside a name, and no list
        "第4、全市护士9800人。",
    ],
)
def test_numbers_of_other_kinds_are_no_list(body: str) -> None:
    assert len(listed(body)) == 1


def test_the_parts_of_a_list_become_facts_and_are_not_refused() -> None:
    reading = read_text(HEAD + "全市死亡7人（肺结核4、艾滋病2）。")
    assert [f.quote for f in reading.facts] == ["7人", "4", "2"]
    assert reading.refused == tuple(r for r in reading.refused if r.text not in ("4", "2"))


def test_the_trained_choice_is_not_asked_for_names_that_order_and_unit_tell() -> None:
    asked = []

    def choose(at):
        asked.append(at.text[at.figure.quantity.start : at.figure.quantity.end])
        return at.said

    extract(tag_text(HEAD + "全市总诊疗88.4万人次，其中莲都区41.2万人次。"), choose)
    assert asked == ["88.4万人次"]


def test_beds_without_a_unit_are_counted_in_beds() -> None:
    assert figure("三、床位\n医院2.87万，占67.8%。", "2.87万").unit == "张"


def test_what_a_bracket_compares_with_and_how_far_it_moved_are_of_the_count_before_it() -> None:
    body = "报告传染病发病418例，较上月（502例）下降16.7%；死亡9例，较上月（8例）上升12.5%，较去年同期（6例）上升50.0%。"
    found = named(body)
    deaths = {found[q][0] for q in ("9例", "8例", "12.5%", "6例", "50.0%")}
    assert len(deaths) == 1
    assert deaths != {found["502例"][0]}
    assert deaths.pop().endswith("死亡")


def test_a_bracket_after_deaths_tells_what_one_died_of() -> None:
    found = named("报告死亡9例（艾滋病5例、肺结核3例、狂犬病1例），较上月（8例）上升12.5%。")
    assert [found[q][0] for q in ("5例", "3例", "1例")] == ["艾滋病死亡", "肺结核死亡", "狂犬病死亡"]
    assert found["8例"][0] == found["9例"][0]
