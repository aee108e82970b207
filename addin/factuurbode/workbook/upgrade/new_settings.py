"""Rows that come at the end of the Settings table, as they are in a new workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...domain.model import Language
from ...errors import NoRoomBelow
from ..columns import SETTINGS
from ..create.settings_sheet import VALUE_COLUMN, value_unset
from ..create.whereabouts import FIRST_ROW
from ..layout import SheetLayout
from ..parts.sheet_xml import TotalsRow
from ..settings.table import Setting, group_title
from ..splicing.table_part import TablePart
from .growing_sheet import GrowingSheet
from .looks import Looks
from .model import Model


def add_settings(
    path: Path,
    layout: SheetLayout,
    sheet: GrowingSheet,
    table: TablePart,
    settings: Sequence[Setting],
    language: Language,
    model: Model,
    looks: Looks,
) -> None:
    """Put *settings* below the last row of *table*, in the columns that *layout* has.

    Raises NoRoomBelow when something stands there.
    """
    first = table.last_data_row + 1
    last = first + len(settings) - 1
    totals = table.totals_row
    for number in sheet.row_numbers(first, last + (totals is not None)):
        if number != totals and sheet.holds(number, table.columns):
            raise NoRoomBelow(path=path, sheet=layout.title, row=number)
    if totals is not None:
        sheet.move_totals(TotalsRow(totals, table.columns), last + 1)
    worksheet = model.sheet(SETTINGS.title(language))
    letters = layout.columns
    for row, (place, setting) in enumerate(enumerate(settings, start=FIRST_ROW), start=first):
        said = {
            "group": group_title(setting.group, language),
            "setting": setting.title(language),
            "value": value_unset(setting, language),
            "explanation": setting.explanation(language),
        }
        for index, column in enumerate(SETTINGS.columns, start=1):
            if column.key in letters:
                style = looks.of(worksheet.cell(place, index).style_id)
                sheet.put_dressed(letters[column.key], row, said[column.key] or None, style)
        if height := worksheet.row_dimensions[place].height:
            sheet.set_height(row, height)
        rule = model.rule(SETTINGS.title(language), f"{'ABCD'[VALUE_COLUMN - 1]}{place}")
        if rule is not None:
            sheet.add_rule(rule, f"{letters['value']}{row}")
    table.reach(last)
    sheet.reach(last + (totals is not None))
