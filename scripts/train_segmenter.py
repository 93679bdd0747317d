"""Train the segmenter of seeds/segmenter/model on the train split of seeds/corpus, and score it on hand-made sentences.

    python scripts/train_segmenter.py [--check] [--no-save]

The teacher is the unigram cut of ``kg.tag.boundaries`` with the words of seeds/segmenter/words.txt, bounded by the gold
annotation (figures, dates, names); the pupil a spacy-pkuseg CRF. Half of seeds/segmenter/gold.txt is training text too,
the other half is only for testing, and its documents are left out of the training text.

Deterministic: the same corpus and lists give the same bytes. ``--check`` trains, saves nothing, and fails unless the bytes
are those of the saved model.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import math
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy_pkuseg
import srsly

from kg import corpus
from kg.clean import clean
from kg.config import Options
from kg.model import CleanText
from kg.read import read
from kg.resources import data
from kg.tag import boundaries, lexicon
from kg.tag.segmenter import FILES, Segmenter

FOLDER = data("seeds", "segmenter")
ROUNDS = 10
COPIES = 4  # how often the hand-made half stands in the training text
SMALL = 0.02  # a feature none of whose weights is further from nothing is not saved
OWN = 2000  # how common a word of words.txt counts
HAND = 400  # and one of the hand-made half
LONGEST = 6
_HAN = r"\u4e00-\u9fff"
_SENTENCE = re.compile(r"[^。！？；\s]+[。！？；]*|[。！？；]+")
_PIECE = re.compile(
    rf"\d{{4}}年度?|\d+(?:[年月日号]|[时点分](?!钟))|\d[\d,.\-]*[十百千万亿]*[余多]?[%‰]?|[A-Za-z]+|[{_HAN}]+|."
)
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千万亿几]+")
_COUNTERS = frozenset(
    "个家名位人所张年天周次条项例元份支台座场期件户篇步成岁盒间处篮双届串轮倍种类组笔回页道床遍步封层栋颗本头批步把部辆分"
)
_RATE = re.compile(rf"[{_HAN}]{{2}}")


@cache
def gold() -> dict[str, list[tuple[str, list[str]]]]:
    """The hand-cut sentences, ``train`` and ``test``: the document each is from, and its words."""
    found: dict[str, list[tuple[str, list[str]]]] = {"train": [], "test": []}
    for line in (FOLDER / "gold.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            half, document, text = line.split("\t")
            found[half].append((document, text.split()))
    return found


def common() -> dict[str, int]:
    """The common words with their counts, numerals without their counters, and the names of divisions."""
    counts = dict(boundaries.counts())
    for word in boundaries.counts():
        number = _NUMERAL.match(word)
        if number and word[number.end() :] in _COUNTERS and len(word) > 1:
            del counts[word]
    for surface, known in lexicon.forms().items():
        if known[0].kind == "full" or (len(surface) <= 4 and surface not in lexicon.risky_forms()):
            counts.setdefault(surface, boundaries.PLACE_COUNT if known[0].kind == "full" else 300)
    for name in lexicon.township_forms():
        if len(name) >= 3:
            counts.setdefault(name, 100)
    return counts


@cache
def costs() -> Mapping[str, float]:
    """What each word costs the teacher: the logarithm of how rare it is; under "" the cost of an unknown character."""
    counts = common()
    for line in (FOLDER / "words.txt").read_text(encoding="utf-8").splitlines():
        for word in [] if line.startswith("#") else line.split():
            if "|" in word:
                counts.pop(word.replace("|", ""), None)
                for part in word.split("|"):
                    counts[part] = max(counts.get(part, 0), OWN)
            else:
                counts[word] = max(counts.get(word, 0), OWN)
    for word, times in Counter(word for _, words in gold()["train"] for word in words).items():
        if re.fullmatch(rf"[{_HAN}]+", word):
            counts[word] = max(counts.get(word, 0), HAND * times)
    total = math.log(sum(counts.values()))
    return {word: total - math.log(count) for word, count in counts.items()} | {"": total}


def likeliest(text: str) -> list[str]:
    """The likeliest cut of Chinese characters into words of the teacher."""
    return boundaries.cheapest(text, costs(), costs()[""], LONGEST)


def pieced(text: str, cut: Callable[[str], list[str]]) -> Iterator[str]:
    """Words: numbers with their multiplier, dates, letters and marks by form, Chinese characters by ``cut``."""
    for piece in _PIECE.finditer(text):
        if re.match(rf"[{_HAN}]", piece[0]):
            yield from cut(piece[0])
        elif not piece[0].isspace():
            yield piece[0]


def taught(text: str) -> list[str]:
    """The teacher's words: X率 is one word."""
    words: list[str] = []
    for word in pieced(text, likeliest):
        if word == "率" and words and _RATE.fullmatch(words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return words


def plain(text: str) -> list[str]:
    """The cut in use without a segmenter: the unigram words of ``kg.tag.boundaries``."""
    return list(pieced(text, boundaries.words))


def bounds(text: CleanText, known: corpus.Gold) -> tuple[set[int], list[tuple[int, int]]]:
    """Clean offsets at which the annotation says that words end, and the spans of place names."""
    at = {start: i for i, start in enumerate(text.starts)}
    ends = {end: i + 1 for i, end in enumerate(text.ends)}
    cuts: set[int] = set()
    places = []
    for span in (*known.figures, *known.names):
        first, last = at.get(span.start), ends.get(span.end)
        cuts |= {x for x in (first, last) if x is not None}
        if (
            isinstance(span, corpus.GoldName)
            and span.label == "PLACE"
            and first is not None
            and last is not None
        ):
            places.append((first, last))
    return cuts, places


def whole(name: str) -> list[str]:
    """The words of an annotated place: its divisions, or the name as it stands."""
    words = likeliest(name)
    return words if len(words) == 1 or all(len(w) > 1 for w in words) or len(name) > 4 else [name]


def lesson(text: CleanText, known: corpus.Gold) -> Iterator[list[str]]:
    """The sentences of one document, cut by the teacher inside the bounds of the annotation."""
    cuts, places = bounds(text, known)
    named = dict(places)
    for sentence in _SENTENCE.finditer(text.text):
        start, end = sentence.span()
        stops = sorted({start, end, *(c for c in cuts if start < c < end)})
        words: list[str] = []
        for a, b in pairwise(stops):
            part = text.text[a:b]
            words += whole(part) if named.get(a) == b else taught(part)
        yield words


def lessons() -> Iterator[list[str]]:
    """All training sentences: the teacher's, then the hand-made half ``COPIES`` times."""
    tested = {document for document, _ in gold()["test"]}
    apart = {known.province for known in corpus.load(split="train") if known.name in tested}
    by_hand = {"".join(words): words for _, words in gold()["train"]}
    folder = data("seeds", "corpus", "texts")
    for known in corpus.load(split="train"):
        if known.province not in apart:
            for words in lesson(clean(read(folder / f"{known.name}.txt", Options())), known):
                yield by_hand.get("".join(words), words)
    for _ in range(COPIES - 1):
        yield from by_hand.values()


def fit(sentences: Sequence[list[str]], target: Path) -> None:
    """Train a model in ``target``. The shuffling of spacy-pkuseg is seeded, and nothing else in it is random."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "train.txt")
        text.write_text("\n".join(" ".join(words) for words in sentences) + "\n", encoding="utf-8")
        tests = Path(folder, "test.txt")
        tests.write_text("。\n", encoding="utf-8")
        random.seed(0)
        with contextlib.redirect_stdout(io.StringIO()):
            spacy_pkuseg.train(str(text), str(tests), str(target), train_iter=ROUNDS)
    pruned(target)


def pruned(folder: Path) -> None:
    """Keep the features that weigh something, and write the model small."""
    features = srsly.read_msgpack(folder / "features.msgpack")
    with np.load(folder / "weights.npz") as saved:
        tags, count = (int(n) for n in saved["sizes"])
        weights = saved["w"]
    nodes, edges = weights[: tags * count].reshape(count, tags), weights[tags * count :]
    index = features["feature_to_idx"]
    kept = [name for name, i in index.items() if i == 0 or np.abs(nodes[i]).max() >= SMALL]
    rows = nodes[[index[name] for name in kept]]
    used = {
        part
        for name in kept
        for part in name.partition(".")[2].removeprefix("l.").removeprefix("r.").split("*")
    }
    features["feature_to_idx"] = {name: i for i, name in enumerate(kept)}
    features["unigram"] = sorted(set(features["unigram"]) & used)
    features["bigram"] = []
    srsly.write_msgpack(folder / "features.msgpack", features)
    np.savez_compressed(
        folder / "weights.npz",
        sizes=np.array([tags, len(kept)]),
        w=np.round(np.concatenate([rows.ravel(), edges]), 3),
    )


def spans(words: Iterable[str]) -> set[tuple[int, int]]:
    """The words of a sentence as pairs of offsets."""
    found, at = set(), 0
    for word in words:
        found.add((at, at + len(word)))
        at += len(word)
    return found


def score(cut: Callable[[str], list[str]], half: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of words on a half of the hand-made sentences."""
    hit = said = right = 0
    for _, words in gold()[half]:
        ours, theirs = spans(cut("".join(words))), spans(words)
        hit, said, right = hit + len(ours & theirs), said + len(ours), right + len(theirs)
    return hit / said, hit / right, 2 * hit / (said + right)


def digest(folder: Path) -> str:
    """The SHA-256 of a model's files."""
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()


def main() -> None:
    """Train, compare, score and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="save nothing, compare with the saved model")
    args = parser.parse_args()
    sentences = list(lessons())
    characters = sum(len(word) for words in sentences for word in words)
    print(f"{len(sentences)} training sentences, {characters} characters")
    saved = FOLDER / "model"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fit(sentences, folder)
        if args.check:
            if digest(folder) != digest(saved):
                sys.exit(f"not the saved model: {digest(folder)}")
            print("the same bytes as the saved model")
        else:
            saved.mkdir(exist_ok=True)
            for name in FILES:
                (saved / name).write_bytes((folder / name).read_bytes())
    print(f"model: {sum((saved / name).stat().st_size for name in FILES)} bytes, sha256 {digest(saved)}")
    cuts = {"unigram words, as in use": plain, "the teacher": taught, "the segmenter": Segmenter(saved)}
    print(f"words of the {len(gold()['test'])} test sentences:")
    for title, cut in cuts.items():
        precision, recall, both = score(cut, "test")
        print(f"  {title:25} precision {precision:.4f}  recall {recall:.4f}  F1 {both:.4f}")


if __name__ == "__main__":
    main()
