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
_COMPARISON = re.compile(
    r"(?:比|较|同比|环比|与|和|同)(?:[^，。；]{0,14}?(?:相比|同期|年底?|末|上年|去年|上月|上周|前|初|平均水平?|平均|全省|全国|全市|指标|要求|目标))?"
)
_CHANGE_WORDS = r"增长|增加|上升|提高|提升|下降|降低|减少|回落|增幅|降幅|升幅|涨幅|缩短|压缩|高出|高于|低于|多出|少了?|净增|扩大|缩小|收窄|增|降|升|涨|快|慢|多|少|高|低|长|短"
_CHANGE_TAIL = re.compile(rf"(?:同比|环比|年均|平均|逐年|分别|均|又|再|各|约|累计|总体|同口径|双双)*(?:{_CHANGE_WORDS})(?:了|为|达|约|近|超过?|至多)*$")
_SHARE_TAIL = re.compile(r"(?:，|^)?(?:约|已|共|合计|分别)?(?:占|占到|占比|所占比例|比例|比重|占全[市省县国区]的?|占总[^，。；]{0,6}?的)(?:[^，。；]{0,12}?的)?(?:比例|比重|总数)?(?:为|达到?|约|近|超过?|高达|到)*$")


@cache
def _verb_tail() -> re.Pattern[str]:
    return re.compile(rf"(?P<verb>{alternation('verbs')})(?:了|出|有|到|成|好)?$")


@cache
def _noun_end() -> re.Pattern[str]:
    return re.compile(rf"^.{{0,22}}?(?:{alternation('heads')})(?=$|[、，和与及或的均都已全被在为向于对达按将能也还实开设成建完通采进参接到共等有占率比由从列受以并因未尽需提报])")


_ADVERB = re.compile(r"(?:全部|均|都|已经?|被|进行|实行|全面|率先|成功|相继|先后|陆续|正在|正式|免费|共同|直接|分别|总数|可以|能够|达到|达|为|是|占|位列|中|用于|纳入|建成|开展|实施|参加|参与|荣获|获得|获评|获|接入|通过|投入|完成|实现|得到|享受|提供|成立|设立|设置|配备|前往|奔赴|驰援|支援|赴|到|在|向|对|与|按|把|将|由|从|使|让|有|上|里|外|后)")


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
    text = re.split(r"[、，。；：！？（）\n\t]", text.removeprefix("的"), maxsplit=1)[0]
    if not text:
        return ""
    match = _noun_end().match(text)
    if match:
        return match[0]
    cut = _ADVERB.search(text, 2)
    return text[: cut.start()] if cut else text


