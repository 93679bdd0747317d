"""Which populated place of GeoNames a division is governed from."""

from __future__ import annotations

import pytest

from kg.link.geonames import Settlement, _read
from kg.link.seats import Seats, kilometres
from kg.tag import lexicon

KUNMING = Settlement(1804651, "Kunming", frozenset({"昆明", "昆明市"}), "53", 25.039, 102.718, 3855346)
QUJING = Settlement(1797318, "Qujing", frozenset({"曲靖", "曲靖市"}), "53", 25.483, 103.783, 1408500)


def town(
    key: int, names: str, latitude: float, longitude: float, *, province: str = "53", people: int = 0
) -> Settlement:
    return Settlement(key, "X", frozenset(names.split()), province, latitude, longitude, people)


def pairs(*settlements: Settlement) -> list[tuple[str, int, bool]]:
    found = Seats([KUNMING, QUJING, *settlements]).pairs()
    return [(p.unit.name, p.settlement.key, p.sure) for p in found if p.settlement.key < 100]


@pytest.mark.parametrize(
    ("settlement", "expected"),
    [
        (town(1, "安宁", 24.92, 102.48), [("安宁市", 1, True)]),
        (town(1, "安宁 安宁镇", 24.92, 102.48), [("安宁市", 1, False)]),  # a mere town, perhaps another one
        (town(1, "安宁 安宁镇", 24.92, 102.48, people=60000), [("安宁市", 1, True)]),
        (town(1, "东川", 37.1, 101.9, province="63"), []),  # 东川 in 青海: another province than 东川区
        (town(1, "寻甸回族彝族自治县 仁德", 25.56, 103.26), [("寻甸回族彝族自治县", 1, True)]),
        (town(1, "嵩明", 25.34, 103.04), [("嵩明县", 1, True)]),
        (town(1, "嵩明", 25.6, 104.2), [("嵩明县", 1, False)]),  # by another city
        (town(1, "嵩明 富民县", 25.34, 103.04), [("富民县", 1, True)]),  # another division's name in full
        (town(1, "云南 云南省", 25.0, 102.0), []),  # no populated place is a province
        (
            town(1, "大理 下关", 25.59, 100.23),
            [("大理市", 1, False), ("大理白族自治州", 1, False)],
        ),  # no centre known
    ],
)
def test_by_name_province_and_city(settlement: Settlement, expected: list[tuple[str, int, bool]]) -> None:
    assert sorted(pairs(settlement)) == sorted(expected)


def test_what_two_places_have_is_left_to_review() -> None:
    both = [town(1, "嵩明", 25.34, 103.04), town(2, "嵩明", 25.30, 103.00, people=5)]
    assert pairs(*both) == [("嵩明县", 1, False), ("嵩明县", 2, False)]


def test_a_full_name_that_two_places_have_is_that_by_its_city() -> None:
    both = [town(1, "嵩明县", 25.34, 103.04), town(2, "嵩明县", 25.6, 104.2)]
    assert pairs(*both) == [("嵩明县", 1, True)]


def test_a_place_is_the_seat_of_the_highest_division_that_it_names() -> None:
    assert pairs(town(1, "玉溪市 红塔区", 24.35, 102.54)) == [("玉溪市", 1, True), ("红塔区", 1, False)]


def test_what_is_proposed_says_why() -> None:
    (pair,) = [
        p for p in Seats([KUNMING, QUJING, town(1, "嵩明", 25.6, 104.2)]).pairs() if p.settlement.key == 1
    ]
    assert (pair.way, pair.doubt) == ("short", "not by its own city, as far as that is known")
    assert pair.distance == pytest.approx(kilometres((25.039, 102.718), (25.6, 104.2)))
    assert pair.distance == pytest.approx(161.5, abs=2)


def test_rows_of_the_package() -> None:
    row = {
        "geonameid": 1,
        "name": "Taoyuan",
        "countrycode": "CN",
        "admin1code": "11",
        "alternatenames": ["Tao-yuan", "桃源", "桃源縣", "タオ"],
        "latitude": 28.9,
        "longitude": 111.48,
        "population": 7,
    }
    rows = [row, row | {"admin1code": ""}, row | {"countrycode": "JP"}, row | {"alternatenames": ["Taoyuan"]}]
    expected = Settlement(1, "Taoyuan", frozenset({"桃源", "桃源县"}), "43", 28.9, 111.48, 7)
    assert list(_read(rows)) == [expected]
    assert (expected.iri, expected.wkt) == ("https://sws.geonames.org/1/", "POINT(111.48 28.9)")
    assert lexicon.divisions()["430000"].name == "湖南省"
