"""The formats that are read, each with how it is recognised and by what it is read: the one place that knows all.

A file is taken for what its first bytes say; where these say nothing, for what its ending says; else for plain text. A
page that was saved as ``.xls``, or a document whose ending was lost, is therefore still read.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from kg.errors import Message, ReadError
from kg.read.raw import Content, Raw
from kg.read.refused import refuse, refuse_parts

Single = Callable[[Raw], Content]
Several = Callable[[Raw], Iterator["Item"]]


@dataclass(frozen=True, slots=True)
class Item:
    """What a container holds: a document's source, and its content where the container gives it, or why there is none."""

    raw: Raw
    content: Content | None = None
    error: ReadError | None = None
    format: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its endings (``suffixes``), its first bytes (``sniff``) and its ``reader``, as ``module:function``.

    ``key`` names it; ``holds`` when a file of it holds several documents. ``apart`` when it is read in a process of its own, for what
    reads it is large or not ours. ``gives`` says what comes out; ``extra`` is the optional part of the package that
    it needs.
    """

    key: str
    about: Message
    media: str
    suffixes: tuple[str, ...]
    reader: str
    gives: Message
    sniff: Callable[[bytes], bool] | None = None
    holds: bool = False
    apart: bool = True
    extra: tuple[str, str] | None = None

    def function(self, raw: Raw) -> Single | Several:
        """Its reader. Raises ReadError E114 where an optional package is missing."""
        module, name = self.reader.split(":")
        try:
            return cast("Single | Several", getattr(import_module(f"kg.read.{module}"), name))
        except ModuleNotFoundError as error:
            if self.extra is None or (error.name or "").startswith("kg."):
                raise
            raise ReadError("E114", path=raw.where, package=self.extra[0], extra=self.extra[1]) from error


_WEB_START = re.compile(
    rb"(?:\xef\xbb\xbf|\x84\x31\x95\x33)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)*+<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_MIME = re.compile(
    rb"\s*+(?:(?:from|subject|date|mime-version|content-[a-z-]+|snapshot-[a-z-]+|x-[a-z-]+):[^\n]*\n(?:[ \t][^\n]*\n)*)+",
    re.IGNORECASE,
)


def _starts(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(starts)


def _is_web(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode()
    return _WEB_START.match(head) is not None


def _is_mime(head: bytes) -> bool:
    fields = _MIME.match(head)
    return fields is not None and b"multipart/related" in fields[0].lower()


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


_PLAIN = Message("原文，逐字不变", "the text as it is")
READERS: tuple[Format, ...] = (
    Format("pdf", Message("PDF（有文字层）", "PDF with a text layer"), "application/pdf", (".pdf",), "pdf:read_pdf",
           Message("逐页文字；按字的位置还原表格的列；标题、日期；没有文字层的页逐一报告", "the text page by page, columns of tables by the place of the characters; title; pages without text are named"),
           _starts(b"%PDF-")),
    Format("docx", Message("Word 文档", "Word document"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx", ".docm"), "word:read_docx",
           Message("段落和表格，按原来的顺序；合并单元格；标题、脚注、单元格编号", "paragraphs and tables in their order, merged cells, title, footnotes, references of cells")),
    Format("xlsx", Message("Excel 工作簿", "Excel workbook"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx", ".xlsm"), "sheets:read_xlsx",
           Message("各工作表的名称和按显示格式写出的单元格；合并单元格；单元格编号", "the sheets' names and their cells as displayed, merged cells, references of cells")),
    Format("parquet", Message("Parquet 语料", "Parquet corpus"), "application/vnd.apache.parquet", (".parquet",), "parquet:read_parquet",
           Message("每行一份报告：正文、标题、日期、来源、网址各列", "a report a row: columns for text, title, date, source, address"),
           _starts(b"PAR1"), holds=True, extra=("pyarrow", "parquet")),
    Format("warc", Message("网页存档 WARC", "web archive, WARC"), "application/warc", (".warc", ".warc.gz"), "warc:read_warc",
           Message("每个成功的应答一份：网页、PDF、Word……；网址、抓取时间", "each successful response: page, PDF, Word…; address and time of retrieval"),
           _starts(b"WARC/"), holds=True, extra=("warcio", "warc")),
    Format("zip", Message("ZIP 压缩包", "ZIP archive"), "application/zip", (".zip",), "archives:read_zip",
           Message("其中每个文件，按各自的格式", "each file in it, by its own format"), _starts(b"PK\x03\x04", b"PK\x05\x06"), holds=True),
    Format("tar", Message("TAR 归档", "TAR archive"), "application/x-tar", (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz"), "archives:read_tar",
           Message("其中每个文件，按各自的格式", "each file in it, by its own format"), _is_tar, holds=True),
    Format("gz", Message("gzip、bzip2、xz 压缩文件", "gzip, bzip2 or xz file"), "application/gzip", (".gz", ".bz2", ".xz"), "archives:read_compressed",
           Message("解开后的文件，按它的格式", "the file in it, by its own format"), _starts(b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"), holds=True),
    Format("mhtml", Message("单文件网页", "web page in one file, MHTML"), "multipart/related", (".mhtml", ".mht", ".eml"), "mhtml:read_mhtml",
           Message("同 html；网址、保存时间", "as html; address and time of saving"), _is_mime),
    Format("html", Message("网页", "web page"), "text/html", (".html", ".htm", ".xhtml", ".shtml"), "web:read_html",
           Message("正文和表格，去掉导航、页脚、广告；标题、发布日期、来源、网址", "main content with its tables, without navigation and footers; title, date of publication, source, address"),
           _is_web),
    Format("csv", Message("表格文本", "table as text"), "text/csv", (".csv", ".tsv"), "delimited:read_delimited",
           Message("各行各列；分隔符按内容判断；单元格编号", "its rows, the delimiter found by their look; references of cells"), apart=False),
    Format("jsonl", Message("JSON 行语料", "JSON lines corpus"), "application/jsonl", (".jsonl", ".ndjson"), "lines:read_jsonl",
           Message("每行一份报告：正文、标题、日期、来源、网址各字段", "a report a line: fields for text, title, date, source, address"), holds=True, apart=False),
    Format("txt", Message("纯文本", "plain text"), "text/plain", (".txt", ".md", ".markdown", ".text"), "text:read_text", _PLAIN, apart=False),
)  # fmt: skip
"""Every format, those with marks of their own before those that only an ending tells."""

BY_KEY = {one.key: one for one in READERS}


def format_of(raw: Raw) -> Format:
    """The format of a source. Raises ReadError E102 for what is known to be no report, E104, E105."""
    head = raw.head()
    refuse(head, raw.where)
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(raw)
    name = raw.name.lower()
    for one in READERS:
        if one.sniff is not None and one.sniff(head):
            if one.key == "gz" and (double := _by_ending(name, doubled=True)):
                return double
            return one
    found = _by_ending(name)
    # An ending of a format with a mark of its own says nothing where the mark is missing: damaged, or misnamed text.
    return found or BY_KEY["txt"]


def _by_ending(name: str, *, doubled: bool = False) -> Format | None:
    """The format with the longest ending that ``name`` has; with ``doubled`` only of two parts (.tar.gz)."""
    endings = [(len(suffix), one) for one in READERS for suffix in one.suffixes if name.endswith(suffix)]
    if doubled:
        endings = [(size, one) for size, one in endings if one.key in {"tar", "warc"}]
    return max(endings, key=lambda found: found[0])[1] if endings else None


def _of_zip(raw: Raw) -> Format:
    """An archive, or an office file, which is one with parts of known names."""
    try:
        with raw.open() as file, zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError, RuntimeError):
        names = set()
    refuse_parts(names, raw.where)
    if "word/document.xml" in names:
        return BY_KEY["docx"]
    if "xl/workbook.xml" in names:
        return BY_KEY["xlsx"]
    if not names and (named := _by_ending(raw.name.lower())) and named.key in {"docx", "xlsx"}:
        return named
    return BY_KEY["zip"]


def is_apart(raw: Raw) -> bool:
    """Is the source to be read in a process of its own? Raises as ``format_of``."""
    return raw.head(4) == b"PK\x03\x04" or format_of(raw).apart
