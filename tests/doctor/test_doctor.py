"""The doctor with a workbook: real mail server over TLS, real CUPS, a real journal; nothing is sent or printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import factuurbode.doctor
from factuurbode.cli import main
from factuurbode.domain.model import Language
from factuurbode.journal.journal import beside
from factuurbode.texts import texts_in
from support.mailserver import MailServer, mail_server
from support.printserver import PrintServer, print_server
from support.word import a_template
from support.workbooks import CUSTOMER, Row, small_book

pytestmark = [pytest.mark.libreoffice, pytest.mark.smtp_tls, pytest.mark.cups]
PASSWORD = "geheim van de bakker"


@pytest.fixture(scope="module")
def printer() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "server", tls="starttls", user="bakker", password=PASSWORD) as running:
        yield running


@pytest.fixture
def settings(server: MailServer, printer: PrintServer, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("FACTUURBODE_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("CUPS_SERVER", printer.server)
    return {
        "mail.server": server.host,
        "mail.port": server.port,
        "mail.security": "starttls",
        "mail.sign_in": "password",
        "mail.user": "bakker",
        "mail.ca_file": str(server.ca_file),
        "printing.printer": "Winkel",
    }


@pytest.fixture
def book(tmp_path: Path, settings: dict[str, Any]) -> Path:
    return the_book(tmp_path / "bakkerij" / "boek.xlsx", settings)


def the_book(path: Path, settings: dict[str, Any], **rows: Any) -> Path:
    path.parent.mkdir(exist_ok=True)
    paper: Row = {**CUSTOMER, "number": "0002", "e_invoice": "paper"}
    return small_book(path, settings=settings, **{"customers": [CUSTOMER, paper], **rows})


def looked(book: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, tuple[str, str]]]:
    """The exit code, and by check how it stands and the code of the finding."""
    capsys.readouterr()
    code = main(["doctor", str(book), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["missing"] == sum(finding["standing"] == "missing" for finding in told["findings"])
    return code, {finding["check"]: (finding["standing"], finding["code"]) for finding in told["findings"]}


def test_all_is_well_and_nothing_was_sent_printed_or_written(
    book: Path, server: MailServer, printer: PrintServer, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted((path.name, path.read_bytes()) for path in book.parent.iterdir())
    code, found = looked(book, capsys)
    assert code == 0, found
    assert found["mail"] == ("fine", "mail_starttls")
    assert found["printer"] == ("fine", "printer")
    assert found["template"] == ("fine", "template")
    assert found["journal"] == ("note", "journal_new")
    assert (server.messages(), printer.papers()) == ([], [])
    assert not any(line.startswith("MAIL") for line in server.commands())
    assert sorted((path.name, path.read_bytes()) for path in book.parent.iterdir()) == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_person_gets_a_line_for_each_check_and_a_sum(
    book: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language, "doctor", str(book)]) == 0
    told = capsys.readouterr().out
    texts = texts_in(Language(language))
    assert f"✓ {texts('doctor_check.mail')}: localhost:" in told
    assert told.rstrip().endswith(texts("doctor.summary_fine"))


def test_without_a_workbook_it_looks_at_the_computer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    checks = [finding["check"] for finding in told["findings"]]
    assert checks == ["program", "converter", "fonts", "printers", "keyring", "temporary"]


def test_a_wrong_password_is_tried_once(
    book: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FACTUURBODE_SMTP_PASSWORD", "verkeerd")
    code, found = looked(book, capsys)
    assert code == 1
    assert found["mail"] == ("missing", "mail_password_refused")
    assert len([line for line in server.commands() if line.startswith("JUDGED")]) == 1
    assert main(["--lang", "nl", "doctor", str(book)]) == 1
    told = capsys.readouterr().out
    assert "weigert de gebruikersnaam of het wachtwoord" in told
    assert told.rstrip().endswith("Nog te doen: 1.")


@pytest.mark.parametrize(
    ("spoil", "check", "code"),
    [
        ({"mail.server": "bestaat.invalid"}, "mail", "mail_server_unknown"),
        ({"mail.ca_file": ""}, "mail", "mail_certificate_issuer"),
        ({"mail.server": ""}, "mail", "mail_no_server"),
        ({"mail.sign_in": "oauth"}, "mail", "mail_consent_not_offered"),
        ({"printing.printer": "Keuken"}, "printer", "printer_unknown"),
        ({"printing.printer": ""}, "printer", "printer_not_chosen"),
        ({"general.template": "weg.docx"}, "template", "template_missing"),
        ({"general.template": "twee.docx"}, "template", "template_faulty"),
        ({"company.logo": "weg.png"}, "template", "logo_fault"),
        ({"general.archive": "boek.xlsx/archief"}, "folder", "storage"),
    ],
)
def test_what_is_missing_is_named(
    book: Path, settings: dict[str, Any], spoil: Row, check: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    a_template(book.parent / "twee.docx", "{{ number }}", "{{ date }}")
    the_book(book, {**settings, **spoil})
    ended, found = looked(book, capsys)
    assert ended == 1
    assert found[check] == ("missing", code)


def test_what_nobody_needs_is_not_looked_for(
    book: Path, settings: dict[str, Any], server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    useless = {**settings, "printing.printer": "Keuken", "mail.server": "bestaat.invalid"}
    the_book(book, {**useless, "general.always_save_as_pdf": True}, customers=[{**CUSTOMER, "e_invoice": "paper"}])
    ended, found = looked(book, capsys)
    assert ended == 0
    assert (found["mail"], found["printer"]) == (("note", "mail_not_needed"), ("note", "printer_not_needed"))
    assert server.commands() == []


def test_a_print_service_that_is_away_matters_to_who_prints(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    ended, found = looked(book, capsys)
    assert (ended, found["printer"]) == (1, ("missing", "printer_unreachable"))
    assert found["printers"] == ("note", "printers_unreachable")


def test_a_workbook_that_is_open_elsewhere(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book.with_name(f".~lock.{book.name}#").touch()
    ended, found = looked(book, capsys)
    assert (ended, found["workbook"]) == (1, ("missing", "book_not_writable"))


def test_little_room_for_the_archive(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("factuurbode.doctor.practice.ROOM", 2**60)
    ended, found = looked(book, capsys)
    assert (ended, found["folder"]) == (1, ("missing", "folder_full"))


def test_the_journal_is_read_and_held_against_the_workbook(
    book: Path, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(book)]) == 0
    assert looked(book, capsys)[1]["journal"] == ("fine", "journal")
    the_book(book, settings, workbook_id="another")
    assert looked(book, capsys)[1]["journal"] == ("missing", "journal_of_other_book")
    the_book(book, {**settings, "workbook.last_run": "20200101"})
    assert looked(book, capsys)[1]["journal"] == ("missing", "book_from_other_time")
    beside(book).unlink()
    assert looked(book, capsys)[1]["journal"] == ("missing", "book_without_journal")
    beside(book).write_bytes(b"geen journaal" * 1000)
    assert looked(book, capsys)[1]["journal"] == ("missing", "journal_damaged")
    beside(book).unlink()
    beside(book).mkdir()
    assert looked(book, capsys)[1]["journal"] == ("missing", "journal_not_writable")


def test_a_workbook_that_cannot_be_read_is_not_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", str(tmp_path / "weg.xlsx")]) == 2
    (tmp_path / "tekst.xlsx").write_text("geen werkmap")
    assert main(["doctor", str(tmp_path / "tekst.xlsx"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "book_unreadable"


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_every_finding_in_the_source_has_its_words(language: Language) -> None:
    texts = texts_in(language)
    folder = Path(factuurbode.doctor.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    found = re.findall(r'\b(?:fine|good_to_know|missing)\(\s*"(\w+)", "(\w+)"', source)
    assert len(found) > 20
    for check, code in found:
        assert f"doctor_check.{check}" in texts
        assert f"doctor.{code}" in texts
    for code in (code for code in re.findall(r'\bmissing\(\s*"\w+", "(\w+)"', source)):
        assert f"doctor_remedy.{code}" in texts
    assert {f"doctor.mail_{security}" for security in ("none", "starttls", "tls")} <= texts.keys()
