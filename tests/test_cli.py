"""The command line as a whole: its help, wrong calls, exit statuses 0, 1 and 2, results on stdout and messages on stderr."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from commands import COMMANDS, ROOT, Run, table

from kg.config import VERSION


def test_version(kg: Run) -> None:
    assert kg("--version") == (0, f"kg {VERSION}\n", "")


def test_help_lists_every_command(kg: Run) -> None:
    status, out, _ = kg("--help")
    assert status == 0
    assert all(command in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(kg: Run, command: str) -> None:
    status, out, _ = kg(command, "--help")
    assert status == 0
    assert "Example:" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build",),
        ("build", "no/such/folder"),
        ("query", "no-such-query"),
        ("query", "facts", "--param", "doc"),
        ("query", "facts", "--param", "doc=a", "--param", "doc=b"),
        ("query", "facts", "--param", "colour=red"),
        ("query", "place-profile"),
        ("query", "facts", "--format", "turtle"),
        ("build", "x.txt", "--base", "not an iri"),
        ("build", "x.txt", "--engine", "guess"),
        ("export", "--format", "word"),
        ("eval", "no/such", "folder"),
        ("tag", "no-such-file.txt"),
    ],
)
def test_wrong_call_is_status_2_without_traceback(kg: Run, store: Path, arguments: tuple[str, ...]) -> None:
    more = ("--store", store) if arguments[0] in {"query", "export"} else ()
    status, out, err = kg(*arguments, *more)
    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err


def test_error_is_numbered_in_both_languages(kg: Run, store: Path) -> None:
    _, _, err = kg("query", "facts", "--param", "colour=red", "--store", store)
    zh, en = err.splitlines()
    assert zh.startswith("[E204] 查询 facts 没有参数 colour")
    assert en.startswith("[E204] Query facts has no parameter colour")


def test_query_without_a_store_tells_what_to_do(kg: Run, tmp_path: Path) -> None:
    status, out, err = kg("query", "facts", "--store", tmp_path / "nothing")
    assert (status, out) == (2, "")
    assert "[E301]" in err


def test_store_from_the_environment(kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    assert len(table(kg("query", "reports")[1])) == 2


def test_a_call_that_fails_leaves_the_file_that_is_there(kg: Run, store: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.ttl"
    kept.write_text("what was there", encoding="utf-8")
    status, out, err = kg("export", "--store", store, "--format", "nonsense", "--output", kept)
    assert (status, out) == (2, "")
    assert "[E309]" in err
    assert kept.read_text(encoding="utf-8") == "what was there"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.ttl"]


def test_reader_that_goes_away_is_no_traceback(store: Path) -> None:
    script = f'"{sys.executable}" -m kg query facts --store "{store}" | head -1'
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.startswith("doc,start,end")
    assert "Traceback" not in done.stderr


def test_piped_output_is_utf8_whatever_the_locale(store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "reports", "--store", str(store)],
        capture_output=True,
        check=True,
        env={
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONUTF8": "0",
            "PYTHONPATH": str(ROOT),
        },
    )
    assert "邢台市" in done.stdout.decode("utf-8")
