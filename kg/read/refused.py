"""What is known to be no report, or to be one in a format that is not read: named by its first bytes or its parts."""

from __future__ import annotations

from collections.abc import Collection

from kg.errors import Message, ReadError

_TEXT_STEP = Message(
    "请提取其中的文字，存为 UTF-8 编码的 .txt，再重新读入。",
    "Extract the text, save it as .txt in UTF-8 and read that.",
)
_OLD_STEP = Message(
    "请用 Office 另存为 .docx 或 .xlsx，再重新读入。", "Save it as .docx or .xlsx with an office program."
)
_UNPACK_STEP = Message("请解压后再读入。", "Unpack it and read what is in it.")
_OCR_STEP = Message("请先做文字识别（OCR）。", "Run text recognition (OCR) first.")
REFUSED: tuple[tuple[bytes, Message, Message], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Message("旧版或加密的 Office 文件", "an old or encrypted Office file"), _OLD_STEP),
    (b"{\\rtf", Message("RTF", "RTF"), _OLD_STEP),
    (b"\x89PNG", Message("PNG 图片", "a PNG picture"), _OCR_STEP),
    (b"\xff\xd8\xff", Message("JPEG 图片", "a JPEG picture"), _OCR_STEP),
    (b"GIF8", Message("GIF 图片", "a GIF picture"), _OCR_STEP),
    (b"II*\x00", Message("TIFF 图片", "a TIFF picture"), _OCR_STEP),
    (b"MM\x00*", Message("TIFF 图片", "a TIFF picture"), _OCR_STEP),
    (b"Rar!", Message("RAR 压缩文件", "a RAR archive"), _UNPACK_STEP),
    (b"7z\xbc\xaf\x27\x1c", Message("7z 压缩文件", "a 7z archive"), _UNPACK_STEP),
    (b"SQLite format 3\0", Message("SQLite 数据库", "an SQLite database"), _TEXT_STEP),
    (b"\x7fELF", Message("程序文件", "a program"), _TEXT_STEP),
    (b"MZ\x90\0", Message("程序文件", "a program"), _TEXT_STEP),
)  # fmt: skip

PARTS: tuple[tuple[str, Message], ...] = (
    ("OFD.xml", Message("OFD 版式文件", "an OFD document")),
    ("ppt/presentation.xml", Message("PowerPoint 演示文稿", "a PowerPoint presentation")),
    ("META-INF/manifest.xml", Message("OpenDocument 文件", "an OpenDocument file")),
    ("META-INF/container.xml", Message("EPUB 电子书", "an EPUB book")),
    ("META-INF/MANIFEST.MF", Message("程序文件", "a program")),
)


def refuse(head: bytes, where: str) -> None:
    """Raise ReadError E102 where the first bytes are those of what is not read."""
    for start, kind, step in REFUSED:
        if head.startswith(start):
            raise ReadError("E102", path=where, reason=kind, step=step)


def refuse_parts(names: Collection[str], where: str) -> None:
    """Raise ReadError E102 where the names in an archive are those of a document that is not read."""
    for name, kind in PARTS:
        if name in names:
            raise ReadError("E102", path=where, reason=kind, step=_TEXT_STEP)
