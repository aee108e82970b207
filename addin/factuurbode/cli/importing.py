"""`factuurbode import` and `factuurbode due`: show what files would do to the workbook, ask, and do it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from .. import intake
from ..errors import NothingToUndo, StorageError
from ..importing.applying.apply import Applied
from ..importing.proposal import Proposal
from ..importing.rejects import write_rejected
from ..importing.telling import counted, done, written_day
from ..texts import error_sentence, written_money
from . import import_machine
from .import_preview import tell_preview
from .intake_arguments import wishes_of
from .opened import opened
from .plain import plain
from .progress import busy
from .voice import Voice

UNDO = "undo"


def import_(options: Namespace, voice: Voice) -> int:
    """Take files in, or undo that: 0 done or nothing to do, 1 not everything or not agreed with."""
    if str(options.book) == UNDO:
        return undo(options, voice)
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        with busy(voice, "intake.reading"):
            found = intake.propose_import(office, options.files, wishes_of(options))
            preview = found.preview
        if options.page:
            from ..report.intake_page import write_intake_page

            write_intake_page(options.page, preview, voice.texts, book=office.book.path, made=office.now())
        if not voice.as_json:
            tell_preview(preview, voice.texts)
        applied = None
        if not options.preview and not found.proposal.empty and _agreed(options, voice, "intake.question"):
            with busy(voice, "intake.applying"):
                applied = intake.apply_import(office, found)
    settled = applied is not None or (found.proposal.empty and not options.preview)
    rejected = _rejected(found.proposal, voice) if settled else ()
    if voice.as_json:
        import_machine.write(preview, applied, rejected, voice.texts)
    else:
        _tell(options, found.proposal, applied, rejected, voice)
    unfinished = applied is None and not found.proposal.empty and not options.preview
    return 1 if unfinished or found.proposal.rejected else 0


def undo(options: Namespace, voice: Voice) -> int:
    """Undo the import that was asked for, or the last one."""
    book, number = options.files[0], str(options.files[1]) if options.files[1:] else ""
    with opened(book, voice) as office:
        voice.speak(office.book.read().language)
        one = intake.last_import(office, number)
        if one is None:
            raise NothingToUndo(number=number)
        files = ", ".join(Path(file).name for file in one.files)
        moment = f"{one.at.astimezone():%d-%m-%Y %H:%M}"
        if not _agreed(options, voice, "intake.undo_question", number=one.id, moment=moment, files=files):
            voice.say("intake.undo_needs_yes")
            return 1
        done = intake.undo_import(office, one.id, sure=options.yes)
    if voice.as_json:
        import_machine.write_undone(done)
    voice.say("intake.undone", number=done.id, count=len(done.invoices))
    if done.kept:
        voice.say("intake.undone_kept", numbers=", ".join(done.kept))
    return 0


def due(options: Namespace, voice: Voice) -> int:
    """Show what is to be invoiced, and by when: 1 when something is late."""
    with opened(options.book, voice) as office:
        voice.speak(office.book.read().language)
        with busy(voice, "intake.reading"):
            found = intake.due(office, options.files, wishes_of(options))
            names = {number: customer.name for number, customer in office.book.read().customers.items()}
    texts = voice.texts
    if voice.as_json:
        import_machine.write_due(found)
    elif not found.deliveries:
        voice.say("intake.due.none")
    else:
        table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
        for key in ("customer", "delivered", "lines", "net", "by"):
            table.add_column(texts(f"intake.column.{key}"), justify="right" if key in ("lines", "net") else "left")
        for one in found.deliveries:
            by = f"{written_day(one.by, texts)}{' · ' + texts('intake.due.late') if one.late else ''}"
            customer = f"{one.customer} {names.get(one.customer, '')}".strip()
            cells = (customer, written_day(one.delivered, texts), str(one.lines), written_money(texts, one.net), by)
            table.add_row(*map(plain, cells), style="red" if one.late else "")
        Console(highlight=False, soft_wrap=not sys.stdout.isatty()).print(table)
        net = written_money(texts, sum((one.net for one in found.deliveries), 0 * found.deliveries[0].net))
        voice.tell(counted(texts, "intake.due.summary", len(found.deliveries), net=net, late=len(found.late)))
    if found.rejected:
        voice.tell(counted(texts, "intake.due.rejected", found.rejected))
    return 1 if found.late or found.rejected else 0


def _agreed(options: Namespace, voice: Voice, question: str, **facts: object) -> bool:
    """Whether the person says yes, beforehand or when asked; without a terminal nobody can be asked."""
    if options.yes:
        return True
    if voice.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        answer = input(voice.texts(question, **facts))
    except (EOFError, KeyboardInterrupt) as broken_off:
        sys.stdout.write("\n")  # what is told next does not stand behind the question
        if isinstance(broken_off, KeyboardInterrupt):
            raise
        return False
    return answer.strip().casefold() in voice.texts("intake.yes_words").split()


def _rejected(proposal: Proposal, voice: Voice) -> Sequence[Path]:
    """Keep the rejected rows beside their files; that this fails undoes nothing."""
    try:
        return write_rejected(proposal, voice.texts)
    except StorageError as error:
        voice.err.print(escape(f"{voice.texts('intake.rejected_unwritten')} {error_sentence(voice.texts, error)}"))
        return ()


def _tell(
    options: Namespace, proposal: Proposal, applied: Applied | None, rejected: Sequence[Path], voice: Voice
) -> None:
    if options.page:
        voice.say("intake.page_written", path=options.page)
    for path in rejected:
        voice.say("intake.rejected_file", path=path)
    if proposal.empty:
        voice.say("intake.nothing")
    elif applied is not None:
        voice.tell(done(proposal, applied, voice.texts))
        voice.say("intake.kept", path=applied.kept)
    elif not options.preview:
        voice.say("intake.not_done" if sys.stdin.isatty() and sys.stdout.isatty() else "intake.needs_yes")
