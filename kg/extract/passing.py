"""Times told in passing, which do not govern what the text goes on to tell (其中6月单月…；最忙的是10月4日，…。)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.period import is_comparison
from kg.model import Period, TimeMention

_SINGLED_OUT = re.compile(r"其中|[单光]看|[最仅只尤][^，。；]{0,6}$|特别是$")
_EVENT = re.compile(
    r"[^，。；：\d\n]{0,8}(?:启用|启动|投用|投入使用|开业|开诊|开工|上线|挂牌|揭牌|成立|交付|封顶|获批)(?!以来|后|至今)"
)
_OPENS = 14  # characters before the time with which a sentence opens
_SINCE = re.compile(r"[^，。；：\d\n]{1,12}(?:以来|至今)(?![水年])")
_FROM_ON = re.compile(r"[^，。；：\d\n]{1,10}(?<!发)起(?![步来点伏床诉草案源])")
_ON_TO = re.compile(r"(?:\d{1,2}[时点])?[^，。；：\d\n]{1,12}(?:截?至|到)")
_BRACKET = re.compile(r"（(?=[\d近约超])(?!\d+[年月日号])[^（）\n]*）")
_REACHED = re.compile(r"(?:再|又|继续|进一步)?[降升增减提扩压缩]\S{0,3}?[到至为]")


def opens_stretch(text: str, mention: TimeMention) -> bool:
    """Does a stretch begin with this time (9月开业以来, 自6月首例收治起)?"""
    if (
        mention.form != "span"
        or mention.first != mention.last
        or not (mention.first.month or mention.first.year)
    ):
        return False
    from_on = text[mention.start - 1 : mention.start] in ("自", "从") and _FROM_ON.match(text, mention.end)
    return bool(_SINCE.match(text, mention.end) or from_on)


def goes_no_further(text: str, mention: TimeMention, sentence: tuple[int, int], at: int) -> bool:
    """Does the time date nothing in the sentences after its own: what is singled out, an event (3月启用…) or its start?

    ``sentence`` is the time's own, ``at`` where the figure starts.
    """
    lead = text[sentence[0] : mention.start]
    if at < sentence[1]:
        return (
            _SINGLED_OUT.search(lead) is not None
            and re.search(r"；(?!其中|包括)", text[mention.end : at]) is not None
        )
    if mention.form == "since" and not re.match("以来|至今|起|开始", text[mention.end : mention.end + 2]):
        return True
    return bool(_SINGLED_OUT.search(lead) or _EVENT.match(text, mention.end))


def is_part(text: str, mention: TimeMention, period: Period, opening: Period | None, at: int) -> bool:
    """Is the time part of the one that opens its sentence, and the figure beyond a semicolon (1至6月…，6月单月…；出院…)?"""
    beyond = re.search(r"；(?!其中|包括)", text[mention.end : at])
    if opening is None or mention.form == "until" or beyond is None:
        return False
    return opening.start <= period.start and period.end <= opening.end and opening != period


def opens_sentence(text: str, mention: TimeMention, sentence_start: int) -> bool:
    """Does a sentence open with the time, so that it governs the sentence?"""
    lead = text[sentence_start : mention.start]
    return len(lead) <= _OPENS and not re.search(r"[\d，；：]", lead) and not _SINGLED_OUT.search(lead)


def gives_way(text: str, period: Period, later: Sequence[tuple[TimeMention, Period]]) -> bool:
    """Does its sentence go from this year's or last year's time on to another year (去年诊疗247万；今年上半年136万。签约…)?"""
    return any(
        p.end.year != period.end.year
        and not is_comparison(text, t)
        and not t.text.endswith("前")
        and re.search(r"[；，]$", text[max(0, t.start - 1) : t.start])
        for t, p in later
    )


def joined(text: str, times: Sequence[tuple[TimeMention, Period]]) -> list[tuple[TimeMention, Period]]:
    """The times, two that words make one stretch of as one (自10月27日首例报告至11月3日24时)."""
    out: list[tuple[TimeMention, Period]] = []
    for mention, period in times:
        first, started = out[-1] if out else (mention, period)
        if first is not mention and started.start < period.end and _makes_stretch(text, first, mention):
            out[-1] = (
                replace(first, end=mention.end, form="span", last=mention.last),
                Period(started.start, period.end),
            )
        else:
            out.append((mention, period))
    return out


def _makes_stretch(text: str, first: TimeMention, last: TimeMention) -> bool:
    is_start = text[first.start - 1 : first.start] in ("自", "从")
    return is_start and _ON_TO.fullmatch(text, first.end, last.start) is not None


def is_bracketed(text: str, mention: TimeMention, at: int) -> bool:
    """Does the time only date the figures in the bracket behind it (是2017年（412台）的四倍)?"""
    bracket = _BRACKET.match(text, mention.end)
    return bracket is not None and bracket.end() <= at


def ends_change(text: str, mention: TimeMention, left: str, clause_start: int) -> bool:
    """Is the figure what a change led to from those of this time (由2018年的29.5%、2019年的24.1%降为18.3%)?"""
    begun = re.search(r"[由从][^，。；]*$", text[clause_start : mention.start])
    return bool(begun and re.match(r"的?\d", text[mention.end :][:2]) and _REACHED.match(left))
