"""Signatures: who wrote, edited and checked a report, as printed above and below it. They state no facts.

What they name are people, however much a name looks like a place (复审：云南); organisations in them stay mentions.
"""

from __future__ import annotations

import re
from functools import cache

from kg.model import Credit, Mention, Office
from kg.tag.lexicon import lines

_OFFICES: dict[Office, str] = {
    "source": r"(?:信息|稿件|文章|内容|图文|原文)?来源|稿源|转自|供稿(?:单位|部门)?|[供来]稿",
    "author": r"作者|(?:本报|本刊|本网|本台|见习|全媒体|融媒体?|新华社)*记者|(?:本报|本刊|特约)*通讯员|撰稿人?|撰文|文字|供稿人|投稿人|摄影|图文",
    "editor": r"(?:责任|值班|网络|网页|本期|新媒体|执行|栏目)*(?:编辑|责编|主编|编审|总编|总编辑|编校|校对|排版|美编)",
    "reviewer": r"(?:审核|审稿|核稿|审签|签发|监制|[一二三初复终]审|复核|审定)(?:人|人员)?",
}
_OFFICE = "|".join(f"(?P<{office}>{words})" for office, words in _OFFICES.items())
_NAME = r"[^\s，。；：:！？（）()【】\[\]|/、]{2,20}"
_ITEM = re.compile(
    rf"(?:{_OFFICE})(?P<mark>\s?[:：丨|]\s?|\s)(?P<names>(?!(?:{re.sub(r'[?]P<[a-z]+>', '?:', _OFFICE)})\s?[:：])"
    rf"{_NAME}(?:[、/ ]{_NAME})*?)(?P<work>/[文图摄])?(?=[\s)）】\]|丨]|$|(?:{re.sub(r'[?]P<[a-z]+>', '?:', _OFFICE)})[:：\s])"
)
_LINE = re.compile(r"[^\n]+")
_BRACKETS = re.compile(r"[（(【\[]([^（()）【】\[\]\n。]{3,60})[)）】\]]")
_OTHER = re.compile(
    r"(?:发布|发表|更新|填报|制表|成文)?(?:时间|日期)[:：]?\s?|[\d年月日时分:：./-]+|本报讯|讯|本报|(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：]?|[文图摄]|\W"
)
_WORK = re.compile(r"(?:文?/[文图摄]|摄影?|报道|整理|综合)$")  # 赵丽 文/图
_NOBODY = frozenset({"未知", "原创", "转载", "互联网", "网络", "本站", "本网", "佚名"})
_BODY = re.compile(
    r"(?:部|委|局|科|处|室|中心|站|社|报|网|台|院|所|办|办公室|厅|会|公司|号|编辑|本站|平台|集团|频道|客户端)$|^[\w.@-]+$",
    re.ASCII,
)
_LONGEST = 100
_MOST_ELSE = 2  # characters of a signature line beside its items


@cache
def _person() -> re.Pattern[str]:
    """A full name: a surname and one or two characters, or one with the given name kept back (王某某)."""
    surnames = sorted(" ".join(lines("surnames.txt")).split(), key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(surnames)})[\u4e00-\u9fff×*]{{1,2}}|[\u4e00-\u9fff]{{2,6}}·[\u4e00-\u9fff·]{{2,8}}"
    )


def find_signatures(text: str) -> tuple[tuple[Credit, ...], list[tuple[int, int]]]:
    """Who signed, each person and office once, and the clean spans of the names of people, in order of the text."""
    found: dict[Credit, None] = {}
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        stretches = [(line.start(), line[0])] if len(line[0]) <= _LONGEST else []
        stretches += [(line.start() + m.start(1), m[1]) for m in _BRACKETS.finditer(line[0])]
        for start, stretch in stretches:
            for item, office, names in _items(stretch):
                if office != "source":
                    spans.append((start + item.start("names"), start + item.end("names")))
                found |= {Credit(office, name): None for name in names if name not in _NOBODY}
    return tuple(found), spans


def unsigned(mentions: tuple[Mention, ...], spans: list[tuple[int, int]]) -> tuple[Mention, ...]:
    """Mentions but for those of places and programmes that are names of people who signed."""
    return tuple(
        m
        for m in mentions
        if m.label == "ORG" or not any(start <= m.start and m.end <= end for start, end in spans)
    )


def _items(stretch: str) -> list[tuple[re.Match[str], Office, list[str]]]:
    """The offices and names of a stretch of text that holds hardly anything else; none otherwise."""
    found: list[tuple[re.Match[str], Office, list[str]]] = []
    for item in _ITEM.finditer(stretch):
        office: Office = next(office for office in _OFFICES if item[office])
        names = [
            name
            for name in re.split(r"[、/ ]", _WORK.sub("", item["names"] + (item["work"] or "")))
            if len(name) > 1
        ]
        if names and all(_may_sign(name, office, labelled=item["mark"].strip() != "") for name in names):
            found.append((item, office, names))
    rest = stretch
    for item, _, _ in reversed(found):
        rest = rest[: item.start()] + rest[item.end() :]
    rest = re.sub(_OFFICE, "", rest)
    return found if len(_OTHER.sub("", rest)) <= _MOST_ELSE else []


def _may_sign(name: str, office: Office, *, labelled: bool) -> bool:
    if _person().fullmatch(name):
        return office != "source" or labelled
    return labelled and (office == "source" or _BODY.search(name) is not None)