class Naming:
    """Names the figures of a report one after another; each may lean on those before it in its paragraph."""

    def __init__(self, text: str, layout: Layout, masked: str) -> None:
        self._text = text
        self._layout = layout
        self._masked = masked  # times as \x00 and leading subjects as \x01, so that offsets hold
        self._last: Named | None = None
        self._last_figure: Figure | None = None
        self._verb = ""

    def name(self, figure: Figure, siblings: list[Figure]) -> Named:
        """The indicator of a figure; ``siblings`` are the figures of its clause, itself included."""
        if self._last_figure is not None and self._last_figure.paragraph != figure.paragraph:
            self._last, self._verb = None, ""
        named = self._name(figure, siblings)
        self._last = Named(named.text, named.rule, named.base or named.text)
        self._last_figure = figure
        return named

    def _name(self, figure: Figure, siblings: list[Figure]) -> Named:
        q = figure.quantity
        split = self._distributed(figure, siblings)
        if split:
            return Named(split, "split")
        left_raw = self._segment(*figure.left)
        left_clean = left_raw
        right = right_noun(self._text[slice(*figure.right)]) if self._takes_right(figure) else ""
        share = _SHARE_TAIL.search(left_clean)
        if q.unit == "%" and share:
            own = strip_tail(strip_lead(left_clean[: share.start()]))
            if len(own) >= 2 and not _COMPARISON.match(own):
                return Named(own + "占比", "share", own)
            base = self._inherited(figure)
            if base:
                return Named(base + "占比", "share", base)
        change = _CHANGE_TAIL.search(left_clean.rstrip("约近超"))
        if change and (q.unit in ("%", "个百分点", "个千分点", "倍", "番") or _COMPARISON.search(left_clean)):
            own = _COMPARISON.split(left_clean[: change.start()], maxsplit=1)[0]
            own = strip_tail(strip_lead(own))
            if len(own) >= 2:
                return Named(own, "change", own)
            base = self._inherited(figure)
            if base:
                return Named(base, "change", base)
        left = strip_lead(left_clean)
        verb = _verb_tail().search(strip_tail(left) or left)
        noun = strip_tail(left)
        if right and (not noun or verb or len(noun) < 2 or self._is_linker(noun)):
            v = verb["verb"] if verb else ""
            if v in ("有", "设", "含", "辖", "现有", "拥有", "共有"):
                v = ""
            self._verb = v
            return Named(v + right, "v-q-n" if v else "q-n", right)
        if len(noun) >= 2 and not _COMPARISON.fullmatch(noun):
            return Named(self._trim(noun), "n-q")
        if right:
            return Named(right, "q-n")
        topic = self._topic(figure)
        if topic:
            return Named(topic, "topic")
        base = self._inherited(figure)
        if base:
            return Named(base, "carried")
        return Named(self._fallback(figure), "fallback")

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
    def _is_linker(noun: str) -> bool:
        return bool(re.fullmatch(r"(?:对|在|与|和|由|向|把|将|为|从|给|按|经|以|等|用).*", noun)) and len(noun) <= 2

    @staticmethod
    def _trim(noun: str) -> str:
        """The end of an over-long phrase: what follows its last verb of doing or its last 的."""
        noun = noun.strip("“”‘’\"'「」『』 \t")
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
        if not after or after[0] in "，。；：、！？（）\n\t和与及以左上之多余以" and not after.startswith("上门"):
            return False
        if q.unit in ("%", "‰", "个百分点", "个千分点", "") or q.unit.startswith("/"):
            return after[0] == "的"
        if q.unit in ("人", "人次", "例", "例次", "岁", "元", "倍", "户次", "家次"):
            return bool(re.match(r"[\u4e00-\u9fff]", after))
        return bool(re.match(r"[\u4e00-\u9fffA-Za-z“]", after))

    def _distributed(self, figure: Figure, siblings: list[Figure]) -> str:
        """医师、护士分别为4.57、6.02人: the item of the coordination with the figure's own place."""
        if len(siblings) < 2:
            return ""
        start = siblings[0].clause[0]
        head = self._segment(start, siblings[0].quantity.start)
        match = re.search(r"(?P<items>[^，。；]*?)(?P<joint>分别|依次|各)(?P<tail>[^，。；\d]{0,8})$", head)
        if not match:
            return ""
        index = siblings.index(figure)
        between = [self._text[a.quantity.end : b.quantity.start] for a, b in zip(siblings[:-1], siblings[1:], strict=True)]
        if any(not re.fullmatch(r"[、，]?(?:和|与|及|以及)?[^、，\d]{0,2}", b) for b in between[: max(index, 1)]):
            return ""
        items_text = strip_lead(match["items"])
        items = [i for i in re.split(r"、|和|与|及|以及", items_text) if i]
        if len(items) != len(siblings):
            return ""
        own = items[index]
        # a head shared by all stands after the last item (一级、二级、三级医院的起付线)
        shared = re.search(r"的(?P<head>[^的]{2,10})$", items[-1])
        if shared and index < len(items) - 1 and not own.endswith(shared["head"]):
            return own + re.sub(r"^[\u4e00-\u9fff]级", "", items[-1]) if own.endswith("级") else own + shared["head"]
        longest = max(items, key=len)
        prefix = re.match(r"(?:每?千(?:名|人)?(?:常住)?人口(?:拥有)?|每?万人口?(?:拥有)?|人均|新增|平均|累计)", items[0])
        if prefix and index and not own.startswith(prefix[0][:2]):
            own = prefix[0] + own
        del longest
        return own

    def _topic(self, figure: Figure) -> str:
        """The subject of clauses before this one in the sentence, where they have no figure of their own."""
        clause = self._layout.clause_before(figure.clause[0])
        last_end = self._last_figure.quantity.end if self._last_figure else -1
        for _ in range(2):
            if clause is None or clause[0] < figure.sentence[0] and self._text[clause[1] : clause[1] + 1] not in "：，":
                return ""
            if last_end > clause[0]:
                return ""
            topic = strip_tail(strip_lead(self._segment(*clause)))
            if 2 <= len(topic) <= 24:
                return self._trim(topic)
            clause = self._layout.clause_before(clause[0])
        return ""

    def _inherited(self, figure: Figure) -> str:
        """The name of the figure before, in the same paragraph."""
        return (self._last.base or self._last.text) if self._last else self._topic(figure)

    def _fallback(self, figure: Figure) -> str:
        """The nearest words at all, rather than none."""
        left = self._text[figure.clause[0] : figure.quantity.start]
        right = self._text[figure.quantity.end : figure.clause[1]]
        text = strip_tail(strip_lead(re.sub(r"[\d.,%]+", "", left))) or re.sub(r"[\d.,%]+", "", right)
        return text[-12:] or figure.quantity.unit or "数量"
