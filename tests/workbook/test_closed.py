"""The closed workbook as the Book port: outcomes are shown, the rest is left alone."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from factuurbode.domain.model import Channel, Language, Place
from factuurbode.domain.problems import Problem
from factuurbode.domain.states import State
from factuurbode.errors import BookMissing, BookNotWritable
from factuurbode.ports import LogRow, Outcome, StatusRow
from factuurbode.workbook.closed import ClosedBook
from support.workbooks import INVOICE, LINE, small_book

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
SENT = Outcome(Channel.MAIL, State.SENT, "outcome.mail_sent", recipients=("a@x.example", "b@x.example"))
PRINTED = Outcome(Channel.PRINT, State.PRINTED, "outcome.print_printed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx", invoices=[INVOICE, {**INVOICE, "number": "2026-0002"}])


def row_of(path: Path, sheet: str, number: int) -> dict[str, object]:
    """A row of a sheet by its headings, formulas as they stand."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]
    header = next(index for index, row in enumerate(rows) if "Factuurnr" in row)
    return {str(title): value for title, value in zip(rows[header], rows[header + number], strict=True)}


def test_the_outcome_stands_in_the_columns_of_its_invoice(path: Path) -> None:
    pdf = path.parent / "facturen" / 'Factuur "één".pdf'
    ClosedBook(path).write([StatusRow("2026-0002", (SENT, PRINTED), NOW, pdf, "d1")], [], "run-1")
    row = row_of(path, "Facturen", 2)
    assert row["Status"] == "Verzonden · Geprint"
    assert row["Kanaal"] == "E-mail · Printer"
    assert row["Verzonden aan"] == "a@x.example; b@x.example"
    assert row["Bijgewerkt"] == NOW.replace(tzinfo=None)
    assert row["PDF"] == '=HYPERLINK("facturen/Factuur ""één"".pdf","Factuur ""één"".pdf")'
    assert row["Verzend-id"] == "d1"
    assert row_of(path, "Facturen", 1)["Status"] is None


def test_what_was_written_is_read_back(path: Path) -> None:
    book = ClosedBook(path)
    book.write([StatusRow("2026-0001", (SENT, PRINTED), NOW, None, "d1")], [], "run-1")
    ledger = book.read()
    first, second = ledger.invoices
    assert first.recorded.states == {Channel.MAIL: State.SENT, Channel.PRINT: State.PRINTED}
    assert first.recorded.dispatch == "d1"
    assert second.recorded.states == {}
    assert ledger.identity.last_run == "run-1"


def test_only_the_sheets_that_may_change_do(path: Path) -> None:
    def parts() -> dict[str, bytes]:
        with zipfile.ZipFile(path) as package:
            return {name: package.read(name) for name in package.namelist()}

    before = parts()
    log = [LogRow(NOW, "run-1", "2026-0001", SENT)]
    ClosedBook(path).write([StatusRow("2026-0001", (SENT,), NOW)], log, "run-1")
    after = parts()
    changed = {name for name in after if after[name] != before[name]}
    assert before.keys() == after.keys()
    titles = {sheet.title for sheet in openpyxl.load_workbook(path).worksheets}
    assert {"Facturen", "Instellingen", "Logboek"} < titles
    assert len(changed) <= 4
    assert all(name.startswith(("xl/worksheets/sheet", "xl/tables/table")) for name in changed)


def test_the_log_grows_downwards(path: Path) -> None:
    book = ClosedBook(path)
    for number in range(1, 4):
        book.write([], [LogRow(NOW, f"run-{number}", "2026-0001", SENT)], f"run-{number}")
    assert [row_of(path, "Logboek", number)["Verzendronde"] for number in (1, 2, 3)] == ["run-1", "run-2", "run-3"]


def test_a_blocked_invoice_says_why_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    english = small_book(tmp_path / "book.xlsx", language=Language.EN)
    problem = Problem("email_missing", place=Place("Customers", "J5"))
    ClosedBook(english).write(
        [StatusRow("2026-0001", (Outcome(None, State.BLOCKED, problems=(problem,)),), NOW)], [], "run-1"
    )
    shown = openpyxl.load_workbook(english)["Invoices"]
    cells = [str(cell.value) for row in shown.iter_rows() for cell in row if cell.value]
    assert "Blocked" in cells
    assert any(cell.startswith("Customers!J5: The e-mail address for invoices is missing.") for cell in cells)


