"""A record of a corpus to a document: which column is the text, and what the others say."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kg.config import Columns
from kg.errors import Message, ReadError
from kg.read.encoding import Decoded
from kg.read.mojibake import restored
from kg.read.raw import Content, Raw
from kg.read.text import warnings

# Common names of a column, in lower case, the likeliest first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "raw_text", "maintext", "正文", "内容", "文本", "全文"),
    "title": ("title", "headline", "标题", "题目", "文章标题"),
    "date": ("date", "published", "publish_date", "publish_time", "pub_date", "pubdate", "date_publish", "time", "发布日期", "发布时间", "日期", "时间"),
    "source": ("source", "publisher", "site", "site_name", "sitename", "author", "来源", "发布机构", "发布单位", "单位"),
    "url": ("url", "link", "href", "source_url", "网址", "链接", "地址"),
}  # fmt: skip
_WHAT = {
    "text": Message("正文", "text"),
    "title": Message("标题", "title"),
    "date": Message("日期", "date"),
    "source": Message("来源", "source"),
    "url": Message("网址", "address"),
}
_DATE = re.compile(r"((?:19|20)\d\d)[-./年]?(\d{1,2})[-./月]?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Mapped:
    """The columns of a corpus by what they hold; None where it has none for it."""

    text: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None

    @classmethod
    def of(cls, known: Collection[str], asked: Columns, where: str) -> Mapped:
        """The columns among ``known``. Raises ReadError E123 for one that was asked for, or the text, and is not there."""
        return cls(
            text=_column("text", known, asked.text, where) or "",
            title=_column("title", known, asked.title, where),
            date=_column("date", known, asked.date, where),
            source=_column("source", known, asked.source, where),
            url=_column("url", known, asked.url, where),
        )


def has_text(record: Mapping[str, object], asked: Columns) -> bool:
    """Has a record a column that holds a text by its name?"""
    names = {name.strip().lower() for name in record}
    return any(name in names for name in ((asked.text.lower(),) if asked.text else NAMES["text"]))


def _column(what: str, known: Collection[str], asked: str, where: str) -> str | None:
    by_name = {name.strip().lower(): name for name in known}
    for name in (asked.lower(),) if asked else NAMES[what]:
        if name in by_name:
            return by_name[name]
    if asked or what == "text":
        listed = ", ".join(sorted(known)[:20])
        raise ReadError("E123", path=where, what=_WHAT[what], key=what, known=listed or "-")
    return None


def content(raw: Raw, record: Mapping[str, object], columns: Mapped, encoding: str) -> Content:
    """The document of a record. Raises ReadError E101 where it has no text, E103 where that is too long."""
    text = record.get(columns.text)
    if not isinstance(text, str) or not text.strip():
        raise ReadError("E101", path=raw.where)
    if len(text) > raw.options.max_bytes:
        raise ReadError("E103", path=raw.where, size=len(text), limit=raw.options.max_bytes)
    # A lone surrogate, which JSON can spell, is no character.
    text = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    mended = restored(text)
    decoded = Decoded(
        mended.text, encoding, mended.text.count("�"), mended.lines, mended.garbled, mended.mistake
    )
    url = _string(record, columns.url)
    return Content(
        text=decoded.text,
        encoding=encoding,
        title=_string(record, columns.title),
        published=_day(record.get(columns.date) if columns.date else None),
        publisher=_string(record, columns.source),
        url=url if url and "://" in url else None,
        problems=warnings(raw, decoded),
    )


def _string(record: Mapping[str, object], column: str | None) -> str | None:
    value = record.get(column) if column else None
    if not isinstance(value, str) or not value.strip():
        return None
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DATE.search(value) if isinstance(value, str) else None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
