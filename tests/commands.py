"""What the tests of the commands share; the fixtures are in conftest.py."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "seeds" / "reports"
COMMANDS = (
    "build",
    "tag",
    "validate",
    "queries",
    "query",
    "describe",
    "export",
    "link",
    "serve-reconciliation",
    "eval",
)

Run = Callable[..., tuple[int, str, str]]


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))
