"""Invoice numbers, and how the next one is made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.numbering import next_number, numbers_after, same_number, written
from factuurbode.domain.settings import Numbering


def test_case_and_outer_space_do_not_make_another_number() -> None:
    assert same_number(" f-12 ") == same_number("F-12")


# --- the next number ---
PATTERNS = ["{year}-{number:04}", "{number}", "F{year}{number:05}", "{number:3}/{year}", "KR {number:02} (a+b)"]


@given(
    pattern=st.sampled_from(PATTERNS),
    first=st.integers(1, 5000),
    taken=st.lists(st.integers(1, 99_999)),
    others=st.lists(st.text(max_size=12)),
    year=st.integers(2000, 2999),
)
def test_the_next_number_is_the_first_after_all_that_were_used(
    pattern: str, first: int, taken: list[int], others: list[str], year: int
) -> None:
    numbering = Numbering(pattern=pattern, first_number=first)
    used = [_numbered(pattern, number, year) for number in taken]
    expected = _numbered(pattern, max([first, *(number + 1 for number in taken)]), year)
    assert next_number(numbering, used, year) == expected
    strangers = [other for other in others if not any(sign.isdigit() for sign in other)]
    assert next_number(numbering, [*strangers, *used], year) == expected
    assert expected not in used


def test_a_new_year_begins_again_at_the_first_number() -> None:
    assert next_number(Numbering(pattern="{year}-{number:04}", first_number=1), ["2026-0417"], 2027) == "2027-0001"


def test_a_number_that_outgrows_its_width_goes_on() -> None:
    assert next_number(Numbering(pattern="{year}-{number:02}", first_number=1), ["2026-99"], 2026) == "2026-100"


def test_case_and_outer_space_do_not_hide_a_used_number() -> None:
    assert next_number(Numbering(pattern="F{number:03}", first_number=1), [" f007 "], 2026) == "F008"


@pytest.mark.parametrize("pattern", ["", "{year}", "F-1", "{number}{number}", "{number:x}", "{name}-{number}"])
def test_a_pattern_that_cannot_be_followed_gives_no_number(pattern: str) -> None:
    assert next_number(Numbering(pattern=pattern, first_number=1), [], 2026) is None


def _numbered(pattern: str, number: int, year: int) -> str:
    """*pattern* as Python itself fills it in, zeros before the number."""
    return pattern.replace("{number:3}", "{number:03}").format(number=number, year=year)


def test_numbers_follow_each_other_without_end() -> None:
    running = numbers_after(Numbering("F{year}-{number:03}-x", 5), ["F2026-007-x", "f2026-012-X", "F2025-900-x"], 2026)
    assert running is not None
    assert [next(running) for _ in range(3)] == ["F2026-013-x", "F2026-014-x", "F2026-015-x"]
    assert numbers_after(Numbering("zonder"), [], 2026) is None


@pytest.mark.parametrize(
    ("pattern", "number", "series", "which"),
    [
        ("{year}-{number:04}", " 2026-0012", ("2026-", ""), 12),
        ("{number}/{year}", "12/2026", ("", "/2026"), 12),
        ("{year}{number:04}", "20260012", ("2026", ""), 12),
        ("F{number}", "f7", ("f", ""), 7),
        ("{year}/{number}-{year}", "2026/3-2026", ("2026/", "-2026"), 3),
        ("{year}/{number}-{year}", "2026/3-2027", ("2026/3-", ""), 2027),
        ("{year}-{number:04}", "C2026-0001", ("c2026-", ""), 1),
        ("zonder", "R 12 b", ("r ", " b"), 12),
        ("{number}", "9" * 5_000, ("9" * 4_985, ""), 999_999_999_999_999),
    ],
)
def test_a_number_has_a_series_and_a_place_in_it(
    pattern: str, number: str, series: tuple[str, str], which: int
) -> None:
    found = written(number, Numbering(pattern=pattern))
    assert found is not None
    assert (found.series, found.number) == (series, which)
    assert same_number(found.with_number(which)) == same_number(number)


def test_without_digits_there_is_no_series() -> None:
    assert written("foo", Numbering()) is None
    assert written("", Numbering()) is None
