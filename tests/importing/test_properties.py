"""What holds for every file: no row is lost, no cent is lost, and a second time changes nothing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factuurbode.domain.model import Invoice, Kind, Period
from factuurbode.domain.settings import Making
from factuurbode.domain.totals import ZERO, cents, totals
from factuurbode.importing.proposal import Proposal
from support.import_bakery import TODAY, Bakery, an_import_bakery

HEADER = ("Bonnr", "Leverdatum", "Klantnr", "Artikelnr", "Omschrijving", "Aantal", "Prijs", "Btw %", "Korting %")

good_rows = st.tuples(
    st.integers(1, 6).map(str),
    st.dates(date(2026, 10, 20), date(2026, 11, 20)).map(lambda day: f"{day:%d-%m-%Y}"),
    st.sampled_from(["0012", "0013", "0014"]),
    st.sampled_from(["0101", "0102", "0901", "7777"]),
    st.sampled_from(["Brood", "Koek", 'Taart; "groot"', "=1+1"]),
    st.integers(1, 400).map(str),
    st.decimals("0.01", "999", places=2).map(lambda price: str(price).replace(".", ",")),
    st.sampled_from(["9", "21", "0"]),
    st.sampled_from(["", "5", "12,5"]),
)
cells = st.one_of(
    st.sampled_from(["", "0", "-3", "#REF!", "x", "31-02-2026", "9999", "1E+05", "Totaal", "€", "-", "1.234", "0012"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\x1f"), max_size=8),
)
bad_rows = st.lists(cells, min_size=0, max_size=len(HEADER) + 2).map(tuple)
any_rows = st.lists(st.one_of(good_rows, bad_rows), max_size=25)


def written(bakery: Bakery, rows: Sequence[Sequence[str]], name: str = "export.csv") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([HEADER, *rows])
    return bakery.write(text.getvalue(), name)


def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Bakery:
    return an_import_bakery(tmp_path_factory.mktemp("import"))


def accounted(proposal: Proposal) -> int:
    """How many rows of the files are told of somewhere."""
    used = sum(len(draft.rows) for draft in proposal.drafts)
    left_out = sum(len(one.left_out) for one in proposal.detected)
    reported = len(proposal.corrections) + len(proposal.altered)
    return used + left_out + len(proposal.rejected) + reported + proposal.known


@given(rows=any_rows)
@settings(max_examples=150)
def test_every_row_is_used_rejected_or_listed(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    bakery = folder_of(tmp_path_factory)

    proposal = bakery.propose(written(bakery, rows), delimiter=";", header_row=1)

    assert accounted(proposal) == proposal.detected[0].rows
    places = [one.origin.row for one in proposal.rejected]
    assert len(places) == len(set(places))
    assert all(one.reasons for one in proposal.rejected)


@given(rows=st.lists(good_rows, min_size=1, max_size=30), period=st.sampled_from([None, *Period]))
@settings(max_examples=100)
def test_money_in_is_money_out_to_the_cent(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], period: Period | None
) -> None:
    bakery = folder_of(tmp_path_factory)

    proposal = bakery.propose(written(bakery, rows), period=period)

    assert proposal.rejected == ()
    sold = Counter[str]()
    for _, _, customer, _, _, quantity, price, _, discount in rows:
        off = Decimal(discount.replace(",", ".") or 0)
        net = cents(Decimal(quantity) * Decimal(price.replace(",", ".")) * (100 - off) / 100)
        sold[customer] += int(net * 100)
    invoiced = Counter[str]()
    for draft in proposal.drafts:
        invoiced[draft.customer] += int(draft.net * 100)
        amounts = totals(invoice_of(bakery, draft.customer, draft))
        assert (amounts.net, amounts.tax) == (draft.net, draft.vat)
    assert invoiced == sold
    assert sum(len(draft.lines) for draft in proposal.drafts) == len(rows)


def invoice_of(bakery: Bakery, customer: str, draft: object) -> Invoice:
    return Invoice("1", TODAY, bakery.ledger.customers[customer], customer, tuple(draft.lines))  # type: ignore[attr-defined]


@given(rows=any_rows, more=any_rows)
@settings(max_examples=100)
def test_a_second_time_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], more: list[tuple[str, ...]]
) -> None:
    bakery = folder_of(tmp_path_factory)
    path = written(bakery, rows)
    first = bakery.propose(path, delimiter=";", header_row=1)
    bakery.apply(first)

    again = bakery.propose(path, delimiter=";", header_row=1)
    longer = bakery.propose(written(bakery, [*rows, *more], "longer.csv"), delimiter=";", header_row=1)

    assert again.empty
    assert accounted(again) == again.detected[0].rows
    assert accounted(longer) == longer.detected[0].rows
    used = {row.key for draft in first.drafts for row in draft.rows}
    assert not used & {row.key for draft in longer.drafts for row in draft.rows}


@given(rows=st.lists(good_rows, min_size=1, max_size=30), period=st.sampled_from(list(Period)))
@settings(max_examples=100)
def test_no_invoice_reaches_over_its_period_or_the_end_of_a_month(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], period: Period
) -> None:
    bakery = folder_of(tmp_path_factory)
    longest = {Period.DELIVERY: 1, Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31}[period]

    for draft in bakery.propose(written(bakery, rows), period=period).drafts:
        assert draft.period_from
        assert draft.period_to
        assert draft.period_to - draft.period_from < timedelta(days=longest)
        assert draft.period_from.month == draft.period_to.month
        days = [line.delivered for line in draft.lines]
        assert days == sorted(days, key=lambda day: day or date.min)
        assert (days[0], days[-1]) == (draft.period_from, draft.period_to)


@given(rows=st.lists(good_rows, min_size=1, max_size=20), costs=st.decimals("0.5", "20", places=2))
@settings(max_examples=60)
def test_each_delivery_is_brought_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], costs: Decimal
) -> None:
    bakery = folder_of(tmp_path_factory)
    making = Making(costs, "Bezorgen")
    bakery.ledger = replace(bakery.ledger, settings=replace(bakery.ledger.settings, making=making))

    proposal = bakery.propose(written(bakery, rows))

    brought = [line for draft in proposal.drafts for line in draft.lines if line.description == "Bezorgen"]
    assert len(brought) == len({(row[1], row[2]) for row in rows})
    for draft in proposal.drafts:
        amounts = totals(invoice_of(bakery, draft.customer, draft))
        assert (amounts.net, amounts.tax) == (draft.net, draft.vat)


@given(rows=st.lists(good_rows, min_size=1, max_size=12), back=st.lists(st.integers(0, 11), max_size=4))
@settings(max_examples=60)
def test_what_comes_back_is_credited_to_an_invoice_of_its_customer(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], back: list[int]
) -> None:
    bakery = folder_of(tmp_path_factory)
    returned = [rows[place % len(rows)] for place in back]
    returned = [("R", row[1], *row[2:5], f"-{row[5]}", *row[6:]) for row in returned]

    proposal = bakery.propose(written(bakery, [*rows, *returned]))

    assert proposal.rejected == ()
    for draft in proposal.drafts:
        if draft.kind is Kind.CREDIT_NOTE:
            assert draft.corrects_draft is not None
            corrected = proposal.drafts[draft.corrects_draft]
            assert (corrected.customer, corrected.kind) == (draft.customer, Kind.INVOICE)
            assert all((line.quantity or ZERO) > 0 for line in draft.lines)


@given(
    rows=st.lists(good_rows, min_size=1, max_size=15, unique_by=lambda row: (row[0], row[3])),
    pieces=st.lists(st.tuples(st.integers(0, 14), st.integers(1, 15)), max_size=4),
)
@settings(max_examples=80)
def test_in_whatever_overlapping_pieces_each_row_is_invoiced_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], pieces: list[tuple[int, int]]
) -> None:
    bakery = folder_of(tmp_path_factory)
    used = 0
    for place, (start, length) in enumerate([*pieces, (0, len(rows))]):
        proposal = bakery.propose(
            written(bakery, rows[start : start + length], f"{place}.csv"), delimiter=";", header_row=1
        )
        assert not proposal.altered
        assert not proposal.rejected
        used += sum(len(draft.rows) for draft in proposal.drafts)
        bakery.apply(proposal)

    assert used == len(rows) == len(bakery.taken)
