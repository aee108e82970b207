"""The way by mail: room in the provider's limits, the message as it was archived, and a second chance at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from ..deliver.archive import Archive
from ..domain.addressees import Addressee
from ..domain.settings import Settings
from ..domain.states import State
from ..errors import JournalError
from ..journal import Dispatch
from ..ports import Envelope, Receipt, unseen
from .carriers import Carriers
from .office import Office
from .pacing import Pace
from .posted import envelope_of, posted
from .record import Record
from .report import Watch

_PASSES = frozenset({"mail_temporary", "mail_greylisted", "mail_connection_lost", "mail_partly_later"})
"""Why a mail server did not take a message, where the same message may be taken a little later."""


class Post:
    """Moves the mail of one run. Close it when the run ends."""

    def __init__(self, office: Office, settings: Settings, record: Record, watch: Watch, reason: str) -> None:
        self._office = office
        self._record = record
        self._watch = watch
        self._reason = reason
        self._archive = Archive(settings.general.archive)
        self._pace = Pace(office.journal, settings.mail, office.now, office.pauses[0] if office.pauses else 0)
        open_mailer = partial(office.open_mailer, settings.mail, unseen)
        self._carriers = Carriers(settings.mail.connections, open_mailer)
        self._deferred: list[Dispatch] = []

    def move(self, dispatch: Dispatch) -> Iterator[Dispatch]:
        """Send *dispatch*; give what has come of this one or of earlier ones by now.

        It comes back unmoved when the person cancels. What is not given here, `finish` gives.
        """
        remaining = self._remaining(dispatch)
        if full_until := self._pace.full_until(len(remaining.everyone)):
            yield self._put_off(dispatch, full_until)
            return
        self._pace.wait(self._watch)
        if self._watch.cancelled:
            yield dispatch
            return
        self._send(dispatch, remaining)
        for moved in self._came_back():
            if self._office.pauses and moved.state is State.LATER and moved.last.code in _PASSES:
                self._deferred.append(moved)
            else:
                yield moved

    def finish(self) -> Iterator[Dispatch]:
        """Offer again, after growing pauses, what the mail server did not take for the moment (RFC 5321 § 4.5.4.1)."""
        yield from self._sorted_out(all_of_them=True)
        for seconds in self._office.pauses:
            if not self._deferred:
                return
            self._pace.pause(seconds, self._watch)
            self._carriers.hang_up()  # the next try is a new acquaintance: a server that shut us out may let us in
            trying, self._deferred = self._deferred, []
            for dispatch in trying:
                remaining = self._remaining(dispatch)
                if full_until := self._pace.full_until(
                    len(remaining.everyone)
                ):  # the room it left was taken by others meanwhile
                    yield self._put_off(dispatch, full_until)
                    continue
                self._pace.wait(self._watch)
                if self._watch.cancelled:
                    self._deferred.append(dispatch)
                    continue
                self._send(dispatch, remaining)
                yield from self._sorted_out()
            yield from self._sorted_out(all_of_them=True)
        yield from self._deferred

    def close(self) -> None:
        """Take leave of the mail server; what was under way meanwhile is written down.

        Raises JournalError when some of it could not be; that is then in doubt for the next command.
        """
        self._carriers.close()
        failed: JournalError | None = None
        while self._carriers.busy:  # what cannot be written down of one must not cost the others theirs
            try:
                for _ in self._came_back(all_of_them=True):
                    pass
            except JournalError as error:
                failed = failed or error
        if failed is not None:
            raise failed

    def _sorted_out(self, *, all_of_them: bool = False) -> Iterator[Dispatch]:
        """What came back and is done with; what may go a little later is put aside."""
        for moved in self._came_back(all_of_them=all_of_them):
            if moved.state is State.LATER and self._office.pauses:
                self._deferred.append(moved)
            else:
                yield moved

    def _put_off(self, dispatch: Dispatch, until: datetime) -> Dispatch:
        """One in doubt stays so: what may have arrived is not merely late."""
        if dispatch.state is State.IN_DOUBT:
            return dispatch
        local = until.astimezone(self._office.now().tzinfo)
        return self._record.advance(dispatch, State.LATER, code="daily_limit", detail=f"{local:%d-%m-%Y %H:%M}")

    def _remaining(self, dispatch: Dispatch) -> Envelope:
        """Those who do not have it yet, and nothing to read: the message is loaded when it goes."""
        return envelope_of(dispatch.intent, self._office.journal.addressees(dispatch.intent.id), b"")

    def _send(self, dispatch: Dispatch, remaining: Envelope) -> None:
        """Let the message go to those of *remaining*."""
        intent = dispatch.intent
        if intent.message is None:
            raise ValueError(f"dispatch {intent.id} has no message")
        envelope = replace(remaining, message=self._archive.load(intent.message, intent.message_sha256))
        again = dispatch.state is State.IN_DOUBT
        code, detail = ("resent_in_doubt", self._reason) if again else ("", "")
        self._record.advance(dispatch, State.SENDING, code=code, detail=detail)

        def handing_over(refused: tuple[Addressee, ...]) -> None:
            not_these = {one.address for one in refused}
            handed = [Addressee(address, State.HANDOVER) for address in envelope.everyone if address not in not_these]
            self._record.advance(dispatch, State.HANDOVER, addressees=(*handed, *refused))

        self._pace.went(intent.id, len(envelope.everyone))
        self._carriers.take(dispatch, envelope, handing_over)

    def _came_back(self, *, all_of_them: bool = False) -> Iterator[Dispatch]:
        for dispatch, receipt in self._carriers.back(all_of_them=all_of_them):
            yield self._written_down(dispatch, receipt)

    def _written_down(self, dispatch: Dispatch, receipt: Receipt) -> Dispatch:
        if receipt.slow_down:
            self._pace.slow_down()
            self._carriers.one_at_a_time()
        elif receipt.state is State.SENT:
            self._pace.go_on()
        outcome = posted(dispatch.intent, self._office.journal.addressees(dispatch.intent.id), receipt)
        taken = sum(one.state in (State.SENT, State.IN_DOUBT) for one in outcome.addressees)
        self._pace.came_back(dispatch.intent.id, taken)
        return self._record.advance(
            dispatch, outcome.state, code=outcome.code, detail=outcome.detail, addressees=outcome.addressees
        )
