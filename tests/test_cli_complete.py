"""What a shell completes, as Typer asks for it, and as bash cuts words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT

from kg.cli.complete import joined

LINE = "kg query {query} --store {store} --param {typed}"


def completed(line: str, shell: str = "zsh", **environment: str) -> str:
    """What is offered for a line whose last word is being typed."""
    asked = {"_KG_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, **environment}
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; import sys; sys.argv = ['kg']; main()"],
        env={**os.environ, **asked, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.stdout


def test_queries_and_their_titles() -> None:
    out = completed("kg query indicator-b")
    assert "indicator-by-place" in out
    assert "各地的一项指标" in out
    assert "facts" not in out


def test_parameters_of_the_query_that_are_not_given_yet(store: Path) -> None:
    out = completed(f"kg query indicator-by-place --store {store} --param ")
    assert "indicator=" in out and "year=" in out
    out = completed(f"kg query indicator-by-place --store {store} --param year=2022 --param ")
    assert "indicator=" in out and "year=" not in out


@pytest.mark.parametrize(
    ("query", "typed", "wanted"),
    [
        ("indicator-by-place", "indicator=婴儿", "indicator=婴儿死亡率"),
        ("indicator-by-place", "year=20", "year=2022"),
        ("place-profile", "place=邢", "place=邢台市"),
        ("place-profile", "place=1305", "place=130500"),
        ("changes", "direction=d", "direction=down"),
        ("facts", "doc=stat", "doc=stat01.txt"),
        ("named-in", "entity=邢台市卫", "entity=邢台市卫生健康委员会"),
    ],
)
def test_values_that_the_store_knows(store: Path, query: str, typed: str, wanted: str) -> None:
    assert wanted in completed(f"kg query {query} --store {store} --param {typed}")


def test_names_of_things_to_describe(store: Path) -> None:
    assert "邢台市卫生健康委员会" in completed(f"kg describe --store {store} 邢台市卫")


def test_without_a_store_or_query_nothing_is_offered_and_nothing_is_said(tmp_path: Path) -> None:
    assert "=" not in completed(f"kg query place-profile --store {tmp_path / 'no'} --param place=邢").replace(
        "place=", ""
    )
    assert "=" not in completed("kg query nothing-like-it --param ")


@pytest.mark.parametrize(
    ("words", "at", "wanted"),
    [
        (["kg", "query", "x", "--param", "a", "=", "b"], 6, (["kg", "query", "x", "--param", "a=b"], 4)),
        (["kg", "query", "x", "--param", "a", "="], 5, (["kg", "query", "x", "--param", "a="], 4)),
        (["kg", "query", "x", "--param", "a=b"], 4, (["kg", "query", "x", "--param", "a=b"], 4)),
        (["kg", "query"], 2, (["kg", "query"], 2)),
        (
            ["kg", "query", "x", "-p", "a", "=", "http", ":", "//e"],
            8,
            (["kg", "query", "x", "-p", "a=http://e"], 4),
        ),
        (["kg", "q", "-p", "a", "=", "b", "-p", "c"], 7, (["kg", "q", "-p", "a=b", "-p", "c"], 5)),
    ],
)
def test_words_that_bash_cut_are_joined(words: list[str], at: int, wanted: tuple[list[str], int]) -> None:
    assert joined(words, at) == wanted


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_in_bash_only_what_follows_the_sign_of_equality_is_offered(store: Path) -> None:
    """Typer's own script, with the words as bash hands them over."""
    words = f"kg query indicator-by-place --store {store} --param indicator = 婴儿"
    out = completed("", "bash", COMP_WORDS=words, COMP_CWORD="8")
    assert "婴儿死亡率" in out.splitlines()
    assert not any("indicator=" in line for line in out.splitlines())
    names = completed("", "bash", COMP_WORDS="kg query indicator-b", COMP_CWORD="2")
    assert names.split() == ["indicator-by-place"]
