"""*Import…*: choose files, see what they would do, agree, and the open workbook has it; or undo the last import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .. import intake
from ..deliver.screen import show_on_screen
from ..errors import FactuurError, ImportSheetUnclear, UndoChanged
from ..files import make_folder
from ..importing.applying.apply import Applied
from ..importing.applying.undo import Undone
from ..importing.rejects import write_rejected
from ..importing.telling import counts, done, totals
from ..importing.wishes import Wishes
from ..intake import Intake
from ..journal.imports import Import
from ..report.intake_page import write_intake_page
from ..steps.office import Office
from ..texts import Texts, error_sentence
from .changing import changing
from .dialogue import Answer
from .press import Press
from .window import ProgressWindow, ask_for, can_show_windows, choose_files

_STEPS = 2  # reading and showing, after which it can still be cancelled
_WRITING = 3  # steps: saving what the person typed, writing, saving that
_UNDOING = 2  # steps: taking out, saving that


def import_file(press: Press) -> None:
    """Take files in, or undo the last import when the person rather wants that."""
    with press.office() as office:
        last = intake.last_import(office)
    answer = press.dialogue.answers(_choice(press.texts, last)) if last else Answer.YES
    if answer is Answer.NO and last:
        _undo(press, last)
    elif answer is Answer.YES:
        _take_in(press)


def _take_in(press: Press) -> None:
    if not can_show_windows():
        press.dialogue.say("ribbon.import.elsewhere")
        return
    files = choose_files(press.texts)
    if not files:
        return
    with press.office() as office:
        found = _proposed(press, office, files)
        if found is None:
            return
        page = _page(press, office, found)
        if found.proposal.empty:
            press.dialogue.tell(_told(found, press.texts, page))
            _keep_rejected(press, found)
            return
        question = f"{_told(found, press.texts, page)}\n\n{press.texts('ribbon.import.question')}"
        if not press.dialogue.agrees(question):
            return
        applied, unsaved = _written(press, office, found)
    lines = [done(found.proposal, applied, press.texts), press.texts("intake.kept", path=applied.kept)]
    if unsaved:
        lines.append(error_sentence(press.texts, unsaved))
    lines += _keep_rejected(press, found)
    press.dialogue.tell("\n\n".join(lines))


def _proposed(press: Press, office: Office, files: Sequence[Path]) -> Intake | None:
    """What the files would do; None when the person stops. Where a sheet has to be chosen, they are asked."""
    wishes = Wishes()
    while True:
        window = ProgressWindow(press.texts, _STEPS)
        try:
            window.show(0, _STEPS, press.texts("intake.reading"))
            press.dialogue.shows(press.texts("intake.reading"))
            found = intake.propose_import(office, files, wishes)
            return None if window.cancelled else found
        except ImportSheetUnclear as unclear:
            window.close()
            sheet = ask_for(press.texts, error_sentence(press.texts, unclear))
            if not sheet:
                return None
            wishes = replace(wishes, sheet=sheet.strip())
        finally:
            window.close()


def _written(press: Press, office: Office, found: Intake) -> tuple[Applied, FactuurError | None]:
    """Write what was agreed with into the open workbook, all of it or nothing; and why it was not saved after that.

    Raises BookError, StorageError or JournalError.
    """
    with changing(press, _WRITING) as change:
        change.step(0, "intake.saving")
        press.live.save()  # the copy that is kept is that of the file
        change.step(1, "intake.applying")
        with change.rows("intake.applying_rows"):
            applied = intake.apply_import(office, found)
        change.step(2, "intake.saving")
        return applied, press.keep()


def _page(press: Press, office: Office, found: Intake) -> Path | None:
    """The page with all of it, before the person's eyes; None when it could not be shown."""
    path = found.ledger.settings.general.file_location / press.texts("ribbon.page.import")
    try:
        make_folder(path.parent)
        write_intake_page(path, found.preview, press.texts, book=office.book.path, made=office.now())
    except FactuurError:
        return None  # a courtesy: the message says the figures
    return path if show_on_screen(path) else None


def _told(found: Intake, texts: Texts, page: Path | None) -> str:
    preview = found.preview
    lines = [totals(preview, texts)] if preview.drafts else []
    lines += [f"•  {line}" for line in counts(found.proposal, texts)]
    lines += [texts("intake.nothing")] if found.proposal.empty else []
    lines += ["", texts("ribbon.import.page")] if page else []
    return "\n".join(lines)


def _keep_rejected(press: Press, found: Intake) -> list[str]:
    """Keep the rejected rows beside their files, and say where."""
    try:
        return [press.texts("intake.rejected_file", path=path) for path in write_rejected(found.proposal, press.texts)]
    except FactuurError as error:
        return [f"{press.texts('intake.rejected_unwritten')} {error_sentence(press.texts, error)}"]


def _choice(texts: Texts, last: Import) -> str:
    files = ", ".join(Path(file).name for file in last.files)
    return texts("ribbon.import.choice", moment=f"{last.at.astimezone():%d-%m-%Y %H:%M}", files=files)


def _undo(press: Press, last: Import) -> None:
    with press.office() as office:
        try:
            undone, unsaved = _taken_out(press, office, last)
        except UndoChanged as changed:
            words = f"{error_sentence(press.texts, changed)}\n\n{press.texts('ribbon.import.undo_changed')}"
            if not press.dialogue.agrees(words):
                return
            undone, unsaved = _taken_out(press, office, last, sure=True)
    lines = [press.texts("intake.undone", number=undone.id, count=len(undone.invoices))]
    lines += [press.texts("intake.undone_kept", numbers=", ".join(undone.kept))] if undone.kept else []
    if unsaved:
        lines.append(error_sentence(press.texts, unsaved))
    press.dialogue.tell("\n\n".join(lines))


def _taken_out(press: Press, office: Office, last: Import, *, sure: bool = False) -> tuple[Undone, FactuurError | None]:
    """Take the import *last* out of the open workbook; and why that was not saved.

    Raises UndoError, BookError, StorageError or JournalError.
    """
    with changing(press, _UNDOING) as change:
        change.step(0, "intake.undoing")
        with change.rows("intake.undoing_rows"):
            undone = intake.undo_import(office, last.id, sure=sure)
        change.step(1, "intake.saving")
        return undone, press.keep()
