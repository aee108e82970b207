"""A workbook of an earlier version gets what came since; all that was in it reads the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factuurbode.domain.model import Language
from factuurbode.workbook.columns import (
    CUSTOMERS,
    IMPORT,
    INVOICES,
    LINES,
    MAIL_SERVERS,
    SETTINGS,
    SHEETS,
    Column,
    Sheet,
)
from factuurbode.workbook.create.whereabouts import FIRST_ROW, HEADER_ROW
from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.settings.rows import SCHEMA, SETTINGS_TABLE
from factuurbode.workbook.upgrade.gaps import Gaps
from factuurbode.workbook.upgrade.old import old_book
from support.foreign_books import opened, parts_of
from support.older_books import (
    LATER,
    LATER_SETTINGS,
    a_book,
    of_an_earlier_version,
    older,
    said,
    titles,
    upgraded,
)
from support.workbooks import SETTINGS as FILLED

OPTIONAL = [(sheet, column) for sheet in SHEETS for column in sheet.columns if column.optional]
BOTH = pytest.mark.parametrize("language", [Language.NL, Language.EN])


def rule_of(sheet: Any, cell: str) -> tuple[Any, ...] | None:
    """What a cell accepts, and what is said of it."""
    for rule in sheet.data_validations.dataValidation:
        if cell in rule.sqref:
            what = (rule.type, rule.operator, rule.formula1, rule.formula2, rule.errorStyle, rule.allow_blank)
            return (*what, rule.error, rule.errorTitle, rule.prompt, rule.promptTitle)
    return None


def look(cell: Any) -> tuple[Any, ...]:
    return tuple(repr(one) for one in (cell.number_format, cell.font, cell.fill, cell.border, cell.alignment))


@BOTH
def test_it_says_what_it_said_and_lacks_nothing(tmp_path: Path, language: Language) -> None:
    book = of_an_earlier_version(tmp_path / "boek.xlsx", language)
    before = read_ledger(book)
    assert before.older
    new = upgraded(book)
    after = read_ledger(new)
    assert said(after) == said(before)
    assert not after.older
    assert old_book(new).gaps == Gaps()
    assert before.settings_places.items() <= after.settings_places.items()


@BOTH
def test_what_it_lacked_looks_and_accepts_as_in_a_new_workbook(tmp_path: Path, language: Language) -> None:
    new = opened(upgraded(of_an_earlier_version(tmp_path / "boek.xlsx", language)))
    fresh = opened(a_book(tmp_path / "vers.xlsx", language))
    customers: Any = new[CUSTOMERS.title(language)]
    model: Any = fresh[CUSTOMERS.title(language)]
    for column in range(1, len(CUSTOMERS.columns) + 1):
        for row in (1, HEADER_ROW, FIRST_ROW, FIRST_ROW + 4):
            made, wanted = customers.cell(row, column), model.cell(row, column)
            assert (made.value, look(made)) == (wanted.value, look(wanted)), made.coordinate
        letters = made.column_letter
        widths = [sheet.column_dimensions[letters] for sheet in (customers, model)]
        assert widths[0].width == widths[1].width, letters
        assert look(widths[0]) == look(widths[1])
        assert rule_of(customers, f"{letters}{FIRST_ROW}") == rule_of(model, f"{letters}{FIRST_ROW}")
    assert [one.ref for one in customers.tables.values()] == [one.ref for one in model.tables.values()]


@BOTH
def test_new_settings_stand_below_the_others_with_explanation_look_and_rule(tmp_path: Path, language: Language) -> None:
    path = upgraded(of_an_earlier_version(tmp_path / "boek.xlsx", language))
    new, fresh = opened(path), opened(a_book(tmp_path / "vers.xlsx", language))
    places, model = read_ledger(path).settings_places, read_ledger(tmp_path / "vers.xlsx").settings_places
    sheet, other = new[SETTINGS.title(language)], fresh[SETTINGS.title(language)]
    assert places["making.vat_rate"].cell == f"C{FIRST_ROW + len(SETTINGS_TABLE) - 1}"
    for key in LATER_SETTINGS:
        made, wanted = sheet[places[key].cell], other[model[key].cell]
        for column in range(1, 5):
            here, there = sheet.cell(made.row, column), other.cell(wanted.row, column)
            assert (here.value, here.number_format) == (there.value, there.number_format), key
        assert rule_of(sheet, made.coordinate) == rule_of(other, wanted.coordinate), key
        assert look(made)[:3] == look(wanted)[:3], key
        assert sheet.row_dimensions[made.row].height == other.row_dimensions[wanted.row].height
    assert sheet[places["workbook.schema"].cell].value == SCHEMA


@BOTH
def test_a_new_sheet_is_that_of_a_new_workbook(tmp_path: Path, language: Language) -> None:
    book = a_book(tmp_path / "boek.xlsx", language)
    fresh = opened(book)
    lost = [IMPORT.title(language), MAIL_SERVERS.title(language)]
    older(book, sheets=lost)
    new = opened(upgraded(book))
    assert new.sheetnames == [title for title in fresh.sheetnames if title not in lost] + [lost[1], lost[0]]
    for title in lost:
        made: Any = new[title]
        wanted: Any = fresh[title]
        assert made.dimensions == wanted.dimensions
        for row in range(1, made.max_row + 1):
            for column in range(1, made.max_column + 1):
                here, there = made.cell(row, column), wanted.cell(row, column)
                assert (here.value, look(here)) == (there.value, look(there)), (title, here.coordinate)
        assert [(one.displayName, one.ref) for one in made.tables.values()] == [
            (one.displayName, one.ref) for one in wanted.tables.values()
        ]
        assert made.print_title_rows == wanted.print_title_rows == "$2:$2"
        assert made.freeze_panes == wanted.freeze_panes
        assert (made.sheet_properties.tabColor, made.oddFooter.center.text) == (
            wanted.sheet_properties.tabColor,
            wanted.oddFooter.center.text,
        )
        assert not made.sheet_view.tabSelected


@pytest.mark.parametrize(("sheet", "column"), OPTIONAL, ids=[f"{sheet.key}.{column.key}" for sheet, column in OPTIONAL])
def test_any_column_that_may_be_absent_comes_back_with_its_meaning(
    tmp_path: Path, sheet: Sheet, column: Column
) -> None:
    book = a_book(tmp_path / "boek.xlsx")
    older(book, columns=titles(sheet, (column.key,), Language.NL))
    before = old_book(book)
    assert before.gaps == Gaps(columns={sheet.key: (column,)})
    new = upgraded(book)
    assert said(read_ledger(new)) == said(before.ledger)
    assert old_book(new).gaps == Gaps()


@BOTH
def test_a_setting_that_comes_in_changes_nothing(tmp_path: Path, language: Language) -> None:
    bare = dict.fromkeys(FILLED)
    book = a_book(tmp_path / "boek.xlsx", language, settings=bare)
    free = [one for one in SETTINGS_TABLE if one.key not in ("workbook.id", "workbook.schema")]
    older(book, settings=free, schema=None)
    before = read_ledger(book)
    new = upgraded(book)
    assert said(read_ledger(new)) == said(before)
    assert old_book(new).gaps == Gaps()


def test_a_calculated_column_carries_its_values(tmp_path: Path) -> None:
    book = a_book(tmp_path / "boek.xlsx")
    fresh = opened(book, values=True)
    lost = {sheet: tuple(one.key for one in sheet.columns if one.optional) for sheet in (INVOICES, LINES)}
    older(book, columns={**titles(INVOICES, lost[INVOICES], Language.NL), **titles(LINES, lost[LINES], Language.NL)})
    new = upgraded(book)
    shown, formulas = opened(new, values=True), opened(new)
    for sheet, keys in lost.items():
        title = sheet.title(Language.NL)
        for key in keys:
            heading = sheet.column(key).title(Language.NL)
            assert column_of(shown[title], heading) == column_of(fresh[title], heading), key
            assert all(str(value).startswith("=") for value in column_of(formulas[title], heading))
            (table,) = formulas[title].tables.values()
            (one,) = [one for one in table.tableColumns if one.name == heading]
            assert one.calculatedColumnFormula.attr_text


@pytest.mark.libreoffice
@BOTH
def test_libreoffice_calculates_the_same(
    tmp_path: Path, language: Language, calc: Callable[[Path], Path], without_values: Callable[[Path], Path]
) -> None:
    book = a_book(tmp_path / "boek.xlsx", language)
    fresh = opened(book, values=True)
    older(
        book,
        columns={
            **titles(INVOICES, ("customer_name", "due", "net", "vat", "total"), language),
            **titles(LINES, ("net", "vat_applied"), language),
            **titles(CUSTOMERS, LATER, language),
        },
        settings=("company.small_business", *LATER_SETTINGS),
        sheets=[IMPORT.title(language), MAIL_SERVERS.title(language)],
    )
    again = Path(shutil.copy(calc(without_values(upgraded(book))), tmp_path / "calc.xlsx"))
    shown = opened(again, values=True)
    for sheet, key in ((INVOICES, "due"), (INVOICES, "total"), (INVOICES, "customer_name"), (LINES, "vat_applied")):
        title, heading = sheet.title(language), sheet.column(key).title(language)
        wanted, found = column_of(fresh[title], heading), column_of(shown[title], heading)
        assert [value or "" for value in found] == [value or "" for value in wanted], key
    assert said(read_ledger(again)) == said(read_ledger(book))


def column_of(sheet: Any, heading: str) -> list[Any]:
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [row[rows[0].index(heading)] for row in rows[1:]]


def test_parts_that_need_no_change_are_the_same_to_the_byte(tmp_path: Path) -> None:
    book = of_an_earlier_version(tmp_path / "boek.xlsx")
    before, after = parts_of(book), parts_of(upgraded(book))
    assert list(after)[: len(before)] == list(before)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
        *("xl/worksheets/sheet4.xml", "xl/worksheets/sheet6.xml", "xl/tables/table3.xml", "xl/tables/table5.xml"),
    }
    assert after.keys() - before.keys() == {
        *("xl/worksheets/sheet9.xml", "xl/worksheets/_rels/sheet9.xml.rels", "xl/tables/table8.xml"),
    }


def test_a_workbook_that_lacks_one_setting_keeps_all_but_its_sheet_and_table(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), settings=["printing.cover_list"])
    before, after = parts_of(book), parts_of(upgraded(book))
    changed = {name for name in before if after[name] != before[name]}
    assert (
        {"xl/worksheets/sheet6.xml", "xl/tables/table5.xml"}
        <= changed
        <= {
            *("xl/worksheets/sheet6.xml", "xl/tables/table5.xml", "xl/styles.xml"),
        }
    )
    assert after.keys() == before.keys()


def test_who_may_not_read_the_old_workbook_may_not_read_the_new_one(tmp_path: Path) -> None:
    book = of_an_earlier_version(tmp_path / "boek.xlsx")
    book.chmod(0o600)
    assert upgraded(book).stat().st_mode & 0o777 == 0o600


def test_a_current_workbook_lacks_nothing(tmp_path: Path) -> None:
    book = a_book(tmp_path / "boek.xlsx")
    assert old_book(book).gaps == Gaps()
    assert not read_ledger(book).older


def test_who_took_a_column_out_of_a_current_workbook_is_not_told_that_it_is_older(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), columns={"Klanten": ["Notities"]}, schema=None)
    assert not read_ledger(book).older
    assert old_book(book).gaps.columns == {"customers": (CUSTOMERS.column("notes"),)}


def test_headings_that_a_person_wrote_in_another_way_are_not_lacking(tmp_path: Path) -> None:
    book = older(a_book(tmp_path / "boek.xlsx"), columns={"Klanten": ["Route"]})
    source = opened(book)
    sheet: Any = source["Klanten"]
    (table,) = sheet.tables.values()
    for old, other in (("Korting %", "korting%"), ("Notities", "NOTITIES ")):
        cell = next(cell for cell in sheet[HEADER_ROW] if cell.value == old)
        cell.value = table.tableColumns[cell.column - 1].name = other
    source.save(book)
    assert old_book(book).gaps.columns == {"customers": (CUSTOMERS.column("route"),)}
    headings = [cell.value for cell in opened(upgraded(book))["Klanten"][HEADER_ROW]]
    assert headings[-4:] == ["Factuurperiode", "Factuur aan", "NOTITIES ", "Route"]
