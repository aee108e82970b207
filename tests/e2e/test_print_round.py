"""A round of paper: refused beforehand where the printer cannot, with a list on top."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.states import State
from factuurbode.errors import PrinterCannot, PrinterStopped
from factuurbode.steps.report import Report
from support import mortal
from support.mailserver import MailServer
from support.workbooks import CUSTOMER, INVOICE, LINE, Row, small_book
from support.world import World

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def world(tmp_path: Path, invoice_pdf: Path, server: MailServer) -> World:
    return World(tmp_path / "boek.xlsx", invoice_pdf, server, mortal.PaperTray(tmp_path / "printer"))


def made(world: World, *numbers: str, settings: Row | None = None) -> None:
    small_book(
        world.book,
        customers=[{**CUSTOMER, "number": number, "e_invoice": "paper"} for number in numbers],
        invoices=[{**INVOICE, "number": number, "customer": number} for number in numbers],
        lines=[{**LINE, "invoice": number} for number in numbers],
        settings=settings or {},
    )


def states(report: Report) -> list[State]:
    return [result.outcome.state for result in report.results]


def titles(world: World) -> list[str]:
    return [title.split()[0] for title in world.tray.papers()]


def test_with_a_list_it_comes_out_last_so_that_it_lies_on_top(world: World) -> None:
    made(world, "2026-0001", settings={"printing.cover_list": True})
    assert states(world.press()) == [State.PRINTED]
    jobs = sorted(world.tray.folder.glob("*.job"), key=lambda path: int(path.stem))
    assert [job.read_text().split()[0] for job in jobs] == ["2026-0001", "Lijst"]


def test_without_something_to_print_there_is_no_list(world: World) -> None:
    made(world, "2026-0001", settings={"printing.cover_list": True})
    world.press()
    assert world.press().results == ()
    assert len(list(world.tray.folder.glob("*.job"))) == 2


def test_a_list_that_cannot_be_printed_is_told_and_the_invoices_are_printed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(world, "2026-0001", settings={"printing.cover_list": True})
    submit = mortal.PaperTray.submit

    def only_invoices(self: mortal.PaperTray, pdf: Path, title: str, options: object) -> str:
        if title.startswith("Lijst"):
            raise PrinterStopped(printer="PDF", detail="")
        return submit(self, pdf, title, options)  # type: ignore[arg-type]

    monkeypatch.setattr(mortal.PaperTray, "submit", only_invoices)
    report = world.press()
    assert states(report) == [State.PRINTED]
    assert "cover_list_failed" in {problem.code for problem in report.warnings}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PrinterStopped(printer="PDF", detail="paused"), "printer_stopped"),
        (PrinterCannot(printer="PDF", option="print_option.two_sided", known=""), "printer_cannot"),
    ],
)
def test_a_printer_that_cannot_is_told_before_anything_is_queued_and_may_be_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    made(world, "2026-0001")

    def refuse(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(mortal.PaperTray, "ensure_ready", refuse)
        (result,) = world.press().results
    assert (result.outcome.state, result.outcome.key) == (State.FAILED, f"outcome.{code}")
    assert not list(world.tray.folder.glob("*.job"))
    assert states(world.press()) == [State.PRINTED]
    assert titles(world) == ["2026-0001"]
