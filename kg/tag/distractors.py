"""Numbers that state nothing about the health system, by the shape of the text around them.

What they are is told by their ``Reason``, so that whoever reads a report sees that they were not overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Reason, Refused

# In the order in which they are tried at a place. No pattern has a group of its own, as the group tells the reason.
_SHAPES: tuple[tuple[Reason, str], ...] = (
    ("document", r"[〔\[［（]\d{2,4}[〕\]］）]\d*号?"),  # 〔2020〕21
    ("ordinal", r"第\d+(?![名位])"),
    ("ordinal", r"第?\d+号(?!线)"),  # documents, windows, houses
    ("phone", r"\d{3,4}-\d{3,4}[\dxX*]{3,}|1[3-9]\d[\dxX*]{8}"),
    ("phone", r"[(（]?\d{3,4}[)）]\d{7,8}"),
    ("phone", r"(?:热线|电话|拨打|邮编|传真|号码)[:：“\"]?\d[\d-]{2,}+(?![.万余多]|[个次件通人例])"),
    (
        "page",
        r"(?:点击|浏览|阅读|访问|下载|评论|点赞|转发|在看|赞|人气|总访问量|点击数|相似文献|收藏)[量数]?(?:次数)?[:：\ ]*\d[\d,.]*(?:万|W|w)?[次条篇人]?",
    ),
    ("page", r"已有\d+人(?=下载|阅读|参与|评论)|\d+人参与\ ?\d+条评论|\d+\ ?条评论|本文共?\d+[字人]"),
    ("ordinal", r"前(?:[2-9]|10)(?:位|名|类)"),
    ("limit", r"\d+分(?:及?以上|以下|的[^，。]{0,4}(?:为|是|扣|减))"),
    ("page", r"\d[\d,]*位(?:访问者|访客|游客)"),
    ("clock", r"\d{1,2}(?:点(?!\d[\d.]*[%个百万]|的)|时(?!间))(?:\d{1,2}分?|半|许|整|钟)?"),
    ("phone", r"[\"“”]1(?:10|14|19|20|2320|2333|2345|2356|2393)[\"“”]"),
    (
        "phone",
        r"(?<!\d)1(?:10|14|19|20|2320|2333|2345|2356|2393)(?=急救|电话|热线|指挥|救护|呼|平台|调度|中心|接警|网络|系统|院前|出车|联动|分站|站|医疗)",
    ),
    (  # H1N1, SARS-2
        "code",
        r"(?<![A-Za-z\d])[A-Za-z][A-Za-z+-]*\d++(?![.,]\d|[台个例份人名套辆家万张])(?:[A-Za-z][A-Za-z\d]*)?(?:-\d+)?",
    ),
    (
        "code",
        r"\d+(?:\.\d+)?(?!ml|mL|km|kg|m2|M2|DDD)[A-Za-z][A-Za-z]+\d*|\d+(?:\.\d+)?[GgDdPTKkT](?![A-Za-z])",
    ),  # 5G, 3.0T
    ("slogan", r"\d+(?:\+\d+)+(?:\+[XxNn])?"),  # 1+3, 1+1+X
    ("clock", r"\d{1,2}[:：∶]\d{2}(?:[:：∶]\d{2})?|\d+[:：∶]\d+(?:\.\d+)?"),
    ("grade", r"[一二三四五六七八九十]+级"),
    ("slogan", r"\d+[人户村镇校](?=\d+[档策医室])|(?<=[人户村镇校])\d+[档策医室](?=制|、|，|。)"),  # 1人1档
    (
        "base",
        r"每\d+(?![\d.]*\.\d)(?:万|千|百)?(?:人口?|名|例|年|个?月|天|周|户|床|张|次|台|家|所|平方公里|公里|岁|元|单位)?(?![均达为])",
    ),
    (
        "base",
        r"(?<![\d.])1/(?:100万|百万|10万|十万|万|千|100000|10000|1000)",
    ),  # the heading of a column: 1/10万
    (
        "base",
        r"(?<![\d.])3[1-4]个?(?:省(?:区市|份|级|（|\()?|[？?](?=.?ㄗ))",
    ),  # 31个省（自治区、直辖市）报告, also garbled
    (  # 800张及以上床位医院2007个: a class of what is counted
        "limit",
        r"(?<![\d.])\d[\d.]*[万亿]?(?:人|张|元|名|例|台|户|家|平方米)(?:及|（含）)?(?:以上|以下|以内)(?=(?:的|(?:床位)?(?:医院|医疗|机构|卫生院|设备|项目|企业|单位|人员|人口|村|县|乡|食物中毒|事件|疫情))[^，。；、（）\d\n]{0,12}\d)",
    ),
    (
        "limit",
        r"(?<![\d.])\d[\d.]*[-—–~～至到]\d[\d.]*[万亿]?(?:人|张|元|名|例|台|户|家|平方米)(?=(?:的|(?:床位)?(?:医院|医疗|机构|卫生院|设备|项目|企业|单位|人口|村|县|乡))[^，。；、（）\d\n]{0,12}\d)",
    ),
    ("page", r"共印\d+份"),
    ("duration", r"\d+小时(?:内|×|不间断|值|服务|在|运|开|轮|待|“|应急|值班|监|双)|24小时|7×24"),
    ("slogan", r"\d+分钟[^，。；、]{0,6}?圈"),
    ("limit", r"(?<![\d.])\d{1,3}(?:周?岁)?[-—–~～至到]\d{1,3}(?:周岁|岁|个?月龄?)"),
    (
        "limit",
        r"(?<![\d.])\d{1,3}(?:周岁|岁|月龄)(?:及|（含）)?(?:以上|以下|以内|之间|人群|儿童|组|老|居|女|男|妇|青|少|年龄|的|未|适|幼|婴|中|学|常|户|孤|失|参|城|农|者|孩|患)",
    ),
    ("limit", r"(?<![\d.])\d{1,3}(?=(?:周?岁)?[-—–~～至到]\d{1,3}(?:周岁|岁|个月))"),
)
_SHAPE = re.compile("|".join(f"({shape})" for _, shape in _SHAPES))
_LIST_NUMBER = re.compile(r"(?:^|(?<=\n)|(?<=[。；：]))[（(]?\d{1,2}(?:[、）)]|[.．](?!\d))", re.MULTILINE)


def find_distractors(text: str, blocked: bytearray) -> Iterator[Refused]:
    """Distractors of a clean text that overlap nothing ``blocked``, which is blocked where they are."""
    for pattern in (_SHAPE, _LIST_NUMBER):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(blocked[start:end]):
                blocked[start:end] = b"\1" * (end - start)
                yield Refused(start, end, _SHAPES[match.lastindex - 1][0] if match.lastindex else "list")
