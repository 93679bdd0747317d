"""Profiles: what a whole graph can be checked against beside the shapes, by the name that ``kg validate`` knows it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kg.graph import cube
from kg.graph.checks import Check
from kg.graph.parameters import Queryable

PROFILES: Final[Mapping[str, Callable[[Queryable], Iterator[Check]]]] = {"qb": cube.check}
"""Name → what checks it: ``qb``, the integrity constraints of RDF Data Cube."""
