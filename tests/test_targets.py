"""Aims, what was found, and lists of aims."""

from __future__ import annotations

import pytest
from reading import iso, read_text

LIST = "丽水市卫生强市战略\n到2025年将实现：\n1、全市床位达到2.1万张\n2、家庭医生签约率≥75%\n联系我们：共3个窗口，41人值班\n"


@pytest.mark.parametrize(
    ("text", "number", "is_target"),
    [
        ("丽水市2021年工作总结\n到2025年，全市床位达到2.1万张。", "2.1万张", True),
        ("丽水市2021年工作总结\n2021年，全市有床位1.9万张。", "1.9万张", False),
        ("丽水市2021年工作总结\n力争全市床位达到2.1万张。", "2.1万张", True),
        ("到2025年和2030年，健康素养水平分别不低于28%和33%。", "33%", True),
        # an estimate of what is over
        ("丽水市卫生健康公报\n2022年6月7日\n2021年全市卫生总费用预计达61.2亿元。", "61.2亿元", False),
        ("丽水市卫生健康公报\n2021年全市卫生总费用预计达61.2亿元。", "61.2亿元", False),
        ("丽水市工作要点\n2021年2月7日\n2021年预计新增床位300张。", "300张", True),
        # told after the report's own period, before its publication
        ("丽水市2021年工作总结\n2022年3月9日\n2022年1月，全市完成接种4.2万剂次。", "4.2万剂次", False),
    ],
)
def test_target(text: str, number: str, is_target: bool) -> None:
    assert [f.target for f in read_text(text).facts if f.quote == number] == [is_target]


def test_the_items_of_a_list_are_of_the_time_above_it() -> None:
    facts = {f.quote: (iso(f.period), f.target, f.comparator) for f in read_text(LIST).facts}
    assert facts["2.1万张"] == ("2025-01-01/2025-12-31", True, "=")
    assert facts["75%"] == ("2025-01-01/2025-12-31", True, ">=")


def test_a_list_ends_with_its_last_item() -> None:
    text = "2021年5月，各病种报告如下：\n水痘：66例\n手足口病：412例\n全市另有定点医院9家，均设发热门诊。"
    facts = {f.quote: iso(f.period) for f in read_text("疫情情况（2021年6月）\n" + text).facts}
    assert (facts["412例"], facts["9家"]) == ("2021-05-01/2021-05-31", "2021-06-01/2021-06-30")
