"""One script and one width: Traditional to simplified characters, full-width letters and digits to half-width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import opencc

from kg.clean.cells import Cells
from kg.errors import KgError

# Full-width forms that stay: the sentence marks of Chinese text.
_SENTENCE_MARKS = "！（），：；？"
WIDTHS = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _SENTENCE_MARKS},
    # Compatibility ideographs and radicals that PDF fonts put for the plain character.
    **{
        code: normal
        for start, end in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFE30, 0xFE70), (0xFFE0, 0xFFE7))
        for code in range(start, end)
        if len(normal := unicodedata.normalize("NFKC", chr(code))) == 1
        and normal != chr(code)
        and normal != " "
    },
    ord("\u00a0"): " ",
    ord("\u3000"): " ",
    **dict.fromkeys((5760, *range(8192, 8203), 8239, 8287), " "),
    ord("\v"): "\n",
    ord("\f"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("\x85"): "\n",
    ord("﹪"): "%",
    ord("٪"): "%",
    ord("−"): "-",
    ord("‐"): "-",
    ord("‑"): "-",
    ord("∕"): "/",
    ord("⁄"): "/",
    ord("•"): "·",
    ord("‧"): "·",
    ord("・"): "·",
    ord("｡"): "。",
    ord("､"): "、",
}
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=(?:\n?[０-９]){3}(?!\n?[０-９]))")  # a thousands group
# 乾 stays in names (乾县, 乾安县, 乾州); t2s makes it 干.
_KEPT_QIAN = re.compile(r"乾(?=[县縣安州陵坤隆潭])")
# 著 is 着 in Traditional text, except where it means outstanding or to write.
_ZHE = re.compile(r"(?<![显卓昭原编土论专名巨遗译合拙所])著(?![名作称录述书者])")
_ZERO = re.compile(r"(?<=[一二三四五六七八九])[○◯](?=[○◯〇一二三四五六七八九年])")
# What t2s leaves, for the character is sometimes right.
_LEFT = {
    "批覆": "批复",
    "答覆": "答复",
    "回覆": "回复",
    "麻痺": "麻痹",
    "藉着": "借着",
    "藉助": "借助",
    "凭藉": "凭借",
    "乾预": "干预",
}
_LEFT_OVER = re.compile("|".join(_LEFT))
_MANY = 0.01  # of the characters: from here on the text is Traditional


def _reimplementation() -> type[opencc.OpenCC]:
    """The converter class of opencc-python-reimplemented, whose t2s keeps the length.

    The C++ package installs the same import name over it. Raises ``KgError`` E109 when that has happened.
    """
    converter = opencc.OpenCC
    if not hasattr(converter, "set_conversion") or not _tables().is_file():
        raise KgError("E109")
    return converter  # type: ignore[no-any-return]


def _tables() -> Path:
    return Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"


@cache
def _converter() -> tuple[Callable[[str], str], frozenset[str]]:
    """Traditional to simplified, and the characters it may change."""
    converter = _reimplementation()("t2s")
    lines = _tables().read_text(encoding="utf-8").splitlines()
    changing = frozenset(
        source
        for source, target in (line.split("\t") for line in lines if "\t" in line)
        if source != target.split(" ")[0]
    )
    return converter.convert, changing


def simplified(text: str) -> str:
    """``text`` in simplified characters, of the same length."""
    convert, changing = _converter()
    traditional = changing & set(text)
    if not traditional:
        return text
    many = sum(map(text.count, traditional)) > _MANY * len(text)
    if not many:
        return convert(text) if "乾" not in text else _keeping(text, convert, re.compile("乾"))
    new = _ZHE.sub("着", _keeping(text, convert, _KEPT_QIAN))
    return _LEFT_OVER.sub(lambda m: _LEFT[m[0]], new)


def _keeping(text: str, convert: Callable[[str], str], kept: re.Pattern[str]) -> str:
    new = convert(text)
    if len(new) != len(text):
        raise ValueError("t2s changed the number of characters")
    for match in kept.finditer(text):
        new = new[: match.start()] + match[0] + new[match.end() :]
    return new


def regular(cells: Cells) -> Cells:
    """In simplified characters, with half-width letters, digits and signs."""
    cells = cells.substituted(_WIDE_COMMA, ",").translated(WIDTHS)
    return cells.rewritten(simplified(cells.text)).substituted(_ZERO, "〇")
