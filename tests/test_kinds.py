"""Which kind of number a figure is: count, money, rate, level, rank or change, and which way a change went."""

from __future__ import annotations

import pytest
from reading import figure, read_text


@pytest.mark.parametrize(
    ("body", "number", "kind"),
    [
        # counts
        ("全市有公立医院26家。", "26家", "count"),
        ("全市完成产前筛查1.9万例。", "1.9万例", "count"),
        ("全市日均接诊2600人次。", "2600人次", "count"),
        ("全市床位从1.2万张增加到1.5万张。", "1.5万张", "count"),
        ("全市村卫生室由1320所增至1450所。", "1320所", "count"),
        ("全市护士增至9800名。", "9800名", "count"),
        ("全市有43家机构参与，占总数的61%。", "43家", "count"),
        ("全市新增床位680张。", "680张", "count"),
        ("全市新增确诊病例17例，死亡0例。", "0例", "count"),
        # money
        ("全市投入资金3.4亿元。", "3.4亿元", "money"),
        ("新院区总投资4.6亿。", "4.6亿", "money"),
        ("全市罚没款共计36.5万元。", "36.5万元", "money"),
        ("全市公立医院次均门诊费用为236元。", "236元", "money"),
        ("全市公立医院次均住院费用为8420元。", "8420元", "money"),
        # rates
        ("全市婴儿死亡率为2.31‰。", "2.31‰", "rate"),
        ("全市孕产妇死亡率为6.2/10万。", "6.2/10万", "rate"),
        ("全市孕产妇死亡率为十万分之6.2。", "十万分之6.2", "rate"),
        ("全市适龄儿童接种率为98.7%。", "98.7%", "rate"),
        ("全市建档率达百分之九十三。", "百分之九十三", "rate"),
        ("全市有43家机构参与，占总数的61%。", "61%", "rate"),
        ("全市每千人口床位数为6.1张。", "6.1张", "rate"),
        ("全市每千人口执业（助理）医师数为3.4人。", "3.4人", "rate"),
        ("全市每万人口全科医生数为4.2名。", "4.2名", "rate"),
        ("全市人均基本公共卫生服务经费为79元。", "79元", "rate"),
        ("全市平均每村有乡村医生1.8名。", "1.8名", "rate"),
        ("全市家庭医生签约率由31.2%提高到38.5%。", "38.5%", "rate"),
        ("全市家庭医生签约率由31.2%提高到38.5%。", "31.2%", "rate"),
        pytest.param(
            "全市人口自然增长率为4.2‰。",
            "4.2‰",
            "rate",
            marks=pytest.mark.xfail(
                strict=True, reason="增长率 is read as a change although it is the name of a rate"
            ),
        ),
        ("全市患者满意度不低于95%。", "95%", "rate"),
        # levels
        ("全市采集全血7.9吨。", "7.9吨", "level"),
        ("新院区建筑面积12.6万平方米。", "12.6万平方米", "level"),
        pytest.param(
            "全市人均预期寿命为80.4岁。",
            "80.4岁",
            "level",
            marks=pytest.mark.xfail(
                strict=True, reason="人均 in a name of life expectancy is read as a ratio"
            ),
        ),
        ("全市医院平均住院日为7.8天。", "7.8天", "level"),
        ("全市核酸检测能力为6.8万管/日。", "6.8万管/日", "level"),
        ("全市核酸日检测能力达到6.8万份。", "6.8万份", "level"),
        # ranks
        ("全市医改考核位列全省第3名。", "3名", "rank"),
        ("全市无偿献血率居全省首位。", "首位", "rank"),
        ("全市健康素养水平排全省第5位。", "5位", "rank"),
        # changes
        ("全市床位比上年增加690张。", "690张", "change"),
        ("全市门诊人次同比增长7.4%。", "7.4%", "change"),
        ("全市门诊人次同比下降7.4%。", "7.4%", "change"),
        ("全市药占比下降2.3个百分点。", "2.3个百分点", "change"),
        ("全市药占比较上年提高了0.6个百分点。", "0.6个百分点", "change"),
        ("全市平均住院日较上年缩短0.4天。", "0.4天", "change"),
        ("全市医院较2019年净增3家。", "3家", "change"),
        ("全市手术量增幅为12.5%。", "12.5%", "change"),
        ("全市门诊、住院人次分别增长6.1%、8.3%。", "8.3%", "change"),
        ("全市病例数比上年减少127例。", "127例", "change"),
    ],
)
def test_kinds(body: str, number: str, kind: str) -> None:
    assert figure(body, number).kind == kind


@pytest.mark.parametrize(
    ("body", "number", "direction"),
    [
        ("全市门诊人次同比增长7.4%。", "7.4%", "up"),
        ("全市药占比较上年提高了0.6个百分点。", "0.6个百分点", "up"),
        ("全市床位比上年增加690张。", "690张", "up"),
        ("全市门诊人次同比下降7.4%。", "7.4%", "down"),
        ("全市平均住院日较上年缩短0.4天。", "0.4天", "down"),
        ("全市病例数比上年减少127例。", "127例", "down"),
        ("全市门诊、住院人次分别下降6.1%、8.3%。", "8.3%", "down"),
        ("全市护士9800名。", "9800名", None),
        ("全市药占比降至24.1%。", "24.1%", None),
        ("全市护士增至9800名。", "9800名", None),
    ],
)
def test_the_direction_of_a_change(body: str, number: str, direction: str | None) -> None:
    assert figure(body, number).direction == direction


@pytest.mark.parametrize("word", ["下降", "减少", "降低", "回落"])
def test_a_change_keeps_a_positive_value(word: str) -> None:
    fact = figure(f"全市药占比同比{word}3.2个百分点。", "3.2个百分点")
    assert (float(fact.value), fact.unit, fact.kind, fact.direction) == (3.2, "个百分点", "change", "down")


@pytest.mark.parametrize(
    ("body", "number", "value", "unit"),
    [
        ("新院区总投资4.6亿。", "4.6亿", 460_000_000, "元"),
        ("全市财政投入经费3200万。", "3200万", 32_000_000, "元"),
        ("全市常住人口251万。", "251万", 2_510_000, "人"),
        ("全市核酸日检测能力达到6.8万份。", "6.8万份", 68_000, "份/日"),
        ("全市采集血液4.2万人次。", "4.2万人次", 42_000, "人次"),
        ("全市婚检率百分之七十一。", "百分之七十一", 71, "%"),
    ],
)
def test_the_unit_of_a_figure(body: str, number: str, value: int, unit: str) -> None:
    fact = figure(body, number)
    assert (fact.value, fact.unit) == (value, unit)


@pytest.mark.parametrize(
    "body",
    [
        "丽水市第二人民医院揭牌。",
        "全市落实“四早”要求，守牢“一米线”。",
        "全市发热门诊实行24小时值守。",
        "全市形成15分钟急救圈。",
        "为65岁及以上居民免费查体。",
        "对3-11岁人群全面接种。",
        "印发丽卫发〔2021〕14号文件。",
        "咨询电话：0578-2090000。",
        "会议于9时30分在市政府召开。",
        "全市组织第34个爱国卫生月活动。",
        "全市推进5G+远程会诊和“1+5”模式。",
        "全市坚持七个一工作法。",
        "患者今年45岁，身高1.7米。",
        "凡年满60岁的居民均可申请。",
    ],
)
def test_sentences_without_a_fact(body: str) -> None:
    head = "丽水市卫生健康委员会2021年工作总结\n"
    assert [f.quote for f in read_text(head + body).facts] == []
