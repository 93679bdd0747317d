"""Literals in the one spelling that stores keep: what is written is what a store gives back.

Oxigraph, and with it most stores, keeps numbers by value and language tags in lower case; a literal in any other
spelling would change on its way through. Decimals follow XSD 1.1 part 2, 3.3.3.2: no ``+``, no needless zeros.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pyoxigraph import Literal

from kg.graph.terms import BOOLEAN, DATE, DATE_TIME, DECIMAL, INTEGER


def plain_decimal(value: Decimal) -> str:
    """The canonical digits of a number: ``7.950`` → ``7.95``, ``1E+3`` → ``1000``, ``-0`` → ``0``.

    Raises ValueError for infinity and NaN.
    """
    if not value.is_finite():
        raise ValueError(f"not a number that can be published: {value}")
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in {"-0", "-", ""} else digits


def number(value: Decimal) -> Literal:
    """An xsd:integer when the value is whole, else an xsd:decimal."""
    digits = plain_decimal(value)
    return Literal(digits, datatype=DECIMAL if "." in digits else INTEGER)


def decimal(value: Decimal) -> Literal:
    """An xsd:decimal, whole or not."""
    return Literal(plain_decimal(value), datatype=DECIMAL)


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=INTEGER)


def day(value: date) -> Literal:
    """An xsd:date without a time zone."""
    return Literal(value.isoformat(), datatype=DATE)


def moment(value: datetime) -> Literal:
    """An xsd:dateTime, to the second, of a time that is UTC."""
    return Literal(f"{value:%Y-%m-%dT%H:%M:%SZ}", datatype=DATE_TIME)


def boolean(value: bool) -> Literal:
    """``true`` or ``false``, never 1 or 0."""
    return Literal("true" if value else "false", datatype=BOOLEAN)


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def zh(value: str) -> Literal:
    """A string in simplified characters."""
    return Literal(value, language="zh-hans")
