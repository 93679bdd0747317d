"""Candidate figures: numbers with their units, what the words around them say, and what is none."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.tag.quantities import find_quantities, measures, units
from kg.tag.times import find_times


def said(text: str) -> list[tuple[str, float, str, str]]:
    """Number as printed, value, unit and comparator of each figure; times aside, as in the pipeline."""
    taken = [(t.start, t.end) for t in find_times(text)]
    return [
        (text[q.start : q.end], float(q.value), q.unit, q.comparator) for q in find_quantities(text, taken)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # counts
        ("设置狂犬病暴露处置门诊27处。", [("27处", 27, "处", "=")]),
        ("全县登记在册献血者3.27万人。", [("3.27万人", 32_700, "人", "=")]),
        ("完成产前筛查1,268人，培训村医2,045,310人次。", [("1,268人", 1268, "人", "="), ("2,045,310人次", 2_045_310, "人次", "=")]),
        ("派出6个专家组、19名护士。", [("6个", 6, "个", "="), ("19名", 19, "名", "=")]),
        ("发放宣传折页4百余份。", [("4百余份", 400, "份", ">")]),
        ("全省接种2亿1723.2万剂次，覆盖1亿890.4万。", [("2亿1723.2万剂次", 217_232_000, "剂次", "="), ("1亿890.4万", 108_904_000, "", "=")]),
        ("门急诊就诊9万4085人次，接种10万6,829剂。", [("9万4085人次", 94_085, "人次", "="), ("10万6,829剂", 106_829, "剂", "=")]),
        ("类流感就诊十一万八七○人次。", [("十一万八七○人次", 110_870, "人次", "=")]),
        # bounds
        ("签约服务率≥75%，漏报率≤2%，收入＞500万元。", [("75%", 75, "%", ">="), ("2%", 2, "%", "<="), ("500万元", 5_000_000, "元", ">")]),
        ("健康素养水平分别不低于28%和33%。", [("28%", 28, "%", ">="), ("33%", 33, "%", ">=")]),
        ("达标率不低于28%，知晓率为33%。", [("28%", 28, "%", ">="), ("33%", 33, "%", "=")]),
        ("每人补助300元（含）以上。", [("300元", 300, "元", ">=")]),
        # classes of what is counted
        ("100张以下床位医院31个，100-199张床位医院12个，800张及以上床位医院2个。", [("31个", 31, "个", "="), ("12个", 12, "个", "="), ("2个", 2, "个", "=")]),
        ("50人以上的食物中毒2起，10万元以上设备41台。", [("2起", 2, "起", "="), ("41台", 41, "台", "=")]),
        ("医院开放床位800张以上，有医生300人以上。", [("800张", 800, "张", ">"), ("300人", 300, "人", ">")]),
        # what is compared with, in a bracket
        ("报告66例，较去年同期（81）下降18.5%。", [("66例", 66, "例", "="), ("81", 81, "例", "="), ("18.5%", 18.5, "%", "=")]),
        ("印发通知（81）下降。", []),
        # money
        ("基建投资2.08亿元，设备购置费731.5万元。", [("2.08亿元", 208_000_000, "元", "="), ("731.5万元", 7_315_000, "元", "=")]),
        ("每人补助85元。", [("85元", 85, "元", "=")]),
        ("筹资规模达1.7万亿元。", [("1.7万亿元", 1.7e12, "元", "=")]),
        ("总投资3.36亿。", [("3.36亿", 336_000_000, "", "=")]),
        # rates
        ("婴儿死亡率2.15‰，住院分娩率99.92%。", [("2.15‰", 2.15, "‰", "="), ("99.92%", 99.92, "%", "=")]),
        ("肺结核报告发病率41.3/10万。", [("41.3/10万", 41.3, "/10万", "=")]),
        ("孕产妇死亡率为8.4/100000。", [("8.4/100000", 8.4, "/10万", "=")]),
        ("建档率百分之八十七。", [("百分之八十七", 87, "%", "=")]),
        ("死亡率为10万分之6.8。", [("10万分之6.8", 6.8, "/10万", "=")]),
        ("死亡率为十万分之7.2。", [("十万分之7.2", 7.2, "/10万", "=")]),
        ("差错率低于千分之五。", [("千分之五", 5, "‰", "<")]),
        # a rate of nothing, told without its unit
        ("孕产妇死亡率为0，婴儿死亡率降为零。", [("0", 0, "/10万", "="), ("零", 0, "‰", "=")]),
        ("事故发生率为0。", [("0", 0, "%", "=")]),
        ("死亡率为零容忍的底线，零死亡率。", []),
        ("门诊占比下降1.8个百分点。", [("1.8个百分点", 1.8, "个百分点", "=")]),
        # levels
        ("业务用房1.2万平方米，采集全血6.4吨。", [("1.2万平方米", 12_000, "平方米", "="), ("6.4吨", 6.4, "吨", "=")]),
        ("人均预期寿命81.6岁。", [("81.6岁", 81.6, "岁", "=")]),
        ("核酸检测能力为3.5万管/日。", [("3.5万管/日", 35_000, "管/日", "=")]),
        # ranks
        ("综合评估位列全省第6名。", [("6名", 6, "名", "=")]),
        ("满意度居全市首位。", [("首位", 1, "位", "=")]),
        ("健康素养水平排名第三。", [("三", 3, "名", "=")]),
        ("考核成绩在全省排第12位。", [("12位", 12, "位", "=")]),
        # Chinese numerals that count
        ("下派医师四十六名。", [("四十六名", 46, "名", "=")]),
        ("筹措资金三千二百万元。", [("三千二百万元", 32_000_000, "元", "=")]),
        ("收到锦旗十余面。", [("十余面", 10, "面", ">")]),
        ("满意度达九成。", [("九成", 90, "%", "=")]),
    ],
)  # fmt: skip
def test_numbers_with_units(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "number", "comparator"),
    [
        ("签约居民近12万人。", "12万人", "~"),
        ("救治患者约340人次。", "340人次", "~"),
        ("服务半径内居民90万人左右。", "90万人", "~"),
        ("参加义诊的医师超过260名。", "260名", ">"),
        ("惠及群众逾7.5万人。", "7.5万人", ">"),
        ("收治3.6万余名患者。", "3.6万余名", ">"),
        ("出动500余人次。", "500余人次", ">"),
        ("开展讲座80多场。", "80多场", ">"),
        ("规范管理率达到70%以上。", "70%", ">"),
        ("配备急救车40辆以上。", "40辆", ">"),
        ("剩余床位不足30张。", "30张", "<"),
        ("药占比控制在28%以下。", "28%", "<"),
        ("死亡率控制在10‰以内。", "10‰", "<"),
        ("每年培训不少于120人次。", "120人次", ">="),
        ("接种率不低于95%。", "95%", ">="),
        ("考核得分90分及以上的机构12家。", "12家", "="),
        ("次均费用不超过210元。", "210元", "<="),
        ("设床位600张。", "600张", "="),
    ],
)
def test_comparators(text: str, number: str, comparator: str) -> None:
    assert [(n, c) for n, _, _, c in said(text) if n == number] == [(number, comparator)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医师、护士分别为3.1、4.25和2.06人。", [("3.1", 3.1, "人", "="), ("4.25", 4.25, "人", "="), ("2.06人", 2.06, "人", "=")]),
        ("两院门诊量分别为18、26万人次。", [("18", 180_000, "人次", "="), ("26万人次", 260_000, "人次", "=")]),
        ("服务人口60~70万人。", [("60", 600_000, "人", ">="), ("70万人", 700_000, "人", "<=")]),
        ("报销比例为55%～75%。", [("55%", 55, "%", ">="), ("75%", 75, "%", "<=")]),
        ("由31.4%提高到46.9%。", [("31.4%", 31.4, "%", "="), ("46.9%", 46.9, "%", "=")]),
        ("从520张增加到760张。", [("520张", 520, "张", "="), ("760张", 760, "张", "=")]),
    ],
)  # fmt: skip
def test_numbers_that_share_a_unit(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2019年3月5日上午9时30分，会议召开。",
        "丽卫发〔2018〕14号文件印发。",
        "联系电话：0578-2123456。",
        "请拨打120急救电话。",
        "开通12320热线。",
        "1.推进医共体建设。",
        "（3）落实责任。",
        "开展第32个爱国卫生月活动。",
        "市第五人民医院启用。",
        "第一时间处置。",
        "实施“十四五”规划。",
        "落实四早要求。",
        "推进5G+智慧医疗。",
        "构建1+3体系。",
        "按1:10混采检测。",
        "实行24小时值班。",
        "建成15分钟就医圈。",
        "对3-11岁人群接种。",
        "为60岁及以上老年人体检。",
        "达到二级以上医院标准。",
        "防控H1N1流感。",
        "投入CT机、DR机，B超等设备。",
        "上午8:00开诊。",
        "做到一个不漏。",
        "三位一体推进。",
        "浏览次数：1352次",
    ],
)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("床位850张", "n-unit"),
        ("总投资5.2亿，", "n-mult"),
        ("分别为3.1、4.2人", "n-shared"),
        ("完成手术二十八例", "n-chinese"),
        ("达百分之六十", "n-fraction"),
        ("约占七成", "n-tenths"),
        ("列全省第9名", "n-rank"),
        ("平均急救反应时间为9分40秒", "n-minutes"),
    ],
)
def test_the_rule_names_the_production(text: str, rule: str) -> None:
    assert find_quantities(text)[0].rule == rule


def test_a_figure_in_a_taken_span_is_none() -> None:
    text = "丽水市第21家社区医院共有床位45张"
    at = text.index("45张")
    assert [q.start for q in find_quantities(text)] == [at]
    assert find_quantities(text, [(at, at + 1)]) == []


def test_minutes_and_seconds_are_seconds() -> None:
    assert [(float(q.value), q.unit) for q in find_quantities("平均出车时间2分15秒")] == [(135.0, "秒")]


def test_every_unit_has_a_known_measure() -> None:
    assert {unit.measure for unit in units().values()} <= {"count", "money", "level", "rate", "change"}
    assert {unit.name for unit in units().values()} == set(measures())


# --- laws ------------------------------------------------------------------------------------------------------------

ALPHABET = "0123456789.,%‰/万亿千百十一二三两第年月日岁元人次张家个例名百分点约近超过不足以上余多左右分别为至到—~、，。；：（）\n\t全市医院床位率增长下降比Aa"
PIECES = st.one_of(
    st.text(alphabet=ALPHABET, max_size=6),
    st.sampled_from(
        [
            "35家",
            "1,268人",
            "2.5万元",
            "7.9/10万",
            "第3名",
            "百分之五",
            "八成",
            "分别为4、5和6人",
            "2021年",
            "10日",
            "〔2020〕3号",
        ]
    ),
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@given(text=TEXTS, cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8)), max_size=3))
@settings(max_examples=300, deadline=None)
def test_figures_are_in_order_inside_the_text_and_clear_of_what_is_taken(
    text: str, cuts: list[tuple[int, int]]
) -> None:
    taken = [(a, min(len(text), a + n)) for a, n in cuts if a < len(text)]
    found = find_quantities(text, taken)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert not [q for q in found for a, b in taken if a < q.end and q.start < b]
    assert all(q.value >= 0 for q in found)
    known = set(measures()) | {""}
    assert not [q.unit for q in found if q.unit.partition("/")[0] not in known]


@given(st.integers(min_value=2, max_value=9_999_999))
def test_a_plain_count_comes_back(number: int) -> None:
    for printed in (f"{number}", f"{number:,}"):
        assert said(f"培训医务人员{printed}人次。") == [(f"{printed}人次", number, "人次", "=")]


@given(
    st.decimals(min_value="0.01", max_value="999.99", places=2),
    st.sampled_from([("万", 4), ("亿", 8), ("百万", 6), ("千万", 7)]),
)
def test_a_multiplier_comes_back(number: Decimal, multiplier: tuple[str, int]) -> None:
    name, power = multiplier
    found = find_quantities(f"财政补助{number}{name}元。")
    assert [(q.value, q.unit) for q in found] == [(number * 10**power, "元")]
