"""Tables in plain text, tabbed and one cell a line. All figures here are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read_text

from kg.clean import clean
from kg.extract.period import Anchor
from kg.extract.tables import Cell, find_grids, read_tables
from kg.extract.tables.headings import read_heading
from kg.extract.tables.units import Measure, parse, split
from kg.extract.tables.wording import crossed, narrowed
from kg.model import Document, Entity, Mention, Period, Scope, Tagged
from kg.tag.lexicon import by_name

YEAR = Period.year(2021)
BEFORE = Period.year(2020)
OWN = Scope(place=by_name("绵阳市")[0], published=date(2022, 3, 1), period=YEAR)


def tagged(text: str, *organisations: str) -> Tagged:
    """A text cleaned, with the named organisations as its mentions."""
    cleaned = clean(
        Document(
            "made.txt",
            f"绵阳市医疗卫生情况如下。\n{text.strip()}\n以上数据均为快报数。\n",
            "",
            "utf-8",
            "made.txt",
        )
    )
    found = [(cleaned.text.index(name), name) for name in organisations]
    mentions = tuple(
        Mention(at, at + len(name), name, "ORG", "made", 1.0, entity=Entity("绵阳市" + name, "ORG"))
        for at, name in found
    )
    return Tagged(cleaned, mentions, (), ())


def cells(text: str, own: Scope = OWN) -> list[Cell]:
    return read_tables(tagged(text), own)[0]


def facts(text: str, own: Scope = OWN) -> list[tuple[str, str, str]]:
    """Each figure as (indicator, value, unit)."""
    return [(c.indicator, f"{c.value.normalize():f}", c.unit) for c in cells(text, own)]


def stacked(text: str) -> str:
    """The table with one cell a line."""
    return "\n".join(cell for line in text.strip().split("\n") for cell in line.split("  ") if cell)


INDICATORS = """
指标  单位  2021年  2020年  增减（%）
床位数  张  5210  5000  4.2
其中：医院  张  3100  3000  3.3
总诊疗人次  万人次  812.5  830.1  -2.1
平均住院日  天  8.1  8.3  -2.4
"""
READ = [
    ("床位数", "5210", "张"), ("床位数", "5000", "张"), ("床位数增长", "4.2", "%"),
    ("医院床位数", "3100", "张"), ("医院床位数", "3000", "张"), ("医院床位数增长", "3.3", "%"),
    ("总诊疗人次", "8125000", "人次"), ("总诊疗人次", "8301000", "人次"), ("总诊疗人次下降", "2.1", "%"),
    ("平均住院日", "8.1", "天"), ("平均住院日", "8.3", "天"), ("平均住院日下降", "2.4", "%"),
]  # fmt: skip


@pytest.mark.parametrize("shape", [str, stacked])
def test_indicators_by_year_in_both_shapes(shape: type[str]) -> None:
    assert facts(shape(INDICATORS)) == READ


@pytest.mark.parametrize("shape", [str, stacked])
def test_a_column_of_changes_is_dated_by_the_last_year_and_keeps_the_minus_outside(shape: type[str]) -> None:
    text = shape(INDICATORS)
    found = tagged(text)
    change = read_tables(found, OWN)[0][8]
    assert (found.clean.text[change.start : change.end], change.kind, change.direction, change.period) == (
        "2.1",
        "change",
        "down",
        YEAR,
    )


def test_the_kinds_of_figures_and_the_years_of_columns() -> None:
    assert [(c.kind, c.period) for c in cells(INDICATORS)[-3:]] == [
        ("level", YEAR),
        ("level", BEFORE),
        ("change", YEAR),
    ]


def test_rows_that_are_divisions_and_the_total() -> None:
    table = """
