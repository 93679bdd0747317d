"""PDFs by Chromium and LibreOffice, and what becomes of these: cut, scanned, with a password."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from sample_documents import SAME, html_table, lines_of, tables, word
from sample_tables import BULLETINS

_STYLE = (
    '<meta charset="utf-8"><style>body{font-family:"Noto Sans CJK SC";font-size:15px;line-height:1.7}'
    "p{text-indent:2em;text-align:justify}td{padding:2px 12px}</style>"
)


def pdfs() -> dict[str, bytes]:
    """Name → bytes."""
    made: dict[str, bytes] = {}
    for name in SAME:
        made[f"same/{name}.writer.pdf"] = _by_office(word(lines_of(name)), "docx", "writer_pdf_Export")
    lines = lines_of(SAME[2])
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    made[f"same/{SAME[2]}.chromium.pdf"] = _by_chromium(f"{_STYLE}<h1>{lines[0]}</h1>{body}")
    for one in BULLETINS:
        made[f"tables/{one.name}.calc.pdf"] = _by_office(
            tables()[f"tables/{one.name}.docx"], "docx", "writer_pdf_Export"
        )
    one = BULLETINS[2]
    around = "".join(f"<p>{line}</p>" for line in (one.title, *one.above))
    made["tables/merged.chromium.pdf"] = _by_chromium(f"{_STYLE}{around}{html_table(one)}")
    whole = made[f"same/{SAME[2]}.writer.pdf"]
    made["damaged/truncated.pdf"] = whole[: len(whole) // 3]
    made["damaged/scanned.pdf"] = _scanned(whole, 1)
    made["damaged/one-page-scanned.pdf"] = _with_scan(whole)
    return made


def _by_chromium(page: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.html"), Path(folder, "a.pdf")
        source.write_text(f"<!doctype html><html lang=zh>{page}", encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", str(source)],
            check=True,
            capture_output=True,
        )  # fmt: skip
        return target.read_bytes()


def _by_office(data: bytes, suffix: str, kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"a.{suffix}")
        source.write_bytes(data)
        subprocess.run(
            ["soffice", "--headless", "--convert-to", f"pdf:{kind}", "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
        )
        return Path(folder, "a.pdf").read_bytes()


def _picture(data: bytes, number: int) -> tuple[pdfium.PdfDocument, pdfium.PdfPage]:
    """A page that holds nothing but a picture of another page."""
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder, "a.jpg")
        pdfium.PdfDocument(data)[number].render(scale=0.6, grayscale=True).to_pil().save(shot, quality=25)
        document = pdfium.PdfDocument.new()
        page = document.new_page(595, 842)
        image = pdfium.PdfImage.new(document)
        image.load_jpeg(str(shot), inline=True)
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        page.insert_obj(image)
        page.gen_content()
    return document, page


def _scanned(data: bytes, pages: int) -> bytes:
    document, _ = _picture(data, pages - 1)
    return _saved(document)


def _with_scan(data: bytes) -> bytes:
    """The report with a second page that is only a picture."""
    scan, _ = _picture(data, 0)
    document = pdfium.PdfDocument(data)
    document.import_pages(scan)
    return _saved(document)


def _saved(document: pdfium.PdfDocument) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "a.pdf")
        document.save(target)
        return target.read_bytes()
