"""Pages saved in one file (MHTML), and pages in a mail: the first part that is HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

from kg.errors import Message, ReadError
from kg.read.encoding import SAVE_AGAIN, decode
from kg.read.raw import Content, Raw
from kg.read.text import warnings
from kg.read.web import declared, page

_KINDS = ("text/html", "application/xhtml+xml")


def read_mhtml(raw: Raw) -> Content:
    """The page. Raises ReadError E101, E102 (no page in it), E103, E115."""
    message = message_from_bytes(raw.whole(), policy=policy.compat32)
    # Headers are read as they are: the modern policy parses each and fails on damaged ones.
    for part in message.walk():
        if part.get_content_type() in _KINDS:
            break
    else:
        reason = Message("其中没有网页", "no page in it")
        raise ReadError("E102", path=raw.where, reason=reason, step=SAVE_AGAIN)
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        raise ReadError("E101", path=raw.where)
    decoded = decode(data, raw.where, part.get_content_charset() or declared(data))
    found = page(decoded.text, decoded.encoding, raw, warnings(raw, decoded))
    where = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
    return Content(
        text=found.text,
        encoding=found.encoding,
        title=found.title,
        published=found.published,
        publisher=found.publisher,
        url=found.url or (where if where.startswith(("http://", "https://")) else None),
        retrieved=found.retrieved or _moment(str(message.get("Date") or "")),
        cells=found.cells,
        problems=found.problems,
    )


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
