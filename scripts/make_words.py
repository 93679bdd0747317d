"""Make seeds/vocabulary/words.csv, the common words of Chinese with their counts, from the dictionary of jieba.

    python -m pip download jieba==0.42.1 --no-deps --no-binary :all:
    python scripts/make_words.py jieba-0.42.1.tar.gz seeds/vocabulary

Only words of one to four Chinese characters that are not names of places, people or organisations, with a count of
at least 30: they tell where a name cannot begin or end (市|中心 is not 市中|心).
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
import tarfile
from pathlib import Path

NAMES = ("ns", "nr", "nt")
LEAST = 30


def main() -> None:
    """Read the package named first, write into the folder named second."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2]) / "words.csv"
    print(f"{source.name} sha256 {hashlib.sha256(source.read_bytes()).hexdigest()}")
    with tarfile.open(source) as package:
        member = next(m for m in package.getmembers() if m.name.endswith("/jieba/dict.txt"))
        file = package.extractfile(member)
        if file is None:
            raise SystemExit("the package has no dictionary")
        lines = [line.split() for line in file.read().decode("utf-8").splitlines()]
    rows = []
    for word, count, kind in lines:
        if not re.fullmatch(r"[\u4e00-\u9fff]{1,4}", word) or int(count) < LEAST:
            continue
        if len(word) > 1 and kind.startswith(NAMES):
            continue
        rows.append((word, int(count)))
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("word", "count"))
        writer.writerows(sorted(rows))
    print(f"{target}: {len(rows)} rows")


if __name__ == "__main__":
    main()
