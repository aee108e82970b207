"""Trouble in the rows: each fault names its cell and what to do, keeps its own invoice in, and lets the others go."""

from __future__ import annotations

from datetime import date

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from support.bakery import Bakery
from support.workbooks import CUSTOMER, INVOICE, LINE, Row

pytestmark = pytest.mark.libreoffice
BAD: Row = {**INVOICE, "number": "2026-0002", "customer": "0002"}
BAD_LINE: Row = {**LINE, "invoice": "2026-0002"}
OTHER: Row = {**CUSTOMER, "number": "0002", "name": "Hotel Proef"}


@pytest.mark.parametrize(
    ("customer", "invoice", "line", "says"),
    [
        ({}, {"customer": "9999"}, {}, "Klantnummer 9999 staat niet op het blad Klanten. Verbeter het nummer"),
        ({}, {"customer": ""}, {"quantity": 100}, "Boven € 100 moet een factuur een klant hebben."),
        ({}, {}, {"quantity": "twaalf"}, "“twaalf” is geen getal. Vul bij Aantal een getal in"),
        ({}, {}, {"quantity": "1.234"}, "“1.234” kan duizend of een decimaal betekenen."),
        ({}, {}, {"quantity": None}, "Het aantal ontbreekt."),
        ({}, {}, {"vat_rate": 6}, "Een btw-tarief van 6 % bestond niet op 2-10-2026."),
        ({}, {"date": date(2018, 6, 5)}, {"delivered": date(2018, 6, 1)}, "Een btw-tarief van 9 % bestond niet op"),
        ({"email": "geen adres"}, {}, {}, "“geen adres” is geen e-mailadres."),
        ({"email": "a@x.example; b@"}, {}, {}, "“b@” is geen e-mailadres."),
        ({"email": "a@x.example\r\nBcc: x@y.example"}, {}, {}, "“Bcc: x@y.example” is geen e-mailadres."),
        ({"email": ""}, {}, {}, "Het e-mailadres voor facturen ontbreekt."),
        ({"copy_to": "chef(at)x.example"}, {}, {}, "“chef(at)x.example” is geen e-mailadres (kopie aan)."),
    ],
)
def test_a_fault_keeps_its_invoice_in_and_the_others_go(
    bakery: Bakery, customer: Row, invoice: Row, line: Row, says: str
) -> None:
    bakery.opens(
        customers=[CUSTOMER, {**OTHER, **customer}],
        invoices=[INVOICE, {**BAD, **invoice}],
        lines=[LINE, {**BAD_LINE, **line}],
    )
    told = bakery.types("check")
    assert told.code == 1
    assert says in told.words
    assert "!" in told.words.split(says)[0].split()[-1]  # the sheet and the cell stand before the sentence
    told = bakery.sends()
    assert (told.code, bakery.mails) == (1, 1)
    assert says in told.words
    assert bakery.shown["2026-0001"] == {Channel.MAIL: State.SENT}
    bakery.opens(customers=[CUSTOMER, OTHER], invoices=[INVOICE, BAD], lines=[LINE, BAD_LINE])
    assert bakery.types("check").code == 0


def test_a_number_that_stands_there_twice_keeps_both_in(bakery: Bakery) -> None:
    bakery.opens(invoices=[INVOICE, INVOICE])
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "Factuurnummer 2026-0001 komt meer dan eens voor." in told.words
    assert "Geef een van beide het volgende vrije nummer." in told.words


def test_a_sender_that_is_no_address_is_told_once_for_all(bakery: Bakery) -> None:
    bakery.settings["mail.sender"] = "de bakker"
    bakery.opens()
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "Vul op het blad Instellingen de groep Mail in" in told.words