县（市、区）  诊疗（万人次）  出院（人）  病床使用率（%）
全市  323.5  63494  78.2
江油市  128.6  31254  86.9
三台县  34.2  4120  61.5
"""
    found = cells("各县（市、区）主要指标（2021年1-6月）\n" + table.strip())
    assert [(c.subject.name if c.subject else None, c.indicator, c.value) for c in found[:4]] == [
        ("绵阳市", "诊疗", Decimal(3235000)), ("绵阳市", "出院", Decimal(63494)), ("绵阳市", "病床使用率", Decimal("78.2")),
        ("江油市", "诊疗", Decimal(1286000)),
    ]  # fmt: skip
    assert {c.period for c in found} == {Period(date(2021, 1, 1), date(2021, 6, 30))}


def test_a_torn_name_and_a_first_row_without_a_label_among_divisions() -> None:
    table = "2021年床位\n机构（个）\n床位（张）\n90\n900\n油市\n30\n400\n三台县\n40\n300\n梓潼\n20\n200\n"
    found = cells(table)
    assert [(c.subject.name if c.subject else None, c.value) for c in found[::2]] == [
        (None, Decimal(90)), ("江油市", Decimal(30)), ("三台县", Decimal(40)), ("梓潼县", Decimal(20)),
    ]  # fmt: skip


def test_brackets_on_their_own_line_and_units_from_the_row_above() -> None:
    table = "表1 签约情况\n指标\n2020年\n2021年\n签约人数\n（万人）\n2.1\n3.3\n#重点人群\n0.9\n1.5\n上门服务\n（人次）\n612\n1490\n"
    assert facts(table) == [
        ("签约人数", "21000", "人"), ("签约人数", "33000", "人"), ("重点人群签约人数", "9000", "人"), ("重点人群签约人数", "15000", "人"),
        ("上门服务", "612", "人次"), ("上门服务", "1490", "人次"),
    ]  # fmt: skip


def test_sections_give_the_unit_and_the_day() -> None:
    table = "指标\n5月\n1-5月\n1-5月同比±%\n一、资源（月末）\n床位数（张）\n17862\n-\n2.1\n二、费用（元）\n门诊病人次均医药费用\n271.40\n266.93\n2.7\n#药费\n112.05\n109.80\n-3.1\n"
    found = cells(table, Scope(OWN.place, published=date(2021, 6, 20), period=Period.month(2021, 5)))
    assert [(c.indicator, c.unit, c.period) for c in found] == [
        ("床位数", "张", Period.day(date(2021, 5, 31))), ("床位数同比", "%", Period(date(2021, 1, 1), date(2021, 5, 31))),
        ("门诊病人次均医药费用", "元", Period.month(2021, 5)), ("门诊病人次均医药费用", "元", Period(date(2021, 1, 1), date(2021, 5, 31))),
        ("门诊病人次均医药费用同比", "%", Period(date(2021, 1, 1), date(2021, 5, 31))),
        ("门诊病人次均药费", "元", Period.month(2021, 5)), ("门诊病人次均药费", "元", Period(date(2021, 1, 1), date(2021, 5, 31))),
        ("门诊病人次均药费同比", "%", Period(date(2021, 1, 1), date(2021, 5, 31))),
    ]  # fmt: skip


def test_english_names_bare_years_and_parts_without_a_mark() -> None:
    table = "指标\nItem\n2020\n2021\n卫生机构数（个） Number of Institutions （unit）\n1 926\n2 148\n#医院Hospitals\n38\n47\n乡镇卫生院Township Health Centers\n124\n122\n床位数（张）\nBeds\n...\n871\n"
    assert facts(table) == [
        ("卫生机构数", "1926", "个"), ("卫生机构数", "2148", "个"), ("医院", "38", "个"), ("医院", "47", "个"),
        ("乡镇卫生院", "124", "个"), ("乡镇卫生院", "122", "个"), ("床位数", "871", "张"),
    ]  # fmt: skip


def test_targets_comparators_and_columns_of_words() -> None:
    table = "指标名称\n单位\n2020年\n2025年\n属性\n每千人口床位\n张\n4.98\n6.2\n预期性\n孕产妇死亡率\n1/10万\n11.7\n<10\n预期性\n个人卫生支出占比\n%\n27.3\n26左右\n约束性\n"
    assert [(c.indicator, c.value, c.unit, c.comparator, c.kind, c.target) for c in cells(table)] == [
        ("每千人口床位", Decimal("4.98"), "张", "=", "rate", False), ("每千人口床位", Decimal("6.2"), "张", "=", "rate", True),
        ("孕产妇死亡率", Decimal("11.7"), "/10万", "=", "rate", False), ("孕产妇死亡率", Decimal(10), "/10万", "<", "rate", True),
        ("个人卫生支出占比", Decimal("27.3"), "%", "=", "rate", False), ("个人卫生支出占比", Decimal(26), "%", "~", "rate", True),
    ]  # fmt: skip


def test_goals_results_and_scores() -> None:
    table = (
        "三级指标\n年度指标值\n全年完成值\n得分\n疫苗接种率（%）\n≥95\n98.6\n10\n监测点（处）\n42\n39\n6.5\n"
    )
    assert [(c.indicator, c.unit, c.comparator, c.kind, c.target) for c in cells(table)] == [
        ("疫苗接种率", "%", ">=", "rate", True), ("疫苗接种率", "%", "=", "rate", False), ("疫苗接种率得分", "分", "=", "level", False),
        ("监测点", "处", "=", "count", True), ("监测点", "处", "=", "count", False), ("监测点得分", "分", "=", "level", False),
    ]  # fmt: skip


def test_diseases_crossed_with_counts() -> None:
    table = "病名\n发病数（例）\n死亡数（例）\n乙肝\n588\n0\n肺结核\n306\n2\n狂犬病\n-\n-\n"
    assert facts(table) == [
        ("乙肝发病数", "588", "例"),
        ("乙肝死亡数", "0", "例"),
        ("肺结核发病数", "306", "例"),
        ("肺结核死亡数", "2", "例"),
    ]


def test_columns_told_by_the_line_above() -> None:
    table = "分县区看（献血人次，占比）：\n江油市\n11092\n50.6%\n三台县\n7212\n29.4%\n梓潼县\n3610\n20.0%\n"
    assert [(c.subject.name if c.subject else "", c.indicator, c.value, c.unit) for c in cells(table)[:4]] == [
        ("江油市", "献血人次", Decimal(11092), "人次"), ("江油市", "献血人次占比", Decimal("50.6"), "%"),
        ("三台县", "献血人次", Decimal(7212), "人次"), ("三台县", "献血人次占比", Decimal("29.4"), "%"),
    ]  # fmt: skip


def test_rows_that_are_organisations() -> None:
    table = "序号\n医院名称\n门诊人次\n平均住院日（天）\n1\n市甲医院\n345678\n8.1\n2\n市乙医院\n234567\n7.9\n"
    found = read_tables(tagged(table, "市甲医院", "市乙医院"), OWN)[0]
    assert [(c.subject, c.indicator, c.value) for c in found] == [
        (Entity("绵阳市市甲医院", "ORG"), "门诊人次", Decimal(345678)), (Entity("绵阳市市甲医院", "ORG"), "平均住院日", Decimal("8.1")),
        (Entity("绵阳市市乙医院", "ORG"), "门诊人次", Decimal(234567)), (Entity("绵阳市市乙医院", "ORG"), "平均住院日", Decimal("7.9")),
    ]  # fmt: skip


def test_rows_that_are_months() -> None:
    table = "2021年各月门诊量\n月份\n门诊人次（万人次）\n环比%\n1月\n12.3\n-\n2月\n11.1\n-9.8\n"
    assert [(c.indicator, c.period) for c in cells(table)] == [
        ("门诊人次", Period.month(2021, 1)), ("门诊人次", Period.month(2021, 2)), ("门诊人次环比", Period.month(2021, 2)),
    ]  # fmt: skip


def test_two_levels_of_headings() -> None:
    table = "地区\n诊疗人次（万人次）\n出院人数（人）\n1月\n增长%\n1月\n增长%\n江油市\n1.2\n3.4\n560\n-2.1\n三台县\n1.1\n3.0\n460\n1.1\n"
    assert facts(table)[:4] == [
        ("诊疗人次", "12000", "人次"),
        ("诊疗人次增长", "3.4", "%"),
        ("出院人数", "560", "人"),
        ("出院人数增长", "2.1", "%"),
    ]


def test_what_is_counted_may_stand_over_the_table() -> None:
    table = "表2 各县（市、区）床位数（单位：张）\n地区  2020年  2021年\n合计  1000  1100\n江油市  500  550\n三台县  300  320"
    assert facts(table)[2:4] == [("床位数", "500", "张"), ("床位数", "550", "张")]


def test_a_change_without_a_unit_is_reckoned() -> None:
    table = "| 指标 | 2021年 | 2020年 | 增减 |\n| 床位数（张） | 500 | 480 | 20 |\n| 病床使用率（%） | 80.1 | 78.0 | 2.1 |\n| 门诊人次（人次） | 1100 | 1000 | 10.0 |\n| 出院人数（人） | 300 | | 7 |"
    changes = [(c.indicator, c.value, c.unit) for c in cells(table) if c.kind == "change"]
    assert changes == [
        ("床位数增长", Decimal(20), "张"),
        ("病床使用率增长", Decimal("2.1"), "个百分点"),
        ("门诊人次增长", Decimal("10.0"), "%"),
    ]


def test_an_empty_cell_between_rules_keeps_the_columns() -> None:
    table = "| 指标 | 2021年 | 2020年 |\n| 床位数（张） | | 480 |\n| 护士（人） | 90 | |\n| 医师（人） | 70 | 60 |"
    assert [(c.indicator, c.period) for c in cells(table)] == [
        ("床位数", BEFORE),
        ("护士", YEAR),
        ("医师", YEAR),
        ("医师", BEFORE),
    ]


def test_rows_with_too_few_cells_are_left_out() -> None:
    assert facts("指标\n2020年\n2021年\n床位数（张）\n100\n110\n医师数（人）\n55\n护士数（人）\n60\n70\n") == [
        ("床位数", "100", "张"), ("床位数", "110", "张"), ("护士数", "60", "人"), ("护士数", "70", "人"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    "工作动态\n1\n2\n3\n4\n上一页\n下一页", "1\n市医院召开大会\n2\n市中医院召开大会\n3\n县医院召开大会", "来源：本站\t浏览\t28\n首页\t新闻\t3",
])  # fmt: skip
def test_numbers_that_are_no_table(text: str) -> None:
    assert facts(text) == []


def test_notes_end_a_table_and_its_span_holds_every_row() -> None:
    found = tagged(INDICATORS + "注：床位数不含家庭病床。")
    (span,) = read_tables(found, OWN)[1]
    assert found.clean.text[slice(*span)].split("\n")[0].startswith("指标")
    assert found.clean.text[slice(*span)].endswith("-2.4")


def test_a_row_spans_its_label_and_its_last_cell() -> None:
    found = tagged(stacked(INDICATORS))
    row = read_tables(found, OWN)[0][0].row
    assert found.clean.text[slice(*row)] == "床位数\n张\n5210\n5000\n4.2"


@pytest.mark.parametrize(("text", "measure"), [
    ("万人次", Measure("人次", Decimal(10000))), ("亿元", Measure("元", Decimal(10**8))), ("1/10万", Measure("/10万")), ("‰", Measure("‰")),
    ("单位", None), ("个、张", None), ("助理", None),
])  # fmt: skip
def test_units(text: str, measure: Measure | None) -> None:
    assert parse(text) == measure


@pytest.mark.parametrize(("label", "noun"), [
    ("床位数/张", "床位数"), ("执业（助理）医师数（人）", "执业（助理）医师数"), ("增幅%", "增幅"), ("乡村医生", "乡村医生"),
])  # fmt: skip
def test_labels_without_their_units(label: str, noun: str) -> None:
    assert split(label)[0] == noun


@pytest.mark.parametrize(("text", "role", "period"), [
    ("2020年", "value", BEFORE), ("上年同期", "value", BEFORE), ("增减（%）", "change", None), ("比上年增长%", "change", None),
    ("采血量与上年同期相比", "change", None), ("2021年诊疗人次比上年增长", "change", YEAR), ("占死亡总人数的%", "share", None),
    ("占比", "share", None), ("排名", "rank", None), ("备注", "words", None), ("计量单位", "unit", None), ("床位（张）", "value", None),
])  # fmt: skip
def test_headings(text: str, role: str, period: Period | None) -> None:
    heading = read_heading(text, Anchor(YEAR, None))
    assert (heading.role, heading.period) == (role, period)


def test_acronyms_stay_in_headings_and_english_names_go() -> None:
    headings = ("HIV检测人数", "床位数 Number of Beds", "400 ml献血率")
    assert [read_heading(text, Anchor(YEAR, None)).noun for text in headings] == [
        "HIV检测人数", "床位数", "400 ml献血率",
    ]  # fmt: skip


def test_parts_and_crossings() -> None:
    assert narrowed("医疗卫生机构床位数", "医院") == "医院床位数"
    assert narrowed("卫生技术人员", "注册护士") == "注册护士"
    assert crossed("出院人数", None, "手术量", None) == ""


@given(st.lists(st.tuples(st.integers(1, 99999), st.integers(1, 99999)), min_size=2, max_size=6))
def test_both_shapes_say_the_same(numbers: list[tuple[int, int]]) -> None:
    names = [
        "床位数（张）",
        "医师数（人）",
        "护士数（人）",
        "药师数（人）",
        "门诊人次（人次）",
        "出院人数（人）",
    ]
    table = "指标  2020年  2021年\n" + "\n".join(
        f"{name}  {a}  {b}" for name, (a, b) in zip(names, numbers, strict=False)
    )
    assert facts(table) == facts(stacked(table))
    assert [c.value for c in cells(table)] == [Decimal(n) for pair in numbers for n in pair]


@given(
    st.lists(
        st.sampled_from(
            [
                "指标",
                "地区",
                "2020年",
                "2021",
                "床位（张）",
                "江油市",
                "12",
                "3.4%",
                "-",
                "一、资源",
                "注：无",
                "a\tb",
                "1\t2",
                "其中：",
            ]
        ),
        max_size=14,
    )
)
def test_any_lines_give_spans_in_order_that_hold_their_cells(lines: list[str]) -> None:
    found = tagged("\n".join(lines))
    read, spans = read_tables(found, OWN)
    assert spans == sorted(spans)
    assert all(any(a <= c.start < c.end <= b for a, b in spans) for c in read)
    assert len(find_grids(found.clean)) == len(spans)


def test_a_number_of_any_length_is_no_defect() -> None:
    text = (
        "衢州市2022年统计公报\n地区\t床位（张）\t医院（个）\n柯城区\t"
        + "9" * 60
        + "\t35\n衢江区\t12\t36\n江山市\t11\t30\n"
    )
    assert "35" in {fact.quote for fact in read_text(text).facts}


def test_rows_of_a_nation_are_its_provinces_and_the_sum_is_its_own() -> None:
    nation = Scope(place=None, title="2021年全国医疗服务情况", period=YEAR)
    table = "地 区  诊疗人次数（万人次）  出院人数（万人）\n总 计  820.5  13.6\n北 京  91.1  2.8\n河 北  126.4  6.9"
    found = [(c.subject.name if c.subject else "", f"{c.value:f}") for c in cells(table, nation)]
    assert found == [
        ("中国", "8205000.0"), ("中国", "136000.0"), ("北京市", "911000.0"),
        ("北京市", "28000.0"), ("河北省", "1264000.0"), ("河北省", "69000.0"),
    ]  # fmt: skip


def test_the_country_beside_the_city() -> None:
    table = "指标  全国  全市\n婴儿死亡率（‰）  5.0  4.1\n孕产妇死亡率（1/10万）  16.1  9.2"
    assert [c.subject.name if c.subject else "" for c in cells(table)] == ["中国", "绵阳市", "中国", "绵阳市"]


def test_what_is_left_of_a_name_is_no_label() -> None:
    table = "地区  床位（张）  医院（个）\n三台县  512  12\n怀  301  9\n梓潼县  266  7"
    assert [c.subject.name if c.subject else "" for c in cells(table)] == ["三台县"] * 2 + ["梓潼县"] * 2


def test_figures_of_rows_that_were_not_understood_state_nothing() -> None:
    """No headings, and so nobody knows what the figures are; the sentence before them is read."""
    text = "绵阳市2021年卫生统计\n全市共有医院35家。\n医院工作 三级\t12.5\t36.1\t77\n"
    assert [fact.quote for fact in read_text(text).facts] == ["35家"]


def test_a_number_in_the_label_of_a_row_is_no_figure() -> None:
    text = "绵阳市2021年主要死因\n死因\t死亡率（1/10万）\t死亡人数（人）\n十种死因合计\t590.4\t3210\n恶性肿瘤\t127.2\t812\n"
    assert "十种" not in {fact.quote for fact in read_text(text).facts}
