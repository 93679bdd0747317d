"""Statements → values: of all that reports state in one cell of the cube, one value, and the rule that chose it.

Pure functions: no store, no clock, no order of input that matters. A statement is an interval: ``352.47万`` printed is
anything that rounds to it, so a report that prints 3524712 agrees with it; ``500余`` is at least 500. A statement
*backs* a value that lies in its interval. What is chosen is always a value that a report states, never a mean.

The rules, in the order in which they are asked; each narrows what is left, and the first that leaves no disagreement
gives its name (``ha:rule``):

``only``        there is one statement.
``agreed``      a stated value is backed by all statements; the most exact such value is taken.
``majority``    more than half of the independent reports back it. A reading error stands in one report, so that what
                most say is rarely one; reprints (``prov:alternateOf``) have one vote together.
``own-report``  the report of the subject itself, or of its area, says so.
``latest``      the report that was published last says so: figures are revised.
``most-exact``  an equality rather than an estimate or a bound; then more printed digits.
``confidence``  read by the rule that is right more often.
``first``       none of these decides: what the report states first, for totals stand before their parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final, Literal, NamedTuple

from kg.model import Comparator

Rule = Literal["only", "agreed", "majority", "own-report", "latest", "most-exact", "confidence", "first"]
UNDISPUTED: Final[frozenset[str]] = frozenset({"only", "agreed"})
"""The rules that say that nothing stated contradicts the value."""

_PRINTED = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")
_ENDLESS = Decimal("Infinity")


class Cell(NamedTuple):
    """The values of the dimensions, by which figures are comparable: IRIs, the kind's key, whether it is a target."""

    indicator: str
    subject: str
    period: str
    unit: str
    kind: str
    target: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What a report states in a cell.

    ``step`` is the worth of the last digit that is printed (352.47万: 100). ``voter`` is the report, or what stands for
    it and its reprints; ``own`` whether it is the subject's; ``said`` the ISO date of publication or, without one, of
    the end of its period, or empty; ``start`` the offset in the report; ``node`` the observation.
    """

    node: str
    cell: Cell
    value: Decimal
    step: Decimal
    comparator: Comparator
    direction: str
    confidence: Decimal
    report: str
    voter: str
    own: bool
    said: str
    start: int


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a cell: the statement that gives it, the rule that chose it, and all statements behind it, in order."""

    chosen: Statement
    rule: Rule
    statements: tuple[Statement, ...]


def consolidate(statements: Iterable[Statement]) -> Iterator[Value]:
    """One value for each cell, in the order of the cells."""
    ordered = sorted(statements, key=lambda s: (s.cell, s.report, s.start, s.node))
    for _, found in groupby(ordered, key=lambda s: s.cell):
        yield choose(tuple(found))


def choose(statements: tuple[Statement, ...]) -> Value:
    """The value of one cell; ``statements`` are all there are, in order, and at least one."""
    if len(statements) == 1:
        return Value(statements[0], "only", statements)
    agreed = _agreed(statements)
    if agreed:
        return Value(agreed, "agreed", statements)
    left: Sequence[Statement] = statements
    for rule, narrow in _RULES:
        left = narrow(left, statements) or left
        agreed = _agreed(left)
        if agreed:
            return Value(agreed, rule, statements)
    return Value(left[0], "first", statements)


def step(quote: str, value: Decimal) -> Decimal:
    """The worth of the last digit printed in ``quote``, whose number means ``value``: ``352.47万`` → 100, ``95%`` → 1.

    Where the digits are not those of the value (a number in Chinese numerals), the value counts as exact.
    """
    found = _PRINTED.search("".join(unicodedata.normalize("NFKC", quote).split()))
    printed = Decimal(found[0].replace(",", "")) if found else Decimal(0)
    if found and (printed or not value):
        multiplier = abs(value / printed) if printed else Decimal(1)
        if multiplier.normalize().as_tuple().digits == (1,):
            return Decimal(1).scaleb(-len(found[1] or "")) * multiplier
    return Decimal(1).scaleb(min(_exponent(value), 0))


def _exponent(value: Decimal) -> int:
    """The place of the last digit that is not 0: 1200 → 2, 0.35 → -2, 0 → 0."""
    return int(value.normalize().as_tuple().exponent)


def backs(statement: Statement, value: Statement) -> bool:
    """Is what ``value`` says true by ``statement``?"""
    low, high = _interval(statement)
    return low <= value.value <= high and statement.direction == value.direction


def _interval(said: Statement) -> tuple[Decimal, Decimal]:
    match said.comparator:
        case "=":
            return said.value - said.step / 2, said.value + said.step / 2
        case "~":  # 约500 leaves open what 约512 does not
            digit = max(said.step, Decimal(1).scaleb(_exponent(said.value)))
            return said.value - digit, said.value + digit
        case ">" | ">=":
            return said.value, _ENDLESS
        case _:
            return -_ENDLESS, said.value


def _agreed(left: Sequence[Statement]) -> Statement | None:
    """The most exact value that all of these back, if there is one."""
    answers = {(s.value, s.step, s.comparator, s.direction): s for s in reversed(left)}.values()
    backed = [value for value in answers if all(backs(one, value) for one in answers)]
    if not backed:
        return None
    best = min(_exactness(value) for value in backed)
    same = [s for s in left if _exactness(s) == best and all(backs(one, s) for one in answers)]
    return max(same, key=lambda s: s.confidence)  # the first of them, where several are as sure


def _exactness(said: Statement) -> tuple[int, Decimal]:
    """Smaller is more exact."""
    return {"=": 0, "~": 1}.get(said.comparator, 2), said.step


def _majority(left: Sequence[Statement], whole: Sequence[Statement]) -> list[Statement]:
    voters = {s.voter for s in whole}
    if len(voters) == 1:
        return []
    answers: dict[tuple[Decimal, str], bool] = {}
    for s in left:
        if (s.value, s.direction) not in answers:
            votes = len({one.voter for one in whole if backs(one, s)})
            answers[s.value, s.direction] = votes * 2 > len(voters)
    return [s for s in left if answers[s.value, s.direction]]


def _latest(left: Sequence[Statement], _: Sequence[Statement]) -> list[Statement]:
    last = max(s.said for s in left)
    return [s for s in left if s.said == last]


def _most_exact(left: Sequence[Statement], _: Sequence[Statement]) -> list[Statement]:
    best = min(map(_exactness, left))
    return [s for s in left if _exactness(s) == best]


def _surest(left: Sequence[Statement], _: Sequence[Statement]) -> list[Statement]:
    best = max(s.confidence for s in left)
    return [s for s in left if s.confidence == best]


_RULES: tuple[tuple[Rule, Callable[[Sequence[Statement], Sequence[Statement]], list[Statement]]], ...] = (
    ("majority", _majority),
    ("own-report", lambda left, _: [s for s in left if s.own]),
    ("latest", _latest),
    ("most-exact", _most_exact),
    ("confidence", _surest),
)
