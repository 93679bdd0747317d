"""Opening a store folder where the system refuses, or while another kg is making it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.graph.folder import FOLDERS
from kg.graph.store import GraphStore


def half_made(path: Path) -> Path:
    """A store as it is before its marker is written."""
    for name in FOLDERS:
        (path / name).mkdir(parents=True)
    (path / "journal.jsonl").touch()
    return path


def test_a_store_that_another_is_making_is_in_use(tmp_path: Path) -> None:
    path = half_made(tmp_path / "kg")
    maker = ox.Store(str(path / "graph"))
    with pytest.raises(StoreError, match="E303"):
        GraphStore.open(path)
    del maker


def test_a_store_that_is_not_made_yet_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E301"):
        GraphStore.open(half_made(tmp_path / "kg"), read_only=True)


def test_a_store_whose_making_was_interrupted_is_made_anew(tmp_path: Path) -> None:
    path = half_made(tmp_path / "kg")
    with GraphStore.open(path) as store:
        assert store.reports() == []
    assert (path / "kg-store.json").is_file()


@pytest.mark.parametrize(("read_only", "code"), [(False, "E305"), (True, "E105")])
@pytest.mark.parametrize("reason", ["Permission denied", "Read-only file system", "No space left on device"])
def test_what_the_system_refuses_is_not_called_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, read_only: bool, code: str, reason: str
) -> None:
    """E313 tells to delete the folder: never where the graph may be sound."""
    with GraphStore.open(tmp_path / "kg"):
        pass

    def refuse(path: str) -> ox.Store:
        raise OSError(f"IO error: While open a file for appending: {path}/LOG: {reason}")

    refuse.read_only = refuse  # type: ignore[attr-defined]
    monkeypatch.setattr("kg.graph.folder.ox.Store", refuse)
    with pytest.raises(StoreError, match=code):
        GraphStore.open(tmp_path / "kg", read_only=read_only)
