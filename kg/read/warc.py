"""Web archives (WARC): each response as a source. Needs warcio, an optional part of the package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from kg.errors import ReadError
from kg.read.formats import BY_KEY, Item
from kg.read.packed import check_archive, taken
from kg.read.raw import Raw

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
}
_OK = "200"


def read_warc(raw: Raw) -> Iterator[Item]:
    """The successful responses and resources of an archive that may hold a report; pictures and scripts are passed over.

    A report is named by its address. Raises ReadError E103, E115, E116.
    """
    check_archive(raw)
    with raw.open() as file:
        try:
            for record in ArchiveIterator(file):
                item = _item(raw, record)
                if item is not None:
                    yield item
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError) as error:
            raise ReadError("E116", path=raw.where, format=BY_KEY["warc"].about, reason=error) from error


def _item(raw: Raw, record: object) -> Item | None:
    kind = getattr(record, "rec_type", "")
    headers = getattr(record, "http_headers", None)
    if kind not in {"response", "resource"} or (headers and headers.get_statuscode() != _OK):
        return None
    said = getattr(record, "rec_headers")  # noqa: B009 - warcio has no types
    stated = (headers or said).get_header("Content-Type") or ""
    media, _, rest = stated.partition(";")
    ending = _ENDINGS.get(media.strip().lower())
    url = said.get_header("WARC-Target-URI") or ""
    if ending is None:
        return None
    name = url if url.lower().endswith(ending) else url + ending
    inside = Raw(
        name=f"{raw.name}!/{name}",
        where=f"{raw.where}!/{name}",
        options=raw.options,
        depth=raw.depth + 1,
        url=url or None,
        retrieved=_moment(said.get_header("WARC-Date")),
        charset=rest.partition("charset=")[2].strip() or None,
    )
    try:
        data = taken(inside, record.content_stream(), raw.options.max_bytes, raw.size())  # type: ignore[attr-defined]
    except ReadError as error:
        return Item(inside, error=error)
    return Item(replace(inside, data=data))


def _moment(said: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(said).astimezone(UTC) if said else None
    except ValueError:
        return None
