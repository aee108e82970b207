"""One look at every invoice before anything moves (B1): its channels, its recipients and every problem.

An error keeps that invoice in; the others are not held up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from .addressees import same_address
from .channels import ParsedAddresses, addresses_of, channels_in_use, channels_of, set_up_problems
from .content import Content, content_of
from .gaps import gap_problems
from .ledger import Ledger
from .model import Channel, Company, Invoice
from .numbering import same_number
from .problems import Problem
from .rules import Around, Corrections, NumberChecks, invoice_problems, seller_problems
from .sent import Sent, as_sent, changed_cells, seller_as_sent
from .states import NEVER_BY_ITSELF, State
from .stray_lines import stray_problems
from .totals import Totals, totals


@dataclass(frozen=True, slots=True)
class Refusal:
    """The newest mail of an invoice, which a mail server turned away for good, in whole or in part.

    `asked` are the addresses that it was for, as `same_address` gives them.
    """

    content: Content
    asked: frozenset[str]
    sender: str


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of an invoice's earlier deliveries: the state per channel, and what has reached somebody.

    `sent` is None where nothing has, and where it went out before its content was kept. `number` is how its number was
    written then; `void` says that it was cancelled. `served` are the addresses that have it, as `same_address` gives
    them.
    """

    states: Mapping[Channel, State] = field(default_factory=dict)
    sent: Sent | None = None
    number: str = ""
    served: frozenset[str] = frozenset()
    refusal: Refusal | None = None
    void: bool = False

    @property
    def reached(self) -> bool:
        """Whether it has reached somebody, or may have: then nothing of it changes any more."""
        return bool(NEVER_BY_ITSELF.intersection(self.states.values()))

    @property
    def settled(self) -> bool:
        """Whether the invoice is with somebody, or never goes to anybody: its lines are what they are."""
        return self.void or self.reached


