"""Trouble on the way out: template, converter, mail server, printer, and files that somebody else has open."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode import bootstrap
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from support.bakery import Bakery
from support.printserver import PrintServer, print_server
from support.workbooks import CUSTOMER, INVOICE, LINE, Row

pytestmark = [pytest.mark.libreoffice, pytest.mark.cups]
PAPER: Row = {**CUSTOMER, "e_invoice": "paper"}
SENT = {"2026-0001": {Channel.MAIL: State.SENT}}


@pytest.fixture(scope="module")
def printer() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_template_that_is_gone_is_named_and_the_invoice_goes_once_it_is_back(bakery: Bakery) -> None:
    bakery.settings = {"general.template": "mijn sjabloon.docx"}
    bakery.opens()
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "mijn sjabloon.docx is er niet. Zet het sjabloon terug, of maak de instelling Sjabloon leeg" in told.words
    assert not (bakery.book.parent / "archief").exists()
    bakery.settings = {}
    bakery.opens()
    assert bakery.sends().code == 0


def test_without_a_converter_nothing_is_archived_and_it_says_what_to_install(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "chosen_converter", LibreOffice)
    monkeypatch.setattr("factuurbode.convert.probe._PROGRAM_FOLDERS", ())
    monkeypatch.setenv("PATH", "")
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "Er is geen programma gevonden dat van Word-documenten PDF’s maakt" in told.words
    assert "Installeer LibreOffice (Writer)." in told.words
    assert not (bakery.book.parent / "archief").exists()


def test_a_mail_server_that_is_down_costs_nothing_but_time(bakery: Bakery) -> None:
    port, bakery.settings = bakery.server.port, {"mail.port": unused_port()}
    bakery.opens()
    told = bakery.sends()
    assert told.code == 2
    assert "Op deze poort luistert geen mailserver." in told.words
    assert "1 later" in told.words
    bakery.settings = {"mail.port": port}
    bakery.opens()
    assert bakery.sends().code == 0
    assert bakery.mails == 1


@pytest.mark.parametrize("port", [0, 65_536, 99_999])
def test_a_port_that_cannot_be_is_said(bakery: Bakery, port: int) -> None:
    bakery.settings = {"mail.port": port}
    bakery.opens()
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "mailserver" in told.words


def test_a_printer_that_is_not_there_is_told_with_those_that_are(
    bakery: Bakery, printer: PrintServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", printer.server)
    bakery.settings = {"printing.printer": "Keuken"}
    bakery.opens(customers=[PAPER])
    told = bakery.sends()
    assert told.code == 2
    assert "bestaat niet op deze computer. Bekend zijn: Winkel." in told.words
    bakery.settings = {"printing.printer": "Winkel"}
    bakery.opens(customers=[PAPER])
    assert bakery.sends().code == 0
    assert len(printer.papers()) == 1


def test_a_print_service_that_is_away_is_told(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{unused_port()}")
    bakery.opens(customers=[PAPER])
    told = bakery.sends()
    assert told.code == 2
    assert "afdrukdienst van deze computer antwoordt niet" in told.words


def test_a_pdf_that_is_open_in_a_reader_stays_and_the_run_is_fine(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.unlink

    def open_elsewhere(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".pdf":
            raise PermissionError(13, "The process cannot access the file")
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", open_elsewhere)
    bakery.settings = {"general.delete_after_sending": True}
    bakery.opens()
    assert bakery.sends().code == 0
    assert (bakery.mails, bakery.shown) == (1, SENT)
    assert len(list((bakery.book.parent / "facturen").glob("*.pdf"))) == 1


def test_a_pdf_that_cannot_even_be_read_is_left_alone_and_the_new_one_gets_a_number(bakery: Bakery) -> None:
    taken = bakery.book.parent / "facturen" / "Factuur 2026-0001 Café De Proef.pdf"
    taken.mkdir(parents=True)
    assert bakery.sends().code == 0
    assert taken.with_name("Factuur 2026-0001 Café De Proef (2).pdf").is_file()


def test_a_page_that_cannot_be_written_is_said_before_anything_goes_out(bakery: Bakery, tmp_path: Path) -> None:
    for place in (tmp_path / "weg" / "bladzijde.html", tmp_path):
        told = bakery.types("customer-copies", "--report", str(place))
        assert (told.code, bakery.mails) == (2, 0)
    assert bakery.types("customer-copies", "--report", str(tmp_path / "bladzijde.html")).code == 0
    assert bakery.mails == 1


def test_a_program_gets_the_same_trouble_as_one_object(bakery: Bakery) -> None:
    bakery.opens(customers=[CUSTOMER], invoices=[{**INVOICE, "customer": "weg"}], lines=[LINE])
    told = bakery.types("customer-copies", "--json")
    assert told.code == 2
    answer = json.loads(told.words)
    assert answer["counts"] == {"blocked": 1}
    assert "Klantnummer weg staat niet op het blad Klanten." in answer["results"][0]["message"]
    bakery.book.unlink()
    answer = json.loads(bakery.types("customer-copies", "--json").words)
    assert answer["error"]["code"] == "book_missing"
