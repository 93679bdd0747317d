"""Full-width marks in Chinese text, one mark where two stand, digits that look like letters."""

from __future__ import annotations

import re

from kg.clean.cells import Cells

_HAN = "㐀-鿿"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", "．": "."}
# Half-width marks that stay: a thousands group's comma, a clock's or ratio's colon, marks of Latin text.
_HALF = re.compile(
    r"(?P<keep>(?<=\d),(?=\d{3}(?!\d))|(?<=\d):(?=\d)|:(?=//)|(?<=[A-Za-z])[,;:?!](?= ?[A-Za-z])|(?<=[A-Za-z0-9])\((?=[A-Za-z]+\))(?!\)))|[,;:?!()]"
)
_COLON = re.compile(r"(?<=\d)[：∶](?=\d)")
_PERMILLE = re.compile(r"%[。o]?(?=。)|%。(?=[,，；;、])|%[0o](?![\w.])|%o")
_STOP = re.compile(rf"(?<=[{_HAN}）)”》％%])\.(?=[\n\t ]|$|[{_HAN}“《（(]|(?:19|20)\d\d年)|(?<=[{_HAN}])\.(?=\d)")
_DOUBLED = re.compile(r"[，、；。：！？,;](?:[，、；。：！？,;]+)")
_STRENGTH = "，,、：；;。？！"
_LETTER_DIGIT = re.compile(r"(?<=\d)[OolI]+(?=[\d.%])|(?<![A-Za-z0-9])l(?=\d)|(?<![A-Za-z0-9])[Oo](?=\.\d)|(?<=\d)[OoIl]+(?![A-Za-z])")
_LOOKS_LIKE = str.maketrans("OolI", "0011")


def punctuated(cells: Cells) -> Cells:
    """With the marks of Chinese text full-width and single, and digits written as digits."""
    if re.search(r"\d[OolI]+[\d年月日]", cells.text):
        cells = cells.substituted(_LETTER_DIGIT, lambda m: m[0].translate(_LOOKS_LIKE))
    cells = cells.replaced(re.compile(r"%。(?=[,，；;、])"), lambda _: "‰")
    cells = cells.substituted(_HALF, lambda m: m[0] if m["keep"] else _FULL[m[0]])
    cells = cells.substituted(_COLON, ":")
    cells = cells.rewritten(cells.text.replace("∶", "："))
    cells = cells.substituted(_STOP, "。")
    return cells.replaced(_DOUBLED, lambda m: max(m[0], key=_STRENGTH.index))
