#!/usr/bin/env python
"""Print how many of the figures read from the corpus are of an indicator that the scheme knows.

    python scripts/measure_indicators.py                  # the train and the test provinces of seeds/corpus
    python scripts/measure_indicators.py FOLDER ...       # and other people's reports

Only totals are printed, of the test provinces as of the others. What is not known becomes a candidate indicator of the
graph; docs/indicators.md says how to promote one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from kg.config import Options
from kg.corpus import load
from kg.model import Fact
from kg.pipeline import read_report

CORPUS = Path(__file__).resolve().parent.parent / "seeds" / "corpus"


def figures(paths: Iterable[Path]) -> list[Fact]:
    """Every figure read from the reports."""
    return [fact for path in paths for fact in read_report(path, Options()).facts]


def known(facts: list[Fact]) -> float:
    """The share of the figures whose indicator is in the scheme; 0 where there are none."""
    return sum(fact.concept is not None for fact in facts) / max(len(facts), 1)


def main() -> None:
    """Print a row for every split and folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, help="folders of reports, each told in a row of its own"
    )
    splits = {
        split: [CORPUS / "texts" / f"{gold.name}.txt" for gold in load(split=split)]
        for split in ("train", "test")
    }
    for folder in parser.parse_args().folders:
        splits[folder.name] = sorted(path for path in folder.iterdir() if path.is_file())
    print("reports", "documents", "figures", "known", "share", sep="\t")
    for name, paths in splits.items():
        facts = figures(paths)
        share = known(facts)
        print(name, len(paths), len(facts), round(share * len(facts)), f"{share:.3f}", sep="\t")


if __name__ == "__main__":
    main()
