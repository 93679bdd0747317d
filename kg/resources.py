"""Where the data that `kg` works with lies: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data(*parts: str) -> Path:
    """The path of a data file or folder such as ``data("seeds", "vocabulary", "units.csv")``."""
    installed = _PACKAGE / "data"
    return (installed if installed.is_dir() else _PACKAGE.parent).joinpath(*parts)
