"""Parameters of saved queries: what is typed on the command line, made into RDF terms.

A thing may be given by its IRI, by its key where it has one (a place's GB/T 2260 code, an indicator's key), or by a
name that the graph knows. Names are looked up in the store that is asked: what can be named is what can be found.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

import pyoxigraph as ox

from kg.errors import Message, QueryError
from kg.graph import terms

Term = ox.NamedNode | ox.Literal
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

# What the name of a division may go on with: 昆明 finds 昆明市, and 大理 finds 大理白族自治州.
_DIVISION = re.compile(
    r"(?:[\u3400-\u9fff]{1,12}族)?(?:自治)?(?:省|市|县|区|旗|盟|州|地区|林区|新区|镇|乡|街道)"
)

_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in terms.prefixes().items())
_NAMES = {
    "place": "?thing a ha:Place ; rdfs:label|ha:fullName|ha:code ?name . OPTIONAL { ?thing ha:fullName ?full }",
    "organisation": "?thing a org:FormalOrganization ; rdfs:label ?name",
    "programme": "?thing a ha:Programme ; rdfs:label ?name",
    "entity": "{ ?thing a ha:Place ; rdfs:label|ha:fullName|ha:code ?name } UNION { ?thing a org:FormalOrganization ; rdfs:label ?name } "
    "UNION { ?thing a ha:Programme ; rdfs:label ?name } OPTIONAL { ?thing ha:fullName ?full }",
    "indicator": "?thing a skos:Concept ; skos:prefLabel|skos:altLabel|skos:notation ?name . "
    "FILTER EXISTS { ?o ha:indicator ?thing }",
    "report": "?thing a ha:Report ; dcterms:title|dcterms:hasFormat/schema:name ?name OPTIONAL { ?thing dcterms:title ?full }",
}
_LABELS = "?thing a ha:Place ; rdfs:label ?name . OPTIONAL { ?thing ha:fullName ?full }"
_SPOKEN = "?o ha:indicatorText ?name ; ha:indicator ?thing"  # what reports say, where no label has it

TYPES = {
    "string": "文本",
    "integer": "整数",
    "decimal": "数值",
    "date": "日期（年-月-日）",
    "iri": "IRI",
    "place": "地方",
    "organisation": "机构",
    "programme": "项目",
    "entity": "地方、机构或项目",
    "indicator": "指标",
    "report": "报告",
}
"""Every type of parameter, with its Chinese name."""

# The saved query that lists what the graph has of a type, for who names something that it has nothing like.
_LISTED = {
    "place": "coverage",
    "organisation": "organisations",
    "programme": "programmes",
    "entity": "subjects",
    "indicator": "indicators",
    "report": "reports",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as its query's header declares it; ``type`` is one of `TYPES`.

    ``choices`` are the only values that it takes, if there are any; ``known`` is a graph pattern whose ``?value`` are
    values worth trying.
    """

    name: str
    type: str
    about_zh: str = ""
    about_en: str = ""
    example: str = ""
    default: str | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    known: str = ""


