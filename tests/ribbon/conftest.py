"""A bakery in Excel: LibreOffice Calc stands in for it, with a mail server and a paper tray outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode import bootstrap
from factuurbode.bootstrap import Outside
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.settings import Mail
from factuurbode.ports import Document, Mailer, Reached
from support import mortal
from support.calc_engine import CalcOffice, a_calc, engine_on
from support.documents import an_invoice_docx
from support.excel_bakery import ExcelBakery
from support.fake_mailbox import FolderMailbox
from support.mailserver import MailServer, mail_server


@pytest.fixture(scope="session")
def calc() -> Iterator[CalcOffice]:
    """A private LibreOffice Calc."""
    with a_calc() as running:
        yield running


@pytest.fixture(scope="session")
def invoice_pdfs() -> dict[str, bytes]:
    """The PDFs of a few invoices."""
    numbers = [f"2026-000{number}" for number in range(1, 7)]
    with LibreOffice() as office:
        documents = [Document(number, an_invoice_docx(number)) for number in numbers]
        return {conversion.name: conversion.pdf for conversion in office.convert(documents)}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server without TLS or sign-in."""
    with mail_server(tmp_path / "server") as running:
        yield running


@pytest.fixture
def bakery(
    tmp_path: Path,
    calc: CalcOffice,
    invoice_pdfs: dict[str, bytes],
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ExcelBakery]:
    """A bakery whose workbook is open; every converter gives the ready-made PDFs."""
    tray = mortal.PaperTray(tmp_path / "printer")
    real = bootstrap.real_world()

    def mailer(mail: Mail, reached: Reached) -> Mailer:
        return real.open_mailer(mail, reached)

    postbox = FolderMailbox(tmp_path / "postvak")
    monkeypatch.setattr(bootstrap, "real_world", lambda: Outside(mailer, lambda _: tray, lambda _: postbox))
    monkeypatch.setattr(bootstrap, "chosen_converter", lambda: mortal.ReadyMade(invoice_pdfs))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("factuurbode.ribbon.delivering.show_on_screen", lambda _: True)
    monkeypatch.setattr("factuurbode.ribbon.settings.show_on_screen", lambda _: True)
    monkeypatch.setattr("factuurbode.ribbon.window._python", lambda: None)  # tests/ribbon/test_window.py has a screen
    made = ExcelBakery(tmp_path / "bakkerij", engine_on(calc.desktop), server, tray)
    made.opens()
    yield made
    calc.close_all()
