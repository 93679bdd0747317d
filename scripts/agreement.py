"""How far two annotators agree: the second, blind annotation of some documents scored against the first.

    python scripts/agreement.py [--documents] [--errors]

The second annotation (seeds/corpus/second) stands in the place of a system's output, so the figures read like those of
`kg eval`: agreement on figures and names as F1, on indicator, subject, period, kind and comparator as the share of the
figures both found. Optional figures that only the second annotator has count for nothing, as in the gold.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.compare import days
from kg.corpus import Gold, GoldFigure, load_one
from kg.evaluate import FactRow, MentionRow, score_rows
from kg.resources import data


def fact_rows(second: Gold, first: Gold) -> list[FactRow]:
    """The second annotator's figures as rows of the contract, their first choices only."""
    return [row(f) for f in second.figures if not f.optional or any(overlaps(f, g) for g in first.figures)]


def overlaps(one: GoldFigure, other: GoldFigure) -> bool:
    """Do two figures share characters?"""
    return one.start < other.end and other.start < one.end


def row(figure: GoldFigure) -> FactRow:
    """A gold figure as a row."""
    start, end = days(figure.times[0])
    return FactRow(
        start=figure.start,
        end=figure.end,
        value=float(figure.value),
        unit=figure.unit,
        comparator=figure.comparator,
        kind=figure.kind,
        indicator=figure.indicators[0],
        subject=figure.subjects[0],
        time_start=start.isoformat(),
        time_end=end.isoformat(),
    )


def mention_rows(second: Gold) -> list[MentionRow]:
    """The second annotator's names as rows of the contract."""
    return [MentionRow(n.start, n.end, n.label, n.names[0]) for n in second.names]


def main() -> None:
    """Print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", action="store_true", help="a line for each document")
    parser.add_argument("--errors", action="store_true", help="list what they disagree on")
    args = parser.parse_args()
    corpus = data("seeds", "corpus")
    names = sorted(path.stem for path in Path(corpus / "second").glob("*.jsonl"))
    firsts = [load_one(corpus / "texts" / f"{n}.txt", corpus / "gold" / f"{n}.jsonl") for n in names]
    seconds = [load_one(corpus / "texts" / f"{n}.txt", corpus / "second" / f"{n}.jsonl") for n in names]
    scores = score_rows(
        firsts,
        {first.name: fact_rows(second, first) for first, second in zip(firsts, seconds, strict=True)},
        {second.name: mention_rows(second) for second in seconds},
    )
    print(
        f"{len(names)} documents, {sum(len(g.figures) for g in firsts)} figures and {sum(len(g.names) for g in firsts)} names in the first"
    )
    print(scores.table(documents=args.documents))
    if args.errors:
        print(*scores.misses, sep="\n")


if __name__ == "__main__":
    main()
