"""kg tag: the rows and the page of one report."""

from __future__ import annotations

import json
from pathlib import Path

from commands import REPORTS, Run, table


def test_tag_prints_mentions_and_facts_in_order(kg: Run) -> None:
    status, out, _ = kg("tag", REPORTS / "stat01.txt")
    rows = table(out)
    assert status == 0
    assert {row["type"] for row in rows} == {"fact", "mention"}
    assert [int(row["start"]) for row in rows] == sorted(int(row["start"]) for row in rows)
    text = (REPORTS / "stat01.txt").read_text(encoding="utf-8")
    assert all(text[int(row["start"]) : int(row["end"])] == row["text"] for row in rows)
    assert len(json.loads(kg("tag", REPORTS / "stat01.txt", "--format", "json")[1])) == len(rows)


def test_tag_counts_and_lists_the_numbers_that_state_no_fact(kg: Run) -> None:
    report = REPORTS / "stat01.txt"
    _, plain, said = kg("tag", report)
    _, out, _ = kg("tag", report, "--refused")
    rows = table(out)
    refused = [row for row in rows if row["type"] == "refused"]
    assert [row for row in rows if row["type"] != "refused"] == table(plain)
    zh, en = said.splitlines()
    assert zh.startswith(f"未作为事实的数字 {len(refused)} 个：日期 ")
    assert en.startswith(f"{len(refused)} number(s) state no fact: date ")
    assert {row["label"] for row in refused} >= {"date", "grade", "limit", "phone"}
    assert [int(row["start"]) for row in rows] == sorted(int(row["start"]) for row in rows)


def test_tag_writes_a_page_and_rows_to_a_file(kg: Run, tmp_path: Path) -> None:
    report = (REPORTS / "inst04.txt").read_text(encoding="utf-8").replace("101.3%", "201.3%")
    (tmp_path / "report.txt").write_text(report, encoding="utf-8")
    for form in ("html", "csv", "json"):
        call = ("tag", tmp_path / "report.txt", "--format", form)
        status, out, err = kg(*call)
        assert kg(*call, "--output", tmp_path / form) == (status, "", err)
        assert (tmp_path / form).read_bytes() == out.encode()
    page = (tmp_path / "html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "201.3%" in page and "E412" in page  # what the gate finds is among the problems
    status, out, err = kg("tag", REPORTS / "inst04.txt", "--output", tmp_path / "no" / "such" / "folder")
    assert (status, out) == (2, "")
    assert "[E214]" in err


def test_tag_of_a_folder_is_a_wrong_call(kg: Run) -> None:
    assert kg("tag", REPORTS)[:2] == (2, "")


def test_tag_of_an_unreadable_file_is_status_1(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = kg("tag", tmp_path / "empty.txt")
    assert (status, out) == (1, "")
    assert "[E101]" in err
