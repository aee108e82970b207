"""A workbook's own settings, tried out: nothing is sent, printed or written down."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from ..bootstrap import system_printers
from ..deliver.credentials import Credentials
from ..deliver.smtp_trial import tried_out
from ..domain.ledger import Ledger
from ..domain.model import EInvoice, Language
from ..domain.problems import Severity
from ..domain.settings import Mail
from ..errors import FactuurError, PrinterUnknown, PrinterUnreachable, StorageError, disk_reason
from ..journal import Journal
from ..journal.journal import beside
from ..render.check import check_template
from ..render.fields import template_for
from ..render.template import InvoiceTemplate
from ..steps.mail_check import check_mail_texts
from ..steps.truth import clock_runs_behind, disagreement, ensure_not_upgraded
from ..workbook.closed import ClosedBook
from .finding import Finding, fine, good_to_know, missing, refused, trouble

ROOM = 200 * 2**20
"""Bytes that should be free for the archive: some thousands of invoices."""

CredentialsFor = Callable[[Mail], Credentials]


def examine_practice(
    book: ClosedBook, ledger: Ledger, credentials_for: CredentialsFor, now: datetime
) -> Iterator[Finding]:
    """Everything that a run with *book*, which says *ledger*, will need."""
    yield writable(book)
    if ledger.older:
        yield good_to_know("workbook", "workbook_older")
    yield from journal(book.path, ledger, now)
    yield from templates(ledger)
    if (texts := ledger.settings.mail.texts) is not None:
        yield mail_texts(texts)
    yield mail(ledger, credentials_for)
    yield printer(ledger)
    general = ledger.settings.general
    for folder in dict.fromkeys((general.file_location, general.archive)):
        yield storage(folder)


def writable(book: ClosedBook) -> Finding:
    """Whether the outcome could be written into the workbook now."""
    try:
        book.ensure_writable()
    except FactuurError as error:
        return trouble("workbook", error)
    return fine("workbook", "workbook", path=book.path)


def journal(book: Path, ledger: Ledger, now: datetime) -> Iterator[Finding]:
    """Whether the journal is whole and tells the same story as the workbook."""
    path = beside(book)
    try:
        if not path.exists() and not ledger.identity.last_run:
            yield good_to_know("journal", "journal_new")
            return
        opened = Journal(path)
    except FactuurError as error:
        yield trouble("journal", error)
        return
    try:
        ensure_not_upgraded(opened, book)
        differs = disagreement(opened, ledger.identity, book)
        yield trouble("journal", differs) if differs else fine("journal", "journal", path=path)
        if behind := clock_runs_behind(opened, now):
            yield missing("clock", "clock_set_back", last=behind.astimezone())
    except FactuurError as error:
        yield trouble("journal", error)
    finally:
        opened.close()


def templates(ledger: Ledger) -> Iterator[Finding]:
    """Whether the template of each language that a customer speaks can be filled, and lacks nothing."""
    settings = ledger.settings
    spoken = {customer.language for customer in ledger.customers.values()} or {Language.NL}
    for path in sorted({template_for(language, settings) for language in spoken}):
        try:
            InvoiceTemplate(path, settings.company.logo)
            faults = sum(finding.severity is Severity.ERROR for finding in check_template(path))
        except FactuurError as error:
            yield trouble("template", error)
        else:
            if faults:
                yield missing("template", "template_faulty", path=path, count=faults)
            else:
                yield fine("template", "template", path=path)


def mail_texts(folder: Path) -> Finding:
    """Whether the baker's own mail texts can be filled in."""
    try:
        faults = len(check_mail_texts(folder))
    except FactuurError as error:
        return trouble("template", error)
    if faults:
        return missing("template", "mail_texts_faulty", path=folder, count=faults)
    return fine("template", "mail_texts", path=folder)


def mail(ledger: Ledger, credentials_for: CredentialsFor) -> Finding:
    """Whether the mail server lets us in: one connection, one sign-in, no mail."""
    settings = ledger.settings.mail
    if all(customer.e_invoice is EInvoice.PAPER for customer in ledger.customers.values()):
        return good_to_know("mail", "mail_not_needed")
    if not settings.server:
        return missing("mail", "mail_no_server")
    refusal = tried_out(settings, credentials_for(settings))
    if refusal is not None:
        return refused("mail", refusal.code, refusal.detail)
    return fine(
        "mail", f"mail_{settings.security}", server=settings.server, port=settings.port, user=settings.user or "–"
    )


def printer(ledger: Ledger) -> Finding:
    """Whether the chosen printer is one of this computer's."""
    wanted = ledger.settings.printing.printer
    on_paper = any(customer.e_invoice is not EInvoice.MAIL for customer in ledger.customers.values())
    if ledger.settings.general.always_save_as_pdf or not on_paper:
        return good_to_know("printer", "printer_not_needed")
    if not wanted:
        return missing("printer", "printer_not_chosen")
    try:
        known = system_printers().names
    except PrinterUnreachable as error:
        return trouble("printer", error)
    if wanted not in known:
        return trouble("printer", PrinterUnknown(printer=wanted, known=", ".join(known) or "–"))
    return fine("printer", "printer", name=wanted)


def storage(folder: Path) -> Finding:
    """Whether *folder* can be written, or made, and has room."""
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        return trouble("folder", StorageError(path=folder, detail=disk_reason(error)))
    if free < ROOM:
        return missing("folder", "folder_full", path=folder, free=free // 2**20)
    return fine("folder", "folder", path=folder, free=round(Decimal(free) / 2**30, 1))
