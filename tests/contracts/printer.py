"""What every `ports.Printer` promises. A test module inherits `PrinterContract` and gives the fixtures it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.states import State
from factuurbode.ports import Printer, PrintOptions

PDF = b"%PDF-1.7\n% an invoice\n%%EOF\n"
PATIENCE = 120.0


class PrinterContract:
    """Fixture: `printer`, one that works."""

    def test_one_that_works_is_ready(self, printer: Printer) -> None:
        printer.ensure_ready(PrintOptions(copies=2))

    def test_a_document_is_printed(self, printer: Printer, pdf: Path) -> None:
        job = printer.submit(pdf, "Factuur 2026-0001 d1", PrintOptions())
        receipt = printer.follow(job, PATIENCE)
        assert (receipt.state, receipt.code) == (State.PRINTED, "print_printed")

    def test_a_job_is_found_by_its_title_also_after_its_end(self, printer: Printer, pdf: Path) -> None:
        title = "Factuur 2026-0002 – Café & Zn d2"
        job = printer.submit(pdf, title, PrintOptions())
        assert printer.find(title) == job
        printer.follow(job, PATIENCE)
        assert printer.find(title) == job

    def test_a_title_that_was_never_printed_is_not_found(self, printer: Printer, pdf: Path) -> None:
        printer.submit(pdf, "Factuur 2026-0003 d3", PrintOptions())
        assert printer.find("Factuur 2026-0003") is None
        assert printer.find("") is None

    def test_a_hostile_title_is_only_a_title(self, printer: Printer, pdf: Path) -> None:
        title = "-o../../x'\"\n; rm -rf $HOME " + "é" * 300
        job = printer.submit(pdf, title, PrintOptions(copies=2, two_sided=True, colour=False, tray="Tray'1 copies=9"))
        assert printer.follow(job, PATIENCE).state is State.PRINTED
        assert printer.find(title) == job

    def test_an_unknown_job_waits_for_a_person(self, printer: Printer) -> None:
        receipt = printer.follow("Winkel-99999", 0)
        assert (receipt.state, receipt.code) == (State.ATTENTION, "print_job_unknown")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A document to print."""
    path = tmp_path / "factuur.pdf"
    path.write_bytes(PDF)
    return path
