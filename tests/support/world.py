"""A workbook with its mail server and printer, and a button to press, without LibreOffice or CUPS."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from factuurbode.domain.addressees import Addressee
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.journal import Dispatch, Intent, Journal
from factuurbode.journal.journal import beside, new_dispatch_id
from factuurbode.steps.report import Report
from factuurbode.workbook.reader import read_ledger
from support import mortal
from support.documents import a_content
from support.fake_mailbox import FolderMailbox, bounce_of
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, Row, small_book


class _Onlooker(mortal.Nobody):
    """Does something when an invoice has gone out."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then

    def invoice_done(self) -> None:
        self._then()


def run_apart(order: mortal.Order) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "support.mortal", json.dumps(asdict(order))],
        cwd=Path(mortal.__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass
class World:
    """One workbook, by default with one invoice, 2026-0001; *pdf* is what its conversion gives."""

    book: Path
    pdf: Path
    server: MailServer
    tray: mortal.PaperTray

    def order(self, **changes: Any) -> mortal.Order:
        """The order for a run here."""
        order = mortal.Order(str(self.book), str(self.pdf), self.server.port, str(self.tray.folder))
        return replace(order, **changes)

    def press(self, *, on_mail: Callable[[], None] = lambda: None, **how: bool) -> Report:
        """A run that nobody kills; *on_mail* happens when an invoice has gone out, *how* is of `mortal.Order`."""
        return mortal.run(self.order(**how), _Onlooker(on_mail))

    def killed(self, step: str, moment: str, **how: bool) -> None:
        """A run in a process of its own that dies at *step*."""
        died = self._run_apart(step, moment, **how)
        assert died.returncode == -signal.SIGKILL, f"never came to {step!r}: {died.stderr}"

    def outlives(self, step: str, moment: str) -> bool:
        """Whether a run in a process of its own never comes to *step*; else it dies there."""
        ended = self._run_apart(step, moment)
        assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
        return ended.returncode == 0

    def _run_apart(self, step: str, moment: str, **how: bool) -> subprocess.CompletedProcess[str]:
        return run_apart(self.order(step=step, moment=moment, **how))

    def journal(self) -> Journal:
        """The workbook's journal, to look into; close it."""
        return Journal(beside(self.book))

    def addressees(self, dispatch: Dispatch) -> tuple[Addressee, ...]:
        """How the journal says that a mail stands with each of its addressees."""
        journal = self.journal()
        known = journal.addressees(dispatch.intent.id)
        journal.close()
        return known

    def change_address(self) -> None:
        """The baker corrects the customer's address."""
        self.rewrite({**CUSTOMER, "email": "nieuw@cafe-proef.example"})

    def rewrite(self, customer: Row, settings: Row | None = None) -> None:
        """The same workbook with another customer row and other settings."""
        last_run = read_ledger(self.book).identity.last_run
        small_book(self.book, customers=[customer], settings={"workbook.last_run": last_run, **(settings or {})})

    @property
    def mailbox(self) -> FolderMailbox:
        """The bakery's own mailbox."""
        return FolderMailbox(mortal.mailbox_beside(self.book))

    def comes_back(self, recipient: str) -> None:
        """The customer's mail server sends back the mail that was sent last."""
        self.mailbox.receive(bounce_of(self.server.messages()[-1].content, recipient))

    def limits_mail(self, daily: int) -> None:
        """The provider lets *daily* recipients a day through."""
        self.rewrite(CUSTOMER, {"mail.daily_limit": daily})

    def has_just_mailed(self, number: str) -> None:
        """The journal knows of one more mail, of an invoice that is no longer in the workbook."""
        journal = self.journal()
        run = journal.begin_run("customer-copies")
        said, to = a_content(), ("a@x.example",)
        intent = Intent(new_dispatch_id(), number, Channel.MAIL, said, self.pdf, "", 1, envelope_to=to)
        journal.intend(run, intent)
        for state in (State.SENDING, State.HANDOVER, State.SENT):
            journal.advance(run, intent.id, state, addressees=[Addressee("a@x.example", state)])
        journal.close()


def a_world(
    folder: Path, pdf: Path, server: MailServer, customer: Row = CUSTOMER, settings: Row | None = None
) -> World:
    """A world in *folder* with one customer, who by default wants mail."""
    book = small_book(folder / "boek.xlsx", customers=[customer], settings=settings)
    return World(book, pdf, server, mortal.PaperTray(folder / "printer"))
