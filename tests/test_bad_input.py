"""A folder with damaged files: the good report is loaded, each bad one is named with its reason, nothing is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import pipeline
from kg.config import Options

REPORTS = Path(__file__).parent.parent / "seeds" / "reports"
BAD = {
    "binary.txt": "E102",
    "empty.txt": "E101",
    "long.txt": "E107",
    "noise.txt": "E102",
    "old.html": "E102",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty file, a picture, a single line of 5 MB, random bytes, an old Office file, and a report."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / "empty.txt").write_bytes(b"")
    (made / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40)
    (made / "long.txt").write_text("全市共有医院三十五家，" * 160_000, encoding="utf-8")
    (made / "noise.txt").write_bytes(random.Random(7).randbytes(20_000))
    (made / "old.html").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (made / "good.txt").write_bytes((REPORTS / "city01.txt").read_bytes())
    assert (made / "long.txt").stat().st_size > 5_000_000
    return made


def test_each_bad_file_is_named_with_its_reason(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", str(folder), "--store", str(store)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    for name, code in BAD.items():
        assert f"[{code}] {name}:" in done.stderr
    counts = dict(line.split(",") for line in done.stdout.split())
    assert (counts["read"], counts["loaded"], counts["unreadable"]) == ("6", "1", "5")
    with kg.GraphStore.open(store, read_only=True) as opened:
        assert [source.doc for source in opened.sources().values()] == ["good.txt"]


def test_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    summary = pipeline.build([folder], Options(store=tmp_path / "store"))
    assert summary.read == 6
    assert summary.read == (
        summary.loaded + summary.unchanged + summary.quarantined + summary.unreadable + summary.failed
    )
    assert {p.doc: p.code for p in summary.problems if p.severity == "error"} == BAD
    assert not summary.whole


def test_a_defect_costs_one_file_and_is_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes((REPORTS / "city01.txt").read_bytes())
    (tmp_path / "b.txt").write_bytes((REPORTS / "stat01.txt").read_bytes())
    whole = pipeline.understood

    def failing(document: kg.Document, options: Options) -> kg.Reading:
        if document.name == "a.txt":
            raise ZeroDivisionError("planted")
        return whole(document, options)

    monkeypatch.setattr(pipeline, "understood", failing)
    summary = pipeline.build([tmp_path / "a.txt", tmp_path / "b.txt"], Options(store=tmp_path / "store"))
    assert (summary.read, summary.loaded, summary.failed) == (2, 1, 1)
    (problem,) = [problem for problem in summary.problems if problem.severity == "error"]
    assert (problem.code, problem.doc) == ("E212", "a.txt")
    log = tmp_path / "store" / pipeline.DEFECTS
    assert "ZeroDivisionError: planted" in log.read_text(encoding="utf-8")
    assert str(log) in problem.en

    monkeypatch.setattr(pipeline, "understood", whole)
    again = pipeline.build([tmp_path / "a.txt", tmp_path / "b.txt"], Options(store=tmp_path / "store"))
    assert (again.loaded, again.unchanged, again.failed) == (1, 1, 0)
    assert not log.exists()
