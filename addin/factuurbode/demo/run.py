"""The whole product on a made-up bakery: real workbook, template, PDFs, mails and journal; nothing leaves the house."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from .. import dispatch
from ..assets import asset
from ..bootstrap import demo_world, open_office
from ..domain.model import Language
from ..domain.selection import Request
from ..errors import BookExists
from ..report.page import page
from ..steps.report import Report, Watch
from ..texts import texts_in
from ..workbook.create import create_workbook
from .catcher import MailCatcher

_OURS = ".factuurbode-demo"
_LOGO = "logo-demo.png"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demo came to, and the page that shows it."""

    report: Report
    page: Path


def run_demo(folder: Path, language: Language, watch: Watch) -> Demonstration:
    """Make the demo workbook in *folder*, deliver all its invoices, and write a page about it.

    An earlier demo in *folder* is replaced. Raises BookExists when *folder* holds anything else.
    """
    book = _fresh(folder.resolve()) / "demo.xlsx"
    create_workbook(book, language, workbook_id="demo", demo=True)
    shutil.copyfile(asset("workbooks", _LOGO), book.with_name(_LOGO))
    with (
        MailCatcher(book.with_name("mail")) as catcher,
        open_office(book, demo_world(catcher.port, book.with_name("printer"))) as office,
    ):
        report = dispatch.customer_copies(office, Request(), watch)
        shown = book.with_name("index.html")
        html = page(report, office.journal, texts_in(language), book=book, made=office.now())
        shown.write_text(html, encoding="utf-8")
    return Demonstration(report, shown)


def _fresh(folder: Path) -> Path:
    """*folder*, new and empty."""
    if (folder / _OURS).exists():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise BookExists(path=folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _OURS).touch()
    return folder
