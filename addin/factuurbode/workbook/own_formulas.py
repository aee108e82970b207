"""The formulas that our calculated columns have, for a workbook in which nothing says them any more.

Rows of sent invoices hold values, and LibreOffice leaves out what a table states of its columns: then a column may be
without any formula that could continue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.model import Language
from ..texts import texts_in
from .columns import INVOICES, LINES, SETTINGS, Sheet
from .layout import FoundSheet, find_sheets, index_of
from .pages import Pages
from .parts.sheet_xml import split_reference
from .placing import SHEET_OF
from .rows import SheetRows
from .settings.reader import read_settings

if TYPE_CHECKING:
    from .create.whereabouts import Standing

_SPECIAL = re.compile(r"(['\[\]#@])")


class OwnFormulas:
    """Those of the workbook *source*, which is looked at only when one is asked for."""

    def __init__(self, source: Pages) -> None:
        self._source = source

    def of(self, title: str, letters: str) -> str:
        """The formula of a calculated column of the sheet *title*, without its equals sign; '' when it has none.

        Raises what reading the workbook raises.
        """
        return self._all.get((title, letters), "")

    @cached_property
    def _all(self) -> Mapping[tuple[str, str], str]:
        from .create.formulas import Formulas

        language, found = find_sheets(self._source, (SETTINGS, *SHEET_OF.values()))
        where = _Here(self._source, language, found)
        if not where.complete:
            return {}
        small_business = self._small_business(language, found)
        formulas = Formulas(language, small_business, texts_in(language)("unknown_customer"), where)
        return {
            (found[sheet.key].layout.title, found[sheet.key].layout.columns[key]): text
            for sheet in (INVOICES, LINES)
            for key, text in formulas.of(sheet).items()
            if key in found[sheet.key].layout.columns
        }

    def _small_business(self, language: Language, found: Mapping[str, FoundSheet]) -> str:
        from .create.whereabouts import Standing

        rows = SheetRows(self._source, SETTINGS, found[SETTINGS.key], language)
        place = read_settings(rows, Path(self._source.path)).places.get("company.small_business")
        if place is None:
            return '""'
        letters, row = split_reference(place.cell)
        return Standing(place.sheet, letters, row).down_to(row)[0]


class _Here:
    """The sheets of a workbook that is there (`Whereabouts`)."""

    def __init__(self, source: Pages, language: Language, found: Mapping[str, FoundSheet]) -> None:
        self._language = language
        self._found = found
        self._tables = {
            key: source.tables(sheet.layout.title).get(sheet.layout.header_row, "") for key, sheet in found.items()
        }

    @property
    def complete(self) -> bool:
        """Whether each sheet has its table, so that formulas can name its columns."""
        return all(self._tables[sheet.key] for sheet in SHEET_OF.values())

    def table(self, sheet: Sheet) -> str:
        """Its name there."""
        return self._tables[sheet.key]

    def heading(self, sheet: Sheet, key: str) -> str:
        """As it stands there; signs that mean something in a formula are marked."""
        found = self._found[sheet.key]
        letters = found.layout.columns.get(key)
        if letters is None:
            return sheet.column(key).title(self._language)
        return _SPECIAL.sub(r"'\1", str(found.rows[found.layout.header_row - 1][index_of(letters)]))

    def standing(self, sheet: Sheet, key: str) -> Standing:
        """Where it stands there."""
        from .create.whereabouts import Standing

        layout = self._found[sheet.key].layout
        return Standing(layout.title, layout.columns[key], layout.header_row + 1)
