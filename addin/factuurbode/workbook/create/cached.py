"""The values of a new workbook's formulas, so that a file which no spreadsheet program has opened yet reads whole.

They come from the domain's own reading and arithmetic; a test lets LibreOffice calculate everything anew and
compares. Where a row is incomplete, these are what the formula makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from ...domain.ledger import Ledger
from ...domain.model import Invoice, Line, VatTreatment
from ...domain.states import DELIVERED
from ...domain.totals import cents, line_net, signed_total
from ..contents import Value
from .formulas import SHEET_RATES

Cells = dict[str, dict[str, Value]]
"""Values by the title of a sheet and the cell."""


def formula_values(ledger: Ledger, unknown: str) -> Cells:
    """The value of every formula in the rows of invoices and lines of *ledger*; elsewhere formulas show nothing."""
    cells: Cells = {}
    for row, values in row_values(ledger, unknown):
        sheet = cells.setdefault(row.origin.sheet, {})
        for key, value in values.items():
            sheet[row.origin.at(key).cell] = value
    return cells


def row_values(ledger: Ledger, unknown: str) -> Iterator[tuple[Invoice | Line, Mapping[str, Value]]]:
    """Every row of invoices and lines of *ledger*, with the values of its formulas by the key of their column."""
    for invoice in ledger.invoices:
        yield invoice, _invoice_values(invoice, unknown, ledger.settings.company.small_business)
        for line in invoice.lines:
            yield line, _line_values(line)


def counts(ledger: Ledger, products: int) -> tuple[int, ...]:
    """The figures of the Start sheet, in its order."""
    gone = sum(1 for invoice in ledger.invoices if invoice.recorded.states and DELIVERED.issuperset(_states(invoice)))
    return len(ledger.customers), products, len(ledger.invoices), len(ledger.invoices) - gone


def _states(invoice: Invoice) -> frozenset[str]:
    return frozenset(invoice.recorded.states.values())


def _invoice_values(invoice: Invoice, unknown: str, small_business: bool) -> dict[str, Value]:
    customer = invoice.customer
    name = "" if not invoice.customer_number else customer.name if customer else unknown
    term = timedelta(days=customer.payment_days if customer else 14)
    values: dict[str, Value] = {"customer_name": name, "due": invoice.issued + term if invoice.issued else ""}
    if not invoice.number:
        return values | {"net": "", "vat": "", "total": ""}
    net = sum((amount for line in invoice.lines if (amount := _net(line)) is not None), Decimal(0))
    untaxed = small_business or (customer is not None and customer.vat_treatment is not VatTreatment.STANDARD)
    vat = Decimal(0) if untaxed else sum((_vat(invoice, rate.percentage) for rate in SHEET_RATES), Decimal(0))
    amounts = {"net": net, "vat": vat, "total": net + vat}
    return values | {key: signed_total(invoice, amount) for key, amount in amounts.items()}


def _vat(invoice: Invoice, rate: Decimal) -> Decimal:
    taxable = sum(
        (amount for line in invoice.lines if line.vat_rate == rate and (amount := _net(line)) is not None), Decimal(0)
    )
    return cents(taxable * rate / 100)


def _net(line: Line) -> Decimal | None:
    return None if line.quantity is None or line.price is None else line_net(line)


def _line_values(line: Line) -> dict[str, Value]:
    net = _net(line)
    return {"net": "" if net is None else net, "vat_applied": "" if line.vat_rate is None else line.vat_rate}
