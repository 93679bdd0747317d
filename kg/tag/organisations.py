"""Names of organisations: a head word (医院, 卫健委, 日报) and what stands to its left.

From the head we walk left over words that belong to such names (第三, 人民, 附属) until an anchor: a place, a university,
or a word for the report's own area (市, 县). A hospital may also have a free name (天康医院). Without an anchor the head only
names a class of organisations (乡镇卫生院, 二级以上医院), which is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.boundaries import counts, is_word, words

DEICTIC = "省市县区州旗盟"
_NOT_OURS = "全每各该本此跨外邻多两二三四五六七八九十几个家整名地所座"
_FUNCTION = "在与和及由到对的是为等从至于向经省入进以据归同被让请按了听中后前就并经给"
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十百]{1,3}|第\d{1,3})$")
_SESSION = re.compile(r"第?[一二三四五六七八九十]{1,3}届$")
_FREE_TYPES = {"hospital", "township", "media"}
_AREA_MEDIA = {"融媒体中心", "广播电视台", "电视台", "人民政府网", "政府网", "广播电台", "新闻中心", "人民政府门户网站"}
_FREE_MAX = 4
_CAMPUS = re.compile(
    r"(?:(?!新院区|老院区|本部院区|[东西南北]部院区)[\u4e00-\u9fff]{1,5}?院区|[东西南北]院(?!内|长|士|区)|[\u4e00-\u9fff]{2,4}?(?:分院|分中心)|医疗服务共同体|医疗集团|医共体总院|医共体(?=\d|现|共|有|，|成)|"
    r"[\u4e00-\u9fff]{0,6}?(?:体检中心|急救站|急救分站|服务站|门诊部|采血点))"
)
_SCHOOL_PART = re.compile(r"(?:管理|公共卫生|基础医学|护理|临床医学|医学|药学|第[一二三四]临床医?学?|口腔医?学?|中医)学院(?!附属|第)|出版社")
_CAMPUS_STOP = re.compile(r"[的在与和及等为将已于、，有了至到从往县市区镇乡]|开设|设立|设置|成立|建设|新建|启用|搬迁|迁建|投用|整体|目前|两个|[一二三四五六七八九十\d]个")
_OFFICE = re.compile(r"新闻办公室|新闻办|办公室(?!主任)|网(?!络|上|格|点|站)")
_GROUP = re.compile(r"(?:领导小组|指挥部|工作专班|专班)(?!办公室)")
_GROUP_STOP = re.compile(r"把|成立|组建|设在|召开|第一时间|印发|关于|会议|部署|组织|要求|按照|作为|由|将|各")
_PAPER = re.compile(r"《[\u4e00-\u9fff]{1,9}报》")
_NATIONAL = re.compile(r"国家(?!级|卫健|卫生|医保)[\u4e00-\u9fff]{2,12}?(?:医学中心|管理中心|研究中心|医学研究中心|质控中心|监测中心)")
_SITE = re.compile(r"(?:网|发布|在线|健康网|地情网|信息港|新闻网|文明网|长安网)(?=[\s\d（(】\n>、，]|讯|www|$)")
_TITLE_AFTER = re.compile(r"(?:副?书记|常委|委员(?!会)|副?秘书长|(?:组织部|宣传部|统战部|政法委)?副?部长)")
_NOT_HEAD_AFTER = {
    "疾控": re.compile(r"中心|局|机构|系统|体系|工作|人员|监督|专|队|事业|部门|能力|改革|应急|服务"),
    "委": re.compile(r"会(?!议)|员|托|派|以|副?书记|常委|办|宣|组织|统|政|党|网信|全会|会议"),
    "政府": re.compile(r"购买|投入|补助|采购|主导|引导|储备|办公|新闻|网|债|定价|指导价|信息公开|工作报告|院|办(?!公)"),
    "工会": re.compile(r"会议"),
    "人大": re.compile(r"代表|附"),
    "政协": re.compile(r"委员(?!会)"),
    "卫生部": re.compile(r"门|队"),
    "教育部": re.compile(r"门|署"),
    "财政部": re.compile(r"门"),
    "民政部": re.compile(r"门"),
    "农业部": re.compile(r"门"),
    "公安部": re.compile(r"门|队"),
    "科技部": re.compile(r"门"),
    "组织部": re.compile(r"门|署|分"),
    "宣传部": re.compile(r"门"),
    "大学": re.compile(r"生|习|校"),
    "学院": re.compile(r"派"),
    "教委": re.compile(r"员"),
    "医院": re.compile(r"感染管理"),
}
_TEAM = re.compile(
    r"(?:(?:全[省市县])?(?:首批|第[一二三四五六七八九十\d]+批)?(?:[“”]组团式[“”])?"
    r"(?:援[藏疆鄂沪青川琼吉陕豫]|(?:支援|援助|驰援)(?![我本])[\u4e00-\u9fff]{2,3}?)(?:抗疫|抗击疫情)?|海上紧急|国家紧急|国家)(?:医疗队|医学救援队|护理队)"
)
_SOURCE = re.compile(r"(?:(?:公众号|客户端)(?=[“])|(?:来源|作者单位|供稿|发布单位|发布机构|信息来源|主办|主办单位|承办单位|编辑单位)[：:|]\s*)[“]?([^\s，。；（）()【】\[\]|：:\d]{2,18})")


_SOURCE_END = re.compile(r"(?:报|网|台|中心|局|委|院|办|发布|健康|融媒|在线|社|委员会|站|港|客户端|政府|新闻)$")


@dataclass(frozen=True, slots=True)
class Head:
    """A head word: its type and what must stand before it (``self`` nothing, ``area`` an area, ``name`` a free name too)."""

    text: str
    kind: str
    anchor: str


_LEAGUE = re.compile(r"团[省市县区州旗]委(?!员)|共青团[\u4e00-\u9fff]{2,8}?委(?:员会)?")
_GROUP_HEAD = Head("领导小组", "government", "area")


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
def _words_of(name: str) -> frozenset[str]:
    return frozenset(word for line in lexicon.lines(name) for word in line.split())


@cache
def _longest(name: str) -> int:
    return max(len(word) for word in _words_of(name))


class _Reader:
    """The state of one text: its places and the schools found so far, by where they end."""

    def __init__(self, text: str, places: Sequence[Mention]) -> None:
        self.text = text
        self.ending = {place.end: place.start for place in places}
        self.starting = {place.start: place.end for place in places}
        self.schools: dict[int, int] = {}

    def anchor(self, head: Head, head_start: int, end: int) -> tuple[int, str] | None:
        """Start of the name whose head starts at ``head_start``, and the rule that found it."""
        best: tuple[int, str] | None = None
        at = head_start
        while True:
            for stop in self._stops(at, plain=head.kind in ("government", "village")):
                if stop in self.schools:
                    return self.schools[stop], "org-school"
                if stop in self.ending:
                    best = self.ending[stop], "org-place"
                    break
            else:
                break
            at = best[0]
        if best is not None:
            return best
        stops = list(self._stops(head_start, plain=head.kind == "government"))
        if head.kind not in ("media", "company", "village", "school") or head.text in _AREA_MEDIA or head.kind == "school" and head.text.endswith("所"):
            for stop in stops:
                start = self._deictic(stop, head)
                if start is not None:
                    return start, "org-deictic"
        for stop in stops:
            start = self._gap(stop)
            if start is not None and head.anchor == "name":
                return start, "org-place"
        first = stops[-1]
        if head.kind == "hospital" and first < head_start and self.text[first] == "第" and not self._is_tied(first):
            return first, "org-ordinal"
        if head.kind in _FREE_TYPES:
            free = self._free(first, head)
            if free is not None:
                return (self.ending[free], "org-place") if free in self.ending else (free, "org-free")
        return None

    def _stops(self, end: int, *, plain: bool) -> list[int]:
        """Where an anchor may end: before the head, and before each body word to its left."""
        stops = [end]
        if plain:
            session = _SESSION.search(self.text[max(0, end - 5) : end])
            return [end, end - len(session[0])] if session else stops
        text, known, size = self.text, _words_of("organisation_body.txt"), _longest("organisation_body.txt")
        while end > 0:
            sizes = [n for n in range(min(size, end), 0, -1) if text[end - n : end] in known]
            ordinal = _ORDINAL.search(text[max(0, end - 5) : end])
            if ordinal:
                sizes.append(len(ordinal[0]))
            if text[end - 1] == "立" and text[max(0, end - 2)] in DEICTIC:
                sizes.append(1)
            if not sizes:
                break
            end -= sizes[0]
            stops.append(end)
        return stops

    def _is_tied(self, start: int) -> bool:
        """Does a Chinese character that can be part of the name stand right before?"""
        before = self.text[start - 1] if start else "\n"
        return "\u4e00" <= before <= "\u9fff" and before not in "在与和及由到对的是为等从至于向经中"

    def _deictic(self, end: int, head: Head) -> int | None:
        text = self.text
        if end < 1 or text[end - 1] not in DEICTIC:
            return None
        if text[max(0, end - 3) : end] in ("自治区", "自治州", "自治县", "自治旗"):
            return end - 3
        if head.kind == "township" and text[end - 1] not in "县区":
            return None
        before = text[end - 2] if end > 1 else "\n"
        if before in _NOT_OURS or before.isdigit() or before in DEICTIC and text[end - 1] != "市" or before in "乡镇村":
            return None
        if "\u4e00" <= before <= "\u9fff" and text[end - 1] in "州旗盟区" and before not in _FUNCTION and not is_word(text[end - 3 : end - 1]):
            return None
        pair = text[end - 2 : end]
        if counts().get(pair, 0) > 40 and "\u4e00" <= before <= "\u9fff" and before not in _FUNCTION:
            return None
        return end - 1

    def _gap(self, end: int) -> int | None:
        """Start of a place one to five characters before ``end`` (西安市|红会|医院), nothing in between that names a class."""
        for size in range(1, 6):
            if end - size in self.ending:
                gap = self.text[end - size : end]
                plain = _words_of("organisation_classes.txt") | {w for w in _words_of("name_stops.txt") if len(w) > 1}
                if not re.fullmatch(r"[\u4e00-\u9fff〇\d]+", gap) or re.search(r"[的了在和与及等各每某该本这那家所级个为是至到从有其他]", gap):
                    return None
                return None if any(word in plain for word in words(gap)) else self.ending[end - size]
        return None

    def extend(self, start: int) -> int:
        """The start with a university (首都医科大学附属|北京世纪坛医院) or 中共 in front."""
        for stop in self._stops(start, plain=False):
            if stop in self.schools:
                return self.schools[stop]
        return start - 2 if self.text[max(0, start - 2) : start] == "中共" else start

    def coordinated(self, head: Head, head_start: int, named: set[int]) -> tuple[int, str] | None:
        """A name that shares the area of the one before it (市人民医院、|中医院); a bare 医院 does not."""
        if head.kind not in ("hospital", "centre"):
            return None
        for start in self._stops(head_start, plain=False):
            if start > 1 and self.text[start - 1] in "、和及与" and start - 1 in named and (start < head_start or len(head.text) > 2):
                return None if head.text in ("卫生院", "分院", "保健院") and start == head_start else (start, "org-coordinated")
        return None

    def _free(self, end: int, head: Head) -> int | None:
        """A free name of two to four characters before the head (天康), behind a mark, a place or an ordinary word."""
        text, classes, stops = self.text, _words_of("organisation_classes.txt"), _words_of("name_stops.txt")
        low = end
        while low > 0 and end - low < 10 and "\u4e00" <= text[low - 1] <= "\u9fff" and (low == end or low not in self.ending):
            low -= 1
        is_bounded = end - low <= _FREE_MAX
        cut = words(text[low:end])
        start, taken = end, 0
        for word in reversed(cut):
            if word in classes or (len(word) > 1 and any(word.endswith(c) for c in classes if len(c) > 1)):
                return None
            if word in stops and not (is_bounded and len(word) == 1 and word in "一二三四五六七八九十新大小老"):
                break
            start -= len(word)
            taken += len(word)
            if taken > _FREE_MAX:
                return None
        name = text[start:end]
        if re.match(r"[一二三四五六七八九十两][地家个所县市区院]", name) or name.endswith(("乡", "镇", "村")):
            return None
        if not 2 <= taken <= _FREE_MAX or any(ch in name for ch in "的了是在和与等各每某该本我这那家所级"):
            return None
        is_sure = head.kind != "hospital" or start in self.ending
        if counts().get(name, 0) > (20000 if is_sure else 100):
            return None
        return start


def find_organisations(text: str, places: Sequence[Mention]) -> list[Mention]:
    """Mentions of named organisations in a clean text, in order; ``places`` are the places found in it."""
    reader = _Reader(text, places)
    found: list[tuple[int, int, str, str]] = []
    named: set[int] = set()
    matches = sorted(
        ((last + 1 - len(head.text), last + 1, head) for last, head in _heads().iter(text)),
        key=lambda m: (m[2].kind != "school", m[1], m[0]),
    )
    for start, end, head in matches:
        veto = _NOT_HEAD_AFTER.get(head.text)
        if veto and veto.match(text, end):
            continue
        if head.anchor == "known":
            if start in reader.schools:
                start = reader.schools[start]
            found.append((start, end, "org-known", head.kind))
            continue
        if head.anchor == "self":
            if head.kind == "school":
                reader.schools[end] = start
                part = _SCHOOL_PART.match(text, end)
                end = part.end() if part else end
            found.append((start, end, "org-known", head.kind))
            continue
        anchored = reader.anchor(head, start, end) or reader.coordinated(head, start, named)
        if anchored is None:
            continue
        first, rule = reader.extend(anchored[0]), anchored[1]
        if head.kind == "government" and _TITLE_AFTER.match(text, end) and head.text in ("委", "纪委", "政府"):
            continue
        if head.kind == "school":
            reader.schools[end] = first
        found.append((first, _tail(text, end, head), rule, head.kind))
        if head.kind in ("hospital", "centre") and rule in ("org-place", "org-deictic", "org-coordinated"):
            named.add(found[-1][1])
    found += [*_teams(text, reader), *_groups(text, reader), *_sites(text, places)]
    found += [(*m.span(), "org-national", "centre") for m in _NATIONAL.finditer(text) if not _CAMPUS_STOP.search(m[0])]
    found += [(*m.span(), "org-league", "government") for m in _LEAGUE.finditer(text)]
    found += [(m.start() + 1, m.end() - 1, "org-media", "media") for m in _PAPER.finditer(text)]
    found += [source for source in _sources(text) if all(source[0] != f[0] for f in found)]
    return _mentions(text, _merge(found))


def _tail(text: str, end: int, head: Head) -> int:
    """Where the name ends: campuses and offices belong to it."""
    if head.kind in ("hospital", "centre"):
        match = _CAMPUS.match(text, end)
        if match and not _CAMPUS_STOP.search(match[0].removesuffix("院区")):
            return match.end()
    if head.kind == "government":
        match = _OFFICE.match(text, end)
        if match and head.text not in ("委",):
            return match.end()
    return end


def _teams(text: str, reader: _Reader) -> list[tuple[int, int, str, str]]:
    """Medical teams sent elsewhere (宜昌援沪医疗队), with the place they come from."""
    return [
        (reader.ending.get(match.start(), match.start()), match.end(), "org-team", "team") for match in _TEAM.finditer(text)
    ]


def _groups(text: str, reader: _Reader) -> Iterator[tuple[int, int, str, str]]:
    """Leading groups and headquarters, whatever their task is, behind a place or 市 (市卫生应急试验区建设领导小组)."""
    for match in _GROUP.finditer(text):
        for start in range(match.start(), max(-1, match.start() - 22), -1):
            if start < match.start() and (text[start] in "，。；：、\n\t（）“”的了在和与等" or text[start].isdigit()):
                break
            if start in reader.ending and match.start() > start and not _GROUP_STOP.search(text[start : match.start()]):
                yield reader.ending[start], match.end(), "org-group", "government"
                break
            if _GROUP_STOP.search(text[start : match.start()]):
                break
            deictic = reader._deictic(start, _GROUP_HEAD) if match.start() > start else None
            if deictic is not None and (deictic == 0 or not "\u4e00" <= text[deictic - 1] <= "\u9fff" or text[deictic - 1] in "立由向是为的在任据照按"):
                yield deictic, match.end(), "org-group", "government"
                break


def _sites(text: str, places: Sequence[Mention]) -> Iterator[tuple[int, int, str, str]]:
    """Web sites and accounts named by their place (山南网, 宜昌发布)."""
    for place in places:
        match = _SITE.match(text, place.end)
        if match:
            yield place.start, match.end(), "org-site", "media"


def _sources(text: str) -> list[tuple[int, int, str, str]]:
    """What a source line names (来源：宜昌发布)."""
    found = []
    for match in _SOURCE.finditer(text):
        name = re.split(r"发布|作者|编辑|时间|记者|浏览|点击|字体|日期", match[1])[0] if not match[1].endswith("发布") else match[1]
        if not re.fullmatch(r"[\u4e00-\u9fff“”《》]{2,18}", name) or re.match(r"本[站网]|原创|未知|转载|互联网|网络|编辑|记者|综合", name):
            continue
        if _SOURCE_END.search(name) or any(name[:size] in lexicon.forms() for size in range(2, min(5, len(name)) + 1)):
            found.append((match.start(1), match.start(1) + len(name), "org-source", "media"))
    return found


def _merge(found: Iterable[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """Join an organisation with the part of it that follows (复旦大学附属中山医院|厦门医院)."""
    ordered = sorted(found, key=lambda f: (f[0], -f[1]))
    kept: list[tuple[int, int, str, str]] = []
    for here in ordered:
        if kept and here[0] < kept[-1][1]:
            if here[0] == kept[-1][0] or here[1] <= kept[-1][1]:
                continue
            kept.append(here)
            continue
        if kept and kept[-1][1] == here[0] and here[3] in ("hospital", "known") and kept[-1][3] in ("hospital", "school", "known", "centre") and here[2] in ("org-place", "org-known"):
            last = kept.pop()
            kept.append((last[0], here[1], last[2], last[3]))
            continue
        kept.append(here)
    return kept


def _mentions(text: str, found: Iterable[tuple[int, int, str, str]]) -> list[Mention]:
    confidence = {"org-place": 0.95, "org-known": 0.95, "org-school": 0.95, "org-deictic": 0.93, "org-team": 0.8}
    result = []
    for start, end, rule, _ in found:
        is_marked = start > 0 and text[start - 1 : start] + text[end : end + 1] in ("《》", "“”")
        first, last = (start - 1, end + 1) if is_marked else (start, end)
        result.append(Mention(first, last, text[first:last], "ORG", rule, confidence.get(rule, 0.7)))
    return result


__all__ = ["DEICTIC", "find_organisations", "is_word"]
