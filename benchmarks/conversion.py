"""From invoice to PDF: docxtpl and `soffice --convert-to` for each file, against a compiled template and one worker.

    python benchmarks/conversion.py [INVOICES]

Both lanes make the same invoices of 5 to 40 lines with the template that ships with the product, one after the
other, and every PDF is verified. Prints milliseconds an invoice for each step and how many times faster ours is.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bakery import SETTINGS, some_invoices
from docxtpl import DocxTemplate

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging.merging import Merging
from factuurbode.convert.probe import installed
from factuurbode.convert.verify import verify
from factuurbode.domain.model import Invoice, Language
from factuurbode.domain.totals import totals
from factuurbode.ports import Document
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.template import InvoiceTemplate, environment

INVOICES = 30


@dataclass
class Spent:
    """Seconds spent on each step, over all invoices."""

    steps: dict[str, float] = field(default_factory=dict)

    def add(self, step: str, seconds: float) -> None:
        """Count *seconds* for *step*."""
        self.steps[step] = self.steps.get(step, 0) + seconds

    def total(self) -> float:
        """Seconds over all steps."""
        return sum(self.steps.values())


def fields_of(invoice: Invoice) -> dict[str, object]:
    """What the template prints."""
    return invoice_fields(invoice, totals(invoice), SETTINGS)


def file_by_file(invoices: Sequence[Invoice], template: Path, folder: Path) -> Spent:
    """docxtpl, and a LibreOffice that starts and ends for every file."""
    spent, soffice, profile = Spent(), installed().soffice.with_name("soffice"), (folder / "profile").as_uri()
    for invoice in invoices:
        docx = folder / f"{invoice.number}.docx"
        began = time.perf_counter()
        document = DocxTemplate(template)
        document.render({**fields_of(invoice), "logo": ""}, environment(), autoescape=True)
        document.save(docx)
        rendered = time.perf_counter()
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                docx,
            ],
            check=True,
            capture_output=True,
        )
        spent.add("render", rendered - began)
        spent.add("convert", time.perf_counter() - rendered)
        verify(docx.with_suffix(".pdf").read_bytes(), invoice.number)
    return spent


def warm(invoices: Sequence[Invoice], template: Path) -> Spent:
    """The product's way, its start included; `convert` is what is left of the time after rendering."""
    spent = Spent()
    began = time.perf_counter()
    compiled = InvoiceTemplate(template)

    def document(invoice: Invoice) -> Document:
        started = time.perf_counter()
        docx = compiled.render(fields_of(invoice))
        spent.add("render", time.perf_counter() - started)
        return Document(invoice.number, docx)

    verifying = 0.0
    with closing(Merging(LibreOffice(workers=1))) as converter:
        for conversion in converter.convert(document(invoice) for invoice in invoices):
            started = time.perf_counter()
            verify(conversion.pdf, conversion.name)
            verifying += time.perf_counter() - started
    spent.add("convert", time.perf_counter() - began - verifying - spent.steps["render"])
    return spent


def main(count: int) -> None:
    """Run both and print the figures."""
    invoices = some_invoices(count)
    template = template_for(Language.NL, SETTINGS)
    lines = sum(len(invoice.lines) for invoice in invoices)
    print(f"{count} invoices, {lines / count:.1f} lines on average; milliseconds an invoice")
    with tempfile.TemporaryDirectory() as folder:
        ours = warm(invoices, template)
        theirs = file_by_file(invoices, template, Path(folder))
    for name, spent in (("docxtpl + soffice --convert-to", theirs), ("factuurbode, one worker", ours)):
        steps = ", ".join(f"{step} {seconds / count * 1000:.1f}" for step, seconds in spent.steps.items())
        print(f"{name:32} {spent.total() / count * 1000:8.1f}   ({steps})")
    print(f"{'times faster':32} {theirs.total() / ours.total():8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else INVOICES)
