"""Write ontology/indicators.ttl, the indicator scheme in SKOS, from two tables of seeds/vocabulary.

    python scripts/make_indicators.py [--check]

``indicators.csv`` has the indicators and groups, ``indicator_matches.csv`` what they are called elsewhere: SDG codes are
those of the UN's SDG vocabulary, the others those of WHO's Global Health Observatory and of the World Bank. The same
tables give the same bytes. ``--check`` writes nothing and fails when the file is not current. Traditional labels are
made with OpenCC (s2t).
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from opencc import OpenCC
from pyoxigraph import RdfFormat, parse

from kg.graph import terms

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "seeds" / "vocabulary" / "indicators.csv"
MATCHES = ROOT / "seeds" / "vocabulary" / "indicator_matches.csv"
UNITS = ROOT / "ontology" / "units.ttl"
TARGET = ROOT / "ontology" / "indicators.ttl"
INDICATORS = "https://w3id.org/health-admin/id/"
ELSEWHERE = {
    "sdg": "http://metadata.un.org/sdg/",
    "gho": "https://ghoapi.azureedge.net/api/",
    "worldbank": "https://data.worldbank.org/indicator/",
}
HEAD = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ha: <https://w3id.org/health-admin/ontology#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

# Made by scripts/make_indicators.py from tables of seeds/vocabulary: change the tables, not this file.

ha:indicators a skos:ConceptScheme ;
    rdfs:label "卫生健康指标"@zh-hans , "衛生健康指標"@zh-hant , "Health administration indicators"@en ;
    skos:prefLabel "卫生健康指标"@zh-hans , "衛生健康指標"@zh-hant , "Health administration indicators"@en ;
    dcterms:license <https://www.apache.org/licenses/LICENSE-2.0> .
"""


def main() -> int:
    """Write the file, or with --check say whether it is current."""
    text = turtle(rows(TABLE), rows(MATCHES))
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(ROOT)}: {text.count(' a skos:Concept ;')} indicators and groups")
    return 0


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of the table, by key."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["key"])


def turtle(table: Sequence[Mapping[str, str]], matches: Sequence[Mapping[str, str]]) -> str:
    """The scheme as Turtle."""
    traditional = OpenCC("s2t")
    units = printed_units(UNITS)
    below = defaultdict(list)
    for row in table:
        below[row["parent"]].append(row["key"])
    elsewhere = defaultdict(list)
    for match in matches:
        elsewhere[match["key"]].append(
            f"skos:{match['match']}Match <{ELSEWHERE[match['scheme']]}{match['code']}>"
        )
    tops = " , ".join(map(_iri, below[""]))
    return (
        HEAD.removesuffix(" .\n")
        + f" ;\n    skos:hasTopConcept {tops} .\n"
        + "".join(
            f"\n{_concept(row, below[row['key']], units, elsewhere[row['key']], traditional)}"
            for row in table
        )
    )


def _iri(key: str) -> str:
    return f"<{INDICATORS}ind-{key}>"


def printed_units(path: Path) -> dict[str, str]:
    """How a unit is printed → its name in Turtle. A unit of the table that is not there raises KeyError: add it there."""
    return {
        triple.object.value: "ha:" + triple.subject.value.removeprefix(terms.HA)
        for triple in parse(path=path, format=RdfFormat.TURTLE)
        if triple.predicate == terms.SYMBOL
    }


def _concept(
    row: Mapping[str, str],
    below: Sequence[str],
    units: Mapping[str, str],
    elsewhere: Sequence[str],
    traditional: OpenCC,
) -> str:
    zh, hant = row["zh"], traditional.convert(row["zh"])
    lines = [f"{_iri(row['key'])} a skos:Concept", "skos:inScheme ha:indicators , ha:indicator-codes"]
    if row["parent"]:
        lines.append(f"skos:broader {_iri(row['parent'])}")
    else:
        lines.append("skos:topConceptOf ha:indicators")
    if below:
        lines.append("skos:narrower " + " , ".join(map(_iri, below)))
    lines.append(
        f"skos:prefLabel {_tagged(zh, 'zh-hans')} , {_tagged(hant, 'zh-hant')} , {_tagged(row['en'], 'en')}"
    )
    if synonyms := sorted({name.strip("*") for name in row["synonyms"].split("|") if name.strip("*")} - {zh}):
        lines.append("skos:altLabel " + " , ".join(_tagged(name, "zh-hans") for name in synonyms))
    if row["definition"]:
        lines.append(f"skos:definition {_tagged(row['definition'], 'zh-hans')}")
    if row["kind"]:
        lines.append("ha:kind " + " , ".join(_quoted(kind) for kind in sorted(row["kind"].split("|"))))
        printed = ["" if unit == "-" else unit for unit in row["units"].split("|")]
        lines.append("qudt:applicableUnit " + " , ".join(sorted({units[unit] for unit in printed})))
    lines += [
        f"ha:{part} {_tagged(row[part], 'zh-hans')}" for part in ("numerator", "denominator") if row[part]
    ]
    lines += elsewhere
    return " ;\n    ".join(lines) + " .\n"


def _tagged(text: str, language: str) -> str:
    return f"{_quoted(text)}@{language}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    sys.exit(main())
