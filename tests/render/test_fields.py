"""What an invoice gives its template to print."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factuurbode.assets import asset
from factuurbode.domain.model import Invoice, Kind, Language, VatTreatment
from factuurbode.domain.settings import Settings, WindowSide
from factuurbode.domain.totals import totals
from factuurbode.errors import TemplateMissing
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.template import InvoiceTemplate
from factuurbode.texts import catalogue
from factuurbode.texts.catalogue import texts_in
from support.documents import a_bakery, a_customer, an_invoice, some_lines


def fields_of(invoice: Invoice, settings: Settings | None = None) -> dict[str, Any]:
    settings = settings or a_bakery()
    return invoice_fields(invoice, totals(invoice, small_business=settings.company.small_business), settings)


def test_the_due_date_is_the_payment_term_after_the_invoice_date() -> None:
    fields = fields_of(an_invoice(issued=date(2026, 12, 20), customer=a_customer(payment_days=30)))

    assert (fields["date"], fields["due_date"]) == ("20\u00a0december 2026", "19\u00a0januari 2027")


def test_an_address_has_no_gap_for_what_is_empty() -> None:
    fields = fields_of(an_invoice(customer=a_customer(attention="", city="Boterdam")))

    assert fields["address"] == ["Lunchcafé Het Ontbijt", "Kaasmarkt 3", "2345 CD\u00a0\u00a0Boterdam"]


@pytest.mark.parametrize(
    ("language", "name"),
    [(Language.NL, "BELGIË"), (Language.EN, "BELGIUM"), (Language.DE, "BELGIEN"), (Language.FR, "BELGIQUE")],
)
def test_only_a_foreign_address_names_its_country(language: Language, name: str) -> None:
    assert len(fields_of(an_invoice())["address"]) == 4

    abroad = a_customer(country="BE", postcode="1000", city="Brussel", language=language)
    assert fields_of(an_invoice(customer=abroad))["address"][-2:] == ["1000\u00a0Brussel", name]


def test_a_country_without_a_name_in_the_list_is_shown_by_its_code() -> None:
    assert fields_of(an_invoice(customer=a_customer(country="JP")))["address"][-1] == "JP"


def test_a_line_shows_a_discount_only_when_it_has_one() -> None:
    lines = some_lines(1) + some_lines(1, discount=Decimal("12.5"))

    shown = fields_of(an_invoice(lines=lines))["lines"]

    assert [line["discount"] for line in shown] == ["", "12,5%"]


UNTAXED = {
    VatTreatment.INTRA_EU: "intra_eu",
    VatTreatment.EXPORT: "export",
    VatTreatment.REVERSE_CHARGE: "reverse_charge",
    VatTreatment.EXEMPT: "exempt",
}


def test_every_treatment_without_vat_has_its_reason() -> None:
    assert {*UNTAXED, VatTreatment.STANDARD} == set(VatTreatment)


def test_the_reason_for_no_vat_follows_from_customer_and_bakery() -> None:
    def reasons(invoice: Invoice, settings: Settings | None = None) -> list[str]:
        fields = fields_of(invoice, settings)
        return [name for name in (*UNTAXED.values(), "small_business") if fields[name]]

    assert reasons(an_invoice()) == []
    for treatment, name in UNTAXED.items():
        assert reasons(an_invoice(customer=a_customer(vat_treatment=treatment))) == [name]
    assert reasons(an_invoice(), a_bakery(small_business=True)) == ["small_business"]


def test_a_line_without_vat_shows_no_rate_and_one_that_goes_abroad_shows_nought() -> None:
    assert fields_of(an_invoice(), a_bakery(small_business=True))["lines"][0]["vat_rate"] == ""
    for treatment, shown in (
        (VatTreatment.INTRA_EU, "0%"),
        (VatTreatment.EXPORT, "0%"),
        (VatTreatment.REVERSE_CHARGE, ""),
        (VatTreatment.EXEMPT, ""),
    ):
        untaxed = an_invoice(customer=a_customer(vat_treatment=treatment))
        assert fields_of(untaxed)["lines"][0]["vat_rate"] == shown


def test_the_sellers_country_stands_on_invoices_that_go_abroad_in_the_customers_language() -> None:
    assert fields_of(an_invoice())["company"]["country"] == ""
    german = a_customer(country="DE", language=Language.DE)
    assert fields_of(an_invoice(customer=german))["company"]["country"] == "Niederlande"
    belgian_seller = a_bakery(country="BE")
    assert fields_of(an_invoice(customer=a_customer(country="BE")), belgian_seller)["company"]["country"] == ""
    assert fields_of(an_invoice(), belgian_seller)["company"]["country"] == "België"


def test_only_an_invoice_with_something_to_pay_asks_for_payment() -> None:
    returns = an_invoice(lines=some_lines(1, quantity=Decimal(-2)))

    assert fields_of(an_invoice())["to_pay"]
    assert not fields_of(returns)["to_pay"]
    assert not fields_of(an_invoice(kind=Kind.CREDIT_NOTE, corrects="2026-0001"))["to_pay"]


def test_the_standing_reference_stands_in_for_an_empty_one() -> None:
    customer = a_customer(reference="Kostenplaats 7")

    assert fields_of(an_invoice(customer=customer))["reference"] == "Inkoop 774"
    assert fields_of(an_invoice(customer=customer, reference=""))["reference"] == "Kostenplaats 7"


def test_a_simplified_invoice_may_have_no_buyer() -> None:
    fields = fields_of(an_invoice(customer=None))

    assert fields["address"] == []
    assert fields["language"] == "nl"


def test_the_window_decides_where_the_address_stands() -> None:
    assert not fields_of(an_invoice(), a_bakery(window=WindowSide.LEFT))["window_right"]
    assert fields_of(an_invoice(), a_bakery(window=WindowSide.RIGHT))["window_right"]


def test_an_undated_invoice_is_not_printed() -> None:
    with pytest.raises(ValueError, match="date"):
        fields_of(an_invoice(issued=None))


def test_an_incomplete_line_is_not_printed() -> None:
    complete = an_invoice(lines=1)
    incomplete = replace(complete, lines=some_lines(1, price=None))

    with pytest.raises(ValueError, match="price"):
        invoice_fields(incomplete, totals(complete), a_bakery())


@pytest.mark.parametrize("language", Language)
def test_every_language_has_its_template_and_speaks_itself(language: Language) -> None:
    assert template_for(language, a_bakery()) == asset("templates", f"invoice.{language}.docx")
    assert fields_of(an_invoice(customer=a_customer(language=language)))["language"] == language


@pytest.mark.parametrize(
    ("language", "addressed", "due"),
    [
        (Language.NL, "T.a.v. de administratie", "14 april 2026"),
        (Language.EN, "Attn. de administratie", "14 April 2026"),
        (Language.DE, "z. Hd. de administratie", "14. April 2026"),
        (Language.FR, "À l’attention de : de administratie", "14 avril 2026"),
    ],
)
def test_what_the_program_writes_itself_is_in_the_customers_language(
    language: Language, addressed: str, due: str
) -> None:
    fields = fields_of(an_invoice(customer=a_customer(language=language)))

    assert fields["address"][1].replace("\u00a0", " ") == addressed
    assert fields["due_date"].replace("\u00a0", " ") == due


def test_the_bakers_own_template_wins_in_every_language(tmp_path: Path) -> None:
    settings = a_bakery(template=tmp_path / "mijn factuur.docx")
    (tmp_path / "mijn factuur.docx").touch()

    assert template_for(Language.DE, settings) == tmp_path / "mijn factuur.docx"
    assert fields_of(an_invoice(customer=a_customer(language=Language.DE)), settings)["date"] == "31.\u00a0März 2026"


def test_the_bakers_own_template_may_exist_per_language(tmp_path: Path) -> None:
    settings = a_bakery(template=tmp_path / "factuur {language}.docx")
    for language in ("nl", "en"):
        (tmp_path / f"factuur {language}.docx").touch()

    assert template_for(Language.NL, settings) == tmp_path / "factuur nl.docx"
    assert template_for(Language.FR, settings) == tmp_path / "factuur en.docx"
    assert fields_of(an_invoice(customer=a_customer(language=Language.FR)), settings)["language"] == "en"


def test_a_template_that_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    settings = a_bakery(template=tmp_path / "weg.docx")

    with pytest.raises(TemplateMissing) as raised:
        InvoiceTemplate(template_for(Language.NL, settings))

    assert raised.value.facts == {"path": str(tmp_path / "weg.docx")}


def test_the_country_names_exist_in_every_language() -> None:
    def countries(language: Language) -> set[str]:
        return {key for key in texts_in(language).keys() if key.startswith("country.")}  # noqa: SIM118 - not a mapping

    assert countries(Language.NL) == countries(Language.EN) != set()
    for language in (Language.DE, Language.FR):
        own = tomllib.loads((Path(catalogue.__file__).parent / language / "invoice.toml").read_text(encoding="utf-8"))
        assert {f"country.{code}" for code in own["country"]} == countries(Language.NL)
