"""An open workbook of 10,000 invoices with 10 lines each: reading it, and writing a status and a Log line for each.

    python benchmarks/live.py [INVOICES [ROUNDS]]

LibreOffice Calc stands in for Excel. Reading is measured against the bare blocks of all sheets, writing against the
same values set in two blocks, each by the same engine in the same run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import xlwings
from bakery import a_book, some_invoices, workplace

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.ports import LogRow, Outcome, StatusRow
from factuurbode.workbook.live import LiveBook

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from support.calc_engine import a_calc, engine_on

INVOICES, ROUNDS = 10_000, 3
LINES = 10
MOST = 2.0
NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
SENT = Outcome(Channel.MAIL, State.SENT, "outcome.mail_sent", recipients=("facturen@voorbeeld.example.com",))


def bare_read(book: xlwings.Book) -> None:
    """Every sheet in one block, with nothing understood."""
    for sheet in book.sheets:
        assert sheet.used_range.options(ndim=2).value


def our_write(book: LiveBook, numbers: list[str]) -> None:
    """The status columns of each invoice, and a line in the Log."""
    statuses = [StatusRow(number, (SENT,), NOW, None, "0" * 16) for number in numbers]
    book.write(statuses, [LogRow(NOW, "run", number, SENT) for number in numbers], "run")


def bare_write(book: xlwings.Book, numbers: list[str]) -> None:
    """As many cells of the same kinds in two blocks, far below everything else."""
    moment = NOW.replace(tzinfo=None)
    words = "Verzonden: de mailserver heeft de mail aangenomen."
    mail = "facturen@voorbeeld.example.com"
    status = ["Verzonden", moment, "E-mail", mail, None, words, f"'{'0' * 16}"]
    first = 10 * len(numbers)
    book.sheets["Facturen"].range((first, 40)).value = [status for _ in numbers]
    book.sheets["Logboek"].range((first, 40)).value = [
        [moment, "'run", f"'{number}", "E-mail", mail, "Verzonden", words] for number in numbers
    ]


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(count: int, rounds: int) -> int:
    """Take turns, print the medians and their ratios; 1 when one is above the promise."""
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(dir=workplace()) as name, a_calc() as office:
        path = a_book(Path(name), count, LINES)
        numbers = [invoice.number for invoice in some_invoices(count, 1)]
        engine_on(office.desktop)
        book = xlwings.Book(str(path))
        live = LiveBook(book)
        assert len(live.read().invoices) == count
        for _ in range(rounds):
            for what, work in (
                ("read, bare", lambda: bare_read(book)),
                ("read, ours", live.read),
            ):
                taken.setdefault(what, []).append(seconds(work))
        for _ in range(rounds):
            taken.setdefault("write, ours", []).append(seconds(lambda: our_write(live, numbers)))
            taken.setdefault("write, bare", []).append(seconds(lambda: bare_write(book, numbers)))
    kept = True
    for what in ("read", "write"):
        bare, ours = (statistics.median(taken[f"{what}, {who}"]) for who in ("bare", "ours"))
        kept = kept and ours <= MOST * bare
        print(f"{what}: engine's own blocks {bare:.2f} s, ours {ours:.2f} s: {ours / bare:.2f}x")
    return 0 if kept else 1


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [INVOICES, ROUNDS][len(given) :])))
