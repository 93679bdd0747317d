"""What is one and what is not: names, regions, types and codes side by side."""

from __future__ import annotations

import pytest

from kg.link.match import Index, mappings, propose, sure
from kg.link.names import Kind
from kg.link.record import Record

ORGANISATIONS = (
    Record("e:3rd", ("昆明市第三人民医院",)),
    Record("e:tcm", ("徐州市鼓楼区中医院",)),
    Record("e:health", ("襄阳市卫生健康委员会",)),
    Record("e:xiangya", ("中南大学湘雅医院",), region=("430100",)),
    Record("e:kunming", ("昆明市人民医院",)),
    Record("e:gulou-hospital", ("南京市鼓楼区人民医院",)),
)
PLACES = (
    Record("e:kunming", ("昆明市",), "city", ("530000",), "530100"),
    Record("e:gulou", ("鼓楼区",), "county", ("320100",), "320106"),
    Record("e:xiangyang", ("襄阳市",), "city", ("420000",), "420600"),
    Record("e:yunnan", ("云南省",), "province", (), "530000"),
    Record("e:jilin", ("吉林省",), "province", (), "220000"),
    Record("e:jilin-city", ("吉林市",), "city", ("220000",), "220200"),
    Record("e:miyun", ("密云区",), "county", ("110000",), "110118"),
    Record("e:pingcheng", ("平城区",), "county", ("140200", "140000"), "140213"),
    Record("e:bijie", ("毕节市",), "city", ("520000",), "520500"),
    Record("e:qixingguan", ("七星关区",), "county", ("520500", "520000"), "520502"),
)
INDICATORS = (
    Record("e:beds", ("床位数", "医疗卫生机构床位")),
    Record("e:imr", ("婴儿死亡率", "infant mortality rate")),
)
INDEXES = {
    "organisation": Index(ORGANISATIONS, "organisation"),
    "place": Index(PLACES, "place"),
    "indicator": Index(INDICATORS, "indicator"),
}


def best(candidate: Record, kind: Kind) -> tuple[str, bool] | None:
    """What a candidate is, and whether that is sure."""
    found = INDEXES[kind].ranked(candidate)
    return (found[0].record.iri, sure(found[0], kind)) if found else None


@pytest.mark.parametrize(
    ("label", "sort", "region", "expected"),
    [
        ("昆明三院", "医院", ("云南省",), ("e:3rd", True)),
        ("雲南省昆明市第3人民醫院", "", (), ("e:3rd", True)),
        ("昆明市第三人民医院", "公司", (), None),
        ("第三人民医院", "", ("云南省", "昆明市"), ("e:3rd", True)),
        ("第三人民医院", "", ("云南省", "昆明市", "五华区"), None),
        ("第三人民医院", "", (), ("e:3rd", False)),
        ("昆明市第二人民医院", "", (), None),
        ("曲靖市第三人民医院", "", (), None),
        ("昆明市五华区人民医院", "", (), None),
        ("鼓楼区中医院", "", ("江苏省", "徐州市"), ("e:tcm", True)),
        ("鼓楼区中医院", "", ("江苏省",), ("e:tcm", False)),
        ("鼓楼区中医院", "", ("福建省",), None),
        ("襄樊市衛生局", "", ("湖北",), ("e:health", True)),
        ("南京市下关区人民医院", "", (), None),  # 下关区 is part of 鼓楼区 now
        ("湘雅医院", "", ("湖南省",), ("e:xiangya", True)),
        ("湘雅医院", "", ("广东省",), None),
        ("中南大学湘雅医院", "", (), ("e:xiangya", False)),
    ],
)
def test_organisations(
    label: str, sort: str, region: tuple[str, ...], expected: tuple[str, bool] | None
) -> None:
    assert best(Record("c:1", (label,), sort, region), "organisation") == expected


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (Record("c:1", ("昆明",), "地级市", ("云南省",)), ("e:kunming", True)),
        (Record("c:1", ("Kunming",), code="5301"), ("e:kunming", True)),
        (Record("c:1", ("Kunming", "昆明市"), "ADM2", ("530000",)), ("e:kunming", True)),
        (Record("c:1", ("昆明市",), "市辖区", ("云南省",)), None),
        (Record("c:1", ("昆明市",), code="530200"), None),
        (Record("c:1", ("昆明市",)), ("e:kunming", False)),
        (Record("c:1", ("鼓楼区",), "", ("江苏省",)), ("e:gulou", False)),
        (Record("c:1", ("南京市鼓楼区",)), ("e:gulou", True)),
        (Record("c:1", ("鼓楼区",), "", ("福州市",)), None),
        (Record("c:1", ("襄樊市",), "", ("湖北",)), ("e:xiangyang", True)),
        (Record("c:1", ("雲南省",)), ("e:yunnan", True)),
        (Record("c:1", ("吉林",), "地级市", ("吉林省",)), ("e:jilin-city", True)),
        (Record("c:1", ("密云县",), code="110228"), ("e:miyun", True)),
        (Record("c:1", ("Miyun",), code="110228"), ("e:miyun", True)),
        (Record("c:1", ("城区",), "市辖区", ("山西省", "大同市")), ("e:pingcheng", True)),
        (Record("c:1", ("城区",), "市辖区", ("山西省", "晋城市")), None),
        (Record("c:1", ("毕节市",), "地级市", ("贵州省",)), ("e:bijie", True)),
        (Record("c:1", ("毕节市",), "县级市", ("贵州省", "毕节地区")), ("e:qixingguan", True)),
        (Record("c:1", ("毕节市",), "县级市", code="522401"), ("e:qixingguan", True)),
    ],
)
def test_places(candidate: Record, expected: tuple[str, bool] | None) -> None:
    assert best(candidate, "place") == expected


