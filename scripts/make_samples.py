"""Make tests/data: one file or more for each format and each damage, from our own reports.

``python scripts/make_samples.py`` makes all but the PDFs; ``--pdf`` makes these too, which takes Chromium and LibreOffice
with a Chinese font. Writing again gives the same bytes, but for PDFs, which are made once.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sample_damage import damaged
from sample_documents import same, saved_pages, tables
from sample_files import corpora, encodings
from sample_pdfs import pdfs

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"


def files() -> dict[str, bytes]:
    """Name → bytes of every file but the PDFs."""
    return {**same(), **tables(), **saved_pages(), **encodings(), **corpora(), **damaged()}


def main() -> None:
    """Write the files."""
    made = files()
    if "--pdf" in sys.argv:
        made |= pdfs()
    for name, data in sorted(made.items()):
        path = DATA / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(f"{len(made)} files, {sum(map(len, made.values())):,} bytes")


if __name__ == "__main__":
    main()
