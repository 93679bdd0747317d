"""Saved queries: headers, parameters bound as terms, and what each query answers on a small graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from graph_samples import FACTS, KUNMING, PLACES, TEXT, YEAR, fact, other, reading

from kg.config import BASE
from kg.errors import QueryError
from kg.graph.mapper import to_quads
from kg.graph.query import Answer, SavedQuery, load, parse, run, saved
from kg.graph.store import GraphStore
from kg.model import Period

FACT_COLUMNS = "doc,start,end,quote,sentence,value,unit,comparator,kind,indicator,subject,subject_iri,area,time_start,time_end,rule,confidence"
NAMES = sorted(query.name for query in saved())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Kunming in two reports that disagree on one figure, and Linfen."""
    folder = tmp_path_factory.mktemp("query") / "store"
    later = TEXT.replace("7.45/10万", "8.10/10万").replace("2020年卫生", "2021年卫生")
    again = reading(
        "kunming-2.txt",
        later,
        (
            fact("8.10/10万", "8.1", "/10万", "rate", "孕产妇死亡率", text=later),
            fact("48.59万元", "485900", "元", "money", "财政投入", text=later),
            fact(
                "103.5%", "103.5", "%", "rate", "完成率", text=later, period=Period.year(2021), confidence=0.4
            ),
            fact("66个", "66", "个", "count", "供血", text=later, period=None, area=None),
        ),
        (),
    )
    with GraphStore.open(folder) as made:
        for one in (reading(), again, other()):
            made.put(one, to_quads(one, PLACES, BASE), one.document.path)
    with GraphStore.open(folder, read_only=True) as opened:
        yield opened


def rows(store: GraphStore, name: str, **given: str) -> list[dict[str, str | None]]:
    """The answer of a saved query, each row by column."""
    answer = run(store, load(name), given)
    assert isinstance(answer, Answer)
    return [
        dict(zip(answer.columns, (term and term.value for term in row), strict=True)) for row in answer.rows
    ]


def code(caught: pytest.ExceptionInfo[QueryError]) -> str:
    return caught.value.code


# Headers


@pytest.mark.parametrize("name", NAMES)
def test_header_is_whole(name: str) -> None:
    query = load(name)
    assert all((query.title_zh, query.title_en, query.about_zh, query.about_en))
    assert query.example.startswith(f"kg query {name}")
    assert all(p.about_zh and p.about_en and p.example for p in query.parameters.values())


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_projected_and_rows_ordered(name: str) -> None:
    query = load(name)
    head, body = query.text.split("WHERE", 1)
    used = set(re.findall(r"\?_(\w+)", body))
    assert used == set(query.parameters)
    assert all(re.search(rf"(?<!\()\?_{parameter}\b", head) for parameter in used)
    assert "ORDER BY" in body


@pytest.mark.parametrize("name", NAMES)
def test_table_names_columns_of_the_query(store: GraphStore, name: str) -> None:
    query = load(name)
    answer = run(store, query, given_for(query))
    assert isinstance(answer, Answer)
    assert set(query.table) <= set(answer.columns)


def given_for(query: SavedQuery) -> dict[str, str]:
    """Values for the required parameters of a query that the small graph knows."""
    known = {
        "place": "昆明市",
        "indicator": "孕产妇死亡率",
        "organisation": "昆明市第九人民医院",
        "entity": "昆明市第九人民医院",
    }
    return {p.name: known.get(p.type, p.example) for p in query.parameters.values() if p.required}


