"""Whom a figure is about: the report's own area or organisation, or one that the sentence brings up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.layout import Figure, Layout
from kg.model import Entity, Mention, Place, Scope
from kg.tag.lexicon import divisions, forms

NATION = Entity("中国", "PLACE")
_NATIONAL = re.compile(r"全国|我国|中国|国家卫生")
AreaOf = Callable[[str], Place | None]

_AREA_WORD = re.compile(
    r"全市|全省|全县|全区|全州|全旗|全盟|全镇|全乡|全国|全自治区|我市|我省|我县|我区|我州|我旗|我国|本市|本省|本县|本区|该市|该县|该区|该州|该旗|市内|市区(?=[^域])"
)
_SELF_WORD = re.compile(
    r"(?:我院|本院|该院|全院|我中心|本中心|该中心|我站|本站|我所|本所|该所|我校|(?<![\u4e00-\u9fff])医院(?=现有|共有|占地|开放|设|拥有|编制|年|全年)|(?<![\u4e00-\u9fff])中心(?=现有|共有|占地))"
)
_AUTHORITY = re.compile(
    r"(?:委员会|委|局|厅|政府|办公室|办|部|党组|党委|市委|县委|区委|省委|总工会|妇联|妇女联合会|红十字会|协会|学会|日报|晚报|新闻网|网|报社|电视台|出版社|法院|检察院|人大常委会|政协|国务院|指挥部|领导小组|工作组|联合会|基金会|大学|学院)$"
)
_BEFORE_OTHER = re.compile(
    r"(?:来|按照|根据|依据|围绕|贯彻|落实|依照|向|赴|往|由|与|对|为|到|从|给|和|支援|援助|驰援|对口|联合|会同|依托|通过|经|受|被|获|邀请|转诊至|至|来自|前往|奔赴|抵达|帮扶|报|报送|出席|配合|借助|优于|高于|低于|好于|于|在|距|离|接受|援|学习|归|送|签约|携手|位于|坐落于?|进驻|撤离|接管|指导|服务|覆盖|涉及|批准|认定|评为|下达|同|包括|包含)$"
)
_COMPARED_TO = re.compile(r"(?:优于|高于|低于|好于|少于|多于|比|较|与|同|超过|达到|高出|接近|为)$")
_AVERAGE = re.compile(
    r"(?P<area>全国|全省|全市|全县|全区|全州)(?:同期)?(?:的)?平均(?:水平|值|数)?(?:的)?(?:为|是)?[（(]?(?:约|为)?$|(?<=[于比为到（])(?P<area2>全国|全省|全市|全区)[的为]?$"
)
_NOT_AREA = re.compile(
    r"第|的|平均|首[位批家个]|前列|优秀|先进|率先|领先|最|[^，。；]{0,4}?(?:排名|倒数|排第|第[一二三四五六七八九十\d])"
)
_AND_OTHERS = re.compile(r"等(?!级|额|待|候)")
_TOPIC_GAP = re.compile(
    r"^[、，：；和与及其中目前截至至到底末年月日\d上下半全共已均也又还而则另有现在（）“”\x00\s]*$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A figure's subject, where its mention starts (-1: the report's own) and how it was found."""

    entity: Entity
    at: int
    rule: str


