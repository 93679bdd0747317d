"""Bytes to text: which encoding, and whether the bytes are text at all.

Chinese pages come as UTF-8, as GB18030 (which holds GB2312 and GBK), as Big5 or, saved by an office program, as UTF-16.
What a file declares is one candidate among them, for it is often wrong: nearly any bytes can be read as GB18030, so what
comes out must look like Chinese before it counts.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from kg.errors import Message, ReadError
from kg.read import plausible
from kg.read.mojibake import restored

SAVE_AGAIN = Message("请另存为 UTF-8 文本，再重新读入。", "Save it as UTF-8 text and read it again.")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MOST_DAMAGED = 0.02  # of the characters of a text: a cut tail, some bad bytes
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # bytes in the wrong place, marked as what is lost
_SAMPLE = 200_000  # bytes by which an encoding is chosen
_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and what was found wrong with it.

    ``lost`` are the characters that stand for bytes that could not be read, ``restored`` the lines that had been read in
    a wrong encoding before they were saved and were put right (``mistake`` says how), ``garbled`` those that could not.
    """

    text: str
    encoding: str
    lost: int = 0
    restored: int = 0
    garbled: int = 0
    mistake: str = ""


def decode(data: bytes, where: str, declared: str | None = None) -> Decoded:
    """The text of ``data``; newlines become line feeds.

    A text with very few bad bytes is read with U+FFFD in their place, and its encoding says how many. Raises
    ``ReadError`` E102 when no encoding gives plausible text.
    """
    text, encoding = _decoded(data, where, declared)
    text = CONTROL.sub("�", text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    mended = restored(text)
    lost = mended.text.count("�")
    if mended.lines:
        encoding = f"{encoding}, {mended.mistake}"
    return Decoded(mended.text, encoding, lost, mended.lines, mended.garbled, mended.mistake)


def _decoded(data: bytes, where: str, declared: str | None) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, where)
    if data.count(b"\0", 0, _SAMPLE) > MOST_DAMAGED * min(len(data), _SAMPLE):
        return _without_mark(data, where)
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("�") - data.count("�".encode())
    if damaged == 0:
        return text, "utf-8"
    if damaged <= max(1, MOST_DAMAGED * len(text)) and plausible.is_plausible(text):
        return text, f"utf-8, {damaged} damaged"
    found = _best(data, declared)
    if found is None:
        reason = Message(
            "不是 UTF-8、UTF-16、GB18030 或 Big5 编码的中文", "no Chinese in UTF-8, UTF-16, GB18030 or Big5"
        )
        raise ReadError("E102", path=where, reason=reason, step=SAVE_AGAIN)
    return found


def _marked(data: bytes, encoding: str, where: str) -> tuple[str, str]:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("�") - data.count("�".encode(encoding))
    if damaged > max(1, MOST_DAMAGED * len(text)) or not plausible.is_plausible(text):
        reason = Message(f"标为 {encoding}，却不是", f"marked as {encoding}, but it is not")
        raise ReadError("E102", path=where, reason=reason, step=SAVE_AGAIN)
    return text, f"{encoding}, {damaged} damaged" if damaged > 0 else encoding


def _without_mark(data: bytes, where: str) -> tuple[str, str]:
    """UTF-16 without its mark: no other text has NUL bytes."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="replace")
        if text.count("�") <= max(1, MOST_DAMAGED * len(text)) and plausible.is_chinese(text):
            return text, encoding
    reason = Message("含 NUL 字节", "it has NUL bytes")
    raise ReadError("E102", path=where, reason=reason, step=SAVE_AGAIN)


def _best(data: bytes, declared: str | None) -> tuple[str, str] | None:
    """The text in the encoding in which it is most like Chinese, and the encoding; None where it is in none."""
    candidates = dict.fromkeys(("gb18030", "big5hkscs"))
    if declared and (known := _codec(declared)) and known not in {"utf-8", "utf-16", "utf-7"}:
        candidates[known] = None
    best = _most_plausible(data, tuple(candidates))
    if best is None:
        guess = from_bytes(data[:_SAMPLE]).best()
        best = _most_plausible(data, (guess.encoding,)) if guess is not None else None
    return best


def _most_plausible(data: bytes, candidates: tuple[str, ...]) -> tuple[str, str] | None:
    found: list[tuple[float, int, str]] = []
    for rank, encoding in enumerate(candidates):
        text = data[:_SAMPLE].decode(encoding, errors="replace")
        if text.count("�") <= max(2, MOST_DAMAGED * len(text)) and plausible.is_plausible(text):
            found.append((plausible.commonness(text), -rank, encoding))
    if not found:
        return None
    encoding = max(found)[2]
    text = data.decode(encoding, errors="replace")
    damaged = text.count("�")
    if damaged > max(1, MOST_DAMAGED * len(text)):
        return None
    return text, f"{encoding}, {damaged} damaged" if damaged else encoding


def _codec(name: str) -> str | None:
    """The codec that a declared name stands for; None where there is none for text."""
    try:
        known = codecs.lookup(name.strip().strip("\"'"))
        b"".decode(known.name)
    except (LookupError, ValueError, UnicodeError):
        return None
    return _NAMES.get(known.name, known.name)
