"""The preflight as the product runs it, on a day that a test chooses, and made-up books for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from factuurbode.deliver.addresses import read_addresses
from factuurbode.domain.ledger import Identity, Ledger
from factuurbode.domain.model import Invoice, Language, Origin, Place
from factuurbode.domain.preflight import Checked, Past, Preflight, preflight
from factuurbode.domain.problems import Problem
from factuurbode.domain.settings import Mail, Printing, Settings, SignIn
from factuurbode.identifiers import NUMBER_CHECKS

from .documents import a_bakery

TODAY = date(2026, 11, 24)


def preflight_of(ledger: Ledger, history: Mapping[str, Past] | None = None, today: date = TODAY) -> Preflight:
    """What the preflight finds in *ledger*, of which *history* has already gone out."""
    return preflight(ledger, history or {}, read_addresses, NUMBER_CHECKS, today)


COLUMNS = {"number": "A", "date": "B", "email": "J", "street": "D", "price": "G", "vat_rate": "I", "agreed_on": "L"}
PLACES = {"mail.server": Place("Instellingen", "C12"), "company.kvk": Place("Instellingen", "C40")}


def set_up(**company: Any) -> Settings:
    """The settings of a bakery that may send; *company* changes its company data."""
    mail = Mail(server="smtp.example.com", sender="bakker@example.com", sign_in=SignIn.NONE)
    return replace(a_bakery(**company), mail=mail, printing=Printing(printer="Kantoor"))


def ledger(*invoices: Invoice, settings: Settings | None = None, problems: tuple[Problem, ...] = ()) -> Ledger:
    """A book with these invoices."""
    return Ledger(Identity("book"), Language.NL, settings or set_up(), {}, invoices, problems, PLACES)


def placed(invoice: Invoice) -> Invoice:
    """*invoice* as if it had been read from a workbook."""
    lines = tuple(
        replace(line, origin=Origin("Factuurregels", 5 + row, COLUMNS)) for row, line in enumerate(invoice.lines)
    )
    customer = invoice.customer and replace(invoice.customer, origin=Origin("Klanten", 9, COLUMNS))
    return replace(invoice, lines=lines, customer=customer, origin=Origin("Facturen", 4, COLUMNS))


def check(invoice: Invoice, history: Mapping[str, Past] | None = None, **of_ledger: Any) -> Checked:
    """What the preflight says of *invoice* alone."""
    (checked,) = preflight_of(ledger(placed(invoice), **of_ledger), history).invoices
    return checked


def codes(checked: Checked) -> set[str]:
    """The codes of what is wrong with an invoice."""
    return {problem.code for problem in checked.problems}
