"""Printing through a real CUPS, whose printer fails in every way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.printer import PATIENCE, PDF, PrinterContract
from contracts.printer import pdf as pdf  # the contract's fixture
from factuurbode.deliver.cups import CupsPrinter
from factuurbode.deliver.printers import Printers, known_printers
from factuurbode.domain.states import State
from factuurbode.errors import PrinterUnknown, PrinterUnreachable
from factuurbode.ports import PrintOptions, Receipt
from support.printserver import PrintServer, print_server

pytestmark = pytest.mark.cups
OPTIONS = PrintOptions()


@pytest.fixture(scope="module")
def running() -> Iterator[PrintServer]:
    with print_server() as server:
        yield server


@pytest.fixture
def cups(running: PrintServer) -> Iterator[PrintServer]:
    yield running
    running.fault("")
    running.run("cancel", "-a", running.printer)
    running.run("cupsenable", running.printer)


@pytest.fixture
def printer(cups: PrintServer) -> CupsPrinter:
    return CupsPrinter(cups.printer, cups.server)


class TestCupsPrinter(PrinterContract):
    """The contract, on a real scheduler."""


def test_the_printer_gets_the_very_bytes_and_the_options(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    options = PrintOptions(copies=3, two_sided=True, colour=False, tray="Tray2")
    printer.follow(printer.submit(pdf, "Factuur é 1", options), PATIENCE)
    _, title, copies, told = cups.options()[-1]
    assert (cups.papers()[-1], title, copies) == (PDF, "Factuur é 1", "3")
    assert "sides=two-sided-long-edge" in told
    assert "print-color-mode=monochrome" in told
    assert "media=A4,Tray2" in told


def test_an_option_typed_into_the_tray_stays_a_tray(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    printer.follow(printer.submit(pdf, "t", PrintOptions(tray="x' copies=9 job-priority=1")), PATIENCE)
    _, _, copies, told = cups.options()[-1]
    assert copies == "1"
    assert "job-priority=1" not in told.replace(r"x\'\ copies=9\ job-priority=1", "")


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ("paper", "print_paper", "Het papier is op"),
        ("offline", "print_offline", "De printer reageert niet"),
    ],
)
def test_a_job_that_waits_for_a_person_says_what_for_and_goes_on(
    cups: PrintServer, printer: CupsPrinter, pdf: Path, fault: str, code: str, words: str
) -> None:
    cups.fault(fault)
    job = printer.submit(pdf, "Factuur 1", OPTIONS)
    receipt = printer.follow(job, 1)
    assert (receipt.state, receipt.code) == (State.ATTENTION, code)
    assert words in receipt.detail
    cups.mend()
    assert printer.follow(job, PATIENCE) == Receipt(State.PRINTED, "print_printed")


@pytest.mark.parametrize(("fault", "words"), [("fail", "De fuser is te heet"), ("stop", "De printer is gestopt")])
def test_a_printer_that_stops_needs_a_person(
    cups: PrintServer, printer: CupsPrinter, pdf: Path, fault: str, words: str
) -> None:
    cups.fault(fault)
    job = printer.submit(pdf, "Factuur 1", OPTIONS)
    receipt = printer.follow(job, 1)
    assert (receipt.state, receipt.code) == (State.ATTENTION, "print_stopped")
    assert words in receipt.detail
    cups.fault("")
    cups.run("cupsenable", cups.printer)
    assert printer.follow(job, PATIENCE).state is State.PRINTED


def test_a_held_job_waits(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    cups.fault("hold")
    receipt = printer.follow(printer.submit(pdf, "Factuur 1", OPTIONS), 1)
    assert (receipt.state, receipt.code) == (State.ATTENTION, "print_held")


def test_a_job_behind_another_is_only_queued(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    cups.fault("offline")
    printer.submit(pdf, "Factuur 1", OPTIONS)
    second = printer.submit(pdf, "Factuur 2", OPTIONS)
    assert printer.follow(second, 0).state is State.ATTENTION
    cups.mend()
    assert printer.follow(second, PATIENCE).state is State.PRINTED


def test_a_cancelled_job_has_failed(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    cups.fault("cancel")
    receipt = printer.follow(printer.submit(pdf, "Factuur 1", OPTIONS), PATIENCE)
    assert (receipt.state, receipt.code) == (State.FAILED, "print_cancelled")


def test_a_job_that_the_server_gives_up_has_failed(pdf: Path) -> None:
    with print_server(policy="abort-job") as cups:
        printer = CupsPrinter(cups.printer, cups.server)
        cups.fault("fail")
        receipt = printer.follow(printer.submit(pdf, "Factuur 1", OPTIONS), PATIENCE)
    assert (receipt.state, receipt.code) == (State.FAILED, "print_failed")


def test_a_printer_that_takes_no_jobs_says_so(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    cups.run("cupsreject", cups.printer)
    try:
        with pytest.raises(PrinterUnreachable) as refused:
            printer.submit(pdf, "Factuur 1", OPTIONS)
    finally:
        cups.run("cupsaccept", cups.printer)
    assert "not accepting" in refused.value.facts["detail"]


@pytest.mark.parametrize("name", ["Bureau", "", "-oraw", "a b", "../x", "Winkel/x"])
def test_an_unknown_printer_is_told_with_those_that_are_known(cups: PrintServer, pdf: Path, name: str) -> None:
    with pytest.raises(PrinterUnknown) as unknown:
        CupsPrinter(name, cups.server).submit(pdf, "Factuur 1", OPTIONS)
    assert unknown.value.facts == {"printer": name, "known": "Winkel"}


def test_without_a_scheduler_nothing_is_claimed(pdf: Path) -> None:
    with print_server() as cups:
        printer = CupsPrinter(cups.printer, cups.server)
        job = printer.submit(pdf, "Factuur 1", OPTIONS)
        printer.follow(job, PATIENCE)
    with pytest.raises(PrinterUnreachable):
        printer.submit(pdf, "Factuur 2", OPTIONS)
    with pytest.raises(PrinterUnreachable):
        printer.find("Factuur 1")
    receipt = printer.follow(job, 0)
    assert (receipt.state, receipt.code) == (State.ATTENTION, "print_unreachable")


def test_odd_jobs_of_other_programs_hide_nothing(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    job = printer.submit(pdf, "Factuur 1 <&>", OPTIONS)
    cups.run("lp", "-d", cups.printer, "-t", "odd \x01\x1b[2J & <x> \ufffe", str(pdf))
    assert printer.find("Factuur 1 <&>") == job


def test_the_printers_and_the_default_one_are_listed(cups: PrintServer) -> None:
    assert known_printers(cups.server) == Printers(("Winkel",), "Winkel")


def test_a_server_without_printers_has_none() -> None:
    with print_server() as cups:
        cups.run("lpadmin", "-x", cups.printer)
        assert known_printers(cups.server) == Printers()


def test_a_computer_without_cups_is_one_without_a_printer(monkeypatch: pytest.MonkeyPatch, pdf: Path) -> None:
    monkeypatch.setenv("PATH", str(pdf.parent))
    with pytest.raises(PrinterUnreachable) as missing:
        CupsPrinter("Winkel").submit(pdf, "Factuur 1", OPTIONS)
    assert "lp" in missing.value.facts["detail"]
