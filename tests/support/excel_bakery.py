"""A baker who works in Excel: opens the workbook, selects rows, presses buttons, reads what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlwings

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.ribbon.pressing import pressed
from factuurbode.workbook.live import LiveBook
from factuurbode.workbook.reader import read_ledger
from support import mortal
from support.calc_engine import CalcEngine
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, INVOICE, LINE, Row, small_book

NUMBERS = ("2026-0001", "2026-0002", "2026-0003", "2026-0004")


@dataclass
class ExcelBakery:
    """One workbook with four invoices; 2026-0001 stands in row 3."""

    folder: Path
    engine: CalcEngine
    server: MailServer
    tray: mortal.PaperTray
    settings: dict[str, Any] = field(default_factory=dict)

    def opens(self, numbers: tuple[str, ...] = NUMBERS, name: str = "boek.xlsx", **customer: Any) -> xlwings.Book:
        """Make the workbook and open it."""
        self.folder.mkdir(exist_ok=True)
        settings: Row = {"mail.port": self.server.port, **self.settings}
        path = small_book(
            self.folder / name,
            customers=[{**CUSTOMER, **customer}],
            invoices=[{**INVOICE, "number": number} for number in numbers],
            lines=[{**LINE, "invoice": number} for number in numbers],
            settings=settings,
        )
        return xlwings.App(impl=self.engine.app).books.open(str(path))

    @property
    def book(self) -> xlwings.Book:
        """The workbook that is open."""
        return xlwings.App(impl=self.engine.app).books["boek.xlsx"]

    def closes(self) -> None:
        """Close the workbook without saving."""
        self.book.close()

    def selects(self, *areas: str, sheet: str = "Facturen") -> None:
        """Select areas, as with Ctrl."""
        document = self.book.impl.document
        cells = document.Sheets.getByName(sheet)
        document.CurrentController.setActiveSheet(cells)
        ranges = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        for area in areas:
            ranges.addRangeAddress(cells.getCellRangeByName(area).RangeAddress, False)
        document.CurrentController.select(ranges)

    def hides_row(self, row: int) -> None:
        """Hide a row, as a filter does."""
        self.book.impl.document.Sheets.getByName("Facturen").Rows.getByIndex(row - 1).IsVisible = False

    def presses(self, command: str, *answers: str) -> str:
        """Press a button and answer what is asked; all that was said."""
        self.engine.alerts.clear()
        self.engine.statuses.clear()
        self.engine.answers.clear()
        self.engine.answers.extend(answers)
        pressed(command, self.book)
        assert not self.engine.answers, f"was not asked: {self.said}"
        return self.said

    @property
    def said(self) -> str:
        """Every message box of the last press."""
        return "\n---\n".join(alert.words for alert in self.engine.alerts)

    @property
    def mailed(self) -> list[str]:
        """The subjects of the mails that left."""
        return [str(received.message["Subject"]) for received in self.server.messages()]

    @property
    def shown(self) -> dict[str, dict[Channel, State]]:
        """What the status columns show in Excel, by invoice."""
        return {one.number: dict(one.recorded.states) for one in LiveBook(self.book).read().invoices}

    @property
    def saved(self) -> dict[str, dict[Channel, State]]:
        """What the status columns of the file on disk say."""
        ledger = read_ledger(self.folder / "boek.xlsx")
        return {one.number: dict(one.recorded.states) for one in ledger.invoices if one.recorded.states}
