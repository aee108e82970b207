"""The totals per channel, and the widths of the bars that show them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from ..domain.model import Channel
from ..domain.states import WORST_FIRST, State
from ..steps.report import Report, Result


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: how many results are in *state*, and its place and width in per cent of the longest bar."""

    state: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel ('' for invoices that stayed): how many, worth what (EUR), and its bar."""

    channel: str
    count: int
    total: Decimal
    segments: tuple[Segment, ...]


def channel_rows(report: Report) -> tuple[ChannelRow, ...]:
    """A row for each channel that occurs in *report*, in the order mail, print, file, none."""
    by_channel: defaultdict[Channel | None, list[Result]] = defaultdict(list)
    for result in report.results:
        by_channel[result.outcome.channel].append(result)
    longest = max((len(results) for results in by_channel.values()), default=1)
    return tuple(
        ChannelRow(
            channel or "",
            len(by_channel[channel]),
            sum((result.total or Decimal(0) for result in by_channel[channel]), Decimal(0)),
            _segments(by_channel[channel], longest),
        )
        for channel in (*Channel, None)
        if channel in by_channel
    )


def _segments(results: list[Result], longest: int) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    start = 0.0
    for state in reversed(WORST_FIRST):
        count = _count(results, state)
        if count:
            width = round(count / longest * 100, 2)
            segments.append(Segment(state.value, count, round(start, 2), width))
            start += width
    return tuple(segments)


def _count(results: list[Result], state: State) -> int:
    return sum(result.outcome.state is state for result in results)
