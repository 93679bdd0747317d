"""Yearly observances: the ordinal of one tells the year in which an undated report was written."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from kg.resources import data
from kg.tag.numerals import CHINESE, chinese

_MARKS = re.compile(r"[“”《》]")


@cache
def _first() -> Mapping[str, date]:
    """The day of each observance in its first year; of a week or month its last day."""
    with data("seeds", "vocabulary", "observances.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: date(int(row["first"]), int(row["month"]), int(row["day"]))
            for row in csv.DictReader(file)
        }


@cache
def _ordinal() -> re.Pattern[str]:
    names = "|".join(sorted(_first(), key=len, reverse=True))
    return re.compile(rf"第(?P<n>\d{{1,3}}|{CHINESE})[个届次](?:全国)?(?P<name>{names})")


def observed(text: str) -> date | None:
    """The latest day that a numbered observance tells (第36个世界艾滋病日: 1 December 2023); None where none stands."""
    days = []
    for match in _ordinal().finditer(_MARKS.sub("", text)):
        count = int(match["n"]) if match["n"].isdigit() else int(chinese(match["n"]) or 0)
        first = _first()[match["name"]]
        if count:
            days.append(first.replace(year=first.year + count - 1))
    return max(days, default=None)


@cache
def _named() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_first(), key=len, reverse=True)))


def observed_before(text: str, day: date, days: int) -> date | None:
    """The day of an observance that a text names, at most so many days before a day."""
    for match in _named().finditer(_MARKS.sub("", text)):
        first = _first()[match[0]]
        held = first.replace(year=day.year)
        if 0 <= (day - held).days <= days:
            return held
    return None
