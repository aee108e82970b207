"""Trouble with the journal: nothing goes out without it, and the workbook stays as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factuurbode import bootstrap
from factuurbode.journal import schema
from factuurbode.journal.journal import beside
from support.bakery import Bakery
from support.workbooks import INVOICE, LINE

pytestmark = pytest.mark.libreoffice


def refused(bakery: Bakery, *words: str) -> None:
    """Pressing the button does nothing, and says why in *words*."""
    before, mails = bakery.book.read_bytes(), bakery.mails
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, mails)
    assert bakery.book.read_bytes() == before
    for sentence in words:
        assert sentence in told.words


def test_held_by_another_program(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    bakery.types("check")
    monkeypatch.setattr(schema, "PATIENCE", 0.1)
    with closing(sqlite3.connect(beside(bakery.book))) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused(bakery, "is in gebruik door een ander programma.", "wacht tot de andere opdracht klaar is")
    assert bakery.sends().code == 0


def test_torn_off_in_the_middle(bakery: Bakery) -> None:
    bakery.sends()
    journal = beside(bakery.book)
    journal.write_bytes(journal.read_bytes()[:20_000])
    refused(bakery, "is beschadigd", "Zet het journaal terug uit een reservekopie.")


def test_overwritten_by_something_else(bakery: Bakery) -> None:
    bakery.sends()
    beside(bakery.book).write_text("dit was ooit een journaal\n" * 400)
    refused(bakery, "is beschadigd")


def test_a_database_of_another_program(bakery: Bakery) -> None:
    with closing(sqlite3.connect(beside(bakery.book))) as other:
        other.execute("CREATE TABLE meta(anything)")
    refused(bakery, "is beschadigd")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET state = 'teleported'",
        "UPDATE event SET at = 'gisteren'",
        "UPDATE intent SET channel = 'fax'",
        "UPDATE intent SET recipients = 'geen json'",
        "DROP TABLE event",
    ],
)
def test_a_journal_that_somebody_edited_is_damaged_and_no_riddle(bakery: Bakery, change: str) -> None:
    bakery.sends()
    with closing(sqlite3.connect(beside(bakery.book), isolation_level=None)) as other:
        for trigger in ("event_kept_u", "intent_kept_u"):
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute(change)
    refused(bakery, "is beschadigd")


def test_made_by_a_newer_version(bakery: Bakery) -> None:
    bakery.sends()
    with closing(sqlite3.connect(beside(bakery.book))) as other:
        other.execute("PRAGMA user_version = 99")
    refused(bakery, "nieuwere versie van factuurbode", "Werk factuurbode op deze computer bij.")


def test_a_folder_in_its_place(bakery: Bakery) -> None:
    beside(bakery.book).mkdir()
    refused(bakery, "kan niet worden geschreven")


def test_a_clock_that_was_set_back_changes_no_order_and_is_told(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bakery.sends().code == 0
    last_year = datetime.now(UTC) - timedelta(days=400)
    monkeypatch.setattr(bootstrap, "_now", lambda: last_year.astimezone())
    monkeypatch.setattr("factuurbode.journal.journal._now", lambda: last_year)
    second = {**INVOICE, "number": "2026-0002", "hold": True}
    bakery.opens(invoices=[INVOICE, second], lines=[LINE, {**LINE, "invoice": "2026-0002"}])
    told = bakery.types("check")
    assert "De klok van deze computer loopt achter" in told.words
    assert "Zet de klok goed" in told.words
    assert bakery.sends().code == 0
    told = bakery.types("status")
    assert (told.code, bakery.mails) == (0, 1)
    assert "1 verzonden" in told.words
    again = bakery.types("customer-copies", "--invoices", "2026-0001", "--resend", "--reason", "kwijt")
    assert (again.code, bakery.mails) == (0, 2)
    assert bakery.sends().code == 0
    assert bakery.mails == 2


def test_an_archived_mail_that_somebody_changed_is_not_sent(bakery: Bakery) -> None:
    bakery.server.fault("rcpt", "450 4.2.0 later", times=1)
    assert bakery.sends().code == 2
    (mail,) = Path(bakery.book.parent / "archief").rglob("*.eml")
    mail.chmod(0o600)
    mail.write_bytes(mail.read_bytes().replace(b"Bakkerij", b"Bankhuis"))
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "is veranderd sinds het werd gearchiveerd" in told.words
