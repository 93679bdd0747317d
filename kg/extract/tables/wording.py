"""The indicator and kind of a figure from the words of its row and column."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.tables.units import Measure
from kg.model import Direction, Kind
from kg.tag.lexicon import rows
from kg.tag.quantities import measures


@cache
def _classes() -> re.Pattern[str]:
    """Words for kinds of health institutions."""
    heads = {row["head"] for row in rows("organisation_heads.csv") if row["type"] in ("hospital", "township")}
    heads |= {
        "医院",
        "卫生院",
        "卫生室",
        "诊所",
        "机构",
        "门诊部",
        "服务中心",
        "服务站",
        "卫生所",
        "医务室",
        "疾控中心",
        "分院",
        "疗养院",
        "护理院",
        "护理站",
        "急救中心",
        "防治中心",
        "血站",
    }
    heads |= {f"{kind}{site}" for kind in ("保健", "防治", "监督", "教育") for site in "院所站"}
    return re.compile(
        rf"[\u4e00-\u9fff（）()、]*(?:{'|'.join(sorted(heads, key=len, reverse=True))})(?:、(?:[院所站室]|中心))*"
        r"(?:（[^（）]+）|\([^()]+\))?"
    )


_STAFF = re.compile(r"(?:人员|职工|医师|医生|护士|药师|药剂师|技师|技士|队伍|士|师|员)(?:总?数|人数)?$")
_SITES = re.compile(r"(?:机构|医院|卫生院|单位|卫生室|网点|点)(?:总?数|个数)?$")
_MEASURED = re.compile(r"(?:数|率|量|费用|额|人次|病|日|比|占比|比重|收入|支出|面积|投资|指数)$")
_MEASURES = re.compile(
    r"(?:数|率|量|费用?|额|人次|例次|病例|死亡|发病|占比|比重|收入|支出|面积|投资|指数|床位)$"
)
_TOTAL_MONEY = re.compile(r"总(?:收入|支出|资产|负债|费用|成本)")
_SIDE = re.compile(r"男性?|女性?|城市|农村|城镇")
_SUM_END = re.compile(r"(?<=.)(?:合计|小计|总计)$")
_FEE = re.compile(r"(?:医药|医疗|药品|检查|总)?费用?$")
_SITE_PREFIX = re.compile(
    r"^(?:各级各类|各类|全[市省县区州])?(?:医疗卫生|卫生|医疗)机构(?=[\u4e00-\u9fff]{2})"
)
_SITES_COUNTED = ("个", "所", "家", "处", "间")


def narrowed(above: str, part: str, measure: Measure | None = None) -> str:
    """The indicator of a row that is a part of the one above it.

    >>> narrowed("床位数", "医院"), narrowed("卫生机构数", "医院"), narrowed("门诊病人次均医药费用", "药费")
    ('医院床位数', '医院', '门诊病人次均药费')
    """
    if part.endswith("费") and _FEE.search(above):
        return _FEE.sub("", above) + part
    if _MEASURED.search(part) or part.endswith(above):
        return part
    if (
        _classes().fullmatch(part)
        and _SITES.search(above)
        and (measure is None or measure.unit in _SITES_COUNTED)
    ):
        return part
    if _STAFF.search(part) and _STAFF.search(above):
        return part
    return part + _SITE_PREFIX.sub("", above).removeprefix("总").removeprefix("全部")


def measures_part(above: str, part: str) -> bool:
    """Does a heading name a part of what the one above it counts: some of the staff, a kind of institution?"""
    if _STAFF.search(part) and _STAFF.search(above):
        return True
    return _classes().fullmatch(part) is not None and _AMOUNT.search(above) is not None


def label_measures(noun: str) -> bool:
    """Does the noun of a row tell what is counted by itself?"""
    return not noun or bool(_MEASURES.search(noun) or _STAFF.search(noun))


def of_counted(noun: str, counted: str) -> str:
    """The indicator of a row that names what the caption counts something of.

    >>> of_counted("甲乙类合计", "发病数"), of_counted("乡镇卫生院", "诊疗人次")
    ('甲乙类发病数', '乡镇卫生院诊疗人次')
    """
    bare = _SUM_END.sub("", noun)
    return bare + counted


def without_sum(noun: str) -> str:
    """The noun of a row without 合计."""
    return _SUM_END.sub("", noun)


def side_of(noun: str) -> str:
    """The half of the people that a sum is of (男性十种死因合计); empty where it is of all.

    >>> side_of("男性十种死因合计"), side_of("十种死因合计"), side_of("农村")
    ('男性', '', '农村')
    """
    match = _SIDE.match(noun)
    return match[0] if match and (match.end() == len(noun) or _SUM_END.search(noun)) else ""


def of_class(noun: str, group: str) -> str:
    """What a row measures in the kind of institutions that the column before it names; other groups only sort rows.

    >>> of_class("床位数", "医院"), of_class("床位数", "医疗资源")
    ('医院床位数', '床位数')
    """
    if noun and _SIDE.fullmatch(group):
        return group + noun
    if not noun or not group or not is_class(group):
        return noun
    if is_modifier(noun):
        return noun + group
    return group + noun if _TOTAL_MONEY.match(noun) else narrowed(noun, group)


def is_class(text: str) -> bool:
    """Is a text a kind of institutions, such as 基层医疗卫生机构?"""
    return _classes().fullmatch(text) is not None


def continues(noun: str, measure: Measure | None, above: Measure | None, *, has_units: bool) -> bool:
    """May a row without a mark go on with the parts of the row above (#医院, then 乡镇卫生院)?"""
    if not has_units:
        if measure is not None or noun.endswith(("率", "比", "比重")):
            return False
        return above is not None or _MEASURED.search(noun) is None
    same = measure is not None and measure == above and measure.unit not in _SITES_COUNTED
    return same and _classes().fullmatch(noun) is not None


_AMOUNT = re.compile(r"(?:数|数量|率|量|费用?|额|人次|人口|比|比重|收入|支出|面积)$")
_MODIFIER = re.compile(
    r"男性?|女性?|城[市镇乡]居?民?|农村|公立|民营|社会办|政府办|基层|[省市县区乡镇村]级?|[一二三]级|职工|居民|在职|退休|其[他它中]|(?:非)?营利性?|社会办?|私营|民办|(?:部|省|市|县|区|地级市|县级市)(?:属|直属)|综合|专科|中医类?|西医"
)


def is_modifier(noun: str) -> bool:
    """Does a word only tell one part of what is counted from another (男, 公立)?"""
    return _MODIFIER.fullmatch(noun) is not None


def crossed(noun: str, measure: Measure | None, other: str, other_measure: Measure | None) -> str:
    """The indicator where a row (``noun``) and a column (``other``) each give a part of it; empty where both measure something.

    >>> crossed("乙肝", None, "发病数", None), crossed("执业医师", None, "公立", None)
    ('乙肝发病数', '公立执业医师')
    """
    noun = _SUM_END.sub("", noun)
    if not noun or other.endswith(noun) or noun in other:
        return other
    by_row = measure is not None or bool(_AMOUNT.search(noun))
    by_column = other_measure is not None or bool(_AMOUNT.search(other))
    if by_row and by_column:
        return ""
    group = _classes().fullmatch(other) is not None and _classes().fullmatch(noun) is None
    return other + noun if by_row or group or _MODIFIER.fullmatch(other) else noun + other


_THAN = re.compile(r"^(?:[比较与同](?:上年|去年|前一年|上期)(?:同期|末)?(?:相比)?)(?=.)")  # 比上年增减
_COMPARED = re.compile(r"[与比较同](?:上年|去年)(?:同期|末)?(?:相比|比较|对比)")
_EITHER_WAY = ("增减", "升降", "变化", "变动", "增减率", "增减幅度")


def of_change(basis: str, direction: Direction) -> str:
    """The words that make an indicator one of change, from a column's heading (同比, 增减)."""
    word = _THAN.sub("", re.sub(r"[（(]?[+±-]+[）)]?", "", basis))
    if word in _EITHER_WAY or _COMPARED.fullmatch(basis):
        return "下降" if direction == "down" else "增长"
    return word


def share_words(basis: str) -> str:
    """The words of a share that its indicator ends with."""
    if basis in ("比重", "比例", "百分比", "构成"):
        return "占比"
    return basis.removesuffix("的") + "比重" if basis.endswith("的") else basis


_PER = re.compile(r"^每|每[百千万十]|千人口|万人口|人均|户均|村均|院均|周转次数|医护比|床护比|担负")
_VISIT = re.compile(
    r"次均|例均|均次|门诊病人|住院病人|出院病人|出院者|患者|每诊疗|每门诊|每住院|每床日|日均费用|人均(?:住院|门诊|医药)"
)


def kind_of(indicator: str, unit: str) -> Kind:
    """Which kind of number a figure that is no change, share or rank is (docs/annotation.md §1 and §4)."""
    if unit in ("%", "‰", "") or unit.startswith("/"):
        return "rate"
    base, _, per = unit.partition("/")
    measure = measures().get(base, "count")
    if measure == "money":
        return "rate" if _PER.search(indicator) and not _VISIT.search(indicator) else "money"
    if measure == "level":
        return "level"
    if measure == "rate" or (per and per not in ("日", "天")) or _PER.search(indicator):
        return "rate"
    return "level" if per else "count"
