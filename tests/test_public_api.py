"""The public API: what ``__all__`` lists is there, sorted, and costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kg
from kg.config import VERSION

ROOT = Path(__file__).parent.parent


def test_all_is_sorted_and_complete() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    assert set(kg.__all__) == {*kg._HOME, "__version__"}


@pytest.mark.parametrize("name", kg.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    value = getattr(kg, name)
    assert isinstance(value, str) or value.__doc__


def test_type_checkers_see_the_same_names() -> None:
    source = Path(kg.__file__).read_text(encoding="utf-8")
    block = source.split("if TYPE_CHECKING:\n", 1)[1].split("\n\n", 1)[0]
    homes = {}
    for line in block.splitlines():
        home, names = line.strip().removeprefix("from ").split(" import ")
        homes[home] = tuple(names.split(", "))
    assert homes == kg._HOMES


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = kg.nothing


def test_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kg.__version__ == VERSION == project["version"]


def test_asking_does_not_load_the_language_pipeline() -> None:
    script = "import sys, kg.cli.app, kg.graph.query, kg.graph.store; print('spacy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "False"
