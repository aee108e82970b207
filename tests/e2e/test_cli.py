"""The commands as a person or a program uses them: real LibreOffice, SMTP over TLS with a password, CUPS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from filelock import FileLock

from factuurbode.cli import main
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.workbook.reader import read_ledger
from support.mailserver import MailServer, mail_server
from support.printserver import PrintServer, print_server
from support.workbooks import CUSTOMER, INVOICE, LINE, Row, small_book

pytestmark = [pytest.mark.libreoffice, pytest.mark.smtp_tls, pytest.mark.cups]
PASSWORD = "geheim van de bakker"
PAPER: Row = {**CUSTOMER, "number": "0002", "name": "Hotel Proef & Zn <b>", "e_invoice": "paper", "email": ""}


@pytest.fixture(scope="module")
def printer() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "server", tls="starttls", user="bakker", password=PASSWORD) as running:
        yield running


@pytest.fixture
def settings(server: MailServer, printer: PrintServer, monkeypatch: pytest.MonkeyPatch) -> Row:
    """The settings of a bakery with a mail account over TLS and a printer."""
    monkeypatch.setenv("FACTUURBODE_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("CUPS_SERVER", printer.server)
    return {
        "mail.server": server.host,
        "mail.port": server.port,
        "mail.security": "starttls",
        "mail.sign_in": "password",
        "mail.user": "bakker",
        "mail.ca_file": str(server.ca_file),
        "mail.copy_address": "archief@bakkerij.test",
        "printing.printer": printer.printer,
        "closing.contact_person": "Truus Deeg",
        "closing.text.nl": "Warme groet uit de bakkerij.",
    }


def numbered(number: str, customer: str = "0001") -> Row:
    return {**INVOICE, "number": number, "customer": customer}


def lines_of(*numbers: str) -> list[Row]:
    return [{**LINE, "invoice": number} for number in numbers]


@pytest.fixture
def book(tmp_path: Path, settings: Row) -> Path:
    """Two customers, one by mail and one on paper, with an invoice each."""
    return small_book(
        tmp_path / "mijn facturen.xlsx",
        customers=[CUSTOMER, PAPER],
        invoices=[numbered("2026-0001"), numbered("2026-0002", "0002")],
        lines=lines_of("2026-0001", "2026-0002"),
        settings=settings,
    )


def rewritten(book: Path, settings: Row, **changes: Any) -> None:
    """The same workbook after an edit by the baker, with what the program had written."""
    last_run = read_ledger(book).identity.last_run
    small_book(book, settings={**settings, "workbook.last_run": last_run}, **changes)


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    """The JSON object that the command printed."""
    return json.loads(capsys.readouterr().out)


def states(told: Any) -> dict[str, str]:
    return {f"{result['invoice']} {result['channel']}": result["state"] for result in told["results"]}


def recorded(book: Path) -> dict[str, dict[Channel, State]]:
    return {invoice.number: dict(invoice.recorded.states) for invoice in read_ledger(book).invoices}


def test_one_mailed_one_printed_one_saved_and_the_second_run_is_silent(
    book: Path, settings: Row, server: MailServer, printer: PrintServer, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = len(printer.papers())
    assert main(["customer-copies", str(book), "--json"]) == 0
    told = said(capsys)
    assert states(told) == {"2026-0001 mail": "sent", "2026-0002 print": "printed"}
    assert told["counts"] == {"sent": 1, "printed": 1}

    rewritten(
        book,
        {**settings, "general.always_save_as_pdf": True},
        customers=[CUSTOMER, PAPER],
        invoices=[numbered("2026-0001"), numbered("2026-0002", "0002"), numbered("2026-0003", "0002")],
        lines=lines_of("2026-0001", "2026-0002", "2026-0003"),
    )
    assert main(["customer-copies", str(book), "--unsent", "--json"]) == 0
    told = said(capsys)
    assert states(told) == {"2026-0003 file": "saved"}
    assert Path(told["results"][0]["pdf"]).is_file()

    assert main(["customer-copies", str(book), "--json"]) == 0
    assert said(capsys) == {"results": [], "counts": {}}
    assert (len(server.messages()), len(printer.papers()) - papers) == (1, 1)
    assert recorded(book)["2026-0003"] == {Channel.FILE: State.SAVED}


def test_the_mail_is_what_the_customer_should_get(book: Path, server: MailServer) -> None:
    main(["customer-copies", str(book), "--invoices", "2026-0001"])
    (received,) = server.messages()
    message = received.message
    assert received.recipients == ("boekhouding@cafe-proef.example", "archief@bakkerij.test")  # R11
    assert "archief" not in str(message["To"]) + str(message["Cc"])
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    for body in (text.get_content(), html.get_content()):
        assert "2026-0001" in body
        assert "Truus Deeg" in body
        assert "Warme groet uit de bakkerij." in body
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "Factuur 2026-0001 Café De Proef.pdf"
    archived = next((book.parent / "archief").glob("*/*.pdf"))
    assert attachment.get_content() == archived.read_bytes()


def test_mail_print_and_archive_are_the_same_bytes(book: Path, printer: PrintServer) -> None:
    main(["customer-copies", str(book)])
    archived = {path.read_bytes() for path in (book.parent / "archief").glob("*/*.pdf")}
    kept = {path.read_bytes() for path in (book.parent / "facturen").glob("*.pdf")}
    assert archived == kept
    assert printer.papers()[-1] in archived


def test_customer_text_stands_on_the_paper_literally(book: Path, printer: PrintServer) -> None:
    main(["customer-copies", str(book), "--invoices", "2026-0002"])
    document = pypdfium2.PdfDocument(printer.papers()[-1])
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Hotel Proef & Zn <b>" in text


def test_a_pdf_is_deleted_after_sending_when_the_settings_say_so_and_the_archive_stays(
    book: Path, settings: Row
) -> None:
    rewritten(book, {**settings, "general.delete_after_sending": True})
    assert main(["customer-copies", str(book)]) == 0
    assert list((book.parent / "facturen").glob("*.pdf")) == []
    assert len(list((book.parent / "archief").glob("*/*.pdf"))) == 1


def test_success_is_silent_where_the_settings_say_so_and_failures_are_not(
    book: Path, settings: Row, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    two = {"invoices": [numbered("2026-0001"), numbered("2026-0002")], "lines": lines_of("2026-0001", "2026-0002")}
    rewritten(book, {**settings, "mail.hide_message": True}, **two)
    server.fault("rcpt", "550 5.1.1 unknown", times=1)
    assert main(["customer-copies", str(book)]) == 1
    shown = capsys.readouterr().out
    assert "2026-0001" in shown
    assert "550 5.1.1 unknown" in shown
    assert main(["customer-copies", str(book), "--invoices", "2026-0001"]) == 0
    assert "2026-000" not in capsys.readouterr().out


def test_a_dry_run_makes_everything_and_sends_nothing(
    book: Path, server: MailServer, printer: PrintServer, capsys: pytest.CaptureFixture[str]
) -> None:
    before, papers = book.read_bytes(), len(printer.papers())
    assert main(["customer-copies", str(book), "--dry-run", "--json"]) == 0
    assert states(said(capsys)) == {"2026-0001 mail": "ready", "2026-0002 print": "ready"}
    made = sorted(path.name for path in (book.parent / "facturen" / "proef").iterdir())
    assert made == [
        "Factuur 2026-0001 Café De Proef.eml",
        "Factuur 2026-0001 Café De Proef.pdf",
        "Factuur 2026-0002 Hotel Proef & Zn -b-.pdf",
    ]
    assert (server.messages(), len(printer.papers()), book.read_bytes()) == ([], papers, before)
    assert not (book.parent / "archief").exists()


def test_sending_again_is_an_act_of_its_own_with_a_reason(
    book: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["customer-copies", str(book), "--invoices", "2026-0001"])
    assert main(["customer-copies", str(book), "--resend", "--json"]) == 2
    assert main(["customer-copies", str(book), "--invoices", "2026-0001", "--resend"]) == 2
    capsys.readouterr()
    again = ["--invoices", "2026-0001", "--resend", "--reason", "klant is de mail kwijt"]
    assert main(["customer-copies", str(book), *again, "--json"]) == 0
    assert states(said(capsys)) == {"2026-0001 mail": "sent"}
    assert len(server.messages()) == 2


def test_an_internal_copy_is_stamped_and_printed_whatever_the_customer_wants(
    book: Path, printer: PrintServer, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = len(printer.papers())
    assert main(["internal-copies", str(book), "--invoices", "2026-0001", "--json"]) == 0
    assert states(said(capsys)) == {"2026-0001 print": "printed"}
    assert len(printer.papers()) == papers + 1
    document = pypdfium2.PdfDocument(printer.papers()[-1])
    assert "INTERN EXEMPLAAR" in document[0].get_textpage().get_text_range()
    document.close()
    assert server.messages() == []
    assert recorded(book)["2026-0001"] == {}


def test_an_internal_copy_on_screen_is_a_file_to_open(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["internal-copies", str(book), "--invoices", "2026-0002", "--screen", "--json"]) == 0
    (result,) = said(capsys)["results"]
    with pikepdf.open(result["pdf"]) as document:
        assert len(document.pages) == 1


def test_check_lists_every_problem_with_its_cell(book: Path, settings: Row, capsys: pytest.CaptureFixture[str]) -> None:
    rewritten(book, settings, customers=[{**CUSTOMER, "email": "geen adres"}], lines=[{**LINE, "price": "veel"}])
    assert main(["check", str(book), "--json"]) == 1
    told = said(capsys)
    assert {problem["code"] for problem in told["problems"] if problem["severity"] == "error"} == {
        "email_invalid",
        "number_unreadable",
    }
    assert all("!" in problem["place"] for problem in told["problems"])
    assert states(told) == {"2026-0001 mail": "blocked"}
    assert main(["check", str(book)]) == 1
    assert "“geen adres” is geen e-mailadres." in capsys.readouterr().out


def test_status_tells_how_the_sent_invoices_stand(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["customer-copies", str(book), "--invoices", "2026-0001"])
    capsys.readouterr()
    assert main(["status", str(book), "--json"]) == 0
    assert states(said(capsys)) == {"2026-0001 mail": "sent"}
    assert main(["status", str(book)]) == 0
    assert "Verzonden" in capsys.readouterr().out


def test_a_printer_without_paper_is_told_and_followed_by_the_next_command(
    book: Path, printer: PrintServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("factuurbode.steps.printing.PATIENCE", 1.0)
    papers = len(printer.papers())
    printer.fault("paper")
    assert main(["customer-copies", str(book), "--invoices", "2026-0002", "--json"]) == 2
    assert states(said(capsys)) == {"2026-0002 print": "attention"}
    printer.mend()
    printer.run("lpstat", "-W", "completed")
    while main(["status", str(book), "--json"]) != 0:
        capsys.readouterr()
    assert states(said(capsys)) == {"2026-0002 print": "printed"}
    assert len(printer.papers()) == papers + 1


def test_a_print_service_that_is_away_prints_nothing_twice(
    book: Path, printer: PrintServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = len(printer.papers())
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    assert main(["customer-copies", str(book), "--invoices", "2026-0002", "--json"]) == 2
    told = said(capsys)
    assert states(told) == {"2026-0002 print": "failed"}  # nothing was queued, and the person is told so
    assert told["results"][0]["message"].startswith("De afdrukdienst van deze computer antwoordt niet")
    monkeypatch.setenv("CUPS_SERVER", printer.server)
    assert main(["customer-copies", str(book), "--invoices", "2026-0002", "--json"]) == 0
    assert states(said(capsys)) == {"2026-0002 print": "printed"}
    assert len(printer.papers()) == papers + 1


def test_a_printer_that_does_not_exist_is_told_with_those_that_do(
    book: Path, settings: Row, printer: PrintServer, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = {"customers": [CUSTOMER, PAPER], "invoices": [numbered("2026-0002", "0002")]}
    rewritten(book, {**settings, "printing.printer": "Kelder"}, **paper, lines=lines_of("2026-0002"))
    assert main(["customer-copies", str(book), "--json"]) == 2
    told = said(capsys)
    assert states(told) == {"2026-0002 print": "failed"}
    assert printer.printer in told["results"][0]["message"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"mail.server": "bestaat.invalid"}, "later"),
        ({"mail.ca_file": ""}, "later"),
        ({"mail.security": "none"}, "later"),
    ],
)
def test_a_mail_server_that_cannot_be_used_loses_nothing(
    book: Path, settings: Row, spoil: Row, code: str, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    rewritten(book, {**settings, **spoil})
    assert main(["customer-copies", str(book), "--json"]) == 2
    assert states(said(capsys)) == {"2026-0001 mail": code}
    rewritten(book, settings)
    assert main(["customer-copies", str(book), "--json"]) == 0
    assert states(said(capsys)) == {"2026-0001 mail": "sent"}
    assert len(server.messages()) == 1


def test_one_command_at_a_time_works_on_a_workbook(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with FileLock(book.with_name(f".{book.stem}.factuurbode.lock")):
        assert main(["--lang", "nl", "customer-copies", str(book)]) == 2
    assert "al een opdracht bezig" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_new_makes_a_workbook_in_the_language_asked_for(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nieuw.xlsx"
    assert main(["new", str(path), "--language", language]) == 0
    assert read_ledger(path).language == language
    before = path.read_bytes()
    assert main(["new", str(path), "--language", language]) == 2
    assert path.read_bytes() == before
    assert capsys.readouterr().err


def test_two_new_workbooks_are_not_taken_for_each_other(tmp_path: Path) -> None:
    for name in ("een.xlsx", "twee.xlsx"):
        main(["new", str(tmp_path / name)])
    assert read_ledger(tmp_path / "een.xlsx").identity != read_ledger(tmp_path / "twee.xlsx").identity


def test_an_unknown_invoice_number_is_told_before_anything_happens(
    book: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["customer-copies", str(book), "--invoices", "2026-0001,weg", "--json"]) == 2
    assert said(capsys)["error"]["code"] == "unknown_invoice"
    assert server.messages() == []


def test_what_is_not_a_workbook_is_told_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "weg.xlsx")]) == 2
    (tmp_path / "tekst.xlsx").write_text("dit is geen werkmap")
    assert main(["--lang", "en", "check", str(tmp_path / "tekst.xlsx")]) == 2
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    assert "cannot be read as an Excel workbook" in shown
