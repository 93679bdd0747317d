"""Names for nodes: pure functions from what is said to an IRI's local name.

A local name is ASCII without a slash, so Turtle writes ``id:place-530100``, and the same input always gives the same
name. Names of people's making (organisations, indicators…) are hashed after NFKC, so that ７ and 7 do not differ.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import date, timedelta

from kg.graph.terms import INTERVAL
from kg.model import Period

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[0-9]{6,12}")
_REPORT = re.compile(r"[0-9a-f]{10}")


def canonical_json(value: object) -> bytes:
    """JSON as bytes with one spelling for one value: UTF-8, no spaces, keys sorted."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object, length: int) -> str:
    """The first ``length`` hex digits of the SHA-256 of the value's canonical JSON."""
    return hashlib.sha256(canonical_json(value)).hexdigest()[:length]


def normal(name: str) -> str:
    """The form in which two spellings of a name are one."""
    return unicodedata.normalize("NFKC", name).strip()


def report_key(text: str) -> str:
    """The ten hex digits that stand for a report: of the SHA-256 of its source text."""
    return text_sha256(text)[:10]


def is_key(text: str) -> bool:
    """Whether the text is what ``report_key`` gives."""
    return bool(_REPORT.fullmatch(text))


def text_sha256(text: str) -> str:
    """SHA-256 of the source text as UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def report(key: str) -> str:
    """The report."""
    return f"report-{key}"


def graph(key: str) -> str:
    """The report's named graph."""
    return f"graph-{key}"


def file(key: str, name: str, sha256: str) -> str:
    """A file that the report was read from."""
    return f"file-{digest([key, name, sha256], 10)}"


def place(code: str) -> str:
    """A division, by its GB/T 2260 code. Raises ValueError for anything but 6 to 12 digits."""
    if not _CODE.fullmatch(code):
        raise ValueError(f"not a division code: {code!r}")
    return f"place-{code}"


def former_place(code: str, until: str) -> str:
    """A division as it was named and coded through the year ``until``."""
    return f"{place(code)}-{until}"


def named_place(name: str) -> str:
    """A place known by its name alone."""
    return f"place-n{digest(normal(name), 10)}"


def organisation(name: str) -> str:
    """An organisation, by its canonical name."""
    return f"org-{digest(normal(name), 10)}"


def programme(name: str) -> str:
    """A programme, by its canonical name."""
    return f"prog-{digest(normal(name), 10)}"


def indicator(key: str) -> str:
    """An indicator of the scheme. Raises ValueError when the key is not a lower-case slug."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not an indicator key: {key!r}")
    return f"ind-{key}"


def candidate(text: str) -> str:
    """An indicator that the scheme lacks."""
    return f"cand-{digest(normal(text), 10)}"


def unit(text: str) -> str:
    """A unit that the vocabulary lacks."""
    return f"unit-{digest(normal(text), 10)}"


def run(version: str, base: str) -> str:
    """The activity that made a graph."""
    return f"run-{digest([version, base], 10)}"


def source(name: str) -> str:
    """A source's file name in the store folder: 16 hex digits."""
    return digest(name, 16)


def period(value: Period) -> str:
    """The absolute IRI of a period, in the patterns of reference.data.gov.uk.

    ``id/year/2020``, ``id/gregorian-day/2020-05-30``, else ``id/gregorian-interval/2020-01-01T00:00:00/P6M``
    (an ISO 8601 duration from the first day: whole years, else whole months, else days).
    """
    first, last = value.start, value.end
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{INTERVAL}year/{first.year:04d}"
    if first == last:
        return f"{INTERVAL}gregorian-day/{first.isoformat()}"
    return f"{INTERVAL}gregorian-interval/{first.isoformat()}T00:00:00/{_duration(first, last)}"


def _duration(first: date, last: date) -> str:
    if last == date.max:
        return f"P{(last - first).days + 1}D"
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
    return f"P{(after - first).days}D"
