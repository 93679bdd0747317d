"""What is counted or measured: the noun phrase of a figure, as a statistician would title the column.

Administrative Chinese has a handful of shapes. With N a noun phrase, V a verb and Q the number with its unit:

=========  ==============================  =====================================
rule       shape                           example
=========  ==============================  =====================================
n-q        N (为|达|…) Q                    核酸检测能力为41.7万管/日
v-q-n      V Q N                           开设35处发热门诊
q-n        Q N                             9家医疗机构
split      N、N和N 分别 Q、Q和Q              医师、护士分别4.57、6.02人
share      (占) Q of the N before           其中占43.2%
change     compared V Q after N            床位…比上年增加66张
carried    nothing of its own               由12.8%上升至25.6%
topic      N, clause(s) without a figure    健康素养水平，由…
=========  ==============================  =====================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg.extract.layout import Figure, Layout
from kg.extract.words import alternation


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator's name, the rule that found it, and whether it can be carried to figures without one."""

    text: str
    rule: str
    base: str = ""  # the name without share or change words, for what follows



@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure named before in the paragraph, as a later one sees it."""

    text: str
    base: str
    unit: str
    near: str  # "c" in the same clause, "s" in the same sentence, "p" in the same paragraph


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a choice among candidate names can lean on; texts are clean, ``masked`` has times and topics blanked."""

    text: str
    masked: str
    figure: Figure
    said: Named
    earlier: tuple[Earlier, ...]
    verb: str
    topic: str
    head: tuple[int, int]  # from the start of the clause to its first figure
    label: str  # what opens the paragraph before a colon
    heading: str  # the heading above the paragraph


Chooser = Callable[[Surroundings], Named]

_SCOPE = r"(?:全市|全省|全县|全区|全州|全旗|全镇|全乡|全国|全院|全中心|全系统|我市|我省|我县|我区|我州|我院|我中心|我镇|我乡|本市|本省|本县|本区|本院|市内|省内|辖区内?|境内|该市|该县|该区|该院|该中心|该镇|各地|各级|各县区|各县\(?市、?区\)?|市县两级|市、县两级|县乡两级|院内)"
_LEAD = re.compile(
    rf"^(?:{_SCOPE}|[、，和与及并且还又也均都已共约近超的地了“”"
    r"—－~●★•·\-]|以及|其中|目前|现有|现在|共有|总共|共计|合计|总计|累计|已有|已经|全年|年内|当年|今年|去年|先后|同时|此外|另外?|另有|截至|截止|到|至|在|于|由|从|自|将|让|为|对|给|向|有|是|包括|以来|期间|底|末|初|仍有|只有|仅|就有|尚有|还有|分别|依次|各|每年|年均|每天|平均|总体|基本上?|力争|确保|预计|计划|实际|实有(?=[^床编])|主要|如期|超额|圆满|顺利|免费(?=提供)|（|）|："
    r"|一是|二是|三是|四是|五是|[一二三四五六七八九十]+、|（?[一二三四五六七八九十\d]+）|\d+[.、．])"
)
_TAIL = re.compile(
    r"(?:[、，和与及了约近超逾达至到为是有占共仅只就均都已各“（：:—-]|不足|不到|超过|突破|接近|高达|多达|达到|达成|分别|依次|总计|合计|共计|累计|总共|共有|只有|仅有|仅为|约为|约占|占比?为|"
    r"上升|提高|提升|增长|增加|下降|降低|减少|降|升|压缩|缩短|缩小|扩大|扩展|扩增|跃升|攀升|回落|回升|增至|降至|升至|由|从|保持在?|稳定在?|控制在?|维持在?|"
    r"不低于|不高于|不少于|不超过|至少|低于|高于|优于|最高|最低|多|少|高|低|平均|只|才|也|还|将|要|力争|确保|预计|实现|超|需|能|可|再|又|位列|位居|名列|排名|排在?|排|列|居|第|全省|全国|全市|全县|全区)+$"
)
COMPARISON = re.compile(
    r"(?:比|较|同比|环比|与|和|同)(?:[^，。；]{0,14}?(?:相比|同期|年底?|末|上年|去年|上月|上周|前|初|平均水平?|平均|全省|全国|全市|指标|要求|目标))?"
)
_CHANGE_WORDS = r"晚|早|大|小|增长|增加|上升|提高|提升|下降|降低|减少|回落|增幅|降幅|升幅|涨幅|缩短|压缩|高出|高于|低于|多出|少了?|净增|扩大|缩小|收窄|增|降|升|涨|快|慢|多|少|高|低|长|短"
CHANGE_TAIL = re.compile(rf"(?:同比|环比|年均|平均|逐年|分别|均|又|再|各|约|累计|总体|同口径|双双)*(?:{_CHANGE_WORDS})(?:了|为|达|约|近|超过?|至多)*$")
SHARE_TAIL = re.compile(r"(?:，|^)?(?:约|已|共|合计|分别)?(?:占|占到|占比|所占比例|比例|比重|占全[市省县国区]的?|占总[^，。；]{0,6}?的)(?:[^，。；]{0,12}?的)?(?:比例|比重|总数)?(?:为|达到?|约|近|超过?|高达|到)*$")


