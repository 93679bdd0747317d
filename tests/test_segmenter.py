"""The segmenter: what it cuts, that it needs no network, and how well it does on the hand-made sentences."""

from __future__ import annotations

import importlib.util
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.corpus import TEST_PROVINCES, load
from kg.errors import UsageError
from kg.resources import data
from kg.tag import load as pipeline
from kg.tag.segmenter import FILES, LongestMatch, Segmenter, segment, tokenizer, widened

ROOT = Path(__file__).parent.parent
FLOOR = 0.92


@pytest.fixture(scope="module")
def training():
    spec = importlib.util.spec_from_file_location("train_segmenter", ROOT / "scripts" / "train_segmenter.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市有医院35家", "全市 有 医院 35 家"),
        ("市中心医院门诊楼启用", "市 中心 医院 门诊楼 启用"),
        ("落实健康保障政策", "落实 健康 保障 政策"),
        ("2021年，接种率为95.6%。", "2021年 ， 接种率 为 95.6% 。"),
    ],
)
def test_words(text, expected):
    assert segment(text) == expected.split()


def test_blanks_and_marks_stay_as_printed():
    assert segment(" 共35人,含医生3人.\n\n完") == [
        " ",
        "共",
        "35",
        "人",
        ",",
        "含",
        "医生",
        "3",
        "人",
        ".",
        "\n\n",
        "完",
    ]


def test_nothing_has_no_words():
    assert segment("") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="市县卫生健康医院率0159.,%％万 \t\n。；，;:()（）A😀", max_size=60))
def test_words_cover_the_text(text):
    words = segment(text)
    assert "".join(words) == text
    assert "" not in words


def test_ascii_marks_mean_the_same_as_full_width_ones():
    assert widened("共1,234人;8:30起,含(助理)医师:3人!") == "共1,234人；8:30起，含（助理）医师：3人！"
    half = segment("共1,234人;含(助理)医师:3人!")
    assert [widened(word) for word in half] == segment("共1,234人；含（助理）医师：3人！")


def test_a_user_word_is_the_longest_match_and_falls_back_to_a_whole_word():
    match = LongestMatch(["卫生", "卫生健康委员会"])
    assert match.solve("卫生健康工作")[0] == ["卫生", "健康工作"]
    assert match.solve("市卫生健康委员会文件") == (
        ["市", "卫生健康委员会", "文件"],
        [False, True, False],
        ["", "", ""],
    )


def test_user_words_are_not_cut():
    assert segment("市卫生健康委员会发文") == ["市", "卫生", "健康", "委员会", "发文"]
    own = Segmenter(words=["卫生健康委员会"])
    assert own("市卫生健康委员会发文") == ["市", "卫生健康委员会", "发文"]


def test_it_loads_without_a_network_and_leaves_the_settings_of_the_package():
    script = (
        "import socket\n"
        "def no(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = no; socket.create_connection = no\n"
        "from spacy_pkuseg.config import config\n"
        "before = config.modelDir\n"
        "from kg.tag.segmenter import segment\n"
        "print(' '.join(segment('全市有医院35家')), config.modelDir == before)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "全市 有 医院 35 家 True"
    assert done.stderr == ""


def test_importing_the_package_does_not_load_it():
    script = "import sys, kg.tag.segmenter, kg; print('spacy_pkuseg' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(UsageError, match="E113"):
        Segmenter(tmp_path)("全市")


def test_threads_and_processes_cut_alike():
    texts = [f"{year}年全市医院诊疗{year}万人次，住院患者满意率95.1%。" for year in range(2000, 2040)]
    alone = [segment(text) for text in texts]
    fresh = Segmenter()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fresh, texts)) == alone
    assert [pickle.loads(pickle.dumps(fresh))(text) for text in texts[:3]] == alone[:3]


def test_a_spacy_tokenizer_of_words_is_saved_with_its_model(tmp_path):
    text = "全市有医院35家，床位2.3万张。"
    nlp = spacy.blank("zh")
    nlp.tokenizer = tokenizer(nlp.vocab)
    words = [token.text for token in nlp(text)]
    assert words == segment(text)
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert [token.text for token in again(text)] == words


def test_the_pipeline_shows_words_on_request():
    text = "全市有医院35家。"
    doc = pipeline(segmenter=True)(text)
    assert [span.text for span in doc.spans["kg_words"]] == segment(text)
    assert len(doc) == len(text)
    assert "kg_words" not in pipeline()(text).spans


def test_the_hand_made_sentences_are_sentences_of_the_train_split(training):
    texts = {gold.name: gold for gold in load(split="train")}
    assert not {gold.province for gold in texts.values()} & TEST_PROVINCES
    halves = training.gold()
    assert [len(halves[half]) for half in ("train", "test")] == [75, 75]
    assert {document for half in halves.values() for document, _ in half} <= texts.keys()
    apart = {document for document, _ in halves["test"]}
    assert not apart & {document for document, _ in halves["train"]}
    provinces = {texts[document].province for document in apart}
    assert not {texts[document].province for document, _ in halves["train"]} & provinces


def test_it_beats_the_unigram_words_on_the_test_sentences(training):
    ours, plain = (training.score(cut, "test")[2] for cut in (segment, training.plain))
    assert ours >= FLOOR
    assert ours > plain + 0.03


def test_the_model_is_small():
    folder = data("seeds", "segmenter", "model")
    assert sum((folder / name).stat().st_size for name in FILES) < 4_000_000


def test_training_twice_gives_the_same_bytes(training, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "ROUNDS", 2)
    lesson = [words for _, words in training.gold()["train"]][:25]
    digests = []
    for name in ("one", "two"):
        training.fit(lesson, tmp_path / name)
        digests.append(training.digest(tmp_path / name))
    assert digests[0] == digests[1]
    cut = Segmenter(tmp_path / "one")
    assert "".join(cut("全市有医院35家")) == "全市有医院35家"
