"""In which year, and on which day, a text was written that does not print it."""

from __future__ import annotations

import pytest
from reading import iso, read_text

from kg.extract.writing_year import year_after


@pytest.mark.parametrize(
    ("text", "latest", "year"),
    [
        ("2019年升格为三级医院；四年过去，床位翻了一番。", 2019, 2023),
        ("2019年升格为三级医院。四年过去，床位翻了一番。", 2019, 2023),
        ("2020年创成健康县城，两年后的去年，又添一块牌子。", 2020, 2023),
        ("2016年3月挂牌；到下周三，满五年。", 2016, 2021),
        ("建院于1988年，今年迎来三十周年。", 2016, 2018),
        ("去年全年（2017年）急诊24万人次。", 2017, 2018),
        ("从2019年的318人到2020年的1275人，今年上半年1600人。", 2020, 2021),
        ("立案47件，比2020年多9件。", 2020, 2021),
        # nothing counts on
        ("2016年起步，到去年12月31日恰好五周年。", 2016, None),
        ("2022年秋，在校生1.7万人，今年又招4000人。", 2022, None),
        ("立案47件，比2020年底多9件。", 2020, None),
        ("2003年建站，三年过去，还在老楼。", 2015, None),  # long ago
        ("2020年诊疗980万人次。", 2020, None),
    ],
)
def test_the_year_that_a_text_counts_to(text: str, latest: int, year: int | None) -> None:
    assert year_after(text, latest) == year


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("四川省卫生厅规划财务处\t二〇一四年一月九日印发\n1月诊疗980万人次。", "2014-01-09"),
        ("丽水市卫生健康委员会部门决算情况说明\n成文日期：2020年8月31日", "2020-08-31"),
        ("丽水日报客户端\t5月28日 10:17\n2020年11月16日，全市签约41万人。", "2021-05-28"),
        ("丽水发布讯 10月24日A06版\n2020年11月16日，全市签约41万人。", "2021-10-24"),
        ("专场发布会摘录\n时间：12月27日上午 地点：丽水\n2021年3月，全市签约41万人。", "2021-12-27"),
        ("04-02 16:20 融媒体中心\n2021年3月，全市签约41万人。", "2021-04-02"),
        ("医院运行月报\n（2022年第9期）\n丽水市中心医院编 10月13日", "2022-10-13"),
        # no dates of publication
        ("丽水市卫生健康委员会\n引用日期：2020年8月31日", "None"),
        ("丽水日报客户端\t5月28日 10:17\n全市签约41万人。", "None"),
    ],
)
def test_the_day_in_a_masthead(head: str, day: str) -> None:
    assert str(read_text(f"丽水市卫生健康工作\n{head}\n").scope.published) == day


@pytest.mark.parametrize(
    ("title", "body", "period"),
    [
        ("走近我们\n", "丽水市中心医院2019年升格；四年过去，今年床位900张。", "2023-01-01/2023-12-31"),
        (
            "家门口看病\n",
            "2020年丽水市创成健康城市，两年后的去年，签约41万人。去年门诊980万人次。",
            "2022-01-01/2022-12-31",
        ),
        # looks back and only announces
        (
            "院史讲解词\n",
            "到2020年底，丽水市中心医院床位900张，去年门诊90万人次。今年9月的院庆，将添床200张。",
            "2020-01-01/2020-12-31",
        ),
        # years that a title looks back on, where the text tells of them too
        (
            "三年，把好医院搬到家门口\n丽水日报 2022-04-27 02版\n",
            "三年累计投入9.7亿元，去年底收官。",
            "2019-01-01/2021-12-31",
        ),
        (
            "照护保险五年，一份账\n2022年5月11日\n",
            "五年累计受理申请7.8万件。去年上门38万人次。",
            "2017-01-01/2021-12-31",
        ),
        (
            "照护保险五年，一份账\n2022年3月11日\n",
            "去年上门38万人次。去年签约41万人。",
            "2021-01-01/2021-12-31",
        ),
    ],
)
def test_the_period_of_such_a_text(title: str, body: str, period: str) -> None:
    assert iso(read_text(f"{title}{body}\n").scope.period) == period
