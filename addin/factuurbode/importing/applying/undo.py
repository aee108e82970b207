"""Undoing an import: exactly what it added leaves the workbook, while nothing of it has gone out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...domain.additions import Changes, Content, Removals, Rows
from ...domain.ledger import Ledger
from ...domain.numbering import same_number
from ...errors import BookError, FactuurError, NothingToUndo, StorageError, UndoChanged, UndoTooLate
from ...journal import Journal
from ...journal.imports import CellChange, Import, ImportState
from ...ports import Book
from ...workbook.reader import read_ledger
from .contents import contents, touched
from .copies import put_back, weighed
from .gone_out import gone_out_of
from .rows import content
from .settling import settle


@dataclass(frozen=True, slots=True)
class Undone:
    """The import that was undone, the invoices that are gone, and the customers and products that others use."""

    id: str
    invoices: tuple[str, ...]
    kept: tuple[str, ...] = ()


def undo(book: Book, journal: Journal, ledger: Ledger, number: str, *, sure: bool = False) -> Undone:
    """Undo the import *number*, or the last one for ''. What a person has changed since goes only when they are *sure*.

    Raises NothingToUndo, UndoTooLate, UndoChanged, BookError, StorageError or JournalError.
    """
    book.ensure_writable()
    one = _wanted(journal, number)
    added = journal.imports.added(one.id)
    _ensure_nothing_gone(journal, ledger, added.get(Rows.INVOICES, ()))
    undone = Undone(one.id, added.get(Rows.INVOICES, ()))
    if _untouched(book, one):
        run = journal.begin_run("import undo")
        journal.imports.advance(run, one.id, ImportState.UNDOING)
        journal.note(writing_run=one.last_run, writing_event=journal.noted("written_event"))
        if put_back(one.kept, one.kept_sha256, book.path):
            _note_undone(journal, run, one, one.last_run)
            return undone
        journal.imports.advance(run, one.id, ImportState.APPLIED)
    changes = journal.imports.changes(one.id)
    if not sure and (altered := tuple(_altered(journal, ledger, one, added, changes))):
        raise UndoChanged(numbers=", ".join(altered))
    used = _used_by_others(ledger, added)
    run = journal.begin_run("import undo")
    journal.imports.advance(run, one.id, ImportState.UNDOING)
    journal.note(writing_run=run, writing_event=journal.noted("written_event"))
    try:
        book.remove(_removals(added, used, _as_before(_kept(one) if changes else None, changes)), run)
    except FactuurError:
        settle(journal, book.read)
        raise
    _note_undone(journal, run, one, run)
    return Undone(one.id, undone.invoices, tuple(name for names in used.values() for name in sorted(names)))


def _note_undone(journal: Journal, run: str, one: Import, last_run: str) -> None:
    journal.imports.advance(run, one.id, ImportState.UNDONE)
    journal.note(written_run=last_run, written_event=journal.noted("writing_event"))


def _wanted(journal: Journal, number: str) -> Import:
    applied = [one for one in journal.imports.all() if one.state is ImportState.APPLIED]
    applied.sort(key=lambda one: one.at)
    wanted = [one for one in applied if not number or one.id == number]
    if not wanted:
        raise NothingToUndo(number=number)
    return wanted[-1]


def _ensure_nothing_gone(journal: Journal, ledger: Ledger, numbers: Sequence[str]) -> None:
    """Raises UndoTooLate when an invoice has reached somebody, or may have, or is on its way."""
    gone_out = gone_out_of(journal, ledger)
    if gone := [number for number in numbers if gone_out(number)]:
        raise UndoTooLate(numbers=", ".join(gone))


def _untouched(book: Book, one: Import) -> bool:
    """Whether nothing at all has happened to the workbook since."""
    return not book.live and bool(one.applied_sha256) and weighed(book.path) == one.applied_sha256


def _altered(
    journal: Journal,
    ledger: Ledger,
    one: Import,
    added: Mapping[Rows, Sequence[str]],
    changes: Sequence[CellChange],
) -> Iterator[str]:
    """What says something else than when the import left it, and invoices that a later credit note corrects.

    What is gone has nothing to lose.
    """
    then = journal.imports.contents(one.id)
    for kind, number, says in contents(ledger, touched(added, changes)):
        if then.get((kind, number)) != says:
            yield number
    ours = frozenset(map(same_number, added.get(Rows.INVOICES, ())))
    for invoice in ledger.invoices:
        if same_number(invoice.corrects) in ours and same_number(invoice.number) not in ours:
            yield invoice.corrects


def _used_by_others(ledger: Ledger, added: Mapping[Rows, Sequence[str]]) -> Mapping[Rows, frozenset[str]]:
    """Customers and products of the import that rows outside it need."""
    ours = frozenset(map(same_number, added.get(Rows.INVOICES, ())))
    others = [invoice for invoice in ledger.invoices if same_number(invoice.number) not in ours]
    customers = {invoice.customer_number for invoice in others}
    customers |= {customer.bill_to for customer in ledger.customers.values()}
    articles = {line.article for invoice in others for line in invoice.lines}
    return {
        Rows.CUSTOMERS: frozenset(added.get(Rows.CUSTOMERS, ())) & customers,
        Rows.PRODUCTS: frozenset(added.get(Rows.PRODUCTS, ())) & articles,
    }


def _kept(one: Import) -> Ledger | None:
    """What the workbook said before the import; None where its copy is gone, or no longer what it was."""
    try:
        return read_ledger(one.kept) if weighed(one.kept) == one.kept_sha256 else None
    except (BookError, StorageError):
        return None


def _as_before(before: Ledger | None, changes: Sequence[CellChange]) -> Mapping[Rows, Changes]:
    """What the changed cells held; without the copy of the workbook, what they showed."""
    found: dict[Rows, dict[str, dict[str, Content]]] = {}
    for change in changes:
        things: Mapping[str, object] = {}
        if before is not None:
            things = before.customers if change.kind is Rows.CUSTOMERS else before.products
        thing = things.get(change.number)
        value = change.was if thing is None else content(getattr(thing, change.field))
        found.setdefault(change.kind, {}).setdefault(change.number, {})[change.field] = value
    return found


def _removals(
    added: Mapping[Rows, Sequence[str]], used: Mapping[Rows, frozenset[str]], changes: Mapping[Rows, Changes]
) -> Removals:
    numbers = {kind: frozenset(some) - used.get(kind, frozenset()) for kind, some in added.items()}
    return Removals({**numbers, Rows.LINES: numbers.get(Rows.INVOICES, frozenset())}, changes)
