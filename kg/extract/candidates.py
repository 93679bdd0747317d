"""The names a figure's indicator could have: phrases to its left and right, and those of the figures before it.

Choosing beats generating: the rules of ``kg.extract.indicator`` give one name, the text around a figure nearly always
holds the right one, and a ranker that looks at how each candidate is cut and where it stands chooses better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.phrases import PER_PREFIX, strip_lead, strip_tail
from kg.extract.surroundings import Surroundings
from kg.extract.words import cut

LONGEST = 26
_MARKS = "“”‘’\"'「」『』 \t■●▲◆【】《》—-:：、，"
_NOT_FIRST = frozenset("的、，和与及了“”（）：〕】")
_DATED = re.compile(r"[由从自较比]?[\x00\x01]+[的为]?$")
_COUNTED = re.compile(r"(?:总?人数|人次数?|例数|数量?|总数|量)$")
_RATE = re.compile(r"率$")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[万亿]?(?:余|多)?(?:%|‰|个百|[人例名家张所台次户份元件起项](?!以|及|群))")


class Candidate(NamedTuple):
    """A possible name: its text, where it comes from, and what stands outside its two ends in the text.

    ``words`` are its words. ``base`` is what later figures carry on where it is not the whole name (医院 of 省级医院).
    A tuple, because ten are made for each figure and a frozen dataclass takes thrice as long to make.
    """

    text: str
    source: str
    words: tuple[str, ...]
    before: str = ""
    after: str = ""
    note: str = ""
    base: str = ""


def lefts(at: Surroundings, start: int, end: int, source: str) -> Iterator[Candidate]:
    """Phrases that end where the joining words (达到, 由2019年的) before a figure begin, cut at word ends."""
    dated = _DATED.search(at.masked, start, end)
    segment = at.text[start : dated.start() if dated else end]
    kept = strip_tail(segment)
    after = at.text[start + len(kept) : start + len(kept) + 3]
    stem = kept.strip(_MARKS)
    if not stem:
        return
    begin = start + kept.find(stem)
    offset, size = 0, len(stem)
    tokens = cut(stem)
    starts = set()
    for i, word in enumerate(tokens):
        if 2 <= size - offset <= LONGEST and (offset == 0 or word not in _NOT_FIRST):
            starts.add(offset)
            before = at.text[max(0, begin + offset - 2) : begin + offset]
            yield Candidate(stem[offset:], source, tokens[i:], before, after)
        offset += len(word)
    lead = strip_lead(stem)
    if 2 <= len(lead) <= LONGEST and size - len(lead) not in starts:
        yield Candidate(lead, source, cut(lead), stem[: size - len(lead)][-2:], after)


def rights(at: Surroundings) -> Iterator[Candidate]:
    """Phrases that begin right after a figure, cut at word ends; with the verb before the figure, and without."""
    start, end = at.figure.right
    segment = re.split(r"[，。；：！？\n\t]", at.text[start:end], maxsplit=1)[0]
    skip = 1 if segment.startswith("的") else 0
    offset = skip
    tokens = cut(segment[skip:])
    verb = cut(at.verb)
    for i, word in enumerate(tokens):
        offset += len(word)
        if offset > 16:
            break
        whole = segment[skip:offset]
        phrase = whole.strip(_MARKS)
        if len(phrase) >= 2 and word not in "的、和与及（":
            after = at.text[start + offset : start + offset + 2]
            inside = tokens[: i + 1] if phrase == whole else cut(phrase)
            yield Candidate(phrase, "right", inside, "", after)
            if verb:
                yield Candidate(at.verb + phrase, "verb-right", verb + inside, "", after)


def joined(front: tuple[str, ...], back: tuple[str, ...]) -> tuple[str, ...]:
    """Two names as one; what ends the first and opens the second is said once (孕产妇·死亡 and 死亡率: 孕产妇·死亡率).

    So is what the first counts and the second tells the rate of (老年人·签约人数 and 签约率: 老年人·签约率).
    """
    one, two = "".join(front), "".join(back)
    counted = _COUNTED.search(one)
    if counted and _RATE.search(two):
        for size in range(min(counted.start(), len(two) - 1), 1, -1):
            if one.endswith(two[:size], 0, counted.start()):
                return cut(one[: counted.start() - size] + two)
    for size in range(min(len(one), len(two)), 1, -1):
        if one.endswith(two[:size]):
            return cut(one + two[size:])
    return front + back


def _generated(at: Surroundings) -> Iterator[Candidate]:
    figure = at.figure
    start, end = figure.left
    mark = max(at.masked.rfind("\x00", start, end), at.masked.rfind("\x01", start, end))
    own = list(lefts(at, max(start, mark + 1), end, "left"))
    yield from own
    if mark >= start:
        whole = list(lefts(at, start, end, "whole"))
        own = own or whole
        yield from whole
    per = ""
    if not figure.first:
        head = list(lefts(at, *at.head, "head"))
        yield from head
        per = next((c.text for c in head if PER_PREFIX.fullmatch(c.text)), "")
    yield from rights(at)
    outer = (own[-1].text, own[0].text) if own else ()
    short = [t for t in dict.fromkeys((per, at.said.text, *outer)) if 2 <= len(t) <= 12][:2]
    yield from _carried(at, short)
    if at.topic:
        yield from _of_topic(at, short, bare=not own)


def _carried(at: Surroundings, short: list[str]) -> Iterator[Candidate]:
    """The names of the figures before, as they are and with the figure's own words before or after them."""
    unit = at.figure.quantity.unit
    for i, past in enumerate(reversed(at.earlier)):
        note = ("=" if past.unit == unit else "!") + past.near + past.role
        base = cut(past.base)
        if past.near == "l":
            yield Candidate(past.base, "above", base, note=note)
            continue
        yield Candidate(past.base, f"past{min(i, 3)}", base, note=note)
        if past.text != past.base:
            yield Candidate(past.text, f"pasttext{min(i, 3)}", cut(past.text), note=note, base=past.base)
        if i and not past.role:
            continue
        for extra in short:
            both = joined(cut(extra), base)
            yield Candidate("".join(both), f"joined{min(i, 1)}", both, note=note, base=past.base)
            both = joined(base, cut(extra))
            yield Candidate("".join(both), f"followed{min(i, 1)}", both, note=note)
        if unit == "%":
            yield Candidate(
                past.base + "占比", f"share{min(i, 1)}", (*base, "占比"), note=note, base=past.base
            )


