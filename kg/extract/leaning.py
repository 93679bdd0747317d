"""Figures whose own words are half a name: a bare verb, a population, 每千人口, 低于全省平均. The figure before has the rest.

回收1176份 after 发放问卷1200份, 学生96.4% after 群众知晓率87.5%, 每千人口5.04人 after 卫技人员2136人, 高于国家标准8元 after
人均补助标准97元: each is completed from the name of an earlier figure, by what it lacks (an object, a measure, what is
counted, what is compared).
"""

from __future__ import annotations

import re

from kg.extract.layout import Figure
from kg.extract.phrases import MODIFIER, OWN_UNITS, leading_verb, strip_lead
from kg.extract.surroundings import Named

_OBJECTLESS = re.compile(
    r"(?:又|再|共|已|现|当年|当日|累计|其中)?(?P<verb>回收|收回|解除|撤销|通过|获批|获准|新增|剩下|剩余|还剩|只剩|办结|收治|投用|启用|建成|验收|整改|销号|现?存活|在治|聘用|援建|认领|采纳|派出|接收)(?:了|的)?"
)
_RATES = frozenset(["%", "‰", "/10万", "/万"])
_MEASURED = re.compile(r"(?:率|比例?|占比|比重|度|水平|覆盖|占\S*|之比)$")
_WHO = re.compile(
    r"(?:其中)?(?P<who>[\u4e00-\u9fff（）]{0,8}?(?:患者|病人|人群|儿童|婴儿|孕产妇|产妇|老年人|老人|居民|妇女|学生|教师|职工|群众|干部|人口|医院|机构|卫生院|卫生室|乡镇|农村|城市|市区|县区|男性?|女性?|团体|个人|病|炎|结核|癌))[≥≤＞＜>=<]?"
)
PER = re.compile(
    r"(?:区内|全[市省县区州旗国]|辖区|平均)?(?P<per>每[百千万](?:名|人|户|个)?[\u4e00-\u9fff]{0,6}?|每(?:十|10|10\s?)万(?:人口)?|千人口|人均|户均(?:每[月年天])?|床均|生均)(?:拥有|配备|有|约|为|达|仅|只|才|则|是)*"
)
_SET_AGAINST = re.compile(
    r"(?:仍|还|均|也|却|已)*(?P<how>高于|低于|优于|高出|低出|超出|超过|好于|多于|少于|控制在|不低于|不高于)[^，。；、]{0,14}$"
)
_DIFFERENCES = frozenset(["个百分点", "个千分点"])


def completed(text: str, noun: str, figure: Figure, told: list[tuple[Figure, Named]]) -> Named | None:
    """The name of which a figure's own words are a part; None where they need no completing, or nothing completes them."""
    if MODIFIER.fullmatch(noun) and figure.quantity.unit in OWN_UNITS:
        whole = divided(text, figure)
        if whole:
            return Named(noun + whole, "part", whole)
    if not told:
        return None
    before = told[-1]
    for name, rule in (
        (objectless(noun, figure, before), "objectless"),
        (measureless(noun, figure, before), "measureless"),
        (per_head(noun, figure, told), "per"),
        (set_against(noun, figure, before), "against"),
    ):
        if name:
            return Named(name, rule, before[1].base)
    return None


def of_the_dead(
    noun: str, figure: Figure, told: list[tuple[Figure, Named]], brackets: tuple[int, ...]
) -> Named | None:
    """死亡16例（艾滋病9例、肺结核7例）: the bracket parts the deaths; what one died of is half the name.

    ``brackets`` are where those around the figure open.
    """
    whole = next(((f, n) for f, n in told if brackets and f.quantity.end == brackets[-1]), None)
    if whole is None or not whole[1].text.endswith("死亡") or "死" in noun:
        return None
    parts = whole[0].quantity.unit == figure.quantity.unit
    return Named(noun + "死亡", "part", noun + "死亡") if parts else None


def objectless(noun: str, figure: Figure, before: tuple[Figure, Named]) -> str:
    """回收 after 发放问卷: the verb with the object of the name before, which must have the same unit."""
    match = _OBJECTLESS.fullmatch(noun)
    earlier, named = before
    if match is None or earlier.quantity.unit != figure.quantity.unit or earlier.sentence != figure.sentence:
        return ""
    verb = leading_verb().match(named.base)
    thing = named.base[verb.end() :] if verb else named.base
    return match["verb"] + thing if len(thing) > 1 else ""


