"""The period that a report prints as its own, and days and years that need the rest of the text to be read."""

from __future__ import annotations

import pytest
from reading import figure, iso, read_text


@pytest.mark.parametrize(
    ("text", "period"),
    [
        # a double volume, a school year
        ("丽水年鉴（2014—2015合卷）\n【概况】\u3000全市有护士9800名。", "2014-01-01/2015-12-31"),
        ("丽水年鉴（2014）\n【概况】\u3000全市有护士9800名。", "2013-01-01/2013-12-31"),
        # the stretch that the text says its figures are of
        (
            "丽水市医保基金季报\n本期指2021年1—3月，上期指去年第四季度。\n参保120万人。",
            "2021-01-01/2021-03-31",
        ),
        (
            "丽水市卫生健康局\n2021年8月2日\n现将上半年工作情况报告如下：\n全市接种12万剂次。",
            "2021-01-01/2021-06-30",
        ),
        (
            "乡村医生的一天\n发布时间：2023-03-16\n本文所列数字均为申报年度即2021年的情况。\n丽水市有村医900名。",
            "2021-01-01/2021-12-31",
        ),
        # periodicals tell of the last whole stretch
        ("丽水市手足口病疫情旬报\n2022年5月23日\n报告病例214例。", "2022-05-11/2022-05-20"),
        ("丽水市流感监测周报\n发布时间：2022-05-25\n报告病例214例。", "2022-05-16/2022-05-22"),
        ("丽水市医疗服务月报\n发布时间：2022-01-12\n门诊21万人次。", "2021-12-01/2021-12-31"),
        ("丽水市医疗保险季报\n发布时间：2022-05-12\n参保120万人。", "2022-01-01/2022-03-31"),
        # a holiday, told of soon after it
        (
            "长假里的急诊室\n发布时间：2017-10-10\n丽水市10月1日至8日，全市急诊1.2万人次。",
            "2017-10-01/2017-10-08",
        ),
        # last year's: final accounts, a speech at the year's first meeting
        (
            "丽水市卫生健康委员会部门决算公开\n发布时间：2018-08-31\n收入总计2100万元。",
            "2017-01-01/2017-12-31",
        ),
        (
            "在全市卫生工作会议上的报告\n发布时间：2009-02-20\n丽水市有医疗卫生机构214家。",
            "2008-01-01/2008-12-31",
        ),
        # what was done comes first in the title, what is planned second
        (
            "丽水市“十三五”卫生健康工作总结暨“十四五”工作打算\n发布时间：2020-12-25\n全市有护士9800名。",
            "2016-01-01/2020-12-31",
        ),
        # not of the day that only is to come
        ("丽水市健康节将于9月20日开幕\n2022年，全市有护士9800名。", "2022-01-01/2022-12-31"),
    ],
)
def test_a_report_prints_its_period(text: str, period: str) -> None:
    assert iso(read_text(text).scope.period) == period


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "丽水市遂昌县健康扶贫自查报告\n遂府报〔2019〕41号\n全县参合6万人。\n遂昌县人民政府\n7月5日",
            "2019-07-05",
        ),
        ("丽水市签约服务监测通报\n12月8日\n平台数据提取时点为2023年11月30日24时。签约20万人。", "2023-12-08"),
        ("丽水市改革监测通报\n5月11日\n诊疗12万人次，环比（2016年第四季度）下降4.5%。", "2017-05-11"),
        ("丽水市签约服务监测通报\n12月8日\n签约20万人。", "None"),
    ],
)
def test_a_day_without_a_year_is_dated_by_the_text(text: str, day: str) -> None:
    assert str(read_text(text).scope.published) == day


BULLETIN = "丽水市疫情通报\n丽水市卫生健康委员会\u30002022-11-22 07:30\n11月20日0—24时，全市新增病例9例。\n"


@pytest.mark.parametrize(
    ("body", "number", "period"),
    [
        ("本轮疫情自10月27日以来，累计报告病例151例。", "151例", "2022-10-27/2022-11-20"),
        ("自10月27日以来报告151例。\n20日主城区采样104万人。", "104万人", "2022-11-20"),
        ("昨日18时起，划定高风险区12个。", "12个", "2022-11-21"),
        ("截至21日24时，尚有高风险区386个。", "386个", "2022-11-21"),
        ("现有病例64例。", "64例", "2022-11-20"),
    ],
)
def test_days_of_a_bulletin(body: str, number: str, period: str) -> None:
    assert iso(figure(body, number, BULLETIN).period) == period


YEARBOOK = "当前位置：年鉴 > 丽水年鉴（2013） > 医疗卫生\u3000上网时间：2015-03-09\n"


@pytest.mark.parametrize(
    ("head", "body", "number", "period"),
    [
        (YEARBOOK, "全市有医院6家。年末核定床位3126张。", "3126张", "2012-12-31"),
        (YEARBOOK, "4月1日起取消药品加成，至年末让利6130万元。", "6130万元", "2012-04-01/2012-12-31"),
        # what only dates an event before the comma, or a figure of its own
        (YEARBOOK, "市二院2009年由职工医院转型，管着3.4万居民。", "3.4万", "2012-01-01/2012-12-31"),
        (
            YEARBOOK,
            "总诊疗41.8万人次，接近上年全年的43.6万人次；手术2.1万台。",
            "2.1万台",
            "2012-01-01/2012-12-31",
        ),
        (YEARBOOK, "1954年全年诊治7.3万人次。", "7.3万人次", "1954-01-01/1954-12-31"),
    ],
)
def test_years_of_what_looks_back(head: str, body: str, number: str, period: str) -> None:
    assert iso(figure(body, number, head).period) == period


def test_news_of_an_observance_is_of_its_day() -> None:
    head = "丽水市举行世界献血者日活动\n发布时间：2020-06-16\n世界献血者日活动在文化广场举行。\n"
    assert iso(figure("当天有87人献血。", "87人", head).period) == "2020-06-14"
