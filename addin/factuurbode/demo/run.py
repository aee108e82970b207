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
from ..errors import BookExists, StorageError, disk_reason
from ..files import replacing
from ..report.file import write_page
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

    An earlier demo in *folder* is replaced. Raises BookExists when *folder* holds anything else, StorageError.
    """
    book = _fresh(folder) / "demo.xlsx"
    create_workbook(book, language, workbook_id="demo", demo=True)
    with replacing(book.with_name(_LOGO)) as logo:
        logo.write(asset("workbooks", _LOGO).read_bytes())
    with (
        MailCatcher(book.with_name("mail")) as catcher,
        open_office(book, demo_world(catcher.port, book.with_name("printer"))) as office,
    ):
        report = dispatch.customer_copies(office, Request(), watch)
        shown = book.with_name("index.html")
        write_page(shown, report, office, texts_in(language))
    return Demonstration(report, shown)


def _fresh(folder: Path) -> Path:
    """The whole path of *folder*, new and empty, with the folder for mail in it."""
    try:
        whole = folder.resolve()
        if (whole / _OURS).exists():
            shutil.rmtree(whole)
        elif whole.exists() and any(whole.iterdir()):
            raise BookExists(path=folder)
        (whole / "mail").mkdir(parents=True, exist_ok=True)
        (whole / _OURS).touch()
    except OSError as error:
        raise StorageError(path=folder, detail=disk_reason(error)) from error
    return whole
