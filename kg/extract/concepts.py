"""Which known indicator a figure is about: names as reports print them, against the scheme of indicators.

A name matches when it is written like a name or synonym of the scheme: as it stands, or without the words that open
and close it (全市, 昌吉州, 累计, 人次, 总数, 由上年的), or without fillers (患者, 免费, 报告). The same words are taken off the
scheme's own names, so a word that changes what is counted (基层医疗卫生机构 in 基层医疗卫生机构床位) is never lost. The unit and
the kind of figure must be the concept's, and exactly one concept must be left.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

from kg.resources import data
from kg.tag.lexicon import forms as place_forms

BARE = "-"
"""How the scheme's unit column writes a number without a printed unit."""

_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Concept:
    """An indicator of the scheme. A group (``kinds`` empty) only orders the scheme and is never matched.

    ``names`` are its Chinese name and synonyms; ``endings`` are those that any words may precede (总投资 with the project
    in front), ``openings`` those that any may follow (培训 with who was trained). ``units`` are simplified, ``""`` for a bare number.
    """

    key: str
    names: tuple[str, ...]
    endings: tuple[str, ...]
    openings: tuple[str, ...]
    units: frozenset[str]
    kinds: frozenset[str]

    def admits(self, unit: str, kind: str) -> bool:
        """Whether a figure of this unit and kind can be one of this indicator's, or a change of it."""
        if kind == "change":
            return unit in self.units or unit in _differences(self.units)
        return kind in self.kinds and unit in self.units


@dataclass(frozen=True, slots=True)
class _Words:
    same: Mapping[str, str]
    same_pattern: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    filler: re.Pattern[str]
    others: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Index:
    """Form → concepts, one mapping a level; the forms of open names stand longest first."""

    levels: tuple[Mapping[str, tuple[Concept, ...]], ...]
    endings: tuple[tuple[str, Concept], ...]
    openings: tuple[tuple[str, Concept], ...]


def match(indicator: str, unit: str, kind: str) -> str | None:
    """The key of the known indicator that a figure is about, by its name alone, or None.

    ``indicator`` is the name as extracted (simplified), ``unit`` as ``Quantity.unit``, ``kind`` as ``Fact.kind``. A
    change matches the indicator whose change is told (床位增加 → beds).
    """
    return reading(indicator, unit, kind)[1]


@lru_cache(maxsize=1 << 16)
def reading(indicator: str, unit: str, kind: str) -> tuple[str, str | None, bool]:
    """The part of the name that names an indicator, the indicator's key, and whether by a name that is open.

    The part is the name without how the indicator changed, where the figure is a change.
    """
    for find in (_named, _opened):
        for name in _readings(indicator, kind):
            found = find(name, unit, kind)
            if found is not None:
                return name, found, find is _opened
    return indicator, None, False


@lru_cache(maxsize=1 << 14)
def forms(name: str) -> tuple[str, ...]:
    """The forms under which a name is looked up, from the strictest to the loosest."""
    strict = _fold(name)
    return strict, _trim(strict), _trim(_words().filler.sub("", _trim(strict)))


