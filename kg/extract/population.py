"""What the sentence adds to a name: which indicator of the scheme a figure is about, read where it stands.

A name can leave out what was just named (危重孕产妇176例，抢救成功率100%), be printed longer than it was extracted
(医院次均住院费用), or be of the one kind of institution that the sentence began with (乡镇卫生院33753个，床位150.5万张). And
a number of hospitals that did something is not the number of hospitals there are (7家医院未完成).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.extract.concepts import endings, folded, forms, match, reading, scheme, words

_REACH = 60
_GAP = 4
_CLAUSES = 4
_SHORT = 5
_CLAUSE = re.compile(r"[，,；;。：:]")
_JOINED = re.compile(r"[和与及或的级]$")
_EACH = re.compile(r"分别|依次|各为|均|都")
_COUNTED = re.compile(r"[\d,.]+[万亿]?(?P<of>[个家所处间名人位])(?!次)")
_PEOPLE = "名人位"
_COUNTERS = frozenset("个家所处间人名位")
_STOCK = re.compile(
    r"(?:医院|机构|卫生院|卫生室|中心|站|乡镇|街镇|村|社区|县|市|单位|学校|人员|医生|医师|护士|员工|职工)$"
)
_DOING = "达到|达|通过|获得|获|设立|设置|开展|具有|具备|取得|实行|实施|参加|完成|未|不"
_DID = re.compile(_DOING)
_THAT_DID = re.compile(rf"(?:{_DOING}|实现|全部|均|都)")
_DUE = ("需要", "需", "应", "待")
_ALONE = re.compile(r"(?:其中)?(\D{2,10}?)(?:则|仅|已|也)?(?:为|是|达到?)?$")
_SOME = re.compile(r"(\D{2,8})的(?:则|仅|已|也|共|约)?(?:有|为|占|达)?$")
_WHEN = re.compile(r"[年月周末底初时期前]$|由|从")
# the share of what was just counted among those (老人5230人中体检3708人，占)
_SHARE = re.compile(r"\d[\d.万亿]*[人名例家个所]中[^，,；;。]*[，,]占$")
_AMONG = re.compile(r"其中|内有|含")
_WHOLE = re.compile(r"全[国省市县区州旗]")
# beds of a building that is told with its cost are not there yet
_PLANNED = {"beds": "planned-beds", "hospital-beds": "planned-beds"}
_PROJECT = re.compile(r"总投资|概算|迁建|[一二三]期")
_THERE_IS = re.compile(
    r"有|设|建|共|达|配备|成立|创建|办|增至|计|组建|包括|覆盖|全[国省市县区州旗院镇乡]|辖|现|目前|其中|含|由|余|为|打造|承担|：|:"
)


def known(indicator: str, unit: str, kind: str, before: str, after: str) -> str | None:
    """The key of the known indicator that a figure is about, or None.

    ``before`` and ``after`` are what the sentence says around the figure; the others are as in ``concepts.match``.
    """
    name, key, general = reading(indicator, unit, kind)
    bare = forms(name)[2]
    if bare in words("alone"):
        return None
    clauses = [folded(clause) for clause in _CLAUSE.split(before[-_REACH:])[-_CLAUSES:]]
    particular = None
    if key is None or general or bare in scheme()[key].endings:
        told, own = _parts(bare, clauses[-1])
        short = key is None or len(bare) <= _SHORT
        particular = (short and _completed(bare, unit, kind, clauses)) or _completed(own, unit, kind, [told])
    if particular or key is None:
        key = particular
    elif _of_others(indicator, unit, kind, before, after):
        return None
    elif kind == "rate" and (group := _group(bare, clauses)):
        return match(group + bare, unit, kind)
    if key is None:
        return None
    if key in _PLANNED and _PROJECT.search(before):
        return _PLANNED[key]
    body = _alone(clauses[-1])
    if body and not bare.startswith(body):
        return _by_body(_unbodied(bare), unit, kind).get(body)
    longer = _by_body(bare, unit, kind)
    return _narrowed(key, bare, longer, clauses[-1], before) if longer else key


def _of_others(indicator: str, unit: str, kind: str, before: str, after: str) -> bool:
    """Is the figure of some part of what its name says, or of what the name only happens to end with?"""
    if kind == "rate":
        return _SHARE.search(before) is not None
    if kind != "count":
        return False
    some = unit in _COUNTERS and _of_some(indicator, before, after)
    return some or _of_which(indicator, before, after)


def _by_body(bare: str, unit: str, kind: str) -> dict[str, str]:
    """The indicators so named with a kind of institution in front, by that kind."""
    return {topic: key for topic, key in endings(bare, unit, kind) if topic in words("body")}


def _unbodied(bare: str) -> str:
    """The name without the kind of institution it opens with."""
    return bare[max((len(body) for body in words("body") if bare.startswith(body)), default=0) :]


def _alone(clause: str) -> str:
    """The kind of institution that alone stands before the figure (其中公立医院为8.4日), or ""."""
    found = _ALONE.match(clause)
    return found[1] if found and found[1] in words("body") else ""


def _of_which(indicator: str, before: str, after: str) -> bool:
    """Does the clause single out some of what is counted (严重的41例), or those it is still due to (需救治100人)?"""
    clause = forms(_CLAUSE.split(before)[-1])[0]
    some = _SOME.search(clause) if not after or _CLAUSE.match(after) else None
    if some and not _WHEN.search(some[1]) and folded(some[1]) not in folded(indicator):
        return True
    due, here = forms(indicator)[2], folded(clause)
    return any(verb + due in here for verb in _DUE)


def _group(bare: str, clauses: list[str]) -> str:
    """The people that the clauses before spoke of with the words of the rate (慢病已签约3万人，签约率), or ""."""
    done, groups = bare.removesuffix("率"), words("group")
    if done == bare or any(group in bare for group in groups):
        return ""
    found = (_group_that(done, clause) for clause in reversed(clauses) if done in clause)
    return next(filter(None, found), "")


def _group_that(did: str, clause: str) -> str:
    """The group of people right before what it did, with four characters between at most, none of them a digit; or ""."""
    at = clause.find(did)
    while at >= 0:
        if clause[at + len(did) : at + len(did) + 1] != "率":
            for end in range(at, max(at - _GAP, 0) - 1, -1):
                if end < at and clause[end].isdecimal():
                    break
                if clause.endswith(_groups(), 0, end):
                    return max((g for g in _groups() if clause.endswith(g, 0, end)), key=len)
        at = clause.find(did, at + 1)
    return ""


@cache
def _groups() -> tuple[str, ...]:
    return tuple(sorted(words("group")))


def _completed(bare: str, unit: str, kind: str, clauses: list[str]) -> str | None:
    """The indicator whose name ends like this one and begins with what was named last before the figure.

    Where two things were named side by side (高血压4万人、糖尿病2万人，规范管理率分别为), nothing is completed.
    """
    if len(bare) < 2 or bare in words("vague"):
        return None
    told = "|".join(clauses)
    named: dict[str, tuple[int, int]] = {}
    for topic, key in endings(bare, unit, kind):
        at = told.rfind(topic) if len(topic) > 1 and not _JOINED.search(topic) else -1
        if at >= 0:
            named[key] = max(named.get(key, (0, 0)), (at + len(topic), len(topic)))
    if not named:
        return None
    nearest = max(named.values())
    start = nearest[0] - nearest[1]
    found = [key for key, place in named.items() if place == nearest]
    others = [end for end, _ in named.values() if end < start]
    beside = any("|" not in told[end:start] for end in others)
    return None if len(found) > 1 or beside or (others and _EACH.search(told[nearest[0] :])) else found[0]


def _parts(bare: str, clause: str) -> tuple[str, str]:
    """A name that was put together of two: what was told before, what the figure's own clause says (健康档案 + 建档率)."""
    ends = (at for at in range(1, len(bare) - 1) if clause.endswith(bare[at:]))
    at = next(ends, len(bare)) if bare not in clause else len(bare)
    return bare[:at], bare[at:]