def measureless(noun: str, figure: Figure, before: tuple[Figure, Named]) -> str:
    """学生 after 群众知晓率: the population with the rate before."""
    earlier, named = before
    unit = figure.quantity.unit
    match = _WHO.fullmatch(noun)
    if (
        match is None
        or unit not in _RATES
        or earlier.quantity.unit != unit
        or earlier.sentence != figure.sentence
    ):
        return ""
    return match["who"] + named.base if _MEASURED.search(named.base) else ""


def per_head(noun: str, figure: Figure, told: list[tuple[Figure, Named]]) -> str:
    """每千人口 after 卫技人员2136人: so many of what was counted."""
    match = PER.fullmatch(noun)
    if match is None:
        return ""
    for earlier, named in reversed(told):
        if earlier.sentence != figure.sentence:
            return ""
        if earlier.quantity.unit == figure.quantity.unit and not PER.match(named.text):
            return match["per"] + named.base
    return ""


def set_against(noun: str, figure: Figure, before: tuple[Figure, Named]) -> str:
    """高于国家标准8元 after 人均补助标准97元: what was told, and where it stands."""
    match = _SET_AGAINST.fullmatch(noun)
    earlier, named = before
    if match is None or earlier.sentence != figure.sentence:
        return ""
    own, unit = figure.quantity.unit, earlier.quantity.unit
    if own in _DIFFERENCES and unit in _RATES:
        return named.text + noun[match.start("how") :]
    return named.text if own == unit else ""


_DIVIDED = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<whole>[\u4e00-\u9fff]{2,8})(?:[中里](?=[，：:])|按[^，。；：]{1,8}分(?:类|布|组|级)?(?=[，：:]))"
)


def divided(text: str, figure: Figure) -> str:
    """医院中，公立22个 and 医院按等级分：三级4个: what the parts of the sentence are of."""
    whole = ""
    for match in _DIVIDED.finditer(text, figure.sentence[0], figure.quantity.start):
        whole = strip_lead(match["whole"])
    return whole


_AMONG = re.compile(
    r"(?:其中|目前|均|已|在|于|居|列|位居|位列|跻身|放到|看)*(?:\x02|\x01|\x00|[\u4e00-\u9fff\d（）、“”])*?(?:\x02|\x01|县|市|区|旗|镇|乡|省|国|里|中|内|类|院|机构|单位|地区|通报|同级|大陆|流域|片区)[）”]*"
    r"(?:里|中|内|间|上)?(?:由[短低少]到[长高多]|由[长高多]到[短低少])?(?:分别|依次|一度|到过|稳|仍|位)*[居列占排在名位次序到第并跃升至]*"
)
_THING = re.compile(
    r"率|量|数|费|度|水平|得分|面积|比例|比重|指标|能力|满意|考核|评价|竞赛|测评|收入|支出|人次|日$"
)


def is_among(before: str) -> bool:
    """Does a blanked stretch before a rank say only among whom it is (在全市36家医院中排第, 居乙类传染病首位)?"""
    return _AMONG.fullmatch(before) is not None and _THING.search(before) is None


_AGE = re.compile(r"年龄|寿命|日龄|岁|活到")
_SCORED = re.compile(r"(?:得|拿|获)了?$")
_TIME = re.compile(r"时|间隔|用|分钟|DNT|日")


def with_dimension(name: str, unit: str, clause: str) -> str:
    """A name with the dimension that its unit tells and its words leave out: 老人 of 83.6岁 is their 平均年龄."""
    average = "平均" if re.search(r"平均(?:为|约|仅|达)?$", clause) else ""
    if unit == "岁" and not _AGE.search(name):
        return name.removesuffix("平均") + average + "年龄"
    if unit == "分" and _SCORED.search(clause) and "分" not in name:
        return re.sub(r"[中里]?(?:得|拿|获)了?$", "", name) + "得分"
    if unit in ("分钟", "小时", "秒") and average and not _TIME.search(name):
        return name.removesuffix("平均") + "平均时间"
    return name
