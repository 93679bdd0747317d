"""Who signed a report: kept as its metadata, never as a place or a figure."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from graph_samples import PLACES
from reading import read_text

from kg.config import BASE, Options
from kg.extract.signatures import find_signatures
from kg.graph import terms
from kg.graph.mapper import to_quads
from kg.pipeline import read_report


def signed(text: str) -> set[tuple[str, str]]:
    return {(credit.office, credit.name) for credit in find_signatures(text)[0]}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("（记者 王建国 通讯员 赵丽文/图）", {("author", "王建国"), ("author", "赵丽")}),
        ("全市共有医院35家。（记者：陈东）", {("author", "陈东")}),
        ("本报讯（记者 王建国）2月26日，全市共有医院35家。", {("author", "王建国")}),
        ("责任编辑：周杰 值班编辑：张明", {("editor", "周杰"), ("editor", "张明")}),
        ("初审：王春 复审：云南 终审：李江川", {("reviewer", "王春"), ("reviewer", "云南"), ("reviewer", "李江川")}),
        ("一审：杨柳\t二审：马超", {("reviewer", "杨柳"), ("reviewer", "马超")}),
        ("编辑：刘洋、高山", {("editor", "刘洋"), ("editor", "高山")}),
        ("通讯员 何平安", {("author", "何平安")}),
        ("来源：昭通日报 作者：李晓梅 发布时间：2024-01-18", {("source", "昭通日报"), ("author", "李晓梅")}),
        ("审核人：王某某\t填报日期：2024年6月8日", {("reviewer", "王某某")}),
        ("供稿：市卫健委规划科", {("source", "市卫健委规划科")}),
        ("责任编辑：wt_02", {("editor", "wt_02")}),
        ("作者：", set()),
        ("来源：未知", set()),
    ],
)  # fmt: skip
def test_a_signature_names_who_wrote_and_checked(line: str, said: set[tuple[str, str]]) -> None:
    assert signed(line) == said


@pytest.mark.parametrize(
    "line",
    [
        "云南日报记者：请问怎么补短板？",
        "记者从市卫生健康委获悉，全市共有医院35家。",
        "记者：是的",
        "全市审核病历3.2万份，初审合格率98%。",
        "经费来源：中央财政拨款3500万元，其余由市县自筹。",
        "编辑健康教育材料12种",
        "主要收入来源：医疗收入占比68.5%，财政补助占比21.3%，药品收入占比10.2%",
    ],
)
def test_what_only_speaks_of_writing_is_no_signature(line: str) -> None:
    assert signed(line) == set()


LINES = ("衢州市2023年卫生健康工作总结", "全市共有医院35家，床位4.5万张。", "编辑：周杰　审核：云南")


def _txt(path: Path) -> Path:
    path = path / "a.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def _html(path: Path) -> Path:
    path = path / "a.html"
    body = "".join(f"<p>{line}</p>" for line in LINES[1:])
    path.write_text(
        f"<html><head><title>{LINES[0]}</title></head><body><h1>{LINES[0]}</h1>{body}</body></html>",
        encoding="utf-8",
    )
    return path


def _docx(path: Path) -> Path:
    made = docx.Document()
    for line in LINES:
        made.add_paragraph(line)
    made.save(str(path / "a.docx"))
    return path / "a.docx"


@pytest.mark.parametrize("made", [_txt, _html, _docx])
def test_every_format_keeps_the_signature_and_makes_no_fact_of_it(made, tmp_path: Path) -> None:
    reading = read_report(made(tmp_path), Options())
    assert {(credit.office, credit.name) for credit in reading.scope.credits} == {
        ("editor", "周杰"),
        ("reviewer", "云南"),
    }
    assert {mention.entity.name for mention in reading.mentions} == {"衢州市"}
    assert [fact.quote for fact in reading.facts] == ["35家", "4.5万张"]


def test_the_graph_says_who_signed() -> None:
    quads = to_quads(read_text("\n".join(LINES)), PLACES, BASE)
    found = {(q.predicate, q.object.value) for q in quads if q.predicate in terms.CREDITS.values()}
    assert found == {(terms.CREDITS["editor"], "周杰"), (terms.CREDITS["reviewer"], "云南")}
