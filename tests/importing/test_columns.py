"""Columns that keep each distinct value once behave as if they kept a value for every row."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.importing.columns import Coded, canonical, combined, constant, groups, or_else, stacked

values = st.lists(st.sampled_from(["a", "b", "", "c", "dd"]), min_size=1, max_size=30)


def coded(rows: list[str]) -> Coded[str]:
    """A column in which equal values stand at several places, and one in no row."""
    return Coded([*rows, "unused"], np.arange(len(rows)))


@given(rows=values)
def test_each_row_has_its_value(rows: list[str]) -> None:
    column = coded(rows)

    assert column.each() == canonical(column).each() == rows
    assert column.map(str.upper).each() == [row.upper() for row in rows]
    assert column.where(lambda value: value == "a").tolist() == [row == "a" for row in rows]
    assert column.numbers(len).tolist() == list(map(len, rows))
    assert dict(canonical(column).used()) == Counter(rows)
    assert column.take(np.arange(0, len(rows), 2)).each() == rows[::2]


@given(pairs=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1, max_size=30))
def test_combinations_are_asked_for_once(pairs: list[tuple[str, str]]) -> None:
    first, second = (canonical(coded(list(rows))) for rows in zip(*pairs, strict=True))
    asked: list[str] = []

    def both(one: str, other: str) -> str:
        asked.append(one + other)
        return one + other

    assert combined(both, first, second).each() == [one + other for one, other in pairs]
    assert len(asked) == len(set(pairs))
    numbers, firsts = groups(first, second)
    assert [pairs[firsts[number]] for number in numbers] == pairs
    assert all(pairs.index(pairs[place]) == place for place in firsts)


@given(rows=values, others=values)
def test_columns_below_each_other_and_beside_each_other(rows: list[str], others: list[str]) -> None:
    assert stacked([coded(rows), coded(others)]).each() == rows + others
    fallback = constant("z", len(rows))
    assert or_else(coded(rows), fallback).each() == [row or "z" for row in rows]  # type: ignore[arg-type]


def test_many_columns_of_many_values_do_not_run_out_of_numbers() -> None:
    rows = np.arange(3000)
    columns = [Coded(range(3000), np.roll(rows, shift)) for shift in range(8)]

    numbers, first = groups(*columns)

    assert len(first) == 3000
    assert numbers.tolist() == rows.tolist()
