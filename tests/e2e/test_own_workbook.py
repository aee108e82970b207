"""As a new user would: a workbook from `new`, filled in and saved in LibreOffice Calc, then sent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode.cli import main
from factuurbode.convert.probe import installed
from factuurbode.domain.states import State
from factuurbode.workbook.reader import read_ledger
from support.mailserver import MailServer, mail_server
from support.printserver import PrintServer, print_server

pytestmark = [pytest.mark.libreoffice, pytest.mark.smtp_tls, pytest.mark.cups]
CALC = Path(__file__).parents[1] / "support" / "calc_edit.py"
PASSWORD = "heel geheim"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "server", tls="tls", user="bakker", password=PASSWORD) as running:
        yield running


@pytest.fixture
def printer() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


def edited_in_calc(book: Path, folder: Path, cells: dict[str, dict[str, object]]) -> None:
    """Open *book* in LibreOffice Calc, type into *cells* by sheet and address, and save it as .xlsx."""
    office = installed()
    order = {"book": book.as_uri(), "profile": (folder / "calc").as_uri(), "soffice": str(office.soffice)}
    done = subprocess.run(
        [str(office.python), str(CALC), json.dumps({**order, "cells": cells})],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def setting_cells(book: Path, values: dict[str, object]) -> dict[str, object]:
    places = read_ledger(book).settings_places
    return {places[key].cell: value for key, value in values.items()}


def test_two_customers_three_invoices_one_mailed_one_printed_one_saved(
    tmp_path: Path, server: MailServer, printer: PrintServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTUURBODE_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("CUPS_SERVER", printer.server)
    book = tmp_path / "mijn facturen.xlsx"
    assert main(["new", str(book), "--language", "nl"]) == 0
    settings = setting_cells(
        book,
        {
            "company.name": "Bakkerij Uit De Test",
            "company.street": "Ovenpad 1",
            "company.postcode": "1234 AB",
            "company.city": "Meelstad",
            "company.vat_number": "NL001234567B29",
            "company.kvk": "01234567",
            "company.iban": "NL91ABNA0417164300",
            "mail.server": server.host,
            "mail.port": server.port,
            "mail.security": "TLS",
            "mail.sign_in": "Wachtwoord",
            "mail.user": "bakker",
            "mail.sender": "facturen@bakkerij.test",
            "mail.ca_file": str(server.ca_file),
            "printing.printer": printer.printer,
        },
    )
    edited_in_calc(
        book,
        tmp_path,
        {
            "Instellingen": settings,
            "Klanten": {
                **typed(4, "A", ["0001", "Café Voorbeeld", "", "Kade 1", "1234 CD", "Meelstad"]),
                **typed(4, "I", ["PDF per e-mail", "post@cafe.example"]),
                "L4": {"date": "2026-01-05"},
                **typed(5, "A", ["0002", "Hotel Proef", "", "Plein 2", "1234 EF", "Meelstad"]),
                "I5": "Papier",
            },
            "Facturen": {
                **typed(4, "A", ["2026-1", {"date": "2026-10-05"}, "0001"]),
                **typed(5, "A", ["2026-2", {"date": "2026-10-06"}, "0002"]),
            },
            "Factuurregels": {
                **typed(4, "A", ["2026-1", {"date": "2026-10-02"}, "", "Volkoren heel", 10, "stuk", 2.35, "", 9]),
                **typed(5, "A", ["2026-1", {"date": "2026-10-03"}, "", "Taartdoos", 3, "stuk", 1.05, 10, 21]),
                **typed(6, "A", ["2026-2", {"date": "2026-10-04"}, "", "Croissant", 24, "stuk", 1.1, "", 9]),
            },
        },
    )
    ledger = read_ledger(book)
    assert ledger.problems == ()
    assert [str(invoice.recorded.total) for invoice in ledger.invoices] == ["29.06", "28.78"]  # Calc's own formulas

    assert main(["check", str(book)]) == 0
    assert main(["customer-copies", str(book)]) == 0
    edited_in_calc(
        book,
        tmp_path,
        {
            "Instellingen": setting_cells(book, {"general.always_save_as_pdf": "Ja"}),
            "Facturen": typed(6, "A", ["2026-3", {"date": "2026-10-07"}, "0002"]),
            "Factuurregels": typed(7, "A", ["2026-3", {"date": "2026-10-07"}, "", "Wit tijger", 5, "stuk", 2, "", 9]),
        },
    )
    assert main(["customer-copies", str(book)]) == 0
    states = {invoice.number: list(invoice.recorded.states.values()) for invoice in read_ledger(book).invoices}
    assert states == {"2026-1": [State.SENT], "2026-2": [State.PRINTED], "2026-3": [State.SAVED]}

    before = book.read_bytes()
    assert main(["customer-copies", str(book)]) == 0
    assert book.read_bytes() == before
    assert (len(server.messages()), len(printer.papers())) == (1, 1)
    assert len(list((tmp_path / "archief").glob("*/*.pdf"))) == 3


def typed(row: int, first: str, values: list[object]) -> dict[str, object]:
    """Values typed from column *first* on, along one row; '' leaves a cell alone."""
    return {f"{chr(ord(first) + place)}{row}": value for place, value in enumerate(values) if value != ""}
