"""Which kind of number a figure is, and for a change its direction (docs/annotation.md §1 and §4)."""

from __future__ import annotations

import re

from kg.extract.layout import Figure
from kg.model import Direction, Kind
from kg.tag.quantities import measures

_UP = r"增长|增加|上升|提高|提升|增幅|升幅|涨幅|高出|高于|多出|超出|净增|扩大|前移|再提|增速|增|升|涨|多|高|快|长"
_DOWN = r"下降|降低|减少|回落|降幅|缩短|压缩|低于|下滑|还差|少|降|缩小|收窄|低|短|慢|跌"
_CHANGE = re.compile(
    rf"(?P<word>{_UP}|{_DOWN})(?:了|出|约|近|超过?|不足|逾|达|为|分别|各|均|幅度?|率)*(?:分别|各)?(?:为|达到?|约|近|超过?|在)?$"
)
_NO_CHANGE = re.compile(
    r"(?:增长率|提高率|降低率|自然增长率|高于|不低于|不高于|低于|最高|最低|最长|最短|至多|不少于|不超过|多于|少于|快于|优于)$"
)
_TO = re.compile(r"(?:到|至|为)$")
_PER = re.compile(
    r"(?:每千|每万|每十万|每百|千人口|万人口|千人均|人均|每人|户均|每户|每名|每位|平均每|每村|村均|每所|院均|每例|例均|每张|每床|每台|每百元|百元|每[\u4e00-\u9fff]{1,6}(?:配备|拥有|不少于|达|有)?$|医护比|床护比|周转次数)"
)
_COMPARISON = re.compile(r"(?:比|较|同比|环比|相比|年均|以上年|净增|净减|逐年)")
_HEDGE = re.compile(r"(?:近|约|超过?|逾|不足|大约)$")
_GROWTH = re.compile(r"(?:增幅|降幅|升幅|涨幅|(?<!自然)增长率|增速)(?:为|达到?|约|近|分别|在|仅)*$")
_COMPARED_BEFORE = re.compile(r"(?:与|和|同|较|比)[^，。；]{1,10}(?:比较|相比|比)，[^。；]*$")
_DIFFERENCES = (
    "增加",
    "减少",
    "净增",
    "多出",
    "高出",
    "缩短",
    "下降",
    "回落",
)  # right before the number, they need no comparison beside them: 医院增加9家; 增加医院9家 has a name between
_CAPACITY = re.compile(r"(?:日|单日|每日)(?:最大)?(?:核酸)?(?:检测|接种|采样|处理|接诊)?能力")
_VISIT = re.compile(
    r"次均|例均|均次|人均住院费用|每诊疗人次|每门诊人次|每床日|日均费用|出院者平均|门诊病人|每出院"
)


def kind_of(figure: Figure, text: str, indicator: str) -> tuple[Kind, Direction | None]:
    """The kind of a figure and, for a change, whether it went up or down."""
    if figure.quantity.rule == "n-rank":
        return "rank", None
    left = _HEDGE.sub("", text[figure.left[0] : figure.quantity.start])
    negative = left.endswith(("-", "－", "−"))  # 增长-7.4%
    left = left.rstrip("-－−")
    change = _CHANGE.search(left)
    direction: Direction | None = None
    if change:
        direction = "down" if (re.fullmatch(_DOWN, change["word"]) is not None) != negative else "up"
    if _measure(figure) == "change" or _continues_change(text, figure):
        return "change", direction or _earlier_direction(text, figure)
    if _is_change(figure, text, left, change):
        return "change", direction
    return _level_kind(figure, text[figure.clause[0] : figure.quantity.start], left, indicator), None


def _measure(figure: Figure) -> str:
    """What a number with the figure's unit measures."""
    unit = figure.quantity.unit
    return measures().get(unit.partition("/")[0] or unit, "count")


def _is_share(figure: Figure) -> bool:
    """Is the figure a share or a ratio by its unit or form?"""
    q = figure.quantity
    return q.unit in ("%", "‰") or q.unit.startswith("/") or q.rule in ("n-fraction", "n-tenths")


def _is_change(figure: Figure, text: str, left: str, change: re.Match[str] | None) -> bool:
    """Is the number a difference (比上年增加66家, 增长3.2%), not a level reached (增加到66家)?"""
    unit = figure.quantity.unit
    if change and not _TO.search(change[0].rstrip("为")) and not _NO_CHANGE.search(left):
        compared = (
            _COMPARISON.search(text[figure.clause[0] : figure.quantity.start]) is not None
            or _COMPARED_BEFORE.search(text[figure.sentence[0] : figure.quantity.start]) is not None
        )
        if unit in ("%", "倍") or compared or change["word"] in _DIFFERENCES:
            return True
    return _is_share(figure) and _GROWTH.search(left) is not None


def _level_kind(figure: Figure, clause: str, left: str, indicator: str) -> Kind:
    """The kind of a figure that is no change and no rank."""
    q, measure, context = figure.quantity, _measure(figure), clause + indicator
    if _is_share(figure):
        return "rate"
    if measure == "money":
        return "rate" if _PER.search(context) and not _VISIT.search(context) else "money"
    if q.unit != "岁" and (_PER.search(indicator) or _PER.search(left)):  # 人均预期寿命 is a level
        return "rate"
    if measure == "level" or q.unit.endswith(("/日", "/天")) or _CAPACITY.search(context):
        return "level"
    whole = q.value == q.value.to_integral_value()
    return "count" if measure == "count" and q.unit and whole else "rate"


def _continues_change(text: str, figure: Figure) -> bool:
    """分别增长26.1%、31.3%和42%, 分别增加54人次、8床日: the later members of a distributed change."""
    if figure.first or not re.fullmatch(r"[、，和与及]?(?:和|与|及)?", text[slice(*figure.left)]):
        return False
    in_turn, unit = (
        (r"(?:分别|各|依次)?", "%?") if _is_share(figure) else (r"(?:分别|各|依次)", r"[^\d、，和与及]{0,5}")
    )
    clause = text[figure.clause[0] : figure.quantity.start]
    return bool(
        re.search(
            rf"{in_turn}(?:{_UP}|{_DOWN})(?<!于)(?:了|约)?[\d.]+{unit}(?:[、和与及][\d.]+{unit})*[、和与及]+$",
            clause,
        )
    )


def _earlier_direction(text: str, figure: Figure) -> Direction | None:
    """The direction told by the last change word before the figure in its sentence."""
    words = re.findall(rf"{_UP}|{_DOWN}", text[figure.sentence[0] : figure.quantity.start])
    if not words:
        return None
    return "down" if re.fullmatch(_DOWN, words[-1]) else "up"
