"""The workbook that is open in Excel keeps what every workbook promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwings

from contracts.book import BookContract, Cells, FormulaAt, Opened
from factuurbode.ports import Book
from factuurbode.workbook.live import LiveBook

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("excel")]


class TestLiveBook(BookContract):
    @pytest.fixture
    def opened(self) -> Opened:
        def open_in_program(path: Path) -> Book:
            return LiveBook(xlwings.Book(str(path)))

        return open_in_program

    @pytest.fixture
    def cells(self) -> Cells:
        def shown(path: Path, title: str) -> Sequence[Sequence[Any]]:
            sheet = xlwings.books[path.name].sheets[title]
            last = sheet.used_range.last_cell
            rows: Sequence[Sequence[Any]] = sheet.range((1, 1), last).options(ndim=2).value
            return rows

        return shown

    @pytest.fixture
    def formula(self) -> FormulaAt:
        def at(path: Path, title: str, cell: str) -> str:
            found = str(xlwings.books[path.name].sheets[title].range(cell).formula)
            return found if found.startswith("=") else ""

        return at