@cache
def _verb_tail() -> re.Pattern[str]:
    return re.compile(rf"(?P<verb>{alternation('verbs')})(?:了|出|有|到|成|好)?$")


@cache
def _noun_end() -> re.Pattern[str]:
    return re.compile(rf"^.{{0,22}}?(?:{alternation('heads')})(?=$|[、，和与及或的均都已全被在为向于对达按将能也还实开设成建完通采进参接到共等有占率比由从列受以并因未尽需提报])")


_ADVERB = re.compile(r"(?:全部|均|都|已经?|被|进行|实行|全面|率先|成功|相继|先后|陆续|正在|正式|免费|共同|直接|分别|总数|可以|能够|达到|达|为|是|占|位列|中|用于|纳入|建成|开展|实施|参加|参与|荣获|获得|获评|获|接入|通过|投入|完成|实现|得到|享受|提供|成立|设立|设置|配备|前往|奔赴|驰援|支援|赴|到|在|向|对|与|按|把|将|由|从|使|让|有|上|里|外|后)")


@cache
def _leading_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('verbs')})")


def strip_lead(text: str) -> str:
    """Without words of scope, time and order at the start."""
    while (rest := _LEAD.sub("", text, count=1)) != text:
        text = rest
    return text


def strip_tail(text: str) -> str:
    """Without the words that join a name to its number (达到, 提高到, 约)."""
    stripped = _TAIL.sub("", text)
    return stripped if stripped else ""


def right_noun(text: str) -> str:
    """The noun phrase that opens a text after a number, up to the verb or mark that ends it."""
    text = text.removeprefix("的")
    whole = text
    text = re.split(r"[、，。；：！？（）\n\t]", text, maxsplit=1)[0]
    if not text:
        return ""
    match = _noun_end().match(text)
    if match:
        noun = match[0]
    else:
        cut = _ADVERB.search(text, 2)
        noun = text[: cut.start()] if cut else text
    aside = _ASIDE.match(whole, len(noun))  # 县（市、区）, 村（社区）
    return noun + aside[0] if aside else noun


_ASIDE = re.compile(r"（[^（）\d\n]{1,6}）[\u4e00-\u9fff]{0,4}?(?=$|[，。；、全均都]|[\u4e00-\u9fff])")
_NOT_COUNTED = re.compile(r"(?:增|减|升|降|提|扩|压|缩|跃|上|下|回|到|至|起|来|去|过|做到|变|的|地|得)(?:[至到高大低少加长升降缩落为]|[^\u4e00-\u9fff]|$)|(?:水平|目标|控制线|标准|要求|之间|部分)")
_STATE = re.compile(
    r"^(?:均|都|全部|已|已经|成功|率先|也|先后|全|共同|同时|正式|已全部)*"
    r"(?:(?:被)?(?:评为|评定为|命名为|认定为|确定为|授予|入选|列入|荣获|获评|获得|获)(?P<title>[^，。；、（]{3,16})"
    r"|(?P<state>(?:达到|建立|建成|建有|开展|实行|实现|设置|设立|通过|进入|参加|参与|完成|启动|接入|纳入|配备|申报|获批|实施|加入|提供|接受|享受|上榜|到岗|毕业)了?[^，。；（]{0,14}))"
)
_SHORT_NOUNS = re.compile(r"(?:单位|项目|人员|机构|个人|企业|学校|患者|群众|医疗机构|村|县|区|镇|乡|乡镇|社区|县区|人)")


