"""A day is read as it was meant, however it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.importing.meaning.days import Order, day_in, order_of
from factuurbode.importing.meaning.misread import Misread

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
HERE = ZoneInfo("Europe/Amsterdam")


@given(day=days)
def test_every_form_of_a_dutch_day_is_that_day(day: date) -> None:
    month = MONTHS[day.month - 1]
    forms = [
        *(
            f"{day:%d-%m-%Y}",
            f"{day.day}-{day.month}-{day:%y}",
            f"{day:%d/%m/%Y}",
            f"{day:%d.%m.%Y}",
            f"{day:%d-%m-%Y %H:%M}",
        ),
        *(
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day:%Y%m%d}",
            f"{day.isoformat()}T06:05:04",
            f"{day.isoformat()} 23:59:59.123",
        ),
        *(
            f"{day.day} {month} {day.year}",
            f"{day.day} {month[:3]}. {day.year}".replace("maa.", "mrt"),
            f"{day.day}-{month}-{day.year}",
        ),
        str((day - date(1899, 12, 30)).days),
    ]

    assert {form: day_in(form, "dmy") for form in forms} == dict.fromkeys(forms, day)


@given(day=days)
def test_an_american_column_is_read_as_one(day: date) -> None:
    assert day_in(f"{day:%m/%d/%Y} 8:15 AM", "mdy") == day


@given(
    moment=st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001 - hypothesis adds the zone
    offset=st.integers(-12, 14),
    form=st.sampled_from(["%Y-%m-%dT%H:%M:%S{}", "%Y-%m-%d %H:%M:%S {}", "%d-%m-%Y %H:%M {}"]),
)
def test_a_moment_with_a_zone_is_a_dutch_day(moment: datetime, offset: int, form: str) -> None:
    there = moment.replace(tzinfo=timezone(timedelta(hours=offset)))

    for zone in (f"{offset:+03d}:00", f"{offset:+03d}00"):
        assert day_in(f"{there:{form.format(zone)}}", "dmy") == there.astimezone(HERE).date()


@pytest.mark.parametrize(
    ("written", "day"), [("2026-11-02T23:30:00Z", 3), ("2026-07-02T22:30:00Z", 3), ("2026-07-02 21:30 UTC", 2)]
)
def test_late_in_the_evening_elsewhere_is_tomorrow_here(written: str, day: int) -> None:
    found = day_in(written, "dmy")

    assert found is not None
    assert found.day == day


def test_a_moment_of_a_spreadsheet_needs_no_reading() -> None:
    assert day_in(datetime(2026, 11, 2, 23, 30, tzinfo=UTC), "dmy") == date(2026, 11, 3)
    assert day_in(46328.75, "dmy") == date(2026, 11, 2)
    assert day_in("", "dmy") is None


@pytest.mark.parametrize(
    "written",
    [
        *("2e november 2026", "maandag 2de nov 2026", "November 2nd, 2026", "2 nov. '26", "2-11-’26"),
        *("02–11–2026", "2026‐11‐02", "02112026", "20261102T0615", "20261102061559", "2-11-2026 om 9u30"),
        *("2026-11-02T09:30:00+01:00[Europe/Amsterdam]", "2026-11-02T23:30:00+01:00[Europe/Amsterdam]"),
    ],
)
def test_days_as_people_and_other_programs_also_write_them(written: str) -> None:
    assert day_in(written, "dmy") == date(2026, 11, 2)


def test_a_day_without_signs_follows_the_order_of_its_column() -> None:
    assert (day_in("03112026", "dmy"), day_in("11032026", "mdy")) == (date(2026, 11, 3), date(2026, 11, 3))


@pytest.mark.parametrize(
    "written",
    [
        "x",
        *("29-02-2027", "01-11-0026", "0026-11-01", "week 45", "2026-W45-1", "021126", "nov 2026", "2e", "99992026"),
        *(f"1-{'9' * 30}-2026", f"{'9' * 30}-11-2026", f"2026-{'9' * 30}-1", f"{'9' * 30} nov 2026"),
        "31-02-2026",
        "13-13-2026",
        "1-1-1899",
        "1-1-2300",
        "12",
        "2026",
        "1-2",
        "00-01-2026",
        "1-2-3-4",
        "99-99-99",
        "25:00",
    ],
)
def test_what_is_no_day_is_not_made_one(written: str) -> None:
    with pytest.raises(Misread):
        day_in(written, "dmy")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([("13-02-2026", 1), ("01-02-2026", 9)], Order(1, 0, 9, "01-02-2026")),
        ([("02/13/2026", 2), ("01/02/2026", 1)], Order(0, 2, 1, "01/02/2026")),
        ([("05-05-2026", 4), ("2026-11-02", 3), ("", 2)], Order()),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_dates_that_can_only_be_one(
    cells: list[tuple[str, int]], told: Order
) -> None:
    assert order_of(cells) == told


def test_the_majority_decides_and_a_dutch_file_puts_the_day_first() -> None:
    assert (Order(2, 1).told, Order(1, 2).told, Order(1, 1).told, Order().told) == ("dmy", "mdy", "dmy", "dmy")
