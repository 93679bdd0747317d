"""Parquet: a report a row. Needs pyarrow, an optional part of the package."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import ReadError
from kg.read.formats import BY_KEY, Item
from kg.read.packed import check_archive
from kg.read.raw import Raw
from kg.read.records import Mapped, content

_BATCH = 256


def read_parquet(raw: Raw) -> Iterator[Item]:
    """The reports of a file, named by their row. Raises ReadError E103, E116 and E123 where there is no text column."""
    check_archive(raw)
    with raw.open() as file:
        try:
            table = pq.ParquetFile(file)
            columns = Mapped.of(table.schema_arrow.names, raw.options.columns, raw.where)
            wanted = [
                name
                for name in (columns.text, columns.title, columns.date, columns.source, columns.url)
                if name
            ]
            at = 0
            for batch in table.iter_batches(_BATCH, columns=wanted):
                for record in batch.to_pylist():
                    at += 1
                    here = raw.member(str(at))
                    try:
                        yield Item(here, content(here, record, columns, "utf-8"))
                    except ReadError as error:
                        yield Item(here, error=error)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise ReadError("E116", path=raw.where, format=BY_KEY["parquet"].about, reason=error) from error
