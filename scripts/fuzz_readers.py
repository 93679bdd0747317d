"""Mutate the sample files of tests/data and read them: each must be loaded or named, none may hang or crash a build.

``python scripts/fuzz_readers.py --count 10000 [--seed 1] [--whole]``; with ``--whole`` what is read also goes through
cleaning, tagging and extraction. Exit status 1 where a file was neither read nor named, took longer than its limit, or the
program failed on it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

from kg.config import Limits, Options
from kg.model import Document
from kg.read import Raw, Readers, Unread

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
_LARGEST = 60_000  # bytes of a sample that is mutated
_TOKENS = (
    b"<", b">", b"<table>", b"</td>", b'<td rowspan="9999999">', b'<td colspan="9999999">', b"&#x0;", b"&#99999999;", b"<!--", b"]]>",
    b"%PDF-", b"endobj", b"stream", b"PK\x03\x04", b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xef\xbf\xbd", b"\x1f\x8b",
    b'"', b"\\u0000", b"\\ud800", b"{" * 50, b"[" * 50, b"\n", b"\t", b"9" * 40, b"-1", "锟斤拷".encode(), "〇".encode("gb18030"),
)  # fmt: skip


def samples() -> list[tuple[str, bytes]]:
    """Name and bytes of every sample that is small enough."""
    paths = sorted(path for path in DATA.rglob("*") if path.is_file() and path.stat().st_size <= _LARGEST)
    return [(path.name, path.read_bytes()) for path in paths]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to four changes: bits, bytes, cuts, copies, tokens of formats, sizes."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(out) + 1)
        size = min(rng.choice((1, 1, 2, 4, 16, 64, 512)), len(out))
        kind = rng.randrange(8)
        if kind == 0 and out:
            out[at % len(out)] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[at : at + size] = rng.randbytes(size)
        elif kind == 2:
            del out[at : at + size]
        elif kind == 3:
            out[at:at] = out[at : at + size] * rng.randint(1, 4)
        elif kind == 4:
            out[at:at] = rng.choice(_TOKENS)
        elif kind == 5 and len(out) > 1:
            del out[rng.randrange(1, len(out)) :]
        elif kind == 6:
            other = rng.randrange(len(out) + 1)
            out[at : at + size] = out[other : other + size]
        else:
            out[at : at + 4] = rng.choice(
                (b"\xff\xff\xff\xff", bytes(4), b"\x00\x00\x00\x80", b"\x7f\xff\xff\xff")
            )
    return bytes(out)


def fuzz(count: int, seed: int, seconds: float, *, whole: bool = False) -> tuple[Counter[str], list[str]]:
    """What became of ``count`` mutated files, by code, and the troubles that there were."""
    rng = random.Random(seed)
    known = samples()
    options = Options(limits=Limits(seconds=seconds))
    fates: Counter[str] = Counter()
    troubles: list[str] = []
    with Readers() as readers:
        for number in range(count):
            name, data = rng.choice(known)
            raw = Raw(name, f"{number}-{name}", options, data=mutated(data, rng))
            started = time.monotonic()
            try:
                outcomes = list(readers.documents(raw))
                for outcome in outcomes:
                    if whole and isinstance(outcome, Document):
                        _through(outcome, options)
            except Exception as error:  # noqa: BLE001 - what is looked for
                troubles.append(f"{number} {name}: {type(error).__name__}: {error}")
                continue
            fates["files"] += 1
            fates["loaded" if all(isinstance(one, Document) for one in outcomes) else "named"] += bool(
                outcomes
            )
            fates.update(one.error.code for one in outcomes if isinstance(one, Unread))
            if not outcomes:
                troubles.append(f"{number} {name}: nothing came of it")
            taken = time.monotonic() - started
            if taken > (seconds + 5) * max(1, len(outcomes)):
                troubles.append(f"{number} {name}: {taken:.1f} s")
    return fates, troubles


def _through(document: Document, options: Options) -> None:
    from kg.pipeline import understood  # noqa: PLC0415 - loads the language pipeline

    reading = understood(document, options)
    text = document.text
    if any(text[fact.start : fact.end] != fact.quote for fact in reading.facts):
        raise AssertionError("a quote does not stand at its offsets")


def main() -> int:
    """Run, and print what became of the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--whole", action="store_true")
    asked = parser.parse_args()
    started = time.monotonic()
    fates, troubles = fuzz(asked.count, asked.seed, asked.seconds, whole=asked.whole)
    print(", ".join(f"{name} {number}" for name, number in sorted(fates.items())))
    print(f"{time.monotonic() - started:.0f} s, {len(troubles)} trouble(s)")
    print("\n".join(troubles[:50]))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
