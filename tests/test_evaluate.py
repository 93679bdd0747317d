"""kg.evaluate and kg.compare: the same figures as the referee, and what each comparison allows."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.compare import days, folded, is_undated, likeness, same_indicator, same_name, same_time
from kg.corpus import Gold, load
from kg.errors import UsageError
from kg.evaluate import FactRow, MentionRow, Tally, evaluate, score_rows
from kg.misses import counted
from kg.model import Document, Reading, Scope

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "seeds" / "corpus"
REFEREE = ROOT.parent / "shared" / "eval" / "score.py"
needs_referee = pytest.mark.skipif(not REFEREE.is_file(), reason="the referee lies outside the repository")


def perfect(gold: Gold) -> tuple[list[FactRow], list[MentionRow]]:
    """The rows that say what the gold says."""
    facts = [
        FactRow(
            f.start,
            f.end,
            float(f.value),
            f.unit,
            f.comparator,
            f.kind,
            f.indicators[0],
            f.subjects[0],
            *(day.isoformat() for day in days(f.times[0])),
            rule="gold",
        )
        for f in gold.figures
    ]
    return facts, [MentionRow(n.start, n.end, n.label, n.names[0]) for n in gold.names]


def spoilt(rows: list, seed: str, length: int) -> list:
    """``rows`` with drops, shifts, repetitions, wrong values, units, names and dates."""
    rng = random.Random(seed)
    out = []
    for row in rows:
        draw = rng.random()
        if draw < 0.08:
            continue
        if draw < 0.16:
            by = rng.choice((-2, -1, 1, 3))
            row = replace(row, start=max(0, row.start + by), end=min(length, row.end + by))  # noqa: PLW2901
        elif draw < 0.22:
            out.append(row)
        if isinstance(row, FactRow):
            change = rng.choice(
                (
                    {},
                    {},
                    {},
                    {"value": row.value * 10},
                    {"value": None},
                    {"unit": "人"},
                    {"unit": ""},
                    {"kind": "level"},
                    {"comparator": ""},
                    {"indicator": row.indicator[:2]},
                    {"indicator": row.indicator[2:] + "数"},
                    {"indicator": ""},
                    {"subject": "某县"},
                    {"time_start": "", "time_end": ""},
                    {"time_end": ""},
                    {"time_start": "2015-01-01"},
                    {"time_start": "2019", "time_end": "2019-13"},
                    {"time_start": row.time_end},
                )
            )
        else:
            change = rng.choice(({}, {}, {}, {"label": "ORG"}, {"name": "某医院"}, {"end": row.end - 1}))
        out.append(replace(row, **change))
    rng.shuffle(out)
    return out


@needs_referee
@pytest.mark.parametrize("seed", [1, 2])
def test_scores_as_the_referee(tmp_path: Path, seed: int) -> None:
    golds = list(load(split="train"))
    facts, mentions = {}, {}
    for gold in golds:
        both = perfect(gold)
        facts[gold.name] = spoilt(both[0], f"{seed} {gold.name}", len(gold.text))
        mentions[gold.name] = spoilt(both[1], f"{seed} {gold.name}", len(gold.text))
    gold_dir, text_dir = tmp_path / "gold", tmp_path / "texts"
    gold_dir.mkdir()
    text_dir.mkdir()
    for gold in golds:
        (gold_dir / f"{gold.name}.jsonl").write_bytes((CORPUS / "gold" / f"{gold.name}.jsonl").read_bytes())
        (text_dir / f"{gold.name}.txt").write_bytes((CORPUS / "texts" / f"{gold.name}.txt").read_bytes())
    _write(tmp_path / "facts.csv", facts)
    _write(tmp_path / "mentions.csv", mentions)
    said = subprocess.run(
        [
            sys.executable,
            REFEREE,
            gold_dir,
            text_dir,
            "--facts",
            tmp_path / "facts.csv",
            "--mentions",
            tmp_path / "mentions.csv",
            "--json",
        ],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    actual = score_rows(golds, facts, mentions).total.summary()
    assert actual == json.loads(said.stdout)
    assert 0.2 < actual["fact"]["f1"] < 0.9  # the rows were neither all right nor all wrong


def _write(path: Path, rows: dict[str, list]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        some = next(iter(row for group in rows.values() for row in group))
        writer = csv.DictWriter(file, ["doc", *some.__slots__])
        writer.writeheader()
        for name, group in rows.items():
            for row in group:
                values = {key: getattr(row, key) for key in row.__slots__}
                writer.writerow(
                    {"doc": f"{name}.txt"} | {k: "" if v is None else v for k, v in values.items()}
                )


def test_gold_rows_score_full_marks() -> None:
    golds = list(load())
    rows = {gold.name: perfect(gold) for gold in golds}
    scores = score_rows(golds, {k: v[0] for k, v in rows.items()}, {k: v[1] for k, v in rows.items()})
    summary = scores.total.summary()
    assert {summary[key]["f1"] for key in ("quantity", "fact", "entity")} == {1.0}
    assert {summary[key] for key in ("indicator", "subject", "time", "kind", "comparator", "name")} == {1.0}
    assert scores.misses == []


def test_errors_of_test_documents_are_listed_only_on_demand() -> None:
    golds = list(load())
    nothing = score_rows(golds, {}, {})
    assert {miss.doc for miss in nothing.misses} <= {gold.name for gold in golds if gold.split != "test"}
    shown = score_rows(golds, {}, {}, show_test=True)
    assert len(shown.misses) > len(nothing.misses) > 5000
    assert shown.total == nothing.total


def test_evaluate_reads_each_document_once() -> None:
    read: list[str] = []

    def read_one(path: Path) -> Reading:
        read.append(path.name)
        return Reading(Document(path.name, "", "", "utf-8", str(path)), Scope(), (), ())

    scores = evaluate(CORPUS / "texts", CORPUS / "gold", read_one)
    assert read == sorted(path.name for path in (CORPUS / "texts").glob("*.txt"))
    assert scores.total.measure("quantity") == {
        "p": 0.0,
        "r": 0.0,
        "f1": 0.0,
        "gold": scores.total["quantity.gold"],
        "said": 0,
    }
    assert scores.table().startswith("TOTAL")
    assert len(scores.table(documents=True).splitlines()) == len(read) + 1


def test_rules_and_kinds_are_broken_down() -> None:
    gold = next(load(split="train"))
    facts, _ = perfect(gold)
    wrong = [
        replace(facts[0], subject="某县", rule="bad"),
        *facts[1:],
        replace(facts[0], start=0, end=1, rule="ghost"),
    ]
    scores = score_rows([gold], {gold.name: wrong}, {})
    assert scores.rules["bad"].share("subject") == 0.0
    assert scores.rules["bad"].share("indicator") == 1.0
    assert (scores.rules["ghost"]["said"], scores.rules["ghost"]["hit"]) == (1, 0)
    assert sum(kind["said"] for kind in scores.kinds.values()) == scores.total["quantity.gold"]
    by_rule = {row["rule"]: row for row in scores.rows("rule")}
    assert (by_rule["bad"]["said"], by_rule["bad"]["value"], by_rule["bad"]["fact"]) == (1, 1.0, 0.0)
    assert next(iter(by_rule)) == "gold"
    assert {row["kind"] for row in scores.rows("kind")} == {
        figure.kind for figure in gold.figures if not figure.optional
    }
    assert [row["label"] for row in scores.rows("label")] == ["ORG", "PLACE", "PROGRAMME"]
    assert scores.rows("document") == [{"document": gold.name, **scores.total.flat()}]
    assert [str(m) for m in scores.misses if m.what == "subject"] == [
        f"{gold.name}: subject {gold.figures[0].num!r}: '某县', is {gold.figures[0].subjects[0]!r} [bad]"
    ]


def test_errors_are_counted_by_rule_kind_label_and_document() -> None:
    gold = next(load(split="train"))
    facts, mentions = perfect(gold)
    first = gold.figures[0]
    said = [
        replace(facts[0], subject="某县", time_start="1990-01-01", time_end="1990-12-31", rule="bad"),
        *facts[2:],
        replace(facts[0], start=0, end=1, rule="ghost", kind="rank"),
    ]
    names = [replace(mentions[0], name="某医院", rule="name"), *mentions[2:]]
    misses = score_rows([gold], {gold.name: said}, {gold.name: names}).misses
    label, lost = gold.names[0].label, gold.names[1].label
    assert counted(misses, "document") == {
        gold.name: {"subject": 1, "time": 1, "missed": 2, "spurious": 1, "name": 1}
    }
    by_rule = counted(misses, "rule")
    assert by_rule == {
        "": {"missed": 2},
        "bad": {"subject": 1, "time": 1},
        "ghost": {"spurious": 1},
        "name": {"name": 1},
    }
    assert list(by_rule) == ["", "bad", "ghost", "name"]
    by_kind = counted(misses, "kind")
    assert sum(counts.total() for counts in by_kind.values()) == 4
    assert (by_kind[first.kind]["subject"], by_kind["rank"]["spurious"]) == (1, 1)
    by_label = counted(misses, "label")
    assert (by_label[label]["name"], by_label[lost]["missed"]) == (1, 1)
    (subject,) = [miss for miss in misses if miss.what == "subject"]
    assert first.num in subject.sentence
    assert "\n" not in subject.sentence
    assert gold.text[subject.start :].startswith(first.num)


def test_no_rows_have_no_f1() -> None:
    assert Tally().measure("fact") == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 0, "said": 0}
    assert Tally().share("time") == 0.0


# --- comparisons -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("昆明市卫生健康委员会", "昆明市卫健委"),
        ("《某 条例》", "某条例"),
        ("１／１０万", "1/10万"),
        ("％", "%"),
        ("", ""),
    ],
)
def test_folded(name: str, expected: str) -> None:
    assert folded(name) == expected


def test_same_name_ignores_marks_only() -> None:
    assert same_name("“健康某市”行动", ["健康某市行动"])
    assert not same_name("健康某市", ["健康某市行动"])


def test_likeness_is_f1_of_characters() -> None:
    assert likeness("床位数", "床位") == pytest.approx(0.8)
    assert likeness("", "床位") == 0.0


def test_indicator_with_its_head_may_differ_more() -> None:
    right = ["开设发热门诊"]
    assert same_indicator("发热门诊数量", right, "发热门诊")
    assert not same_indicator("门诊发热开", ["核酸检测"], "核酸")
    assert not same_indicator("发热", right, "发热门诊")


@pytest.mark.parametrize(
    ("start", "end", "right", "context", "expected"),
    [
        ("2019-01-01", "2019-12-31", ["2019"], False, True),
        ("2019-12-31", "2019-12-31", ["2019"], False, False),
        ("2019-01-01", "2019-12-31", ["2019-12-31"], False, True),
        ("2018-01-01", "2019-12-31", ["2019"], False, False),
        ("2019-03-01", "2019-03-31", ["2019"], True, True),
        ("2017-01-01", "2019-12-31", ["2019"], True, False),
        ("2018-01-01", "2018-12-31", ["2019"], True, False),
        ("2020-01-01", "2020-06-30", ["2020-01/2020-06"], False, True),
        ("2020-02-30", "2020-06-30", ["2020-01/2020-06"], False, False),
        ("", "", ["2019"], True, False),
        ("", "2019-12-31", ["2019-12-31"], False, True),
    ],
)
def test_same_time(start: str, end: str, right: list[str], context: bool, expected: bool) -> None:
    assert same_time(start, end, right, context=context) is expected


def test_no_date_is_right_only_for_context_in_an_undated_report() -> None:
    assert same_time("", "", ["2019"], context=True, undated=True)
    assert not same_time("", "", ["2019"], context=False, undated=True)


def test_undated() -> None:
    assert not is_undated("二○一九年工作总结", "2019")
    assert not is_undated("２０１９年", "2018/2019")
    assert is_undated("去年全市", "2019")
    assert is_undated("2019年", None)


# --- the corpus ------------------------------------------------------------------------------------------------------


def test_a_wrong_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全市有医院3家，诊所3家。", encoding="utf-8")
    record = {"type": "entity", "text": "3家", "label": "ORG", "name": "某"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        list(load(tmp_path, tmp_path))
    assert caught.value.code == "E112"
    assert "a.jsonl:1" in caught.value.en


def test_missing_gold_and_missing_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        list(load(tmp_path, tmp_path))
    assert caught.value.code == "E110"
    (tmp_path / "a.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        list(load(tmp_path, tmp_path))
    assert caught.value.code == "E111"
