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
from factuurbode.errors import PrinterCannot, PrinterStopped, PrinterUnknown, PrinterUnreachable
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


def comes_to(printer: CupsPrinter, job: str, code: str, words: str = "") -> Receipt:
    """How *job* stands, once that is *code* with *words*; until then it is only queued."""
    while (receipt := printer.follow(job, 0.1)).code != code or words not in receipt.detail:
        assert receipt.code in ("print_queued", code), receipt
    return receipt


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


_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*LanguageEncoding: ISOLatin1
*LanguageVersion: English
*Manufacturer: "Proef"
*ModelName: "Proef"
*NickName: "Proef"
*PCFileName: "PROEF.PPD"
*Product: "(Proef)"
*PSVersion: "(3010.000) 0"
*ColorDevice: False
*OpenUI *PageSize: PickOne
*DefaultPageSize: A4
*PageSize A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*OpenUI *InputSlot: PickOne
*DefaultInputSlot: Tray1
*InputSlot Tray1/Lade 1: ""
*InputSlot Tray2/Lade 2: ""
*CloseUI: *InputSlot
"""


@pytest.fixture
def simple(cups: PrintServer, tmp_path: Path) -> Iterator[CupsPrinter]:
    """A printer that says what it can: black and white, one side, two trays."""
    ppd = tmp_path / "proef.ppd"
    ppd.write_text(_PPD, encoding="ascii")
    cups.run("lpadmin", "-p", "Eenvoudig", "-E", "-v", "shop:/counter", "-P", str(ppd))
    yield CupsPrinter("Eenvoudig", cups.server)
    cups.run("lpadmin", "-x", "Eenvoudig")


@pytest.mark.parametrize(
    ("options", "names"),
    [(PrintOptions(two_sided=True), "print_option.two_sided"), (PrintOptions(tray="Lade 9"), "Lade 9")],
)
def test_an_option_that_the_printer_does_not_have_is_refused_beforehand(
    simple: CupsPrinter, options: PrintOptions, names: str
) -> None:
    with pytest.raises(PrinterCannot) as raised:
        simple.ensure_ready(options)
    assert raised.value.facts["option"] == names


@pytest.mark.parametrize("tray", ["", "Tray2", "tray-2", "Tray 1"])
def test_what_the_printer_has_is_not_refused(simple: CupsPrinter, tray: str) -> None:
    simple.ensure_ready(PrintOptions(tray=tray))


@pytest.mark.parametrize("command", ["cupsdisable", "cupsreject"])
def test_a_queue_that_is_stopped_or_rejects_is_refused_beforehand(
    cups: PrintServer, printer: CupsPrinter, command: str
) -> None:
    cups.run(command, cups.printer)
    try:
        with pytest.raises(PrinterStopped):
            printer.ensure_ready(OPTIONS)
    finally:
        cups.run("cupsenable", cups.printer)
        cups.run("cupsaccept", cups.printer)
    printer.ensure_ready(OPTIONS)


@pytest.mark.parametrize("name", ["Keuken", "-d evil", ""])
def test_a_printer_that_is_not_there_is_refused_beforehand(cups: PrintServer, name: str) -> None:
    with pytest.raises(PrinterUnknown):
        CupsPrinter(name, cups.server).ensure_ready(OPTIONS)


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
    assert comes_to(printer, job, code, words).state is State.ATTENTION
    cups.mend()
    assert printer.follow(job, PATIENCE) == Receipt(State.PRINTED, "print_printed")


@pytest.mark.parametrize(("fault", "words"), [("fail", "De fuser is te heet"), ("stop", "De printer is gestopt")])
def test_a_printer_that_stops_needs_a_person(
    cups: PrintServer, printer: CupsPrinter, pdf: Path, fault: str, words: str
) -> None:
    cups.fault(fault)
    job = printer.submit(pdf, "Factuur 1", OPTIONS)
    assert comes_to(printer, job, "print_stopped", words).state is State.ATTENTION
    cups.fault("")
    cups.run("cupsenable", cups.printer)
    assert printer.follow(job, PATIENCE).state is State.PRINTED


def test_a_held_job_waits(cups: PrintServer, printer: CupsPrinter, pdf: Path) -> None:
    cups.fault("hold")
    job = printer.submit(pdf, "Factuur 1", OPTIONS)
    assert comes_to(printer, job, "print_held").state is State.ATTENTION


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
    """CUPS leaves the names of all jobs out of some lists with such a one: with which, is not to be foreseen."""
    jobs = {}
    for number in range(25):
        title = f"Factuur {number} <&>"
        jobs[title] = printer.submit(pdf, title, OPTIONS)
        cups.run("lp", "-d", cups.printer, "-t", "odd \x01\x1b[2J & <x> \ufffe", str(pdf))
        assert printer.find(title) == jobs[title]
    assert printer.find("Factuur 0 <&>") == jobs["Factuur 0 <&>"]
    assert printer.find("Factuur 99 <&>") is None


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
