"""Eight processes that press the button on one workbook at once; mailbox and printed paper are the oracle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.states import State
from factuurbode.ports import Document
from factuurbode.workbook.reader import read_ledger
from support import mortal
from support.documents import an_invoice_docx
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book

pytestmark = pytest.mark.libreoffice
RACERS, INVOICES = 8, 12


def one_that_is_every_invoice(numbers: list[str], folder: Path) -> Path:
    """A PDF that carries all *numbers*, so that it passes for each of the invoices."""
    with LibreOffice(workers=1) as office:
        (conversion,) = office.convert([Document("all", an_invoice_docx(" ".join(numbers)))])
    path = folder / "all.pdf"
    path.write_bytes(conversion.pdf)
    return path


def test_eight_processes_at_once_send_and_print_each_invoice_once(tmp_path: Path, server: MailServer) -> None:
    numbers = [f"2026-{n:04}" for n in range(1, INVOICES + 1)]
    pdf = one_that_is_every_invoice(numbers, tmp_path)
    tray = mortal.PaperTray(tmp_path / "printer")
    book = small_book(
        tmp_path / "boek.xlsx",
        customers=[{**CUSTOMER, "e_invoice": "paper-and-mail"}],
        invoices=[{**INVOICE, "number": number} for number in numbers],
        lines=[{**LINE, "invoice": number} for number in numbers],
        settings={"mail.port": server.port},
    )
    command = [sys.executable, "-m", "support.racer", str(book), str(pdf), str(tray.folder)]
    folder = Path(__file__).parents[1]
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    racers = [
        subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(RACERS)
    ]
    presses = [int(racer.communicate()[0]) for racer in racers]

    assert min(presses) >= 2
    mailed = Counter(str(message.message["Subject"]) for message in server.messages())
    printed = Counter(title.split()[0] for title in tray.papers())
    assert len(mailed) == INVOICES
    assert set(mailed.values()) == {1}
    assert printed == dict.fromkeys(numbers, 1)
    for invoice in read_ledger(book).invoices:
        assert set(invoice.recorded.states.values()) == {State.SENT, State.PRINTED}
    assert sum(presses) > 2 * RACERS  # they did get into each other's way
