"""Every measure of how well reports are read, in one table: what `make eval` prints.

    python scripts/evaluate.py [--folds 5] [--seed 0] [--real ../shared] [--format table|csv|tsv|json]

Rows: the two splits of seeds/corpus with the shipped models and by the rules alone; the test split damaged by
seeds/corpus/noise.py, once in each way; the train provinces, each read by models that have not seen it; and, where they
lie beside the repository, five published reports, built, asked for facts and mentions, and scored by the referee.
Only totals are printed, so that the test split stays unseen.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import train_models

from kg import corpus, pipeline
from kg.cli.render import Format, write
from kg.config import Options

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "seeds" / "corpus"
TEXTS, GOLD = CORPUS / "texts", CORPUS / "gold"
NOISES = ("pinyin", "pdf", "web")
MEASURES = ("quantity", "fact", "entity", "indicator", "subject", "time")
COLUMNS = ("reports", "number", *MEASURES)
Row = tuple[str, int, *tuple[float, ...]]


def row(name: str, documents: int, measures: Mapping[str, float]) -> Row:
    """A row of the table."""
    return (name, documents, *(round(measures[key], 3) for key in MEASURES))


def splits() -> Iterator[Row]:
    """The corpus as it is."""
    for split in corpus.SPLITS:
        for models, how in ((True, ""), (False, ", by the rules alone")):
            scores = pipeline.score(TEXTS, GOLD, Options(models=models), split)
            yield row(split + how, len(scores.documents), scores.total.flat())


def damaged(seed: int) -> Iterator[Row]:
    """The test split with noise of each kind."""
    noise = load_noise()
    names = {gold.name for gold in corpus.load(TEXTS, GOLD, "test")}
    with tempfile.TemporaryDirectory() as folder:
        for kind in NOISES:
            texts, gold = Path(folder, kind, "texts"), Path(folder, kind, "gold")
            noise.damage_folder(TEXTS, GOLD, texts, gold, kind, seed, names=names)
            scores = pipeline.score(texts, gold, Options())
            yield row(f"test, damaged: {kind}", len(scores.documents), scores.total.flat())


def load_noise() -> ModuleType:
    """The data set's own script of damages."""
    spec = importlib.util.spec_from_file_location("noise", CORPUS / "noise.py")
    noise = importlib.util.module_from_spec(spec)
    sys.modules["noise"] = noise  # its dataclass looks itself up there
    spec.loader.exec_module(noise)
    return noise


def folds(count: int) -> Iterator[Row]:
    """The train provinces, each read by models fitted on the others."""
    _, measured = train_models.by_folds(count)
    scores = measured.scores
    yield row(f"train, unseen by the models ({count} folds)", len(scores.documents), scores.total.flat())


def real(folder: Path) -> Iterator[Row]:
    """Published reports through the commands and the referee; says why where they cannot be had."""
    referee = folder / "eval" / "score.py"
    if not referee.is_file():
        say(f"skipped: the published reports and their referee, for there is no {referee}")
        return
    with tempfile.TemporaryDirectory() as made:
        command("-m", "kg", "build", folder / "seeds", "--store", Path(made, "store"))
        for query in ("facts", "mentions"):
            rows = command("-m", "kg", "query", query, "--format", "csv", "--store", Path(made, "store"))
            Path(made, f"{query}.csv").write_text(rows, encoding="utf-8")
        said = json.loads(
            command(
                referee, folder / "gold", folder / "seeds", "--json",
                "--facts", Path(made, "facts.csv"), "--mentions", Path(made, "mentions.csv"),
            )
        )  # fmt: skip
    measures = {key: value["f1"] if isinstance(value, dict) else value for key, value in said.items()}
    yield row("published reports, by the referee", len(list((folder / "gold").glob("*.jsonl"))), measures)


def command(*words: object) -> str:
    """What a Python command prints. Raises where it fails."""
    call = [sys.executable, *map(str, words)]
    return subprocess.run(call, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8").stdout


def say(text: str) -> None:
    """Tell the person who waits."""
    print(text, file=sys.stderr)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=5, help="0 leaves out the slow part")
    parser.add_argument("--seed", type=int, default=0, help="seed of the damages")
    parser.add_argument("--real", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--format", choices=list(Format), default=Format.TABLE)
    args = parser.parse_args()
    rows: list[Row] = []
    for part in (
        splits(),
        damaged(args.seed),
        folds(args.folds) if args.folds else iter(()),
        real(args.real),
    ):
        for found in part:
            say(found[0])
            rows.append(found)
    write(COLUMNS, rows, sys.stdout, Format(args.format))


if __name__ == "__main__":
    main()
