"""The year that a numbered observance tells."""

from __future__ import annotations

from datetime import date

import pytest
from reading import iso, read_text

from kg.extract.observances import observed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天是第36个世界艾滋病日。", date(2023, 12, 1)),
        ("第十个“世界献血者日”宣传活动在广场举行。", date(2013, 6, 14)),
        ("全市开展第33个爱国卫生月活动。", date(2021, 4, 30)),
        ("第21个全国《职业病防治法》宣传周启动。", date(2023, 4, 30)),
        ("从第一个中国医师节到第四个中国医师节，", date(2021, 8, 19)),
        ("世界艾滋病日活动在广场举行。", None),
        ("第三个阶段结束。", None),
    ],
)
def test_the_day_that_an_ordinal_tells(text: str, day: date | None) -> None:
    assert observed(text) == day


def test_undated_news_of_a_numbered_day_is_about_its_year() -> None:
    body = "广场上的红丝带\n12月1日，丽水市举行第36个世界艾滋病日宣传活动。今年，全市检测92万人次；去年检测86万人次。\n"
    facts = {fact.quote: iso(fact.period) for fact in read_text(body).facts}
    assert facts["92万人次"] == "2023-01-01/2023-12-31"
    assert facts["86万人次"] == "2022-01-01/2022-12-31"


def test_a_later_printed_year_outweighs_an_observance_of_the_past() -> None:
    body = "丽水市健康工作回顾\n2016年，第29个世界无烟日活动覆盖26个乡镇。2021年，全市建成无烟单位310家。2021年检测92万人次。\n"
    assert iso(read_text(body).scope.period) == "2021-01-01/2021-12-31"
