"""A PDF that is not that of its invoice reaches nobody, whatever the converter says."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import mortal
from support.mailserver import MailServer
from support.workbooks import INVOICE, LINE, small_book
from support.world import World


@pytest.mark.libreoffice
def test_a_pdf_of_another_invoice_goes_to_nobody(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> None:
    number = {"number": "2026-0002"}
    book = small_book(
        tmp_path / "boek.xlsx", invoices=[{**INVOICE, **number}], lines=[{**LINE, "invoice": "2026-0002"}]
    )
    World(book, invoice_pdf, server, mortal.PaperTray(tmp_path / "printer")).press()
    assert server.messages() == []
