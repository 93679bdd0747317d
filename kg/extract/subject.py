"""Whom a figure is about: the report's own area or organisation, or one that the sentence brings up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.entities import NATION, home_of, place_entity
from kg.extract.layout import Figure, Layout
from kg.extract.scope import chain
from kg.extract.topics import AREA_WORD, AreaOf, Topic, Topics
from kg.model import Entity, Kind, Mention, Scope

_NATIONAL = re.compile(r"全国|我国|中国|国家(?:卫生|卫健|疾控|医保)")
_LOCAL = re.compile(r"[全我本][市省县区州旗]")  # of an area that the text does not name
_ABOVE = re.compile(
    r"(?:同期|同类|同级|同口径|[^，。；：\d（）]{0,6}医院|[^，。；：\d（）]{0,6}机构|区县|县级)?(?:的)?(?:平均)?(?:水平|值|数|分)?(?:的|要求的?|规定的?|提出的?|下达的?)?(?:则|仅|只)?(?:为|是|有|约为)?(?:约)?[（(]?(?:约|为)?"
)
_CUE = re.compile(
    r"(?:高出|高于|低于|优于|好于|多于|少于|快于|慢于|超过|不及|不足|比|较|是|为|及|和|与|、|于|达到)$"
)
_BESIDE = re.compile(r"于|比|较|超过|不及|不足")
_STATED = re.compile(r"平均|水平|为|是|要求|规定|提出|下达|同|（|\(")
_RATIO = re.compile(r"的(?:近|约|超过?)?$")
_IN_SERIES = re.compile(r"[、，和与及]?(?:和|与|及|以及)?(?:约|近|超过?)?")
_EACH = re.compile(r"分别|依次|各[为有达]|分列")
OF_PEOPLE = re.compile(
    r"孕产妇死亡率|婴儿死亡率|儿童死亡率|发病率|患病率|死亡率$|期望寿命|健康素养|千人口献血率|人口献血率|缺陷发生率|就诊率|参[合保]率|常住人口|接种率"
)
_PARAGRAPH_OPENING = re.compile(
    r"\s*(?:【[^】\n]{2,12}】)?(?:[^，。；：\d\n]{2,8}：)?(?:\d{4}年的?|在|走进|去年)?"
)
_TREATED = re.compile(
    r"(?:其中)?(?:[去今前]年|全年|[上下]半年|[前头]?[一二三四\d]个?季度|\d{1,2}月|年|日均)*(?:门急诊|门诊|急诊|诊疗|出院|入院|住院|手术|三?四级手术|业务收入|医疗收入|平均住院|床位|病床使用率|药占比|次均)"
)
_OTHER_HOUSE = re.compile(r"(?![该本我])[\u4e00-\u9fff]{2,10}(?:服务中心|卫生院|医院|卫生室|服务站)")
_OF_AMOUNT = re.compile(
    r"\d[万亿]?[元天张人次岁]{1,2}，(?:低于|高于|高出|低)$"
)  # 次均9814元，低于全市同级6.3%
_FOR_AREA = re.compile(r"疾病预防控制|保健|血站|血液中心|卫生监督|防治")


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
        figure_spans: Sequence[tuple[int, int]],
    ) -> None:
        self._text = text
        self._scope = scope
        self._spans = figure_spans
        self._above = {NATION, *(place_entity(step) for step in chain(scope.place)[1:])}
        self._starts = [start for start, _ in figure_spans]
        self.default = self._default()
        named = [m for m in mentions if m.label in ("ORG", "PLACE") and m.entity is not None]
        self._found = Topics(
            text,
            layout,
            mentions=named,
            scope=scope,
            area_of=area_of,
            programmes=[(m.start, m.end) for m in mentions if m.label == "PROGRAMME"],
            figure_ends=[end for _, end in figure_spans],
            default=self.default,
        )
        self.leading = self._found.leading
        self._topics = self._found.topics
        self._areas = sorted(
            [(m.start, m.end, m.entity) for m in named if m.label == "PLACE" and m.entity]
            + [
                (match.start(), match.end(), entity)
                for match in AREA_WORD.finditer(text)
                if (entity := self._found.area(match[0], match.start()))
            ]
            + [
                (match.start(), match.end(), NATION)
                for match in re.finditer(r"国家(?=规定|要求|提出|标准|平均)", text)
            ],
            key=lambda area: area[0],
        )

    def _default(self) -> Entity:
        if self._scope.organisation:
            return Entity(self._scope.organisation, "ORG")
        if self._scope.zone:
            return Entity(self._scope.zone, "PLACE")
        if self._scope.place:
            return place_entity(self._scope.place)
        national = len(_NATIONAL.findall(self._text))
        return NATION if national > len(_LOCAL.findall(self._text)) else Entity("", "PLACE")

    def subject(self, figure: Figure, kind: Kind, indicator: str) -> Subject:
        """The subject of a figure of this kind and name: the last one brought up in its sentence, else the report's own."""
        found = self._compared(figure, kind) or self._shared(figure)
        is_rank = kind == "rank" or self._text[: figure.quantity.start].endswith("前")
        found = found or self._governing(figure.quantity.start, figure, above=not is_rank)
        if (
            found.entity.label == "ORG"
            and OF_PEOPLE.search(indicator)
            and _FOR_AREA.search(found.entity.name)
        ):
            home = home_of(found.entity.name)
            return Subject(place_entity(home), found.at, "population") if home else found
        return found

    def doer(self, figure: Figure) -> Subject:
        """Whom the sentence brought up last before a stretch that has no subject of its own, else who speaks there."""
        return self._governing(figure.quantity.start, figure)

    def speaker(self, at: int) -> Entity:
        """Who speaks at an offset: the report's own, or one whom it lets speak."""
        return self._found.own(at)

    def area(self, word: str, at: int) -> Entity | None:
        """The place that 全市, 我省 or 该县 means at an offset."""
        return self._found.area(word, at)

    def _governing(self, before: int, figure: Figure, *, above: bool = True) -> Subject:
        """The subject brought up last before an offset of the figure's sentence.

        What is only set beside the figures (全省是4.23张；) does not govern, nor does an area above the report's own
        where ``above`` is false (争取全省前20名).
        """
        start, end = figure.sentence[0], figure.quantity.start
        for i in range(bisect_left(self._topics, before, key=lambda t: t.at) - 1, -1, -1):
            topic = self._topics[i]
            if topic.at < start:
                break
            if topic.entity in self._above and (not above or self._is_beside(topic, end)):
                continue
            between = self._text[topic.at : end]
            if "；" in between and topic.rule != "area-word" and not self._still_treats(topic, between):
                break
            if "）" in between and self._text.rfind("（", start, topic.at) > self._text.rfind(
                "）", start, topic.at
            ):
                continue
            return Subject(topic.entity, topic.at, topic.rule)
        return self._own(figure)

    def _still_treats(self, topic: Topic, between: str) -> bool:
        """市医院门急诊11.7万人次；出院5218人次，…: a hospital whose clauses go on to open with what hospitals do."""
        parts = between.split("；")
        return topic.entity.name.endswith("院") and all(_TREATED.match(part) for part in parts[1:])

    def _own(self, figure: Figure) -> Subject:
        """The organisation that opens the figure's paragraph and is alone in it so far, else who speaks there."""
        own = self._found.own(figure.quantity.start)
        first, last = figure.paragraph[0], figure.sentence[0]
        i = bisect_left(self._topics, first, key=lambda t: t.at)
        is_open = own.label == "PLACE" or self._is_headed(i, first)
        if is_open and i < len(self._topics) and self._topics[i].rule == "org":
            topic = self._topics[i]
            opens = _PARAGRAPH_OPENING.fullmatch(self._text, first, topic.at)
            j = bisect_left(self._topics, last, key=lambda t: t.at)
            clause = self._text[figure.clause[0] : figure.quantity.start]
            alone = not _OTHER_HOUSE.match(clause) and all(
                t.entity == topic.entity for t in self._topics[i:j]
            )
            if topic.at < figure.quantity.start and opens and (alone or topic.at - first <= 2):
                return Subject(topic.entity, topic.at, "paragraph")
        return Subject(own, -1, "own")

    def _is_headed(self, i: int, first: int) -> bool:
        """Does the paragraph open with a name and a dash or colon (北京积水潭医院——“雪”下得紧。)?"""
        if i >= len(self._topics) or self._topics[i].at - first > 2:
            return False
        return self._text.startswith(("——", "："), self._topics[i].end)

    def _is_beside(self, topic: Topic, end: int) -> bool:
        """Is the topic only told of the figure right behind it, and that is another than the one that starts at ``end``?"""
        i = bisect_left(self._starts, topic.end)
        if i >= len(self._starts) or self._starts[i] >= end:
            return False
        between = self._text[topic.end : self._starts[i]]
        return _ABOVE.fullmatch(between) is not None and _STATED.search(between) is not None

    def _compared(self, figure: Figure, kind: Kind) -> Subject | None:
        """全省平均7.7张, 优于广东省平均水平（2.13‰、3.02‰）: the area that a figure is set beside.

        A difference to it (高于全省平均3个百分点) and a share of it (为全省平均的84%) stay with whom they are told of.
        """
        opens = self._opening(figure)
        i = bisect_right(self._areas, opens, key=lambda area: area[0]) - 1
        if i < 0 or self._areas[i][0] < figure.sentence[0]:
            return None
        start, end, entity = self._areas[i]
        if end > opens:
            return None
        between = self._text[end:opens]
        if not _ABOVE.fullmatch(between):
            return None
        cue = _CUE.search(self._text, max(0, start - 3), start)
        is_list = cue is not None and cue[0] in ("、", "和", "与", "及")
        if cue and is_list and not any(end == cue.start() for _, end in self._spans):
            cue = None
        above = cue is not None and _BESIDE.search(cue[0]) is not None
        if not cue and not _STATED.search(between):
            return None
        if kind == "rank":
            return None
        is_ratio = _RATIO.search(between) and figure.quantity.unit in ("%", "倍", "‰") and not above
        is_share = (
            cue is not None
            and figure.quantity.unit == "%"
            and _OF_AMOUNT.search(self._text[max(0, start - 12) : start])
        )
        if (
            kind == "change"
            or is_ratio
            or is_share
            or self._is_difference(figure, cue[0] if cue else "", between)
        ):
            return self._governing(start, figure)
        return Subject(entity, start, "average")

    def _is_difference(self, figure: Figure, cue: str, between: str) -> bool:
        """高出全省0.61人, 低于全省平均水平412元: told as a difference, where the unit is no rate's."""
        if cue == "高出":
            return True
        is_rate = figure.quantity.unit in ("%", "‰") or figure.quantity.unit.startswith("/")
        return cue.endswith("于") and between.endswith("平均水平") and not is_rate

    def _opening(self, figure: Figure) -> int:
        """Where the list of figures opens that the figure stands in (平均水平（2.13‰、3.02‰）), else its own start."""
        i = bisect_left(self._starts, figure.quantity.start)
        while (
            i > 0
            and self._spans[i - 1][1] > figure.sentence[0]
            and re.fullmatch(r"[、，和与及]", self._text[self._spans[i - 1][1] : self._starts[i]])
        ):
            i -= 1
        return self._starts[i] if i < len(self._starts) else figure.quantity.start

    def _shared(self, figure: Figure) -> Subject | None:
        """甲县、乙县和丙县分别为1、2、3: each figure its own."""
        i = first = last = bisect_left(self._starts, figure.quantity.start)
        while first > 0 and self._joined(first - 1, first):
            first -= 1
        while last + 1 < len(self._spans) and self._joined(last, last + 1):
            last += 1
        head = self._starts[first]
        k = bisect_right(self._found.runs, head, key=lambda run: run[-1].end) - 1
        if k < 0 or self._found.runs[k][0].start < figure.sentence[0]:
            return None
        run = self._found.runs[k]
        between = self._text[run[-1].end : head]
        if len(run) != last - first + 1 or re.search("[；。]", between):
            return None
        if not _EACH.search(between) and first > 0 and self._starts[first - 1] >= run[-1].end:
            return None  # 甲、乙两院…3个…1、2: the series is not the first thing told of them
        entity = run[i - first].entity
        return Subject(entity, run[0].start, "split") if entity else None

    def _joined(self, i: int, j: int) -> bool:
        between = self._text[self._spans[i][1] : self._spans[j][0]]
        return bool(between) and _IN_SERIES.fullmatch(between) is not None
