"""The headline of a page, told from the name of its site."""

from __future__ import annotations

import pytest
from lxml import html

from kg.read.web_meta import find_meta


@pytest.mark.parametrize(
    ("window", "headings", "title"),
    [
        ("丽水市2021年卫生统计公报-丽水市卫生健康委员会", ["丽水市卫生健康委员会", "丽水市2021年卫生统计公报"], "丽水市2021年卫生统计公报"),
        ("丽水市卫生健康委员会-统计信息", ["丽水市2021年卫生统计公报"], "丽水市2021年卫生统计公报"),
        ("丽水市卫生健康委员会", ["丽水市卫生健康委员会门户网站", "丽水市2021年卫生统计公报"], "丽水市2021年卫生统计公报"),
        ("丽水市中心医院", ["丽水市中心医院"], "丽水市中心医院"),
        ("丽水市2021年卫生统计公报", ["丽水卫健网"], "丽水市2021年卫生统计公报"),
    ],
)  # fmt: skip
def test_the_headline_of_a_page(window: str, headings: list[str], title: str) -> None:
    body = "".join(f"<h1>{heading}</h1>" for heading in headings)
    page = html.fromstring(
        f"<html><head><title>{window}</title></head><body>{body}<p>全市有医院35家。</p></body></html>"
    )
    assert find_meta(page, None).title == title
