"""kg eval: totals, breakdowns and errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

from commands import ROOT, Run, table

from kg.model import Kind


def test_eval_totals_and_breakdowns(kg: Run, tmp_path: Path) -> None:
    texts, gold = tmp_path / "texts", tmp_path / "gold"
    for folder, suffix in ((texts, "txt"), (gold, "jsonl")):
        folder.mkdir()
        for name in ("stat01", "inst04"):
            (folder / f"{name}.{suffix}").write_bytes(
                (ROOT / "seeds" / "corpus" / folder.name / f"{name}.{suffix}").read_bytes()
            )
    rows = {row["measure"]: row for row in table(kg("eval", texts, gold)[1])}
    assert float(rows["quantity"]["f1"]) > 0.8
    assert {row["measure"] for row in table(kg("eval", texts, gold, "--by", "label")[1])} == {
        "ORG",
        "PLACE",
        "PROGRAMME",
    }
    assert {row["document"] for row in table(kg("eval", texts, gold, "--by", "document")[1])} == {
        "TOTAL",
        "stat01",
        "inst04",
    }
    assert table(kg("eval", texts, gold, "--by", "rule")[1])
    assert {row["kind"] for row in json.loads(kg("eval", texts, gold, "--by", "kind", "--json")[1])} <= set(
        get_args(Kind)
    )
    assert json.loads(kg("eval", texts, gold, "--json")[1])[0]["measure"] == "quantity"
    assert kg("eval", texts, gold, "--split", "train") == kg("eval", texts, gold)
    assert kg("eval", texts, gold, "--by", "colour")[0] == 2


def test_eval_errors_are_rows_and_are_counted(kg: Run, tmp_path: Path) -> None:
    text = (ROOT / "seeds" / "corpus" / "texts" / "stat01.txt").read_text(encoding="utf-8")
    gold = (ROOT / "seeds" / "corpus" / "gold" / "stat01.jsonl").read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(gold) if '"num": "8765个"' in line)
    gold[at] = json.dumps(json.loads(gold[at]) | {"kind": "money"})
    (tmp_path / "stat01.txt").write_text(text, encoding="utf-8")
    (tmp_path / "stat01.jsonl").write_text("\n".join(gold), encoding="utf-8")
    rows = table(kg("eval", tmp_path, tmp_path, "--errors")[1])
    (row,) = [row for row in rows if row["text"] == "8765个"]
    assert (row["doc"], row["what"], row["said"], row["gold"], row["kind"]) == (
        "stat01",
        "kind",
        "count",
        "money",
        "money",
    )
    assert row["sentence"].startswith("（一）医疗卫生机构。") or row["sentence"].startswith("2022年末")
    assert "8765个" in row["sentence"]
    assert text[int(row["start"]) :].startswith("8765个")
    assert len(json.loads(kg("eval", tmp_path, tmp_path, "--errors", "--json")[1])) == len(rows)
    counts = table(kg("eval", tmp_path, tmp_path, "--by", "document", "--errors")[1])
    assert [(one["document"], int(one["errors"])) for one in counts] == [("stat01", len(rows))]
    kinds = {one["kind"]: one for one in table(kg("eval", tmp_path, tmp_path, "--by", "kind", "--errors")[1])}
    assert kinds["money"]["wrong kind"] == "1"
    by_rule = table(kg("eval", tmp_path, tmp_path, "--by", "rule", "--errors")[1])
    assert int({one["rule"]: one for one in by_rule}[row["rule"]]["wrong kind"]) >= 1
    assert sum(int(one["errors"]) for one in by_rule) == len(rows)
    assert kg("eval", tmp_path, tmp_path, "--by", "colour", "--errors")[0] == 2
