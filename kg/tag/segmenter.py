"""Words of a Chinese text, by the spacy-pkuseg model that was trained on our corpus (docs/segmenter.md).

The model is a linear-chain CRF (Luo et al. 2019, PKUSEG). It is loaded from ``seeds/segmenter/model`` when it is first
needed, and nothing is ever downloaded. ``segment`` cuts a text; ``tokenizer`` gives spaCy users a tokenizer of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import copy
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.resources import data

if TYPE_CHECKING:
    from spacy.lang.zh import ChineseTokenizer
    from spacy.vocab import Vocab

FILES = ("features.msgpack", "weights.npz")
_CHUNK = re.compile(r"\s+|[^\s。！？；]+[。！？；]*|[。！？；]+")
_HALF = re.compile(r"[;!?()]|(?<!\d)[,:]|[,:](?!\d)")  # 1,234 and 8:30 keep theirs
_FULL = dict(zip(";!?(),:", "；！？（），：", strict=True))
_LOADING = Lock()  # spacy_pkuseg builds a model from a module-level setting
_loaded: dict[Path, Any] = {}


def widened(text: str) -> str:
    """The text with ASCII marks in full width, as the model knows them; the length stays."""
    return _HALF.sub(lambda mark: _FULL[mark[0]], text)


class LongestMatch:
    """Words that are never cut: at each place the longest one that begins there.

    Takes the place of ``spacy_pkuseg.Preprocesser``, which after a failed longer match does not return to the last
    whole word (lancopku/pkuseg-python issue 137: of 卫生 and 卫生健康委员会 it reads 卫生健康 in 卫生健康工作).
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if word)
        self.sizes = tuple(sorted({len(word) for word in self.words}, reverse=True))

    def solve(self, text: str) -> tuple[list[str], list[bool], list[str]]:
        """The text in pieces, for each piece whether it is one of the words, and an empty tag."""
        pieces: list[str] = []
        known: list[bool] = []
        last = at = 0
        while at < len(text):
            size = next((n for n in self.sizes if text[at : at + n] in self.words), 0)
            if not size:
                at += 1
                continue
            if last < at:
                pieces.append(text[last:at])
                known.append(False)
            pieces.append(text[at : at + size])
            known.append(True)
            at += size
            last = at
        if last < len(text):
            pieces.append(text[last:])
            known.append(False)
        return pieces, known, [""] * len(pieces)


def _model(folder: Path) -> Any:  # noqa: ANN401 - spacy_pkuseg has no types
    """A ``spacy_pkuseg.pkuseg`` of the model in a folder, without the dictionaries that the package adds."""
    folder = folder.resolve()
    with _LOADING:
        if folder not in _loaded:
            missing = [name for name in FILES if not (folder / name).is_file()]
            if missing:
                raise UsageError("E113", path=folder, missing=", ".join(missing))
            import spacy_pkuseg  # noqa: PLC0415 - only who cuts words waits for it
            from spacy_pkuseg.config import config  # noqa: PLC0415

            before = config.modelDir
            try:
                _loaded[folder] = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
            finally:
                config.modelDir = before
        return _loaded[folder]


class Segmenter:
    """Cuts texts into words; ``words`` are never cut, whatever the model says.

    The model is loaded at the first call, once a process for each folder; cutting may run in several threads.
    Raises ``UsageError`` E113 at the first call when ``folder`` holds no model.
    """

    def __init__(self, folder: Path | None = None, words: Iterable[str] = ()) -> None:
        self.folder = folder or data("seeds", "segmenter", "model")
        self.match = LongestMatch(words)

    def __call__(self, text: str) -> list[str]:
        """The words of a text; together they are the text. A run of blanks or line breaks is one word."""
        cut: Callable[[str], list[str]] = _model(self.folder)._cut
        wide, words, at = widened(text), list[str](), 0
        for chunk in _CHUNK.finditer(wide):
            if chunk[0].isspace():
                words.append(text[at : chunk.end()])
                at = chunk.end()
                continue
            pieces, known, _ = self.match.solve(chunk[0])
            for piece, whole in zip(pieces, known, strict=True):
                for word in [piece] if whole else cut(piece):
                    words.append(text[at : at + len(word)])
                    at += len(word)
        return words


segment = Segmenter()


def tokenizer(vocab: Vocab) -> ChineseTokenizer:
    """Make a spaCy tokenizer whose tokens are words.

    To use it: ``nlp.tokenizer = tokenizer(nlp.vocab)``. It is spaCy's own with our model in it, so ``nlp.to_disk`` keeps
    the model and ``spacy.load`` needs no ``kg`` for it.
    spaCy hands it the text as it is: make ASCII marks full-width first (``widened``; clean text has none to widen).
    """
    from spacy.lang import zh  # noqa: PLC0415

    own = copy(_model(segment.folder))
    own.postprocesser = copy(own.postprocesser)  # lacks what saving asks for where no dictionary is used
    own.postprocesser.common_words = own.postprocesser.other_words = set()
    made = zh.ChineseTokenizer(vocab, segmenter=zh.Segmenter.pkuseg)
    made.pkuseg_seg = own
    return made
