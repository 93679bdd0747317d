"""Bytes to text: which encoding, and whether the bytes are text at all.

Chinese pages come as UTF-8, as GB18030 (which holds GB2312 and GBK) or, saved by an office program, as UTF-16 with a
byte order mark. Nearly any bytes can be read as GB18030, so what comes out must look like Chinese before it counts.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from kg.errors import ReadError

MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "a ZIP or Office file / ZIP 或 Office 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file / 旧版 Office 文件"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x7fELF", "a program / 程序文件"),
    (b"MZ\x90\0", "a program / 程序文件"),
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MOST_DAMAGED = 0.002  # of the characters of a UTF-8 text: a cut tail or a few bad bytes
LEAST_COMMON = 0.4  # of the Han characters of a GB18030 text; Traditional text has 0.6, random bytes 0.16
MOST_STRANGE = 0.02  # private use, unassigned and control characters of a GB18030 text


def kind_of_bytes(data: bytes) -> str | None:
    """What ``data`` is when it is plainly not text, else None."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in data:
        return "NUL bytes / 含 NUL 字节"
    return None


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding.

    A UTF-8 text with very few bad bytes is read with U+FFFD in their place, and its encoding says how many. Raises
    ``ReadError`` E102 when no encoding gives plausible text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ReadError("E102", path=path, reason=f"{encoding}, byte {error.start}") from error
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("�") - data.count("�".encode())
    if damaged == 0:
        return text, "utf-8"
    if damaged <= max(1, MOST_DAMAGED * len(text)) and is_plausible(text):
        return text, f"utf-8, {damaged} damaged"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ReadError("E102", path=path, reason="UTF-8, UTF-16, GB18030: no / 均不符") from error
    if not is_plausible(text):
        raise ReadError("E102", path=path, reason="no Chinese in any encoding / 任何编码都不成中文")
    return text, "gb18030"


def is_plausible(text: str) -> bool:
    """Is ``text`` Chinese as people write it, rather than bytes read in a wrong encoding?"""
    sample = text[:20_000]
    strange = sum(
        "\ue000" <= c <= "\uf8ff"
        or c >= "\U000f0000"
        or (c < " " and c not in "\t\n\r\f")
        or "\x7f" <= c <= "\x9f"
        for c in sample
    )
    han = [c for c in sample if "一" <= c <= "鿿"]
    if strange > MOST_STRANGE * len(sample):
        return False
    return not han or sum(map(_is_common, han)) >= LEAST_COMMON * len(han)


def _is_common(character: str) -> bool:
    """Is it one of the 3,755 characters of level 1 of GB 2312, which make up nearly all running text?"""
    code = character.encode("gb18030")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