def test_rows_may_move_between_reading_and_writing(tmp_path: Path) -> None:
    path = small_book(tmp_path / "boek.xlsx", invoices=[INVOICE])
    book = ClosedBook(path)
    book.read()
    earlier = {**INVOICE, "number": "2025-0009"}
    small_book(path, invoices=[earlier, INVOICE], lines=[LINE])
    book.write([StatusRow("2026-0001", (SENT,), NOW)], [], "run-1")
    assert row_of(path, "Facturen", 2)["Status"] == "Verzonden"


def test_an_invoice_that_is_gone_does_not_stop_the_others(path: Path) -> None:
    rows = [StatusRow("weg", (SENT,), NOW), StatusRow("2026-0001", (SENT,), NOW)]
    ClosedBook(path).write(rows, [], "run-1")
    assert row_of(path, "Facturen", 1)["Status"] == "Verzonden"


@pytest.mark.parametrize("owner", ["~$boek.xlsx", "~$ek.xlsx", ".~lock.boek.xlsx#"])
def test_a_workbook_that_is_open_in_excel_or_libreoffice_is_not_written(path: Path, owner: str) -> None:
    path.with_name(owner).touch()
    before = path.read_bytes()
    with pytest.raises(BookNotWritable):
        ClosedBook(path).ensure_writable()
    with pytest.raises(BookNotWritable):
        ClosedBook(path).write([StatusRow("2026-0001", (SENT,), NOW)], [], "run-1")
    assert path.read_bytes() == before


def test_a_read_only_workbook_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.chmod(stat.S_IRUSR)
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everything; a baker is not root
    with pytest.raises(BookNotWritable):
        ClosedBook(path).ensure_writable()


def test_a_workbook_that_is_gone_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BookMissing):
        ClosedBook(tmp_path / "weg.xlsx").ensure_writable()


def test_a_link_that_excel_cannot_follow_is_plain_text(path: Path) -> None:
    pdf = path.parent / "facturen" / "Factuur #1.pdf"
    ClosedBook(path).write([StatusRow("2026-0001", (SENT,), NOW, pdf)], [], "run-1")
    assert row_of(path, "Facturen", 1)["PDF"] == "facturen/Factuur #1.pdf"


def test_a_customer_cannot_smuggle_a_formula_into_the_workbook(path: Path) -> None:
    hostile = Outcome(
        Channel.MAIL, State.FAILED, "outcome.mail_recipient_refused", {"detail": "=HYPERLINK(1)"}, recipients=("=1+1",)
    )
    ClosedBook(path).write([StatusRow("2026-0001", (hostile,), NOW)], [], "=run")
    sheet = openpyxl.load_workbook(path)["Facturen"]
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [sheet[cell].data_type for cell in formulas] == ["s"]


@pytest.mark.libreoffice
def test_what_a_baker_counts_in_our_columns_is_right_when_the_file_is_opened(
    path: Path, calc: Callable[[Path], Path]
) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Van mij")
    sheet["A1"] = '=COUNTIF(Facturen!P3:P9,"Verzonden")'
    sheet["A2"] = "=COUNTIF(Facturen[Status],A3)+A1"
    sheet["A3"] = "Verzonden"
    assert book.calculation is not None
    book.calculation.fullCalcOnLoad = False
    book.save(path)
    libre = calc(path)  # with values, and without asking for any calculation
    assert b"fullCalcOnLoad" not in zipfile.ZipFile(libre).read("xl/workbook.xml")
    before = {name: zipfile.ZipFile(libre).read(name) for name in zipfile.ZipFile(libre).namelist()}
    ClosedBook(libre).write([StatusRow("2026-0002", (SENT,), NOW)], [], "run-1")
    after = {name: zipfile.ZipFile(libre).read(name) for name in before}
    mine = openpyxl.load_workbook(libre, data_only=True)["Van mij"]
    assert (mine["A1"].value, mine["A2"].value) == (0, 0)
    assert {name for name in before if before[name] != after[name] and "/sheet" not in name} == {"xl/workbook.xml"}
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    opened = openpyxl.load_workbook(calc(libre), data_only=True)["Van mij"]
    assert (opened["A1"].value, opened["A2"].value) == (1, 2)
