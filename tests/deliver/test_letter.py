"""The words of an invoice mail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from factuurbode.deliver.letter import Amounts, Attachment, letter_for
from factuurbode.deliver.message import Letter, compose
from factuurbode.domain.model import Company, Customer, Invoice, Kind, Language
from factuurbode.domain.settings import Closing, Mail, Settings
from factuurbode.errors import MailNotSetUp, MailTextFault

SETTINGS = Settings(
    mail=Mail(sender="bakker@bakkerij.test", copy_address="kopie@bakkerij.test; archief@bakkerij.test"),
    closing=Closing(
        contact_person="Sanne de Bakker",
        telephone="012-3456789",
        website="www.bakkerij.test",
        text={Language.NL: "Vragen over deze factuur?\nBel ons gerust.", Language.EN: "Questions? Call us."},
    ),
    company=Company(name="Bakkerij Korenveld", iban="NL02ABNA0123456789", telephone="000"),
)
INVOICE = Invoice("2026-0001", date(2026, 1, 5), Customer("0012", "Café De Hoek", reference="PO 7"), "0012")
AMOUNTS = Amounts("€ 1.234,50", "5 januari 2026", "19 januari 2026")


def letter(
    invoice: Invoice = INVOICE, settings: Settings = SETTINGS, amounts: Amounts = AMOUNTS, **options: Any
) -> Letter:
    return letter_for(
        invoice,
        settings,
        amounts,
        Attachment(b"%PDF-1.7", "Factuur 2026-0001.pdf"),
        **{
            "recipients": ("jan@klant.test",),
            "dispatch_id": "d1",
            "date": datetime(2026, 1, 5, tzinfo=UTC),
            **options,
        },
    )


def in_language(language: Language, invoice: Invoice = INVOICE) -> Invoice:
    return replace(invoice, customer=Customer("0012", "Café De Hoek", language=language))


CREDIT_NOTE = replace(INVOICE, number="2026-0002", kind=Kind.CREDIT_NOTE, corrects="2026-0001")


def words(page: str) -> str:
    return " ".join("".join(map(str, html.document_fromstring(page.encode("utf-8")).itertext())).split())


def test_a_dutch_customer_reads_dutch() -> None:
    made = letter()
    assert made.subject == "Factuur 2026-0001 van Bakkerij Korenveld"
    assert made.text == (
        "Geachte heer, mevrouw,\n\n"
        "Bijgaand ontvangt u factuur 2026-0001 van 5 januari 2026 voor een bedrag van € 1.234,50.\n\n"
        "Wij verzoeken u het bedrag uiterlijk 19 januari 2026 over te maken op rekening NL02ABNA0123456789 "
        "ten name van Bakkerij Korenveld, onder vermelding van het factuurnummer.\n\n"
        "Uw referentie: PO 7\n\n"
        "Vragen over deze factuur?\nBel ons gerust.\n\n"
        "Met vriendelijke groet,\n\n"
        "Sanne de Bakker\nBakkerij Korenveld\n012-3456789\nwww.bakkerij.test\n"
    )
    for part in ("2026-0001", "5 januari 2026", "€ 1.234,50", "19 januari 2026", "NL02ABNA0123456789", "PO 7"):
        assert part in words(made.html)
    assert "Vragen over deze factuur? Bel ons gerust. Met vriendelijke groet, Sanne de Bakker" in words(made.html)


def test_an_english_customer_reads_english() -> None:
    made = letter(in_language(Language.EN))
    assert (made.language, made.subject) == (Language.EN, "Invoice 2026-0001 from Bakkerij Korenveld")
    assert "Please transfer the amount by 19 januari 2026 to account NL02ABNA0123456789" in made.text
    assert "Questions? Call us." in made.text
    assert "Please find attached invoice 2026-0001." in words(made.html)


def test_a_german_customer_reads_german() -> None:
    made = letter(in_language(Language.DE))
    assert made.subject == "Rechnung 2026-0001 von Bakkerij Korenveld"
    assert made.text.startswith(
        "Sehr geehrte Damen und Herren,\n\n"
        "anbei erhalten Sie die Rechnung 2026-0001 vom 5 januari 2026 über € 1.234,50.\n\n"
        "Bitte überweisen Sie den Betrag bis zum 19 januari 2026 auf das Konto NL02ABNA0123456789 "
        "(Kontoinhaber: Bakkerij Korenveld) unter Angabe der Rechnungsnummer.\n\n"
    )
    assert "Kontoinhaber Bakkerij Korenveld" in words(made.html.replace("</td><td", "</td> <td"))


def test_a_french_customer_reads_french() -> None:
    made = letter(in_language(Language.FR))
    assert made.subject == "Facture 2026-0001 – Bakkerij Korenveld"
    assert "Veuillez trouver ci-joint la facture 2026-0001 du 5 januari 2026 d’un montant de € 1.234,50." in made.text
    assert "sur le compte NL02ABNA0123456789 (titulaire\u00a0: Bakkerij Korenveld), en indiquant" in made.text
    assert "Cordialement," in words(made.html)


def test_a_language_without_own_texts_is_served_with_ours_until_the_baker_adds_them(tmp_path: Path) -> None:
    german = in_language(Language.DE)
    (tmp_path / "mail.en.txt").write_text("Subject: {{ document }} {{ number }}\n\nHello,\n", encoding="utf-8")
    (tmp_path / "mail.en.html").write_text("<p>Hello,</p>", encoding="utf-8")
    assert letter(german, templates=tmp_path) == letter(german)
    (tmp_path / "mail.de.txt").write_text("Subject: {{ document }} {{ number }}\n\nGuten Tag,\n", encoding="utf-8")
    (tmp_path / "mail.de.html").write_text("<p>Guten Tag,</p>", encoding="utf-8")
    made = letter(german, templates=tmp_path)
    assert (made.language, made.subject, made.text) == (Language.DE, "Rechnung 2026-0001", "Guten Tag,\n")


@pytest.mark.parametrize("language", Language)
def test_a_credit_note_asks_for_no_payment(language: Language) -> None:
    made = letter(in_language(language, CREDIT_NOTE))
    for text in (made.text, words(made.html)):
        assert "2026-0001" in text
        assert "19 januari 2026" not in text
        assert "NL02ABNA0123456789" not in text
    assert made.subject.startswith(
        ("Creditnota 2026-0002", "Credit note 2026-0002", "Rechnungskorrektur 2026-0002", "Avoir 2026-0002")
    )


@pytest.mark.parametrize("language", Language)
def test_what_is_not_known_leaves_no_hole(language: Language) -> None:
    bare = replace(in_language(language), issued=None)
    settings = Settings(mail=Mail(sender="bakker@bakkerij.test"), company=Company(name="Bakkerij"))
    for kind in Kind:
        made = letter(replace(bare, kind=kind), settings, Amounts("€ 0,00"))
        assert not re.search(r"  |\n\n\n|None| ,| \.|\b(van|of|vom|du) \.|Undefined", made.text)
        assert made.text.endswith("Bakkerij\n")
    with_due = letter(bare, settings, Amounts("€ 1,00", due="19-1-2026"))
    assert not re.search(r"  | ,", with_due.text)


def test_the_bakers_own_subject_is_filled_in_once_and_never_run() -> None:
    def subject(own: str, company: str = "Bakkerij", number: str = "1") -> str:
        settings = replace(
            SETTINGS,
            company=replace(SETTINGS.company, name=company),
            closing=replace(SETTINGS.closing, subject={Language.NL: own}),
        )
        return letter(replace(INVOICE, number=number), settings).subject

    assert subject("Uw {document} {number} ({company})") == "Uw Factuur 1 (Bakkerij)"
    assert subject("{number.__class__} {0} {{number}} {x}") == "{number.__class__} {0} {1} {x}"
    assert subject("{company}", company="{number} {{ 7*7 }}") == "{number} {{ 7*7 }}"
    assert subject("  ") == "Factuur 1 van Bakkerij"


def test_what_the_workbook_says_is_never_a_template_or_html() -> None:
    hostile = "<b>{{ 7*7 }}</b>{% raw %}&amp;<script>"
    settings = replace(
        SETTINGS,
        company=replace(SETTINGS.company, name=hostile),
        closing=Closing(contact_person=hostile, text={Language.NL: hostile}),
    )
    made = letter(replace(INVOICE, number=hostile, reference=hostile), settings)
    assert hostile in made.subject
    assert made.text.count(hostile) >= 4
    page = html.document_fromstring(made.html.encode("utf-8"))
    assert page.findall(".//script") + page.findall(".//b") == []
    assert hostile in "".join(map(str, page.itertext()))


def test_a_template_cannot_reach_python_or_ask_for_what_is_not_there(tmp_path: Path) -> None:
    for mistake, reason in (
        ("{{ ''.__class__.__mro__ }}", "forbidden"),
        ("{{ nummer }}", "unknown_name"),
        ("{% if %}", "written"),
        ("{{ number|nofilter }}", "unknown_filter"),
        ("{{ number + 1 }}", "does_not_fit"),
        ("{{ 1 / 0 }}", "division"),
    ):
        folder = tmp_path / str(abs(hash(mistake)))
        folder.mkdir()
        (folder / "mail.nl.txt").write_text(f"Subject: x\n\n{mistake}\n", encoding="utf-8")
        (folder / "mail.nl.html").write_text("<p></p>", encoding="utf-8")
        with pytest.raises(MailTextFault) as fault:
            letter(templates=folder)
        assert fault.value.facts["path"].endswith("mail.nl.txt")
        assert (fault.value.facts["reason"], fault.value.facts["detail"]) == (f"template_fault.{reason}", mistake)


def test_a_text_without_a_subject_or_without_its_html_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail.nl.txt").write_text("Geachte heer, mevrouw,\n", encoding="utf-8")
    with pytest.raises(MailTextFault):
        letter(templates=tmp_path)
    (tmp_path / "mail.nl.txt").write_text("Subject: x\n\nGeachte heer, mevrouw,\n", encoding="utf-8")
    with pytest.raises(MailTextFault):
        letter(templates=tmp_path)


def test_everyone_gets_one_copy() -> None:
    made = letter(
        recipients=["jan@klant.test", "jan@klant.test"],
        copies=["JAN@klant.test", "b@klant.test", "kopie@bakkerij.test"],
    )
    assert made.recipients == ("jan@klant.test",)
    assert made.copies == ("b@klant.test", "kopie@bakkerij.test")
    assert made.hidden_copies == ("archief@bakkerij.test",)


@pytest.mark.parametrize(
    ("mail", "missing"),
    [
        (Mail(), "mail_setting.sender"),
        (Mail(sender="bakker"), "mail_setting.sender"),
        (Mail(sender="a@b.test; c@d.test"), "mail_setting.sender"),
        (Mail(sender="a@b.test", reply_to="b"), "mail_setting.reply_to"),
        (Mail(sender="a@b.test", copy_address="c"), "mail_setting.copy_address"),
    ],
)
def test_an_address_of_the_bakery_that_is_none_is_told_by_its_setting(mail: Mail, missing: str) -> None:
    with pytest.raises(MailNotSetUp) as wrong:
        letter(settings=replace(SETTINGS, mail=mail))
    assert wrong.value.facts == {"missing": missing}


def test_the_sender_has_the_name_of_the_bakery_unless_another_is_set() -> None:
    assert letter().sender_name == "Bakkerij Korenveld"
    named = replace(
        SETTINGS, mail=replace(SETTINGS.mail, sender_name="De Bakker", reply_to="Info <info@bakkerij.test>")
    )
    assert (letter(settings=named).sender_name, letter(settings=named).reply_to) == ("De Bakker", "info@bakkerij.test")


def test_the_letter_can_be_composed() -> None:
    assert b"Factuur 2026-0001 van Bakkerij Korenveld" in compose(letter()).message
