"""The clauses that tie a programme to somebody: 荣获…, 通过…复审, 实施…, 由…主办的…, 被列入…, 在…考核中.

A frame is judged beside a programme's name, by what stands before it in its clause and by what follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Role

_RUN_VERBS = (
    r"(?:组织|联合|启动|推进|制定|制订|统筹|协同)?(?:开展|实施|实行|推出|启动|推进|推行|推动|举办|主办|承办|举行|发起|出台|印发|下发|制定|制订|发布|颁布|修订|牵头实施|牵头|"
    r"打造|试行|推开|铺开|深化|抓好|做实|做好|完成|落实|执行|推广|组织)"
)
_PART_VERBS = r"参加|参与|承担|承接|协办|支援|响应|协助|配合"
_INCLUDED = r"列入|纳入|入选|入列|列为|确定为|确立为|选为|遴选为|成为|加入|跻身|获批成为|获批为|批准为|获批|入围|名列|位列"
_WON_VERBS = (
    r"荣获|喜获|获评|获得|获颁|获授|获命名为?|获认定为?|荣膺|荣立|斩获|摘得|夺得|捧回|捧得|赢得|蝉联|评为|评上|评定为|命名为|命名|授予|表彰为|认定为|"
    r"确认为|认证为|创成|创建成为?|创建成功|成功创建(?:成为?)?|成功创成|成功建成|建成|荣登|上榜|勇夺|拿到|拿下|(?<![收捕查截])获"
)
FRAME_VERB = re.compile(rf"{_RUN_VERBS}|{_PART_VERBS}|{_INCLUDED}|{_WON_VERBS}|通过|达到")

_LEVEL = r"全[国省市县区州]|国家级?|省级?|市级|县级|区级|自治区级?|中央|首批|第?[一二三四五六七八九十\d]{1,3}批|新一轮|\d{4}(?:[—-]\d{4})?年度?|年度|“十[二三四五]五”|了|过|为|以|“?\d{1,2}[.·]\d{1,2}"
_ITEMS = r"(?:[^，。；：、]{2,24}(?:、|和|及|与|”(?=“)))*"


def _before(verbs: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<verb>{verbs})(?P<gap>(?:{_LEVEL})*{_ITEMS}(?:{_LEVEL})*)$")


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb that ties whoever does it to the programme behind it; ``after`` is what may follow the name."""

    role: Role
    rule: str
    before: re.Pattern[str]
    after: re.Pattern[str]


_CLOSED = r"[，。；：、！？）】（\s]|$|等|和(?!谐)|及|与|以及|并|[”’]"
_OF_IT = rf"(?:[\u4e00-\u9fff]{{0,6}}活动|建设|工作|项目|试点|试点工作|活动|服务|考核工作|工程|改革|任务)?(?:{_CLOSED}|以来|之后|后|期间|过程中|\d)"
_HELD = rf"(?:系列|主题|宣传)?(?:建设|工作|项目|试点|活动|称号|荣誉|荣誉称号|殊荣|牌子|的?牌匾|奖牌|表彰|奖项|单位|名单|立项|资助|资质|认定|命名|认证单位|认证奖牌|认证|奖牌|获得者|中的[^，。；]{{0,6}}奖)?(?:{_CLOSED}|\d|累计|总数|以来|后)"
_CHECK = r"验收|复审|评审|复核|认证|考核|评估|审核|复评|复查|评价|考评|审定|审查|审评|标准"

FRAMES = (
    Frame(
        "won",
        "rel-passed",
        _before(r"通过"),
        re.compile(rf"[^，。；\d]{{0,12}}?(?:{_CHECK})(?!期|前|准备|工作)"),
    ),
    Frame("won", "rel-standard", _before(r"达到"), re.compile(r"[^，。；\d的]{0,8}?标准")),
    Frame("won", "rel-won", _before(_WON_VERBS), re.compile(_HELD)),
    Frame(
        "takes-part",
        "rel-included",
        _before(_INCLUDED),
        re.compile(r"[^，。；：的\d]{0,14}?(?:[，。；：、）（\s]|$|\d)"),
    ),
    Frame(
        "takes-part", "rel-part", _before(_PART_VERBS), re.compile(rf"[^，。；：的]{{0,8}}?(?:{_CLOSED}|\d)")
    ),
    Frame("runs", "rel-runs", _before(_RUN_VERBS), re.compile(_OF_IT)),
)
"""The frames of a verb before the name, the surer first."""

