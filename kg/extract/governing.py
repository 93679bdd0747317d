"""Whether a time governs a figure that stands after it: in its clause, its sentence, or the sentences that follow."""

from __future__ import annotations

import re

from kg.extract.comparisons import goes_on_comparing, is_at_once, tells_of_same
from kg.extract.layout import Figure
from kg.extract.period import is_comparison, is_history
from kg.model import TimeMention

_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,12}$")
_RATIO_OF = re.compile(r"(?:(?:是|为|只有|仅为?|占|达到?)|相当于[^，。；\d]{0,6})$")
_THEN = re.compile(r"[^，。；\d\n]{1,8}的(?:近|约)?")  # 与2017年高峰时的
_STARTS = re.compile(r"起|开始")
_OWN_CLAUSE = re.compile(r"(?:之|以)?前(?![\d一二三四五六七八九十]|三|两)")
_EVENT = re.compile(
    r"[^，。；：\d\n]{0,16}(?:成立|开诊|开业|组建|挂牌|更名|改制|转型|升格|晋升|迁入|迁至|搬到|搬迁|托管|合并|并入|发起|加挂|改称)[^，。；\d\n]{0,16}，"
    r"|[^，。；\d\n]{1,20}(?<![先最今然])后，"
)  # 2009年由分所转型，; 2018年9月全面托管后，
_FROM_WHEN = re.compile(r"(?:截[至止]到?|自|从|在|于)$")


def _dates_event(text: str, mention: TimeMention, figure: Figure) -> bool:
    """Does the time only date what happened before a comma (2009年由分所转型，管着3.4万居民)?"""
    event = _EVENT.match(text, mention.end)
    return event is not None and event.end() <= figure.quantity.start and not mention.first.shift


def holds(text: str, mention: TimeMention, between: str, figure: Figure, sentence_start: int) -> bool:
    """Does this time govern the figure after it?"""
    bracket = text.rfind("（", sentence_start, mention.start)
    if bracket > text.rfind("）", sentence_start, mention.start) and "）" in between:
        # 本周（9月2日—8日），: a bracket that only dates what stands before it
        return (
            between.startswith("）")
            and bracket == mention.start - 1
            and re.search(r"(?:本|上|该|这一?|全)?[周月季度旬年]$", text[:bracket][-3:]) is not None
        )
    if is_history(text, mention) or _dates_event(text, mention, figure):
        return False
    if (
        figure.quantity.unit in ("%", "倍")
        and between == "的"
        and _RATIO_OF.search(text[max(0, mention.start - 10) : mention.start])
    ):
        return False  # 是2007年的2.1倍
    at_once = is_at_once(between)
    starts_range = (mention.first == mention.last or text.startswith("的", mention.end)) and _FROM.search(
        text[max(sentence_start, mention.start - 14) : mention.start]
    )
    if is_comparison(text, mention):
        return (
            at_once or _THEN.fullmatch(between) is not None or tells_of_same(text, mention, between, figure)
        )
    if starts_range:
        return at_once
    if figure.clause[0] <= mention.start:
        return not (_STARTS.match(text, mention.end) and _FROM.search(text[figure.left[0] : figure.left[1]]))
    if mention.text.endswith("前") or (mention.form == "unit" and mention.years):
        # not beyond: 三年前只有…，如今…; 本周…，上周…
        return re.fullmatch(r"，[^\d]*", between) is not None or goes_on_comparing(text, mention, figure)
    if _OWN_CLAUSE.match(text, mention.end) and (mention.start < figure.sentence[0] or "；" in between):
        return False  # a deadline
    if mention.form == "recent" and mention.start < figure.sentence[0]:
        return False
    if (
        re.match(r"(?:全年)?(?:的|同期)?(?:则|仅|只)?[为是的有]\d", text[mention.end : mention.end + 6])
        and mention.start - sentence_start > 6
        and (
            "；" in between or not re.search(r"[至到]$", text[max(0, mention.start - 1) : mention.start])
        )  # 增长至2021年的2855万单位，涨幅…
    ):
        return False  # an aside that dates its own figure only
    if mention.start >= figure.sentence[0]:
        return True
    lead = _FROM_WHEN.sub("", text[sentence_start : mention.start])
    if lead.endswith(("，", "；")) and text[mention.end : mention.end + 1] == "，":
        return True  # a clause of its own: …，2023年，…
    return len(lead) <= 14 and not re.search(r"\d|，(?!$)", lead)
