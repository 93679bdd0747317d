"""Texts with their names tagged, for the tests of the stages after."""

from __future__ import annotations

from kg.model import CleanText, Document, Tagged
from kg.tag.organisations import find_organisations
from kg.tag.places import find_places
from kg.tag.programmes import find_programmes
from kg.tag.settle import settle


def tagged(text, **document):
    """A clean text that is its own source, with its places, organisations and programmes."""
    clean = CleanText(
        Document("a.txt", text, "0" * 64, "utf-8", "a.txt", **document),
        text,
        tuple(range(len(text))),
        tuple(range(1, len(text) + 1)),
    )
    places = find_places(text)
    organisations = find_organisations(text, places)
    return Tagged(
        clean, tuple(settle([*places, *organisations, *find_programmes(text, organisations)])), (), ()
    )