RELATIVE = re.compile(
    r"(?:联合|共同|牵头|组织|集中|率先|全面)*(?P<verb>主办|承办|协办|组织开展|组织实施|组织|开展|启动|发起|推行|实施|牵头|印发|出台|制定|发布|下发|推出|举办|颁发|评选|授予|命名)的(?:首届|首批|第[一二三四五六七八九十\d]+[届批轮]|\d{4}年度?)?$"
)
"""由市卫健委、市红十字会主办的: who runs the programme that follows."""

HOSTS = re.compile(r"(?:联合|共同)*(?P<verb>主办|承办|协办|指导)$")
"""由市卫健委主办，: a clause before that of ``RELATIVE``, of the same programme."""

BY = re.compile(r"[^，。；\d]{0,4}由")
BY_VERB = re.compile(
    r"(?:联合|共同|负责|牵头)*(?P<verb>主办|承办|组织实施|组织|实施|牵头|开展|承担|负责|举办)"
)

PASSIVE = re.compile(
    r"(?:建设|工作|试点|改革)?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?)?(?:已|也|正式|全面|同步|稳步|扎实|有序|高效|顺利|成功|深入|持续|相继|先后|均|陆续|开始|由此|平稳|纵深|推进)*"
    r"(?:启动实施|启动|实施|推进|开展|铺开|推开|落地见效|落地|推行|施行|落实|稳步施行|建设(?:迈出|取得|成效|加快|全面|不断|持续)[^，。；]{2,10})(?:[，。；、！）\s]|$|以来|后)"
)
ISSUED = re.compile(
    r"(?:已|正式|经[^，。；]{2,14})*(?:颁布实施|颁布|印发实施|印发|出台|发布|施行|实施|公布)(?:[，。；（\s]|$|以来|后|\d)"
)
HELD_AT = re.compile(
    r"(?:正式|顺利|成功|圆满|隆重)*(?:在[^，。；]{2,20})?(?:举行|举办|开幕|启动|拉开帷幕|闭幕)(?:[，。；\s]|$)"
)
FIGURES = re.compile(
    r"(?:全年|共|累计|已|目前|今年)*(?:完成|覆盖|惠及|筛查|发放|救助|补助|培训|初筛|检查|检测|咨询|治疗|手术|接种|随访|资助|救治|登记|体检|扶助|兑现|支付|报销|补偿|开展|举办|为[^，。；\d]{0,6}(?=\d)|(?P<sends>选送|选派|派出|输送))[^，。；]{0,16}?\d"
)
PASSED = re.compile(
    rf"(?:建设)?(?:顺利|成功|高分|圆满|再次|一次性)*通过[^，。；]{{0,12}}?(?:{_CHECK})(?!期|前|准备)"
)

WITHIN = re.compile(
    r"(?:绩效)?(?:评价|考核|考评|评审|评选|评比|名单|排名|通报|活动|表彰)?(?:考评|结果|名单|成绩)?(?:中|里|上)?(?:（[^（）]{1,14}）)?(?:，|$)?"
)
RANKS = re.compile(r"位列|名列|位居|排名|排|列|居|获评")
RANKED = re.compile(
    r"(?:监测指标|考核|综合|总|绩效|以|得分|成绩|等级|医院|连续|排名|在|均|由)*[^，。；]{0,14}?(?:位列|名列|位居|排名|排在|排第|排|列|居|获评|荣获|获得|斩获|夺得|取得|获|得分|得|跻身|进入|升至|考评)"
)
WINS = re.compile(
    r"(?:荣获|喜获|获得|斩获|夺得|摘得|捧得|获)(?!得分|评|批)[^，。；]{0,16}?(?:奖|名|称号|冠军|亚军|季军)"
)

IS_ONE = re.compile(
    r"(?:既?是|系|作为|成为)(?P<gap>(?:全[国省市]|国家|首批|省级?|唯一一?[家所个]?|(?:[^，。；：、是]{2,16}、)*)*)$"
)
IS_END = re.compile(
    r"(?:之一|单位|县|市|区|城市|医院|基地|的一[员个]|成员)?(?:[，。；、！）\s]|$|和|及|，|获得单位)"
)
LIST_LINE = re.compile(r"[\s\d年月、，,.．:：—－·•●★☆◆■▲\-（）()“”\"]*")
HOLDERS = re.compile(r"(?:等)?(?:荣誉)?(?:称号)?(?:获得单位|获得者单位)")

NAMED = re.compile(
    rf"(?:授予|命名|认定|确定|评定|表彰|批准|公布)(?P<who>[^，。；：]{{2,60}})为(?:{_LEVEL})*$"
)