_LINKED = re.compile(r"(?:对|在|与|和|由|向|把|将|为|从|给|按|经|以|用|到|组织|指导|支持|推动|确保|使|让|拿出|抽取|其中|这|该|各|每)$")
NOUN_LIKE = re.compile(
    r"(?:率|数|量|费|额|人|员|者|院|室|站|所|中心|机构|点|床|床位|病例|患者|设备|车|队|组|户|村|县|镇|校|金|费用|资金|投资|经费|收入|支出|面积|能力|检测|手术|疫苗|案件|项目|人口|对象|比例|比|时间|年龄|寿命|岁|水平|人次|次数|总数|事件|疫情|标本|样本|档案|协议|标准|工程|活动|业务|服务|治疗|诊断|检查|筛查|体检|随访|签约|接种|培训|讲座|文章|论文|专利|课题|称号|奖|岗位|编制|职称|学历|科|学科|专科|专业|病种|药品|物资|口罩|血|血液|垃圾|厕所|房|房屋|用房|楼|车辆|系统|平台|电话|咨询|投诉|举报|信息|材料|宣传|资料|手册|册|单|证|票|线|码|剂|片|例|门诊|急诊|住院|出院|入院|接诊|诊疗|就诊|转诊|会诊|转运|消毒|消杀|出动|覆盖|受益|参保|参合|补偿|报销|救助|补助|奖励|罚款|立案)$"
)
GENERIC = re.compile(
    r"(?:(?:全[国省市县区州]|该[省市县区]|省|市)?(?:平均|水平|平均水平|目标|指标|要求|任务|标准|控制指标|中位数)(?:值|数)?|[\u4e00-\u9fff\d]{1,3}年前|上月|上年|去年|同期|此前|之前|原来|原先|过去|最多时|最高时?|年初|期初|"
    r"前者|后者|两者|三者|二者|合计|总数|总量|人数|数量|金额|一年|年度|计划|其余|其他|剩余|这一(?:比重|比例|比值|数字|指标)|折合|相当于|概算|全部|总计|[个人名例家所台张项起件次份户]|之后|以上|以下|另有|还)(?:的|是|为)?"
)
MODIFIER = re.compile(
    r"(?:国家级?|中央|省级?|市级?|县级?|区级?|乡级?|镇级?|村级?|地市级|国家财政|财政|各级财政|省财政|市财政|县财政|个人|单位|集体|男性?|女性?|男婴|女婴|城市|农村|城镇|城区|乡村|职工|居民|城乡居民|公立|民营|社会办|"
    r"[一二三四]级(?:甲等|乙等)?|三甲|二甲|高级|中级|初级|正高|副高|本科|硕士|博士|大专|甲类|乙类|丙类|[AB]级|门诊|住院|急诊|一孩|二孩|三孩及?以?上?|全血|成分血|血小板|常住|户籍|重点人群|高血压|糖尿病)"
)
CLASS = re.compile(r"(?:医院|卫生院|卫生室|卫生服务中心|卫生服务站|服务中心|服务机构|机构|中心|站|诊所|门诊部|学校|企业|单位|农村|城市|市区|城区|乡镇|县\(?市?\)?|区县|区)$")
_OWN_UNITS = {"家", "所", "个", "处", "座", "间", "名", "位", "支", "台", "辆", "项", "种"}
PER_PREFIX = re.compile(r"^(?:平均)?(?:每千(?:名|人)?(?:常住|户籍|农业)?人口?(?:拥有|有)?|千人口?|每万(?:名|人)?(?:常住)?人口?(?:拥有|有)?|每十万人口|人均|次均)")
_CONTEST = re.compile(r"(?P<name>[^，。；、：（）]{0,16}?(?:考核|评价|评估|测评|评比|评审|竞赛|满意度|排行榜|百强|竞争力))")
_RANK_TAIL = re.compile(
    r"(?:位居|位列|名列|排名|排序|排在?|列|居|占据?|在|并列|稳居|跃居)*(?:全[国省市县区州][^，。；、]{0,6}?)?(?:位居|位列|名列|排名|排序|排在?|列|居|总分|综合)*(?:倒数)?第?$"
)
_MEASURE = re.compile(r"(?:的)?(?P<tail>(?:患者|病例|人群|儿童|医院|医疗机构|机构|人员|病人)?[^、和与及]{0,10}?(?:率|数|量|比例|费用|时间|床位|起付线|比重|水平|日|标准|收入|支出|占比))$")


