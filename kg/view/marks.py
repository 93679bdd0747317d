"""The source text with spans marked in it, which may nest, touch, cross or coincide.

The text is cut at every end of a span into pieces. A piece is one element that names all the spans over it, so that
marks never nest: links must not, and displaCy's ``ent`` style, which draws one span at a time, cannot either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

# Characters that a page cannot hold or that would reorder it are shown by one sign each, so that offsets stay.
_SHOWN = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421}
_SHOWN |= dict.fromkeys(
    (
        *range(0x80, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        0xFFFE,
        0xFFFF,
    ),
    0xFFFD,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source to be marked: ``key`` is the id of the table row that tells of it.

    ``classes`` are CSS classes, ``hint`` plain words for a pointer that rests on it. ``stop`` tells whether the keyboard
    stops at it.
    """

    key: str
    start: int
    end: int
    classes: str
    hint: str
    stop: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source with the same spans over all of it, the innermost first; none for plain text."""

    start: int
    end: int
    spans: tuple[Span, ...]


def pieces(length: int, spans: Sequence[Span]) -> Iterator[Piece]:
    """A text of ``length`` characters cut at the ends of ``spans``; together the pieces are the whole text."""
    cuts = sorted({0, length, *(at for span in spans for at in (span.start, span.end))})
    waiting = sorted(spans, key=lambda span: span.start, reverse=True)
    over: list[Span] = []
    for start, end in pairwise(cuts):
        over = [span for span in over if span.end > start]
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        yield Piece(start, end, tuple(sorted(over, key=lambda span: (span.end - span.start, span.key))))


def homes(cut: Sequence[Piece]) -> dict[str, str]:
    """The anchor of each span by its key: the id of its first piece."""
    found: dict[str, str] = {}
    for piece in cut:
        for span in piece.spans:
            found.setdefault(span.key, f"s{piece.start}")
    return found


def marked(text: str, cut: Sequence[Piece]) -> str:
    """The markup of ``text``. Every piece with a span is a link to the row of its innermost span.

    The characters of the markup's text are those of ``text``, one for one; what cannot be shown is replaced.
    """
    parts, seen = [], set[str]()
    for piece in cut:
        shown = escape(visible(text[piece.start : piece.end]))
        if not piece.spans:
            parts.append(shown)
            continue
        first = piece.spans[0]
        begins = any(span.stop and span.key not in seen for span in piece.spans)
        seen |= {span.key for span in piece.spans}
        classes = " ".join(dict.fromkeys(name for span in piece.spans for name in span.classes.split()))
        keys = " ".join(span.key for span in piece.spans)
        stop = "" if begins else ' tabindex="-1"'
        parts.append(
            f'<a id="s{piece.start}" class="{classes}" href="#{first.key}" data-of="{keys}" aria-describedby="{first.key}"'
            f' title="{escape(visible(first.hint))}"{stop}>{shown}</a>'
        )
    return "".join(parts)


def visible(text: str) -> str:
    """``text`` with a sign for each control, direction mark or lone surrogate: as long, and safe to show."""
    return text.translate(_SHOWN)


def safe(text: str) -> str:
    """``text`` as markup that shows it and does nothing else."""
    return escape(visible(text))
