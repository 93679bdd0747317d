"""Link a made dump of 100,000 labels with 10,000 things of the graph, and tell how long it takes and how much of it is right.

``python scripts/measure_linking.py [--type organisation] [--ours N] [--theirs N] [--planted N] [--errors FILE]``
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from sample_labels import NOISE, Dump, made

from kg.link import dumps
from kg.link.mapping import Mapping, MappingFile
from kg.link.match import Index, mappings, propose
from kg.link.record import Record


def write(records: Sequence[Record], path: Path) -> None:
    """The dump as a CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(dumps.FIELDS)
        for one in records:
            writer.writerow(
                (one.iri, one.label, "|".join(one.labels[1:]), one.type, "|".join(one.region), one.code)
            )


def linked(ours: Sequence[Record], path: Path, kind: str, target: Path) -> MappingFile:
    """What `kg link --with` does once the graph has told what it has: read, match, keep."""
    index = Index(ours, kind)  # type: ignore[arg-type]
    found = mappings(propose(index, dumps.read(path)), kind, ours="", theirs="https://example.org/made")  # type: ignore[arg-type]
    file = MappingFile.read(target).merge(found)
    file.write(target)
    return file


def scores(dump: Dump, file: Sequence[Mapping]) -> dict[str, float]:
    """Precision and recall of what was accepted, and recall with what waits for review."""
    right = set(dump.same.items())
    accepted = {one.pair for one in file if one.status == "accepted"}
    proposed = {one.pair for one in file}
    return {
        "accepted": len(accepted),
        "precision": len(accepted & right) / max(1, len(accepted)),
        "recall": len(accepted & right) / len(right),
        "to review": len(proposed - accepted),
        "recall with review": len(proposed & right) / len(right),
    }


def homonyms(dump: Dump) -> int:
    """How many of theirs have the very label of something planted, and are something else."""
    planted = {one.label for one in dump.theirs if one.iri in dump.noise}
    return sum(one.label in planted for one in dump.theirs if one.iri not in dump.noise)


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--type", default="organisation", choices=("organisation", "place"))
    parser.add_argument("--ours", type=int, default=10_000)
    parser.add_argument("--theirs", type=int, default=100_000)
    parser.add_argument("--planted", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--errors", type=Path, help="write what is wrong or missing to this file")
    options = parser.parse_args()
    dump = made(
        options.type, ours=options.ours, theirs=options.theirs, planted=options.planted, seed=options.seed
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dump.csv")
        write(dump.theirs, path)
        began, used = time.perf_counter(), time.process_time()
        file = linked(dump.ours, path, options.type, Path(folder, "links.sssom.tsv"))
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{options.type}: {len(dump.ours)} of ours, {len(dump.theirs)} of theirs, {len(dump.same)} the same"
    )
    print(f"  {homonyms(dump)} homonyms of these among the others")
    print(f"  {seconds:.1f} s, {cpu:.1f} s of a core, {peak:.0f} MiB")
    for name, value in scores(dump, file.mappings).items():
        print(f"  {name}: {value:.4f}" if isinstance(value, float) else f"  {name}: {value}")
    accepted = {one.pair for one in file if one.status == "accepted"}
    planted = Counter(dump.noise.values())
    missed = Counter(
        dump.noise[theirs] for ours, theirs in dump.same.items() if (ours, theirs) not in accepted
    )
    for sort in NOISE:
        print(f"  recall, {sort}: {1 - missed[sort] / max(1, planted[sort]):.4f} of {planted[sort]}")
    if options.errors:
        options.errors.write_text("\n".join(_errors(dump, file)) + "\n", encoding="utf-8")
    return 0


def _errors(dump: Dump, file: MappingFile) -> list[str]:
    ours = {one.iri: one for one in dump.ours}
    theirs = {one.iri: one for one in dump.theirs}
    right = set(dump.same.items())
    wrong = [
        f"WRONG\t{one.subject_label}\t{theirs[one.object_id]}\t{one.comment}"
        for one in file.of("accepted")
        if one.pair not in right
    ]
    said = {one.pair: one for one in file}
    lost = []
    for pair in sorted(right):
        one = said.get(pair)
        if one is None or one.status != "accepted":
            why = one.comment if one else "not found"
            lost.append(f"LOST\t{dump.noise[pair[1]]}\t{ours[pair[0]].label}\t{theirs[pair[1]]}\t{why}")
    return wrong + lost


if __name__ == "__main__":
    sys.exit(main())
