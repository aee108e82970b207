"""Which invoices go out now, over which channels, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .model import Channel
from .preflight import Checked
from .states import DELIVERED, NEVER_BY_ITSELF, TURNED_AWAY, State
from .totals import signed_total


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for. `numbers` None means every invoice that has not been sent."""

    numbers: tuple[str, ...] | None = None
    resend: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """An invoice to deliver now, and the channels that are still to do."""

    checked: Checked
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """An invoice, or one channel of it, that does not go out now; `state` says why."""

    checked: Checked
    channel: Channel | None
    state: State

    @property
    def untouched(self) -> bool:
        """Whether nothing of the invoice has reached anybody, so that its status may say why it stays.

        What is void says so already, with its reason.
        """
        reached = NEVER_BY_ITSELF.intersection(self.checked.past.states.values())
        return self.channel is None and self.state is not State.VOID and not reached


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: the invoices that go out and those that stay, for a person to agree with."""

    request: Request
    errands: tuple[Errand, ...]
    stays: tuple[Stay, ...]

    def over(self, channel: Channel) -> int:
        """How many invoices go over *channel*."""
        return sum(channel in errand.channels for errand in self.errands)

    @property
    def total(self) -> Decimal:
        """What the invoices that go out come to, in EUR incl. VAT; credit notes count as less."""
        amounts = ((errand.checked.invoice, errand.checked.amounts) for errand in self.errands)
        return sum((signed_total(invoice, known.total) for invoice, known in amounts if known), Decimal(0))


def choose(invoices: Iterable[Checked], request: Request) -> tuple[list[Errand], list[Stay]]:
    """Divide *invoices*, which are those requested, in errands, by route and number, and those that stay.

    Without a list of numbers an invoice that is wholly delivered is passed over in silence.
    """
    errands: list[Errand] = []
    stays: list[Stay] = []
    for checked in invoices:
        channels, waiting = _channels_to_do(checked, request)
        named = request.numbers is not None
        if not channels and not waiting and not named:
            continue
        if checked.past.void:
            stays += [Stay(checked, None, State.VOID)] if named else []
        elif checked.invoice.hold and channels:
            stays.append(Stay(checked, None, State.HELD))
        elif checked.blocked and (channels or named):
            stays.append(Stay(checked, None, State.BLOCKED))
        else:
            stays += waiting
            if named and not channels:
                stays += [Stay(checked, channel, state) for channel, state in _done(checked)]
            if channels:
                errands.append(Errand(checked, channels))
    errands.sort(key=_route)
    return errands, stays


def _channels_to_do(checked: Checked, request: Request) -> tuple[tuple[Channel, ...], list[Stay]]:
    """The channels that go now, and those that wait for a person.

    Once an invoice has reached somebody, only what was already meant to go beside it still goes: a customer who
    changes from paper to e-mail does not get the old invoices again. A printed and a saved copy are one and the
    same promise, so that a broken printer can be replaced by a PDF.
    """
    past = {_promise(channel): state for channel, state in checked.past.states.items()}
    begun = any(state in NEVER_BY_ITSELF for state in past.values())
    now: list[Channel] = []
    waiting: list[Stay] = []
    for channel in checked.channels:
        state = past.get(_promise(channel))
        if (
            state in (State.ATTENTION, State.PRINTING)
            or (state is State.IN_DOUBT and not request.resend)
            or (state in TURNED_AWAY and channel is Channel.MAIL and not _worth_asking(checked, request))
        ):
            waiting.append(Stay(checked, channel, state))
        elif request.resend or (state not in DELIVERED and (state is not None or not begun)):
            now.append(channel)
    return tuple(now), waiting


def _worth_asking(checked: Checked, request: Request) -> bool:
    """A final refusal stands until something changes, or until a person names the invoice (RFC 5321 § 4.2.1).

    Who was refused may be on the customer's row no longer: then nobody is left to be asked for.
    """
    nobody_left = bool(checked.past.served) and not checked.unserved
    return request.numbers is not None or not checked.refused_as_it_is or nobody_left


def _done(checked: Checked) -> Iterator[tuple[Channel, State]]:
    return ((channel, state) for channel, state in checked.past.states.items() if state in DELIVERED)


def _promise(channel: Channel) -> Channel:
    return Channel.PRINT if channel is Channel.FILE else channel


def _route(errand: Errand) -> tuple[Decimal, str]:
    """Print order: the delivery route, then the number; customers without a route come last."""
    customer = errand.checked.invoice.customer
    route = customer.route if customer and customer.route is not None else Decimal("Infinity")
    return route, errand.checked.invoice.number
