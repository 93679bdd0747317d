"""kg.clean: the conventions of CleanText, its cells, and how much noise is undone."""

from __future__ import annotations

import itertools
import json
import re
from functools import cache
from pathlib import Path

import pytest
from damage import noise
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.clean import clean
from kg.clean.cells import Cells
from kg.clean.furniture import counters, is_furniture, page_numbers
from kg.clean.script import simplified
from kg.corpus import Gold, load, load_one
from kg.model import CleanText, Document

CORPUS = Path(__file__).resolve().parent.parent / "seeds" / "corpus"


def cleaned(source: str) -> CleanText:
    return clean(Document("a.txt", source, "", "utf-8", "a.txt"))


def text_of(source: str) -> str:
    return cleaned(source).text


def quotes(source: str) -> list[str]:
    """The source characters of each clean character."""
    text = cleaned(source)
    return [text.quote(i, i + 1) for i in range(len(text.text))]


# --- laws ------------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "全市",
        "醫院",
        "個(gè)",
        "創(chuàng )",
        "35",
        "3 015",
        "1,268",
        "，",
        ",,",
        ",。",
        "%。",
        "。",
        ".",
        "．",
        " ",
        "  ",
        "\u3000",
        "\t",
        "|",
        "\n",
        "\n\n",
        "&nbsp;",
        "&ldquo;",
        "&#x4e00;",
        "\u200b",
        "\ufeff",
        "２０１９",
        "O",
        "l",
        "(",
        ")",
        "（",
        "第3页",
        "- 3 -",
        "首页",
        "?",
        "<br>",
        "CT ",
        "报 告 传 染",
    ]
)
SOURCES = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=40))


@given(source=SOURCES)
@settings(max_examples=200, deadline=None)
def test_cells_are_in_order_and_in_range(source: str) -> None:
    text = cleaned(source)
    assert len(text.text) == len(text.starts) == len(text.ends)
    assert all(start < end for start, end in zip(text.starts, text.ends, strict=True))
    assert all(end <= start for end, start in zip(text.ends, text.starts[1:], strict=False))
    if text.text:
        assert text.starts[0] >= 0
        assert text.ends[-1] <= len(source)


@given(source=SOURCES)
@settings(max_examples=150, deadline=None)
def test_clean_lines_are_never_empty_and_never_padded(source: str) -> None:
    text = text_of(source)
    assert text == "" or all(line and line == line.strip(" \t") for line in text.split("\n"))


@given(st.text(alphabet="全市共有医院床位张，。0123456789", max_size=60))
def test_regular_text_stays_as_it_is(source: str) -> None:
    text = cleaned(source)
    grouped = re.search(r"\d，\d{3}", source)  # 1，000 is a number
    if not grouped and not any(a in "，。" and b in "，。" for a, b in itertools.pairwise(source)):
        assert text.text == source or is_furniture(source)


# --- noise -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("發(fā)熱門(mén)診35個(gè)", "发热门诊35个"),
        ("創(chuàng )新發展", "创新发展"),
        ("會(huì,kuài)診", "会诊"),
        ("長(cháng/zhǎng)治市", "长治市"),
        ("增長（zhǎng）3.2%", "增长3.2%"),
        ("42個(ge)村", "42个村"),
        ("床位(张)", "床位（张）"),
        ("物联网(IoT)平台", "物联网（IoT）平台"),
        ("执业(助理)医师", "执业（助理）医师"),
        ("&ldquo;两癌&rdquo;&nbsp;筛查&mdash;&mdash;2.1&permil;", "“两癌”筛查——2.1‰"),
        ("AT&T公司 A&B;", "AT&T公司A&B；"),
        ("全\u200b市\u00ad共\ufeff有", "全市共有"),
        ("全市<br/>共有<span class='x'>35</span>家", "全市共有35家"),
        ("????全市共有医院\n????床位有多少?\n????诊疗", "全市共有医院\n床位有多少？\n诊疗"),
    ],
)
def test_noise(source: str, expected: str) -> None:
    assert text_of(source) == expected


