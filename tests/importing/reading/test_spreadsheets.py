"""Deliveries in a workbook: .xlsx, .xlsm and .ods as programs write them."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from factuurbode.errors import ImportColumnsUnknown, ImportSheetUnclear
from support.import_bakery import Bakery

HEADER = ("Bonnr", "Leverdatum", "Klantnr", "Artikelnr", "Omschrijving", "Aantal", "Prijs", "Btw %")
MONDAY = dt.datetime(2026, 11, 2)  # noqa: DTZ001 - a spreadsheet knows no zones
ROWS: Sequence[Sequence[Any]] = (
    ("000101", MONDAY, "0012", 101, "Volkoren heel", 12, 2.35, 0.09),
    (102, MONDAY + dt.timedelta(hours=30.5), "0013", "0102", "Wit tijger", 0.1, 1.95, 0.09),
)
EXPECTED = [
    ("0012", "Volkoren heel", Decimal(12), Decimal("2.35"), Decimal(9), dt.date(2026, 11, 2)),
    ("0013", "Wit tijger", Decimal("0.1"), Decimal("1.95"), Decimal(9), dt.date(2026, 11, 3)),
]
Sheets = dict[str, Sequence[Sequence[Any]]]


def workbook(path: Path, sheets: Sheets) -> Path:
    """A workbook as Excel has it: days and percentages are numbers with a form; text after `=` is a formula's error."""
    with xlsxwriter.Workbook(path) as book:
        day, percent = book.add_format({"num_format": "dd-mm-yyyy hh:mm"}), book.add_format({"num_format": "0%"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, column, "=1/0", None, cell[1:])
                    elif isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif isinstance(cell, dt.datetime):
                        sheet.write_datetime(number, column, cell, day)
                    elif column == 7 and isinstance(cell, float):
                        sheet.write_number(number, column, cell, percent)
                    else:
                        sheet.write(number, column, cell)
    return path


@pytest.fixture(scope="session")
def as_ods(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """LibreOffice saves a workbook as .ods."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def save(path: Path) -> Path:
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "ods"]
        command += ["--outdir", str(path.parent), str(path)]
        subprocess.run(command, check=True, capture_output=True)
        return path.with_suffix(".ods")

    return save


def lines(bakery: Bakery, path: Path, **wishes: Any) -> list[tuple[Any, ...]]:
    return [
        (draft.customer, line.description, line.quantity, line.price, line.vat_rate, line.delivered)
        for draft in bakery.propose(path, **wishes).drafts
        for line in draft.lines
    ]


@pytest.mark.parametrize("name", ["week.xlsx", "week.xlsm"])
def test_cells_of_a_workbook_are_exact(bakery: Bakery, name: str) -> None:
    path = workbook(bakery.folder / name, {"Leveringen": (HEADER, *ROWS)})

    assert lines(bakery, path) == EXPECTED
    assert bakery.propose(path).detected[0].sheet == "Leveringen"


def test_numbers_that_are_names_come_without_a_decimal_point(bakery: Bakery) -> None:
    path = workbook(bakery.folder / "week.xlsx", {"Leveringen": (HEADER, *ROWS)})

    rows = [row for draft in bakery.propose(path).drafts for row in draft.rows]

    assert [row.key for row in rows] == [":000101:101", ":102:0102"]


@pytest.mark.libreoffice
def test_the_same_in_an_ods(bakery: Bakery, as_ods: Callable[[Path], Path]) -> None:
    path = as_ods(workbook(bakery.folder / "week.xlsx", {"Leveringen": (HEADER, *ROWS)}))

    assert lines(bakery, path) == EXPECTED


BROKEN = (HEADER, *ROWS, ("000103", MONDAY, "0012", "0101", "Wit", "=#REF!", 2.35, 0.09))


def test_a_formula_error_is_a_listed_rejection(bakery: Bakery) -> None:
    path = workbook(bakery.folder / "week.xlsx", {"Leveringen": BROKEN})

    (rejected,) = bakery.propose(path).rejected

    assert (rejected.origin.sheet, rejected.origin.row) == ("Leveringen", 4)
    assert [(reason.key, reason.facts["column"], reason.facts["value"]) for reason in rejected.reasons] == [
        ("reason.cell_error", "Aantal", "#REF!")
    ]


@pytest.mark.libreoffice
def test_a_formula_error_in_an_ods_too(bakery: Bakery, as_ods: Callable[[Path], Path]) -> None:
    path = as_ods(workbook(bakery.folder / "week.xlsx", {"Leveringen": BROKEN}))

    (rejected,) = bakery.propose(path).rejected

    assert [reason.key for reason in rejected.reasons] == ["reason.cell_error"]


def test_the_one_sheet_with_deliveries_is_taken(bakery: Bakery) -> None:
    sheets: Sheets = {"Uitleg": [("Let op",), ("Alleen deze week",)], "Week 45": (HEADER, *ROWS)}

    assert lines(bakery, workbook(bakery.folder / "week.xlsx", sheets)) == EXPECTED


def test_between_two_sheets_with_deliveries_a_person_chooses(bakery: Bakery) -> None:
    path = workbook(bakery.folder / "week.xlsx", {"Week 44": (HEADER, ROWS[1]), "Week 45": (HEADER, *ROWS)})

    with pytest.raises(ImportSheetUnclear) as refused:
        bakery.propose(path)

    assert refused.value.facts["sheets"] == "Week 44, Week 45"
    assert lines(bakery, path, sheet="week 45") == EXPECTED
    with pytest.raises(ImportSheetUnclear):
        bakery.propose(path, sheet="Week 46")


def test_a_sheet_that_nobody_sees_is_not_meant_when_another_can_be(bakery: Bakery) -> None:
    path = bakery.folder / "week.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title, rows in {"Oud": (HEADER, ROWS[1]), "Nieuw": (HEADER, *ROWS)}.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(
                    number, 0, [cell if isinstance(cell, int | float | str) else "2-11-2026" for cell in row]
                )
        book.worksheets()[0].hide()
        book.worksheets()[1].activate()

    assert bakery.propose(path).detected[0].sheet == "Nieuw"
    assert bakery.propose(path, sheet="Oud").detected[0].sheet == "Oud"


def with_zeros(path: Path) -> Path:
    """Numbers that are names, stored as numbers that show their zeros; the last two rows are alike."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Leveringen")
        four, six = book.add_format({"num_format": "0000"}), book.add_format({"num_format": "000000"})
        sheet.write_row(0, 0, HEADER)
        for row, number in enumerate((101, 102, 103, 103), start=1):
            sheet.write_number(row, 0, number, six)
            sheet.write_string(row, 1, "13-11-2026")
            sheet.write_number(row, 2, 12, four)
            sheet.write_number(row, 3, 7, four)
            sheet.write_row(row, 4, ("Bolus", 3, 1.5, 9))
    return path


def numbered(bakery: Bakery, path: Path) -> tuple[list[tuple[str, str]], list[str]]:
    proposal = bakery.propose(path)
    rows = [
        (row.key, line.article) for draft in proposal.drafts for row, line in zip(draft.rows, draft.lines, strict=False)
    ]
    return rows, [remark.key for remark in proposal.remarks if "zeros" in remark.key]


def test_zeros_that_a_number_shows_belong_to_a_name(bakery: Bakery) -> None:
    rows, remarks = numbered(bakery, with_zeros(bakery.folder / "week.xlsx"))

    assert [article for _, article in rows] == ["0007"] * 4
    assert [key[:12] for key, _ in rows] == [":000101:0007", ":000102:0007", ":000103:0007", ":000103:0007"]
    assert remarks == []


@pytest.mark.libreoffice
def test_zeros_that_a_number_shows_in_an_ods_too(bakery: Bakery, as_ods: Callable[[Path], Path]) -> None:
    path = with_zeros(bakery.folder / "week.xlsx")

    assert numbered(bakery, as_ods(path)) == numbered(bakery, path)


@pytest.mark.parametrize("number", ["NaN", "INF", "-INF", "1E400"])
def test_a_number_that_is_none_is_a_listed_rejection(bakery: Bakery, number: str) -> None:
    path = workbook(
        bakery.folder / "week.xlsx", {"Leveringen": (HEADER, ("1", 777.0, "0012", "0101", "x", 777, 777, 9))}
    )
    broken = bakery.folder / "stuk.xlsx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(broken, "w") as out:
        for name in package.namelist():
            out.writestr(name, package.read(name).replace(b"<v>777</v>", f"<v>{number}</v>".encode()))

    (rejected,) = bakery.propose(broken).rejected

    assert [(reason.key, reason.facts["column"]) for reason in rejected.reasons] == [
        ("reason.cell_error", column) for column in ("Leverdatum", "Aantal", "Prijs")
    ]


def test_a_number_without_end_is_told_in_a_few_digits(bakery: Bakery) -> None:
    path = workbook(
        bakery.folder / "week.xlsx", {"Leveringen": (HEADER, ("1", MONDAY, "0012", "0101", "x", 1e308, 1, 9))}
    )

    (rejected,) = bakery.propose(path).rejected

    assert rejected.cells[5] == "1E+308"


@pytest.mark.libreoffice
def test_errors_in_rows_that_are_alike_are_all_seen(bakery: Bakery, as_ods: Callable[[Path], Path]) -> None:
    row = ("000103", MONDAY, "0012", "0101", "Wit", 1, "=#REF!", 0.09)
    path = as_ods(workbook(bakery.folder / "week.xlsx", {"Leveringen": (HEADER, row, row, row)}))

    assert len(bakery.propose(path).rejected) == 3


def test_a_workbook_that_is_called_xls_is_read_for_what_it_is(bakery: Bakery) -> None:
    path = workbook(bakery.folder / "week.xlsx", {"Leveringen": (HEADER, *ROWS)}).rename(bakery.folder / "week.xls")

    assert lines(bakery, path) == EXPECTED


def test_a_workbook_without_deliveries_is_refused_with_the_columns_it_has(bakery: Bakery) -> None:
    path = workbook(bakery.folder / "week.xlsx", {"Blad1": [("Merk", "Kleur"), ("x", "y")]})

    with pytest.raises(ImportColumnsUnknown) as refused:
        bakery.propose(path)

    assert refused.value.facts["columns"] == "Merk, Kleur"


def test_an_excel_discount_shown_as_a_percentage_is_that_percentage(bakery: Bakery) -> None:
    rows = [(*HEADER, "Korting %"), (*ROWS[0], 0.1), (*ROWS[1], 0.025)]
    path = workbook(bakery.folder / "week.xlsx", {"Leveringen": rows})

    assert [line.discount for draft in bakery.propose(path).drafts for line in draft.lines] == [
        Decimal(10),
        Decimal("2.5"),
    ]
