"""Clean text → mentions, quantities and times, as spaCy components over a character Doc."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import CleanText, Tagged
from kg.tag.components import found, remember
from kg.tag.settle import settle

COMPONENTS = ("kg_times", "kg_places", "kg_organisations", "kg_programmes", "kg_quantities")


def load(*, segmenter: bool = False) -> Language:
    """The pipeline: a blank Chinese one whose tokens are characters (exact offsets) with our components.

    ``segmenter`` adds ``kg_words``, the words of the text as ``doc.spans["kg_words"]`` (docs/segmenter.md).
    """
    nlp = spacy.blank("zh")
    nlp.max_length = 50_000_000
    for name in COMPONENTS:
        nlp.add_pipe(name)
    if segmenter:
        nlp.add_pipe("kg_words")
    return nlp


def tag(clean: CleanText, nlp: Language) -> Tagged:
    """All that the pipeline finds in a clean text; names do not nest (docs/annotation.md §4)."""
    return collect(clean, nlp(remember(nlp.make_doc(clean.text), clean.text)))


def collect(clean: CleanText, doc: Doc) -> Tagged:
    """The values kept in a processed Doc."""
    mentions = settle([*found(doc, "places"), *found(doc, "organisations"), *found(doc, "programmes")])
    return Tagged(
        clean, tuple(mentions), found(doc, "quantities"), found(doc, "times"), found(doc, "refused")
    )
