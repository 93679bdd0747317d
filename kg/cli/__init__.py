"""The command line `kg`."""

from __future__ import annotations

from kg.cli.commands import app, main

__all__ = ["app", "main"]
