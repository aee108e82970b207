"""Workbooks as an earlier version would have made them: a current one, of which something is taken out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange

from factuurbode.domain.ledger import Ledger
from factuurbode.domain.model import Language
from factuurbode.workbook.columns import CUSTOMERS, IMPORT, Sheet
from factuurbode.workbook.parts.sheet_xml import column_number, split_reference
from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.settings.rows import SETTINGS_TABLE
from factuurbode.workbook.settings.table import Setting
from factuurbode.workbook.upgrade.old import old_book
from factuurbode.workbook.upgrade.writing import write_upgraded
from support.workbooks import CUSTOMER, INVOICE, LINE, small_book

LATER = ("discount", "period", "bill_to", "route", "notes")
LATER_SETTINGS = (
    *("mail.client_id", "mail.tenant", "mail.connections", "mail.texts", "printing.cover_list"),
    *(one.key for one in SETTINGS_TABLE if one.key.startswith("making.")),
)


def a_book(path: Path, language: Language = Language.NL, **more: Any) -> Path:
    """Two invoices, one of them with a rate that its product has, and a credit note without lines."""
    lines = [LINE, {**LINE, "invoice": "2026-0002", "quantity": Decimal("2.5"), "discount": 10, "vat_rate": 21}]
    invoices = [
        {**INVOICE, "remark": "=geen formule"},
        {**INVOICE, "number": "2026-0002", "date": date(2026, 11, 3), "customer": "0002"},
        {**INVOICE, "number": "2026-0003", "kind": "credit", "customer": "9999"},
    ]
    customers = [CUSTOMER, {**CUSTOMER, "number": "0002", "name": "Café ’t Hoekje", "payment_days": 30}]
    return small_book(path, language=language, customers=customers, invoices=invoices, lines=lines, **more)


def titles(sheet: Sheet, keys: tuple[str, ...], language: Language) -> dict[str, tuple[str, ...]]:
    return {sheet.title(language): tuple(sheet.column(key).title(language) for key in keys)}


def of_an_earlier_version(path: Path, language: Language = Language.NL) -> Path:
    """Without all that came since."""
    a_book(path, language)
    columns = titles(CUSTOMERS, LATER, language)
    return older(path, columns=columns, settings=LATER_SETTINGS, sheets=[IMPORT.title(language)])


def upgraded(path: Path) -> Path:
    target = path.with_name(f"nieuw{path.suffix}")
    write_upgraded(old_book(path), target)
    return target


def said(ledger: Ledger) -> Ledger:
    """What a workbook says, without where it says it, and without what its formulas come to."""
    invoices = tuple(replace(one, recorded=replace(one.recorded, total=None, due=None)) for one in ledger.invoices)
    return replace(ledger, settings_places={}, older=False, invoices=invoices)


def older(
    path: Path,
    *,
    columns: Mapping[str, Collection[str]] | None = None,
    settings: Collection[Setting | str] = (),
    sheets: Collection[str] = (),
    schema: int | None = 1,
) -> Path:
    """Take *columns* (by the title of their sheet), *settings* (by key) and *sheets* out of the workbook at *path*.

    *schema* is the version of the layout that it says it has.
    """
    places = read_ledger(path).settings_places
    book = openpyxl.load_workbook(path)
    if schema is not None:
        book[places["workbook.schema"].sheet][places["workbook.schema"].cell] = schema
    for title, headings in (columns or {}).items():
        _without_columns(book[title], headings)
    keys = {one if isinstance(one, str) else one.key for one in settings}
    if keys:
        title = next(iter(places.values())).sheet
        _without_rows(book[title], {split_reference(places[key].cell)[1] for key in keys})
    for title in sheets:
        del book[title]
    book.save(path)
    return path


def bounds(area: str) -> tuple[int, int, int, int]:
    """First column, first row, last column and last row of an area."""
    (left, top), (right, bottom) = (split_reference(corner) for corner in area.split(":"))
    return column_number(left), top, column_number(right), bottom


def _without_columns(sheet: Any, headings: Collection[str]) -> None:
    (table,) = sheet.tables.values()
    first, header, last, end = bounds(table.ref)
    kept = [number for number in range(first, last + 1) if sheet.cell(header, number).value not in headings]
    assert len(kept) == last + 1 - first - len(headings), headings
    rules: dict[str, str | None] = {get_column_letter(number): None for number in range(first, last + 1)}
    rules |= {get_column_letter(old): get_column_letter(new) for new, old in enumerate(kept, start=first)}
    widths = {number: copy(sheet.column_dimensions[get_column_letter(number)]) for number in kept}
    for row in range(1, end + 1):
        cells = [sheet.cell(row, number) for number in kept]
        moved = [(cell.value, cell.data_type, copy(cell._style)) for cell in cells]
        moved += [(None, "n", copy(sheet.cell(end + 9, 99)._style))] * len(headings)
        for number, (value, kind, style) in enumerate(moved, start=first):
            cell = sheet.cell(row, number)
            cell.value, cell._style = value, style
            cell.data_type = kind  # text that begins with = is text
    for number in range(first, last + 1):
        sheet.column_dimensions.pop(get_column_letter(number), None)
    for new, old in enumerate(kept, start=first):
        widths[old].index = get_column_letter(new)
        widths[old].min = widths[old].max = new
        sheet.column_dimensions[get_column_letter(new)] = widths[old]
    for rule in list(sheet.data_validations.dataValidation):
        letters, row = split_reference(str(rule.sqref).partition(":")[0])
        if (target := rules[letters]) is None:
            sheet.data_validations.dataValidation.remove(rule)
        else:
            rule.sqref = MultiCellRange(str(rule.sqref).replace(letters, target))
    area = f"{get_column_letter(first)}{header}:{get_column_letter(first + len(kept) - 1)}{end}"
    table.tableColumns = [table.tableColumns[number - first] for number in kept]
    table.ref = table.autoFilter.ref = area


def _without_rows(sheet: Any, rows: Collection[int]) -> None:
    """The same for rows of the table, which close up; each of their cells has a rule of its own."""
    (table,) = sheet.tables.values()
    first, header, last, end = bounds(table.ref)
    kept = [row for row in range(header + 1, end + 1) if row not in rows]
    places = {old: new for new, old in enumerate(kept, start=header + 1)}
    for old in range(header + 1, end + 1):
        for column in range(first, last + 1):
            source = sheet.cell(old, column)
            value, style = source.value, copy(source._style)
            source.value, source._style = None, copy(sheet.cell(end + 9, 99)._style)
            if old in places:
                target = sheet.cell(places[old], column)
                target.value, target._style = value, style
    heights = {row: sheet.row_dimensions[row].height for row in range(header + 1, end + 1)}
    for row in range(header + 1, end + 1):
        sheet.row_dimensions[row].height = heights[kept[row - header - 1]] if row - header <= len(kept) else None
    for rule in list(sheet.data_validations.dataValidation):
        letters, row = split_reference(str(rule.sqref))
        if row in places:
            rule.sqref = MultiCellRange(f"{letters}{places[row]}")
        else:
            sheet.data_validations.dataValidation.remove(rule)
    table.ref = table.autoFilter.ref = (
        f"{get_column_letter(first)}{header}:{get_column_letter(last)}{header + len(kept)}"
    )
