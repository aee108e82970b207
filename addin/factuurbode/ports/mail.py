"""The ways by mail: handing a message over, and the bakery's own mailbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from ..domain.addressees import Addressee
from ..domain.states import State


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message ready to go: who it is from and to on the wire, and its bytes, which never change again.

    `copies` go with it, but it does not go for them alone.
    """

    sender: str
    recipients: tuple[str, ...]
    message: bytes
    copies: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """All addresses, each once."""
        return tuple(dict.fromkeys((*self.recipients, *self.copies)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a delivery came to, the same shape for every channel.

    `code` names a sentence (`outcome.<code>`); `detail` is what the server or printer literally said. Of a mail,
    `refused` are those who were not accepted as its recipients, LATER or FAILED each: the rest fared as `state` says.
    `slow_down` says that the server found us too fast.
    """

    state: State
    code: str = ""
    detail: str = ""
    refused: tuple[Addressee, ...] = ()
    slow_down: bool = False


HandingOver = Callable[[tuple[Addressee, ...]], None]
"""Called with those who were refused, when a message is about to be handed over for the others."""


class MailStep(StrEnum):
    """How far a conversation with a mail server came, in this order; what the settings do not ask for is not taken."""

    CONNECTED = "connected"
    SECURED = "secured"
    SIGNED_IN = "signed-in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    ACCEPTED = "accepted"


Reached = Callable[[MailStep], None]
"""Told of each step as it is reached, for who wants to see them one by one."""


def unseen(step: MailStep) -> None:
    """Nobody looks."""


class Mailer(Protocol):
    """Hands messages to a mail server over one connection."""

    def send(self, envelope: Envelope, handing_over: HandingOver) -> Receipt:
        """SENT, LATER, FAILED or IN_DOUBT; never an exception for what the server or the network does.

        *handing_over* is called after the body has been sent and before its final dot: once it has returned, a
        death of this process leaves the fate of the message unknown, before that nothing was handed over. Each
        recipient is accepted or refused on its own; when none of `recipients` is, nobody gets the message.
        """
        ...

    def close(self) -> None:
        """Say goodbye to the server. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail that came back: the Message-ID that it had, for whom it was, and what was said of it."""

    message_id: str
    recipient: str
    detail: str


class Mailbox(Protocol):
    """The bakery's own mailbox. Every method but `close` raises MailboxUnreachable when it cannot be asked."""

    def keep_sent(self, message: bytes, when: datetime) -> None:
        """Put *message* into the folder for sent mail, as read, sent at *when*."""
        ...

    def holds(self, message_id: str) -> bool:
        """Whether a mail with *message_id* is in the folder for sent mail or among what came in."""
        ...

    def bounces(self, since: datetime) -> tuple[Bounce, ...]:
        """The mails that came back since the day of *since*."""
        ...

    def close(self) -> None:
        """Take leave of the server. May be called twice."""
        ...
