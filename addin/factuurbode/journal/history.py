"""What the journal's whole story comes to for each invoice: what the next run has to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..domain.addressees import Addressee, same_address
from ..domain.content import Content
from ..domain.model import Channel
from ..domain.numbering import same_number
from ..domain.preflight import Past, Refusal
from ..domain.sent import Sent
from ..domain.states import NEVER_BY_ITSELF, TURNED_AWAY, State
from .dispatch import Dispatch

_FOUND_OUT = frozenset({State.SENT, State.BOUNCED})


@dataclass(slots=True)
class _Story:
    """One invoice, while its dispatches are gone through, in the order of their last steps."""

    number: str
    states: dict[Channel, State] = field(default_factory=dict)
    reached: Content | None = None
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
            self.reached = intent.content
        if intent.channel is Channel.MAIL:
            by_server = state in TURNED_AWAY and (state is State.BOUNCED or dispatch.last.code.startswith("mail_"))
            asked = frozenset(map(same_address, intent.recipients))
            self.refusal = Refusal(intent.content, asked, intent.sender) if by_server else None

    def told(self, sent: Callable[[Content], Sent | None]) -> Past:
        """What it comes to."""
        known = sent(self.reached) if self.reached else None
        return Past(self.states, known, self.number, frozenset(self.served), self.refusal)

    def hears(self, addressee: Addressee) -> None:
        """Who has the invoice; a mail that came back was not received after all."""
        if addressee.state in _FOUND_OUT:
            change = self.served.add if addressee.state is State.SENT else self.served.discard
            change(same_address(addressee.address))


def past_of(
    dispatches: Iterable[Dispatch],
    addressees: Iterable[tuple[str, Addressee]],
    sent: Callable[[Content], Sent | None],
) -> dict[str, Past]:
    """What counts for the next run, by what `same_number` makes of each invoice's number.

    It comes from all dispatches in the order of their last steps, and all addressees in theirs, each with the number
    of its invoice. *sent* reads the content of the newest dispatch that has reached, or may have reached, somebody.
    """
    stories: dict[str, _Story] = {}
    for dispatch in dispatches:
        number = dispatch.intent.invoice
        stories.setdefault(same_number(number), _Story(number)).goes_on(dispatch)
    for number, addressee in addressees:
        stories[same_number(number)].hears(addressee)
    return {number: story.told(sent) for number, story in stories.items()}
