"""Numbers with a unit that state no fact about the health system: durations, distances, ages and rules in passing.

Each pattern names a way of speaking, not a document; what remains is a figure.
"""

from __future__ import annotations

import re

from kg.extract.layout import Figure
from kg.model import Reason

_DURATION_UNITS = {"年", "天", "日", "周", "小时", "分钟", "秒", "个月", "个工作日", "个小时"}
_DURATION = re.compile(
    r"(?:住院日|住院天数|时间|时长|时限|周期|寿命|期望|缩短|压缩|平均|反应|响应|耗时|用时|历时|工期|天数|可支付|等候|候诊|办结|短于|快于|长于|年限|报告|出车|到达|提前|日龄|快了|慢了|满足|坐诊|可支付|在舱|服务时间)"
)
_LEVEL_UNITS = {
    "米",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "公斤",
    "千克",
    "克",
    "毫克",
    "毫升",
    "升",
    "℃",
    "岁",
    "周岁",
}
_LEVEL = re.compile(
    r"(?:寿命|平均|期望|年龄|总量|采集|血量|献血|全长|里程|行驶|距|半径|面积|产量|投放|使用|处置|收集|用量|供应|清运|发放|储备|绿化|回收|采血|供血|饮用水|管网)"
)
_RULE = re.compile(
    r"(?:每次|一次|单次|每人每|不得|须|应当|必须|要求|凡|年满|连续在岗|不满|未满)[^，。；]{0,12}$"
)
_ANECDOTE = re.compile(
    r"(?:体重|身高|海拔|楼高|国道|体温|气温|血压|母亲|父亲|老伯|男孩|女孩|今年|她|他|我|你|口气|离家|赶|走|骑|爬|翻|躺|守|开车)[^，。；]{0,8}$"
)


def refusal(figure: Figure, text: str) -> Reason | None:
    """Why a candidate figure states no fact; None where it states one."""
    q = figure.quantity
    left = text[max(figure.sentence[0], q.start - 30) : q.start]
    clause = text[figure.clause[0] : q.start]
    after = text[q.end : q.end + 6]
    unit = q.unit
    if unit in _DURATION_UNITS:
        if after.startswith(
            ("内", "以内", "之内", "后", "前", "来", "间", "里", "期间", "的时间")
        ) and not _DURATION.search(clause):
            return "duration"
        states = bool(_DURATION.search(left)) and not re.search(r"(?:近|过去|连续|未来|前|头)$", left)
        return None if states else "duration"
    if unit in _LEVEL_UNITS:
        if after.startswith(("以上的", "以上人", "者", "以上老", "以上儿")):
            return "limit"
        return None if _LEVEL.search(left) and not _ANECDOTE.search(clause) else "measure"
    if q.rule == "n-mult" and not unit:
        return None
    return "limit" if after.startswith("者占") and _RULE.search(clause) else None
