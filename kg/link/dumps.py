"""Label dumps: what another graph calls its things, from N-Triples, Turtle or CSV, read in one pass.

Only what tells who a thing is is kept: labels in Chinese, English or no language, type, the region it lies in, its code.
What a dump calls these is known for Wikidata, GeoNames, schema.org, SKOS and graphs of kg, and may be named.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from kg.errors import Message, UsageError
from kg.graph import terms
from kg.link.record import Record
from kg.link.sssom import expanded

FIELDS: Final = ("iri", "label", "alt", "type", "region", "code")
"""What is read of a thing, and how the columns of a CSV are called unless they are named."""

WDT: Final = "http://www.wikidata.org/prop/direct/"
_GN: Final = "http://www.geonames.org/ontology#"
_OLD_SCHEMA: Final = "http://schema.org/"

PROPERTIES: Final[dict[str, tuple[str, ...]]] = {
    "label": (terms.RDFS + "label", terms.SKOS + "prefLabel", _GN + "name"),
    "alt": (
        terms.SKOS + "altLabel", terms.SCHEMA + "name", _OLD_SCHEMA + "name", terms.SCHEMA + "alternateName",
        _OLD_SCHEMA + "alternateName", _GN + "alternateName", _GN + "officialName", _GN + "shortName",
        terms.HA + "fullName",
    ),
    "type": (WDT + "P31", _GN + "featureCode", terms.HA + "level", terms.ORG + "classification"),
    "region": (
        WDT + "P131", _GN + "parentADM1", _GN + "parentADM2", _GN + "parentADM3", _GN + "parentFeature",
        terms.SCHEMA + "containedInPlace", _OLD_SCHEMA + "containedInPlace", terms.DCTERMS + "isPartOf",
        terms.DCTERMS + "spatial", terms.HA + "within",
    ),
    "code": (WDT + "P442", terms.HA + "code", terms.SKOS + "notation"),
}  # fmt: skip
"""What properties are read as what, unless others are named."""

_FORMATS: Final = {".nt": ox.RdfFormat.N_TRIPLES, ".ttl": ox.RdfFormat.TURTLE, ".csv": None}
_LANGUAGES: Final = ("zh-hans", "zh-cn", "zh-sg", "zh", "zh-hant", "zh-tw", "zh-hk", "zh-mo", "", "en")
_MOST_LABELS: Final = 24
_DEEPEST: Final = 6  # regions above regions


@dataclass(slots=True)
class _Thing:
    """What was read of a subject: labels by language rank, then as they came."""

    labels: list[tuple[int, str]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    code: str = ""


def named(pairs: Mapping[str, str]) -> dict[str, str]:
    """Fields with the properties (IRIs or CURIEs) or columns that a dump has for them. Raises UsageError E603."""
    for name in pairs:
        if name not in FIELDS:
            raise UsageError("E603", given=name, known=", ".join(FIELDS))
    return dict(pairs)


def read(path: Path, given: Mapping[str, str] | None = None) -> Iterator[Record]:
    """The things of a dump that have a label, in the order in which they first come.

    ``given`` are properties or columns in place of the usual ones, by field; several are separated by blanks.

    Raises:
        UsageError: E104 no such file, E105 unreadable, E602 another format, E604 damaged or without the needed columns.
    """
    given = named(given or {})
    packed = path.suffix.lower() == ".gz"
    suffix = Path(path.stem).suffix.lower() if packed else path.suffix.lower()
    if suffix not in _FORMATS:
        raise UsageError("E602", path=path, known=" ".join(f"{one} {one}.gz" for one in _FORMATS))
    if not path.is_file():
        raise UsageError("E104", path=path)
    try:
        with cast(IO[bytes], gzip.open(path)) if packed else path.open("rb") as file:
            form = _FORMATS[suffix]
            yield from _table(file, path, given) if form is None else _graph(file, form, given)
    except (SyntaxError, csv.Error) as error:
        raise UsageError("E604", path=path, reason=error) from error
    except UnicodeDecodeError as error:
        raise UsageError("E604", path=path, reason=Message("不是 UTF-8", "not UTF-8")) from error
    except (OSError, EOFError) as error:
        raise UsageError("E105", path=path, reason=error) from error


def _table(file: IO[bytes], path: Path, given: Mapping[str, str]) -> Iterator[Record]:
    """A CSV: a thing a row; several alternative labels or regions in a cell are separated by ``|``."""
    column = {name: given.get(name, name) for name in FIELDS}
    with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        missing = [column[name] for name in ("iri", "label") if column[name] not in (reader.fieldnames or ())]
        if missing:
            lacks = ", ".join(missing)
            raise UsageError("E604", path=path, reason=Message(f"没有 {lacks} 列", f"no column {lacks}"))
        for row in reader:
            cells = {name: _parts(row.get(column[name]) or "") for name in FIELDS}
            labels = tuple(dict.fromkeys((*cells["label"], *cells["alt"])))
            for iri in cells["iri"][:1] if labels else ():
                yield Record(
                    iri, labels, "|".join(cells["type"]), cells["region"], "".join(cells["code"][:1])
                )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _graph(file: IO[bytes], form: ox.RdfFormat, given: Mapping[str, str]) -> Iterator[Record]:
    things = _things(ox.parse(file, format=form, lenient=True), _fields(given))
    for iri, thing in things.items():
        if thing.labels:
            yield Record(
                iri,
                _labels(thing),
                "|".join(_type(kind, things) for kind in thing.types),
                tuple(_above(iri, things)),
                thing.code,
            )


def _fields(given: Mapping[str, str]) -> dict[str, str]:
    """What is read as what: property → field."""
    known = {**terms.prefixes(), **terms.OUTSIDE, "wdt": WDT, "gno": _GN}
    fields = {}
    for name, usual in PROPERTIES.items():
        for one in given[name].split() if name in given else usual:
            try:
                fields[expanded(one, known)] = name
            except KeyError as error:
                raise UsageError("E605", given=one, known=", ".join(sorted(known))) from error
    return fields


def _things(triples: Iterator[ox.Quad], fields: Mapping[str, str]) -> dict[str, _Thing]:
    things: dict[str, _Thing] = defaultdict(_Thing)
    ranks = {language: rank for rank, language in enumerate(_LANGUAGES)}
    for triple in triples:
        name = fields.get(triple.predicate.value)
        if name is None or not isinstance(triple.subject, ox.NamedNode):
            continue
        value = triple.object
        if isinstance(value, ox.BlankNode | ox.Triple):
            continue
        thing = things[triple.subject.value]
        if name in {"label", "alt"}:
            rank = ranks.get((value.language or "").lower()) if isinstance(value, ox.Literal) else None
            if rank is not None and len(thing.labels) < _MOST_LABELS:
                thing.labels.append((rank + (0 if name == "label" else len(ranks)), value.value))
        elif name == "type":
            thing.types.append(value.value)
        elif name == "region":
            thing.regions.append(value.value)
        elif not thing.code:
            thing.code = value.value
    return things


def _labels(thing: _Thing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for _, label in sorted(thing.labels, key=lambda one: one[0])))


def _type(value: str, things: Mapping[str, _Thing]) -> str:
    """The label of a type where the dump has it, else its last part: ``A.ADM2`` of GeoNames is ADM2."""
    known = things.get(value)
    if known is not None and known.labels:
        return _labels(known)[0]
    local = value.rpartition("#")[2] if "#" in value else value.rstrip("/").rpartition("/")[2]
    return local.rpartition(".")[2]


def _above(iri: str, things: Mapping[str, _Thing]) -> Sequence[str]:
    """The regions a thing lies in and those that these lie in, nearest first: codes where the dump has them, else labels."""
    found: list[str] = []
    seen = {iri}
    level = things[iri].regions
    for _ in range(_DEEPEST):
        wider = []
        for one in level:
            if one in seen:
                continue
            seen.add(one)
            region = things.get(one)
            if region is None:
                if "://" not in one:  # a label or a code, not the IRI of something that the dump lacks
                    found.append(one)
                continue
            if region.code or region.labels:
                found.append(region.code or _labels(region)[0])
            wider += region.regions
        level = wider
    return found
