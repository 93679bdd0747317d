"""Where on a page the report stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lxml import html
from trafilatura import bare_extraction

from kg.read.web_blocks import Block

_SHARE = 0.95  # of what is kept, which the element of the report must hold
_SENTENCE = re.compile(r"[。；！]")
_FOOTER = re.compile(
    r"版权所有|主办单位?[:：]|承办|ICP|备案|网站标识码|公网安备|技术支持|Copyright|All Rights", re.IGNORECASE
)
_LEAST = 25  # characters of a paragraph
_SHORT = 4  # characters below which trafilatura's lines say nothing about where they stand
_LINKED = 0.5


def main_element(root: html.HtmlElement, source: str, found: Sequence[Block]) -> html.HtmlElement | None:
    """The innermost element that holds nearly all of the report; None where the page is nothing but the report.

    The report is what trafilatura keeps, with the paragraphs and tables that it passes over.
    """
    kept = _kept_by_trafilatura(source)
    weights: defaultdict[html.HtmlElement, int] = defaultdict(int)
    total = 0
    for block in found:
        if not (_is_solid(block) or _is_kept(block, kept)) or _FOOTER.search(block.text[:60]):
            continue
        total += len(block.text)
        weights[block.element] += len(block.text)
        for above in block.element.iterancestors():
            weights[above] += len(block.text)
    holding = [element for element, weight in weights.items() if weight >= _SHARE * total]
    return max(holding, key=_depth, default=None)


def _kept_by_trafilatura(source: str) -> str:
    """The text that trafilatura extracts, without blanks; empty where it finds none."""
    extracted = bare_extraction(source, include_comments=False, include_tables=True, favor_recall=True)
    said = getattr(extracted, "text", None) if extracted is not None else None
    return _bare(said or "")


def _is_kept(block: Block, kept: str) -> bool:
    bare = _bare(block.text)
    return len(bare) > _SHORT and block.linked < _LINKED and not block.rows and bare in kept


def _is_solid(block: Block) -> bool:
    """A paragraph or a table of figures, whoever keeps it."""
    if block.rows:
        return sum(cell.text[:1].isdigit() for row in block.rows for cell in row) >= 2
    return len(block.text) >= _LEAST and block.linked < _LINKED and _SENTENCE.search(block.text) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


def _depth(element: html.HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())
