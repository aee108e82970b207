"""Many invoices at once, for what is done with batches of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from factuurbode.domain.model import Invoice, Language
from factuurbode.domain.settings import Settings
from factuurbode.domain.totals import totals
from factuurbode.ports import Document
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.template import InvoiceTemplate
from factuurbode.workbook.reader import read_ledger

from .documents import a_bakery, a_customer, an_invoice
from .preflights import preflight_of

DEMO = Path(__file__).parents[2] / "workbooks" / "demo.xlsx"


def documents_of(invoices: Iterable[Invoice], settings: Settings | None = None) -> list[Document]:
    """*invoices* as Word documents, each made by the template of its customer's language."""
    settings = settings or a_bakery()
    templates: dict[Path, InvoiceTemplate] = {}
    documents = []
    for invoice in invoices:
        path = template_for(invoice.customer.language if invoice.customer else Language.NL, settings)
        if path not in templates:
            templates[path] = InvoiceTemplate(path, logo=settings.company.logo)
        fields = invoice_fields(invoice, totals(invoice), settings)
        documents.append(Document(invoice.number, templates[path].render(fields)))
    return documents


def some_documents(count: int, settings: Settings | None = None, *, language: Language = Language.NL) -> list[Document]:
    """*count* invoices of 1 to 40 lines for as many customers."""
    return documents_of((_invoice(index, language) for index in range(count)), settings)


def _invoice(index: int, language: Language) -> Invoice:
    customer = a_customer(number=f"{index:04}", name=f"Lunchroom {index + 1}", language=language)
    return an_invoice(f"2026-{index + 1:04}", lines=1 + index * 7 % 40, customer=customer)


def demo_documents(count: int, language: Language) -> list[Document]:
    """The first *count* invoices of the demo workbook that can be made, their customers all reading *language*."""
    ledger = read_ledger(DEMO)
    checked = preflight_of(ledger).invoices
    ready = [one.invoice for one in checked if one.amounts is not None and one.invoice.customer is not None]
    invoices = [
        replace(invoice, customer=replace(invoice.customer, language=language))
        for invoice in ready[:count]
        if invoice.customer
    ]
    return documents_of(invoices, ledger.settings)
