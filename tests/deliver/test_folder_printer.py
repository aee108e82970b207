"""A folder in the place of a printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.printer import PDF, PrinterContract
from contracts.printer import pdf as pdf  # the contract's fixture
from factuurbode.deliver.folder_printer import FolderPrinter
from factuurbode.errors import PrinterUnreachable
from factuurbode.ports import PrintOptions


class TestFolderPrinter(PrinterContract):
    @pytest.fixture
    def printer(self, tmp_path: Path) -> FolderPrinter:
        return FolderPrinter(tmp_path / "paper")


def test_the_document_stands_in_the_folder_as_it_was(tmp_path: Path, pdf: Path) -> None:
    job = FolderPrinter(tmp_path / "paper").submit(pdf, "Factuur 2026-0001", PrintOptions())
    assert (tmp_path / "paper" / job).read_bytes() == PDF


def test_a_folder_that_cannot_be_made_is_a_printer_that_cannot_be_reached(tmp_path: Path, pdf: Path) -> None:
    with pytest.raises(PrinterUnreachable):
        FolderPrinter(pdf / "paper").submit(pdf, "Factuur 2026-0001", PrintOptions())
