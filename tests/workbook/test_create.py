"""A new workbook: the same each time, easy to type in, and harmless whatever stands in it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from factuurbode.domain.model import Language
from factuurbode.errors import BookExists, StorageError
from factuurbode.workbook.columns import LINES, PRODUCTS, SHEETS, Filled
from factuurbode.workbook.create import create_workbook
from factuurbode.workbook.demo import LOGO_NAME
from factuurbode.workbook.reader import read_ledger
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book

LANGUAGES = pytest.mark.parametrize("language", [Language.NL, Language.EN])


@pytest.fixture(scope="module", params=[Language.NL, Language.EN])
def new_book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Language, Path]:
    path = tmp_path_factory.mktemp("new") / "book.xlsx"
    create_workbook(path, request.param, workbook_id="id-1")
    return request.param, path


def test_the_same_workbook_has_the_same_bytes(new_book: tuple[Language, Path], tmp_path: Path) -> None:
    language, first = new_book
    create_workbook(tmp_path / "again.xlsx", language, workbook_id="id-1")
    assert (tmp_path / "again.xlsx").read_bytes() == first.read_bytes()


def test_a_new_workbook_is_empty_and_has_nothing_unclear(new_book: tuple[Language, Path]) -> None:
    language, book = new_book
    ledger = read_ledger(book)
    assert (ledger.identity.id, ledger.language, ledger.problems) == ("id-1", language, ())
    assert not ledger.customers
    assert not ledger.invoices


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_text("van iemand anders")
    with pytest.raises(BookExists):
        create_workbook(path, Language.NL, workbook_id="id-1")
    assert path.read_text() == "van iemand anders"


def test_a_folder_that_is_not_there_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        create_workbook(tmp_path / "nergens" / "book.xlsx", Language.NL, workbook_id="id-1")


def test_the_demo_brings_its_logo(tmp_path: Path) -> None:
    create_workbook(tmp_path / "demo.xlsx", Language.EN, workbook_id="id-1", demo=True)
    logo = read_ledger(tmp_path / "demo.xlsx").settings.company.logo
    assert logo == tmp_path / LOGO_NAME
    assert logo.is_file()


def test_every_sheet_is_a_table_ready_to_type_in(new_book: tuple[Language, Path]) -> None:
    language, book = new_book
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames == ["Start", *(sheet.title(language) for sheet in SHEETS)]
    for sheet in SHEETS:
        worksheet = workbook[sheet.title(language)]
        (table,) = worksheet.tables.values()
        assert table.displayName == sheet.table(language)
        assert [column.name for column in table.tableColumns] == [column.title(language) for column in sheet.columns]
        calculated = {column.name for column in table.tableColumns if column.calculatedColumnFormula is not None}
        assert calculated == {column.title(language) for column in sheet.columns if column.filled is Filled.CALCULATED}
        assert str(worksheet.freeze_panes).endswith("3")
        assert worksheet.page_setup.orientation == "landscape"
        assert worksheet.print_title_rows == "$2:$2"
        assert worksheet.oddFooter is not None
        assert "&P" in str(worksheet.oddFooter.center.text)


def test_entry_columns_have_dropdowns_and_prompts_far_below_the_last_row(new_book: tuple[Language, Path]) -> None:
    language, book = new_book
    workbook = openpyxl.load_workbook(book)
    customers = workbook[SHEETS[2].title(language)]
    rules = {str(rule.sqref): rule for rule in customers.data_validations.dataValidation}
    e_invoice = rules["I3:I5000"]
    assert e_invoice.type == "list"
    assert "e-mail" in e_invoice.formula1
    assert e_invoice.prompt
    assert e_invoice.error
    assert customers.column_dimensions["A"].number_format == "@"
    for worksheet in workbook:
        for rule in worksheet.data_validations.dataValidation:
            assert len(rule.formula1 or "") <= 255
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 225
            assert max(len(rule.promptTitle or ""), len(rule.errorTitle or "")) <= 32


def test_a_vat_rate_is_chosen_from_those_in_force_and_then_from_former_ones(new_book: tuple[Language, Path]) -> None:
    language, book = new_book
    workbook = openpyxl.load_workbook(book)
    for sheet in (LINES, PRODUCTS):
        rules = {rule.formula1: rule for rule in workbook[sheet.title(language)].data_validations.dataValidation}
        assert rules['"9,21,0,6,19"'].errorStyle == "warning"


def test_no_formula_is_without_its_value(new_book: tuple[Language, Path]) -> None:
    _, book = new_book
    with zipfile.ZipFile(book) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = package.read(name)
                assert xml.count(b"<f>") == xml.count(b"</f><v")


def test_start_ticks_off_what_is_set_up(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book.xlsx", settings={"company.iban": "", "printing.printer": ""})
    assert _ticks(book) == ["✓", "✓", "○", "○", "○", "✓"]
    book = small_book(
        tmp_path / "book.xlsx",
        settings={
            "company.vat_number": "",
            "company.small_business": True,
            "company.logo": "logo.png",
            "general.always_save_as_pdf": True,
            "printing.printer": "",
            "mail.sender": "",
        },
    )
    assert _ticks(book) == ["✓", "✓", "✓", "✓", "✓", "○"]


def _ticks(book: Path) -> list[object]:
    start = openpyxl.load_workbook(book, data_only=True)["Start"]
    return [start.cell(row, 5).value for row in range(5, 11)]


def test_start_counts_what_has_not_gone_out(tmp_path: Path) -> None:
    sent = {**INVOICE, "number": "2", "status": "Verzonden · Geprint", "channel": "E-mail · Printer"}
    half = {**INVOICE, "number": "3", "status": "Mislukt · Geprint", "channel": "E-mail · Printer"}
    book = small_book(tmp_path / "book.xlsx", invoices=[INVOICE, sent, half])
    start = openpyxl.load_workbook(book, data_only=True)["Start"]
    assert [start.cell(row, 5).value for row in range(12, 16)] == [1, 0, 3, 2]


@LANGUAGES
@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+31 20", "@SUM(A1)", "<b>&amp;</b>", "'=x", "{{ 7*7 }}"]
)
def test_text_stays_text_whatever_it_looks_like(language: Language, text: str, tmp_path: Path) -> None:
    book = small_book(
        tmp_path / "book.xlsx",
        language=language,
        customers=[{**CUSTOMER, "name": text}],
        lines=[{**LINE, "description": text}],
        settings={"company.name": text},
    )
    ledger = read_ledger(book)
    assert ledger.customers["0001"].name == text
    assert ledger.invoices[0].lines[0].description == text
    assert ledger.settings.company.name == text
    workbook = openpyxl.load_workbook(book)
    names = workbook[SHEETS[2].title(language)]["B3"]
    assert names.data_type == "s"


def test_settings_and_columns_that_do_not_exist_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        small_book(tmp_path / "book.xlsx", settings={"mail.sever": "x"})
    with pytest.raises(KeyError):
        small_book(tmp_path / "book.xlsx", customers=[{**CUSTOMER, "strete": "x"}])
