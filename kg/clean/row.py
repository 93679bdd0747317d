"""What a row of a plain-text table is: where the blanks stand that part its cells, and what fills one with a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

HAN = "㐀-鿿"
MISSING = r"[-—–…/]+|持平"
NUMERIC = rf"(?:[<>≤≥]?=?[-+±↑↓]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)[%‰]?[↑↓*]?|{MISSING})"
BARE = re.compile(NUMERIC)
YEAR = re.compile(r"(?:19|20)\d\d")
SENTENCE = re.compile(r"[。；！？;!?]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: ``gaps`` are where single blanks part its cells, beside the tabs, rules or wide gaps that do.

    ``held`` are the wide gaps that part none: those inside a label.
    """

    gaps: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
