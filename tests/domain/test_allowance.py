"""The provider's limits: a rolling day of recipients, a minute of messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.allowance import DAY, MINUTE, Mailed, fits_from, next_slot

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def ago(hours: float, recipients: int = 1) -> Mailed:
    return Mailed(NOW - timedelta(hours=hours), recipients)


histories = st.lists(st.builds(ago, st.floats(0, 48, allow_nan=False), st.integers(1, 5)), max_size=30).map(
    lambda mailed: sorted(mailed, key=lambda one: one.at)
)


def test_without_a_limit_everything_goes_now() -> None:
    assert fits_from([ago(1, 500)], 1, NOW, None) == NOW
    assert next_slot([ago(0, 1)] * 99, NOW, None) == NOW


def test_a_full_day_has_room_again_when_its_oldest_mail_is_a_day_old() -> None:
    assert fits_from([ago(23), ago(2)], 1, NOW, 2) == NOW + HOUR
    assert fits_from([ago(25), ago(2)], 1, NOW, 2) == NOW
    assert fits_from([ago(23, 1), ago(22, 3)], 2, NOW, 4) == NOW + 2 * HOUR


def test_a_message_that_never_fits_waits_for_an_empty_day() -> None:
    assert fits_from([], 12, NOW, 10) == NOW
    assert fits_from([ago(20)], 12, NOW, 10) == NOW + 4 * HOUR


def test_a_full_minute_has_room_when_its_first_message_is_a_minute_old() -> None:
    seconds = [Mailed(NOW - timedelta(seconds=second), 1) for second in (70, 50, 30, 10)]
    assert next_slot(seconds, NOW, 4) == NOW
    assert next_slot(seconds, NOW, 3) == NOW + timedelta(seconds=10)
    assert next_slot(seconds, NOW, 2) == NOW + timedelta(seconds=30)


@given(histories, st.integers(1, 5), st.integers(5, 20))
def test_at_the_moment_told_it_fits_and_not_before(history: list[Mailed], recipients: int, limit: int) -> None:
    def used(moment: datetime) -> int:
        return sum(mailed.recipients for mailed in history if moment - DAY < mailed.at)

    moment = fits_from(history, recipients, NOW, limit)
    assert used(moment) + recipients <= limit
    assert moment == NOW or used(moment - timedelta(microseconds=1)) + recipients > limit


@given(histories, st.integers(1, 5))
def test_no_minute_ever_has_more_than_its_messages(history: list[Mailed], per_minute: int) -> None:
    moment = next_slot(history, NOW, per_minute)
    assert sum(moment - MINUTE < mailed.at for mailed in history) < per_minute
