"""`kill -9` around LibreOffice, CUPS and Postfix: what came out of the printer and into the mailbox is the oracle."""

from __future__ import annotations

import re
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.journal import Journal
from factuurbode.journal.journal import beside
from factuurbode.workbook.reader import read_ledger
from support import mortal
from support.mail_host import MailHost, can_run, mail_host
from support.printserver import PrintServer, print_server
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book
from support.world import run_apart

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.cups,
    pytest.mark.mail_host,
    pytest.mark.skipif(not can_run(), reason="Postfix and Dovecot need root"),
]
WAYS = {"2026-0001": "mail", "2026-0002": "paper", "2026-0003": "paper-and-mail", "2026-0004": "mail"}
MAILED = {number for number, way in WAYS.items() if "mail" in way}
PRINTED = {number for number, way in WAYS.items() if "paper" in way}


@pytest.fixture(scope="module")
def host() -> Iterator[MailHost]:
    with mail_host(Path(tempfile.mkdtemp(prefix="post-", dir="/tmp"))) as running:
        yield running


@pytest.fixture(scope="module")
def cups() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


@dataclass
class RealWorld:
    """A workbook with invoices by mail, on paper and both, and all that its delivery needs, for real."""

    order: mortal.Order
    host: MailHost
    cups: PrintServer
    papers_before: int

    def killed(self, step: str, moment: str) -> None:
        """A run that dies at *step*."""
        died = run_apart(replace(self.order, step=step, moment=moment))
        assert died.returncode == -signal.SIGKILL, f"never came to {step!r}: {died.stderr}"

    def mails(self) -> Counter[str]:
        """How many mails of each invoice the customer has."""
        return Counter(
            found[0].decode()
            for message in self.host.received(at_least=0)
            if (found := re.search(rb"2026-000\d", _subject(message)))
        )

    def papers(self) -> Counter[str]:
        """How many papers of each invoice came out of the printer."""
        return Counter(title.split()[0] for _, title, _, _ in self.cups.options()[self.papers_before :])

    def states(self) -> dict[tuple[str, Channel], State]:
        """How the journal says that each invoice stands."""
        journal = Journal(beside(Path(self.order.book)))
        found = {(number, one.intent.channel): one.state for number in WAYS for one in journal.newest(number)}
        journal.close()
        return found


@pytest.fixture
def world(tmp_path: Path, host: MailHost, cups: PrintServer) -> RealWorld:
    host.forget()
    book = small_book(
        tmp_path / "boek.xlsx",
        customers=[
            {**CUSTOMER, "number": way, "e_invoice": way, "email": "jan@klant.test"} for way in {*WAYS.values()}
        ],
        invoices=[{**INVOICE, "number": number, "customer": way} for number, way in WAYS.items()],
        lines=[{**LINE, "invoice": number} for number in WAYS],
    )
    order = mortal.Order(str(book), "", host.ports["relay"], cups.printer, cups.server)
    return RealWorld(order, host, cups, len(cups.papers()))


def _subject(message: bytes) -> bytes:
    return next(line for line in message.splitlines() if line.startswith(b"Subject: "))


@pytest.mark.parametrize(
    ("step", "moment", "in_doubt"),
    [
        ("convert", "before", 0),
        ("converted 1", "before", 0),
        ("converted 3", "before", 0),
        ("lp", "before", 0),
        ("lp", "after", 0),
        ("printing printed", "before", 0),
        ("sending handover", "before", 0),
        ("handover sent", "before", 1),
        ("handover sent", "after", 0),
    ],
)
def test_killed_among_real_parts_each_paper_comes_once_and_no_mail_twice(
    world: RealWorld, step: str, moment: str, in_doubt: int
) -> None:
    world.killed(step, moment)
    for _ in range(2):
        mortal.run(world.order)
    mails, papers, states = world.mails(), world.papers(), world.states()
    assert papers == Counter(PRINTED)
    assert mails == Counter(MAILED)
    assert {state for (_, channel), state in states.items() if channel is Channel.PRINT} == {State.PRINTED}
    by_mail = Counter(state for (_, channel), state in states.items() if channel is Channel.MAIL)
    assert by_mail == Counter({State.SENT: len(MAILED) - in_doubt, State.IN_DOUBT: in_doubt})
    invoices = read_ledger(Path(world.order.book)).invoices
    assert {(one.number, way): state for one in invoices for way, state in one.recorded.states.items()} == states
