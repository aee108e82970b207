"""Rows into a workbook: 5,000 invoices with 100,000 lines of ten columns, against openpyxl's write-only mode.

    python benchmarks/splicing.py [INVOICES [ROUNDS]]

openpyxl writes the same cells (formulas, too) into a new, bare file. We put them into a workbook that has its forms,
tables and formulas, all or nothing, with the values of the formulas. Both are measured in turn, in one process.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from bakery import a_book
from openpyxl import Workbook

from factuurbode.domain.additions import Additions, Content, NewRows, Rows
from factuurbode.domain.model import Language
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.create.formulas import Formulas

INVOICES, ROUNDS = 5_000, 5
LINES = 20
INVOICE_KEYS = ("number", "date", "customer", "kind", "customer_name", "due", "net", "vat", "total")
LINE_KEYS = ("invoice", "delivered", "article", "description", "quantity", "unit", "price", "vat_rate")
SHOWN_KEYS = ("net", "vat_applied")


def additions(invoices: int) -> Additions:
    """The same rows each time."""
    rows: list[tuple[Content, ...]] = []
    lines: list[tuple[Content, ...]] = []
    for index in range(invoices):
        number, net = f"2026-{index + 10_000:05}", Decimal(0)
        for place in range(LINES):
            quantity, price = Decimal(1 + (index + place) % 40), Decimal(95 + (index * 7 + place) % 500) / 100
            net += quantity * price
            typed = (number, date(2026, 11, 1 + place), f"{1000 + place}", f"Brood van soort {place}", quantity, "stuk")
            lines.append((*typed, price, Decimal(9), quantity * price, Decimal(9)))
        vat = round(net * 9 / 100, 2)
        name = f"Lunchroom Voorbeeld {index % 40}"
        typed_row = (number, date(2026, 11, 30), f"{index % 40:04}", "invoice")
        rows.append((*typed_row, name, date(2026, 12, 14), net, vat, net + vat))
    return Additions(
        {Rows.INVOICES: NewRows(INVOICE_KEYS, rows), Rows.LINES: NewRows((*LINE_KEYS, *SHOWN_KEYS), lines)}
    )


def theirs(rows: Additions, target: Path) -> None:
    """The same cells in a new workbook without any form."""
    formulas = Formulas(Language.NL, "Instellingen!$C$17", "?")
    workbook = Workbook(write_only=True)
    for kind, sheet_formulas in ((Rows.INVOICES, _of(formulas, "INVOICES")), (Rows.LINES, _of(formulas, "LINES"))):
        sheet = workbook.create_sheet(kind)
        new = rows.rows[kind]
        for row in new.rows:
            sheet.append([sheet_formulas.get(key, value) for key, value in zip(new.keys, row, strict=True)])
    workbook.save(target)


def _of(formulas: Formulas, sheet: str) -> dict[str, str]:
    from factuurbode.workbook import columns

    return {key: f"={text}" for key, text in formulas.of(getattr(columns, sheet)).items()}


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(count: int, rounds: int) -> None:
    """Take turns, and print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, rows = a_book(folder, 100, 10), additions(count)
        ours, other = [], []
        for _ in range(rounds):
            copy = ClosedBook(Path(shutil.copy(book, folder / "boek.xlsx")))
            copy.read()  # as every command does before it writes
            ours.append(seconds(lambda: copy.add(rows, "run")))  # noqa: B023 - called at once
            other.append(seconds(lambda: theirs(rows, folder / "ander.xlsx")))
        ledger = copy.read()
        assert len(ledger.invoices) == 100 + count
        assert sum(len(invoice.lines) for invoice in ledger.invoices) == 1_000 + count * LINES
    ratio = statistics.median(one / another for one, another in zip(ours, other, strict=True))
    print(
        f"{count} invoices with {count * LINES} lines: openpyxl write-only {statistics.median(other):.2f} s", end=", "
    )
    print(f"factuurbode {statistics.median(ours):.2f} s; factuurbode takes {ratio:.2f} times as long")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [INVOICES, ROUNDS][len(given) :]))
