"""Reading and appending to the journal. Every state change of every dispatch goes through `advance`."""

from __future__ import annotations

import platform
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TypeVar

from ..domain.addressees import Addressee
from ..domain.content import Content
from ..domain.model import Channel
from ..domain.numbering import same_number
from ..domain.preflight import Past
from ..domain.sent import Sent, sent_of
from ..domain.states import DELIVERED, TRANSITIONS, TURNED_AWAY, State
from ..domain.upgraded_name import name_before
from ..errors import JournalDamaged
from .dispatch import Dispatch, Event, Intent
from .history import past_of
from .imports import Imports
from .rows import ALL_ADDRESSEES, DISPATCHES, MAILED, TELL, Folder, addressee, event
from .schema import open_database, transaction, translated
from .voids import Voids

T = TypeVar("T")


ENDING = ".factuurbode.db"
IN_MEMORY = Path(":memory:")
"""A journal here is new, and gone when it is closed."""


def beside(book: Path) -> Path:
    """Where the journal of *book* is. An upgraded workbook goes on with that of the one whose place it took."""
    own = _named_after(book, book.stem)
    earlier = _named_after(book, name_before(book.stem))
    return earlier if _is_there(earlier) and not _is_there(own) else own


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name so long that no file can have it
        return False


def _named_after(book: Path, name: str) -> Path:
    return book.with_name(f"{name}{ENDING}")


def new_dispatch_id() -> str:
    """A name for a dispatch that no other will have."""
    return secrets.token_hex(8)


def _kept(content: Content) -> tuple[str, str]:
    return content.sha256, content.text


