"""Saved SPARQL: one file a question, a header that says what it asks for, parameters bound as terms.

They lie in a folder a field of questions (`FOLDERS`); a name is one query's in all of them, and is used without folder.
A saved query is a ``.rq`` file whose lines that begin with ``#+`` are TOML (https://toml.io/en/v1.0.0)::

    #+ title = { zh = "各地的一项指标", en = "One indicator, place by place" }
    #+ description = { zh = "…", en = "…" }
    #+ example = "kg query indicator-by-place --param indicator=床位"
    #+ table = ["place", "value", "unit", "year"]        # columns of the terminal's table, where all are too many
    #+ chart = { x = "place", y = "value" }              # columns of a chart, where a guess would not do; also series
    #+ [parameters.indicator]
    #+ type = "indicator"                                # see kg.graph.parameters.TYPES
    #+ about = { zh = "指标", en = "the indicator" }
    #+ example = "床位"
    #+ choices = ["床位", "医师"]                          # optional: no other value is taken
    #+ known = "?fact ha:unitText ?value"                # optional: what may be completed, as a graph pattern
    #+ default = "床位"                                   # optional; ``required = true`` where there is none
    #+ required = true

The parameter ``indicator`` is the variable ``?_indicator``. Its value is bound as a term when the query is evaluated
(SPARQL-dev SEP-0007), never written into the text. The engine binds only what is projected, so a SELECT projects its
parameter variables, and the answer leaves their columns out. A parameter that is not given stays unbound:
``?x ha:indicator ?_indicator`` then matches anything, and a comparison is written ``COALESCE(?year >= ?_from, true)``.

In a query with SERVICE the engine sends the pattern of the service as it is written, and nothing of what the rest of
the query has found. So there parameters are written into the text (`kg.graph.portable`), and a pattern that is to be
asked of a large endpoint is kept small by its own parameters.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import Message, QueryError
from kg.graph.parameters import TYPES, Parameter, Queryable, Term, bind
from kg.graph.portable import federated, portable
from kg.resources import data

SUFFIX = ".rq"
FOLDERS = {
    "figures": Message("数字", "Figures"),
    "compare": Message("比较", "Comparison"),
    "change": Message("变化", "Change"),
    "organisations": Message("机构", "Organisations"),
    "programmes": Message("项目", "Programmes"),
    "provenance": Message("来历", "Provenance"),
    "quality": Message("质量", "Quality"),
    "linking": Message("关联", "Linking"),
}
"""The folders of saved queries, in the order in which they are listed."""
_HEADER = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
_IS_UPDATE = re.compile(
    r"(?:\s|#[^\n]*+|PREFIX\s+[^\s:]*+:\s*<[^>]*>|BASE\s*<[^>]*>)*+"
    r"(?:INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\b",
    re.IGNORECASE,
)
_UPDATE = Message(
    "这是更新，不是查询；知识库只由 kg build 改动",
    "it is an update, which is no query; the store is changed by kg build alone",
)


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question that is asked often: its SPARQL, what it is about, and its parameters by name.

    ``folder`` is one of `FOLDERS`, empty for a file of the user's. ``table`` names the columns that a terminal's table
    shows; empty means all of them. ``chart`` says which columns are the ``x``, ``y`` and ``series`` of a chart.
    """

    name: str
    text: str
    folder: str = ""
    title_zh: str = ""
    title_en: str = ""
    about_zh: str = ""
    about_en: str = ""
    example: str = ""
    table: tuple[str, ...] = ()
    chart: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title in both languages, or the name where there is none."""
        return " · ".join(filter(None, (self.title_zh, self.title_en))) or self.name


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a SELECT: ``columns`` without the parameters, and a row a solution, None where nothing is bound."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]]


Result = Answer | bool | list[ox.Triple]


def saved(folder: Path | None = None) -> tuple[SavedQuery, ...]:
    """The saved queries that come with `kg`, by folder in the order of `FOLDERS`, then by name.

    Raises:
        QueryError: E202 when a file's header does not hold together.
    """
    return tuple(parse(path) for path in files(folder).values())


def files(folder: Path | None = None) -> dict[str, Path]:
    """The file of each saved query, by its name, in the order of `saved`."""
    home = folder or data("queries")
    return {path.stem: path for name in FOLDERS for path in sorted((home / name).glob(f"*{SUFFIX}"))}


def load(name: str) -> SavedQuery:
    """A saved query by its name, or any ``.rq`` file by its path.

    Raises:
        QueryError: E201 when there is none of that name, E202 when its header does not hold together.
    """
    known = files()
    path = Path(name) if name.endswith(SUFFIX) else known.get(name)
    if path is None or not path.is_file():
        close = difflib.get_close_matches(name.removesuffix(SUFFIX), sorted(known))
        near = Message(f"相近的：{'、'.join(close)}。", f"Close ones: {', '.join(close)}. ") if close else ""
        raise QueryError("E201", name=name, near=near)
    return parse(path)


def parse(path: Path) -> SavedQuery:
    """Read a query file.

    Raises:
        QueryError: E202 naming the file and what is wrong in its header.
    """
    try:
        text = path.read_text(encoding="utf-8")
        header = tomllib.loads("\n".join(_HEADER.findall(text)))
        return SavedQuery(
            name=path.stem,
            text=text,
            folder=path.parent.name if path.parent.parent == data("queries") else "",
            title_zh=header.get("title", {}).get("zh", ""),
            title_en=header.get("title", {}).get("en", ""),
            about_zh=header.get("description", {}).get("zh", ""),
            about_en=header.get("description", {}).get("en", ""),
            example=header.get("example", ""),
            table=tuple(header.get("table", ())),
            chart=dict(header.get("chart", {})),
            parameters={key: _parameter(key, entry) for key, entry in header.get("parameters", {}).items()},
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError, ValueError) as error:
        raise QueryError("E202", path=path, reason=error) from error


def _parameter(name: str, entry: dict[str, Any]) -> Parameter:
    kind = entry.get("type")
    if kind not in TYPES:
        raise ValueError(f"parameter {name}: type {kind!r} is none of {', '.join(TYPES)}")
    about = entry.get("about", {})
    return Parameter(
        name=name,
        type=kind,
        about_zh=about.get("zh", ""),
        about_en=about.get("en", ""),
        example=str(entry.get("example", "")),
        default=None if "default" not in entry else str(entry["default"]),
        required=bool(entry.get("required", False)),
        choices=tuple(map(str, entry.get("choices", ()))),
        known=str(entry.get("known", "")),
    )


def run(
    store: Queryable, query: SavedQuery, given: Mapping[str, str] | None = None, limit: int | None = None
) -> Result:
    """Ask the store, over all its named graphs together, for ``limit`` rows or triples at most.

    Gives an `Answer` for SELECT, a truth value for ASK and triples in order for CONSTRUCT and DESCRIBE.

    Raises:
        QueryError: E203 when the SPARQL does not hold, E204-E208 when a parameter does not, E651 when a SERVICE does
            not answer.
    """
    try:
        result = store.query(*prepared(query, bind(query.name, query.parameters, given or {}, store)))
    except SyntaxError as error:
        raise refused(query, error) from error
    except (RuntimeError, OSError) as error:
        raise failed(query, error) from error
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return sorted(islice(result, limit), key=str)
    answer = rows_of(query, result)
    return replace(answer, rows=islice(answer.rows, limit))


def rows_of(query: SavedQuery, solutions: ox.QuerySolutions) -> Answer:
    """The answer that solutions are: without the columns of the parameters."""
    columns = tuple(variable.value for variable in solutions.variables)
    kept = [at for at, column in enumerate(columns) if not column.startswith("_")]
    return Answer(tuple(columns[at] for at in kept), _rows(query, solutions, kept))


def prepared(query: SavedQuery, bound: Mapping[ox.Variable, Term]) -> tuple[str, Mapping[ox.Variable, Term]]:
    """The SPARQL to evaluate and what the engine is to bind in it: nothing where a SERVICE is to see the parameters."""
    if not federated(query.text):
        return query.text, bound
    return portable(query.text, {variable.value: str(term) for variable, term in bound.items()}, {}), {}


def refused(query: SavedQuery, reason: object) -> QueryError:
    """E203: what is wrong with the SPARQL of a query, in the engine's words."""
    return QueryError("E203", name=query.name, reason=_UPDATE if _IS_UPDATE.match(query.text) else reason)


def failed(query: SavedQuery, reason: object) -> QueryError:
    """E651 or E203: why the evaluation of a query broke off, in the engine's words."""
    return QueryError("E651" if federated(query.text) else "E203", name=query.name, reason=reason)


def ask(store: Queryable, name: str, given: Mapping[str, str] | None = None) -> Result:
    """Ask the store a saved query by its name, or a file by its path.

    Raises:
        QueryError: as `load` and `run` do.
    """
    return run(store, load(name), given)


def _rows(query: SavedQuery, solutions: ox.QuerySolutions, kept: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    try:
        for solution in solutions:
            yield tuple(solution[at] for at in kept)
    except (RuntimeError, OSError) as error:
        raise failed(query, error) from error
