"""What a workbook keeps for importing: what the columns of a source mean, and what is charged beside the goods."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from factuurbode.domain.model import Language, Period
from factuurbode.domain.settings import Making
from factuurbode.workbook.reader import read_ledger
from support.workbooks import CUSTOMER, small_book

LANGUAGES = pytest.mark.parametrize("language", [Language.NL, Language.EN])


def edited(book: Path, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    workbook = openpyxl.load_workbook(book)
    edit(workbook)
    workbook.save(book)
    return book


@LANGUAGES
def test_the_columns_of_a_source_stand_below_its_name(language: Language, tmp_path: Path) -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Import"]
        rows = [
            ("Kassa", "Bon", "Bonnr"),
            (None, "Stuks", "Aantal"),
            (None, "Medewerker", None),
            ("Web", "Qty", "Aantal"),
        ]
        for number, row in enumerate(rows, start=3):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column, value)

    book = edited(small_book(tmp_path / "book.xlsx", language=language), fill)

    assert read_ledger(book).mappings == {
        "Kassa": [("Bon", "Bonnr"), ("Stuks", "Aantal"), ("Medewerker", "")],
        "Web": [("Qty", "Aantal")],
    }


def test_a_workbook_from_before_there_was_importing_reads_as_it_did(tmp_path: Path) -> None:
    book = edited(small_book(tmp_path / "book.xlsx"), lambda workbook: workbook.remove(workbook["Import"]))

    ledger = read_ledger(book)

    assert ledger.mappings == {}
    assert ledger.problems == ()


@LANGUAGES
def test_what_is_charged_beside_the_goods_is_read(language: Language, tmp_path: Path) -> None:
    book = small_book(
        tmp_path / "book.xlsx",
        language=language,
        settings={"making.delivery_costs": Decimal("7.50"), "making.free_from": 75, "making.minimum_order": 25},
    )

    assert read_ledger(book).settings.making == Making(Decimal("7.5"), "", Decimal(75), Decimal(25), Decimal(9))


def test_nothing_is_charged_beside_the_goods_unless_somebody_says_so(tmp_path: Path) -> None:
    assert read_ledger(small_book(tmp_path / "book.xlsx")).settings.making == Making()


def test_a_customer_has_a_discount_a_period_and_a_payer(tmp_path: Path) -> None:
    row = {**CUSTOMER, "discount": Decimal("2.5"), "period": "week", "bill_to": "0099"}
    book = small_book(tmp_path / "book.xlsx", customers=[row])

    customer = read_ledger(book).customers["0001"]

    assert (customer.discount, customer.period, customer.bill_to) == (Decimal("2.5"), Period.WEEK, "0099")