def test_header_that_is_no_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text("#+ title = {zh\nSELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        parse(path)
    assert code(caught) == "E202"
    assert "bad.rq" in str(caught.value)


def test_unknown_type_of_parameter_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text('#+ [parameters.x]\n#+ type = "colour"\nSELECT ?_x WHERE { ?s ?p ?_x }', encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        parse(path)
    assert code(caught) == "E202"
    assert "colour" in str(caught.value)


def test_query_without_header_is_asked(store: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / "plain.rq"
    path.write_text("SELECT (COUNT(?o) AS ?n) WHERE { ?o ha:indicatorText ?t }", encoding="utf-8")
    answer = run(store, load(str(path)))
    assert isinstance(answer, Answer)
    assert [row[0] and row[0].value for row in answer.rows] == [str(len(FACTS) + 4 + 1)]


def test_a_mistyped_query_is_told_the_close_ones() -> None:
    with pytest.raises(QueryError) as caught:
        load("fact")
    assert code(caught) == "E201"
    assert "facts" in caught.value.en and "rates-over-time" not in str(caught.value)


def test_sparql_that_does_not_parse_is_an_error(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, SavedQuery("broken", "SELECT ?s WHERE {"))
    assert code(caught) == "E203"


def test_a_service_that_does_not_answer_is_an_error(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        answer = run(
            store, SavedQuery("far", "SELECT ?s WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }")
        )
        assert isinstance(answer, Answer)
        list(answer.rows)
    assert code(caught) == "E651"


def test_ask_and_construct(store: GraphStore) -> None:
    assert run(store, SavedQuery("ask", "ASK { ?o a qb:Observation }")) is True
    triples = run(
        store, SavedQuery("make", "CONSTRUCT { ?o ha:rule ?r } WHERE { ?o ha:indicatorText ?t ; ha:rule ?r }")
    )
    assert isinstance(triples, list)
    assert len(triples) == len(FACTS) + 4 + 1


# Parameters


def test_unknown_parameter_names_the_known_ones(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        rows(store, "indicator-by-place", indikator="床位")
    assert code(caught) == "E204"
    assert "indicator (indicator); year (integer)" in str(caught.value)


def test_missing_parameter_gives_an_example(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        rows(store, "place-profile")
    assert code(caught) == "E205"
    assert "--param place=" in str(caught.value)


def test_unknown_name_gives_close_ones(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        rows(store, "place-profile", place="昆明县")
    assert code(caught) == "E207"
    assert "昆明市" in str(caught.value)


def test_name_of_several_things_lists_them(store: GraphStore, tmp_path: Path) -> None:
    both = (replace(KUNMING, name="朝阳市", code="211300"), replace(KUNMING, name="朝阳区", code="110105"))
    places = {
        "211300": replace(PLACES["530100"], code="211300", name="朝阳市", parent=None),
        "110105": replace(PLACES["530100"], code="110105", name="朝阳区", parent=None),
    }
    one = reading(
        facts=tuple(replace(FACTS[i], subject=both[i], area=places[str(both[i].code)]) for i in (0, 1)),
        mentions=(),
    )
    with GraphStore.open(tmp_path / "store") as made:
        made.put(one, to_quads(one, PLACES | places, BASE), "a")
        with pytest.raises(QueryError) as caught:
            rows(made, "place-profile", place="朝阳")
    assert code(caught) == "E208"
    assert "place-211300" in str(caught.value)
    assert "place-110105" in str(caught.value)


def test_comparison_with_a_parameter_holds_both_ways(store: GraphStore) -> None:
    """The engine folds ``!BOUND(?_x)`` to true; ``COALESCE(…, true)`` is what the documents recommend."""
    given = {"to": "2020-06-30"}
    assert len(rows(store, "place-profile", place="昆明市", **given)) < len(
        rows(store, "place-profile", place="昆明市")
    )


# Answers


def test_facts_has_the_contract_columns_and_every_fact(store: GraphStore) -> None:
    answer = run(store, load("facts"))
    assert isinstance(answer, Answer)
    assert ",".join(answer.columns) == FACT_COLUMNS
    found = rows(store, "facts")
    assert len(found) == len(FACTS) + 4 + 1
    assert [(row["doc"], int(row["start"] or 0)) for row in found] == sorted(
        (row["doc"], int(row["start"] or 0)) for row in found
    )
    assert all(
        TEXT[int(r["start"] or 0) : int(r["end"] or 0)] == r["quote"]
        for r in found
        if r["doc"] == "kunming.txt"
    )


def test_fact_without_area_or_period_is_a_row(store: GraphStore) -> None:
    (row,) = [row for row in rows(store, "facts") if row["unit"] == "个"]
    assert (row["area"], row["time_start"], row["time_end"]) == (None, None, None)
    assert (row["value"], row["kind"], row["subject"]) == ("66", "count", "昆明市")


def test_facts_and_mentions_of_one_file(store: GraphStore) -> None:
    assert {row["doc"] for row in rows(store, "facts", doc="linfen.txt")} == {"linfen.txt"}
    assert {row["doc"] for row in rows(store, "mentions", doc="linfen.txt")} == {"linfen.txt"}


def test_mentions_has_the_contract_columns(store: GraphStore) -> None:
    answer = run(store, load("mentions"))
    assert isinstance(answer, Answer)
    assert ",".join(answer.columns) == "doc,start,end,text,label,name,iri"
    found = [(row["doc"], row["text"], row["label"], row["name"]) for row in rows(store, "mentions")]
    assert ("kunming.txt", "寻甸县", "PLACE", "寻甸回族彝族自治县") in found
    assert len(found) == 4 + 2


def test_indicator_by_place_with_and_without_a_year(store: GraphStore) -> None:
    found = rows(store, "indicator-by-place", indicator="孕产妇死亡率")
    assert [(row["doc"], row["value"]) for row in found] == [
        ("kunming.txt", "7.45"),
        ("kunming-2.txt", "8.1"),
    ]
    assert rows(store, "indicator-by-place", indicator="孕产妇死亡率", year="2021") == []


def test_indicator_in_region_climbs(store: GraphStore) -> None:
    found = rows(store, "indicator-in-region", indicator="床位", region="山西省")
    assert [(row["area"], row["value"]) for row in found] == [("临汾市", "81")]
    assert rows(store, "indicator-in-region", indicator="床位", region="云南省") == []


def test_place_profile_between_days(store: GraphStore) -> None:
    every = rows(store, "place-profile", place="昆明市")
    within = rows(store, "place-profile", place="昆明市", **{"from": "2020-01-01", "to": "2020-12-31"})
    assert "2025-12-31" in {row["time_end"] for row in every}
    assert {row["time_end"] for row in within} == {"2020-12-31", "2020-06-30", None}


def test_organisation_profile_has_facts_and_where_it_is_named(store: GraphStore) -> None:
    found = rows(store, "organisation-profile", organisation="昆明市第九人民医院")
    assert [row["what"] for row in found if row["part"] == "fact"] == ["全省位次", "建筑面积", "建筑面积增长"]
    assert [(row["doc"], row["value"]) for row in found if row["part"] == "named"] == [
        ("kunming.txt", "1"),
        ("linfen.txt", "1"),
    ]


def test_programme_places(store: GraphStore) -> None:
    found = [(row["programme"], row["place"], row["reports"]) for row in rows(store, "programme-places")]
    assert found == [("健康昆明行动", "临汾市", "1"), ("健康昆明行动", "昆明市", "1")]


def test_evidence_of_one_fact(store: GraphStore) -> None:
    (row,) = rows(store, "evidence", indicator="床位")
    assert (row["quote"], row["doc"]) == ("81张", "linfen.txt")
    assert rows(store, "evidence", fact=str(row["fact"])) == [row]


def test_disagreements_only_where_reports_differ(store: GraphStore) -> None:
    found = [(row["indicator"], row["value"], row["doc"]) for row in rows(store, "disagreements")]
    assert found == [("孕产妇死亡率", "7.45", "kunming.txt"), ("孕产妇死亡率", "8.1", "kunming-2.txt")]


def test_coverage_counts(store: GraphStore) -> None:
    found = [
        (row["place"], row["year"], row["reports"], row["facts"])
        for row in rows(store, "coverage", place="昆明市")
    ]
    assert found == [
        ("昆明市", "2020", "2", "10"),
        ("昆明市", "2021", "1", "1"),
        ("昆明市", "2025", "1", "1"),
    ]


def test_rates_over_time_needs_two_points(store: GraphStore) -> None:
    found = [(row["indicator"], row["time_end"], row["value"]) for row in rows(store, "rates-over-time")]
    assert found == [("完成率", "2020-12-31", "103.5"), ("完成率", "2021-12-31", "103.5")]


def test_targets_and_changes(store: GraphStore) -> None:
    assert [(r["indicator"], r["comparator"], r["time_end"]) for r in rows(store, "targets")] == [
        ("婚检率", ">=", "2025-12-31")
    ]
    assert [(r["indicator"], r["direction"]) for r in rows(store, "changes")] == [("建筑面积增长", "up")]
    assert rows(store, "changes", direction="down") == []


def test_indicators_that_contain_a_word(store: GraphStore) -> None:
    (row,) = rows(store, "indicators", contains="死亡率")
    assert (row["indicator"], row["facts"], row["reports"]) == ("孕产妇死亡率", "2", "2")


def test_candidate_indicators_by_least_number(store: GraphStore) -> None:
    assert len(rows(store, "candidate-indicators")) > len(rows(store, "candidate-indicators", least="2"))
    assert {row["facts"] for row in rows(store, "candidate-indicators", least="2")} == {"2"}


def test_reports_counts(store: GraphStore) -> None:
    found = [(row["doc"], row["place"], row["facts"], row["mentions"]) for row in rows(store, "reports")]
    assert found == [
        ("kunming-2.txt", "昆明市", "4", "0"),
        ("kunming.txt", "昆明市", str(len(FACTS)), "4"),
        ("linfen.txt", "临汾市", "1", "2"),
    ]


def test_organisations_counts(store: GraphStore) -> None:
    (row,) = rows(store, "organisations", contains="第九")
    assert (row["mentions"], row["reports"], row["facts"]) == ("2", "2", "3")


def test_doubtful_below(store: GraphStore) -> None:
    assert [row["indicator"] for row in rows(store, "doubtful")] == ["完成率"]
    assert rows(store, "doubtful", below="0.4") == []


def test_two_files_with_one_text_are_two_rows(tmp_path: Path) -> None:
    one, twin = reading("a.txt"), reading("b.txt")
    with GraphStore.open(tmp_path / "store") as made:
        for each in (one, twin):
            made.put(each, to_quads(each, PLACES, BASE), each.document.path)
        assert [row["doc"] for row in rows(made, "facts") if row["quote"] == "35处"] == ["a.txt", "b.txt"]
        assert {row["facts"] for row in rows(made, "indicators", contains="开设发热门诊")} == {"1"}


def test_dates_of_the_sample_are_a_year() -> None:
    assert (YEAR.start, YEAR.end) == (date(2020, 1, 1), date(2020, 12, 31))
