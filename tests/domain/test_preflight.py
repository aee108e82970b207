"""The preflight: every problem, of the right severity, at the right cell; and the law behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from factuurbode.domain.model import Channel, EInvoice, Kind, Place, Recorded, VatTreatment
from factuurbode.domain.preflight import Past
from factuurbode.domain.problems import Problem, Severity
from factuurbode.domain.sent import sent_of
from factuurbode.domain.settings import Mail, Printing, SignIn
from factuurbode.domain.states import State
from support.documents import a_content, a_customer, an_invoice, some_lines
from support.preflights import check, codes, ledger, preflight_of, set_up


def test_a_good_invoice_has_no_problems() -> None:
    assert check(an_invoice()).problems == ()


@pytest.mark.parametrize(
    ("wish", "always_pdf", "channels"),
    [
        (EInvoice.PAPER, False, (Channel.PRINT,)),
        (EInvoice.MAIL, False, (Channel.MAIL,)),
        (EInvoice.PAPER_AND_MAIL, False, (Channel.MAIL, Channel.PRINT)),
        (EInvoice.PAPER, True, (Channel.FILE,)),
        (EInvoice.PAPER_AND_MAIL, True, (Channel.MAIL, Channel.FILE)),
    ],
)
def test_the_channel_is_what_the_customer_wants_and_paper_becomes_a_pdf_where_the_settings_say_so(
    wish: EInvoice, always_pdf: bool, channels: tuple[Channel, ...]
) -> None:
    of_bakery = set_up()
    of_bakery = replace(of_bakery, general=replace(of_bakery.general, always_save_as_pdf=always_pdf))
    assert check(an_invoice(customer=a_customer(e_invoice=wish)), settings=of_bakery).channels == channels


def test_recipients_and_copies_are_those_of_the_customer() -> None:
    customer = a_customer(e_invoice=EInvoice.MAIL, email="a@x.example; b@x.example", copy_to="c@x.example")
    checked = check(an_invoice(customer=customer))
    assert checked.recipients == ("a@x.example", "b@x.example")
    assert checked.copies == ("c@x.example",)


def test_a_missing_address_names_the_cell() -> None:
    checked = check(an_invoice(customer=a_customer(e_invoice=EInvoice.MAIL, email="")))
    (problem,) = checked.problems
    assert (problem.code, problem.place, checked.blocked) == ("email_missing", Place("Klanten", "J9"), True)


def test_every_wrong_address_in_a_cell_is_told() -> None:
    checked = check(an_invoice(customer=a_customer(e_invoice=EInvoice.MAIL, email="geen; a@x.example; ook niet")))
    assert {problem.value for problem in checked.problems} == {"geen", "ook niet"}


def test_paper_needs_no_address() -> None:
    assert not check(an_invoice(customer=a_customer(e_invoice=EInvoice.PAPER, email=""))).problems


SELLER = {
    "name": "seller_name_missing",
    "street": "seller_street_missing",
    "postcode": "seller_postcode_missing",
    "city": "seller_city_missing",
    "vat_number": "seller_vat_number_missing",
    "kvk": "seller_kvk_missing",
}


@pytest.mark.parametrize(("field", "code"), SELLER.items())
def test_the_seller_must_be_complete(field: str, code: str) -> None:
    checked = check(an_invoice(), settings=set_up(**{field: " "}))
    assert codes(checked) == {code}
    assert checked.blocked


def test_a_setting_names_its_cell() -> None:
    (problem,) = check(an_invoice(), settings=set_up(kvk="")).problems
    assert problem.place == Place("Instellingen", "C40")


def test_a_small_business_needs_no_vat_number() -> None:
    assert not check(an_invoice(), settings=set_up(small_business=True, vat_number="")).blocked


def test_a_wrong_iban_stops_and_a_missing_one_warns() -> None:
    assert check(an_invoice(), settings=set_up(iban="NL00ABNA0417164300")).blocked
    checked = check(an_invoice(), settings=set_up(iban=""))
    assert codes(checked) == {"seller_iban_missing"}
    assert not checked.blocked


@pytest.mark.parametrize("field", ["name", "street", "postcode", "city"])
def test_the_buyer_must_be_complete(field: str) -> None:
    invoice = an_invoice(customer=a_customer(**{field: ""}), lines=20)
    assert codes(check(invoice)) == {f"buyer_{field}_missing"}


def test_up_to_100_euros_an_invoice_may_leave_the_buyer_out() -> None:
    cheap = some_lines(1, quantity=Decimal(1), price=Decimal("91.74"), discount=Decimal(0))  # € 100.00 with VAT
    dear = some_lines(1, quantity=Decimal(1), price=Decimal("91.75"), discount=Decimal(0))
    assert not check(an_invoice(customer=None, lines=cheap)).blocked
    assert codes(check(an_invoice(customer=None, lines=dear))) == {"customer_missing"}
    assert not check(an_invoice(customer=a_customer(street=""), lines=cheap)).blocked


def test_an_unknown_customer_number_is_never_overlooked() -> None:
    cheap = some_lines(1, quantity=Decimal(1), price=Decimal(1))
    assert "customer_unknown" in codes(check(an_invoice(customer=None, customer_number="77", lines=cheap)))


@pytest.mark.parametrize("street", ["Postbus 12", "postbus 9", "P.O. Box 4", "PO Box 1", "Antwoordnummer 10"])
def test_a_po_box_is_no_address(street: str) -> None:
    assert codes(check(an_invoice(customer=a_customer(street=street), lines=20))) == {"buyer_po_box"}


def test_a_street_that_only_resembles_a_po_box_is_fine() -> None:
    assert not check(an_invoice(customer=a_customer(street="Postbusweg 3"), lines=20)).problems


def test_the_number_the_date_and_lines_must_be_there() -> None:
    assert "number_missing" in codes(check(an_invoice("")))
    assert "date_missing" in codes(check(an_invoice(issued=None)))
    assert codes(check(an_invoice(lines=[], customer=a_customer()))) == {"no_lines"}


def test_a_number_that_occurs_twice_stops_both_also_in_another_case() -> None:
    found = preflight_of(ledger(an_invoice("f-1"), an_invoice("F-1")))
    assert [codes(checked) for checked in found.invoices] == [{"number_twice"}, {"number_twice"}]


def test_a_gap_in_the_numbers_is_a_warning_about_the_book() -> None:
    found = preflight_of(ledger(an_invoice("2026-1"), an_invoice("2026-3")))
    (gap,) = found.problems
    assert (gap.code, gap.severity, gap.value) == ("number_gap", Severity.WARNING, "2026-2")


def test_a_void_number_is_no_gap_and_its_invoice_has_nothing_to_mend() -> None:
    void = {number: Past(number=number, void=True) for number in ("2026-2", "2026-3")}
    found = preflight_of(ledger(an_invoice("2026-1"), an_invoice("2026-3", lines=[])), void)
    assert found.problems == ()
    assert found.invoices[1].problems == ()
    assert found.invoices[1].past.void


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"description": " "}, "line_description_missing"),
        ({"quantity": None}, "line_quantity_missing"),
        ({"price": None}, "line_price_missing"),
        ({"vat_rate": None}, "line_vat_rate_missing"),
        ({"vat_rate": Decimal(8)}, "line_vat_rate_unknown"),
        ({"discount": Decimal(-5)}, "line_discount_out_of_range"),
    ],
)
def test_a_line_must_say_what_how_many_at_what_price_and_rate(change: dict[str, Any], code: str) -> None:
    checked = check(an_invoice(lines=some_lines(20, article="", **change)))
    assert codes(checked) == {code}
    assert checked.blocked


def test_a_rate_must_have_held_on_the_day_of_delivery() -> None:
    old = some_lines(1, vat_rate=Decimal(6), delivered=date(2018, 12, 31))
    new = some_lines(1, vat_rate=Decimal(6), delivered=date(2019, 1, 1))
    period: dict[str, Any] = {"period_from": None, "period_to": None, "issued": date(2019, 1, 2)}
    assert "line_vat_rate_unknown" not in codes(check(an_invoice(lines=old, **period)))
    assert "line_vat_rate_unknown" in codes(check(an_invoice(lines=new, **period)))


def test_a_delivery_date_may_be_left_out_when_the_invoice_names_a_period() -> None:
    lines = some_lines(2, delivered=None)
    assert not check(an_invoice(lines=lines)).problems
    assert "line_delivered_missing" in codes(check(an_invoice(lines=lines, period_from=None, period_to=None)))


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), True),
        (date(2026, 2, 23), date(2026, 3, 1), True),  # a week over the end of a month
        (date(2026, 2, 15), date(2026, 3, 14), True),
        (date(2026, 2, 15), date(2026, 3, 15), False),
        (date(2026, 1, 31), date(2026, 2, 28), True),
        (date(2026, 1, 31), date(2026, 3, 1), False),
        (date(2026, 7, 31), date(2026, 8, 30), True),
        (date(2026, 7, 31), date(2026, 8, 31), False),
        (date(2025, 12, 15), date(2026, 1, 14), True),
        (date(2025, 12, 15), date(2026, 1, 15), False),
    ],
)
def test_a_collective_invoice_covers_a_month_at_most(first: date, last: date, allowed: bool) -> None:
    lines = some_lines(1, delivered=last)
    checked = check(an_invoice(lines=lines, period_from=first, period_to=last, issued=last))
    assert ("period_too_long" not in codes(checked)) is allowed


def test_a_period_of_one_day_is_a_period() -> None:
    day = date(2026, 3, 31)
    assert not check(an_invoice(lines=some_lines(1, delivered=day), period_from=day, period_to=day)).problems


def test_a_delivery_is_invoiced_by_the_15th_of_the_next_month() -> None:
    lines = some_lines(1, delivered=date(2026, 3, 2))
    in_time = check(an_invoice(lines=lines, issued=date(2026, 4, 15)))
    late = check(an_invoice(lines=lines, issued=date(2026, 4, 16)))
    assert codes(in_time) == set()
    assert codes(late) == {"issued_late"}
    assert not late.blocked


def test_an_intra_eu_supply_needs_the_numbers_of_both() -> None:
    belgian = a_customer(country="BE", vat_treatment=VatTreatment.INTRA_EU, vat_number="BE0123456749")
    assert not check(an_invoice(customer=belgian)).problems
    for vat_number, code in (
        ("", "intra_eu_number_missing"),
        ("NL001234567B29", "buyer_vat_number_invalid"),
        ("DE123456788", "buyer_vat_number_invalid"),
        ("BE0123456748", "buyer_vat_number_invalid"),
    ):
        assert codes(check(an_invoice(customer=replace(belgian, vat_number=vat_number)))) == {code}
    assert codes(check(an_invoice(customer=replace(belgian, country="NL")))) == {"intra_eu_within_nl"}


def test_an_intra_eu_invoice_is_never_a_simplified_one() -> None:
    belgian = a_customer(country="BE", vat_treatment=VatTreatment.INTRA_EU, vat_number="BE0123456749", street="")
    cheap = some_lines(1, quantity=Decimal(1), price=Decimal(1))
    assert codes(check(an_invoice(customer=belgian, lines=cheap))) == {"buyer_street_missing"}


def test_a_credit_note_names_the_invoice_it_corrects() -> None:
    assert codes(check(an_invoice(kind=Kind.CREDIT_NOTE))) == {"corrects_missing"}
    elsewhere = check(an_invoice(kind=Kind.CREDIT_NOTE, corrects="2025-0999"))
    assert codes(elsewhere) == {"corrects_unknown"}
    assert not elsewhere.blocked


def test_a_negative_invoice_must_be_a_credit_note() -> None:
    assert codes(check(an_invoice(lines=some_lines(2, quantity=Decimal(-1))))) == {"total_negative"}


def test_a_sheet_that_shows_another_total_is_told_but_an_absent_one_is_not() -> None:
    assert codes(check(an_invoice(recorded=Recorded(total=Decimal("1.00"))))) == {"total_differs"}
    assert not check(an_invoice(recorded=Recorded(total=None))).problems


def test_a_customer_who_has_not_agreed_to_e_invoices_is_a_warning() -> None:
    checked = check(an_invoice(customer=a_customer(e_invoice=EInvoice.MAIL, agreed_on=None)))
    assert codes(checked) == {"agreement_missing"}
    assert not checked.blocked


def test_a_channel_that_is_not_set_up_stops_only_its_own_invoices() -> None:
    bare = replace(set_up(), mail=Mail(sign_in=SignIn.NONE), printing=Printing())
    by_mail = check(an_invoice(customer=a_customer(e_invoice=EInvoice.MAIL)), settings=bare)
    on_paper = check(an_invoice(customer=a_customer(e_invoice=EInvoice.PAPER)), settings=bare)
    assert codes(by_mail) == {"mail_server_missing", "mail_sender_missing"}
    assert codes(on_paper) == {"printer_missing"}


def test_an_invoice_that_changed_after_it_was_sent_is_stopped() -> None:
    before = an_invoice()
    history = {before.number: Past({Channel.MAIL: State.SENT}, sent_of(a_content(before).text))}
    assert not check(before, history).problems
    assert codes(check(replace(before, remark="toch anders"), history)) == {"changed_after_sending"}


def test_what_could_not_be_read_is_not_told_again_as_missing() -> None:
    where = Place("Factuurregels", "G5")
    unreadable = Problem("number_unreadable", place=where, value="twee", invoice="2026-0001")
    lines = some_lines(1, price=None)
    checked = check(an_invoice(lines=lines), problems=(unreadable,))
    assert [problem.code for problem in checked.problems if problem.place == where] == ["number_unreadable"]


def test_errors_are_told_before_warnings() -> None:
    customer = a_customer(e_invoice=EInvoice.MAIL, agreed_on=None, email="")
    assert [problem.severity for problem in check(an_invoice(customer=customer)).problems] == [
        Severity.ERROR,
        Severity.WARNING,
    ]


def test_a_row_that_says_sent_counts_as_sent_also_without_a_journal() -> None:
    invoice = an_invoice(recorded=Recorded({Channel.MAIL: State.SENT, Channel.PRINT: State.FAILED}))
    assert check(invoice).past.states == {Channel.MAIL: State.SENT}
