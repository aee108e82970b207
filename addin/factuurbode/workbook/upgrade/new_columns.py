"""Columns that come at the right end of a table, as they are in a new workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from ...domain.model import Language
from ...errors import NoRoomBeside
from ..columns import Column, Sheet, Type
from ..create.look import READY_TO_ROW
from ..create.whereabouts import FIRST_ROW, HEADER_ROW
from ..parts.cell_xml import Formula, Plain
from ..parts.sheet_xml import column_letters
from ..splicing.table_part import TablePart
from .growing_sheet import GrowingSheet
from .looks import Looks
from .model import Model

ByRow = Mapping[int, Plain]


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column as it will be: its heading, the looks of heading, cells and whole column, its formula and its rule."""

    title: str
    heading_style: str
    cell_style: str
    form: Mapping[str, str]
    formula: str | None
    rule: Any
    doubted: bool

    def cell(self, row: int, values: ByRow) -> Plain | Formula:
        """What stands in a cell."""
        return Formula(self.formula, values.get(row, "")) if self.formula else values.get(row)


def new_columns(
    sheet: Sheet, columns: Sequence[Column], language: Language, model: Model, looks: Looks
) -> tuple[NewColumn, ...]:
    """The lacking *columns* of *sheet*, whose looks are taken over into the workbook here."""
    title = sheet.title(language)
    worksheet, formulas = model.sheet(title), model.formulas.of(sheet)
    made = []
    for index, column in enumerate(sheet.columns, start=1):
        if column not in columns:
            continue
        letters = get_column_letter(index)
        dimension = worksheet.column_dimensions[letters]
        form = {"width": f"{dimension.width:g}", "customWidth": "1", "style": looks.of(dimension.style_id)}
        heading, cell = worksheet.cell(HEADER_ROW, index), worksheet.cell(worksheet.max_row, index)
        made.append(
            NewColumn(
                column.title(language),
                looks.of(heading.style_id),
                looks.of(cell.style_id),
                form,
                formulas.get(column.key),
                model.rule(title, f"{letters}{FIRST_ROW}"),
                column.type is Type.IDENTIFIER,
            )
        )
    return tuple(made)


def ensure_room(path: Path, title: str, sheet: GrowingSheet, table: TablePart, count: int) -> None:
    """Raises NoRoomBeside when *count* columns do not fit to the right of *table* on the sheet *title*."""
    columns = range(table.columns.stop, table.columns.stop + count)
    if cell := sheet.first_held(range(table.header_row, table.last_row + 1), columns):
        raise NoRoomBeside(path=path, sheet=title, cell=cell, count=count)


def add_columns(
    sheet: GrowingSheet, table: TablePart, key: str, columns: Sequence[NewColumn], values: Sequence[ByRow]
) -> None:
    """Put *columns* to the right of *table*, which is that of the sheet with *key*, with their *values* by row.

    What stands above the headings and in a totals row, such as a coloured band, goes on over them.
    """
    last = column_letters(table.columns.stop - 1)
    beside = {row: style for row in range(1, table.header_row) if (style := sheet.style_of(last, row))}
    if table.totals_row and (style := sheet.style_of(last, table.totals_row)):
        beside[table.totals_row] = style
    for number, (column, shown) in enumerate(zip(columns, values, strict=True), start=table.columns.stop):
        letters = column_letters(number)
        for row, style in beside.items():
            if sheet.style_of(letters, row) is not None or not sheet.has_cell(letters, row):
                sheet.put_dressed(letters, row, None, style)
        sheet.put_dressed(letters, table.header_row, column.title, column.heading_style)
        rows = range(table.header_row + 1, table.last_data_row + 1)
        for row in rows if column.formula else sheet.row_numbers(rows.start, rows.stop - 1):
            sheet.put_dressed(letters, row, column.cell(row, shown), column.cell_style)
        sheet.set_column(number, column.form)
        sheet.reach_column(letters)
        ready = max(READY_TO_ROW.get(key, 0), table.last_data_row)
        area = f"{letters}{table.header_row + 1}:{letters}{ready}"
        if column.rule is not None:
            sheet.add_rule(column.rule, area)
        if column.doubted:
            sheet.trust_digits(area)
