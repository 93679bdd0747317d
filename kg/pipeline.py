"""The stages put together: files → readings → quads → gate → store. The only place that knows all of them."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Quad
from spacy.language import Language

from kg.clean import clean
from kg.config import Options
from kg.corpus import Split
from kg.corpus import load as load_gold
from kg.errors import CATALOGUE, ReadError, StoreError
from kg.evaluate import Scores, score_readings
from kg.extract import by_rules, extract
from kg.graph.dataset import Dataset
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore, listed
from kg.graph.validate import Validator, Verdict, validator
from kg.model import Place, Problem, Reading
from kg.read import discover, read
from kg.tag import load, tag
from kg.tag.lexicon import divisions, townships

DEFECTS = "defects.log"
"""Tracebacks of the last build's defects, in the store's folder; absent when there were none."""

Progress = Callable[[int, int, Path], None]
"""Called before each file with how many are done, how many there are, and the file."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the files of a build: ``read == loaded + unchanged + quarantined + unreadable + failed``.

    ``failed`` counts files on which the program itself failed (E212); ``skipped`` are files beside the reports that
    are none. ``facts`` and ``mentions`` count what was read in loaded and unchanged reports, ``refused`` the numbers in these
    that state no fact, ``unread`` those of them that no part of the grammar saw.
    """

    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    quarantined: int = 0
    unreadable: int = 0
    failed: int = 0
    skipped: int = 0
    facts: int = 0
    mentions: int = 0
    refused: int = 0
    unread: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        """Did every file that was read reach the graph?"""
        return self.read == self.loaded + self.unchanged


@cache
def _places() -> Mapping[str, Place]:
    return {**divisions(), **townships()}


@cache
def _language() -> Language:
    return load()


def read_report(path: Path, options: Options) -> Reading:
    """Everything that one report states.

    Raises:
        ReadError: the file cannot be read, or is no report.
    """
    tagged = tag(clean(read(path, options)), _language())
    return extract(tagged, None if options.models else by_rules)


def build(sources: Sequence[Path], options: Options, progress: Progress | None = None) -> Summary:
    """Read all the reports of ``sources`` into the store, each through the gate.

    One file's trouble never stops the others: a file that cannot be read, that violates the shapes or on which the
    program fails is counted and listed. A ``dataset.toml`` in a source folder describes the data set.

    Raises:
        UsageError: ``options.base`` is no namespace (E211).
        ReadError: a source does not exist or holds nothing to read (E104, E105, E108).
        StoreError: the store cannot be opened or written.
    """
    found = discover(sources)
    gate, places = validator(options.engine), _places()
    counts = Counter[str]()
    problems: list[Problem] = []
    with GraphStore.open(options.store, base=options.base) as store:
        (options.store / DEFECTS).unlink(missing_ok=True)
        described = next(
            (Path(source, "dataset.toml") for source in sources if Path(source, "dataset.toml").is_file()),
            None,
        )
        if described:
            store.describe(Dataset.read(described))
        for path in _watched(found.files, progress):
            outcome, reading, told = _enter(path, store, gate, places, options)
            counts[outcome] += 1
            problems += told
            if reading and outcome in {"loaded", "unchanged"}:
                counts["facts"] += len(reading.facts)
                counts["mentions"] += len(reading.mentions)
                counts["refused"] += len(reading.refused)
                counts["unread"] += sum(number.reason == "unread" for number in reading.refused)
    return Summary(read=len(found.files), skipped=len(found.skipped), problems=tuple(problems), **counts)


def _enter(
    path: Path, store: GraphStore, gate: Validator, places: Mapping[str, Place], options: Options
) -> tuple[str, Reading | None, Iterable[Problem]]:
    """Read one file and put it into the store or the quarantine: what became of it, and its problems."""
    try:
        reading, quads, verdict = _judged(path, gate, places, options)
        source = path.resolve().as_posix()
        if not verdict.conforms:
            store.quarantine(reading, quads, verdict, source)
            return "quarantined", reading, reading.problems
        return store.put(reading, quads, source), reading, reading.problems
    except ReadError as error:
        return "unreadable", None, [_unreadable(path, error)]
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect in a stage must not cost the other files; it is logged and counted
        return "failed", None, [_defect(path, error, options.store / DEFECTS)]


def _judged(
    path: Path, gate: Validator, places: Mapping[str, Place], options: Options
) -> tuple[Reading, list[Quad], Verdict]:
    """A file's reading, with what the gate found among its problems, its quads and the gate's verdict on them."""
    reading = read_report(path, options)
    quads = to_quads(reading, places, options.base)
    verdict = gate.validate(quads, reading.document.name)
    return listed(reading, verdict), quads, verdict


def read_and_check(path: Path, options: Options) -> Reading:
    """Everything that one report states, and among its problems what the gate would find in it.

    Raises:
        ReadError: the file cannot be read, or is no report.
    """
    return _judged(path, validator(options.engine), _places(), options)[0]


def _defect(path: Path, error: Exception, log: Path) -> Problem:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{path}\n{''.join(traceback.format_exception(error))}\n")
    reason = f"{type(error).__name__}: {error}"
    message = CATALOGUE["E212"]
    details = {"path": path, "reason": reason, "log": log}
    return Problem("E212", path.name, "error", message.zh.format(**details), message.en.format(**details))


def check(sources: Sequence[Path], options: Options, progress: Progress | None = None) -> list[Problem]:
    """The problems that building ``sources`` would list, without a store.

    Raises:
        ReadError: a source does not exist or holds nothing to read (E104, E105, E108).
    """
    gate, places = validator(options.engine), _places()
    problems: list[Problem] = []
    for path in _watched(discover(sources).files, progress):
        try:
            reading, _, _ = _judged(path, gate, places, options)
            problems += reading.problems
        except ReadError as error:
            problems.append(_unreadable(path, error))
    return problems


def recheck(store: GraphStore, engine: str, progress: Progress | None = None) -> list[Problem]:
    """The problems of a store: those of its build, the quarantine among them, and what its graphs violate now."""
    gate = validator(engine)
    docs = {source.report: source.doc for source in store.sources().values()}
    problems = dict.fromkeys(store.problems())
    for key in _watched([Path(key) for key in store.reports()], progress):
        problems |= dict.fromkeys(gate.validate(store.quads(key.name), docs.get(key.name, key.name)).problems)
    return list(problems)


def score(
    text_dir: Path,
    gold_dir: Path,
    options: Options,
    split: Split | None = None,
    progress: Progress | None = None,
) -> Scores:
    """Score what is read in the documents of ``text_dir`` that are annotated in ``gold_dir``, or in one split of them.

    Raises:
        ReadError: a document cannot be read.
        UsageError: an annotation does not fit its document.
    """
    names = [gold.name for gold in load_gold(text_dir, gold_dir, split)]
    paths = _watched([text_dir / f"{name}.txt" for name in names], progress)
    readings = {path.stem: read_report(path, options) for path in paths}
    return score_readings(readings, text_dir, gold_dir, only=set(names))


def _watched(paths: Sequence[Path], progress: Progress | None) -> Iterator[Path]:
    for done, path in enumerate(paths):
        if progress:
            progress(done, len(paths), path)
        yield path


def _unreadable(path: Path, error: ReadError) -> Problem:
    return Problem(error.code, path.name, "error", error.zh, error.en)
