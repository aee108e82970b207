"""The buttons around the work: settings, test mail, the last report, help."""

from __future__ import annotations

import platform
from pathlib import Path

from .. import __version__, dispatch
from ..deliver.screen import show_on_screen
from ..domain.model import Place
from ..errors import BookError
from ..journal.journal import beside
from ..texts import outcome_sentence
from ..workbook.columns import SETTINGS
from ..workbook.live.selection import go_to
from ..workbook.words import normal
from .help_page import help_page
from .press import Press


def settings(press: Press) -> None:
    """Go to the sheet with the settings."""
    wanted = {normal(SETTINGS.nl), normal(SETTINGS.en)}
    title = next(sheet.name for sheet in press.book.sheets if normal(sheet.name) in wanted)
    go_to(press.book, Place(title, "A1"))


def test_mail(press: Press) -> None:
    """Mail a made-up invoice to the bakery itself, and tell how far it came (B5)."""
    sender = press.live.read().settings.mail.sender
    if not press.dialogue.agrees(press.texts("ribbon.test_mail.question", sender=sender)):
        return
    press.dialogue.shows(press.texts("ribbon.test_mail.busy"))
    lines: list[str] = []
    with press.office() as office:
        (result,) = dispatch.test_mail(office, lambda step: lines.append(press.texts(f"mail_step.{step}"))).results
    if result.fine:
        last = press.texts("ribbon.test_mail.sent", sender=sender)
    else:
        last = outcome_sentence(press.texts, result.outcome)
    press.dialogue.tell("\n".join([*lines, "", last]))


def last_report(press: Press) -> None:
    """Show the page of the last run."""
    page = press.live.read().settings.general.file_location / press.texts("ribbon.page.run")
    if not page.is_file():
        press.dialogue.say("ribbon.no_report")
    elif not show_on_screen(page):
        press.dialogue.say("ribbon.look_at", path=page)


def show_help(press: Press) -> None:
    """Show the guide for the baker."""
    page = help_page(press.texts.language)
    if not show_on_screen(page):
        press.dialogue.say("ribbon.look_at", path=page)


def about(press: Press) -> None:
    """Say which version this is, and where the journal is."""
    facts = {"version": __version__, "python": platform.python_version()}
    press.dialogue.say("ribbon.about", **facts, journal=_journal(press))


def _journal(press: Press) -> Path | str:
    """Where the journal is, if there is one: any workbook may be in front, also one that was never saved."""
    try:
        path = beside(press.live.path)
    except BookError:
        return press.texts("ribbon.no_journal")
    return path if path.exists() else press.texts("ribbon.no_journal")
