"""Measure the links of divisions with GeoNames: how many there are, and how near to an independent list they lie.

    python scripts/measure_geonames.py [--sample N --seed S] [--coordinates cpca-0.5.5-py3-none-any.whl]

All divisions from county up are linked, not only those of a graph. `tests/data/geonames_checked.tsv` has 150 links drawn by
`--sample 150 --seed 6` and judged by hand: name, province, and coordinates in the right city and county. The share of these
that are still made is printed. `--coordinates` takes the package cpca (MIT), which has a point for most divisions by code and was
not used for linking; a point is compared where the package has the same name under the code, or once in the province.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.link.geonames import settlements
from kg.link.seats import Pair, Point, Seats, kilometres
from kg.tag import lexicon

CHECKED = Path(__file__).parents[1] / "tests" / "data" / "geonames_checked.tsv"


def points(wheel: Path) -> dict[str, Point]:
    """Latitude and longitude of divisions by their code of today."""
    by_code: dict[str, tuple[str, Point]] = {}
    with zipfile.ZipFile(wheel) as archive, archive.open("cpca/resources/adcodes.csv") as file:
        for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")):
            if row["latitude"]:
                by_code[row["adcode"][:6]] = (row["name"], (float(row["latitude"]), float(row["longitude"])))
    by_name = defaultdict(list)
    for code, (name, point) in by_code.items():
        by_name[code[:2], name].append(point)
    found = {}
    for code, unit in lexicon.divisions().items():
        same = by_name[code[:2], unit.name]
        if by_code.get(code, ("",))[0] == unit.name:
            found[code] = by_code[code][1]
        elif len(same) == 1:
            found[code] = same[0]
    return found


def distances(pairs: list[Pair], there: dict[str, Point]) -> Iterator[float]:
    """Kilometres between a settlement and the division's point in the other list, where it has one."""
    for pair in pairs:
        if pair.unit.code in there:
            yield kilometres(there[pair.unit.code], (pair.settlement.latitude, pair.settlement.longitude))


def main() -> None:
    """Print counts, the share of checked links, and a sample where one is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--coordinates", type=Path)
    options = parser.parse_args()
    pairs = Seats(settlements()).pairs()
    sure = [pair for pair in pairs if pair.sure]
    linked, named = {pair.unit.code for pair in sure}, {pair.unit.code for pair in pairs}
    print(
        f"{len(lexicon.divisions())} divisions, {len(named)} with a place of the same name in their province; {len(linked)} linked "
        f"({len(linked) / len(named):.3f} of these), {len(named - linked)} to review"
    )
    print(Counter((pair.unit.level, pair.way) for pair in sure))
    with CHECKED.open(encoding="utf-8", newline="") as file:
        checked = {
            (row["code"], int(row["geoname"])): row["right"] for row in csv.DictReader(file, delimiter="\t")
        }
    made = [checked[key] for pair in sure if (key := (pair.unit.code, pair.settlement.key)) in checked]
    print(f"checked by hand: {len(checked)}, still made {len(made)}, of these right {made.count('yes')}")
    if options.coordinates:
        far = sorted(distances(sure, points(options.coordinates)))
        print(
            f"{len(far)} compared: "
            + ", ".join(
                f"{sum(d <= km for d in far) / len(far):.4f} within {km} km" for km in (10, 20, 30, 50)
            )
        )
    random.Random(options.seed).shuffle(sure)
    for pair in sorted(sure[: options.sample], key=lambda one: one.unit.code):
        there = pair.settlement
        above = lexicon.place(pair.unit.parent or "")
        where = f"{there.latitude:.3f},{there.longitude:.3f}"
        print(
            pair.unit.code,
            above.name if above else "",
            pair.unit.name,
            there.key,
            there.name,
            "/".join(sorted(there.names)),
            where,
            sep="\t",
        )


if __name__ == "__main__":
    main()
