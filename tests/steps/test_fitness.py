"""What is wrong with an invoice's document is told before the run: its template, and letters that nothing prints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factuurbode.domain.ledger import Identity, Ledger
from factuurbode.domain.model import Channel, EInvoice, Invoice, Kind, Language, Origin, Place, VatTreatment
from factuurbode.domain.preflight import Past
from factuurbode.domain.problems import Problem
from factuurbode.domain.settings import Mail, Settings
from factuurbode.domain.states import State
from factuurbode.render.check import Finding, check_template
from factuurbode.render.restore import restore_mail_texts
from factuurbode.steps import fitness
from factuurbode.steps.fitness import with_documents
from factuurbode.texts import problem_sentence, texts_in
from support.documents import a_bakery, a_customer, a_logo, an_invoice
from support.preflights import preflight_of
from support.word import a_template, changed_template

CELL = Place("Instellingen", "B12")


def problems(
    *invoices: Invoice, settings: Settings, history: dict[str, Past] | None = None, codes: str = "template_"
) -> list[list[Problem]]:
    """What is told of the documents of *invoices*."""
    customers = {invoice.customer_number: invoice.customer for invoice in invoices if invoice.customer}
    places = {"general.template": CELL, "company.name": Place("Instellingen", "B40")}
    ledger = Ledger(Identity("b"), Language.NL, settings, customers, invoices, settings_places=places)
    checked = with_documents(preflight_of(ledger, history), ledger)
    return [[one for one in each.problems if one.code.startswith(codes)] for each in checked.invoices]


def of_template(path: Path, *invoices: Invoice) -> list[list[Problem]]:
    """What is told of *invoices* when the template is that at *path*."""
    return problems(*(invoices or (an_invoice(),)), settings=a_bakery(template=path))


def test_the_template_that_came_with_the_program_is_without_fault() -> None:
    assert problems(an_invoice(), settings=a_bakery()) == [[]]


def test_a_template_that_lacks_what_the_law_wants_keeps_its_invoices_in(tmp_path: Path) -> None:
    path = a_template(tmp_path / "eigen.docx", "{{ number }}", "{{ date }}")

    [[one], [other]] = of_template(path, an_invoice("2026-0001"), an_invoice("2026-0002"))

    assert one.stops
    assert (one.code, one.place, one.value) == ("template_faulty_more", CELL, str(path))
    assert other == one  # told once, of the setting
    for language, said in (
        (
            Language.NL,
            f"Instellingen!B12: Het factuursjabloon {path} heeft 19 fouten. De eerste: Op de factuur ontbreekt "
            "period_from (eerste dag van een verzamelfactuur); dat is wettelijk verplicht. Bekijk het met "
            f"factuurbode template check {path}, of maak de instelling Sjabloon leeg.",
        ),
        (
            Language.EN,
            f"Instellingen!B12: The invoice template {path} has 19 faults. The first: The invoice lacks period_from "
            "(first day of a collective invoice), which the law requires. Look at it with factuurbode template check "
            f"{path}, or empty the Template setting.",
        ),
    ):
        assert problem_sentence(texts_in(language), one) == said


def test_one_fault_is_told_as_one(tmp_path: Path) -> None:
    [[problem]] = of_template(changed_template(tmp_path / "eigen.docx", "{{ total }}", "{{ totaal }}"))

    told = problem_sentence(texts_in(Language.NL), problem)
    assert "heeft 2 fouten. De eerste: Het veld totaal bestaat niet." in told

    [[problem]] = of_template(changed_template(tmp_path / "eigen.docx", "{{ total }}", ""))
    told = problem_sentence(texts_in(Language.NL), problem)
    assert "heeft een fout: Op de factuur ontbreekt total (totaal met btw)" in told


@pytest.mark.parametrize(
    ("flag", "concerned"),
    [
        ("credit_note", an_invoice(kind=Kind.CREDIT_NOTE, corrects="2026-0000")),
        ("intra_eu", an_invoice(customer=a_customer(vat_treatment=VatTreatment.INTRA_EU, vat_number="BE0123456789"))),
        ("exempt", an_invoice(customer=a_customer(vat_treatment=VatTreatment.EXEMPT))),
    ],
)
def test_a_sentence_that_the_template_lacks_keeps_in_the_invoices_that_need_it(
    tmp_path: Path, flag: str, concerned: Invoice
) -> None:
    path = changed_template(tmp_path / "eigen.docx", flag, "to_pay")

    [ordinary, special] = of_template(path, an_invoice("2026-0001"), replace(concerned, number="2026-0002"))

    assert ordinary == []
    assert [problem.code for problem in special] == ["template_faulty" + "_more" * (flag == "credit_note")]


def test_a_warning_keeps_nothing_in(tmp_path: Path) -> None:
    path = changed_template(tmp_path / "eigen.docx", "{{ remark }}", "{{ remark }}{{ ‘x’ }}")

    assert check_template(path)
    assert of_template(path) == [[]]


def test_a_template_that_is_not_there_or_is_none_is_told_with_its_cell(tmp_path: Path) -> None:
    (tmp_path / "eigen.docx").write_bytes(b"Geachte heer")

    for name, code, said in (
        ("weg.docx", "template_missing", "is er niet"),
        (
            "eigen.docx",
            "template_refused",
            "kan geen factuursjabloon zijn: het is geen Word-document (.docx) (eigen.docx).",
        ),
    ):
        [[problem]] = of_template(tmp_path / name)
        assert (problem.code, problem.place, problem.stops) == (code, CELL, True)
        assert said in problem_sentence(texts_in(Language.NL), problem)


@pytest.mark.parametrize("state", [State.SENT, State.PRINTED, State.SAVED, State.IN_DOUBT])
def test_an_invoice_that_went_out_needs_no_template_any_more(tmp_path: Path, state: State) -> None:
    history = {"2026-0001": Past({Channel.MAIL: state})}

    settings = a_bakery(template=tmp_path / "weg.docx")
    gone, new = problems(an_invoice("2026-0001"), an_invoice("2026-0002"), settings=settings, history=history)

    assert gone == []
    assert [problem.code for problem in new] == ["template_missing"]


def test_each_language_has_its_own_template(tmp_path: Path) -> None:
    a_template(tmp_path / "factuur.nl.docx", "{{ number }}")
    changed_template(tmp_path / "factuur.en.docx", "{{ remark }}", "{{ remark }}")
    path = tmp_path / "factuur.{language}.docx"

    dutch, english = of_template(
        path, an_invoice("2026-0001"), an_invoice("2026-0002", customer=a_customer(language=Language.EN))
    )

    assert [problem.value for problem in dutch] == [str(tmp_path / "factuur.nl.docx")]
    assert english == []


def test_a_template_is_tried_once_for_all_its_invoices_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def noted(path: Path) -> tuple[Finding, ...]:
        tried.append(path)
        return check_template(path)

    monkeypatch.setattr(fitness, "check_template", noted)
    path = a_template(tmp_path / "eigen.docx", f"{{{{ number }}}} {tmp_path}")

    for _ in range(2):
        of_template(path, *(an_invoice(f"2026-{number:04}") for number in range(120)))
    assert tried == [path]

    a_template(path, f"{{{{ date }}}} {tmp_path}")
    of_template(path)
    assert tried == [path, path]


# --- letters ---
ROW = Origin("Klanten", 7, {"name": "B", "street": "D"})


@pytest.mark.parametrize(
    ("invoice", "place"),
    [
        (an_invoice(customer=a_customer(name="Croissanterie \ue000", origin=ROW)), Place("Klanten", "B7")),
        (an_invoice(customer=a_customer(street="Plein \ue000 3", origin=ROW)), Place("Klanten", "D7")),
        (an_invoice(remark="Tot ziens \ue000", origin=Origin("Facturen", 3, {"remark": "K"})), Place("Facturen", "K3")),
        (an_invoice(reference="\ue000", origin=Origin("Facturen", 3, {"reference": "H"})), Place("Facturen", "H3")),
    ],
)
@pytest.mark.libreoffice
def test_a_letter_that_no_font_has_is_told_with_its_cell(invoice: Invoice, place: Place) -> None:
    [[problem]] = problems(invoice, settings=a_bakery(), codes="letter_")

    assert problem.stops
    assert (problem.code, problem.place, problem.value) == ("letter_unprintable", place, "\ue000 (U+E000)")


# --- the logo and the mail texts ---
def test_a_logo_that_cannot_be_printed_is_told_with_its_cell(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("<svg/>")

    for name, said in (("weg.png", "het is er niet (weg.png)"), ("logo.png", "het is geen afbeelding (PNG of JPEG)")):
        [[problem]] = problems(an_invoice(), settings=a_bakery(logo=tmp_path / name), codes="logo_")
        assert problem.stops
        assert said in problem_sentence(texts_in(Language.NL), problem)

    a_logo(tmp_path / "logo.png")
    assert problems(an_invoice(), settings=a_bakery(logo=tmp_path / "logo.png"), codes="logo_") == [[]]


def test_mail_texts_with_a_fault_keep_in_the_mails_of_their_language(tmp_path: Path) -> None:
    restore_mail_texts(tmp_path, Language.NL)
    restore_mail_texts(tmp_path, Language.EN)
    (tmp_path / "mail.nl.txt").write_text("Subject: x\n{{ nummer }}\n", encoding="utf-8")
    settings = replace(a_bakery(), mail=Mail(texts=tmp_path))
    wishes = {"0001": EInvoice.MAIL, "0002": EInvoice.PAPER, "0003": EInvoice.MAIL}
    invoices = [
        an_invoice(
            f"2026-{number}",
            customer=a_customer(
                number=number, e_invoice=wish, language=Language.EN if number == "0003" else Language.NL
            ),
        )
        for number, wish in wishes.items()
    ]

    [[faulty], paper, english] = problems(*invoices, settings=settings, codes="mail_texts")

    assert (paper, english) == ([], [])
    told = problem_sentence(texts_in(Language.NL), faulty)
    assert f"In de e-mailteksten van {tmp_path} zit een fout: Het veld nummer in mail.nl.txt bestaat niet" in told

    gone = replace(a_bakery(), mail=Mail(texts=tmp_path / "weg"))
    told_of = problems(*invoices, settings=gone, codes="mail_texts")
    assert [[problem.code for problem in each] for each in told_of] == [
        ["mail_texts_missing"],
        [],
        ["mail_texts_missing"],
    ]
