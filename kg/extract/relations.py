"""Programmes and those who run them, take part in them or won them, as far as the text says so.

Each frame of ``relation_frames`` is looked for beside a programme's name; who does what its verb says is found by the
rules that find whom a figure is about. Plans, wishes and denials state nothing, and neither does a verb whose doer the
text leaves open.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.extract.dating import Dating
from kg.extract.entities import area_of
from kg.extract.layout import Layout
from kg.extract.relation_agents import Agents
from kg.extract.relation_reader import Reader
from kg.extract.relation_roles import holders
from kg.extract.subject import Subjects
from kg.model import Entity, Mention, Relation, Role, Scope, Tagged
from kg.resources import data

_JOINED = re.compile(r"[、和与及]?|以及|、?“?”?")
_HEADING = re.compile(
    r"\s*(?P<mark>[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．])?[^。；]{2,40}$"
)
_AHEAD = re.compile(
    r"下一步|下步|下阶段|今后|打算|工作思路|工作计划|工作安排|主要任务|重点任务|目标任务|展望|存在的?(?:主要)?(?:问题|困难)|明年|年度目标|未来"
)
_PARAGRAPH_AHEAD = re.compile(
    r"[\s（(]*(?:[一二三四五六七八九十]+[、是）)])?(?:下一步|下步|下阶段|今后|展望|明年|下半年|四季度任务|年度目标)"
)
_PLANS = re.compile(
    r"(?:规划|要点|方案|计划|意见|办法|思路|安排|纲要|细则)(?:[（(][^（）()]*[）)])?(?:的?通知)?$"
)
_NAVIGATION = re.compile(r"上一[篇条]|下一[篇条]|相关(?:推荐|阅读|链接|新闻)|推荐阅读")
_THIS = re.compile(r"[这本此该]次|[这该]项")
_ALL_TOLD = re.compile(r"先后|曾|累计|多次|连续|历年|历次")
_LONGEST_HEADING = 40  # characters
_LONGEST_BARE = 20  # characters of a heading without a number
_LOOKS_BACK = re.compile(r"总结|回顾|汇报|情况|成效|评估|进展|[？：]")
_PAST = frozenset({"rel-issuer", "rel-won", "rel-passed", "rel-given"})  # what a plan may tell as done
_UNDATED = frozenset({"rel-is", "rel-is-pilot", "rel-issuer", "rel-issued", "rel-listed"})


@cache
def _confidences() -> Mapping[str, float]:
    """How often the relations of each rule were right in a checked sample; under "" that of all."""
    with data("seeds", "models", "relation_confidence.csv").open(encoding="utf-8", newline="") as file:
        return {row["rule"]: float(row["confidence"]) for row in csv.DictReader(file)}


def confidence(rule: str) -> float:
    """The measured confidence of a rule; one too rare to be known has that of all relations."""
    known = _confidences()
    return known.get(rule, known[""])


def find_relations(
    tagged: Tagged,
    mentions: Sequence[Mention],
    own: Scope,
    *,
    layout: Layout,
    dating: Dating,
    subjects: Subjects,
) -> list[Relation]:
    """The relations that a report states, in order of the programme's name.

    ``mentions`` are its resolved ones; ``layout``, ``dating`` and ``subjects`` those that its facts were found with.
    """
    programmes = [m for m in mentions if m.label == "PROGRAMME" and m.entity is not None]
    if not programmes:
        return []
    clean, text = tagged.clean, tagged.clean.text
    agents = Agents(text, layout, mentions=mentions, times=tagged.times, subjects=subjects)
    reader = Reader(text, layout, agents, subjects, mentions)
    ahead = _ahead(layout)
    title = own.title or ""
    is_plan = _PLANS.search(title) is not None and not _LOOKS_BACK.search(title)
    found: dict[tuple[int, Entity, Role], Relation] = {}
    for run in _runs(text, programmes):
        paragraph = layout.paragraph(run[0].start)
        if _NAVIGATION.search(text, *paragraph) or any(a <= paragraph[0] < b for a, b in ahead):
            continue
        for programme in run:
            entity = programme.entity
            if entity is None or _THIS.match(entity.name):
                continue
            follows = text[programme.end : programme.end + 2]
            held = [
                (agent, tie)
                for tie in reader.ties(programme, run)
                if not is_plan or tie.rule in _PAST
                for agent in holders(tie.agents, tie.role, entity.name, follows)
            ]
            if not held:
                continue
            figure = agents.figure(programme.start, programme.end)
            period, stated = dating.period(figure, (figure,))
            if stated and period and own.period and period.start > own.period.end:
                continue
            before = text[layout.clause(run[0].start)[0] : run[0].start]
            for agent, tie in held:
                found.setdefault(
                    (programme.start, agent, tie.role),
                    Relation(
                        *clean.source_span(programme.start, programme.end),
                        quote=clean.quote(programme.start, programme.end),
                        sentence=clean.quote(*figure.sentence).strip(),
                        programme=entity,
                        agent=agent,
                        role=tie.role,
                        place=area_of(agent, own),
                        period=period if stated or not _is_undated(tie.rule, before) else None,
                        rule=tie.rule,
                        confidence=confidence(tie.rule),
                    ),
                )
    return sorted(found.values(), key=lambda r: (r.start, r.role, r.agent.name))


def _is_undated(rule: str, before: str) -> bool:
    """Does a relation hold beyond the report's own period, where the text gives it none?"""
    return rule in _UNDATED or _ALL_TOLD.search(before) is not None


def _runs(text: str, programmes: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Programmes joined by 、 or 和, together; one on its own as a list of one."""
    run: list[Mention] = []
    for mention in programmes:
        if run and _JOINED.fullmatch(text, run[-1].end, mention.start):
            run.append(mention)
            continue
        if run:
            yield run
        run = [mention]
    if run:
        yield run


def _ahead(layout: Layout) -> list[tuple[int, int]]:
    """The sections and paragraphs that tell of plans or of what is lacking."""
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for first, last in layout.paragraphs():
        line = layout.text[first:last]
        heading = _HEADING.match(line) if len(line) <= _LONGEST_HEADING else None
        mark = _kind_of_mark(heading["mark"] or "") if heading else ""
        if not mark and len(line) > _LONGEST_BARE:
            heading = None
        if opened and heading and mark == opened[1]:
            found.append((opened[0], first))
            opened = None
        if heading and opened is None and _AHEAD.search(line) and not _LOOKS_BACK.search(line):
            opened = (first, mark)
        elif _PARAGRAPH_AHEAD.match(line):
            found.append((first, last))
    return [*found, (opened[0], len(layout.text) + 1)] if opened else found


def _kind_of_mark(mark: str) -> str:
    return "一" if mark[-1:] == "、" and not mark[0].isdigit() else "1" if mark[:1].isdigit() else mark[:1]
