"""The other story: from files of deliveries to rows in the workbook.

    files ─► read ─► map ─► propose ─► (a person agrees) ─► apply ─► book

Each import command is one function here; `importing` holds the verbs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .domain.ledger import Ledger
from .domain.numbering import same_number
from .domain.series import Series, Why, series_of
from .domain.states import State
from .errors import FactuurError, NotVoid, VoidNeedsReason, VoidRefused, VoidReplaced, VoidSettled
from .importing.applying.apply import Applied, apply, given_once, numbers_used
from .importing.applying.gone_out import gone_out_of
from .importing.applying.undo import Undone, undo
from .importing.applying.voiding import to_void
from .importing.preview import Preview, preview_of
from .importing.proposal import Known, Proposal, Remark
from .importing.wishes import Wishes
from .journal import Journal
from .journal.imports import Import, ImportState
from .journal.voids import Void
from .ports import Outcome, StatusRow
from .steps.office import Office
from .steps.telling import View, status_row
from .steps.truth import agree

if TYPE_CHECKING:  # pandas is loaded when files are read, not when a button is pressed
    from .importing.due import Due


@dataclass(frozen=True, slots=True)
class Intake:
    """The workbook as it is now, and what an import would do in it, for a person to agree with."""

    ledger: Ledger
    proposal: Proposal
    used: tuple[str, ...] = ()

    @property
    def preview(self) -> Preview:
        """It in figures. Raises NumberingUnclear or NumberTaken."""
        return preview_of(self.proposal, self.ledger, self.used)


@dataclass(frozen=True, slots=True)
class Voided:
    """A number that is void now, or no longer, with the reason; `untold` is why the workbook could not be told, if so.

    The journal knows all the same.
    """

    number: str
    reason: str
    untold: FactuurError | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the numbers of the invoices stand: their series, and those that are void."""

    series: tuple[Series, ...]
    voids: tuple[Void, ...]


def propose_import(office: Office, files: Sequence[Path], wishes: Wishes) -> Intake:
    """What importing *files* would do; nothing is done yet.

    Raises ImportFault for a file that cannot be read or understood at all, BookError or JournalError.
    """
    from .importing.proposing import propose

    ledger = _ledger(office)
    today = office.now().date()
    known = _Known(office.journal)
    gone_out = gone_out_of(office.journal, ledger)
    proposal = propose(ledger, files, wishes, known, gone_out, today)
    proposal = replace(proposal, remarks=(*proposal.remarks, *_lost(ledger, known.invoices)))
    return Intake(ledger, proposal, tuple(numbers_used(ledger, office.journal)))


def apply_import(office: Office, intake: Intake) -> Applied:
    """Do what was agreed with: all of it or nothing. Raises BookError, StorageError or JournalError."""
    return apply(office.book, office.journal, intake.ledger, intake.proposal, office.now)


def undo_import(office: Office, number: str = "", *, sure: bool = False) -> Undone:
    """Take out exactly what the import *number* (or the last one) added, while nothing of it has gone out.

    Raises UndoError, BookError, StorageError or JournalError.
    """
    return undo(office.book, office.journal, _ledger(office), number, sure=sure)


def imports(office: Office) -> tuple[Import, ...]:
    """The imports of this workbook, oldest first."""
    _ledger(office)
    return tuple(sorted(office.journal.imports.all(), key=lambda one: one.at))


def last_import(office: Office, number: str = "") -> Import | None:
    """The import *number*, or the last one, when it stands in the workbook."""
    found = [one for one in imports(office) if one.state is ImportState.APPLIED and number in ("", one.id)]
    return found[-1] if found else None


def due(office: Office, files: Sequence[Path], wishes: Wishes) -> Due:
    """The deliveries in *files* that are not invoiced yet, and by when they must be (L5).

    Raises what `propose_import` does.
    """
    from .importing.due import due_of

    return due_of(propose_import(office, files, wishes).proposal, office.now().date())


