"""The invoice as it leaves the bakery: template, LibreOffice and the PDF's own text and places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.verify import verify
from factuurbode.domain.model import Invoice, Kind, Language, VatTreatment
from factuurbode.domain.settings import Settings, WindowSide
from factuurbode.ports import Document
from support.documents import a_bakery, a_customer, a_logo, an_invoice, docx_of, some_lines
from support.pdf import Box, box_of, pages_of, text_of, words_of

pytestmark = pytest.mark.libreoffice

# What a window shows of the sheet however it slides in the envelope; see templates/build_templates.py for the sources.
LEFT_WINDOW = Box(20, 50, 100, 84)
RIGHT_WINDOW = Box(113, 50, 193, 75)

Printed = Callable[..., bytes]


@pytest.fixture
def printed(libreoffice: LibreOffice) -> Printed:
    """Makes the PDF of an invoice and checks it as it would be checked before it is sent."""

    def print_it(invoice: Invoice, settings: Settings | None = None) -> bytes:
        [conversion] = libreoffice.convert([Document(invoice.number, docx_of(invoice, settings))])
        assert conversion.error is None
        verify(conversion.pdf, invoice.number)
        return conversion.pdf

    return print_it


def test_an_invoice_shows_everything_that_the_law_asks(printed: Printed) -> None:
    words = words_of(printed(an_invoice(lines=4)))

    for required in (
        "Bakkerij De Gouden Korenaar",
        "Molenstraat 12 1234 AB Meelstad",
        "KvK 12345678",
        "Btw NL001234567B29",
        "Lunchcafé Het Ontbijt T.a.v. de administratie Kaasmarkt 3 2345 CD Boterdam",
        "Nummer 2026-0001",
        "Datum 31 maart 2026",
        "Vervaldatum 14 april 2026",
        "Klantnummer 0012",
        "Uw referentie Inkoop 774",
        "Periode 1 maart 2026 t/m 31 maart 2026",
        "02-03-2026 Volkoren heel gesneden art. 1001 2 st 2,15 9% 4,30",
        "Roomboteramandelstaaf art. 2044 10% korting 11 st 8,50 9% 84,15",
        "Btw-tarief Grondslag Btw 9% 126,80 11,41",
        "Totaal exclusief btw € 126,80 Btw € 11,41 Te betalen € 138,21",
        "Wij verzoeken u € 138,21 uiterlijk 14 april 2026 over te maken op rekening NL91 ABNA 0417 1643 00 "
        "(BIC ABNANL2A) ten name van Bakkerij De Gouden Korenaar B.V., onder vermelding van factuurnummer 2026-0001.",
        "Pagina 1 van 1",
    ):
        assert required in words


def test_an_english_customer_gets_english_words_and_numbers(printed: Printed) -> None:
    words = words_of(printed(an_invoice(lines=4, customer=a_customer(language=Language.EN))))

    for required in (
        "Invoice Number 2026-0001 Date 31 March 2026 Due date 14 April 2026",
        "2 Mar 2026 Volkoren heel gesneden",
        "Amount due €138.21",
        "Please transfer €138.21 no later than 14 April 2026",
        "Page 1 of 1",
    ):
        assert required in words


def test_a_german_customer_gets_german_words_and_numbers(printed: Printed) -> None:
    abroad = a_customer(
        language=Language.DE, country="DE", vat_treatment=VatTreatment.INTRA_EU, vat_number="DE123456788"
    )

    words = words_of(printed(an_invoice(lines=4, customer=abroad)))

    for required in (
        "DEUTSCHLAND Rechnung Nummer 2026-0001 Datum 31. März 2026 Fällig am 14. April 2026",
        "Lieferzeitraum 1. März 2026 bis 31. März 2026 Ihre USt-IdNr. DE123456788",
        "02.03.2026 Volkoren heel gesneden Art.-Nr. 1001 2 st 2,15 0 % 4,30",
        "Zu zahlen 126,80 €",
        "Steuerfreie innergemeinschaftliche Lieferung, Art. 138 Abs. 1 MwStSystRL (Richtlinie 2006/112/EG",
        "USt-IdNr. des Lieferers: NL001234567B29. USt-IdNr. des Abnehmers: DE123456788.",
        "Bitte überweisen Sie 126,80 € bis zum 14. April 2026 auf das Konto NL91 ABNA 0417 1643 00",
        "Seite 1 von 1",
    ):
        assert required in words


def test_a_german_credit_note_is_no_gutschrift(printed: Printed) -> None:
    german = a_customer(language=Language.DE)

    words = words_of(printed(an_invoice(lines=2, customer=german, kind=Kind.CREDIT_NOTE, corrects="2025-0099")))

    assert "Rechnungskorrektur Nummer 2026-0001 Datum 31. März 2026 Zu Rechnung 2025-0099" in words
    assert "Diese Rechnungskorrektur berichtigt die Rechnung 2025-0099." in words
    assert "Gutschrift" not in words


def test_a_french_customer_gets_french_words_and_numbers(printed: Printed) -> None:
    abroad = a_customer(
        language=Language.FR, country="BE", vat_treatment=VatTreatment.INTRA_EU, vat_number="BE0123456749"
    )

    words = words_of(printed(an_invoice(lines=4, customer=abroad)))

    for required in (
        "BELGIQUE Facture Numéro 2026-0001 Date 31 mars 2026 Échéance 14 avril 2026",
        "Période du 1er mars 2026 au 31 mars 2026 Votre n° de TVA BE0123456749",
        "À payer 126,80 €",
        "Livraison intracommunautaire exonérée de TVA, article 138, paragraphe 1, de la directive 2006/112/CE",
        "N° de TVA du fournisseur : NL001234567B29. N° de TVA du client : BE0123456749.",
        "Nous vous prions de virer 126,80 € au plus tard le 14 avril 2026 sur le compte NL91 ABNA 0417 1643 00",
        "Page 1 sur 1",
    ):
        assert required in words


def test_each_rate_of_vat_has_its_own_row(printed: Printed) -> None:
    words = words_of(printed(an_invoice(lines=6)))

    assert "Btw-tarief Grondslag Btw 21% 765,00 160,65 9% 429,20 38,63" in words


def test_a_credit_note_says_what_it_corrects_and_asks_for_no_payment(printed: Printed) -> None:
    words = words_of(printed(an_invoice("2026-0044", lines=2, kind=Kind.CREDIT_NOTE, corrects="2026-0001")))

    assert "Creditnota Nummer 2026-0044 Datum 31 maart 2026 Betreft factuur 2026-0001" in words
    assert "Te ontvangen € 12,04" in words
    assert "Deze creditnota corrigeert factuur 2026-0001. Het bedrag van € 12,04 wordt aan u gecrediteerd." in words
    assert "Vervaldatum" not in words
    assert "Wij verzoeken u" not in words


def test_an_intra_eu_supply_gives_the_reason_and_both_vat_numbers(printed: Printed) -> None:
    abroad = a_customer(country="BE", vat_treatment=VatTreatment.INTRA_EU, vat_number="BE0123456749")

    words = words_of(printed(an_invoice(customer=abroad)))

    assert "Intracommunautaire levering, 0% btw (artikel 138, lid 1, Richtlijn 2006/112/EG" in words
    assert "Btw-nummer leverancier: NL001234567B29. Btw-nummer afnemer: BE0123456749." in words
    assert "Boterdam BELGIË" in words
    assert "0% 42,65 0,00" in words


EXPORT = {
    Language.NL: ("Uitvoer naar een land buiten de EU, 0% btw (artikel 146, lid 1,", "Nederland", "ZWITSERLAND"),
    Language.EN: ("Export to a country outside the EU, 0% VAT (article 146(1),", "The Netherlands", "SWITZERLAND"),
    Language.DE: ("Steuerfreie Ausfuhrlieferung, Art. 146 Abs. 1 MwStSystRL", "Niederlande", "SCHWEIZ"),
    Language.FR: ("l’exportation exonérée de TVA, article 146, paragraphe 1,", "Pays-Bas", "SUISSE"),
}
REVERSE_CHARGE = {
    Language.NL: "Btw verlegd (artikel 12 Wet OB 1968).",
    Language.EN: "Reverse charge (article 12 of the Dutch VAT Act 1968).",
    Language.DE: "Steuerschuldnerschaft des Leistungsempfängers (Art. 12",
    Language.FR: "Autoliquidation (article 12",
}


@pytest.mark.parametrize("language", Language)
def test_export_gives_its_reason_and_both_countries(printed: Printed, language: Language) -> None:
    abroad = a_customer(country="CH", language=language, vat_treatment=VatTreatment.EXPORT)

    words = words_of(printed(an_invoice(customer=abroad)))

    reason, seller, buyer = EXPORT[language]
    assert reason in words
    assert f"Meelstad {seller}" in words
    assert f"Boterdam {buyer}" in words


@pytest.mark.parametrize("language", Language)
def test_reverse_charge_shows_no_rate_but_its_reason_and_both_vat_numbers(printed: Printed, language: Language) -> None:
    business = a_customer(language=language, vat_treatment=VatTreatment.REVERSE_CHARGE, vat_number="NL009876543B46")

    words = words_of(printed(an_invoice(customer=business)))

    assert REVERSE_CHARGE[language] in words
    assert words.count("NL009876543B46") == 2
    assert "NL001234567B29. " in words
    assert not re.search(r"\d ?%", words.replace("10 %", "").replace("10%", ""))  # but a discount


def test_a_small_business_shows_no_vat_and_says_why(printed: Printed) -> None:
    words = words_of(printed(an_invoice(), a_bakery(small_business=True, vat_number="")))

    assert "Vrijgesteld van omzetbelasting, kleineondernemersregeling (artikel 25 Wet OB 1968)." in words
    assert "Te betalen € 42,65" in words
    assert "Btw" not in words
    assert "%" not in words


@pytest.mark.parametrize(("side", "window"), [(WindowSide.LEFT, LEFT_WINDOW), (WindowSide.RIGHT, RIGHT_WINDOW)])
def test_the_address_is_in_the_window_and_nothing_else_is(printed: Printed, side: WindowSide, window: Box) -> None:
    customer = a_customer(
        name="Zorgcentrum De Lange Gang, locatie Zuid", country="BE", city="Oudenaarde aan de Schelde"
    )

    pdf = printed(an_invoice(customer=customer), a_bakery(window=side))

    for line in (
        "Zorgcentrum De Lange Gang",
        "locatie Zuid",
        "T.a.v. de administratie",
        "Kaasmarkt 3",
        "Oudenaarde aan",
    ):
        assert box_of(pdf, line).lies_in(window), line
    assert box_of(pdf, "BELGI").lies_in(window)
    for other in ("Factuur", "2026-0001", "Vervaldatum", "Molenstraat 12", "Leverdatum"):
        box = box_of(pdf, other)
        beside = box.right < window.left or box.left > window.right
        assert beside or box.bottom < window.top or box.top > window.bottom, other


def test_a_logo_takes_the_place_of_the_large_name(printed: Printed, tmp_path: Path) -> None:
    without, with_logo = printed(an_invoice()), printed(an_invoice(), a_bakery(logo=a_logo(tmp_path / "logo.png")))

    assert box_of(without, "Bakkerij De Gouden Korenaar").left == pytest.approx(22, abs=1)
    assert box_of(with_logo, "Bakkerij De Gouden Korenaar").left > 118
    for text in ("Lunchcaf", "Factuur", "Leverdatum"):
        assert box_of(with_logo, text).top == pytest.approx(box_of(without, text).top, abs=0.3)


def test_an_invoice_of_one_line_is_one_page(printed: Printed) -> None:
    [page] = pages_of(printed(an_invoice(lines=1)))

    assert "Pagina 1 van 1" in page
    assert page.count("Leverdatum") == 1


def test_three_hundred_lines_repeat_their_header_and_lose_none(printed: Printed) -> None:
    lines = tuple(replace(line, description=f"Brood soort {index}") for index, line in enumerate(some_lines(300), 1))

    pages = pages_of(printed(an_invoice(lines=lines, remark="Tot ziens")))

    assert len(pages) == 9
    for number, page in enumerate(pages, 1):
        assert f"Pagina {number} van 9" in page
        assert page.count("Leverdatum") == 1
        assert ("Factuur 2026-0001 · Bakkerij De Gouden Korenaar" in " ".join(page.split())) == (number > 1)
    shown = re.findall(r"Brood soort (\d+) art\.", " ".join(pages).replace("\n", " "))
    assert [int(number) for number in shown] == list(range(1, 301))
    assert [("Te betalen" in page, "Tot ziens" in page) for page in pages] == [(False, False)] * 8 + [(True, True)]


def test_the_amounts_never_stand_on_a_page_without_lines(libreoffice: LibreOffice) -> None:
    counts = (17, 18, 19, 20, 24, 25, 26, 27, 55, 56, 57, 61, 62, 63, 64)
    documents = [Document(str(count), docx_of(an_invoice(str(count), lines=count))) for count in counts]

    for conversion in libreoffice.convert(documents):
        *before, last = pages_of(conversion.pdf)
        assert last.count("art. ") >= 2, conversion.name
        assert last.count("Te betalen") == last.count("Wij verzoeken u") == 1, conversion.name
        assert sum(page.count("art. ") for page in (*before, last)) == int(conversion.name)
        assert all("Te betalen" not in page for page in before)


@pytest.mark.parametrize(
    "text", ["Bakkerij & Zn <b>", "{{ 7*7 }}", "{% raw %}", "{_{ x }_}", "taart ♥", "&lt;br/&gt;", "50% korting \\n"]
)
def test_what_a_customer_typed_appears_literally(printed: Printed, text: str) -> None:
    lines = some_lines(1, description=text)
    invoice = an_invoice(lines=lines, customer=a_customer(name=text), reference=text, remark=text)

    assert words_of(printed(invoice)).count(text) == 4


def test_a_name_of_ninety_letters_is_whole(printed: Printed) -> None:
    name = "Zo" + "nder" * 21 + "Spat"
    assert len(name) == 90

    pdf = printed(an_invoice(customer=a_customer(name=name), lines=some_lines(1, description=name)))

    assert text_of(pdf).replace("\n", "").replace(" ", "").count(name) == 2
    assert box_of(pdf, "Zonder").left >= 20


def test_control_characters_and_line_ends_do_no_harm(printed: Printed) -> None:
    lines = some_lines(1, description="half\x00vol\x0bkoren\r\ngesneden")

    words = words_of(printed(an_invoice(lines=lines, remark="eerste regel\ntweede regel")))

    assert "halfvolkoren gesneden art." in words
    assert "eerste regel tweede regel" in words


def test_an_invoice_of_one_return_asks_for_nothing(printed: Printed) -> None:
    words = words_of(printed(an_invoice(lines=some_lines(1, quantity=Decimal(-2)))))

    assert "-2 st 2,15 9% -4,30" in words
    assert "Te betalen € -4,69" in words
    assert "Wij verzoeken u" not in words


def test_a_simplified_invoice_without_a_buyer_is_whole(printed: Printed) -> None:
    words = words_of(printed(an_invoice(lines=1, customer=None, issued=date(2026, 3, 31))))

    assert "Te betalen € 4,69" in words
    assert "Klantnummer" not in words
