"""Who is brought up in a report, and where: names that open a clause, 全市, 我县, 该院, 前者, 其余."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.entities import AUTHORITY, NATION, home_of, place_entity
from kg.extract.layout import Layout
from kg.extract.speakers import find_sections, find_turns
from kg.model import Entity, Mention, Place, Scope
from kg.tag.lexicon import ancestors, divisions

AreaOf = Callable[[str], Place | None]

AREA_WORD = re.compile(
    r"全市|全省|全县|全区|全州|全旗|全盟|全镇|全乡|全国|全自治区|全地区|我市|我省|我县|我区|我州|我旗|我国|本市|本省|本县|本区|该市|该县|该区|该州|该旗|市内|市区(?=[^域])"
)
_SELF_WORD = re.compile(
    r"我院|本院|该院|全院|院里|(?:我们|咱们)医?院|这[家所](?:医院|卫生院|中心|卫生室|社区卫生服务中心)|[我本该]中心|我们中心|[我本该]站|[我本该]所(?!在)|我校|该(?:医院|卫生院|卫生室)|"
    r"(?<![\u4e00-\u9fff])(?:医院|中心)(?=现有|共有|占地|开放|设|拥有|编制|年|全年|完成|实际|目前)"
)
# what an authority tells of itself: its posts, meetings, errands and duties (我局机关编制24名, 我委派4个组下乡)
_OFFICE = re.compile(
    r"(?:[我本](?P<kind>局|委)(?:机关)?|(?P<house>局|委)机关|(?P<party>局|委)党[组委])(?:先后|现|年末|共|内部)?"
    r"(?=[对所]?承担|抽调|选派|派(?!出所)|走访|调研|编制|行政编制|核定|实有|内设|下设|下辖|所属|和所属|干部|召开|办理|受理|收到|纳入|牵头获得|获得|荣获|被评|\d)"
)
_SIGNED = 9  # what a name in the masthead or the signature weighs, of mentions
_BUREAU = {"局": "局", "委": "委员会"}
_HELPED = tuple("在由与向被经受")
_KIND = re.compile(r"卫生室|中心|院|站|所|校")
_ENDINGS = {"院": "院", "卫生室": "室", "中心": "中心", "站": "站", "所": "所", "校": "校"}
_NEIGHBOURS = 2  # paragraphs above in which 该院 looks for its hospital
_BEFORE_OTHER = re.compile(
    r"(?:来|按照|根据|依据|围绕|贯彻|落实|依照|向|赴|往|由|与|对|为|到|从|给|和|支援|援助|驰援|对口|联合|会同|依托|通过|经|受|被|获|邀请|转诊至|至|来自|前往|奔赴|抵达|帮扶|报|报送|出席|配合|借助|优于|高于|低于|好于|于|在|距|离|接受|援|学习|归|送|签约|携手|位于|坐落于?|进驻|撤离|接管|指导|服务|驻|覆盖|涉及|批准|认定|评为|下达|同|包括|包含|比|较|加入|推进|把|参加|新建了?)$"
)
_COMPARED_TO = re.compile(r"(?:优于|高于|低于|好于|少于|多于|比|较|与|同|超过|达到|高出|接近|为)$")
_PART_OF = re.compile(r"(?:占有?|集中了?|[居列跻]身?)$")
_NOT_AREA = re.compile(
    r"第|的|平均|首[位批家个]|前列|优秀|先进|率先|领先|最|[^，。；]{0,4}?(?:排名|倒数|排第|第[一二三四五六七八九十\d])"
)
_AND_OTHERS = re.compile(r"[^，。；：、\d和与及]{0,8}等(?!级|额|待|候)")
_TOPIC_GAP = re.compile(
    r"^[、，：；和与及其中目前截至至到底末年月日\d上下半全共已均也又还而则另有现在（）“”\x00\s]*$"
)
_JOINED = re.compile(r"[、和与及]|以及")
_NAMELESS = re.compile(r"援.{1,2}(?:抗疫|医疗|护理)*队$")
_NOT_TOPIC = re.compile(r"牵头的|帮扶|援建|捐|接管|支援|[内外“《]|自然科|科技[奖进计]|社科|重点[专学研实]")
_SINGLED_OUT = re.compile(r"(?:最.{1,2}|的)的?(?:依次|分别)?(?:是|为)?$|[则以]$")
_DIRECT = re.compile(r"(?:[为是有达仅]|只有|最[高低多少])?[（，]?(?:约|近|为)?\d")
_PARTNERS = re.compile(r"[^，。；、]{0,8}(?:共建|合作|结成|签订|签约|开通|建立|联手|携手|结对)")
_ALIKE = re.compile(r"[^，。；、\d]{0,12}[各均](?:[为有达超在]|$|(?=\d))")
_SHARED_OUT = re.compile(r"[^。；\d]{0,12}(?:分别|依次)")
_FORMER = re.compile(r"[前后]者")
_TOWNSHIP_HOUSE = re.compile(r"(?P<town>.{2,}?[乡镇])(?:中心)?卫生院")
_ONE_OF = re.compile(
    r".{0,2}(?:是|为|系|属|作为)全[国省市县区州][^，。；\d]{0,16}的[“”\u4e00-\u9fff]{1,8}"
)  # 是全省…的“大户”
_REST = re.compile(
    r"(?<![\u4e00-\u9fff])[两三四五六七八九](?:县|区|市|地|镇)(?![级\u4e00-\u9fff]?医院)|其余|其他[^，。；]{0,6}(?:县|区|市|地)|合计|加起来|加在一起"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject brought up: where the words for it stand, whom they mean and how it was found."""

    at: int
    end: int
    entity: Entity
    rule: str


