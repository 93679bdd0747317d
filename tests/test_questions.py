"""docs/questions.md: every question is asked again on the demo graph, and has the rows that the page shows."""

from __future__ import annotations

import runpy
import shlex
from pathlib import Path

import pytest
from commands import ROOT

from kg.graph.query import FOLDERS, load, saved

QUESTIONS = runpy.run_path(str(ROOT / "scripts" / "make_questions.py"))
ASKED = QUESTIONS["questions"]()
PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def answers(demo: Path) -> dict[str, str]:
    """What each question's call prints on the demo graph."""
    return QUESTIONS["answers"](demo)


def shown() -> dict[str, str]:
    """The rows of the page, by the call above them."""
    parts = PAGE.split("```console\n$ ")[1:]
    return {
        part.partition("\n")[0]: part.partition("```\n\n")[2].partition("\n\n")[0].strip() for part in parts
    }


@pytest.mark.parametrize("question", ASKED, ids=[question["en"] for question in ASKED])
def test_the_page_has_the_rows_of_the_graph(answers: dict[str, str], question: dict[str, object]) -> None:
    call = shlex.join(QUESTIONS["call"](question))
    assert answers[call].strip() == shown()[f"kg {call}"]


def test_the_page_is_current(answers: dict[str, str]) -> None:
    assert QUESTIONS["page"](answers) == PAGE, "run make docs"


def test_every_folder_has_questions_and_most_queries_answer_one() -> None:
    asked = {question["query"] for question in ASKED}
    assert {load(name).folder for name in asked} == set(FOLDERS)
    assert len(asked) >= 40
    assert len(asked) >= 0.8 * len(saved())


def test_questions_are_short() -> None:
    assert max(rows.count("\n") for rows in shown().values()) <= 16


# What the sample reports say in so many words, read by a person: the page would change with the graph, these do not.


def test_a_figure_of_the_page_is_in_its_report() -> None:
    text = (ROOT / "seeds" / "reports" / "stat01.txt").read_text(encoding="utf-8")
    assert "5.95张升至6.11张" in text
    assert "| stat01.txt | 535 | 540 | 5.95张 | 5.95 | 张 |" in PAGE
    assert text[535:540] == "5.95张"
    assert "婴儿死亡率2.31‰" in text
    assert "| 婴儿死亡率 | 2022 | 2.31 | 2.75 | ‰ | -0.44 | 0.84 |" in PAGE
