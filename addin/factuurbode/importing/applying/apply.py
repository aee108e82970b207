"""Applying an import: the intention goes into the journal, the rows into the workbook, the outcome into the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...domain.additions import Rows
from ...domain.ledger import Ledger
from ...errors import BookChanged, FactuurError
from ...journal import Journal
from ...journal.imports import CellChange, ImportedRow, ImportState, Intention
from ...ports import Book
from ...texts import texts_in
from ..proposal import Change, Draft, Proposal
from .contents import contents, touched
from .copies import keep_copy, weighed
from .numbering import numbered
from .rows import additions
from .settling import settle


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did: its id, its invoices with their numbers, and where the copy of the workbook is."""

    id: str
    drafts: tuple[Draft, ...]
    kept: Path


def apply(book: Book, journal: Journal, ledger: Ledger, proposal: Proposal, now: Callable[[], datetime]) -> Applied:
    """Do all of *proposal* in the workbook of *ledger*, or nothing.

    Raises BookError (BookChanged when it is no longer as it was shown), StorageError or JournalError. When this process
    dies, the next command sees in the workbook whether the rows came into it (`settling`).
    """
    book.ensure_writable()
    if book.read() != ledger:
        raise BookChanged(path=book.path)
    drafts = numbered(proposal.drafts, ledger.settings.numbering, numbers_used(ledger, journal))
    rows = additions(proposal, drafts, ledger)
    run = journal.begin_run("import")
    kept, kept_sha256 = keep_copy(book.path, copies_folder(ledger), now(), run)
    intention = Intention(
        id=run,
        files=tuple(str(one.file) for one in proposal.detected),
        kept=kept,
        kept_sha256=kept_sha256,
        last_run=ledger.identity.last_run,
        rows=[ImportedRow(row.key, row.content, draft.number) for draft in drafts for row in draft.rows],
        added={
            Rows.CUSTOMERS: [customer.number for customer in proposal.customers_added],
            Rows.PRODUCTS: [product.article for product in proposal.products_added],
            Rows.INVOICES: [draft.number for draft in drafts],
        },
        changes=[
            *_changes(Rows.CUSTOMERS, proposal.customers_changed),
            *_changes(Rows.PRODUCTS, proposal.products_changed),
        ],
    )
    journal.imports.intend(intention)
    journal.note(writing_run=run, writing_event=journal.noted("written_event"))
    try:
        book.add(rows, run)
    except FactuurError:
        settle(journal, book.read)  # the disk may have failed after the new file had taken the old one's place
        raise
    said = list(contents(book.read(), touched(intention.added, intention.changes)))
    unsaved = book.live
    journal.imports.advance(run, run, ImportState.APPLIED, "" if unsaved else weighed(book.path), said)
    journal.note(written_run=run, written_event=journal.noted("writing_event"))
    return Applied(run, drafts, kept)


def numbers_used(ledger: Ledger, journal: Journal) -> Sequence[str]:
    """All invoice numbers that were ever given, also to invoices whose row is gone."""
    return [*(invoice.number for invoice in ledger.invoices), *given_once(journal)]


def given_once(journal: Journal) -> tuple[str, ...]:
    """The numbers that *journal* knows to be given, whether the workbook still has them or not: void, imported or sent.

    Those of an import that was undone are free again where nothing came after them.
    """
    voids = (one.number for one in journal.voids.all().values())
    return (*voids, *journal.imports.numbers_given(), *(one.number for one in journal.past().values()))


def copies_folder(ledger: Ledger) -> Path:
    """Where copies of the workbook are kept: beside the archive."""
    return ledger.settings.general.archive.parent / texts_in(ledger.language)("folder.before_import")


def _changes(kind: Rows, changes: Iterable[Change]) -> Iterable[CellChange]:
    for change in changes:
        for key, (was, became) in change.fields.items():
            yield CellChange(kind, change.number, key, was, became)