def test_readings_belong_to_their_character_and_entities_are_one() -> None:
    assert quotes("42個(gè)") == ["4", "2", "個(gè)"]
    assert quotes("&ldquo;健康&rdquo;") == ["&ldquo;", "健", "康", "&rdquo;"]
    assert quotes("率\u200b高") == ["率", "高"]
    assert quotes("醫(yi)院(yuan)(yuan)") == ["醫(yi)", "院(yuan)(yuan)"]


def test_dropped_characters_belong_to_no_cell() -> None:
    text = cleaned("3 015 人")
    assert text.text == "3015人"
    assert text.quote(0, 4) == "3 015"
    assert text.quote(0, 5) == "3 015 人"


# --- script and width ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("醫療衛生機構與發熱門診", "医疗卫生机构与发热门诊"),
        ("全市著力推進醫療改革，成效顯著，著名專家", "全市着力推进医疗改革，成效显著，著名专家"),
        ("成效卓著，《医学论著》", "成效卓著，《医学论著》"),
        ("乾安县和乾县的医院", "乾安县和乾县的医院"),
        ("乾安縣醫療衛生機構", "乾安县医疗卫生机构"),
        ("２０１９年达８．５％／人", "2019年达8.5%/人"),
        ("ＣＴ　２台", "CT 2台"),
        ("⼈⼝与卫⽣", "人口与卫生"),
        ("二○一九年", "二〇一九年"),
    ],
)
def test_script_and_width(source: str, expected: str) -> None:
    assert text_of(source) == expected


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=50))
@settings(deadline=None)
def test_conversion_keeps_the_length(text: str) -> None:
    assert len(simplified(text)) == len(text)


# --- punctuation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "全市共有医院35家,床位4,268张;其中(含分院)2家!",
            "全市共有医院35家，床位4,268张；其中（含分院）2家！",
        ),
        ("分别为2019,2020年", "分别为2019，2020年"),
        ("时间:8:30,医护比1:1.2", "时间：8:30，医护比1:1.2"),
        ("其中∶医护比1∶1.14", "其中：医护比1:1.14"),
        ("见https://a.b/c", "见https://a.b/c"),
        ("2022年,,全市,。共有;，三家。,", "2022年，全市。共有；三家。"),
        ("增长6.72%.床位2.5万张.\n2011年", "增长6.72%。床位2.5万张。\n2011年"),
        ("系数是0.305.可见按人口好", "系数是0.305。可见按人口好"),
        ("1.医院2.5家", "1.医院2.5家"),
        ('「结余留用」与"两癌"', '「结余留用」与"两癌"'),
        ("新生儿死亡率是3.14%。,早产儿", "新生儿死亡率是3.14‰，早产儿"),
        ("使用率为86.4%。平均", "使用率为86.4%。平均"),
        ("2O２３年l月，床位4I8张", "2023年1月，床位418张"),
        ("O型血3O9人份", "O型血309人份"),
        ("维生素B12与H1N1", "维生素B12与H1N1"),
    ],
)
def test_punctuation(source: str, expected: str) -> None:
    assert text_of(source) == expected


def test_a_collapsed_mark_covers_both() -> None:
    assert quotes("年,,共") == ["年", ",,", "共"]
    assert quotes("死亡率是3.1%。,")[-5:] == ["3", ".", "1", "%。", ","]


# --- blanks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2019 年，全市有 35 家医院", "2019年，全市有35家医院"),
        ("死亡 7 846 人，支出 1 120.6 万元", "死亡7846人，支出1120.6万元"),
        ("截至5月 2020 年", "截至5月2020年"),
        ("附件1 2022年工作要点", "附件1 2022年工作要点"),
        ("配备CT 2台、DSA 3台", "配备CT 2台、DSA 3台"),
        ("接种HPV 疫苗", "接种HPV疫苗"),
        ("2.1 资源总量", "2.1 资源总量"),
        ("报 告 传 染 病 1 2 8 3 例", "报告传染病1283例"),
        ("全市共有床位1 2 0 0 张，医院 3 5 家。", "全市共有床位1200张，医院35家。"),
        ("卫　生　健　康", "卫生健康"),
        ("指   标", "指标"),
        ("环境整治见效 去年，全县清理河道", "环境整治见效 去年，全县清理河道"),
        ("2020-05-06 08:30 来源：健康报 编辑：某某", "2020-05-06 08:30 来源：健康报 编辑：某某"),
    ],
)
def test_blanks(source: str, expected: str) -> None:
    assert text_of(source) == expected


