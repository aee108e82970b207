"""Invoice numbers and the gaps between them."""

from __future__ import annotations

from factuurbode.domain.numbering import Gap, gaps, same_number


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
