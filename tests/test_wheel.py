"""The wheel works on its own: installed in an environment without the checkout, in any folder."""

from __future__ import annotations

import ast
import itertools
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: object, cwd: Path) -> str:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "KG_STORE"}
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a fresh environment with the wheel; dependencies are lent by the environment of the tests."""
    home = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    (site,) = home.glob("lib/python*/site-packages")
    run(
        sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install", "--quiet", "--no-deps", "--no-index",
        "--disable-pip-version-check", wheel,
        cwd=home,
    )  # fmt: skip
    # A path line lends the packages but not their own .pth files, so an editable install of the checkout stays out.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


BY_OTHERS = {"lxml-html-clean"}  # imported by justext, which trafilatura asks for, and not declared there


def test_every_package_that_kg_imports_is_declared() -> None:
    """The environment of the tests lends the wheel all it has, so an undeclared dependency would not be seen below."""
    homes = packages_distributions()
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for name in imported(path) - sys.stdlib_module_names - {"kg"}:
            assert declared() & set(map(canonical, homes[name])), f"{path.name} imports {name}"


def test_every_declared_package_is_imported() -> None:
    used = set().union(*(imported(path) for path in (ROOT / "kg").rglob("*.py")))
    homes = {canonical(home) for name in used for home in packages_distributions().get(name, ())}
    assert declared() - homes == BY_OTHERS


def declared() -> set[str]:
    """The distributions that pyproject.toml asks for, those of its extras among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    return {canonical(re.match(r"[\w.-]+", line)[0]) for line in lines}  # type: ignore[index]


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def canonical(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_wheel_carries_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "shapes", "queries", "seeds/vocabulary", "seeds/segmenter/model"):
        kept = {
            f"kg/data/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not path.name.startswith(".")
        }
        assert kept
        assert kept <= names
    assert {"kg/py.typed", "kg/data/seeds/SOURCES.md"} <= names
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert not [
        name for name in names if name.startswith(("kg/data/seeds/corpus", "kg/data/seeds/reports", "tests/"))
    ]


def test_installed_kg_works_anywhere(scripts: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in ("city01.txt", "trad02.txt"):
        shutil.copy(ROOT / "seeds" / "reports" / name, reports)
    where = run(scripts / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(scripts.parent)
    assert "loaded,2" in run(scripts / "kg", "build", "reports", cwd=tmp_path)
    facts = run(scripts / "kg", "query", "facts", cwd=tmp_path)
    assert facts.count("\n") > 60
    assert "衡水市" in facts
    assert run(scripts / "kg", "queries", cwd=tmp_path).count("\n") >= 13
    assert "@prefix" in run(scripts / "kg", "export", cwd=tmp_path)
    assert run(scripts / "kg", "validate", cwd=tmp_path).startswith("doc,severity")


def test_spacy_finds_the_components_by_entry_point(scripts: Path, tmp_path: Path) -> None:
    script = (
        "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('kg_quantities'); nlp.add_pipe('kg_times'); "
        "nlp('2022年全市有医院35家。'); print(nlp.pipe_names)"
    )
    assert run(scripts / "python", "-c", script, cwd=tmp_path).strip() == "['kg_quantities', 'kg_times']"
