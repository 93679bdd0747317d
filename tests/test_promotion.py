"""A candidate indicator is promoted by one row of one table, as docs/indicators.md walks through it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path("seeds", "vocabulary", "indicators.csv")
REPORT = """\
长治市卫生健康委员会2023年工作总结

2023年，全市新增智慧药柜12台，床位增加300张。
2023年末，全市智慧药柜达到86台。
"""
ROW = "smart-pharmacy-cabinets,equipment,智慧药柜数,smart pharmacy cabinets,智慧药柜|新增智慧药柜,台,count,能够自助取药的智能药柜台数。,,\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose tables may be edited: the package, the script and the tables copied, the large data linked."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("kg", "ontology", "queries", "scripts", "shapes"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "seeds").mkdir()
    shutil.copytree(ROOT / "seeds" / "vocabulary", folder / "seeds" / "vocabulary")
    for path in (ROOT / "seeds").iterdir():
        if path.name != "vocabulary":
            (folder / "seeds" / path.name).symlink_to(path)
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    return folder


def run(folder: Path, *words: str) -> str:
    """What a command prints in the checkout."""
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=env, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def candidates(folder: Path, store: str) -> str:
    """The candidates of the report, in a store of its own."""
    run(folder, "-m", "kg", "build", "report.txt", "--store", store)
    return run(folder, "-m", "kg", "query", "candidate-indicators", "--store", store, "--format", "csv")


def test_a_row_makes_a_candidate_a_known_indicator(checkout: Path) -> None:
    before = candidates(checkout, "before")
    assert "智慧药柜" in before
    with (checkout / TABLE).open("a", encoding="utf-8", newline="") as file:
        file.write(ROW)
    assert "indicators and groups" in run(checkout, "scripts/make_indicators.py")
    assert "智慧药柜" not in candidates(checkout, "after")
    known = run(
        checkout,
        "-m",
        "kg",
        "query",
        "indicators",
        "--param",
        "contains=智慧药柜",
        "--store",
        "after",
        "--format",
        "csv",
    )
    assert "智慧药柜数,true,2," in known
