"""Measure how many places from county up carry the right GB/T 2260 code, against the gold names of the corpus.

    python scripts/measure_places.py [--split train|hard|test|fresh] [--texts DIR --gold DIR] [--errors]

The right code of a gold mention is that of its canonical name: the innermost division that the name spells out in full,
inside those in front of it; a name that several divisions share is the one in the document's own place, then province,
by the gold. A gold mention that names a township, a village, a station, a region or a country is not counted, nor one whose
name leaves open which division it is. Errors of the test provinces are counted and never listed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kg.config import Options
from kg.corpus import HELD_OUT, SPLITS, Gold, GoldName, load
from kg.model import NamedMention
from kg.pipeline import understood
from kg.read import read
from kg.tag import lexicon


def codes_of(name: str, inside: Sequence[str]) -> tuple[str, ...]:
    """The codes of the divisions that a name can mean, spelt out from above to below; empty where it is no division."""
    for length in range(len(name), 1, -1):
        forms = [form for form in lexicon.forms().get(name[:length], ()) if form.kind == "full"]
        codes = tuple(f.code for f in forms if not inside or any(lexicon.within(f.code, i) for i in inside))
        if codes and length == len(name):
            return codes
        below = codes_of(name[length:], codes) if codes else ()
        if below:
            return below
    return ()


def right_codes(name: GoldName, gold: Gold) -> tuple[str, ...]:
    """The codes of a gold mention; several where the gold leaves it open, none where it is no division from county up."""
    areas = [code for text in (gold.place, gold.province) if text for code in codes_of(text, ())[:1]]
    codes = codes_of(name.names[0], ())
    return next((own for area in areas if (own := tuple(c for c in codes if lexicon.within(c, area)))), codes)


def measure(gold: Gold, said: Sequence[NamedMention], errors: list[str]) -> Counter[str]:
    """Counts of one document: ``gold``, ``exact`` and ``right`` mentions, ``coded`` and ``wrong`` ones of what was said."""
    counts: Counter[str] = Counter()
    places = [m for m in said if m.entity.label == "PLACE"]
    for name in gold.names:
        if name.label != "PLACE":
            continue
        codes = right_codes(name, gold)
        if not codes:
            continue
        if len(codes) > 1:
            counts["open"] += 1
            continue
        counts["gold"] += 1
        here = next((m for m in places if m.start < name.end and name.start < m.end), None)
        exact = here is not None and (here.start, here.end) == (name.start, name.end)
        counts["found"] += here is not None
        counts["exact"] += exact
        is_right = here is not None and here.entity.code == codes[0]
        counts["right"] += is_right
        if not is_right:
            read_as = f"{here.text} {here.entity.code} ({here.rule})" if here else "not found"
            errors.append(f"{gold.name}\t{name.text} = {name.names[0]} {codes[0]}\t{read_as}")
    counts["said"] = sum(m.entity.code is not None and len(m.entity.code) == 6 for m in places)
    return counts


def shown(title: str, counts: Counter[str]) -> str:
    """One line of totals."""
    share = counts["right"] / counts["gold"]
    of_found = counts["right"] / counts["found"]
    return (
        f"{title}: {counts['gold']} mentions from county up, {counts['found']} found, {counts['right']} with the right code: "
        f"{share:.4f} of all, {of_found:.4f} of those found ({counts['open']} left open by the gold)"
    )


def main() -> None:
    """Print the totals, and what is wrong outside the test provinces."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--split", choices=SPLITS)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    texts = options.texts or Path("seeds/corpus/texts")
    totals: dict[str, Counter[str]] = {}
    errors: list[str] = []
    for gold in load(texts, options.gold or Path("seeds/corpus/gold"), options.split):
        document = read(texts / f"{gold.name}.txt", Options())
        said = understood(document, Options(models=False)).mentions
        seen: list[str] = []
        totals.setdefault(gold.split, Counter()).update(measure(gold, said, seen))
        errors += seen if gold.split not in HELD_OUT or options.texts else []
    for split, counts in totals.items():
        print(shown(split, counts))
    if len(totals) > 1:
        print(shown("together", sum(totals.values(), Counter())))
    if options.errors:
        print("\n".join(errors))


if __name__ == "__main__":
    main()