def test_blanks_in_a_torn_text_go_everywhere() -> None:
    source = "出院3 .12万人次，使用 率91. 5%，报销 78 .9%，检查2 0例，新冠疫 苗接种1789 4人。"
    assert text_of(source) == "出院3.12万人次，使用率91.5%，报销78.9%，检查20例，新冠疫苗接种17894人。"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "指标 | 2022年 | 2021年\n---|---|---\n床位数(张) | 2586 | 2571",
            "指标\t2022年\t2021年\n床位数（张）\t2586\t2571",
        ),
        (
            "地区    诊疗(万人次)  出院(人)\n全市    323.0    63 494",
            "地区\t诊疗（万人次）\t出院（人）\n全市\t323.0\t63494",
        ),
        ("床位\t张\t39804\t7.8", "床位\t张\t39804\t7.8"),
        (
            "病种 一季度(例) 二季度(例)\n水痘   214      187\n流行性腮腺炎 36       41",
            "病种\t一季度（例）\t二季度（例）\n水痘\t214\t187\n流行性腮腺炎\t36\t41",
        ),
        (
            "指 标 2011年 2019年 年均增速/%\n床位数/张 4586 7313 6.01",
            "指标\t2011年\t2019年\t年均增速/%\n床位数/张\t4586\t7313\t6.01",
        ),
        ("床位数 4 586 -", "床位数\t4\t586\t-"),
        ("总诊疗人次数\n4 215\n1 926\n3", "总诊疗人次数\n4215\n1926\n3"),
        ("床位\n26,418\n124,073", "床位\n26,418\n124,073"),
    ],
)
def test_tables(source: str, expected: str) -> None:
    assert text_of(source) == expected


# --- lines -----------------------------------------------------------------------------------------------------------

PARAGRAPHS = (
    "二、医疗服务\n"
    "2019年，全市医疗卫生机构总诊疗1623.4万人次，居民平均就诊6.5次，较上年减少0.3次；出院36.9万人次，年住院率为14.8%。病床使用率71.3%，平均住院日8.7日，市人民医院和市中医医院分别为7.9日和8.2日，均低于全省平均水平。\n"
    "（一）妇幼健康\n"
    "孕产妇系统管理率94.7%，3岁以下儿童系统管理率95.3%；婴儿死亡率从上年的2.84‰下降到2.61‰，其中农村地区下降最快，实现了十三五规划确定的目标，并且连续三年保持在较低的水平。"
)


