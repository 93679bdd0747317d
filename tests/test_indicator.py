"""What is counted or measured: the shapes of the rules, and the names that the shipped choice gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import HEAD, figure, read_text, tag_text

from kg.compare import same_indicator
from kg.extract import extract
from kg.extract.layout import Layout
from kg.extract.phrases import right_noun, strip_lead, strip_tail
from kg.tag.quantities import find_quantities


def by_rules(body: str, number: str) -> tuple[str, str]:
    """The name of a figure and the shape it was found by, without the trained choice."""
    facts = extract(tag_text(HEAD + body), lambda at: at.said).facts
    (fact,) = [f for f in facts if f.quote == number]
    return fact.indicator, fact.rule.partition("/")[0]


@pytest.mark.parametrize(
    ("body", "number", "name", "rule"),
    [
        # N Q
        ("全市核酸检测能力为6.8万管/日。", "6.8万管/日", "核酸检测能力", "n-q"),
        ("全市婴儿死亡率为2.31‰。", "2.31‰", "婴儿死亡率", "n-q"),
        ("适龄儿童疫苗接种率达到98.7%。", "98.7%", "适龄儿童疫苗接种率", "n-q"),
        ("全市每千人口床位数为6.1张。", "6.1张", "每千人口床位数", "n-q"),
        # V Q N
        ("全市新建56所村卫生室。", "56所", "新建村卫生室", "v-q-n"),
        ("全市开展210场健康讲座。", "210场", "开展健康讲座", "v-q-n"),
        # Q N
        ("26家公立医院全部参与。", "26家", "公立医院", "q-n"),
        # a coordination shared out
        ("全市门诊人次、住院人次分别为980万人次、31万人次。", "31万人次", "住院人次", "split"),
        ("每千人口医师、护士分别为3.4、4.1人。", "3.4", "每千人口医师", "split"),
        ("每千人口医师、护士分别为3.4、4.1人。", "4.1人", "每千人口护士", "split"),
        # shares
        ("全市有护士9800名，其中本科学历占43.5%。", "43.5%", "本科学历占比", "share"),
        # changes
        ("全市床位数比上年增加690张。", "690张", "床位数", "change"),
        ("全市耗材使用率同比下降2.3个百分点。", "2.3个百分点", "耗材使用率", "change"),
        # nothing of its own
        ("居民健康素养水平由11.6%上升至24.3%。", "24.3%", "居民健康素养水平", "carried"),
        ("居民健康素养水平，由11.6%上升至24.3%。", "11.6%", "居民健康素养水平", "topic"),
    ],
)
def test_the_shapes_of_the_rules(body: str, number: str, name: str, rule: str) -> None:
    said, by = by_rules(body, number)
    assert (said, by) == (name, rule)


@pytest.mark.parametrize(
    ("body", "number", "names", "head"),
    [
        ("全市核酸检测能力为6.8万管/日。", "6.8万管/日", ["核酸检测能力"], "核酸检测"),
        ("全市婴儿死亡率、孕产妇死亡率分别为2.31‰、6.2/10万。", "6.2/10万", ["孕产妇死亡率"], "孕产妇死亡率"),
        ("全市婴儿死亡率、孕产妇死亡率分别为2.31‰、6.2/10万。", "2.31‰", ["婴儿死亡率"], "婴儿死亡率"),
        ("全市新建56所村卫生室。", "56所", ["新建村卫生室"], "村卫生室"),
        ("全市新建村卫生室56所。", "56所", ["新建村卫生室"], "村卫生室"),
        ("全市设置预防接种门诊74家。", "74家", ["预防接种门诊", "设置预防接种门诊"], "预防接种门诊"),
        ("全市派出医疗队12支、队员96名。", "96名", ["派出队员", "医疗队员"], "队员"),
        ("全市派出医疗队12支、队员96名。", "12支", ["派出医疗队", "医疗队"], "医疗队"),
        ("全市培训基层医务人员1.2万人次。", "1.2万人次", ["培训基层医务人员"], "医务人员"),
        ("全市完成产前筛查1.9万例。", "1.9万例", ["产前筛查", "完成产前筛查"], "产前筛查"),
        ("全市有执业医师8200名，注册护士9800名。", "9800名", ["注册护士"], "护士"),
        (
            "高血压患者规范管理率由2015年的58.2%提升到2020年的71.4%。",
            "58.2%",
            ["高血压患者规范管理率"],
            "规范管理率",
        ),
        (
            "高血压患者规范管理率由2015年的58.2%提升到2020年的71.4%。",
            "71.4%",
            ["高血压患者规范管理率"],
            "规范管理率",
        ),
        ("全市门诊人次同比增长7.4%。", "7.4%", ["门诊人次", "门诊人次增长"], "门诊人次"),
        ("全市平均住院日较上年缩短0.4天。", "0.4天", ["平均住院日", "平均住院日缩短"], "住院日"),
        ("全市公立医院次均门诊费用为236元。", "236元", ["次均门诊费用", "公立医院次均门诊费用"], "门诊费用"),
        ("全市家庭医生签约居民58万人，签约率达41.2%。", "41.2%", ["签约率", "家庭医生签约率"], "签约率"),
        ("全市高血压患者规范管理率为72.6%。", "72.6%", ["高血压患者规范管理率"], "规范管理率"),
        ("全市采集全血7.9吨。", "7.9吨", ["采集全血", "全血采集量"], "全血"),
        ("全市投入设备购置资金3400万元。", "3400万元", ["设备购置资金", "投入设备购置资金"], "资金"),
    ],
)
def test_the_names_that_the_shipped_choice_gives(body: str, number: str, names: list[str], head: str) -> None:
    said = figure(body, number).indicator
    assert same_indicator(said, names, head), said


def test_traditional_characters_give_the_same_names_and_values() -> None:
    plain = read_text(HEAD + "全市设置预防接种门诊74家，接种率达98.7%，投入资金3400万元。").facts
    dressed = read_text(
        "麗水市衛生健康委員會2021年工作總結\n全市設置預防接種門診74家,接種率達98.7%,投入資金3400萬元。"
    ).facts
    assert len(plain) == 3
    assert [(f.indicator, f.value, f.unit, f.kind, f.subject) for f in dressed] == [
        (f.indicator, f.value, f.unit, f.kind, f.subject) for f in plain
    ]


def test_a_known_indicator_has_its_concept() -> None:
    assert (
        figure("全市婴儿死亡率为2.31‰。", "2.31‰").concept
        == figure("全区婴儿死亡率3.05‰。", "3.05‰").concept
        is not None
    )


def test_an_unknown_indicator_has_none() -> None:
    assert figure("全市发放防汛沙袋74个。", "74个").concept is None


@pytest.mark.parametrize(
    ("choose", "name"),
    [(lambda at: at.said, "注册护士"), (lambda at: type(at.said)("别名", "mine", "别名"), "别名")],
)
def test_the_choice_can_be_replaced(choose, name: str) -> None:
    (fact,) = extract(tag_text(HEAD + "全市有注册护士9800名。"), choose).facts
    assert fact.indicator == name


def test_a_choice_sees_the_figures_before_it_in_its_paragraph_and_at_its_start_those_of_the_line_above() -> (
    None
):
    seen = {}

    def watch(at):
        seen[at.text[at.figure.quantity.start : at.figure.quantity.end]] = [e.unit for e in at.earlier]
        return at.said

    extract(tag_text(HEAD + "全市有医院31家，床位1.5万张，护士9800名。\n全市有村卫生室1450所。"), watch)
    assert seen == {"31家": [], "1.5万张": ["家"], "9800名": ["家", "张"], "1450所": ["张", "名"]}


@pytest.mark.parametrize(
    ("body", "number", "roles"),
    [
        ("全市报告疫情46起，其中学校43起、企业2起。", "2起", {"疫情": "w"}),
        ("全市有医院46家（公立22家、民营24家）。", "24家", {"医院": "w"}),
        ("全市有医师861人、护士704人，每千人口分别为2.0人和1.7人。", "1.7人", {"护士": "a"}),
        ("全市有医院31家，床位1.5万张，护士9800名。", "9800名", {}),
        ("全市132家企业完成体检107家。", "107家", {}),  # two figures of one clause, and nothing is shared out
    ],
)
def test_the_whole_of_parts_and_the_place_in_an_aligned_list_are_known(
    body: str, number: str, roles: dict[str, str]
) -> None:
    seen = {}

    def watch(at):
        quote = at.text[at.figure.quantity.start : at.figure.quantity.end]
        seen[quote] = {e.base: e.role for e in at.earlier if e.role}
        return at.said

    extract(tag_text(HEAD + body), watch)
    assert {key[-2:]: role for key, role in seen[number].items()} == roles


# --- phrases ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("全市共有公立医院", "公立医院"),
        ("其中，目前现有护士", "护士"),
        ("截至全县累计签约居民", "签约居民"),
        ("婴儿死亡率", "婴儿死亡率"),
        ("", ""),
    ],
)
def test_strip_lead(text: str, stripped: str) -> None:
    assert strip_lead(text) == stripped


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("婴儿死亡率为", "婴儿死亡率"),
        ("接种率达到", "接种率"),
        ("药占比下降至", "药占比"),
        ("健康素养水平稳定在", "健康素养水平"),
        ("死亡率控制在", "死亡率"),
        ("护士", "护士"),
        ("", ""),
    ],
)
def test_strip_tail(text: str, stripped: str) -> None:
    assert strip_tail(text) == stripped


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("村卫生室，完成改造", "村卫生室"),
        ("的患者得到救治", "患者"),
        ("公立医院全部参与", "公立医院"),
        ("，增长", ""),
        ("", ""),
    ],
)
def test_right_noun(text: str, noun: str) -> None:
    assert right_noun(text) == noun


# --- layout ----------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["全市", "医院26家", "床位1.5万张", "增长7.4%", "，", "。", "；", "\n", "（", "）", "：", "！", "？", "（市、区）", "、", "和", "第3名", "执业（助理）医师8名", "由3.1%", "至4.2%"]
)  # fmt: skip


def inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] <= inner[1] <= outer[1]


@given(text=st.lists(PIECES, max_size=24).map("".join))
@settings(max_examples=300, deadline=None)
def test_a_figure_lies_in_its_clause_and_sentence_and_these_in_its_paragraph(text: str) -> None:
    quantities = tuple(find_quantities(text))
    figures = Layout(text).figures(quantities)
    assert [f.quantity for f in figures] == list(quantities)
    for f in figures:
        span = (f.quantity.start, f.quantity.end)
        assert inside(span, f.clause)
        assert inside(span, f.sentence)
        assert inside(f.clause, f.paragraph)
        assert inside(f.sentence, f.paragraph)
        assert inside(f.left, f.clause)
        assert inside(f.right, f.clause)
        assert (f.left[1], f.right[0]) == span
        assert "\n" not in text[slice(*f.paragraph)]


@given(text=st.lists(PIECES, max_size=24).map("".join))
@settings(max_examples=100, deadline=None)
def test_paragraphs_are_the_lines_of_the_text(text: str) -> None:
    assert [text[slice(*span)] for span in Layout(text).paragraphs()] == text.split("\n")


def test_the_sides_of_a_figure_end_at_its_neighbours() -> None:
    text = "医院26家床位310张，护士9800名。"
    quantities = tuple(find_quantities(text))
    sides = [
        (text[slice(*f.left)], text[slice(*f.right)], f.first, f.last)
        for f in Layout(text).figures(quantities)
    ]
    assert sides == [("医院", "床位", True, False), ("床位", "", False, True), ("护士", "", True, True)]


def test_a_short_bracket_does_not_part_a_clause() -> None:
    text = "每千人口执业（助理）医师3.4人（其中中医0.6人）。"
    layout = Layout(text)
    assert text[slice(*layout.clause(text.index("3.4")))] == "每千人口执业（助理）医师3.4人"
    assert text[slice(*layout.clause(text.index("0.6")))] == "其中中医0.6人"


@pytest.mark.parametrize(
    ("body", "number", "name"),
    [
        ("卫生监督机构318个，其中：省级3个、市（地）级41个、县（区、县级市）级274个。", "41个", "市（地）级卫生监督机构"),
        ("卫生监督机构318个，其中：省级3个、市（地）级41个、县（区、县级市）级274个。", "274个", "县（区、县级市）级卫生监督机构"),
        ("乙类传染病中痢疾环比上升18.2%，猩红热环比下降4.7%。", "4.7%", "猩红热"),
        ("全年卫生总费用占GDP的比重较2018年提高0.2个百分点。", "0.2个百分点", "卫生总费用占GDP的比重"),
        ("中国居民人均预期寿命提高到77.6岁。", "77.6岁", "居民人均预期寿命"),
        ("宫颈癌及乳腺癌早诊率分别达到96%和78%。", "96%", "宫颈癌早诊率"),
        ("全市有计划生育服务机构31家。", "31家", "计划生育服务机构"),
        ("现开放床位820张。", "820张", "开放床位"),
        ("65岁及以上老年人签约人数为9.4万人，签约率达75.2%。", "75.2%", "65岁及以上老年人签约率"),
        ("男性行为人群感染率较高，超过5%。", "5%", "男性行为人群感染率"),
        ("婚检率一直保持在71%以上。", "71%", "婚检率"),
    ],
)  # fmt: skip
def test_levels_changes_and_the_country(body: str, number: str, name: str) -> None:
    assert figure(HEAD + body, number).indicator == name


def test_a_coordination_said_twice_over_names_both_rows() -> None:
    body = "全市3岁以下儿童系统管理率和孕产妇系统管理率分别由88.1%和90.2%提高至93.4%和95.5%。"
    facts = read_text(HEAD + body).facts
    assert [(f.quote, f.indicator) for f in facts] == [
        ("88.1%", "3岁以下儿童系统管理率"),
        ("90.2%", "孕产妇系统管理率"),
        ("93.4%", "3岁以下儿童系统管理率"),
        ("95.5%", "孕产妇系统管理率"),
    ]
