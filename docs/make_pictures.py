"""Makes the pictures of this folder from a real run: the workbook, an invoice, and the page of a demo.

    python docs/make_pictures.py

Needs LibreOffice, and Chromium for the page.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2

from factuurbode.convert.picture import first_page_png
from factuurbode.convert.probe import installed
from factuurbode.demo.run import run_demo
from factuurbode.domain.model import Language
from factuurbode.steps.report import Result

HERE = Path(__file__).parent
SHEETS = {"start": "Zo werkt het", "facturen": "Factuurnr", "status": "Bijgewerkt"}
"""The first printed page with a word on it."""
WIDTH = 1200


class Silent:
    """Nobody watches."""

    cancelled = False

    def begins(self, invoices: int) -> None:
        """Not shown."""

    def done(self, result: Result) -> None:
        """Not shown."""

    def invoice_done(self) -> None:
        """Not shown."""


def as_pdf(book: Path, folder: Path) -> bytes:
    """The workbook as Calc prints it."""
    command = [
        str(installed().soffice.with_name("soffice")),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
    ]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / book.name).with_suffix(".pdf").read_bytes()


def first_with(pdf: bytes, word: str) -> int:
    """The number, from 0, of the first page with *word*."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
        return next(number for number, text in enumerate(texts) if word in text)
    finally:
        document.close()


def page_png(pdf: bytes, number: int) -> bytes:
    """One page of *pdf*."""
    source, single = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new()
    single.import_pages(source, [number])
    one = Path(tempfile.mkstemp(suffix=".pdf")[1])
    single.save(one)
    single.close()
    source.close()
    try:
        return first_page_png(one.read_bytes(), WIDTH)
    finally:
        one.unlink()


def screenshot(page: Path, target: Path) -> None:
    """*page* as a browser shows it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    command += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with tempfile.TemporaryDirectory() as profile:
        command += [f"--user-data-dir={profile}", "--window-size=1400,1500", f"--screenshot={target}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Write every picture anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shown = run_demo(folder / "demo", Language.NL, Silent())
        book = as_pdf(folder / "demo" / "demo.xlsx", folder)
        for title, word in SHEETS.items():
            (HERE / f"werkmap-{title}.png").write_bytes(page_png(book, first_with(book, word)))
        invoice = next(result.pdf for result in shown.report.results if result.invoice == "2026-0895" and result.pdf)
        (HERE / "factuur.png").write_bytes(first_page_png(invoice.read_bytes(), WIDTH * 3 // 4))
        screenshot(shown.page, HERE / "demo.png")


if __name__ == "__main__":
    main()
