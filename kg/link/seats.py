"""Which populated place a division is named after and governed from: by name and province, where it must lie by its city.

A full name (昆明市, 寻甸回族彝族自治县) that one place of the province has is taken. A short one (昆明, 寻甸) is shared by towns and
villages: it is taken where one place of the province has it, which has no other division's name, lies by the division's
own city, and is no mere town of that name (东川 of 云南 is not 东川 in 青海). All else is proposed for review.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from kg.link.geonames import Settlement
from kg.model import Place
from kg.tag import lexicon

Point = tuple[float, float]
CONFIDENCE: Final = {"full": "0.99", "full by its city": "0.98", "short": "0.97"}
PROPOSED: Final = "0.6"
BESIDE: Final = (
    40.0  # kilometres from its city's centre, within which a place lies by it whatever else is near
)
FARTHEST: Final = 400.0
_TOWN = re.compile(r"[镇乡]$|街道$|苏木$")
_GOVERNED_ELSEWHERE = ("州", "盟", "地区")  # named after a country of old rather than their seat
_MOST = 5  # proposals for one division


@dataclass(frozen=True, slots=True)
class Pair:
    """That ``settlement`` is the seat of ``unit``. ``way`` is how its name agrees, ``distance`` km from its city's centre."""

    unit: Place
    settlement: Settlement
    way: str
    distance: float | None
    sure: bool
    doubt: str = ""


def kilometres(one: Point, other: Point) -> float:
    """The great-circle distance of two points (latitude, longitude), in kilometres."""
    a, b, c, d = map(math.radians, (*one, *other))
    return 12742 * math.asin(
        math.sqrt(math.sin((a - c) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((b - d) / 2) ** 2)
    )


class Seats:
    """Pairs for all divisions, worked out together: what is sure of one tells where its neighbours must lie."""

    def __init__(self, settlements: Iterable[Settlement], units: Iterable[Place] | None = None) -> None:
        self._units = list(units if units is not None else lexicon.divisions().values())
        self._names = {unit.name for unit in self._units if len(unit.name) > 2}
        self._by_name: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
        for settlement in settlements:
            for name in settlement.names:
                self._by_name[name, settlement.province].append(settlement)
        self._centres = self._found_centres()

    def pairs(self) -> list[Pair]:
        """Sure pairs and proposals, by code; a settlement is surely the seat of one division only, the highest."""
        found = [pair for unit in self._units for pair in self.of(unit)]
        found.sort(key=lambda pair: (pair.unit.code[2:] != "0000", pair.unit.level != "city", pair.unit.code))
        taken: dict[int, str] = {}
        kept = []
        for pair in found:
            other = taken.get(pair.settlement.key)
            if pair.sure and other is not None:
                kept.append(replace(pair, sure=False, doubt=f"also the seat of {other}"))
                continue
            if pair.sure:
                taken[pair.settlement.key] = pair.unit.name
            kept.append(pair)
        return sorted(kept, key=lambda pair: (pair.unit.code, pair.settlement.key))

    def of(self, unit: Place) -> list[Pair]:
        """What can be the seat of one division: one sure pair, or proposals, or nothing."""
        if len(unit.name) < 3 or (unit.level == "province" and unit.name[-1] not in "市区"):
            return []
        full = self._named(unit.name, unit)
        if full:
            return self._by_full_name(unit, full)
        shorts = [
            s for short in lexicon.short_names(unit.name) if len(short) > 1 for s in self._named(short, unit)
        ]
        return self._by_short_name(unit, list(dict.fromkeys(shorts)))

    def _named(self, name: str, unit: Place) -> list[Settlement]:
        return self._by_name.get((name, unit.code[:2]), [])

    def _by_full_name(self, unit: Place, found: Sequence[Settlement]) -> list[Pair]:
        if len(found) == 1:
            strays = unit.name[-1] == "区" and self._lies_by(unit, found[0]) is False
            return [
                self._pair(
                    unit, found[0], "full", sure=not strays, doubt="not by its own city" if strays else ""
                )
            ]
        near = [one for one in found if self._lies_by(unit, one)]
        if unit.level == "county" and len(near) == 1:
            return [self._pair(unit, near[0], "full by its city", sure=True)]
        return self._proposed(
            unit, near or found, "full", f"{len(found)} places of the province have this name"
        )

    def _by_short_name(self, unit: Place, found: Sequence[Settlement]) -> list[Pair]:
        own = {unit.name, *lexicon.short_names(unit.name)}
        free = [one for one in found if not (one.names - own) & self._names]
        if len(free) != 1:
            return self._proposed(unit, free, "short", f"{len(free)} places of the province have this name")
        (only,) = free
        if unit.level == "province" or unit.name.endswith(_GOVERNED_ELSEWHERE):
            doubt = "its seat may have another name"
        elif not self._lies_by(unit, only):
            doubt = "not by its own city, as far as that is known"
        elif only.population == 0 and any(_TOWN.search(name) for name in only.names):
            doubt = "a town of this name"
        else:
            doubt = ""
        return [self._pair(unit, only, "short", sure=not doubt, doubt=doubt)]

    def _proposed(self, unit: Place, found: Sequence[Settlement], way: str, doubt: str) -> list[Pair]:
        ranked = sorted(found, key=lambda one: (-one.population, one.key))[:_MOST]
        return [self._pair(unit, one, way, sure=False, doubt=doubt) for one in ranked]

    def _pair(self, unit: Place, settlement: Settlement, way: str, *, sure: bool, doubt: str = "") -> Pair:
        centre = self._centres.get(unit.parent or "") if unit.level == "county" else None
        distance = kilometres(centre, (settlement.latitude, settlement.longitude)) if centre else None
        return Pair(unit, settlement, way, distance, sure, doubt)

    def _lies_by(self, unit: Place, settlement: Settlement) -> bool | None:
        """Whether a place lies beside the division's own city, or nearer to it than to others; None where that has no centre."""
        own = unit.code if unit.level == "city" else unit.parent or ""
        above = lexicon.place(own)
        if above is None or above.level != "city":
            return True  # nothing between it and its province
        if own not in self._centres:
            return None
        here = (settlement.latitude, settlement.longitude)
        distance = kilometres(self._centres[own], here)
        rivals = (kilometres(at, here) for code, at in self._centres.items() if code[:2] == own[:2])
        return distance <= BESIDE or (distance <= FARTHEST and distance <= min(rivals))

    def _found_centres(self) -> Mapping[str, Point]:
        """Where the cities lie: the one place with the full name, else amid those of their counties."""
        alone: dict[str, Point] = {}
        below: dict[str, list[Point]] = defaultdict(list)
        for unit in self._units:
            full = self._named(unit.name, unit) if len(unit.name) > 2 else []
            if len(full) == 1:
                alone[unit.code] = (full[0].latitude, full[0].longitude)
                below[unit.parent or ""].append(alone[unit.code])
        amid = {
            code: (median(p[0] for p in points), median(p[1] for p in points))
            for code, points in below.items()
            if len(points) > 1
        }
        cities = [unit.code for unit in self._units if unit.level == "city"]
        return {code: alone.get(code) or amid[code] for code in cities if code in alone or code in amid}
