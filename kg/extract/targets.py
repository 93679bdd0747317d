"""Which figures are aims, not what was found."""

from __future__ import annotations

import re

from kg.extract.layout import Figure
from kg.model import Period, Scope

_AIMED = re.compile(
    r"力争|确保|争取(?![了到])|拟(?=[^定])|计划(?=[到在新完建投达])|目标(?=[是为值])|将(?=[达建新完投增])|要(?=达到|完成|实现)"
)
_EXPECTED = re.compile(r"预计")
_BY_YEAR = re.compile(r"(?:^|[，。；：\n、])[^，。；：\n\d]{0,8}到(?:20\d\d年|“?十[一二三四五]五”?末)")


def is_target(text: str, figure: Figure, period: Period | None, own: Scope) -> bool:
    """Is a figure of ``period`` an aim of the report: so said, or of a time after what the report looks back on?"""
    clause = text[figure.clause[0] : figure.quantity.start]
    if _AIMED.search(clause):
        return True
    if _EXPECTED.search(clause):  # an estimate, where the time is over: 2019年总费用预计达…
        over = period is not None and (
            period.end < own.published if own.published else own.period is not None and period == own.period
        )
        return not over
    if period is None:
        return False
    if own.period is None:
        return _BY_YEAR.search(text[figure.sentence[0] : figure.quantity.start]) is not None
    return period.start > own.period.end and (own.published is None or period.end > own.published)
