"""Reports that are nearly the same: told, kept, linked or passed over; the same text twice is one report."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.config import NearDuplicates, Options
from kg.graph import terms
from kg.pipeline import Summary, build
from kg.read.near import FILE, Near, NearIndex

REPORTS = Path(__file__).resolve().parent.parent / "seeds" / "reports"
WHOLE = (REPORTS / "county01.txt").read_text(encoding="utf-8")
REPRINT = "转载自县政府网站\n" + WHOLE.replace("2022年", "2022 年", 1) + "\n（责任编辑：小李）\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    (made / "a.txt").write_text(WHOLE, encoding="utf-8")
    (made / "b.txt").write_text(REPRINT, encoding="utf-8")
    (made / "c.txt").write_bytes((REPORTS / "city01.txt").read_bytes())
    return made


def built(folder: Path, choice: NearDuplicates) -> Summary:
    return build([folder], Options(store=folder.parent / "store", near_duplicates=choice))


def told(summary: Summary) -> list[tuple[str, str]]:
    return [(problem.doc, problem.severity) for problem in summary.problems if problem.code == "E127"]


def links(folder: Path) -> int:
    with kg.GraphStore.open(folder.parent / "store", read_only=True) as store:
        return sum(quad.predicate == terms.ALTERNATE_OF for quad in store.graphs())


@pytest.mark.parametrize(("choice", "loaded", "reprints", "linked"), [("keep", 3, 0, 0), ("link", 3, 0, 1), ("skip", 2, 1, 0)])  # fmt: skip
def test_a_reprint_is_told_and_treated_as_wished(
    folder: Path, choice: NearDuplicates, loaded: int, reprints: int, linked: int
) -> None:
    summary = built(folder, choice)
    assert (summary.read, summary.loaded, summary.reprints, summary.whole) == (3, loaded, reprints, True)
    assert told(summary) == [("b.txt", "warning")]
    assert links(folder) == linked
    again = built(folder, choice)
    assert (again.unchanged, again.reprints) == (loaded, reprints)
    assert told(again) == [("b.txt", "warning")]
    assert links(folder) == linked


def test_a_changed_report_is_no_reprint_of_itself(folder: Path) -> None:
    (folder / "b.txt").unlink()
    built(folder, "skip")
    (folder / "a.txt").write_text(REPRINT, encoding="utf-8")
    summary = built(folder, "skip")
    assert (summary.loaded, summary.unchanged, summary.reprints) == (1, 1, 0)


def test_the_same_text_in_two_formats_is_one_report_with_two_files(folder: Path) -> None:
    (folder / "b.txt").write_bytes(WHOLE.encode("gb18030"))
    summary = built(folder, "keep")
    assert (summary.loaded, told(summary)) == (3, [])
    with kg.GraphStore.open(folder.parent / "store", read_only=True) as store:
        assert len(store.reports()) == 2
        names = {quad.object.value for quad in store.graphs() if quad.predicate == terms.NAME}
    assert {name for name in names if name.endswith(".txt")} == {"a.txt", "b.txt", "c.txt"}


def test_signatures_are_kept_and_made_anew(tmp_path: Path) -> None:
    texts = {"1": WHOLE, "2": (REPORTS / "city01.txt").read_text(encoding="utf-8")}
    index = NearIndex.of(tmp_path, texts, texts.get)
    index.save(tmp_path)
    near = NearIndex.of(tmp_path, texts, lambda _: None).nearest("3", REPRINT, texts.get)
    assert near is not None
    assert (near.key, near.share > 0.9) == ("1", True)
    (tmp_path / FILE).write_bytes(b"damaged")
    assert NearIndex.of(tmp_path, texts, texts.get).nearest("3", REPRINT, texts.get) == near


def test_short_texts_are_never_reprints() -> None:
    index = NearIndex()
    index.add("1", "全市共有医院35家。" * 3, None)
    assert index.nearest("2", "全市共有医院35家。" * 3, {"1": "全市共有医院35家。" * 3}.get) is None


def test_what_was_found_stays_found(tmp_path: Path) -> None:
    index = NearIndex()
    index.add("1", WHOLE, None)
    index.add("2", REPRINT, Near("1", 0.9))
    index.save(tmp_path)
    texts = {"1": WHOLE, "2": REPRINT}
    again = NearIndex.of(tmp_path, texts, texts.get)
    assert (again.nearest("1", WHOLE, texts.get), again.nearest("2", REPRINT, texts.get)) == (
        None,
        Near("1", 0.9),
    )
    assert NearIndex.of(tmp_path, {"2": REPRINT}, texts.get).nearest("2", REPRINT, texts.get) is None
