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

_BOOK = re.compile(r"《([^《》\n]{2,80})》(?:知识竞赛)?")
_NOT_PROGRAMME = re.compile(
    r"(?:日报|晚报|晨报|都市报|时报|商报|快报|早报|周报|报|杂志|周刊|电视|新闻|频道|总结|报告|一封信|建议|提案|议案|要点|讲话|公报|年鉴|白皮书|手册|读本|教材|论文|倡议书|承诺书|责任书|协议|协议书|合同|指标|目录|许可证|执业证|证|歌|曲)$"
)
_QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』\n]{2,40}(?:[‘“][^’”\n]{1,12}[’”][^“”‘’\n]{0,12})?)[”’」』]")
_AWARDED = re.compile(
    r"(?:荣获|获评|评为|喜获|授予|入选|列入|获得|命名为|创建|创成|成为|推行|放开|建成|开展|实施|做实)$"
)
_HONOUR_WORD = (
    "先进集体|先进单位|先进个人|先进城市|先进市|先进县|先进区|文明单位|文明岗|文明医院|文明城市|卫生城市|卫生县城|卫生乡镇|卫生镇|卫生村|卫生县|卫生区|卫生单位|卫生社区|健康城市|健康县区|健康县|健康乡镇|健康村|健康村镇|健康社区|"
    "健康促进县|健康促进区|健康促进县区|健康促进医院|示范区|示范县|示范市|示范城市|示范社区|示范单位|示范医院|示范基地|示范机构|示范乡镇卫生院|示范卫生院|示范中医馆|友好型社区|放心示范医院|放心医院|试验区|先行区|"
    "重点专科|特色专科|中医名师|劳动奖状|劳动奖章|科学技术奖|科技进步奖|科技进步[一二三]等奖|医学科技奖|自然科学奖|技术发明奖|最美医生|最美护士|好医生|青年岗位能手|先进基层党组织|百佳医院|百强医院|优秀医院|示范服务基层|优秀奖|奉献奖|青年文明号|巾帼文明岗|三八红旗集体|消费者满意单位|诚信单位|高级卒中中心|示范性社区康复中心|规范化培训基地|自然科学基金项目|高水平医院建设项目|(?:国家级|国家标准版|省级|中国)(?:胸痛|卒中|创伤)中心"
)
_HONOUR = re.compile(rf"(?:{_HONOUR_WORD})(?:建设项目)?")
_LEVEL = re.compile(r"国家级?|全[国省市州]|省级?|自治区级?|世界|中国")
_STRONG = re.compile(
    r"(?:三年行动计划|行动计划|提升计划|专项计划|攻坚计划|促进计划|培养计划|培训计划|支持计划|帮扶计划|英才计划|名医计划|倍增计划|人才计划|援助计划|专项行动|攻坚行动|提升行动|促进行动|整治行动|三年行动|服务行动|普及行动|民生工程|提升工程|惠民工程|人才工程|民生实事|民生项目|能力提升项目|综合改革|体制改革|支付方式改革|"
    r"薪酬制度改革|管理改革|人事制度改革|一体化改革|改革试点|综合试点|防治试点|签约服务试点|制度试点|使用试点|采购试点|医疗服务试点|监督员试点|医共体试点|医共体建设试点|(?<=水平)试点|绩效考核|技能竞赛|知识竞赛|技能大赛|演讲大赛|演讲比赛|大比武活动|大比武|竞赛|大赛|"
    r"文化节|宣传月活动|服务月系列活动|(?<=“十[一二三四五]五”)(?:(?:(?![的也已写与和在])[\u4e00-\u9fff]){2,12}?)?(?:专项)?规划|发展战略|扩建工程|[一二三]期工程|扶贫协作|(?<=[年月周行])活动)(?:试点)?"
)
_LOOSE = re.compile(r"(?:工程|行动)(?!中|计划|性|队|组|部|师|款|量|上|力|起|不便|轨迹|能力|措施|方案|建设)")
_PROJECT = re.compile(
    r"(?:补助|检查|筛查|改善|控制|缺陷|分娩|救助|预防|干预|防治|监测|培养|能力提升|贷款|疫苗|接种|规范化培养|能力建设|服务保障)(?:项目|工程)"
)
_CLEAR_PROJECT = re.compile(
    r"国家(?!级)|中央补助|世界银行|全球基金|农村妇女|农村孕产妇|贫困地区|免费|孕前优生|出生缺陷|增补叶酸"
)
_COUNTED = re.compile(r"[（(]?(?:共|有|达|累计)?(?:\d|[一二三四五六七八九十两几]+[个项])")
_NUMBERED = re.compile(r"第[\d一二三四五六七八九十]{1,3}[个届次轮]$")
_BUILDING = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?<!检测)(?<!检验)(?<!检查)(?<!收费)(?<!服务)(?<!科研)(?<!诊疗)(?:项目|工程)(?!支出|部|组|办|库|单位|资金|申报|负责|绩效|实施|建设)(?:[（(][一二三]期[）)])?|异地新建(?!项目)"
)
_PART = re.compile(r"“[^“”]*”|[^“”]+|[“”]")
_HEALTHY_HERE = re.compile(r"健康中国·[\u4e00-\u9fff]{2,4}?(?:实施|行动)")
_HEALTHY = re.compile(r"健康([\u4e00-\u9fff]{2,3})")
_Span = tuple[int, int, str, float]


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
    return re.compile(rf"(?:[\u4e00-\u9fff+]{{0,8}}?)(?:{heads})(?!中|性|内|外|化)")


