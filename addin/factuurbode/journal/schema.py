"""The journal's tables, and opening them safely."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..domain.numbering import same_number
from ..errors import JournalBusy, JournalDamaged, JournalError, JournalNotWritable, JournalTooNew
from .import_tables import IMPORT_TABLES
from .void_tables import VOID_TABLES

VERSION = 3
PATIENCE = 10.0
"""Seconds to wait for another program that holds the journal."""

_OURS = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.IntegrityError)  # mistakes in this program
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "disk.full",
    sqlite3.SQLITE_READONLY: "disk.read_only",
    sqlite3.SQLITE_CANTOPEN: "disk.denied",
    sqlite3.SQLITE_PERM: "disk.denied",
    sqlite3.SQLITE_IOERR: "disk.failed",
    sqlite3.SQLITE_NOLFS: "disk.full",
    sqlite3.SQLITE_PROTOCOL: "disk.failed",
}

# Rollback journal and synchronous=FULL: safe on a network share, where WAL is not. Events and intents can only be
# added; the triggers make that a promise of the file, not of this program.
_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE run(id TEXT PRIMARY KEY, command TEXT NOT NULL, started TEXT NOT NULL, computer TEXT NOT NULL) STRICT;
CREATE TABLE intent(
    id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES run(id), invoice TEXT NOT NULL, channel TEXT NOT NULL,
    content TEXT NOT NULL, pdf TEXT NOT NULL, pdf_sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
    recipients TEXT NOT NULL, sender TEXT NOT NULL, envelope_to TEXT NOT NULL, message TEXT NOT NULL,
    message_sha256 TEXT NOT NULL, saved_as TEXT NOT NULL, resend_of TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX intent_invoice ON intent(invoice, channel);
CREATE TABLE event(
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, run TEXT NOT NULL REFERENCES run(id),
    dispatch TEXT NOT NULL REFERENCES intent(id), state TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL,
    job TEXT NOT NULL) STRICT;
CREATE INDEX event_dispatch ON event(dispatch, n);
CREATE TRIGGER intent_kept_u BEFORE UPDATE ON intent BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER intent_kept_d BEFORE DELETE ON intent BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER event_kept_u BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER event_kept_d BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""

# What the versions since the first one added; a journal of an older program gets them when it is opened.
_ADDED = {
    2: (
        """
CREATE TABLE recipient(
    n INTEGER PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL REFERENCES event(n),
    dispatch TEXT NOT NULL REFERENCES intent(id), address TEXT NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL,
    detail TEXT NOT NULL) STRICT;
CREATE INDEX recipient_dispatch ON recipient(dispatch, n);
CREATE TRIGGER recipient_kept_u BEFORE UPDATE ON recipient BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER recipient_kept_d BEFORE DELETE ON recipient BEGIN SELECT RAISE(ABORT, 'append only'); END;
INSERT INTO recipient(event, dispatch, address, state, code, detail)
    SELECT event.n, intent.id, address.value, event.state, event.code, ''
    FROM event JOIN intent ON intent.id = event.dispatch, json_each(intent.envelope_to) AS address
    WHERE event.state IN ('sent', 'in-doubt');
""",
        IMPORT_TABLES,
    ),
    3: (
        """
CREATE TABLE content(sha256 TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TRIGGER content_kept_u BEFORE UPDATE ON content BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER content_kept_d BEFORE DELETE ON content BEGIN SELECT RAISE(ABORT, 'append only'); END;
DROP TRIGGER intent_kept_u;
ALTER TABLE intent ADD COLUMN same_number TEXT NOT NULL DEFAULT '';
UPDATE intent SET same_number = same_number(invoice);
CREATE TRIGGER intent_kept_u BEFORE UPDATE ON intent BEGIN SELECT RAISE(ABORT, 'append only'); END;
DROP INDEX intent_invoice;
CREATE INDEX intent_same_number ON intent(same_number, channel);
""",
        VOID_TABLES,
    ),
}


def open_database(path: Path) -> sqlite3.Connection:
    """A connection to the journal at *path*, made when it is not there.

    Raises JournalDamaged, JournalTooNew, JournalBusy or JournalNotWritable.
    """
    with translated(path):
        # the journal sees to it that one thread at a time uses the connection
        connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE, check_same_thread=False)
        try:
            connection.create_function("same_number", 1, same_number, deterministic=True)
            connection.execute("PRAGMA journal_mode=PERSIST")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise JournalTooNew(path=path)
            if version < VERSION:
                _bring_up_to_date(connection)
            faults = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if faults != "ok":
                raise JournalDamaged(path=path, detail=faults)
        except BaseException:
            connection.close()
            raise
        return connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Add what is missing, all or nothing; another program may have done so since the version was read."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        steps = [_TABLES] if version == 0 else []
        steps += [part for number, parts in _ADDED.items() if number > max(version, 1) for part in parts]
        for step in steps:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """The statements of *script*; `executescript` would end the transaction before its first one."""
    statement = ""
    for line in script.splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All of the block's writes on disk, or none."""
    with translated(path):
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("COMMIT")  # has to wait for whoever reads, and may give up
        except BaseException:
            if connection.in_transaction:  # a full disk makes SQLite undo it by itself
                connection.execute("ROLLBACK")
            raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours (sqlite.org/rescode.html): held by another, not writable, or damaged."""
    try:
        yield
    except _OURS:
        raise
    except sqlite3.DatabaseError as error:
        raise _meaning(error, path) from error


def _meaning(error: sqlite3.DatabaseError, path: Path) -> JournalError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # absent where Python itself raised it
    if code in _HELD:
        return JournalBusy(path=path)
    if code in _UNWRITABLE:
        return JournalNotWritable(path=path, detail=_UNWRITABLE[code])
    return JournalDamaged(path=path, detail=error)
