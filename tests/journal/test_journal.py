"""The journal: what it keeps, what it refuses, and what it says for the next run."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import TRANSITIONS, State
from factuurbode.errors import JournalBusy, JournalDamaged, JournalNotWritable, JournalTooNew
from factuurbode.journal import Dispatch, Intent, Journal
from factuurbode.journal.journal import beside, new_dispatch_id
from factuurbode.journal.schema import open_database, translated
from support.documents import a_content, an_invoice


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    kept = Journal(tmp_path / "boek.factuurbode.db")
    yield kept
    kept.close()


def test_what_is_written_is_on_disk_before_anything_goes_out(tmp_path: Path) -> None:
    """SQLite waits for the disk after each step (2: FULL), and keeps a rollback journal: a power cut loses nothing."""
    connection = open_database(tmp_path / "boek.factuurbode.db")
    said = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    connection.close()
    assert said == [2, "persist"]


def an_intent(folder: Path, **changes: Any) -> Intent:
    facts: dict[str, Any] = {
        "id": new_dispatch_id(),
        "invoice": "2026-0001",
        "channel": Channel.MAIL,
        "content": a_content(),
        "pdf": folder / "archief" / "2026-0001.pdf",
        "pdf_sha256": "00",
        "pages": 1,
        "recipients": ("a@x.example",),
    }
    return Intent(**(facts | changes))


def led_to(journal: Journal, folder: Path, *states: State, **changes: Any) -> Dispatch:
    """A dispatch that went through *states* after READY."""
    run = journal.begin_run("test")
    dispatch = journal.intend(run, an_intent(folder, **changes))
    for state in states:
        dispatch = journal.advance(run, dispatch.intent.id, state)
    return dispatch


def test_an_intent_is_read_back_as_it_was_written(journal: Journal, tmp_path: Path) -> None:
    intent = an_intent(tmp_path, message=tmp_path / "m.eml", saved_as=Path("/elders/f.pdf"), reason="kwijt")
    journal.intend(journal.begin_run("test"), intent)
    assert journal.dispatch(intent.id).intent == intent
    assert journal.dispatch(intent.id).state is State.READY


def test_what_a_step_gives_back_is_what_stands_in_the_journal(journal: Journal, tmp_path: Path) -> None:
    printing = led_to(journal, tmp_path, State.PRINTING, channel=Channel.PRINT)
    queued = journal.advance(printing.last.run, printing.intent.id, State.PRINTING, job="PDF-7")
    waits = journal.advance(printing.last.run, printing.intent.id, State.ATTENTION, code="print_paper", detail="leeg")

    assert (queued.job, waits.job) == ("PDF-7", "PDF-7")
    assert waits == journal.dispatch(printing.intent.id)


def test_a_folder_that_moves_takes_its_journal_along(tmp_path: Path) -> None:
    (tmp_path / "oud").mkdir()
    old = Journal(tmp_path / "oud" / "boek.factuurbode.db")
    old.intend(old.begin_run("test"), an_intent(tmp_path / "oud"))
    old.close()
    shutil.move(tmp_path / "oud", tmp_path / "nieuw")
    new = Journal(tmp_path / "nieuw" / "boek.factuurbode.db")
    (dispatch,) = new.of_invoice("2026-0001")
    new.close()
    assert dispatch.intent.pdf == tmp_path / "nieuw" / "archief" / "2026-0001.pdf"


ALLOWED = [(before, after) for before, following in TRANSITIONS.items() for after in following]
PATHS: dict[State, tuple[State, ...]] = {
    State.READY: (),
    State.SENDING: (State.SENDING,),
    State.HANDOVER: (State.SENDING, State.HANDOVER),
    State.SENT: (State.SENDING, State.HANDOVER, State.SENT),
    State.LATER: (State.SENDING, State.LATER),
    State.FAILED: (State.SENDING, State.FAILED),
    State.IN_DOUBT: (State.SENDING, State.HANDOVER, State.IN_DOUBT),
    State.PRINTING: (State.PRINTING,),
    State.PRINTED: (State.PRINTING, State.PRINTED),
    State.ATTENTION: (State.PRINTING, State.ATTENTION),
    State.SAVED: (State.SAVED,),
}


@pytest.mark.parametrize("before", PATHS)
@pytest.mark.parametrize("after", PATHS)
def test_only_the_steps_of_the_table_are_taken(journal: Journal, tmp_path: Path, before: State, after: State) -> None:
    dispatch = led_to(journal, tmp_path, *PATHS[before])
    run = journal.begin_run("test")
    if (before, after) in ALLOWED:
        assert journal.advance(run, dispatch.intent.id, after).state is after
    else:
        with pytest.raises(ValueError, match="cannot become"):
            journal.advance(run, dispatch.intent.id, after)
        assert journal.dispatch(dispatch.intent.id).state is before


@pytest.mark.parametrize("state", [state for state in PATHS if state is not State.FAILED])
def test_the_same_delivery_is_never_meant_twice(journal: Journal, tmp_path: Path, state: State) -> None:
    led_to(journal, tmp_path, *PATHS[state])
    with pytest.raises(ValueError, match="already meant"):
        journal.intend(journal.begin_run("test"), an_intent(tmp_path))


def test_after_a_failure_it_may_be_meant_anew(journal: Journal, tmp_path: Path) -> None:
    led_to(journal, tmp_path, *PATHS[State.FAILED])
    assert led_to(journal, tmp_path).state is State.READY


def test_a_resend_names_what_it_repeats(journal: Journal, tmp_path: Path) -> None:
    sent = led_to(journal, tmp_path, *PATHS[State.SENT])
    again = led_to(journal, tmp_path, resend_of=sent.intent.id, reason="kwijt")
    assert (again.intent.resend_of, again.intent.reason) == (sent.intent.id, "kwijt")
    with pytest.raises(ValueError, match="already meant"):
        journal.intend(journal.begin_run("test"), an_intent(tmp_path, resend_of=sent.intent.id))


def test_nothing_that_was_written_can_be_changed_or_removed(journal: Journal, tmp_path: Path) -> None:
    led_to(journal, tmp_path, *PATHS[State.SENT])
    with sqlite3.connect(tmp_path / "boek.factuurbode.db") as raw:
        for change in ("UPDATE event SET state = 'ready'", "DELETE FROM event", "DELETE FROM intent"):
            with pytest.raises(sqlite3.IntegrityError, match="append only"):
                raw.execute(change)
    raw.close()


def test_the_past_is_the_newest_dispatch_of_each_channel(journal: Journal, tmp_path: Path) -> None:
    old, new = an_invoice(remark="oud"), an_invoice(remark="nieuw")
    led_to(journal, tmp_path, *PATHS[State.FAILED], content=a_content(old))
    led_to(journal, tmp_path, *PATHS[State.SENT], content=a_content(new))
    led_to(journal, tmp_path, *PATHS[State.ATTENTION], channel=Channel.PRINT)
    past = journal.past()["2026-0001"]
    assert past.states == {Channel.MAIL: State.SENT, Channel.PRINT: State.ATTENTION}
    assert past.sent is not None
    assert past.sent.invoice.remark == "nieuw"


def test_a_resend_that_failed_does_not_undo_the_delivery_before_it(journal: Journal, tmp_path: Path) -> None:
    sent = led_to(journal, tmp_path, *PATHS[State.SENT])
    led_to(journal, tmp_path, *PATHS[State.FAILED], resend_of=sent.intent.id, reason="kwijt")
    assert journal.past()["2026-0001"].states == {Channel.MAIL: State.SENT}


def test_the_job_of_a_print_is_remembered_over_later_steps(journal: Journal, tmp_path: Path) -> None:
    dispatch = led_to(journal, tmp_path, State.PRINTING, channel=Channel.PRINT)
    run = journal.begin_run("test")
    journal.advance(run, dispatch.intent.id, State.PRINTING, job="Kantoor-7")
    assert journal.advance(run, dispatch.intent.id, State.ATTENTION).job == "Kantoor-7"


def test_the_order_of_events_does_not_hang_on_the_clock(tmp_path: Path) -> None:
    moments = (datetime(2026, 3, 1, tzinfo=UTC) - timedelta(hours=hour) for hour in range(100))
    journal = Journal(tmp_path / "boek.factuurbode.db", now=lambda: next(moments))
    dispatch = led_to(journal, tmp_path, *PATHS[State.SENT])
    assert dispatch.state is State.SENT
    assert [event.state for event in journal.events_after(0)] == [State.READY, *PATHS[State.SENT]]
    journal.close()


def test_facts_about_the_journal_are_noted_together(journal: Journal) -> None:
    assert journal.noted("book") == ""
    journal.note(book="abc", written_run="r1")
    journal.note(written_run="r2")
    assert (journal.noted("book"), journal.noted("written_run")) == ("abc", "r2")


def test_a_damaged_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "boek.factuurbode.db"
    path.write_bytes(b"dit is geen journaal" * 100)
    with pytest.raises(JournalDamaged):
        Journal(path)


def test_two_runs_of_one_second_never_have_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["aaaa", "aaaa", "bbbb"])
    monkeypatch.setattr(secrets, "token_hex", lambda _: next(drawn))
    journal = Journal(tmp_path / "boek.factuurbode.db", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert [journal.begin_run("check") for _ in range(2)] == ["20260101-000000-aaaa", "20260101-000000-bbbb"]
    journal.close()


def test_half_a_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "boek.factuurbode.db"
    whole = Journal(path)
    for number in range(50):
        led_to(whole, tmp_path, invoice=f"2026-{number:04}")
    whole.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(JournalDamaged):
        Journal(path)


def test_a_journal_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "boek.factuurbode.db"
    Journal(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(JournalTooNew):
        Journal(path)


def test_a_journal_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "boek.factuurbode.db"
    journal = Journal(path)
    sent = led_to(journal, tmp_path, State.SENDING, State.HANDOVER, State.SENT, envelope_to=("a@x.example",))
    journal.close()
    with sqlite3.connect(path) as raw:
        raw.executescript(
            "DROP TABLE recipient; DROP VIEW void_now; DROP TABLE content;"
            "DROP TRIGGER intent_kept_u; DROP INDEX intent_same_number;"
            "ALTER TABLE intent DROP COLUMN same_number; CREATE INDEX intent_invoice ON intent(invoice, channel);"
            "CREATE TRIGGER intent_kept_u BEFORE UPDATE ON intent BEGIN SELECT RAISE(ABORT, 'append only'); END;"
            "PRAGMA user_version = 1;"
        )
        for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table.startswith(("import", "void")):
                raw.execute(f"DROP TABLE {table}")
    raw.close()
    journal = Journal(path)
    known = journal.addressees(sent.intent.id)
    assert {one.address for one in known} == set(sent.intent.envelope_to)
    assert {one.state for one in known} == {State.SENT}
    assert journal.past()[sent.intent.invoice].served == {one.address.casefold() for one in known}
    journal.close()


def test_a_folder_that_is_not_there_cannot_have_a_journal(tmp_path: Path) -> None:
    with pytest.raises(JournalNotWritable):
        Journal(tmp_path / "weg" / "boek.factuurbode.db")


def test_the_journal_stands_beside_its_workbook() -> None:
    assert beside(Path("/map/facturen 2026.xlsx")) == Path("/map/facturen 2026.factuurbode.db")


def test_a_step_that_cannot_be_finished_while_another_program_reads_leaves_the_journal_usable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factuurbode.journal.schema.PATIENCE", 0.05)
    path = tmp_path / "druk.factuurbode.db"
    busy = Journal(path)
    dispatch = led_to(busy, tmp_path)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM event").fetchone()
    with pytest.raises(JournalBusy):
        busy.advance(dispatch.last.run, dispatch.intent.id, State.SENDING)
    reader.close()
    assert busy.advance(dispatch.last.run, dispatch.intent.id, State.SENDING).state is State.SENDING
    assert len(busy.events_after(0)) == 2
    busy.close()


def test_a_disk_that_is_full_is_said_also_when_the_database_has_already_undone_the_step(
    journal: Journal, tmp_path: Path
) -> None:
    dispatch = led_to(journal, tmp_path)
    database = journal._database
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(JournalNotWritable):
        journal.advance(dispatch.last.run, dispatch.intent.id, State.FAILED, detail="x" * 10_000_000)
    database.execute(f"PRAGMA max_page_count={pages + 100}")
    assert journal.advance(dispatch.last.run, dispatch.intent.id, State.SENDING).state is State.SENDING


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (sqlite3.SQLITE_FULL, "disk.full"),
        (sqlite3.SQLITE_READONLY, "disk.read_only"),
        (sqlite3.SQLITE_CANTOPEN, "disk.denied"),
        (sqlite3.SQLITE_PERM, "disk.denied"),
        (sqlite3.SQLITE_IOERR, "disk.failed"),
        (sqlite3.SQLITE_IOERR | 3 << 8, "disk.failed"),  # the fsync failed: an extended code
        (sqlite3.SQLITE_NOLFS, "disk.full"),
        (sqlite3.SQLITE_PROTOCOL, "disk.failed"),
    ],
)
def test_why_it_cannot_be_written_is_told(tmp_path: Path, code: int, reason: str) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    with pytest.raises(JournalNotWritable) as raised, translated(tmp_path):
        raise error
    assert raised.value.facts["detail"] == reason
