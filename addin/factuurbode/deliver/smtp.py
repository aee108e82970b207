"""Handing messages to a mail server, so that afterwards it is known whether it has them (RFC 5321, RFC 1047)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ..domain.addressees import Addressee
from ..domain.settings import Mail
from ..domain.states import State
from ..ports import Envelope, HandingOver, MailStep, Reached, Receipt, unseen
from .credentials import Credentials, nothing_to_show
from .diagnose import Moment, verdict
from .smtp_reply import Reply
from .smtp_session import Barred, Session, open_session, sign_in_needed
from .smtp_wire import LineLost

STEP_SECONDS = 60.0
LAST_REPLY_SECONDS = 600.0  # RFC 5321 § 4.5.3.2.6; giving up sooner would make more messages doubtful
_ADDRESS = re.compile(r"[^\s\x00-\x20\x7f<>()\[\]\\,;:\"@]+@[^\s\x00-\x20\x7f<>()\\,;\"@]+")
_GO_AHEAD = 354
_SHUTTING_DOWN = 421
_SIGN_IN_NEEDED = 530
_LINE_LOST = "mail_connection_lost"


class _Refused(Exception):
    """The server does not take this message, or not for one recipient; the connection goes on when `usable`."""

    def __init__(self, receipt: Receipt, reply: str = "", *, usable: bool = True) -> None:
        super().__init__(receipt.code)
        self.receipt = receipt
        self.reply = reply
        self.usable = usable


class SmtpMailer:
    """`ports.Mailer` over one connection for a run, opened at the first message.

    A server that could not be reached, trusted or signed in to is not tried again in the same run: every further
    message gets the same receipt, because repeated wrong sign-ins make providers lock an account.
    """

    def __init__(
        self,
        settings: Mail,
        credentials: Credentials = nothing_to_show,
        *,
        step_seconds: float = STEP_SECONDS,
        last_reply_seconds: float = LAST_REPLY_SECONDS,
        reached: Reached = unseen,
    ) -> None:
        self._mail = settings
        self._credentials = credentials
        self._step_seconds = step_seconds
        self._last_reply_seconds = last_reply_seconds
        self._reached = reached
        self._session: Session | None = None
        self._barred: Receipt | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._mail.server}:{self._mail.port})"

    def send(self, envelope: Envelope, handing_over: HandingOver) -> Receipt:
        """See `ports.Mailer.send`. A line that breaks before anything was handed over gets one more chance."""
        if (receipt := self._barred or _unfit(envelope)) is not None:
            return receipt
        told: list[tuple[Addressee, ...]] = []

        def handing(refused: tuple[Addressee, ...]) -> None:
            told.append(refused)
            handing_over(refused)

        receipt = self._offer(envelope, handing)
        if receipt.code == _LINE_LOST and not told and self._barred is None:
            receipt = self._offer(envelope, handing)
        return receipt

    def close(self) -> None:
        """See `ports.Mailer.close`."""
        if self._session:
            self._session.end()
            self._session = None

    def _offer(self, envelope: Envelope, handing_over: HandingOver) -> Receipt:
        try:
            session, refused = self._prepared(envelope)
        except Barred as barred:
            self._barred = barred.receipt
            return barred.receipt
        except _Refused as stopped:
            return stopped.receipt
        receipt = self._hand_over(session, envelope.message, partial(handing_over, refused))
        return replace(receipt, refused=refused)

    def _prepared(self, envelope: Envelope) -> tuple[Session, tuple[Addressee, ...]]:
        """A session that waits for the body, and who is not to get it. Raises Barred or _Refused.

        A connection that was kept since the last message may have been ended by the server meanwhile. As nothing of
        this message has been handed over, a new connection gets one chance.
        """
        kept, self._session = self._session, None
        if kept:
            try:
                return self._asked(kept, envelope)
            except _Refused as refused:
                if refused.usable:
                    raise
        return self._asked(open_session(self._mail, self._credentials, self._step_seconds, self._reached), envelope)

    def _asked(self, session: Session, envelope: Envelope) -> tuple[Session, tuple[Addressee, ...]]:
        """*session* after the server agreed to take *envelope*. A session that is of no more use is closed."""
        usable = False
        try:
            refused = _ask(session, self._mail, envelope, self._reached)
            usable = True
        except LineLost as lost:
            raise _Refused(Receipt(State.LATER, _LINE_LOST, str(lost)), usable=False) from lost
        except _Refused as stopped:
            if stopped.usable and _reset(session):
                self._session = session
                usable = True
            raise
        finally:
            if not usable:
                session.wire.close()
        return session, refused

    def _hand_over(self, session: Session, message: bytes, handing_over: Callable[[], None]) -> Receipt:
        usable = False
        try:
            try:
                session.wire.body(message)
            except LineLost as lost:
                return Receipt(State.LATER, _LINE_LOST, str(lost))
            handing_over()
            try:
                early = session.wire.early_reply()
            except LineLost as lost:  # without its final dot no server takes a message
                return Receipt(State.LATER, _LINE_LOST, str(lost))
            if early is not None:
                return _broken_off(early)
            try:
                session.wire.dot()
                reply = session.wire.reply(self._last_reply_seconds)
            except LineLost as lost:
                return Receipt(State.IN_DOUBT, "mail_in_doubt", str(lost))
            usable = reply.code != _SHUTTING_DOWN and (reply.accepted or reply.temporary or reply.refused)
        finally:
            if usable:
                self._session = session
            else:
                session.wire.close()
        receipt = _final(reply)
        if receipt.state is State.SENT:
            self._reached(MailStep.ACCEPTED)
        return receipt


def _ask(session: Session, mail: Mail, envelope: Envelope, reached: Reached) -> tuple[Addressee, ...]:
    """MAIL, RCPT for everyone, DATA. Returns who is not to get it; raises _Refused, Barred or LineLost."""
    wire = session.wire
    reply = wire.command(f"MAIL FROM:<{envelope.sender}>{_parameters(session, envelope)}")
    if reply.code == _SIGN_IN_NEEDED:
        raise sign_in_needed(session, mail, reply)
    _expect(reply, Moment.SENDER, envelope.sender)
    reached(MailStep.SENDER)
    refused: list[Addressee] = []
    for recipient in envelope.everyone:
        try:
            _expect(wire.command(f"RCPT TO:<{recipient}>"), Moment.RECIPIENT, recipient)
        except _Refused as one:
            if not one.usable:
                raise
            refused.append(Addressee(recipient, one.receipt.state, one.receipt.code, one.reply))
    if {one.address for one in refused}.issuperset(envelope.recipients):
        raise _Refused(_together(refused, envelope))
    reached(MailStep.RECIPIENT)
    reply = wire.command("DATA")
    if reply.code != _GO_AHEAD:
        _expect(reply, Moment.MESSAGE, "")
        raise _out_of_turn(reply)
    return tuple(refused)


def _expect(reply: Reply, moment: Moment, address: str) -> None:
    if reply.accepted:
        return
    if not (reply.temporary or reply.refused):
        raise _out_of_turn(reply)
    receipt = verdict(reply, moment)
    detail = f"{address}: {receipt.detail}" if address else receipt.detail
    raise _Refused(replace(receipt, detail=detail), str(reply), usable=reply.code != _SHUTTING_DOWN)


def _out_of_turn(reply: Reply) -> LineLost:
    return LineLost(f"an answer out of turn: {reply}")


def _together(refused: list[Addressee], envelope: Envelope) -> Receipt:
    """One receipt when nobody gets the mail: a final refusal weighs most, every address is named."""
    asked = [one for one in refused if one.address in envelope.recipients]
    heaviest = min(asked, key=lambda one: one.state is not State.FAILED)
    return Receipt(heaviest.state, heaviest.code, "; ".join(one.told for one in asked), tuple(refused))


def _parameters(session: Session, envelope: Envelope) -> str:
    """The parameters of MAIL: the size (RFC 1870) and UTF-8 (RFC 6531) where they are needed and understood."""
    size = f" SIZE={len(envelope.message)}" if "SIZE" in session.features else ""
    foreign = [address for address in (envelope.sender, *envelope.everyone) if not address.isascii()]
    if not foreign and envelope.message.partition(b"\r\n\r\n")[0].isascii():
        return size
    if "SMTPUTF8" not in session.features:
        raise _Refused(Receipt(State.FAILED, "mail_address_unsupported", ", ".join(foreign)))
    return f"{size} BODY=8BITMIME SMTPUTF8"


def _reset(session: Session) -> bool:
    """Whether the server forgot the message that it did not take and is ready for the next."""
    try:
        return session.wire.command("RSET").accepted
    except LineLost:
        return False


def _broken_off(reply: Reply) -> Receipt:
    """What a server says that does not wait for the end of the message: it cannot have it."""
    if reply.temporary or reply.refused:
        return verdict(reply, Moment.MESSAGE)
    return Receipt(State.LATER, _LINE_LOST, str(reply))


def _final(reply: Reply) -> Receipt:
    """Only an answer that says yes or no ends the doubt."""
    if reply.accepted:
        return Receipt(State.SENT, "mail_sent", str(reply))
    if reply.temporary or reply.refused:
        return verdict(reply, Moment.MESSAGE)
    return Receipt(State.IN_DOUBT, "mail_in_doubt", str(reply))


def _unfit(envelope: Envelope) -> Receipt | None:
    """The receipt for an address that could say more to the server than an address, or for nobody to write to."""
    odd = [address for address in (envelope.sender, *envelope.everyone) if not _ADDRESS.fullmatch(address)]
    if odd or not envelope.recipients:
        return Receipt(State.FAILED, "mail_address_invalid", ", ".join(map(repr, odd)))
    return None
