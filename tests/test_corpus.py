"""The published corpus: its loader, its damages, and what its card and docs/corpus.md say of it."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
from damage import noise

from kg import corpus
from kg.agreement import agreement
from kg.corpus import TEST_PROVINCES, Gold

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "seeds" / "corpus"
CARD = (CORPUS / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
KINDS = ("traditional", "pinyin", "pdf", "web")
NAMES = {"stat01", "inst04", "city01"}


# --- the loader ------------------------------------------------------------------------------------------------------


def test_the_splits_are_the_whole_and_share_no_province() -> None:
    train, hard, test, fresh = (list(corpus.load(split=split)) for split in corpus.SPLITS)
    assert sorted(gold.name for gold in (*train, *hard, *test, *fresh)) == [gold.name for gold in corpus.load()]
    assert {gold.province for gold in test} <= TEST_PROVINCES
    assert not {gold.province for gold in (*train, *hard, *fresh)} & TEST_PROVINCES
    assert not {gold.place for gold in fresh} & {gold.place for gold in train}
    assert len({gold.province for gold in test}) > 1


def test_offsets_are_those_of_the_numbers_and_names() -> None:
    for gold in corpus.load():
        assert [gold.text[f.start : f.end] for f in gold.figures] == [f.num for f in gold.figures]
        assert [gold.text[n.start : n.end] for n in gold.names] == [n.text for n in gold.names]


def test_the_second_annotation_comes_with_the_first() -> None:
    pairs = list(corpus.load_second())
    assert len(pairs) >= 20
    assert all((first.name, first.text) == (second.name, second.text) for first, second in pairs)
    assert all(first.split == "train" for first, _ in pairs)
    assert any(first.figures != second.figures for first, second in pairs)


def test_a_second_annotation_equal_to_the_first_agrees_wholly() -> None:
    total = agreement((first, first) for first, _ in corpus.load_second()).total.flat()
    assert set(total.values()) == {1.0}


# --- the damages -----------------------------------------------------------------------------------------------------


def damaged(folder: Path, kind: str, seed: int = 0) -> dict[str, Gold]:
    if kind == "pinyin":
        pytest.importorskip("pypinyin", reason="noise.py needs pypinyin to print readings")
    texts, gold = folder / "texts", folder / "gold"
    noise().damage_folder(CORPUS / "texts", CORPUS / "gold", texts, gold, kind, seed, names=NAMES)
    return {one.name: one for one in corpus.load(texts, gold)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_folder_keeps_what_its_records_say(tmp_path: Path, kind: str) -> None:
    plain = {gold.name: gold for gold in corpus.load() if gold.name in NAMES}
    found = damaged(tmp_path, kind)
    assert found.keys() == NAMES
    for name, gold in found.items():
        assert gold.text != plain[name].text
        values = {(f.value, f.unit, f.indicators) for f in gold.figures}
        assert values == {(f.value, f.unit, f.indicators) for f in plain[name].figures}
        assert {n.names for n in gold.names} == {n.names for n in plain[name].names}


def test_the_same_seed_gives_the_same_damage_and_another_seed_another(tmp_path: Path) -> None:
    once, again, other = (damaged(tmp_path / at, "pdf", seed) for at, seed in (("a", 0), ("b", 0), ("c", 1)))
    assert once == again
    assert all(once[name].text != other[name].text for name in NAMES)


def test_noise_from_the_command_line_on_a_file_and_on_a_folder(tmp_path: Path) -> None:
    for part in ("texts", "gold"):
        (tmp_path / part).mkdir()
    for path in ("texts/stat01.txt", "gold/stat01.jsonl"):
        (tmp_path / path).write_bytes((CORPUS / path).read_bytes())
    calls = (
        ("texts/stat01.txt", "gold/stat01.jsonl", "one.txt", "one.jsonl"),
        ("texts", "gold", "out/texts", "out/gold"),
    )
    for call in calls:
        subprocess.run(
            [sys.executable, CORPUS / "noise.py", *call, "--kind", "web"], cwd=tmp_path, check=True
        )
    for text, gold in (("one.txt", "one.jsonl"), ("out/texts/stat01.txt", "out/gold/stat01.jsonl")):
        assert corpus.load_one(tmp_path / text, tmp_path / gold).figures


# --- what is said of it ----------------------------------------------------------------------------------------------


def test_the_examples_of_the_guide_are_true() -> None:
    examples = "\n".join(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL))
    parsed = doctest.DocTestParser().get_doctest(examples, {}, "docs/corpus.md", None, 0)
    assert len(parsed.examples) > 10
    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(parsed, out=said.append).failed == 0, "".join(said)


def test_the_card_names_every_genre() -> None:
    assert {gold.genre for gold in corpus.load()} <= set(re.findall(r"^\| (\w+) \|", CARD, re.MULTILINE))


def test_the_card_names_the_test_provinces() -> None:
    said = re.search(r"`test` is (.*?), the rest is", CARD, re.DOTALL)
    assert said
    assert set(re.findall(r"[\u4e00-\u9fff]+", said[1])) == TEST_PROVINCES


def test_the_guide_names_every_kind_of_damage() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE)) == set(noise().KINDS)


def test_sizes_are_told_in_the_card_alone() -> None:
    golds = list(corpus.load())
    sizes = [len(golds), sum(len(gold.figures) for gold in golds), sum(len(gold.names) for gold in golds)]
    told = re.compile(
        "|".join(rf"\b{size:,} (?:documents|quantities|names|invented reports)" for size in sizes)
    )
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), CORPUS / "CHANGELOG.md"]
    assert [page.name for page in pages if told.search(page.read_text(encoding="utf-8"))] == []
