"""Deliveries in a workbook in Excel's binary form."""

from __future__ import annotations

import contextlib
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from factuurbode.errors import ImportFault, ImportUnreadable
from factuurbode.importing.proposal import Proposal
from factuurbode.importing.reading.spreadsheet import Spreadsheet
from support.binary_workbook import Zeros, record, xlsb
from support.import_bakery import Bakery

HEADER = ("Bonnr", "Leverdatum", "Klantnr", "Artikelnr", "Omschrijving", "Aantal", "Prijs", "Btw %")
FIRST = [("0012", "Volkoren heel", Decimal(12), Decimal("2.35"), Decimal(9), date(2026, 11, 2))]


def sold(proposal: Proposal) -> list[tuple[Any, ...]]:
    return [
        (draft.customer, line.description, line.quantity, line.price, line.vat_rate, line.delivered)
        for draft in proposal.drafts
        for line in draft.lines
    ]


@pytest.mark.parametrize("part", ["xl/styles.bin", "xl/workbook.bin", "xl/worksheets/sheet1.bin"])
@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_binary_workbook_that_is_cut_short_is_refused_or_read(bakery: Bakery, part: str, cut: int) -> None:
    rows = [HEADER, ("000101", 46328.0, Zeros(12.0), Zeros(101.0), "Volkoren heel", 12.0, 2.35, 9.0)]
    whole = xlsb(bakery.folder / "heel.xlsb", rows)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(bakery.folder / "kort.xlsb", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: max(len(content) - cut, 0)] if name == part else content)
    with contextlib.suppress(ImportFault):
        bakery.propose(bakery.folder / "kort.xlsb")


def test_what_the_parser_did_not_foresee_is_a_damaged_file(bakery: Bakery) -> None:
    path = xlsb(bakery.folder / "week.xlsb", [HEADER])
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/styles.bin", record(615) + record(616))  # without how many there are

    with pytest.raises(ImportUnreadable) as refused:
        bakery.propose(path)
    assert refused.value.facts["detail"] == "unreadable.damaged"


def test_zeros_that_only_the_form_of_a_number_shows_are_kept_in_a_binary_workbook(bakery: Bakery) -> None:
    rows = [HEADER, ("000101", 46328.0, Zeros(12.0), Zeros(101.0), "Volkoren heel", 12.0, 2.35, 9.0)]

    assert sold(bakery.propose(xlsb(bakery.folder / "week.xlsb", rows))) == FIRST
    (draft,) = bakery.propose(bakery.folder / "week.xlsb").drafts
    assert [line.article for line in draft.lines] == ["0101"]
    assert Spreadsheet(bakery.folder / "week.xlsb").table("Blad1").row(1)[2:4] == ("0012", "0101")


def test_a_binary_workbook_is_read_too_with_its_errors(bakery: Bakery) -> None:
    rows = [
        HEADER,
        ("000101", 46328.0, "0012", "0101", "Volkoren heel", 12.0, 2.35, 9.0),
        ("000102", 46329.0, "0013", "0102", "Wit tijger", b"\x2a", 1.95, 9.0),
    ]
    path = xlsb(bakery.folder / "week.xlsb", rows)

    assert Spreadsheet(path).titles == ["Blad1"]
    assert sold(bakery.propose(path)) == FIRST
    (rejected,) = bakery.propose(path).rejected
    assert [(reason.key, reason.facts["value"]) for reason in rejected.reasons] == [("reason.cell_error", "#N/A")]
