"""Files to documents: which files there are, and the text in each."""

from __future__ import annotations

from kg.read.sources import Found, discover
from kg.read.text import read

__all__ = ["Found", "discover", "read"]
