"""What services call the things that ours are: their types and properties, by the namespace of their identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from kg.errors import UsageError
from kg.graph import terms
from kg.link.names import Kind
from kg.link.reconcile.protocol import Manifest

SERVICES: Final = MappingProxyType({"wikidata": "https://wikidata.reconci.link/zh/api"})
"""Services that have a name on the command line."""
PROPERTIES: Final = ("code", "region")
"""What is told of a thing besides its name and type."""


@dataclass(frozen=True, slots=True)
class Preset:
    """The words of a service: the ``types`` of our kinds, and its properties for a division's ``code`` and its ``region``.

    ``spaced``: codes are written in pairs of digits without the zeros at the end (53 01). ``by_code``: a region is told by
    its code, not its name. What is empty is not said to the service.
    """

    types: Mapping[Kind, str] = field(default_factory=dict)
    code: str = ""
    region: str = ""
    spaced: bool = False
    by_code: bool = False

    def code_of(self, code: str) -> str:
        """A GB/T 2260 code as the service writes it."""
        if not (self.spaced and len(code) == 6 and code.isdecimal()):
            return code
        pairs = [code[at : at + 2] for at in (0, 2, 4)]
        while pairs and pairs[-1] == "00":
            pairs.pop()
        return " ".join(pairs)


# Wikidata: administrative territorial entity of China (Q50231), organization (Q43229), China administrative division code
# (P442, digits in pairs), located in the administrative territorial entity (P131).
_WIKIDATA: Final = Preset(
    MappingProxyType({"place": "Q50231", "organisation": "Q43229"}), code="P442", region="P131", spaced=True
)
_OURS: Final = Preset(
    MappingProxyType({kind: kind for kind in ("place", "organisation", "indicator")}),
    code="code",
    region="region",
    by_code=True,
)


def preset(manifest: Manifest, kind: Kind, given: Mapping[str, str], service_type: str = "") -> Preset:
    """The words of a service: those that are known, with what was ``given`` on the command line in their place.

    Raises:
        UsageError: E629 when a property was given that is none of `PROPERTIES`.
    """
    unknown = [name for name in given if name not in PROPERTIES]
    if unknown:
        raise UsageError("E629", given=unknown[0], known=", ".join(PROPERTIES))
    known = Preset()
    if manifest.space == terms.OUTSIDE["wd"]:
        known = _WIKIDATA
    elif manifest.schema == terms.HA:
        known = _OURS
    types = {**known.types, **({kind: service_type} if service_type else {})}
    return replace(
        known,
        types=types,
        code=given.get("code", known.code),
        region=given.get("region", known.region),
        spaced=known.spaced and "code" not in given,
        by_code=known.by_code and "region" not in given,
    )
