"""The command line `kg`."""

from __future__ import annotations

from kg.cli.app import app, main

__all__ = ["app", "main"]
