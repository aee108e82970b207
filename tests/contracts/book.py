"""What every Book promises, a closed file and a workbook that is open in Excel alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from factuurbode.domain.additions import Additions, NewRows, Removals, Rows
from factuurbode.domain.content import content_of
from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import Channel, Kind, Place
from factuurbode.domain.problems import Problem
from factuurbode.domain.sent import Sent, sent_of
from factuurbode.domain.settings import Security
from factuurbode.domain.states import State
from factuurbode.domain.totals import totals
from factuurbode.ports import Book, LogRow, Outcome, StatusRow, StrayPassword
from factuurbode.workbook.reader import read_ledger
from support.passwords import SECRET, password_beside_server, password_in_settings
from support.workbooks import CUSTOMER, INVOICE, LINE, Row, small_book

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
SENT = Outcome(Channel.MAIL, State.SENT, "outcome.mail_sent", recipients=("a@x.example", "b@x.example"))
PRINTED = Outcome(Channel.PRINT, State.PRINTED, "outcome.print_printed")
HOSTILE = '=HYPERLINK("http://kwaad.example","klik")'

ADDITIONS = Additions(
    {
        Rows.CUSTOMERS: NewRows(("number", "name", "language"), [("0007", "+31 Café", "nl")]),
        Rows.INVOICES: NewRows(
            ("number", "date", "customer", "kind", "customer_name", "due", "net", "vat", "total"),
            [
                ("2026-0003", date(2026, 11, 6), "0001", "invoice", "Café De Proef", date(2026, 11, 20), *[None] * 3),
                (
                    "2026-0004",
                    date(2026, 11, 6),
                    "0007",
                    "credit-note",
                    "+31 Café",
                    date(2026, 11, 20),
                    Decimal("-1.01"),
                    Decimal("-0.09"),
                    Decimal("-1.10"),
                ),
            ],
        ),
        Rows.LINES: NewRows(
            ("invoice", "delivered", "description", "quantity", "price", "vat_rate", "net", "vat_applied"),
            [
                (
                    "2026-0004",
                    date(2026, 11, 2),
                    HOSTILE,
                    Decimal(3),
                    Decimal("0.335"),
                    Decimal(9),
                    Decimal("1.01"),
                    Decimal(9),
                )
            ],
        ),
    },
    {Rows.CUSTOMERS: {"0001": {"city": "Kaasstad"}}},
)

Opened = Callable[[Path], Book]
Cells = Callable[[Path, str], Sequence[Sequence[Any]]]
FormulaAt = Callable[[Path, str, str], str]


def fix_values(path: Path, rows: Mapping[str, Sequence[int]], *, stated: bool = True) -> None:
    """Let cells with formulas in those *rows* of each sheet hold what they show, as those of sent invoices do.

    Where they are not *stated* either, the tables say nothing of their columns, as LibreOffice leaves them.
    """
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for title, numbers in rows.items():
        for number in numbers:
            for cell in formulas[title][number]:
                if cell.data_type == "f":
                    cell.value = values[title][cell.coordinate].value
    for table in (table for title in rows for table in formulas[title].tables.values() if not stated):
        for column in table.tableColumns:
            column.calculatedColumnFormula = None
    formulas.save(path)


def borrowing_book(path: Path) -> Path:
    """A workbook in which the lines of two invoices leave to the product what they can."""
    product: Row = {
        "article": "101",
        "description": "Volkorenbrood",
        "unit": "stuk",
        "price": Decimal("2.50"),
        "vat_rate": 9,
    }
    line: Row = {"invoice": "2026-0001", "delivered": date(2026, 10, 2), "article": "101", "quantity": 10}
    own: Row = {"quantity": 3, "description": "Met kaas", "price": Decimal("1.10")}
    return small_book(
        path,
        invoices=[INVOICE, {**INVOICE, "number": "2026-0002"}],
        lines=[line, {**line, "invoice": "2026-0002"}, {**line, **own}],
        products=[{**product, "price": Decimal("2.50")}],
    )


def said_by(ledger: Ledger) -> Sent:
    """What the first invoice says."""
    invoice, seller = ledger.invoices[0], ledger.settings.company
    found = sent_of(content_of(invoice, seller, totals(invoice)).text)
    assert found is not None
    return found


class BookContract:
    """Give it three fixtures: `opened` opens the file at a path; `cells` tells what a sheet of it shows afterwards,
    `formula` the formula in a cell with its equals sign, '' for none.
    """

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """A workbook with two invoices."""
        return small_book(tmp_path / "boek.xlsx", invoices=[INVOICE, {**INVOICE, "number": "2026-0002"}])

    @staticmethod
    def row(cells: Sequence[Sequence[Any]], number: str) -> dict[str, Any]:
        """The row of an invoice by its headings."""
        header = next(row for row in cells if "Factuurnr" in row)
        return next(dict(zip(header, row, strict=True)) for row in cells if number in row)

    def test_it_reads_what_the_file_says(self, path: Path, opened: Opened) -> None:
        assert opened(path).read() == read_ledger(path)

    def test_it_reads_odd_cells_as_the_file_has_them(self, tmp_path: Path, opened: Opened) -> None:
        odd = small_book(
            tmp_path / "vreemd.xlsx",
            customers=[{**CUSTOMER, "number": "0007", "kvk": "01234567", "name": " Café  Ünïcode ", "route": 2.5}],
            invoices=[{**INVOICE, "customer": "0007", "hold": True}, {**INVOICE, "number": "12", "date": "3 okt 2026"}],
            lines=[{**LINE, "discount": 0.1}, {**LINE, "quantity": "drie", "vat_rate": "9%"}],
        )
        assert opened(odd).read() == read_ledger(odd)

    def test_an_outcome_stands_in_the_columns_of_its_invoice_only(
        self, path: Path, opened: Opened, cells: Cells
    ) -> None:
        opened(path).write([StatusRow("2026-0002", (SENT, PRINTED), NOW, None, "d1")], [], "run-1")
        row = self.row(cells(path, "Facturen"), "2026-0002")
        assert row["Status"] == "Verzonden · Geprint"
        assert row["Kanaal"] == "E-mail · Printer"
        assert row["Verzonden aan"] == "a@x.example; b@x.example"
        assert row["Bijgewerkt"] == NOW.replace(tzinfo=None)
        assert row["Verzend-id"] == "d1"
        assert not self.row(cells(path, "Facturen"), "2026-0001")["Status"]

    def test_what_was_written_is_read_back(self, path: Path, opened: Opened) -> None:
        book = opened(path)
        book.write([StatusRow("2026-0001", (SENT, PRINTED), NOW, None, "d1")], [], "20261006-093000-ab")
        ledger: Ledger = book.read()
        first, second = ledger.invoices
        assert first.recorded.states == {Channel.MAIL: State.SENT, Channel.PRINT: State.PRINTED}
        assert first.recorded.dispatch == "d1"
        assert second.recorded.states == {}
        assert ledger.identity.last_run == "20261006-093000-ab"

    def test_an_outcome_can_change(self, path: Path, opened: Opened) -> None:
        book = opened(path)
        for outcomes in ((SENT, PRINTED), (PRINTED,)):
            book.write([StatusRow("2026-0001", outcomes, NOW)], [], "run-1")
        assert book.read().invoices[0].recorded.states == {Channel.PRINT: State.PRINTED}

    def test_an_outcome_can_be_taken_away(self, path: Path, opened: Opened, cells: Cells) -> None:
        before = self.row(
            [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Facturen"].iter_rows()], "2026-0001"
        )
        book = opened(path)
        book.write([StatusRow("2026-0001", (SENT,), NOW, path.with_name("a.pdf"), "d1")], [], "run-1")
        book.write([StatusRow("2026-0001", (), None)], [], "run-2")
        assert book.read().invoices[0].recorded.states == {}
        row = self.row(cells(path, "Facturen"), "2026-0001")
        ours = ("Status", "Bijgewerkt", "Kanaal", "Verzonden aan", "PDF", "Melding", "Verzend-id")
        assert {row[title] for title in ours} == {before[title] for title in ours} == {None}

    def test_a_pdf_is_a_link_to_it(self, path: Path, opened: Opened, cells: Cells) -> None:
        pdf = path.parent / "facturen" / 'Factuur "één".pdf'
        opened(path).write([StatusRow("2026-0001", (SENT,), NOW, pdf)], [], "run-1")
        assert self.row(cells(path, "Facturen"), "2026-0001")["PDF"] == 'Factuur "één".pdf'

    def test_what_an_invoice_was_agreed_to_say_comes_into_the_empty_cells_of_its_lines(
        self, tmp_path: Path, opened: Opened
    ) -> None:
        path = borrowing_book(tmp_path / "boek.xlsx")
        book = opened(path)
        said = said_by(book.read())
        book.write([StatusRow("2026-0001", (SENT,), NOW, said=said)], [], "run-1")
        first, second = book.read().invoices[0].lines
        assert (first.description, first.price, first.borrowed) == ("Volkorenbrood", Decimal("2.50"), frozenset())
        assert (second.description, second.price, second.borrowed) == ("Met kaas", Decimal("1.10"), frozenset())
        (other,) = book.read().invoices[1].lines
        assert "price" in other.borrowed

    def test_once_that_is_final_nothing_of_it_is_calculated_any_more(
        self, tmp_path: Path, opened: Opened, cells: Cells
    ) -> None:
        path = borrowing_book(tmp_path / "boek.xlsx")
        book = opened(path)
        book.write([StatusRow("2026-0001", (SENT,), NOW, said=said_by(book.read()), final=True)], [], "run-1")
        at = book.read().products["101"].origin.at
        book.fill({at("price"): 9, at("vat_rate"): 21})
        sent, other = (self.row(cells(path, "Facturen"), number) for number in ("2026-0001", "2026-0002"))
        assert (sent["Excl. btw"], sent["Btw"], sent["Totaal"]) == (pytest.approx(28.3), pytest.approx(2.55), 30.85)
        assert sent["Vervaldatum"] == datetime(2026, 10, 19)  # noqa: DTZ001 - cells know no time zone
        assert sent["Naam"] == "Café De Proef"
        assert other["Naam"] == "Café De Proef"
        assert [row[9] for row in cells(path, "Factuurregels") if row[0] == "2026-0001"] == [25, pytest.approx(3.3)]

    def test_an_invoice_that_has_got_a_line_since_is_let_be(self, tmp_path: Path, opened: Opened) -> None:
        path = borrowing_book(tmp_path / "boek.xlsx")
        book = opened(path)
        said = said_by(book.read())
        fewer = replace(said, invoice=replace(said.invoice, lines=said.invoice.lines[:1]))
        book.write([StatusRow("2026-0001", (SENT,), NOW, said=fewer)], [], "run-1")
        assert "price" in book.read().invoices[0].lines[0].borrowed

    def test_neighbours_whose_cells_change_in_different_columns_keep_the_rest(
        self, tmp_path: Path, opened: Opened
    ) -> None:
        path = small_book(tmp_path / "boek.xlsx", customers=[CUSTOMER, {**CUSTOMER, "number": "0002"}])
        book = opened(path)
        book.add(Additions(changes={Rows.CUSTOMERS: {"0001": {"name": "Nieuw"}, "0002": {"street": "Elders 9"}}}), "r1")
        first, second = book.read().customers.values()
        assert (first.name, first.street) == ("Nieuw", "Kade 2")
        assert (second.name, second.street) == ("Café De Proef", "Elders 9")

    def test_the_log_grows_downwards_beyond_its_table(self, path: Path, opened: Opened, cells: Cells) -> None:
        book = opened(path)
        for run in range(4):
            book.write([], [LogRow(NOW, f"run-{run}", "2026-0001", SENT)] * 2, f"run-{run}")
        log = [row for row in cells(path, "Logboek") if str(row[1]).startswith("run-")]
        assert [row[1] for row in log] == [f"run-{run}" for run in range(4) for _ in range(2)]
        assert log[0][:6] == [
            NOW.replace(tzinfo=None),
            "run-0",
            "2026-0001",
            "E-mail",
            "a@x.example; b@x.example",
            "Verzonden",
        ]

    def test_an_invoice_that_is_gone_stands_in_the_log_only(self, path: Path, opened: Opened, cells: Cells) -> None:
        opened(path).write([StatusRow("1999-0001", (SENT,), NOW)], [LogRow(NOW, "run-1", "1999-0001", SENT)], "run-1")
        assert any("1999-0001" in row for row in cells(path, "Logboek"))
        assert not any("1999-0001" in row for row in cells(path, "Facturen"))

    @pytest.mark.parametrize("said", [HOSTILE, "+31 6 1234", "@ja", "-1", "1-2-2026", "true", "007"])
    def test_text_stays_text(self, path: Path, opened: Opened, cells: Cells, said: str) -> None:
        outcome = Outcome(
            Channel.MAIL,
            State.BLOCKED,
            problems=(Problem("email_invalid", place=Place("Klanten", "J3"), value=said),),
            recipients=(said,),
        )
        opened(path).write([StatusRow("2026-0001", (outcome,), NOW, None, said)], [], "run-1")
        row = self.row(cells(path, "Facturen"), "2026-0001")
        assert row["Verzend-id"] == said
        assert row["Verzonden aan"] == said

    @pytest.mark.parametrize("name", ["Wachtwoord", "password", "SMTP-wachtwoord"])
    def test_a_password_beside_a_setting_is_found_and_can_be_emptied(
        self, path: Path, opened: Opened, cells: Cells, name: str
    ) -> None:
        place = password_in_settings(path, name, SECRET)
        book = opened(path)
        assert book.passwords() == (StrayPassword(place, SECRET),)
        assert SECRET not in repr(book.passwords())
        book.fill({place: None})
        assert book.passwords() == ()
        assert not any(SECRET in map(str, row) for row in cells(path, "Instellingen"))

    def test_a_password_in_a_column_of_the_mail_servers_is_found_with_its_server(
        self, path: Path, opened: Opened
    ) -> None:
        place = password_beside_server(path, "smtp.ziggo.nl", 123456)
        book = opened(path)
        assert book.passwords() == (StrayPassword(place, "123456", "smtp.ziggo.nl"),)
        book.fill({place: None})
        assert book.passwords() == ()

    def test_a_workbook_without_passwords_has_none(self, path: Path, opened: Opened) -> None:
        assert opened(path).passwords() == ()

    def test_single_settings_can_be_filled(self, path: Path, opened: Opened) -> None:
        book = opened(path)
        places = book.read().settings_places
        book.fill({places["mail.server"]: "smtp.ziggo.nl", places["mail.port"]: 587, places["mail.security"]: None})
        mail = book.read().settings.mail
        assert (mail.server, mail.port, mail.security) == ("smtp.ziggo.nl", 587, Security.STARTTLS)

    def test_what_is_filled_stays_text(self, path: Path, opened: Opened) -> None:
        book = opened(path)
        book.fill({book.read().settings_places["mail.user"]: HOSTILE})
        assert book.read().settings.mail.user == HOSTILE

    def test_a_workbook_as_it_should_be_can_be_written(self, path: Path, opened: Opened) -> None:
        book = opened(path)
        before = book.read()
        book.ensure_writable()
        assert book.read() == before
        assert book.path == path

    # --- rows that come and go ---
    def test_rows_come_below_the_filled_ones_and_are_read_back(self, path: Path, opened: Opened) -> None:
        book = opened(path)
        before = book.read()
        book.add(ADDITIONS, "run-1")
        ledger = book.read()
        assert [one.number for one in ledger.invoices] == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]
        added = ledger.invoices[-1]
        assert (added.issued, added.customer_number, added.kind) == (date(2026, 11, 6), "0007", Kind.CREDIT_NOTE)
        assert [line.description for line in added.lines] == [HOSTILE]
        assert added.lines[0].price == Decimal("0.335")
        assert added.lines[0].delivered == date(2026, 11, 2)
        assert ledger.customers["0007"].name == "+31 Café"
        assert ledger.customers["0001"].city == "Kaasstad"
        assert ledger.identity.last_run == "run-1"
        assert ledger.problems == before.problems

    def test_their_formulas_continue(self, path: Path, opened: Opened, cells: Cells) -> None:
        opened(path).add(ADDITIONS, "run-1")
        row = self.row(cells(path, "Facturen"), "2026-0004")
        assert (row["Naam"], row["Totaal"]) == ("+31 Café", pytest.approx(-1.1))
        assert row["Vervaldatum"] == datetime(2026, 11, 20)  # noqa: DTZ001 - cells know no time zone

    def test_the_pdf_of_the_last_invoice_does_not_come_along(
        self, path: Path, opened: Opened, cells: Cells, formula: FormulaAt
    ) -> None:
        book = opened(path)
        pdf = path.parent / "Factuur 2026-0002 Café De Hoek.pdf"
        book.write([StatusRow("2026-0002", (SENT,), NOW, pdf)], [], "run-1")
        numbers = [f"2026-{number:04}" for number in range(3, 12)]  # beyond the rows that stand ready
        rows = NewRows(("number", "date", "customer"), [(one, date(2026, 11, 6), "0001") for one in numbers])
        book.add(Additions({Rows.INVOICES: rows}), "run-2")
        shown = cells(path, "Facturen")
        for number in numbers:
            row = self.row(shown, number)
            assert {row[title] for title in ("Status", "Bijgewerkt", "Verzonden aan", "PDF", "Melding")} <= {None, ""}
        assert self.row(shown, "2026-0002")["PDF"] == pdf.name
        assert [row for row in range(3, 14) if formula(path, "Facturen", f"T{row}")] == [4]

    def test_formulas_continue_below_rows_that_hold_values(
        self, tmp_path: Path, opened: Opened, cells: Cells, formula: FormulaAt
    ) -> None:
        invoices = [{**INVOICE, "number": f"2026-000{number}"} for number in (1, 2, 5)]
        path = small_book(tmp_path / "boek.xlsx", invoices=invoices, lines=[LINE] * 3, spare=0)
        fix_values(path, {"Facturen": (4, 5), "Factuurregels": (4, 5)})
        opened(path).add(ADDITIONS, "run-1")
        added = self.row(cells(path, "Facturen"), "2026-0004")
        assert (added["Naam"], added["Totaal"]) == ("+31 Café", pytest.approx(-1.1))
        assert self.row(cells(path, "Factuurregels"), "2026-0004")["Bedrag"] == pytest.approx(1.01)
        for title, cell in (("Facturen", "N{}"), ("Factuurregels", "J{}")):
            assert [formula(path, title, cell.format(row))[:1] for row in (3, 5, 6)] == ["=", "", "="]

    def test_our_formulas_come_back_where_none_is_left(
        self, tmp_path: Path, opened: Opened, cells: Cells, formula: FormulaAt
    ) -> None:
        path = small_book(tmp_path / "boek.xlsx", spare=0)
        fix_values(path, {"Facturen": (3,), "Factuurregels": (3,)}, stated=False)
        opened(path).add(ADDITIONS, "run-1")
        added = self.row(cells(path, "Facturen"), "2026-0004")
        assert (added["Naam"], added["Totaal"]) == ("+31 Café", pytest.approx(-1.1))
        for title, letters in (("Facturen", "DKLMN"), ("Factuurregels", "JK")):
            for column in letters:
                assert [formula(path, title, f"{column}{row}")[:1] for row in (3, 4)] == ["", "="]

    def test_what_was_added_can_be_taken_out_again(self, path: Path, opened: Opened, cells: Cells) -> None:
        book = opened(path)
        before = book.read()
        book.add(ADDITIONS, "run-1")
        later = Additions({Rows.INVOICES: NewRows(("number", "date"), [("2026-0099", date(2026, 11, 9))])})
        book.add(later, "run-2")
        numbers = {
            Rows.INVOICES: frozenset({"2026-0003", "2026-0004"}),
            Rows.LINES: frozenset({"2026-0003", "2026-0004"}),
            Rows.CUSTOMERS: frozenset({"0007"}),
        }
        book.remove(Removals(numbers, {Rows.CUSTOMERS: {"0001": {"city": "Meelstad"}}}), before.identity.last_run)
        after = book.read()
        assert [one.number for one in after.invoices] == ["2026-0001", "2026-0002", "2026-0099"]
        assert after.invoices[:2] == before.invoices
        assert (after.customers, after.identity) == (before.customers, before.identity)
        assert self.row(cells(path, "Facturen"), "2026-0001")["Totaal"] == pytest.approx(27.25)

    def test_what_is_gone_already_is_passed_over(self, path: Path, opened: Opened) -> None:
        book = opened(path)
        before = book.read()
        book.remove(Removals({Rows.INVOICES: frozenset({"1999-0001"})}, {}), before.identity.last_run)
        assert book.read() == before

    @pytest.mark.parametrize("count", [1, 2, 3, 4, 40])
    def test_a_table_grows_by_any_number_of_rows(self, path: Path, opened: Opened, count: int) -> None:
        book = opened(path)
        numbers = [f"2027-{number:04}" for number in range(1, count + 1)]
        rows = NewRows(("number", "date", "customer"), [(one, date(2027, 1, 4), "0001") for one in numbers])
        book.add(Additions({Rows.INVOICES: rows}), "run-1")
        assert [one.number for one in book.read().invoices][2:] == numbers
