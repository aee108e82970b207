"""The states of one dispatch (one decision to deliver one invoice over one channel) and how they follow each other.

`TRANSITIONS` is the whole of it: the journal refuses any other step, and the tests kill the program at each.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a dispatch, or an invoice that has none, stands."""

    READY = "ready"
    SENDING = "sending"
    HANDOVER = "handover"  # the message's final dot may have left; only the server's answer is still to come
    SENT = "sent"
    LATER = "later"
    FAILED = "failed"
    IN_DOUBT = "in-doubt"
    PRINTING = "printing"
    PRINTED = "printed"
    ATTENTION = "attention"
    SAVED = "saved"
    HELD = "held"
    BLOCKED = "blocked"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.READY: frozenset({State.SENDING, State.LATER, State.PRINTING, State.SAVED, State.FAILED}),
    State.SENDING: frozenset({State.HANDOVER, State.LATER, State.FAILED, State.READY}),
    State.HANDOVER: frozenset({State.SENT, State.LATER, State.FAILED, State.IN_DOUBT}),
    State.LATER: frozenset({State.SENDING, State.LATER, State.FAILED}),
    State.IN_DOUBT: frozenset({State.SENDING, State.SENT}),  # sent again, or a person knows that it arrived
    State.PRINTING: frozenset({State.PRINTED, State.ATTENTION, State.FAILED, State.READY}),
    State.ATTENTION: frozenset({State.PRINTED, State.FAILED}),
}

DELIVERED = frozenset({State.SENT, State.PRINTED, State.SAVED})
"""The invoice has left the bakery; only an explicit resend sends it again."""

IN_FLIGHT = frozenset({State.SENDING, State.HANDOVER, State.PRINTING})
"""A process that dies here leaves a dispatch that the next command must settle first."""

UNFINISHED = frozenset({State.READY, State.LATER})
"""Meant, and not yet gone: the next run goes on with it."""

NEVER_BY_ITSELF = DELIVERED | {State.IN_DOUBT}
"""States from which no run goes on without being told to (B4)."""

WORST_FIRST: tuple[State, ...] = (
    State.FAILED,
    State.IN_DOUBT,
    State.ATTENTION,
    State.BLOCKED,
    State.LATER,
    State.HELD,
    State.HANDOVER,
    State.SENDING,
    State.PRINTING,
    State.READY,
    State.SENT,
    State.PRINTED,
    State.SAVED,
)
