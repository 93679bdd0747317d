"""The same reports and the same tables as text, web page, Word and Excel."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import opencc
import openpyxl
from openpyxl.styles import Alignment
from sample_more_tables import MORE
from sample_tables import BULLETINS, Box, Bulletin

REPORTS = Path(__file__).resolve().parent.parent / "seeds" / "reports"
SAME = ("stat04", "county01", "inst04")
_EPOCH = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC).replace(tzinfo=None)
_ZIP_TIME = (2024, 1, 2, 3, 4, 4)


# What OpenCC writes and Big5 does not have, as Taiwan and Hong Kong write it.
_BIG5 = str.maketrans("爲衆牀裏着羣峯", "為眾床裡著群峰")


def big5(text: str) -> bytes:
    """A simplified text in Traditional characters, in Big5."""
    return opencc.OpenCC("s2t").convert(text).translate(_BIG5).encode("big5hkscs")


def lines_of(name: str) -> list[str]:
    """The lines of a sample report."""
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.split("\n") if line.strip()]


def same() -> dict[str, bytes]:
    """Three reports as plain text in three encodings, as web page and as Word document."""
    made: dict[str, bytes] = {}
    for name in SAME:
        text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
        made[f"same/{name}.utf-8.txt"] = text.encode()
        made[f"same/{name}.gb18030.txt"] = text.encode("gb18030")
        made[f"same/{name}.big5.txt"] = big5(text)
        made[f"same/{name}.html"] = page(name, lines_of(name)).encode()
        made[f"same/{name}.docx"] = word(lines_of(name))
    return made


def blocks_of(lines: list[str]) -> list[str | list[str]]:
    """Paragraphs, and the rows with tabs that follow one another as one table."""
    blocks: list[str | list[str]] = []
    for line in lines:
        if "\t" not in line:
            blocks.append(line)
        elif blocks and isinstance(blocks[-1], list):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _html_block(block: str | list[str]) -> str:
    if isinstance(block, str):
        return f"<p>　　{html.escape(block)}</p>"
    rows = ("".join(f"<td>{html.escape(text)}</td>" for text in line.split("\t")) for line in block)
    return "<table>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


NAVIGATION = (
    '<div class="top"><a href="/">首页</a> | <a href="/xxgk/">信息公开</a> | <a href="/bmfw/">办事服务</a> | '
    '<a href="/hdjl/">互动交流</a></div>\n<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/tj/">统计信息</a></div>'
)
_FOOTER = (
    '<div class="related"><h3>相关阅读</h3><ul><li><a href="1.html">关于开展健康教育活动的通知</a></li>'
    '<li><a href="2.html">卫生健康系统召开工作会议</a></li><li><a href="3.html">征集意见的公告</a></li></ul></div>\n'
    '<div class="footer"><p>版权所有：卫生健康委员会 网站标识码：1234567890</p><p>建议使用1024×768分辨率浏览</p></div>'
)
_SCRIPT = '<script>document.write("<p>今日访问999人次。</p>");</script><style>.a{color:red}</style>'


def page(name: str, lines: list[str], head: str = "", body: str = "", *, around: bool = True) -> str:
    """A page of a government site with one article."""
    title = html.escape(lines[0])
    paragraphs = body or "\n".join(map(_html_block, blocks_of(lines[1:])))
    before, after = (NAVIGATION, _FOOTER) if around else ("", "")
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head or "<meta charset=utf-8>"}<title>{title}_某市卫生健康委员会</title>\n'
        f'<link rel="canonical" href="https://wjw.example.gov.cn/tj/{name}.html">{_SCRIPT}</head>\n<body>{before}\n'
        f'<div class="article"><h1>{title}</h1>\n<div class="TRS_Editor">{paragraphs}</div></div>\n{after}</body></html>\n'
    )


def word(lines: list[str], table: Bulletin | None = None) -> bytes:
    """A Word document: headline, paragraphs, a table."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _EPOCH
    document.add_heading(lines[0], level=0)
    for block in blocks_of(lines[1:]):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            rows = tuple(tuple(line.split("\t")) for line in block)
            head = (tuple(Box(text) for text in rows[0]),)
            _word_table(document, Bulletin("", "", (), head, rows[1:], ()))
    if table is not None:
        _word_table(document, table)
        for line in table.below:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _word_table(document: Any, table: Bulletin) -> None:  # noqa: ANN401 - python-docx hands out no class for it
    width = len(table.body[0])
    made = document.add_table(rows=len(table.head) + len(table.body), cols=width)
    made.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(table.head):
        column = 0
        for box in row:
            while (at, column) in taken:
                column += 1
            cell = made.cell(at, column)
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(made.cell(at + box.rows - 1, column + box.columns - 1))
            cell.text = box.text
            taken |= {(at + i, column + j) for i in range(box.rows) for j in range(box.columns)}
    for at, texts in enumerate(table.body, start=len(table.head)):
        for column, text in enumerate(texts):
            made.cell(at, column).text = text


