"""Lines of no invoice, and the invoices that wait for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from factuurbode.cli import main
from factuurbode.domain.model import Channel
from factuurbode.domain.preflight import Past
from factuurbode.domain.states import State
from factuurbode.workbook.reader import read_ledger
from support.preflights import preflight_of
from support.workbooks import INVOICE, LINE, small_book

SENT = Past({Channel.MAIL: State.SENT})
VOID = Past(void=True)


def a_book(folder: Path, invoices: Sequence[str], lines: Sequence[str | None]) -> Path:
    return small_book(
        folder / "book.xlsx",
        invoices=[{**INVOICE, "number": number} for number in invoices],
        lines=[{**LINE, "invoice": number} for number in lines],
    )


def waiting(book: Path, gone: Collection[str] = (), past: Past = SENT) -> tuple[list[str], list[str]]:
    """The invoices that a stray line keeps in, and the cells that the book as a whole tells of."""
    found = preflight_of(read_ledger(book), dict.fromkeys(gone, past))
    codes = ("line_invoice_missing", "line_invoice_unknown")
    kept = [one.invoice.number for one in found.invoices if any(problem.code in codes for problem in one.problems)]
    assert kept == [one.invoice.number for one in found.invoices if one.blocked]
    return kept, [str(problem.place) for problem in found.problems if problem.code in codes]


@pytest.mark.parametrize(
    ("invoices", "lines", "kept"),
    [
        # no number: the invoices of the lines above and below
        (["1", "2", "3"], ["1", None, "1", "2", "3"], ["1"]),
        (["1", "2", "3"], ["1", None, "2", "3"], ["1", "2"]),
        (["1", "2", "3"], ["1", "2", None, None, "3"], ["2", "3"]),
        (["1", "2", "3"], ["1", "2", "3", None], ["3"]),
        # the same number but for case, zeros and signs
        (["2026-0001", "2026-0002"], ["2026-0001", "2026-0002", "2026-2"], ["2026-0002"]),
        (["F-1", "F-2"], ["F-1", "F-2", "f 1"], ["F-1"]),
        (["2026-0001", "2026-0002"], ["2026-0001", "2026-0002", "2026-1"], ["2026-0001"]),
        # a typing error away, of the neighbours first
        (["2026-0012", "2026-0013", "2026-0014"], ["2026-0012", "2026-0112", "2026-0013", "2026-0014"], ["2026-0012"]),
        (["2026-0012", "2026-0345"], ["2026-0012", "2026-0345", "2026-0021"], ["2026-0012"]),
        (["2026-0012", "2026-0345"], ["2026-0012", "2026-0345", "2026-00312"], ["2026-0012"]),
        (["2026-0012", "2026-0345"], ["2026-0012", "2026-0345", "2026-0034"], ["2026-0345"]),  # two errors are none
        (["2026-0012", "2026-0345"], ["2026-0012", "2026-0345", "2026-0031"], ["2026-0345"]),
        (["2026-0012", "2026-0345"], ["2026-0012", "2026-0345", "2026-00012x"], ["2026-0345"]),
        # like none: the neighbours
        (["2026-0012", "2026-0345"], ["2026-0012", "wie weet", "2026-0345"], ["2026-0012", "2026-0345"]),
    ],
)
def test_the_invoices_that_a_line_may_belong_to_wait_for_it(
    invoices: list[str], lines: list[str | None], kept: list[str], tmp_path: Path
) -> None:
    assert waiting(a_book(tmp_path, invoices, lines)) == (kept, [])


@pytest.mark.parametrize("past", [SENT, VOID], ids=["sent", "void"])
def test_an_invoice_that_is_done_with_is_not_disturbed(past: Past, tmp_path: Path) -> None:
    book = a_book(tmp_path, ["1", "2"], ["1", None, "2"])
    assert waiting(book, ["1"], past) == (["2"], [])
    assert waiting(book, ["1", "2"], past) == ([], ["Factuurregels!A4"])


def test_a_line_without_a_number_is_not_one_of_an_invoice_without_a_number(tmp_path: Path) -> None:
    ledger = read_ledger(a_book(tmp_path, ["1", ""], ["1", None]))
    assert [len(invoice.lines) for invoice in ledger.invoices] == [1, 0]
    assert len(ledger.strays) == 1


def test_a_line_that_belongs_nowhere_makes_check_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = small_book(tmp_path / "book.xlsx", invoices=(), lines=[LINE])
    assert main(["check", str(book)]) == 1
    assert "Factuurregels!A3" in capsys.readouterr().out
