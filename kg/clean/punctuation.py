"""Full-width marks in Chinese text, one mark where two stand, digits for the letters a scan put in their place."""

from __future__ import annotations

import re

from kg.clean.cells import Cells
from kg.clean.noise import without_doubles

_HAN = "㐀-鿿"
# In running text 103，726人 is one number, for a list has 、 between its numbers.
_GROUPS = re.compile(r"(?<![\d.,，])[1-9]\d{0,2}(?:，\d{3})+(?![\d，]|年)")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
# Half-width marks that stay: in a thousands group, a clock time or ratio, an address, Latin text.
_HALF = re.compile(
    r"(?P<keep>(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)|(?<=\d):(?=\d)|:(?=//)|(?<=[A-Za-z])[,;:?!](?= ?[A-Za-z])"
    r"|(?<=[A-Za-z])\((?=[A-Za-z ]+\))|(?<=[A-Za-z])\)(?= ?[A-Za-z]))|[,;:?!()]"
)
_COLON = re.compile(r"(?<=\d)[：∶](?=\d)")
# The per-mille sign printed in two: 2.66%。 Before another mark a death rate is certain; a document that has one has more.
_PERMILLE = re.compile(rf"(?<=死亡率|出生率|增长率)([{_HAN}0-9,，]{{0,20}}[\d.]*\d)%。(?=[,，；;、])")
_PERMILLE_TOO = re.compile(rf"(?<=死亡率|出生率|增长率)([{_HAN}0-9,，]{{0,20}}[\d.]*\d)%。(?=[{_HAN}])")
_STOP = re.compile(
    rf"(?<=[{_HAN}）)”》%\]])\.(?=[\n\t ]|$|[{_HAN}“《（(])|(?<=[{_HAN}])\.(?=\d)|(?<=[\d])\.(?=\n|$)"
)
_SECOND_STOP = re.compile(rf"(?<=[^\n\d.])(\d+\.\d+)\.(?=[{_HAN}]|(?:19|20)\d\d年)")
_SCANNED = re.compile(r"\d[OolI]+(?:[\d年月日]|\.\d)")
_LETTER = re.compile(
    r"(?<=\d)[OolI]+(?=[\d.%])|(?<![A-Za-z0-9])l+(?=[\d月日])|(?<![A-Za-z0-9])[Oo](?=\.\d)|(?<=\d)[OoIl]+(?![A-Za-z])"
)
_VIRUS = re.compile(r"H[lI]N[lI]")
_DIGITS = str.maketrans("OolI", "0011")


def punctuated(cells: Cells) -> Cells:
    """With the marks of Chinese text full-width and single, and digits written as digits."""
    if _SCANNED.search(cells.text):
        for pattern in (_LETTER, _VIRUS):
            cells = cells.substituted(pattern, lambda m: m[0].translate(_DIGITS))
    if _PERMILLE.search(cells.text):
        for pattern in (_PERMILLE, _PERMILLE_TOO):
            cells = cells.edited([(m.end() - 2, m.end(), "‰") for m in pattern.finditer(cells.text)])
    cells = cells.substituted(_HALF, lambda m: m[0] if m["keep"] else _FULL[m[0]])
    cells = cells.substituted(_GROUPS, lambda m: m[0].replace("，", ","))
    cells = cells.substituted(_COLON, ":")
    cells = cells.rewritten(cells.text.replace("∶", "："))
    cells = cells.substituted(_STOP, "。").substituted(_SECOND_STOP, lambda m: f"{m[1]}。")
    return without_doubles(cells)
