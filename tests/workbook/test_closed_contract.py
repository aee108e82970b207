"""The closed workbook keeps the promises of a Book."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from contracts.book import BookContract, Cells, FormulaAt, Opened
from factuurbode.workbook.closed import ClosedBook


class TestClosedBook(BookContract):
    @pytest.fixture
    def opened(self) -> Opened:
        return ClosedBook

    @pytest.fixture
    def cells(self) -> Cells:
        def shown(path: Path, title: str) -> Sequence[Sequence[Any]]:
            sheet = openpyxl.load_workbook(path, data_only=True)[title]
            return [[cell.value for cell in row] for row in sheet.iter_rows()]

        return shown

    @pytest.fixture
    def formula(self) -> FormulaAt:
        def at(path: Path, title: str, cell: str) -> str:
            found = openpyxl.load_workbook(path)[title][cell]
            return str(found.value) if found.data_type == "f" else ""

        return at
