"""The protocol's answers over a catalogue: what comes in as JSON, what goes out as JSON. No HTTP here.

Version 0.2 of the protocol; what version 0.1 says differently, clients of it do not notice.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.config import VERSION
from kg.graph import terms
from kg.link.compare import Agreement
from kg.link.reconcile.catalogue import PROPERTIES, TYPES, Catalogue, Entity, Found, Sort, Wanted

BATCH: Final = 50
"""The most queries in a batch."""
_MOST: Final = 50
_AGREED: Final[Mapping[Agreement, float]] = {"same": 1.0, "wider": 0.5, "unknown": 0.5, "differs": 0.0}

Json = dict[str, Any]


class RequestError(ValueError):
    """A request that is not of the protocol's shape; ``status`` is that of HTTP."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


class Service:
    """A catalogue, answering; ``url`` is where the service is reached, without a slash at its end."""

    def __init__(self, catalogue: Catalogue, url: str, name: str = "kg") -> None:
        self.catalogue = catalogue
        self.url = url
        self.name = name
        self._types = {sort.id: sort for sort in catalogue.types}

    def manifest(self) -> Json:
        """What the service says of itself."""
        suggest = {
            one: {"service_url": self.url, "service_path": f"/suggest/{one}"}
            for one in ("entity", "type", "property")
        }
        return {
            "versions": ["0.1", "0.2"],
            "name": self.name,
            "identifierSpace": self.catalogue.base,
            "schemaSpace": terms.HA,
            "defaultTypes": [_plain(sort) for sort in TYPES],
            "serviceVersion": VERSION,
            "view": {"url": f"{self.url}/entity?id={{{{id}}}}"},
            "preview": {"url": f"{self.url}/entity?id={{{{id}}}}", "width": 430, "height": 220},
            "suggest": suggest,
            "extend": {
                "propose_properties": {"service_url": self.url, "service_path": "/properties"},
                "property_settings": [],
            },
            "batchSize": BATCH,
        }

    def queries(self, batch: object) -> Json:
        """The candidates for each query of a batch. Raises RequestError."""
        if not isinstance(batch, dict) or not all(isinstance(one, dict) for one in batch.values()):
            raise RequestError("queries is no object of queries")
        if len(batch) > BATCH:
            raise RequestError(f"more than {BATCH} queries", 413)
        return {
            key: {"result": [self._candidate(one) for one in self._find(query)]}
            for key, query in batch.items()
        }

    def extend(self, asked: object) -> Json:
        """The values of properties of entities. Raises RequestError."""
        if not isinstance(asked, dict):
            raise RequestError("extend is no object")
        ids, properties = asked.get("ids"), asked.get("properties")
        if not (isinstance(ids, list) and all(isinstance(one, str) for one in ids)):
            raise RequestError("ids is no list of strings")
        if not (isinstance(properties, list) and all(isinstance(one, dict) for one in properties)):
            raise RequestError("properties is no list of objects")
        known = {sort.id: sort for sort in PROPERTIES}
        wanted = [known[one["id"]] for one in properties if one.get("id") in known]
        meta = [
            {
                "id": sort.id,
                "name": sort.name,
                **({"type": {"id": "place", "name": TYPES[0].name}} if sort.id == "region" else {}),
            }
            for sort in wanted
        ]
        return {
            "meta": meta,
            "rows": {one: {sort.id: list(self._cells(one, sort.id)) for sort in wanted} for one in ids},
        }

    def properties(self, kind: str, limit: str = "") -> Json:
        """The properties that are worth asking for entities of a type. Raises RequestError."""
        shown = PROPERTIES[: _number(limit, "limit", len(PROPERTIES))]
        return {"type": kind, "properties": [_plain(sort) for sort in shown]}

    def suggest(self, what: str, prefix: str, cursor: str = "") -> Json:
        """What begins with ``prefix``: entities, types or properties. Raises RequestError."""
        skip = _number(cursor, "cursor", 0)
        if what == "entity":
            found = self.catalogue.suggest(prefix, skip)
            return {"result": [self._suggested(one) for one in found]}
        sorts = self.catalogue.types if what == "type" else PROPERTIES
        start = prefix.strip().lower()
        chosen = [
            sort
            for sort in sorts
            if sort.id.lower().startswith(start)
            or any(word.startswith(start) for word in sort.name.lower().split())
        ]
        return {"result": [_plain(sort) for sort in chosen[skip : skip + _MOST]]}

    def page(self, given: str) -> str | None:
        """A page on an entity, small enough to be shown in a frame; None where there is none."""
        entity = self.catalogue.get(given)
        if entity is None:
            return None
        rows = []
        for sort in PROPERTIES:
            shown = "；".join(str(next(iter(cell.values()))) for cell in self._named(entity, sort.id))
            if shown:
                rows.append(f"<tr><th>{html.escape(sort.name)}</th><td>{html.escape(shown)}</td></tr>")
        return (
            '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
            f"<title>{html.escape(entity.name)}</title><style>body{{font:14px sans-serif;margin:8px}}"
            "h1{font-size:16px;margin:0 0 6px}th{text-align:left;font-weight:normal;color:#555;padding-right:10px;"
            "vertical-align:top;white-space:nowrap}</style></head><body>"
            f"<h1>{html.escape(entity.name)}</h1><table>{''.join(rows)}</table>"
            f"<p>{html.escape(entity.record.iri)}</p></body></html>\n"
        )

    def _find(self, query: Json) -> list[Found]:
        text, types, properties = query.get("query", ""), query.get("type", []), query.get("properties", [])
        types = [types] if isinstance(types, str) else types
        if not isinstance(text, str):
            raise RequestError("query is no text")
        if not (isinstance(types, list) and isinstance(properties, list)):
            raise RequestError("type or properties is no list")
        if "query" not in query and not properties:
            raise RequestError("a query has neither a name nor properties")
        if not (text.strip() or properties):
            return []  # a blank cell of a table, which must not cost the batch its answers
        names = [one.get("id") if isinstance(one, dict) else one for one in types]
        told: dict[str, tuple[str, ...]] = {}
        for one in properties:
            if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
                raise RequestError("a property has no pid or no v")
            values = one["v"] if isinstance(one["v"], list) else [one["v"]]
            told[one["pid"]] = (*told.get(one["pid"], ()), *filter(None, map(_value, values)))
        limit = query.get("limit", 10)
        if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1:
            raise RequestError("limit is no positive number")
        wanted = Wanted(
            text, tuple(one for one in names if isinstance(one, str)), told, min(int(limit), _MOST)
        )
        return self.catalogue.find(wanted)

    def _candidate(self, found: Found) -> Json:
        entity, match = found.entity, found.match
        features = [] if match is None else [
            {"id": "name", "value": round(match.name, 4)},
            {"id": "region", "value": _AGREED[match.region]},
            {"id": "type", "value": _AGREED[match.type]},
            {"id": "code", "value": _AGREED[match.code]},
        ]  # fmt: skip
        return {
            "id": entity.id,
            "name": entity.name,
            "description": entity.description,
            "type": [_plain(sort) for sort in self._sorts(entity)],
            "score": found.score,
            "features": features,
            "match": found.certain,
        }

    def _suggested(self, entity: Entity) -> Json:
        notable = [sort.id for sort in self._sorts(entity)]  # OpenRefine joins them as they come
        return {"id": entity.id, "name": entity.name, "description": entity.description, "notable": notable}

    def _sorts(self, entity: Entity) -> list[Sort]:
        return [self._types[one] for one in (entity.kind, *entity.types) if one in self._types]

    def _cells(self, given: str, name: str) -> Iterator[Json]:
        entity = self.catalogue.get(given)
        if entity is not None:
            yield from self._named(entity, name)

    def _named(self, entity: Entity, name: str) -> Iterator[Json]:
        """The values of a property as cells; places are entities."""
        for value in self.catalogue.values(entity, name):
            place = self.catalogue.get(f"place-{value}") if name == "region" else None
            if place is not None:
                yield {"name": place.name, "id": place.id}
            elif name == "figures":
                yield {"int": int(value)}
            else:
                yield {"str": self._types[value].name if name == "type" and value in self._types else value}


def _plain(sort: Sort) -> Json:
    return {"id": sort.id, "name": sort.name}


def _value(value: object) -> str:
    """A property's value as a text; of an entity its id."""
    if isinstance(value, dict):
        value = value.get("id") or value.get("name")
    return "" if value is None or isinstance(value, bool | dict | list) else str(value)


def _number(given: str, what: str, otherwise: int) -> int:
    if not given:
        return otherwise
    if not (given.isascii() and given.isdecimal()):
        raise RequestError(f"{what} is no number")
    return int(given)
