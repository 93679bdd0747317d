"""Organisations known by the shape of their whole name: teams, leading groups, web sites, what a source line names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Mention
from kg.tag import lexicon
from kg.tag.boundaries import counts, words
from kg.tag.organisation_anchor import Head, Reader, words_of

Found = tuple[int, int, str, str]  # start, end, rule, type
_GROUP = re.compile(r"(?:领导小组|指挥部|工作专班|专班)(?!办公室)")
_GROUP_STOP = re.compile(r"把|成立|组建|设在|召开|第一时间|印发|关于|会议|部署|组织|要求|按照|作为|由|将|各")
_PAPER = re.compile(
    r"《(?!公报|通报|简报|年报|月报|快报|周报|海报|喜报|战报)[\u4e00-\u9fff]{1,9}(?<![公通简年月快海喜战])报》|《[\u4e00-\u9fff]{2,10}》(?=第?\d+期)"
)
_NATIONAL = re.compile(
    r"国家(?!级|卫健|卫生|医保)[\u4e00-\u9fff]{2,12}?(?:医学中心|管理中心|研究中心|医学研究中心|质控中心|监测中心)"
)
_SOCIETY = re.compile(
    r"(?:中国|中华|全国|国际|世界|联合国)(?!各|首)[\u4e00-\u9fff]{2,12}?(?:基金会|协会|学会|总会|联合会|研究会|促进会|总工会|医学科学院|科学院|中医科学院|总局|总公司)(?!会员|年会|议)"
)
_NATIONAL_CENTRE = re.compile(
    r"国家(?!级|卫健|卫生|医保|区域)[\u4e00-\u9fff]{1,6}?(?:病中心|癌症中心|医学中心|血管中心|康复中心|健康中心)(?!建设|项目|城市)"
)
_COMPANY = re.compile(r"(?:集团)?(?:股份有限公司|有限责任公司|有限公司)(?:[\u4e00-\u9fff]{2,4}分公司)?")
_RUN_BEFORE = re.compile(r"[\u4e00-\u9fff]+$")
_IN_COMPANY = frozenset(
    [
        "中",
        "大",
        "新",
        "老",
        "上",
        "下",
        "一",
        "千",
        "万",
        "百",
        "时",
        "日",
        "长",
        "全",
        "同",
        "和",
        "市",
        "省",
        "县",
        "公共",
        "网络",
        "联合",
        "合作",
        "建设",
    ]
)
_CLASS_OF_COMPANY = re.compile(r"[多各两三]家|子$|保险$")
_BUREAU = re.compile(
    r"(?:局(?![长面部限势域促地麻])|(?<![怎么开举承主经筹协督查创兴包代催])办(?![公法理事学医案结好成到展得完实机]))"
)
_ARMY = re.compile(
    r"(?:(?:中国人民)?解放军)?联勤保障部队第[〇○零一二三四五六七八九十百\d]{1,5}医院|(?:中国人民)?解放军(?:总医院|第[〇○零一二三四五六七八九十百\d]{1,5}(?:中心)?医院|[\u4e00-\u9fff]{2,6}?医院)|武警[\u4e00-\u9fff]{2,8}?医院"
)
_POLICE = re.compile(r"公安(?:局)?[\u4e00-\u9fff]{2,3}分局")
_FIRM = re.compile(
    r"(?:国网|国家电网|南方电网|中国(?:移动|电信|联通|铁塔|石油|石化|人寿|人保|邮政|农业银行|工商银行|建设银行|银行))(?:(?![的与和及等在])[\u4e00-\u9fff]){2,6}?(?:分公司|支公司|供电公司|公司|支行|分行)|"
    r"武警(?:(?![的与和及等在])[\u4e00-\u9fff]){2,4}?支队"
)
_HOTLINE = re.compile(r"12\d{3}[\u4e00-\u9fff]{2,6}热线")
_PARTY = re.compile(
    r"(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:中央|[\u4e00-\u9fff]{2,7}?[省市县区州](?:委员会|委|总支部?|支部))"
)
_SITE = re.compile(
    r"(?:网|(?<=[省市县区州])情网|融媒|卫监|疾控|卫健|发布|在线|健康网|地情网|信息港|新闻网|文明网|长安网)(?=[\s\d（(】\n>、，]|讯|www|记者|报道|转发|$)"
)
_TEAM = re.compile(
    r"(?:(?:全[省市县])?(?:首批|第[一二三四五六七八九十\d]+批)?(?:[“”]组团式[“”])?"
    r"(?:援[藏疆鄂沪青川琼吉陕豫黔滇桂]|援(?![助建派外我本])[\u4e00-\u9fff]{2,6}?(?=(?:中国)?(?:抗疫)?医疗队)|(?:支援|援助|驰援)(?![我本])[\u4e00-\u9fff]{2,3}?)(?:抗疫|抗击疫情|中国)?|海上紧急|国家紧急|国家)(?:医疗队|医学救援队|护理队)"
)
_BATCHES = re.compile(r"(?:累计|先后|共)?\d+批")
_SOURCE = re.compile(
    r"(?:(?:公众号|客户端)(?=[“])|(?:来源|作者单位|供稿|发布单位|发布机构|信息来源|主办|主办单位|承办单位|编辑单位)[：:|]\s*)[“]?([^\s，。；（）()【】\[\]|：:\d]{2,18})"
)


_ALIAS = re.compile(
    r"（(?:以下|下)?(?:简称|称)[：:]?“?((?![我本该])[\u4e00-\u9fff]{2,12}?)”?(?:[、，或][^）]{0,20})?）"
)
_AFTER_SOURCE = re.compile(r"发布|作者|编辑|时间|记者|浏览|点击|字体|日期")
_SOURCE_NAME = re.compile(
    r"(?!本[站网]|原创|未知|转载|互联网|网络|编辑|记者|综合)[\u4e00-\u9fff“”《》·]{2,18}"
)
_BODY = re.compile(
    r"(?:(?:综合)?(?:服务|监督|保障|管理|指导|治理|评估|监测|调度|交易|培训|审核|核算|结算|救援|急救)?中心|研究院|研究所|协会|学会|联合会|基金会|公司|集团|学校|学院|养老院|敬老院|福利院|实验室|监测站|商会|联盟|图书馆|博物馆|体育馆)(?!建设|工作|医院|卫生院|血站|城区|主任|机制|项目|任务)"
)
_SOURCE_END = re.compile(
    r"(?:报|网|台|中心|局|委|院|办|发布|健康|融媒|在线|社|委员会|站|港|客户端|政府|新闻)$"
)


_CAMPUS = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=其中|部和|院和))(?![老旧本总分主各两三四多原该我])(?:(?![个部老的与和及从到在])[\u4e00-\u9fff]){2,3}院区|"
    r"(?<=[、，。；：（\n])[东南西北]院区(?![、和与及])"
)
_COMMON = 3000  # 目前院区 is no campus
_LEAGUE = re.compile(r"团[省市县区州旗]委(?!员)|共青团[\u4e00-\u9fff]{2,8}?委(?:员会)?")
_GROUP_HEAD = Head("领导小组", "government", "area")


def teams(text: str, reader: Reader) -> list[Found]:
    """Medical teams sent elsewhere (宜昌援沪医疗队), with the place they come from."""
    return [
        (reader.ending.get(match.start(), match.start()), match.end(), "org-team", "team")
        for match in _TEAM.finditer(text)
        if not _BATCHES.match(text, match.end())
    ]


def groups(text: str, reader: Reader) -> Iterator[Found]:
    """Leading groups and headquarters, whatever their task is, behind a place or 市 (市卫生应急试验区建设领导小组)."""
    for match in _GROUP.finditer(text):
        start = _group_start(text, match.start(), reader)
        if start is not None:
            yield start, match.end(), "org-group", "government"


def _group_start(text: str, end: int, reader: Reader) -> int | None:
    for start in range(end - 1, max(-1, end - 22), -1):
        if (
            text[start] in "，。；：、\n\t（）“”的了在和与等"
            or text[start].isdigit()
            or _GROUP_STOP.search(text[start:end])
        ):
            return None
        if start in reader.ending:
            return reader.ending[start]
        deictic = reader.deictic(start, _GROUP_HEAD)
        before = text[deictic - 1] if deictic else "\n"
        if deictic is not None and (not "\u4e00" <= before <= "\u9fff" or before in "立由向是为的在任据照按"):
            return deictic
    return None


def sites(text: str, places: Sequence[Mention]) -> Iterator[Found]:
    """Web sites and accounts named by their place (山南网, 宜昌发布)."""
    for place in places:
        match = _SITE.match(text, place.end)
        if match:
            yield place.start, match.end(), "org-site", "media"


def sources(text: str) -> list[Found]:
    """What a source line names (来源：宜昌发布)."""
    found = []
    for match in _SOURCE.finditer(text):
        whole = match[1].endswith("发布")
        name = (match[1] if whole else _AFTER_SOURCE.split(match[1])[0]).rstrip("”")
        if not _SOURCE_NAME.fullmatch(name):
            continue
        if _SOURCE_END.search(name) or any(
            name[:size] in lexicon.forms() for size in range(2, min(5, len(name)) + 1)
        ):
            found.append((match.start(1), match.start(1) + len(name), "org-source", "media"))
    return found


def bodies(text: str, reader: Reader) -> Iterator[Found]:
    """Centres, societies, companies and the like, whatever they do, behind a place or 市 (德州市危重孕产妇救治中心)."""
    for match in _BODY.finditer(text):
        start = reader.across(match.start())
        if start is not None:
            yield start, match.end(), "org-body", "centre"


def companies(text: str) -> Iterator[Found]:
    """Companies by their legal form, from the last word that cannot be part of a name on."""
    stops = words_of("name_stops.txt") - _IN_COMPANY
    for match in _COMPANY.finditer(text):
        run = _RUN_BEFORE.search(text, max(0, match.start() - 18), match.start())
        start = match.start()
        for word in reversed(words(run[0]) if run else []):
            if word in stops:
                break
            start -= len(word)
        if match.start() - start >= 2 and not _CLASS_OF_COMPANY.search(text[start : match.start()]):
            yield start, match.end(), "org-company", "company"


def bureaus(text: str, reader: Reader) -> Iterator[Found]:
    """Offices and bureaus, whatever their task, behind a place or 市 (县合管办, 区社会事业局)."""
    for match in _BUREAU.finditer(text):
        start = reader.across(match.start())
        if start is not None:
            yield start, match.end(), "org-bureau", "government"


def aliases(text: str) -> list[tuple[int, str]]:
    """Short names that a text gives itself, with the end of the full name before (某医院（以下简称“区精卫中心”）)."""
    return [(match.start(), match[1]) for match in _ALIAS.finditer(text)]


_DONATION = re.compile(  # 人民广场爱心献血屋
    r"(?:^|(?<=[，。；、：\n（在到和与]))(?!(?:街头|固定|流动|新建|建成|新增|增设|设置|投入|全[市县区]|市区|城区|爱心|各|每|其中|一座|两座))"
    r"(?:(?!新建|年内|[仅的个座处市县区旗])[\u4e00-\u9fff]){2,6}(?:爱心)?献血屋"
)


def others(text: str) -> Iterator[Found]:
    """National centres and societies, hospitals of the army, parties, campuses by their own name, newspapers in book marks."""
    for match in _NATIONAL.finditer(text):
        if not re.search(r"[的在与和及等为]|建设|成立|设立", match[0]):
            yield *match.span(), "org-national", "centre"
    for pattern in (_ARMY, _POLICE, _FIRM, _HOTLINE, _PARTY, _SOCIETY, _NATIONAL_CENTRE):
        for match in pattern.finditer(text):
            if not re.search(r"[的在与及等为]|建设|成立|设立", match[0]):
                yield *match.span(), "org-national", "centre"
    for match in _CAMPUS.finditer(text) if "院区" in text else ():
        name = match[0].removesuffix("院区")
        if (
            name not in words_of("organisation_body.txt")
            and name != "中医"
            and (len(name) == 1 or counts().get(name, 0) < _COMMON)
        ):
            yield *match.span(), "org-campus", "hospital"
    for match in _DONATION.finditer(text):
        yield *match.span(), "org-campus", "centre"
    for match in _LEAGUE.finditer(text):
        yield *match.span(), "org-league", "government"
    for match in _PAPER.finditer(text):
        yield match.start() + 1, match.end() - 1, "org-media", "media"
