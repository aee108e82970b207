"""Over which channels an invoice goes (R16, R19), to which addresses, and what is missing for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from .ledger import Ledger
from .model import Channel, EInvoice, Invoice
from .problems import Problem
from .settings import SignIn


class ParsedAddresses(Protocol):
    """A cell with e-mail addresses, read: those that can be used and those that cannot."""

    @property
    def valid(self) -> tuple[str, ...]: ...

    @property
    def faults(self) -> tuple[str, ...]: ...

    @property
    def names(self) -> Mapping[str, str]: ...


def channels_of(ledger: Ledger, invoice: Invoice) -> tuple[Channel, ...]:
    """R19: e-mail for those who want it; paper for the others, or a saved PDF where R4 says so."""
    return _channels_for(ledger, invoice.customer.e_invoice if invoice.customer else EInvoice.PAPER)


def channels_in_use(ledger: Ledger) -> tuple[Channel, ...]:
    """Those over which customers get their invoices; by mail, while there are no customers."""
    wishes = {customer.e_invoice for customer in ledger.customers.values()} or {EInvoice.MAIL}
    return tuple(dict.fromkeys(channel for wish in sorted(wishes) for channel in _channels_for(ledger, wish)))


def _channels_for(ledger: Ledger, wish: EInvoice) -> tuple[Channel, ...]:
    paper = Channel.FILE if ledger.settings.general.always_save_as_pdf else Channel.PRINT
    return {
        EInvoice.PAPER: (paper,),
        EInvoice.MAIL: (Channel.MAIL,),
        EInvoice.PAPER_AND_MAIL: (Channel.MAIL, paper),
    }[wish]


def addresses_of(
    ledger: Ledger, invoice: Invoice, channels: tuple[Channel, ...], read: Callable[[str], ParsedAddresses]
) -> tuple[ParsedAddresses, ParsedAddresses, list[Problem]]:
    """Whom the mail goes to, who gets a copy at the customer's, and what is wrong with what was typed."""
    customer = invoice.customer
    if customer is None or Channel.MAIL not in channels:
        return read(""), read(""), []
    to, copy, own = read(customer.email), read(customer.copy_to), read(ledger.settings.mail.copy_address)
    at = customer.origin.at
    problems = [Problem("email_invalid", place=at("email"), value=fault) for fault in to.faults]
    problems += [Problem("copy_to_invalid", place=at("copy_to"), value=fault) for fault in copy.faults]
    where = ledger.settings_places.get("mail.copy_address")
    problems += [Problem("copy_address_invalid", place=where, value=fault) for fault in own.faults]
    if not to.valid and not to.faults:
        problems.append(Problem("email_missing", place=at("email")))
    return to, copy, problems


def set_up_problems(ledger: Ledger, channels: tuple[Channel, ...]) -> Iterator[Problem]:
    """What the settings lack for *channels*, each at its cell."""
    mail, places = ledger.settings.mail, ledger.settings_places
    if Channel.MAIL in channels:
        if not mail.server.strip():
            yield Problem("mail_server_missing", place=places.get("mail.server"))
        if not mail.sender.strip():
            yield Problem("mail_sender_missing", place=places.get("mail.sender"))
        if mail.sign_in is SignIn.PASSWORD and not mail.user.strip():
            yield Problem("mail_user_missing", place=places.get("mail.user"))
    if Channel.PRINT in channels and not ledger.settings.printing.printer.strip():
        yield Problem("printer_missing", place=places.get("printing.printer"))
