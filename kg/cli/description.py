"""A description on the screen or in a file: `kg.graph.describe.Description` as tables, Markdown, JSON or Turtle."""

from __future__ import annotations

import json
from typing import TextIO

import pyoxigraph as ox

from kg.cli.render import Format, jsonable, plain, write
from kg.graph.describe import KINDS, Description, Section
from kg.graph.terms import prefixes


def write_description(said: Description, out: TextIO, form: str) -> None:
    """Write it as ``table``, ``markdown``, ``json`` or ``turtle``."""
    if form == "turtle":
        data = ox.serialize(said.triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes())
        out.write(data.decode("utf-8") if data else "")
    elif form == "json":
        json.dump(_object(said), out, ensure_ascii=False, indent=1)
        out.write("\n")
    else:
        _text(said, out, Format(form))


def _object(said: Description) -> dict[str, object]:
    properties = [
        {"property": name, "value": value, "name": label or None} for name, value, label in said.properties
    ]
    return {
        "iri": said.iri,
        "kind": said.kind,
        "name": said.name,
        "properties": properties,
        "sections": [_section(section) for section in said.sections],
    }


def _section(section: Section) -> dict[str, object]:
    rows = [
        {
            name: jsonable(plain(cell))
            for name, cell in zip(section.columns, row, strict=True)
            if cell is not None
        }
        for row in section.rows
    ]
    return {
        "query": section.query.name,
        "title": {"zh": section.query.title_zh, "en": section.query.title_en},
        "rows": rows,
        "more": section.more,
        "command": section.command,
    }


def _text(said: Description, out: TextIO, form: Format) -> None:
    marks = ("# ", "## ") if form is Format.MARKDOWN else ("", "")
    kind = KINDS[said.kind]
    out.write(f"{marks[0]}{said.name} ({kind.zh} · {kind.en})\n\n<{said.iri}>\n\n")
    write(("property", "value", "name"), said.properties, out, form)
    for section in said.sections:
        out.write(f"\n{marks[1]}{section.query.title}\n\n")
        # Tables and Markdown show the columns that are for people.
        columns = section.query.table or section.columns
        places = [section.columns.index(column) for column in columns]
        write(columns, [[row[place] for place in places] for row in section.rows], out, form)
        if section.more:
            out.write(f"\n更多 · more: {section.command}\n")