class Queryable(Protocol):
    """What can be asked: a `kg.graph.store.GraphStore`."""

    def query(
        self, text: str, substitutions: Mapping[ox.Variable, Term] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate a query over all named graphs together."""


def bind(
    query: str, parameters: Mapping[str, Parameter], given: Mapping[str, str], store: Queryable
) -> dict[ox.Variable, Term]:
    """The terms of the parameters, by the variable that each is bound to; defaults filled in.

    Raises:
        QueryError: E204 for an unknown parameter, E205 for a missing one, E206-E208 for a value that does not fit.
    """
    for name in given:
        if name not in parameters:
            known = "; ".join(f"{p.name} ({p.type})" for p in parameters.values()) or "—"
            raise QueryError("E204", name=name, query=query, known=known)
    bound: dict[ox.Variable, Term] = {}
    for name, parameter in parameters.items():
        value = given.get(name, parameter.default)
        if value is not None:
            bound[ox.Variable(f"_{name}")] = _term(parameter, value, store)
        elif parameter.required:
            raise QueryError(
                "E205",
                name=name,
                query=query,
                type=parameter.type,
                type_zh=TYPES[parameter.type],
                example=parameter.example,
            )
    return bound


def _term(parameter: Parameter, value: str, store: Queryable) -> Term:
    if parameter.type in _NAMES:
        return _thing(parameter, value.strip(), store)
    try:
        if parameter.choices and value.strip() not in parameter.choices:
            raise ValueError(value)
        return _PLAIN[parameter.type](value.strip())
    except (ValueError, InvalidOperation) as error:
        raise QueryError(
            "E206",
            name=parameter.name,
            value=value,
            type=", ".join(parameter.choices) or parameter.type,
            type_zh="、".join(parameter.choices) or TYPES[parameter.type],
            example=parameter.example,
        ) from error


def _decimal(text: str) -> ox.Literal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    # Canonical as the graph writes it: no exponent, no zeros at the end.
    plain = format(number.normalize(), "f")
    return ox.Literal(plain, datatype=terms.DECIMAL)


def _iri(text: str) -> ox.NamedNode:
    if not _IRI.fullmatch(text):
        raise ValueError(text)
    return ox.NamedNode(text)


_PLAIN: dict[str, Callable[[str], Term]] = {
    "string": ox.Literal,
    "integer": lambda text: ox.Literal(str(int(text)), datatype=terms.INTEGER),
    "decimal": _decimal,
    "date": lambda text: ox.Literal(date.fromisoformat(text).isoformat(), datatype=terms.DATE),
    "iri": _iri,
}


def _thing(parameter: Parameter, value: str, store: Queryable) -> ox.NamedNode:
    """The one thing of the parameter's type that is called so."""
    if "://" in value and _IRI.fullmatch(value):
        return ox.NamedNode(value)
    found, names = called(store, parameter.type, value)
    if len(found) == 1:
        return ox.NamedNode(next(iter(found)))
    if found:
        choices = "; ".join(f"{shown} <{thing}>" for thing, shown in sorted(found.items())[:8])
        raise QueryError("E208", name=parameter.name, value=value, choices=choices)
    raise QueryError(
        "E207",
        name=parameter.name,
        value=value,
        type=parameter.type,
        type_zh=TYPES[parameter.type],
        step=_step(parameter.type, close(value, names)),
    )


def called(store: Queryable, type_: str, value: str) -> tuple[dict[str, str], set[str]]:
    """The things of a type that are called so, each with how to show it; and all names that were looked through.

    A division is also found without what its name ends in (昆明), an indicator by what reports call it.
    """
    names = _names(store, _NAMES[type_])
    found = names.get(value.casefold(), {})
    if not found and type_ in {"place", "entity"}:
        found = {
            thing: shown
            for name, things in _names(store, _LABELS).items()
            if name.startswith(value) and _DIVISION.fullmatch(name[len(value) :])
            for thing, shown in things.items()
        }
    if not found and type_ == "indicator":
        spoken = _names(store, _SPOKEN)
        found = spoken.get(value.casefold(), {})
        names |= spoken
    return found, set(names)


def close(value: str, names: Iterable[str], most: int = 5) -> list[str]:
    """Names that hold a value, or else look like it."""
    ordered = sorted(names)
    holding = [name for name in ordered if value.casefold() in name]
    return holding[:most] or difflib.get_close_matches(value, ordered, n=most, cutoff=0.4)


def _step(type_: str, near: Sequence[str]) -> Message:
    if near:
        return Message(
            f"相近的名称：{'、'.join(near)}。请改用其中之一，或给出 IRI。",
            f"Close names: {', '.join(near)}. Use one of them, or an IRI.",
        )
    listing = f"kg query {_LISTED[type_]}"
    return Message(
        f"也没有相近的名称。请用 {listing} 查看图中有哪些{TYPES[type_]}。",
        f"No name is close to it. See with {listing} what the graph has.",
    )


def values(store: Queryable, parameter: Parameter, start: str = "", most: int = 50) -> list[tuple[str, str]]:
    """Values of a parameter that the store knows and that begin with ``start``, each with a word on it, ``most`` at most."""
    if parameter.type in _NAMES:
        names = _names(store, _NAMES[parameter.type])
        found = {
            (name, shown if shown != name else "")
            for name, things in names.items()
            for shown in things.values()
        }
    elif parameter.known:
        solutions = store.query(f"{_PREFIXES}SELECT DISTINCT ?value WHERE {{ {parameter.known} }}")
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - a SELECT
        found = {(value.value, "") for (value,) in solutions if isinstance(value, ox.NamedNode | ox.Literal)}
    else:
        found = {(choice, "") for choice in parameter.choices}
    return sorted(one for one in found if one[0].casefold().startswith(start.casefold()))[:most]


def _names(store: Queryable, pattern: str) -> dict[str, dict[str, str]]:
    """Every name in the graph, case folded, with the things that bear it and how to show each."""
    names: dict[str, dict[str, str]] = {}
    solutions = store.query(
        f"{_PREFIXES}SELECT DISTINCT ?thing ?name ?full WHERE {{ {pattern} }} ORDER BY ?name ?thing"
    )
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - a SELECT
    for thing, name, full in solutions:
        if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
            shown = full.value if isinstance(full, ox.Literal) else name.value
            names.setdefault(name.value.casefold(), {})[thing.value] = shown
    return names
