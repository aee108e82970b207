"""Undoing an import takes away exactly what it added, while nothing of it has gone out."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factuurbode.domain.additions import Additions, Content, NewRows, Rows
from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import Channel, Language
from factuurbode.domain.states import State
from factuurbode.errors import NothingToUndo, UndoChanged, UndoTooLate
from factuurbode.importing.applying.apply import Applied, apply
from factuurbode.importing.applying.undo import Undone, undo
from factuurbode.importing.proposal import Change, Proposal
from factuurbode.journal import Intent, Journal
from factuurbode.journal.imports import ImportState
from factuurbode.journal.journal import beside
from factuurbode.workbook.closed import ClosedBook
from support.documents import a_content
from support.proposals import NEW, WHITE, a_draft, a_line, a_proposal
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book

NOW = datetime(2026, 11, 9, 8, 30, tzinfo=UTC)


@dataclass
class Bakery:
    """A workbook with its journal."""

    path: Path
    journal: Journal

    def read(self) -> Ledger:
        return ClosedBook(self.path).read()

    def imports(self, proposal: Proposal) -> Applied:
        return apply(ClosedBook(self.path), self.journal, self.read(), proposal, lambda: NOW)

    def undoes(self, number: str = "", *, sure: bool = False) -> Undone:
        book = ClosedBook(self.path)
        return undo(book, self.journal, book.read(), number, sure=sure)

    def types(self, kind: Rows, **cells: Content) -> None:
        """A person adds a row."""
        self.types_all({kind: [cells]})

    def types_all(self, rows: Mapping[Rows, Sequence[Mapping[str, Content]]]) -> None:
        """A person adds rows; those of one kind have the same cells."""
        new = {kind: NewRows(tuple(some[0]), [tuple(cells.values()) for cells in some]) for kind, some in rows.items()}
        ClosedBook(self.path).add(Additions(new), self.read().identity.last_run)

    def changes(self, kind: Rows, number: str, **cells: Content) -> None:
        ClosedBook(self.path).add(Additions(changes={kind: {number: cells}}), self.read().identity.last_run)

    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as package:
            return {name: package.read(name) for name in package.namelist()}


def opened(folder: Path, **more: object) -> Bakery:
    path = small_book(folder / "boek.xlsx", **more)  # type: ignore[arg-type]
    journal = Journal(beside(path))
    journal.note(book="test-book")
    return Bakery(path, journal)


@pytest.fixture
def bakery(tmp_path: Path) -> Iterator[Bakery]:
    bakery = opened(tmp_path)
    yield bakery
    bakery.journal.close()


def moved(bakery: Bakery) -> Change:
    customer = bakery.read().customers["0001"]
    fields = {"city": (customer.city, "Kaasstad"), "route": ("", "2,5")}
    return Change("0001", fields, replace(customer, city="Kaasstad", route=Decimal("2.5")))


def everything(bakery: Bakery) -> Proposal:
    return a_proposal(customers_added=(NEW,), products_added=(WHITE,), customers_changed=(moved(bakery),))


def says(ledger: Ledger) -> list[object]:
    """The whole of what a workbook says, without where it says it."""
    return [
        sorted(map(repr, (replace(one, origin=NEW.origin) for one in ledger.customers.values()))),
        sorted(map(repr, (replace(one, origin=NEW.origin) for one in ledger.products.values()))),
        [
            repr(
                replace(
                    one,
                    origin=NEW.origin,
                    customer=None,
                    lines=tuple(replace(line, origin=NEW.origin) for line in one.lines),
                )
            )
            for one in ledger.invoices
        ],
        [(problem.code, problem.value) for problem in ledger.problems],
    ]


def test_undone_at_once_the_file_is_what_it_was_to_the_byte(bakery: Bakery) -> None:
    before = bakery.path.read_bytes()
    bakery.imports(everything(bakery))
    assert bakery.path.read_bytes() != before
    assert bakery.undoes().invoices == ("2026-0002", "2026-0003")
    assert bakery.path.read_bytes() == before
    assert bakery.journal.noted("written_run") == bakery.read().identity.last_run
    assert [one.state for one in bakery.journal.imports.all()] == [ImportState.UNDONE]


def test_an_invoice_whose_number_was_typed_in_other_letters_goes_whole(tmp_path: Path) -> None:
    bakery = opened(tmp_path, settings={"numbering.pattern": "f-{number}"})
    bakery.imports(a_proposal())
    ledger = bakery.read()
    renamed = [one.origin.at("number") for one in ledger.invoices if one.number == "f-1"]
    ClosedBook(bakery.path).fill(dict.fromkeys(renamed, "F-1"))
    with pytest.raises(UndoChanged):
        bakery.undoes()
    bakery.undoes(sure=True)
    left = bakery.read()
    assert [one.number for one in left.invoices] == ["2026-0001"]
    assert not left.problems
    bakery.journal.close()


def test_what_was_undone_is_not_known_and_its_numbers_are_given_again(bakery: Bakery) -> None:
    first = bakery.imports(everything(bakery))
    bakery.undoes()
    assert bakery.journal.imports.known([row.key for draft in first.drafts for row in draft.rows]) == {}
    again = bakery.imports(everything(bakery))
    assert [draft.number for draft in again.drafts] == [draft.number for draft in first.drafts]


def test_rows_typed_since_stay_where_they_belong(bakery: Bakery) -> None:
    bakery.imports(everything(bakery))
    bakery.types(Rows.CUSTOMERS, number="0009", name="Nog een")
    bakery.types(Rows.INVOICES, number="2026-0004", date=date(2026, 11, 9), customer="0009")
    bakery.types(
        Rows.LINES, invoice="2026-0004", description="Taart", quantity=Decimal(1), price=Decimal(20), vat_rate=9
    )
    bakery.undoes()
    ledger = bakery.read()
    assert [one.number for one in ledger.invoices] == ["2026-0001", "2026-0004"]
    assert [line.description for one in ledger.invoices for line in one.lines] == ["Volkorenbrood", "Taart"]
    assert list(ledger.customers) == ["0001", "0009"]
    assert (ledger.customers["0001"].city, ledger.customers["0001"].route) == ("Meelstad", None)
    assert not ledger.products
    assert not ledger.problems


def test_formulas_and_tables_fit_after_a_cut(bakery: Bakery) -> None:
    bakery.imports(a_proposal(*[a_draft(name=str(number)) for number in range(12)]))
    bakery.types(Rows.INVOICES, number="2026-0099", date=date(2026, 11, 9), customer="0001", total=Decimal("1.23"))
    bakery.undoes()
    book = openpyxl.load_workbook(bakery.path)
    sheet = book["Facturen"]
    (table,) = sheet.tables.values()
    assert [sheet.cell(row, 1).value for row in range(3, sheet.max_row + 1)] == ["2026-0001", "2026-0099"]
    assert str(table.ref).endswith("4")
    assert str(sheet["N4"].value).startswith("=")
    assert openpyxl.load_workbook(bakery.path, data_only=True)["Facturen"]["N4"].value == 1.23


def test_what_was_changed_since_goes_only_on_purpose(bakery: Bakery) -> None:
    bakery.imports(everything(bakery))
    bakery.types(
        Rows.LINES, invoice="2026-0002", description="Extra", quantity=Decimal(1), price=Decimal(5), vat_rate=Decimal(9)
    )
    bakery.changes(Rows.CUSTOMERS, "0001", city="Elders")
    before = bakery.path.read_bytes()
    with pytest.raises(UndoChanged) as raised:
        bakery.undoes()
    assert raised.value.facts["numbers"] == "2026-0002, 0001"
    assert bakery.path.read_bytes() == before
    bakery.undoes(sure=True)
    ledger = bakery.read()
    assert [one.number for one in ledger.invoices] == ["2026-0001"]
    assert not ledger.problems


def test_an_invoice_that_a_later_credit_note_corrects_goes_only_on_purpose(bakery: Bakery) -> None:
    bakery.imports(a_proposal(a_draft()))
    bakery.types(Rows.INVOICES, number="2026-0003", date=date(2026, 11, 9), customer="0001", corrects="2026-0002")
    with pytest.raises(UndoChanged, match="2026-0002"):
        bakery.undoes()
    bakery.undoes(sure=True)
    assert [one.number for one in bakery.read().invoices] == ["2026-0001", "2026-0003"]


def test_a_customer_whom_other_invoices_need_stays(bakery: Bakery) -> None:
    bakery.imports(everything(bakery))
    bakery.types(Rows.INVOICES, number="2026-0004", date=date(2026, 11, 9), customer="0002")
    assert bakery.undoes().kept == ("0002",)
    assert "0002" in bakery.read().customers


def test_what_has_gone_out_is_not_undone(bakery: Bakery) -> None:
    bakery.imports(everything(bakery))
    run = bakery.journal.begin_run("customer-copies")
    intent = Intent("d1", "2026-0003", Channel.FILE, a_content(), bakery.path, "0", 1)
    bakery.journal.intend(run, intent)
    bakery.journal.advance(run, "d1", State.SAVED)
    with pytest.raises(UndoTooLate, match=r"2026-0003"):
        bakery.undoes()


def test_with_nothing_to_undo_it_says_so(bakery: Bakery) -> None:
    with pytest.raises(NothingToUndo):
        bakery.undoes()
    bakery.imports(everything(bakery))
    with pytest.raises(NothingToUndo):
        bakery.undoes("20200101-000000-ffff")


def test_an_import_that_the_workbook_has_lost_can_be_undone(bakery: Bakery) -> None:
    older = bakery.path.read_bytes()
    bakery.imports(everything(bakery))
    bakery.path.write_bytes(older)
    before = says(bakery.read())
    bakery.undoes(sure=True)
    assert says(bakery.read()) == before


@pytest.mark.parametrize("data", [None, b"", b"PK iets anders"])
def test_without_its_copy_as_it_was_the_rows_are_cut_out(bakery: Bakery, data: bytes | None) -> None:
    before = says(bakery.read())
    kept = bakery.imports(everything(bakery)).kept
    if data is None:
        kept.unlink()
    else:
        kept.write_bytes(data)
    bakery.undoes()
    assert says(bakery.read()) == before
    assert [one.state for one in bakery.journal.imports.all()] == [ImportState.UNDONE]


def test_only_the_last_import_goes_and_then_the_one_before(bakery: Bakery) -> None:
    before = says(bakery.read())
    bakery.imports(a_proposal(a_draft(name="a")))
    between = says(bakery.read())
    bakery.imports(a_proposal(a_draft(name="b")))
    bakery.undoes()
    assert says(bakery.read()) == between
    bakery.undoes()
    assert says(bakery.read()) == before


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).map(
    lambda text: f"P{text.strip()}"
)
some_lines = st.lists(
    st.builds(a_line, names, st.sampled_from(["1", "2.5", "12"]), st.sampled_from(["0.33", "1.005", "20"])),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drafts=st.lists(some_lines, min_size=1, max_size=7),
    spare=st.integers(1, 6),
    own=st.integers(1, 4),
    typed=st.integers(0, 3),
    language=st.sampled_from([Language.NL, Language.EN]),
)
def test_import_and_undo_is_nothing_whatever_the_workbook(
    tmp_path_factory: pytest.TempPathFactory,
    drafts: list[list[object]],
    spare: int,
    own: int,
    typed: int,
    language: Language,
) -> None:
    bakery = opened(
        tmp_path_factory.mktemp("undo"),
        language=language,
        spare=spare,
        invoices=[{**INVOICE, "number": f"2026-{number:04}"} for number in range(1, own + 1)],
        lines=[{**LINE, "invoice": f"2026-{number:04}"} for number in range(1, own + 1)],
    )
    before = bakery.parts()
    expected = Bakery(bakery.path.with_name("zonder.xlsx"), bakery.journal)
    shutil.copy(bakery.path, expected.path)
    proposal = replace(
        everything(bakery),
        drafts=tuple(a_draft(lines=lines, name=str(place)) for place, lines in enumerate(drafts)),  # type: ignore[arg-type]
    )
    bakery.imports(proposal)
    bakery.undoes()
    assert bakery.parts() == before

    bakery.imports(proposal)
    names = [f"eigen-{number}" for number in range(typed + 1)]
    customer = str(CUSTOMER["number"])
    rows: dict[Rows, list[dict[str, Content]]] = {
        Rows.INVOICES: [{"number": name, "date": date(2026, 11, 9), "customer": customer} for name in names],
        Rows.LINES: [
            {"invoice": name, "description": "x", "quantity": Decimal(2), "price": Decimal("1.5"), "vat_rate": 9}
            for name in names
        ],
    }
    for one in (bakery, expected):
        one.types_all(rows)
    bakery.undoes()
    assert says(bakery.read()) == says(expected.read())
    bakery.journal.close()
