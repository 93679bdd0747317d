"""When: the report's own period, and the period of each figure."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import HEAD, figure, iso, read_text

from kg.extract.period import Anchor, resolve
from kg.model import Moment, Period, TimeMention
from kg.tag.times import find_times

OWN = "2021-01-01/2021-12-31"
BEFORE = "2020-01-01/2020-12-31"


def when(body: str, number: str, head: str = HEAD) -> str:
    return iso(figure(body, number, head).period)


# --- Period ----------------------------------------------------------------------------------------------------------

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS, DAYS)
def test_a_period_never_ends_before_it_starts(a: date, b: date) -> None:
    first, last = sorted((a, b))
    assert (Period(first, last).start, Period(first, last).end) == (first, last)
    if first < last:
        with pytest.raises(ValueError, match="cannot end before it starts"):
            Period(last, first)


@given(st.integers(min_value=1900, max_value=2100))
def test_months_fill_a_year_without_gap_or_overlap(year: int) -> None:
    months = [Period.month(year, month) for month in range(1, 13)]
    assert Period(months[0].start, months[-1].end) == Period.year(year)
    assert [b.start - a.end for a, b in itertools.pairwise(months)] == [timedelta(days=1)] * 11


@given(DAYS)
def test_a_day_is_inside_its_month_and_that_inside_its_year(day: date) -> None:
    single, month, year = Period.day(day), Period.month(day.year, day.month), Period.year(day.year)
    assert year.start <= month.start <= single.start == day == single.end <= month.end <= year.end


# --- the report's own period -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "body", "period"),
    [
        ("丽水市2021年卫生健康工作总结", "全市有护士9800名。", OWN),
        ("2021年丽水市医疗卫生事业发展统计公报", "全市有护士9800名。", OWN),
        ("丽水市2021年上半年卫生健康工作总结", "全市有护士9800名。", "2021-01-01/2021-06-30"),
        ("丽水市2021年前三季度疾控工作小结", "全市有护士9800名。", "2021-01-01/2021-09-30"),
        ("丽水市“十三五”健康建设成就\n2021年1月8日", "全市有护士9800名。", "2016-01-01/2020-12-31"),
        ("丽水市卫生健康工作综述\n发布时间：2021-12-28", "今年，全市新增护士420名。", OWN),
        ("丽水市卫生健康工作综述\n发布时间：2022-01-10", "2021年，全市有护士9800名。", OWN),
        ("丽水市卫生健康工作简报", "2021年，全市有护士9800名。2021年床位增加。", OWN),
        ("丽水市卫生健康工作简报", "全市有护士9800名。", ""),
        ("家门口看上病——丽水市“十三五”健康事业综述", "全市新增床位2600张。", "2016-01-01/2020-12-31"),
        ("丽水市卫生健康工作简报", "2020年底，全市有护士9500名；今年9月，有9800名。", OWN),
        (
            "首页 > 医院简介",
            "医院设床位480张。2019年获评先进，2019年建成新楼。2021年，全院门诊26万人次。",
            OWN,
        ),
        ("市卫生监督所\n工作月报\n（2021年5月）", "全市检查单位860户次。", "2021-05-01/2021-05-31"),
        (
            "艾滋病防治工作通报",
            "（市疾控中心　2021-12-01）今年，全市检测92万人次。到2025年底，漏报率控制在5%以内。",
            OWN,
        ),
        ("丽水市手足口病周报（2021年第23周）", "全市报告手足口病62例。", "2021-06-07/2021-06-13"),
        ("本周疫情（2021年6月7日至6月13日）", "全市报告手足口病62例。", "2021-06-07/2021-06-13"),
        ("市级年鉴 > 2022卷 > 卫生\n疾病预防控制", "全市报告手足口病62例。", OWN),
        ("丽水市卫生健康委员会\n2021年5月丽水市医疗服务数据", "全市诊疗86万人次。", "2021-05-01/2021-05-31"),
        ("人民看病这五年\n丽水日报 2022-03-17 03版", "去年，全市签约41万人。去年诊疗980万人次。", OWN),
        ("夜里的急救站\n发布时间：2021-02-18", "2月11日晚，全市急救出车133车次，去年除夕118车次。", OWN),
    ],
)
def test_the_period_of_a_report(title: str, body: str, period: str) -> None:
    reading = read_text(f"{title}\n{body}\n")
    assert iso(reading.scope.period) == period


@pytest.mark.parametrize(
    ("title", "body", "number", "period"),
    [
        (
            "丽水市手足口病周报（2021年第23周）",
            "本周报告手足口病62例，上周48例，其中重症2例。",
            "48例",
            "2021-05-31/2021-06-06",
        ),
        (
            "丽水市手足口病周报（2021年第23周）",
            "本周报告手足口病62例，上周48例，其中重症2例。",
            "2例",
            "2021-06-07/2021-06-13",
        ),
        (
            "疫苗到货接种提速\n丽水日报 2021-06-10 03版",
            "上周，全市到货疫苗11万剂。",
            "11万剂",
            "2021-05-31/2021-06-06",
        ),
        (
            "丽水市2021年工作总结及2022年工作计划\n2022年1月19日",
            "一、上年工作完成情况\n全市签约41万人。",
            "41万人",
            OWN,
        ),
    ],
)
def test_the_period_of_a_figure_in_its_report(title: str, body: str, number: str, period: str) -> None:
    assert when(body, number, f"{title}\n") == period


# --- the period of a figure ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "number", "period"),
    [
        # from context
        ("全市有公立医院26家。", "26家", OWN),
        ("近年来，全市新建村卫生室310所。", "310所", OWN),
        ("目前，全市有公立医院26家。", "26家", OWN),
        ("截至目前，全市签约居民58万人。", "58万人", OWN),
        ("全年完成产前筛查1.9万例。", "1.9万例", OWN),
        # the text says when
        ("2018年，全市有公立医院24家。", "24家", "2018-01-01/2018-12-31"),
        ("今年，全市新增床位680张。", "680张", OWN),
        ("去年，全市新增床位410张。", "410张", BEFORE),
        ("2020年底，全市有床位1.5万张。", "1.5万张", "2020-12-31"),
        ("2020年末，全市有床位1.5万张。", "1.5万张", "2020-12-31"),
        ("截至9月30日，全市接种疫苗310万剂次。", "310万剂次", "2021-09-30"),
        ("截至2021年6月底，全市接种疫苗210万剂次。", "210万剂次", "2021-06-30"),
        ("截至5月，全市签约居民51万人。", "51万人", "2021-05-31"),
        ("1月至6月，全市门诊人次为620万人次。", "620万人次", "2021-01-01/2021-06-30"),
        ("1—10月，全市门诊人次为980万人次。", "980万人次", "2021-01-01/2021-10-31"),
        ("上半年，全市门诊人次为620万人次。", "620万人次", "2021-01-01/2021-06-30"),
        ("第一季度，全市门诊人次为300万人次。", "300万人次", "2021-01-01/2021-03-31"),
        ("3月，全市门诊人次为105万人次。", "105万人次", "2021-03-01/2021-03-31"),
        ("4月12日，全市采集核酸样本2.3万份。", "2.3万份", "2021-04-12"),
        ("3月5日至4月10日，全市派出医疗队12支。", "12支", "2021-03-05/2021-04-10"),
        ("2017年至2019年，全市投入资金3.4亿元。", "3.4亿元", "2017-01-01/2019-12-31"),
        ("“十三五”期间，全市投入资金8.4亿元。", "8.4亿元", "2016-01-01/2020-12-31"),
        ("近三年，全市投入资金5.4亿元。", "5.4亿元", "2019-01-01/2021-12-31"),
        ("2018年以来，全市投入资金5.4亿元。", "5.4亿元", "2018-01-01/2021-12-31"),
        ("年初以来，全市投入资金1.4亿元。", "1.4亿元", OWN),
        ("自2019年3月1日《丽水市献血办法》施行以来，截至2021年5月30日，全市采集血液4.2万人次。", "4.2万人次", "2019-03-01/2021-05-30"),
        # two numbers, two times
        ("全市高血压患者规范管理率由2015年的58.2%提升到2020年的71.4%。", "58.2%", "2015-01-01/2015-12-31"),
        ("全市高血压患者规范管理率由2015年的58.2%提升到2020年的71.4%。", "71.4%", BEFORE),
        ("全市家庭医生签约率由31.2%提高到38.5%。", "38.5%", OWN),
        pytest.param(
            "2019年、2020年全市发病率分别为31.5/10万、28.2/10万。", "31.5/10万", "2019-01-01/2019-12-31",
        ),
        ("2019年、2020年全市发病率分别为31.5/10万、28.2/10万。", "28.2/10万", BEFORE),
        # how far a time reaches
        ("2019年，全市有医院30家，床位1.2万张。其中中医医院6家。", "6家", "2019-01-01/2019-12-31"),
        ("2019年，全市有医院30家。2020年，全市有医院33家，床位1.3万张。", "1.3万张", BEFORE),
        ("2019年，全市有医院30家。\n全市有护士9800名。", "9800名", OWN),
        ("全市有护士9800名，比2018年增加1200名。", "9800名", OWN),
        ("全市有护士9800名，比2018年增加1200名。", "1200名", OWN),
        ("与2015年相比，全市护士增加2600名。", "2600名", OWN),
        ("市中心医院始建于1935年，现有床位1500张。", "1500张", OWN),
        ("2020年5月底前，全市完成改造30所；全市新建村卫生室26所。", "26所", OWN),
        ("近三年，全市投入资金5.4亿元。全市有护士9800名。", "9800名", OWN),
        ("全市转诊率由三年前的21.4%降至15.2%。", "21.4%", "2018-01-01/2018-12-31"),
        ("全市转诊率由三年前的21.4%降至15.2%。", "15.2%", OWN),
        ("三年前全市仅有托位1200个，现在有托位3600个。", "3600个", OWN),
        ("全市托位比改革前的2017年增加2400个。", "2400个", OWN),
        ("全市病床使用率71.4%，与2018年高峰时的86.3%相比下降。", "86.3%", "2018-01-01/2018-12-31"),
        ("2020年，全市签约38万人；今年，截至7月底，全市签约41万人。", "41万人", "2021-07-31"),
        ("2021年起，全市补助标准由每人30元提高到45元。", "30元", OWN),
        # targets
        ("到2025年，全市每千人口床位数达到6.8张。", "6.8张", "2025-01-01/2025-12-31"),
    ],
)  # fmt: skip
def test_the_period_of_a_figure(body: str, number: str, period: str) -> None:
    assert when(body, number) == period


def test_a_rise_without_dates_starts_the_year_before_or_in_the_report_s_own_year() -> None:
    # docs/annotation.md §4 takes the year before; the report's own is listed as just as right
    assert when("全市家庭医生签约率由31.2%提高到38.5%。", "31.2%") in (BEFORE, OWN)


@pytest.mark.parametrize(
    ("body", "number", "target"),
    [
        ("到2025年，全市每千人口床位数达到6.8张。", "6.8张", True),
        ("力争到2023年，全市三甲医院达到5家。", "5家", True),
        ("全市三甲医院达到4家。", "4家", False),
        ("2019年，全市三甲医院达到3家。", "3家", False),
    ],
)
def test_targets_are_marked(body: str, number: str, target: bool) -> None:
    assert figure(body, number).target == target


# --- a time read against an anchor -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "own", "published", "expected"),
    [
        ("去年，", Period.year(2021), date(2022, 1, 9), OWN),  # said in January 2022 of 2021
        ("今年，", Period.year(2021), date(2021, 12, 30), OWN),
        ("上年，", Period.year(2021), date(2022, 1, 9), BEFORE),  # counted from the report's own year
        ("2021年2月底，", Period.year(2021), None, "2021-02-28"),
        ("2020年2月30日，", Period.year(2021), None, "2020-02-29"),
        ("6月，", None, None, ""),
        ("今年，", None, None, ""),
        ("今年，", None, date(2021, 3, 1), OWN),
        ("2023年以来，", Period.year(2021), None, "2023-01-01/2023-12-31"),
    ],
)
def test_resolve(text: str, own: Period | None, published: date | None, expected: str) -> None:
    (time,) = find_times(text)
    assert iso(resolve(time, Anchor(own, published))) == expected


def test_a_month_takes_its_year_from_the_time_before() -> None:
    before, time = find_times("2019年11月至12月。3月，")
    assert iso(resolve(time, Anchor(Period.year(2021), None), before)) == "2019-03-01/2019-03-31"


MOMENTS = st.builds(
    Moment,
    st.none() | st.integers(1990, 2030),
    st.none() | st.integers(-2, 1),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 31),
)


TIMES = st.builds(
    TimeMention,
    st.just(0),
    st.just(2),
    st.just("某时"),
    st.sampled_from(["span", "until", "since", "recent"]),
    MOMENTS,
    MOMENTS,
    st.integers(1, 10),
)


@given(
    time=TIMES,
    own=st.none() | st.builds(Period.year, st.integers(1995, 2025)),
    published=st.none() | st.dates(date(1995, 1, 1), date(2026, 12, 31)),
)
def test_any_time_has_a_period_or_none(time: TimeMention, own: Period | None, published: date | None) -> None:
    period = resolve(time, Anchor(own, published))
    assert period is None or period.start <= period.end
    if time.form == "until" and period:
        assert period.start == period.end
