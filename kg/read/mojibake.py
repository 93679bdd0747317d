"""Text that was read in a wrong encoding and saved so: undone where the bytes are still there.

A line is put right only if it does not look like Chinese and the way back gives bytes that do in another encoding, which
chance does not bring about in a line of any length. What the wrong reading threw away is marked with U+FFFD.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.read.plausible import commonness, is_chinese, is_plausible, ordinariness

# (the encoding it was wrongly read in, the one it was in), the most frequent first.
_MISTAKES = (
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("cp1252", "gb18030"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
    ("big5hkscs", "utf-8"),
)
_GONE = re.compile(r"锟斤拷|烫烫烫|屯屯屯|�{3,}|\?{6,}")
_LEAST = 6  # characters that are not ASCII, below which a line says too little to be judged alone
_USUAL = 0.1  # commonness from which on a line is taken for Chinese
_BETTER = 0.2  # commonness that the restored text must have
_MORE = 0.1  # by how much more of its characters must be everyday ones than of the line as it stands
_MOST_LOST = 0.15  # of the characters of a restored line
_MOST_LOST_KNOWN = 0.35  # where other lines of the text show what happened


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with ``lines`` lines put right, and ``garbled`` that cannot be; ``mistake`` is the most frequent one."""

    text: str
    lines: int = 0
    garbled: int = 0
    mistake: str = ""


def restored(text: str) -> Restored:
    """``text`` with its garbled lines put right; as it is where there are none."""
    if text.isascii():
        return Restored(text)
    mistakes: Counter[tuple[str, str]] = Counter()
    garbled = 0
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if line.isascii() or commonness(line) >= _USUAL:
            garbled += _GONE.search(line) is not None
            continue
        mended = _mended(line, mistakes)
        if mended is not None:
            lines[i] = mended
        else:
            garbled += _GONE.search(line) is not None
    others = _others(lines, mistakes.most_common(1)[0][0]) if mistakes else 0
    said = [f"{right} read as {wrong}" for (wrong, right), _ in mistakes.most_common(1)]
    return Restored("\n".join(lines), mistakes.total() + others, garbled, said[0] if said else "")


def _mended(line: str, mistakes: Counter[tuple[str, str]]) -> str | None:
    """The line as it was, and note the mistake; None where no way back gives Chinese."""
    if sum(not c.isascii() for c in line) < _LEAST:
        return None
    known = [mistake for mistake, _ in mistakes.most_common()]
    for wrong, right in dict.fromkeys((*known, *_MISTAKES)):
        mended = _undone(line, wrong, right)
        if mended and commonness(mended) >= _BETTER and is_chinese(mended):
            mistakes[wrong, right] += 1
            return mended
    return None


def _others(lines: list[str], mistake: tuple[str, str]) -> int:
    """Put right, by the mistake of the other lines, what says too little to be judged alone; how many lines."""
    found = 0
    for i, line in enumerate(lines):
        if line.isascii() or commonness(line) >= _USUAL:
            continue
        mended = _undone(line, *mistake, most=_MOST_LOST_KNOWN)
        if mended and mended != line and is_plausible(mended) and any("一" <= c <= "鿿" for c in mended):
            lines[i] = mended
            found += 1
    return found


def _undone(line: str, wrong: str, right: str, most: float = _MOST_LOST) -> str | None:
    """The line as it was before; None where the way back loses more than the share ``most`` of its characters."""
    data = _bytes(line, wrong)
    if data is None:
        return None
    text = re.sub("�+", "�", data.decode(right, errors="replace"))
    if text.count("�") > most * len(text) or ordinariness(text) <= ordinariness(line) + _MORE:
        return None
    return text


def _bytes(line: str, wrong: str) -> bytes | None:
    """The bytes that were read as ``line``; None where no bytes are.

    Browsers read the byte 80 of GBK as €, and keep bytes that Windows-1252 does not have; 0xFF, which is in no
    encoding, stands for what was lost.
    """
    out = bytearray()
    for character in line:
        if character == "�":
            out.append(0xFF)
        elif character == "€" and wrong == "gb18030":
            out.append(0x80)
        else:
            try:
                out += character.encode(wrong)
            except UnicodeEncodeError:
                if wrong != "cp1252" or ord(character) > 0xFF:
                    return None
                out.append(ord(character))
    return bytes(out)
