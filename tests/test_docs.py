"""The documents are true: every command, query, option and error is in them, and what they show works."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.config import Options
from kg.corpus import load
from kg.errors import CATALOGUE
from kg.graph.query import saved
from kg.model import Period
from kg.pipeline import read_report

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+?)(?:#[^)]*)?\)")
FENCE = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def recipe(target: str) -> str:
    """The commands of a target of the Makefile."""
    return re.search(rf"^{target}:.*\n((?:\t.*\n)+)", text("Makefile"), re.MULTILINE)[1]  # type: ignore[index]


def shell_lines(name: str) -> list[str]:
    """The commands that a README shows, without comments."""
    lines = [
        line.split("  #")[0].strip() for block in FENCE.findall(text(name)) for line in block.splitlines()
    ]
    return [line for line in lines if line]


def test_generated_parts_are_current() -> None:
    documents = runpy.run_path(str(ROOT / "scripts" / "make_reference.py"))["documents"]()
    stale = [path.name for path, wanted in documents.items() if path.read_text(encoding="utf-8") != wanted]
    assert stale == [], "run make docs"


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_error_is_documented(code: str) -> None:
    page = text("docs/errors.md")
    assert f"**{code}**" in page
    assert CATALOGUE[code].zh != CATALOGUE[code].en


def test_every_error_is_raised_somewhere() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for folder, suffix in (("kg", "*.py"), ("shapes", "*.ttl"))
        for path in (ROOT / folder).rglob(suffix)
        if path.name not in {"errors.py", "messages.py"}
    )
    assert [code for code in CATALOGUE if code not in sources] == []


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "docs/commands.md"])
def test_every_query_is_documented(page: str) -> None:
    assert [query.name for query in saved() if f"`{query.name}`" not in text(page)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in targets if not (page.parent / link).exists()] == []


def test_both_readmes_have_the_same_structure() -> None:
    english, chinese = (text(name) for name in READMES)
    assert shell_lines("README.md") == shell_lines("README.zh.md")
    assert len(re.findall("^## ", english, re.MULTILINE)) == len(re.findall("^## ", chinese, re.MULTILINE))
    assert re.findall("<!-- .*? -->", english) == re.findall("<!-- .*? -->", chinese)


@pytest.mark.parametrize("name", READMES)
def test_first_screen_has_the_two_commands(name: str) -> None:
    first = "\n".join(text(name).splitlines()[:25])
    assert "make demo" in first
    assert "make test" in first


@pytest.mark.parametrize("name", READMES)
def test_shell_commands_of_the_readme_work(name: str, tmp_path: Path) -> None:
    """Run what the README shows, in order, in a folder of its own; the two make commands are checked below."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("KG_STORE", None)
    run = [line for line in shell_lines(name) if not line.startswith("make ")]
    assert run
    for line in run:
        assert line.startswith("kg ")
        command = f"{shlex.quote(sys.executable)} -m {line}"
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "facts.csv").read_text(encoding="utf-8").count("\n") > 300
    assert (tmp_path / "health.ttl").stat().st_size > 100_000


def dated(period: Period | None) -> str:
    """A whole year by its number, a day as it is."""
    assert period is not None
    if period == Period.year(period.end.year):
        return str(period.end.year)
    assert period.start == period.end
    return period.end.isoformat()


def test_the_example_of_the_readme_is_what_kg_reads() -> None:
    sentence = "每千人口床位由2021年的5.95张升至6.11张。"
    facts = [
        fact
        for fact in read_report(ROOT / "seeds/reports/stat01.txt", Options()).facts
        if sentence in fact.sentence
    ]
    read = [
        f"| {fact.indicator} | {fact.subject.name} | {fact.value} | {fact.unit} | {fact.kind} | {dated(fact.period)} |"
        for fact in facts
        if fact.quote in {"5.95张", "6.11张"}
    ]
    assert len(read) == 2
    assert [line for line in read if line not in text("README.md")] == []
    assert all(sentence in text(name) for name in READMES)


def test_make_demo_does_what_the_readme_says() -> None:
    lines = recipe("demo")
    for part in ("kg build seeds/reports", "kg query ", "--output build/demo.ttl"):
        assert part in lines


def test_make_test_ends_with_pytest() -> None:
    assert "pytest" in recipe("test").strip().splitlines()[-1]
    assert all(tool in recipe("lint") for tool in ("ruff", "mypy", "lint-imports"))
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[0] == "#!/usr/bin/env bash"
    assert script.read_text(encoding="utf-8").strip().endswith("exec make test")


def test_sample_reports_say_that_they_are_invented() -> None:
    described = text("seeds/reports/dataset.toml")
    assert "invented = true" in described
    assert "虚构" in described
    assert len(list((ROOT / "seeds" / "reports").glob("*.txt"))) >= 12
    for name in (*READMES, "seeds/corpus/README.md"):
        assert "invented" in text(name) or "虚构" in text(name)


def test_sample_reports_are_of_the_train_split() -> None:
    train = {
        gold.name
        for gold in load(ROOT / "seeds/corpus/texts", ROOT / "seeds/corpus/gold")
        if gold.split == "train"
    }
    assert {path.stem for path in (ROOT / "seeds" / "reports").glob("*.txt")} <= train


def test_decisions_have_three_parts_each() -> None:
    entries = text("docs/decisions.md").split("\n### ")[1:]
    assert entries
    for entry in entries:
        heads = [re.split(r" ?[:(]| once,", line)[0] for line in entry.splitlines()[1:] if line.strip()]
        assert heads[:3] == ["What", "Why", "Measured"], entry.splitlines()[0]


def test_decisions_and_pages_name_no_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(?:work|tmp|root|home)/", page.read_text(encoding="utf-8")), (
            page.name
        )
