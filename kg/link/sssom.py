"""SSSOM tables as they lie on disk: a header of YAML in lines of ``#``, then tab-separated rows whose ids are CURIEs."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import yaml

from kg.errors import UsageError
from kg.graph import terms

_FIRST: Final = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "confidence", "status", "reviewer_id", "reviewer_label", "subject_source",
    "object_source", "mapping_tool", "mapping_tool_version", "comment",
)  # fmt: skip
_ALWAYS: Final = frozenset(_FIRST) - {
    "reviewer_label",
    "subject_source",
    "object_source",
    "predicate_modifier",
}
POINT: Final = "object_point"
_EXTENSIONS: Final = {
    "status": {"slot_name": "status", "property": "adms:status", "type_hint": "xsd:string"},
    POINT: {"slot_name": POINT, "property": "geo:asWKT", "type_hint": "geo:wktLiteral"},
}
_VERSION: Final = "1.1"
_SPACES: Final = re.compile(r"\s+")
# sssom-py takes ASCII alone. What is written in lower case is ours to undo; IRIs that are published encoded have capitals.
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_ENCODED: Final = re.compile(r"(?:%[89a-f][0-9a-f])+")


class Reference(str):
    """A whole IRI, which is written as a CURIE."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read: rows with their line numbers, the prefixes and what else its header says."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    prefixes: Mapping[str, str]
    metadata: Mapping[str, object]


def read(path: Path) -> Table:
    """The table of a file. Raises UsageError E601 when it is none, E105 when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError("E105", path=path, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise UsageError("E601", path=path, line=1, reason="not UTF-8") from error
    lines = text.splitlines(keepends=True)
    size = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = _header("".join(line[1:] for line in lines[:size]), path)
    reader = csv.DictReader(lines[size:], delimiter="\t")
    missing = [
        name for name in ("subject_id", "predicate_id", "object_id") if name not in (reader.fieldnames or ())
    ]
    if missing and reader.fieldnames is not None:
        raise UsageError("E601", path=path, line=size + 1, reason=f"no column {', '.join(missing)}")
    rows = []
    for row in reader:
        if None in row:
            raise UsageError("E601", path=path, line=size + reader.line_num, reason="more cells than columns")
        rows.append((size + reader.line_num, {name: (cell or "").strip() for name, cell in row.items()}))
    declared = header.pop("curie_map", {})
    if not isinstance(declared, dict) or not all(
        isinstance(one, str) for pair in declared.items() for one in pair
    ):
        raise UsageError("E601", path=path, line=1, reason="curie_map gives no namespaces")
    known = {**_BUILT_IN, **declared}
    shared = {name: str(value) for name, value in header.items() if name in _PROPAGATED}
    for _, row in rows:
        for name, value in shared.items():
            row[name] = row.get(name) or value
    kept = {name: value for name, value in header.items() if name not in {*_PROPAGATED, *_OURS}}
    return Table(tuple(rows), known, kept)


def _header(text: str, path: Path) -> dict[str, object]:
    try:
        header = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise UsageError("E601", path=path, line=1, reason=_SPACES.sub(" ", str(error))) from error
    if not isinstance(header, dict):
        raise UsageError("E601", path=path, line=1, reason="the header is no YAML mapping")
    return header


def write(
    path: Path,
    rows: Sequence[Mapping[str, str | Reference]],
    metadata: Mapping[str, object],
    known: Mapping[str, str],
) -> None:
    """Write rows as they come; the header has the prefixes that they use. Raises UsageError E214."""
    namespaces = _Namespaces(known)
    plain = [
        {name: namespaces.curie(cell) if isinstance(cell, Reference) else cell for name, cell in row.items()}
        for row in sorted(rows, key=lambda row: (row["subject_id"], row["object_id"]))
    ]
    for row in plain:
        namespaces.used(row["predicate_id"], row.get("mapping_justification", ""))
    filled = {name for row in plain for name, cell in row.items() if cell} | _ALWAYS
    extensions = [_EXTENSIONS[name] for name in _EXTENSIONS if name in filled]
    for extension in extensions:
        namespaces.used(extension["property"], extension["type_hint"])
    columns = [name for name in _FIRST if name in filled] + sorted(filled - set(_FIRST))
    header = {
        **metadata,
        "sssom_version": _VERSION,
        "curie_map": namespaces.mentioned,
        "extension_definitions": extensions,
    }
    text = yaml.safe_dump(header, allow_unicode=True, sort_keys=True, width=1_000_000)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"#{line}\n" for line in text.splitlines())
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_SPACES.sub(" ", row.get(name, "")) for name in columns] for row in plain)
        part.replace(path)
    except OSError as error:
        raise UsageError("E214", path=path, reason=error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)


class _Namespaces:
    """CURIEs for IRIs: by the longest namespace that is known, else by one that is numbered."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = {**_BUILT_IN, **known}
        self.mentioned: dict[str, str] = {}
        ranked = enumerate(self.known.items())  # of two prefixes for one namespace the later: the file's own
        by_length = sorted((-len(space), -at, space, prefix) for at, (prefix, space) in ranked)
        self._longest = [(space, prefix) for _, _, space, prefix in by_length]

    def curie(self, iri: str) -> str:
        if not iri:
            return ""
        for space, prefix in self._longest:
            if iri.startswith(space) and len(iri) > len(space):
                self.mentioned[prefix] = space
                return f"{prefix}:{_NOT_ASCII.sub(_encoded, iri.removeprefix(space))}"
        if "://" not in iri and iri.partition(":")[0] in self.known:
            self.used(iri)  # a CURIE already
            return iri
        end = max(iri.rstrip("/").rfind(mark) for mark in "/#:") + 1
        prefix = next(name for n in range(1, 10**6) if (name := f"ns{n}") not in self.known)
        self.known[prefix] = iri[:end]
        self._longest = sorted([*self._longest, (iri[:end], prefix)], key=lambda one: -len(one[0]))
        return self.curie(iri)

    def used(self, *curies: str) -> None:
        for one in curies:
            prefix = one.partition(":")[0]
            if prefix in self.known:
                self.mentioned[prefix] = self.known[prefix]


def expanded(curie: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of a CURIE; an IRI is left as it is. Raises KeyError with a prefix that is not known."""
    prefix, colon, local = curie.partition(":")
    if not colon or local.startswith("//") or prefix == "urn":
        return curie
    return prefixes[prefix] + _ENCODED.sub(lambda run: unquote(run[0]), local)


def _encoded(run: re.Match[str]) -> str:
    return quote(run[0], safe="").lower()


def share(text: str) -> Decimal | None:
    """A number from 0 to 1; None for anything else."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if 0 <= value <= 1 else None


_BUILT_IN: Final = {
    "adms": terms.ADMS,
    "geo": terms.GEO,
    "orcid": terms.OUTSIDE["orcid"],
    "owl": terms.OWL,
    "rdf": terms.RDF,
    "rdfs": terms.RDFS,
    "semapv": terms.SEMAPV,
    "skos": terms.SKOS,
    "sssom": terms.SSSOM,
    "xsd": terms.XSD,
}
_PROPAGATED: Final = frozenset(
    {
        "mapping_tool", "mapping_tool_version", "object_source", "object_source_version", "subject_source",
        "subject_source_version", "predicate_type", "subject_type", "object_type", "mapping_provider",
    }
)  # fmt: skip
_OURS: Final = frozenset({"curie_map", "extension_definitions", "sssom_version"})
