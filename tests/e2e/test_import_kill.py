"""`kill -9` at every step of an import and of its undo: the next command finds out which of the two it became."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from factuurbode.bootstrap import open_office
from factuurbode.importing.applying.settling import settle
from factuurbode.intake import imports
from factuurbode.journal import Journal
from factuurbode.journal.imports import STEPS, UNSETTLED, ImportState
from factuurbode.journal.journal import beside
from factuurbode.workbook.reader import read_ledger
from support.mortal_import import Order
from support.proposals import a_proposal
from support.workbooks import small_book

MOMENTS = ("before", "after")
APPLYING = ("intend", "note writing_run", "book", "applied", "note written_run")
UNDOING = ("undoing", "note writing_run", "book", "undone", "note written_run")
KEYS = [row.key for draft in a_proposal().drafts for row in draft.rows]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = small_book(tmp_path / "boek.xlsx")
    with open_office(path) as office:
        imports(office)  # the first command: workbook and journal belong together
    return path


def state(path: Path) -> ImportState | None:
    """How the last import stands once the next command has looked."""
    with open_office(path) as office:
        found = imports(office)
    return found[-1].state if found else None


def assert_true(path: Path, *, there: bool) -> None:
    """Workbook and journal tell the same, whole."""
    ledger = read_ledger(path)
    assert [one.number for one in ledger.invoices][1:] == (["2026-0002", "2026-0003"] if there else [])
    assert ("0002" in ledger.customers, "W1" in ledger.products) == (there, there)
    journal = Journal(beside(path))
    assert len(journal.imports.known(KEYS)) == (len(KEYS) if there else 0)
    assert journal.noted("written_run") == ledger.identity.last_run
    journal.close()


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", APPLYING)
def test_killed_while_it_is_applied(path: Path, step: str, moment: str) -> None:
    assert Order(str(path), "apply", step, moment).runs() == -signal.SIGKILL
    done = (step, moment) == ("book", "after") or APPLYING.index(step) > APPLYING.index("book")
    assert state(path) in ({ImportState.APPLIED} if done else {ImportState.ABANDONED, None})
    assert_true(path, there=done)
    if not done:
        assert Order(str(path), "apply", "", "").runs() == 0
        assert_true(path, there=True)


@pytest.mark.parametrize("touched", [False, True])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", UNDOING)
def test_killed_while_it_is_undone(path: Path, step: str, moment: str, touched: bool) -> None:
    before = path.read_bytes()
    assert Order(str(path), "apply", "", "").runs() == 0
    if touched:
        import openpyxl  # saved by another program: the copy cannot just be put back

        book = openpyxl.load_workbook(path)
        book.save(path)
    assert Order(str(path), "undo", step, moment).runs() == -signal.SIGKILL
    done = (step, moment) == ("book", "after") or UNDOING.index(step) > UNDOING.index("book")
    assert state(path) is (ImportState.UNDONE if done else ImportState.APPLIED)
    assert_true(path, there=not done)
    if not done:
        assert Order(str(path), "undo", "", "").runs() == 0
        assert_true(path, there=False)
    assert touched or path.read_bytes() == before


def test_every_step_of_an_import_is_settled_or_needs_no_settling(path: Path) -> None:
    assert set(STEPS) == UNSETTLED | {ImportState.APPLIED}
    journal = Journal(beside(path))
    settle(journal, lambda: pytest.fail("nothing to settle, nothing to read"))
    journal.close()
