"""One report as a page: its text with all that was read in it marked, and tables of it. Reads nothing but a `Reading`."""

from __future__ import annotations

from kg.view.page import page

__all__ = ["page"]
