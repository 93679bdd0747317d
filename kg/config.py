"""One object for every setting, filled from the command line and the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BASE = "https://w3id.org/health-admin/id/"
VERSION = "0.1.0"  # as in pyproject.toml; part of what identifies a run


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a build. ``base`` is the instance namespace and ends in ``/`` or ``#``."""

    store: Path = Path("kg-store")
    base: str = BASE
    max_bytes: int = 20_000_000
    max_line: int = 200_000
    engine: str = "shifty"  # the SHACL engine: "shifty" (fast) or "pyshacl" (the reference)
    models: bool = True  # False: names are chosen by the rules alone
