"""Asking a service for what many things are there: in batches, each kept as soon as it is answered.

A batch that a service cannot take (an error of its own, no JSON, another shape) is asked in halves, so that one thing it
stumbles over costs no other its answer. When it fails again and again, or does not answer at all, the run stops.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.errors import ServiceError
from kg.link.reconcile.cache import Cache
from kg.link.reconcile.protocol import VERSIONS, Candidate, MalformedError, Manifest, Query, results, values
from kg.link.reconcile.transport import Transport

BATCH: Final = 10
"""Queries sent at once, where a service takes as many."""
_ENOUGH: Final = 3  # failures one after the other, besides those of halving a batch, that end a run or the asking for values
_EXTENDED: Final = 3  # candidates of a query whose properties are asked for
_SPLIT: Final = frozenset({"E623", "E624", "E630"})


@dataclass(slots=True)
class Asked:
    """What a run came to: candidates by the key of each query that is answered, and the keys of those that are not.

    ``partial`` are keys that are answered without the values of properties; ``failure`` is the last thing that went wrong.
    """

    answers: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    unanswered: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    failure: ServiceError | None = None
    cached: int = 0


def manifest(transport: Transport) -> Manifest:
    """What the service says of itself.

    Raises:
        ServiceError: E624 it is no reconciliation service, E625 it speaks other versions of the protocol, E627 it asks for
            credentials; as `Transport.ask`.
    """
    try:
        found = Manifest.read(transport.ask())
    except MalformedError as error:
        raise ServiceError("E624", url=transport.url, reason=error) from None
    if not VERSIONS & set(found.versions):
        raise ServiceError("E625", url=transport.url, versions=", ".join(found.versions) or "-")
    if found.locked:
        raise ServiceError("E627", url=transport.url)
    return found


class Client:
    """A service, its manifest and the cache of its answers. ``code`` and ``region`` are what it calls these properties."""

    def __init__(
        self,
        transport: Transport,
        manifest: Manifest,
        cache: Cache,
        *,
        batch: int = BATCH,
        code: str = "",
        region: str = "",
    ) -> None:
        self.transport = transport
        self.manifest = manifest
        self.cache = cache
        self.batch = min(batch, manifest.batch or batch)
        self._code, self._region = code, region
        self._failures = self._unextended = 0

    def ask(self, queries: Mapping[str, Query], progress: Callable[[int, int], None] | None = None) -> Asked:
        """The candidates for each query, by its key. Whatever the service does, what it answered is kept.

        Raises:
            UsageError: E214 when answers cannot be written.
        """
        asked = Asked()
        todo = []
        for key, query in queries.items():
            known = self.cache.get(query)
            if known is None:
                todo.append(key)
            else:
                asked.answers[key] = known
        asked.cached = len(asked.answers)
        self._failures = self._unextended = 0
        enough = _ENOUGH + self.batch.bit_length()
        stack = [todo[at : at + self.batch] for at in range(0, len(todo), self.batch)][::-1]
        while stack and self._failures < enough:
            keys = stack.pop()
            missing = self._batch(keys, queries, asked)
            if missing is None:
                break
            if missing and len(keys) > 1:
                middle = (len(missing) + 1) // 2
                stack += [half for half in (missing[middle:], missing[:middle]) if half]
            if progress is not None:
                progress(len(asked.answers), len(queries))
        asked.unanswered = [key for key in queries if key not in asked.answers]
        return asked

    def _batch(self, keys: Sequence[str], queries: Mapping[str, Query], asked: Asked) -> list[str] | None:
        """Ask some queries; those that are still without an answer, or None when there is no use in asking further."""
        names = {f"q{at}": key for at, key in enumerate(keys)}
        try:
            found = self._results({name: queries[key].json() for name, key in names.items()})
        except ServiceError as error:
            asked.failure = error
            self._failures += 1
            return list(keys) if error.code in _SPLIT else None
        self._failures = 0
        answers = {names[name]: candidates for name, candidates in found.items()}
        missing = [key for key in keys if key not in answers]
        if missing:
            asked.failure = ServiceError(
                "E630", url=self.transport.url, reason=f"{len(missing)}/{len(keys)} unanswered"
            )
        try:
            answers = self._extended(answers, asked)
        except ServiceError as error:
            asked.failure = error
            asked.answers.update(answers)
            asked.partial += answers
            self._unextended += 1
            return missing
        self._unextended = 0
        self.cache.put({queries[key]: candidates for key, candidates in answers.items()})
        asked.answers.update(answers)
        return missing

    def _results(self, batch: Mapping[str, object]) -> dict[str, tuple[Candidate, ...]]:
        answer = self.transport.ask({"queries": batch})
        try:
            return results(answer, batch)
        except MalformedError as error:
            raise ServiceError("E630", url=self.transport.url, reason=error) from None

    def _extended(
        self, answers: Mapping[str, tuple[Candidate, ...]], run: Asked
    ) -> dict[str, tuple[Candidate, ...]]:
        """The same candidates with their codes and regions, where the service tells them."""
        asked = [name for name in (self._code, self._region) if name]
        ids = sorted({one.id for found in answers.values() for one in found[:_EXTENDED]})
        if not (self.manifest.extends and asked and ids):
            return dict(answers)
        if self._unextended >= _ENOUGH and run.failure is not None:
            raise run.failure
        answer = self.transport.ask({"extend": {"ids": ids, "properties": [{"id": name} for name in asked]}})
        try:
            rows = values(answer, ids)
        except MalformedError as error:
            raise ServiceError("E630", url=self.transport.url, reason=error) from None

        def told(one: Candidate) -> Candidate:
            row = rows.get(one.id, {})
            return replace(one, codes=row.get(self._code, ()), regions=row.get(self._region, ()))

        return {key: tuple(told(one) for one in found) for key, found in answers.items()}
