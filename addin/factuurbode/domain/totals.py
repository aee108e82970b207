"""The amounts of an invoice: one calculation that feeds the Word template, the e-invoice and the workbook check.

Rounding is half up to the cent, per line and per VAT subtotal, as EN 16931 asks: BR-CO-10 (sum of line nets),
BR-CO-14 (sum of VAT subtotals), BR-CO-15 (total with VAT), BR-CO-17 (VAT per category and rate on the sum of
its line nets).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from .model import Invoice, Kind, Line, VatTreatment

CENT = Decimal("0.01")
ZERO = Decimal(0)


class VatCategory(StrEnum):
    """UNTDID 5305 duty or tax category codes, as far as a bakery needs them."""

    STANDARD = "S"
    ZERO_RATED = "Z"
    EXEMPT = "E"
    INTRA_EU = "K"
    EXPORT = "G"
    REVERSE_CHARGE = "AE"


@dataclass(frozen=True, slots=True)
class VatSubtotal:
    """One row of the VAT summary (BG-23): amounts in EUR, rate in per cent."""

    category: VatCategory
    rate: Decimal
    taxable_amount: Decimal
    tax_amount: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """All amounts of one document in EUR, rounded to cents. A credit note's amounts are positive."""

    line_nets: tuple[Decimal, ...]
    vat: tuple[VatSubtotal, ...]
    net: Decimal
    tax: Decimal
    total: Decimal


def cents(amount: Decimal) -> Decimal:
    """*amount* rounded half up to two decimals."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def line_net(line: Line) -> Decimal:
    """Quantity × price less discount, in EUR (BT-131).

    Raises ValueError for a line without quantity or price; the preflight stops such an invoice.
    """
    if line.quantity is None or line.price is None:
        raise ValueError("a line without quantity or price has no amount")
    return cents(line.quantity * line.price * (100 - line.discount) / 100)


_UNTAXED = {
    VatTreatment.INTRA_EU: VatCategory.INTRA_EU,
    VatTreatment.EXPORT: VatCategory.EXPORT,
    VatTreatment.REVERSE_CHARGE: VatCategory.REVERSE_CHARGE,
}


def vat_category(line: Line, treatment: VatTreatment, small_business: bool) -> tuple[VatCategory, Decimal]:
    """The category and rate that apply to *line*, whatever its own rate says (L7).

    Raises ValueError for a line without a rate where the rate matters.
    """
    if small_business or treatment is VatTreatment.EXEMPT:
        return VatCategory.EXEMPT, ZERO
    if treatment in _UNTAXED:
        return _UNTAXED[treatment], ZERO
    if line.vat_rate is None:
        raise ValueError("a line without a VAT rate has no VAT")
    return (VatCategory.STANDARD if line.vat_rate else VatCategory.ZERO_RATED), line.vat_rate.normalize()


def totals(invoice: Invoice, *, small_business: bool = False) -> Totals:
    """The amounts of *invoice*; `small_business` is the seller's scheme (KOR).

    The VAT subtotals are sorted by rate, highest first. Raises ValueError when a line is incomplete.
    """
    treatment = invoice.customer.vat_treatment if invoice.customer else VatTreatment.STANDARD
    line_nets = tuple(line_net(line) for line in invoice.lines)
    taxable: defaultdict[tuple[VatCategory, Decimal], Decimal] = defaultdict(Decimal)
    for line, net in zip(invoice.lines, line_nets, strict=True):
        taxable[vat_category(line, treatment, small_business)] += net
    vat = tuple(
        VatSubtotal(category, rate, amount, cents(amount * rate / 100))
        for (category, rate), amount in sorted(taxable.items(), key=lambda item: (-item[0][1], item[0][0]))
    )
    net = sum(line_nets, ZERO)
    tax = sum((subtotal.tax_amount for subtotal in vat), ZERO)
    return Totals(line_nets, vat, cents(net), cents(tax), cents(net + tax))


def signed_total(invoice: Invoice, amount: Decimal) -> Decimal:
    """*amount* as a ledger counts it: a credit note's is negative. The workbook's amount columns show this."""
    return -amount if invoice.kind is Kind.CREDIT_NOTE else amount