class Naming:
    """Names the figures of a report one after another; each may lean on those before it in its paragraph."""

    def __init__(self, text: str, layout: Layout, masked: str, names: list[tuple[int, int]], chooser: Chooser | None = None) -> None:
        self._text = text
        self._layout = layout
        self._masked = masked  # times as \x00 and leading subjects as \x01, so that offsets hold
        self._name_ends = {end for _, end in names}
        self._names = names
        self._past: list[tuple[Figure, Named]] = []  # the figures of the paragraph so far
        self._chooser = chooser
        self._consumed = 0  # where the noun after the last figure ended

    def name(self, figure: Figure, siblings: list[Figure]) -> Named:
        """The indicator of a figure; ``siblings`` are the figures of its clause, itself included."""
        if self._past and self._past[-1][0].paragraph != figure.paragraph:
            self._past = []
        named = self._name(figure, siblings)
        named = self._choose(figure, siblings, named)
        self._past.append((figure, Named(named.text, named.rule, named.base or named.text)))
        return named

    def _choose(self, figure: Figure, siblings: list[Figure], named: Named) -> Named:
        """The best candidate name, the rules' own among them."""
        if self._chooser is None:
            return named
        left = strip_tail(strip_lead(self._text[slice(*figure.left)]))
        match = _verb_tail().search(left)
        earlier = tuple(
            Earlier(n.text, n.base or n.text, f.quantity.unit, "c" if f.clause == figure.clause else "s" if f.sentence == figure.sentence else "p")
            for f, n in self._past[-5:]
        )
        return self._chooser(
            Surroundings(
                text=self._text,
                masked=self._masked,
                figure=figure,
                said=named,
                earlier=earlier,
                verb=match["verb"] if match else "",
                topic=self._topic(figure),
                head=(figure.clause[0], siblings[0].quantity.start),
                label=self._label(figure),
                heading=self._heading(figure),
            )
        )

    def _label(self, figure: Figure) -> str:
        """手足口病：… : the words before a colon that open a paragraph."""
        match = re.match(r"(?:[（(]?[\d一二三四五六七八九十]+[）)、.．])?(?P<label>[^，。；：\n]{2,12})：", self._text[figure.paragraph[0] : figure.quantity.start])
        return match["label"] if match else ""

    def _heading(self, figure: Figure) -> str:
        """The line above, where it is short and ends without a mark."""
        end = figure.paragraph[0] - 1
        if end <= 0:
            return ""
        line = self._text[self._text.rfind("\n", 0, end) + 1 : end]
        line = re.sub(r"^[（(]?[\d一二三四五六七八九十]+[）)、.．\t ]+", "", line)
        return line if 2 <= len(line) <= 14 and line[-1] not in "，。；：" else ""

    def _name(self, figure: Figure, siblings: list[Figure]) -> Named:
        q = figure.quantity
        split = self._distributed(figure, siblings) or self._reflected(figure, siblings)
        if split:
            return Named(split, "split")
        left = self._segment(max(figure.left[0], min(self._consumed, q.start)), q.start)
        if q.rule == "n-rank":
            return self._rank(figure, left)
        right, consumed = self._right(figure)
        share = SHARE_TAIL.search(left)
        if q.unit == "%" and share:
            own = strip_tail(strip_lead(left[: share.start()]))
            if len(own) >= 2 and not COMPARISON.match(own) and not GENERIC.fullmatch(own):
                return Named(own + "占比", "share", own)
            base = self._inherited(figure)
            if base:
                return Named(base + "占比", "share", base)
        change = CHANGE_TAIL.search(left.rstrip("约近超"))
        if change and (q.unit in ("%", "个百分点", "个千分点", "倍", "番") or COMPARISON.search(left)):
            own = COMPARISON.split(left[: change.start()], maxsplit=1)[0]
            own = strip_tail(strip_lead(own))
            if len(own) >= 2 and not GENERIC.fullmatch(own):
                return Named(self._trim(own), "change", self._trim(own))
            base = self._inherited(figure)
            if base:
                return Named(base, "change", base)
        lead = strip_lead(left)
        noun = strip_tail(lead)
        verb = _verb_tail().search(noun or lead)
        at_name = any(end in self._name_ends for end in range(max(figure.left[0], q.start - 1), q.start + 1))
        if right and (
            len(noun) < 2
            or verb
            or at_name
            or noun.endswith("等")
            or _noun_end().match(right)
            or _LINKED.search(noun)
            or "、" in noun
            or (q.unit in _OWN_UNITS and not NOUN_LIKE.search(noun))
        ):
            v = verb["verb"] if verb and not at_name and len(verb["verb"]) > 1 else ""
            self._consumed = consumed
            if v in ("现有", "拥有", "共有", "设有", "具有", "包括", "覆盖", "涵盖"):
                v = ""
            state = self._state(consumed, right)
            if state and not v:
                return Named(state, "q-n-v", right)
            return Named(v + right, "v-q-n" if v else "q-n", right)
        if len(noun) >= 2 and not COMPARISON.fullmatch(noun) and not GENERIC.fullmatch(noun):
            return self._composed(figure, self._trim(noun))
        if right:
            self._consumed = consumed
            return Named(right, "q-n")
        if MODIFIER.fullmatch(noun) and self._past:
            return self._composed(figure, noun)
        topic = self._topic(figure)
        if topic:
            return Named(topic, "topic")
        base = self._inherited(figure)
        if base:
            return Named(base, "carried")
        return Named(self._fallback(figure), "fallback")

    def _state(self, at: int, noun: str) -> str:
        """What a bare noun did (37家单位|被评为先进集体, 8个项目|进入论证阶段): with so short a noun, its verb names it."""
        if len(noun) > 3 and not _SHORT_NOUNS.fullmatch(noun):
            return ""
        match = _STATE.match(self._text[at : at + 40])
        if match is None:
            return ""
        if match["title"]:
            return match["title"].removesuffix("称号").strip("“”")
        return match["state"].replace("了", "", 1) + noun

    def _composed(self, figure: Figure, noun: str) -> Named:
        """A name of its own, or one that only narrows the figure before (其中乡镇卫生院98.6万人次, 省级3个)."""
        if not self._past:
            return Named(noun, "n-q")
        before, last = self._past[-1]
        prefix = PER_PREFIX.match(last.text)
        here = self._text[before.quantity.end : figure.quantity.start]
        if prefix and here.startswith(("、", "和", "，")) and len(here) < 16 and figure.quantity.unit in ("人", "张", "名", "个", "床日", "人次") and not PER_PREFIX.match(noun):
            return Named(prefix[0] + noun, "n-q")
        base = last.base
        if MODIFIER.fullmatch(noun) and not noun.endswith("率"):
            # 国家级2个、省级3个: the base is that of the list, not of its last member
            for earlier, named in reversed(self._past):
                if earlier.quantity.unit == figure.quantity.unit and named.rule != "narrowed":
                    base = named.base
                    break
            return Named(noun + base, "narrowed", base)
        if CLASS.search(noun) and figure.quantity.unit not in _OWN_UNITS and before.quantity.unit == figure.quantity.unit and before.sentence[0] >= figure.sentence[0] - 60:
            for earlier, named in reversed(self._past):
                if earlier.quantity.unit == figure.quantity.unit and named.rule not in ("narrowed", "share", "change"):
                    return Named(noun + named.base, "narrowed", named.base)
        return Named(noun, "n-q")

    def _rank(self, figure: Figure, left: str) -> Named:
        """A rank is named by what was ranked: the contest of its sentence, else the figure before."""
        sentence = self._text[figure.sentence[0] : figure.quantity.start]
        contest = None
        for match in _CONTEST.finditer(sentence):
            contest = match
        if contest:
            return Named(strip_lead(contest["name"]).removeprefix("在") + "排名", "rank")
        own = strip_tail(strip_lead(_RANK_TAIL.sub("", left)))
        base = own if len(own) >= 3 else (self._inherited(figure) or strip_lead(left))
        return Named(base + "排名", "rank", base)

    def _right(self, figure: Figure) -> tuple[str, int]:
        """The noun after a figure and where it ends."""
        if not self._takes_right(figure):
            return "", figure.quantity.end
        text = self._text[slice(*figure.right)]
        noun = right_noun(text)
        if not noun or _ADVERB.match(noun) or _NOT_COUNTED.match(noun) or GENERIC.fullmatch(noun) or (_leading_verb().match(noun) and not _noun_end().match(noun)):
            return "", figure.quantity.end
        offset = figure.quantity.end + (1 if text.startswith("的") else 0)
        return noun, offset + len(noun)

    def _segment(self, start: int, end: int) -> str:
        """Text before a figure in its clause, from after the last time or leading subject."""
        masked = self._masked[start:end]
        at = max(masked.rfind("\x00"), masked.rfind("\x01"))
        segment = self._text[start + at + 1 : end]
        if at >= 0 and len(strip_tail(strip_lead(segment))) < 2:  # the time stands inside: 比2015年提高
            before = masked[:at].replace("\x00", "").replace("\x01", "")
            if len(strip_tail(strip_lead(before))) >= 2:
                return before + segment
        return segment

    @staticmethod
    def _trim(noun: str) -> str:
        """The end of an over-long phrase: what follows its last verb of doing or its last 的."""
        noun = re.sub(r"^(?:【[^】]*】|〔[^〕]*〕|\[[^\]]*\])", "", noun).strip("“”‘’\"'「」『』 \t■●▲◆【】")
        listed = re.match(r"(?P<list>.*、.*?)等(?P<kind>[^等]{2,})$", noun)
        if listed and len(noun) > 12:
            verb = _leading_verb().match(noun)
            return (verb[0] if verb else "") + listed["kind"]
        if len(noun) <= 16:
            return noun
        cut = max(noun.rfind("，"), noun.rfind("的", 0, len(noun) - 2))
        if 0 < cut < len(noun) - 3:
            return strip_lead(noun[cut + 1 :])
        return noun

    def _takes_right(self, figure: Figure) -> bool:
        """Can a noun after this figure be what it counts?"""
        q = figure.quantity
        after = self._text[figure.right[0] : figure.right[0] + 2]
        if not after or after[0] in "，。；：、！？（）\n\t和与及以左上之多余":
            return False
        if q.unit in ("%", "‰", "个百分点", "个千分点", "") or q.unit.startswith("/"):
            return after[0] == "的"
        return bool(re.match(r"[\u4e00-\u9fffA-Za-z“]", after))

    def _distributed(self, figure: Figure, siblings: list[Figure]) -> str:
        """医师、护士分别为4.57、6.02人: the item of the coordination with the figure's own place."""
        if len(siblings) < 2:
            return ""
        start = siblings[0].clause[0]
        first = siblings[0].quantity.start
        head = self._text[start:first]
        match = re.search(r"(?P<items>[^，。；]*?)(?P<joint>分别|依次|各[为有占])(?P<tail>[^，。；\d]{0,8})$", head)
        if not match or not self._in_series(siblings):
            return ""
        index = siblings.index(figure)
        begin, end = start, start + match.end("items")
        inside = [n for n in self._names if begin <= n[0] and n[1] <= end]
        if len(inside) >= len(siblings):  # a coordination of names: what follows it is shared
            shared = strip_tail(strip_lead(self._text[inside[-1][1] : end].removeprefix("等").removeprefix("的")))
            return self._trim(re.sub(r"^[\d两三四五六七八九十]+[个家所地]+(?:[\u4e00-\u9fff]{0,3}[县市区院])?", "", shared)) if len(shared) >= 2 else ""
        items_text = strip_lead(self._segment(begin, end))
        items = [i for i in re.split(r"、|和|与|及|以及", items_text) if i]
        if len(items) != len(siblings):
            return ""
        own, last = items[index], items[-1]
        prefix = PER_PREFIX.match(items[0]) or re.match(r"(?:新增|平均|累计|参加|报告)", items[0])
        if prefix and index and not own.startswith(prefix[0][:2]):
            own = prefix[0] + own
        measure = _MEASURE.search(last)
        if measure and index < len(items) - 1 and not _MEASURE.search(own):
            tail = measure["tail"]
            if own.endswith("级"):
                tail = re.sub(r"^[一二三四乡镇村县市省]级", "", last)
            return own + tail
        return own

    def _in_series(self, siblings: list[Figure]) -> bool:
        """Do the figures follow each other as a coordination?"""
        gaps = [self._text[a.quantity.end : b.quantity.start] for a, b in zip(siblings[:-1], siblings[1:], strict=True)]
        return all(re.fullmatch(r"[、，]?(?:和|与|及|以及)?(?:约|近|超)?", gap) for gap in gaps)

    def _reflected(self, figure: Figure, siblings: list[Figure]) -> str:
        """门诊X、出院Y、手术Z，同比分别增长a、b、c: the last figures before, one each."""
        if len(siblings) < 2 or not self._in_series(siblings):
            return ""
        head = self._text[siblings[0].clause[0] : siblings[0].quantity.start]
        if not re.search(r"分别|依次|各(?:增|降|提|下|上)", head):
            return ""
        past = [named for earlier, named in self._past if earlier.quantity.start < siblings[0].clause[0]]
        if len(past) < len(siblings):
            return ""
        return past[len(past) - len(siblings) + siblings.index(figure)].base

    def _topic(self, figure: Figure) -> str:
        """The subject of clauses before this one in the sentence, where they have no figure of their own."""
        clause = self._layout.clause_before(figure.clause[0])
        last_end = self._past[-1][0].quantity.end if self._past else -1
        for _ in range(2):
            if clause is None or (clause[0] < figure.sentence[0] and self._text[clause[1] : clause[1] + 1] not in ("：", "，")):
                return ""
            if last_end > clause[0]:
                return ""
            topic = strip_tail(strip_lead(self._segment(*clause)))
            if 2 <= len(topic) <= 24 and not GENERIC.fullmatch(topic):
                return self._trim(topic)
            clause = self._layout.clause_before(clause[0])
        return ""

    def _inherited(self, figure: Figure) -> str:
        """The name of the figure before, in the same paragraph; in brackets that of the figure before the bracket."""
        topic = self._topic(figure)
        if topic:
            return topic
        return self._past[-1][1].base if self._past else ""

    def _fallback(self, figure: Figure) -> str:
        """The nearest words at all, rather than none."""
        left = self._text[figure.clause[0] : figure.quantity.start]
        right = self._text[figure.quantity.end : figure.clause[1]]
        text = strip_tail(strip_lead(re.sub(r"[\d.,%]+", "", left))) or re.sub(r"[\d.,%]+", "", right)
        return text[-12:] or figure.quantity.unit or "数量"
