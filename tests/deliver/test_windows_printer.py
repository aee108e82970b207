"""The printer of Windows, against a spooler that behaves as documented. The real one was never at hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.printer import PDF, PrinterContract
from contracts.printer import pdf as pdf  # the contract's fixture
from factuurbode.deliver.windows_printer import JobStatus, PrinterStatus, WindowsPrinter
from factuurbode.domain.states import State
from factuurbode.errors import DeliveryError, PrinterCannot, PrinterStopped, PrinterUnknown
from factuurbode.ports import PrintOptions
from support.fake_spooler import FakeSpooler

OPTIONS = PrintOptions()


@pytest.fixture
def spooler() -> FakeSpooler:
    return FakeSpooler()


@pytest.fixture
def printer(spooler: FakeSpooler) -> WindowsPrinter:
    return WindowsPrinter("Winkel", spooler)


class TestWindowsPrinter(PrinterContract):
    """The contract."""


def test_nothing_comes_out_before_the_number_of_the_job_was_written_down(
    spooler: FakeSpooler, printer: WindowsPrinter, pdf: Path
) -> None:
    job = printer.submit(pdf, "2026-0001 d1", OPTIONS)
    assert spooler.papers == []
    assert printer.follow(job, 1).state is State.PRINTED
    assert spooler.papers == [("2026-0001 d1", PDF, OPTIONS)]


def test_after_a_crash_before_the_number_was_known_the_job_is_found_and_printed_once(
    spooler: FakeSpooler, printer: WindowsPrinter, pdf: Path
) -> None:
    printer.submit(pdf, "2026-0001 d1", OPTIONS)
    after_the_crash = WindowsPrinter("Winkel", spooler)
    job = after_the_crash.find("2026-0001 d1")
    assert job is not None
    assert after_the_crash.follow(job, 1).state is State.PRINTED
    assert len(spooler.papers) == 1


def test_after_a_crash_a_job_that_has_left_the_queue_is_looked_at_by_a_person(
    spooler: FakeSpooler, printer: WindowsPrinter, pdf: Path
) -> None:
    job = printer.submit(pdf, "2026-0001 d1", OPTIONS)
    printer.follow(job, 1)
    receipt = WindowsPrinter("Winkel", spooler).follow(job, 0)
    assert (receipt.state, receipt.code) == (State.ATTENTION, "print_job_unknown")


@pytest.mark.parametrize(
    ("fault", "state", "code"),
    [
        (JobStatus.PAPER_OUT, State.ATTENTION, "print_paper"),
        (JobStatus.OFFLINE | JobStatus.ERROR, State.ATTENTION, "print_offline"),
        (JobStatus.ERROR, State.ATTENTION, "print_stopped"),
        (JobStatus.USER_INTERVENTION, State.ATTENTION, "print_stopped"),
        (JobStatus.DELETING, State.FAILED, "print_cancelled"),
        (JobStatus.PRINTED | JobStatus.DELETING, State.PRINTED, "print_printed"),
        (JobStatus.COMPLETE, State.PRINTED, "print_printed"),
    ],
)
def test_what_the_queue_says_of_a_job_is_told(
    spooler: FakeSpooler, printer: WindowsPrinter, pdf: Path, fault: JobStatus, state: State, code: str
) -> None:
    spooler.fault = fault
    receipt = printer.follow(printer.submit(pdf, "t", OPTIONS), 0)
    assert (receipt.state, receipt.code) == (state, code)


def test_a_job_that_a_person_holds_stays_held(spooler: FakeSpooler, printer: WindowsPrinter, pdf: Path) -> None:
    spooler.fault = JobStatus.PAUSED
    job = printer.submit(pdf, "t", OPTIONS)
    assert [printer.follow(job, 0).code for _ in range(2)] == ["print_held", "print_held"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (PrinterStatus.PAPER_OUT, "print_paper"),
        (PrinterStatus.DOOR_OPEN, "print_cover"),
        (PrinterStatus.NO_TONER, "print_toner"),
        (PrinterStatus.PAPER_JAM, "print_jam"),
        (PrinterStatus.OFFLINE, "print_offline"),
    ],
)
def test_where_the_job_says_nothing_the_printer_does(
    spooler: FakeSpooler, printer: WindowsPrinter, pdf: Path, status: PrinterStatus, code: str
) -> None:
    spooler.can = replace(spooler.can, status=status)
    assert printer.follow(printer.submit(pdf, "t", OPTIONS), 0).code == code


def test_a_spooler_that_stops_answering_leaves_it_open(
    spooler: FakeSpooler, printer: WindowsPrinter, pdf: Path
) -> None:
    job = printer.submit(pdf, "t", OPTIONS)
    spooler.answers = False
    assert printer.follow(job, 0).code == "print_unreachable"


@pytest.mark.parametrize(
    ("changes", "options", "error"),
    [
        ({"status": PrinterStatus.PAUSED}, OPTIONS, PrinterStopped),
        ({"two_sided": False}, PrintOptions(two_sided=True), PrinterCannot),
        ({}, PrintOptions(tray="Lade 9"), PrinterCannot),
    ],
)
def test_what_cannot_be_printed_is_refused_beforehand(
    spooler: FakeSpooler,
    printer: WindowsPrinter,
    changes: dict[str, object],
    options: PrintOptions,
    error: type[DeliveryError],
) -> None:
    spooler.can = replace(spooler.can, **changes)  # type: ignore[arg-type]
    with pytest.raises(error):
        printer.ensure_ready(options)


def test_a_printer_without_paper_is_ready_and_its_jobs_wait(spooler: FakeSpooler, printer: WindowsPrinter) -> None:
    spooler.can = replace(spooler.can, status=PrinterStatus.PAPER_OUT)
    printer.ensure_ready(PrintOptions(tray="lade 2", two_sided=True))


def test_a_printer_that_is_not_there_names_those_that_are(spooler: FakeSpooler, pdf: Path) -> None:
    unknown = WindowsPrinter("Keuken", spooler)
    for ask in (lambda: unknown.ensure_ready(OPTIONS), lambda: unknown.submit(pdf, "t", OPTIONS)):
        with pytest.raises(PrinterUnknown) as raised:
            ask()
        assert raised.value.facts["known"] == "Winkel"
