"""Files that are damaged, hostile or of a kind that is not read: each is to be named with its reason."""

from __future__ import annotations

import gzip
import io
import zipfile

from sample_documents import lines_of, page, tables, word

_ZIP_TIME = (2024, 1, 2, 3, 4, 4)


def damaged() -> dict[str, bytes]:
    """Name → bytes; the PDFs among them are made by ``sample_pdfs``."""
    document = word(lines_of("county06"))
    sheet = tables()["tables/counties.xlsx"]
    return {
        "damaged/truncated.docx": document[: len(document) // 2],
        "damaged/truncated.xlsx": sheet[: len(sheet) // 2],
        "damaged/truncated.zip": _zip({"a.txt": "\n".join(lines_of("county06")).encode()})[:-40],
        "damaged/truncated.gz": gzip.compress("\n".join(lines_of("county06")).encode(), mtime=0)[:-60],
        "damaged/no-xml.docx": _replaced(document, "word/document.xml", b"<w:document><w:body>"),
        "damaged/entities.docx": _replaced(document, "word/document.xml", _laughs()),
        "damaged/entities.xlsx": _replaced(sheet, "xl/worksheets/sheet1.xml", _laughs()),
        "damaged/outside.zip": _zip({"../../outside.txt": b"a", "/etc/outside.txt": b"b", "a.txt": "\n".join(lines_of("county06")).encode()}),
        "damaged/bomb.zip": _zip({"bomb.txt": b"\xe5\x8d\xab" * 10_000_000}),
        "damaged/bomb.gz": gzip.compress(b"\xe5\x8d\xab" * 10_000_000, mtime=0),
        "damaged/nested.zip": _nested(6),
        "damaged/deep.html": ("<div>" * 3_000 + "全市床位35张。" + "</div>" * 3_000).encode(),
        "damaged/old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        "damaged/format.ofd": _zip({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"}),
        "damaged/picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "damaged/english.html": page("a", ["Annual report"] + ["Hospitals had 35 beds, and all of them were used."] * 9, around=False).replace("某市卫生健康委员会", "").encode(),
        "damaged/empty.html": b"<html><head><title></title></head><body></body></html>",
        "damaged/half.html": page("county06", lines_of("county06")).encode()[:2_500],
    }  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _nested(depth: int) -> bytes:
    data = "\n".join(lines_of("county06")).encode()
    name = "a.txt"
    for level in range(depth):
        data, name = _zip({name: data}), f"{level}.zip"
    return data


def _replaced(data: bytes, part: str, content: bytes) -> bytes:
    """An office file with one part in place of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            new.writestr(info, content if name == part else old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _laughs() -> bytes:
    """Entities that would expand to a billion characters, and one that would fetch a file."""
    entities = '<!ENTITY a0 "笑"><!ENTITY file SYSTEM "file:///etc/passwd">' + "".join(
        f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE d [{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>&a9;&file;</w:t></w:r></w:p></w:body></w:document>"
    ).encode()
