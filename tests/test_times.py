"""Time expressions: what they date and how, and what only looks like one."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Moment, Period
from kg.tag.times import find_times, plan_period


def only(text: str):
    found = find_times(text)
    assert len(found) == 1, [t.text for t in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "printed", "form", "first", "last"),
    [
        # years
        ("2017年，全市新增床位。", "2017年", "span", Moment(2017), Moment(2017)),
        ("2017年度任务完成。", "2017年度", "span", Moment(2017), Moment(2017)),
        ("二〇一八年完成筛查。", "二〇一八年", "span", Moment(2018), Moment(2018)),
        ("2016-2019年累计投入。", "2016-2019年", "span", Moment(2016), Moment(2019)),
        ("2016年至2019年累计投入。", "2016年至2019年", "span", Moment(2016), Moment(2019)),
        ("今年完成签约。", "今年", "span", Moment(shift=0), Moment(shift=0)),
        ("去年完成签约。", "去年", "span", Moment(shift=-1), Moment(shift=-1)),
        ("上年完成签约。", "上年", "span", Moment(shift=-1), Moment(shift=-1)),
        ("三年前只有一台。", "三年前", "span", Moment(shift=-3), Moment(shift=-3)),
        ("12年前只有一台。", "12年前", "span", Moment(shift=-12), Moment(shift=-12)),
        # weeks, and the report's own stretch of time
        ("2019年第36周报告水痘。", "2019年第36周", "span", Moment(2019, None, 9, 2), Moment(2019, None, 9, 8)),
        ("本周报告水痘。", "本周", "unit", Moment(), Moment()),
        ("上月报告水痘。", "上月", "unit", Moment(), Moment()),
        # parts of years
        ("2020年上半年接诊量回升。", "2020年上半年", "span", Moment(2020, month=1), Moment(2020, month=6)),
        ("2020年下半年接诊量回升。", "2020年下半年", "span", Moment(2020, month=7), Moment(2020, month=12)),
        ("2020年第三季度接诊量回升。", "2020年第三季度", "span", Moment(2020, month=7), Moment(2020, month=9)),
        ("2020年前三季度接诊量回升。", "2020年前三季度", "span", Moment(2020, month=1), Moment(2020, month=9)),
        ("今年1月至8月接诊量回升。", "今年1月至8月", "span", Moment(shift=0, month=1), Moment(shift=0, month=8)),
        ("2020年1—8月接诊量回升。", "2020年1—8月", "span", Moment(2020, month=1), Moment(2020, month=8)),
        ("今年前5月报告病例。", "今年前5月", "span", Moment(shift=0, month=1), Moment(shift=0, month=5)),
        ("今年前10个月接诊量回升。", "今年前10个月", "span", Moment(shift=0, month=1), Moment(shift=0, month=10)),
        # months and days
        ("2020年4月启用。", "2020年4月", "span", Moment(2020, month=4), Moment(2020, month=4)),
        ("4月12日启用。", "4月12日", "span", Moment(month=4, day=12), Moment(month=4, day=12)),
        ("2020年4月12日启用。", "2020年4月12日", "span", Moment(2020, None, 4, 12), Moment(2020, None, 4, 12)),
        ("2020-04-12发布。", "2020-04-12", "span", Moment(2020, None, 4, 12), Moment(2020, None, 4, 12)),
        ("二〇二〇年四月十二日", "二〇二〇年四月十二日", "span", Moment(2020, None, 4, 12), Moment(2020, None, 4, 12)),
        ("2020年4月上旬集中接种。", "2020年4月上旬", "span", Moment(2020, None, 4, 1), Moment(2020, None, 4, 10)),
        ("2020年4月12日至5月3日集中接种。", "2020年4月12日至5月3日", "span", Moment(2020, None, 4, 12), Moment(2020, None, 5, 3)),
        ("2020年4月12日—18日集中接种。", "2020年4月12日—18日", "span", Moment(2020, None, 4, 12), Moment(2020, None, 4, 18)),
        ("2020年4月1-30日集中接种。", "2020年4月1-30日", "span", Moment(2020, None, 4, 1), Moment(2020, None, 4, 30)),
        ("4月12至18日集中接种。", "4月12至18日", "span", Moment(None, None, 4, 12), Moment(None, None, 4, 18)),
        ("2020年4月1日00:00--30日24:00，集中接种。", "2020年4月1日00:00--30日24:00", "span", Moment(2020, None, 4, 1), Moment(2020, None, 4, 30)),
        ("2020年4月1日零时至4月30日24时，集中接种。", "2020年4月1日零时至4月30日24时", "span", Moment(2020, None, 4, 1), Moment(2020, None, 4, 30)),
        ("4月12日0-24时，集中接种。", "4月12日0-24时", "span", Moment(None, None, 4, 12), Moment(None, None, 4, 12)),
        ("2020年3、4月份集中接种。", "2020年3、4月份", "span", Moment(2020, month=3), Moment(2020, month=4)),
        ("较前一周接诊量回升。", "前一周", "unit", Moment(), Moment()),
        # as of
        ("截至2020年9月30日，建档。", "2020年9月30日", "until", Moment(2020, None, 9, 30), Moment(2020, None, 9, 30)),
        ("截至2020年9月，建档。", "2020年9月", "until", Moment(2020, month=9), Moment(2020, month=9)),
        ("2020年底，建档。", "2020年底", "until", Moment(2020, None, 12, 31), Moment(2020, None, 12, 31)),
        ("2020年末，建档。", "2020年末", "until", Moment(2020, None, 12, 31), Moment(2020, None, 12, 31)),
        ("截至去年底，建档。", "去年底", "until", Moment(None, -1, 12, 31), Moment(None, -1, 12, 31)),
        ("2020年6月底，建档。", "2020年6月底", "until", Moment(2020, None, 6, 31), Moment(2020, None, 6, 31)),
        # since
        ("2015年以来，累计投入。", "2015年", "since", Moment(2015), Moment(2015)),
        ("自2018年3月1日施行以来，累计投入。", "2018年3月1日", "since", Moment(2018, None, 3, 1), Moment(2018, None, 3, 1)),
        # five-year plans
        ("“十三五”期间，累计投入。", "“十三五”期间", "span", Moment(2016), Moment(2020)),
        ("“十二五”末，累计投入。", "“十二五”末", "until", Moment(2015, None, 12, 31), Moment(2015, None, 12, 31)),
        ("十四五以来，累计投入。", "十四五以来", "since", Moment(2021), Moment(2021)),
    ],
)  # fmt: skip
def test_times(text: str, printed: str, form: str, first: Moment, last: Moment) -> None:
    time = only(text)
    assert (time.text, time.form, time.first, time.last) == (printed, form, first, last)


@pytest.mark.parametrize(
    ("text", "years"), [("近三年来，累计投入。", 3), ("过去5年，累计投入。", 5), ("五年来，累计投入。", 5)]
)
def test_the_last_years(text: str, years: int) -> None:
    assert (only(text).form, only(text).years) == ("recent", years)


@pytest.mark.parametrize(
    "text",
    [
        "全年接诊人次创新高。",
        "目前，各院运行平稳。",
        "近年来，投入持续加大。",
        "截至目前，建档工作完成。",
        "聘请月嫂和护工。",
        "六月龄婴儿接种。",
        "设置老年人活动室。",
        "青年医师下乡。",
        "急救反应时间为12分钟。",
        "日均接诊480人次。",
        "平均住院日为8日。",
        "三级医院2家。",
        "电话0578-2021999。",
        "几年前建成。",
        "排名两年前进三位。",
        "开展“十佳护士”评选。",
        "完成2019例手术。",
    ],
)
def test_what_dates_nothing(text: str) -> None:
    assert find_times(text) == []


def test_several_times_in_order() -> None:
    text = "2016年发病率为12.5%，2020年底降至9.1%，今年3月再降。"
    assert [t.text for t in find_times(text)] == ["2016年", "2020年底", "今年3月"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("“十三五”健康建设成就", Period(date(2016, 1, 1), date(2020, 12, 31))),
        ("丽水市“十二五”医改回顾", Period(date(2011, 1, 1), date(2015, 12, 31))),
        ("“十四五”规划印发", None),
        ("丽水市2021年工作总结", None),
    ],
)
def test_the_plan_that_a_title_names(title: str, period: Period | None) -> None:
    assert plan_period(title) == period


# --- laws ------------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [*"年月日号底末初旬上中下前第一二三四五六七八九十〇零0123456789-—~至到.,。，\n今去明来近自从", "2020", "1999", "截至", "以来", "季度", "半年", "期间",
     "“十三五”", "十四五", "个月", "年度", "2020.02.30", "2月30日", "13月", "31.04.2019", "二〇二〇年", "医院", "同期"]
)  # fmt: skip
CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=8)
TEXTS = st.lists(st.one_of(PIECES, PIECES, PIECES, CHINESE), max_size=16).map("".join)


@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_times_are_in_order_inside_the_text_and_clear_of_each_other(text: str) -> None:
    found = find_times(text)
    assert [t.text for t in found] == [text[t.start : t.end] for t in found]
    assert all(t.text for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    moments = [m for t in found for m in (t.first, t.last)]
    assert all(m.month is None or 1 <= m.month <= 12 for m in moments)
    assert all(m.day is None or 1 <= m.day <= 31 for m in moments)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2039, 12, 31)))
def test_a_printed_day_comes_back(day: date) -> None:
    found = [
        only(f"截至{printed}，建档完成。")
        for printed in (f"{day.year}年{day.month}月{day.day}日", day.isoformat())
    ]
    assert [(t.form, t.first) for t in found] == [("until", Moment(day.year, None, day.month, day.day))] * 2
