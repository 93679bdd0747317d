"""What a file says about its report reaches the scope and the graph: title, date, source, address, cells."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from graph_samples import PLACES
from reading import read_text
from sample_facts import reading

from kg.config import BASE
from kg.graph import terms
from kg.graph.mapper import to_quads
from kg.model import Document

BODY = "全市共有医院35家，床位4.5万张。\n"


def test_a_title_that_the_text_does_not_print_gives_place_and_period() -> None:
    made = read_text(BODY, title="丽水市2021年卫生健康工作总结")
    (fact,) = [fact for fact in made.facts if fact.quote == "35家"]
    assert (fact.subject.name, fact.period.start) == ("丽水市", date(2021, 1, 1))  # type: ignore[union-attr]


def test_a_traditional_title_is_kept_in_simplified_characters() -> None:
    assert (
        read_text(BODY, title="麗水市２０２１年衛生健康工作總結").scope.title
        == "丽水市2021年卫生健康工作总结"
    )


def test_the_publisher_gives_the_place_where_nothing_else_does() -> None:
    scope = read_text(BODY, publisher="衢州市卫生健康委员会").scope
    assert scope.place is not None
    assert scope.place.name == "衢州市"


def test_the_date_of_the_container_is_the_date_of_publication() -> None:
    assert read_text(BODY, published=date(2022, 2, 3)).scope.published == date(2022, 2, 3)


def published(document: Document) -> set[tuple[str, str]]:
    """What the graph says of the file of a document."""
    made = reading_of(document)
    return {
        (quad.predicate.value.split("#")[-1], quad.object.value)
        for quad in to_quads(made, PLACES, BASE)
        if quad.subject.value.startswith(BASE + "file-")
    }


def reading_of(document: Document):
    from dataclasses import replace  # noqa: PLC0415

    return replace(read_text(BODY), document=document)


def test_the_file_says_what_it_is_and_where_it_came_from() -> None:
    document = Document(
        "a.html",
        BODY,
        "0" * 64,
        "gb18030",
        "a.html",
        publisher="丽水市卫生健康委员会",
        url="https://example.org/a.html",
        format="html",
        retrieved=datetime(2024, 3, 5, 2, 0, tzinfo=UTC),
    )
    assert published(document) == {
        ("type", terms.SOURCE_FILE.value),
        ("https://schema.org/name", "a.html"),
        ("https://schema.org/sha256", "0" * 64),
        ("characterEncoding", "gb18030"),
        ("mediaType", "https://www.iana.org/assignments/media-types/text/html"),
        ("https://schema.org/url", "https://example.org/a.html"),
        ("https://schema.org/creditText", "丽水市卫生健康委员会"),
        ("http://purl.org/pav/retrievedOn", "2024-03-05T02:00:00Z"),
    }


@pytest.mark.parametrize(
    ("name", "value", "cell"),
    [
        ("tables/counties.xlsx", "8412", "表1!E4"),
        ("tables/counties.docx", "8412", "表1!R2C5"),
        ("tables/counties.html", "8412", "表1!R2C5"),
        ("tables/counties.csv", "8412", "R4C5"),
        ("tables/counties.calc.pdf", "8412", "第1页表1!R2C5"),
    ],
)
def test_a_figure_of_a_table_knows_its_cell(name: str, value: str, cell: str) -> None:
    made = reading(name)
    quads = to_quads(made, PLACES, BASE)
    values = {q.subject: q.object.value for q in quads if q.predicate == terms.OBS_VALUE}
    evidence = {q.subject: q.object for q in quads if q.predicate == terms.WAS_DERIVED_FROM}
    cells = {q.subject: q.object.value for q in quads if q.predicate == terms.CELL}
    assert [cells[evidence[node]] for node, number in values.items() if number == value] == [cell]
