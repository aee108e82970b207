"""End to end, from workbook to delivered mail, in one run and in turns:

    file by file    docxtpl, one `soffice` and one connection to the mail server for each invoice
    good script     docxtpl for each invoice, one `soffice` for all files, one connection
    factuurbode     reading, checking, rendering, converting, proof of each PDF, archive, journal on disk, mail, and
                    the outcome back in the workbook; with a worker for each core, and with one

    python benchmarks/end_to_end.py [INVOICES [ROUNDS]]

The invoices have 5 to 40 lines and a logo. The page images of all PDFs are compared between the ways, at 70 dpi.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
from bakery import a_book, workplace
from mail_sink import mail_sink
from others import file_by_file, good_script

from factuurbode import dispatch
from factuurbode.bootstrap import Outside, demo_world, open_office
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging.merging import Merging
from factuurbode.deliver.addresses import read_addresses
from factuurbode.domain.ledger import Ledger
from factuurbode.domain.preflight import Checked, preflight
from factuurbode.domain.selection import Request
from factuurbode.identifiers import NUMBER_CHECKS
from factuurbode.steps.report import Result
from factuurbode.workbook.reader import read_ledger

INVOICES, ROUNDS = 200, 3
FILE_BY_FILE = 10
DPI = 70


class Silent:
    """Nobody watches a benchmark."""

    cancelled = False

    def begins(self, invoices: int) -> None:
        """Not shown."""

    def done(self, result: Result) -> None:
        """Not shown."""

    def invoice_done(self) -> None:
        """Not shown."""


def product(book: Path, world: Outside, workers: int | None = None) -> None:
    """One press of the button, start and end of LibreOffice included; *workers* other than the product's own choice."""
    with open_office(book, world) as chosen, closing(Merging(LibreOffice(workers=workers or 1))) as converter:
        office = replace(chosen, converter=converter) if workers else chosen
        report = dispatch.customer_copies(office, Request(), Silent())
    assert report.all_fine
    assert report.book_error is None


def seconds(work: Callable[[], None]) -> float:
    """How long *work* takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def pictures(pdf: Path) -> list[bytes]:
    """The dots of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=DPI / 72).buffer) for page in document]
    finally:
        document.close()


def compared(numbers: Sequence[str], one: Path, other: Path) -> tuple[int, int]:
    """Over the PDFs named *numbers* in both folders: how many pages there are, and how many of them differ."""
    pages = different = 0
    for number in numbers:
        ours, theirs = pictures(_pdf(one, number)), pictures(_pdf(other, number))
        pages += len(ours)
        different += abs(len(ours) - len(theirs)) + sum(a != b for a, b in zip(ours, theirs, strict=False))
    return pages, different


def _pdf(folder: Path, number: str) -> Path:
    [found] = folder.rglob(f"*{number}*.pdf")
    return found


def one_round(folder: Path, count: int) -> dict[str, float]:
    """Milliseconds an invoice for each way."""
    book = a_book(folder, count)
    (folder / "alone").mkdir()
    alone = a_book(folder / "alone", count)
    ledger: Ledger = read_ledger(book)
    invoices = preflight(ledger, {}, read_addresses, NUMBER_CHECKS, datetime.now().astimezone().date()).invoices
    some: Sequence[Checked] = invoices[: min(FILE_BY_FILE, count)]
    one, script = folder / "one", folder / "script"
    one.mkdir()
    script.mkdir()
    settings = ledger.settings
    with mail_sink(folder / "mail") as port:
        spent = {
            "file by file": seconds(lambda: file_by_file(some, settings, one, port)) / len(some),
            "factuurbode": seconds(lambda: product(book, demo_world(port, folder / "printer"))) / count,
            "one worker": seconds(lambda: product(alone, demo_world(port, folder / "printer"), 1)) / count,
            "good script": seconds(lambda: good_script(invoices, settings, script, port)) / count,
        }
    assert len(list((folder / "mail").glob("*.eml"))) == 3 * count + len(some)
    archive = settings.general.archive
    for name, others in (("good script", invoices), ("file by file", some)):
        numbers = [checked.invoice.number for checked in others]
        pages, different = compared(numbers, archive, script if name == "good script" else one)
        print(f"    {pages} pages of {len(numbers)} invoices against {name}: {different} differ at {DPI} dpi")
    shutil.rmtree(archive)
    return {name: taken * 1000 for name, taken in spent.items()}


def main(count: int, rounds: int) -> None:
    """Take turns, compare the pages, and print the medians and their ratios."""
    print(f"{count} invoices, {rounds} rounds; file by file only {FILE_BY_FILE} of them; milliseconds an invoice")
    all_spent: list[dict[str, float]] = []
    for turn in range(rounds):
        with tempfile.TemporaryDirectory(dir=workplace()) as name:
            all_spent.append(one_round(Path(name), count))
        print(f"  round {turn + 1}: " + "   ".join(f"{way} {spent:.1f}" for way, spent in all_spent[-1].items()))
    for way in all_spent[0]:
        median = statistics.median(spent[way] for spent in all_spent)
        print(f"{way:14} {median:8.1f} ms  {1000 / median:6.2f} invoices a second")
    for way in ("file by file", "good script"):
        ratio = statistics.median(spent[way] / spent["factuurbode"] for spent in all_spent)
        print(f"factuurbode is {ratio:.1f} times as fast as {way}")
    ratio = statistics.median(spent["file by file"] / spent["one worker"] for spent in all_spent)
    print(f"with one worker it is {ratio:.1f} times as fast as file by file")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [INVOICES, ROUNDS][len(given) :]))