class Topics:
    """What a report brings up: ``topics`` in order; ``leading`` spans that open a clause; ``runs`` of coordinated names."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        *,
        mentions: Sequence[Mention],
        scope: Scope,
        area_of: AreaOf,
        programmes: Sequence[tuple[int, int]],
        figure_ends: Sequence[int],
        default: Entity,
    ) -> None:
        self._text = text
        self._programmes = sorted(programmes)
        self._layout = layout
        self._mentions = mentions
        self._scope = scope
        self._area_of = area_of
        self._figure_ends = figure_ends
        self._default = default
        sections = list(find_sections(text, layout, mentions))
        turns = sections or find_turns(text, layout, mentions, scope.place, default)
        self._turns = list(turns)
        self.leading: list[tuple[int, int]] = []  # so that names leave them out
        self.runs: list[list[Mention]] = []
        found = [
            *self._named(),
            *self._areas(),
            *self._selves(),
            *self._offices(),
            *self._formers(),
            *self._rests(),
        ]
        self.topics = sorted(found, key=lambda topic: topic.at)

    def own(self, at: int) -> Entity:
        """Who speaks at an offset: the report itself, or one whom it lets speak."""
        i = bisect_right(self._turns, at, key=lambda turn: turn.start) - 1
        return self._turns[i].entity if i >= 0 and at < self._turns[i].end else self._default

    def area(self, word: str, at: int) -> Entity | None:
        """The place that 全市, 我省 or 该县 means at an offset."""
        if word in ("全国", "我国"):
            return NATION
        speaker = self.own(at)
        if speaker.label == "PLACE" and speaker != self._default and speaker.name.endswith(word[-1]):
            return speaker
        if self._scope.zone is not None and word[-1] == "区" and word != "市区" and speaker == self._default:
            return speaker
        # 市区 is the city's own, never the district named last
        place = self._area_of("全市") if word == "市区" else self._area_of(word) or self._last_named(word, at)
        if place is None and speaker.label == "ORG" and (town := _TOWNSHIP_HOUSE.fullmatch(speaker.name)):
            return Entity(town["town"], "PLACE") if town["town"].endswith(word[-1]) else None
        return place_entity(place) if place else None

    def _named(self) -> Iterator[Topic]:
        """Organisations and places that open a clause or a list item, not those that only take part (支援湖北)."""
        passed = -1  # where the last mention that only takes part ended
        for run in self._coordinated():
            first = run[0]
            i = bisect_right(self._figure_ends, first.start) - 1
            # a list of figures opens anew after each: 甲县11例、乙县4例
            opens = max(self._layout.clause(first.start)[0], self._figure_ends[i] if i >= 0 else 0)
            before, after = self._text[opens : first.start], self._text[run[-1].end : run[-1].end + 3]
            takes_part = _BEFORE_OTHER.search(before) and before != "在" and not _SINGLED_OUT.search(before)
            if takes_part or _PART_OF.search(before) or self._goes_on(passed, first):
                passed = run[-1].end
                if len(run) > 1 and before.endswith("在") and _SHARED_OUT.match(self._text, passed):
                    self.runs.append(run)  # 在甲县、乙县多发，分别为62例、48例
                continue
            leads = bool(_TOPIC_GAP.match(before)) or self._after_time(opens, first.start)
            tells = self._tells_of(first, run[-1], before) if first.label == "PLACE" else len(before) <= 14
            if (
                len(first.text) < 2
                or _NAMELESS.match(first.text)
                or _NOT_TOPIC.match(after)
                or not (leads or tells)
            ):
                continue
            if len(run) > 1:
                self.runs.append(run)
            others = _AND_OTHERS.match(self._text, run[-1].end)
            if leads and not others:
                self.leading += [(m.start, m.end) for m in run if m is first or m.label == "ORG"]
            yield Topic(first.start, run[-1].end, *self._brought_up(run, others is not None))

    def _tells_of(self, first: Mention, last: Mention, before: str) -> bool:
        """最多的是甲县, 按发病率则乙县最高, 诊疗量丙区118万: places below the report's own amid a clause."""
        own = self._scope.place
        if own is None or first.entity is None or first.entity.code is None or len(before) > 14:
            return False
        inside = own.code != first.entity.code and own.code in (s.code for s in ancestors(first.entity.code))
        return inside and bool(
            _SINGLED_OUT.search(before) or (not before.endswith("是") and _DIRECT.match(self._text, last.end))
        )

    def _goes_on(self, passed: int, mention: Mention) -> bool:
        return passed >= 0 and _JOINED.fullmatch(self._text, passed, mention.start) is not None

    def _coordinated(self) -> Iterator[list[Mention]]:
        """Names joined by 、 or 和, together; a name on its own as a list of one."""
        run: list[Mention] = []
        for mention in self._mentions:
            if run and _JOINED.fullmatch(self._text, run[-1].end, mention.start):
                run.append(mention)
                continue
            if run and run[-1].end == mention.start and run[-1].label == mention.label == "PLACE":
                run[-1] = replace(mention, start=run[-1].start)  # 海南|博鳌乐城国际医疗旅游先行区
                continue
            if run:
                yield run
            run = [mention]
        if run:
            yield run

    def _brought_up(self, run: list[Mention], others: bool) -> tuple[Entity, str]:
        """Whom a name, or several together, bring up: several speak for the whole, but partners for the first."""
        first = run[0]
        if others:
            return self.own(first.start), "coordination"
        joint = self._text[first.end : run[-1].start]
        if len(run) == 1 or (joint in ("与", "同", "和") and _PARTNERS.match(self._text, run[-1].end)):
            return self._standing_for(first)
        if _ALIKE.match(self._text, run[-1].end):
            return self._standing_for(first)
        entity, rule = self._standing_for(first)
        if all(self._standing_for(mention)[0] == entity for mention in run):  # 市财政局、市卫生健康委
            return entity, rule
        return self.own(first.start), "coordination"

    def _standing_for(self, mention: Mention) -> tuple[Entity, str]:
        """The entity a mention brings up: an authority speaks for its area."""
        own = self.own(mention.start)
        entity = mention.entity or own
        if mention.label != "ORG" or not AUTHORITY.search(entity.name):
            return entity, mention.label.lower()
        home = home_of(entity.name)
        if home is None or entity.name == self._scope.organisation:
            return own, "authority"
        return place_entity(home), "authority"

    def _areas(self) -> Iterator[Topic]:
        """全市, 我省, 该县: not where they are only compared with or ranked in."""
        text = self._text
        for match in AREA_WORD.finditer(text):
            start, end = match.span()
            before = text[max(0, start - 3) : start]
            if self._in_programme(start) or _ONE_OF.fullmatch(self._clause_from(start)):
                continue
            if (
                _COMPARED_TO.search(before)
                or _BEFORE_OTHER.search(before)
                or _PART_OF.search(before)
                or _NOT_AREA.match(text[end : end + 8])
            ):
                continue
            if match[0] in ("全国", "我国") and start - self._layout.clause(start)[0] > 6:
                continue
            entity = self.area(match[0], start)
            if entity is None:
                continue
            own = self._scope.place is not None and entity.code == self._scope.place.code
            speaks = own and self._scope.organisation and match[0][0] == "我"
            yield Topic(start, end, self._default if speaks else entity, "area-word")

    def _in_programme(self, at: int) -> bool:
        """Is the word part of a programme's name (全国无偿献血奉献奖)?"""
        i = bisect_right(self._programmes, (at, len(self._text))) - 1
        return i >= 0 and at < self._programmes[i][1]

    def _clause_from(self, at: int) -> str:
        """The clause that an offset stands in, from three characters before it."""
        return self._text[max(0, at - 3) : self._layout.clause(at)[1]]

    def _selves(self) -> Iterator[Topic]:
        """本院, 该中心: who speaks, where that is one; else the organisation that the text named last."""
        for match in _SELF_WORD.finditer(self._text):
            if self._text[max(0, match.start() - 1) : match.start()] in _HELPED:
                continue
            own = self.own(match.start())
            entity = own if own.label == "ORG" else self._last_organisation(match)
            if own.label == "ORG" and match[0][0] == "该":  # another that the sentence has just told of
                entity = self._last_organisation(match, self._layout.sentence(match.start())[0]) or own
            if entity is not None:
                yield Topic(match.start(), match.end(), entity, "self-word")

    def _offices(self) -> Iterator[Topic]:
        """我局, 委机关, 局党组: the authority that reports, where it tells of itself."""
        for match in _OFFICE.finditer(self._text):
            kind = match["kind"] or match["house"] or match["party"]
            names: Counter[Entity] = Counter()
            for m in self._mentions:
                if m.label == "ORG" and m.entity and self._is_own_bureau(m.entity.name, _BUREAU[kind]):
                    names[m.entity] += _SIGNED if self._is_line(m) else 1
            if names and self.own(match.start()) == self._default:
                yield Topic(match.start(), match.end(), names.most_common(1)[0][0], "self-word")

    def _is_line(self, mention: Mention) -> bool:
        """Does the name stand alone on its line, or open the title?"""
        start, end = self._layout.paragraph(mention.start)
        return (
            start == 0 == mention.start
            or self._text[start:end].strip() == self._text[mention.start : mention.end]
        )

    def _is_own_bureau(self, name: str, ending: str) -> bool:
        """Is it an authority of the report's own place or zone?"""
        home, place = home_of(name), self._scope.place
        of_zone = self._scope.zone is not None and name.startswith(self._scope.zone)
        of_place = place is not None and home is not None and home.code == place.code
        is_own = of_zone if self._scope.zone is not None else of_place or name == self._scope.organisation
        return name.endswith(ending) and is_own

    def _last_organisation(self, match: re.Match[str], since: int = 0) -> Entity | None:
        """The last organisation of the kind that 该院 or 我们中心 names, in its paragraph or just above, from an offset on."""
        kind = _KIND.search(match[0])
        if kind is None:
            return None
        start = self._layout.paragraph(match.start())[0]
        for _ in range(_NEIGHBOURS if match[0][0] in "我咱本这" else 0):
            start = self._layout.paragraph(start - 1)[0] if start > 0 else 0
        for mention in reversed(self._mentions):
            if mention.end > match.start() or mention.label != "ORG" or mention.entity is None:
                continue
            if mention.start < max(start, since):
                return None
            if mention.entity.name.endswith(_ENDINGS[kind[0]]) and not AUTHORITY.search(mention.entity.name):
                return mention.entity
        return None

    def _formers(self) -> Iterator[Topic]:
        """前者, 后者: of the two that were named together last."""
        for match in _FORMER.finditer(self._text):
            i = bisect_right(self.runs, match.start(), key=lambda run: run[0].start) - 1
            pair = self.runs[i] if i >= 0 else []
            if len(pair) == 2 and pair[0].start >= self._layout.paragraph(match.start())[0]:
                entity = pair[match[0] == "后者"].entity
                between = self._text[pair[-1].end : match.start()]
                if entity is not None and between.count("。") <= 1:
                    yield Topic(match.start(), match.end(), entity, "former")

    def _rests(self) -> Iterator[Topic]:
        """其余9个县, 合计: the whole again."""
        for match in _REST.finditer(self._text):
            yield Topic(match.start(), match.end(), self.own(match.start()), "rest")

    def _last_named(self, word: str, at: int) -> Place | None:
        """全县 in a city's report: the county named last before."""
        unit = word[-1]
        for mention in reversed(self._mentions):
            if mention.start < at and mention.label == "PLACE" and mention.entity and mention.entity.code:
                place = divisions().get(mention.entity.code)
                if place is not None and place.name.endswith(unit) and place.level == "county":
                    return place
        return None

    def _after_time(self, start: int, end: int) -> bool:
        return bool(
            re.fullmatch(
                r"(?:[^，。；]{0,6}(?:年|月|日|底|末|来|中|上|里|期间|同时|其中|尤其|特别是|例如|比如|像|如))?",
                self._text[start:end],
            )
        )
