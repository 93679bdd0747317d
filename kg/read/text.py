"""One file to a ``Document``: bytes, encoding, and whether it can be a report at all."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.config import Options
from kg.errors import Message, ReadError
from kg.model import Document
from kg.read.encoding import (
    EXTRACT,
    SAVE_AGAIN,
    SAVE_PAGE,
    WEB_PAGE,
    WEB_SUFFIXES,
    decode,
    has_nul,
    is_web_page,
    kind_of_bytes,
)

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
LEAST_HAN = 0.05  # of the characters that are not blank; a page of tables still has a fifth
MOST_CONTROL = 0.002


def read(path: Path, options: Options) -> Document:
    """The document in ``path``: UTF-8, UTF-16 with a byte order mark, or GB18030; newlines become line feeds.

    Offsets count in ``Document.text``; a byte order mark is not part of it. Raises ``ReadError``: E101 empty, E102
    not plain text (a web page, a PDF...), E103 larger than ``options.max_bytes``, E104 missing, E105 not readable, E106 hardly any Chinese,
    E107 a line longer than ``options.max_line``.
    """
    data = _bytes(path, options.max_bytes)
    kind = kind_of_bytes(data)
    if kind is not None:
        raise ReadError("E102", path=path, reason=kind, step=EXTRACT)
    if path.suffix.lower() in WEB_SUFFIXES:
        raise ReadError("E102", path=path, reason=WEB_PAGE, step=SAVE_PAGE)
    if has_nul(data):
        reason = Message("含 NUL 字节", "it has NUL bytes")
        raise ReadError("E102", path=path, reason=reason, step=SAVE_AGAIN)
    text, encoding = decode(data, path)
    if is_web_page(text):
        raise ReadError("E102", path=path, reason=WEB_PAGE, step=SAVE_PAGE)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check(text, path, options)
    return Document(
        name=path.name,
        text=text,
        digest=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        path=str(path),
    )


def _bytes(path: Path, limit: int) -> bytes:
    if not path.exists():
        raise ReadError("E104", path=path)
    try:
        size = path.stat().st_size
        if size > limit:
            raise ReadError("E103", path=path, size=size, limit=limit)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError("E105", path=path, reason=error.strerror or error) from error
    if not data.strip():
        raise ReadError("E101", path=path)
    return data


def _check(text: str, path: Path, options: Options) -> None:
    """Raise where ``text`` is no report."""
    visible = len("".join(text.split()))
    if visible == 0:
        raise ReadError("E101", path=path)
    controls = len(CONTROL.findall(text))
    if "\0" in text or controls > MOST_CONTROL * len(text):
        reason = Message(f"{controls} 个控制字符", f"{controls} control characters")
        raise ReadError("E102", path=path, reason=reason, step=SAVE_AGAIN)
    longest = max(map(len, text.split("\n")))
    if longest > options.max_line:
        raise ReadError("E107", path=path, length=longest, limit=options.max_line)
    share = len(HAN.findall(text)) / visible
    if share < LEAST_HAN:
        raise ReadError("E106", path=path, share=f"{share:.0%}")