@cache
def scheme() -> Mapping[str, Concept]:
    """The indicators of ``seeds/vocabulary/indicators.csv`` by key."""
    with data("seeds", "vocabulary", "indicators.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: _concept(row) for row in csv.DictReader(file)}


def _concept(row: Mapping[str, str]) -> Concept:
    names = [row["zh"], *filter(None, row["synonyms"].split("|"))]
    return Concept(
        key=row["key"],
        names=tuple(name for name in names if "*" not in name),
        endings=tuple(name[1:] for name in names if name.startswith("*")),
        openings=tuple(name[:-1] for name in names if name.endswith("*")),
        units=frozenset("" if unit == BARE else unit for unit in filter(None, row["units"].split("|"))),
        kinds=frozenset(filter(None, row["kind"].split("|"))),
    )


def _named(name: str, unit: str, kind: str) -> str | None:
    index = _index()
    own = forms(name)
    # 全市现有确诊病例 is 现有确诊病例, which has lost no word that counts
    steps = [(index.levels[0], form) for form in _peeled(own[0])]
    for level, form in [*steps, *zip(index.levels[1:], own[1:], strict=True)]:
        found = {concept.key for concept in level.get(form, ()) if concept.admits(unit, kind)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _opened(name: str, unit: str, kind: str) -> str | None:
    index, own = _index(), forms(name)
    ending = (
        concept.key
        for form, concept in index.endings
        if (own[0].endswith(form) or own[1].endswith(form)) and concept.admits(unit, kind)
    )
    opening = (
        concept.key
        for form, concept in index.openings
        if own[1].startswith(form) and concept.admits(unit, kind)
    )
    return next(ending, None) or next(opening, None)


def endings(bare: str, unit: str, kind: str) -> Iterator[tuple[str, str]]:
    """What stands before ``bare`` in the longer names that end with it, and the keys of the indicators so named."""
    return ((front, concept.key) for front, concept in _fronts(bare) if concept.admits(unit, kind))


@lru_cache(maxsize=1 << 12)
def _fronts(bare: str) -> tuple[tuple[str, Concept], ...]:
    """What stands before ``bare`` in the longer names that end with it, the longest common end first."""
    backwards, end, found = _endings(), bare[::-1], []
    for i in range(bisect_left(backwards, end, key=itemgetter(0)), len(backwards)):
        turned, concept = backwards[i]
        if not turned.startswith(end):
            break
        if len(turned) > len(end):
            found.append((turned[len(end) :][::-1], concept))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """A stretch of text as names are compared: one spelling, without fillers."""
    return _words().filler.sub("", _fold(text))


def words(role: str) -> frozenset[str]:
    """The words of a role in ``indicator_words.tsv``."""
    return _words().others[role]


@cache
def _endings() -> tuple[tuple[str, Concept], ...]:
    """The forms of all names, written backwards and sorted, so that those of one ending stand together."""
    found = {
        (form[::-1], concept.key)
        for concept in scheme().values()
        for name in concept.names
        for form in forms(name)[1:]
    }
    return tuple((turned, scheme()[key]) for turned, key in sorted(found))


# A change is told of an indicator: what stands around the name is how it changed, or against what.
_AGAINST = re.compile(
    r"^(?:仍|再|又|约)?(?:(?:高|低|快|慢|多|少)(?:出|于|过)|净增|上涨|下滑|增速|涨幅|增幅|降幅|比|较|离)"
    r"(?:(?:全[国省市区州县旗]|省内?|市|国家|考核|规定)?(?:平均(?:水平)?|均值|定?目标|定?指标|标准|序时(?:进度)?)|全[国省市区州县旗])?的?"
)
_CHANGED = re.compile(
    r"(?:[，,]?(?:同比|环比|年均|平均|逐年|实际|累计|总体|净|总|按可比价格|较[^，]{1,6}|比[^，]{1,8}?)*"
    r"(?:增长|增加|上升|上涨|提高|提升|升高|下降|降低|减少|回落|缩短|压缩|延长|推迟|扩大|收窄|前移|前进|增幅|降幅|升幅|涨幅|增速|新增|撤并)"
    r"(?:率|倍数)?(?:\(可比价\))?|同比|环比"
    r"|(?:高于|低于|高出|多于|少于|优于|快于|超出)[^，]*|(?:比|与)(?:全|[^，]{2,8}平均)[^，]*(?:高|低|多|少|差距)|(?:与|距)[^，]*差距)$"
)


def _readings(indicator: str, kind: str) -> Iterator[str]:
    """The name as it stands; for a change also without the words of change, outermost first."""
    yield indicator
    if kind == "change" and (before := _AGAINST.match(indicator)):
        indicator = indicator[before.end() :]
        yield indicator
    while kind == "change" and (match := _CHANGED.search(indicator)) and match.start() > 1:
        indicator = indicator[: match.start()]
        yield indicator


def _differences(units: frozenset[str]) -> frozenset[str]:
    """The units in which a change of figures with these units is told."""
    points = {"%": "个百分点", "‰": "个千分点"}
    return frozenset({"%", "倍", "番"} | {points[unit] for unit in units if unit in points})


def _alike(one: Concept, other: Concept) -> bool:
    """Whether a figure could be either's."""
    return not one.units.isdisjoint(other.units) and not one.kinds.isdisjoint(other.kinds)


@cache
def _index() -> _Index:
    levels: list[dict[str, dict[str, Concept]]] = []
    for number in range(_LEVELS):
        stricter = levels[-1] if levels else {}
        level = {form: dict(found) for form, found in stricter.items()}
        for concept in scheme().values():
            for name in concept.names:
                form = forms(name)[number]
                # a name in full keeps its place: 现有确诊病例 without 现有 is not 确诊病例
                if not any(_alike(concept, other) for other in stricter.get(form, {}).values()):
                    level.setdefault(form, {})[concept.key] = concept
        levels.append(level)
    return _Index(
        levels=tuple({form: tuple(found.values()) for form, found in level.items()} for level in levels),
        endings=_longest_first((name, concept) for concept in scheme().values() for name in concept.endings),
        openings=_longest_first(
            (name, concept) for concept in scheme().values() for name in concept.openings
        ),
    )


def _longest_first(names: Iterable[tuple[str, Concept]]) -> tuple[tuple[str, Concept], ...]:
    folded_names = {(_fold(name), concept) for name, concept in names}
    return tuple(sorted(folded_names, key=lambda item: (-len(item[0]), item[0], item[1].key)))


@cache
def _words() -> _Words:
    roles: dict[str, dict[str, str]] = {
        "same": {},
        "lead": {},
        "tail": {},
        "filler": {},
        "vague": {},
        "body": {},
        "group": {},
        "alone": {},
    }
    text = data("seeds", "vocabulary", "indicator_words.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            role, word, *replacement = line.split("\t")
            roles[role][word] = replacement[0] if replacement else ""
    return _Words(
        same=roles["same"],
        same_pattern=re.compile(_either(roles["same"])),
        lead=re.compile(_either(roles["lead"])),
        # 指数 and 天数 are words of their own
        tail=re.compile(
            rf"(?:{_either(roles['tail'])}|(?<!病)例数|(?<![指系参倍天月年次层])数|(?<![质容含剂])量)$"
        ),
        filler=re.compile(_either(roles["filler"])),
        others={role: frozenset(roles[role]) for role in ("vague", "body", "group", "alone")},
    )


def _either(words: Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_SILENT = re.compile(r"[\s“”‘’\"'「」『』《》、,，·]")
_RANGE = re.compile(r"(?<=\d)(?:岁)?(?:至|~|—+|–)(?=\d)")
_PER_HEAD = re.compile(
    r"(?:平均)?每?(千|万|10万|十万)名?(?:常住|服务)?(?:人口|居民|人(?!次))(?:平均)?(?:仅|只|约)?(?:拥有?|配?有)?"
)
_TOWNSHIP = re.compile(r"(?<!乡)镇卫生院")
# 药品收入(不含中药饮片)占比 is 药品收入占比: what a count leaves out or takes in is told of many, and not all tell it.
_ASIDE = re.compile(r"\\((?:不含(?:中药)?饮片|不含药品收入)\\)")
_SHARE_OF = re.compile(r"占(?:比(?=.))?(.{2,}?)(?:占比|的)$|占比(?=.{2})")
_BEFORE = re.compile(r"(?:由|从)[^，占]{0,10}(?:的|每|年|月)?$|≥$|≤$")


@lru_cache(maxsize=1 << 14)
def _fold(name: str) -> str:
    """The name with one spelling for what is written in several ways."""
    text = unicodedata.normalize("NFKC", name)
    text = _ASIDE.sub("", _RANGE.sub("-", _SILENT.sub("", text)))
    words = _words()
    text = words.same_pattern.sub(lambda match: words.same[match[0]], text)
    text = _PER_HEAD.sub(lambda match: f"每{match[1].replace('十', '10')}人口", text)
    text = _SHARE_OF.sub(lambda match: f"占{match[1] or ''}", text)
    return _TOWNSHIP.sub("乡镇卫生院", text)


def _peeled(text: str) -> Iterator[str]:
    """The text, then without the words that open it, one after the other."""
    yield text
    while 0 < (end := _opening(text, _words())) < len(text):
        text = text[end:]
        yield text


def _trim(text: str) -> str:
    """Without the words that open and close a name; a name that is nothing else stays."""
    words = _words()
    *_, text = _peeled(text)
    while (match := _BEFORE.search(text) or words.tail.search(text)) and match.start() > 0:
        text = text[: match.start()]
    return text


def _opening(text: str, words: _Words) -> int:
    """How far the word or place that opens a name reaches; 0 where none does."""
    if match := words.lead.match(text):
        return match.end()
    places = place_forms()
    ends = (end for end in range(min(len(text) - 1, _LONGEST_PLACE), 2, -1) if text[end - 1] in _RANKS)
    return next((end for end in ends if text[:end] in places), 0)


_LONGEST_PLACE = 12
_RANKS = "省市县区州盟旗"
