"""Plain text, and what any extracted text must be to pass for a report."""

from __future__ import annotations

import re

from kg.config import Options
from kg.errors import Message, ReadError
from kg.model import Problem
from kg.read.encoding import SAVE_AGAIN, Decoded, decode
from kg.read.raw import Content, Raw, warning

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]")
MOST_LOST = 0.1  # of the characters
LEAST_HAN = 0.05  # of the letters


def read_text(raw: Raw) -> Content:
    """Plain text: UTF-8, UTF-16, GB18030 or Big5. Raises ReadError E101, E102, E103."""
    decoded = decode(raw.whole(), raw.where, raw.charset)
    return Content(decoded.text, decoded.encoding, problems=warnings(raw, decoded))


def warnings(raw: Raw, decoded: Decoded) -> tuple[Problem, ...]:
    """What is to be told about a decoded text."""
    found: list[Problem] = []
    if decoded.lost:
        found.append(warning("E125", raw, count=decoded.lost))
    if decoded.restored:
        found.append(warning("E126", raw, count=decoded.restored, reason=decoded.mistake))
    if decoded.garbled:
        found.append(warning("E129", raw, count=decoded.garbled))
    return tuple(found)


def check(text: str, where: str, options: Options) -> None:
    """Raise where ``text`` is no report.

    Raises ReadError: E101 empty, E102 most characters lost, E106 hardly any Chinese, E107 a line longer than
    ``options.max_line``.
    """
    if not text.strip():
        raise ReadError("E101", path=where)
    lost = text.count("�")
    if lost > MOST_LOST * len(text):
        reason = Message(f"{lost} 个字符读不出来", f"{lost} characters that cannot be read")
        raise ReadError("E102", path=where, reason=reason, step=SAVE_AGAIN)
    longest = max(map(len, text.split("\n")))
    if longest > options.max_line:
        raise ReadError("E107", path=where, length=longest, limit=options.max_line)
    letters = sum(map(str.isalpha, text))
    share = len(HAN.findall(text)) / letters if letters else 0.0
    if share < LEAST_HAN:
        raise ReadError("E106", path=where, share=f"{share:.0%}")
