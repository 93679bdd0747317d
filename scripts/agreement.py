"""How far two annotators agree: the second, blind annotation of some documents scored against the first.

    python scripts/agreement.py [--documents] [--errors]

``kg.agreement`` says how it is counted; docs/corpus.md has the totals.
"""

from __future__ import annotations

import argparse

from kg.agreement import agreement
from kg.corpus import load_second


def main() -> None:
    """Print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", action="store_true", help="a line for each document")
    parser.add_argument("--errors", action="store_true", help="list what they disagree on")
    args = parser.parse_args()
    scores = agreement(load_second())
    print(scores.table(documents=args.documents))
    if args.errors:
        print(*scores.misses, sep="\n")


if __name__ == "__main__":
    main()
