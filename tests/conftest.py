"""Fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import REPORTS, Run

from kg import pipeline
from kg.cli import main
from kg.config import Options


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``kg`` with arguments: its exit status, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return int(caught.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two sample reports, which no test changes."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    with pytest.raises(SystemExit) as caught:
        main(["build", str(REPORTS / "stat01.txt"), str(REPORTS / "trad02.txt"), "--store", str(folder)])
    assert caught.value.code == 0
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of all sample reports, as ``make demo`` builds it, which no test changes."""
    folder = tmp_path_factory.mktemp("demo") / "store"
    pipeline.build([REPORTS], Options(store=folder))
    return folder
