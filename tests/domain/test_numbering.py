"""Invoice numbers and the gaps between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.numbering import Gap, gaps, next_number, numbers_after, same_number, series_of
from factuurbode.domain.settings import Numbering


def test_a_missing_number_is_named() -> None:
    assert gaps(["2026-0001", "2026-0003"]) == (Gap("2026-0002", "2026-0002", 1),)


def test_a_run_of_missing_numbers_is_one_gap() -> None:
    assert gaps(["2026-0007", "2026-0003", "2026-0010"]) == (
        Gap("2026-0004", "2026-0006", 3),
        Gap("2026-0008", "2026-0009", 2),
    )


def test_each_series_is_looked_at_by_itself() -> None:
    assert gaps(["F1", "F2", "C7", "C8", "2025-9", "2026-1"]) == ()


def test_a_number_without_digits_has_no_neighbours() -> None:
    assert gaps(["concept", "2026-1", "2026-2"]) == ()


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


def test_a_series_tells_its_gaps_doubles_and_voids() -> None:
    used = ["2026-0001", "2026-0002", " 2026-0002", "2026-0006", "C2026-0001", "los"]
    credit, invoices = sorted(series_of(used, ["2026-0004", "2026-0008"]), key=lambda one: one.used)
    assert (credit.first, credit.last, credit.used, credit.gaps) == ("C2026-0001", "C2026-0001", 1, ())
    assert (invoices.first, invoices.last, invoices.used) == ("2026-0001", "2026-0008", 3)
    assert [(gap.first, gap.last) for gap in invoices.gaps] == [
        ("2026-0003", "2026-0003"),
        ("2026-0005", "2026-0005"),
        ("2026-0007", "2026-0007"),
    ]
    assert (invoices.doubles, invoices.voids) == (("2026-0002",), ("2026-0004", "2026-0008"))


def test_no_numbers_no_series() -> None:
    assert series_of([]) == ()
    assert series_of(["", "zonder cijfers"], []) == ()
