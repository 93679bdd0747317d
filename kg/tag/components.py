"""spaCy factories around the taggers, so that any of them can be swapped in a pipeline.

Each component reads ``doc.text`` (the clean text), keeps what it found as our own values in ``doc.user_data`` and shows
it as ``doc.spans`` under the same key. Order matters only where a tagger looks at what an earlier one found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Mention, Quantity, TimeMention
from kg.tag.organisations import find_organisations
from kg.tag.places import find_places
from kg.tag.programmes import find_programmes
from kg.tag.quantities import read_numbers
from kg.tag.segmenter import segment
from kg.tag.times import find_times

Component = Callable[[Doc], Doc]
_KEY = "kg_"


def found(doc: Doc, kind: str) -> tuple[Any, ...]:
    """What the component ``kind`` found in a doc: values of ``kg.model``, in order; empty where it did not run."""
    values: tuple[Any, ...] = doc.user_data.get(_KEY + kind, ())
    return values


def text_of(doc: Doc) -> str:
    """The text of a doc, which spaCy puts together anew each time it is asked for."""
    text: str | None = doc.user_data.get(_KEY + "text")
    if text is None:
        text = doc.user_data[_KEY + "text"] = doc.text
    return text


def remember(doc: Doc, text: str) -> Doc:
    """The doc, with the text that it was made of."""
    doc.user_data[_KEY + "text"] = text
    return doc


def _keep(
    doc: Doc,
    kind: str,
    values: Sequence[Mention | Quantity | TimeMention],
    label: Callable[[Any], str],
) -> Doc:
    doc.user_data[_KEY + kind] = tuple(values)
    spans = (doc.char_span(v.start, v.end, label=label(v), alignment_mode="expand") for v in values)
    doc.spans[_KEY + kind] = [span for span in spans if span is not None]
    return doc


@Language.factory("kg_times")
def times(nlp: Language, name: str) -> Component:
    """Time expressions."""

    def component(doc: Doc) -> Doc:
        return _keep(doc, "times", find_times(text_of(doc)), lambda _: "TIME")

    return component


@Language.factory("kg_places")
def places(nlp: Language, name: str) -> Component:
    """Administrative divisions."""

    def component(doc: Doc) -> Doc:
        return _keep(doc, "places", find_places(text_of(doc)), lambda m: m.label)

    return component


@Language.factory("kg_organisations")
def organisations(nlp: Language, name: str) -> Component:
    """Organisations; uses the places found before it as left boundaries."""

    def component(doc: Doc) -> Doc:
        return _keep(
            doc, "organisations", find_organisations(text_of(doc), found(doc, "places")), lambda m: m.label
        )

    return component


@Language.factory("kg_programmes")
def programmes(nlp: Language, name: str) -> Component:
    """Programmes, plans, laws and awards."""

    def component(doc: Doc) -> Doc:
        return _keep(
            doc, "programmes", find_programmes(text_of(doc), found(doc, "organisations")), lambda m: m.label
        )

    return component


@Language.factory("kg_quantities")
def quantities(nlp: Language, name: str) -> Component:
    """Numbers with their units, and beside them (``found(doc, "refused")``) those that are no figures; none inside a time or a name."""

    def component(doc: Doc) -> Doc:
        kinds = ("times", "places", "organisations", "programmes")
        taken = [(v.start, v.end) for kind in kinds for v in found(doc, kind)]
        figures, refused = read_numbers(text_of(doc), taken)
        doc.user_data[_KEY + "refused"] = tuple(refused)
        return _keep(doc, "quantities", figures, lambda q: "QUANTITY")

    return component


@Language.factory("kg_words")
def words(nlp: Language, name: str) -> Component:
    """Words, by our segmenter: ``doc.spans["kg_words"]``, blanks left out. Not needed by the others."""

    def component(doc: Doc) -> Doc:
        spans, at = [], 0
        for word in segment(text_of(doc)):
            if not word.isspace():
                spans.append(doc.char_span(at, at + len(word), label="WORD", alignment_mode="expand"))
            at += len(word)
        doc.spans[_KEY + "words"] = [span for span in spans if span is not None]
        return doc

    return component
