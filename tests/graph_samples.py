"""Hand-made readings for the tests of the graph: short invented reports, with every kind of figure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kg.model import Document, Entity, Fact, NamedMention, Period, Place, Reading, Scope

PLACES = {
    place.code: place
    for place in (
        Place("530000", "云南省", "province", None),
        Place("530100", "昆明市", "city", "530000"),
        Place("530129", "寻甸回族彝族自治县", "county", "530100"),
        Place("140000", "山西省", "province", None),
        Place("141000", "临汾市", "city", "140000"),
    )
}
KUNMING = Entity("昆明市", "PLACE", "530100")
COMMISSION = Entity("昆明市卫生健康委员会", "ORG")
HOSPITAL = Entity("昆明市第九人民医院", "ORG")
PROGRAMME = Entity("健康昆明行动", "PROGRAMME")
YEAR = Period.year(2020)

SENTENCES = (
    "昆明市2020年卫生健康工作总结",
    "全市35处发热门诊全部开设，健康昆明行动覆盖寻甸县。",
    "财政投入48.59万元，孕产妇死亡率为7.45/10万，完成率103.5%。",
    "昆明市第九人民医院建筑面积1200平方米，比上年增长3.2%，居全省第4名，供血66个治疗量。",
    "到2025年婚检率达到95%。",
)
TEXT = "\n".join(SENTENCES) + "\n"


def fact(quote: str, value: str, unit: str, kind: str, indicator: str, **more: object) -> Fact:
    """The fact that the only occurrence of ``quote`` in TEXT states; ``text`` takes another text."""
    text = str(more.pop("text", TEXT))
    start = text.index(quote)
    first = text.rfind("\n", 0, start) + 1
    last = text.index("\n", start)
    made = Fact(
        start=start,
        end=start + len(quote),
        quote=quote,
        sentence=text[first:last],
        value=Decimal(value),
        unit=unit,
        comparator="=",
        kind=kind,  # type: ignore[arg-type]
        indicator=indicator,
        subject=KUNMING,
        area=PLACES["530100"],
        period=YEAR,
        rule="test",
        confidence=0.9,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def mention(text: str, entity: Entity, within: str = TEXT) -> NamedMention:
    """The mention that the first occurrence of ``text`` is."""
    start = within.index(text)
    return NamedMention(start, start + len(text), text, entity, "test", 0.95)


FACTS = (
    fact("35处", "35", "处", "count", "开设发热门诊"),
    fact("48.59万元", "485900", "元", "money", "财政投入"),
    fact("7.45/10万", "7.450", "/10万", "rate", "孕产妇死亡率"),
    fact("103.5%", "103.5", "%", "rate", "完成率"),
    fact("1200平方米", "1200", "平方米", "level", "建筑面积", subject=HOSPITAL),
    fact("3.2%", "3.2", "%", "change", "建筑面积增长", subject=HOSPITAL, direction="up"),
    fact("4名", "4", "名", "rank", "全省位次", subject=HOSPITAL),
    fact("66个治疗量", "66", "治疗包", "count", "供血", period=Period(date(2020, 1, 1), date(2020, 6, 30))),
    fact(
        "95%",
        "95",
        "%",
        "rate",
        "婚检率",
        period=Period.year(2025),
        target=True,
        comparator=">=",
        confidence=1.0,
    ),
)
MENTIONS = (
    mention("昆明市", KUNMING),
    mention("健康昆明行动", PROGRAMME),
    mention("寻甸县", Entity("寻甸回族彝族自治县", "PLACE", "530129")),
    mention("昆明市第九人民医院", HOSPITAL),
)


def reading(
    name: str = "kunming.txt",
    text: str = TEXT,
    facts: tuple[Fact, ...] = FACTS,
    mentions: tuple[NamedMention, ...] = MENTIONS,
) -> Reading:
    """A reading of an invented report of Kunming."""
    data = text.encode()
    document = Document(name, text, hashlib.sha256(data).hexdigest(), "utf-8", f"reports/{name}")
    scope = Scope(
        place=PLACES["530100"],
        organisation=COMMISSION.name,
        title=SENTENCES[0],
        published=date(2021, 1, 15),
        period=YEAR,
    )
    return Reading(document, scope, facts, mentions)


def other(name: str = "linfen.txt") -> Reading:
    """A reading of an invented report of Linfen, which shares an organisation and a programme with Kunming's."""
    text = "临汾市2021年总结\n全市床位81张，学习昆明市第九人民医院，推进健康昆明行动。\n"
    said = fact(
        "81张",
        "81",
        "张",
        "count",
        "床位",
        text=text,
        subject=Entity("临汾市", "PLACE", "141000"),
        area=PLACES["141000"],
        period=Period.year(2021),
    )
    names = (mention("昆明市第九人民医院", HOSPITAL, text), mention("健康昆明行动", PROGRAMME, text))
    made = reading(name, text, (said,), names)
    return replace(
        made, scope=Scope(place=PLACES["141000"], title="临汾市2021年总结", period=Period.year(2021))
    )
