"""*Import…* in Excel: choose, look, agree; and the open workbook has it, or has it no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.workbook.live import LiveBook
from factuurbode.workbook.reader import read_ledger
from support.excel_bakery import ExcelBakery

pytestmark = pytest.mark.libreoffice

ROWS = """Klantnr;Datum;Omschrijving;Aantal;Prijs;Btw
0001;02-11-2026;Volkoren;10;2,50;9%
0001;03-11-2026;=1+1;20;0,95;9%
0001;31-13-2026;Taart;een;18,00;9%
"""


@pytest.fixture
def chosen(bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the person chooses; what is shown on the screen is the page."""
    path = bakery.folder / "leveringen.csv"
    path.write_text(ROWS, encoding="utf-8")
    monkeypatch.setattr("factuurbode.ribbon.importing.choose_files", lambda _: (path,))
    monkeypatch.setattr("factuurbode.ribbon.importing.can_show_windows", lambda: True)
    monkeypatch.setattr("factuurbode.ribbon.importing.show_on_screen", lambda page: page.is_file())
    return path


def numbers(bakery: ExcelBakery) -> list[str]:
    return [invoice.number for invoice in LiveBook(bakery.book).read().invoices]


def test_what_is_agreed_with_stands_in_the_open_workbook_and_on_disk_once(bakery: ExcelBakery, chosen: Path) -> None:
    bakery.book.sheets["Klanten"].range("F3").value = "Kaasstad"  # not saved yet
    said = bakery.presses("import_file", "ok", "ok")
    assert "2 facturen: €\N{NO-BREAK SPACE}44,00 excl. btw" in said
    assert "1 rij is afgekeurd" in said
    assert [words for words in bakery.engine.statuses if words] == [
        "Bestanden lezen",
        "Werkmap opslaan",
        "Overnemen in de werkmap",
        "Overnemen in de werkmap: 2 van 4 regels",
        "Overnemen in de werkmap: 4 van 4 regels",
        "Werkmap opslaan",
    ]
    assert not bakery.engine.statuses[-1]
    assert numbers(bakery)[-2:] == ["2026-0005", "2026-0006"]
    on_disk = read_ledger(bakery.folder / "boek.xlsx")
    assert [line.description for one in on_disk.invoices[-2:] for line in one.lines] == ["Volkoren", "=1+1"]
    assert on_disk.customers["0001"].city == "Kaasstad"
    assert not on_disk.problems
    (kept,) = (bakery.folder / "kopie voor import").iterdir()
    assert len(read_ledger(kept).invoices) == 4
    assert read_ledger(kept).customers["0001"].city == "Kaasstad"
    assert (bakery.folder / "facturen" / "overzicht import.html").is_file()
    assert chosen.with_name("leveringen.afgekeurd.csv").is_file()
    again = bakery.presses("import_file", "yes", "ok")
    assert "2 rijen zijn al eerder overgenomen" in again
    assert "Er is niets over te nemen" in again
    assert len(numbers(bakery)) == 6


def test_cancel_changes_nothing(bakery: ExcelBakery, chosen: Path) -> None:
    bakery.presses("import_file", "cancel")
    assert len(numbers(bakery)) == 4
    assert not chosen.with_name("leveringen.afgekeurd.csv").exists()


def test_the_last_import_can_be_undone_and_rows_typed_since_stay(bakery: ExcelBakery, chosen: Path) -> None:
    assert chosen.is_file()
    bakery.presses("import_file", "ok", "ok")
    bakery.presses("new_invoice")
    said = bakery.presses("import_file", "no", "ok")
    assert "leveringen.csv" in said
    assert "(facturen: 2)" in said
    assert [words for words in bakery.engine.statuses if words] == [
        "Import ongedaan maken",
        "Import ongedaan maken: 2 van 4 regels",
        "Import ongedaan maken: 4 van 4 regels",
        "Werkmap opslaan",
    ]
    assert not bakery.engine.statuses[-1]
    assert numbers(bakery) == ["2026-0001", "2026-0002", "2026-0003", "2026-0004", "2026-0007"]


def test_what_was_changed_since_goes_only_on_purpose(bakery: ExcelBakery, chosen: Path) -> None:
    assert chosen.is_file()
    bakery.presses("import_file", "ok", "ok")
    bakery.book.sheets["Factuurregels"].range("E7").value = 99
    assert "iets veranderd" in bakery.presses("import_file", "no", "cancel")
    assert len(numbers(bakery)) == 6
    bakery.presses("import_file", "no", "ok", "ok")
    assert len(numbers(bakery)) == 4


def test_a_file_that_cannot_be_read_is_told(bakery: ExcelBakery, chosen: Path) -> None:
    chosen.write_bytes(b"\x7fELF" + bytes(range(256)) * 20)
    assert "leveringen.csv" in bakery.presses("import_file", "ok")
    assert len(numbers(bakery)) == 4
