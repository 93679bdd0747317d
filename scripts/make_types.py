"""Write ontology/types.ttl, the types of organisations and programmes in SKOS, from seeds/vocabulary/types.csv.

What they are called in schema.org is from seeds/vocabulary/ontology_matches.sssom.tsv.

    python scripts/make_types.py [--check]

The same table gives the same bytes. ``--check`` writes nothing and fails when the file is not current. Traditional
labels are made with OpenCC (s2t). What the names of such things end in are alternative labels; words that a name has
anywhere are hidden ones.
"""

from __future__ import annotations

import csv
import sys
from functools import cache
from itertools import groupby
from pathlib import Path

from opencc import OpenCC

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "seeds" / "vocabulary" / "types.csv"
MATCHES = ROOT / "seeds" / "vocabulary" / "ontology_matches.sssom.tsv"
TARGET = ROOT / "ontology" / "types.ttl"
ONTOLOGY = "https://w3id.org/health-admin/ontology"
SCHEMES = {
    "organisation-types": (
        ("机构类型", "Types of organisations"),
        (
            "卫生健康领域机构的类型、等级和举办性质，仅就其名称所言。",
            "What sort of organisation it is, with the grade and ownership of hospitals, as far as its name says so.",
        ),
    ),
    "programme-types": (
        ("项目类型", "Types of programmes"),
        (
            "规划、工程、行动、法规、奖励等，取自名称的中心词。",
            "Plan, project, campaign, law, award and so on, from the last word of the name.",
        ),
    ),
}
HEAD = """\
@prefix ha: <https://w3id.org/health-admin/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

# Made by scripts/make_types.py from seeds/vocabulary/types.csv and ontology_matches.sssom.tsv: change the tables, not this file.
# A preferred or alternative label is what the names of such things end in, the longest that fits; a hidden label is a
# word that may stand anywhere in the name of one that is broader.
"""


def main() -> int:
    """Write the file, or with --check say whether it is current."""
    text = turtle(TABLE)
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(ROOT)}: {text.count(' a skos:Concept ;')} types")
    return 0


def turtle(table: Path) -> str:
    """The schemes as Turtle, in the order of the table."""
    traditional = OpenCC("s2t")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = [HEAD]
    for scheme, group in groupby(rows, key=lambda row: row["scheme"]):
        members = list(group)
        tops = " , ".join(f"ha:{row['key']}" for row in members if not row["parent"])
        label, definition = (_names(*words, traditional) for words in SCHEMES[scheme])
        parts.append(
            f"\nha:{scheme} a skos:ConceptScheme ;\n    rdfs:isDefinedBy <{ONTOLOGY}> ;\n"
            f"    rdfs:label {label} ;\n    skos:prefLabel {label} ;\n    skos:definition {definition} ;\n"
            f"    skos:hasTopConcept {tops} .\n"
        )
        parts += [f"\n{_concept(row, traditional)}" for row in members]
    return "".join(parts)


def _concept(row: dict[str, str], traditional: OpenCC) -> str:
    lines = [f"ha:{row['key']} a skos:Concept", f"skos:inScheme ha:{row['scheme']}"]
    lines.append(
        f"skos:broader ha:{row['parent']}" if row["parent"] else f"skos:topConceptOf ha:{row['scheme']}"
    )
    lines.append(f"skos:prefLabel {_names(row['zh'], row['en'], traditional)}")
    lines.append(f"skos:definition {_names(row['definition_zh'], row['definition_en'], traditional)}")
    for column, label in (("heads", "altLabel"), ("words", "hiddenLabel")):
        if row[column]:
            lines.append(
                f"skos:{label} " + " , ".join(f'"{word}"@zh-hans' for word in row[column].split("|"))
            )
    lines += _matches().get(row["key"], ())
    return " ;\n    ".join(lines) + " .\n"


@cache
def _matches() -> dict[str, list[str]]:
    """What each type is called elsewhere, by key."""
    with MATCHES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["subject_id"].removeprefix("ha:"), []).append(
            f"{row['predicate_id']} {row['object_id']}"
        )
    return found


def _names(zh: str, en: str, traditional: OpenCC) -> str:
    return f'"{zh}"@zh-hans , "{traditional.convert(zh)}"@zh-hant , "{en}"@en'


if __name__ == "__main__":
    sys.exit(main())
