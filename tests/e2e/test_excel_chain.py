"""The whole chain from a button in Excel, with Calc in Excel's place and everything else real.

Built add-in → its VBA callback → Python, started with xlwings' own command line → selection → PDF → mail server and
printer → cells of the open workbook → message boxes.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.install.addin_file import addin_bytes
from factuurbode.ribbon.window import can_show_windows
from factuurbode.workbook.reader import read_ledger
from support.addin import AddinInCalc, addin_in_calc
from support.calc_engine.office import connected
from support.mailserver import MailServer
from support.printserver import print_server
from support.screen import a_screen
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book

pytestmark = [pytest.mark.libreoffice, pytest.mark.cups]

TESTS = Path(__file__).parents[1]
PAPER = {**CUSTOMER, "number": "0002", "e_invoice": "paper"}


@dataclass
class Told:
    """What the pressed button's Python said to the person, and how it ended."""

    alerts: list[str]
    statuses: list[str]
    first: float
    modules: set[str]
    exit: int


@dataclass
class Desk:
    """A baker's computer: Calc with the add-in, and a workbook."""

    calc: AddinInCalc
    folder: Path
    server: MailServer

    def makes(self, count: int, name: str = "boek.xlsx", settings: Mapping[str, Any] | None = None) -> Path:
        """A workbook with *count* invoices; every second customer wants paper."""
        numbers = [f"2026-{number:04}" for number in range(1, count + 1)]
        invoices = [
            {**INVOICE, "number": number, "customer": f"000{1 + place % 2}"} for place, number in enumerate(numbers)
        ]
        return small_book(
            self.folder / name,
            customers=[CUSTOMER, PAPER],
            invoices=invoices,
            lines=[{**LINE, "invoice": number} for number in numbers],
            settings={"mail.port": self.server.port, **(settings or {})},
        )

    def document(self, book: Path) -> Any:
        """The open workbook, over UNO."""
        components = connected(self.calc.pipe).getComponents().createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if book.as_uri() == document.URL:
                return document
        raise LookupError(book)

    def presses(self, control: str, *answers: str, **variables: str) -> Path:
        """Press a button; the file that appears when its Python has ended."""
        told = self.folder / "told.json"
        told.unlink(missing_ok=True)
        prelude = f"from support.chain import join; join({self.calc.pipe!r}, {','.join(answers)!r}, {str(told)!r})"
        done = self.calc.starts(prelude=prelude, variables={"PYTHONPATH": str(TESTS), **variables})
        self.calc.press(control)
        return done

    def waits(self, done: Path) -> Told:
        """Wait for the end of the Python that was started."""
        while not done.exists():
            time.sleep(0.05)  # VBA's Shell tells nobody when its program ends
        ended = json.loads(done.read_text())
        assert ended["exit"] == 0, ended["said"]
        facts = json.loads((self.folder / "told.json").read_text())
        return Told(facts["alerts"], facts["statuses"], facts["first"], set(facts["modules"]), ended["exit"])


