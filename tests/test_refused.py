"""Numbers that state no fact: each is listed with its reason, and what nothing accounts for is unread."""

from __future__ import annotations

from typing import get_args

import pytest
from reading import HEAD, cleaned, read_text

from kg.extract import extract
from kg.model import Reason
from kg.tag import load, tag
from kg.tag.distractors import find_distractors
from kg.view.words import REASONS

SHAPES: list[tuple[str, list[tuple[str, str]]]] = [
    ("2020年3月5日开诊。", [("2020年3月5日", "date")]),
    ("丽文发〔2021〕17号文件要求落实。", [("〔2021〕17号", "document")]),
    ("举办第31个世界无烟日活动。", [("第31", "ordinal")]),
    ("咨询电话：0578-2233445。", [("电话：0578-2233445", "phone")]),
    ("本文共1287字。", [("本文共1287字", "page")]),
    ("为65岁以上老年人体检。", [("65岁以上", "limit")]),
    ("每天8点30分开诊。", [("8点30分", "clock")]),
    ("医护比为1:1.2。", [("1:1.2", "clock")]),
    ("防控H1N1流感。", [("H1N1", "code")]),
    ("购置3.0T磁共振。", [("3.0T", "code")]),
    ("推行1+1+X团队服务。", [("1+1+X", "slogan")]),
    ("建成15分钟就医圈。", [("15分钟就医圈", "slogan")]),
    ("本市有三级医院。", [("三级", "grade")]),
    ("每10万人口的保障水平提升。", [("每10万人口", "base")]),
    ("急诊24小时有人。", [("24小时", "duration")]),
    ("3.改善环境。", [("3.", "list")]),
    ("实施三项行动。", [("三项", "small")]),
    ("患者体重82公斤。", [("82公斤", "measure")]),
    ("患者住院10天后出院。", [("10天", "duration")]),
    ("医生住在6楼。", [("6", "bare")]),
]


@pytest.mark.parametrize(("sentence", "expected"), SHAPES)
def test_a_number_that_is_no_figure_is_refused_with_its_reason(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    reading = read_text(HEAD + sentence)
    assert reading.facts == ()
    assert [(r.text, r.reason) for r in reading.refused if r.start >= len(HEAD)] == expected


def test_numbers_inside_names_are_told_from_dates_and_facts() -> None:
    reading = read_text(HEAD + "实施《健康丽水2030规划》，2021年新建医院3家。")
    assert [(r.text, r.reason) for r in reading.refused if r.start >= len(HEAD)] == [
        ("《健康丽水2030规划》", "name"),
        ("2021年", "date"),
    ]
    assert [f.quote for f in reading.facts] == ["3家"]


def test_a_number_in_damaged_text_is_refused_as_printed() -> None:
    reading = read_text(HEAD + "為６５歲(suì)以上老年人體檢。")
    assert [(r.text, r.reason) for r in reading.refused][1:] == [("６５歲(suì)以上", "limit")]


def test_digits_that_cleaning_drops_belong_to_the_page() -> None:
    text = HEAD + "全市有医院35家。\n上一页 1 2 3 下一页\n"
    pages = [r.text for r in read_text(text).refused if r.start > len(HEAD)]
    assert pages == ["1", "2", "3"]


def test_what_no_part_of_the_grammar_sees_is_unread() -> None:
    without = load()
    without.remove_pipe("kg_quantities")
    reading = extract(tag(cleaned(HEAD + "2021年有医院35家，床位6,120张。"), without))
    assert reading.facts == ()
    assert [(r.text, r.reason) for r in reading.refused][1:] == [
        ("2021年", "date"),
        ("35", "unread"),
        ("6,120", "unread"),
    ]


def test_the_numbers_of_a_table_that_leaves_them_open_are_told_so() -> None:
    text = HEAD + "指标\t2020年\t2021年\n医院\t12\t14\n卫生院\t30\t31\n"
    reading = read_text(text)
    assert [f.quote for f in reading.facts] == ["12", "14", "30", "31"]
    assert {r.reason for r in reading.refused} == {"date"}


def test_every_reason_is_in_words_of_its_own() -> None:
    assert list(REASONS) == list(get_args(Reason))
    for words in zip(*REASONS.values(), strict=True):
        assert len(set(words)) == len(REASONS)


def test_every_shape_of_a_distractor_tells_its_reason() -> None:
    text = "〔2021〕17号；3、拨打12320，5G"
    reasons = [one.reason for one in find_distractors(text, bytearray(len(text)))]
    assert reasons == ["document", "phone", "code", "list"]
