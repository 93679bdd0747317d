"""The annotated corpus: documents, their gold records, the split by province, and the second annotation.

``docs/corpus.md`` describes the data set and shows how to use this module, ``docs/annotation.md`` says what a record is.
A record quotes its document; here quotes become source offsets, so that ``text[start:end]`` is the number or the name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import UsageError
from kg.model import Comparator, Kind, Label
from kg.resources import data

Split = Literal["train", "hard", "test", "fresh"]
SPLITS: tuple[Split, ...] = get_args(Split)
HELD_OUT: frozenset[Split] = frozenset(["test", "fresh"])  # their errors are not looked at
# Rules, lexicons and weights never see these; kg.evaluate does not list their errors.
TEST_PROVINCES = frozenset(
    ["江西省", "湖南省", "广西壮族自治区", "重庆市", "陕西省", "甘肃省", "青海省", "新疆维吾尔自治区"]
)


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A number the report states. ``indicators``, ``subjects`` and ``times`` hold the right ones, the best first.

    ``times`` are ISO 8601 dates, months, years or intervals; ``context`` when no time governs the figure in the text.
    """

    start: int
    end: int
    num: str
    value: Decimal
    unit: str
    comparator: Comparator
    kind: Kind
    head: str
    indicators: tuple[str, ...]
    subjects: tuple[str, ...]
    times: tuple[str, ...]
    context: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldName:
    """A mention of a named organisation, place or programme; ``names`` are its canonical names, the best first."""

    start: int
    end: int
    text: str
    label: Label
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated document. ``name`` is the file's name without suffix, ``text`` the source text."""

    name: str
    text: str
    figures: tuple[GoldFigure, ...]
    names: tuple[GoldName, ...]
    title: str | None = None
    place: str | None = None
    province: str | None = None
    published: date | None = None
    period: str | None = None

    @property
    def split(self) -> Split:
        """``test`` for the provinces kept aside; ``fresh`` and ``hard`` for two genres of the other provinces.

        ``hard`` tries how a report's own scope is found: rules may be learned of it, but no model is fitted on it. ``fresh``
        was written when the rules were there, by people who did not know them: nothing is learned of it.
        """
        if self.province in TEST_PROVINCES:
            return "test"
        if self.genre == "hard":
            return "hard"
        return "fresh" if self.genre == "fresh" else "train"

    @property
    def genre(self) -> str:
        """The letters of its name (``city01`` → ``city``), which stand for a genre; the corpus's README lists them."""
        return self.name.rstrip("0123456789")


def load(
    text_dir: Path | None = None, gold_dir: Path | None = None, split: Split | None = None
) -> Iterator[Gold]:
    """The documents of a corpus in the order of their names, by default of the corpus in ``seeds``.

    Raises ``UsageError`` E110 (no gold in the folder), E111 (a document is missing), E112 (a record does not fit).
    """
    text_dir = text_dir or data("seeds", "corpus", "texts")
    gold_dir = gold_dir or data("seeds", "corpus", "gold")
    paths = sorted(gold_dir.glob("*.jsonl"))
    if not paths:
        raise UsageError("E110", path=gold_dir)
    for path in paths:
        gold = load_one(text_dir / f"{path.stem}.txt", path)
        if split in (None, gold.split):
            yield gold


def load_second() -> Iterator[tuple[Gold, Gold]]:
    """The documents of the corpus in ``seeds`` that were annotated twice: the first annotation and the second.

    The second annotators had not seen the first annotation. Raises as ``load``.
    """
    folder = data("seeds", "corpus")
    for second in load(folder / "texts", folder / "second"):
        yield (
            load_one(folder / "texts" / f"{second.name}.txt", folder / "gold" / f"{second.name}.jsonl"),
            second,
        )


def load_one(text_path: Path, gold_path: Path) -> Gold:
    """One document with its records. Raises as ``load``."""
    if not text_path.is_file():
        raise UsageError("E111", path=text_path, gold=gold_path.name)
    text = text_path.read_text(encoding="utf-8")
    figures: list[GoldFigure] = []
    names: list[GoldName] = []
    about: dict[str, Any] = {}
    for number, line in enumerate(gold_path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            match record["type"]:
                case "quantity":
                    figures.append(_figure(record, text))
                case "entity":
                    names.append(_name(record, text))
                case "doc":
                    about = record
                case other:
                    raise ValueError(f"type {other!r}")
        except (KeyError, ValueError) as error:
            raise UsageError("E112", path=gold_path, line=number, reason=error) from error
    published = about.get("published")
    return Gold(
        name=gold_path.stem,
        text=text,
        figures=tuple(figures),
        names=tuple(names),
        title=about.get("title"),
        place=about.get("place"),
        province=about.get("province"),
        published=date.fromisoformat(published) if published and len(published) == 10 else None,
        period=about.get("period"),
    )


def _figure(record: dict[str, Any], text: str) -> GoldFigure:
    quote, num = record["quote"], record["num"]
    at = _occurrences(text, quote)
    if len(at) != 1:
        raise ValueError(f"quote occurs {len(at)} times: {quote}")
    start = at[0] + _nth(quote, num, record.get("nth", 1))
    if record["head"] not in record["indicator"]:
        raise ValueError(f"head {record['head']} is not in indicator {record['indicator']}")
    return GoldFigure(
        start=start,
        end=start + len(num),
        num=num,
        value=Decimal(str(record["value"])),
        unit=record["unit"],
        comparator=_one_of(record.get("cmp", "="), Comparator),
        kind=_one_of(record["kind"], Kind),
        head=record["head"],
        indicators=(record["indicator"], *record.get("alt", ())),
        subjects=(record["subject"], *record.get("subject_alt", ())),
        times=(record["time"], *record.get("time_alt", ())),
        context=record.get("time_from") == "context",
        optional=bool(record.get("optional")),
    )


def _name(record: dict[str, Any], text: str) -> GoldName:
    part = record["text"]
    if "nth" not in record and len(_occurrences(text, part)) > 1:
        raise ValueError(f"text occurs more than once and has no nth: {part}")
    start = _nth(text, part, record.get("nth", 1))
    return GoldName(
        start=start,
        end=start + len(part),
        text=part,
        label=_one_of(record["label"], Label),
        names=(record["name"], *record.get("name_alt", ())),
    )


def _one_of(value: str, allowed: Any) -> Any:  # noqa: ANN401 - a Literal's members are known only at run time
    if value not in get_args(allowed):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(allowed))}")
    return value


def _occurrences(text: str, part: str) -> list[int]:
    """Where ``part`` begins in ``text``; occurrences may overlap."""
    found = []
    at = text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def _nth(text: str, part: str, nth: int) -> int:
    found = _occurrences(text, part)
    if len(found) < nth:
        raise ValueError(f"there is no occurrence {nth} of {part}")
    return found[nth - 1]
