"""The week, month or months that a bulletin without a dated headline tells of."""

from __future__ import annotations

import pytest
from reading import iso, read_text

MAY = "2021-05-01/2021-05-31"
YEAR = "2021-01-01/2021-12-31"


def own(text: str) -> str:
    """The period of the only figure of the last line, which has no time of its own."""
    return iso(read_text(text).facts[-1].period)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021年5月，全市报告水痘66例，较去年同期（81例）下降18.5%。\n丙类传染病报告412例。", MAY),
        ("2021年6月8日，市疾控中心通报，2021年5月1-31日，全市报告水痘66例。\n丙类传染病报告412例。", MAY),
        ("11日，市卫健委发布2021年5月全市传染病疫情概况。\n丙类传染病报告412例。", MAY),
        ("2021年5月1日0:00—31日24:00，全市报告水痘66例。其中：\n丙类：412例。", MAY),
        ("2021年全市医疗服务情况\n2021年1-5月，全市诊疗213万人次。\n医院诊疗120万人次。", "2021-01-01/2021-05-31"),
        ("2021年第二季度，全市报告食物中毒9起。\n家庭中毒占52%。", "2021-04-01/2021-06-30"),
        # another stretch, or the year as a whole
        ("2021年5月，全市报告水痘66例。2021年8月，报告21例。\n丙类传染病报告412例。", YEAR),
        ("2021年5月，全市报告水痘66例。2021年，全市诊疗213万人次。\n丙类传染病报告412例。", YEAR),
        ("全市有护士9800名。2021年5月，报告水痘66例。2021年8月，报告21例。\n丙类传染病报告412例。", YEAR),
        # a comparison alone tells the year
        ("全市报告登革热21例，较2020年同期（40例）下降47.5%。\n丙类传染病报告412例。", YEAR),
        # this year up to a month, in a text that prints only that month
        ("截至2021年10月底，全市报告感染者1204例，去年同期少41例。\n今年前10个月新增210例。", "2021-01-01/2021-10-31"),
        # where a change began is not what a text is about
        ("孕产妇死亡率由2015年的19.1/10万降至2021年的12.3/10万，婴儿死亡率由2015年的7.2‰降至4.1‰。\n全市有护士9800名。", YEAR),
    ],
)  # fmt: skip
def test_stretch(text: str, period: str) -> None:
    assert own(text) == period


def test_since_when_without_an_end_is_no_period() -> None:
    assert own("“十四五”以来，全市新增床位2600张。") == ""
