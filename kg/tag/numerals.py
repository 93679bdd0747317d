"""Numerals as reports print them: Arabic with thousands separators, Chinese, and the two mixed (3千余, 1.2亿)."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
MULTIPLIERS = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# 2亿1723.2万, 9万4085: the part below the multiplier follows it
COMPOUND = r"\d+亿\d{1,4}(?:\.\d+)?万(?!亿)(?:\d{4}(?![\d.,]))?|\d+万(?:\d{4}|\d,\d{3})(?![\d.,])"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿][零〇○一二两三四五六七八九十百千万亿]*"


def arabic(text: str) -> Decimal:
    """The value of ``1,268.5``, ``2亿1723.2万`` or ``9万4085``."""
    total, rest = Decimal(0), text.replace(",", "")
    for name, factor in (("亿", 10**8), ("万", 10**4)):
        head, mark, tail = rest.partition(name)
        if mark:
            total, rest = total + Decimal(head) * factor, tail or "0"
    return total + Decimal(rest)


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral (一百零八 → 108, 二〇二〇 → 2020, 十三万七三八〇 → 137380); None where it is ill-formed."""
    if not text or any(c not in DIGITS and c not in TENS and c not in MYRIADS for c in text):
        return None
    if all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text)) if len(text) != 2 else _pair(text)
    head, mark, tail = text.rpartition("万")
    if mark and len(tail) > 2 and all(c in DIGITS for c in tail):  # 十三万七三八〇
        over = chinese(head)
        return None if over is None else over * 10**4 + int("".join(str(DIGITS[c]) for c in tail))
    total = section = 0
    digit: int | None = None
    last_unit = 0
    for c in text:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
        elif c in TENS:
            if digit == 0:
                return None
            section += (1 if digit is None else digit) * TENS[c]
            digit, last_unit = None, TENS[c]
        else:
            here = section + (digit or 0)
            # 万 multiplies what stands after the last 亿, 亿 all before it (一亿二千万, 一万亿)
            if MYRIADS[c] > total:
                total = ((total + here) or 1) * MYRIADS[c]
            else:
                total += (here or 1) * MYRIADS[c]
            section, digit, last_unit = 0, None, MYRIADS[c]
    # 三百五, 两万三: the digit counts the next lower unit
    if digit and last_unit >= 100 and text[-2] not in "零〇":
        digit *= last_unit // 10
    return Decimal(total + section + (digit or 0))


def _pair(text: str) -> Decimal | None:
    """Two bare digits: a year's tail or a range (三四), never a number."""
    return None if text[0] not in "零〇" else Decimal(DIGITS[text[1]])
