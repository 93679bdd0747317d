"""What a programme's name tells of it, and so what a verb makes of whoever does it: 获 makes a winner of a prize, of no plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.extract.entities import home_of, place_entity
from kg.model import Entity, Mention, Role
from kg.tag.programme_shapes import honour_words

_FOUNDED = ("建成", "创成", "创建成功", "成功创建", "成功创建成为", "认定为")
_GOT = ("获", "获得", "拿到", "命名")
_ISSUES = ("出台", "印发", "下发", "制定", "制订", "发布", "颁布", "修订")
_FOLLOWS = ("落实", "执行", "完成", "推进")
_HONOURS = frozenset({"prog-award", "prog-honour"})
_OF_PLACES = re.compile(r"城市|县|市|区")
_OF_PLACE = re.compile(r"(?:城市|县城|县区|[县市区镇乡村]|先进省市|示范市|样板市|试点县|之乡)$")
_OF_HOUSE = re.compile(
    r"(?:医院|卫生院|机构|服务中心|康复中心|卒中中心|胸痛中心|专科|学科|诊所|药房|学校|科室|病房)$"
)
_PERSONAL = re.compile(
    r"(?:个人|工作者|模范|名中医|中医名师|名医|名师|医生|护士|医师|卫士|标兵|之星|津贴|学者|人才|代表|红旗手|好人|奉献奖|奖章|工匠|专家|能手|带头人|党员|志愿者|家庭|贡献奖|青年科技奖|学者计划|人物|奉献奖[金银铜]奖)$"
)
_PILOT = re.compile(r"试点(?:县|市|区|省|城市|单位|医院|地区|项目|县市|工作)?$")
_EXAM = re.compile(r"考核$|考评$|国考|测评$|评价$|竞赛$|大赛$|比赛$|大比武(?:活动)?$|比武$|评选$|活动$")
_CONTEST = re.compile(r"竞赛$|大赛$|比赛$|比武(?:活动)?$|大练兵$")
_GRANT = re.compile(
    r"基金(?:项目|面上项目|青年项目)?$|研发计划|科技(?:支撑)?计划|建设项目$|科研项目$|课题$|资助$|补助$|工作室$|工作站$|中心$|基地$|专科$"
)
_LAW = re.compile(r"条例|法》?$|规定》?$|办法》?$|细则|通知|意见|决定|战略$|[两三]孩")


@cache
def _honour() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{honour_words()}|称号|[\u4e00-\u9fff]奖(?:[（(]?[特一二三金银铜优秀]{{1,2}}等?奖[）)]?)?|先进[\u4e00-\u9fff]{{1,4}}|"
        r"(?:卫生|健康|文明|示范|无烟|爱婴|友好|友善|模范|样板|满意)[\u4e00-\u9fff]{0,4}(?:城市|城|县城|县|市|区|镇|乡|村|社区|医院|机构|单位|学校|家庭|县区|卫生院)|"
        r"达标|中心|基地|专科|学科|先行区|试验区|[一二三]等奖)$"
    )


def is_honour(name: str) -> bool:
    """Is what bears this name held by those who earned it: a title, a prize, a grade, a recognised centre?"""
    return _honour().search(name) is not None and not is_pilot(name)


def is_personal(name: str) -> bool:
    """Is it an honour of persons, which are no agents here (先进个人, 名中医)?"""
    return _PERSONAL.search(name) is not None


def is_of_place(name: str) -> bool:
    """Is it an honour that only a place can hold (国家卫生城市)?"""
    return _OF_PLACE.search(name) is not None


def is_of_house(name: str) -> bool:
    """Is it an honour that only an institution can hold (爱婴医院)?"""
    return _OF_HOUSE.search(name) is not None


def is_pilot(name: str) -> bool:
    """Is it a pilot, which one takes part in (试点县)?"""
    return _PILOT.search(name) is not None


def is_grant(name: str) -> bool:
    """Is it money or a body that is granted (国家自然科学基金项目)?"""
    return _GRANT.search(name) is not None


def is_exam(name: str) -> bool:
    """Is it something in which one is examined, ranked or competes?"""
    return _EXAM.search(name) is not None


def is_contest(name: str) -> bool:
    """Is it a contest, whose prizes are won?"""
    return _CONTEST.search(name) is not None


def is_law(name: str) -> bool:
    """Is it a law, an order or a strategy, which those who follow it neither run nor take part in?"""
    return _LAW.search(name) is not None


def role_of(rule: str, verb: str, name: str, programme: Mention) -> Role | None:
    """What a frame's verb makes of whoever does it to a programme of this name; None where the two do not go together."""
    if is_personal(name):
        return None
    if rule == "rel-part":
        return None if programme.text.startswith("《") else "takes-part"
    if rule == "rel-included":
        is_won = (is_honour(name) and verb not in ("纳入", "加入")) or (
            verb.startswith("获批") and is_grant(name)
        )
        return "won" if is_won and not is_pilot(name) else None if is_law(name) else "takes-part"
    if rule == "rel-runs":
        return "runs" if _can_be_run(verb, name, programme) else None
    return _won(rule, verb, name, programme)


def _can_be_run(verb: str, name: str, programme: Mention) -> bool:
    """An order is issued, not run; an honour that one works for (推进国家卫生城市建设) is not run either."""
    if verb.endswith(_ISSUES):
        return True
    is_followed = programme.text.startswith("《") and verb.endswith(_FOLLOWS)
    return not (is_law(name) or is_honour(name) or is_followed)


def _won(rule: str, verb: str, name: str, programme: Mention) -> Role | None:
    if is_pilot(name):
        return "takes-part" if rule == "rel-won" and verb not in _FOUNDED else None
    if rule == "rel-won" and verb in _FOUNDED:
        return "won" if is_honour(name) else None
    if rule == "rel-won" and verb in _GOT:
        return "won" if is_honour(name) or is_grant(name) or programme.rule in _HONOURS else None
    return None if is_law(name) else "won"


def holders(agents: Sequence[Entity], role: Role, name: str, follows: str) -> list[Entity]:
    """Those of the agents that can hold a programme of this name, which ``follows``: a city's title is not its authority's."""
    if role == "runs":
        return list(agents)
    if is_of_place(name) or (is_pilot(name) and _OF_PLACES.match(follows)):
        homes = (home_of(agent.name) for agent in agents if agent.label == "ORG")
        return [a for a in agents if a.label == "PLACE"] + [place_entity(home) for home in homes if home]
    is_house = role == "won" and is_of_house(name)
    return [a for a in agents if not (is_house and a.label == "PLACE")]
