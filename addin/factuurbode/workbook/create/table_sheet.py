"""A sheet with a table: a band with its name, headings, rows, and everything that makes typing in it easy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.styleable import StyleableObject
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableFormula, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from ...domain.model import Language
from ...texts import Texts
from ..columns import Column, Filled, Sheet
from ..contents import Value, written
from . import styles
from .look import READY_TO_ROW, SPARE_ROWS, STANDS_FIRST, UNIQUE, WIDTHS, number_format
from .validation import Validations
from .whereabouts import FIRST_ROW, HEADER_ROW, Whereabouts


def fill_table(
    worksheet: Worksheet,
    sheet: Sheet,
    rows: Sequence[Mapping[str, Value]],
    formulas: Mapping[str, str],
    language: Language,
    texts: Texts,
    spare: int | None = None,
    where: Whereabouts | None = None,
) -> None:
    """Write *rows* of *sheet*, and empty rows below them that stand ready (*spare*, or as many as is usual).

    *where* describes the workbook that its dropdowns refer to.
    """
    last = HEADER_ROW + max(1, len(rows) + (SPARE_ROWS.get(sheet.key, 0) if spare is None else spare))
    for index, column in enumerate(sheet.columns, start=1):
        _heading(worksheet, column, index, language)
        _set_width(worksheet, sheet, column, index)
    _fill_rows(worksheet, sheet, rows, formulas, last, language)
    add_table(worksheet, sheet, last, formulas, language)
    worksheet.sheet_format.defaultRowHeight, worksheet.sheet_format.customHeight = 18, True
    band(worksheet, sheet, sheet.title(language), texts(f"hint.{sheet.key}"))
    worksheet.freeze_panes = f"{get_column_letter(STANDS_FIRST[sheet.key] + 1)}{FIRST_ROW}"
    if sheet.key in READY_TO_ROW:
        validations = Validations(language, texts, FIRST_ROW, where)
        for index, column in enumerate(sheet.columns, start=1):
            if column.filled is Filled.TYPED:
                validations.add(worksheet, sheet, column, get_column_letter(index))
    if sheet.key in UNIQUE:
        _colour_doubles(worksheet, sheet)


def band(worksheet: Worksheet, sheet: Sheet, title: str, hint: str) -> None:
    """The band at the top: the sheet's name, and one sentence about it."""
    worksheet.row_dimensions[1].height = 30
    for index in range(1, len(sheet.columns) + 1):
        worksheet.cell(1, index).fill = styles.fill(styles.WHEAT)
    name = worksheet.cell(1, 1, title)
    name.font, name.alignment = styles.font(16, bold=True, colour=styles.BROWN), Alignment("left", "center", indent=1)
    widths = list(WIDTHS[sheet.key].values())
    beside = next(index for index in range(1, len(widths)) if sum(widths[:index]) >= 1.6 * len(title)) + 1
    says = worksheet.cell(1, beside, hint)
    says.font, says.alignment = styles.font(10, colour=styles.MUTED), Alignment("left", "center", indent=1)


def add_table(worksheet: Worksheet, sheet: Sheet, last: int, formulas: Mapping[str, str], language: Language) -> None:
    """Make rows HEADER_ROW to *last* an Excel Table whose calculated columns fill themselves."""
    name = sheet.table(language)
    area = f"A{HEADER_ROW}:{get_column_letter(len(sheet.columns))}{last}"
    table = Table(displayName=name, name=name, ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight2", showRowStripes=True)
    table.autoFilter = AutoFilter(ref=area)
    table.tableColumns = [
        _table_column(number, column.title(language), formulas.get(column.key))
        for number, column in enumerate(sheet.columns, start=1)
    ]
    worksheet.add_table(table)


def _table_column(number: int, title: str, formula: str | None) -> TableColumn:
    return TableColumn(
        id=number, name=title, calculatedColumnFormula=TableFormula(attr_text=formula) if formula else None
    )


def _heading(worksheet: Worksheet, column: Column, index: int, language: Language) -> None:
    cell = worksheet.cell(HEADER_ROW, index, column.title(language))
    cell.font = styles.font(bold=True, colour=styles.WHITE)
    cell.fill = styles.fill(styles.HEADER_COLOURS[column.filled])
    cell.alignment = Alignment(
        horizontal=styles.aligned(column.type).horizontal,
        vertical="center",
        wrap_text=True,
        indent=2 if column.type in styles.RIGHT else styles.indent(column.type),  # room for the filter's button
    )
    worksheet.row_dimensions[HEADER_ROW].height = 33


def _set_width(worksheet: Worksheet, sheet: Sheet, column: Column, index: int) -> None:
    """The width, and the form of the cells far below the table."""
    dimension = worksheet.column_dimensions[get_column_letter(index)]
    dimension.width = WIDTHS[sheet.key][column.key] + 0.71  # Excel counts the cell's own margin in
    dimension.font = styles.font()
    dimension.number_format = number_format(column)
    dimension.alignment = styles.aligned(column.type)


def _fill_rows(
    worksheet: Worksheet,
    sheet: Sheet,
    rows: Sequence[Mapping[str, Value]],
    formulas: Mapping[str, str],
    last: int,
    language: Language,
) -> None:
    keys = {column.key for column in sheet.columns}
    for index, column in enumerate(sheet.columns, start=1):
        formula = f"={formulas[column.key]}" if column.key in formulas else None
        model = worksheet.cell(FIRST_ROW, index)
        for number in range(FIRST_ROW, last + 1):
            row = rows[number - FIRST_ROW] if number - FIRST_ROW < len(rows) else {}
            cell = worksheet.cell(number, index)
            if formula:
                cell.value = formula
            else:
                cell.value = written(row.get(column.key), column.choices, language)
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # text that begins with = is text
            if cell is model:
                _dress(cell, column)
            else:
                _dress_as(cell, model)
    unknown = {key for row in rows for key in row} - keys
    if unknown:
        raise KeyError(f"no such columns of {sheet.key}: {sorted(unknown)}")


def _dress_as(cell: StyleableObject, model: StyleableObject) -> None:
    """Give *cell* the look of *model*; to dress each cell anew would take most of the time of making a workbook."""
    cell._style = copy(model._style)  # type: ignore[attr-defined]


def _dress(cell: StyleableObject, column: Column) -> None:
    cell.number_format = number_format(column)
    cell.font = styles.font(colour=styles.INK if column.filled is Filled.TYPED else styles.MUTED)
    cell.border = styles.under()
    cell.alignment = styles.aligned(column.type)


def _colour_doubles(worksheet: Worksheet, sheet: Sheet) -> None:
    index = [column.key for column in sheet.columns].index(UNIQUE[sheet.key]) + 1
    letter = get_column_letter(index)
    form = DifferentialStyle(font=Font(color=styles.RED_INK, bold=True), fill=styles.fill_changed(styles.RED))
    rule = Rule(type="duplicateValues", dxf=form)
    worksheet.conditional_formatting.add(f"{letter}{FIRST_ROW}:{letter}{READY_TO_ROW[sheet.key]}", rule)
