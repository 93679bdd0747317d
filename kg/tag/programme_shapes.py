"""Programmes known by the shape of their name: titles of honour, days, and names that end in a head word."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.boundaries import words
from kg.tag.organisation_anchor import words_of

Span = tuple[int, int, str, float]  # start, end, rule, confidence

_LEVEL = re.compile(
    r"国家级?|全[国省市县区州]|[省市州]级|[县区]级(?=临床|中医|医学|重点|特色|优势|文明|卫生(?!院)|示范|先进|优秀|名中医)|[省市](?=科技|科学技术|自然科学|优秀|先进|文明|卫生先进|名中医|重点研发|重点学科|重点专科|临床重点|五一|高水平)|[省市县区州]直(?:机关|系统|卫生系统|卫生健康系统|卫生计生系统)|自治区级?|世界|(?<!健康)中国|中华|国际"
)
PRIZE = r"(?:[（(]?(?:[特一二三]等奖|金奖|银奖|铜奖|单位奖|个人奖|优秀奖|提名奖)[）)]?)"
_CENTRES = r"(?:国家级|国家标准版|省级|中国)(?:胸痛|卒中|创伤)中心"
_GRADED = r"(?:科技进步|科学技术|医学科技|自然科学|技术发明|创新成果)[特一二三]等奖"
_ROUND = re.compile(r"第[\d一二三四五六七八九十]{1,3}[轮届]$")
_DAY = re.compile(
    r"(?:第[\d一二三四五六七八九十]{1,3}个(?=[\u4e00-\u9fff]{4,12}(?:活动|”)))?(?:世界|国际|全国|中国)(?!各|首|卫生|首个)(?P<of>[\u4e00-\u9fff]{2,8}?)(?:(?<![当每本近昨今明次一作])日(?![常前均益间报趋])|宣传周|宣传月|活动周|活动月|(?<=师)节|(?<=士)节)(?:主题)?(?:宣传活动|活动)?"
)
_AWARD = re.compile(
    r"(?:荣获|获评|获得|获颁|被授予|评为|命名为|认定为|确定为|喜获|斩获|获)[了为]?(?P<names>[^，。；：！？\n\t“”]{6,60}?)(?:等)?(?:荣誉称号|称号|殊荣|荣誉|牌匾)"
)
_SURVEY = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,2}次(?:全国|国家)|(?:全国|国家)第[一二三四五六七八九十\d]{1,2}次)[\u4e00-\u9fff]{2,9}?(?:调查|普查|监测)"
)
_ENTERS = re.compile(r"进(?:万家|社区|校园|企业|乡村|机关|基层|农村|家庭)(?:系列)?(?:活动|行动|工程)")
_HEALTHY_TEST = re.compile(r"健康[\u4e00-\u9fff]{2,4}?(?:建设)?考核(?![组指办])")
_CROWD = re.compile(
    r"[百千万][名医][\u4e00-\u9fff]{2,7}?[进下入到走][\u4e00-\u9fff]{1,6}?(?:行动|活动|工程|计划|项目)"
)
_STRONG = re.compile(
    r"(?:三年行动计划|三年行动方案|振兴计划|培育计划|引育计划|引进计划|储备计划|领航计划|行动计划|提升计划|专项计划|攻坚计划|促进计划|培养计划|培训计划|支持计划|帮扶计划|英才计划|名医计划|倍增计划|人才计划|援助计划|岗位计划|专项行动|攻坚行动|提升行动|促进行动|整治行动|三年行动|服务行动|普及行动|行动方案|民生工程|提升工程|惠民工程|人才工程|民生实事|民生项目|能力提升项目|综合改革|体制改革|支付方式改革|"
    r"薪酬制度改革|管理改革|人事制度改革|一体化改革|改革试点|综合试点|防治试点|签约服务试点|制度试点|使用试点|采购试点|医疗服务试点|护理服务试点|付费试点|付费国家试点|监督员试点|集团试点|技术试点|医疗保障试点|平价医疗服务试点|保险试点|共享试点|联办试点|机制试点|体系试点|模式试点|管理试点|医共体试点|(?:医共体|医联体|医疗集团|共同体|体系|示范区|机制)建设试点|(?<=水平)试点|绩效考核|(?:质量|管理|服务|提升|宣传|攻坚|落实|基础|作风|能力|效能|规范|质控|整治)年(?:活动|行动)|技能竞赛|知识竞赛|技能大赛|演讲大赛|演讲比赛|大比武活动|大比武|竞赛|大赛|"
    r"专项治理|文化节|主题教育|宣传月活动|服务月系列活动|主题活动|(?<=“十[一二三四五]五”)(?:(?:(?![的也已写与和在])[\u4e00-\u9fff]){2,12}?)?(?:专项)?规划|发展战略|扩建工程|[一二三]期工程|扶贫协作|(?<=[年月周行])活动|\d+条(?:政策|措施|举措)|(?:补助|奖励|扶助|资助)政策)(?:试点)?"
)
_LOOSE = re.compile(r"(?:工程|行动)(?!中|计划|性|队|组|部|师|款|量|上|力|起|不便|轨迹|能力|措施|方案|建设)")
_PROJECT = re.compile(
    r"(?:补助|复明|康复|培训|补短板|健康教育|帮扶|援建|对口支援|适宜技术推广|检查|筛查|改善|控制|缺陷|分娩|救助|预防|干预|防治|防控|质控|监测|培养|能力提升|贷款|疫苗|接种|规范化培养|能力建设|服务保障|阻断|关爱|登记|促进|示范|研究|面上|青年|重大|重点|专项|建设)(?:项目|工程)"
)
_CLEAR_PROJECT = re.compile(
    r"国家(?!级)|中央|全国|世界银行|世行|亚行|全球基金|中[英美德日澳]|农村妇女|农村孕产妇|贫困地区|免费|孕前优生|出生缺陷|增补叶酸"
)
_WHOLE = re.compile(r"[全我][市县区州]")
_WEAK_PROJECT = re.compile(r"(?:示范|研究|面上|青年|重大|重点|专项|建设)(?:项目|工程)$")
_COUNTED = re.compile(
    r"[（(]?(?:共|有|达|累计)?(?:\d+(?!\d|[年月日]|\.\d)|[一二三四五六七八九十两几]+[个项])"
)
_PART = re.compile(r"“[^“”]*”|[^“”]+|[“”]")
_PLAIN_TITLE = re.compile(
    r"(?:国家级?|全[国省市县区州]|[省市县区州]级|世界|中国)(?:[\u4e00-\u9fff]{2}基地|示范.{1,3}|优秀.{1,3}|模范.{1,3}|先进.{1,3}|试点|名老?中医|名医)|(?:[市县州]级|[\u4e00-\u9fff]{2,4}市)重点(?:专科|学科)"
)
_DATE = re.compile(r"[“‘]\d{1,2}[·.]\d{1,2}$")
_TITLE_END = re.compile(
    rf"[\u4e00-\u9fff]奖(?=金奖|银奖|铜奖|单位奖)|(?<=[\u4e00-\u9fff]{{4}})试点(?!工作|经验|方案|地区|期间|市|区)|{_GRADED}|{_CENTRES}"
)
_TITLE_TAIL = re.compile(rf"(?:(?:建设|面上|青年|重大|重点)?项目)?(?:{PRIZE}(?!\d|获|得主))?")
_LONGEST_TITLE = 20
_BECOMES = re.compile(r"(?:入选|入列|成为|列为|列入|获批|评为|确定为|跻身)[了]?(?:首批|第[一二三四]批)?$")
_OF_PROVINCE = {
    "五一劳动奖状",
    "五一劳动奖章",
    "三八红旗集体",
    "三八红旗手",
    "青年五四奖章",
    "科技进步奖",
    "科学技术奖",
}  # 湖北五一劳动奖状
_INNER = frozenset("新老") | {"重点", "重大", "宣传", "创新"}


@cache
def honour_words() -> str:
    """The words that close a title of honour, as the alternatives of a pattern, longest first."""
    return "|".join(sorted(map(re.escape, words_of("programme_honours.txt")), key=len, reverse=True))


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in words_of("programme_honours.txt"):
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


def _title_ends(text: str) -> list[tuple[int, int]]:
    """Where the last words of titles stand, from their first character to the end of what closes them."""
    longest: dict[int, int] = {}
    for last, size in _automaton().iter(text):
        longest[last + 1] = max(longest.get(last + 1, 0), size)
    found = [(end - size, end) for end, size in longest.items()]
    found += [match.span() for match in _TITLE_END.finditer(text)]
    tails = ((start, _TITLE_TAIL.match(text, end)) for start, end in sorted(found))
    return [(start, tail.end()) for start, tail in tails if tail and not text.startswith("励", tail.end())]


def is_counted(text: str, end: int) -> bool:
    """Is what ends here counted (项目6个), and so the name of a class?"""
    return _COUNTED.match(text, end) is not None


def left(text: str, end: int, inner: frozenset[str] = frozenset()) -> int:
    """Where the unquoted name that ends at ``end`` begins: after the last word that cannot be part of one.

    Words of ``inner`` may stand within the name and cannot begin it.
    """
    low = end
    while (
        low > 0
        and end - low < 30
        and ("\u4e00" <= text[low - 1] <= "\u9fff" or text[low - 1] in "“”‘’·+-/" or text[low - 1].isalnum())
    ):
        low -= 1
    stops = words_of("programme_stops.txt")
    start = sure = end
    after = ""
    for part in reversed(_PART.findall(text[low:end])):
        for word in reversed([part] if part[0] == "“" else words(part)):
            if word in stops and word not in inner:
                return _trimmed(text, sure, end)
            if word + after in stops:  # 创|成, which the list of common words does not join
                return _trimmed(text, start + len(after), end)
            start -= len(word)
            after = word
            if word not in inner:
                sure = start
    return _trimmed(text, sure, end)


def _trimmed(text: str, start: int, end: int) -> int:
    while start < end and (text[start] in "”’·+-/" or text[start].isdigit()):
        start += 1
    return start


def honours(text: str, organisations: Sequence[Mention]) -> Iterator[Span]:
    """A title of honour from its level or province on (国家卫生城市, 江苏省卫生镇), behind any organisation."""
    ends = [mention.end for mention in organisations]
    for head, end in _title_ends(text):
        if text[head - 1 : head] == "奖":
            continue  # 奉献奖|金奖: the tail of the title that ends before
        first = left(text, head, _INNER)
        before = bisect.bisect_right(ends, head) - 1
        first = max(first, ends[before]) if before >= 0 else first
        for start in range(first, head + 1):
            name = text[start:end]
            if _begins_title(text, start, first) or (start < head and _begins_with_province(name)):
                if (
                    name.count("“") == name.count("”") < 2
                    and not (text[head:end] == "试点" and len(name) < 6)
                    and not _PLAIN_TITLE.fullmatch(name)
                    and not text.startswith("药", end)
                    and not re.search("”.*“|[，、]", name)
                    and head - start <= _LONGEST_TITLE
                ):
                    becomes = text[head:end] == "试点" and _BECOMES.search(text, max(0, start - 10), start)
                    last = end + (1 if becomes and text[end : end + 1] in tuple("县市省") else 0)
                    again = _ROUND.search(text[max(0, start - 5) : start])
                    yield start - len(again[0]) if again else start, last, "prog-honour", 0.85
                break


def _begins_title(text: str, start: int, first: int) -> bool:
    """Does a level begin here (国家, 市级)? A bare 省 or 市 only where nothing of the name stands before it."""
    level = _LEVEL.match(text, start)
    if level is None:
        return False
    return len(level[0]) > 1 or start == first


def _begins_with_province(name: str) -> bool:
    if any(name[:size] in lexicon.forms() and name[size - 1] in "省市区" for size in range(3, 8)):
        return True
    return name[2:] in _OF_PROVINCE and any(
        form.code.endswith("0000") for form in lexicon.forms().get(name[:2], ())
    )


def awards(text: str) -> Iterator[Span]:
    """What is given as a title (被授予江淮好医生称号), one or several in a row."""
    for match in _AWARD.finditer(text):
        at = match.start("names")
        for name in match["names"].split("、"):
            is_name = 4 <= len(name) <= 24 and not any(
                word in words_of("programme_stops.txt") for word in words(name)
            )
            if is_name and not re.search(r"\d|等$|^[和及]", name) and name[-1] not in "的了名个":
                yield at, at + len(name), "prog-award", 0.6
            at += len(name) + 1


def dated(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a day's name with the date and marks around it (“6·14世界献血者日”)."""
    date = _DATE.search(text[max(0, start - 6) : start])
    return (start - len(date[0]), end + 1) if date and text[end : end + 1] in ("”", "’") else (start, end)


