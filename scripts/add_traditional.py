"""Write the traditional label beside every simplified one in Turtle files, made with OpenCC (s2t).

    python scripts/add_traditional.py [--check] [FILE ...]     (by default, those of ontology/ that people write)

In a statement of ``rdfs:label``, ``skos:prefLabel``, ``skos:definition``, ``dcterms:title`` or ``dcterms:description``
each ``"…"@zh-hans`` is followed by its ``"…"@zh-hant``, whatever stood there before. ``--check`` writes nothing and
fails when a file is not as it would be written.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from opencc import OpenCC

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ("health-admin.ttl", "units.ttl")
_STATEMENT = re.compile(
    r"^ *(?:rdfs:label|skos:(?:prefLabel|definition)|dcterms:(?:title|description)) .*$", re.MULTILINE
)
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"@zh-hans(?: , "(?:[^"\\]|\\.)*"@zh-hant)?')


def main(arguments: list[str]) -> int:
    """Write the files, or with --check name those that are not current."""
    named = [Path(argument) for argument in arguments if not argument.startswith("--")]
    stale = 0
    for path in named or [ROOT / "ontology" / name for name in WRITTEN]:
        said = path.read_text(encoding="utf-8")
        made = with_traditional(said)
        if made != said:
            stale += 1
            print(path)
            if "--check" not in arguments:
                path.write_text(made, encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in arguments else 0


def with_traditional(turtle: str) -> str:
    """The Turtle with a traditional literal after each simplified one of a label or definition."""
    traditional = OpenCC("s2t")
    return _STATEMENT.sub(
        lambda statement: _PAIR.sub(lambda pair: _both(pair[1], traditional), statement[0]), turtle
    )


def _both(text: str, traditional: OpenCC) -> str:
    return f'"{text}"@zh-hans , "{traditional.convert(text)}"@zh-hant'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
