"""The journal of imports: only ever added to, settled step by step, and there in journals of an older program too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode.domain.additions import Rows
from factuurbode.journal import Journal, schema
from factuurbode.journal.imports import (
    IN_THE_WORKBOOK,
    STEPS,
    CellChange,
    ImportedRow,
    ImportState,
    Intention,
)

S = ImportState
PATHS = {
    S.INTENDED: (),
    S.APPLIED: (S.APPLIED,),
    S.ABANDONED: (S.ABANDONED,),
    S.UNDOING: (S.APPLIED, S.UNDOING),
    S.UNDONE: (S.APPLIED, S.UNDOING, S.UNDONE),
}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "boek.factuurbode.db")
    yield journal
    journal.close()


def intended(journal: Journal, key: str = "a", invoice: str = "2026-0001") -> str:
    run = journal.begin_run("import")
    journal.imports.intend(
        Intention(
            id=run,
            files=("week.csv",),
            kept=Path("kopie/boek.xlsx"),
            kept_sha256="0",
            last_run="",
            rows=(ImportedRow(key, "inhoud", invoice),),
            added={Rows.INVOICES: (invoice,), Rows.CUSTOMERS: ("0007",)},
            changes=(CellChange(Rows.CUSTOMERS, "0001", "city", "A", "B"),),
        )
    )
    return run


@pytest.mark.parametrize("state", ImportState)
def test_rows_are_known_just_while_they_stand_in_the_workbook(journal: Journal, state: ImportState) -> None:
    number = intended(journal)
    for step in PATHS[state]:
        journal.imports.advance(number, number, step)
    assert journal.imports.one(number).state is state
    assert bool(journal.imports.known(["a", "b"])) == (state in IN_THE_WORKBOOK)
    assert journal.imports.numbers_given() == (("2026-0001",) if state in IN_THE_WORKBOOK else ())


@pytest.mark.parametrize("state", ImportState)
@pytest.mark.parametrize("step", ImportState)
def test_only_the_steps_of_the_table_are_taken(journal: Journal, state: ImportState, step: ImportState) -> None:
    number = intended(journal)
    for one in PATHS[state]:
        journal.imports.advance(number, number, one)
    if step in STEPS.get(state, ()):
        journal.imports.advance(number, number, step)
        assert journal.imports.one(number).state is step
    else:
        with pytest.raises(ValueError, match="cannot become"):
            journal.imports.advance(number, number, step)


def test_what_an_import_did_can_be_told(journal: Journal) -> None:
    number = intended(journal)
    journal.imports.advance(number, number, S.APPLIED, "sha", [(Rows.INVOICES, "2026-0001", "c")])
    one = journal.imports.one(number)
    assert (one.files, one.applied_sha256, one.kept.name) == (("week.csv",), "sha", "boek.xlsx")
    assert journal.imports.added(number) == {Rows.INVOICES: ("2026-0001",), Rows.CUSTOMERS: ("0007",)}
    assert journal.imports.contents(number) == {(Rows.INVOICES, "2026-0001"): "c"}
    assert journal.imports.changes(number) == (CellChange(Rows.CUSTOMERS, "0001", "city", "A", "B"),)
    with pytest.raises(LookupError):
        journal.imports.one("geen")


def test_rows_are_known_by_what_their_keys_begin_with(journal: Journal) -> None:
    for place, key in enumerate(
        [":1:brood", ":1:brood#2", ":1:koek", ":10:brood", ":1", "anders:1:brood", ":1:\U0010ffff"]
    ):
        number = intended(journal, key, f"2026-{place:04}")
        journal.imports.advance(number, number, S.APPLIED)
    assert set(journal.imports.known([":1:", ":1:", ":7:"])) == {":1:brood", ":1:brood#2", ":1:koek", ":1:\U0010ffff"}
    assert set(journal.imports.known(["anders:1:"])) == {"anders:1:brood"}


def test_thousands_of_keys_are_asked_at_once(journal: Journal) -> None:
    number = intended(journal, "k5")
    journal.imports.advance(number, number, S.APPLIED)
    assert list(journal.imports.known([f"k{place}" for place in range(50_000)])) == ["k5"]


@pytest.mark.parametrize(
    "table", ["import", "import_step", "import_row", "import_added", "import_content", "import_change", "void_step"]
)
def test_nothing_is_ever_changed_or_deleted(journal: Journal, table: str) -> None:
    number = intended(journal)
    journal.imports.advance(number, number, S.APPLIED, "", [(Rows.INVOICES, "2026-0001", "c")])
    journal.voids.record(number, "2026-0009", "misdruk")
    column = {"void_step": "reason", "import": "files"}.get(table, "import")
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):  # noqa: S608 - a name of ours
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            journal._database.execute(statement)


def test_a_number_is_void_once_and_keeps_its_first_reason(journal: Journal) -> None:
    run = journal.begin_run("void")
    journal.voids.record(run, " F-12 ", "misdruk")
    journal.voids.record(run, "f-12", "anders")
    (one,) = journal.voids.all().values()
    assert (one.number, one.reason) == ("F-12", "misdruk")
    assert journal.past()["f-12"].void


def test_a_void_can_be_taken_back_and_be_again_and_all_of_it_is_kept(journal: Journal) -> None:
    run = journal.begin_run("void")
    journal.voids.take_back(run, "F-12", "nooit vervallen")
    journal.voids.record(run, "F-12", "misdruk")
    journal.voids.take_back(run, "f-12", "toch niet")
    assert journal.voids.all() == {}
    assert "F-12" not in journal.past()
    assert journal.voids.record(run, "F-12", "toch wel").reason == "toch wel"
    assert [one.reason for one in journal.voids.all().values()] == ["toch wel"]
    steps = journal._database.execute("SELECT void, reason FROM void_step ORDER BY n").fetchall()
    assert [tuple(step) for step in steps] == [(1, "misdruk"), (0, "toch niet"), (1, "toch wel")]


def test_a_journal_of_the_second_version_keeps_its_void_numbers(tmp_path: Path) -> None:
    path = tmp_path / "oud.factuurbode.db"
    old = sqlite3.connect(path)
    for script in (schema._TABLES, *schema._ADDED[2]):
        old.executescript(script)
    old.execute("INSERT INTO run VALUES('r1', 'void', '2026-01-01T00:00:00+00:00', 'pc')")
    old.execute("INSERT INTO void VALUES('f-12', 'F-12', '2026-01-01T00:00:00+00:00', 'r1', 'misdruk')")
    old.execute("PRAGMA user_version = 2")
    old.commit()
    old.close()
    journal = Journal(path)
    assert [(one.number, one.reason) for one in journal.voids.all().values()] == [("F-12", "misdruk")]
    journal.close()


def test_deliveries_of_a_void_invoice_that_are_on_another_are_known(journal: Journal) -> None:
    for key, invoice in (("a", "2026-0001"), ("b", "2026-0001"), ("a", "2026-0002"), ("c", "2026-0003")):
        number = intended(journal, key, invoice)
        journal.imports.advance(number, number, S.APPLIED)
    assert journal.imports.invoiced_anew("2026-0001") == ("2026-0002",)
    assert journal.imports.invoiced_anew("2026-0003") == ()
    journal.voids.record(journal.begin_run("void"), "2026-0002", "misdruk")
    assert journal.imports.invoiced_anew("2026-0001") == ()


def test_a_journal_of_the_first_version_gets_the_tables_and_keeps_its_story(tmp_path: Path) -> None:
    path = tmp_path / "oud.factuurbode.db"
    old = sqlite3.connect(path)
    old.executescript(schema._TABLES)
    old.execute("INSERT INTO run VALUES('r1', 'customer-copies', '2026-01-01T00:00:00+00:00', 'pc')")
    old.execute("INSERT INTO meta VALUES('book', 'dit boek')")
    old.execute("PRAGMA user_version=1")
    old.commit()
    old.close()
    journal = Journal(path)
    assert journal.noted("book") == "dit boek"
    assert "r1" in journal.runs_up_to("r1")
    number = intended(journal)
    assert journal.imports.one(number).state is S.INTENDED
    journal.close()
