"""What one conversation with a mail server means for a dispatch: who has the mail now, and who does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.addressees import Addressee, together
from ..domain.states import State
from ..journal import Intent
from ..ports import Envelope, Receipt


@dataclass(frozen=True, slots=True)
class Posted:
    """The next step of a dispatch; `addressees` are those whom the conversation was about."""

    state: State
    code: str
    detail: str
    addressees: tuple[Addressee, ...]


def envelope_of(intent: Intent, known: Iterable[Addressee], message: bytes) -> Envelope:
    """*message* for those of *intent* who do not have it yet; copies alone, where only they are left.

    Who was refused for good is not asked for again beside the others (RFC 5321 § 4.2.1).
    """
    done_with = {one.address for one in known if one.state in (State.SENT, State.FAILED)}
    to = tuple(address for address in intent.recipients if address not in done_with)
    copies = tuple(address for address in intent.envelope_to if address not in {*done_with, *intent.recipients})
    return Envelope(intent.sender, to, message, copies) if to else Envelope(intent.sender, copies, message)


def posted(intent: Intent, known: Iterable[Addressee], receipt: Receipt) -> Posted:
    """The step that *receipt* makes of a dispatch of which *known* stood so before."""
    before = {one.address: one for one in known}
    envelope = envelope_of(intent, before.values(), b"")
    refused = {one.address: one for one in receipt.refused}
    others = receipt.state
    waiting = [one for one in receipt.refused if one.state is State.LATER and one.address in envelope.recipients]
    if waiting and refused.keys() >= set(envelope.recipients):
        others = State.LATER  # a copy that the server would take waits with the mail
    fared = tuple(
        refused.get(address) or Addressee(address, others, receipt.code, receipt.detail)
        for address in envelope.everyone
    )
    whole = {**before, **{one.address: one for one in fared}}
    state = together(whole.values(), intent.recipients)
    without = [one.told for one in whole.values() if one.state in (State.FAILED, State.LATER)]
    mixed = len({one.state for one in whole.values()}) > 1
    if not mixed or state in (State.FAILED, State.IN_DOUBT):
        return Posted(state, receipt.code, receipt.detail, fared)
    code = {State.PARTLY: "mail_partly", State.SENT: "mail_copy_refused"}.get(state, "mail_partly_later")
    return Posted(state, code, "; ".join(without), fared)
