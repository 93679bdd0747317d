"""Names of programmes: plans, laws, campaigns, projects, reforms, contests and honours.

Shapes: a title in book marks (《昆明市献血条例》), a quoted name with the word that closes it (“千名医生进万家”活动), a name
from the list of national programmes, an honour (国家卫生城市), a project named by its building (县人民医院迁建工程), and an
unquoted name that ends in a head word and begins after a verb. A head that is counted (项目6个) names a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.boundaries import words
from kg.tag.organisation_anchor import words_of
from kg.tag.programme_shapes import (
    PRIZE,
    Span,
    awards,
    dated,
    days,
    entering,
    headed,
    honour_words,
    honours,
    left,
)

_ISSUE = re.compile(r"第?\d+期")
_BOOK = re.compile(r"《([^《》\n]{2,80})》(?:知识竞赛|宣传周|宣传月|宣传日)?")
_NOT_PROGRAMME = re.compile(
    r"(?:日报|晚报|晨报|都市报|时报|商报|快报|早报|周报|报|杂志|周刊|电视|新闻|频道|总结|报告|一封信|建议|提案|议案|要点|讲话|公报|年鉴|白皮书|手册|读本|教材|论文|倡议书|承诺书|责任书|协议|协议书|合同|指标|目录|许可证|执业证|证|歌|曲|经|内经|纲目|伤寒论|年鉴[·\d]*)$"
)
_PLAN = re.compile(r"(?:计划|行动|工程|试点|政策|规划|方案)$")
_LEVEL_GIVEN = re.compile(
    r"(?:评为|评上|获评|入选|荣获|获得|获|授予|命名为)(?P<level>全国|国家级?|全省|省级?|市级?|自治区级?|县级|区级)$"
)
_OF_SYSTEM = re.compile(
    r"(?:全国|全[省市县区]|(?:(?![全评为获被授的了在])[\u4e00-\u9fff]){2,3}[省市]|(?<![\u4e00-\u9fff])[省市县区])(?:卫生|卫生健康|卫生计生|医保|医疗保障)系统$"
)
_OF_WHAT = re.compile(r"(?:试点|改革|援[藏疆]|联办)$")  # 中医医保“同病同价”试点
_LONGEST_FRONT = 8
_ARTICLE = re.compile(r"为题|为主题")  # 以《车城育良医》为题
_QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』\n]{2,40}(?:[‘“][^’”\n]{1,12}[’”][^“”‘’\n]{0,12})?)[”’」』]")
_AWARDED = re.compile(
    r"(?:荣获|获评|评为|喜获|授予|入选|列入|获得|命名为|创建|创成|成为|推行|放开|建成|开展|实施|做实)$"
)
_NUMBERED = re.compile(r"第[\d一二三四五六七八九十]{1,3}[个届次轮]$")
_TAIL = re.compile(
    rf"试点|(?<=基金)(?:面上|青年|重大|重点)?项目|(?<=奖){PRIZE}|(?<=[日月])(?:主题)?(?:宣传)?(?:系列)?活动"
)
_PLAIN_BUILDING = frozenset("新老")
_BUILDING = re.compile(
    r"(?:新?院区)?(?:（[\u4e00-\u9fff]{2,10}）)?[\u4e00-\u9fffA-Z]{0,14}?(?<!检测)(?<!检验)(?<!检查)(?<!收费)(?<!服务)(?<!科研)(?<!诊疗)(?:项目|工程)(?!支出|部|组|办|库|单位|资金|申报|负责|绩效|实施|建设)(?:[（(][一二三]期[）)])?|异地新建(?!项目)|(?:迁建|扩建|改扩建|新建)[一二三]期(?:项目|工程)?"
)
_HEALTHY_HERE = re.compile(r"健康中国·[\u4e00-\u9fff]{2,4}?(?:实施|行动)")
_HEALTHY = re.compile(r"健康([\u4e00-\u9fff]{2,3})")


@cache
def _known() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in lexicon.rows("programmes_known.csv"):
        automaton.add_word(row["form"], row["form"])
    automaton.make_automaton()
    return automaton


@cache
def _closing() -> re.Pattern[str]:
    """A short tail that closes a quoted name with a head word: ”公众急救普及行动."""
    heads = "|".join(sorted(map(re.escape, words_of("programme_heads.txt")), key=len, reverse=True))
    return re.compile(rf"(?:[\u4e00-\u9fff+]{{0,8}}?)(?P<head>{heads})(?!中心|中学|性|内|外|化|单位|对象)")


def find_programmes(text: str, organisations: Sequence[Mention] = ()) -> list[Mention]:
    """Mentions of named programmes in a clean text, in order; a building project begins with one of ``organisations``."""
    known = _listed(text)
    found = [
        *known,
        *_books(text),
        *_quoted(text),
        *honours(text, organisations),
        *awards(text),
        *days(text),
        *entering(text),
        *_buildings(text, organisations),
        *_healthy(text),
    ]
    found = [_owned(text, span) for span in found]
    owners = {mention.start: mention for mention in organisations}
    for start, end, rule, confidence in headed(text, {end for _, end, _, _ in known}):
        owner = owners.get(start)
        cut = owner.end if owner and end - 4 > owner.end > start and owner.rule == "org-known" else start
        if owner is None or text[owner.end : end] not in words_of("programme_generic.txt"):
            found.append((cut, end, rule, confidence))
    kept: list[Span] = []
    found = [_with_marks(text, span) for span in found]
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return [
        Mention(a, b, text[a:b], "PROGRAMME", rule, confidence) for a, b, rule, confidence in sorted(kept)
    ]


def _with_marks(text: str, span: Span) -> Span:
    """The span with the quotation marks that stand around the whole name."""
    start, end, rule, confidence = span
    is_marked = start and text[start - 1] + text[end : end + 1] in ("“”", "‘’")
    return (start - 1, end + 1, rule, confidence) if is_marked else span


def _owned(text: str, span: Span) -> Span:
    """The span with the province or city in front whose plan it is (山东省|母婴安全行动计划)."""
    start, end, rule, confidence = span
    level = _LEVEL_GIVEN.search(text, max(0, start - 8), start)
    if level and text[start] == "“":
        return level.start("level"), end, rule, confidence
    system = _OF_SYSTEM.search(text, max(0, start - 12), start) if text[start] == "“" else None
    if system:
        return system.start(), end, rule, confidence
    is_plan = rule == "prog-known" and _PLAN.search(text[start:end])
    front = _front(text, start) if is_plan or rule.startswith("prog-quoted") else start
    if front == start and is_plan and text[start - 2 : start] in ("国家", "全国"):
        front = start - 2
    return front, end, rule, confidence


def _front(text: str, end: int) -> int:
    """Where the full name of a province or city that ends at ``end`` begins; ``end`` where none does or a list does."""
    for size in range(3, 8):
        start = end - size
        if start < 0 or text[end - 1] not in "省市":
            return end
        if any(form.kind == "full" for form in lexicon.forms().get(text[start:end], ())):
            return end if start and text[start - 1] in "、和与及" else start
    return end


def _books(text: str) -> Iterator[Span]:
    for match in _BOOK.finditer(text):
        is_article = _ARTICLE.match(text, match.end()) and text[match.start() - 1 : match.start()] == "以"
        is_article = (
            is_article
            or text.endswith("题为", 0, match.start())
            or _ISSUE.match(text, match.end()) is not None
        )
        if not is_article and not _NOT_PROGRAMME.search(match[1]):
            yield *match.span(), "prog-book", 0.95


def _quoted(text: str) -> list[Span]:
    """Quoted names; one before a quoted name of an activity is one too (“甲”“乙”等活动)."""
    found: list[Span] = []
    in_list = -1
    for match in reversed(list(_QUOTED.finditer(text))):
        span = _quoted_one(text, match)
        if (
            span is None
            and in_list >= 0
            and text[match.end() : in_list].strip("、和") == ""
            and len(match[1]) > 3
        ):
            span = *match.span(), "prog-quoted-list", 0.6
        if span is not None:
            found.append(span)
            is_activity = re.match(
                r"[\u4e00-\u9fff]{0,6}?等?(?:专项|系列|荣誉)?(?:活动|行动|工程|称号|荣誉|奖项)",
                text[match.end() :],
            )
            in_list = match.start() if is_activity or span[2] == "prog-quoted-list" else -1
        else:
            in_list = -1
    return found


def _quoted_one(text: str, match: re.Match[str]) -> Span | None:
    name = match[1]
    closing = _closing().match(text, match.end())
    is_slogan = name in words_of("programme_slogans.txt") or re.fullmatch(r"[\d+XN]+", name) is not None
    if (
        closing
        and not _is_bad_tail(closing[0].removesuffix(closing["head"]))
        and len(name) <= 30
        and (
            not is_slogan
            or re.search(r".{2}(?:项目|工程|行动|签约|服务包)$|(?<!\w)(?:兜底)?政策$", closing[0])
        )
    ):
        opens = left(text, match.start())
        front = text[opens : match.start()]
        is_part = (
            len(front) <= _LONGEST_FRONT and front not in lexicon.forms() and _OF_WHAT.search(closing[0])
        )
        start = opens if is_slogan or is_part else match.start()
        return start, closing.end(), "prog-quoted-head", 0.9
    if name in words_of("programme_quoted.txt"):
        return *match.span(), "prog-quoted-known", 0.8
    if is_slogan or re.search(r"[。！？；：]", name):
        return None
    if _is_title(name):
        return *match.span(), "prog-quoted", 0.75
    before = text[max(0, match.start() - 4) : match.start()]
    follows = text[match.end() : match.end() + 3]
    is_listed = re.match(
        r"等?[\u4e00-\u9fff]{0,2}(?:活动|行动|工程|荣誉|称号)", text[match.end() : match.end() + 5]
    )
    if (
        (_AWARDED.search(before) and "，" not in name and len(name) <= 12)
        or follows[:2] in ("称号", "荣誉", "殊荣")
        or is_listed
        or (
            4 <= len(name) <= 8
            and "，" not in name
            and text[max(0, match.start() - 1) : match.start()] == "省"
            and _front(text, match.start()) < match.start()
        )
    ):
        return *match.span(), "prog-quoted", 0.6
    return None


def _is_bad_tail(tail: str) -> bool:
    """Does the stretch after a quoted name hold words that cannot belong to the name?"""
    tail = tail.removesuffix("系列")
    stops = words_of("programme_stops.txt")
    return any(
        word in stops or word in ("期间", "末", "以来", "时期", "理念", "目标", "首批")
        for word in words(tail)
    )


def _is_title(name: str) -> bool:
    return bool(
        re.search(
            rf"(?:行动|工程|计划|政策|条例|规划|活动|试点|改革|革命|战略|新?[一二三四五六七八九十]+条|万里行|基层行|专科|名医|补助|讲坛|大讲堂|[\u4e00-\u9fff]{{2}}(?<!等)奖|(?:健康|惠民|[\u4e00-\u9fff]惠|惠[\u4e00-\u9fff]|无忧|安心)保|(?:特药|责任|意外|护理|补充医疗)险|[一二三四五六七八九十]大(?:中心|工程|行动|专项|体系|提升|平台|任务)|[\u4e00-\u9fff]之乡|{honour_words()})$",
            name,
        )
        or re.match(r"(?:十佳|百佳|最美|优秀|十大)[\u4e00-\u9fff]{2,6}$|[\u4e00-\u9fff]{2}满意的", name)
        or re.match(r"健康(?!中国人|中国$|所|第一|的)[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,4})?$", name)
    )


def _listed(text: str) -> list[Span]:
    found = []
    for last, form in _known().iter(text):
        start, end = last + 1 - len(form), last + 1
        number = _NUMBERED.search(text[max(0, start - 5) : start])
        tail = _TAIL.match(text, end)
        end = tail.end() if tail else end
        is_day = form[-1] in "日月" and not tail  # 今天是第14个|世界献血者日
        if number and not (is_day and text[start - len(number[0]) - 1] not in "“‘"):
            start -= len(number[0])
        if start and text[start - 1] in "“‘" and text[end : end + 1] in ("”", "’"):
            start, end = start - 1, end + 1
        start, end = dated(text, start, end)
        found.append((start, end, "prog-known", 0.95))
    return found


def _buildings(text: str, organisations: Sequence[Mention]) -> Iterator[Span]:
    stops = words_of("programme_stops.txt") - _PLAIN_BUILDING
    for mention in organisations:
        match = _BUILDING.match(text, mention.end)
        if match and not any(word in stops for word in words(match[0])):
            yield mention.start, match.end(), "prog-building", 0.85


def _healthy(text: str) -> Iterator[Span]:
    """健康 with the name of a place (健康咸宁)."""
    for match in _HEALTHY_HERE.finditer(text):
        yield *match.span(), "prog-healthy", 0.9
    forms = lexicon.forms()
    for match in _HEALTHY.finditer(text):
        for size in (3, 2):
            name = match[1][:size]
            if len(name) == size and name in forms and name not in lexicon.risky_forms():
                yield match.start(), match.start() + 2 + size, "prog-healthy", 0.9
                break
