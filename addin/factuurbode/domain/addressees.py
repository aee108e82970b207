"""The people one mail goes to, each with an outcome of their own, and what those come to together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .states import State


@dataclass(frozen=True, slots=True)
class Addressee:
    """One address of a mail and how it stands there; `detail` is what the server literally said of it."""

    address: str
    state: State
    code: str = ""
    detail: str = ""

    @property
    def told(self) -> str:
        """The address with what the server said of it."""
        return f"{self.address}: {self.detail}" if self.detail else self.address


def same_address(address: str) -> str:
    """The form in which two addresses are the same mailbox for a bakery: without case."""
    return address.casefold()


def together(addressees: Iterable[Addressee], principals: Collection[str]) -> State:
    """The state of the whole mail. A copy that is refused for good leaves a mail SENT whose *principals* have it.

    Doubt weighs most, because nobody may be written to again by itself; then what will be tried again.
    """
    everyone = tuple(addressees)
    states = {one.state for one in everyone}
    reached = {one.state for one in everyone if one.address in principals}
    if State.IN_DOUBT in states:
        return State.IN_DOUBT
    if State.LATER in states and reached != {State.FAILED}:  # a copy does not go without its mail
        return State.LATER
    if State.SENT not in reached:
        return State.FAILED
    return State.PARTLY if State.FAILED in reached else State.SENT
