"""One look at every invoice before anything moves (B1): its channels, its recipients and every problem.

An error keeps that invoice in; the others are not held up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from .content import content_hash
from .ledger import Ledger
from .model import Channel, EInvoice, Invoice
from .numbering import gaps, same_number
from .problems import Problem, Severity
from .rules import invoice_problems, seller_problems
from .settings import SignIn
from .states import NEVER_BY_ITSELF, State
from .totals import Totals, totals


class ParsedAddresses(Protocol):
    """A cell with e-mail addresses, read: those that can be used and those that cannot."""

    @property
    def valid(self) -> tuple[str, ...]: ...

    @property
    def faults(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of an invoice's earlier deliveries: the state per channel, and the content that went out."""

    states: Mapping[Channel, State] = field(default_factory=dict)
    content: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One invoice after the preflight. `amounts` is None when its lines are incomplete."""

    invoice: Invoice
    amounts: Totals | None
    channels: tuple[Channel, ...]
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    problems: tuple[Problem, ...]
    past: Past
    content: str

    @property
    def blocked(self) -> bool:
        """Whether an error keeps the invoice in."""
        return any(problem.stops for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Preflight:
    """The whole book after the preflight; `problems` are those that belong to no single invoice."""

    invoices: tuple[Checked, ...]
    problems: tuple[Problem, ...]


def preflight(
    ledger: Ledger, history: Mapping[str, Past], read_addresses: Callable[[str], ParsedAddresses]
) -> Preflight:
    """Check every invoice of *ledger* against the law, the settings and *history* (what already went out)."""
    seller = tuple(seller_problems(ledger))
    numbers = Counter(same_number(invoice.number) for invoice in ledger.invoices)
    read: dict[str, list[Problem]] = {}
    for problem in ledger.problems:
        read.setdefault(problem.invoice, []).append(problem)
    checked = []
    for invoice in ledger.invoices:
        amounts = _amounts(ledger, invoice)
        channels = _channels(ledger, invoice)
        recipients, copies, address_problems = _addresses(ledger, invoice, channels, read_addresses)
        past = _past(invoice, history.get(invoice.number))
        content = content_hash(invoice)
        problems: list[Problem] = [
            *read.get(invoice.number, ()),
            *seller,
            *invoice_problems(ledger, invoice, amounts),
            *address_problems,
            *_set_up_problems(ledger, channels),
        ]
        if numbers[same_number(invoice.number)] > 1:
            problems.append(Problem("number_twice", place=invoice.origin.at("number"), value=invoice.number))
        if past.content and past.content != content and NEVER_BY_ITSELF.intersection(past.states.values()):
            problems.append(Problem("changed_after_sending", place=invoice.origin.at("number")))
        named = tuple(_unique(replace(problem, invoice=invoice.number) for problem in problems))
        checked.append(Checked(invoice, amounts, channels, recipients, copies, named, past, content))
    return Preflight(tuple(checked), tuple(_book_problems(ledger, read)))


def _past(invoice: Invoice, known: Past | None) -> Past:
    """A row that says sent is not sent again, also where the journal does not know of it."""
    recorded = {channel: state for channel, state in invoice.recorded.states.items() if state in NEVER_BY_ITSELF}
    return Past({**recorded, **known.states}, known.content) if known else Past(recorded)


def _amounts(ledger: Ledger, invoice: Invoice) -> Totals | None:
    if not invoice.lines or any(None in (line.quantity, line.price, line.vat_rate) for line in invoice.lines):
        return None
    return totals(invoice, small_business=ledger.settings.company.small_business)


def _channels(ledger: Ledger, invoice: Invoice) -> tuple[Channel, ...]:
    """R19: e-mail for those who want it; paper for the others, or a saved PDF where R4 says so."""
    wish = invoice.customer.e_invoice if invoice.customer else EInvoice.PAPER
    paper = Channel.FILE if ledger.settings.general.always_save_as_pdf else Channel.PRINT
    return {
        EInvoice.PAPER: (paper,),
        EInvoice.MAIL: (Channel.MAIL,),
        EInvoice.PAPER_AND_MAIL: (Channel.MAIL, paper),
    }[wish]


def _addresses(
    ledger: Ledger, invoice: Invoice, channels: tuple[Channel, ...], read: Callable[[str], ParsedAddresses]
) -> tuple[tuple[str, ...], tuple[str, ...], list[Problem]]:
    customer = invoice.customer
    if customer is None or Channel.MAIL not in channels:
        return (), (), []
    to, copy, own = read(customer.email), read(customer.copy_to), read(ledger.settings.mail.copy_address)
    at = customer.origin.at
    problems = [Problem("email_invalid", place=at("email"), value=fault) for fault in to.faults]
    problems += [Problem("copy_to_invalid", place=at("copy_to"), value=fault) for fault in copy.faults]
    where = ledger.settings_places.get("mail.copy_address")
    problems += [Problem("copy_address_invalid", place=where, value=fault) for fault in own.faults]
    if not to.valid and not to.faults:
        problems.append(Problem("email_missing", place=at("email")))
    return to.valid, copy.valid, problems


def _set_up_problems(ledger: Ledger, channels: tuple[Channel, ...]) -> Iterator[Problem]:
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


def _book_problems(ledger: Ledger, read: Mapping[str, list[Problem]]) -> Iterator[Problem]:
    known = {invoice.number for invoice in ledger.invoices}
    for number, problems in read.items():
        if number not in known:
            yield from problems
    for gap in gaps(invoice.number for invoice in ledger.invoices):
        yield Problem("number_gap", Severity.WARNING, value=gap.first, detail=gap.last)


def _unique(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Errors first; a cell that could not be read is not told again as empty."""
    seen: set[tuple[object, object]] = set()
    for problem in sorted(problems, key=lambda problem: not problem.stops):
        key = (problem.place or problem.code, problem.value)
        told = key in seen or (not problem.value and any(place == problem.place for place, _ in seen))
        if problem.place is None or not told:
            seen.add(key)
            yield problem
