"""What a graph as a whole is: its title, what it holds, its licence, whether its figures are invented."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import Message, StoreError
from kg.graph import literals, terms

GRAPH: Final = "graph-dataset"
"""Local name of the graph that holds the description."""

CONSOLIDATED: Final = "consolidated"
"""Local name of the data set of consolidated values, which is derived from the one of statements."""

_ABOUT: Final = Message(
    "每个指标、主体、时期一个数值，注明选定它的规则和它背后的全部陈述。",
    "One value for each indicator, subject and period, with the rule that chose it and all statements behind it.",
)

FILE_NAME: Final = "dataset.toml"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A description in both languages. ``licence`` is an IRI, or empty where none is stated."""

    title_zh: str = "卫生健康报告知识图谱"
    title_en: str = "Figures from health-administration reports"
    about_zh: str = "从卫生健康行政报告中读出的数字、名称及其出处。"
    about_en: str = "Figures and names read from health-administration reports, each with its evidence."
    licence: str = ""
    invented: bool = False

    @classmethod
    def read(cls, path: Path) -> Dataset:
        """The description in a TOML file, or in the ``dataset.toml`` of a folder; what it leaves out is as by default.

        Raises StoreError E311 when it cannot be read or says something that a description does not have.
        """
        where = path / FILE_NAME if path.is_dir() else path
        try:
            said = tomllib.loads(where.read_text(encoding="utf-8"))
            return cls(**_fields(said))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
            raise StoreError("E311", path=where, reason=error) from error

    def quads(self, base: str) -> list[Quad]:
        """The description as RDF, sorted."""
        graph = NamedNode(base + GRAPH)
        return sorted({Quad(*statement, graph) for statement in self._statements(base)}, key=str)

    def _statements(self, base: str) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        node, consolidated = NamedNode(base + "dataset"), NamedNode(base + CONSOLIDATED)
        for kind in (terms.DATA_SET, terms.DCAT_DATASET):
            yield consolidated, terms.TYPE, kind
        yield consolidated, terms.STRUCTURE, terms.CONSOLIDATED_CUBE
        yield consolidated, terms.WAS_DERIVED_FROM, node
        yield consolidated, terms.TITLE, literals.zh(f"{self.title_zh}：合并值")
        yield consolidated, terms.TITLE, Literal(f"{self.title_en}: consolidated values", language="en")
        yield consolidated, terms.DESCRIPTION, literals.zh(_ABOUT.zh)
        yield consolidated, terms.DESCRIPTION, Literal(_ABOUT.en, language="en")
        yield consolidated, terms.INVENTED, literals.boolean(self.invented)
        for kind in (terms.DATA_SET, terms.DCAT_DATASET, terms.VOID_DATASET):
            yield node, terms.TYPE, kind
        yield node, terms.STRUCTURE, terms.CUBE
        yield node, terms.TITLE, literals.zh(self.title_zh)
        yield node, terms.TITLE, Literal(self.title_en, language="en")
        yield node, terms.DESCRIPTION, literals.zh(self.about_zh)
        yield node, terms.DESCRIPTION, Literal(self.about_en, language="en")
        yield node, terms.INVENTED, literals.boolean(self.invented)
        if self.licence:
            yield node, terms.LICENSE, NamedNode(self.licence)
            yield consolidated, terms.LICENSE, NamedNode(self.licence)


def _fields(said: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in said.items():
        if key in {"title", "description"} and isinstance(value, dict) and set(value) <= {"zh", "en"}:
            stem = {"title": "title", "description": "about"}[key]
            fields |= {f"{stem}_{language}": _text(key, text) for language, text in value.items()}
        elif key == "licence":
            fields["licence"] = NamedNode(_text(key, value)).value
        elif key == "invented" and isinstance(value, bool):
            fields["invented"] = value
        else:
            raise ValueError(f"{key} = {value!r}")
    return fields


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} = {value!r}")
    return value
