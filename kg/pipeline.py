"""The stages put together: files → readings → quads → gate → store. The only place that knows all of them."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from kg.graph.consolidate import UNDISPUTED
from kg.graph.dataset import Dataset
from kg.graph.jumps import jumps
from kg.graph.mapper import to_quads
from kg.graph.store import GraphStore, listed
from kg.graph.validate import Validator, Verdict, validator
from kg.graph.whole import whole_problems
from kg.model import Document, Place, Problem, Reading
from kg.read import STDIN, Outcome, Readers, Unread, discover, read, source
from kg.reprints import Reprints
from kg.tag import load, tag
from kg.tag.lexicon import divisions, townships

DEFECTS = "defects.log"
"""Tracebacks of the last build's defects, in the store's folder; absent when there were none."""

Progress = Callable[[int, int, Path], None]
"""Called before each file with how many are done, how many there are, and the file."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the reports of a build.

    ``read == loaded + unchanged + quarantined + unreadable + failed + reprints``; a file is one report, an archive or a
    corpus as many as are in it. ``failed`` counts reports on which the program itself failed (E212); ``reprints`` were
    passed over as nearly the same as others, on wish; ``skipped`` are files beside the reports that are none. ``facts``
    and ``mentions`` count what was read in loaded and unchanged reports, ``refused`` the numbers in these that state no
    fact, ``unread`` those of them that no part of the grammar saw. ``undated`` facts have no period and so no consolidated
    value; ``values`` are all that the store has then, ``disputed`` those that a statement contradicts.
    """

    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    quarantined: int = 0
    unreadable: int = 0
    failed: int = 0
    reprints: int = 0
    skipped: int = 0
    facts: int = 0
    undated: int = 0
    mentions: int = 0
    refused: int = 0
    unread: int = 0
    values: int = 0
    disputed: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        """Did every file that was read reach the graph?"""
        return self.read == self.loaded + self.unchanged + self.reprints


Judged = tuple[Reading, list[Quad], Verdict]


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
    return understood(read(path, options), options)


def understood(document: Document, options: Options) -> Reading:
    """Everything that a document states; among its problems those of its reader."""
    tagged = tag(clean(document), _language())
    reading = extract(tagged, None if options.models else by_rules)
    return replace(reading, problems=(*document.problems, *reading.problems))


def build(sources: Sequence[Path], options: Options, progress: Progress | None = None) -> Summary:
    """Read all the reports of ``sources`` into the store, each through the gate.

    One file's trouble never stops the others: a file that cannot be read, that violates the shapes or on which the
    program fails is counted and listed. A ``dataset.toml`` in a source folder describes the data set.

    Raises:
        UsageError: ``options.base`` is no namespace (E211).
        ReadError: a source does not exist or holds nothing to read (E104, E105, E108).
        StoreError: the store cannot be opened or written.
    """
    found = discover(sources, options.columns)
    gate, places = validator(options.engine), _places()
    counts = Counter[str]()
    problems: list[Problem] = []
    read_in = 0

    def judged(document: Document, more: Sequence[Quad]) -> Judged:
        return _judged(document, gate, places, options, more)

    with (
        GraphStore.open(options.store, base=options.base) as store,
        Reprints(store, options.near_duplicates) as reprints,
    ):
        (options.store / DEFECTS).unlink(missing_ok=True)
        described = next(
            (Path(one, "dataset.toml") for one in sources if Path(one, "dataset.toml").is_file()),
            None,
        )
        if described:
            store.describe(Dataset.read(described))
        for name, outcome in _outcomes(found.files, options, progress):
            fate, reading, told = _enter(name, outcome, store, reprints, judged)
            counts[fate] += 1
            read_in += 1
            problems += told
            if reading and fate in {"loaded", "unchanged"}:
                counts["facts"] += len(reading.facts)
                counts["undated"] += sum(fact.period is None for fact in reading.facts)
                counts["mentions"] += len(reading.mentions)
                counts["refused"] += len(reading.refused)
                counts["unread"] += sum(number.reason == "unread" for number in reading.refused)
        for rule, chosen in store.values().items():
            counts["values"] += chosen
            counts["disputed"] += 0 if rule in UNDISPUTED else chosen
    return Summary(read=read_in, skipped=len(found.skipped), problems=tuple(problems), **counts)


def _outcomes(
    paths: Sequence[Path], options: Options, progress: Progress | None
) -> Iterator[tuple[str, Outcome]]:
    """What the files hold, one after the other, each with the name by which the store knows its source."""
    with Readers() as readers:
        for path in _watched(paths, progress):
            raw = source(path, options)
            for outcome in readers.documents(raw):
                where = outcome.where if isinstance(outcome, Unread) else outcome.path
                if path == STDIN:
                    digest = "" if isinstance(outcome, Unread) else outcome.digest
                    yield f"{where}:{digest}", outcome
                else:
                    yield path.resolve().as_posix() + where.removeprefix(raw.where), outcome


def _enter(
    name: str,
    outcome: Outcome,
    store: GraphStore,
    reprints: Reprints,
    judged: Callable[[Document, Sequence[Quad]], Judged],
) -> tuple[str, Reading | None, Iterable[Problem]]:
    """Put what was read into the store or the quarantine: what became of it, and its problems."""
    if isinstance(outcome, Unread):
        return "unreadable", None, [_unreadable(outcome.name, outcome.error)]
    try:
        near = reprints.of(outcome, name)
        document = reprints.told(outcome, near) if near else outcome
        if near and reprints.skips:
            return "reprints", None, document.problems
        reading, quads, verdict = judged(document, reprints.linked(document, near) if near else ())
        if not verdict.conforms:
            store.quarantine(reading, quads, verdict, name)
            return "quarantined", reading, reading.problems
        fate = store.put(reading, quads, name)
        reprints.add(document, near)
        return fate, reading, reading.problems
    except ReadError as error:
        return "unreadable", None, [_unreadable(outcome.name, error)]
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect in a stage must not cost the other files; it is logged and counted
        return "failed", None, [_defect(outcome, error, store.path / DEFECTS)]


def _judged(
    document: Document,
    gate: Validator,
    places: Mapping[str, Place],
    options: Options,
    more: Sequence[Quad] = (),
) -> Judged:
    """A document's reading, with what the gate found among its problems, its quads and the gate's verdict on them.

    ``more`` are quads that its own reading does not give.
    """
    reading = understood(document, options)
    quads = sorted({*to_quads(reading, places, options.base), *more}, key=str)
    verdict = gate.validate(quads, document.name)
    return listed(reading, verdict), quads, verdict


def read_and_check(path: Path, options: Options) -> Reading:
    """Everything that one report states, and among its problems what the gate would find in it.

    Raises:
        ReadError: the file cannot be read, or is no report.
    """
    return _judged(read(path, options), validator(options.engine), _places(), options)[0]


def _defect(document: Document, error: Exception, log: Path) -> Problem:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{document.path}\n{''.join(traceback.format_exception(error))}\n")
    reason = f"{type(error).__name__}: {error}"
    message = CATALOGUE["E212"]
    details = {"path": document.path, "reason": reason, "log": log}
    return Problem("E212", document.name, "error", message.zh.format(**details), message.en.format(**details))


def check(sources: Sequence[Path], options: Options, progress: Progress | None = None) -> list[Problem]:
    """The problems that building ``sources`` would list, without a store.

    Raises:
        ReadError: a source does not exist or holds nothing to read (E104, E105, E108).
    """
    gate, places = validator(options.engine), _places()
    problems: list[Problem] = []
    for _, outcome in _outcomes(discover(sources, options.columns).files, options, progress):
        if isinstance(outcome, Unread):
            problems.append(_unreadable(outcome.name, outcome.error))
        else:
            problems += _judged(outcome, gate, places, options)[0].problems
    return problems


def recheck(store: GraphStore, engine: str, progress: Progress | None = None) -> list[Problem]:
    """The problems of a store: those of its build, those its graphs show now, and figures far from other reports'."""
    gate = validator(engine)
    docs = {source.report: source.doc for source in store.sources().values()}
    problems = dict.fromkeys(store.problems())
    for key in _watched([Path(key) for key in store.reports()], progress):
        problems |= dict.fromkeys(gate.validate(store.quads(key.name), docs.get(key.name, key.name)).problems)
    return [*problems, *whole_problems(store, engine), *jumps(store)]


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


def _unreadable(name: str, error: ReadError) -> Problem:
    return Problem(error.code, name, "error", error.zh, error.en)
