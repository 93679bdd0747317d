"""The values that pass between the stages, all frozen.

Offsets count Unicode code points, end exclusive. Two texts have offsets: the *source* (``Document.text``, as decoded
with universal newlines) and the *clean* text made of it. Stages from tagging to extraction work on clean offsets;
``CleanText.source_span`` turns them into source offsets, which is what facts and mentions publish.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Label = Literal["ORG", "PLACE", "PROGRAMME"]
Kind = Literal["count", "money", "rate", "level", "rank", "change"]
Comparator = Literal["=", "~", "<", ">", "<=", ">="]
Direction = Literal["up", "down", "flat"]
Severity = Literal["error", "warning"]
Script = Literal["Hans", "Hant"]
Role = Literal["runs", "takes-part", "won"]
Reason = Literal[
    "date", "clock", "name", "ordinal", "document", "phone", "list", "page", "limit", "grade", "base", "duration",
    "measure", "slogan", "code", "small", "bare", "cell", "unread",
]  # fmt: skip
"""Why a number states no fact; ``kg.view.words.REASONS`` puts each in words. ``unread``: no part of the grammar saw it."""


@dataclass(frozen=True, slots=True)
class CellReference:
    """A cell of a table: its source offsets, and where it stands in its file (``床位!C5``, ``表2!R3C4``)."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read: its text and what its container said about it.

    ``name`` is the file's name, the ``doc`` of the contracts; that of a report inside another file is the file's name,
    ``!/`` and its own (``2022.zip!/a/b.html``, ``corpus.jsonl!/12``), and so is its ``path``. ``digest`` is the SHA-256
    of the source bytes, in hex. ``format`` is the key of its reader. ``cells`` are the cells of its tables, in order
    of their start; ``problems`` are warnings of its reader.
    """

    name: str
    text: str
    digest: str
    encoding: str
    path: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    format: str = "txt"
    script: Script = "Hans"
    retrieved: datetime | None = None
    cells: tuple[CellReference, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """A document's text made regular, each character tied to the source characters it came from.

    Character ``i`` of ``text`` stands for ``document.text[starts[i]:ends[i]]``: usually one character, more where
    noise sticks to its end (``個(gè)`` is one clean character ``个``). Source characters in no cell were dropped.

    Conventions of ``text``: simplified characters; one paragraph, heading or table row a line; the cells of a table
    row separated by a tab; full-width ``，；：。？！（）``; digits, letters, ``%``, ``.``, ``/`` and ``-`` half-width;
    no spaces between Chinese characters or between these and digits, save one blank where it parts two phrases
    (健康建设 成绩斐然), a section's number and title (2.1 资源总量) or the labels of a line (2020-05-06 来源：…).
    """

    document: Document
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of ``text[start:end]``; the span must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def quote(self, start: int, end: int) -> str:
        """The source characters behind ``text[start:end]``, noise included."""
        first, last = self.source_span(start, end)
        return self.document.text[first:last]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of whole days, both ends inclusive. An *as of* date has equal ends."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end before it starts: {self.start}..{self.end}")

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The calendar month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def day(cls, day: date) -> Period:
        """A single day."""
        return cls(day, day)


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division.

    ``code`` is the GB/T 2260 code (six digits down to county; nine for townships by the statistical codes).
    ``parent`` is the code of the division above, None for a province. ``name`` is the official full name of this
    division alone (``寻甸回族彝族自治县``).
    """

    code: str
    name: str
    level: Literal["country", "province", "city", "county", "township"]
    parent: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what is meant, once resolved: a canonical full name and, for a division, its code."""

    name: str
    label: Label
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the clean text. ``entity`` is None until the report's scope has resolved it.

    ``codes`` are the divisions a place name can mean, most likely first; empty for other labels.
    """

    start: int
    end: int
    text: str
    label: Label
    rule: str
    confidence: float
    codes: tuple[str, ...] = ()
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in the clean text.

    ``start``/``end`` span the number with its unit (without hedges such as 近 or 约); ``value`` is after the
    multiplier (48.59万 → 485900); ``unit`` is in simplified characters, without the multiplier.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator
    rule: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A number in the clean text that states no fact, with the reason."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the calendar as printed; what is not printed is None.

    ``shift`` counts years from the report's own year (去年 is -1) where no ``year`` is printed. A ``day`` beyond the
    month's last means its last.
    """

    year: int | None = None
    shift: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression in the clean text, from ``first`` to ``last`` (the same moment unless a range is printed).

    ``form`` tells how it dates a figure: ``span`` the whole stretch (2022年), ``until`` as of its end (截至5月30日, 年底),
    ``since`` from its start to the report's end (2018年以来), ``recent`` the last ``years`` years (近三年), ``unit`` the
    report's own week, month or quarter (本周), or the one ``years`` from it (上周 -1).
    """

    start: int
    end: int
    text: str
    form: Literal["span", "until", "since", "recent", "unit"]
    first: Moment
    last: Moment
    years: int = 0


@dataclass(frozen=True, slots=True)
class Tagged:
    """A clean text with all that was found in it, each kind in order of its start."""

    clean: CleanText
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeMention, ...]
    refused: tuple[Refused, ...] = ()


Office = Literal["source", "author", "editor", "reviewer"]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who signed a report, and as what; the name as printed, in clean characters."""

    office: Office
    name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the report itself is about, which gives 全市, 我市, 市X, 本院 and undated figures their meaning."""

    place: Place | None = None
    organisation: str | None = None
    title: str | None = None
    published: date | None = None
    period: Period | None = None
    credits: tuple[Credit, ...] = ()
    zone: str | None = None  # a development zone or new area that it speaks for, which has no division code


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with what, whose and when, and the sentence it came from. Offsets are source offsets."""

    start: int
    end: int
    quote: str
    sentence: str
    value: Decimal
    unit: str
    comparator: Comparator
    kind: Kind
    indicator: str
    subject: Entity
    area: Place | None
    period: Period | None
    rule: str
    confidence: float
    direction: Direction | None = None
    target: bool = False
    concept: str | None = None  # the indicator's key in the scheme, where it is a known one
    whole: tuple[int, int] | None = None  # the span of the figure that 其中 says it is a part of


@dataclass(frozen=True, slots=True)
class NamedMention:
    """A mention as published: source offsets, the source characters, and the entity they name."""

    start: int
    end: int
    text: str
    entity: Entity
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A programme, and who runs it, takes part in it or won it, as a sentence says it.

    ``start``, ``end`` and ``quote`` are those of the programme's name in the source; ``place`` is the division that the
    agent is or lies in. ``period`` is when the sentence dates it, else the report's own.
    """

    start: int
    end: int
    quote: str
    sentence: str
    programme: Entity
    agent: Entity
    role: Role
    place: Place | None
    period: Period | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RefusedNumber:
    """A number that states no fact, as published: source offsets, the source characters, and the reason."""

    start: int
    end: int
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read or did not hold, numbered as in ``errors.CATALOGUE``, with its place and next step.

    ``quote`` is the source text it is about, ``start`` its source offset; both may be absent for a whole file.
    """

    code: str
    doc: str
    severity: Severity
    zh: str
    en: str
    quote: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one report: the result of the stages from text to facts.

    Every digit of the source lies in a fact or in one of ``refused``, which are in order of their start.
    """

    document: Document
    scope: Scope
    facts: tuple[Fact, ...]
    mentions: tuple[NamedMention, ...]
    problems: tuple[Problem, ...] = field(default=())
    refused: tuple[RefusedNumber, ...] = field(default=())
    relations: tuple[Relation, ...] = field(default=())
