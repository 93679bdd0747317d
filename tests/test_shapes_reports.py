"""Both SHACL engines on every sample report: the fast one is trusted because the reference agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import BASE, Options
from kg.graph.mapper import to_quads
from kg.graph.validate import validator
from kg.pipeline import read_report
from kg.tag.lexicon import divisions, townships

SEEDS = Path(__file__).parent.parent / "seeds"
REPORTS = sorted((SEEDS / "reports").glob("*.txt"))
CORPUS = sorted((SEEDS / "corpus").rglob("*.txt"))
PLACES = {**townships(), **divisions()}


def test_there_are_reports() -> None:
    assert len(REPORTS) >= 12
    assert len(CORPUS) >= 150


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_both_engines_see_the_same_in_a_report(path: Path) -> None:
    quads = to_quads(read_report(path, Options()), PLACES, BASE)
    fast, reference = (validator(engine).validate(quads, path.name) for engine in ("shifty", "pyshacl"))
    seen = [
        sorted((r.focus, r.component, r.path, r.value, r.severity) for r in v.results)
        for v in (fast, reference)
    ]
    assert seen[0] == seen[1]
    assert fast.problems == reference.problems


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_sample_report_passes_the_gate(path: Path) -> None:
    verdict = validator().validate(to_quads(read_report(path, Options()), PLACES, BASE), path.name)
    assert [p.zh for p in verdict.problems if p.severity == "error"] == []
