"""What the page says, in both languages, and how it writes values, periods and known indicators."""

from __future__ import annotations

import calendar
import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from html import escape
from typing import NamedTuple

from kg.model import Comparator, Direction, Kind, Label, Period, Reason, Role, Severity
from kg.resources import data


class Words(NamedTuple):
    """A phrase in both languages, as plain text."""

    zh: str
    en: str


KINDS: Mapping[Kind, Words] = {
    "count": Words("数量", "count"),
    "money": Words("金额", "money"),
    "rate": Words("比率", "rate"),
    "level": Words("水平", "level"),
    "rank": Words("位次", "rank"),
    "change": Words("变化", "change"),
}
LABELS: Mapping[Label, Words] = {
    "ORG": Words("机构", "organisation"),
    "PLACE": Words("地点", "place"),
    "PROGRAMME": Words("项目", "programme"),
}
COMPARATORS: Mapping[Comparator, Words] = {
    "~": Words("约", "about"),
    "<": Words("不足", "less than"),
    ">": Words("超过", "more than"),
    "<=": Words("至多", "at most"),
    ">=": Words("至少", "at least"),
}
DIRECTIONS: Mapping[Direction, Words] = {
    "up": Words("↑ 升", "up"),
    "down": Words("↓ 降", "down"),
    "flat": Words("→ 平", "flat"),
}
SEVERITIES: Mapping[Severity, Words] = {"error": Words("错误", "error"), "warning": Words("警告", "warning")}
REASONS: Mapping[Reason, Words] = {
    "date": Words("日期", "date"),
    "clock": Words("时刻、比例", "clock time or ratio"),
    "name": Words("名称中的数字", "part of a name"),
    "ordinal": Words("序号", "ordinal"),
    "document": Words("文号", "document number"),
    "phone": Words("电话号码", "telephone number"),
    "list": Words("条目编号", "list number"),
    "page": Words("页面信息", "page furniture"),
    "limit": Words("年龄等界限", "age or other limit"),
    "grade": Words("等级", "grade"),
    "base": Words("比率的基数", "base of a rate"),
    "duration": Words("时长", "duration"),
    "measure": Words("附带的计量", "measurement in passing"),
    "slogan": Words("口号", "slogan"),
    "code": Words("型号、代号", "model or code"),
    "small": Words("小的汉字数", "small Chinese numeral"),
    "bare": Words("没有单位", "no unit"),
    "cell": Words("含义不明的表格单元", "table cell left open"),
    "unread": Words("未读", "unread"),
}
ROLES: Mapping[Role, Words] = {
    "runs": Words("组织实施", "runs"),
    "takes-part": Words("参加", "takes part"),
    "won": Words("获得", "won"),
}
TARGET = Words("◎ 目标", "target")


class Known(NamedTuple):
    """An indicator of the scheme: its key and its names."""

    key: str
    zh: str
    en: str


@cache
def known() -> Mapping[str, Known]:
    """The indicators of ``seeds/vocabulary/indicators.csv`` by key."""
    with data("seeds", "vocabulary", "indicators.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Known(row["key"], row["zh"], row["en"]) for row in csv.DictReader(file)}


def both(words: tuple[str, str]) -> str:
    """The markup of a phrase in both languages; the page's switch shows one of them or both."""
    zh, en = words
    return (
        f'<span class="zh" lang="zh-Hans">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>'
    )


def number(value: Decimal) -> str:
    """A value in full, without an exponent or idle zeros and, from five digits on, in groups of three: ``485,900``."""
    form = ",f" if abs(value) >= 10_000 else "f"
    plain = format(value, form)
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def short(period: Period) -> str:
    """A period as an ISO 8601 year, month or day where it is one, else as its two days."""
    first, last = period.start, period.end
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month) == (last.year, last.month):
        return first.isoformat()[:7]
    if whole:
        return f"{first.isoformat()[:7]} – {last.isoformat()[:7]}"
    return f"{first.isoformat()} – {last.isoformat()}"
