"""What services have answered, on disk: a run that was cut off goes on where it was, and nothing is asked twice."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.graph import iri
from kg.link.reconcile.protocol import Candidate, Query

FOLDER: Final = "services"
"""In the store's folder: a file a service."""


class Cache:
    """The answers of one service, in a file of JSON lines that only grows.

    A line that was cut off, or is damaged otherwise, is no answer: its query is asked again. ``damaged`` counts them.
    """

    def __init__(self, path: Path, scope: object = "") -> None:
        """Read what is there; ``scope`` is what an answer depends on besides the query. Raises UsageError E105."""
        self.path = path
        self.damaged = 0
        self._scope = scope
        self._known: dict[str, tuple[Candidate, ...]] = {}
        try:
            lines = path.read_bytes().splitlines() if path.exists() else []
        except OSError as error:
            raise UsageError("E105", path=path, reason=error.strerror) from error
        for line in lines:
            try:
                entry = json.loads(line)
                self._known[entry["key"]] = tuple(_candidate(one) for one in entry["result"])
            except (ValueError, KeyError, TypeError):
                self.damaged += 1

    @classmethod
    def of(cls, store: Path, url: str, scope: object = "") -> Cache:
        """The cache of a service in a store's folder."""
        host = re.sub(r"[^A-Za-z0-9.]+", "-", urlsplit(url).netloc)
        return cls(store / FOLDER / f"{host}-{iri.digest(url, 8)}.jsonl", scope)

    def get(self, query: Query) -> tuple[Candidate, ...] | None:
        """What was answered; None where nothing was."""
        return self._known.get(self._key(query))

    def put(self, answers: Mapping[Query, tuple[Candidate, ...]]) -> None:
        """Keep answers. Raises UsageError E214 when they cannot be written."""
        keyed = {self._key(query): (query, found) for query, found in answers.items()}
        self._known.update({key: found for key, (_, found) in keyed.items()})
        lines = [
            json.dumps(
                {"key": key, "query": query.text, "result": [asdict(one) for one in found]},
                ensure_ascii=False,
            )
            for key, (query, found) in keyed.items()
        ]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                torn = file.tell() > 0 and file.seek(-1, 2) >= 0 and file.read(1) != b"\n"
                file.write(("\n" * torn + "".join(f"{line}\n" for line in lines)).encode())
        except OSError as error:
            raise UsageError("E214", path=self.path, reason=error.strerror or type(error).__name__) from error

    def clear(self) -> None:
        """Forget everything, so that it is asked anew. Raises UsageError E214."""
        self._known.clear()
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise UsageError("E214", path=self.path, reason=error.strerror or type(error).__name__) from error

    def _key(self, query: Query) -> str:
        return iri.digest([query.json(), self._scope], 20)


def _candidate(entry: dict[str, Any]) -> Candidate:
    several = {name: tuple(map(str, entry[name])) for name in ("types", "codes", "regions")}
    return Candidate(
        str(entry["id"]), str(entry["name"]), float(entry["score"]), bool(entry["match"]), **several
    )
