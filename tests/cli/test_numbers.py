"""`void`, taking it back, and `numbers`, as typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from factuurbode.cli import main
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.journal import Journal
from factuurbode.journal.imports import ImportState
from factuurbode.journal.journal import beside
from factuurbode.ports import Outcome, StatusRow
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.reader import read_ledger
from support.workbooks import INVOICE, LINE, small_book

ROWS = """Klantnr;Datum;Omschrijving;Aantal;Prijs;Btw
0001;02-11-2026;Volkoren;10;2,50;9%
0001;03-11-2026;Wit;20;0,95;9%
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx")


@pytest.fixture
def deliveries(tmp_path: Path) -> Path:
    path = tmp_path / "leveringen.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("number", ["foo", "", "2026-2012", "2026-9012", "2026-0012", "2031-0001", "F-1", "2026-0000"])
def test_only_a_number_of_a_series_up_to_the_next_one_can_be_void(
    book: Path, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert main(["void", str(book), number, "--reason", "misdruk"]) == 2
    said = capsys.readouterr().err
    assert "2026-0001 – 2026-0002" in said or "het volgende nummer is 2026-0002" in said
    assert book.read_bytes() == before
    assert main(["numbers", str(book)]) == 0
    assert "vervallen:" not in told(capsys)


def test_in_a_new_workbook_a_void_number_does_not_move_the_series(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = small_book(tmp_path / "nieuw.xlsx", invoices=[], lines=[])
    year = datetime.now().astimezone().year
    assert main(["void", str(book), f"{year}-0012", "--reason", "verkeerde klant"]) == 2
    assert f"het volgende nummer is {year}-0001" in capsys.readouterr().err
    assert main(["void", str(book), f"{year}-1", "--reason", "misdruk"]) == 0
    assert f"Nummer {year}-0001 is vervallen: misdruk" in told(capsys)


def test_without_any_series_there_is_nothing_that_can_be_void(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = small_book(tmp_path / "x.xlsx", invoices=[], lines=[], settings={"numbering.pattern": "zonder"})
    assert main(["void", str(book), "2026-0001", "--reason", "misdruk"]) == 2
    assert "Van het patroon “zonder” is geen factuurnummer te maken" in capsys.readouterr().err


def test_a_number_that_several_invoices_have_cannot_be_void(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = ["2026-0001", "2026-0002", "2026-0002"]
    book = small_book(tmp_path / "boek.xlsx", invoices=[{**INVOICE, "number": number} for number in numbers])
    assert main(["void", str(book), "2026-0002", "--reason", "dubbel"]) == 2
    assert "Facturen!A4, Facturen!A5" in capsys.readouterr().err


def test_a_void_can_be_taken_back_and_the_invoice_goes_out_after_all(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = statuses(book)
    main(["void", str(book), "2026-0001", "--reason", "verkeerde klant"])
    assert main(["void", str(book), "2026-0001", "--take-back"]) == 2
    assert main(["void", str(book), "2026-0001", "--take-back", "--reason", "toch goed"]) == 0
    assert "Nummer 2026-0001 is niet meer vervallen: toch goed" in told(capsys)
    assert statuses(book) == before
    assert main(["numbers", str(book)]) == 0
    assert "vervallen:" not in told(capsys)
    assert main(["void", str(book), "2026-0001", "--take-back", "--reason", "nog eens"]) == 2
    assert "is niet vervallen" in capsys.readouterr().err


def statuses(book: Path) -> list[tuple[object, ...]]:
    """What the columns of the invoices show that are ours."""
    rows = openpyxl.load_workbook(book)["Facturen"].iter_rows(min_row=3, min_col=16, max_col=22)
    return [tuple(cell.value for cell in row) for row in rows]


def test_a_void_stays_once_its_deliveries_are_on_another_invoice(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        main(["import", str(book), str(deliveries), "--period", "week", "--yes"])
        main(["void", str(book), "2026-0002", "--reason", "verkeerde klant"])
    capsys.readouterr()
    assert main(["void", str(book), "2026-0002", "--take-back", "--reason", "toch goed"]) == 2
    assert "2026-000" in capsys.readouterr().err.partition("andere factuur:")[2]
    assert "vervallen: 2026-0002" in told_numbers(book, capsys)


def told_numbers(book: Path, capsys: pytest.CaptureFixture[str]) -> str:
    main(["numbers", str(book)])
    return told(capsys)


def test_what_went_out_leaves_its_number_void_no_longer_to_be_taken_back(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["void", str(book), "2026-0001", "--reason", "verkeerde klant"])
    status = StatusRow("2026-0001", (Outcome(Channel.MAIL, State.SENT),), datetime(2026, 11, 9, tzinfo=UTC))
    ClosedBook(book).write([status], [], read_ledger(book).identity.last_run)
    assert main(["void", str(book), "2026-0001", "--take-back", "--reason", "toch goed"]) == 2
    assert "creditnota" in capsys.readouterr().err


def test_numbers_of_an_undone_import_are_free_again_at_the_end_and_a_gap_before_others(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(book), str(deliveries), "--period", "week", "--yes"])
    capsys.readouterr()
    main(["import", "undo", str(book), "--yes"])
    assert "ontbre" not in told_numbers(book, capsys)
    main(["import", str(book), str(deliveries), "--period", "week", "--yes"])
    other = deliveries.with_name("later.csv")
    other.write_bytes(deliveries.read_bytes().replace(b"-11-2026", b"-10-2026"))
    main(["import", str(book), str(other), "--period", "week", "--yes"])
    capsys.readouterr()
    journal = Journal(beside(book))
    first = min((one for one in journal.imports.all() if one.state is ImportState.APPLIED), key=lambda one: one.at)
    journal.close()
    assert main(["import", "undo", str(book), first.id, "--yes"]) == 0
    words = told_numbers(book, capsys)
    assert "2026-0002" in words
    assert "gegeven door een import die ongedaan is gemaakt" in words


def test_a_gap_at_the_start_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    invoices = [{**INVOICE, "number": "2026-0004"}]
    book = small_book(tmp_path / "boek.xlsx", invoices=invoices, lines=[{**LINE, "invoice": "2026-0004"}])
    assert main(["numbers", str(book)]) == 1
    assert "ontbreken: 2026-0001 – 2026-0003 (3)" in told(capsys)
    started = small_book(tmp_path / "later.xlsx", invoices=invoices, settings={"numbering.first_number": 4})
    assert main(["numbers", str(started)]) == 0
