"""How well organisations are merged: pairs of names of the annotated corpus that are one node of the graph, against the gold names.

    python scripts/measure_merging.py [--split train|hard|test|fresh] [--errors]

Two measures, each with precision and recall over pairs:

graph   A store is built of the documents and merged. A unit is a name as a document prints it: document, characters, gold name. Two units
        are one in the graph when their mentions have the same node after ``owl:sameAs``, and one in the gold when they have
        the same canonical name; a pair counts as right also when one of the two has the other's as an alternative.
        ``across`` counts pairs of two documents, ``all`` those of one document too, ``found`` leaves out gold mentions
        that were not read at all (which no pair of the graph can have).
names   Merging alone, without reading: every canonical and every alternative gold name is a node of its own, with the place
        of its report as region. Two are one in the gold when they are names of one organisation.

``dcterms:replaces`` joins nothing here: the gold has a bureau and its successor as two. Errors are printed of the train split only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.config import Options
from kg.corpus import SPLITS, Gold, Split, load
from kg.graph.store import GraphStore
from kg.link.mapping import NAME
from kg.link.match import PROPOSED, Index
from kg.link.merging import Bodies, merge
from kg.link.record import Record
from kg.link.ties import found
from kg.pipeline import build
from kg.resources import data

_MENTIONS = (
    "SELECT ?doc ?start ?end ?head WHERE { ?m ha:label 'ORG' ; oa:hasBody ?node ; oa:hasTarget ?e . "
    "?e oa:hasSource/dcterms:hasFormat/schema:name ?doc ; oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end . "
    "?node owl:sameAs* ?head FILTER NOT EXISTS { ?head owl:sameAs ?next } }"
)


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A name: where it stands, its characters, its node (empty when it was not read) and its gold names, the best first."""

    document: str
    text: str
    node: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that are one: ``right`` in both, ``wrong`` only in the graph, ``missed`` only in the gold."""

    right: int
    wrong: tuple[tuple[Unit, Unit], ...]
    missed: tuple[tuple[Unit, Unit], ...]

    @property
    def precision(self) -> float:
        """Of the pairs of the graph, those that are right; 1 where there are none."""
        said = self.right + len(self.wrong)
        return self.right / said if said else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs of the gold, those that the graph has; 1 where there are none."""
        asked = self.right + len(self.missed)
        return self.right / asked if asked else 1.0


def pairs(units: Iterable[Unit], counted: Callable[[Unit, Unit], bool] = lambda a, b: True) -> Pairs:
    """The pairs of units that are one in the graph or in the gold."""
    right, wrong, missed = 0, [], []
    for a, b in combinations(sorted(set(units)), 2):
        if not counted(a, b):
            continue
        together = a.node == b.node != ""
        if together and (a.names[0] in b.names or b.names[0] in a.names):
            right += 1
        elif together:
            wrong.append((a, b))
        elif a.names[0] == b.names[0]:
            missed.append((a, b))
    return Pairs(right, tuple(wrong), tuple(missed))


def graph_units(golds: Sequence[Gold], texts: Path) -> list[Unit]:
    """The organisations of these documents with their nodes after merging."""
    with tempfile.TemporaryDirectory() as folder:
        options = Options(store=Path(folder) / "store")
        build([texts / f"{gold.name}.txt" for gold in golds], options)
        with GraphStore.open(options.store) as store:
            merge(store, options.store / NAME)
            rows = store.query(_MENTIONS)
            nodes = {
                (row[0].value, int(row[1].value), int(row[2].value)): row[3].value  # type: ignore[union-attr]
                for row in rows  # type: ignore[union-attr]
            }
    return [
        Unit(gold.name, name.text, nodes.get((f"{gold.name}.txt", name.start, name.end), ""), name.names)
        for gold in golds
        for name in gold.names
        if name.label == "ORG"
    ]


def name_units(golds: Iterable[Gold]) -> list[Unit]:
    """Every gold name of an organisation as a node of its own, merged."""
    forms: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    best = _best({name.names for gold in golds for name in gold.names if name.label == "ORG"})
    for gold in golds:
        for name in gold.names:
            for form in name.names if name.label == "ORG" else ():
                forms[form, best[name.names[0]]].add((gold.province or "", gold.place or ""))
    known = [
        Record(f"e:{at}", (form,), region=next(iter(places)) if len(places) == 1 else ())
        for at, ((form, _), places) in enumerate(sorted(forms.items()))
    ]
    bodies = Bodies(known, found(Index(known, "organisation"), known, 50, PROPOSED))
    return [
        Unit("", form, str(bodies.body[f"e:{at}"]), (body,)) for at, (form, body) in enumerate(sorted(forms))
    ]


def _best(named: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """For each canonical name the one that stands for the organisation: canonical names that are alternatives of another are it."""
    chosen: dict[str, str] = {}
    for names in sorted(named):
        chosen.setdefault(names[0], names[0])
    for names in sorted(named):
        for other in names[1:]:
            if other in chosen:
                old, new = chosen[other], chosen[names[0]]
                chosen = {name: new if one == old else one for name, one in chosen.items()}
    return chosen


def measures(split: Split | None) -> Iterator[tuple[str, Pairs]]:
    """Each measure by its name."""
    golds = list(load(split=split))
    units = graph_units(golds, data("seeds", "corpus", "texts"))
    read = [unit for unit in units if unit.node]
    yield "graph, across, found", pairs(read, lambda a, b: a.document != b.document)
    yield "graph, all, found", pairs(read)
    yield "graph, across", pairs(units, lambda a, b: a.document != b.document)
    yield "graph, all", pairs(units)
    yield "names", pairs(name_units(golds))


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--split", choices=SPLITS, help="one part alone; without it all are one graph")
    parser.add_argument(
        "--errors", action="store_true", help="list wrong and missed pairs of the train split"
    )
    args = parser.parse_args()
    if args.errors and args.split != "train":
        sys.exit("--errors is for --split train: the others are measured, not looked at")
    print("measure,right,wrong,missed,precision,recall")
    for name, one in measures(args.split):
        figures = f"{one.right},{len(one.wrong)},{len(one.missed)},{one.precision:.3f},{one.recall:.3f}"
        print(f'"{name}",{figures}')
        for kind, listed in (("wrong", one.wrong), ("missed", one.missed)) if args.errors else ():
            for a, b in listed:
                print(f"  {kind} {a.document}:{a.text} {a.names} ~ {b.document}:{b.text} {b.names}")


if __name__ == "__main__":
    main()
