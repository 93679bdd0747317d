#!/usr/bin/env python3
"""How much of the gold survives cleaning: the share of figures and names whose span begins and ends at a clean character.

    python scripts/clean_report.py [--split train|hard|test|fresh] [--noise] [--list]

`--noise` damages the first 20 documents as seeds/corpus/noise.py does (kind pinyin needs pypinyin) and measures these
too, with the share of clean lines that come out as from the undamaged document. `--list` prints the spans that do not fit (of train documents only).
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from kg.clean import clean
from kg.corpus import HELD_OUT, SPLITS, Gold, GoldFigure, GoldName, load
from kg.model import CleanText, Document

CORPUS = Path(__file__).resolve().parent.parent / "seeds" / "corpus"


def cleaned(gold: Gold) -> CleanText:
    """The clean text of a document."""
    return clean(Document(gold.name, gold.text, "", "utf-8", gold.name))


def misfits(gold: Gold, text: CleanText) -> list[GoldFigure | GoldName]:
    """The records whose span does not begin and end where clean characters do."""
    starts, ends = set(text.starts), set(text.ends)
    return [r for r in (*gold.figures, *gold.names) if r.start not in starts or r.end not in ends]


def report(name: str, golds: Iterable[Gold], *, show: bool, plain: dict[str, Gold] | None = None) -> None:
    """Print what survives in ``golds``; with ``plain``, which of its clean lines come back."""
    records = lost = characters = lines = restored = 0
    seconds = 0.0
    for gold in golds:
        begun = time.perf_counter()
        text = cleaned(gold)
        seconds += time.perf_counter() - begun
        wrong = misfits(gold, text)
        records += len(gold.figures) + len(gold.names)
        lost += len(wrong)
        characters += len(gold.text)
        if show and gold.split not in HELD_OUT:
            for r in wrong:
                around = gold.text[max(0, r.start - 15) : r.end + 15]
                print(f"  {gold.name}: {gold.text[r.start : r.end]!r} in {around!r}")
        if plain is not None:
            wanted = cleaned(plain[gold.name]).text.split("\n")
            got = set(text.text.split("\n"))
            lines += len(wanted)
            restored += sum(line in got for line in wanted)
            if show and gold.split not in HELD_OUT:
                for line in difflib.unified_diff(wanted, text.text.split("\n"), "", "", n=0, lineterm=""):
                    print(f"  {gold.name}: {line}")
    back = f"  {restored / lines:8.3%} lines restored" if lines else ""
    share = 1 - lost / records if records else 0.0
    print(f"{name:12} {records:6} spans  {share:8.3%} fit  {characters / seconds:10,.0f} characters/s{back}")


def damaged(golds: Iterable[Gold], kind: str, noise: ModuleType) -> Iterable[Gold]:
    """``golds`` with noise of one kind and their records carried along."""
    with tempfile.TemporaryDirectory() as folder:
        for i, gold in enumerate(golds):
            lines = (CORPUS / "gold" / f"{gold.name}.jsonl").read_text(encoding="utf-8").splitlines()
            text, records = noise.damaged(
                gold.text, [json.loads(line) for line in lines if line.strip()], kind, i
            )
            Path(folder, f"{gold.name}.txt").write_text(text, encoding="utf-8", newline="\n")
            Path(folder, f"{gold.name}.jsonl").write_text(
                "\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8"
            )
        yield from load(Path(folder), Path(folder))


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=SPLITS, default="train")
    parser.add_argument("--noise", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--documents", type=int, default=20)
    args = parser.parse_args()
    golds = list(load(split=args.split))
    cleaned(golds[0])  # the converter is loaded once
    report("as printed", golds, show=args.list)
    if args.noise:
        spec = importlib.util.spec_from_file_location("noise", CORPUS / "noise.py")
        noise = importlib.util.module_from_spec(spec)
        sys.modules["noise"] = noise
        spec.loader.exec_module(noise)
        noise.illegible = lambda *_: None  # what cannot be undone is not measured
        plain = [gold for gold in golds if not gold.name.startswith("trad")][: args.documents]
        for kind in ("traditional", "pinyin", "pdf", "web"):
            report(
                kind, damaged(plain, kind, noise), show=args.list, plain={gold.name: gold for gold in plain}
            )


if __name__ == "__main__":
    main()
