"""Each problem, in a real workbook, names the cell where a person mends it (B1)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from factuurbode.domain.content import content_of
from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import Channel, Language
from factuurbode.domain.preflight import Past
from factuurbode.domain.problems import Problem
from factuurbode.domain.sent import sent_of
from factuurbode.domain.states import State
from factuurbode.domain.totals import totals
from factuurbode.steps.fitness import with_documents
from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.settings.rows import SETTINGS_TABLE
from factuurbode.workbook.settings.table import group_title
from support.documents import a_content, an_invoice
from support.preflights import preflight_of
from support.source_codes import codes_in_the_source
from support.workbooks import CUSTOMER, INVOICE, LINE, Row, small_book

Edit = Callable[[Any], None]
CREDIT: Row = {**INVOICE, "number": "2026-0002", "kind": "credit-note", "corrects": "2026-0001"}
BIG: Row = {**LINE, "quantity": 100}  # above € 100, so that the buyer must be there in full
CREDIT_LINE: Row = {**BIG, "invoice": "2026-0002"}
ABROAD: Row = {**CUSTOMER, "country": "BE", "vat_treatment": "intra-eu", "vat_number": "BE0123456749"}
AT_HOME: Row = {**CUSTOMER, "vat_treatment": "reverse-charge", "vat_number": "NL001234567B29"}
PRODUCT: Row = {
    "article": "1001",
    "description": "Volkoren heel",
    "unit": "st",
    "price": Decimal("2.15"),
    "vat_rate": 9,
}
BY_ARTICLE: Row = {**BIG, "description": None, "unit": None, "price": None, "vat_rate": None}
FIRST_ROW = 3


@dataclass(frozen=True)
class Case:
    """A workbook with one thing wrong: *cell*, as `sheet!cell` or `key.of.setting`, is where it is mended."""

    code: str
    cell: str
    rows: Mapping[str, Any] = field(default_factory=dict)
    edit: Edit | None = None
    past: Mapping[str, Past] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)  # beside the workbook


def a_template(*paragraphs: str) -> bytes:
    document, target = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(target)
    return target.getvalue()


def customer(**changes: object) -> dict[str, Any]:
    return {"customers": [{**CUSTOMER, **changes}]}


def abroad(**changes: object) -> dict[str, Any]:
    return {"customers": [{**ABROAD, **changes}]}


def at_home(**changes: object) -> dict[str, Any]:
    return {"customers": [{**AT_HOME, **changes}]}


def invoice(**changes: object) -> dict[str, Any]:
    return {"invoices": [{**INVOICE, **changes}]}


def line(**changes: object) -> dict[str, Any]:
    return {"lines": [{**BIG, **changes}]}


def settings(**changes: object) -> dict[str, Any]:
    return {"settings": {key.replace("__", "."): value for key, value in changes.items()}}


def credited(of_credit: Mapping[str, object], *, original: Row = INVOICE, **rows: Any) -> dict[str, Any]:
    """An invoice in row 3 and a credit note on it in row 4."""
    return {"invoices": [original, {**CREDIT, **of_credit}], "lines": [BIG, CREDIT_LINE], **rows}


def put(sheet: str, cell: str, value: object) -> Edit:
    def edit(workbook: Any) -> None:
        workbook[sheet][cell] = value

    return edit


def add_setting(name: str) -> Edit:
    """A row below the settings, in a group of its own name."""

    def edit(workbook: Any) -> None:
        workbook["Instellingen"].append(["Mail", name, "iets"])

    return edit


CASES = [
    # --- the seller ---
    Case("seller_name_missing", "company.name", settings(company__name="")),
    Case("seller_street_missing", "company.street", settings(company__street="")),
    Case("seller_postcode_missing", "company.postcode", settings(company__postcode="")),
    Case("seller_city_missing", "company.city", settings(company__city="")),
    Case("seller_kvk_missing", "company.kvk", settings(company__kvk="")),
    Case("seller_kvk_invalid", "company.kvk", settings(company__kvk="1234567")),
    Case("seller_vat_number_missing", "company.vat_number", settings(company__vat_number="")),
    Case(
        "seller_vat_number_missing",
        "company.vat_number",
        {**settings(company__vat_number="", company__small_business=True), **abroad()},
    ),
    Case(
        "seller_vat_number_missing",
        "company.vat_number",
        {**settings(company__vat_number="", company__small_business=True), **at_home()},
    ),
    Case("seller_vat_number_invalid", "company.vat_number", settings(company__vat_number="NL001234567B28")),
    Case("seller_po_box", "company.street", settings(company__street="Postbus 12")),
    Case("seller_iban_missing", "company.iban", settings(company__iban="")),
    Case("seller_iban_invalid", "company.iban", settings(company__iban="NL91ABNA0417164301")),
    # --- the invoice ---
    Case("number_missing", "Facturen!A3", invoice(number="")),
    Case("number_twice", "Facturen!A4", {"invoices": [INVOICE, INVOICE]}),
    Case("number_gap", "Facturen!A4", {"invoices": [INVOICE, {**INVOICE, "number": "2026-0003"}]}),
    Case("numbers_gap", "Facturen!A4", {"invoices": [INVOICE, {**INVOICE, "number": "2026-0009"}]}),
    Case("date_missing", "Facturen!B3", invoice(date=None)),
    Case("date_far_ahead", "Facturen!B3", invoice(date=date(2026, 12, 26))),
    Case("due_differs", "Facturen!K3", edit=put("Facturen", "K3", date(2026, 10, 1))),
    Case("no_lines", "Facturen!A3", {"lines": []}),
    Case("period_reversed", "Facturen!I3", invoice(period_from=date(2026, 10, 2), period_to=date(2026, 10, 1))),
    Case("period_too_long", "Facturen!I3", invoice(period_from=date(2026, 9, 1), period_to=date(2026, 10, 4))),
    Case("period_too_long", "Facturen!B3", {"lines": [BIG, {**BIG, "delivered": date(2026, 9, 1)}]}),
    Case("issued_late", "Facturen!B3", line(delivered=date(2026, 8, 31))),
    Case("total_negative", "Facturen!N3", line(quantity=-100)),
    Case("total_differs", "Facturen!N3", edit=put("Facturen", "N3", 1)),
    Case(
        "changed_after_sending",
        "Facturen!B3",
        past={"2026-0001": Past({Channel.MAIL: State.SENT}, sent_of(a_content(an_invoice()).text))},
    ),
    # --- credit notes ---
    Case("corrects_missing", "Facturen!F4", credited({"corrects": None})),
    Case("corrects_unknown", "Facturen!F4", credited({"corrects": "2025-0999"})),
    Case("corrects_itself", "Facturen!F4", credited({"corrects": "2026-0002"})),
    Case("corrects_credit_note", "Facturen!F4", credited({}, original={**CREDIT, "number": "2026-0001"})),
    Case(
        "corrects_other_customer",
        "Facturen!F4",
        credited({"customer": "2"}, customers=[CUSTOMER, {**CUSTOMER, "number": "2"}]),
    ),
    Case("credited_too_much", "Facturen!F4", {**credited({}), "lines": [BIG, CREDIT_LINE, CREDIT_LINE]}),
    Case("credit_note_too_early", "Facturen!B4", credited({"date": date(2026, 10, 4)})),
    # --- the buyer ---
    Case("customer_missing", "Facturen!C3", invoice(customer="")),
    Case("customer_unknown", "Facturen!C3", invoice(customer="77")),
    Case("buyer_name_missing", "Klanten!B3", customer(name="")),
    Case("buyer_street_missing", "Klanten!D3", customer(street="")),
    Case("buyer_postcode_missing", "Klanten!E3", customer(postcode="")),
    Case("buyer_city_missing", "Klanten!F3", customer(city="")),
    Case("buyer_po_box", "Klanten!D3", customer(street="Postbus 9")),
    Case("buyer_kvk_invalid", "Klanten!N3", customer(kvk="123")),
    Case("buyer_vat_number_invalid", "Klanten!M3", abroad(vat_number="BE0123456748")),
    Case("buyer_vat_number_invalid", "Klanten!M3", at_home(vat_number="NL001234567B28")),
    Case("intra_eu_number_missing", "Klanten!M3", abroad(vat_number="")),
    Case("intra_eu_within_nl", "Klanten!G3", abroad(country="NL")),
    Case("intra_eu_outside_eu", "Klanten!G3", abroad(country="CH")),
    Case("export_within_eu", "Klanten!G3", abroad(vat_treatment="export")),
    Case("reverse_charge_abroad", "Klanten!G3", abroad(vat_treatment="reverse-charge")),
    Case("reverse_charge_number_missing", "Klanten!M3", at_home(vat_number="")),
    Case("taxed_abroad", "Klanten!O3", abroad(vat_treatment="standard")),
    Case("agreement_missing", "Klanten!L3", customer(agreed_on=None)),
    Case("bill_to_unknown", "Klanten!T3", customer(bill_to="0077")),
    Case("email_missing", "Klanten!J3", customer(email="")),
    Case("email_invalid", "Klanten!J3", customer(email="geen adres")),
    Case("copy_to_invalid", "Klanten!K3", customer(copy_to="geen adres")),
    # --- the lines ---
    Case("article_unknown", "Factuurregels!C3", {"lines": [{**BY_ARTICLE, "article": "1O01"}], "products": [PRODUCT]}),
    Case("line_description_missing", "Factuurregels!D3", line(description="")),
    Case("line_quantity_missing", "Factuurregels!E3", line(quantity=None)),
    Case("line_quantity_zero", "Factuurregels!E3", line(quantity=0)),
    Case("line_price_missing", "Factuurregels!G3", line(price=None)),
    Case("line_delivered_missing", "Factuurregels!B3", line(delivered=None)),
    Case("line_discount_out_of_range", "Factuurregels!H3", line(discount=101)),
    Case("line_vat_rate_missing", "Factuurregels!I3", line(vat_rate=None)),
    Case("line_vat_rate_unknown", "Factuurregels!I3", line(vat_rate=6)),
    Case("line_invoice_missing", "Factuurregels!A4", {"lines": [BIG, {**BIG, "invoice": None}, BIG]}),
    Case("line_invoice_unknown", "Factuurregels!A4", {"lines": [BIG, {**BIG, "invoice": "2026-001"}]}),
    # --- what cannot be read ---
    Case("cell_error", "Factuurregels!E3", edit=put("Factuurregels", "E3", "#N/A")),
    Case("choice_unknown", "Facturen!E3", invoice(kind="Kwitantie")),
    Case("country_unreadable", "Klanten!G3", customer(country="Verweggistan")),
    Case("count_unreadable", "mail.port", settings(mail__port="poort")),
    Case("date_unreadable", "Facturen!B3", invoice(date="morgen")),
    Case("days_unreadable", "Klanten!P3", customer(payment_days=-14)),
    Case("identifier_is_date", "Facturen!F3", edit=put("Facturen", "F3", date(2026, 10, 1))),
    Case("number_ambiguous", "Factuurregels!G3", line(price="1.234")),
    Case("number_too_large", "Factuurregels!E3", line(quantity=8712345678906)),
    Case("number_unreadable", "Factuurregels!E3", line(quantity="tien")),
    Case("percent_ambiguous", "Factuurregels!H3", edit=put("Factuurregels", "H3", "0,1")),
    Case("status_unknown", "Facturen!P3", invoice(status="ja hoor", channel="E-mail")),
    Case("channel_unknown", "Facturen!R3", invoice(status="Verzonden")),
    Case("customer_number_missing", "Klanten!A4", {"customers": [CUSTOMER, {"name": "Naamloos"}]}),
    Case("customer_twice", "Klanten!A4", {"customers": [CUSTOMER, CUSTOMER]}),
    Case("article_missing", "Artikelen!A3", {"products": [{"description": "Naamloos"}]}),
    Case("article_twice", "Artikelen!A4", {"products": [PRODUCT, PRODUCT]}),
    # --- settings ---
    Case("setting_unknown", "Instellingen!B{last}", edit=add_setting("Snelheid")),
    Case("setting_twice", "Instellingen!B{last}", edit=add_setting("Server")),
    Case("mail_server_missing", "mail.server", settings(mail__server="")),
    Case("mail_sender_missing", "mail.sender", settings(mail__sender="")),
    Case("mail_user_missing", "mail.user", settings(mail__sign_in="password")),
    Case("copy_address_invalid", "mail.copy_address", settings(mail__copy_address="geen adres")),
    Case("printer_missing", "printing.printer", {**settings(printing__printer=""), **customer(e_invoice="paper")}),
    Case("provider_moved", "mail.provider", settings(mail__server="", mail__provider="Telfort")),
    Case("provider_unverified", "mail.provider", settings(mail__server="", mail__provider="Versatel")),
    # --- documents ---
    Case("template_missing", "general.template", settings(general__template="weg.docx")),
    Case("template_refused", "general.template", settings(general__template="book.xlsx")),
    Case(
        "template_faulty_more",
        "general.template",
        settings(general__template="eigen.docx"),
        files={"eigen.docx": a_template("{{ number }}")},
    ),
    Case("logo_fault", "company.logo", settings(company__logo="weg.png")),
    Case("mail_texts_missing", "mail.texts", settings(mail__texts="weg")),
    Case(
        "mail_texts_faulty_more",
        "mail.texts",
        settings(mail__texts="teksten"),
        files={"teksten/mail.nl.txt": b"Subject: x\n{{ nummer }}\n"},
    ),
    Case("letter_unprintable", "Factuurregels!D3", line(description="Brood \ue000")),
]

WARNINGS = {
    "agreement_missing",
    "article_missing",  # of an article that no line uses, as below
    "article_twice",
    "buyer_kvk_invalid",
    "corrects_unknown",
    "credit_note_too_early",
    "credited_too_much",
    "customer_number_missing",
    "date_far_ahead",
    "due_differs",
    "issued_late",
    "line_quantity_zero",
    "number_gap",
    "numbers_gap",
    "provider_moved",
    "provider_unverified",
    "seller_iban_missing",
    "setting_unknown",
    "taxed_abroad",
    "total_differs",
}
"""What is only told; everything else keeps invoices in."""

WITHOUT_A_CELL = {
    "clock_set_back",  # the computer's clock
    "cover_list_failed",  # a printer
    "font_replaced",  # the template
    "sent_copy_failed",  # a server
}


def book_of(case: Case, folder: Path) -> Path:
    for name, content in case.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    book = small_book(folder / "book.xlsx", **{"lines": [BIG], **case.rows})
    if case.edit:
        workbook = openpyxl.load_workbook(book)
        case.edit(workbook)
        workbook.save(book)
    return book


def cell_of(case: Case, book: Path) -> str:
    """The cell that *case* means; a setting's is looked up on the sheet as a person would."""
    if "!" in case.cell and "{" not in case.cell:
        return case.cell
    sheet = openpyxl.load_workbook(book)["Instellingen"]
    if "!" in case.cell:
        return case.cell.format(last=sheet.max_row)
    setting = next(one for one in SETTINGS_TABLE if one.key == case.cell)
    group = ""
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        group = str(row[0].value or group)
        if (group, row[1].value) == (group_title(setting.group, Language.NL), setting.title(Language.NL)):
            return f"Instellingen!C{row[0].row}"
    raise AssertionError(f"no row for {case.cell}")


