"""What converters and web pages leave in a text: readings in brackets, HTML entities, characters without width."""

from __future__ import annotations

import html
import re

from kg.clean.cells import Cells

INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f]+"
)
ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|ldquo|rdquo|middot)(?!\w)(?:,?;)?|&(?:[A-Za-z][A-Za-z0-9]{1,23}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
TAG = re.compile(
    r"</?(?:p|br|div|span|b|strong|em|i|u|a|font|td|tr|th|li|ul|img|center|sup|sub)\b[^<>\n]{0,300}>",
    re.IGNORECASE,
)

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = r"[a-zü" + _TONED + "ɡ]{1,6}"
_BLANK = r"[ \u00a0\u3000\n]*"
_READING = rf"[(（]{_BLANK}{_SYLLABLE}(?:{_BLANK}[,，、/|;； ]{_BLANK}{_SYLLABLE})*{_BLANK}[)）]"
READINGS = re.compile(rf"(?<=[㐀-鿿])\n?(?:{_READING}){{1,3}}")  # a line may break before or in it
_TONELESS = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|an|en|in|un|vn|ia|ua|uo|[aoeiuvü])"
)
_LETTERS = re.compile(_SYLLABLE)
# One of two marks is a converter's; %。 may be a per-mille sign and is read later.
DOUBLED = re.compile(r"(?!(?<=%)。)[，、；。：！？,;:!?]{2,}")
_STRENGTH = ",，、:：;；。?？!！"
_LOST_BLANK = re.compile(r"^[ \t\u3000\u00a0]*[?？][?？ \t\u3000\u00a0]*(?=[^\s?？]|$)", re.MULTILINE)
_SEVERAL = 3


def without_noise(cells: Cells) -> Cells:
    """Without readings, which stick to the character they follow, invisible characters and left-over markup."""
    if "&" in cells.text:
        cells = cells.replaced(ENTITY, _character)
    if "<" in cells.text:
        cells = cells.deleted(TAG)
    cells = cells.deleted(INVISIBLE)
    if (
        len(_LOST_BLANK.findall(cells.text)) >= _SEVERAL
    ):  # indents that an encoding turned into question marks
        cells = cells.deleted(_LOST_BLANK)
    if "(" in cells.text or "（" in cells.text:
        edits = [(*m.span(), "") for m in READINGS.finditer(cells.text) if _is_reading(m)]
        cells = cells.edited(edits, sticks=True)
    return without_doubles(cells)


def without_doubles(cells: Cells) -> Cells:
    """With the stronger one of marks that follow one another."""
    return cells.replaced(DOUBLED, lambda m: max(m[0], key=_STRENGTH.index))


def _character(entity: re.Match[str]) -> str | None:
    character = html.unescape(entity[0].rstrip(",;") + ";")
    return character if len(character) == 1 else None


def _is_reading(match: re.Match[str]) -> bool:
    """Toned letters are a reading; without tones it must be a syllable of more than one letter (个(ge))."""
    syllables = _LETTERS.findall(match[0])
    return any(c in _TONED for c in match[0]) or all(
        len(syllable) > 1 and _TONELESS.fullmatch(syllable) is not None for syllable in syllables
    )
