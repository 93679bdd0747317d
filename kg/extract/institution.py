"""The hospital, blood station, school or the like that a report is by and about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kg.extract.masthead import find_title
from kg.model import Mention, Tagged

SIGNATURE_LINES = 4  # at a text's end, where its author may stand
_BEGINNING = 300  # characters
_OPENING = 400
_LEAD = 150
_HOLDERS = re.compile(
    r"(?:(?:医|卫生|保健|防治|疗养|康复|护理|养老|敬老|福利|妇幼|妇保|附|分)院|(?:医院|医疗|健康|保健)集团|共同体|医共体|院区|[一二三四五六七八九]院|血站|血库|中心|卫生[室所站]|服务站|门诊部|诊所|急救站|"
    r"(?:监督|防治|防|检验|保健|卫监|教育|研究)所|(?:防治|防疫|保健|慢病|血防)站|监督局|(?:监督|执法)[支大]队|医疗队)$"
)
_MEDIA = re.compile(
    r"会展|政务|行政服务|体育中心|储备中心|融媒体中心|新闻中心|传媒中心|广播电视|信息中心|宣传中心|宣教中心"
)
_SCHOOL = re.compile(r"(?:学院|大学|学校)$")
_INSTITUTION = re.compile(r"(?:院区?|站|中心|所|大学|学校)$")
_FOR_AREA = re.compile(r"疾控中心|疾病预防控制中心|预防控制中心|监督所|健康教育")
_OF_INSURED = re.compile(r"(?:保险|保障|医保)[^院]{0,6}中心$")  # it tells of all who are insured
_CAMPUS = re.compile(r"^(?!.*医院.)[\u4e00-\u9fff]{1,6}(?:院区|分院|本部)$")
_OWN = re.compile(
    r"[本我该]院|[本我]中心|[本我]站|医院(?:简介|概况|等级|地址|电话)|本所|我所|[本我]队|[本我]支队"
)
_FIRST_PERSON = re.compile(r"[我本]院|[我本]中心|[我本]站")
_OWN_CLAUSE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:医院|中心|血站|卫生院|本院|全院)(?=现有|共有|占地|开放|拥有|编制|先后|职工|干部)"
)
_BARE = re.compile(
    r"全院(?!士)|[两三四各]院区|(?<![\u4e00-\u9fff])(?:医院|中心|血站|卫生院|院区)(?![级总和与])(?:[\u4e00-\u9fff]|\d{1,2}(?:小时|天|月|日))"
)
_INTRODUCES = re.compile(
    r"(?:（[^（）\n]{1,30}）)?，?(?:(?:19|20)\d\d年(?:\d{1,2}月)?(?=建|成|创|开诊|开业|投))?(?:开诊|开业|建院|建站|始建|创建|创办|创立|成立|组建|建成|建于|坐落|位于|地处|隶属|前身|是(?:一|集|[^，。；\n]{0,14}(?:直属|下属|所属))|系|由[^，。；\n]{2,16}(?:捐资|捐建|兴办|创办|举办|主办|托管))"
)
_TITLED = re.compile(
    r"((?:(?!境内|[省市县区乡镇]级|公立|民营)[\u4e00-\u9fff〇○]){2,24}?(?:医院|卫生院|保健院|防治院|血站|血液中心|急救中心|服务中心|防治所))(?=简介|概况|介绍|（|$|20\d\d|19\d\d|[工年]|“)"
)
_ACCOUNTS = re.compile(r"部门[决预]算|[决预]算(?:情况|信息|公开|说明)")
_SHORTENED = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,20}[院站所心])（以下(?:简称|称)")
_HISTORY = re.compile(r"院史|院庆|建院|站史|校史")
_SENTENCE = re.compile(r"[。，；]")
AREA_WORD = re.compile(r"[全我][省市县区州旗]")


def find_organisation(tagged: Tagged) -> str | None:
    """The institution that a report is by and about (本院, 我中心), as its text names it most fully; None where it is none's.

    It stands in the title, in the masthead or as a heading of its own, or the text speaks as it; a medium or a centre
    for disease control, which reports on its area, must speak for itself.
    """
    named = _Institutions(tagged)
    for find in _WAYS:
        found = find(named)
        if found is not None:
            return found
    return None


@dataclass(frozen=True)
class _Institutions:
    """The institutions that a report names, and how it speaks of the one that is its own."""

    tagged: Tagged

    @property
    def text(self) -> str:
        return self.tagged.clean.text

    @cached_property
    def title(self) -> str:
        return find_title(self.tagged) or ""

    @cached_property
    def organisations(self) -> list[Mention]:
        return [m for m in self.tagged.mentions if m.label == "ORG"]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each is named."""
        return Counter(
            m.text for m in self.organisations if _HOLDERS.search(m.text) and not _MEDIA.search(m.text)
        )

    @cached_property
    def first(self) -> dict[str, int]:
        """Where each is named first."""
        found: dict[str, int] = {}
        for mention in self.organisations:
            found.setdefault(mention.text, mention.start)
        return found

    @cached_property
    def speaks(self) -> int:
        """How often the text speaks as an institution."""
        return len(_OWN.findall(self.text))

    @cached_property
    def tells(self) -> int:
        """How often it speaks so or tells of one as the one that is meant (医院引进…, 中心设有…)."""
        return self.speaks + len(_BARE.findall(self.text))

    @cached_property
    def areas(self) -> int:
        """How often it speaks of an area as its own (全市)."""
        return len(AREA_WORD.findall(self.text))

    @cached_property
    def candidates(self) -> list[str]:
        found = [
            name
            for name in self.counts
            if (self.speaks or not _FOR_AREA.search(name)) and not _OF_INSURED.search(name)
        ]
        found = [
            name for name in found if not _CAMPUS.search(name)
        ] or found  # 新场院区, where its house is named
        return [name for name in found if name in self.title] if self.is_of_several else found

    @cached_property
    def is_of_several(self) -> bool:
        """Is it a report on several, each with a heading and a colon (市二院：…)?"""
        lines = [line.strip(" ◆■●▲★☆◎※") for line in self.text.split("\n")]
        return sum(any(line.startswith(name + "：") for line in lines) for name in self.counts) > 1

    @cached_property
    def masthead_end(self) -> int:
        """Where the lines above the first sentence end."""
        stop = self.text.find("。")
        return max(self.text.rfind("\n", 0, stop if stop >= 0 else len(self.text)), 0)


