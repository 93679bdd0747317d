"""The ranker of candidate names: its laws, the shipped weights, and how they are trained."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import HEAD, read_text, tag_text

from kg.extract import chooser, extract
from kg.extract.candidates import candidates, joined
from kg.extract.choice import Choice
from kg.extract.features import features, unit_class
from kg.extract.ranking import Ranker, ranker
from kg.resources import data

SHIPPED = data("seeds", "models", "indicator.json.gz")
FEATURES = st.sampled_from(["a", "b", "c", "d", "unseen"])
WEIGHTS = {"a": 2.0, "b": 0.5, "c": -1.0, "d": 0.0}


@cache
def training() -> ModuleType:
    path = Path(__file__).resolve().parent.parent / "scripts" / "train_models.py"
    spec = importlib.util.spec_from_file_location("train_models_for_tests", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# --- the ranker ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pool", "best"),
    [
        ([["a"]], 0),
        ([["b"], ["a"], ["c"]], 1),
        ([["c"], ["d"], ["unseen"]], 1),  # a tie goes to the first
        ([["unseen"], ["d"]], 0),
        ([["a", "c"], ["b", "b"]], 0),
        ([[], ["c"]], 0),
    ],
)
def test_the_best_candidate(pool: list[list[str]], best: int) -> None:
    assert Ranker(WEIGHTS).best(pool) == best


@given(st.lists(st.lists(FEATURES, max_size=5), min_size=1, max_size=8))
def test_the_best_is_the_first_of_the_greatest_scores(pool: list[list[str]]) -> None:
    scored = Ranker(WEIGHTS)
    scores = [scored.score(row) for row in pool]
    assert scored.best(pool) == scores.index(max(scores))


@given(st.lists(FEATURES, max_size=6), st.lists(st.text(alphabet="xyz", min_size=1, max_size=3), max_size=4))
def test_unknown_features_count_nothing(known: list[str], unknown: list[str]) -> None:
    scored = Ranker(WEIGHTS)
    assert scored.score([*unknown, *known]) == scored.score(known)


def test_no_weights_leave_the_rules_own_name() -> None:
    tagged = tag_text(HEAD + "全市有医院31家，床位1.5万张，护士9800名。")
    plain = extract(tagged, lambda at: at.said)
    assert [f.indicator for f in extract(tagged, Choice(Ranker({}))).facts] == [
        f.indicator for f in plain.facts
    ]


# --- candidates ------------------------------------------------------------------------------------------------------


def surroundings(body: str) -> list:
    seen = []

    def watch(at):
        seen.append(at)
        return at.said

    extract(tag_text(HEAD + body), watch)
    return seen


def test_candidates_begin_with_the_rules_answer_and_none_is_twice() -> None:
    for at in surroundings("全市新建村卫生室56所，投入资金1.2亿元，其中财政占62.5%；接种率由91%提高到98%。"):
        pool = [c.text for c in candidates(at)]
        assert pool[0] == at.said.text
        assert len(pool) == len(set(pool))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("全市新建村卫生室56所。", "村卫生室"),
        ("全市新建56所村卫生室。", "新建村卫生室"),
        ("全市有护士9800名，其中本科学历占43.5%。", "护士占比"),
    ],
)
def test_the_right_name_is_among_the_candidates(body: str, name: str) -> None:
    assert name in [c.text for c in candidates(surroundings(body)[-1])]


def test_a_rate_is_named_as_one_and_so_is_what_carries_its_name() -> None:
    reading = read_text(HEAD + "全市孕产妇死亡2例，死亡率为8.4/10万，较2019年的12.3/10万明显下降。")
    assert [fact.indicator for fact in reading.facts] == ["孕产妇死亡", "孕产妇死亡率", "孕产妇死亡率"]


def test_each_candidate_has_its_features() -> None:
    (at,) = surroundings("全市新建村卫生室56所。")
    pool = candidates(at)
    rows = features(at, pool)
    assert len(rows) == len(pool)
    assert all(len(row) == len(set(row)) for row in rows)
    assert rows == features(at, pool)


def test_a_choice_weighs_a_candidate_as_the_weights_of_its_features() -> None:
    choice = chooser()
    body = (
        "全市新建村卫生室56所，投入资金1.2亿元，其中财政占62.5%；医院46家（公立22家），接种率由91%提高到98%。"
    )
    for at in surroundings(body):
        pool = candidates(at)
        spelt = [choice.ranker.score(row) for row in features(at, pool)]
        assert choice.scores(at, pool) == pytest.approx(spelt)
        assert choice.best(at, pool) == spelt.index(max(spelt))


@pytest.mark.parametrize(
    ("front", "back", "name"),
    [
        (("孕产妇", "死亡"), ("死亡率",), "孕产妇死亡率"),
        (("本科",), ("护士",), "本科护士"),
        (("医院",), ("医院", "床位"), "医院床位"),
    ],
)
def test_what_two_names_share_is_said_once(front: tuple[str, ...], back: tuple[str, ...], name: str) -> None:
    assert "".join(joined(front, back)) == name


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("%", "%"), ("", "none"), ("/10万", "per"), ("名", "people"), ("人次", "人次"), ("家", "thing"), ("元", "money"), ("吨", "level"), ("管/日", "count")],
)  # fmt: skip
def test_classes_of_units(unit: str, kind: str) -> None:
    assert unit_class(unit) == kind


# --- the shipped model -----------------------------------------------------------------------------------------------


def test_the_shipped_ranker_is_at_work() -> None:
    assert isinstance(ranker("indicator"), Ranker)
    assert isinstance(chooser(), Choice)
    assert chooser().ranker is ranker("indicator")


def test_a_ranker_that_is_not_shipped_is_none() -> None:
    assert ranker("no-such-model") is None


def test_the_weights_file_is_sorted_and_has_no_time_stamp() -> None:
    raw = SHIPPED.read_bytes()
    assert raw[:4] == b"\x1f\x8b\x08\x00"  # gzip, deflate, no file name
    assert raw[4:8] == b"\0\0\0\0"  # RFC 1952: MTIME 0 is no time stamp
    text = gzip.decompress(raw).decode("utf-8")
    weights = json.loads(text)["weights"]
    assert list(weights) == sorted(weights)
    assert text == json.dumps({"weights": weights}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_every_shipped_weight_is_worth_saving() -> None:
    weights = json.loads(gzip.decompress(SHIPPED.read_bytes()))["weights"]
    assert len(weights) > 1000
    assert [
        f for f, w in weights.items() if not training().SMALL * 0.99 <= abs(w) < 100 or w != round(w, 4)
    ] == []


def test_saved_weights_come_back_and_twice_give_the_same_bytes(tmp_path: Path) -> None:
    weights = {"s=左": 0.25, "a": -1.5, "n=3": 0.0312}
    first, second = tmp_path / "one" / "w.json.gz", tmp_path / "two.json.gz"
    training().save(weights, first)
    training().save(dict(reversed(weights.items())), second)
    assert first.read_bytes() == second.read_bytes()
    back = Ranker.from_file(first)
    assert {f: back.score([f]) for f in weights} == weights


# --- training --------------------------------------------------------------------------------------------------------


def examples() -> list:
    """Three made figures whose right name is always the one that ends in 率 and stands to the left."""
    make = training().Example
    return [
        make("甲", [["s=left", "e=率"], ["s=right", "e=家"], ["s=left", "e=数"]], [1.0, 0.0, 0.0]),
        make("甲", [["s=right", "e=数"], ["s=left", "e=率"]], [0.0, 1.0]),
        make("乙", [["s=past", "e=率"], ["s=left", "e=率"], ["s=right", "e=家"]], [0.2, 0.9, 0.0]),
        make("乙", [["s=left", "e=once"], ["s=right", "e=家"]], [0.0, 0.0]),  # nothing right: of no use
        make("乙", [["s=left", "e=率"]], [1.0]),  # nothing wrong: of no use
    ]


def test_training_twice_gives_the_same_weights() -> None:
    assert training().fit(examples()) == training().fit(examples())


def test_training_learns_the_right_names() -> None:
    made = examples()[:3]
    learnt = Ranker(training().fit(examples()))
    assert [learnt.best(e.features) for e in made] == [0, 1, 1]
    assert [Ranker({}).best(e.features) for e in made] == [0, 0, 0]


def test_training_leaves_out_what_is_rare_and_what_weighs_nothing() -> None:
    weights = training().fit(examples())
    assert "e=once" not in weights
    assert all(abs(w) >= training().SMALL * 0.99 for w in weights.values())
    assert list(weights) == sorted(weights)


def test_each_province_is_measured_by_a_model_of_the_others() -> None:
    models = training().held_out(examples(), 2)
    assert sorted(models) == ["乙", "甲"]
    without_jia = Ranker(training().fit([e for e in examples() if e.province != "甲"]))
    assert models["甲"].ranker.score(["s=left"]) == without_jia.score(["s=left"])