def test_a_code_alone_goes_to_review_and_says_so() -> None:
    (found,) = propose(INDEXES["place"], [Record("c:1", ("大理市",), code="530100")])
    assert (found.match.record.iri, found.accepted) == ("e:kunming", False)
    (row,) = mappings([found], "place", ours="", theirs="")
    assert row.comment.startswith("昆明市 ~ 大理市: another name; region unknown")


def test_indicators_in_any_language() -> None:
    assert best(Record("c:1", ("Infant mortality rate",)), "indicator") == ("e:imr", True)
    assert best(Record("c:1", ("全市床位总数",)), "indicator") == ("e:beds", True)
    assert best(Record("c:1", ("孕产妇死亡率",)), "indicator") is None


def test_two_that_fit_as_well_go_to_review() -> None:
    twins = [Record("c:1", ("昆明三院",), "", ("云南省",)), Record("c:2", ("昆明市三院",), "", ("云南省",))]
    found = propose(INDEXES["organisation"], twins)
    assert [(one.candidate.iri, one.match.record.iri, one.margin, one.accepted) for one in found] == [
        ("c:1", "e:3rd", 0.0, False),
        ("c:2", "e:3rd", 0.0, False),
    ]
    assert [one.accepted for one in propose(INDEXES["organisation"], twins[:1])] == [True]


def test_the_same_name_stands_before_the_short_one() -> None:
    both = [
        Record("c:1", ("昆明三院",), "", ("云南省",)),
        Record("c:2", ("昆明市第三人民医院",), "", ("云南省",)),
    ]
    found = propose(INDEXES["organisation"], both)
    assert [(one.candidate.iri, one.accepted) for one in found] == [("c:2", True)]


def test_a_candidate_of_two_records_goes_to_review() -> None:
    index = Index([*ORGANISATIONS, Record("e:again", ("昆明第三人民医院",))], "organisation")
    found = propose(index, [Record("c:1", ("昆明三院",), "", ("云南省",))])
    assert [(one.match.record.iri, one.accepted) for one in found] == [("e:3rd", False), ("e:again", False)]


def test_a_mapping_says_why() -> None:
    candidates = [
        Record("https://example.org/1", ("昆明三院",), "医院", ("云南省",)),
        Record("https://example.org/2", ("襄樊市卫生局",)),
    ]
    short, former = mappings(
        propose(INDEXES["organisation"], candidates), "organisation", ours="o:", theirs="https://example.org/"
    )
    assert (short.status, short.predicate_id, str(short.confidence)) == (
        "accepted",
        "skos:exactMatch",
        "0.96",
    )
    assert short.comment == (
        "昆明市第三人民医院 ~ 昆明三院: same name in short or with the places above it; "
        "region same (昆明市 | 昆明市); type same (- | 医院); margin 0.96"
    )
    assert (former.status, former.predicate_id, former.subject_id) == (
        "accepted",
        "skos:closeMatch",
        "e:health",
    )