def broken(text: str, width: int, page: str) -> str:
    """``text`` with its paragraphs broken at ``width`` characters, and a page number every nine lines."""
    lines = [line[i : i + width] for line in text.split("\n") for i in range(0, len(line), width)]
    out = []
    for i, line in enumerate(lines, 1):
        out.append(line)
        if i % 9 == 0:
            out.append(page.format(i // 9))
    return "\n".join([*out, page.format(len(lines) // 9 + 1)])


@pytest.mark.parametrize("width", [17, 24, 29, 31])
@pytest.mark.parametrize("page", ["- {} -", "— {} —", "第{}页", "{}"])
def test_lines_of_a_fixed_width_are_joined(width: int, page: str) -> None:
    text = f"{PARAGRAPHS}\n{PARAGRAPHS}"
    assert text_of(broken(text, width, page)) == text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "全年全县常住人口稳定，共出生17\n856人，出生率12.98‰。",
            "全年全县常住人口稳定，共出生17856人，出生率12.98‰。",
        ),
        ("全市共有医院35家\n\n床位4.5万张", "全市共有医院35家\n床位4.5万张"),
        (
            "看病更省心，百姓得实惠\n2019年，全市有医院35家。",
            "看病更省心，百姓得实惠\n2019年，全市有医院35家。",
        ),
        ("主要工作如下：\n一是新增床位，二是新增医师。", "主要工作如下：\n一是新增床位，二是新增医师。"),
        ("\n\n  全市共有医院35家。\r".replace("\r", "\n"), "全市共有医院35家。"),
    ],
)
def test_other_lines(source: str, expected: str) -> None:
    assert text_of(source) == expected


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 新闻中心 > 工作动态 > 正文",
        "字号：【大 中 小】 打印本页 关闭窗口",
        "浏览次数：2317 次 【字体：大 中 小】",
        "上一篇：没有了",
        "Copyright © 2008-2025 All Rights Reserved",
        "- 12 -",
        "第 3 页 共 9 页",
        "上一页 1 2 [3] 4 下一页",
        "·218·      某县年鉴(2019)",
        "您是第 1203 位访问者",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)
    assert text_of(f"全市有医院35家。\n{line}\n床位4.5万张。") == "全市有医院35家。\n床位4.5万张。"


@pytest.mark.parametrize(
    "line",
    [
        "35",
        "4201592",
        "26,418",
        "2019",
        "1/10万",
        "首页刊登了全市35家医院的名单",
        "下一篇：某县开展义诊",
        "主办：某市卫生健康委员会",
        "阅读推广活动35场",
        "小",
        "3 . 2",
    ],
)
def test_what_may_be_the_report_stays(line: str) -> None:
    assert text_of(f"全市有医院35家。\n{line}\n床位4.5万张。").count("\n") == 2 or line == "小"


def test_counters_go_from_a_line_that_stays() -> None:
    assert text_of("来源：健康报 阅读：6103\n全市有医院35家。") == "来源：健康报\n全市有医院35家。"
    assert counters("全市公众号阅读：6103次。") == []


def test_page_numbers_count_up_apart_and_alone() -> None:
    body = ["全市有医院"] * 10
    assert page_numbers([*body, "1", *body, "2", *body, "3"]) == {10, 21, 32}
    assert page_numbers(["床位", "35", "36", "37", *body]) == set()
    assert page_numbers([*body, "35", *body, "98"]) == set()


# --- cells -----------------------------------------------------------------------------------------------------------


def test_edits() -> None:
    cells = Cells.of("abcdef").edited([(1, 3, ""), (4, 6, "x")])
    assert (cells.text, cells.starts, cells.ends) == ("adx", [0, 3, 4], [1, 4, 6])
    stuck = Cells.of("abcdef").edited([(1, 3, "")], sticks=True)
    assert (stuck.text, stuck.starts, stuck.ends) == ("adef", [0, 3, 4, 5], [3, 4, 5, 6])


def test_a_rewriting_step_must_keep_the_length() -> None:
    with pytest.raises(ValueError, match="length"):
        Cells.of("abc").rewritten("ab")


# --- the corpus ------------------------------------------------------------------------------------------------------


@cache
def train() -> tuple[Gold, ...]:
    return tuple(load(split="train"))


def fitting(golds: tuple[Gold, ...]) -> float:
    """The share of gold spans that begin and end where clean characters do."""
    fits = []
    for gold in golds:
        text = cleaned(gold.text)
        starts, ends = set(text.starts), set(text.ends)
        fits += [record.start in starts and record.end in ends for record in (*gold.figures, *gold.names)]
    return sum(fits) / len(fits)


def test_gold_spans_survive_cleaning() -> None:
    assert fitting(train()) > 0.999


PROSE = (
    "city",
    "county",
    "inst",
)  # genres without page furniture, whose lines a fixed width would tear for good


@pytest.mark.parametrize(
    ("kind", "least"), [("traditional", 1.0), ("pinyin", 1.0), ("pdf", 0.95), ("web", 0.98)]
)
def test_noise_is_undone(tmp_path: Path, kind: str, least: float) -> None:
    if kind == "pinyin":
        pytest.importorskip("pypinyin", reason="noise.py needs pypinyin to print readings")
    damage = noise()
    damage.illegible = lambda *_: None  # nobody can read these
    golds = []
    wanted = restored = 0
    for i, gold in enumerate([gold for gold in train() if gold.genre in PROSE][:20]):
        lines = (CORPUS / "gold" / f"{gold.name}.jsonl").read_text(encoding="utf-8").splitlines()
        text, records = damage.damaged(
            gold.text, [json.loads(line) for line in lines if line.strip()], kind, i
        )
        (tmp_path / f"{gold.name}.txt").write_text(text, encoding="utf-8", newline="\n")
        (tmp_path / f"{gold.name}.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        golds.append(load_one(tmp_path / f"{gold.name}.txt", tmp_path / f"{gold.name}.jsonl"))
        before, after = text_of(gold.text).split("\n"), set(text_of(text).split("\n"))
        wanted += len(before)
        restored += sum(line in after for line in before)
    assert fitting(tuple(golds)) > 0.995
    assert restored / wanted >= least


# --- rows of tables --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "指标 单位 2020年 2025年 属性\n床位 张 4.98 6.2 预期性\n医生 人 2.2 3.5 约束性",
            "指标\t单位\t2020年\t2025年\t属性\n床位\t张\t4.98\t6.2\t预期性\n医生\t人\t2.2\t3.5\t约束性",
        ),
        (
            "序号 病名 发病率 构成\n1 肺结核 9.5 4.1\n2 梅毒 6.2 2.7",
            "序号\t病名\t发病率\t构成\n1\t肺结核\t9.5\t4.1\n2\t梅毒\t6.2\t2.7",
        ),
        (
            "指标 2020年 2021年\n机构 1 926 2 148\n床位 871 904",
            "指标\t2020年\t2021年\n机构\t1926\t2148\n床位\t871\t904",
        ),
        (
            "病名 发病数 死亡数\n2021年 2020年 2021年 2020年\n梅毒 306 331 2 3",
            "病名\t发病数\t死亡数\n2021年\t2020年\t2021年\t2020年\n梅毒\t306\t331\t2\t3",
        ),
        ("指标 单位 2020年 2021年\n床位\n张\n74\n78", "指标\t单位\t2020年\t2021年\n床位\n张\n74\n78"),
        ("正高级 52\n副高级 210\n中级 630", "正高级\t52\n副高级\t210\n中级\t630"),
        ("第一章 总则\n第二章 职责", "第一章 总则\n第二章 职责"),
        ("使用率\n81.2\n%\n住院日\n8.1\n天", "使用率\n81.2\n%\n住院日\n8.1\n天"),
    ],
)
def test_rows_are_known_by_the_lines_next_to_them(source: str, expected: str) -> None:
    assert text_of(source) == expected


def test_serial_numbers_of_a_flattened_table_are_no_page_numbers() -> None:
    row = "医院\n71.4\n12.5\n26.1%\n11.2%\n20.5%\n88.1%\n8.1\n40.2%"
    source = f"1\n{row}\n2\n{row}\n3\n{row}"
    assert text_of(source) == source


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("推进创(chuàng\n)卫工作，新增30张床位。", "推进创卫工作，新增30张床位。"),
        ("推进创\n(chuàng)卫工作，新增30张床位。", "推进创卫工作，新增30张床位。"),
    ],
)
def test_a_reading_that_a_line_was_broken_at_is_noise(torn: str, whole: str) -> None:
    assert text_of(torn) == whole


def test_a_line_that_opens_with_a_bracket_goes_on() -> None:
    first = "年末全市卫生人员总数60200人，卫生技术人员46902人。卫生技术人员中，执业"
    assert (
        text_of(f"{first}\n（助理）医师21480人，注册护士18763人。")
        == f"{first}（助理）医师21480人，注册护士18763人。"
    )