def numbers(office: Office) -> Numbers:
    """The gaps, doubles and voids of each series of invoice numbers (L4).

    A number whose invoice went out is in use, also when its row is gone; of other numbers that the workbook lacks the
    journal may know why.
    """
    ledger, journal = _ledger(office), office.journal
    voids = journal.voids.all()
    rows = [invoice.number for invoice in ledger.invoices if invoice.number]
    there = {same_number(number) for number in rows}
    gone = {past.number: past for number, past in journal.past().items() if number not in there}
    sent = [number for number, past in gone.items() if past.reached]
    missing = dict.fromkeys(journal.imports.numbers_undone(), Why.UNDONE)
    missing |= dict.fromkeys((*journal.imports.numbers_given(), *gone), Why.ROW_GONE)
    series = series_of([*rows, *sent], [one.number for one in voids.values()], ledger.settings.numbering, missing)
    return Numbers(series, tuple(voids.values()))


def numbers_given(office: Office) -> tuple[str, ...]:
    """The numbers that were given once, whether the workbook still has them or not."""
    return given_once(office.journal)


def void(office: Office, number: str, reason: str) -> Voided:
    """*number* is void from now on, for *reason*: its invoice never goes out, and it is no gap.

    Raises VoidNeedsReason, what `to_void` does, VoidRefused when its invoice has gone out, BookError or JournalError.
    """
    ledger = _changeable(office, reason)
    number = to_void(number, ledger, numbers_used(ledger, office.journal), office.now().year)
    if gone_out_of(office.journal, ledger)(number):
        raise VoidRefused(number=number)
    run = office.journal.begin_run("void")
    kept = office.journal.voids.record(run, number, reason.strip())
    outcome = Outcome(None, State.VOID, "outcome.void", {"detail": kept.reason})
    untold = View(office, run).tell([StatusRow(kept.number, (outcome,), kept.at.astimezone())])
    return Voided(kept.number, kept.reason, untold)


def take_back(office: Office, number: str, reason: str) -> Voided:
    """*number* is no longer void, for *reason*: its invoice can go out, or it is a gap again.

    Raises VoidNeedsReason, NotVoid, VoidSettled when its invoice has gone out, VoidReplaced when its deliveries are on
    another invoice, BookError or JournalError.
    """
    ledger, journal = _changeable(office, reason), office.journal
    kept = journal.voids.all().get(same_number(number))
    if kept is None:
        raise NotVoid(number=number.strip())
    if gone_out_of(journal, ledger)(kept.number):
        raise VoidSettled(number=kept.number)
    if anew := journal.imports.invoiced_anew(kept.number):
        raise VoidReplaced(number=kept.number, invoices=", ".join(anew))
    run = journal.begin_run("void")
    journal.voids.take_back(run, kept.number, reason.strip())
    as_it_was = status_row(journal, kept.number) if journal.of_invoice(kept.number) else None
    return Voided(kept.number, reason.strip(), View(office, run).tell([as_it_was or StatusRow(kept.number, (), None)]))


def _changeable(office: Office, reason: str) -> Ledger:
    """The workbook, which can be written. Raises VoidNeedsReason without a *reason*, BookError or JournalError."""
    if not reason.strip():
        raise VoidNeedsReason
    office.book.ensure_writable()
    return _ledger(office)


class _Known:
    """Which rows earlier imports took in; `invoices` are those that they are on, as far as was asked."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.invoices: set[str] = set()

    def __call__(self, beginnings: Collection[str]) -> Mapping[str, Known]:
        found = self._journal.imports.known(beginnings)
        self.invoices.update(row.invoice for row in found.values())
        return {key: Known(row.content, row.invoice) for key, row in found.items()}


def _lost(ledger: Ledger, numbers: Collection[str]) -> Iterator[Remark]:
    """A remark when invoices that an import made are no longer in the workbook: their rows count as imported."""
    there = {same_number(invoice.number) for invoice in ledger.invoices}
    if lost := sorted(number for number in numbers if same_number(number) not in there):
        yield Remark("remark.invoices_lost", {"numbers": ", ".join(lost)})


def _ledger(office: Office) -> Ledger:
    """The workbook, of the same moment as the journal; what a dead import left is settled. Raises BookDisagrees."""
    ledger = office.book.read()
    agree(office, ledger.identity)
    return ledger