def _introduced(named: _Institutions) -> str | None:
    """The one that the text begins by introducing (X始建于…, X位于…, X是一所…)."""
    for mention in named.organisations:
        if mention.start > _BEGINNING:
            return None
        if _INSTITUTION.search(mention.text):
            line = named.text.rfind("\n", 0, mention.start) + 1
            lead = named.text[line : mention.start]
            if len(lead) <= 6 and _INTRODUCES.match(named.text, mention.end):
                return mention.text
    return None


def _accounts_of(named: _Institutions) -> str | None:
    """The authority whose own budget or final accounts the title announces: it opens the title, or is a line below it."""
    if not _ACCOUNTS.search(named.title):
        return None
    found = [m.text for m in named.organisations if named.title.startswith(m.text)]
    lines = {line.strip() for line in named.text[:_OPENING].split("\n")}
    return max(found, key=len, default=None) or next(
        (m.text for m in named.organisations if m.text in lines), None
    )


def _in_title(named: _Institutions) -> str | None:
    """The longest that the title names; a school where the title opens with it."""
    found = [name for name in named.candidates if name in named.title] or [
        m.text for m in named.organisations if _SCHOOL.search(m.text) and named.title.startswith(m.text)
    ]
    return max(found, key=len, default=None)


def _in_heading(named: _Institutions) -> str | None:
    """The first that a short line at the top opens with, where the text is more than a list of lines."""
    text = named.text
    lines = text[:_OPENING].split("\n")
    found = [
        name
        for name in named.candidates
        if any(
            line.startswith(name) and len(line) <= len(name) + 16 and not _SENTENCE.search(line)
            for line in lines
        )
    ]
    source = _in_masthead(named)
    if not found or len(text) - text.count("\n") <= 120:
        return source
    best = min(found, key=lambda name: (named.first[name], -len(name)))
    return best if source is None or named.first[best] < named.masthead_end else source


def _in_masthead(named: _Institutions) -> str | None:
    """The longest that a line above the text names (来源：, …编), where the text does not speak of an area."""
    found = [name for name in named.candidates if named.first[name] < named.masthead_end]
    return max(found, key=len) if found and named.areas <= named.tells + 1 else None


def _of_entry(named: _Institutions) -> str | None:
    """The one that heads an entry (a centre's in a yearbook), which goes on to tell of 中心."""
    lines = [line.strip() for line in named.text[:_OPENING].split("\n")]
    return next((name for name in named.counts if named.tells > named.areas and name in lines), None)


def _signed(named: _Institutions) -> str | None:
    """The longest that is a line of its own at the end."""
    closing = [line.strip() for line in named.text.split("\n") if line.strip()][-SIGNATURE_LINES:]
    return max((name for name in named.candidates if name in closing), key=len, default=None)


def _meant(named: _Institutions) -> str | None:
    """The one that 医院 and 本院 mean: named often, and early."""
    first, tells, areas = named.first, named.tells, named.areas
    candidates = [
        name for name in named.candidates if named.counts[name] > 1 or first[name] < len(named.text) / 2
    ]
    is_alone = (
        len(candidates) == 1
        and (named.speaks or _OWN_CLAUSE.search(named.text))
        and first[candidates[0]] < 200
        and not areas
    )
    is_told_of = (named.speaks >= 2 and named.speaks > areas) or (tells >= 3 and tells > areas)
    is_history = named.speaks and _HISTORY.search(named.title)
    leads = any(first[name] < _LEAD for name in candidates) and tells >= 2 and tells > areas
    if (
        not candidates
        or named.is_of_several
        or not (_FIRST_PERSON.search(named.title) or is_history or is_alone or is_told_of or leads)
    ):
        return None
    return max(
        candidates,
        key=lambda name: (
            named.counts[name] + (3 if first[name] < 200 else 0) + len(name) / 20,
            -first[name],
        ),
    )


def _shortened(named: _Institutions) -> str | None:
    """The one that the text gives a short name of its own to (X（以下称Y）), where it speaks as an institution."""
    found = [match["name"] for match in _SHORTENED.finditer(named.text)]
    is_own = named.speaks and named.tells > named.areas and not named.is_of_several
    return found[0] if len(found) == 1 and is_own and not _MEDIA.search(found[0]) else None


def _unlisted(named: _Institutions) -> str | None:
    """A name that no list knows (油田中心医院), where the title opens with it."""
    match = _TITLED.match(named.title) if named.tells and not named.candidates else None
    return match[1] if match else None


_WAYS: tuple[Callable[[_Institutions], str | None], ...] = (
    _accounts_of, _introduced, _in_title, _in_heading, _of_entry, _signed, _shortened, _meant, _unlisted,
)  # fmt: skip
