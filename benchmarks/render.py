"""Filling the Word template: the compiled template against docxtpl, for invoices of ten lines with a logo.

python benchmarks/render.py [INVOICES]
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bakery import SETTINGS, some_invoices
from docx.shared import Emu
from docxtpl import DocxTemplate, InlineImage

from factuurbode.domain.model import Language
from factuurbode.domain.totals import totals
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.logo import prepared
from factuurbode.render.template import InvoiceTemplate, environment
from factuurbode.workbook.demo import LOGO_NAME, save_logo

INVOICES = 300
LINES = 10
WARM_UP = 5


def median(render: Callable[[Mapping[str, object]], bytes], invoices: Sequence[Mapping[str, object]]) -> float:
    """Milliseconds an invoice."""
    spent = []
    for fields in invoices:
        began = time.perf_counter()
        render(fields)
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent[WARM_UP:])


def main(count: int) -> None:
    """Print both medians and their ratio."""
    path = template_for(Language.NL, SETTINGS)
    invoices = [invoice_fields(invoice, totals(invoice), SETTINGS) for invoice in some_invoices(count, LINES)]
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / LOGO_NAME
        save_logo(picture)
        compiled, logo = InvoiceTemplate(path, picture), prepared(picture)

    def by_docxtpl(fields: Mapping[str, object]) -> bytes:
        document = DocxTemplate(path)
        document.init_docx()
        shown = InlineImage(document, io.BytesIO(logo.png), Emu(logo.width), Emu(logo.height))
        document.render({**fields, "logo": shown}, environment(), autoescape=True)
        docx = io.BytesIO()
        document.save(docx)
        return docx.getvalue()

    ours, theirs = median(compiled.render, invoices), median(by_docxtpl, invoices[: count // 5])
    print(f"rendering an invoice of {LINES} lines: docxtpl {theirs:.2f} ms, factuurbode {ours:.2f} ms", end=", ")
    print(f"{theirs / ours:.0f} times as fast")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else INVOICES)
