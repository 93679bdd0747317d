"""Who does what a verb says: the names before it, the report's own area or organisation, or whom the sentence brought up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.extract.entities import NATION
from kg.extract.layout import Figure, Layout
from kg.extract.subject import Subjects
from kg.model import Entity, Mention, Quantity, TimeMention

_LIGHT = re.compile(
    r"(?:（[一二三四五六七八九十\d]{1,3}）|在[^，。；、]{2,24}[中上里]|已经|已|决定|重新|另外|还有|与此同时|同时|也|还|又|再次|再|均|都|全部|先后|曾|成功|顺利|首次|首批|率先|正式|积极|大力|深入|全面|扎实|持续|认真|着力|着手|不断|进一步|统筹|有序|广泛|严格|精心|有效|稳步|高效|同步|同时|"
    r"共同|联合|合作|牵头|组织|主动|切实|继续|坚持|着重|重点|加快|加大|加强|大胆|并|且|则|就|一次性|圆满|隆重|有针对性地|高标准|高质量|高位|强力|协同|密切|陆续|相继|创新|集中|具体|迅速|及时|"
    r"因地制宜|分别|被|喜|荣|自|从|于|在|近年来?|多年来|今年以来|以来|一年来|期间|同年|当年|是年|年内|此外|另外|其中|特别是|尤其是|目前|截至目前|现|现已|至今|最早|在全[国省市县区州](?:[^，。；]{0,5}中)?率?先?|"
    r"以高分|高分|以优异成绩|连续[\d一二三四五六七八九十两]+(?:[年届次轮]|年度)|第[\d一二三四五六七八九十]+次|[\d一二三四五六七八九十两]+次|累计|共|年|月|日|末|底|初|[上中下]旬|上半年|第[一二三四]季度|"
    r"地|起|新|相关|有关|的)$"
)
_TRAIN = re.compile(
    r"(?:卫生健康部门|卫生部门|卫健部门|卫健系统|卫生系统|卫生健康系统|卫生计生系统|卫健委?系统|全系统|系统|上下|各地|各级各部门|各级)$"
)
_ETC = re.compile(
    r"(?:等|[、和及与](?=[\d一二三四五六七八九十两]+[家个所]))(?:地|[\d一二三四五六七八九十两]+)?(?:[家个所]|多家|多个)?(?P<noun>[\u4e00-\u9fff（）]{0,10})$"
)
_PLACES = re.compile(r"(?:县|市|区|地|县市|县区|市县|州|镇|乡|县（市）|县（市、区）|县市区|[县市区]级?)*")
_JOINED = re.compile(r"[、和与及]|以及|，")
_WITH = re.compile(r"(?:会同|联合|携手|与|同|和|协同)$")
_BY = re.compile(r"(?:由|，|；|：|。|）|\n|】|\s|[★●■▲◆☆·•]|其中|如|像)$")
_SELF = re.compile(
    r"(?P<area>[全我本该][省市县区州旗盟]|自治区|(?<![\u4e00-\u9fff])[省市县区州](?=里))里?$|(?P<self>[我本该全](?:院|中心|站|所|校|局|委|办|队|镇|乡|社区)|我们)$|"
    r"(?<![\u4e00-\u9fff])(?P<bare>医院|中心|卫生院|血站|保健院|学校|单位)$"
)
_BOUNDARY = "，。；：！？!?\n（】★●■▲◆☆\t、"
_OBJECT = re.compile(r"[为向对给把将从到至在于比按据依经以用与和自受被]$")
_WE = re.compile(r"(?<!为)我们|[我本](?:院|中心|站|所|局|委|办|队)")
_NOT_ALONE = ("等", "和", "及", "、")
_GIVEN_BY = re.compile(r"被[\u4e00-\u9fff]{3,14}$")
_CLASS = re.compile(
    r"(?:^|[，；：\s])(?:全[省市县区州旗]|目前|共有?|现有|已有|全部|其中)*(?:各(?:地|省|市|县|区|级|乡|医|单位)|"
    r"(?:\d+|[一二三四五六七八九十百]+)[家个所支][\u4e00-\u9fff（）、]{1,20}?(?:均|都|全部|已|通过|达到|被|获|完成|实现|开展|实施))"
)
_GIVEN = re.compile(r"(?:被|获|经|受)$")


class Agents:
    """The doers of a report's verbs."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        *,
        mentions: Sequence[Mention],
        times: Sequence[TimeMention],
        subjects: Subjects,
    ) -> None:
        self._text = text
        self._layout = layout
        self._subjects = subjects
        self._named = [m for m in mentions if m.label in ("ORG", "PLACE") and m.entity is not None]
        self._programmes = [m.start for m in mentions if m.label == "PROGRAMME"]
        self._at = {m.end: i for i, m in enumerate(self._named)}
        self._starts = {m.start: m for m in self._named}
        self._times = {t.end: t.start for t in times}

    def figure(self, start: int, end: int) -> Figure:
        """A stretch of text as the figure whose subject and period are asked for."""
        quantity = Quantity(start, end, Decimal(1), "", "=", "programme")
        return self._layout.figures((quantity,))[0]

    def doers(self, at: int, clause: int, *, elided: bool = True) -> list[Entity]:
        """Who does what the verb at ``at`` says, in a clause that opens at ``clause``; empty where that is not told.

        Without a name before the verb it is whom the sentence brought up last, or the report's own, unless ``elided``
        is false.
        """
        end = self._back(clause, at)
        if end == clause or self._text[end - 1] in _BOUNDARY:
            return self._elided(at) if elided else []
        etc = _ETC.search(self._text, clause, end)
        run = self.run(etc.start() if etc else end)
        if run:
            if etc and run[-1].label == "PLACE" and not _PLACES.fullmatch(etc["noun"]):
                return []
            return self._with(run, clause)
        said = _SELF.search(self._text, clause, end)
        told = said and (said["area"] or self._opens(clause, said.start()))
        return (
            self._meant(said, at)
            if said and told and not _OBJECT.search(self._text, clause, said.start())
            else []
        )

    def named(self, end: int, clause: int) -> list[Entity]:
        """Those whose names or words end at an offset, light words aside, whatever stands before them."""
        end = self._back(clause, end)
        run = self.run(end)
        said = None if run else _SELF.search(self._text, clause, end)
        return [m.entity for m in run if m.entity] if run else self._meant(said, end) if said else []

    def listed(self, start: int, end: int) -> list[Entity]:
        """The names that fill a stretch of text, 等N家单位 aside; none where other words stand in it."""
        etc = _ETC.search(self._text, start, end)
        run = self.run(etc.start() if etc else end)
        return [m.entity for m in run if m.entity] if run and run[0].start == start else []

    def given(self, at: int, clause: int) -> tuple[int, list[Entity]]:
        """被卫生部|授予: the offset before 被 and those who give; where nobody is named, that of the verb."""
        run = self.run(at)
        passive = _GIVEN.search(self._text, clause, run[0].start) if run else None
        if passive:
            return passive.start(), [m.entity for m in run if m.entity]
        unknown = None if run else _GIVEN_BY.search(self._text, clause, at)
        return (unknown.start() if unknown else at), []

    def run(self, end: int) -> list[Mention]:
        """The names joined by 、 or 和 that end at an offset; empty where none does."""
        i = self._at.get(end)
        if i is None:
            return []
        run = [self._named[i]]
        while i > 0 and _JOINED.fullmatch(self._text, self._named[i - 1].end, run[0].start):
            if self._text[run[0].start - 1] == "，" and run[0].label != self._named[i - 1].label:
                break
            i -= 1
            run.insert(0, self._named[i])
        return run

    def starting(self, at: int) -> list[Mention]:
        """The names joined by 、 or 和 that start at an offset; empty where none does."""
        run: list[Mention] = []
        mention = self._starts.get(at)
        while mention is not None:
            run.append(mention)
            joint = _JOINED.match(self._text, mention.end)
            mention = self._starts.get(joint.end()) if joint and joint[0] != "，" else None
        return run

    def self_word(self, at: int) -> tuple[list[Entity], int]:
        """Whom a word such as 我市, 我院 or 医院 at an offset means, and where it ends; nobody where none stands there."""
        for size in (3, 2):
            said = _SELF.fullmatch(self._text, at, at + size)
            if said:
                return self._meant(said, at), at + size
        return [], at

    def past_time(self, at: int) -> int:
        """Where a time expression that starts at an offset ends, with its comma; the offset where none does."""
        for end, start in self._times.items():
            if start == at:
                return end + 1 if self._text[end : end + 1] == "，" else end
        return at

    def _back(self, clause: int, at: int) -> int:
        """The offset before ``at`` behind the last word that could name somebody."""
        while at > clause:
            if at in self._times and self._times[at] >= clause:
                at = self._times[at]
                continue
            if at in self._at:
                return at
            light = _LIGHT.search(self._text, clause, at) or _TRAIN.search(self._text, clause, at)
            if light is None or _SELF.search(self._text, clause, at):
                return at
            at = light.start()
        return at

    def _opens(self, clause: int, start: int) -> bool:
        """Does a name at ``start`` open its clause, light words and 由 aside?"""
        if _OBJECT.search(self._text, clause, start):
            return False
        before = self._back(clause, start)
        return before == clause or _BY.search(self._text, max(0, before - 3), before) is not None

    def _with(self, run: Sequence[Mention], clause: int) -> list[Entity]:
        """The names of a run that open their clause, with those they act together with."""
        found = [m.entity for m in run if m.entity is not None]
        if self._opens(clause, run[0].start):
            return found
        joint = _WITH.search(self._text, clause, run[0].start)
        if joint is None or run[0].label != "ORG":
            before = self.run(run[0].start)
            area = _SELF.search(self._text, clause, run[0].start)
            return found if area and not before and self._opens(clause, area.start()) else []
        return [*self.doers(joint.start(), clause), *found]

    def _meant(self, said: re.Match[str], at: int) -> list[Entity]:
        own = self._subjects.speaker(said.start())
        if said["area"]:
            place = self._subjects.area(said["area"], said.start())
            return [place] if place else []
        if said["self"] and said["self"][-1] in "局委办队镇乡区们":
            return [own] if own.name else []
        if own.label == "ORG":
            return [own]
        return [found for found in self._elided(at) if found.label == "ORG"]

    def _elided(self, at: int) -> list[Entity]:
        """Whom the sentence brought up last before ``at``, all of several; else the report's own.

        Nobody where that is left open: the last name did not open its clause, or only a name's first part did.
        """
        figure = self.figure(at, at + 1)
        found, own = self._subjects.doer(figure), self._subjects.speaker(at)
        said = list(_WE.finditer(self._text, max(found.at, figure.sentence[0]), at))
        if said:
            return [own] if own.name else []
        run = self.starting(found.at) if found.at >= 0 else []
        if found.rule == "area-word" and (behind := self._after_area(found.at)):  # 我省|甲市乙区
            return [m.entity for m in behind if m.entity]
        leads = found.at < 0 or self._leads(found.at)
        if not run and leads:
            is_open = self._other(found.entity, figure) or _CLASS.search(self._text, figure.sentence[0], at)
            return [found.entity] if found.entity.name and found.entity != NATION and not is_open else []
        if not leads:  # only an object: 协助省卫健委组织…，荣获…
            opened = [
                m for m in self._named if figure.sentence[0] <= m.start < found.at and self._leads(m.start)
            ]
            return [m.entity for m in opened[-1:] if m.entity] or ([own] if own.name else [])
        follows = self._text[run[-1].end : run[-1].end + 1]
        if follows in _NOT_ALONE or self._is_part(run[-1]):
            return []
        return [m.entity for m in run if m.entity]

    def _after_area(self, at: int) -> list[Mention]:
        """The names right behind a word such as 我省 at an offset, which that only leads to."""
        return next((run for end in (at + 2, at + 3) if (run := self.starting(end))), [])

    def _other(self, entity: Entity, figure: Figure) -> bool:
        """Did the sentence bring up another organisation before a semicolon, which may still be meant?"""
        start, end = figure.sentence[0], figure.quantity.start
        parts = self._text.rfind("；", start, end)
        if parts < 0:
            return False
        return any(
            m.label == "ORG" and m.entity != entity and self._leads(m.start)
            for m in self._named
            if start <= m.start < parts
        )

    def _leads(self, at: int) -> bool:
        """Does what stands at an offset open its clause?"""
        return self._opens(self._layout.clause(at)[0], at)

    def _is_part(self, mention: Mention) -> bool:
        """Is a name only the first part of a list of programmes (前郭县健康县区项目、市妇幼保健院…项目)?"""
        end = self._layout.clause(mention.start)[1]
        return any(
            mention.end < start < end and self._text[start - 1] in "、和与及" for start in self._programmes
        )
