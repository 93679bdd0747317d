"""Bytes to text: which encoding, and whether the bytes are text at all.

Chinese pages come as UTF-8, as GB18030 (which holds GB2312 and GBK) or, saved by an office program, as UTF-16 with a
byte order mark. Nearly any bytes can be read as GB18030, so what comes out must look like Chinese before it counts.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg.errors import Message, ReadError

MAGIC = (
    (b"%PDF-", Message("PDF", "PDF")),
    (b"PK\x03\x04", Message("ZIP 或 Office 文件", "a ZIP or Office file")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Message("旧版 Office 文件", "an old Office file")),
    (b"{\\rtf", Message("RTF", "RTF")),
    (b"\x89PNG", Message("PNG 图片", "a PNG picture")),
    (b"\xff\xd8\xff", Message("JPEG 图片", "a JPEG picture")),
    (b"GIF8", Message("GIF 图片", "a GIF picture")),
    (b"\x1f\x8b", Message("gzip 压缩文件", "a gzip archive")),
    (b"Rar!", Message("RAR 压缩文件", "a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", Message("7z 压缩文件", "a 7z archive")),
    (b"SQLite format 3\0", Message("SQLite 数据库", "an SQLite database")),
    (b"\x7fELF", Message("程序文件", "a program")),
    (b"MZ\x90\0", Message("程序文件", "a program")),
)
WEB_SUFFIXES = frozenset([".html", ".htm"])
WEB_PAGE = Message("HTML 网页", "a web page in HTML")
_WEB_START = re.compile(r"\ufeff?\s*+(?:<\?xml[^>]*>\s*+)?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)

# What to do about a file that is not plain text: the next step of E102.
EXTRACT = Message(
    "请提取其中的文字，存为 UTF-8 编码的 .txt，再重新读入。",
    "Extract the text, save it as .txt in UTF-8 and read that.",
)
SAVE_PAGE = Message(
    "请把网页的文字存为 UTF-8 编码的 .txt，再重新读入。",
    "Save the page's text as .txt in UTF-8 and read that.",
)
SAVE_AGAIN = Message("请另存为 UTF-8 文本，再重新读入。", "Save it as UTF-8 text and read it again.")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MOST_DAMAGED = 0.002  # of the characters of a UTF-8 text: a cut tail or a few bad bytes
LEAST_COMMON = 0.4  # of the Han characters of a GB18030 text; Traditional text has 0.6, random bytes 0.16
MOST_STRANGE = 0.02  # private use, unassigned and control characters of a GB18030 text


def kind_of_bytes(data: bytes) -> Message | None:
    """What ``data`` is when it begins as another kind of file does, else None."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    return None


def has_nul(data: bytes) -> bool:
    """Are there NUL bytes, which no text but UTF-16 has, and that only behind its mark?"""
    return not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in data


def is_web_page(text: str) -> bool:
    """Does ``text`` begin as HTML does? Its tags and scripts would be read as if the report said them."""
    return _WEB_START.match(text) is not None


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
                at = error.start
                reason = Message(f"第 {at} 个字节不合 {encoding}", f"byte {at} is not {encoding}")
                raise ReadError("E102", path=path, reason=reason, step=SAVE_AGAIN) from error
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("�") - data.count("�".encode())
    if damaged == 0:
        return text, "utf-8"
    if damaged <= max(1, MOST_DAMAGED * len(text)) and is_plausible(text):
        return text, f"utf-8, {damaged} damaged"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        reason = Message("不是 UTF-8、UTF-16 或 GB18030", "neither UTF-8, UTF-16 nor GB18030")
        raise ReadError("E102", path=path, reason=reason, step=SAVE_AGAIN) from error
    if not is_plausible(text):
        reason = Message("任何编码都不成中文", "no Chinese in any encoding")
        raise ReadError("E102", path=path, reason=reason, step=SAVE_AGAIN)
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
