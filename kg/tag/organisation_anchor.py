"""Where the name of an organisation begins: the anchor to the left of its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.boundaries import counts, is_word, words

DEICTIC = "省市县区州旗盟"
_NOT_OURS = "等全每各该本此某跨外邻多两二三四五六七八九十几个家整名地所座"
_NO_AREA = (
    "城市",
    "都市",
    "上市",
    "超市",
    "门市",
    "校区",
    "院区",
    "社区",
    "地区",
    "片区",
    "景区",
    "库区",
    "灾区",
    "山区",
    "牧区",
    "病区",
    "生态区",
)
_FUNCTION = "在与和及把将由到对的是为等从至于向经省入进以据归同被让请按了听中后前就并经给送"
_AND_ITS_KIND = re.compile(r"[县市区旗][（(、]?[县市区旗][）)、]?[县市区旗]$")  # 各县（市）区疾控中心
_RENAMED = re.compile(r"(?:更|改|命|冠)名$|(?<![\u4e00-\u9fff])[原时]$")  # 更名|旗蒙医医院, 原|区卫计委
_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,3}|第\d{1,3}|(?<=[省市县区州旗])[一二三四五六七八九])$"
)
_PREFECTURE = re.compile(r"[全我]地区(?!别)|地区行署|地委行署")  # a report of a 地区, before it became a city
_TOWN = re.compile(
    r"(?![各等每某的及和在、])[\u4e00-\u9fff]{2,3}(?:街道|镇|乡|生态区|管理区)"
)  # that no list has
_TOWN_ALONE = re.compile(  # 荣兴镇|中心卫生院, a township that no list has, behind a mark or a linking word
    r"(?:(?<![\u4e00-\u9fff])|(?<=其中)|(?<=[和与及在由到往为]))(?P<name>(?:(?![各每等某本该我乡镇村街个所家的和与及在由到往为及全])[\u4e00-\u9fff]){2,4})(?:街道?|镇|乡|苏木|生态区|管理区)"
)
_OFFICE = re.compile(r"(?<!工作)(?:局|委|厅|妇联|残联|工会|团委|红十字会)$")
ZONE = re.compile(
    r"(?:高新|经开|开发|工业园|保税|旅游度假|风景名胜|示范|先行|合作)区|(?<![\u4e00-\u9fff])[园新特]区"
)
_DIVISION = r"第?(?:十[一二三四]?|[一二三四五六七八九]|1[0-4]|[1-9])师"
_CORPS = re.compile(
    rf"(?:(?:新疆生产建设)?兵团(?:{_DIVISION})?|{_DIVISION}(?![范傅资兄生大徒德长级]))(?:[〇○零一二三四五六七八九\d]{{1,3}}团)?|[〇○零一二三四五六七八九\d]{{1,3}}团(?=医院|卫生院|社区|连)|师市(?=卫|疾|委|医|党|政|人民|妇|红)"
)
_SESSION = re.compile(r"第?[一二三四五六七八九十]{1,3}届$")
_FREE_TYPES = {"hospital", "township", "media"}
_AREA_MEDIA = {
    "融媒体中心",
    "广播电视台",
    "电视台",
    "人民政府网",
    "政府网",
    "广播电台",
    "新闻中心",
    "人民政府门户网站",
}
_FREE_MAX = 4
_OF_A_GROUP = {"总医院", "医疗集团", "健康集团", "医院集团", "保健集团", "社区健康服务中心", "社康中心"}
_OFTEN = 3  # times that a text says a free name that is a common word too (太和医院)
_GAP = re.compile(  # no name has a year in it (某市2022年医院床位数)
    r"(?:(?![的了在和与及等各每某该本这那家所级个为是至到从有其他]|[\d〇]+年)[\u4e00-\u9fff〇\d])+"
)
_NOT_NAME = re.compile(
    r"[一二三四五六七八九十两][地家个所县市区院年月天]|[乡镇村有]$|(?<![太仁协济])和$|[的了是把将在与等各每某该本我这那家所]|(?<!超)级"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A head word and what must stand before it.

    ``anchor`` is ``area`` (a place or a word for the report's own), ``name`` (a free name too), ``place`` (a place only) or
    ``self`` (nothing: the word is a whole name); ``known`` is a whole name that takes a school in front.
    """

    text: str
    kind: str
    anchor: str

    @property
    def may_be_ours(self) -> bool:
        """May a word for the report's own area (市, 县) stand before it?"""
        if self.kind == "school":
            return self.text.endswith("所")
        return self.kind not in ("media", "company", "village") or self.text in _AREA_MEDIA


