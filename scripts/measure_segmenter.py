"""What the segmenter would buy where the unigram cut is in use today; the figures of docs/segmenter.md.

    python scripts/measure_segmenter.py [names] [indicators] [speed] [--only VARIANT ...]

A variant puts the segmenter in the place of ``kg.tag.boundaries``: ``names`` scores mentions on the train split and, where
they lie beside the checkout, on the real reports; ``indicators`` fits the naming model anew by folds over provinces.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from unittest.mock import patch

import train_models
import train_segmenter

from kg import corpus
from kg.clean import clean
from kg.config import Options
from kg.extract import extract
from kg.pipeline import score
from kg.read import read
from kg.resources import data
from kg.tag import boundaries, load, tag
from kg.tag.segmenter import segment

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared"
_ENDS = "。！？；\n\t "
STANDS = ("kg.tag.places", "kg.tag.place_grammar", "kg.tag.home")
NAMES = ("kg.tag.organisation_anchor", "kg.tag.programmes")
CANDIDATES = ("kg.extract.candidates", "kg.extract.choice")


@lru_cache(maxsize=100_000)
def cuts(sentence: str) -> frozenset[int]:
    """The offsets in a sentence at which the segmenter ends a word, and 0."""
    return frozenset(accumulate((len(word) for word in segment(sentence)), initial=0))


def stands(text: str, start: int, end: int, count: int) -> bool:
    """As ``boundaries.stands``, by the segmenter; ``count`` plays no part."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    found = [at for mark in _ENDS if (at := text.find(mark, end)) >= 0]
    here = cuts(text[first : min(found, default=len(text))])
    return start - first in here and end - first in here


def both(text: str, start: int, end: int, count: int) -> bool:
    """The unigram cut and the segmenter agree that the name stands."""
    return boundaries.stands(text, start, end, count) and stands(text, start, end, count)


def either(text: str, start: int, end: int, count: int) -> bool:
    """One of them says so."""
    return boundaries.stands(text, start, end, count) or stands(text, start, end, count)


@lru_cache(maxsize=100_000)
def words(text: str) -> list[str]:
    """As ``boundaries.words``, by the segmenter."""
    return segment(text)


@lru_cache(maxsize=100_000)
def taught(text: str) -> list[str]:
    """As ``boundaries.words``, by the segmenter's teacher."""
    return train_segmenter.taught(text)


VARIANTS: dict[str, dict[str, Callable[..., object]]] = {
    "as it is": {},
    "stands: segmenter": {f"{module}.stands": stands for module in STANDS},
    "stands: both": {f"{module}.stands": both for module in STANDS},
    "stands: either": {f"{module}.stands": either for module in STANDS},
    "names: segmenter": {f"{module}.words": words for module in NAMES},
    "names: teacher": {f"{module}.words": taught for module in NAMES},
    "candidates: segmenter": {f"{module}.cut": words for module in CANDIDATES},
    "candidates: teacher": {f"{module}.cut": taught for module in CANDIDATES},
}


@contextmanager
def variant(name: str) -> Iterator[None]:
    """The program with a variant's functions in place."""
    patches = [patch(target, new) for target, new in VARIANTS[name].items()]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def names(title: str) -> None:
    """Print the F1 of mentions."""
    sets = {"train split": (data("seeds", "corpus", "texts"), data("seeds", "corpus", "gold"), "train")}
    if (REAL / "gold").is_dir():
        sets["real reports"] = (REAL / "seeds", REAL / "gold", None)
    for where, (texts, gold, split) in sets.items():
        flat = score(texts, gold, Options(), split).total.flat()
        shown = "  ".join(f"{key} {flat[key]:.4f}" for key in ("entity", "ORG", "PLACE", "PROGRAMME", "fact"))
        print(f"{title:22} {where:13} {shown}", flush=True)


def indicators(title: str) -> None:
    """Print what ``train_models.py --no-save`` prints."""
    train_models.reports.cache_clear()
    print(title, flush=True)
    with patch.object(sys, "argv", ["train_models.py", "--no-save"]):
        train_models.main()


def speed(title: str) -> None:
    """Print characters a second from text to facts, and of the segmenter alone, on the train split."""
    nlp, folder = load(), data("seeds", "corpus", "texts")
    documents = [read(folder / f"{gold.name}.txt", Options()) for gold in corpus.load(split="train")]
    size = sum(len(document.text) for document in documents)
    extract(tag(clean(documents[0]), nlp))
    cuts.cache_clear()
    words.cache_clear()
    taught.cache_clear()
    start = time.process_time()
    for document in documents:
        extract(tag(clean(document), nlp))
    print(f"{title:22} {size / (time.process_time() - start):.0f} characters/s")
    if title == "as it is":
        texts = [clean(document).text for document in documents]
        segment(texts[0])
        start = time.process_time()
        for text in texts:
            segment(text)
        print(f"{'segmenter alone':22} {size / (time.process_time() - start):.0f} characters/s")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "what", nargs="*", choices=("names", "indicators", "speed"), default=["names", "speed"]
    )
    parser.add_argument("--only", nargs="*", choices=VARIANTS, default=list(VARIANTS))
    args = parser.parse_args()
    for name in args.only:
        with variant(name):
            if "names" in args.what:
                names(name)
            if "speed" in args.what:
                speed(name)
            touches = any("extract" in target for target in VARIANTS[name])
            if "indicators" in args.what and (touches or not VARIANTS[name]):
                indicators(name)


if __name__ == "__main__":
    main()
