"""Over a whole month of invoices, the compiled template makes the documents that docxtpl makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.assets import asset
from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import Language
from factuurbode.domain.preflight import Checked
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.template import InvoiceTemplate
from factuurbode.workbook.reader import read_ledger
from support.by_docxtpl import by_docxtpl, canonical, part
from support.preflights import preflight_of

PARTS = ("word/document.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return read_ledger(asset("workbooks", "demo.xlsx"))


@pytest.fixture(scope="module")
def printable(ledger: Ledger) -> list[Checked]:
    """The invoices of which a document can be made."""
    invoices = preflight_of(ledger).invoices
    return [checked for checked in invoices if checked.amounts is not None and checked.invoice.issued]


def test_every_invoice_of_the_demo_is_the_document_that_docxtpl_makes(ledger: Ledger, printable: list[Checked]) -> None:
    logo = ledger.settings.company.logo
    templates: dict[Path, InvoiceTemplate] = {}
    for checked in printable:
        invoice, amounts = checked.invoice, checked.amounts
        assert amounts
        language = invoice.customer.language if invoice.customer else Language.NL
        path = template_for(language, ledger.settings)
        template = templates.get(path) or templates.setdefault(path, InvoiceTemplate(path, logo))
        values = invoice_fields(invoice, amounts, ledger.settings)

        ours, theirs = template.render(values), by_docxtpl(path, values, logo)

        for name in PARTS:
            assert canonical(part(ours, name)) == canonical(part(theirs, name)), (invoice.number, name)


def test_the_demo_tries_every_language_and_both_kinds(printable: list[Checked]) -> None:
    assert len(printable) >= 30
    assert {checked.invoice.customer.language for checked in printable if checked.invoice.customer} >= {"nl", "en"}
    assert {checked.invoice.kind for checked in printable} == {"invoice", "credit-note"}
