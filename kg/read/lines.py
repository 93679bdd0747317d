"""JSON lines: a report a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.errors import Message, ReadError
from kg.read.encoding import decode
from kg.read.formats import Item
from kg.read.packed import check_archive
from kg.read.raw import Raw
from kg.read.records import Mapped, content


def read_jsonl(raw: Raw) -> Iterator[Item]:
    """The reports of a file, named by their line. Raises ReadError E103; E123 where the first has no text column."""
    check_archive(raw)
    limit = 4 * raw.options.max_bytes
    columns: Mapped | None = None
    with raw.open() as file:
        at = 0
        while line := file.readline(limit):
            at += 1
            here = raw.member(str(at))
            if len(line) >= limit and not line.endswith(b"\n"):
                raise ReadError("E103", path=here.where, size=f">{limit}", limit=limit)
            if not line.strip():
                continue
            try:
                decoded = decode(line, here.where)
                record = json.loads(decoded.text)
            except ReadError as error:
                yield Item(here, error=error)
                continue
            except (ValueError, RecursionError) as error:
                yield Item(here, error=ReadError("E128", path=raw.where, line=at, reason=error))
                continue
            if not isinstance(record, dict):
                reason = Message("不是 JSON 对象", "no JSON object")
                yield Item(here, error=ReadError("E128", path=raw.where, line=at, reason=reason))
                continue
            if columns is None:
                columns = Mapped.of(record.keys(), raw.options.columns, raw.where)
            try:
                yield Item(here, content(here, record, columns, decoded.encoding))
            except ReadError as error:
                yield Item(here, error=error)
