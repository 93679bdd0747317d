"""The main job on real reports: build, ask, and let the referee of the annotations score the CSV."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = {"quantity": 0.92, "fact": 0.50, "entity": 0.65}

pytestmark = pytest.mark.skipif(
    not (SHARED / "eval" / "score.py").exists(),
    reason="the five real reports are other people's text and lie outside the repository",
)


def run(*command: object) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``facts.csv`` and ``mentions.csv`` of the five reports."""
    folder = tmp_path_factory.mktemp("real")
    kg = (sys.executable, "-m", "kg")
    run(*kg, "build", SHARED / "seeds", "--store", folder / "store")
    for name in ("facts", "mentions"):
        out = run(*kg, "query", name, "--format", "csv", "--store", folder / "store")
        (folder / f"{name}.csv").write_text(out, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def referee(answers: Path) -> dict[str, dict[str, float]]:
    out = run(
        sys.executable, SHARED / "eval" / "score.py", SHARED / "gold", SHARED / "seeds", "--json",
        "--facts", answers / "facts.csv", "--mentions", answers / "mentions.csv",
    )  # fmt: skip
    scored: dict[str, dict[str, float]] = json.loads(out)
    return scored


@pytest.mark.parametrize(("measure", "floor"), FLOORS.items())
def test_real_reports_are_read_well_enough(
    referee: dict[str, dict[str, float]], measure: str, floor: float
) -> None:
    assert referee[measure]["f1"] >= floor


def test_eval_agrees_with_the_referee(referee: dict[str, dict[str, float]]) -> None:
    out = run(sys.executable, "-m", "kg", "eval", SHARED / "seeds", SHARED / "gold", "--json")
    ours = {row["measure"]: row for row in json.loads(out)}
    for measure in (*FLOORS, "ORG", "PLACE", "PROGRAMME"):
        assert ours[measure]["f1"] == pytest.approx(referee[measure]["f1"], abs=5e-5)
        assert (ours[measure]["gold"], ours[measure]["said"]) == (
            referee[measure]["gold"],
            referee[measure]["said"],
        )
