"""Any file that people could come with: it is refused in words, or all of it is told of, and twice is once."""

from __future__ import annotations

import csv
import io
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factuurbode.domain.model import Invoice, Language
from factuurbode.domain.totals import totals
from factuurbode.errors import ImportFault
from factuurbode.importing.mapping.fields import FIELDS
from factuurbode.importing.proposal import Correction, Proposal, Rejected
from factuurbode.importing.telling import reasons
from factuurbode.texts import error_sentence, texts_in
from support.import_bakery import Bakery, an_import_bakery

DUTCH = texts_in(Language.NL)
CORES = (
    ("Bonnr", "Leverdatum", "Klantnr", "Artikelnr", "Aantal"),
    ("Leverdatum", "Klantnaam", "Omschrijving", "Aantal", "Prijs", "Btw %"),
    ("Factuurnr", "Factuurdatum", "Klantnr", "Omschrijving", "Aantal", "Prijs", "Btw %"),
    ("Klantnr", "Naam", "Plaats"),
    ("Artikelnr", "Omschrijving", "Prijs"),
    (),
)
SENSIBLE = {
    "Bonnr": "7",
    "Leverdatum": "02-11-2026",
    "Klantnr": "0012",
    "Artikelnr": "0101",
    "Aantal": "3",
    "Prijs": "2,35",
    "Btw %": "9",
    "Factuurnr": "F-9",
    "Factuurdatum": "05-11-2026",
    "Naam": "Jan",
    "Klantnaam": "Jan",
    "Plaats": "Meelstad",
    "Omschrijving": "Brood",
}
CELLS = (
    *("", "0", "-3", "12", "1.234", "2,35", "-1,50", "(4)", "#REF!", "x", "31-02-2026", "13-11-2026", "46329", "1E+05"),
    *("0012", "0013", "9999", "0102", "Brood", "Kaars", "21", "9%", "Laag", "0,09", "Totaal", "€ 3,50", "Week", "paid"),
    *("Geannuleerd", "EUR", "USD", "NL", "F-1", "Creditnota", "a@b.example", "Café De Hoek", "Meelstad", "1234 AB"),
    *('q"uote', "two\nlines", "=1+1", "\u00a0", "true", "101", "9" * 23, "2026-11-03T23:30:00Z"),
)


def a_file(bakery: Bakery, chance: Random, name: str = "export.csv") -> tuple[str, str, str]:
    """The text of a file with some columns that belong together, some others, and rows of which most make sense."""
    others = [chance.choice(field.nl + field.en) for field in chance.sample(FIELDS, chance.randint(2, 12))]
    header = list(dict.fromkeys([*chance.choice(CORES), *others]))
    chance.shuffle(header)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=chance.choice(";,\t|"))
    writer.writerows([["Titel"]] * chance.choice([0, 0, 2]))
    writer.writerow(header)
    for _ in range(chance.randint(0, 20)):
        cells = [_cell(column, chance) for column in header]
        writer.writerow(cells[: len(cells) + chance.choice([0, 0, -1])])
    return text.getvalue(), chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), name


def _cell(column: str, chance: Random) -> str:
    if column in SENSIBLE and chance.random() < 0.8:
        return SENSIBLE[column]
    return chance.choice(CELLS) if chance.random() < 0.5 else ""


def told_of(proposal: Proposal) -> int:
    """The rows that are listed one by one; the others have become something."""
    listed: list[Rejected | Correction] = [*proposal.rejected, *proposal.corrections, *proposal.altered]
    places = {(row.origin.file, row.origin.row) for row in listed}
    assert len({(row.origin.file, row.origin.row) for row in proposal.rejected}) == len(proposal.rejected)
    return len(places) + sum(len(one.left_out) for one in proposal.detected)


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=120, derandomize=True)
def test_any_file_is_refused_in_words_or_changes_nothing_the_second_time(
    tmp_path_factory: pytest.TempPathFactory, chance: Random
) -> None:
    bakery = an_import_bakery(tmp_path_factory.mktemp("any"))
    text, encoding, name = a_file(bakery, chance)
    path = bakery.write(text, name, encoding)

    try:
        proposal = bakery.propose(path)
    except ImportFault:
        return

    assert told_of(proposal) <= proposal.detected[0].rows
    bakery.apply(proposal)
    for draft in proposal.drafts:
        customer = bakery.ledger.customers[draft.customer]
        amounts = totals(Invoice("1", draft.issued, customer, draft.customer, tuple(draft.lines), kind=draft.kind))
        assert (amounts.net, amounts.tax) == (draft.net, draft.vat)
        assert len(draft.rows) <= len(draft.lines)
    assert bakery.propose(path).empty


WHOLE = "Bonnr;Leverdatum;Klantnr;Artikelnr;Omschrijving;Aantal;Prijs;Btw %\r\n" + "".join(
    f'{number:06};{number % 28 + 1:02}-11-2026;0012;0101;"Brood; ""wit""";{number};2,35;9%\r\n'
    for number in range(1, 20)
)
PIECES = (
    *(
        b'"',
        b";",
        b"\n",
        b"\r",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"sep=,\n",
        b",",
        b"\t",
        b"|",
        b'""',
        b"'",
        b"=",
    ),
    *(
        b"Totaal",
        b"9" * 30,
        b"\xe9",
        b"1E5",
        b"\xf0\x9f\x8d\x9e",
        b"-",
        b"Klantnr",
        b"\x1a",
        b"\x85",
        b'"\n"',
        b'; "',
        b"",
    ),
)


def broken(chance: Random) -> bytes:
    """A file of deliveries in which something went wrong in some places."""
    data = bytearray(WHOLE.encode())
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data))
        data[place : place + chance.choice([0, 1, 5, 200])] = chance.choice(PIECES)
    return bytes(data)


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=200, derandomize=True)
def test_any_bytes_are_refused_in_words_or_read(tmp_path_factory: pytest.TempPathFactory, chance: Random) -> None:
    bakery = an_import_bakery(tmp_path_factory.getbasetemp())
    path = bakery.folder / "stuk.csv"
    path.write_bytes(broken(chance))

    try:
        proposal = bakery.propose(path)
    except ImportFault as fault:
        told = [error_sentence(DUTCH, fault)]
    else:
        told = [why for _, _, _, why in reasons(proposal, DUTCH)]
        made = sum(len(draft.rows) for draft in proposal.drafts)
        assert told_of(proposal) + made <= proposal.detected[0].rows
    assert all(told)
    assert not any(key in one for one in told for key in ("unreadable.", "reason."))
