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
    PARTLY = "partly"  # some of its recipients have the mail, others were refused for good
    BOUNCED = "bounced"  # accepted, and sent back afterwards
    LATER = "later"
    FAILED = "failed"
    IN_DOUBT = "in-doubt"
    PRINTING = "printing"
    PRINTED = "printed"
    ATTENTION = "attention"
    SAVED = "saved"
    HELD = "held"
    BLOCKED = "blocked"
    VOID = "void"  # its number was cancelled: it never goes out


TRANSITIONS: dict[State, frozenset[State]] = {
    State.READY: frozenset({State.SENDING, State.LATER, State.PRINTING, State.SAVED, State.FAILED}),
    # from SENDING straight to SENT or PARTLY: some had it already, and the rest was refused for good
    State.SENDING: frozenset({State.HANDOVER, State.LATER, State.FAILED, State.READY, State.SENT, State.PARTLY}),
    State.HANDOVER: frozenset({State.SENT, State.PARTLY, State.LATER, State.FAILED, State.IN_DOUBT}),
    State.LATER: frozenset({State.SENDING, State.LATER, State.FAILED, State.SENT}),
    # sent again, or known to have arrived; LATER: at some, while others were refused for the moment before the doubt
    State.IN_DOUBT: frozenset({State.SENDING, State.SENT, State.PARTLY, State.LATER}),
    # SENT after a refusal or a return: who is without is no longer written to, and everyone else has it
    State.PARTLY: frozenset({State.SENT, State.BOUNCED}),
    State.FAILED: frozenset({State.SENT, State.FAILED}),  # FAILED: and no longer meant, for it goes another way now
    State.BOUNCED: frozenset({State.SENT, State.BOUNCED}),  # BOUNCED: from one more address
    State.SENT: frozenset({State.BOUNCED}),
    State.PRINTING: frozenset({State.PRINTED, State.ATTENTION, State.FAILED, State.READY}),
    State.ATTENTION: frozenset({State.PRINTED, State.FAILED}),
}

DELIVERED = frozenset({State.SENT, State.PRINTED, State.SAVED})
"""The invoice has left the bakery; only an explicit resend sends it again."""

IN_FLIGHT = frozenset({State.SENDING, State.HANDOVER, State.PRINTING})
"""A process that dies here leaves a dispatch that the next command must settle first."""

UNFINISHED = frozenset({State.READY, State.LATER})
"""Meant, and not yet gone: the next run goes on with it."""

TURNED_AWAY = frozenset({State.FAILED, State.PARTLY, State.BOUNCED})
"""A mail server said no for good; it is asked again when something has changed, or when a person names the invoice."""

NEVER_BY_ITSELF = DELIVERED | {State.IN_DOUBT, State.PARTLY, State.BOUNCED}
"""The invoice has reached somebody, or may have: no run sends it there again without being told to (B4)."""

WORST_FIRST: tuple[State, ...] = (
    State.FAILED,
    State.BOUNCED,
    State.PARTLY,
    State.IN_DOUBT,
    State.ATTENTION,
    State.BLOCKED,
    State.LATER,
    State.HELD,
    State.VOID,
    State.HANDOVER,
    State.SENDING,
    State.PRINTING,
    State.READY,
    State.SENT,
    State.PRINTED,
    State.SAVED,
)
