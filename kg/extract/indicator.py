"""What is counted or measured: the noun phrase of a figure, as a statistician would title the column.

Administrative Chinese has a handful of shapes. With N a noun phrase, V a verb and Q the number with its unit:

=========  ==============================  =====================================
rule       shape                           example
=========  ==============================  =====================================
n-q        N (为|达|…) Q                    血液检验能力为5200份/日
v-q-n      V Q N                           新设14处胸痛门诊
q-n        Q N                             6家医疗机构
split      N、N和N 分别 Q、Q和Q              医师、护士分别4.57、6.02人
share      (占) Q of the N before           其中占43.2%
change     compared V Q after N            床位…比上年增加66张
carried    nothing of its own               由28.3%上升至44.2%
topic      N, clause(s) without a figure    健康素养水平，由…
=========  ==============================  =====================================
"""

from __future__ import annotations

import re

from kg.extract.coordination import in_series, row, shared_end
from kg.extract.layout import Figure, Layout
from kg.extract.phrases import (
    ADVERB,
    CHANGE_TAIL,
    CLASS,
    COMPARISON,
    CONTEST,
    GENERIC,
    LINKED,
    MEASURE,
    MODIFIER,
    NOT_COUNTED,
    NOUN_LIKE,
    OWN_UNITS,
    PER_PREFIX,
    RANK_TAIL,
    SHARE_TAIL,
    SHORT_NOUNS,
    STATE,
    balanced,
    leading_verb,
    noun_end,
    right_noun,
    strip_lead,
    strip_tail,
    verb_tail,
    without_area,
)
from kg.extract.surroundings import Chooser, Named, Surroundings, earlier

_HAVING = frozenset(
    ["现有", "拥有", "共有", "设有", "具有", "包括", "覆盖", "涵盖"]
)  # verbs that add nothing to a name
_POINTS = frozenset(["%", "个百分点", "个千分点", "倍", "番"])


