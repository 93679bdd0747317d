"""A made label dump, smaller: what is accepted is right, and most of what is the same is found."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from measure_linking import homonyms, linked, scores, write  # noqa: E402
from sample_labels import made  # noqa: E402


@pytest.mark.parametrize(
    ("kind", "theirs", "planted", "alike"), [("organisation", 4_000, 200, 60), ("place", 6_000, 300, 5)]
)
def test_links_of_a_made_dump(kind: str, theirs: int, planted: int, alike: int, tmp_path: Path) -> None:
    dump = made(kind, ours=1_000, theirs=theirs, planted=planted, seed=11)
    assert (len(dump.ours), len(dump.theirs), len(dump.same)) == (1_000, theirs, planted)
    assert homonyms(dump) >= alike
    path = tmp_path / "dump.csv"
    write(dump.theirs, path)
    found = scores(dump, linked(dump.ours, path, kind, tmp_path / "links.sssom.tsv").mappings)
    assert found["precision"] >= 0.98
    assert found["recall"] >= 0.90
    assert found["to review"] <= planted // 5


def test_the_same_seed_makes_the_same_dump() -> None:
    one, other = (made("place", ours=50, theirs=200, planted=20, seed=3) for _ in range(2))
    assert one == other
    assert one != made("place", ours=50, theirs=200, planted=20, seed=4)
