"""How fast reports are read, judged, stored and asked. ``make bench``; ``--facts N`` sets the size of the asked store.

Times are wall seconds on the machine at hand, one run each; compare them among themselves.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kg import pipeline
from kg.clean import clean
from kg.cli.render import Format, write
from kg.config import BASE, Options
from kg.extract import extract
from kg.graph.cube import check
from kg.graph.mapper import to_quads
from kg.graph.portable import federated
from kg.graph.query import Answer, SavedQuery, run, saved
from kg.graph.store import GraphStore
from kg.graph.validate import validator
from kg.graph.values import settle
from kg.model import Reading
from kg.read import discover, read
from kg.tag import load, tag
from kg.tag.lexicon import divisions, townships

REPORTS = Path(__file__).resolve().parent.parent / "seeds" / "reports"
OTHERS = REPORTS.parent / "corpus" / "texts"
Row = tuple[str, object, object, object]


def timed(name: str, work: Callable[[], object], size: int, unit: str) -> tuple[Row, object]:
    """Do it once: a row with the seconds and the rate, and what came of it."""
    start = time.perf_counter()
    done = work()
    seconds = time.perf_counter() - start
    return (name, round(seconds, 3), round(size / seconds) if seconds else None, f"{unit}/s"), done


def stages() -> Iterator[Row]:
    """Each stage over all sample reports."""
    paths = discover([REPORTS]).files
    places = {**divisions(), **townships()}
    row, nlp = timed("load the pipeline", load, 1, "loads")
    yield row
    row, documents = timed("read", lambda: [read(path, Options()) for path in paths], len(paths), "reports")
    yield row
    size = sum(len(document.text) for document in documents)
    for path in sorted(
        OTHERS.glob("hard0*.txt")
    ):  # lexicons, models and patterns are made once, on other texts
        extract(tag(clean(read(path, Options())), nlp))
    start = time.perf_counter()
    row, texts = timed("clean", lambda: [clean(document) for document in documents], size, "characters")
    yield row
    row, tagged = timed("tag", lambda: [tag(text, nlp) for text in texts], size, "characters")
    yield row
    row, readings = timed("extract", lambda: [extract(one) for one in tagged], size, "characters")
    yield row
    seconds = time.perf_counter() - start
    yield "text to facts", round(seconds, 3), round(size / seconds), "characters/s"
    facts = sum(len(reading.facts) for reading in readings)
    row, quads = timed(
        "map", lambda: [to_quads(reading, places, BASE) for reading in readings], facts, "facts"
    )
    yield row
    for engine, judged in (("shifty", quads), ("pyshacl", quads[:2])):
        gate = validator(engine)
        gate.validate(quads[0])
        size = sum(len(reading.facts) for reading in readings[: len(judged)])
        row, _ = timed(
            f"validate ({engine})", lambda g=gate, j=judged: [g.validate(one) for one in j], size, "facts"
        )
        yield row


def copies(wanted: int) -> Iterator[Reading]:
    """Readings with ``wanted`` facts in all: the sample reports again and again, each time another text."""
    readings = [pipeline.read_report(path, Options()) for path in discover([REPORTS]).files]
    made = number = 0
    while made < wanted:
        one = readings[number % len(readings)]
        document = replace(one.document, text=f"{one.document.text}\n{number}", name=f"{number:06}.txt")
        yield replace(one, document=document)
        made += len(one.facts)
        number += 1


def asked(facts: int) -> Iterator[Row]:
    """Build a store of about ``facts`` facts and ask it every saved query."""
    with tempfile.TemporaryDirectory() as folder:
        row, _ = timed("map and store", lambda: fill(Path(folder) / "store", facts), facts, "facts")
        yield row
        with GraphStore.open(Path(folder) / "store") as store:
            row, _ = timed("consolidate", lambda: settle(store.database, store.base, None), facts, "facts")
            yield row
            row, _ = timed("validate (qb)", lambda: list(check(store)), facts, "facts")
            yield row
        with GraphStore.open(Path(folder) / "store", read_only=True) as store:
            for query in saved():
                if federated(query.text):  # it would measure the network
                    continue
                row, count = timed(
                    f"query {query.name}", lambda query=query: rows(store, query), 1, "queries"
                )
                yield row[0], row[1], count, "rows"


def fill(path: Path, facts: int) -> None:
    """Make a store of about ``facts`` facts."""
    places = {**divisions(), **townships()}
    with GraphStore.open(path) as store:
        for one in copies(facts):
            store.put(one, to_quads(one, places, BASE), one.document.name)


def rows(store: GraphStore, query: SavedQuery) -> int:
    """How many rows a query gives, with the example of its header for each required parameter."""
    given = {p.name: p.example for p in query.parameters.values() if p.required}
    answer = run(store, query, given)
    return sum(1 for _ in answer.rows) if isinstance(answer, Answer) else 1


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=20_000, help="facts in the store that is asked")
    parser.add_argument("--format", choices=list(Format), default=Format.TABLE)
    arguments = parser.parse_args()
    found = [*stages(), *asked(arguments.facts)]
    write(("what", "seconds", "rate", "of"), found, sys.stdout, Format(arguments.format))


if __name__ == "__main__":
    main()
