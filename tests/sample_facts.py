"""What the sample files of tests/data state, for the tests that compare formats."""

from __future__ import annotations

import runpy
import sys
from collections import Counter
from functools import cache
from pathlib import Path

from kg.config import Options
from kg.model import Fact, Reading
from kg.pipeline import read_report

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
Said = tuple[str, str, str, str, str, str]


@cache
def reading(name: str) -> Reading:
    """All that a sample file states."""
    return read_report(DATA / name, Options())


def said(fact: Fact) -> Said:
    """Value, unit, indicator, subject and period of a fact."""
    days = (fact.period.start.isoformat(), fact.period.end.isoformat()) if fact.period else ("", "")
    return (f"{fact.value:f}", fact.unit, fact.indicator, fact.subject.name, *days)


def facts(name: str) -> Counter[Said]:
    """The facts of a sample file."""
    return Counter(map(said, reading(name).facts))


def share(name: str, other: str) -> float:
    """The share of the facts of ``name`` that ``other`` states too."""
    whole = facts(name)
    return (whole & facts(other)).total() / whole.total()


@cache
def bulletins() -> tuple[object, ...]:
    """The made tables, with what their figures state."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        first, more = (
            runpy.run_path(str(ROOT / "scripts" / f"sample_{name}tables.py")) for name in ("", "more_")
        )
        return (*first["BULLETINS"], *more["MORE"])
    finally:
        sys.path.pop(0)