class Subjects:
    """The subject of every figure of a report."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        *,
        mentions: Sequence[Mention],
        scope: Scope,
        area_of: AreaOf,
        figure_ends: Sequence[int],
    ) -> None:
        self._text = text
        self._layout = layout
        self._mentions = [m for m in mentions if m.label in ("ORG", "PLACE") and m.entity is not None]
        self._scope = scope
        self._area_of = area_of
        self._figure_ends = figure_ends
        self.default = self._default()
        self.leading: list[
            tuple[int, int]
        ] = []  # mentions that stand as topics, so that names leave them out
        self._topics = self._find_topics()

    def _default(self) -> Entity:
        if self._scope.organisation:
            return Entity(self._scope.organisation, "ORG")
        if self._scope.place:
            return place_entity(self._scope.place)
        return NATION if _NATIONAL.search(self._text) else Entity("", "PLACE")

    def _find_topics(self) -> list[tuple[int, Entity, str]]:
        """Where a new subject is brought up: (offset, entity, rule), in order."""
        return sorted([*self._named_topics(), *self._area_topics(), *self._self_topics()], key=lambda t: t[0])

    def _named_topics(self) -> Iterator[tuple[int, Entity, str]]:
        """Organisations and places that open a clause or a list item, not those that only take part (支援湖北)."""
        text = self._text
        passed = -1  # where the last mention that only takes part ended
        for mention in self._mentions:
            i = bisect_right(self._figure_ends, mention.start) - 1
            # a list of figures opens anew after each: 甲县11例、乙县4例
            opens = max(self._layout.clause(mention.start)[0], self._figure_ends[i] if i >= 0 else 0)
            before, after = text[opens : mention.start], text[mention.end : mention.end + 2]
            takes_part = (_BEFORE_OTHER.search(before) and before != "在") or (
                passed >= 0 and re.fullmatch(r"[、和与及，]|以及", text[passed : mention.start])
            )
            if takes_part:
                passed = mention.end
                continue
            leads = bool(_TOPIC_GAP.match(before)) or self._after_time(opens, mention.start)
            if (
                len(mention.text) < 2
                or after.startswith("内")
                or (not leads and (mention.label == "PLACE" or len(before) > 14))
            ):
                continue
            if _AND_OTHERS.match(text, mention.end):
                yield mention.start, self.default, "coordination"
                continue
            if leads:
                self.leading.append((mention.start, mention.end))
            yield mention.start, *self._standing_for(mention)

    def _standing_for(self, mention: Mention) -> tuple[Entity, str]:
        """The entity a mention brings up: an authority speaks for its area."""
        entity = mention.entity or self.default
        if mention.label != "ORG" or not _AUTHORITY.search(entity.name):
            return entity, mention.label.lower()
        home = home_of(entity.name)
        own = home is None or entity.name == self._scope.organisation
        return (self.default if own or home is None else place_entity(home)), "authority"

    def _area_topics(self) -> Iterator[tuple[int, Entity, str]]:
        """全市, 我省, 该县: not where they are only compared with or ranked in."""
        text = self._text
        for match in _AREA_WORD.finditer(text):
            before = text[max(0, match.start() - 3) : match.start()]
            if (
                _COMPARED_TO.search(before)
                or _BEFORE_OTHER.search(before)
                or _NOT_AREA.match(text[match.end() : match.end() + 8])
            ):
                continue
            if match[0] in ("全国", "我国") and match.start() - self._layout.clause(match.start())[0] > 6:
                continue
            if match[0] in ("全国", "我国"):
                yield match.start(), NATION, "area-word"
                continue
            place = self._area_of(match[0]) or self._last_named(match[0], match.start())
            if place is not None:
                own = self._scope.place is not None and place.code == self._scope.place.code
                speaks = own and self._scope.organisation and match[0][0] == "我"
                yield match.start(), self.default if speaks else place_entity(place), "area-word"

    def _self_topics(self) -> Iterator[tuple[int, Entity, str]]:
        """本院, 该中心: the report's own organisation, else the one its paragraph named last."""
        for match in _SELF_WORD.finditer(self._text):
            if self._scope.organisation:
                yield match.start(), Entity(self._scope.organisation, "ORG"), "self-word"
            elif match[0][0] in "该我本全":
                start = self._layout.paragraph(match.start())[0]
                named = [
                    m.entity
                    for m in self._mentions
                    if m.label == "ORG" and start <= m.start and m.end <= match.start() and m.entity
                ]
                if named and not _AUTHORITY.search(named[-1].name):
                    yield match.start(), named[-1], "self-word"

    def _last_named(self, word: str, at: int) -> Place | None:
        """全县 in a city's report: the county named last before."""
        unit = word[-1]
        for mention in reversed(self._mentions):
            if mention.start < at and mention.label == "PLACE" and mention.entity and mention.entity.code:
                place = divisions().get(mention.entity.code)
                if place is not None and place.name.endswith(unit) and place.level == "county":
                    return place
        return None

    def _speaker(self, figure: Figure) -> Entity | None:
        """澜沧县卫生健康局：我县… : who speaks a paragraph, where it does not speak for the report's own place."""
        start, end = figure.paragraph
        mention = next((m for m in self._mentions if start <= m.start <= start + 2), None)
        if (
            mention is None
            or mention.entity is None
            or not re.match(r"[^，。；：\d]{0,8}：", self._text[mention.end : min(end, mention.end + 10)])
        ):
            return None
        home = home_of(mention.entity.name)
        if home is not None and self._scope.place is not None and home.parent == self._scope.place.code:
            return place_entity(home)
        return None

    def _after_time(self, start: int, end: int) -> bool:
        return bool(
            re.fullmatch(
                r"(?:[^，。；]{0,6}(?:年|月|日|底|末|来|中|上|里|期间|同时|其中|尤其|特别是|例如|比如|像|如))?",
                self._text[start:end],
            )
        )

    def subject(self, figure: Figure, siblings: Sequence[Figure]) -> Subject:
        """The subject of a figure: the last one brought up in its sentence, else the report's own."""
        start = figure.sentence[0]
        q = figure.quantity
        opens = self._opening(figure)
        compared = _AVERAGE.search(self._text, max(start, opens - 18), opens)
        if compared and compared.end() == opens:
            word = compared["area"] or compared["area2"]
            place = self._area_of(word)
            if word == "全国" or place is not None:
                return Subject(place_entity(place) if place else NATION, compared.start(), "average")
        elsewhere = self._average_of(figure)
        if elsewhere is not None:
            return elsewhere
        shared = self._distributed(figure, siblings)
        if shared is not None:
            return shared
        for at, entity, rule in reversed(self._topics):
            if at >= q.start:
                continue
            if at < start:
                break
            between = self._text[at : q.start]
            if "；" in between and rule != "area-word":
                return Subject(self._fallback(figure), -1, "own")
            if "）" in between and self._text.rfind("（", start, at) > self._text.rfind("）", start, at):
                continue
            return Subject(entity, at, rule)
        return Subject(self._fallback(figure), -1, "own")

    def _average_of(self, figure: Figure) -> Subject | None:
        """宿迁市平均的51.2%, 优于广东省平均水平（2.13‰、3.02‰）: the place whose average it is."""
        q = figure.quantity
        if q.unit in ("个百分点", "个千分点"):
            return None
        at = self._opening(figure)
        before = self._text[max(figure.sentence[0], at - 8) : at]
        match = re.search(r"平均(?:水平|值)?(?:的|为|是)?$", before)
        if match is None:
            return None
        start = at - len(before) + match.start()
        mention = next((m for m in self._mentions if m.label == "PLACE" and m.end == start), None)
        return Subject(mention.entity, mention.start, "average") if mention and mention.entity else None

    def _opening(self, figure: Figure) -> int:
        """Where a list of figures in brackets opens that the figure is in (平均水平（2.13‰、3.02‰）), else its own start."""
        at = figure.quantity.start
        bracket = self._text.rfind("（", figure.sentence[0], at)
        listed = r"（(?:[\d.,]+[%‰/\u4e00-\u9fff\d]*[、，和])*"
        return bracket if bracket >= 0 and re.fullmatch(listed, self._text[bracket:at]) else at

    def _distributed(self, figure: Figure, siblings: Sequence[Figure]) -> Subject | None:
        """甲县、乙县和丙县分别为1、2、3: each figure its own; without 分别 a coordination speaks for the whole area."""
        clause = figure.clause
        head_end = siblings[0].quantity.start if siblings else figure.quantity.start
        inside = [m for m in self._mentions if clause[0] <= m.start and m.end <= head_end]
        if len(inside) < 2:
            return None
        run = [inside[0]]
        for mention in inside[1:]:
            if re.fullmatch(r"[、和与及，]|以及", self._text[run[-1].end : mention.start]):
                run.append(mention)
            else:
                run = [mention]
        if len(run) < 2:
            return None
        tail = self._text[run[-1].end : head_end]
        if re.search(r"分别|依次|各[为有]", tail) and len(siblings) == len(run):
            return Subject(run[list(siblings).index(figure)].entity or self.default, run[0].start, "split")
        if figure.first and re.match(r"等|[\d两三四五六七八九十]+[个家所]", tail):
            return Subject(self.default, -1, "coordination")
        return None

    def _fallback(self, figure: Figure) -> Entity:
        return self._speaker(figure) or self.default


def home_of(name: str) -> Place | None:
    """The division whose full name opens an organisation's name (昆明市 of 昆明市第三人民医院)."""
    for length in range(min(len(name), 16), 1, -1):
        for form in forms().get(name[:length], ()):
            if form.kind == "full":
                place = divisions()[form.code]
                rest = home_of(name[length:])
                return rest if rest is not None and rest.parent == place.code else place
    return None


def place_entity(place: Place) -> Entity:
    """A division as a subject."""
    return Entity(place.name, "PLACE", place.code)
