"""What a workbook lacks of what a new one has."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from ..columns import SHEETS, Column, Sheet
from ..layout import FoundSheet
from ..settings.rows import SETTINGS_TABLE
from ..settings.table import Setting


@dataclass(frozen=True, slots=True)
class Gaps:
    """The sheets, the columns by the key of their sheet, and the settings that are not there."""

    sheets: tuple[Sheet, ...] = ()
    columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sheets or self.columns or self.settings)


def gaps_in(found: Mapping[str, FoundSheet], settings: Container[str]) -> Gaps:
    """What is not among the *found* sheets of a workbook, their columns, and its *settings*, by key.

    What it cannot do without has been found; a heading that a person wrote in another way has been recognised.
    """
    sheets = tuple(sheet for sheet in SHEETS if sheet.key not in found)
    columns = {
        sheet.key: lacking
        for sheet in SHEETS
        if sheet.key in found
        and (lacking := tuple(one for one in sheet.columns if one.key not in found[sheet.key].layout.columns))
    }
    return Gaps(sheets, columns, tuple(setting for setting in SETTINGS_TABLE if setting.key not in settings))