def days(text: str) -> Iterator[Span]:
    """Days and weeks of a cause (第35个世界艾滋病日宣传活动), contests of healthy cities, calls of a thousand doctors."""
    for match in _DAY.finditer(text):
        if not any(word in words_of("programme_stops.txt") for word in words(match["of"])):
            yield *dated(text, *match.span()), "prog-day", 0.7
    for pattern in (_HEALTHY_TEST, _CROWD, _SURVEY):
        for match in pattern.finditer(text):
            yield *match.span(), "prog-shape", 0.7


def entering(text: str) -> Iterator[Span]:
    """Activities that go to the people (健康素养进万家活动)."""
    for match in _ENTERS.finditer(text):
        start = left(text, match.start())
        if 2 <= match.start() - start <= 10 and "”" not in text[start : match.start()]:
            yield start, match.end(), "prog-shape", 0.7


def headed(text: str, known_ends: set[int]) -> Iterator[Span]:
    """Unquoted names that end in a head word."""
    generic = words_of("programme_generic.txt")
    for match in _STRONG.finditer(text):
        if match.end() in known_ends or is_counted(text, match.end()):
            continue
        start = left(text, match.start())
        name = text[start : match.end()]
        if (
            name in generic
            or (name.endswith("规划") and name.find("“") < 3 and len(name) < 11)
            or match.start() - start < 2
            or name.count("“") != name.count("”")
            or name.count("“") > 1
        ):
            continue
        yield start, match.end(), "prog-head", 0.75
    for match in _LOOSE.finditer(text):
        if match.end() in known_ends or is_counted(text, match.end()):
            continue
        start = left(text, match.start())
        if start == match.start() and text.endswith(("重大", "重点"), 0, start):  # 中医药振兴发展|重大|工程
            before = left(text, start - 2)
            start = before if start - before >= 6 else start
        if start == match.start() and text.endswith("创新", 0, start):  # 国家中医药传承|创新|工程
            before = left(text, start - 2)
            start = before if start - before >= 4 else start
        name = text[start : match.end()]
        if (
            name not in generic
            and match.start() - start >= (2 if name.endswith("工程") else 4)
            and "”" not in name
            and not re.search(r"[一二三四五六七八九十\d]大?(?:工程|行动)$|“", name)
        ):
            yield start, match.end(), "prog-loose", 0.6
    yield from _projects(text)


def _projects(text: str) -> Iterator[Span]:
    for match in _PROJECT.finditer(text):
        start = left(text, match.start())
        if _WHOLE.match(text, start):
            start += 2
        name = text[start : match.end()]
        is_clear = _CLEAR_PROJECT.match(name) is not None
        if (
            (is_clear or (len(name) >= 8 and not _WEAK_PROJECT.search(name)))
            and match.start() - start >= 2
            and name.count("“") == name.count("”")
            and not is_counted(text, match.end())
        ):
            yield start, match.end(), "prog-project", 0.75