def found_in(ledger: Ledger, past: Mapping[str, Past]) -> Iterator[Problem]:
    found = with_documents(preflight_of(ledger, past), ledger)
    yield from found.problems
    for one in found.invoices:
        yield from one.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.cell}")
def test_a_problem_names_the_cell_to_mend_and_stops_or_warns(case: Case, tmp_path: Path) -> None:
    book = book_of(case, tmp_path)
    found = [one for one in found_in(read_ledger(book), case.past) if one.code == case.code]
    places = {str(one.place) for one in found}
    assert cell_of(case, book) in places
    assert len(places) == (2 if case.code == "number_twice" else 1)
    assert {one.stops for one in found} == {case.code not in WARNINGS}


def test_a_workbook_with_nothing_wrong_has_no_problems(tmp_path: Path) -> None:
    ledger = read_ledger(small_book(tmp_path / "book.xlsx", lines=[BIG]))
    invoice = ledger.invoices[0]
    said = content_of(invoice, ledger.settings.company, totals(invoice))
    sent = {"2026-0001": Past({Channel.MAIL: State.SENT}, sent_of(said.text))}
    for past in ({}, sent):
        assert list(found_in(ledger, past)) == []


def test_every_code_of_the_source_is_tried_here() -> None:
    tried = {case.code for case in CASES} | WITHOUT_A_CELL
    codes = codes_in_the_source("Problem", "Unclear", "note")
    assert {code for code in codes if not any(re.fullmatch(code, one) for one in tried)} == set()
