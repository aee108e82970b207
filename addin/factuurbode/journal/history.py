"""What the journal's whole story comes to for each invoice: what the next run has to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..domain.addressees import Addressee, same_address
from ..domain.model import Channel
from ..domain.preflight import Past, Refusal
from ..domain.states import NEVER_BY_ITSELF, TURNED_AWAY, State
from .dispatch import Dispatch

_FOUND_OUT = frozenset({State.SENT, State.BOUNCED})


@dataclass(slots=True)
class _Story:
    """One invoice, while its dispatches are gone through, in the order of their last steps."""

    states: dict[Channel, State] = field(default_factory=dict)
    content: str = ""
    served: set[str] = field(default_factory=set)
    refusal: Refusal | None = None

    def goes_on(self, dispatch: Dispatch) -> None:
        """A resend that failed does not undo the delivery before it; what was given up is as if never meant."""
        intent, state = dispatch.intent, dispatch.state
        if dispatch.superseded and self.states.get(intent.channel) not in NEVER_BY_ITSELF:
            self.states.pop(intent.channel, None)
        elif state is not State.FAILED or self.states.get(intent.channel) not in NEVER_BY_ITSELF:
            self.states[intent.channel] = state
        if state in NEVER_BY_ITSELF:
            self.content = intent.content
        if intent.channel is Channel.MAIL:
            by_server = state in TURNED_AWAY and (state is State.BOUNCED or dispatch.last.code.startswith("mail_"))
            asked = frozenset(map(same_address, intent.recipients))
            self.refusal = Refusal(intent.content, asked, intent.sender) if by_server else None

    def hears(self, addressee: Addressee) -> None:
        """Who has the invoice; a mail that came back was not received after all."""
        if addressee.state in _FOUND_OUT:
            change = self.served.add if addressee.state is State.SENT else self.served.discard
            change(same_address(addressee.address))


def past_of(dispatches: Iterable[Dispatch], addressees: Iterable[tuple[str, Addressee]]) -> Mapping[str, Past]:
    """For each invoice what counts for the next run, from all dispatches in the order of their last steps, and all
    addressees in theirs.

    An addressee comes with the number of its invoice. The content is that of the newest dispatch that has reached,
    or may have reached, somebody.
    """
    stories: dict[str, _Story] = {}
    for dispatch in dispatches:
        stories.setdefault(dispatch.intent.invoice, _Story()).goes_on(dispatch)
    for invoice, addressee in addressees:
        stories[invoice].hears(addressee)
    return {
        invoice: Past(story.states, story.content, frozenset(story.served), story.refusal)
        for invoice, story in stories.items()
    }