def _narrowed(key: str, bare: str, longer: Mapping[str, str], clause: str, before: str) -> str | None:
    """The indicator of the institutions that the sentence speaks of, where the scheme tells them apart.

    ``longer`` has the indicators by kind of institution. None where the scheme has none for the kind spoken of.
    """
    opening = forms(clause)[1]
    spelt = [topic for topic in longer if opening.startswith(topic + bare)]
    # 县级医院诊疗人次、入院人数依次为
    listed = [body for body in longer if opening.startswith(body) and _reaches(opening[len(body) :], bare)]
    if "、" not in _CLAUSE.split(before)[-1] or any(opening.count(body) > 1 for body in listed):
        listed = []
    if spelt or listed:
        return longer[max(spelt or listed, key=len)]
    bodies = _bodies(before)
    body = _measured(before) or (bodies[-1] if bodies and (len(bodies) == 1 or _AMONG.match(clause)) else "")
    if not body or bare.startswith(body) or match(body, "个", "count") == key:
        return key
    return longer.get(body, key if body == "医院" else None)


def _reaches(text: str, name: str) -> bool:
    """Does a text come to a name after some characters, none of them a digit?"""
    at = text.find(name, 1)
    return at > 0 and not any(character.isdecimal() for character in text[:at])


def _measured(before: str) -> str:
    """The kind of institution that an earlier clause of the sentence told a measure of (乡镇卫生院诊疗人次13亿), or ""."""
    found = ""
    for clause in _CLAUSE.split(before)[:-1]:
        opening = forms(folded(clause))[1]
        of = max((body for body in words("body") if opening.startswith(body)), key=len, default="")
        if _WHOLE.match(clause):
            found = ""
        if of and re.match(r"[^\d]{2,}\d", opening[len(of) :]):
            found = of
    return found


def _bodies(before: str) -> list[str]:
    """The kinds of institution counted so far in the sentence (乡镇卫生院33753个), each once; "" for any other thing."""
    found = []
    for number in _COUNTED.finditer(before):
        left = folded(before[: number.start()])
        body = max((body for body in words("body") if left.endswith(body)), key=len, default="")
        if body or number["of"] not in _PEOPLE:
            found.append(body)
    return list(dict.fromkeys(found))


def _of_some(indicator: str, before: str, after: str) -> bool:
    """Does the figure count institutions or people that the sentence says something of, not those there are?"""
    name = folded(indicator)
    clause = _CLAUSE.split(before)[-1]
    if not _STOCK.search(name):
        return False
    told = forms(clause)[0]
    behind = folded(re.split(r"[，,；;。：:、]", after)[0]).removeprefix(name)
    if _THAT_DID.match(after) or _DID.match(behind) or _DID.search(told, 0, max(told.rfind("的" + name), 0)):
        return True
    return name not in folded(clause) and folded(after).startswith(name) and not _THERE_IS.search(clause)
