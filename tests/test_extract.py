"""From a report to its facts, end to end: what each says, and laws that hold for every fact of every report."""

from __future__ import annotations

import itertools
import json
from functools import cache

import pytest
from damage import noise
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import CORPUS, HEAD, figure, iso, read_text

from kg import corpus
from kg.clean import clean
from kg.compare import same_indicator
from kg.config import Options
from kg.model import Document, Reading
from kg.read import read

REPORT = """丽水市2021年卫生健康工作总结

2021年，全市卫生健康系统推进健康丽水建设。
2020年末，全市有医疗卫生机构1312家，其中医院38家，床位1.46万张；卫生技术人员2.3万人，比上年增加870人。
全市婴儿死亡率为2.08‰，孕产妇死亡率为4.7/10万。
一、深化医改
遂昌县人民医院开放床位430张，龙泉市投入资金1.2亿元。全市医改考核位列全省第3名。
二、疾病防控
截至12月20日，全市接种疫苗近420万剂次。高血压患者规范管理率由2015年的58.2%提升到2020年的71.4%。
丽水市卫生健康委员会
2022年1月12日
"""
OWN, LAST = "2021-01-01/2021-12-31", "2020-12-31"
FACTS = [
    ("1312家", 1312, "家", "=", "count", "丽水市", LAST),
    ("38家", 38, "家", "=", "count", "丽水市", LAST),
    ("1.46万张", 14_600, "张", "=", "count", "丽水市", LAST),
    ("2.3万人", 23_000, "人", "=", "count", "丽水市", LAST),
    ("870人", 870, "人", "=", "change", "丽水市", LAST),
    ("2.08‰", 2.08, "‰", "=", "rate", "丽水市", OWN),
    ("4.7/10万", 4.7, "/10万", "=", "rate", "丽水市", OWN),
    ("430张", 430, "张", "=", "count", "遂昌县人民医院", OWN),
    ("1.2亿元", 120_000_000, "元", "=", "money", "龙泉市", OWN),
    ("3名", 3, "名", "=", "rank", "丽水市", OWN),
    ("420万剂次", 4_200_000, "剂次", "~", "count", "丽水市", "2021-12-20"),
    ("58.2%", 58.2, "%", "=", "rate", "丽水市", "2015-01-01/2015-12-31"),
    ("71.4%", 71.4, "%", "=", "rate", "丽水市", "2020-01-01/2020-12-31"),
]
NAMES = [
    "医疗卫生机构", "医院", "床位", "卫生技术人员", "卫生技术人员增加", "婴儿死亡率", "孕产妇死亡率",
    "开放床位", "投入资金", "医改考核", "接种疫苗", "高血压患者规范管理率", "高血压患者规范管理率",
]  # fmt: skip


def test_the_scope_of_a_report() -> None:
    scope = read_text(REPORT).scope
    assert (scope.place.code, scope.organisation, scope.title) == (
        "331100",
        None,
        "丽水市2021年卫生健康工作总结",
    )
    assert (str(scope.published), iso(scope.period)) == ("2022-01-12", OWN)


def test_the_facts_of_a_report() -> None:
    facts = read_text(REPORT).facts
    assert [
        (f.quote, float(f.value), f.unit, f.comparator, f.kind, f.subject.name, iso(f.period)) for f in facts
    ] == FACTS


def test_the_indicators_of_a_report() -> None:
    said = [f.indicator for f in read_text(REPORT).facts]
    assert [
        name for ours, name in zip(said, NAMES, strict=True) if not same_indicator(ours, [name], name)
    ] == []


def test_the_mentions_of_a_report() -> None:
    assert [(m.text, m.entity.label, m.entity.name, m.entity.code) for m in read_text(REPORT).mentions] == [
        ("丽水市", "PLACE", "丽水市", "331100"),
        ("健康丽水", "PROGRAMME", "健康丽水", None),
        ("遂昌县人民医院", "ORG", "遂昌县人民医院", None),
        ("龙泉市", "PLACE", "龙泉市", "331181"),
        ("丽水市卫生健康委员会", "ORG", "丽水市卫生健康委员会", None),
    ]


def test_a_sentence_is_printed_whole() -> None:
    body = "全市有护士9800名，其中本科学历占43.5%；医师8200名。下一句有床位310张。"
    assert {f.sentence for f in read_text(HEAD + body).facts} == {
        "全市有护士9800名，其中本科学历占43.5%；医师8200名。",
        "下一句有床位310张。",
    }


@pytest.mark.parametrize(
    ("body", "quote", "value", "unit"),
    [
        ("全市設預防接種門診42個(gè)，", "42個(gè)", 42, "个"),
        ("全市有醫院３５家。", "３５家", 35, "家"),
        ("全市有村卫生室1 450所。", "1 450所", 1450, "所"),
        ("全市采血4.2萬(wàn)人次。", "4.2萬(wàn)人次", 42_000, "人次"),
        ("全市有床位1,500張(zhāng)。", "1,500張(zhāng)", 1500, "张"),
        ("全市死亡率為6.2/10萬。", "6.2/10萬", 6.2, "/10万"),
        ("全市接种率98．7％。", "98．7％", 98.7, "%"),
        ("全市有护士&nbsp;9800&nbsp;名。", "9800&nbsp;名", 9800, "名"),
    ],
)
def test_noise_inside_a_number_stays_in_its_quote(body: str, quote: str, value: float, unit: str) -> None:
    fact = figure(body, quote)
    assert (fact.quote, float(fact.value), fact.unit) == (quote, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "。",
        "35",
        "35家",
        "增长3.2%",
        "分别为3、4和5人。",
        "\t\t\n|",
        "年年年月日",
        "（（）",
        "2021年",
    ],
)
def test_fragments_are_read(text: str) -> None:
    reading = read_text(text)
    assert broken(reading) == []


