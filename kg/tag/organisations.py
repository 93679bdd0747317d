"""Names of organisations: a head word (医院, 卫健委, 日报) and what stands to its left.

From the head we walk left over words that belong to such names (第三, 人民, 附属) until an anchor: a place, a university,
or a word for the report's own area (市, 县). A hospital may also have a free name (天康医院). Without an anchor the head only
names a class of organisations (乡镇卫生院, 二级以上医院), which is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

import ahocorasick

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.organisation_anchor import Head, Reader, is_class
from kg.tag.organisation_shapes import (
    Found,
    aliases,
    bodies,
    bureaus,
    companies,
    groups,
    others,
    sites,
    sources,
    teams,
)

_CAMPUS = re.compile(
    r"(?:(?!新院区|老院区|本部院区|[东西南北]部院区)[\u4e00-\u9fff]{1,5}?院区|[东西南北]院(?!内|长|士|区)|[\u4e00-\u9fff]{2,4}?(?:分院|分中心)|医疗服务共同体|医疗集团|医共体总院|医共体(?=[\d现共有，成下由则的、。；]|所属|各)|"
    r"[\u4e00-\u9fff]{0,6}?(?:体检中心|急救站|急救分站|服务站|门诊部|采血点))"
)
_SCHOOL_PART = re.compile(
    r"医学部(?!主任)|(?:(?![的与和及在等])[\u4e00-\u9fff]){2,3}(?:校区|分校)|(?:管理|公共卫生|基础医学|护理|临床医学|医学|药学|第[一二三四]临床医?学?|口腔医?学?|中医|(?<=大学)(?:(?![的与和及在等、附])[\u4e00-\u9fff]){2})学院(?!附属|第)|出版社"
)
_CAMPUS_STOP = re.compile(
    r"[的在与和及等为将已于、，有了至到从往]|挂牌|获批|托管|转为|参评|开设|设立|设置|成立|建设|新建|启用|搬迁|迁建|投用|整体|目前|两个|下设|所属|现有|拥有|内设|[一二三四五六七八九十\d]个"
)
_AFFILIATED = re.compile(r"附属[\u4e00-\u9fff]{2,6}?医院")
_OFFICE = re.compile(
    r"新闻办公室|新闻办|办公室(?!主任)|网(?!络|上|格|点|站)|(?:交警|特警)(?:支队|大队)|(?:疾控|医政医管|医政|妇幼|老龄|基层|规划)[司局](?!长)|"
    r"(?:综合)?(?:卫生)?监督所|监督局|督查室|代表工委|临床检验中心"
)
_TITLE_AFTER = re.compile(r"(?:副?书记|常委|委员(?!会)|副?秘书长|(?:组织部|宣传部|统战部|政法委)?副?部长)")
_STATUS = ("协作", "合作", "实习", "实践", "成员", "联盟")
_JOINED = {"hospital", "school", "known", "centre"}


@cache
def _heads() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in lexicon.rows("organisation_heads.csv"):
        automaton.add_word(row["head"], Head(row["head"], row["type"], row["anchor"]))
    for name in lexicon.lines("universities.txt"):
        automaton.add_word(name, Head(name, "school", "self"))
    for row in lexicon.rows("organisations_known.csv"):
        automaton.add_word(row["form"], Head(row["form"], "known", "self"))
    automaton.make_automaton()
    return automaton


@cache
def _vetoes() -> Mapping[str, re.Pattern[str]]:
    """What may not follow a head (疾控|系统, 卫生部|门)."""
    return MappingProxyType(
        {row["head"]: re.compile(row["after"]) for row in lexicon.rows("organisation_vetoes.csv")}
    )


def find_organisations(text: str, places: Sequence[Mention]) -> list[Mention]:
    """Mentions of named organisations in a clean text, in order; ``places`` are the places found in it."""
    reader = Reader(text, places)
    found: list[Found] = []
    matches = sorted(
        ((last + 1 - len(head.text), last + 1, head) for last, head in _heads().iter(text)),
        key=lambda m: (m[2].kind != "school", m[1], m[0]),
    )
    for start, end, head in matches:
        veto = _vetoes().get(head.text)
        if veto and veto.match(text, end):
            continue
        is_whole = head.anchor in ("self", "known")
        here = _whole(start, end, head, reader) if is_whole else _headed(start, end, head, reader)
        if here is not None:
            found.append(here)
    for end, start in reader.schools.items():
        match = _AFFILIATED.match(text, end)
        if match and not _CAMPUS_STOP.search(match[0]) and not is_class(match[0].removesuffix("医院")):
            found.append((start, match.end(), "org-school", "hospital"))
    found += [(start, end, "org-corps", "government") for start, end in reader.corps]
    found += [*teams(text, reader), *groups(text, reader), *sites(text, places), *others(text)]
    ends = {end for _, end, *_ in found}
    for name in sorted({name for end, name in aliases(text) if end in ends}):
        found += [(*match.span(), "org-alias", "known") for match in re.finditer(re.escape(name), text)]
    covered = {i for start, end, *_ in found for i in range(start, end)}
    loose = [*bodies(text, reader), *bureaus(text, reader), *companies(text)]
    found += [body for body in loose if covered.isdisjoint(range(*body[:2]))]
    begun = {start for start, *_ in found}
    found += [source for source in sources(text) if source[0] not in begun]
    return _mentions(text, _merge(found))


def _whole(start: int, end: int, head: Head, reader: Reader) -> Found:
    """A name that the lists know whole, with the school before it (附属二院) or the part of it that follows."""
    if head.anchor == "known":
        return reader.schools.get(start, start), end, "org-known", head.kind
    if head.kind == "school":
        reader.schools[end] = start
        part = _SCHOOL_PART.match(reader.text, end)
        end = part.end() if part else end
    elif head.text.startswith("国家"):
        office = _OFFICE.match(reader.text, end)
        end = office.end() if office else end
    return start, end, "org-known", head.kind


def _headed(start: int, end: int, head: Head, reader: Reader) -> Found | None:
    """A name made of an anchor and a head; a party or government office inside a person's title is none (市委书记)."""
    if head.text == "医院" and reader.text[start - 2 : start] in _STATUS:
        return None  # 附属盛京医院技术协作医院
    if head.text == "小学" and reader.text[start - 1 : start] == "中":
        return None  # 通州区中小学
    if head.text in ("委", "纪委", "政府") and _TITLE_AFTER.match(reader.text, end):
        return None
    anchored = reader.anchor(head, start) or reader.coordinated(head, start)
    if anchored is None:
        return None
    first = reader.extend(anchored[0])
    if head.kind == "school":
        reader.schools[end] = first
    last, rule = _tail(reader.text, end, head), anchored[1]
    if head.kind in ("hospital", "centre", "government") and rule in (
        "org-place",
        "org-deictic",
        "org-coordinated",
    ):
        reader.named.add(last)
    return first, last, rule, head.kind


