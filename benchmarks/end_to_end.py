"""End to end: workbook to delivered mail and paper, against docxtpl and one `soffice --convert-to` for each file.

    python benchmarks/end_to_end.py [ROUNDS]

Both make the same invoices of the demo workbook with the same template, in turns within one run. The product's way
has everything in it: reading the workbook, the check, rendering, one warm LibreOffice, proof of each PDF, archive,
journal on disk, SMTP to a server on this computer, printing into a folder, and the outcome back in the workbook.
The other way only renders and converts.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from docxtpl import DocxTemplate

from factuurbode import dispatch
from factuurbode.assets import asset
from factuurbode.bootstrap import demo_world, open_office
from factuurbode.convert.probe import installed
from factuurbode.deliver.addresses import read_addresses
from factuurbode.demo.catcher import MailCatcher
from factuurbode.domain.preflight import Checked, preflight
from factuurbode.domain.selection import Request, choose
from factuurbode.domain.settings import Settings
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.template import environment
from factuurbode.steps.report import Result
from factuurbode.workbook.reader import read_ledger

ROUNDS = 3
OURS = 40
THEIRS = 8


class Silent:
    """Nobody watches a benchmark."""

    def begins(self, invoices: int) -> None:
        """Not shown."""

    def done(self, result: Result) -> None:
        """Not shown."""

    def invoice_done(self) -> None:
        """Not shown."""


def file_by_file(invoices: Sequence[Checked], settings: Settings, folder: Path) -> float:
    """Seconds an invoice with docxtpl and a LibreOffice that starts and ends for every file."""
    soffice, profile = installed().soffice.with_name("soffice"), (folder / "profile").as_uri()
    began = time.perf_counter()
    for checked in invoices:
        customer, amounts = checked.invoice.customer, checked.amounts
        assert customer is not None
        assert amounts is not None
        document = DocxTemplate(template_for(customer.language, settings))
        fields = invoice_fields(checked.invoice, amounts, settings)
        document.render({**fields, "logo": ""}, environment(), autoescape=True)
        docx = folder / f"{checked.invoice.number}.docx"
        document.save(docx)
        command = [str(soffice), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), str(docx)], check=True, capture_output=True)
    return (time.perf_counter() - began) / len(invoices)


def product(book: Path, numbers: tuple[str, ...]) -> float:
    """Seconds an invoice for one press of the button, start and end of LibreOffice included."""
    began = time.perf_counter()
    with (
        MailCatcher(book.with_name("mail")) as catcher,
        open_office(book, demo_world(catcher.port, book.with_name("printer"))) as office,
    ):
        report = dispatch.customer_copies(office, Request(numbers), Silent())
    assert report.all_fine
    assert {result.invoice for result in report.results} == set(numbers)
    return (time.perf_counter() - began) / len(numbers)


def main(rounds: int) -> None:
    """Take turns and print the medians and their ratio."""
    print(f"{rounds} rounds; {THEIRS} invoices file by file, {OURS} by factuurbode; milliseconds an invoice")
    theirs, ours = [], []
    for turn in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            book = Path(shutil.copy(asset("workbooks", "demo.xlsx"), folder / "demo.xlsx"))
            shutil.copy(asset("workbooks", "logo-demo.png"), folder)
            ledger = read_ledger(book)
            errands, _ = choose(preflight(ledger, {}, read_addresses).invoices, Request())
            start = turn * OURS % max(1, len(errands) - OURS)
            chosen = [errand.checked for errand in errands[start : start + OURS]]
            theirs.append(file_by_file(chosen[:THEIRS], ledger.settings, folder) * 1000)
            ours.append(product(book, tuple(checked.invoice.number for checked in chosen)) * 1000)
            print(f"  round {turn + 1}: file by file {theirs[-1]:7.1f}   factuurbode {ours[-1]:6.1f}")
    one, other = statistics.median(theirs), statistics.median(ours)
    print(f"file by file {one:7.1f} ms  {1000 / one:6.2f} invoices a second")
    print(f"factuurbode  {other:7.1f} ms  {1000 / other:6.2f} invoices a second")
    print(f"factuurbode is {one / other:.1f} times as fast, all included, with one worker")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
