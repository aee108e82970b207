"""A workbook of 10,000 invoices with 10 lines each: reading it, and writing 500 statuses, of the last and spread.

    python benchmarks/workbook.py [INVOICES [ROUNDS]]

Reading is measured against the bare cells of all sheets by python-calamine, writing against openpyxl's load and save.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
from bakery import a_book, some_invoices
from python_calamine import CalamineWorkbook

from factuurbode.domain.content import content_of
from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import Channel
from factuurbode.domain.sent import Sent, sent_of
from factuurbode.domain.states import State
from factuurbode.domain.totals import totals
from factuurbode.ports import LogRow, Outcome, StatusRow
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.reader import read_ledger

INVOICES, ROUNDS = 10_000, 5
LINES = 10
STATUSES = 500
SENT = Outcome(Channel.MAIL, State.SENT, "outcome.mail_sent", recipients=("facturen@voorbeeld.example.com",))


def bare_cells(book: Path) -> None:
    """All cells of all sheets, with nothing understood."""
    workbook = CalamineWorkbook.from_path(book)
    for title in workbook.sheet_names:
        workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)


def said_in(ledger: Ledger) -> dict[str, Sent | None]:
    """What each invoice says, as it is kept when it goes out."""
    seller = ledger.settings.company
    return {one.number: sent_of(content_of(one, seller, totals(one)).text) for one in ledger.invoices}


def our_statuses(book: ClosedBook, numbers: list[str], said: dict[str, Sent | None]) -> None:
    """Status, time, recipient, link and dispatch of each, what it said for good in its rows, and a line in the Log."""
    now = datetime.now(UTC)
    pdfs = book.path.parent / "archive"
    rows = [
        StatusRow(number, (SENT,), now, pdfs / f"{number}.pdf", "0" * 16, said[number], final=True)
        for number in numbers
    ]
    book.write(rows, [LogRow(now, "run", number, SENT) for number in numbers], "run")


def their_statuses(book: Path, numbers: list[str], copy: Path) -> None:
    """Only the status, the cheapest thing that a script would do."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Facturen"]
    wanted = set(numbers)
    for row in sheet.iter_rows():
        if row[0].value in wanted:
            row[0].offset(0, 12).value = "Verzonden"
    workbook.save(copy)


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(count: int, rounds: int) -> None:
    """Take turns, and print the medians and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = a_book(folder, count, LINES)
        numbers = [invoice.number for invoice in some_invoices(count, 1)]
        chosen = {"the last": numbers[-STATUSES:], "spread": numbers[:: max(count // STATUSES, 1)][:STATUSES]}
        assert len(read_ledger(book).invoices) == count
        bare, ours = [], []
        writing: dict[str, list[float]] = {which: [] for which in chosen}
        for _ in range(rounds):
            bare.append(seconds(lambda: bare_cells(book)))
            ours.append(seconds(lambda: read_ledger(book)))
        their_writing = seconds(lambda: their_statuses(book, chosen["spread"], folder / "copy.xlsx"))
        for which, some in chosen.items():
            for _ in range(rounds):
                copy = ClosedBook(Path(shutil.copy(book, folder / "written.xlsx")))
                said = said_in(copy.read())  # every command reads before it writes
                writing[which].append(seconds(lambda: our_statuses(copy, some, said)))  # noqa: B023 - called at once
            sent = sum(bool(invoice.recorded.states) for invoice in read_ledger(copy.path).invoices)
            assert sent == len(some)
    print(f"reading {count} invoices of {LINES} lines: bare cells {statistics.median(bare):.2f} s", end=", ")
    print(f"factuurbode {statistics.median(ours):.2f} s")
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    print(f"factuurbode takes {ratio:.2f} times as long as the bare cells")
    for which, spent in writing.items():
        median = statistics.median(spent)
        print(f"writing {STATUSES} statuses ({which}): openpyxl {their_writing:.2f} s", end=", ")
        print(f"factuurbode {median:.2f} s, {their_writing / median:.0f} times as fast")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [INVOICES, ROUNDS][len(given) :]))
