"""Near duplicates: reports that are reprints of others, under another header or with a few words changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile

import numpy as np
from datasketch import MinHash, MinHashLSH

FILE = "near.npz"
"""Signatures of the reports of a store, in its folder; made anew from their texts where it is missing."""

ALIKE = 0.8  # shared share of the pieces of two texts, from which on one is a reprint of the other
_LOOKED_AT = 0.7  # estimated share from which on two texts are compared
_PERMUTATIONS = 64
_SCHEME: Literal["affine32"] = "affine32"
_PIECE = 5  # characters
_LEAST = 200  # characters without marks: shorter texts are alike by chance
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Near:
    """Another report, and the share of the pieces of both that both have."""

    key: str
    share: float


class NearIndex:
    """The signatures of reports by key, and which report each was found to be a reprint of when it was first seen.

    What was found is kept, so that building again says the same, whatever has come since.
    """

    def __init__(self) -> None:
        self._signatures: dict[str, MinHash] = {}
        self._found: dict[str, Near] = {}
        self._index = MinHashLSH(threshold=_LOOKED_AT, num_perm=_PERMUTATIONS)
        self._changed = False

    @classmethod
    def of(cls, folder: Path, keys: Collection[str], text_of: Callable[[str], str | None]) -> NearIndex:
        """The index of the reports ``keys`` of a store: as kept in its folder, else from their texts."""
        index = cls()
        kept = _kept(folder / FILE)
        for key in sorted(keys):
            if key in kept:
                values, near = kept[key]
                known = near if near is not None and near.key in keys else None
                index._insert(
                    key, MinHash(num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME, hashvalues=values), known
                )
            elif (text := text_of(key)) is not None:
                index._insert(key, _signature(_pieces(text)), None)
                index._changed = True
        return index

    def save(self, folder: Path) -> None:
        """Keep the signatures in a store's folder."""
        if not self._changed:
            return
        keys = sorted(self._signatures)
        near = [self._found.get(key, Near("", 0.0)) for key in keys]
        with (folder / FILE).open("wb") as file:
            np.savez_compressed(
                file,
                keys=np.array(keys, dtype="U32"),
                values=np.array([self._signatures[key].hashvalues for key in keys], dtype=np.uint64),
                others=np.array([one.key for one in near], dtype="U32"),
                shares=np.array([one.share for one in near], dtype=np.float64),
            )

    def add(self, key: str, text: str, near: Near | None) -> None:
        """Add a report, and what it was found to be a reprint of."""
        if key not in self._signatures:
            self._insert(key, _signature(_pieces(text)), near)
            self._changed = True

    def nearest(
        self, key: str, text: str, text_of: Callable[[str], str | None], but: str | None = None
    ) -> Near | None:
        """The report (other than ``but``) of which ``text`` is a reprint, the first key of equals; None for none.

        For a report that is in the index it is the one that was found first.
        """
        if key in self._signatures:
            return self._found.get(key)
        pieces = _pieces(text)
        best: Near | None = None
        for candidate in sorted(self._index.query(_signature(pieces))) if pieces else ():
            other = _pieces(text_of(candidate) or "")
            if candidate == but or not other:
                continue
            share = len(pieces & other) / len(pieces | other)
            if share >= ALIKE and (best is None or share > best.share):
                best = Near(candidate, share)
        return best

    def _insert(self, key: str, signature: MinHash, near: Near | None) -> None:
        self._signatures[key] = signature
        self._index.insert(key, signature)
        if near is not None:
            self._found[key] = near


def _kept(path: Path) -> dict[str, tuple[np.ndarray, Near | None]]:
    """What a file keeps by key; nothing where it is missing or of another kind."""
    try:
        with np.load(path, allow_pickle=False) as file:
            keys, values, others, shares = (file[name] for name in ("keys", "values", "others", "shares"))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}
    if values.shape != (len(keys), _PERMUTATIONS) or not len(keys) == len(others) == len(shares):
        return {}
    return {
        str(key): (row, Near(str(other), float(share)) if other else None)
        for key, row, other, share in zip(keys, values, others, shares, strict=True)
    }


def _pieces(text: str) -> frozenset[str]:
    """All stretches of five characters, marks and blanks aside; none of a short text."""
    bare = _MARKS.sub("", text)
    if len(bare) < _LEAST:
        return frozenset()
    return frozenset(bare[i : i + _PIECE] for i in range(len(bare) - _PIECE + 1))


def _signature(pieces: frozenset[str]) -> MinHash:
    made = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME)
    if pieces:
        made.update_batch([piece.encode() for piece in pieces])
    return made
