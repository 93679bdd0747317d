"""The unit of a number printed without one (常住人口65.3万, 总投资4.46亿): told by what it counts."""

from __future__ import annotations

import re

from kg.extract.layout import Figure

_MONEY = re.compile(
    r"(?:投资|投入|资金|经费|费用|收入|支出|配套|补助|补偿|基金|账户|财政|债|金额|花|赔付|拨付|报销|结余|节约|价值|产值|筹资|总额|收支|减免|让利|进账|挣)"
)
_VISITS = re.compile(r"(?:人次|门诊量|诊疗量|门急诊|诊疗|接诊量|就诊量|接种|采样|住院量|受益|服务量|急诊)")
_BEDS = re.compile(r"床位数?$|病床$")
_PEOPLE = re.compile(
    r"(?:人口|人数|患者|群众|居民|儿童|老人|老年人|参保|参合|职工|农民|学生|人员|男婴|女婴|出生|男性|女性|户籍|常住|覆盖|签约|签了|妇女|活产|产妇|出院|入院|死亡|病人|服苗|少了|招收)"
)
_PERSON_AFTER = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}?)(?:人口|群众|居民|儿童|老人|老年人|职工|农民|学生|患者|人员|产妇|妇女|药农|父老|人民|百姓|老百姓|子女|干部|青少年|市民|村民)"
)


def implied(figure: Figure, text: str, indicator: str, last: str) -> str:
    """The unit of a figure whose number has a multiplier and no unit; ``last`` is the one implied before in its paragraph."""
    start = max(figure.sentence[0], figure.quantity.start - 40)
    after = text[figure.quantity.end : figure.quantity.end + 12]
    if _PERSON_AFTER.match(after):
        return "人"
    if _BEDS.search(indicator):
        return "张"
    for context in (
        text[figure.left[0] : figure.quantity.start] + indicator,
        text[start : figure.quantity.start],
    ):
        hits = [
            (m.end(), unit)
            for pattern, unit in ((_MONEY, "元"), (_VISITS, "人次"), (_PEOPLE, "人"))
            for m in pattern.finditer(context)
        ]
        if hits:
            return max(hits)[1]
    printed = text[figure.quantity.start : figure.quantity.end]
    return last or ("元" if "亿" in printed else "")


_CAPACITY = re.compile(
    r"(?:日|单日|每日|每天|日均)(?:最大|最高)?(?:核酸)?(?:检测|接种|采样|处理|接诊|供应|生产|检验)?(?:样本)?能力|日检"
)


def daily(figure: Figure, text: str, indicator: str) -> str:
    """``/日`` for a capacity that its clause states by the day (日检测能力6.2万份), else empty."""
    unit = figure.quantity.unit
    if unit in ("份", "管", "人份", "管次") and _CAPACITY.search(
        text[figure.clause[0] : figure.quantity.start] + indicator
    ):
        return "/日"
    return ""