class Naming:
    """Names the figures of a report one after another; each may lean on those before it in its paragraph."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        masked: str,
        names: list[tuple[int, int]],
        chooser: Chooser | None = None,
    ) -> None:
        self._text = text
        self._layout = layout
        self._masked = masked  # times as \x00 and leading subjects as \x01, so that offsets hold
        self._name_ends = {end for _, end in names}
        self._names = names
        # the figures of the paragraph so far, with where the brackets around them open
        self._past: list[tuple[Figure, Named, frozenset[int]]] = []
        self._told: list[
            tuple[Figure, Named]
        ] = []  # those of them that stand in no bracket closed before this one
        self._above: list[tuple[Figure, Named]] = []  # those of the paragraph before it
        self._chooser = chooser
        self._consumed = 0  # where the noun after the last figure ended

    def name(self, figure: Figure, siblings: list[Figure]) -> Named:
        """The indicator of a figure; ``siblings`` are the figures of its clause, itself included."""
        if self._past and self._past[-1][0].paragraph != figure.paragraph:
            self._above, self._past = [(f, n) for f, n, _ in self._past], []
        around = frozenset(self._layout.brackets(figure.quantity.start))
        self._told = [(f, n) for f, n, brackets in self._past if brackets <= around]
        named = self._name(figure, siblings)
        if named.rule != "split" or row(self._text, figure, siblings) is siblings:
            named = self._choose(figure, siblings, named)
        text = (
            balanced(without_area(named.text.partition("\t")[0].strip()))
            or balanced(self._fallback(figure))
            or figure.quantity.unit
            or "数量"
        )
        tidied = Named(text, named.rule, without_area(named.base) or text)
        self._past.append((figure, tidied, around))
        return tidied

    def _choose(self, figure: Figure, siblings: list[Figure], named: Named) -> Named:
        """The best candidate name, the rules' own among them."""
        if self._chooser is None:
            return named
        left = strip_tail(strip_lead(self._text[slice(*figure.left)]))
        match = verb_tail().search(left)
        return self._chooser(
            Surroundings(
                text=self._text,
                masked=self._masked,
                figure=figure,
                said=named,
                earlier=earlier(self._text, figure, len(siblings), self._told, self._above),
                verb=match["verb"] if match else "",
                topic=self._topic(figure),
                head=(figure.clause[0], siblings[0].quantity.start),
            )
        )

    def _name(self, figure: Figure, siblings: list[Figure]) -> Named:
        """The name by the first shape that fits."""
        q = figure.quantity
        split = self._distributed(figure, siblings) or self._reflected(figure, siblings)
        if split:
            return Named(split, "split")
        left = self._segment(max(figure.left[0], min(self._consumed, q.start)), q.start)
        if q.rule == "n-rank":
            return self._rank(figure, left)
        derived = self._share(figure, left) or self._change(figure, left)
        if derived:
            return derived
        noun = strip_tail(strip_lead(left))
        right, consumed = self._right(figure)
        if right and self._prefers_right(figure, noun, right):
            self._consumed = consumed
            return self._counted(figure, noun or strip_lead(left), right)
        if len(noun) >= 2 and not COMPARISON.fullmatch(noun) and not GENERIC.fullmatch(noun):
            return self._composed(figure, self._trim(noun))
        if right:
            self._consumed = consumed
            return Named(right, "q-n")
        if MODIFIER.fullmatch(noun) and self._told:
            return self._composed(figure, noun)
        for name, rule in ((self._topic(figure), "topic"), (self._inherited(figure), "carried")):
            if name:
                return Named(name, rule)
        return Named(self._fallback(figure), "fallback")

    def _share(self, figure: Figure, left: str) -> Named | None:
        """占43.2%: the share of its own phrase, else of the figure before."""
        share = SHARE_TAIL.search(left)
        if figure.quantity.unit != "%" or not share:
            return None
        own = strip_tail(strip_lead(left[: share.start()]))
        if len(own) < 2 or COMPARISON.match(own) or GENERIC.fullmatch(own):
            own = self._inherited(figure)
        return Named(own + "占比", "share", own) if own else None

    def _change(self, figure: Figure, left: str) -> Named | None:
        """比上年增加66家, 增长3.2%: the change of its own phrase, else of the figure before."""
        change = CHANGE_TAIL.search(left.rstrip("约近超"))
        if not change or not (figure.quantity.unit in _POINTS or COMPARISON.search(left)):
            return None
        own = strip_tail(strip_lead(COMPARISON.split(left[: change.start()], maxsplit=1)[0]))
        base = self._trim(own) if len(own) >= 2 and not GENERIC.fullmatch(own) else self._inherited(figure)
        return Named(base, "change", base) if base else None

    def _at_name(self, figure: Figure) -> bool:
        """Does the name of a place or organisation end right before the figure?"""
        start = figure.quantity.start
        return any(end in self._name_ends for end in range(max(figure.left[0], start - 1), start + 1))

    def _prefers_right(self, figure: Figure, noun: str, right: str) -> bool:
        """Is the noun after the number what it counts, and not the phrase before it?"""
        return bool(
            len(noun) < 2
            or "、" in noun
            or noun.endswith("等")
            or self._at_name(figure)
            or verb_tail().search(noun)
            or noun_end().match(right)
            or LINKED.search(noun)
            or (figure.quantity.unit in OWN_UNITS and not NOUN_LIKE.search(noun))
        )

    def _counted(self, figure: Figure, before: str, noun: str) -> Named:
        """新设14处胸痛门诊, 6家医疗机构, 5个项目通过评审: the noun after the number, with the verb that counts it."""
        match = verb_tail().search(before)
        verb = match["verb"] if match and not self._at_name(figure) and len(match["verb"]) > 1 else ""
        if verb in _HAVING:
            verb = ""
        state = "" if verb else self._state(self._consumed, noun)
        return Named(state, "q-n-v", noun) if state else Named(verb + noun, "v-q-n" if verb else "q-n", noun)

    def _state(self, at: int, noun: str) -> str:
        """What a bare noun did (37家单位|被评为先进集体, 8个项目|进入论证阶段): with so short a noun, its verb names it."""
        if len(noun) > 3 and not SHORT_NOUNS.fullmatch(noun):
            return ""
        match = STATE.match(self._text[at : at + 40])
        if match is None:
            return ""
        if match["title"]:
            return match["title"].removesuffix("称号").strip("“”")
        return match["state"].replace("了", "", 1) + noun

    def _composed(self, figure: Figure, noun: str) -> Named:
        """A name of its own, or one that only narrows the figure before (其中乡镇卫生院98.6万人次, 省级3个)."""
        if not self._told:
            return Named(noun, "n-q")
        before, last = self._told[-1]
        prefix = PER_PREFIX.match(last.text)
        here = self._text[before.quantity.end : figure.quantity.start]
        if (
            prefix
            and here.startswith(("、", "和", "，"))
            and len(here) < 16
            and figure.quantity.value < 100
            and figure.quantity.unit in ("人", "张", "名", "个", "床日", "人次")
            and figure.quantity.value < 100
            and not PER_PREFIX.match(noun)
        ):
            return Named(prefix[0] + noun, "n-q")
        base = last.base
        if MODIFIER.fullmatch(noun) and not noun.endswith("率"):
            # 国家级4个、省级7个: the base is that of the list, not of its last member
            for earlier, named in reversed(self._told):
                if earlier.quantity.unit == figure.quantity.unit and named.rule != "narrowed":
                    base = named.base
                    break
            return Named(noun + base, "narrowed", base)
        if (
            CLASS.search(noun)
            and figure.quantity.unit not in OWN_UNITS
            and before.quantity.unit == figure.quantity.unit
            and before.sentence[0] >= figure.sentence[0] - 60
        ):
            for earlier, named in reversed(self._told):
                if earlier.quantity.unit == figure.quantity.unit and named.rule not in (
                    "narrowed",
                    "share",
                    "change",
                ):
                    return Named(noun + named.base, "narrowed", named.base)
        return Named(noun, "n-q")

    def _rank(self, figure: Figure, left: str) -> Named:
        """A rank is named by what was ranked: the contest of its sentence, else the figure before."""
        sentence = self._text[figure.sentence[0] : figure.quantity.start]
        contest = None
        for match in CONTEST.finditer(sentence):
            contest = match
        if contest:
            return Named(strip_lead(contest["name"]).removeprefix("在") + "排名", "rank")
        own = strip_tail(strip_lead(RANK_TAIL.sub("", left)))
        base = own if len(own) >= 3 else (self._inherited(figure) or strip_lead(left))
        return Named(base + "排名", "rank", base)

    def _right(self, figure: Figure) -> tuple[str, int]:
        """The noun after a figure and where it ends."""
        if not self._takes_right(figure):
            return "", figure.quantity.end
        text = self._text[slice(*figure.right)]
        noun = right_noun(text)
        if (
            not noun
            or ADVERB.match(noun)
            or NOT_COUNTED.match(noun)
            or GENERIC.fullmatch(noun)
            or (leading_verb().match(noun) and not noun_end().match(noun))
        ):
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
            verb = leading_verb().match(noun)
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
        match = re.search(
            r"(?P<items>[^，。；]*?)(?P<joint>分别|依次|各[为有占])(?P<tail>[^，。；\d]{0,8}?)(?:[由从])?$",
            head,
        )
        members = row(self._text, figure, siblings)
        if not match or not in_series(self._text, members):
            return ""
        index = members.index(figure)
        begin, end = start, start + match.end("items")
        inside = [n for n in self._names if begin <= n[0] and n[1] <= end]
        if len(inside) >= len(members):  # a coordination of names: what follows it is shared
            shared = strip_tail(
                strip_lead(self._text[inside[-1][1] : end].removeprefix("等").removeprefix("的"))
            )
            return (
                self._trim(
                    re.sub(
                        r"^[\d两三四五六七八九十]+[个家所地]+(?:[\u4e00-\u9fff]{0,3}[县市区院])?", "", shared
                    )
                )
                if len(shared) >= 2
                else ""
            )
        items_text = strip_lead(self._segment(begin, end))
        items = [i for i in re.split(r"、|和|与|及|以及", items_text) if i]
        if len(items) != len(members):
            return ""
        own, last = items[index], items[-1]
        prefix = PER_PREFIX.match(items[0]) or re.match(r"(?:新增|平均|累计|参加|报告)", items[0])
        if prefix and index and not own.startswith(prefix[0][:2]):
            own = prefix[0] + own
        if index < len(items) - 1 and not MEASURE.search(own):
            return own + shared_end(own, last)
        return own

    def _reflected(self, figure: Figure, siblings: list[Figure]) -> str:
        """门诊X、出院Y、手术Z，同比分别增长a、b、c: the last figures before, one each."""
        if len(siblings) < 2 or not in_series(self._text, siblings):
            return ""
        head = self._text[siblings[0].clause[0] : siblings[0].quantity.start]
        if not re.search(r"分别|依次|各(?:增|降|提|下|上)", head) or self._topic(siblings[0]):
            return ""
        past = [named for earlier, named in self._told if earlier.quantity.start < siblings[0].clause[0]]
        if len(past) < len(siblings):
            return ""
        return past[len(past) - len(siblings) + siblings.index(figure)].base

    def _topic(self, figure: Figure) -> str:
        """The subject of clauses before this one in the sentence, where they have no figure of their own."""
        clause = self._layout.clause_before(figure.clause[0])
        last_end = self._past[-1][0].quantity.end if self._past else -1
        for _ in range(2):
            if clause is None or (
                clause[0] < figure.sentence[0] and self._text[clause[1] : clause[1] + 1] not in ("：", "，")
            ):
                return ""
            if last_end > clause[0]:
                return ""
            topic = self._segment(*clause)
            if len(topic) > 24:  # 报告发病数居前五位的病种依次为…: what a list is of
                topic = re.split(r"(?:依次|分别)[为是]", topic, maxsplit=1)[0]
            topic = strip_tail(strip_lead(topic))
            if 2 <= len(topic) <= 24 and not GENERIC.fullmatch(topic):
                return self._trim(topic)
            clause = self._layout.clause_before(clause[0])
        return ""

    def _inherited(self, figure: Figure) -> str:
        """The name of the figure before, in the same paragraph; in brackets that of the figure before the bracket."""
        topic = self._topic(figure)
        if topic:
            return topic
        return self._told[-1][1].base if self._told else ""

    def _fallback(self, figure: Figure) -> str:
        """The nearest words at all, rather than none."""
        left = self._text[figure.clause[0] : figure.quantity.start]
        right = self._text[figure.quantity.end : figure.clause[1]]
        text = strip_tail(strip_lead(re.sub(r"[\d.,%]+", "", left))) or re.sub(r"[\d.,%]+", "", right)
        return text[-12:] or figure.quantity.unit or "数量"
