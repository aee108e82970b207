"""Writing the new file: the old one with what it lacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from ...errors import StorageError, disk_reason
from ...texts import texts_in
from ..columns import SETTINGS, SHEETS, Column, Sheet
from ..create.cached import row_values
from ..create.whereabouts import Standing
from ..parts.cell_xml import Plain
from ..parts.date_styles import date_styles
from ..parts.opc import parsed, serialised
from ..parts.package import Package
from ..parts.recalculation import ask_to_calculate
from ..parts.sheet_xml import split_reference
from ..settings.rows import SCHEMA, SETTINGS_TABLE
from .growing_sheet import GrowingSheet
from .looks import Looks
from .model import model_of
from .new_columns import ByRow, NewColumn, add_columns, ensure_room, new_columns
from .new_settings import add_settings
from .new_sheets import NewSheets
from .old import OldBook, old_parts
from .tables import InThisBook, widen

_SCHEMA, _SMALL_BUSINESS = "workbook.schema", "company.small_business"


def write_upgraded(old: OldBook, target: Path) -> None:
    """Write *old* with what it lacks to *target*, complete on disk before it has its name.

    Raises UpgradeHindered, NoRoomBelow, BookUnreadable or StorageError; then there is no *target*.
    """
    with Package(old.path) as package:
        changed, added = _Upgrading(package, old).parts()
        package.write_copy(target, changed, added)
    try:
        target.chmod(old.path.stat().st_mode & 0o777)  # who may not read the old workbook may not read the new one
    except OSError as error:
        raise StorageError(path=target, detail=disk_reason(error)) from error


class _Upgrading:
    """One upgrade: the parts that change and the parts that are new."""

    def __init__(self, package: Package, old: OldBook) -> None:
        self._package = package
        self._old = old
        self._language = old.ledger.language
        self._parts = old_parts(package, old)
        where = InThisBook(old.path, self._language, old.found, self._parts.tables)
        self._root = parsed(package, self._parts.workbook.part)
        namespace = str(etree.QName(self._root).namespace)
        self._model = model_of(old.gaps, self._language, where, self._small_business(), namespace)
        self._looks = Looks(parsed(package, self._parts.workbook.styles), self._model.styles)
        self._values = self._calculated()

    def parts(self) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
        """What changes, and what is new, by the name of the part."""
        gaps, part = self._old.gaps, self._parts.workbook.part
        changed: dict[str, bytes] = {}
        for sheet in SHEETS:
            if sheet not in gaps.sheets and (sheet.key in gaps.columns or sheet is SETTINGS):
                changed.update(self._grown(sheet))
        sheets = NewSheets(self._package, part, self._root, self._model, self._looks)
        for sheet in gaps.sheets:
            sheets.add(sheet, self._language)
        if self._values:
            ask_to_calculate(self._root)
        if self._values or gaps.sheets:
            changed[part] = serialised(self._root)
        if gaps.sheets:
            changed.update(sheets.changed)
        if self._looks.changed:
            changed[self._parts.workbook.styles] = serialised(self._looks.root)
        return changed, sheets.added

    def _grown(self, sheet: Sheet) -> Mapping[str, bytes]:
        """The parts of *sheet* and of its table, with the new rows and columns in them."""
        lacking = self._old.gaps.columns.get(sheet.key, ())
        columns = new_columns(sheet, lacking, self._language, self._model, self._looks) if lacking else ()
        part = self._parts.sheets[sheet.key]
        grown = GrowingSheet(
            parsed(self._package, part), from_1904=self._parts.workbook.from_1904, dates=date_styles(self._looks.root)
        )
        changed = self._grown_table(sheet, grown, lacking, columns)
        place = self._old.ledger.settings_places.get(_SCHEMA)
        if sheet is SETTINGS and place is not None:
            grown.put(place.cell, SCHEMA)
        return {**changed, part: serialised(grown.root)}

    def _grown_table(
        self, sheet: Sheet, grown: GrowingSheet, lacking: Sequence[Column], columns: Sequence[NewColumn]
    ) -> Mapping[str, bytes]:
        """Put what is lacking into *grown*; the part of its table. Raises NoRoomBeside or NoRoomBelow."""
        settings = self._old.gaps.settings if sheet is SETTINGS else ()
        if not (columns or settings):
            return {}
        own, layout = self._parts.tables[sheet.key], self._old.found[sheet.key].layout
        ensure_room(self._old.path, layout.title, grown, own.table, len(columns))
        if settings:
            add_settings(self._old.path, layout, grown, own.table, settings, self._language, self._model, self._looks)
        if columns:
            values = [self._values_of(sheet, column) for column in lacking]
            add_columns(grown, own.table, sheet.key, columns, values)
            own = widen(own, [(column.title, column.formula) for column in columns])
        return {own.part: serialised(own.table.root)}

    def _values_of(self, sheet: Sheet, column: Column) -> ByRow:
        """What stands in a new column, by row: mostly nothing."""
        if sheet is not SETTINGS:
            return self._values.get((sheet.key, column.key), {})
        said = {setting.key: setting.explanation(self._language) or None for setting in SETTINGS_TABLE}
        return {self._row_of(key): text for key, text in said.items()}

    def _row_of(self, setting: str) -> int:
        """The row in which a setting stands, or will."""
        if place := self._old.ledger.settings_places.get(setting):
            return split_reference(place.cell)[1]
        new = [one.key for one in self._old.gaps.settings]
        return self._parts.tables[SETTINGS.key].table.last_data_row + 1 + new.index(setting)

    def _small_business(self) -> str:
        layout = self._old.found[SETTINGS.key].layout
        return Standing(layout.title, layout.columns["value"], self._row_of(_SMALL_BUSINESS)).down_to(0)[0]

    def _calculated(self) -> Mapping[tuple[str, str], ByRow]:
        """What the formulas of lacking columns come to, by the keys of sheet and column."""
        formulas = self._model.formulas
        values: dict[tuple[str, str], dict[int, Plain]] = {
            (sheet.key, column.key): {}
            for sheet in SHEETS
            for column in self._old.gaps.columns.get(sheet.key, ())
            if column.key in formulas.of(sheet)
        }
        if not values:
            return {}
        keys = {sheet.layout.title: key for key, sheet in self._old.found.items()}
        unknown = texts_in(self._language)("unknown_customer")
        for row, shown in row_values(self._old.ledger, unknown):
            for key, value in shown.items():
                if (column := (keys[row.origin.sheet], key)) in values:
                    values[column][row.origin.row] = value
        return values
