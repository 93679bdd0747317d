"""Names of programmes: plans, laws, campaigns, projects, reforms, contests and honours.

Four shapes: a title in book marks (《昆明市献血条例》), a quoted name with the word that closes it (“千名医生进万家”活动), a name
from the list of national programmes, and an unquoted name that ends in a head word and begins after a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.boundaries import words

_BOOK = re.compile(r"《([^《》\n]{2,80})》(?:知识竞赛)?")
_MEDIA = re.compile(r"(?:日报|晚报|晨报|都市报|时报|商报|快报|早报|周报|报|杂志|周刊|电视|新闻|频道)$")
_QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』\n]{2,40}(?:[‘“][^’”\n]{1,12}[’”][^“”‘’\n]{0,12})?)[”’」』]")
_CUE_BEFORE = re.compile(
    r"(?:开展|实施|推行|推进|落实|启动|荣获|获评|评为|获得|喜获|获|授予|入选|创建|创成|成为|争创|推出|推广|实行|执行|放开|探索|打造|建设|深化|印发|出台|组织|列入|参与|的|了|省级|国家级?|省|市|全国|首批)$"
)
_CUE_AFTER = re.compile(r"(?:建设|称号|荣誉|品牌|模式|改革|机制|政策|行动|工程|战略|创建|等活动|等项目|等行动|等工程|殊荣|先进)")
_HONOUR_WORD = (
    "(?:先进集体|先进单位|先进个人|先进城市|先进市|先进县|先进区|文明单位|文明岗|文明医院|卫生城市|卫生县城|卫生乡镇|卫生镇|卫生村|卫生县|卫生区|卫生单位|健康城市|健康县区|健康县|健康乡镇|健康村|健康村镇|健康社区|"
    "健康促进县|健康促进区|健康促进县区|健康促进医院|示范区|示范县|示范市|示范社区|示范单位|示范医院|示范基地|示范乡镇卫生院|示范卫生院|示范点|示范机构|友好型社区|放心示范医院|放心医院|试验区|先行区|"
    "重点专科|特色专科|临床重点专科|名中医|中医名师|劳动奖状|劳动奖章|科学技术奖|科技进步奖|优秀奖|奉献奖|金奖|青年文明号|巾帼文明岗|三八红旗集体|消费者满意单位|诚信单位|高级卒中中心|胸痛中心示范单位|示范性社区康复中心)"
)
_HONOUR = re.compile(
    rf"(?:(?:国家级?|全国|省级?|自治区级?|部级)|[\u4e00-\u9fff]{{2,4}}(?:省|自治区|市))(?:[\u4e00-\u9fff“”]{{0,14}}?){_HONOUR_WORD}(?:建设项目)?"
)
_HONOUR_STOP = re.compile(r"[的了在和与及等为，]|开展|创建|获|被|成为|评|建设|通过|验收|授予|列为|达到|全市|全县|我市|全国.*全国|两个|\d")
_BUILDING = re.compile(
    r"(?:[\u4e00-\u9fff]{0,14}?(?:迁建|扩建|改扩建|新建|改造|综合楼|住院楼|门诊楼|病房楼|外科楼|外科大楼|医技楼|大楼|扩建楼|分院|院区|中心|基地|康养中心|异地新建|整体搬迁|能力提升|[一二三]期|标准化建设|健康县区|健康促进医院))(?:建设)?(?:项目|工程)(?:（[一二三]期）)?|"
    r"(?:异地新建|项目(?!部|组|办|库|单位|资金|申报|负责|建设))"
)
_BUILDING_STOP = re.compile(r"[的了在和与及等为，、；。\d]|启动|推进|开展|承担|完成|实施|正在|主体|投资|作为|申报|列入|争取")
_STRONG = re.compile(
    r"(?:三年行动计划|行动计划|提升计划|专项计划|攻坚计划|专项行动|攻坚行动|提升行动|促进行动|整治行动|三年行动|民生工程|提升工程|惠民工程|民生实事|综合改革|体制改革|支付方式改革|薪酬制度改革|管理改革|人事制度改革|一体化改革|"
    r"改革试点|综合试点|综合防治试点|服务试点|签约服务试点|制度试点|使用试点|采购试点|医疗服务试点|监督员试点|(?<=水平)试点|绩效考核|技能竞赛|知识竞赛|演讲大赛|大比武活动|作品大赛|药膳大赛|膏方文化节|文化节|宣传月活动|服务月系列活动|“十[一二三四五]五”(?:专项)?规划|发展战略|扩建工程|[一二三]期工程)"
)
_SPECIFIC = re.compile(r"国家|全国|中央|省级?|世界银行|全球基金|农村|贫困地区|三年|[一二三四五六七八九十]年|第[一二三四五六七八九十\d]+|免费|免疫")
_PROJECT = re.compile(r"(?:补助|检查|筛查|改善|控制|缺陷|分娩|转移支付|救助|预防|干预|防治|监测|培养|建设|能力提升|贷款|试点)(?:项目|工程)")
_CLEAR_PROJECT = re.compile(r"国家|中央|世界银行|全球基金|农村妇女|农村孕产妇|贫困地区|免费产前|孕前优生|出生缺陷|省级")
_HEALTHY = re.compile(r"健康([\u4e00-\u9fff]{2,3})")
_GENERIC_WHOLE = frozenset(
    "综合改革 体制改革 绩效考核 专项行动 提升行动 行动计划 改革试点 技能竞赛 知识竞赛 民生实事 民生工程 提升工程 专项整治行动 卫生体制改革 深化改革 改革发展 管理改革 整治行动 文化节 攻坚行动 三年行动计划 促进行动 支付方式改革 薪酬制度改革 人事制度改革 扩建工程 二期工程 一期工程 惠民工程 公立医院绩效考核 制度试点 服务试点".split()
)


@cache
def _known() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in lexicon.rows("programmes_known.csv"):
        automaton.add_word(row["form"], row["form"])
    automaton.make_automaton()
    return automaton


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(word for line in lexicon.lines(name) for word in line.split())


@cache
def _closing() -> re.Pattern[str]:
    """A short tail that closes a quoted name with a head word: ”公众急救普及行动."""
    heads = "|".join(sorted(map(re.escape, _set("programme_heads.txt")), key=len, reverse=True))
    return re.compile(rf"(?:[\u4e00-\u9fff]{{0,10}}?)(?:{heads})(?!中|性|内|外|化)")


_Span = tuple[int, int, str, float]


def find_programmes(text: str, organisations: Sequence[Mention] = ()) -> list[Mention]:
    """Mentions of named programmes in a clean text, in order; a building project begins with one of ``organisations``."""
    found = [*_books(text), *_quoted(text), *_listed(text), *_honours(text), *_strong(text), *_projects(text)]
    found += [*_buildings(text, organisations), *_healthy(text)]
    kept: list[_Span] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return [Mention(a, b, text[a:b], "PROGRAMME", rule, confidence) for a, b, rule, confidence in sorted(kept)]


def _books(text: str) -> Iterator[_Span]:
    for match in _BOOK.finditer(text):
        if not _MEDIA.search(match[1]):
            yield *match.span(), "prog-book", 0.95


def _quoted(text: str) -> Iterator[_Span]:
    for match in _QUOTED.finditer(text):
        name = match[1]
        if name in _set("programme_slogans.txt") and not _closing().match(text, match.end()):
            continue
        closing = _closing().match(text, match.end())
        if closing and not _bad_tail(closing[0]) and len(name) <= 30:
            yield match.start(), closing.end(), "prog-quoted-head", 0.9
        elif name in _set("programme_slogans.txt") or re.search(r"[。！？；：]", name):
            continue
        elif _is_title(name) or (_cued(text, match) and not re.search(r"[，]", name)):
            yield *match.span(), "prog-quoted", 0.65


def _bad_tail(tail: str) -> bool:
    return bool(re.search(r"[的了在和与及等为]|^(?:期间|末|以来|时期|开局|服务体系)|理念|目标|原则|要求|精神", tail)) and tail not in ("等活动",)


def _is_title(name: str) -> bool:
    return bool(
        re.search(rf"(?:行动|工程|计划|政策|条例|规划|活动|{_HONOUR_WORD[3:-1]}|试点|改革|革命|战略|医院|十条|行)$", name)
        or re.match(r"健康(?!中国人)[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,4})?$", name)
    )


def _cued(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 5) : match.start()]
    return bool(re.search(r"(?:荣获|获评|评为|喜获|授予|入选|列入|开展|推行|放开|执行)$", before)) or bool(
        re.match(r"称号|荣誉|殊荣", text[match.end() : match.end() + 2])
    )


def _listed(text: str) -> Iterator[_Span]:
    for last, form in _known().iter(text):
        start = last + 1 - len(form)
        start -= next((len(p) for p in ("“", "‘", "第") if text[start - 1 : start] == p), 0) if text[last + 1 : last + 2] in "”’" and start else 0
        end = last + 1 + (1 if text[start] in "“‘" else 0)
        yield start, end, "prog-known", 0.95


def _honours(text: str) -> Iterator[_Span]:
    for match in _HONOUR.finditer(text):
        inner = re.sub(rf"{_HONOUR_WORD}(?:建设项目)?$", "", match[0])
        if not _HONOUR_STOP.search(inner[1:]):
            yield *match.span(), "prog-honour", 0.85


def _left(text: str, end: int) -> int:
    """Where the unquoted name that ends at ``end`` begins: after the last word that cannot be part of one."""
    low = end
    while low > 0 and end - low < 30 and ("\u4e00" <= text[low - 1] <= "\u9fff" or text[low - 1] in "“”‘’·+-" or text[low - 1].isdigit()):
        low -= 1
    stops = _set("programme_stops.txt")
    start = end
    for word in reversed(words(text[low:end])):
        if word in stops:
            break
        start -= len(word)
    while start < end and text[start] in "”’·+-":
        start += 1
    return start


def _strong(text: str) -> Iterator[_Span]:
    for match in _STRONG.finditer(text):
        start = _left(text, match.start())
        name = text[start : match.end()]
        if name in _GENERIC_WHOLE or match.start() - start < 2 or name.count("“") != name.count("”"):
            continue
        yield start, match.end(), "prog-head", 0.75


def _projects(text: str) -> Iterator[_Span]:
    for match in _PROJECT.finditer(text):
        start = _left(text, match.start())
        if _CLEAR_PROJECT.match(text[start : match.end()]) and match.start() - start >= 2:
            yield start, match.end(), "prog-project", 0.75


def _buildings(text: str, organisations: Sequence[Mention]) -> Iterator[_Span]:
    for mention in organisations:
        match = _BUILDING.match(text, mention.end)
        if match and not _BUILDING_STOP.search(match[0]):
            yield mention.start, match.end(), "prog-building", 0.85


def _healthy(text: str) -> Iterator[_Span]:
    """健康 with the name of a place (健康咸宁)."""
    forms = lexicon.forms()
    for match in _HEALTHY.finditer(text):
        for size in (3, 2):
            name = match[1][:size]
            if name in forms and len(name) == size and name not in lexicon.risky_forms():
                yield match.start(), match.start() + 2 + size, "prog-healthy", 0.9
                break
