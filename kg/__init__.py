"""Knowledge graphs from Chinese health-administration reports.

What is listed in ``__all__`` is the public API; everything else may change. Names are loaded when they are first
used, so that asking a graph does not load the language pipeline::

    from pathlib import Path
    import kg

    summary = kg.build([Path("reports")], kg.Options(store=Path("kg-store")))
    with kg.GraphStore.open(Path("kg-store"), read_only=True) as store:
        answer = kg.ask(store, "place-profile", {"place": "昆明市"})
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.config import VERSION

if TYPE_CHECKING:
    from kg.config import Columns, Limits, Options
    from kg.errors import KgError, QueryError, ReadError, StoreError, UsageError
    from kg.evaluate import Scores
    from kg.graph.export import export
    from kg.graph.query import Answer, SavedQuery, ask
    from kg.graph.store import GraphStore
    from kg.graph.validate import Verdict, validator
    from kg.model import Document, Entity, Fact, NamedMention, Period, Place, Problem, Reading, Scope
    from kg.pipeline import Summary, build, check, read_report, recheck, score

__version__ = VERSION

_HOMES = {
    "kg.config": ("Columns", "Limits", "Options"),
    "kg.errors": ("KgError", "QueryError", "ReadError", "StoreError", "UsageError"),
    "kg.evaluate": ("Scores",),
    "kg.graph.export": ("export",),
    "kg.graph.query": ("Answer", "SavedQuery", "ask"),
    "kg.graph.store": ("GraphStore",),
    "kg.graph.validate": ("Verdict", "validator"),
    "kg.model": (
        "Document",
        "Entity",
        "Fact",
        "NamedMention",
        "Period",
        "Place",
        "Problem",
        "Reading",
        "Scope",
    ),
    "kg.pipeline": ("Summary", "build", "check", "read_report", "recheck", "score"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Answer",
    "Columns",
    "Document",
    "Entity",
    "Fact",
    "GraphStore",
    "KgError",
    "Limits",
    "NamedMention",
    "Options",
    "Period",
    "Place",
    "Problem",
    "QueryError",
    "ReadError",
    "Reading",
    "SavedQuery",
    "Scope",
    "Scores",
    "StoreError",
    "Summary",
    "UsageError",
    "Verdict",
    "__version__",
    "ask",
    "build",
    "check",
    "export",
    "read_report",
    "recheck",
    "score",
    "validator",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
