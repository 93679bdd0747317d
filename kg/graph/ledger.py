"""Which source gave which report: a sorted manifest, and a journal of what changed since it was written.

The manifest is written when the store is closed. The journal is made when it is opened, so one that is still there was
left by an interruption, and is replayed; its last line may be torn and is then passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Status = Literal["loaded", "quarantined"]


@dataclass(frozen=True, slots=True)
class Source:
    """What a source gave: the report's key, its file's name, the SHA-256 of its sorted quads, and where it went."""

    report: str
    doc: str
    content: str
    status: Status


class Ledger:
    """The sources of a store folder, by name."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._manifest = folder / "manifest.json"
        self._journal = folder / "journal.jsonl"
        self._sources: dict[str, Source] = {}
        self._by_report: dict[str, set[str]] = {}
        self.interrupted = self._journal.exists()
        if self._manifest.exists():
            for name, entry in json.loads(self._manifest.read_text(encoding="utf-8")).items():
                self._set(name, Source(**entry))
        if self.interrupted:
            for line in self._journal.read_text(encoding="utf-8").splitlines():
                self._replay(line)
        if not read_only:
            self._journal.touch()  # what tells the next one that this one did not end

    @property
    def sources(self) -> Mapping[str, Source]:
        """Name → what it gave, in no order."""
        return self._sources

    def of_report(self, report: str) -> list[str]:
        """The loaded sources of a report, sorted: the first is the one whose reading is published."""
        return sorted(self._by_report.get(report, ()))

    def record(self, name: str, source: Source | None) -> None:
        """Note a change; None for a source that is gone."""
        line = json.dumps({"name": name, "source": asdict(source) if source else None}, ensure_ascii=False)
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(line + "\n")
        self._set(name, source)

    def close(self) -> None:
        """Write the manifest in one step, and drop the journal."""
        entries = {name: asdict(self._sources[name]) for name in sorted(self._sources)}
        fresh = self._manifest.with_suffix(".new")
        fresh.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        fresh.replace(self._manifest)
        self._journal.unlink(missing_ok=True)

    def _set(self, name: str, source: Source | None) -> None:
        old = self._sources.pop(name, None)
        if old:
            self._by_report.get(old.report, set()).discard(name)
        if source:
            self._sources[name] = source
            if source.status == "loaded":
                self._by_report.setdefault(source.report, set()).add(name)

    def _replay(self, line: str) -> None:
        try:
            entry: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError:
            return  # torn: the interruption came while it was written
        self._set(entry["name"], Source(**entry["source"]) if entry["source"] else None)
