"""The house: imports run one way, nothing prints but the command line, nothing talks to a network but what is meant to."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))
NETWORK = {"socket", "ssl", "http", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}

ONLINE = {"kg/link/reconcile/transport.py", "kg/link/reconcile/server.py"}
"""What `kg link --service --online` asks with, and what `kg serve-reconciliation` is."""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_run_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_module_uses_a_network(path: Path) -> None:
    if named(path) not in ONLINE:
        assert not NETWORK & set(imports(path))


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=named)
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_is(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert doc
    assert "TODO" not in doc


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_only_terms_spells_namespaces(path: Path) -> None:
    if path.name in {"terms.py", "config.py"}:
        return
    strings = [
        n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant)
    ]
    ours = [
        s
        for s in strings
        if isinstance(s, str) and s.startswith("https://w3id.org/health-admin/") and " " not in s
    ]
    assert ours == []