def find_programmes(text: str, organisations: Sequence[Mention] = ()) -> list[Mention]:
    """Mentions of named programmes in a clean text, in order; a building project begins with one of ``organisations``."""
    known = _listed(text)
    found = [
        *known,
        *_books(text),
        *_quoted(text),
        *_honours(text),
        *_buildings(text, organisations),
        *_healthy(text),
    ]
    found += _headed(text, {end for _, end, _, _ in known})
    kept: list[_Span] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return [
        Mention(a, b, text[a:b], "PROGRAMME", rule, confidence) for a, b, rule, confidence in sorted(kept)
    ]


def _books(text: str) -> Iterator[_Span]:
    for match in _BOOK.finditer(text):
        if not _NOT_PROGRAMME.search(match[1]):
            yield *match.span(), "prog-book", 0.95


def _quoted(text: str) -> list[_Span]:
    """Quoted names; one before a quoted name of an activity is one too (“甲”“乙”等活动)."""
    found: list[_Span] = []
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


def _quoted_one(text: str, match: re.Match[str]) -> _Span | None:
    name = match[1]
    closing = _closing().match(text, match.end())
    is_slogan = name in _set("programme_slogans.txt") or re.fullmatch(r"[\d+XN]+", name) is not None
    if (
        closing
        and not _is_bad_tail(closing[0])
        and len(name) <= 30
        and (
            not is_slogan
            or re.search(r".{2}(?:项目|工程|行动|签约|服务包)$|(?<!\w)(?:兜底)?政策$", closing[0])
        )
    ):
        start = _left(text, match.start()) if is_slogan else match.start()
        return start, closing.end(), "prog-quoted-head", 0.9
    if name in _set("programme_quoted.txt"):
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
    ):
        return *match.span(), "prog-quoted", 0.6
    return None


def _is_bad_tail(tail: str) -> bool:
    """Does the stretch after a quoted name hold words that cannot belong to the name?"""
    stops = _set("programme_stops.txt")
    return any(
        word in stops or word in ("期间", "末", "以来", "时期", "理念", "目标", "首批")
        for word in words(tail)
    )


def _is_title(name: str) -> bool:
    return bool(
        re.search(
            rf"(?:行动|工程|计划|政策|条例|规划|活动|试点|改革|革命|战略|新?[一二三四五六七八九十]+条|万里行|基层行|专科|名医|补助|[一二三四五六七八九十]大(?:中心|工程|行动|专项|体系|提升|平台|任务)|{_HONOUR_WORD})$",
            name,
        )
        or re.match(r"健康(?!中国人|中国$|所|第一|的)[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,4})?$", name)
    )


