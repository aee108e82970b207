"""Sent is sent: an invoice as it went out, read back from its content and held against what the workbook says today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from .content import FORM
from .model import Company, Customer, Invoice, Kind, Language, Line, Place, VatTreatment
from .numbering import same_number
from .totals import Totals, VatCategory, VatSubtotal


@dataclass(frozen=True, slots=True)
class Sent:
    """An invoice as it was agreed to be sent: with its buyer, its seller and its amounts of that day.

    The seller has what stands on an invoice by law; how the bakery is reached is not part of it.
    """

    invoice: Invoice
    seller: Company
    amounts: Totals


def sent_of(text: str) -> Sent | None:
    """The invoice whose content *text* is; None for a text of another form. Raises ValueError for a damaged one."""
    try:
        facts = json.loads(text)
        if facts["form"] != FORM:
            return None
        return Sent(_invoice(facts["rows"], facts["buyer"]), _seller(facts["seller"]), _amounts(facts["amounts"]))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"no content of an invoice: {error}") from error


def as_sent(today: Invoice, sent: Sent) -> Invoice:
    """The invoice that went out, in the rows where it stands *today*, for the people who get it today.

    How a customer is reached (channel, addresses, route) is never part of what went out.
    """
    lines = tuple(
        replace(then, origin=now.origin) for then, now in zip(sent.invoice.lines, _padded(today, sent), strict=True)
    )
    return replace(
        sent.invoice,
        customer=_reached_as(sent.invoice.customer, today.customer),
        lines=lines,
        hold=today.hold,
        recorded=today.recorded,
        origin=today.origin,
    )


def seller_as_sent(today: Company, sent: Sent) -> Company:
    """The seller who stands on the invoice that went out, reached as the bakery is *today*."""
    return replace(sent.seller, telephone=today.telephone, email=today.email, website=today.website, logo=today.logo)


def changed_cells(today: Invoice, sent: Sent) -> Iterator[Place]:
    """The cells in which somebody has changed *today* what went out.

    An empty cell of a line says what went out: it never had a value of its own.
    """
    then, at = sent.invoice, today.origin.at
    facts = (
        ("number", same_number(today.number), same_number(then.number)),
        ("date", today.issued, then.issued),
        ("customer", today.customer_number, then.customer_number),
        ("kind", today.kind, then.kind),
        ("corrects", same_number(today.corrects), same_number(then.corrects)),
        ("reference", today.reference, then.reference),
        ("period_from", today.period_from, then.period_from),
        ("period_to", today.period_to, then.period_to),
        ("remark", today.remark, then.remark),
    )
    yield from (at(key) for key, now, was in facts if now != was)
    for line, line_then in zip(today.lines, then.lines, strict=False):
        yield from _changed_in_line(line, line_then)
    yield from (line.origin.at("invoice") for line in today.lines[len(then.lines) :])
    if len(today.lines) < len(then.lines):
        yield at("number")


def _changed_in_line(line: Line, then: Line) -> Iterator[Place]:
    facts = (
        ("delivered", line.delivered, then.delivered),
        ("article", line.article, then.article),
        ("description", line.description, then.description),
        ("quantity", line.quantity, then.quantity),
        ("unit", line.unit, then.unit),
        ("price", line.price, then.price),
        ("discount", line.discount, then.discount),
        ("vat_rate", line.vat_rate, then.vat_rate),
    )
    yield from (line.origin.at(key) for key, now, was in facts if now != was and key not in line.borrowed)


def _padded(today: Invoice, sent: Sent) -> list[Line]:
    """As many lines of *today* as went out; what was taken out of the workbook is looked for at the invoice's row."""
    missing = [Line("", None, None, None, origin=today.origin)] * len(sent.invoice.lines)
    return [*today.lines, *missing][: len(sent.invoice.lines)]


def _reached_as(then: Customer | None, today: Customer | None) -> Customer | None:
    if then is None or today is None:
        return then
    return replace(
        then,
        e_invoice=today.e_invoice,
        email=today.email,
        copy_to=today.copy_to,
        agreed_on=today.agreed_on,
        route=today.route,
        origin=today.origin,
    )


# --- out of the canonical form, of which `content` is the other side ---
def _invoice(rows: dict[str, Any], buyer: dict[str, Any] | None) -> Invoice:
    return Invoice(
        number=rows["number"],
        issued=_day(rows["date"]),
        customer=_buyer(buyer) if buyer else None,
        customer_number=rows["customer"],
        lines=tuple(map(_line, rows["lines"])),
        kind=Kind(rows["kind"]),
        corrects=rows["corrects"],
        reference=rows["reference"],
        period_from=_day(rows["period_from"]),
        period_to=_day(rows["period_to"]),
        remark=rows["remark"],
    )


def _line(facts: dict[str, Any]) -> Line:
    return Line(
        description=facts["description"],
        quantity=_number(facts["quantity"]),
        price=_number(facts["price"]),
        vat_rate=_number(facts["vat_rate"]),
        discount=Decimal(facts["discount"]),
        article=facts["article"],
        unit=facts["unit"],
        delivered=_day(facts["delivered"]),
    )


def _buyer(facts: dict[str, Any]) -> Customer:
    typed = {"language": Language(facts["language"]), "vat_treatment": VatTreatment(facts["vat_treatment"])}
    return Customer(**(facts | typed))


def _seller(facts: dict[str, Any]) -> Company:
    return Company(**facts)


def _amounts(facts: dict[str, Any]) -> Totals:
    return Totals(
        line_nets=tuple(map(Decimal, facts["line_nets"])),
        vat=tuple(
            VatSubtotal(VatCategory(category), Decimal(rate), Decimal(taxable), Decimal(tax))
            for category, rate, taxable, tax in facts["vat"]
        ),
        net=Decimal(facts["net"]),
        tax=Decimal(facts["tax"]),
        total=Decimal(facts["total"]),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
