"""A saved query with its parameters written into it: SPARQL 1.1 that any endpoint takes.

`kg.graph.query.run` binds parameters in the engine (SEP-0007), which others cannot be asked to do. Here a parameter's
variable becomes its term, and where a variable alone may stand it goes: from projections and from groups.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_TOKEN = re.compile(
    r"""(?P<note>\#[^\n]*\n?)
      | (?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<variable>[?$]\w+)
      | (?P<name>[A-Za-z][\w.-]*:[\w.%-]*|:[\w.%-]+)
      | (?P<word>[A-Za-z]\w*)
      | (?P<space>\s+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CLAUSES = {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}


@dataclass(slots=True)
class _Select:
    """A SELECT that is being read: how deep in braces and parentheses it stands, and which of its parts has come."""

    braces: int
    parens: int
    part: str = "head"
    named: list[int] = field(default_factory=list)  # tokens of the head that name parameters alone
    others: bool = False  # whether the head names anything else


def federated(text: str) -> bool:
    """Whether a query asks another endpoint: whether it has the word SERVICE outside of comments, texts and names."""
    return any(
        match.lastgroup == "word" and match.group().upper() == "SERVICE" for match in _TOKEN.finditer(text)
    )


def portable(text: str, terms: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    """The query with each parameter of ``terms`` (``_indicator`` → ``<…>``) in its place, and all its prefixes declared."""
    tokens = [
        (match.lastgroup or "", match.group())
        for match in _TOKEN.finditer(text)
        if not match.group().startswith("#+")
    ]
    written = [said for _, said in tokens]
    open_: list[_Select] = []
    braces = parens = 0
    before = ""  # the word or sign before, upper case
    for at, (kind, said) in enumerate(tokens):
        if kind in {"note", "space"}:
            continue
        top = open_[-1] if open_ else None
        if said == "{":
            if top and top.part == "head":
                _close_head(top, written, terms)
                top.part = "body"
            braces += 1
        elif said == "}":
            braces -= 1
            while open_ and open_[-1].braces > braces:
                open_.pop()
            if open_ and open_[-1].braces == braces:
                open_[-1].part = "tail"
        elif said in "()":
            parens += 1 if said == "(" else -1
        elif kind == "word" and said.upper() == "SELECT":
            open_.append(_Select(braces, parens))
        elif kind == "word" and top and top.part not in {"head", "body"} and said.upper() in _CLAUSES:
            top.part = said.upper()
        if kind == "variable":
            _variable(
                at, said, written, terms, top, alone=top is not None and parens == top.parens, before=before
            )
        elif top and top.part == "head" and said == "*":
            top.others = True
        before = said.upper()
    return _declared(tokens, prefixes) + "".join(written).lstrip()


def _variable(
    at: int,
    said: str,
    written: list[str],
    terms: Mapping[str, str],
    top: _Select | None,
    *,
    alone: bool,
    before: str,
) -> None:
    term = terms.get(said[1:])
    part = top.part if top else ""
    if top and part == "head" and (term is None or not alone):
        top.others = True
    if term is None or before == "AS":
        return
    if top and part == "head" and alone:
        top.named.append(at)
    elif part == "GROUP" and alone:
        written[at] = f"({term} AS {said})"
    elif part == "ORDER" and alone:
        written[at] = f"({term})"
    else:
        written[at] = term


def _close_head(select: _Select, written: list[str], terms: Mapping[str, str]) -> None:
    """Drop the parameters that a head projects; one that projects nothing else keeps the first, as a constant."""
    for place, at in enumerate(select.named):
        keep = place == 0 and not select.others
        written[at] = f"({terms[written[at][1:]]} AS {written[at]})" if keep else ""


def _declared(tokens: list[tuple[str, str]], prefixes: Mapping[str, str]) -> str:
    """Declarations of the prefixes that are used and not declared."""
    plain = [(kind, said) for kind, said in tokens if kind not in {"note", "space"}]
    declared = {
        said.partition(":")[0]
        for (_, before), (kind, said) in pairwise(plain)
        if kind == "name" and before.upper() == "PREFIX"
    }
    used = {said.partition(":")[0] for kind, said in plain if kind == "name"}
    return "".join(
        f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items() if name in used and name not in declared
    )