@dataclass(frozen=True, slots=True)
class Checked:
    """One invoice after the preflight: as it went out where it has, else as the workbook says now.

    `seller` is the bakery as it stands on it; `amounts` is None when its lines are incomplete.

    `names` are the names that people go by at their addresses. `refused_as_it_is` says that a mail server turned away
    this very mail: the same content, from the same sender, to no other address.
    """

    invoice: Invoice
    amounts: Totals | None
    channels: tuple[Channel, ...]
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    problems: tuple[Problem, ...]
    past: Past
    seller: Company
    names: Mapping[str, str] = field(default_factory=dict)
    refused_as_it_is: bool = False

    @property
    def content(self) -> Content:
        """What it says, in the form in which that is kept."""
        return content_of(self.invoice, self.seller, self.amounts)

    @property
    def unserved(self) -> tuple[str, ...]:
        """The recipients that no mail with this invoice has reached."""
        return tuple(address for address in self.recipients if not self.has_it(address))

    def has_it(self, address: str) -> bool:
        """Whether a mail with this invoice has reached *address*."""
        return same_address(address) in self.past.served

    @property
    def blocked(self) -> bool:
        """Whether an error keeps the invoice in."""
        return any(problem.stops for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Preflight:
    """The whole book after the preflight; `problems` are those that belong to no single invoice.

    `lacking` is what the settings lack for the customers that there are; it keeps in the invoices that need it.
    """

    invoices: tuple[Checked, ...]
    problems: tuple[Problem, ...]
    lacking: tuple[Problem, ...] = ()

    @property
    def told(self) -> tuple[Problem, ...]:
        """Every problem, each once: a setting is not told again of every invoice."""
        of_invoices = (problem for one in self.invoices for problem in one.problems)
        return tuple(dict.fromkeys((*self.lacking, *of_invoices, *self.problems)))

    @property
    def ready(self) -> bool:
        """Whether nothing of the book as a whole stands in the way."""
        return not any(problem.stops for problem in (*self.lacking, *self.problems))


def preflight(
    ledger: Ledger,
    history: Mapping[str, Past],
    read_addresses: Callable[[str], ParsedAddresses],
    numbers_can_be: NumberChecks,
    today: date,
) -> Preflight:
    """Check every invoice of *ledger* against the law, the settings and *history* (what already went out)."""
    pasts = [_past(row, history.get(same_number(row.number))) for row in ledger.invoices]
    as_they_count = [_as_it_counts(ledger, row, past) for row, past in zip(ledger.invoices, pasts, strict=True)]
    counted = [
        (one.invoice, None if past.void else one.amounts) for one, past in zip(as_they_count, pasts, strict=True)
    ]
    around = Around(ledger, numbers_can_be, today, Corrections.among(counted))
    seller = tuple(seller_problems(around))
    numbers = Counter(same_number(invoice.number) for invoice in ledger.invoices)
    sender = read_addresses(ledger.settings.mail.sender).valid[:1]
    read: dict[str, list[Problem]] = {}
    gone = {same_number(one.number) for one, past in zip(ledger.invoices, pasts, strict=True) if past.settled}
    for problem in (*ledger.problems, *stray_problems(ledger.strays, [one.number for one in ledger.invoices], gone)):
        read.setdefault(same_number(problem.invoice), []).append(problem)
    checked = []
    for row, past, counts in zip(ledger.invoices, pasts, as_they_count, strict=True):
        invoice, amounts = counts.invoice, counts.amounts
        channels = channels_of(ledger, invoice)
        to, copies, address_problems = addresses_of(ledger, invoice, channels, read_addresses)
        problems: list[Problem] = [
            *read.get(same_number(row.number), ()),
            *(_changed(row, past) if past.reached else invoice_problems(around, invoice, amounts)),
            *address_problems,
        ]
        lacks = (*(() if past.reached else seller), *set_up_problems(ledger, channels))
        if numbers[same_number(row.number)] > 1:
            problems.append(Problem("number_twice", place=row.origin.at("number"), value=row.number))
        if past.void:
            problems, lacks = [], ()  # nobody has to mend what never goes out
        named = tuple(_unique((*lacks, *(replace(problem, invoice=row.number) for problem in problems))))
        one = Checked(
            invoice,
            amounts,
            channels,
            to.valid,
            copies.valid,
            named,
            past,
            counts.seller,
            names={**copies.names, **to.names},
        )
        checked.append(replace(one, refused_as_it_is=_refused_as_it_is(one, sender)))
    lacking = (*seller, *set_up_problems(ledger, channels_in_use(ledger)))
    return Preflight(tuple(checked), tuple(_book_problems(ledger, read, history)), tuple(_unique(lacking)))


@dataclass(frozen=True, slots=True)
class _Counts:
    """An invoice with its seller and amounts: as they went out where they have, else as the workbook says now."""

    invoice: Invoice
    seller: Company
    amounts: Totals | None


def _as_it_counts(ledger: Ledger, row: Invoice, past: Past) -> _Counts:
    company = ledger.settings.company
    if past.sent and past.reached:
        return _Counts(as_sent(row, past.sent), seller_as_sent(company, past.sent), past.sent.amounts)
    return _Counts(row, company, _amounts(ledger, row))


def _changed(row: Invoice, past: Past) -> Iterator[Problem]:
    """The first cell that says something else than what went out: the others are mended with it."""
    for place in islice(changed_cells(row, past.sent) if past.sent else (), 1):
        yield Problem("changed_after_sending", place=place)


def _past(invoice: Invoice, known: Past | None) -> Past:
    """A row that says sent is not sent again, also where the journal does not know of it."""
    recorded = {channel: state for channel, state in invoice.recorded.states.items() if state in NEVER_BY_ITSELF}
    return replace(known, states={**recorded, **known.states}) if known else Past(recorded)


def _refused_as_it_is(checked: Checked, sender: tuple[str, ...]) -> bool:
    """Whoever has it already is no new address: what was refused may have been meant for the others alone."""
    refusal = checked.past.refusal
    if refusal is None or (refusal.sender,) != sender or refusal.content != checked.content:
        return False
    return (refusal.asked | checked.past.served).issuperset(map(same_address, checked.recipients))


def _amounts(ledger: Ledger, invoice: Invoice) -> Totals | None:
    if not invoice.lines or any(None in (line.quantity, line.price, line.vat_rate) for line in invoice.lines):
        return None
    return totals(invoice, small_business=ledger.settings.company.small_business)


def _book_problems(ledger: Ledger, read: Mapping[str, list[Problem]], history: Mapping[str, Past]) -> Iterator[Problem]:
    known = {same_number(invoice.number) for invoice in ledger.invoices}
    for number, problems in read.items():
        if number not in known:
            yield from problems
    void = [past.number for past in history.values() if past.void]
    yield from gap_problems(ledger, void, [past.number for past in history.values() if past.reached])


def _unique(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Errors first; a cell that could not be read is not told again as empty."""
    seen: set[tuple[object, object]] = set()
    for problem in sorted(problems, key=lambda problem: not problem.stops):
        key = (problem.place or problem.code, problem.value)
        told = key in seen or (not problem.value and any(place == problem.place for place, _ in seen))
        if problem.place is None or not told:
            seen.add(key)
            yield problem