_CENTRE = Head("中心", "centre", "area")


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list in ``seeds/vocabulary`` that holds several a line."""
    return frozenset(word for line in lexicon.lines(name) for word in line.split())


@cache
def _body() -> tuple[frozenset[str], int]:
    known = words_of("organisation_body.txt")
    return known, max(map(len, known))


@cache
def _plain_words() -> frozenset[str]:
    return words_of("organisation_classes.txt") | {
        word for word in words_of("name_stops.txt") if len(word) > 1
    }


@cache
def _class_ends() -> tuple[str, ...]:
    return tuple(word for word in words_of("organisation_classes.txt") if len(word) > 1)


def is_class(word: str) -> bool:
    """Does the word make a class of organisations of the head that follows (公立, 乡镇)?"""
    return word in words_of("organisation_classes.txt") or (len(word) > 1 and word.endswith(_class_ends()))


def corps(text: str) -> list[tuple[int, int]]:
    """The Xinjiang corps (新疆生产建设兵团), its divisions (第六师) and regiments (一〇二团), which stand for an area as places do."""
    return [match.span() for match in _CORPS.finditer(text)] if "兵团" in text else []


class Reader:
    """The state of one text: its places and the schools found so far, by where they end."""

    def __init__(self, text: str, places: Sequence[Mention]) -> None:
        self.text = text
        self.corps = corps(text)
        self.ending = {place.end: place.start for place in places} | {end: start for start, end in self.corps}
        self.schools: dict[int, int] = {}
        self.of_prefecture = _PREFECTURE.search(text) is not None
        self.named: set[int] = set()  # ends of hospitals and centres with an area of their own

    def anchor(self, head: Head, head_start: int) -> tuple[int, str] | None:
        """Start of the name whose head starts at ``head_start``, and the rule that found it."""
        placed = self._placed(head, head_start)
        if placed is not None:
            return placed
        stops = self.stops(head_start, plain=head.kind == "government")
        if head.may_be_ours:
            start = next((s for s in (self.deictic(stop, head) for stop in stops) if s is not None), None)
            if start is not None:
                return start, "org-deictic"
        if head.anchor == "name":
            start = next((s for s in map(self._gap, stops) if s is not None), None)
            if start is not None:
                return start, "org-place"
        return self._unanchored(head, head_start, stops[-1])

    def _unanchored(self, head: Head, head_start: int, first: int) -> tuple[int, str] | None:
        """A numbered, a free or a well-known name that stands without a place; its body words begin at ``first``."""
        if (
            head.kind == "hospital"
            and first < head_start
            and self.text[first] == "第"
            and not self._is_tied(first)
        ):
            return first, "org-ordinal"
        if head.kind == "township":
            for start in range(max(0, first - 6), first - 2):
                if start in self.ending and _TOWN.fullmatch(self.text, start, first):
                    return self.ending[start], "org-place"
            for start in range(max(0, first - 7), first - 2):
                alone = _TOWN_ALONE.fullmatch(self.text, start, first)
                if alone and not any(word in _plain_words() for word in words(alone["name"])):
                    return start, "org-town"
        free = self._free(first, head) if head.kind in _FREE_TYPES else None
        if free is not None:
            return (self.ending[free], "org-place") if free in self.ending else (free, "org-free")
        if head.kind != "hospital":
            return None
        name = self.text[first:head_start]
        if name.startswith("附属") and len(name) > 2:
            return None if self._is_tied(first) else (first, "org-free")
        brand = self._brand(first, head_start)
        return None if brand is None or self._is_tied(brand) else (brand, "org-free")

    def _brand(self, first: int, head_start: int) -> int | None:
        """Start of a well-known name or of an industry (铁路, 油田) before the head and its body words."""
        brands = words_of("organisation_brands.txt")
        for end in range(head_start, first - 1, -1):
            for size in range(5, 1, -1):
                if end - size >= 0 and self.text[end - size : end] in brands:
                    return end - size
        return None

    def _placed(self, head: Head, head_start: int) -> tuple[int, str] | None:
        """A school or the leftmost of the places that lead to the head."""
        best: int | None = None
        at = head_start
        while True:
            for stop in self.stops(at, plain=head.kind in ("government", "village")):
                if stop in self.schools:
                    return self.schools[stop], "org-school"
                if stop in self.ending:
                    best = at = self.ending[stop]
                    break
            else:
                return None if best is None else (best, "org-place")

    def stops(self, end: int, *, plain: bool) -> list[int]:
        """Where an anchor may end: before the head, and before each body word to its left."""
        stops = [end]
        if plain:
            session = _SESSION.search(self.text[max(0, end - 5) : end])
            return [end, end - len(session[0])] if session else stops
        text, (known, size) = self.text, _body()
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

    def deictic(self, end: int, head: Head) -> int | None:
        """Start of a word for the report's own area (市, 自治区) that ends at ``end``; None where it is counted or shared."""
        text = self.text
        if text[max(0, end - 1) : end] in ("镇", "乡") and head.text in ("党委", "政府", "中心卫生院"):
            return None if end > 1 and "\u4e00" <= text[end - 2] <= "\u9fff" else end - 1
        if (
            end < 1
            or text[end - 1] not in DEICTIC
            or (head.kind == "township" and text[end - 1] not in "县区")
        ):
            return None
        zone = ZONE.search(text, max(0, end - 5), end)
        if zone and zone.end() == end and head.kind not in ("township", "hospital"):
            return end - len(zone[0])
        if text[max(0, end - 2) : end] == "地区" and self.of_prefecture and head.kind != "township":
            before = text[end - 3 : end - 2]
            return None if before in tuple("本该各") else end - 2
        if text[max(0, end - 3) : end] in ("自治区", "自治州", "自治县", "自治旗"):
            return end - 3
        before = text[end - 2] if end > 1 else "\n"
        if _RENAMED.search(text, max(0, end - 3), end - 1):
            return end - 1
        if (
            before in _NOT_OURS
            or before in "乡镇村"
            or text[end - 2 : end] in _NO_AREA
            or before.isdigit()
            or _AND_ITS_KIND.search(text, max(0, end - 6), end)
            or (before in DEICTIC and text[end - 1] != "市")
        ):
            return None
        if not "\u4e00" <= before <= "\u9fff" or before in _FUNCTION:
            return end - 1
        if before == "年" and text[end - 3] in "0123456789是今去":  # 2023年区红十字会
            return end - 1
        if before in "报送致呈" and not "\u4e00" <= text[max(0, end - 3)] <= "\u9fff":
            return end - 1
        is_cut = text[end - 1] in "州旗盟区" and not is_word(text[end - 3 : end - 1])
        return None if is_cut or counts().get(text[end - 2 : end], 0) > 40 else end - 1

    def _gap(self, end: int) -> int | None:
        """Start of a place one to five characters before ``end`` (西安市|红会|医院), nothing in between that names a class."""
        for size in range(1, 6):
            if end - size in self.ending:
                gap = self.text[end - size : end]
                is_name = (
                    _GAP.fullmatch(gap)
                    and not _NOT_NAME.search(gap)
                    and not any(word in _plain_words() for word in [gap, *words(gap)])
                )
                return self.ending[end - size] if is_name else None
        return None

    def across(self, end: int) -> int | None:
        """Start of a place or of 市 two to ten characters before ``end``, only words of a name in between."""
        for size in range(2, 11):
            at = end - size
            if at < 1 or not "\u4e00" <= self.text[at] <= "\u9fff":
                return None
            start = self.ending.get(at)
            if start is None and self.text[at - 1] in DEICTIC and not is_word(self.text[at - 1 : at + 1]):
                start = self.deictic(at, _CENTRE)
            if start is not None:
                gap = self.text[at:end]
                is_name = _GAP.fullmatch(gap) and not any(
                    word in _plain_words() for word in [gap, *words(gap.replace("公共卫生", ""))]
                )
                return start if is_name else None
        return None

    def extend(self, start: int) -> int:
        """The start with a university (首都医科大学附属|北京世纪坛医院) or 中共 in front."""
        for stop in self.stops(start, plain=False):
            if stop in self.schools:
                return self.schools[stop]
        brand = self._brand(start, start)  # 湘雅|常德医院
        if brand is not None and not self._is_tied(brand):
            return brand
        return start - 2 if self.text[max(0, start - 2) : start] == "中共" else start

    def coordinated(self, head: Head, head_start: int) -> tuple[int, str] | None:
        """A name that shares the area of the one before it (市人民医院、|中医院); a bare 医院 does not."""
        if head.kind == "government":
            is_linked = (
                head_start > 1 and self.text[head_start - 1] in "、和及与" and head_start - 1 in self.named
            )
            return (head_start, "org-coordinated") if is_linked and _OFFICE.search(head.text) else None
        if head.kind not in ("hospital", "centre"):
            return None
        for start in self.stops(head_start, plain=False):
            is_linked = start > 1 and self.text[start - 1] in "、和及与" and start - 1 in self.named
            if is_linked and (
                start < head_start or (len(head.text) > 2 and head.text not in ("卫生院", "保健院"))
            ):
                return start, "org-coordinated"
        return None

    def _is_named_in_full(self, name: str) -> bool:
        """Does the text also name it with its place (十堰市|太和医院)?"""
        return any(match.start() in self.ending for match in re.finditer(re.escape(name), self.text))

    def _free(self, end: int, head: Head) -> int | None:
        """A free name of two to four characters before the head (天康), behind a mark, a place or an ordinary word."""
        text, stops = self.text, words_of("name_stops.txt")
        low = end
        while (
            low > 0
            and end - low < 10
            and "\u4e00" <= text[low - 1] <= "\u9fff"
            and (low == end or low not in self.ending)
        ):
            low -= 1
        if low and text[low - 1].isdigit() and text[low] in "年月日号":
            low += 1  # 2023年|有医院
        kept = "一二三四五六七八九十新大小老" if end - low <= _FREE_MAX else ""
        start = end
        after = ""
        for word in reversed(words(text[low:end])):
            if is_class(word) and word not in kept:
                return None
            if word + after in stops and len(word + after) > 1:
                start += len(after)
                break
            after = word
            if word in stops and word not in kept and not (end - low == 2 and len(word) == 1):
                break
            start -= len(word)
        name = text[start:end]
        if not 2 <= len(name) <= _FREE_MAX or _NOT_NAME.search(name) or is_class(name):
            return None
        if (
            head.text == "快报"
            and is_word(name)
            and not self.text.startswith(("》", "记者"), end + len(head.text))
        ):
            return None  # 资源快报
        if name[0] in "对把被从给让请":
            return None
        listed = text[start - 1 : start] == "、" and text[end + len(head.text) :].startswith("、")
        is_sure = (
            head.kind != "hospital"
            or start in self.ending
            or head.text in _OF_A_GROUP  # 东风总医院
            or self._is_named_in_full(name + head.text)
            or (not self._is_tied(start) and text.count(name + head.text) >= _OFTEN)
        )
        return None if counts().get(name, 0) > (20000 if is_sure else 1000 if listed else 100) else start
