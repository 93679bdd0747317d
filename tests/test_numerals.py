"""Numerals: Arabic with thousands separators, Chinese in words and digit by digit."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.tag.numerals import ARABIC, CHINESE, MULTIPLIERS, arabic, chinese

DIGITS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """A positive number below 10^16 in full Chinese words, as a schoolbook writes it (10 is 一十)."""
    out, gap = "", False
    for power, unit in ((10**12, "万"), (10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // power % 10_000
        if not section:
            gap = bool(out)
            if unit == "亿" and out:  # 一万亿
                out, gap = out + "亿", False
            continue
        if out and (gap or section < 1000):
            out += "零"
        out, gap = out + _section(section) + unit, False
    return out


def _section(section: int) -> str:
    out, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = section // power % 10
        if digit:
            out += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(out)
    return out


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "一十"),
        (105, "一百零五"),
        (2020, "二千零二十"),
        (10_001, "一万零一"),
        (300_500, "三十万零五百"),
        (120_000_000, "一亿二千万"),
        (100_000_001, "一亿零一"),
        (10**12, "一万亿"),
    ],
)
def test_the_words_of_the_tests_own_formatter(number: int, words: str) -> None:
    assert in_words(number) == words


@given(st.integers(min_value=1, max_value=99_999_999))
@example(10)
@example(10_010)
def test_chinese_words_come_back(number: int) -> None:
    assert chinese(in_words(number)) == number


@given(st.integers(min_value=10**8, max_value=10**13 - 1))
@example(120_000_000)
@example(10**12)
def test_chinese_words_of_a_hundred_million_and_more_come_back(number: int) -> None:
    assert chinese(in_words(number)) == number


@given(st.integers(min_value=10, max_value=99_999_999))
def test_chinese_words_with_the_usual_short_forms_come_back(number: int) -> None:
    short = re.sub(r"^一十", "十", in_words(number))
    short = re.sub(r"二(?=[千万])", "两", short)
    assert chinese(short) == number


@given(st.integers(min_value=100, max_value=9_999_999))
def test_chinese_digit_by_digit_comes_back(number: int) -> None:
    digits = "".join(DIGITS[int(c)] for c in str(number))
    assert (chinese(digits), chinese(digits.replace("零", "〇"))) == (number, number)


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿", min_size=1, max_size=8))
def test_any_run_of_numeral_characters_is_read_or_refused(text: str) -> None:
    value = chinese(text)
    assert value is None or value >= 0
    assert re.fullmatch(CHINESE, text) is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十五", 95),
        ("一百一十六", 116),
        ("两千零三", 2003),
        ("六千三", 6300),
        ("三百五", 350),
        ("两万三", 23_000),
        ("一百零五", 105),
        ("十万", 100_000),
        ("二〇一九", 2019),
        ("一九九八", 1998),
        ("零", 0),
        ("两", 2),
        ("两亿", 200_000_000),
    ],
)
def test_chinese(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize(
    "text", ["", "三四", "五六", "三五百", "两三千", "3", "几十", "一百多", "零十", "医院"]
)
def test_what_is_no_single_chinese_number(text: str) -> None:
    assert chinese(text) is None


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=999))
def test_thousands_separators_come_back(whole: int, thousandths: int) -> None:
    printed = f"{whole:,}.{thousandths:03d}"
    assert re.fullmatch(ARABIC, printed) is not None
    assert arabic(printed) == Decimal(f"{whole}.{thousandths:03d}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,345人", "12,345"),
        ("1,234,567元", "1,234,567"),
        ("12,34", "12"),
        ("3.50%", "3.50"),
        ("7,850.4万", "7,850.4"),
        ("5.。", "5"),
        ("2019", "2019"),
    ],
)
def test_where_an_arabic_number_ends(text: str, number: str) -> None:
    assert re.match(ARABIC, text)[0] == number


def test_multipliers_are_what_their_characters_say() -> None:
    said = {name: chinese("一" + name) for name in ("百", "千", "万", "十万", "百万", "千万", "亿")}
    assert said == {name: MULTIPLIERS[name] for name in said}
    assert (MULTIPLIERS[""], MULTIPLIERS["万亿"]) == (1, 10**12)