def _of_topic(at: Surroundings, short: list[str], *, bare: bool) -> Iterator[Candidate]:
    """The topic, alone and before the figure's own words; for a bare figure also the topic's ends."""
    tokens = cut(at.topic)
    yield Candidate(at.topic, "topic", tokens)
    for i in range(1, len(tokens) if bare else 0):
        if tokens[i] not in _NOT_FIRST:
            yield Candidate("".join(tokens[i:]), "topic-end", tokens[i:], "".join(tokens[:i])[-2:])
    for extra in short:
        if extra != at.topic:
            both = joined(tokens, cut(extra))
            yield Candidate("".join(both), "topic-own", both)


def candidates(at: Surroundings) -> list[Candidate]:
    """Every candidate of a figure, the rules' own answer first; none twice, none with another figure inside.

    Where the rules' answer is a phrase of the text too, it stands there as that phrase, with what is around it.
    """
    found: dict[str, Candidate] = {}
    for candidate in _generated(at):
        text = candidate.text
        if text in found or not 2 <= len(text) <= LONGEST + 8 or text.count("（") != text.count("）"):
            continue
        if text.isalpha() or (text.strip() and not _FIGURE.search(text)):
            found[text] = candidate
    said = at.said.text
    own = found.pop(said, None)
    if own is None and said.strip():
        own = Candidate(said, "rule", cut(said))
    return [own, *found.values()] if own else list(found.values())
