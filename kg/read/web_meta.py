"""What a page says about the report on it: the tags that government sites must have, those of the web, labels in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from htmldate import find_date
from lxml import etree, html

from kg.read.web_blocks import Block, blocks

# Names of <meta>, lower case: those of 政府网站发展指引 first, then the common ones.
_TITLE = ("articletitle", "og:title", "twitter:title", "dc.title", "dcterms.title")
_DATE = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "dc.date",
    "dcterms.issued",
    "date",
)
_SOURCE = (
    "contentsource",
    "source",
    "dc.publisher",
    "dcterms.publisher",
    "article:author",
    "og:site_name",
    "sitename",
)
_URL = ("url", "og:url")
_LABELLED_DATE = re.compile(
    r"(?:[发發][布佈]|[发發]文|[发發]表|公[开開]|更新|印[发發])?(?:日期|[时時][间間])[:：\s]{0,3}((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})"
)
_LABELLED_SOURCE = re.compile(
    r"(?:信息|稿件|文章)?(?:[来來]源|[发發][布佈](?:机构|機構|单位|單位)|[发發]文(?:机关|機關))[:：]\s*([㐀-鿿（）()·]{3,30})"
)
_DATE_PARTS = re.compile(r"((?:19|20)\d\d)[-./年]?(\d{1,2})[-./月]?(\d{1,2})")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(\S+)", re.MULTILINE)
_SAVED_AT = re.compile(r"saved date:\s*([^\n(]+)")
_SITE = re.compile(r"\s*(?:[-_|—–－]{1,2}|>>|·)\s*[^-_|—–－]{2,24}$")
_WHOSE = re.compile(r"(?:网|网站|门户|平台|委员会|卫健委|局|厅|政府|医院|中心|站)$")
_HEADINGS = "//h1|//h2|//h3|//*[contains(@class,'title') or contains(@class,'tit') or contains(@id,'title')]"
_TITLE_LENGTHS = range(6, 120)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of itself."""

    title: str | None
    published: date | None
    publisher: str | None
    url: str | None
    retrieved: datetime | None


def find_meta(root: html.HtmlElement, url: str | None) -> Meta:
    """What the page says; ``url`` is where its container says it came from."""
    said: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            said.setdefault(name, content)
    comments = "\n".join((c.text or "") for c in root.iter(etree.Comment))[:4000]
    comments += (
        "\n" + "\n".join((c.text or "") for c in root.itersiblings(etree.Comment, preceding=True))[:4000]
    )
    saved = _SAVED_FROM.search(comments)
    canonical = next((link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"), None)
    address = canonical or _first(said, _URL) or url or (saved and (saved[1] or saved[2])) or None
    address = address if address and "://" in address and not address.startswith("file:") else None
    visible = "\n".join(block.text for block in blocks(root) if len(block.text) < 300)
    return Meta(
        title=_title(root, said),
        published=_day(_first(said, _DATE)) or _labelled_day(visible) or _guessed_day(root, address),
        publisher=_labelled_source(visible) or _first(said, _SOURCE),
        url=address,
        retrieved=_moment(_SAVED_AT.search(comments)),
    )


def heading(found: Sequence[Block]) -> str | None:
    """The first heading among the blocks."""
    return next(
        (b.text for b in found if b.element.tag in {"h1", "h2"} and len(b.text) in _TITLE_LENGTHS), None
    )


def _title(root: html.HtmlElement, said: dict[str, str]) -> str | None:
    """The headline: as its tag says, else the heading that the window's title holds, else that title without the site."""
    if "articletitle" in said:
        return " ".join(said["articletitle"].split())
    window = " ".join((root.findtext(".//title") or "").split())
    bare = re.sub(r"\s", "", window)
    texts = (" ".join(element.text_content().split()) for element in root.xpath(_HEADINGS)[:60])
    headings = [text for text in texts if len(text) in _TITLE_LENGTHS]
    named = [text for text in headings if re.sub(r"\s", "", text) in bare]
    if named:
        return max(named, key=len)
    other = _first(said, _TITLE)
    if other:
        return " ".join(other.split())
    if window:
        short = _SITE.sub("", window)
        if _WHOSE.search(short):  # the site's name on each of its pages
            first = next((text for text in headings if not _WHOSE.search(text)), None)
            if first is not None:
                return first
        return short if len(short) >= _TITLE_LENGTHS.start else window
    return headings[0] if headings else None


def _first(said: dict[str, str], names: Iterable[str]) -> str | None:
    return next((said[name] for name in names if name in said), None)


def _day(text: str | None) -> date | None:
    match = _DATE_PARTS.search(text) if text else None
    return _valid(match) if match else None


def _labelled_day(text: str) -> date | None:
    return next((day for match in _LABELLED_DATE.finditer(text) if (day := _valid(match))), None)


def _valid(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _guessed_day(root: html.HtmlElement, url: str | None) -> date | None:
    """The date of the address or of the page's own marks; none that is only guessed from its text."""
    return _day(find_date(root, extensive_search=False, original_date=True, url=url))


def _labelled_source(text: str) -> str | None:
    match = _LABELLED_SOURCE.search(text)
    return match[1].strip("（()） ") if match else None


def _moment(match: re.Match[str] | None) -> datetime | None:
    """The time of saving, as scripts print it (Tue Mar 05 2024 10:00:00 GMT+0800)."""
    if match is None:
        return None
    parts = re.match(r"\w{3} (\w{3}) (\d{2}) (\d{4}) ([\d:]{8}) GMT([+-]\d{4})", match[1].strip())
    if parts is None:
        return None
    try:
        return parsedate_to_datetime(f"{parts[2]} {parts[1]} {parts[3]} {parts[4]} {parts[5]}").astimezone(
            UTC
        )
    except ValueError:
        return None