def _listed(text: str) -> list[_Span]:
    found = []
    for last, form in _known().iter(text):
        start, end = last + 1 - len(form), last + 1
        number = _NUMBERED.search(text[max(0, start - 5) : start])
        if number:
            start -= len(number[0])
        if text.startswith("试点", end):
            end += 2
        if start and text[start - 1] in "“‘" and text[end : end + 1] in ("”", "’"):
            start, end = start - 1, end + 1
        found.append((start, end, "prog-known", 0.95))
    return found


def _left(text: str, end: int) -> int:
    """Where the unquoted name that ends at ``end`` begins: after the last word that cannot be part of one."""
    low = end
    while (
        low > 0
        and end - low < 30
        and ("\u4e00" <= text[low - 1] <= "\u9fff" or text[low - 1] in "“”‘’·+-" or text[low - 1].isdigit())
    ):
        low -= 1
    stops = _set("programme_stops.txt")
    start = end
    for part in reversed(_PART.findall(text[low:end])):
        for word in reversed([part] if part[0] == "“" else words(part)):
            if word in stops:
                return _trimmed(text, start, end)
            start -= len(word)
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> int:
    while start < end and (text[start] in "”’·+-" or text[start].isdigit()):
        start += 1
    return start


def _honours(text: str) -> Iterator[_Span]:
    """A title of honour from its level or province on (国家卫生城市, 江苏省卫生镇)."""
    for match in _HONOUR.finditer(text):
        first = _left(text, match.start())
        for start in range(first, match.start() + 1):
            name = text[start : match.end()]
            if _LEVEL.match(name) or (start < match.start() and _begins_with_province(name)):
                if (
                    name.count("“") == name.count("”") < 2
                    and not re.search("”.*“|[，、]", name)
                    and match.start() - start <= 18
                ):
                    yield start, match.end(), "prog-honour", 0.85
                break


def _begins_with_province(name: str) -> bool:
    return any(name[:size] in lexicon.forms() and name[size - 1] in "省市区" for size in range(3, 8))


def _headed(text: str, known_ends: set[int]) -> Iterator[_Span]:
    """Unquoted names that end in a head word."""
    for match in _STRONG.finditer(text):
        if match.end() in known_ends or _COUNTED.match(text, match.end()):
            continue
        start = _left(text, match.start())
        name = text[start : match.end()]
        if (
            name in _set("programme_generic.txt")
            or (name.endswith("规划") and name.find("“") < 3)
            or match.start() - start < 2
            or name.count("“") != name.count("”")
            or name.count("“") > 1
        ):
            continue
        yield start, match.end(), "prog-head", 0.75
    for match in _LOOSE.finditer(text):
        if match.end() in known_ends or _COUNTED.match(text, match.end()):
            continue
        start = _left(text, match.start())
        name = text[start : match.end()]
        if (
            name not in _set("programme_generic.txt")
            and match.start() - start >= (2 if name.endswith("工程") else 4)
            and "”" not in name
            and not re.search(r"[一二三四五六七八九十\d]大?(?:工程|行动)$|“", name)
        ):
            yield start, match.end(), "prog-loose", 0.6
    for match in _PROJECT.finditer(text):
        start = _left(text, match.start())
        name = text[start : match.end()]
        if (
            (_CLEAR_PROJECT.match(name) or len(name) >= 10)
            and match.start() - start >= 2
            and name.count("“") == name.count("”")
            and not _COUNTED.match(text, match.end())
        ):
            yield start, match.end(), "prog-project", 0.75


def _buildings(text: str, organisations: Sequence[Mention]) -> Iterator[_Span]:
    stops = _set("programme_stops.txt")
    for mention in organisations:
        match = _BUILDING.match(text, mention.end)
        if match and not any(word in stops for word in words(match[0])):
            yield mention.start, match.end(), "prog-building", 0.85


def _healthy(text: str) -> Iterator[_Span]:
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