@pytest.fixture
def desk(tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    addin = tmp_path / "factuurbode.xlam"
    addin.write_bytes(addin_bytes())
    folder = tmp_path / "Bakkerij & Zn"
    folder.mkdir()
    with addin_in_calc(addin, tmp_path) as calc:
        yield Desk(calc, folder, server)


def select(document: Any, *areas: str) -> None:
    sheet = document.Sheets.getByName("Facturen")
    document.CurrentController.setActiveSheet(sheet)
    ranges = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    for area in areas:
        ranges.addRangeAddress(sheet.getCellRangeByName(area).RangeAddress, False)
    document.CurrentController.select(ranges)


def statuses(document: Any, rows: range) -> list[str]:
    sheet = document.Sheets.getByName("Facturen")
    return [sheet.getCellRangeByName(f"P{row}").String for row in rows]


def test_from_the_button_to_mail_and_paper_and_back_into_the_cells(desk: Desk) -> None:
    with print_server() as printer:
        other = desk.makes(2, "ander.xlsx")
        book = desk.makes(6, settings={"printing.printer": "Kantoor"})
        printer.add_queue("Kantoor")
        desk.calc.open(other)
        desk.calc.open(book)
        document = desk.document(book)
        sheet = document.Sheets.getByName("Facturen")
        sheet.Rows.getByIndex(3).IsVisible = False  # 2026-0002, as by a filter
        sheet.getCellRangeByName("O7").String = "ja"  # 2026-0005 is held: an edit that was not saved
        select(document, "A3:B5", "D7:E8")
        done = desk.presses("customer_copies", "ok", "ok", CUPS_SERVER=printer.server)
        told = desk.waits(done)
        question, summary = told.alerts
        assert "Er gaan 3 facturen de deur uit" in question
        assert "•  2 per e-mail, afzender facturen@bakkerij.test" in question
        assert "•  1 op papier, printer Kantoor" in question
        assert "•  2026-0005: vastgehouden" in question
        assert "1 vastgehouden, 2 verzonden, 1 geprint" in summary
        assert statuses(document, range(3, 9)) == ["Verzonden", "", "Verzonden", "", "Vastgehouden", "Geprint"]
        assert len(desk.server.messages()) == 2
        assert len(printer.papers()) == 1
        assert told.statuses[0] == "factuurbode …"
        assert told.statuses[-1] == "False"
        # pandas is there: xlwings takes it in before any code of ours runs. The rooms that need it are not.
        assert "factuurbode.importing.proposing" not in told.modules
        assert not other.with_name("ander.factuurbode.db").exists()
        saved = {one.number: dict(one.recorded.states) for one in read_ledger(book).invoices}
        assert saved["2026-0001"] == {Channel.MAIL: State.SENT}
        assert saved["2026-0006"] == {Channel.PRINT: State.PRINTED}


@pytest.mark.screen
def test_cancel_in_the_middle_stops_what_has_not_gone_yet(desk: Desk) -> None:
    if not can_show_windows():
        pytest.skip("needs a Python with tkinter")
    book = desk.makes(40, settings={"general.always_save_as_pdf": True})
    desk.calc.open(book)
    document = desk.document(book)
    select(document, "A3:A42")
    desk.server.fault("rcpt", delay=3)  # a minute, should nobody cancel
    with a_screen() as screen:
        done = desk.presses("customer_copies", "ok", "ok", DISPLAY=screen.display)
        screen.presses(screen.window("Factuurbode"), "Escape")
        told = desk.waits(done)
    assert "De ronde is gestopt." in told.alerts[-1]
    gone = len(desk.server.messages())
    assert gone < 20
    assert statuses(document, range(3, 43)).count("Verzonden") == gone
    desk.server.heal()
    desk.waits(desk.presses("customer_copies", "ok", "ok"))
    assert len(desk.server.messages()) == 20
    assert statuses(document, range(3, 43)).count("Verzonden") == 20


def test_a_workbook_closed_in_the_middle_is_told_by_the_next_press(desk: Desk) -> None:
    book = desk.makes(4, settings={"general.always_save_as_pdf": True})
    desk.calc.open(book)
    select(desk.document(book), "A3:A6")
    desk.server.fault("rcpt", hold=True)
    done = desk.presses("customer_copies", "ok", "ok")
    while not desk.server.commands() or "MAIL FROM" not in " ".join(desk.server.commands()):
        time.sleep(0.02)
    desk.document(book).setModified(False)
    desk.calc.close(book)
    desk.server.heal()
    told = desk.waits(done)
    assert "nog niet in de werkmap" in told.alerts[-1]
    assert len(desk.server.messages()) == 2
    shutil.rmtree(desk.folder / "facturen")  # only the journal knows
    desk.calc.open(book)
    document = desk.document(book)
    select(document, "A3:A6")
    desk.waits(desk.presses("check", "ok"))
    assert statuses(document, range(3, 7)) == ["Verzonden", "Opgeslagen", "Verzonden", "Opgeslagen"]
    assert len(desk.server.messages()) == 2


@pytest.mark.timeout(1200)  # LibreOffice takes a minute where nothing else runs
def test_among_ten_thousand_rows_the_selected_ones_go(desk: Desk) -> None:
    book = desk.makes(10_000, settings={"general.always_save_as_pdf": True})
    desk.calc.open(book)
    document = desk.document(book)
    select(document, "A9001:A9002", "C10001:D10002")
    told = desk.waits(desk.presses("customer_copies", "ok", "ok"))
    assert "Er gaan 4 facturen de deur uit" in told.alerts[0]
    assert statuses(document, range(9000, 9004)) == ["", "Verzonden", "Opgeslagen", ""]
    assert statuses(document, range(10_000, 10_003)) == ["", "Verzonden", "Opgeslagen"]
    assert len(desk.server.messages()) == 2
