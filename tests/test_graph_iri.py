"""Names of nodes and literals: stable, ASCII, in the spelling that stores keep."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph import iri, literals, terms
from kg.model import Period

NAMES = (iri.named_place, iri.organisation, iri.programme, iri.candidate, iri.unit)
CHARACTERS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**11), max_value=10**11)


@given(CHARACTERS)
def test_any_text_gives_an_ascii_local_name_without_a_slash(text: str) -> None:
    for name in NAMES:
        assert re.fullmatch(r"[a-z]+-n?[0-9a-f]{10}", name(text))


@given(CHARACTERS, CHARACTERS)
def test_equal_names_and_only_those_share_a_node(one: str, two: str) -> None:
    assert (iri.organisation(one) == iri.organisation(two)) == (iri.normal(one) == iri.normal(two))


def test_width_does_not_make_another_organisation() -> None:
    assert iri.organisation("昆明市第９医院") == iri.organisation("昆明市第9医院")


def test_names_are_those_that_were_published() -> None:
    assert iri.organisation("昆明市卫生健康委员会") == "org-ea546d420b"
    assert iri.report_key("昆明市2020年总结\n") == "19ee56a645"
    assert iri.place("530100") == "place-530100"
    assert iri.indicator("fever-clinics") == "ind-fever-clinics"


@pytest.mark.parametrize("code", ["", "53", "云南", "530100/1", "5301000000000"])
def test_what_is_no_code_names_no_place(code: str) -> None:
    with pytest.raises(ValueError, match="division code"):
        iri.place(code)


@pytest.mark.parametrize("key", ["", "Beds", "床位", "a--b", "a/b", "-a"])
def test_what_is_no_slug_names_no_indicator(key: str) -> None:
    with pytest.raises(ValueError, match="indicator key"):
        iri.indicator(key)


@pytest.mark.parametrize(
    ("first", "last", "path"),
    [
        ("2020-01-01", "2020-12-31", "year/2020"),
        ("2020-05-30", "2020-05-30", "gregorian-day/2020-05-30"),
        ("2020-01-01", "2020-06-30", "gregorian-interval/2020-01-01T00:00:00/P6M"),
        ("2020-02-01", "2020-02-29", "gregorian-interval/2020-02-01T00:00:00/P1M"),
        ("2016-01-01", "2020-12-31", "gregorian-interval/2016-01-01T00:00:00/P5Y"),
        ("2019-10-01", "2020-09-30", "gregorian-interval/2019-10-01T00:00:00/P1Y"),
        ("2018-09-03", "2020-05-30", "gregorian-interval/2018-09-03T00:00:00/P636D"),
    ],
)
def test_periods_have_the_iris_of_reference_data(first: str, last: str, path: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert iri.period(period) == "http://reference.data.gov.uk/id/" + path


@given(st.dates(date(1, 1, 1), date.max), st.integers(0, 5000), st.integers(0, 5000))
def test_periods_that_differ_have_different_iris(start: date, one: int, two: int) -> None:
    ends = [min(start.toordinal() + days, date.max.toordinal()) for days in (one, two)]
    periods = [Period(start, date.fromordinal(end)) for end in ends]
    assert (iri.period(periods[0]) == iri.period(periods[1])) == (periods[0] == periods[1])


def test_the_last_day_of_the_calendar_is_no_trap() -> None:
    assert iri.period(Period(date.max - timedelta(days=1), date.max)).endswith("/P2D")


@given(NUMBERS)
def test_a_number_comes_back_from_a_store_as_it_went_in(value: Decimal) -> None:
    store = Store()
    node = NamedNode("https://example.org/n")
    for literal in (literals.number(value), literals.decimal(value)):
        store.add(Quad(node, node, literal))
        assert {str(quad.object) for quad in store} == {str(literal)}
        store.clear()


@given(NUMBERS)
def test_a_number_keeps_its_value_and_rdflib_its_spelling(value: Decimal) -> None:
    literal = literals.number(value)
    assert Decimal(literal.value) == value
    assert str(rdflib.Literal(literal.value, datatype=rdflib.URIRef(literal.datatype.value))) == literal.value


@given(NUMBERS, st.integers(0, 6))
def test_needless_zeros_make_no_other_number(value: Decimal, zeros: int) -> None:
    padded = Decimal(f"{value:f}" + ("" if "." in f"{value:f}" else ".") + "0" * zeros)
    assert literals.number(padded) == literals.number(value)


@pytest.mark.parametrize(
    ("value", "digits", "datatype"),
    [
        ("7.950", "7.95", terms.DECIMAL),
        ("35", "35", terms.INTEGER),
        ("35.00", "35", terms.INTEGER),
        ("1E+3", "1000", terms.INTEGER),
        ("-0.0", "0", terms.INTEGER),
        ("0.5", "0.5", terms.DECIMAL),
        ("-0.50", "-0.5", terms.DECIMAL),
    ],
)
def test_numbers_are_canonical(value: str, digits: str, datatype: NamedNode) -> None:
    assert literals.number(Decimal(value)) == Literal(digits, datatype=datatype)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        literals.number(Decimal(value))
