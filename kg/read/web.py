"""Web pages: the report on the page with its tables, and what the page says about it.

Where the report stands is found by trafilatura, which knows what navigation looks like; its text is then taken from the
page itself, block by block, so that no paragraph of it is lost and tables keep their rows.
"""

from __future__ import annotations

import re

from lxml import etree, html

from kg.errors import Message, ReadError
from kg.model import Problem
from kg.read.encoding import SAVE_AGAIN, decode
from kg.read.raw import Content, Raw, Text
from kg.read.text import warnings
from kg.read.web_blocks import Block, blocks, write
from kg.read.web_main import main_element
from kg.read.web_meta import Meta, find_meta, heading

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_XML = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_HEAD_LINE = re.compile(r"[来來]源|信息源|[发發][布佈表文]|[时時][间間]|日期|文[号號]|索引|稿源|作者")
_LONGEST_HEAD = 200


def read_html(raw: Raw) -> Content:
    """A page. Raises ReadError E101, E102, E103, E115."""
    data = raw.whole()
    decoded = decode(data, raw.where, raw.charset or declared(data))
    return page(decoded.text, decoded.encoding, raw, warnings(raw, decoded))


def declared(data: bytes) -> str | None:
    """The encoding that a page says it has."""
    found = _DECLARED.search(data[:4096])
    return found[1].decode() if found else None


def page(source: str, encoding: str, raw: Raw, problems: tuple[Problem, ...] = ()) -> Content:
    """The report in the source of a page."""
    root = parsed(source, raw)
    meta = find_meta(root, raw.url)
    found = blocks(root)
    main = main_element(root, source, found)
    inside = set(main.iter()) if main is not None else set()
    body = [block for block in found if main is None or block.element in inside] or found
    text = Text()
    for line in _head(meta, found, body):
        text.line(line)
    write(text, body)
    return Content(
        text=str(text),
        encoding=encoding,
        title=meta.title,
        published=meta.published,
        publisher=meta.publisher,
        url=meta.url,
        retrieved=meta.retrieved,
        cells=tuple(text.cells),
        problems=problems,
    )


def parsed(source: str, raw: Raw) -> html.HtmlElement:
    """The tree of a page. Raises ReadError E101 (nothing in it), E115 (elements too deep in each other)."""
    source = _CONTROL.sub(" ", _XML.sub("", source))
    parser = html.HTMLParser(remove_comments=False, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, ValueError) as error:
        if not source.strip() or "empty" in str(error).lower():
            raise ReadError("E101", path=raw.where) from error
        reason = Message("无法解析的网页", "a page that cannot be parsed")
        raise ReadError("E102", path=raw.where, reason=reason, step=SAVE_AGAIN) from error
    limit = raw.options.limits.nesting
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            what = Message("元素嵌套过深", "elements nested too deeply")
            raise ReadError("E115", path=raw.where, what=what, limit=limit, name="nesting")
    return root


def _head(meta: Meta, found: list[Block], body: list[Block]) -> list[str]:
    """The headline and the lines about source and date that stand over the report, outside of it."""
    first = body[0] if body else None
    before = found[: found.index(first)] if first in found else []
    top = [block.text for block in body[:4]]
    title = meta.title or heading(found)
    lines: list[str] = []
    at = 0
    if title and not any(_same(title, text) for text in top):
        lines.append(title)
        at = next((i + 1 for i, block in enumerate(before) if _same(title, block.text)), 0)
    else:
        at = next(
            (i + 1 for i, block in enumerate(before) if title and _same(title, block.text)), len(before)
        )
    for block in before[at:]:
        if len(block.text) <= _LONGEST_HEAD and _HEAD_LINE.search(block.text) and "。" not in block.text:
            lines.append(block.text)
    return lines


def _same(title: str, text: str) -> bool:
    """Does a block print the headline?"""
    a, b = re.sub(r"\W", "", title), re.sub(r"\W", "", text)
    return bool(a) and (a in b or (len(b) > 6 and b in a)) and len(b) <= 2 * len(a) + 10
