"""Reports made of a few sentences, read end to end, for the tests of the stages from tagging to facts."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from spacy.language import Language

from kg.clean import clean
from kg.extract import extract
from kg.model import CleanText, Document, Fact, Period, Reading, Tagged
from kg.tag import load, tag

CORPUS = Path(__file__).resolve().parent.parent / "seeds" / "corpus" / "texts"
HEAD = "丽水市卫生健康委员会2021年工作总结\n"  # undated figures are about 2021, 全市 is 丽水市


@cache
def language() -> Language:
    """The pipeline, loaded once for all tests."""
    return load()


def document(text: str, name: str = "made.txt", **container: object) -> Document:
    """A document as if read from a UTF-8 file."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(name, text, digest, "utf-8", name, **container)


def cleaned(text: str, **container: object) -> CleanText:
    return clean(document(text, **container))


def tag_text(text: str, **container: object) -> Tagged:
    return tag(cleaned(text, **container), language())


def read_text(text: str, **container: object) -> Reading:
    """All that a report says, by the shipped model."""
    return extract(tag_text(text, **container))


def figure(body: str, number: str, head: str = HEAD) -> Fact:
    """The fact that a report's body states with ``number`` (its quote, or the start of it); the only one or the first."""
    facts = read_text(head + body).facts
    exact = [f for f in facts if f.quote == number] or [f for f in facts if f.quote.startswith(number)]
    assert exact, f"{number} is not among {[f.quote for f in facts]}"
    return exact[0]


def iso(period: Period | None) -> str:
    """``start/end``, a single day once, no period as the empty string."""
    if period is None:
        return ""
    return f"{period.start}" if period.start == period.end else f"{period.start}/{period.end}"
