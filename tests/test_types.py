"""Types of organisations and programmes: the scheme is that of its table."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_scheme_is_made_from_the_table() -> None:
    spec = importlib.util.spec_from_file_location("make_types", ROOT / "scripts" / "make_types.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert (ROOT / "ontology" / "types.ttl").read_text(encoding="utf-8") == made.turtle(made.TABLE)