@pytest.mark.parametrize("body", ["【妇幼保健】8项。", "〔卫生监督〕51人。", "[2]51人。"])
def test_a_label_in_square_brackets_is_no_trouble(body: str) -> None:
    assert broken(read_text(HEAD + body)) == []


# --- laws ------------------------------------------------------------------------------------------------------------


def broken(reading: Reading) -> list[str]:
    """Every way in which a reading breaks the contracts of ``docs`` and ``kg.model``."""
    text, out = reading.document.text, []

    def law(holds: bool, name: str, what: str) -> None:
        if not holds:
            out.append(f"{reading.document.name}: {name}: {what!r}")

    for f in reading.facts:
        law(text[f.start : f.end] == f.quote != "", "text[start:end] == quote", f.quote)
        law(f.quote in f.sentence, "the quote is inside the sentence", f.sentence)
        law(f.sentence in text, "the sentence is printed", f.sentence)
        law(bool(f.rule) and 0 <= f.confidence <= 1, "rule and confidence", f"{f.rule} {f.confidence}")
        law(bool(f.indicator.strip()), "an indicator", f.quote)
        law(not set(f.indicator) & set("\x00\x01"), "the indicator is of the text", f.indicator)
        law(f.value >= 0, "values are positive", f.quote)
        law(f.direction is None or f.kind == "change", "only changes have a direction", f.quote)
    for m in reading.mentions:
        law(text[m.start : m.end] == m.text != "", "text[start:end] == text", m.text)
        law(bool(m.rule) and 0 <= m.confidence <= 1, "rule and confidence", f"{m.rule} {m.confidence}")
        law(bool(m.entity.name), "an entity has a name", m.text)
    for r in reading.refused:
        law(text[r.start : r.end] == r.text != "", "text[start:end] == text", r.text)
    digits = {at for at, character in enumerate(text) if character.isdecimal()}
    spans = [range(one.start, one.end) for one in (*reading.facts, *reading.refused)]
    law(digits <= set().union(*spans), "every digit is in a fact or refused", "")
    law(sum(map(len, spans)) == len(set().union(*spans)), "no number is in two of them", "")
    for kind in (reading.facts, reading.mentions, reading.refused):
        law(all(a.end <= b.start for a, b in itertools.pairwise(kind)), "in order, none overlapping", "")
    return out


PATHS = sorted(CORPUS.glob("*.txt"))


@pytest.mark.parametrize("part", range(2))
def test_the_laws_hold_for_every_report_of_the_corpus(part: int) -> None:
    readings = [read_text_of(read(path, Options())) for path in PATHS[part::2]]
    assert [fault for reading in readings for fault in broken(reading)] == []
    assert all(reading.facts for reading in readings)


def read_text_of(document: Document) -> Reading:
    return read_text(document.text, name=document.name)


def damaged(path, kind: str, seed: int) -> str:
    lines = (CORPUS.parent / "gold" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    return noise().damaged(path.read_text(encoding="utf-8"), records, kind, seed)[0]


@pytest.mark.parametrize(("nth", "kind"), list(enumerate(["traditional", "pinyin", "pdf", "web"])))
def test_the_laws_hold_for_damaged_reports(nth: int, kind: str) -> None:
    if kind == "pinyin":
        pytest.importorskip("pypinyin", reason="noise.py needs pypinyin to print readings")
    paths = [p for p in PATHS if not p.stem.startswith("trad")][nth::8]
    readings = [read_text(damaged(path, kind, i), name=path.name) for i, path in enumerate(paths)]
    assert [fault for reading in readings for fault in broken(reading)] == []
    assert sum(len(reading.facts) for reading in readings) > 10 * len(readings)


def test_no_indicator_is_cut_inside_a_bracket_or_a_quotation() -> None:
    cut = []
    for path in PATHS[::8]:
        for fact in read_text(path.read_text(encoding="utf-8")).facts:
            name = fact.indicator
            if (
                name != name.strip()
                or "\t" in name
                or any(name.count(a) != name.count(b) for a, b in ("（）", "“”", "《》"))
            ):
                cut.append(name)
    assert cut == []


@cache
def train_text() -> str:
    return "\n".join(gold.text for gold in corpus.load(split="train"))


@given(data=st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_mixture_of_pieces_of_reports_is_read(data: st.DataObject) -> None:
    source = train_text()
    offsets = st.integers(min_value=0, max_value=len(source) - 1)
    pieces = data.draw(st.lists(st.tuples(offsets, st.integers(1, 14)), max_size=20))
    reading = read_text("".join(source[at : at + size] for at, size in pieces))
    assert broken(reading) == []


@given(
    text=st.text(
        alphabet=st.characters(min_codepoint=9, max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=60
    )
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_is_read(text: str) -> None:
    assert broken(read_text(text)) == []


def test_reading_twice_says_the_same() -> None:
    assert read_text(REPORT) == read_text(REPORT)


def test_a_report_is_read_the_same_after_another() -> None:
    alone = read_text(REPORT)
    read_text("遂昌县2019年工作总结\n全县有村卫生室120所。")
    assert read_text(REPORT) == alone


def test_clean_text_is_what_is_read() -> None:
    text = "麗水市2021年工作總結\n全市設預防接種門診42個(gè)，接種率98.7%。"
    reading = read_text(text)
    assert clean(reading.document).text == "丽水市2021年工作总结\n全市设预防接种门诊42个，接种率98.7%。"
    assert [f.quote for f in reading.facts] == ["42個(gè)", "98.7%"]
