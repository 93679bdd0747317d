"""Reads the clause around a programme's name: which frame ties it to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract import relation_frames as frames
from kg.extract import relation_roles as roles
from kg.extract.entities import AUTHORITY, home_of, place_entity
from kg.extract.layout import Layout
from kg.extract.relation_agents import Agents
from kg.extract.subject import Subjects
from kg.model import Entity, Mention, Role

_PLAN = re.compile(
    r"(?<!为)(?<!以)(?:力争|确保|争取(?![了到]))|拟(?![定写])|预计|下一步|下步|下阶段|今后|明年|展望|即将|将(?=[\u4e00-\u9fff]{0,8}$)|将(?=[全继进启开实建新完投推以于在大严])|要(?=[全继进启开实完确加坚抓做以])|"
    r"计划(?=[到在新完建投于今明年开启实\d])|打算|希望|建议|恳请|目标(?=[是为：])|任务[：是]|申报|申请|积极争取|未(?!来)|没有|尚"
)
_COUNT = re.compile(
    r"(?:建设)?(?:项目|立项|资助|单位|医院|[县市区])?(?:共|达|累计)?(?:总数)?(?:\d[\d.,]*|[一二三四五六七八九十两]+)余?(?P<unit>[个家所名人项镇村例位]?)"
)
_CUT = re.compile(r"[】★●■▲◆☆\t·•]")
_WINDOW = 70  # characters before a name in which its verb stands


@dataclass(frozen=True, slots=True)
class Tie:
    """Who is tied to a programme, as what, and by which rule."""

    agents: Sequence[Entity]
    role: Role
    rule: str


class Reader:
    """Reads the clause around each programme of a report."""

    def __init__(
        self, text: str, layout: Layout, agents: Agents, subjects: Subjects, mentions: Sequence[Mention]
    ) -> None:
        self._text = text
        self._layout = layout
        self._agents = agents
        self._subjects = subjects
        self._masked = _masked(text, mentions)

    def ties(self, programme: Mention, run: Sequence[Mention]) -> Iterator[Tie]:
        """All that ties a programme of a coordinated ``run`` to somebody, the surest first."""
        name = programme.entity.name if programme.entity else ""
        start, end = run[0].start, run[-1].end
        clause = self._clause(start)
        issuers = self._agents.run(start - 1 if self._text[start - 1 : start] == "的" else start)
        if issuers and all(
            m.label == "ORG" and m.entity and AUTHORITY.search(m.entity.name) for m in issuers
        ):
            yield Tie([m.entity for m in issuers if m.entity], "runs", "rel-issuer")
            start = issuers[0].start
        relative = frames.RELATIVE.search(self._text, clause, start)
        if relative:
            yield from self._hosts(relative, clause)
            start = relative.start()
        tie = self._by_verb(programme, name, (start, end), clause)
        if tie is not None:
            yield from tie
            return
        yield from self._within(name, (start, end), clause)
        if not self._is_ahead(start):
            yield from self._as_subject(programme, name, (start, end), clause)
            yield from self._is_one(name, (start, end), clause)
            yield from self._listed(name, run)

    def _hosts(self, relative: re.Match[str], clause: int) -> Iterator[Tie]:
        """由甲主办，乙承办，丙协办的: those of the last clause, then those of the clauses before it."""
        verb: re.Match[str] | None = relative
        while verb is not None:
            role: Role = "takes-part" if verb["verb"] == "协办" else "runs"
            if verb["verb"] != "指导":
                yield Tie(self._agents.named(verb.start(), clause), role, "rel-relative")
            before = self._layout.clause_before(clause)
            if before is None or self._text[clause - 1] != "，":
                return
            clause = before[0]
            verb = frames.HOSTS.search(self._text, clause, before[1])

    def _clause(self, at: int) -> int:
        """Where the clause around an offset opens; a label in marks and a bullet end the one before."""
        opens = self._layout.clause(at)[0]
        cuts = [m.end() for m in _CUT.finditer(self._text, opens, at)]
        return max([opens, *cuts])

    def _is_ahead(self, at: int) -> bool:
        """Is what stands at an offset planned, wished or denied by the words before it in its sentence?"""
        return _PLAN.search(self._masked, self._layout.sentence(at)[0], at) is not None

    def _by_verb(self, programme: Mention, name: str, span: tuple[int, int], clause: int) -> list[Tie] | None:
        """荣获…, 实施…, 承担…: the verb before the name with whoever does it; None where no such verb stands there."""
        start, end = span
        named = frames.NAMED.search(self._text, clause, start)
        who = self._agents.listed(*named.span("who")) if named else []
        if who and not self._is_ahead(start):
            return [Tie(who, "takes-part" if roles.is_pilot(name) else "won", "rel-named")]
        for frame in frames.FRAMES:
            verb = self._verb(frame, max(clause, start - _WINDOW), start)
            if verb is None or not frame.after.match(self._text, end):
                continue
            role = roles.role_of(frame.rule, verb["verb"], name, programme)
            if role is None:
                continue
            if self._is_ahead(verb.start()):
                return []
            at, givers = self._agents.given(verb.start(), clause)
            doers = self._agents.doers(at, clause)
            if frame.rule == "rel-standard":
                doers = [doer for doer in doers if doer.label == "ORG"]
            if role != "runs":
                counted = _COUNT.match(self._text, end)
                if counted and counted["unit"] in ("人", "名", "位"):
                    return []
                if counted:
                    doers = [doer for doer in doers if doer.label == "ORG"]
            ties = [Tie(doers, role, frame.rule)] if doers else []
            return [*ties, Tie(givers, "runs", "rel-given")] if givers and role == "won" else ties
        return None

    def _verb(self, frame: frames.Frame, low: int, start: int) -> re.Match[str] | None:
        """The frame's verb before a name, with nothing between but its level and items of a list."""
        at = low
        while (match := frame.before.search(self._text, at, start)) is not None:
            if not frames.FRAME_VERB.search(match["gap"]):
                return match
            at = match.start() + 1
        return None

    def _as_subject(self, programme: Mention, name: str, span: tuple[int, int], clause: int) -> Iterator[Tie]:
        """…全面启动, …由市医院承担, …完成筛查3万人: what is told of a programme, its owner or the report's own doing it."""
        start, end = span
        by = frames.BY.match(self._text, end)
        run = self._agents.starting(by.end()) if by else []
        verb = frames.BY_VERB.match(self._text, run[-1].end) if run else None
        if verb:
            role: Role = "takes-part" if verb["verb"] in ("承担", "负责") else "runs"
            yield Tie([m.entity for m in run if m.entity], role, "rel-by")
            return
        doers = self._agents.doers(start, clause)
        own = self._subjects.speaker(start)
        if frames.PASSED.match(self._text, end) and roles.is_honour(name):
            yield Tie(doers, "won", "rel-passed")
            return
        if programme.rule == "prog-building" or roles.is_honour(name) or roles.is_pilot(name):
            return
        if frames.ISSUED.match(self._text, end) and (programme.text.startswith("《") or roles.is_law(name)):
            issuer = _home(name)
            yield Tie([issuer] if issuer else [], "runs", "rel-issued")
        elif doers == [own] and not roles.is_law(name):
            if frames.PASSIVE.match(self._text, end) or frames.HELD_AT.match(self._text, end):
                issuer = _home(name)
                yield Tie([issuer or own], "runs", "rel-passive")
            elif not roles.is_exam(name) and (told := frames.FIGURES.match(self._text, end)):
                sends = told["sends"] is not None
                yield Tie([own], "takes-part" if sends else "runs", "rel-sends" if sends else "rel-figures")

    def _within(self, name: str, span: tuple[int, int], clause: int) -> Iterator[Tie]:
        """在…考核中，市医院列第3位: who is examined or competes in it, clause after clause."""
        start, end = span
        after = frames.WITHIN.match(self._text, end)
        if not roles.is_exam(name) or after is None or not (after[0] or frames.RANKS.match(self._text, end)):
            return
        at, last = self._agents.past_time(after.end()), self._layout.sentence(start)[1]
        while at < last:
            run = self._agents.starting(at)
            found, then = (
                ([m.entity for m in run if m.entity], run[-1].end) if run else self._agents.self_word(at)
            )
            if not found and self._subjects.speaker(at).label == "ORG":
                found, then = self._agents.doers(at, at), at
            ranked = frames.RANKED.match(self._text, then) if found else None
            if ranked is None or self._is_ahead(ranked.start()):
                return
            is_won = roles.is_contest(name) and frames.WINS.match(self._text, ranked.start())
            yield Tie(found, "won" if is_won else "takes-part", "rel-prize" if is_won else "rel-within")
            clause_end = self._layout.clause(then)[1]
            at = clause_end + 1
            if not self._agents.starting(at):
                return

    def _is_one(self, name: str, span: tuple[int, int], clause: int) -> Iterator[Tie]:
        """是国家卫生城市, 作为全国试点县之一."""
        start, end = span
        verb = frames.IS_ONE.search(self._text, clause, start)
        if verb is None or not frames.IS_END.match(self._text, end) or roles.is_personal(name):
            return
        doers = self._agents.doers(verb.start(), clause)
        if roles.is_pilot(name):
            yield Tie(doers, "takes-part", "rel-is-pilot")
        elif roles.is_honour(name):
            yield Tie(doers, "won", "rel-is")

    def _listed(self, name: str, run: Sequence[Mention]) -> Iterator[Tie]:
        """A line or an item of a list that is nothing but an honour of the organisation whose report it is."""
        own = self._subjects.speaker(run[0].start)
        if own.label != "ORG" or not roles.is_honour(name) or roles.is_personal(name):
            return
        first, last = self._layout.paragraph(run[0].start)
        opens = max([first, *(m.end() for m in _CUT.finditer(self._text, first, run[0].start))])
        ends = min([last, *(m.start() for m in _CUT.finditer(self._text, run[-1].end, last))])
        is_alone = frames.LIST_LINE.fullmatch(self._text, opens, run[0].start) and frames.LIST_LINE.fullmatch(
            self._text, run[-1].end, ends
        )
        if frames.HOLDERS.match(self._text, run[-1].end) or is_alone:
            yield Tie([own], "won", "rel-listed")


def _home(name: str) -> Entity | None:
    """The division whose full name opens a programme's name."""
    home = home_of(name)
    return place_entity(home) if home else None


def _masked(text: str, mentions: Sequence[Mention]) -> str:
    """The text with its names blanked, offsets kept, so that no word of a name is taken for one of the sentence."""
    chars = list(text)
    for mention in mentions:
        chars[mention.start : mention.end] = "\x00" * (mention.end - mention.start)
    return "".join(chars)
