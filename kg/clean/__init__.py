"""Documents to clean text: regular, simplified, and still tied to every character of the source.

Noise goes first (readings in brackets, entities), for the script conversion reads phrases; then the lines are put
right, for a number may be broken by one; the marks come last, for they depend on what stands beside them.
"""

from __future__ import annotations

from kg.clean.blanks import spaced
from kg.clean.cells import Cells
from kg.clean.lines import joined
from kg.clean.noise import without_noise
from kg.clean.punctuation import punctuated
from kg.clean.script import regular
from kg.model import CleanText, Document

__all__ = ["clean", "clean_line"]


def clean(document: Document) -> CleanText:
    """``document`` under the conventions of ``CleanText``.

    Raises ``KgError`` E109 when the installed ``opencc`` is not the reimplementation.
    """
    cells = _cleaned(document.text)
    return CleanText(document, cells.text, tuple(cells.starts), tuple(cells.ends))


def clean_line(text: str) -> str:
    """A line that is no part of a document's text, such as the title its container states, as ``clean`` makes it."""
    return _cleaned(text).text.replace("\n", " ").strip()


def _cleaned(text: str) -> Cells:
    printed = without_noise(Cells.of(text))
    cells, torn = joined(regular(printed), printed.text, text)
    return punctuated(spaced(cells, torn=torn))