def _now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """The journal of one workbook. Paths are kept relative to its folder, so that the folder can be moved.

    Several threads may use it: mail goes over several lines at once.
    """

    def __init__(self, path: Path, now: Callable[[], datetime] = _now) -> None:
        self._path = path
        self._folder = Folder(path.parent.resolve())
        self._now = now
        self.is_new = not path.exists()
        self._database = open_database(path)
        self._database.row_factory = sqlite3.Row
        self._one_at_a_time = RLock()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @cached_property
    def imports(self) -> Imports:
        """What imports brought into the workbook."""
        return Imports(self._database, self._path, self._now)

    @cached_property
    def voids(self) -> Voids:
        """The invoice numbers that are void."""
        return Voids(self._database, self._path, self._now)

    # --- who this journal belongs to, and what the workbook has been told ---
    def noted(self, key: str) -> str:
        """A fact about the journal itself, such as `book`, `written_run` or `written_event`; '' when not noted."""
        with self._reading():
            row = self._database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else ""

    def note(self, **facts: str) -> None:
        """Remember *facts* about the journal itself, all at once."""
        with self._writing():
            self._database.executemany("INSERT OR REPLACE INTO meta VALUES(?, ?)", facts.items())

    # --- runs, intents and steps ---
    def begin_run(self, command: str) -> str:
        """The id of a new run: its time, readable, and a few characters that make it unique."""
        moment = self._now()
        with self._writing():
            run = self._unused(f"{moment:%Y%m%d-%H%M%S}")
            facts = (run, command, moment.isoformat(), platform.node())
            self._database.execute("INSERT INTO run VALUES(?, ?, ?, ?)", facts)
        return run

    def _unused(self, moment: str) -> str:
        """*moment* with characters that no other run of that second has."""
        run = f"{moment}-{secrets.token_hex(2)}"
        taken = self._database.execute("SELECT 1 FROM run WHERE id = ?", (run,)).fetchone()
        return self._unused(moment) if taken else run

    def runs_up_to(self, run: str) -> frozenset[str]:
        """The ids of *run* and of all runs before it; none when there was no such run."""
        earlier = "SELECT id FROM run WHERE rowid <= (SELECT rowid FROM run WHERE id = ?)"
        with self._reading():
            return frozenset(row["id"] for row in self._database.execute(earlier, (run,)).fetchall())

    def intend(self, run: str, intent: Intent) -> Dispatch:
        """Write down *intent* as READY. Raises ValueError when the same delivery is already meant or done."""
        with self._writing():
            earlier = self.latest(intent.invoice, intent.channel)
            again = earlier is None or earlier.state in TURNED_AWAY
            if not again and not (earlier and earlier.state in DELIVERED and intent.resend_of == earlier.intent.id):
                raise ValueError(f"{intent.invoice} over {intent.channel} is already meant")
            self._database.execute("INSERT OR IGNORE INTO content VALUES(?, ?)", _kept(intent.content))
            facts = self._folder.row_of(intent, run)
            self._database.execute(f"INSERT INTO intent VALUES({', '.join('?' * len(facts))})", facts)
            self._append(run, intent.id, State.READY)
        return self.dispatch(intent.id)

    def advance(
        self,
        run: str,
        dispatch: str,
        state: State,
        *,
        code: str = "",
        detail: str = "",
        job: str = "",
        addressees: Iterable[Addressee] = (),
    ) -> Dispatch:
        """Record that *dispatch* is now in *state*, and how it stands with the *addressees* that this is about.

        Raises ValueError for a step that `TRANSITIONS` does not have.
        """
        with self._writing():
            current = self.dispatch(dispatch)
            if state not in TRANSITIONS.get(current.state, ()) and not (state is current.state and job):
                raise ValueError(f"a dispatch that is {current.state} cannot become {state}")
            last = self._append(run, dispatch, state, code, detail, job)
            told = [(last.n, dispatch, one.address, one.state, one.code, one.detail) for one in addressees]
            self._database.executemany(TELL, told)
        return Dispatch(current.intent, last, job or current.job)

    def _append(self, run: str, dispatch: str, state: State, code: str = "", detail: str = "", job: str = "") -> Event:
        now = self._now()
        added = self._database.execute(
            "INSERT INTO event(at, run, dispatch, state, code, detail, job) VALUES(?, ?, ?, ?, ?, ?, ?)",
            (now.isoformat(), run, dispatch, state, code, detail, job),
        )
        return Event(added.lastrowid or 0, now, run, dispatch, state, code, detail, job)

    # --- what stands in it ---
    def dispatch(self, dispatch: str) -> Dispatch:
        """The dispatch of that id. Raises LookupError when there is none."""
        for found in self._select("WHERE intent.id = ?", dispatch):
            return found
        raise LookupError(dispatch)

    def latest(self, invoice: str, channel: Channel) -> Dispatch | None:
        """The dispatch of *invoice* over *channel* to which something happened last.

        That is the newest one, but for a mail that comes back when another has already gone beside it.
        """
        newest = "WHERE same_number = ? AND channel = ? ORDER BY last.n DESC LIMIT 1"
        return next(self._select(newest, same_number(invoice), channel), None)

    def of_invoice(self, invoice: str) -> tuple[Dispatch, ...]:
        """All dispatches of *invoice*, oldest first."""
        return tuple(self._select("WHERE same_number = ? ORDER BY intent.rowid", same_number(invoice)))

    def newest(self, invoice: str) -> tuple[Dispatch, ...]:
        """What `latest` gives for each channel that *invoice* has had a dispatch for.

        One that was given up is left out where another channel has taken its place.
        """
        by_last_step = sorted(self.of_invoice(invoice), key=lambda dispatch: dispatch.last.n)
        found = {dispatch.intent.channel: dispatch for dispatch in by_last_step}
        meant = tuple(dispatch for dispatch in found.values() if not dispatch.superseded)
        return meant or tuple(found.values())

    def in_states(self, *states: State) -> tuple[Dispatch, ...]:
        """The dispatches that now stand in one of *states*, oldest first."""
        places = ", ".join("?" * len(states))
        return tuple(self._select(f"WHERE last.state IN ({places}) ORDER BY intent.rowid", *states))

    def events_after(self, n: int) -> tuple[Event, ...]:
        """The steps that came after step *n*, in order."""
        with self._reading():
            rows = self._database.execute("SELECT * FROM event WHERE n > ? ORDER BY n", (n,)).fetchall()
        return tuple(self._understood(row, event) for row in rows)

    def mailed_since(self, moment: datetime) -> tuple[tuple[datetime, int], ...]:
        """The messages that a server took, or may have taken, after *moment*: when, and for how many recipients."""
        with self._reading():
            rows = self._database.execute(MAILED, (State.SENT, State.IN_DOUBT, moment.astimezone(UTC).isoformat()))
            return tuple((datetime.fromisoformat(row["at"]), row["recipients"]) for row in rows.fetchall())

    def addressees(self, dispatch: str) -> tuple[Addressee, ...]:
        """How *dispatch* stands with each address that it was offered to, as far as is known."""
        with self._reading():
            rows = self._database.execute(
                "SELECT * FROM recipient WHERE dispatch = ? ORDER BY n", (dispatch,)
            ).fetchall()
        latest = {row["address"]: self._understood(row, addressee) for row in rows}
        return tuple(latest.values())

    def last_moment(self) -> datetime | None:
        """When the newest step was taken, by the clock of the computer that took it."""
        with self._reading():
            row = self._database.execute("SELECT * FROM event ORDER BY n DESC LIMIT 1").fetchone()
        return self._understood(row, event).at if row else None

    def past(self) -> Mapping[str, Past]:
        """What counts for the next run, by what `same_number` makes of each invoice's number."""
        with self._reading():
            rows = self._database.execute(ALL_ADDRESSEES).fetchall()
            texts = {row["sha256"]: row for row in self._database.execute("SELECT * FROM content").fetchall()}

        def sent(content: Content) -> Sent | None:
            row = texts.get(content.sha256)
            return self._understood(row, lambda kept: sent_of(kept["text"])) if row else None

        told = ((row["invoice"], self._understood(row, addressee)) for row in rows)
        past = past_of(self._select("ORDER BY last.n"), told, sent)
        for number, one in self.voids.all().items():
            past[number] = replace(past.get(number, Past(number=one.number)), void=True)
        return past

    def sent(self, dispatch: Dispatch) -> Sent | None:
        """The invoice as *dispatch* brings it; None where that was not kept."""
        with self._reading():
            row = self._database.execute(
                "SELECT * FROM content WHERE sha256 = ?", (dispatch.intent.content.sha256,)
            ).fetchone()
        return self._understood(row, lambda kept: sent_of(kept["text"])) if row else None

    def _select(self, condition: str, *values: str) -> Iterator[Dispatch]:
        with self._reading():
            rows = self._database.execute(DISPATCHES + condition, values).fetchall()
        return (self._understood(row, self._folder.dispatch) for row in rows)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._one_at_a_time, translated(self._path):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._one_at_a_time, transaction(self._database, self._path):
            yield

    def _understood(self, row: sqlite3.Row, meaning: Callable[[sqlite3.Row], T]) -> T:
        """What *row* means. Raises JournalDamaged for one that this program cannot have written."""
        try:
            return meaning(row)
        except (ValueError, TypeError) as error:
            raise JournalDamaged(path=self._path, detail=error) from error