def _tail(text: str, end: int, head: Head) -> int:
    """Where the name ends: campuses and offices belong to it."""
    if head.kind in ("hospital", "centre"):
        match = _CAMPUS.match(text, end) if head.text != "分院" else None
        if match and not _CAMPUS_STOP.search(match[0].removesuffix("院区")):
            return match.end()
    if head.kind == "government":
        match = _OFFICE.match(text, end)
        if match and head.text != "委":
            return match.end()
    return end


def _merge(found: Iterable[Found]) -> list[Found]:
    """Join an organisation with the part of it that follows (复旦大学附属中山医院|厦门医院)."""
    ordered = sorted(found, key=lambda f: (f[0], -f[1]))
    kept: list[Found] = []
    for here in ordered:
        if kept and here[0] < kept[-1][1]:
            if here[0] == kept[-1][0] or here[1] <= kept[-1][1]:
                continue
            kept.append(here)
            continue
        follows = kept and kept[-1][1] == here[0] and kept[-1][3] in _JOINED
        if follows and here[3] in ("hospital", "known") and here[2] in ("org-place", "org-known"):
            last = kept.pop()
            kept.append((last[0], here[1], last[2], last[3]))
            continue
        kept.append(here)
    return kept


def _mentions(text: str, found: Iterable[Found]) -> list[Mention]:
    confidence = {
        "org-place": 0.95,
        "org-known": 0.95,
        "org-school": 0.95,
        "org-deictic": 0.93,
        "org-team": 0.8,
    }
    result = []
    for start, end, rule, _ in found:
        is_marked = start > 0 and text[start - 1 : start] + text[end : end + 1] in ("《》", "“”")
        first, last = (start - 1, end + 1) if is_marked else (start, end)
        result.append(Mention(first, last, text[first:last], "ORG", rule, confidence.get(rule, 0.7)))
    return result
