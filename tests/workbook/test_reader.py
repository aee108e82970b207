"""Reading a workbook as people leave it behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import Channel, Company, Customer, EInvoice, Kind, Language, Place, VatTreatment
from factuurbode.domain.problems import Problem, Severity
from factuurbode.domain.settings import General, Mail, Numbering, Printing, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.errors import BookIncomplete
from factuurbode.workbook.layout import find_sheets
from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.source import Source
from support.workbooks import CUSTOMER, INVOICE, LINE, SETTINGS, Row, small_book

LANGUAGES = pytest.mark.parametrize("language", [Language.NL, Language.EN])


def edited(book: Path, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    """*book* as it is after somebody changed it and saved (formulas lose their values)."""
    workbook = openpyxl.load_workbook(book)
    edit(workbook)
    workbook.save(book)
    return book


def told(ledger: Ledger) -> set[tuple[str, str, str, str]]:
    return {(problem.code, str(problem.place), str(problem.value), problem.invoice) for problem in ledger.problems}


@LANGUAGES
def test_a_new_workbook_reads_back_as_it_was_made(language: Language, tmp_path: Path) -> None:
    book = small_book(
        tmp_path / "book.xlsx",
        language=language,
        customers=[{**CUSTOMER, "vat_treatment": "exempt", "language": "de", "route": 3, "payment_days": 30}],
        invoices=[{**INVOICE, "hold": True, "kind": "credit-note", "corrects": "2026-0000", "remark": "Dank"}],
        lines=[LINE, {**LINE, "discount": Decimal("12.5")}],
        workbook_id="abc",
    )
    ledger = read_ledger(book)
    assert ledger.problems == ()
    assert (ledger.identity.id, ledger.language) == ("abc", language)
    (invoice,) = ledger.invoices
    customer = ledger.customers["0001"]
    assert invoice.customer is customer
    assert (customer.e_invoice, customer.vat_treatment) == (EInvoice.MAIL, VatTreatment.EXEMPT)
    assert (customer.language, customer.route, customer.payment_days) == (Language.DE, Decimal(3), 30)
    assert customer.agreed_on == dt.date(2026, 1, 5)
    assert (invoice.kind, invoice.hold, invoice.corrects, invoice.remark) == (
        Kind.CREDIT_NOTE,
        True,
        "2026-0000",
        "Dank",
    )
    assert [line.discount for line in invoice.lines] == [0, Decimal("12.5")]
    assert invoice.recorded.total == Decimal("-46.88")
    assert ledger.settings.mail.security is Security.NONE


@LANGUAGES
def test_an_untouched_new_workbook_has_the_domains_defaults(language: Language, tmp_path: Path) -> None:
    empty = dict.fromkeys(SETTINGS)
    del empty["mail.port"], empty["mail.security"], empty["mail.sign_in"]
    book = small_book(
        tmp_path / "book.xlsx",
        language=language,
        customers=[{"number": "1"}],
        settings={**empty, "mail.port": 587, "mail.security": "starttls", "mail.sign_in": "password"},
    )
    settings = read_ledger(book).settings
    files, archive = ("facturen", "archief") if language is Language.NL else ("invoices", "archive")
    assert settings.general == General(file_location=tmp_path / files, archive=tmp_path / archive)
    assert (settings.mail, settings.printing, settings.numbering) == (Mail(), Printing(), Numbering())
    assert settings.company == Company()
    customer = read_ledger(book).customers["1"]
    assert customer == Customer("1", origin=customer.origin)


def test_sheets_and_columns_may_stand_in_any_order_with_notes_around_them(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx")
    expected = read_ledger(book)

    def rearrange(workbook: openpyxl.Workbook) -> None:
        workbook.move_sheet("Klanten", -3)
        workbook.create_sheet("Mijn eigen lijstje", 0)["A1"] = "Boter halen"
        _reverse_columns(workbook["Klanten"])
        workbook["Klanten"]["AB2"] = "Verjaardag"
        workbook["Factuurregels"].insert_rows(1, 3)
        workbook["Factuurregels"]["A1"] = "Let op: prijzen zijn zonder btw"

    ledger = read_ledger(edited(book, rearrange))
    assert ledger.customers == expected.customers
    assert ledger.problems == ()
    assert [line.quantity for line in ledger.invoices[0].lines] == [10]
    _, found = find_sheets(Source(book))
    assert found["lines"].layout.header_row == 5


def _reverse_columns(sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(rows, start=2):
        for index, value in enumerate(reversed(row), start=1):
            sheet.cell(number, index).value = value


def test_english_titles_in_a_dutch_workbook_are_read_whatever_their_case_and_spaces(tmp_path: Path) -> None:
    def retitle(workbook: openpyxl.Workbook) -> None:
        workbook["Klanten"].title = " customers "
        sheet = workbook["Facturen"]
        sheet["A2"], sheet["B2"], sheet["C2"] = "INVOICE NO", "  invoice\u00a0date: ", "Klant-nummer."

    ledger = read_ledger(edited(small_book(tmp_path / "book.xlsx"), retitle))
    assert ledger.invoices[0].issued == dt.date(2026, 10, 5)
    assert ledger.invoices[0].customer is not None


def test_cells_are_read_as_a_person_would(tmp_path: Path) -> None:
    def type_carelessly(workbook: openpyxl.Workbook) -> None:
        customers, invoices, lines = workbook["Klanten"], workbook["Facturen"], workbook["Factuurregels"]
        customers["A3"], customers["G3"], customers["I3"] = 1.0, "nederland", " papier  EN e-mail"
        invoices["A3"], invoices["B3"], invoices["C3"], invoices["O3"] = 20260001, "5 okt 2026", "1\u00a0", "x"
        lines["A3"], lines["E3"], lines["G3"], lines["I3"] = " 20260001", "1.234,50", "€ 2,50", "9%"

    (invoice,) = read_ledger(edited(small_book(tmp_path / "book.xlsx"), type_carelessly)).invoices
    assert (invoice.number, invoice.issued, invoice.hold) == ("20260001", dt.date(2026, 10, 5), True)
    assert invoice.customer is not None
    assert (invoice.customer.country, invoice.customer.e_invoice) == ("NL", EInvoice.PAPER_AND_MAIL)
    (line,) = invoice.lines
    assert (line.quantity, line.price, line.vat_rate) == (Decimal("1234.5"), Decimal("2.5"), Decimal(9))


def test_empty_rows_and_rows_of_spaces_are_no_rows(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx", customers=[{}, CUSTOMER, {"name": "  "}, {"number": "2"}])
    assert set(read_ledger(book).customers) == {"0001", "2"}


def test_an_empty_field_of_a_line_is_the_products(tmp_path: Path) -> None:
    product: Row = {"article": "A1", "description": "Taart", "unit": "stuk", "price": Decimal("16.95"), "vat_rate": 21}
    bare: Row = {"invoice": "2026-0001", "article": "A1", "quantity": 2}
    own: Row = {**bare, "description": "Grote taart", "unit": "doos", "price": 20, "vat_rate": 0}
    ledger = read_ledger(small_book(tmp_path / "book.xlsx", products=[product], lines=[bare, own]))
    first, second = ledger.invoices[0].lines
    assert (first.description, first.unit, first.price, first.vat_rate) == (
        "Taart",
        "stuk",
        Decimal("16.95"),
        Decimal(21),
    )
    assert (second.description, second.unit, second.price, second.vat_rate) == (
        "Grote taart",
        "doos",
        Decimal(20),
        Decimal(0),
    )


def test_everything_unclear_is_told_in_one_go_with_its_cell(tmp_path: Path) -> None:
    book = small_book(
        tmp_path / "book.xlsx",
        customers=[{**CUSTOMER, "payment_days": "veertien", "country": "Verweggistan"}],
        invoices=[{**INVOICE, "date": "morgen", "kind": "Kwitantie", "hold": "misschien"}],
        lines=[{**LINE, "quantity": "tien", "discount": 0.1}, {**LINE, "price": "1.234"}],
        settings={"mail.port": "poort", "printing.two_sided": "soms"},
    )
    ledger = read_ledger(book)
    assert told(ledger) == {
        ("days_unreadable", "Klanten!P3", "veertien", "2026-0001"),
        ("country_unreadable", "Klanten!G3", "Verweggistan", "2026-0001"),
        ("date_unreadable", "Facturen!B3", "morgen", "2026-0001"),
        ("choice_unknown", "Facturen!E3", "Kwitantie", "2026-0001"),
        ("choice_unknown", "Facturen!O3", "misschien", "2026-0001"),
        ("number_unreadable", "Factuurregels!E3", "tien", "2026-0001"),
        ("percent_ambiguous", "Factuurregels!H3", "0.1", "2026-0001"),
        ("number_ambiguous", "Factuurregels!G4", "1.234", "2026-0001"),
        ("count_unreadable", str(ledger.settings_places["mail.port"]), "poort", ""),
        ("choice_unknown", str(ledger.settings_places["printing.two_sided"]), "soms", ""),
    }
    assert all(problem.stops for problem in ledger.problems)
    first, second = ledger.invoices[0].lines
    assert (first.quantity, second.price, ledger.invoices[0].issued) == (None, None, None)
    unknown = next(problem for problem in ledger.problems if problem.value == "Kwitantie")
    assert unknown.detail == "Factuur, Creditnota"


@pytest.mark.parametrize("key", ["quantity", "price"])
def test_a_bar_code_that_was_scanned_into_the_wrong_cell_is_told(tmp_path: Path, key: str) -> None:
    (problem,) = read_ledger(small_book(tmp_path / "book.xlsx", lines=[{**LINE, key: 8712345678906}])).problems
    assert (problem.code, problem.stops, str(problem.value)) == ("number_too_large", True, "8712345678906")


def test_an_unclear_price_is_not_replaced_by_the_products(tmp_path: Path) -> None:
    product: Row = {"article": "A1", "price": 1, "vat_rate": 9}
    book = small_book(tmp_path / "book.xlsx", products=[product], lines=[{**LINE, "article": "A1", "price": "twee"}])
    assert read_ledger(book).invoices[0].lines[0].price is None


def test_an_excel_error_is_a_problem(tmp_path: Path) -> None:
    def spoil(workbook: openpyxl.Workbook) -> None:
        workbook["Factuurregels"]["E3"] = "#N/A"
        workbook["Instellingen"]["C3"] = "#REF!"

    ledger = read_ledger(edited(small_book(tmp_path / "book.xlsx"), spoil))
    assert told(ledger) == {
        ("cell_error", "Factuurregels!E3", "#N/A", "2026-0001"),
        ("cell_error", "Instellingen!C3", "#REF!", ""),
    }
    assert ledger.invoices[0].lines[0].quantity is None


def test_a_discount_shown_as_a_percentage_is_that_percentage(tmp_path: Path) -> None:
    def as_percentages(workbook: openpyxl.Workbook) -> None:
        for cell, value in (("H3", 0.1), ("H4", 1), ("H5", 0.125)):
            workbook["Factuurregels"][cell] = value
            workbook["Factuurregels"][cell].number_format = "0%" if cell != "H5" else "0.0%"

    book = edited(small_book(tmp_path / "book.xlsx", lines=[LINE] * 3), as_percentages)
    ledger = read_ledger(book)
    assert [line.discount for line in ledger.invoices[0].lines] == [10, 100, Decimal("12.5")]
    assert ledger.problems == ()


def test_numbers_that_occur_twice_stop_the_invoices_that_need_them(tmp_path: Path) -> None:
    product: Row = {"article": "A1", "description": "Taart", "price": 1, "vat_rate": 9}
    book = small_book(
        tmp_path / "book.xlsx",
        customers=[CUSTOMER, {**CUSTOMER, "name": "Dubbel"}, {"number": "9"}, {"number": "9"}, {"name": "Naamloos"}],
        products=[product, product, {"article": "B"}, {"article": "B"}],
        lines=[{**LINE, "article": "A1"}],
    )
    ledger = read_ledger(book)
    assert ledger.customers["0001"].name == CUSTOMER["name"]
    severities = {(problem.code, problem.value, problem.invoice): problem.severity for problem in ledger.problems}
    assert severities == {
        ("customer_twice", "0001", "2026-0001"): Severity.ERROR,
        ("customer_twice", "9", ""): Severity.WARNING,
        ("customer_number_missing", "Naamloos", ""): Severity.WARNING,
        ("article_twice", "A1", "2026-0001"): Severity.ERROR,
        ("article_twice", "B", ""): Severity.WARNING,
    }


def test_a_line_without_its_invoice_is_kept_apart_with_its_neighbours(tmp_path: Path) -> None:
    lines = [
        LINE,
        {**LINE, "invoice": "2026-0099"},
        {**LINE, "invoice": None, "description": "Zwerfbrood"},
        {**LINE, "invoice": "2026-0002"},
    ]
    invoices = [INVOICE, {**INVOICE, "number": "2026-0002"}]
    ledger = read_ledger(small_book(tmp_path / "book.xlsx", invoices=invoices, lines=lines))
    assert [(one.number, one.description, one.origin.row, one.above, one.below) for one in ledger.strays] == [
        ("2026-0099", "Volkorenbrood", 4, "2026-0001", "2026-0002"),
        ("", "Zwerfbrood", 5, "2026-0001", "2026-0002"),
    ]
    assert [len(invoice.lines) for invoice in ledger.invoices] == [1, 1]


def test_an_unknown_customer_leaves_the_number_as_typed(tmp_path: Path) -> None:
    (invoice,) = read_ledger(small_book(tmp_path / "book.xlsx", invoices=[{**INVOICE, "customer": "77"}])).invoices
    assert (invoice.customer, invoice.customer_number) == (None, "77")


def test_a_number_that_excel_made_a_date_is_a_problem(tmp_path: Path) -> None:
    def as_excel_does(workbook: openpyxl.Workbook) -> None:
        workbook["Facturen"]["F3"] = dt.date(2026, 10, 1)
        workbook["Facturen"]["F3"].number_format = "mmm\\-yy"

    ledger = read_ledger(edited(small_book(tmp_path / "book.xlsx"), as_excel_does))
    assert told(ledger) == {("identifier_is_date", "Facturen!F3", "2026-10-01", "2026-0001")}


@LANGUAGES
def test_status_words_are_read_back_beside_their_channels(language: Language, tmp_path: Path) -> None:
    status, channel = {
        Language.NL: ("Mislukt · Geprint", "E-mail · Printer"),
        Language.EN: ("Failed · Printed", "E-mail · Printer"),
    }[language]
    row = {**INVOICE, "status": status, "channel": channel, "dispatch": "d-1"}
    (invoice,) = read_ledger(small_book(tmp_path / "book.xlsx", language=language, invoices=[row])).invoices
    assert invoice.recorded.states == {Channel.MAIL: State.FAILED, Channel.PRINT: State.PRINTED}
    assert invoice.recorded.dispatch == "d-1"


@pytest.mark.parametrize(
    ("status", "channel", "codes"),
    [
        ("Vastgehouden", "", []),
        ("Geblokkeerd", "–", []),
        ("Klaar", "E-mail", []),
        ("verzonden ", " e-mail", []),
        ("Sent", "PDF file", []),
        ("ja hoor", "E-mail", ["status_unknown"]),
        ("Verzonden", "", ["channel_unknown"]),
        ("Verzonden · Geprint", "E-mail", ["channel_unknown"]),
    ],
)
def test_a_status_that_the_program_did_not_write_stops_the_invoice(
    status: str, channel: str, codes: list[str], tmp_path: Path
) -> None:
    ledger = read_ledger(
        small_book(tmp_path / "book.xlsx", invoices=[{**INVOICE, "status": status, "channel": channel}])
    )
    assert [problem.code for problem in ledger.problems] == codes
    assert all(problem.stops and problem.invoice == "2026-0001" for problem in ledger.problems)


def test_settings_that_are_unknown_or_double_are_told(tmp_path: Path) -> None:
    def add(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Instellingen"]
        sheet.append(["Mail", "Snelheid", "hard"])
        sheet.append(["", "Server", "elders.example"])
        sheet.append(["", "Nog leeg", None])

    ledger = read_ledger(edited(small_book(tmp_path / "book.xlsx"), add))
    assert [(problem.code, problem.value, problem.severity) for problem in ledger.problems] == [
        ("setting_unknown", "Snelheid", Severity.WARNING),
        ("setting_twice", "Server", Severity.ERROR),
    ]
    assert ledger.settings.mail.server == "127.0.0.1"


def test_a_setting_knows_its_cell(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx")
    place = read_ledger(book).settings_places["company.iban"]
    sheet = openpyxl.load_workbook(book)[place.sheet]
    assert sheet[place.cell].value == SETTINGS["company.iban"]


NO_SERVER = {"mail.server": None, "mail.port": None, "mail.security": None, "mail.sign_in": None}


@LANGUAGES
def test_mail_settings_left_empty_are_the_chosen_providers(language: Language, tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx", language=language, settings={**NO_SERVER, "mail.provider": "kpn"})
    mail = read_ledger(book).settings.mail
    assert (mail.server, mail.port, mail.security) == ("smtp.kpnmail.nl", 465, Security.TLS)
    book = small_book(
        tmp_path / "book.xlsx",
        language=language,
        settings={**NO_SERVER, "mail.provider": "Gmail", "mail.port": 465, "mail.daily_limit": 20},
    )
    mail = read_ledger(book).settings.mail
    assert (mail.server, mail.port, mail.daily_limit, mail.sign_in) == ("smtp.gmail.com", 465, 20, SignIn.PASSWORD)


def test_a_provider_that_is_not_on_the_sheet_brings_nothing(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx", settings={**NO_SERVER, "mail.provider": "Eigen beheer"})
    assert read_ledger(book).settings.mail == Mail(provider="Eigen beheer", sender="facturen@bakkerij.test")


def test_what_is_unclear_in_the_chosen_providers_row_is_told(tmp_path: Path) -> None:
    def spoil(workbook: openpyxl.Workbook) -> None:
        workbook["Mailservers"]["C3"], workbook["Mailservers"]["C4"] = "de gewone", "ook gewoon"

    book = small_book(tmp_path / "book.xlsx", settings={**NO_SERVER, "mail.provider": "Microsoft 365"})
    assert told(read_ledger(edited(book, spoil))) == {("count_unreadable", "Mailservers!C3", "de gewone", "")}


def test_paths_in_settings_start_at_the_workbooks_folder(tmp_path: Path) -> None:
    book = small_book(
        tmp_path / "book.xlsx",
        settings={"company.logo": "beeld\\logo.png", "general.template": "/srv/sjabloon.docx", "mail.ca_file": ""},
    )
    settings = read_ledger(book).settings
    assert settings.company.logo == tmp_path / "beeld" / "logo.png"
    assert settings.general.template == Path("/srv/sjabloon.docx")
    assert settings.mail.ca_file is None
    assert settings.mail.sign_in is SignIn.NONE


def test_everything_missing_is_told_in_one_go(tmp_path: Path) -> None:
    def remove(workbook: openpyxl.Workbook) -> None:
        del workbook["Artikelen"]
        workbook["Facturen"]["A2"] = "Iets anders"
        workbook["Klanten"]["B2"] = None
        del workbook["Mailservers"]

    book = edited(small_book(tmp_path / "book.xlsx"), remove)
    with pytest.raises(BookIncomplete) as caught:
        read_ledger(book)
    assert caught.value.facts["missing"] == "Facturen › Factuurnr, Klanten › Naam, Artikelen"


def test_columns_of_later_versions_and_formulas_may_be_absent(tmp_path: Path) -> None:
    def remove(workbook: openpyxl.Workbook) -> None:
        for sheet, cells in (("Klanten", "RSTUV"), ("Facturen", "DKLMN"), ("Factuurregels", "JK")):
            for letter in cells:
                workbook[sheet][f"{letter}2"] = None

    ledger = read_ledger(edited(small_book(tmp_path / "book.xlsx"), remove))
    assert ledger.problems == ()
    assert ledger.invoices[0].recorded.total is None


def test_a_workbook_without_its_id_is_incomplete(tmp_path: Path) -> None:
    with pytest.raises(BookIncomplete) as caught:
        read_ledger(small_book(tmp_path / "book.xlsx", workbook_id=""))
    assert caught.value.facts["missing"] == "Instellingen › Werkmap-id"


def test_a_problem_names_the_cell_even_where_columns_were_moved(tmp_path: Path) -> None:
    def insert(workbook: openpyxl.Workbook) -> None:
        workbook["Factuurregels"].insert_cols(1, 2)

    book = edited(small_book(tmp_path / "book.xlsx", lines=[{**LINE, "quantity": "veel"}]), insert)
    (problem,) = read_ledger(book).problems
    assert problem == Problem(
        "number_unreadable", place=Place("Factuurregels", "G3"), value="veel", invoice="2026-0001", detail="Aantal"
    )


@pytest.mark.libreoffice
@LANGUAGES
def test_a_workbook_saved_by_libreoffice_reads_the_same(
    language: Language, tmp_path: Path, calc: Callable[[Path], Path]
) -> None:
    book = small_book(
        tmp_path / "book.xlsx",
        language=language,
        lines=[LINE, {**LINE, "quantity": Decimal("1.005"), "discount": Decimal("2.5"), "delivered": None}],
        settings={"closing.text.nl": "Groet,\nde bakker"},
    )
    ours, saved = read_ledger(book), read_ledger(calc(book))
    assert saved.problems == ()
    assert saved.invoices == ours.invoices
    assert saved.customers == ours.customers
    assert saved.identity == ours.identity
    assert saved.settings.closing.text == {Language.NL: "Groet,\nde bakker"}
    assert saved.settings.mail == ours.settings.mail
