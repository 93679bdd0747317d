"""What a query gave, written: rows as `kg.cli.render` does and in the forms of the W3C, charts, graphs.

``json`` and ``xml`` are the SPARQL 1.1 Query Results formats (https://www.w3.org/TR/sparql11-results-json/,
https://www.w3.org/TR/rdf-sparql-XMLres/), so terms keep their datatypes and languages; ``csv`` is that of
https://www.w3.org/TR/sparql11-results-csv-tsv/ with line feeds.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.cli.axes import axes
from kg.cli.chart import bars
from kg.cli.plot import plot
from kg.cli.render import Format, Plain, default_format, plain, write
from kg.errors import UsageError
from kg.graph.query import Answer, Result
from kg.graph.terms import STRING, prefixes

Terms = Iterable[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]
_RESULTS = "http://www.w3.org/2005/sparql-results#"
_WIDTH = 100  # of a chart that no terminal shows, unless COLUMNS says otherwise
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ResultFormat(StrEnum):
    """How a query's result is written: rows, charts of rows, or triples."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    MARKDOWN = "markdown"
    CHART = "chart"
    SVG = "svg"
    PNG = "png"
    HTML = "html"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"


PLOTS = (ResultFormat.SVG, ResultFormat.PNG, ResultFormat.HTML)
GRAPHS = {ResultFormat.TURTLE: ox.RdfFormat.TURTLE, ResultFormat.NTRIPLES: ox.RdfFormat.N_TRIPLES}
TRUTHS = (ResultFormat.TABLE, ResultFormat.CSV, ResultFormat.TSV, ResultFormat.JSON, ResultFormat.XML)
SUFFIXES = {
    ".csv": ResultFormat.CSV,
    ".tsv": ResultFormat.TSV,
    ".json": ResultFormat.JSON,
    ".srj": ResultFormat.JSON,
    ".xml": ResultFormat.XML,
    ".srx": ResultFormat.XML,
    ".md": ResultFormat.MARKDOWN,
    ".svg": ResultFormat.SVG,
    ".png": ResultFormat.PNG,
    ".html": ResultFormat.HTML,
    ".ttl": ResultFormat.TURTLE,
    ".nt": ResultFormat.NTRIPLES,
}
"""The format of a file by its ending, where none is asked for."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an answer is shown: only some ``columns``, where there are any; those of its table, its title, and the axes of its chart."""

    columns: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    title: str = ""
    chart: Mapping[str, str] = field(default_factory=dict)
    x: str | None = None
    y: str | None = None


def result(answer: Result, out: TextIO, form: ResultFormat | None, look: Look) -> int:
    """Write what a query gave: rows, a truth value, or triples, and tell how many.

    Raises:
        UsageError: E210 when the result cannot be written so, E232 for what XML cannot carry, E233 for a column that is
            none, E234-E236 of charts, E237 for a picture on a terminal.
    """
    if isinstance(answer, list):
        form = form or ResultFormat.TURTLE
        data = ox.serialize(answer, format=GRAPHS[_one_of(form, GRAPHS)], prefixes=prefixes())
        out.write(data.decode("utf-8") if data else "")
        return len(answer)
    form = form or ResultFormat(default_format(out))
    if isinstance(answer, bool):
        return _truth(answer, out, _one_of(form, TRUTHS))
    if look.columns:
        answer = _only(answer, look.columns)
    if form is ResultFormat.JSON:
        return _json(answer, out)
    if form is ResultFormat.XML:
        return _xml(answer, out)
    if form is ResultFormat.CHART or form in PLOTS:
        return _chart(answer, out, form, look)
    known = [one for one in ResultFormat if one not in GRAPHS]
    return write(
        answer.columns, answer.rows, out, Format(_one_of(form, known)), () if look.columns else look.table
    )


def _only(answer: Answer, columns: Sequence[str]) -> Answer:
    for column in columns:
        if column not in answer.columns:
            raise UsageError("E233", given=column, known=", ".join(answer.columns))
    places = [answer.columns.index(column) for column in columns]
    return Answer(tuple(columns), (tuple(row[place] for place in places) for row in answer.rows))


def _one_of(form: ResultFormat, known: Iterable[ResultFormat]) -> ResultFormat:
    known = list(known)
    if form not in known:
        raise UsageError("E210", format=form, known=", ".join(known))
    return form


def _truth(answer: bool, out: TextIO, form: ResultFormat) -> int:
    if form is ResultFormat.JSON:
        out.write(json.dumps({"head": {}, "boolean": answer}) + "\n")
    elif form is ResultFormat.XML:
        said = str(answer).lower()
        out.write(
            f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}"><head/><boolean>{said}</boolean></sparql>\n'
        )
    else:
        write(("answer",), [(answer,)], out, Format(form))
    return 1


def _json(answer: Answer, out: TextIO) -> int:
    head = json.dumps({"vars": answer.columns}, ensure_ascii=False)
    out.write(f'{{"head": {head}, "results": {{"bindings": [')
    count = 0
    for row in answer.rows:
        bound = {
            name: _term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None
        }
        out.write(("," if count else "") + "\n " + json.dumps(bound, ensure_ascii=False))
        count += 1
    out.write("\n]}}\n" if count else "]}}\n")
    return count


def _term(term: object) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    assert isinstance(term, ox.Literal)  # noqa: S101 - there are four kinds of term
    said = {"type": "literal", "value": term.value}
    if term.language:
        return {**said, "xml:lang": term.language}
    return said if term.datatype == STRING else {**said, "datatype": term.datatype.value}


def _xml(answer: Answer, out: TextIO) -> int:
    out.write(f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}">\n<head>')
    out.writelines(f"<variable name={quoteattr(column)}/>" for column in answer.columns)
    out.write("</head>\n<results>\n")
    count = 0
    for row in answer.rows:
        out.write("<result>")
        for column, term in zip(answer.columns, row, strict=True):
            if term is not None:
                if _NO_XML.search(str(getattr(term, "value", ""))):
                    raise UsageError("E232", column=column)
                out.write(f"<binding name={quoteattr(column)}>{_element(term)}</binding>")
        out.write("</result>\n")
        count += 1
    out.write("</results>\n</sparql>\n")
    return count


def _element(term: object) -> str:
    said = _term(term)
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{name}>{_element(part)}</{name}>' for name, part in parts.items())}</triple>"
    given = {name: said[name] for name in ("xml:lang", "datatype") if name in said}
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in given.items())
    return f"<{said['type']}{attributes}>{escape(said['value'])}</{said['type']}>"


def _chart(answer: Answer, out: TextIO, form: ResultFormat, look: Look) -> int:
    rows: list[list[Plain]] = [[plain(cell) for cell in row] for row in answer.rows]
    drawn = axes(answer.columns, rows, look.chart, look.x, look.y)
    if form is ResultFormat.CHART:
        width = shutil.get_terminal_size((_WIDTH, 24)).columns
        out.writelines(f"{line}\n" for line in bars(answer.columns, rows, drawn, width))
        return len(rows)
    if form is ResultFormat.PNG and out.isatty():
        raise UsageError("E237")
    picture = plot(answer.columns, rows, drawn, look.title, form)
    if isinstance(picture, bytes):
        out.flush()
        out.buffer.write(picture)
    else:
        out.write(picture)
    return len(rows)
