"""Parts of a whole: what 其中 says of two figures, in sentences and in tables, and what it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import HEAD, read_text

from kg.config import BASE
from kg.graph import terms
from kg.graph.mapper import to_quads

SENTENCES = {
    "全市共有医疗机构46家，其中医院12家、卫生院20家。": [("12家", "46家"), ("20家", "46家")],
    "全市门急诊218万人次，比上年增长6.3%，其中急诊23万人次，占10.6%。": [("23万人次", "218万人次")],
    "实有床位4321张，其中医院3310张（占76.6%），卫生院812张。": [("3310张", "4321张"), ("812张", "4321张")],
    "在册职工907人（在编686人，聘用221人），其中卫生技术人员764人。": [("764人", "907人")],
    "全年门诊41万人次，出院2万人次，其中市医院门诊26万人次。": [("26万人次", "41万人次")],
    "设医院46家（其中三级医院3家），卫生院80家。": [("3家", "46家")],
    "医疗机构286家，其中医院31家，其中三级医院5家。": [("31家", "286家"), ("5家", "31家")],
    "报告病例30例，其中死亡40例。": [("40例", "30例")],  # what the shapes are to find
}
NO_PARTS = {
    "another unit": "设床位900张，其中三级医院5家。",
    "another sentence": "共有医院46家。其中三级医院3家。",
    "another clause after a semicolon": "设医院46家；其中卫生院3家。",
    "a coordination": "公立医院10家、民营医院36家，其中三级医院12家。",
    "a change": "医院比上年增加6家，其中三级医院2家。",
    "a share": "医院46家，其中三级占12%。",
    "an average": "次均费用6204元，其中三级医院次均费用10877元。",
    "nothing before": "其中三级医院3家。",
    "what another word opens": "共有医院46家，其中三级医院3家，另有卫生院20家。",
}


def parts(body: str) -> list[tuple[str, str]]:
    facts = read_text(HEAD + body).facts
    quotes = {(f.start, f.end): f.quote for f in facts}
    return [(f.quote, quotes[f.whole]) for f in facts if f.whole]


@pytest.mark.parametrize("body", SENTENCES)
def test_a_part_knows_its_whole(body: str) -> None:
    assert parts(body) == SENTENCES[body]


@pytest.mark.parametrize("case", NO_PARTS)
def test_nothing_is_a_part(case: str) -> None:
    found = parts(NO_PARTS[case])
    assert [p for p in found if case != "what another word opens" or p[0] == "20家"] == []


def test_a_marked_row_is_a_part_of_the_row_above_in_each_column() -> None:
    table = "指标\t2020年\t2021年\n卫生机构数（个）\t190\t210\n其中：医院\t12\t14\n卫生技术人员（人）\t900\t950\n# 注册护士\t400\t420\n"
    assert parts(table) == [("12", "190"), ("14", "210"), ("400", "900"), ("420", "950")]


def test_a_marked_column_is_a_part_of_the_column_before() -> None:
    table = "地区\t床位数（张）\t其中：卫生院\n莲都区\t1702\t402\n青田县\t1860\t458\n"
    assert parts(table) == [("402", "1702"), ("458", "1860")]


@given(whole=st.integers(100, 10**6), shares=st.lists(st.integers(8, 10**6), min_size=1, max_size=4))
def test_parts_after_the_first_leave_room_in_the_whole(whole: int, shares: list[int]) -> None:
    named = zip(("三级医院", "卫生院", "诊所", "门诊部"), shares, strict=False)
    found = parts(f"全市医疗机构{whole}家，其中{'，'.join(f'{name}{n}家' for name, n in named)}。")
    values = [int(part.removesuffix("家")) for part, _ in found]
    assert values[:1] == shares[:1]
    assert len(values) == 1 or sum(values) <= whole


def test_the_graph_says_so() -> None:
    reading = read_text(HEAD + "全市共有医疗机构46家，其中医院12家。")
    quads = to_quads(reading, {}, BASE)
    (said,) = [q for q in quads if q.predicate == terms.IS_PART_OF]
    values = {q.subject: q.object.value for q in quads if q.predicate == terms.OBS_VALUE}
    assert (values[said.subject], values[said.object]) == ("12", "46")
