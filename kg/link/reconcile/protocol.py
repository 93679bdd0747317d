"""What goes over the wire, as far as a client needs it: queries out, a manifest, candidates and values in.

A service may answer anything. What is not of the shape that the protocol says is a `MalformedError`, never a value that is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

VERSIONS: Final = frozenset({"0.1", "0.2"})
"""The versions of the protocol that queries and results have in common."""


class MalformedError(ValueError):
    """An answer that is not of the protocol's shape; the text says in what."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself.

    ``space`` is the namespace of its identifiers, ``batch`` the most queries that it takes at once (None: not said),
    ``extends`` whether it tells the values of properties, ``locked`` whether it asks for credentials.
    """

    name: str
    space: str
    schema: str
    batch: int | None = None
    extends: bool = False
    locked: bool = False
    versions: tuple[str, ...] = ("0.1",)

    @classmethod
    def read(cls, value: object) -> Manifest:
        """A manifest from its JSON. Raises MalformedError."""
        manifest = _object(value, "the manifest")
        versions = manifest.get("versions", ["0.1"])
        if not isinstance(versions, list) or not all(isinstance(one, str) for one in versions):
            raise MalformedError("versions is no list of strings")
        batch = manifest.get("batchSize")
        return cls(
            name=_text(manifest, "name"),
            space=_text(manifest, "identifierSpace"),
            schema=_text(manifest, "schemaSpace"),
            batch=batch if type(batch) is int and batch > 0 else None,
            extends=isinstance(manifest.get("extend"), dict),
            locked=bool(manifest.get("authentication")),
            versions=tuple(versions),
        )


@dataclass(frozen=True, slots=True)
class Query:
    """One question: a name, the type that is looked for, and what is known (property → value)."""

    text: str
    type: str = ""
    limit: int = 5
    properties: tuple[tuple[str, str], ...] = ()

    def json(self) -> dict[str, object]:
        """The query as the protocol writes it."""
        query: dict[str, object] = {"query": self.text, "limit": self.limit}
        if self.type:
            query["type"] = self.type
        if self.properties:
            query["properties"] = [{"pid": name, "v": value} for name, value in self.properties]
        return query


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a service offers: ``types`` are ids and names of its types, ``match`` whether the service is sure.

    ``codes`` and ``regions`` are what it says of the entity when asked for these properties.
    """

    id: str
    name: str
    score: float
    match: bool = False
    types: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


def results(value: object, asked: Collection[str]) -> dict[str, tuple[Candidate, ...]]:
    """The candidates for each query that is answered; one whose answer has another shape counts as not answered.

    Raises:
        MalformedError: no query that was asked is answered, though some were.
    """
    batch = _object(value, "the answer")
    answered: dict[str, tuple[Candidate, ...]] = {}
    why = "no query is answered"
    for key in asked:
        try:
            result = _object(batch[key], f"the answer to {key}").get("result")
            if not isinstance(result, list):
                raise MalformedError(f"the answer to {key} has no list of results")
            answered[key] = tuple(_candidate(one) for one in result)
        except KeyError:
            continue
        except MalformedError as error:
            why = str(error)
    if asked and not answered:
        raise MalformedError(why)
    return answered


def values(value: object, ids: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """What an answer to a data extension query says, by entity and property. Raises MalformedError."""
    rows = _object(_object(value, "the answer").get("rows"), "rows")
    return {
        one: {
            name: tuple(filter(None, (_shown(cell) for cell in cells)))
            for name, cells in _object(rows[one], f"the row of {one}").items()
            if isinstance(cells, list)
        }
        for one in ids
        if one in rows
    }


def _candidate(value: object) -> Candidate:
    found = _object(value, "a candidate")
    score = found.get("score")
    if isinstance(score, bool) or not isinstance(score, int | float):
        raise MalformedError("a candidate has no number as its score")
    types = found.get("type", [])
    return Candidate(
        id=_text(found, "id"),
        name=_text(found, "name"),
        score=float(score),
        match=found.get("match") is True,
        types=tuple(dict.fromkeys(name for one in types for name in _named(one)))
        if isinstance(types, list)
        else (),
    )


def _named(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, dict):
        return tuple(one for one in (value.get("id"), value.get("name")) if isinstance(one, str) and one)
    return ()


def _shown(cell: object) -> str:
    """A property's value as a text: a name before an id."""
    if isinstance(cell, dict):
        for key in ("name", "str", "id", "int", "float", "date"):
            found = cell.get(key)
            if isinstance(found, str | int | float) and not isinstance(found, bool):
                return str(found)
    return ""


def _object(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise MalformedError(f"{what} is no object")
    return value


def _text(value: Mapping[str, object], key: str) -> str:
    found = value.get(key)
    if not isinstance(found, str) or not found:
        raise MalformedError(f"{key} is no text")
    return found
