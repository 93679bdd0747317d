"""Encodings declared rightly, wrongly or not at all, text read in wrong ones, and reports inside other files."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
from sample_documents import big5, lines_of, page, word
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_ZIP_TIME = (2024, 1, 2, 3, 4, 4)


def encodings() -> dict[str, bytes]:
    """One report in every encoding and misreading."""
    lines = lines_of("county06")
    text = "\n".join(lines) + "\n"
    declared = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
    web = {name: page("county06", lines, head=declared.format(name)) for name in ("utf-8", "gb2312")}
    traditional = big5(text).decode("big5hkscs").strip().split("\n")
    page_big5 = page("county06", traditional, head=declared.format("big5"), around=False).replace("卫", "衛")
    data = text.encode()
    return {
        "encodings/utf-8-bom.txt": codecs.BOM_UTF8 + data,
        "encodings/utf-16-le.txt": codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        "encodings/utf-16-be.txt": codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        "encodings/utf-16-le-no-bom.txt": text.encode("utf-16-le"),
        "encodings/crlf.gbk.txt": text.replace("\n", "\r\n").encode("gbk"),
        "encodings/declared-gb2312.html": web["gb2312"].encode("gb18030"),
        "encodings/says-utf-8-is-gbk.html": web["utf-8"].encode("gb18030"),
        "encodings/says-gb2312-is-utf-8.html": web["gb2312"].encode(),
        "encodings/declared-big5.html": page_big5.encode("big5hkscs", errors="xmlcharrefreplace"),
        "encodings/utf-8-read-as-gbk.txt": data.decode("gb18030", errors="replace").encode(),
        "encodings/utf-8-read-as-latin-1.txt": data.decode("latin-1").encode(),
        "encodings/gbk-read-as-latin-1.txt": text.encode("gb18030").decode("latin-1").encode(),
        "encodings/cut-tail.txt": data[:-20],
        "encodings/lost-characters.txt": text.replace("床位", "��", 2).encode(),
        "encodings/garbled-line.txt": (text + "锟斤拷锟斤拷锟斤拷35锟斤拷锟斤拷\n").encode(),
    }


def corpora() -> dict[str, bytes]:
    """Reports in JSON lines, Parquet, ZIP, tar, gzip and WARC."""
    names = ("stat01", "city03", "county06")
    records = [
        {
            "title": lines_of(name)[0],
            "content": "\n".join(lines_of(name)),
            "publish_date": f"2023-0{i}-15",
            "source": "某市卫生健康委员会",
            "url": f"https://wjw.example.gov.cn/tj/{name}.html",
        }
        for i, name in enumerate(names, start=1)
    ]
    jsonl = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    parquet = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), parquet)
    return {
        "corpora/records.jsonl": jsonl.encode(),
        "corpora/broken-lines.jsonl": (
            jsonl.split("\n")[0] + "\n{broken\n[1, 2]\n" + '{"content": ""}\n'
        ).encode(),
        "corpora/records.parquet": parquet.getvalue(),
        "corpora/reports.zip": _zip(),
        "corpora/reports.tar.gz": _tar(),
        "corpora/county06.txt.gz": gzip.compress("\n".join(lines_of("county06")).encode(), mtime=0),
        "corpora/site.warc": _warc(compressed=False),
        "corpora/site.warc.gz": _warc(compressed=True),
    }


def _zip() -> bytes:
    """As Windows packs it: names in GBK without a mark, an archive in the archive, files that are no reports."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("2021/county06.txt", _ZIP_TIME), "\n".join(lines_of("county06")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (
            (
                "2022年统计公报.txt".encode("gb18030").decode("cp437"),
                "\n".join(lines_of("stat01")).encode("gb18030"),
            ),
            ("pages/city03.html", page("city03", lines_of("city03")).encode()),
            ("pages/style.css", b"body {}"),
            ("inner.zip", inner.getvalue()),
            ("word/city03.docx", word(lines_of("city03"))),
        ):
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    raw = out.getvalue()
    # zipfile marks every name that is not ASCII as UTF-8; Windows writes GBK and no mark.
    marked, plain = (("2022年统计公报.txt".encode("gb18030").decode("cp437")).encode(), "2022年统计公报.txt".encode("gb18030"))  # fmt: skip
    return _renamed(raw, marked, plain)


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """A ZIP archive with one name in other bytes and without its UTF-8 mark; built anew, for lengths change."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for info in archive.infolist():
            made = _GbkInfo(info.filename, _ZIP_TIME)
            made.raw_name = new if info.filename.encode() == old else info.filename.encode()
            fresh.writestr(made, archive.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _GbkInfo(zipfile.ZipInfo):
    """A member whose name is written as given."""

    raw_name: bytes = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name zipfile asks for
        return self.raw_name, self.flag_bits & ~0x800


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("stat01", "city03"):
            data = "\n".join(lines_of(name)).encode()
            info = tarfile.TarInfo(f"reports/{name}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("reports/link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "../../etc/passwd"
        archive.addfile(link)
    return gzip.compress(out.getvalue(), mtime=0)


def _warc(*, compressed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for name, status, kind, data in (
        (
            "stat01",
            "200 OK",
            "text/html; charset=gbk",
            page("stat01", lines_of("stat01"), head="<meta name=a>").encode("gb18030"),
        ),
        ("city03", "200 OK", "text/html", page("city03", lines_of("city03")).encode()),
        ("gone", "404 Not Found", "text/html", "<html><body>没有这个页面</body></html>".encode()),
        ("photo", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://wjw.example.gov.cn/tj/{name}.html",
            "response",
            payload=io.BytesIO(data),
            http_headers=headers,
            warc_headers_dict={
                "WARC-Date": "2024-03-05T02:00:00Z",
                "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{len(data):012d}>",
            },
        )
        writer.write_record(record)
    return out.getvalue()
