"""What was agreed with as rows of the workbook, by column key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ...domain import calculated
from ...domain.additions import Additions, Changes, Content, NewRows, Rows
from ...domain.ledger import Ledger
from ...domain.model import Customer, Invoice, Line, Product
from ...domain.totals import line_net, totals
from ..proposal import Change, Draft, Proposal

_CUSTOMER = tuple(field.name for field in fields(Customer) if field.name != "origin")
_PRODUCT = ("article", "description", "unit", "price", "vat_rate")
_TYPED = ("number", "date", "customer", "kind", "corrects", "reference", "period_from", "period_to", "remark")
_LINE = ("invoice", "delivered", "article", "description", "quantity", "unit", "price", "discount", "vat_rate")


def additions(proposal: Proposal, drafts: Sequence[Draft], ledger: Ledger) -> Additions:
    """The rows and changes of *proposal*, whose *drafts* have been numbered, for the workbook of *ledger*."""
    customers = {**ledger.customers, **{customer.number: customer for customer in proposal.customers_added}}
    for change in proposal.customers_changed:
        if isinstance(change.after, Customer):
            customers[change.number] = change.after
    small = ledger.settings.company.small_business
    invoices: list[tuple[Content, ...]] = []
    lines: list[tuple[Content, ...]] = []
    for draft in drafts:
        invoice = as_invoice(draft, customers)
        invoices.append(_invoice_row(invoice, small))
        usual = invoice.customer.discount if invoice.customer else None
        lines += [_line_row(draft.number, line, usual) for line in invoice.lines]
    rows = {
        Rows.CUSTOMERS: NewRows(_CUSTOMER, [_row(customer, _CUSTOMER) for customer in proposal.customers_added]),
        Rows.PRODUCTS: NewRows(_PRODUCT, [_row(product, _PRODUCT) for product in proposal.products_added]),
        Rows.INVOICES: NewRows((*_TYPED, *calculated.INVOICE), invoices),
        Rows.LINES: NewRows((*_LINE, *calculated.LINE), lines),
    }
    changes = {
        Rows.CUSTOMERS: _changes(proposal.customers_changed),
        Rows.PRODUCTS: _changes(proposal.products_changed),
    }
    return Additions({kind: new for kind, new in rows.items() if new.rows}, changes)


def as_invoice(draft: Draft, customers: Mapping[str, Customer]) -> Invoice:
    """*draft* as the invoice that the workbook will hold."""
    return Invoice(
        number=draft.number,
        issued=draft.issued,
        customer=customers.get(draft.customer),
        customer_number=draft.customer,
        lines=tuple(draft.lines),
        kind=draft.kind,
        corrects=draft.corrects,
        reference=draft.reference,
        period_from=draft.period_from,
        period_to=draft.period_to,
        remark=draft.remark,
    )


def _invoice_row(invoice: Invoice, small_business: bool) -> tuple[Content, ...]:
    """What is typed, and what the sheet's formulas come to: a credit note's amounts are negative there."""
    shown = calculated.of_invoice(invoice, totals(invoice, small_business=small_business))
    typed: tuple[Content, ...] = (
        invoice.number,
        invoice.issued,
        invoice.customer_number,
        invoice.kind.value,
        invoice.corrects,
        invoice.reference,
        invoice.period_from,
        invoice.period_to,
        invoice.remark,
    )
    return (*typed, *(shown[key] for key in calculated.INVOICE))


def _line_row(number: str, line: Line, usual_discount: Decimal | None) -> tuple[Content, ...]:
    """An empty discount would be read as the customer's usual one."""
    shown = calculated.of_line(line, line_net(line))
    return (
        number,
        line.delivered,
        line.article,
        line.description,
        line.quantity,
        line.unit,
        line.price,
        line.discount if line.discount or usual_discount else None,
        line.vat_rate,
        *(shown[key] for key in calculated.LINE),
    )


def _row(thing: Customer | Product, keys: Iterable[str]) -> tuple[Content, ...]:
    return tuple(content(getattr(thing, key)) for key in keys)


def _changes(changes: Iterable[Change]) -> Changes:
    return {change.number: {key: content(getattr(change.after, key)) for key in change.fields} for change in changes}


def content(value: object) -> Content:
    """A field of a customer or product as a cell gets it."""
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | Decimal | date):
        return value
    raise TypeError(f"{value!r} does not fit into a cell")
