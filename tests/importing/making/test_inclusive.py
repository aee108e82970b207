"""Prices incl. VAT, as a till has them, stay exact to the cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.model import Invoice
from factuurbode.domain.totals import ZERO, cents, totals
from factuurbode.importing.making.rounding import rounding_lines, vat_on, vat_on_each, with_vat
from factuurbode.importing.proposal import Proposal
from support.import_bakery import CUSTOMERS, TODAY, Bakery, an_import_bakery

HEADER = "Bonnr;Leverdatum;Klantnr;Omschrijving;Aantal;Prijs incl. btw;Btw %\n"
Row = tuple[int, Decimal, int]

prices = st.decimals("0.01", "250", places=2, allow_nan=False)
rows = st.lists(st.tuples(st.integers(1, 250), prices, st.sampled_from([0, 9, 21])), min_size=1, max_size=15)


def proposed(bakery: Bakery, sold: list[Row]) -> Proposal:
    text = HEADER + "".join(
        f"1;03-11-2026;0012;Iets {place};{quantity};{str(price).replace('.', ',')};{rate}\n"
        for place, (quantity, price, rate) in enumerate(sold)
    )
    return bakery.propose(bakery.write(text))


@given(sold=rows)
def test_the_invoice_comes_to_what_the_till_took(tmp_path_factory: object, sold: list[Row]) -> None:
    folder: Path = tmp_path_factory.mktemp("till")  # type: ignore[attr-defined]
    proposal = proposed(an_import_bakery(folder), sold)

    (draft,) = proposal.drafts
    invoice = Invoice("1", TODAY, CUSTOMERS[0], "0012", tuple(draft.lines))
    amounts = totals(invoice)
    assert amounts.total == sum((cents(quantity * price) for quantity, price, _ in sold), ZERO)
    assert (amounts.net, amounts.tax) == (draft.net, draft.vat)
    by_rate = {rate: sum((cents(q * p) for q, p, r in sold if r == rate), ZERO) for _, _, rate in sold}
    for subtotal in amounts.vat:
        if subtotal.rate in by_rate and subtotal.rate:
            assert abs(subtotal.taxable_amount + subtotal.tax_amount - by_rate[int(subtotal.rate)]) <= Decimal("0.01")


@given(sold=rows)
def test_rounding_is_a_matter_of_cents_in_lines_of_their_own(tmp_path_factory: object, sold: list[Row]) -> None:
    folder: Path = tmp_path_factory.mktemp("till")  # type: ignore[attr-defined]
    (draft,) = proposed(an_import_bakery(folder), sold).drafts

    more = list(draft.lines)[len(sold) :]
    assert len(more) <= len({rate for *_, rate in sold}) + 1
    for line in more:
        assert line.description == "Afronding van prijzen incl. btw"
        assert abs(line.quantity or ZERO) == 1
        assert 0 < (line.price or ZERO) <= Decimal("0.02") * len(sold)


def test_prices_that_need_no_rounding_get_no_line(bakery: Bakery) -> None:
    (draft,) = proposed(bakery, [(10, Decimal("1.09"), 9), (1, Decimal("12.10"), 21)]).drafts

    assert [(line.description, line.price) for line in draft.lines] == [("Iets 0", Decimal(1)), ("Iets 1", Decimal(10))]


def test_an_amount_that_no_net_amount_comes_to_is_a_cent_without_vat(bakery: Bakery) -> None:
    unreachable = next(
        gross for gross in range(1, 100) if gross not in {with_vat(net, Decimal(9)) for net in range(100)}
    )

    (draft,) = proposed(bakery, [(1, Decimal(unreachable) / 100, 9)]).drafts

    assert [line.vat_rate for line in draft.lines][-1] == 0
    assert draft.net + draft.vat == Decimal(unreachable) / 100


@given(gross=st.integers(1, 10**7), rate=st.sampled_from([Decimal(9), Decimal(21), Decimal(0), Decimal(6)]))
def test_a_rate_is_never_more_than_a_cent_from_its_prices(gross: int, rate: Decimal) -> None:
    lines = rounding_lines(CUSTOMERS[0].language, {rate: gross}, {rate: 0}, TODAY)

    at_rate = sum(int((line.quantity or ZERO) * (line.price or ZERO) * 100) for line in lines if line.vat_rate == rate)
    without = sum(int((line.quantity or ZERO) * (line.price or ZERO) * 100) for line in lines if line.vat_rate != rate)
    assert with_vat(at_rate, rate) + without == gross
    assert abs(without) <= 1


def test_a_total_incl_vat_will_do_too(bakery: Bakery) -> None:
    text = "Bonnr;Leverdatum;Klantnr;Omschrijving;Aantal;Bedrag incl. btw;Btw %\n1;03-11-2026;0012;Taart;3;10,00;9\n"

    (draft,) = bakery.propose(bakery.write(text)).drafts

    assert draft.net + draft.vat == 10


@given(
    nets=st.lists(st.integers(-(10**15), 10**15), min_size=1), rate=st.sampled_from(["0", "6", "9", "19", "21", "8.5"])
)
def test_the_vat_of_many_amounts_is_that_of_each(nets: list[int], rate: str) -> None:
    expected = [int((Decimal(net) * Decimal(rate) / 100).to_integral_value(ROUND_HALF_UP)) for net in nets]

    assert vat_on_each(np.array(nets), Decimal(rate)).tolist() == expected
    assert [vat_on(net, Decimal(rate)) for net in nets] == expected
