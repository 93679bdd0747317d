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
same       a place or time alone            …96例，其中乙县12例
aligned    a series without words           …158元、5987元，去年同期为151元、6120元
headed     N is the heading's               三、病床使用率 ⏎ 医院92.8%
part       half of N (``leaning``)          医院中，公立22家; 每千人口5.04人
ranked     among whom alone                 …5.21张，居全省第4位
=========  ==============================  =====================================

The last five are told by order, unit and place in the text, so that the trained choice is not asked.
"""

from __future__ import annotations

import re

from kg.extract.coordination import distributed, reflected, row
from kg.extract.ellipsis import (
    BESIDE,
    GROWTH,
    HEADED,
    POINTS,
    RATIO,
    aligned,
    is_wordless,
    moved,
    names_in,
    same_unit,
    series,
    unranked,
)
from kg.extract.headings import Headings
from kg.extract.layout import Figure, Layout
from kg.extract.leaning import completed, is_among, of_the_dead, with_dimension
from kg.extract.phrases import (
    CHANGE_TAIL,
    CLASS,
    COMPARISON,
    CONTEST,
    GENERIC,
    LINKED,
    MODIFIER,
    NOUN_LIKE,
    OWN_UNITS,
    PER_PREFIX,
    RANK_TAIL,
    SHARE_TAIL,
    SHORT_NOUNS,
    STATE,
    TARGETED,
    balanced,
    noun_end,
    strip_lead,
    strip_tail,
    verb_tail,
    without_area,
)
from kg.extract.stretches import Stretches, trimmed
from kg.extract.surroundings import Chooser, Named, Surroundings, earlier

_HAVING = frozenset(
    ["现有", "拥有", "共有", "设有", "具有", "包括", "覆盖", "涵盖"]
)  # verbs that add nothing to a name
_SETTLED = frozenset(
    ["aligned", "same", "headed", "objectless", "measureless", "per", "against", "part", "ranked"]
)  # names that order and unit tell, so that there is nothing to choose


class Naming:
    """Names the figures of a report one after another; each may lean on those before it in its paragraph."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        masked: str,
        names: list[tuple[int, int]],
        chooser: Chooser | None = None,
        *,
        headings: Headings | None = None,
    ) -> None:
        self._text = text
        self._layout = layout
        self._masked = masked  # times as \x00 and leading subjects as \x01, so that offsets hold
        self._stretches = Stretches(text, layout, masked, names)
        # the figures of the paragraph so far, with where the brackets around them open
        self._past: list[tuple[Figure, Named, frozenset[int]]] = []
        self._told: list[
            tuple[Figure, Named]
        ] = []  # those of them that stand in no bracket closed before this one
        self._above: list[tuple[Figure, Named]] = []  # those of the paragraph before it
        self._chooser = chooser
        self._headings = headings
        self._consumed = 0  # where the noun after the last figure ended

    def name(self, figure: Figure, siblings: list[Figure]) -> Named:
        """The indicator of a figure; ``siblings`` are the figures of its clause, itself included."""
        if self._past and self._past[-1][0].paragraph != figure.paragraph:
            self._above, self._past = [(f, n) for f, n, _ in self._past], []
        around = frozenset(self._layout.brackets(figure.quantity.start))
        self._told = [(f, n) for f, n, brackets in self._past if brackets <= around]
        named = self._name(figure, siblings)
        divided = named.rule == "split" and row(self._text, figure, siblings) is not siblings
        if named.rule not in _SETTLED and not divided:
            named = self._choose(figure, siblings, named)
        text = (
            balanced(without_area(named.text.partition("\t")[0].strip()))
            or balanced(self._fallback(figure))
            or figure.quantity.unit
            or "数量"
        )
        text = with_dimension(
            text, figure.quantity.unit, self._text[figure.clause[0] : figure.quantity.start]
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
        elided = self._elided(figure, siblings)
        if elided:
            return elided
        split = distributed(self._text, self._stretches, figure, siblings) or (
            "" if self._topic(siblings[0]) else reflected(self._text, figure, siblings, self._told)
        )
        if split:
            return Named(split, "split")
        left = self._stretches.before_bracket(figure, self._last(self._told)) + self._stretches.segment(
            max(figure.left[0], min(self._consumed, q.start)), q.start
        )
        if q.rule == "n-rank":
            return self._rank(figure, left)
        derived = self._share(figure, left) or self._change(figure, left)
        if derived:
            return derived
        noun = strip_tail(strip_lead(left))
        right, consumed = self._stretches.right(figure)
        if right and self._prefers_right(figure, noun, right):
            self._consumed = consumed
            return self._counted(figure, noun or strip_lead(left), right)
        borrowed = (
            None
            if right
            else self._under_heading(figure, noun) or completed(self._text, noun, figure, self._told)
        )
        if borrowed:
            return borrowed
        if len(noun) >= 2 and not COMPARISON.fullmatch(noun) and not GENERIC.fullmatch(noun):
            return self._composed(figure, trimmed(noun))
        if right:
            self._consumed = consumed
            return Named(right, "q-n")
        if MODIFIER.fullmatch(noun) and self._told:
            return self._composed(figure, noun)
        for name, rule in ((self._topic(figure), "topic"), (self._inherited(figure), "carried")):
            if name:
                return Named(name, rule)
        return Named(self._fallback(figure), "fallback")

    def _elided(self, figure: Figure, siblings: list[Figure]) -> Named | None:
        """其中乙市9例, 去年同期为158.9元、5264元: figures without words of their own are named by unit and order."""
        if self._told and BESIDE.fullmatch(self._text, self._last(self._told), figure.quantity.start):
            name = self._told[-1][1].text
            return Named(name, "same", name)
        run = series(self._text, siblings, figure)
        first = run[0].quantity
        opened = self._stretches.opening(run[0], self._last(self._told))
        before = self._stretches.blanked[opened : first.start]
        headed = HEADED.match(before)
        if headed and first.rule != "n-rank" and not self._stretches.right(run[-1])[0]:
            words = trimmed(strip_tail(strip_lead(unranked(headed["words"]))))
            if len(words) > 1 and not GENERIC.fullmatch(words):
                return Named(words, "headed", words)
        if not is_wordless(before) or self._stretches.right(run[-1])[0]:
            return None
        percent = first.unit in POINTS
        if first.rule == "n-rank" or (percent and RATIO.search(before) and not moved(self._text, run[0])):
            return None
        if len(run) > 1 and len(names_in(before)) != len(run):
            name = aligned(self._text, run, figure, self._told)
        elif moved(self._text, run[0]) or (opened == run[0].left[0] and self._topic(run[0])):
            return None
        elif percent and GROWTH.search(before):
            name = self._told[-1][1].base if self._told else ""
        else:
            # 甲市（9例）、乙县（8例）: those in closed brackets count only where there is nothing else
            past = [(f, n) for f, n, _ in self._past]
            told = past if before.endswith("（") else self._told or past
            told = told or (self._above if names_in(before) else [])
            name = same_unit(self._text, figure, told, before)
        return Named(name, "aligned" if len(run) > 1 else "same", name) if name else None

    @staticmethod
    def _last(past: list[tuple[Figure, Named]]) -> int:
        """Where the last of some figures ends."""
        return past[-1][0].quantity.end if past else 0

    def _under_heading(self, figure: Figure, noun: str) -> Named | None:
        """三、诊疗人次 and 医院1.2亿, 指标2：管理率。 and 目标值≥90%: what the heading measures, of what the figure names."""
        q = figure.quantity
        heading = self._headings.measure(q.start, q.unit) if self._headings else ""
        if not heading:
            return None
        if TARGETED.fullmatch(noun) or (len(noun) < 2 and not self._told):
            return Named(heading, "headed", heading)
        if len(noun) < 2:  # 三级医院最挤，107.6%
            noun = unranked(self._topic(figure))
        counted = q.unit in OWN_UNITS or q.unit == "人"  # 医院9家: the class itself is counted
        told = any(
            f.sentence == figure.sentence and f.quantity.unit == q.unit and n.base != heading
            for f, n in self._told
        )
        whose = (CLASS.search(noun) or MODIFIER.fullmatch(noun)) and len(noun) < 12 and noun not in heading
        return Named(noun + heading, "headed", heading) if whose and not counted and not told else None

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
        if not change or not (figure.quantity.unit in POINTS or COMPARISON.search(left)):
            return None
        own = strip_tail(strip_lead(COMPARISON.split(left[: change.start()], maxsplit=1)[0]))
        base = trimmed(own) if len(own) >= 2 and not GENERIC.fullmatch(own) else self._inherited(figure)
        return Named(base, "change", base) if base else None

    def _prefers_right(self, figure: Figure, noun: str, right: str) -> bool:
        """Is the noun after the number what it counts, and not the phrase before it?"""
        return bool(
            len(noun) < 2
            or "、" in noun
            or noun.endswith("等")
            or self._stretches.at_name(figure)
            or verb_tail().search(noun)
            or noun_end().match(right)
            or LINKED.search(noun)
            or (figure.quantity.unit in OWN_UNITS and not NOUN_LIKE.search(noun))
        )

    def _counted(self, figure: Figure, before: str, noun: str) -> Named:
        """新设14处胸痛门诊, 6家医疗机构, 5个项目通过评审: the noun after the number, with the verb that counts it."""
        match = verb_tail().search(before)
        verb = (
            match["verb"] if match and not self._stretches.at_name(figure) and len(match["verb"]) > 1 else ""
        )
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
        died = of_the_dead(noun, figure, self._told, self._layout.brackets(figure.quantity.start))
        if died:
            return died
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
            if MODIFIER.fullmatch(base):  # 正高4人、副高9人: parts beside each other
                return Named(noun, "n-q")
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
        if is_among(self._stretches.blanked[figure.clause[0] : figure.quantity.start]):
            told = [n for f, n in self._told if f.clause != figure.clause and f.sentence == figure.sentence]
            if told:
                base = told[-1].text.removesuffix("排名")
                return Named(base + "排名", "ranked", base)
        base = own if len(own) >= 3 else (self._inherited(figure) or strip_lead(left))
        return Named(base + "排名", "rank", base)

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
            topic = self._stretches.segment(*clause)
            if len(topic) > 24:  # 报告发病数居前五位的病种依次为…: what a list is of
                topic = re.split(r"(?:依次|分别)[为是]", topic, maxsplit=1)[0]
            topic = strip_tail(strip_lead(topic))
            if 2 <= len(topic) <= 24 and not GENERIC.fullmatch(topic):
                return trimmed(topic)
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
