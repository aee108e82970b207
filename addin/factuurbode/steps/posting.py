"""The way by mail: room in the provider's limits, the message as it was archived, and a second chance at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..deliver.archive import Archive
from ..domain.settings import Settings
from ..domain.states import State
from ..journal import Dispatch
from ..ports import Envelope, Mailer, unseen
from .office import Office
from .pacing import Pace
from .record import Record
from .report import Watch

_PASSES = frozenset({"mail_temporary", "mail_greylisted", "mail_connection_lost"})
"""Why a mail server did not take a message, where the same message may be taken a little later."""


class Post:
    """Moves the mail of one run. Close it when the run ends."""

    def __init__(self, office: Office, settings: Settings, record: Record, watch: Watch, reason: str) -> None:
        self._office = office
        self._mail = settings.mail
        self._record = record
        self._watch = watch
        self._reason = reason
        self._archive = Archive(settings.general.archive)
        self._pace = Pace(office.journal, settings.mail, office.now)
        self._mailer: Mailer | None = None
        self._deferred: list[Dispatch] = []

    def move(self, dispatch: Dispatch) -> Dispatch | None:
        """*dispatch* after it moved; None when it gets another chance in `finish`. Unmoved when the person cancels."""
        full_until = self._pace.full_until(len(dispatch.intent.envelope_to))
        if full_until:
            return self._put_off(dispatch, full_until)
        self._pace.wait(self._watch)
        if self._watch.cancelled:
            return dispatch
        moved = self._send(dispatch)
        if self._office.pauses and moved.state is State.LATER and moved.last.code in _PASSES:
            self._deferred.append(moved)
            return None
        return moved

    def finish(self) -> Iterator[Dispatch]:
        """Offer again, after growing pauses, what the mail server did not take for the moment (RFC 5321 § 4.5.4.1)."""
        for seconds in self._office.pauses:
            if not self._deferred:
                return
            self._pace.pause(seconds, self._watch)
            self.close()  # the next try is a new acquaintance: a server that shut us out may let us in
            trying, self._deferred = self._deferred, []
            for dispatch in trying:
                self._pace.wait(self._watch)
                moved = dispatch if self._watch.cancelled else self._send(dispatch)
                if moved.state is State.LATER:
                    self._deferred.append(moved)
                else:
                    yield moved
        yield from self._deferred

    def close(self) -> None:
        """Take leave of the mail server."""
        if self._mailer is not None:
            self._mailer.close()
            self._mailer = None

    def _put_off(self, dispatch: Dispatch, until: datetime) -> Dispatch:
        """One in doubt stays so: what may have arrived is not merely late."""
        if dispatch.state is State.IN_DOUBT:
            return dispatch
        local = until.astimezone(self._office.now().tzinfo)
        return self._record.advance(dispatch, State.LATER, code="daily_limit", detail=f"{local:%d-%m-%Y %H:%M}")

    def _send(self, dispatch: Dispatch) -> Dispatch:
        intent = dispatch.intent
        if intent.message is None:
            raise ValueError(f"dispatch {intent.id} has no message")
        message = self._archive.load(intent.message, intent.message_sha256)
        if self._mailer is None:
            self._mailer = self._office.open_mailer(self._mail, unseen)
        again = dispatch.state is State.IN_DOUBT
        code, detail = ("resent_in_doubt", self._reason) if again else ("", "")
        self._record.advance(dispatch, State.SENDING, code=code, detail=detail)

        def handing_over() -> None:
            self._record.advance(dispatch, State.HANDOVER)

        receipt = self._mailer.send(Envelope(intent.sender, intent.envelope_to, message), handing_over)
        if receipt.state in (State.SENT, State.IN_DOUBT):
            self._pace.went(len(intent.envelope_to))
        return self._record.receipt(dispatch, receipt)
