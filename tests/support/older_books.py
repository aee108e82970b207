"""Workbooks as an earlier version would have made them: a current one, of which something is taken out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import MultiCellRange

from factuurbode.workbook.reader import read_ledger
from factuurbode.workbook.settings_table import Setting
from factuurbode.workbook.sheet_xml import split_reference

LATER_COLUMNS = {"Klanten": ("Korting %", "Factuurperiode", "Factuur aan", "Route", "Notities")}
LATER_COLUMNS_EN = {"Customers": ("Discount %", "Invoice period", "Bill to", "Route", "Notes")}


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


def _without_columns(sheet: Any, headings: Collection[str]) -> None:
    (table,) = sheet.tables.values()
    first, header, last, end = range_boundaries(table.ref)
    kept = [number for number in range(first, last + 1) if sheet.cell(header, number).value not in headings]
    assert len(kept) == last + 1 - first - len(headings), headings
    rules = {get_column_letter(number): None for number in range(first, last + 1)}
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
    first, header, last, end = range_boundaries(table.ref)
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
