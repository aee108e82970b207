"""The amounts of an invoice, to the cent."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.domain.model import Kind, Line, VatTreatment
from factuurbode.domain.totals import VatCategory, cents, line_net, signed_total, totals
from support.documents import a_customer, an_invoice

CENT = Decimal("0.01")


def a_line(quantity: str, price: str, rate: str | None = "9", discount: str = "0") -> Line:
    vat_rate = None if rate is None else Decimal(rate)
    return Line("Brood", Decimal(quantity), Decimal(price), vat_rate, Decimal(discount))


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "net"),
    [
        ("1", "1.005", "0", "1.01"),  # half up, where binary floats say 1.00
        ("3", "2.15", "0", "6.45"),
        ("7", "0.335", "0", "2.35"),
        ("1", "8.50", "10", "7.65"),
        ("12.5", "3.1275", "0", "39.09"),
        ("-2", "1.0025", "0", "-2.01"),  # half up is away from zero, as in Excel's ROUND
        ("5", "1.99", "100", "0.00"),
    ],
)
def test_a_line_is_quantity_times_price_less_discount_rounded_half_up(
    quantity: str, price: str, discount: str, net: str
) -> None:
    assert line_net(a_line(quantity, price, discount=discount)) == Decimal(net)


def test_vat_is_calculated_per_rate_on_the_sum_of_the_line_nets() -> None:
    # per line it would be 3 × 0.01 = 0.03; on the sum of 0.42 it is 0.04 (BR-CO-17)
    amounts = totals(an_invoice(lines=[a_line("1", "0.14") for _ in range(3)]))
    assert [(subtotal.taxable_amount, subtotal.tax_amount) for subtotal in amounts.vat] == [
        (Decimal("0.42"), Decimal("0.04"))
    ]


def test_the_rates_of_one_invoice_are_kept_apart_highest_first() -> None:
    amounts = totals(an_invoice(lines=[a_line("1", "10"), a_line("1", "10", "21"), a_line("1", "10", "0")]))
    assert [(subtotal.category, subtotal.rate, subtotal.tax_amount) for subtotal in amounts.vat] == [
        (VatCategory.STANDARD, Decimal(21), Decimal("2.10")),
        (VatCategory.STANDARD, Decimal(9), Decimal("0.90")),
        (VatCategory.ZERO_RATED, Decimal(0), Decimal("0.00")),
    ]
    assert (amounts.net, amounts.tax, amounts.total) == (Decimal(30), Decimal(3), Decimal(33))


def test_the_same_rate_written_differently_is_one_subtotal() -> None:
    assert len(totals(an_invoice(lines=[a_line("1", "10", "9"), a_line("1", "10", "9.00")])).vat) == 1


@pytest.mark.parametrize(
    ("treatment", "category"),
    [
        (VatTreatment.INTRA_EU, VatCategory.INTRA_EU),
        (VatTreatment.EXPORT, VatCategory.EXPORT),
        (VatTreatment.REVERSE_CHARGE, VatCategory.REVERSE_CHARGE),
        (VatTreatment.EXEMPT, VatCategory.EXEMPT),
    ],
)
def test_what_carries_no_vat_carries_none_whatever_the_line_says(
    treatment: VatTreatment, category: VatCategory
) -> None:
    customer = a_customer(vat_treatment=treatment)
    amounts = totals(an_invoice(customer=customer, lines=[a_line("1", "10", "21"), a_line("1", "5", None)]))
    assert [(subtotal.category, subtotal.rate) for subtotal in amounts.vat] == [(category, Decimal(0))]
    assert (amounts.tax, amounts.total) == (Decimal(0), Decimal(15))


def test_the_categories_are_the_codes_of_untdid_5305() -> None:
    assert {category.name: str(category) for category in VatCategory} == {
        "STANDARD": "S",
        "ZERO_RATED": "Z",
        "EXEMPT": "E",
        "INTRA_EU": "K",
        "EXPORT": "G",
        "REVERSE_CHARGE": "AE",
    }


def test_a_small_business_shows_no_vat() -> None:
    amounts = totals(an_invoice(lines=[a_line("1", "10"), a_line("1", "5", "21")]), small_business=True)
    assert [(subtotal.category, subtotal.taxable_amount) for subtotal in amounts.vat] == [
        (VatCategory.EXEMPT, Decimal(15))
    ]
    assert amounts.total == 15


def test_an_incomplete_line_has_no_amount() -> None:
    with pytest.raises(ValueError, match="no amount"):
        line_net(Line("Brood", None, Decimal(1), Decimal(9)))
    with pytest.raises(ValueError, match="no VAT"):
        totals(an_invoice(lines=[a_line("1", "1", None)]))


def test_a_credit_note_counts_negative_in_the_workbook_only() -> None:
    credit = an_invoice(kind=Kind.CREDIT_NOTE, lines=[a_line("1", "10")])
    assert totals(credit).total == Decimal("10.90")
    assert signed_total(credit, totals(credit).total) == Decimal("-10.90")


amounts_of_money = st.decimals(min_value=-5000, max_value=5000, places=4)
lines = st.lists(
    st.builds(
        lambda quantity, price, rate, discount: Line("Brood", quantity, price, rate, discount),
        st.decimals(min_value=-500, max_value=500, places=3),
        amounts_of_money,
        st.sampled_from([Decimal(0), Decimal(9), Decimal(21)]),
        st.decimals(min_value=0, max_value=100, places=2),
    ),
    min_size=1,
    max_size=40,
)


@given(lines)
def test_the_sums_of_every_invoice_agree_with_each_other(lines: list[Line]) -> None:
    amounts = totals(an_invoice(lines=lines))
    assert amounts.net == sum(amounts.line_nets)  # BR-CO-10
    assert amounts.net == sum(subtotal.taxable_amount for subtotal in amounts.vat)
    assert amounts.tax == sum(subtotal.tax_amount for subtotal in amounts.vat)  # BR-CO-14
    assert amounts.total == amounts.net + amounts.tax  # BR-CO-15
    everything = [amounts.net, amounts.tax, amounts.total, *amounts.line_nets]
    assert all(amount == amount.quantize(CENT) for amount in everything)


@given(lines)
def test_vat_is_never_more_than_half_a_cent_from_exact(lines: list[Line]) -> None:
    for subtotal in totals(an_invoice(lines=lines)).vat:
        exact = subtotal.taxable_amount * subtotal.rate / 100
        assert abs(subtotal.tax_amount - exact) <= CENT / 2


@given(lines)
def test_the_order_of_the_lines_does_not_matter(lines: list[Line]) -> None:
    backwards = list(reversed(lines))
    one, other = totals(an_invoice(lines=lines)), totals(an_invoice(lines=backwards))
    assert (one.net, one.vat, one.total) == (other.net, other.vat, other.total)


@given(lines)
def test_a_plain_calculation_comes_to_the_same(lines: list[Line]) -> None:
    per_rate: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        assert line.quantity is not None
        assert line.price is not None
        assert line.vat_rate is not None
        exact = line.quantity * line.price * (1 - line.discount / 100)
        per_rate[line.vat_rate] += exact.quantize(CENT, ROUND_HALF_UP)
    tax = sum((cents(net * rate / 100) for rate, net in per_rate.items()), Decimal(0))
    assert totals(an_invoice(lines=lines)).total == sum(per_rate.values()) + tax