def tables() -> dict[str, bytes]:
    """The six tables as text, values with commas, page, Word and Excel."""
    made: dict[str, bytes] = {}
    for one in (*BULLETINS, *MORE):
        made[f"tables/{one.name}.txt"] = _plain(one).encode()
        made[f"tables/{one.name}.csv"] = _csv(one).encode("gb18030")
        body = (
            "".join(f"<p>{line}</p>" for line in one.above)
            + html_table(one)
            + "".join(f"<p>{line}</p>" for line in one.below)
        )
        made[f"tables/{one.name}.html"] = page(one.name, [one.title], body=body).encode()
        made[f"tables/{one.name}.docx"] = word([one.title, *one.above], one)
        made[f"tables/{one.name}.xlsx"] = _sheet(one)
    return made


def html_table(one: Bulletin) -> str:
    """The table as HTML, with its merged cells."""

    def spans(rows: int, columns: int) -> str:
        return (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")

    head = "".join(
        "<tr>" + "".join(f"<td{spans(box.rows, box.columns)}>{box.text}</td>" for box in row) + "</tr>\n"
        for row in one.head
    )
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>\n" for row in one.body)
    return f'<table border="1">\n{head}{body}</table>\n'


def grid(one: Bulletin) -> list[list[str]]:
    """The table as rows of equal width, merged cells once."""
    width = len(one.body[0])
    rows = [[""] * width for _ in one.head]
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(one.head):
        column = 0
        for box in row:
            while (at, column) in taken:
                column += 1
            rows[at][column] = box.text
            taken |= {(at + i, column + j) for i in range(box.rows) for j in range(box.columns)}
    return [*rows, *map(list, one.body)]


def _plain(one: Bulletin) -> str:
    """As typed: columns lined up with blanks."""
    rows = grid(one)
    widths = [max(_width(row[i]) for row in rows) + 3 for i in range(len(rows[0]))]
    typed = [
        "".join(text + " " * (size - _width(text)) for text, size in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([one.title, "", *one.above, *typed, *one.below, ""])


def _width(text: str) -> int:
    return sum(2 if c > "\u2e80" else 1 for c in text)


def _csv(one: Bulletin) -> str:
    rows = [[one.title], *([line] for line in one.above), *grid(one), *([line] for line in one.below)]
    return (
        "\r\n".join(",".join(f'"{text}"' if "," in text else text for text in row) for row in rows) + "\r\n"
    )


def _sheet(one: Bulletin) -> bytes:
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = _EPOCH
    sheet = book.active
    sheet.title = one.above[0][:2]
    width = len(one.body[0])
    at = 1
    for line in (one.title, *one.above):
        sheet.cell(at, 1, line).alignment = Alignment(horizontal="center")
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
        at += 1
    taken: set[tuple[int, int]] = set()
    for row in one.head:
        column = 1
        for box in row:
            while (at, column) in taken:
                column += 1
            sheet.cell(at, column, box.text)
            if box.rows > 1 or box.columns > 1:
                sheet.merge_cells(
                    start_row=at,
                    start_column=column,
                    end_row=at + box.rows - 1,
                    end_column=column + box.columns - 1,
                )
            taken |= {(at + i, column + j) for i in range(box.rows) for j in range(box.columns)}
        at += 1
    for texts in one.body:
        for column, text in enumerate(texts, start=1):
            number = re.fullmatch(r"-?[\d,]+(\.\d+)?", text)
            cell = sheet.cell(at, column, float(text.replace(",", "")) if number else text)
            if number:
                cell.number_format = ("#,##0" if "," in text else "0") + (
                    "." + "0" * (len(number[1]) - 1) if number[1] else ""
                )
        at += 1
    for line in one.below:
        sheet.cell(at, 1, line)
        at += 1
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


def repacked(data: bytes) -> bytes:
    """An office file whose parts all have one time, so that the same content has the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-02T03:04:05Z", part)
            new.writestr(zipfile.ZipInfo(name, _ZIP_TIME), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def saved_pages() -> dict[str, bytes]:
    """Web pages as they are saved: with their tags, with a folder beside them, in one file, in old layouts, as .xls."""
    lines = lines_of("stat01")
    meta = (
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><meta name="SiteName" content="某市卫生健康委员会">'
        f'<meta name="ArticleTitle" content="{lines[0]}"><meta name="PubDate" content="2023-06-28 16:42">'
        '<meta name="ContentSource" content="邢台市卫生健康委员会"><meta name="ColumnName" content="统计公报">'
    )
    gov = page("stat01", lines, head=meta)
    old = (
        "<HTML><HEAD><TITLE>" + lines[0] + "</TITLE></HEAD><BODY>" + NAVIGATION + "<TABLE width=980><TR><TD width=200><TABLE><TR><TD>"
        "<A href=a.htm>机构设置</A></TD></TR><TR><TD><A href=b.htm>领导介绍</A></TD></TR></TABLE></TD><TD><TABLE width=780><TR><TD align=center><B>"
        + lines[0] + "</B></TD></TR><TR><TD><FONT size=3>" + "<BR>\n&nbsp;&nbsp;&nbsp;&nbsp;".join(lines[1:]) + "</FONT></TD></TR></TABLE></TD></TR></TABLE></BODY></HTML>"
    )  # fmt: skip
    saved = "<!-- saved from url=(0046)https://wjw.example.gov.cn/tj/2022/stat01.html -->\n" + page(
        "stat01", lines
    ).replace('<link rel="canonical" href="https://wjw.example.gov.cn/tj/stat01.html">', "")
    mhtml = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://wjw.example.gov.cn/tj/stat01.html\nSubject: saved\n"
        "Date: Thu, 29 Jun 2023 08:30:00 +0800\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----part"\n\n------part\nContent-Type: text/html\n'
        "Content-Transfer-Encoding: base64\nContent-Location: https://wjw.example.gov.cn/tj/stat01.html\n\n"
    )
    import base64  # noqa: PLC0415 - used here alone

    body = base64.encodebytes(page("stat01", lines).replace("<meta charset=utf-8>", '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">').encode()).decode()  # fmt: skip
    single = page("stat01", lines).replace("<!DOCTYPE html>\n", "<!DOCTYPE html> <!--\n Page saved with SingleFile\n url: https://wjw.example.gov.cn/tj/single.html\n saved date: Wed Mar 06 2024 10:00:00 GMT+0800 (CST)\n-->\n")  # fmt: skip
    return {
        "pages/tags.gb2312.html": gov.encode("gb18030"),
        "pages/old-layout.htm": old.encode("gb18030"),
        "pages/saved.html": saved.encode(),
        "pages/saved_files/frame.html": b"<html><body><p>\xe5\xb9\xbf\xe5\x91\x8a</p></body></html>",
        "pages/single-file.html": single.encode(),
        "pages/mail.mhtml": (mhtml + body + "\n------part--\n").replace("\n", "\r\n").encode(),
        "pages/table.xls": page("merged", [BULLETINS[2].title], body="".join(f"<p>{t}</p>" for t in BULLETINS[2].above) + html_table(BULLETINS[2]), around=False).encode("utf-8"),
    }  # fmt: skip
