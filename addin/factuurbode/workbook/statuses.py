"""The words of the status columns, as the program writes them and as they are read back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..domain.model import Channel, Language, Recorded
from ..domain.states import State
from ..texts import texts_in
from .cells import text
from .rows import Row
from .words import normal

SEPARATOR = " · "
"""Between the states of an invoice with several channels, and between those channels, in the same order."""

NONE = "–"
"""Stands for a channel where an outcome has none."""


def state_word(state: State, language: Language) -> str:
    """The word for *state* in the Status column."""
    return texts_in(language)(f"state.{state}")


def channel_word(channel: Channel | None, language: Language) -> str:
    """The word for *channel* in the Channel column."""
    return NONE if channel is None else texts_in(language)(f"channel.{channel}")


def read_recorded(row: Row) -> Recorded:
    """What the status columns of an invoice say. A word that nobody wrote is a problem: it may mean "sent"."""
    return Recorded(_states(row), row.identifier("dispatch"), row.decimal("total"), row.date("due"))


def _states(row: Row) -> Mapping[Channel, State]:
    status = text(row.raw("status"))
    if not status:
        return {}
    states = [_state_meanings().get(normal(word)) for word in status.split(SEPARATOR.strip())]
    channels = [_channel_meanings().get(normal(word)) for word in text(row.raw("channel")).split(SEPARATOR.strip())]
    if None in states:
        row.note("status_unknown", "status", status)
        return {}
    channels += [None] * (len(states) - len(channels))
    found = {channel: state for channel, state in zip(channels, states, strict=False) if channel and state}
    if len(found) < sum(state not in _WITHOUT_CHANNEL for state in states):
        row.note("channel_unknown", "channel", text(row.raw("channel")), status)
    return found


_WITHOUT_CHANNEL = frozenset({State.READY, State.HELD, State.BLOCKED, State.VOID})


@cache
def _state_meanings() -> Mapping[str, State]:
    return {normal(state_word(state, language)): state for language in _WRITTEN_IN for state in State}


@cache
def _channel_meanings() -> Mapping[str, Channel]:
    return {normal(channel_word(channel, language)): channel for language in _WRITTEN_IN for channel in Channel}


_WRITTEN_IN = (Language.NL, Language.EN)
